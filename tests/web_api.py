"""Every call that secbot makes of Slack's Web API, each made by the code that makes it at work.

A table: what secbot does, the method that it calls for it, and the scope that Slack's reference of that method asks of
a bot's token for such a channel (https://api.slack.com/methods). A scope in brackets is none: some methods need no scope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx

from bot.ports import Message, PostFailed
from bot.slack.identity import asking, who_am_i
from bot.slack.poster import SlackPoster
from bot.slack.standing import standing
from tests.listening import Listening

SAYS = Message("MP090: Implemented", ({"type": "section", "text": {"type": "mrkdwn", "text": "MP090"}},))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where secbot calls: at which address, with which token, and which conversations and person are there."""

    url: str
    token: str
    public: str
    private: str
    person: str

    @property
    def poster(self) -> SlackPoster:
        return SlackPoster(self.token, base_url=self.url)


Does = Callable[[Place], object]


def edits(at: Place) -> None:
    at.poster.edit(at.public, at.poster.post(at.public, SAYS, "one").ts, SAYS)


def finds_below(at: Place, channel: str) -> None:
    at.poster.find(channel, "two", LONG_AGO, below=at.poster.post(channel, SAYS, "one").ts)


POSTING: Mapping[str, tuple[Does, str, str]] = {
    # what is done: how, the method, the scope
    "post in a public channel": (lambda at: at.poster.post(at.public, SAYS, "one"), "chat.postMessage", "chat:write"),
    "post in a private channel": (lambda at: at.poster.post(at.private, SAYS, "one"), "chat.postMessage", "chat:write"),
    "edit a message": (edits, "chat.update", "chat:write"),
    "look for a message": (
        lambda at: at.poster.find(at.public, "one", LONG_AGO), "conversations.history", "channels:history"
    ),
    "look for a message in a private channel": (
        lambda at: at.poster.find(at.private, "one", LONG_AGO), "conversations.history", "groups:history"
    ),
    "look for a reply": (lambda at: finds_below(at, at.public), "conversations.replies", "channels:history"),
    "look for a reply in a private channel": (
        lambda at: finds_below(at, at.private), "conversations.replies", "groups:history"
    ),
    "open the messages with a person": (
        lambda at: at.poster.find(at.person, "one", LONG_AGO), "conversations.open", "im:write"
    ),
    "look for a message to a person": (
        lambda at: at.poster.find(at.person, "one", LONG_AGO), "conversations.history", "im:history"
    ),
    "ask how it stands in a channel": (
        lambda at: standing(asking(at.token, at.url), at.public), "conversations.info", "channels:read"
    ),
    "ask how it stands in a private channel": (
        lambda at: standing(asking(at.token, at.url), at.private), "conversations.info", "groups:read"
    ),
    "ask who it is": (lambda at: who_am_i(at.token, at.url), "auth.test", ""),
}  # fmt: skip

ANSWERING: Mapping[str, str] = {
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "views.open": "",
    "views.push": "",
    "views.update": "",
    "views.publish": "",
    "conversations.info": "channels:read",
    "auth.test": "",
}
"""What listeners call, with the scope that each needs."""

EVENTS: Mapping[str, str] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
}
"""The events of the manifest, with the scope for which Slack sends each (https://api.slack.com/events)."""


def does(name: str, at: Place) -> None:
    """Do one thing of the table; what Slack refuses is seen by the recorder."""
    with suppress(PostFailed, OSError):
        try:
            POSTING[name][0](at)
        except Exception as error:
            if type(error).__name__ != "SlackApiError":
                raise


class Recorder:
    """Stands between secbot and a Slack, and keeps what is called and what was answered."""

    def __init__(self, slack: str) -> None:
        self.seen: list[tuple[str, dict[str, Any]]] = []
        recorder, client = self, httpx.Client(timeout=20)
        self._client = client

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                passed = {name: self.headers[name] for name in ("content-type", "authorization") if self.headers[name]}
                answer = client.post(f"{slack.rstrip('/')}{self.path}", content=body, headers=passed)
                recorder.seen.append((self.path.rpartition("/")[2], answer.json()))
                self.send_response(answer.status_code)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

        self._server = Listening(Handler)
        self.url = f"{self._server.url}/api/"

    def refused(self) -> dict[str, str]:
        """Return the methods for which a scope was missing, each with the scope."""
        return {method: said["needed"] for method, said in self.seen if said.get("error") == "missing_scope"}

    def close(self) -> None:
        self._server.close()
        self._client.close()
