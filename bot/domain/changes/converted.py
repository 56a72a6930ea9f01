"""A Draft Proposal became a Modification Proposal: one item with two names, perhaps with another title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.identifiers import is_draft_proposal
from bot.domain.statuses import LIFE
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "converted"
ORDER = 10
STILL_TO_BE_DECIDED = LIFE[: LIFE.index("targeted") + 1]


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each Draft Proposal whose number a modification has now."""
    for delta in differences.of("draft_proposal"):
        if delta.before and delta.after and not is_draft_proposal(delta.after):
            yield _converted(differences, delta)


def _converted(differences: Differences, delta: Delta) -> Change:
    subject = delta.subject
    mine = [d for d in differences.about_subject(subject) if d != delta and _goes_along(d)]
    facts = {
        "title": differences.title_of(subject),
        "title_before": next((d.before or "" for d in mine if d.attribute == "title"), ""),
        "status": differences.now(subject, "status"),
        "on": differences.now(subject, "converted_on"),
    }
    about = (f"modification:{delta.before}",)
    return made(KIND, [delta], Weight.NORMAL, about=about, facts=facts, companions=mine)


def _goes_along(delta: Delta) -> bool:
    """Whether a delta is part of the conversion: the new title, the steps that lie before a decision."""
    if delta.attribute == "status":
        return delta.before in (None, "draft_proposal") and (delta.after is None or delta.after in STILL_TO_BE_DECIDED)
    return delta.attribute in ("title", "draft_proposal", "converted_on")
