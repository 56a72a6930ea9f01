"""How secbot fares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.ports import Store, Watch

IN_TROUBLE = ("doubtful", "failing")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that are in trouble for one reason; `since`: when it began with the first of them."""

    health: str
    reason: str
    watches: tuple[Watch, ...]

    @property
    def since(self) -> datetime | None:
        """When it began."""
        return min((watch.since for watch in self.watches if watch.since), default=None)

    @property
    def last_read_at(self) -> datetime | None:
        """When one of them was read well last."""
        return _latest(watch.last_read_at for watch in self.watches)


def facts(store: Store, now: datetime, default: str = "") -> dict[str, Any]:
    """Return the health of the sources and of delivery; what was sent is counted for a day. `default`: the channel that
    follows everything by default.
    """
    watches = store.watches()
    outbox = store.outbox(now - DAY)
    return {
        "sources": len(watches),
        "counts": Counter(watch.health for watch in watches),
        "well": [watch for watch in watches if watch.health == "good"],
        "in_trouble": [watch for watch in watches if watch.health in IN_TROUBLE],
        "troubles": _by_reason(watches),
        "absent": [watch for watch in watches if watch.health == "absent"],
        "last_read_at": _latest(watch.last_read_at for watch in watches),
        "last_changed_at": _latest(watch.last_changed_at for watch in watches),
        "watches": watches,
        "outbox": outbox,
        "default_paused": store.channel(default).paused if default else "",
    }


def _by_reason(watches: Iterable[Watch]) -> list[Group]:
    """Return the pages in trouble by what is wrong with them, the widest trouble first."""
    groups: dict[tuple[str, str], list[Watch]] = {}
    for watch in watches:
        if watch.health in IN_TROUBLE:
            groups.setdefault((watch.health, watch.reason), []).append(watch)
    found = [Group(health, reason, tuple(mine)) for (health, reason), mine in groups.items()]
    return sorted(found, key=lambda one: -len(one.watches))


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
