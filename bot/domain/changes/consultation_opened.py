"""A consultation on a modification was opened: the date by which to answer is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "consultation_opened"
ORDER = 82


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and closing date."""
    for delta in differences.added("consultation_closes_on"):
        facts = {"title": differences.title_of(delta.subject)}
        companions = differences.introductions(delta.subject)
        yield made(KIND, [delta], Weight.NORMAL, facts=facts, companions=companions)
