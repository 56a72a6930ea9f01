"""A consultation on a modification is not listed any more; closed ones can stay listed long after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "consultation_closed"
ORDER = 84


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and closing date."""
    for delta in differences.removed("consultation_closes_on"):
        subject = delta.subject
        companions = differences.companions(subject) if differences.went(subject) else []
        facts = {"title": differences.title_of(subject)}
        yield made(KIND, [delta], Weight.NORMAL, facts=facts, companions=companions)
