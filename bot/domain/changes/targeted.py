"""A modification is targeted for a release, or a year, where none was named before (or none is any more)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "targeted"
ORDER = 48
ATTRIBUTES = ("targeted_release", "targeted_year")


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification whose target came or went."""
    subjects = dict.fromkeys(d.subject for name in ATTRIBUTES for d in differences.of(name))
    for subject in subjects:
        deltas = [d for name in ATTRIBUTES for d in differences.about_subject(subject, name)]
        deltas.sort(key=lambda d: d.after is None)
        values = [value for d in deltas for value in (d.before, d.after) if value and len(value) == len("2021-11")]
        facts = {"title": differences.title_of(subject)}
        about = [f"release:{key}" for key in values]
        companions = differences.introductions(subject)
        yield made(KIND, deltas, Weight.WEIGHTY, about=about, facts=facts, companions=companions)
