"""A consultation on a modification closes on another date than was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.dates import shift
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "consultation_moved"
ORDER = 80


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification of which one closing date went and one came."""
    for new in differences.added("consultation_closes_on"):
        gone = [d for d in differences.removed("consultation_closes_on") if d.subject == new.subject]
        come = [d for d in differences.added("consultation_closes_on") if d.subject == new.subject]
        if len(gone) == len(come) == 1:
            old = gone[0]
            facts = {
                "title": differences.title_of(new.subject),
                "shift": shift(old.before or "", new.after or ""),
            }
            yield made(KIND, [new, old], Weight.NORMAL, facts=facts, before=old.before)
