"""The date of a Change Board vote, or of the presentation to the Panel before it, was set or moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.dates import shift
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "vote_set"
ORDER = 60
ATTRIBUTES = ("change_board_vote_on", "panel_presentation_on")


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification."""
    subjects = dict.fromkeys(d.subject for name in ATTRIBUTES for d in differences.of(name))
    for subject in subjects:
        deltas = [d for name in ATTRIBUTES for d in differences.about_subject(subject, name)]
        deltas.sort(key=lambda d: d.after is None)
        facts = {
            "title": differences.title_of(subject),
            "vote_on": differences.now(subject, "change_board_vote_on"),
            "presentation_on": differences.now(subject, "panel_presentation_on"),
            "path": differences.now(subject, "decision_path"),
            "shift": shift(deltas[0].before or "", deltas[0].after or ""),
        }
        path = [d for d in differences.about_subject(subject, "decision_path") if d.before is None]
        companions = [*path, *differences.introductions(subject)]
        yield made(KIND, deltas, Weight.NORMAL, facts=facts, companions=companions)
