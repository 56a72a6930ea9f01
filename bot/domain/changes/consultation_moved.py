"""A consultation on a modification closes on another date than was said.

A modification is consulted on more than once: where the page names what for, one that went and one that came are two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.consulted import stages
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
        if len(gone) == len(come) == 1 and _is_one(gone[0], come[0]):
            old = gone[0]
            facts = {
                "title": differences.title_of(new.subject),
                "shift": shift(old.before or "", new.after or ""),
            }
            yield made(KIND, [new, old], Weight.NORMAL, facts=facts, before=old.before)


def _is_one(old: Delta, new: Delta) -> bool:
    """Whether two closing dates may be of one consultation: their rows don't name different stages."""
    was, now = (stages(claim.evidence.quote) if claim else set() for claim in (old.was, new.now))
    return not was or not now or bool(was & now)
