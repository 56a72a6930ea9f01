"""Mentions and direct messages, answered as `/sec` is; every other event is taken quietly.

Slack switches off the events of an app that answers too many with 404, so there is a listener for all.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import OrderedDict
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.asking import Answered
from bot.slack import errors
from bot.slack.desk import Desk
from handlers.channels import Ourselves
from handlers.desk import answered, blocks, proof

log = logging.getLogger(__name__)

REMEMBERED = 1000
_NAMED = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>")
WRITTEN = ("", "file_share", "thread_broadcast")
"""Subtypes of messages that a person writes: plain, with a file, in a thread and to the channel as well."""


def register(app: App, desk: Desk) -> None:
    """Listen to events. They are acknowledged at once; answers follow by the Web API."""
    seen, ourselves = _Seen(desk), Ourselves()

    def mention(event: dict[str, Any], body: dict[str, Any], client: WebClient, req: BoltRequest) -> None:
        if _asked(event) and seen.first(body):
            text = _unnamed(event.get("text") or "", ourselves, body, client)
            said = answered(desk, body, text, event["user"], event["channel"], req)
            if said.shared:
                _post(client, event, said)
            else:
                _send(client.chat_postEphemeral, event, said, user=event["user"])

    def direct(event: dict[str, Any], body: dict[str, Any], client: WebClient, req: BoltRequest) -> None:
        if _asked(event) and event.get("channel_type") == "im" and seen.first(body):
            _post(client, event, desk.answer(event.get("text") or "", event["user"], event["channel"], proof(req)))

    app.event("app_mention")(ack=_nothing, lazy=[mention])
    app.event("message")(ack=_nothing, lazy=[direct])
    app.event(re.compile(".*"))(_nothing)


def _nothing() -> None:
    """Take an event; Bolt acknowledges it."""


def _unnamed(text: str, ourselves: Ourselves, body: dict[str, Any], client: WebClient) -> str:
    """Return words without secbot's name amid them: it is not one of the people who are meant."""
    if _NAMED.match(text.lstrip()) or len(_NAMED.findall(text)) < 2:
        return text
    named = ourselves.named(body, client)
    return _NAMED.sub(lambda match: "" if match["id"] in named else match[0], text)


def _asked(event: dict[str, Any]) -> bool:
    """Whether a person wrote it just now: not a bot, not an edit, not a notice that somebody joined."""
    return bool(event.get("user")) and "bot_id" not in event and event.get("subtype", "") in WRITTEN


def _post(client: WebClient, event: dict[str, Any], answered: Answered) -> None:
    _send(client.chat_postMessage, event, answered, unfurl_links=False)


def _send(method: Any, event: dict[str, Any], answered: Answered, **how: Any) -> None:
    """Send an answer to where the question was asked, in its thread where there is one."""
    message = answered.message
    try:
        method(
            channel=event["channel"],
            thread_ts=event.get("thread_ts"),
            text=message.text,
            blocks=blocks(message),
            **how,
        )
    except errors.ANY as error:
        log.warning("an answer could not be sent to %s: %s", event["channel"], error)


class _Seen:
    """Remembers events: Slack sends one again when it heard no answer in time, and maybe to another process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def first(self, body: dict[str, Any]) -> bool:
        """Whether this event comes for the first time."""
        id_ = body.get("event_id")
        if not id_:
            return True
        with self._lock:
            if id_ in self._ids:
                return False
            self._ids[id_] = None
            if len(self._ids) > REMEMBERED:
                self._ids.popitem(last=False)
        return self._desk.takes(f"event:{id_}")
