"""A modification was approved or rejected by the body that decides, or its decision was dated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.statuses import DECIDED
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "decided"
ORDER = 52
DATES = ("approved_on", "authority_decided_on")
AFTERWARDS = ("pending_implementation", "implemented")
"""A status that lies behind the decision: going back from it to "approved" decides nothing."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification: its new status with the date of the decision, or the date alone."""
    subjects = dict.fromkeys(d.subject for name in ("status", *DATES) for d in differences.of(name, "modification"))
    for subject in subjects:
        status = [d for d in differences.about_subject(subject, "status") if _decides(d)]
        dates = [d for name in DATES for d in differences.about_subject(subject, name)]
        if status or dates:
            yield _decided(differences, subject, [*status, *sorted(dates, key=lambda d: d.after is None)])


def _decides(delta: Delta) -> bool:
    return delta.after in DECIDED and delta.before not in AFTERWARDS


def _decided(differences: Differences, subject: str, told: list[Delta]) -> Change:
    voided = differences.voided(subject) if told[0].after else []
    facts = {
        "title": differences.title_of(subject),
        "status": differences.now(subject, "status"),
        "approved_on": differences.now(subject, "approved_on"),
        "authority_decided_on": differences.now(subject, "authority_decided_on"),
        "path": differences.now(subject, "decision_path") or differences.was(subject, "decision_path"),
    }
    companions = differences.introductions(subject)
    return made(KIND, [*told, *voided], Weight.WEIGHTY, facts=facts, companions=companions)
