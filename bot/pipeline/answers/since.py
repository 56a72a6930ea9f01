"""What changed since a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.changes import Told
from bot.ports import Store


def facts(store: Store, day: date, zone: ZoneInfo, limit: int = 1000) -> dict[str, Any]:
    """Return the changes found since the midnight in which a day began, by local day, the newest first."""
    told = store.changes(since=datetime.combine(day, time(), zone), limit=limit)
    news = [one for one in told if not one.known_from]
    return {
        "day": day.isoformat(),
        "days": _by_day(news, zone),
        "total": len(news),
        "cut": len(told) >= limit,
        "reads": store.reads_since(datetime.combine(day, time(), zone)),
        "first": _first_reading(store, datetime.combine(day, time(), zone)),
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
