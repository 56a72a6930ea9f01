"""A modification is not proposed for the scope of a release any more, and did not come into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "inclusion_dropped"
ORDER = 89


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and release."""
    for delta in differences.removed("may_include"):
        subject = f"modification:{delta.before}"
        facts = {"title": differences.title_of(subject), "release": delta.subject.partition(":")[2]}
        companions = differences.companions(subject) if differences.went(subject) else []
        yield made(KIND, [delta], Weight.NORMAL, about=(subject,), facts=facts, companions=companions)
