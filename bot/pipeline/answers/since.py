"""What changed since a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.changes import Told
from bot.ports import Glimpse, Store

MOST = 1000
SHOWN = 40
"""Changes that are told, the newest; the others are counted."""


def facts(store: Store, begin: datetime, zone: ZoneInfo, after: int = 0) -> dict[str, Any]:
    """Return the changes found since a moment by local day, the newest first; with `after`, those after that seq.

    `days` has those that are shown, `news` all at a glance.
    """
    found = store.glimpses(after=after, limit=MOST) if after else store.glimpses(since=begin, limit=MOST)
    news = [one for one in reversed(found) if not one.known_from]
    shown = [one.id for one in sorted(news, key=lambda one: _place(one, zone))[:SHOWN]]
    told = sorted(store.changes(ids=shown, limit=SHOWN), key=lambda one: shown.index(one.id))
    local = begin.astimezone(zone)
    return {
        "day": local.date().isoformat(),
        "at": f"{local:%H:%M}",
        "days": _by_day(told, zone),
        "total": len(news),
        "hidden": len(news) - len(told),
        "news": news,
        "cut": len(found) >= MOST,
        "reads": store.reads_since(begin),
        "first": _first_reading(store, begin),
    }


def _place(one: Glimpse, zone: ZoneInfo) -> tuple[int, int]:
    """Return what to sort changes by: the latest day first, and of a day the weightiest."""
    return -one.found_at.astimezone(zone).date().toordinal(), -one.weight


def _first_reading(store: Store, begin: datetime) -> datetime | None:
    """Return when the first page was read, where that was after a moment; None where it was not."""
    if store.glimpses(until=begin, limit=1):
        return None
    first = store.first_capture()
    return first.fetched_at if first and first.fetched_at > begin else None


def _by_day(told: Sequence[Told], zone: ZoneInfo) -> list[tuple[str, list[Told]]]:
    days: dict[str, list[Told]] = {}
    for one in told:
        days.setdefault(one.found_at.astimezone(zone).date().isoformat(), []).append(one)
    return list(days.items())
