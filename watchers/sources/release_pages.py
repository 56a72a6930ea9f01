"""The pages of the releases: February, June and November of each year, `/{month}-{yyyy}-sec-release/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.ports import Source
from watchers.sources import SITE, release_source

RELEASE_MONTHS = (2, 6, 11)
BACK = FORWARD = 18
"""Months around today whose releases are watched."""


def sources(today: date) -> Iterable[Source]:
    """Yield the releases of the last and the next 18 months; those to come need not have a page yet."""
    for year, month in _months(today):
        if month in RELEASE_MONTHS:
            source = release_source(f"{year:04d}-{month:02d}", SITE)
            yield replace(source, origin="built in", expected=(year, month) > (today.year, today.month))


def _months(today: date) -> Iterator[tuple[int, int]]:
    now = today.year * 12 + today.month - 1
    for number in range(now - BACK, now + FORWARD + 1):
        yield number // 12, number % 12 + 1
