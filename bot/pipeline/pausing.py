"""Pausing: a channel that takes no messages any more is told nothing, and those who subscribed it are told so, once.

archived, left or unreachable → paused, what waits has failed and is kept, its subscriptions' makers hear of it;
  of the channel that follows everything by default the operators do
taken back or answering again → resumed, what waited is sent, the makers hear of it; the next digest tells the rest, and
where that is off what would have been told at once is told now (`missed`)
a person who asks something → resumed, for who writes to secbot may be written to
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.channel import is_person
from bot.domain.follow import EVERYTHING, labels
from bot.pipeline.missed import missed
from bot.ports import Outgoing, Store

OURSELVES = "secbot"
"""Who pauses and resumes where no person did."""


@dataclass(frozen=True, slots=True)
class Default:
    """The channel that follows everything until it chooses, and who hears of its pauses where nobody subscribed it."""

    channel: str = ""
    operators: str = ""


def pause(store: Store, channel: str, reason: str, by: str, now: datetime, default: Default = Default()) -> None:
    """Stop telling a channel, for one of `bot.domain.channel.PAUSES`; nothing where it is paused already."""
    if not store.channel(channel).paused:
        told = list(_notices(store, channel, "paused", reason, now, default))
        store.change_channel(channel, lambda one: one if one.paused else replace(one, paused=reason), by, now, told)


def resume(store: Store, channel: str, by: str, now: datetime, default: Default = Default()) -> bool:
    """Tell a channel again; False, and nothing, where it is not paused."""
    reason = store.channel(channel).paused
    if not reason:
        return False
    told = [*_notices(store, channel, "resumed", reason, now, default), *missed(store, channel, default.channel, now)]
    return store.change_channel(channel, lambda one: replace(one, paused=""), by, now, told)[1]


def resume_person(store: Store, id_: str, now: datetime) -> bool:
    """Tell a person again who asks something of their own: whoever writes to secbot may be written to. False where
    there is nothing to resume, or it is no person's.
    """
    return is_person(id_) and resume(store, id_, OURSELVES, now)


def _notices(store: Store, id_: str, name: str, reason: str, now: datetime, default: Default) -> Iterator[Outgoing]:
    """Yield a direct message to each person who subscribed a channel, about what they made; a person who is paused
    can't be told of that. Where nobody did, the operators hear of it, in a channel of their own.
    """
    channel, made = store.channel(id_), store.subscriptions(id_)

    def notice(to: str, heading: str, why: str, **more: object) -> Outgoing:
        payload = {
            "name": name,
            "channel": channel.id,
            "source": channel.name,
            "reason": reason,
            "digest": channel.digest,
            "heading": heading,
            "since": now.isoformat(),
            **more,
        }
        return Outgoing(f"notice:{name}:{channel.id}:{to}:{now.isoformat()}", to, "notice", payload, why)

    for maker in dict.fromkeys(one.made_by for one in made if is_person(one.made_by) and one.made_by != channel.id):
        heading = labels([one for one in made if one.made_by == maker])
        yield notice(maker, heading, "you subscribed that channel")
    if channel.id == default.channel and default.operators not in ("", channel.id) and not made:
        yield notice(default.operators, EVERYTHING, "that channel follows everything by default", by_default=True)
