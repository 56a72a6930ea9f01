"""A modification was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.changes.status_changed import became
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "withdrawn"
ORDER = 54


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification: its new status with the date, or the date alone."""
    told: set[str] = set()
    for change in became(KIND, differences, "withdrawn", "withdrawn_on"):
        told.add(change.subject)
        yield change
    for delta in differences.of("withdrawn_on"):
        if delta.subject not in told:
            facts = {
                "title": differences.title_of(delta.subject),
                "status": differences.now(delta.subject, "status"),
                "on": delta.after or "",
            }
            yield made(KIND, [delta], Weight.WEIGHTY, facts=facts)
