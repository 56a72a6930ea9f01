"""HTTP: Slack's requests where there is no Socket Mode, beside how secbot fares (`bot.slack.health`).

POST /slack/events   signed requests from Slack (only where an app is given)

Nothing else is routed, so nothing else can be asked for or changed.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from slack_bolt import App, BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.ports import Clock, Store
from bot.prometheus import PrometheusMetrics
from bot.slack import health
from bot.slack.signature import verified

if TYPE_CHECKING:
    import uvicorn

log = logging.getLogger(__name__)

LARGEST = 1_000_000
"""Bytes of a request's body; Slack's are far smaller."""
SLOWEST = 5.0
"""Seconds in which a request's body must have come."""


def build(
    store: Store,
    clock: Clock,
    app: App | None = None,
    signing_secret: str = "",
    checks: health.Checks | None = None,
    metrics: PrometheusMetrics | None = None,
) -> Starlette:
    """Return the web application; with `app`, also Slack's way in. `metrics`: what this process counted.

    Raises:
        ValueError: an app without a signing secret: anybody could ask in Slack's name.
    """
    if app is not None and not signing_secret.strip():
        raise ValueError(
            "SLACK_SIGNING_SECRET is empty: set it (Basic Information, App Credentials) or use Socket Mode."
        )
    needs: health.Checks = {"database": lambda: health.database(store), **(checks or {})}
    counted = metrics or PrometheusMetrics()
    routes = health.routes(needs, lambda: counted.text(store, clock))
    if app is not None:
        routes.append(Route("/slack/events", _SlackEvents(app, signing_secret).answer, methods=["POST"]))
    return Starlette(routes=routes)


class _SlackEvents:
    """Hands Slack's requests to Bolt, in threads: its listeners wait for the database and for Slack."""

    def __init__(self, app: App, secret: str) -> None:
        self._app = app
        self._secret = secret

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        try:
            async with asyncio.timeout(SLOWEST):
                body = await _body(request)
        except TimeoutError:
            return PlainTextResponse("the request took too long to come", 408)
        except ClientDisconnect:
            return PlainTextResponse("the request was not finished", 400)
        if body is None:
            return PlainTextResponse("the request is too large", 413)
        return await run_in_threadpool(self._dispatch, body, request)

    def _dispatch(self, body: bytes, request: Request) -> Response:
        if not self._signed(body, request):
            return JSONResponse({"error": "not signed by Slack"}, 401)
        try:
            # Bolt reads the body before it looks at the signature, and stumbles over one that is none of Slack's.
            asked = BoltRequest(body=body.decode(), query=request.url.query, headers=dict(request.headers))
            said = self._app.dispatch(asked)
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            log.warning("a signed request was not understood: %r", error)
            return JSONResponse({"error": "not understood"}, 400)
        return Response(said.body, said.status, headers=said.first_headers_without_set_cookie())

    def _signed(self, body: bytes, request: Request) -> bool:
        stamp, signature = (request.headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
        return verified(self._secret, stamp, body.decode("utf-8", "replace"), signature, time.time())


async def _body(request: Request) -> bytes | None:
    """Return the body, None where it is too large."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


# --- serving ---------------------------------------------------------------------------------------------------------


class Web:
    """Serves a web application from a thread of its own."""

    def __init__(self, application: Starlette, port: int, host: str = "0.0.0.0") -> None:  # noqa: S104  (a server)
        """Prepare to serve on a port; 0 takes a free one."""
        import uvicorn

        config = uvicorn.Config(
            application, host=host, port=port, log_config=None, access_log=False, server_header=False, lifespan="off",
            ws="none", limit_concurrency=500, timeout_graceful_shutdown=5,
        )  # fmt: skip
        self._server: uvicorn.Server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def _run(self) -> None:
        # uvicorn leaves by SystemExit where it can't have the port; `start` says so.
        with suppress(SystemExit):
            self._server.run()

    def start(self, seconds: float = 10.0) -> int:
        """Serve in the background; return the port.

        Raises:
            OSError: the port can't be served within so many seconds, most likely because something else has it.
        """
        self._thread.start()
        deadline = time.monotonic() + seconds
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise OSError(f"port {self._server.config.port} can't be served; set PORT to a free one")
            time.sleep(0.01)
        return int(self._server.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Finish what is being answered and stop."""
        self._server.should_exit = True
        self._thread.join()

    def wait(self) -> None:
        """Wait until it stops."""
        self._thread.join()
