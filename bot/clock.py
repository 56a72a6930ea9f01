"""The clock of the real world, or one that stands at a fixed date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def clock(as_of: date | None, zone: ZoneInfo) -> Callable[[], datetime]:
    """Return what tells the time in UTC; with `as_of` it is always noon of that date in the zone."""
    if as_of is None:
        return lambda: datetime.now(UTC)
    fixed = datetime.combine(as_of, time(12), zone).astimezone(UTC)
    return lambda: fixed
