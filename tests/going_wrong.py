"""A server on loopback whose answers go wrong as a test says: what it sends, when, and when it hangs up."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket], None]


class Server(socketserver.ThreadingTCPServer):
    """Answers each path with a function that writes to the socket; counts connections."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.over = threading.Event()
        self.connections = 0
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """The client may hang up at any time."""


class Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        with self.server.lock:
            self.server.connections += 1
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.request.recv(65536)
            if not piece:
                return
            head += piece
        path = head.split(b" ")[1].decode()
        with self.server.lock:
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        try:
            self.server.answers.get(path, whole(b"no", status="404 Not Found"))(self.request)
        finally:
            with self.server.lock:
                self.server.at_once -= 1


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs; what it is still sending ends with it."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


def whole(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return lambda wire: wire.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def dripping(server: Server, begins: bytes, drip: bytes) -> Answer:
    def answer(wire: socket.socket) -> None:
        wire.sendall(begins)
        while not server.over.wait(0.05):
            wire.sendall(drip)

    return answer


def reset(wire: socket.socket) -> None:
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    wire.close()
