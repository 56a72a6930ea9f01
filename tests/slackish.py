"""Slack as the bot meets it: its Web API, as much of it as answers need, and its signed requests."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode

from slack_bolt import BoltRequest, BoltResponse

from bot.slack.checkup import SCOPES
from bot.slack.signature import sign
from tests.listening import Listening

SECRET = "a-signing-secret"
LONGEST = 120.0
"""Seconds after which what is waited for does not come: the wait ends when it does, on however slow a machine."""


class Slack:
    """Slack's Web API, as much of it as answers need; `refuses` says which methods it refuses and with what,
    `answers` what a method answers beyond that all is well, `scopes` are those of the token.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refuses: dict[str, str] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.scopes = ""
        self.tokens: list[str] = []
        slack_self = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                if self.headers.get("content-type", "").startswith("application/json"):
                    arguments = json.loads(body or "{}")
                else:
                    arguments = {key: values[0] for key, values in parse_qs(body).items()}
                slack_self.tokens.append(self.headers.get("authorization", ""))
                method = self.path.rpartition("/")[2]
                slack_self.calls.append((method, arguments))
                refused = slack_self.refuses.get(method)
                more = slack_self.answers.get(method, {})
                answer = {"ok": False, "error": refused} if refused else {"ok": True, "team_id": "T1", **more}
                said = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("x-oauth-scopes", slack_self.scopes)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        self.server = Listening(Handler)
        self.url = f"{self.server.url}/"

    def called(self, method: str, times: int = 1) -> dict[str, Any]:
        """Return the arguments of a call that comes soon, of so many of them those of the last."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            found = [arguments for name, arguments in self.calls if name == method]
            if len(found) >= times:
                return found[times - 1]
            threading.Event().wait(0.005)
        raise AssertionError(f"{method} was not called, only {[name for name, _ in self.calls]}")

    def close(self) -> None:
        self.server.close()


def installed() -> Slack:
    """Return a workspace that has secbot, with every right that its manifest asks for."""
    api = Slack()
    api.answers["auth.test"] = {"team": "Energy", "user": "secbot", "user_id": "U0BOT"}
    api.answers["conversations.info"] = {"channel": {"id": "C0123456789", "name": "sec", "is_member": True}}
    api.scopes = ",".join(SCOPES)
    return api


def request(body: str, *, at: str | None = None, secret: str = SECRET, form: bool = True) -> BoltRequest:
    at = str(int(time.time())) if at is None else at
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    headers = {
        "content-type": kind,
        "x-slack-request-timestamp": at,
        "x-slack-signature": sign(secret, at, body) if secret else "",
    }
    return BoltRequest(body=body, headers=headers)


def command(text: str, **other: str) -> BoltRequest:
    fields = {"command": "/sec", "text": text, "user_id": "U1", "channel_id": "C1", "team_id": "T1", **other}
    return request(urlencode(fields))


def button(value: str, action_id: str, response_url: str) -> BoltRequest:
    payload = {
        "type": "block_actions",
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "team": {"id": "T1"},
        "response_url": response_url,
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }
    return request(urlencode({"payload": json.dumps(payload)}))


def event(id_: str = "Ev1", **fields: object) -> BoltRequest:
    inner = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.2", **fields}
    body = {"type": "event_callback", "event_id": id_, "team_id": "T1", "event": inner}
    return request(json.dumps(body), form=False)


def said(response: BoltResponse) -> dict[str, object]:
    found: dict[str, object] = json.loads(response.body)
    return found
