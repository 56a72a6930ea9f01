"""What a channel's next digest would say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain import digest, follow
from bot.ports import Store


def facts(store: Store, channel: str, today: date, since_: datetime, default_channel: str = "") -> dict[str, Any]:
    """Return what a channel's next digest would say so far: the net changes that it follows since the last one."""
    rules = store.subscriptions(channel)
    everything = not rules and channel == default_channel
    following = follow.Following(tuple(rules), tuple(store.mutes(channel, since_)))
    now = datetime.combine(today, time(23, 59), since_.tzinfo)
    before = store.digest_before(channel, today + timedelta(days=1))
    told = store.changes(after=before[1]) if before else store.changes(since=since_)
    mine = [one for one in told if not one.known_from and (everything or following.bringing(one, now))]
    net = digest.net(mine)
    composed = digest.compose(net, pages_read=store.reads_since(since_), since=since_, on=today)
    return {
        "groups": [(group.release, group.told) for group in composed.groups],
        "total": len(net),
        "follows": follow.EVERYTHING if everything else follow.labels(rules) if rules else "",
        "sent_today": store.digest_sent(channel, today),
        "last": before[0].isoformat() if before else "",
    }
