"""How secbot fares, over HTTP, for whoever runs it; nothing here can be changed.

GET /healthz   the process answers
GET /readyz    what it needs answers too, and the work goes on; 503 and the reasons where not
GET /metrics   figures, as Prometheus reads them
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.ports import Store, StoreError
from bot.prometheus import CONTENT_TYPE

Checks = Mapping[str, Callable[[], str]]
"""What must be right to be ready: a name, and a function that returns what is wrong; empty for nothing."""


def routes(checks: Checks, figures: Callable[[], bytes]) -> list[Route]:
    """Return the routes; `figures` returns the metrics."""
    return [
        Route("/healthz", _healthz, methods=["GET"]),
        Route("/readyz", lambda _request: _readyz(checks), methods=["GET"]),
        Route("/metrics", lambda _request: Response(figures(), media_type=CONTENT_TYPE), methods=["GET"]),
    ]


def database(store: Store) -> str:
    """Return what is wrong with the database, empty for nothing."""
    try:
        store.ready()
    except StoreError as error:
        return str(error)
    return ""


def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _readyz(checks: Checks) -> Response:
    wrong = {name: said for name, check in checks.items() if (said := check())}
    return JSONResponse({"ready": not wrong, "wrong": wrong}, 503 if wrong else 200)
