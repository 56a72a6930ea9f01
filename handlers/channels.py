"""The life of channels: what one follows pauses when it is archived or secbot leaves it, and goes on afterwards.

event → a channel that we know? → how do we stand there, says Slack? → paused, resumed, renamed; greeted when we join

An event only says that something happened. They come late, twice and in another order, and archiving sends several at
once; so Slack is asked how things are, and the event is believed where it does not say.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.asking import Ask
from bot.pipeline import pausing
from bot.pipeline.greeting import greet
from bot.pipeline.pausing import OURSELVES
from bot.slack import errors
from bot.slack.desk import Asks, Desk
from bot.slack.standing import Standing, standing

log = logging.getLogger(__name__)

ENDS: Mapping[str, str] = {"archive": "archived", "deleted": "unreachable", "left": "left"}
"""What a channel's pause is called, by the end of the event's name."""
ENDED = re.compile(r"^(?:channel|group)_(archive|deleted|left)$")
BACK = re.compile(r"^(?:channel|group)_unarchive$")
RENAMED = re.compile(r"^(?:channel|group)_rename$")

Event = dict[str, Any]
Happened = Callable[[Ask, str, Event, WebClient], None]
"""(ask, channel, event, client): what is done when something happened to a channel."""


def register(app: App, desk: Desk, asks: Asks) -> None:
    """Listen to what happens to channels. Events are acknowledged at once, and nothing that goes wrong stops others."""
    one_at_a_time = threading.Lock()
    ourselves = Ourselves()

    def on(name: str | re.Pattern[str], happened: Happened, *, ours: bool = False) -> None:
        def listener(event: Event, body: Event, client: WebClient) -> None:
            if ours and not ourselves.is_meant(event, body, client):
                return
            if channel := channel_of(event):
                with one_at_a_time:
                    ask = asks(user=who(event), channel=channel)
                    desk.safely(lambda: happened(ask, channel, event, client), lambda _: None)

        app.event(name)(ack=_nothing, lazy=[listener])

    on(ENDED, ended)
    on("member_left_channel", ended, ours=True)
    on(BACK, came_back)
    on("member_joined_channel", joined, ours=True)
    on(RENAMED, renamed)


def _nothing() -> None:
    """Take an event; Bolt acknowledges it."""


def channel_of(event: Event) -> str:
    """Return the channel that an event is about; of a rename it is more than an id."""
    found = event.get("channel")
    return str((found.get("id") if isinstance(found, dict) else found) or "")


def who(event: Event) -> str:
    """Return who did it: of secbot's coming and going the one who invited or removed it, where Slack says."""
    about_us = event["type"].endswith(("_left", "_left_channel", "_joined_channel"))
    return str(event.get("inviter") or event.get("actor_id") or (not about_us and event.get("user")) or OURSELVES)


class Ourselves:
    """Knows which user secbot is: events name it; where one does not, Slack is asked, once."""

    def __init__(self) -> None:
        self._user = ""

    def is_meant(self, event: Event, body: Event, client: WebClient) -> bool:
        """Whether the user of an event is secbot."""
        return event.get("user") in self.named(body, client)

    def named(self, body: Event, client: WebClient) -> set[str]:
        """Return the ids by which secbot goes."""
        found = {str(one.get("user_id")) for one in body.get("authorizations") or () if one.get("is_bot", True)}
        return found or {self._asked(client)}

    def _asked(self, client: WebClient) -> str:
        try:
            self._user = self._user or str(client.auth_test().get("user_id") or "")
        except errors.ANY as error:
            log.warning("Slack does not say which user secbot is: %s", error)
        return self._user


# --- what is done -------------------------------------------------------------------------------------------------


def ended(ask: Ask, channel: str, event: Event, client: WebClient) -> None:
    """Pause a channel that follows something, or has settings of its own; where it is well again, leave it."""
    if not is_known(ask, channel):
        return
    stands = standing(client, channel)
    if stands is not None and not stands.reason:
        return
    said = ENDS.get(event["type"].rpartition("_")[2], "left")
    reason = stands.reason if stands and stands.reason != "unreachable" else said
    pausing.pause(ask.store, channel, reason, ask.user, ask.now, _default(ask))


def came_back(ask: Ask, channel: str, _: Event, client: WebClient) -> None:
    """Resume a channel that is out of the archive. Slack takes apps out of what is archived: one that did not invite
    secbot again stays paused until it does.
    """
    if ask.store.channel(channel).paused:
        stands = standing(client, channel)
        if stands is None or not stands.reason:
            pausing.resume(ask.store, channel, ask.user, ask.now, _default(ask))


def joined(ask: Ask, channel: str, _: Event, client: WebClient) -> None:
    """Resume a channel that invited secbot again; say hello in one that did so for the first time."""
    stands = standing(client, channel) or Standing()
    if stands.reason:
        return
    keep_name(ask, channel, stands.name)
    pausing.resume(ask.store, channel, ask.user, ask.now, _default(ask))
    greet(ask.store, channel, stands.name, ask.now, default=ask.default_channel)


def renamed(ask: Ask, channel: str, event: Event, client: WebClient) -> None:
    """Keep the name that a channel has now."""
    if is_known(ask, channel):
        stands = standing(client, channel) or Standing()
        said = event["channel"].get("name") if isinstance(event["channel"], dict) else ""
        keep_name(ask, channel, stands.name or str(said or ""))


def _default(ask: Ask) -> pausing.Default:
    return pausing.Default(ask.default_channel, ask.operators)


def is_known(ask: Ask, channel: str) -> bool:
    """Whether a channel follows something or has settings; Slack tells of all public channels of a workspace."""
    has_settings = any(one.id == channel for one in ask.store.channels())
    return channel == ask.default_channel or has_settings or bool(ask.store.subscriptions(channel))


def keep_name(ask: Ask, channel: str, name: str) -> None:
    """Keep a channel's name, where Slack gives one."""
    one = ask.store.channel(channel)
    if name and name != one.name:
        ask.store.change_channel(channel, lambda kept: replace(kept, name=name), OURSELVES, ask.now)
