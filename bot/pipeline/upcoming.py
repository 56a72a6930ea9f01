"""A channel's next digest: when it comes, and what it would say so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import digest, follow
from bot.domain.channel import Channel
from bot.domain.timing import rhythm
from bot.pipeline import followed
from bot.pipeline.window import Window, window
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Bots:
    """What holds for a channel that chose nothing: the zone, the time of digests, who follows everything."""

    zone: ZoneInfo
    at: time
    default_channel: str = ""


def next_one(store: Store, channel: Channel, bots: Bots, now: datetime) -> Window | None:
    """Return what a channel's next digest is made of; None where it is off or nothing is followed."""
    return _next(store, channel, bots, followed.by_channel(store, channel.id, bots.default_channel, now), now)


def _next(store: Store, channel: Channel, bots: Bots, mine: follow.Following, now: datetime) -> Window | None:
    made = window(store, rhythm(channel, mine.rules, bots.zone, bots.at), mine, None, now)
    return made if mine.rules and made.comes else None


def so_far(store: Store, channel: Channel, bots: Bots, now: datetime) -> dict[str, Any]:
    """Return what a channel's next digest would say so far; where none comes, what it follows alone."""
    mine = followed.by_channel(store, channel.id, bots.default_channel, now)
    made = _next(store, channel, bots, mine, now)
    if made is None:
        return {"follows": _labels(mine), "groups": [], "total": 0}
    composed = digest.compose(made.net, pages_read=0, since=made.since, on=made.on)
    return {
        "follows": _labels(mine),
        "groups": [(group.release, group.told) for group in composed.groups],
        "total": len(made.net),
        "on": made.on.isoformat(),
        "at": f"{made.rhythm.at:%H:%M}",
        "late": made.late,
        "weekly_later": len(made.following.rules) < len(mine.rules),
        "last": made.last[0].isoformat() if made.last else "",
    }


def _labels(following: follow.Following) -> str:
    return follow.labels(following.rules) if following.rules else ""
