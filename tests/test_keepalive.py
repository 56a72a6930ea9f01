"""Connections are used again: a server on loopback counts them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.ports import Request, Trouble, Unchanged
from tests.conftest import SetClock
from watchers.fetch import Web

NOW = datetime(2021, 11, 4, 9, tzinfo=UTC)
ANSWERS = {"/same": (304, b""), "/gone": (404, b"There is no such page."), "/down": (500, b"x" * 2000)}


class Counting(ThreadingHTTPServer):
    """Keeps connections open, and counts those that were opened."""

    opened = 0

    def process_request(self, request: object, client_address: object) -> None:
        self.opened += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status, body = ANSWERS.get(self.path.partition("?")[0], (404, b""))
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Counting]:
    made = Counting(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.mark.parametrize(("path", "kind"), [("/same", Unchanged), ("/gone", Trouble), ("/down", Trouble)])
def test_what_is_no_page_costs_no_connection_of_its_own(server: Counting, path: str, kind: type) -> None:
    web = Web(["127.0.0.1"], "secbot", SetClock(NOW))
    base = f"http://127.0.0.1:{server.server_port}"
    answers = list(web([Request(f"page-{n}", f"{base}{path}?{n}", etag='"1"') for n in range(20)]))
    assert {type(fetched) for _, fetched in answers} == {kind}
    assert server.opened <= web.limits.per_host
