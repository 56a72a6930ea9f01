"""Followed: what channels follow and have muted, asked of the store in one way by all that decides what is told.

rules that a channel made, or that of the default channel while it has made none · all that it ever muted

A mute that has ended still counts: what it silenced when it was found is never told.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.follow import Following, by_default, in_force
from bot.ports import Store


def by_channel(store: Store, channel: str, default: str, now: datetime) -> Following:
    """Return what one channel follows now."""
    rules = in_force(store.subscriptions(channel), channel, default, now)
    return Following(rules, tuple(store.mutes(channel)))


def by_all(store: Store, default: str, now: datetime) -> Following:
    """Return what all channels follow now; those that are paused follow nothing."""
    made = store.subscriptions()
    if default and not any(one.channel == default for one in made):
        made.append(by_default(default, now))
    paused = {one.id for one in store.channels() if one.paused}
    return Following(tuple(one for one in made if one.channel not in paused), tuple(store.mutes()))
