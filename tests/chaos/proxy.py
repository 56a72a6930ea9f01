"""A proxy before a Slack that loses answers, delays them, asks for patience, and breaks."""

from __future__ import annotations

import http.client
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tests.chaos.slack import serving

FAULTS: Mapping[str, float] = {"drop": 0.10, "delay": 0.05, "429": 0.10, "5xx": 0.05}
"""Which part of the posts meets which fault; answers are dropped and delayed after Slack has stored the message."""
RETRY_AFTER = 1
"""Seconds that a 429 asks for."""


@dataclass
class Faults:
    """Which post meets which fault, and what was seen of them."""

    seed: int
    slow: float
    """Seconds by which an answer is delayed: longer than whoever asked waits."""
    parts: Mapping[str, float] = field(default_factory=lambda: dict(FAULTS))
    met: Counter[str] = field(default_factory=Counter)
    posts: int = 0
    within: int = 0
    """Posts that came while a 429 asked not to post."""
    closed_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def next(self, method: str) -> str:
        """Return the fault of the next call, empty for none."""
        with self.lock:
            if method != "chat.postMessage":
                return ""
            self.posts += 1
            self.within += time.monotonic() < self.closed_until
            drawn, fault = self.chance.random(), ""
            for name, part in self.parts.items():
                if 0 <= drawn < part:
                    fault = name
                drawn -= part
            self.met[fault or "none"] += 1
            if fault == "429":
                self.closed_until = time.monotonic() + RETRY_AFTER
            return fault


@contextmanager
def faulty(upstream: str, faults: Faults) -> Iterator[str]:
    """Stand before a Slack; return where."""
    parts = urlsplit(upstream)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            fault = faults.next(self.path.rpartition("/")[2])
            if fault == "429":
                self.say(429, b'{"ok":false,"error":"ratelimited"}', {"retry-after": str(RETRY_AFTER)})
                return
            if fault == "5xx":
                self.say(503, b"<html>upstream connect error</html>", {})
                return
            status, said = self.forward(body)
            if fault == "drop":
                with suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            if fault == "delay":
                time.sleep(faults.slow)
            with suppress(OSError):
                self.say(status, said, {})

        def forward(self, body: bytes) -> tuple[int, bytes]:
            """Ask Slack."""
            to = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
            try:
                kept = {"authorization", "content-type"}
                to.request("POST", self.path, body, {k: v for k, v in self.headers.items() if k.lower() in kept})
                answer = to.getresponse()
                return answer.status, answer.read()
            finally:
                to.close()

        def say(self, status: int, said: bytes, more: Mapping[str, str]) -> None:
            self.send_response(status)
            headers = {"content-type": "application/json", "content-length": str(len(said)), **more}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: object) -> None: ...

    with serving(Handler) as url:
        yield url
