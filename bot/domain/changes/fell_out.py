"""A modification fell out of a release's scope and the page says so in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "fell_out"
ORDER = 24


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification that a page tells to be out of scope."""
    for delta in differences.added("out_of_scope"):
        subject = f"modification:{delta.after}"
        gone = [d for d in differences.removed("in_scope") if (d.subject, d.before) == (delta.subject, delta.after)]
        asked = [d for d in differences.removed("may_include") if (d.subject, d.before) == (delta.subject, delta.after)]
        facts = {"title": differences.title_of(subject), "release": delta.subject.partition(":")[2]}
        # A row that is gone takes its status along, though prose still names the modification.
        status = [d for d in differences.removed("status") if d.subject == subject]
        companions = [*status, *differences.companions(subject)]
        told = [delta, *gone, *asked]
        yield made(KIND, told, Weight.WEIGHTY, about=(subject,), facts=facts, companions=companions)
