"""Secbot in a Slack that runs on this machine: npm's local-slack, driven as a person does, over Socket Mode and HTTP.

What local-slack does not carry (typing into a field, buttons in forms and in Home, the life of channels) is brought to
secbot as Slack would: signed over HTTP, or as the socket hands it on. What secbot answers goes to local-slack all the
same, and is seen there.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt import App, BoltRequest
from websocket import WebSocketTimeoutException, create_connection

import handlers
from bot.asking import Ask, Reply
from bot.ports import Store
from bot.render import Renderer
from bot.slack import app as slack
from bot.slack import web
from bot.slack.signature import sign
from bot.slack.socket import Socket
from tests.knowing import LONDON, NEWS_READ

BINARY = os.environ.get("LOCAL_SLACK", "")
NEEDED = [
    pytest.mark.emulator,
    pytest.mark.skipif(not BINARY, reason="$LOCAL_SLACK does not name the local-slack binary"),
]
SECONDS = 20.0
TOKEN, HTTP_TOKEN, SECRET = "xoxb-socket", "xoxb-http", "the-signing-secret"
MODES = ("socket", "http")
APPS = {"socket": ("A1", "UB1", TOKEN), "http": ("A2", "UB2", HTTP_TOKEN)}
"""Of each way in: the app, its bot, its token."""
ROOMS = 80
"""Channels C1, C2, … of the workspace: for each row of a table one of its own."""
Message = dict[str, Any]


def until(find: Callable[[], Any], otherwise: Callable[[], str]) -> Any:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := find():
            return found
        threading.Event().wait(0.02)
    raise AssertionError(otherwise())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class LocalSlack:
    """The emulator: what a user does in it, and what is seen in a channel."""

    url: str
    bot_port: int
    web: httpx.Client

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def act(self, what: str, **how: Any) -> None:
        self.web.post(f"{self.url}/_control/{what}", json=how).raise_for_status()

    def command(self, text: str, app: str, channel: str, user: str = "U1") -> None:
        self.act("command", channel=channel, user=user, command="/sec", text=text, appId=app)

    def messages(self, channel: str) -> list[Message]:
        found: list[Message] = self.web.get(f"{self.url}/_control/messages/{channel}").json()["messages"]
        return found

    def seen(self, channel: str, text: str) -> Message:
        """The message whose text begins so; waits for it."""
        return self.found(channel, lambda one: one["text"].startswith(text), repr(text))

    def found(self, channel: str, fits: Callable[[Message], bool], what: str) -> Message:
        """The first message that fits; waits for it."""
        return until(
            lambda: next((one for one in self.messages(channel) if fits(one)), None),
            lambda: f"no message {what} in {[one['text'] for one in self.messages(channel)]}",
        )

    def shown(self) -> dict[str, Any]:
        """All that the web page shows: modals, Home, messages."""
        page = create_connection(self.url.replace("http", "ws") + "/ui", timeout=SECONDS)
        try:
            return dict(json.loads(page.recv())["state"])
        finally:
            page.close()

    def modals(self) -> list[dict[str, Any]]:
        return list(self.shown()["modalStack"])

    def modal(self, name: str = "") -> dict[str, Any]:
        """The modal on top, once it is there; of that form where one is named."""
        return until(
            lambda: next((one for one in self.modals()[-1:] if name in ("", one["callback_id"])), None),
            lambda: f"no modal {name!r}, only {[one['title'] for one in self.modals()]}",
        )

    def home(self, user: str, app: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.shown()["homeViews"].get(user, {}).get(app)
        return found

    def submits(self, user: str, values: dict[str, Any]) -> dict[str, str] | dict[str, Any]:
        """Send the modal on top, as the web page does; return what is wrong by field, or the view that came instead."""
        page = create_connection(self.url.replace("http", "ws") + "/ui", timeout=SECONDS)
        try:
            page.recv()
            page.send(json.dumps({"t": "view_submit", "user": user, "values": values}))
            while True:
                said = json.loads(page.recv())
                if said["t"] == "view_errors":
                    return dict(said["errors"])
                if said["t"] == "view":
                    return dict(said["stack"][-1]) if said["stack"] else {}
        except WebSocketTimeoutException:
            raise AssertionError("the modal was sent, and nothing came of it") from None
        finally:
            page.close()


def workspace(bot_port: int) -> dict[str, Any]:
    events = f"http://127.0.0.1:{bot_port}/slack/events"
    rooms = [{"id": f"C{n}", "name": f"room-{n}", "members": ["U1", "UB1", "UB2"]} for n in range(3, ROOMS)]
    return {
        "workspace": {"name": "SEC", "domain": "sec", "teamId": "T1"},
        "apps": [
            {"appId": "A1", "botUserId": "UB1", "botName": "secbot", "botToken": TOKEN, "appToken": "xapp-socket",
             "signingSecret": "unused", "mode": "socket"},
            {"appId": "A2", "botUserId": "UB2", "botName": "secbot-http", "botToken": HTTP_TOKEN, "appToken": "xapp-2",
             "signingSecret": SECRET, "mode": "events", "requestUrl": events},
        ],
        "users": [{"id": "U1", "name": "user", "real_name": "A User", "email": "user@example.com"}],
        "channels": [
            {"id": "C1", "name": "general", "members": ["U1", "UB1", "UB2"]},
            {"id": "C2", "name": "releases", "members": ["U1", "UB1"]},
            *rooms,
        ],
    }  # fmt: skip


def answers(emulator: LocalSlack) -> bool:
    try:
        return emulator.web.get(f"{emulator.url}/_control/state").status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def running(folder: Path) -> Iterator[LocalSlack]:
    """Run the emulator, and end it."""
    port, bot_port = free_port(), free_port()
    config = folder / "workspace.json"
    config.write_text(json.dumps(workspace(bot_port)))
    command = [BINARY, "--config", str(config), "--port", str(port), "--base-host", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # One client for all: each would build its own TLS, which takes longer than what it asks for.
    emulator = LocalSlack(f"http://127.0.0.1:{port}", bot_port, httpx.Client(timeout=SECONDS))
    try:
        until(lambda: answers(emulator), lambda: f"the emulator does not answer (exit {process.poll()})")
        yield emulator
    finally:
        emulator.web.close()
        process.terminate()
        process.wait(timeout=SECONDS)


def bolt(
    known: Store, token: str, base_url: str, secret: str = SECRET, clock: Callable[[], datetime] = lambda: NEWS_READ
) -> App:
    def answer(question: str, *, user: str, channel: str, again: bool) -> Reply:
        return handlers.answer(question, store=known, now=clock(), zone=LONDON, user=user, channel=channel, again=again)

    def ask(*, user: str, channel: str) -> Ask:
        return Ask("", known, clock(), LONDON, user, user if channel.startswith("D") else channel)

    return slack.build(token, secret, answer, Renderer(LONDON), base_url, register=handlers.register, asks=ask)


@dataclass
class Driven:
    """Secbot at work in local-slack over one of the two ways in, and whoever drives it."""

    mode: str
    emulator: LocalSlack
    app: App
    store: Store
    triggers: list[str] = field(default_factory=list)
    """Those that local-slack made; it opens no modal for another, and takes one twice."""

    def __post_init__(self) -> None:
        def remember(body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002  (Bolt's signature)
            self.triggers += [body["trigger_id"]] if body.get("trigger_id") else []
            next()

        self.app.middleware(remember)

    @property
    def app_id(self) -> str:
        return APPS[self.mode][0]

    @property
    def bot(self) -> str:
        return APPS[self.mode][1]

    @property
    def token(self) -> str:
        return APPS[self.mode][2]

    def asks(self, text: str, channel: str, user: str = "U1") -> Message:
        """Type a command, and return the answer."""
        return self.answer(channel, lambda: self.emulator.command(text, self.app_id, channel, user))

    def answer(self, channel: str, do: Callable[[], object]) -> Message:
        """Do something, and return what the bot says to it in a channel."""
        before = {one["ts"] for one in self.emulator.messages(channel)}
        do()
        return self.emulator.found(
            channel, lambda one: one["ts"] not in before and one["user"] == self.bot, "of the bot that is new"
        )

    def presses(self, message: Message, button: dict[str, Any], user: str = "U1") -> None:
        """Press a button below a message."""
        where = {"channel": message["channel"], "messageTs": message["ts"], "user": user}
        self.emulator.act("interact", **where, action={"block_id": "b", **button})

    def says(self, text: str, channel: str, user: str = "U1", **where: Any) -> None:
        self.emulator.act("message", channel=channel, user=user, text=text, **where)

    def direct_messages(self, user: str) -> str:
        """The conversation of a person and the bot."""
        head = {"authorization": f"Bearer {self.token}"}
        said = self.emulator.web.post(
            f"{self.emulator.api}conversations.open", json={"users": user}, headers=head
        ).json()
        return str(said["channel"]["id"])

    def brings(self, payload: dict[str, Any], user: str = "U1") -> Any:
        """Bring what local-slack does not carry of what a person does; return what Slack would be answered."""
        body = {"user": {"id": user}, "team": {"id": "T1"}, "api_app_id": self.app_id, **payload}
        return self._brought(body, urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")

    def happens(self, type_: str, **fields: Any) -> None:
        """Bring an event that local-slack does not send."""
        body = {
            "type": "event_callback",
            "event_id": f"Ev{time.monotonic_ns()}",
            "team_id": "T1",
            "authorizations": [{"user_id": self.bot, "is_bot": True}],
            "event": {"type": type_, **fields},
        }
        self._brought(body, json.dumps(body), "application/json")

    def _brought(self, body: dict[str, Any], form: str, kind: str) -> Any:
        if self.mode == "socket":
            said = self.app.dispatch(BoltRequest(mode="socket_mode", body=body))
            status, text = said.status, said.body or ""
        else:
            at = str(int(time.time()))
            signed = {"x-slack-request-timestamp": at, "x-slack-signature": sign(SECRET, at, form)}
            url = f"http://127.0.0.1:{self.emulator.bot_port}/slack/events"
            answer = self.emulator.web.post(url, content=form, headers={**signed, "content-type": kind})
            status, text = answer.status_code, answer.text
        assert status == 200, text
        return json.loads(text) if text.startswith("{") else {}


@contextmanager
def driven(
    mode: str, emulator: LocalSlack, known: Store, clock: Callable[[], datetime] = lambda: NEWS_READ
) -> Iterator[Driven]:
    """Put secbot to work in local-slack, over Socket Mode or signed HTTP."""
    app = bolt(known, APPS[mode][2], emulator.api, clock=clock)
    if mode == "socket":
        connection = Socket(app, "xapp-socket")
        connection.start()
        until(connection.connected, lambda: "the socket does not connect")
    else:
        connection = web.Web(web.build(known, clock, app, SECRET), emulator.bot_port, "127.0.0.1")  # type: ignore[assignment]
        connection.start()
    try:
        yield Driven(mode, emulator, app, known)
    finally:
        connection.stop()
        slack.close(app)


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons of a message or view."""
    rows = [block for block in message.get("blocks", ()) if block["type"] == "actions"]
    return [one for row in rows for one in row["elements"] if one["type"] == "button" and "url" not in one]


def labelled(message: dict[str, Any], label: str) -> dict[str, Any]:
    """The button with that label."""
    found = [one for one in buttons(message) if one["text"]["text"].startswith(label)]
    assert found, f"no button {label!r} in {[one['text']['text'] for one in buttons(message)]}"
    return found[0]


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a form, by name."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def sent_back(view: dict[str, Any]) -> dict[str, Any]:
    """What a form that is left as it was opened sends."""
    return {name: {name: initial(element)} for name, element in fields(view).items()}


def initial(element: dict[str, Any]) -> dict[str, Any]:
    """What Slack says of a field that is left as it was."""
    shown = {key.replace("initial", "selected"): value for key, value in element.items() if key.startswith("initial")}
    if "selected_value" in shown:
        shown = {"value": shown["selected_value"]}
    return {"type": element["type"], **shown}


def chosen(field: str, value: str | Sequence[str]) -> dict[str, Any]:
    """What a list in which one types sends when something, or several things, are chosen in it."""
    if isinstance(value, str):
        return {field: {"type": "external_select", "selected_option": {"value": value}}}
    return {field: {"type": "multi_external_select", "selected_options": [{"value": one} for one in value]}}


def needs_local_slack(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a single test as one that needs the emulator."""
    for mark in NEEDED:
        test = mark(test)
    return test
