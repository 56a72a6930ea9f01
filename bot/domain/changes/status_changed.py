"""A modification took a step in its life that no other kind of change tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.statuses import went_back
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "status_changed"
ORDER = 58
STEPS = ("development", "refinement", "report_phase", "change_board_vote")
"""Steps on the way to a decision, of which nobody needs to hear at once how weighty they are."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification whose status is another one, or is given for the first time."""
    for delta in differences.of("status", "modification"):
        yield changed(KIND, differences, delta)


def became(kind: str, differences: Differences, status: str, dated: str = "") -> Iterator[Change]:
    """Yield one change of a kind for each modification that has a status now, with the date of it where it is named."""
    for delta in differences.of("status", "modification"):
        if delta.after == status:
            yield changed(kind, differences, delta, dated)


def changed(kind: str, differences: Differences, delta: Delta, dated: str = "") -> Change:
    """Return the change of a kind that a status is, with a date where it is named and the plans that it ends."""
    subject = delta.subject
    dates = differences.about_subject(subject, dated) if dated else []
    voided = differences.voided(subject) if delta.after else []
    facts = {
        "title": differences.title_of(subject),
        "status": delta.after or "",
        "back": "yes" if went_back(delta.before or "", delta.after or "") else "",
        "on": differences.now(subject, dated) if dated else "",
    }
    weight = Weight.NORMAL if delta.after in STEPS and not facts["back"] else Weight.WEIGHTY
    companions = differences.introductions(subject)
    return made(kind, [delta, *dates, *voided], weight, facts=facts, companions=companions)
