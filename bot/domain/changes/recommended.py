"""The Change Board made a recommendation to the Authority. A recommendation is not a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "recommended"
ORDER = 50


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification with another recommendation, or its first."""
    for delta in differences.of("change_board_recommendation"):
        if delta.after is None:
            continue
        subject = delta.subject
        along = [d for d in differences.about_subject(subject, "status") if d.after == "authority_decision"]
        voided = differences.voided(subject) if along else []
        facts = {
            "title": differences.title_of(subject),
            "status": differences.now(subject, "status"),
            "cut_off": differences.now(subject, "decision_cut_off"),
        }
        companions = differences.introductions(subject)
        yield made(KIND, [delta, *along, *voided], Weight.WEIGHTY, facts=facts, companions=companions)
