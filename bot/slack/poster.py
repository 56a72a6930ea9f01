"""Poster over Slack's Web API. It sends once: only the outbox knows what may have been sent and may be sent again."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.channel import is_person
from bot.ports import Message, Posted, PostFailed
from bot.slack.errors import BELOW_SLACK, refused, unreached

EVENT_TYPE = "secbot"
"""Marks our messages' metadata, which the whole workspace can read: nothing but the key is in it."""
TIMEOUT = 15
"""Seconds for each answer of Slack."""
PAGE, PAGES = 200, 50
"""How far `find` looks: messages a page, pages."""


class SlackPoster:
    """A Poster into Slack's channels."""

    def __init__(self, token: str, base_url: str | None = None, timeout: int = TIMEOUT) -> None:
        """Post with a bot token, at Slack's own URL unless another base is given; timeout in seconds."""
        # What slack_sdk logs is raised as well, and logged where it is decided upon.
        quiet = logging.getLogger("bot.slack.sdk")
        quiet.setLevel(logging.CRITICAL)
        base = (base_url or WebClient.BASE_URL).rstrip("/") + "/"
        # Its default retry handler sends again after a dropped connection, also what Slack has stored already.
        self._client = WebClient(token, base_url=base, timeout=timeout, retry_handlers=[], logger=quiet)

    def __repr__(self) -> str:
        """Say where it posts to, never with which token."""
        return f"SlackPoster({self._client.base_url!r})"

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        """Send a message once and return where it is; `key` travels in its metadata.

        Raises:
            PostFailed: it was refused, or nobody knows (`unknown`).
        """
        answer = self._call(
            "chat.postMessage",
            {
                "channel": channel,
                "text": message.text,
                **({"blocks": [dict(block) for block in message.blocks]} if message.blocks else {}),
                "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                "unfurl_links": False,
                "unfurl_media": False,
                **({"thread_ts": below, "reply_broadcast": broadcast} if below else {}),
            },
        )
        if not answer.get("ts"):
            raise PostFailed("answered without a ts", unknown=True)
        return Posted(str(answer["ts"]), str(answer.get("channel") or channel))

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        """Return where the message with that key is, sent since a time, None where there is none.

        Raises:
            PostFailed: the channel can't be looked through, so nobody knows.
        """
        place = self._conversation(channel)
        for message in self._messages(place, since, below):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("key") == key:
                return Posted(str(message["ts"]), place)
        return None

    def edit(self, place: str, ts: str, message: Message) -> None:
        """Put a message in the place of what one says; doing it twice does no harm.

        Raises:
            Gone: the message is no more.
            PostFailed: it was refused, or nobody knows.
        """
        # Text without blocks would take the old blocks away, which is right: they are no longer said.
        asked = {"channel": place, "ts": ts, "text": message.text, "blocks": [dict(block) for block in message.blocks]}
        self._call("chat.update", asked)

    def _conversation(self, channel: str) -> str:
        """Return the conversation to look in: a message to a person is in the direct messages with them."""
        if not is_person(channel):
            return channel
        answer = self._looking("conversations.open", {"users": channel})
        return str((answer.get("channel") or {}).get("id") or channel)

    def _messages(self, channel: str, since: datetime, below: str) -> Iterator[Mapping[str, Any]]:
        """Yield the messages of a conversation since a time, or the replies below one."""
        cursor = ""
        for _ in range(PAGES):
            page = self._look(channel, since, below, cursor)
            yield from page.get("messages") or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        # Failed and told to the operators, who can have it sent again: rather once too few than twice.
        error = f"may have been sent, and more than {PAGE * PAGES} messages came since"
        raise PostFailed(error, permanent=True, unknown=True)

    def _look(self, channel: str, since: datetime, below: str, cursor: str) -> Mapping[str, Any]:
        asked: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "inclusive": True,
            "include_all_metadata": True,
            "limit": PAGE,
            **({"ts": below} if below else {}),
            **({"cursor": cursor} if cursor else {}),
        }
        return self._looking("conversations.replies" if below else "conversations.history", asked)

    def _looking(self, method: str, asked: dict[str, Any]) -> Mapping[str, Any]:
        """Ask for what only tells whether a message was sent: without the scope for it posting goes on, and only this
        message's fate can't be known.
        """
        try:
            return self._call(method, asked)
        except PostFailed as failure:
            if not failure.error.startswith("missing_scope"):
                raise
            error = f"may have been sent, and can't look: {failure.error}"
            raise PostFailed(error, permanent=True, unknown=True) from failure

    def _call(self, method: str, asked: dict[str, Any]) -> Mapping[str, Any]:
        try:
            answer = self._client.api_call(method, json=asked)
        except SlackApiError as error:
            raise refused(error) from None  # its text repeats the request
        except SlackClientError as error:
            raise PostFailed(f"{type(error).__name__}: {error}", permanent=True, everywhere=True) from error
        except BELOW_SLACK as error:
            raise unreached(error) from error
        data = answer.data
        return data if isinstance(data, dict) else {}
