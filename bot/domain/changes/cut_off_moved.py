"""The decision cut-off of a modification was set or moved; past it, it falls back to a later release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.dates import shift
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "cut_off_moved"
ORDER = 62


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification."""
    for delta in differences.of("decision_cut_off"):
        facts = {
            "title": differences.title_of(delta.subject),
            "shift": shift(delta.before or "", delta.after or ""),
        }
        companions = differences.introductions(delta.subject)
        yield made(KIND, [delta], Weight.WEIGHTY, facts=facts, companions=companions)
