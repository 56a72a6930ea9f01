"""The list of variations that the Secretary of State made: the SEC changes by them without a modification."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.ports import Source
from watchers.sources import SITE


def sources(today: date) -> Iterable[Source]:  # noqa: ARG001 - the same on any day
    """Return the one list."""
    return (Source("sos-variations", f"{SITE}/sos-variations/", "variations", every=240, expected=True),)
