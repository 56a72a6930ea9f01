"""A consultation on a modification is not listed any more: it has closed, or it was taken back before its date.

Closed ones can stay listed long after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.domain import dates
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


def over(change: Change, on: date) -> Change | None:
    """Return the change as one of a consultation that had closed before a day; None where it had not, or is no such."""
    if change.kind != KIND or not change.before or dates.latest(change.before) >= on:
        return None
    return replace(change, facts={**change.facts, "over": "yes"})
