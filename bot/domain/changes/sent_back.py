"""A modification was sent back, by the Panel or the Authority, for more work before a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change
from bot.domain.changes.status_changed import became

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "sent_back"
ORDER = 55


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification."""
    yield from became(KIND, differences, "sent_back")
