"""A modification came into the scope of a release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "scope_added"
ORDER = 30


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and release."""
    for delta in differences.added("in_scope"):
        yield _added(differences, delta)


def _added(differences: Differences, delta: Delta) -> Change:
    subject, release = f"modification:{delta.after}", delta.subject.partition(":")[2]
    same = (delta.subject, delta.after)
    back = [d for d in differences.removed("out_of_scope") if (d.subject, d.before) == same]
    asked = [d for d in differences.removed("may_include") if (d.subject, d.before) == same]
    dated = [d for d in differences.about_subject(subject, "implementation") if (d.after or "")[:7] == release]
    targets = ("targeted_release", "targeted_year")
    aimed = [d for d in differences.about_subject(subject, *targets) if d.after in (None, release, release[:4])]
    facts = {
        "title": differences.title_of(subject),
        "release": release,
        "status": differences.now(subject, "status"),
        "vote_on": differences.now(subject, "change_board_vote_on"),
        "cut_off": differences.now(subject, "decision_cut_off"),
        "back": "yes" if back else "",
    }
    companions = [*dated, *aimed, *(differences.companions(subject) if differences.came(subject) else [])]
    told = [delta, *back, *asked]
    return made(KIND, told, Weight.WEIGHTY, about=(subject,), facts=facts, companions=companions)
