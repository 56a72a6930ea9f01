"""Socket Mode over a real connection: one that is open and deaf is replaced by one that is heard."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_bolt import App

import handlers
from bot.asking import Reply
from bot.ports import Message, OutboxState
from bot.prometheus import PrometheusMetrics
from bot.slack import app as slack
from bot.slack.socket import Socket
from tests.slackish import SECRET, Slack

PING_EVERY = 0.25
LONGEST = 20.0
"""Seconds after which what is waited for does not come."""
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""RFC 6455: what the answer to a handshake is made with."""


class Rooms:
    """Slack's end of the connections. The first is deaf: it takes all and answers nothing but a goodbye."""

    def __init__(self) -> None:
        self.opened: list[socket.socket] = []
        self.answers: list[str] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self.server.getsockname()[1]}/"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            self.opened.append(connection)
            threading.Thread(target=self.serve, args=(connection, len(self.opened) == 1), daemon=True).start()

    def serve(self, connection: socket.socket, deaf: bool) -> None:
        with connection, connection.makefile("rb") as incoming:
            headers = {}
            while line := incoming.readline().strip():
                name, _, value = line.partition(b": ")
                headers[name.lower()] = value
            accept = base64.b64encode(hashlib.sha1(headers[b"sec-websocket-key"] + MAGIC).digest())
            said = b"HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            connection.sendall(said + accept + b"\r\n\r\n")
            if not deaf:
                self.ask(connection)
            while frame := self.read(incoming):
                if frame[0] == 8:
                    return
                if frame[0] == 9 and not deaf:
                    connection.sendall(bytes([0x8A, len(frame[1])]) + frame[1])
                if frame[0] == 1:
                    self.answers.append(frame[1].decode())

    def ask(self, connection: socket.socket) -> None:
        payload = {"command": "/sec", "text": "next", "user_id": "U1", "channel_id": "C1", "team_id": "T1"}
        asked = {"type": "slash_commands", "envelope_id": "e1", "accepts_response_payload": True, "payload": payload}
        said = json.dumps(asked).encode()
        connection.sendall(bytes([0x81, 126]) + len(said).to_bytes(2, "big") + said)

    def read(self, incoming: object) -> tuple[int, bytes] | None:
        """Return the kind and words of a short frame of a client, None at the end."""
        try:
            head = incoming.read(2)  # type: ignore[attr-defined]
            length = head[1] & 0x7F
            length = int.from_bytes(incoming.read(2), "big") if length == 126 else length  # type: ignore[attr-defined]
            mask, data = incoming.read(4), incoming.read(length)  # type: ignore[attr-defined]
        except (OSError, IndexError):
            return None
        return head[0] & 0x0F, bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


@pytest.fixture
def rooms() -> Iterator[Rooms]:
    made = Rooms()
    yield made
    made.server.close()
    for connection in made.opened:
        connection.close()


@pytest.fixture
def app(rooms: Rooms) -> Iterator[App]:
    class Plain:
        def reply(self, reply: Reply) -> Message:
            return Message(reply.template)

    api = Slack()
    api.answers["apps.connections.open"] = {"url": rooms.url}
    built = slack.build(
        "xoxb-1", SECRET, lambda question, **_: Reply(f"you asked {question}"), Plain(), f"{api.url}api/",
        register=handlers.register,
    )  # fmt: skip
    yield built
    slack.close(built)
    api.close()


def until(true: object) -> None:
    deadline = time.monotonic() + LONGEST
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


class Empty:
    """A store with nothing in it."""

    def watches(self) -> list[object]:
        return []

    def outbox(self, since: datetime | None = None) -> OutboxState:
        return OutboxState()


def test_an_open_and_deaf_connection_is_replaced_and_counted_and_questions_are_answered_again(
    app: App, rooms: Rooms, expected_warnings: list[str]
) -> None:
    expected_warnings += ["open but silent", "on_error invoked"]
    metrics = PrometheusMetrics()
    connection = Socket(app, "xapp-1", ping_every=PING_EVERY, metrics=metrics)
    connection.start()
    try:
        until(lambda: connection._opened_at)
        until(lambda: not connection.connected())
        assert connection.revive()
        until(lambda: rooms.answers)
        assert json.loads(rooms.answers[0])["payload"]["text"] == "you asked next"
        assert len(rooms.opened) == 2
        until(connection.connected)
        assert not connection.revive()
    finally:
        connection.stop()
    text = metrics.text(Empty(), lambda: datetime.now(UTC)).decode()  # type: ignore[arg-type]
    assert "secbot_socket_reopened_total 1.0" in text
