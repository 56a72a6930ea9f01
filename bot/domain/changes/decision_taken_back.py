"""A modification that was decided has a status again that lies before a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta
from bot.domain.changes.decided import AFTERWARDS
from bot.domain.changes.status_changed import changed
from bot.domain.statuses import DECIDED, LIFE
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "decision_taken_back"
ORDER = 57
UNDECIDED = LIFE[: LIFE.index("approved")]


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification. A withdrawal, a hold and a sending back are kinds of their own."""
    for delta in differences.of("status", "modification"):
        if _takes_back(delta):
            yield replace(changed(KIND, differences, delta), weight=Weight.WEIGHTY)


def _takes_back(delta: Delta) -> bool:
    return delta.before in (*DECIDED, *AFTERWARDS) and delta.after in UNDECIDED
