"""A request to move the go-live of a release was approved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "go_live_approved"
ORDER = 41


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release whose approved request is dated, anew or for the first time."""
    for delta in differences.of("go_live_approved_on"):
        requested = [d for d in differences.about_subject(delta.subject, "go_live_requested_on") if delta.after]
        facts = {
            "release": delta.subject.partition(":")[2],
            "go_live": differences.now(delta.subject, "go_live"),
            "requested_on": differences.now(delta.subject, "go_live_requested_on"),
        }
        about = differences.scope_of(delta.subject)
        yield made(KIND, [delta, *requested], Weight.WEIGHTY, about=about, facts=facts)
