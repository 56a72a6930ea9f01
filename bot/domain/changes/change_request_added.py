"""A DCC change request came into a release: the DCC's own work, numbered apart from modifications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "change_request_added"
ORDER = 90


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each change request and release."""
    for delta in differences.added("change_request"):
        subject = f"change_request:{delta.after}"
        facts = {"title": differences.title_of(subject), "release": delta.subject.partition(":")[2]}
        companions = differences.companions(subject) if differences.came(subject) else []
        yield made(KIND, [delta], Weight.NORMAL, about=(subject,), facts=facts, companions=companions)
