"""Somebody asks for, or proposes, a modification in the scope of a release. It is not in scope by that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "inclusion_proposed"
ORDER = 88


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and release."""
    for delta in differences.added("may_include"):
        subject = f"modification:{delta.after}"
        facts = {"title": differences.title_of(subject), "release": delta.subject.partition(":")[2]}
        companions = differences.companions(subject) if differences.came(subject) else []
        yield made(KIND, [delta], Weight.NORMAL, about=(subject,), facts=facts, companions=companions)
