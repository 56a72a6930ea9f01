"""The go-live of a release moved, was settled for the first time, or is not given any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.dates import shift
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "go_live_moved"
ORDER = 40


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release; a proposal that was settled by it and the dates of its scope go along."""
    for delta in differences.of("go_live"):
        mine = differences.about_subject(delta.subject, "proposed_go_live")
        settled = [d for d in mine if d.after is None]
        facts = {
            "release": delta.subject.partition(":")[2],
            "shift": shift(delta.before or "", delta.after or ""),
            "proposed": next((d.before for d in settled if d.before), ""),
        }
        told = [delta, *settled]
        about = differences.scope_of(delta.subject)
        yield made(KIND, told, Weight.WEIGHTY, about=about, facts=facts, companions=_along(differences, delta))


def _along(differences: Differences, delta: Delta) -> list[Delta]:
    """Return the implementation dates of modifications in scope that moved with the release."""
    subjects = differences.scope_of(delta.subject)
    dates = [d for d in differences.of("implementation") if d.subject in subjects]
    moved = {d.subject for d in dates if d.before == delta.before} & {
        d.subject for d in dates if d.after == delta.after
    }
    return [
        d for d in dates if d.subject in moved and (d.before, d.after) in ((delta.before, None), (None, delta.after))
    ]
