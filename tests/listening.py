"""A little server on loopback, for what secbot asks of others."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Listening:
    """A server that answers with a handler from when it is made until it is closed, and logs nothing; `url` ends with
    its port.
    """

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        class Silent(handler):  # type: ignore[misc,valid-type]
            def log_message(self, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Listening:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
