"""Pausing: a channel that takes no messages any more is told nothing, and those who subscribed it are told so, once.

archived, left or unreachable → paused, what waits has failed and is kept, its subscriptions' makers hear of it
taken back or answering again → resumed, the makers hear of it; the next digest tells what changed meanwhile
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.channel import Channel, is_person
from bot.domain.follow import labels
from bot.ports import Outgoing, Store

REASONS: Mapping[str, str] = {
    "is_archived": "archived",
    "not_in_channel": "left",
    "channel_not_found": "unreachable",
    "channel_is_deleted": "unreachable",
    "user_not_found": "unreachable",
    "user_disabled": "unreachable",
    "user_not_visible": "unreachable",
    "cannot_dm_bot": "unreachable",
    "messages_tab_disabled": "unreachable",
}
"""Slack's answers to a post by which a channel or a person takes none any more, and what its pause is called."""

OURSELVES = "secbot"
"""Who pauses and resumes where no person did."""


def pause(store: Store, channel: str, reason: str, by: str, now: datetime) -> None:
    """Stop telling a channel, for one of `bot.domain.channel.PAUSES`; nothing where it is paused already."""
    one = store.channel(channel)
    if one.paused:
        return
    paused = replace(one, paused=reason)
    store.keep_channel(paused, by, now, list(_notices(store, paused, "paused", reason, now)))


def resume(store: Store, channel: str, by: str, now: datetime) -> None:
    """Tell a channel again; nothing where it is not paused."""
    one = store.channel(channel)
    if not one.paused:
        return
    resumed = replace(one, paused="")
    store.keep_channel(resumed, by, now, list(_notices(store, resumed, "resumed", one.paused, now)))


def _notices(store: Store, channel: Channel, name: str, reason: str, now: datetime) -> Iterator[Outgoing]:
    """Yield a direct message to each person who subscribed a channel, about what they made; a person who is paused
    can't be told of that.
    """
    made = store.subscriptions(channel.id)
    for maker in dict.fromkeys(one.made_by for one in made if is_person(one.made_by) and one.made_by != channel.id):
        payload = {
            "name": name,
            "channel": channel.id,
            "source": channel.name,
            "reason": reason,
            "heading": labels([one for one in made if one.made_by == maker]),
            "since": now.isoformat(),
        }
        key = f"notice:{name}:{channel.id}:{maker}:{now.isoformat()}"
        yield Outgoing(key, maker, "notice", payload, "you subscribed that channel")
