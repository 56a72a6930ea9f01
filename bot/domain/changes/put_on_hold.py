"""A modification was put on hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change
from bot.domain.changes.status_changed import became

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "put_on_hold"
ORDER = 56


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification."""
    yield from became(KIND, differences, "on_hold")
