"""What changed since a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.changes import Told
from bot.ports import Store

MOST = 1000


def facts(store: Store, begin: datetime, zone: ZoneInfo, after: int = 0) -> dict[str, Any]:
    """Return the changes found since a moment by local day, the newest first; with `after`, those after that seq."""
    told = store.changes(after=after, limit=MOST) if after else store.changes(since=begin, limit=MOST)
    news = [one for one in told if not one.known_from]
    local = begin.astimezone(zone)
    return {
        "day": local.date().isoformat(),
        "at": f"{local:%H:%M}",
        "days": _by_day(news, zone),
        "total": len(news),
        "cut": len(told) >= MOST,
        "reads": store.reads_since(begin),
        "first": _first_reading(store, begin),
    }


def _first_reading(store: Store, begin: datetime) -> datetime | None:
    """Return when the first page was read, where that was after a moment; None where it was not."""
    if store.changes(until=begin, limit=1):
        return None
    first = next((capture.fetched_at for capture in store.captures()), None)
    return first if first and first > begin else None


def _by_day(told: Sequence[Told], zone: ZoneInfo) -> list[tuple[str, list[Told]]]:
    days: dict[str, list[Told]] = {}
    for one in reversed(told):
        days.setdefault(one.found_at.astimezone(zone).date().isoformat(), []).append(one)
    return list(days.items())
