"""How secbot fares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.ports import Store

IN_TROUBLE = ("doubtful", "failing")


def facts(store: Store) -> dict[str, Any]:
    """Return the health of the sources and of delivery."""
    watches = store.watches()
    outbox = store.outbox()
    return {
        "sources": len(watches),
        "counts": Counter(watch.health for watch in watches),
        "well": [watch for watch in watches if watch.health == "good"],
        "in_trouble": [watch for watch in watches if watch.health in IN_TROUBLE],
        "absent": [watch for watch in watches if watch.health == "absent"],
        "last_read_at": _latest(watch.last_read_at for watch in watches),
        "last_changed_at": _latest(watch.last_changed_at for watch in watches),
        "watches": watches,
        "outbox": outbox,
    }


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
