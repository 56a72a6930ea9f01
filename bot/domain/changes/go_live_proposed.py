"""Somebody proposes, or asks, to move the go-live of a release. Nothing is settled by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.dates import shift
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "go_live_proposed"
ORDER = 42
ATTRIBUTES = ("proposed_go_live", "go_live_requested_on")


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release."""
    subjects = dict.fromkeys(d.subject for name in ATTRIBUTES for d in differences.of(name))
    for subject in subjects:
        deltas = [d for name in ATTRIBUTES for d in differences.about_subject(subject, name)]
        deltas.sort(key=lambda d: d.after is None)
        settled = differences.now(subject, "go_live")
        proposed = differences.now(subject, "proposed_go_live")
        facts = {
            "release": subject.partition(":")[2],
            "proposed": proposed,
            "proposed_before": differences.was(subject, "proposed_go_live"),
            "settled": settled,
            "shift": shift(settled, proposed) if settled and proposed else "",
            "requested_on": differences.now(subject, "go_live_requested_on"),
        }
        yield made(KIND, deltas, Weight.WEIGHTY, about=differences.scope_of(subject), facts=facts)
