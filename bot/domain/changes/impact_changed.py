"""What a modification affects changed: systems and specifications, SEC parts, parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "impact_changed"
ORDER = 86
TOGETHER = (("affects", "may_affect"), ("affects_part",), ("impacts_party",))
BETWEEN = "; "
"""Stands between values in facts: parties and systems may hold commas."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and kind of impact."""
    for names in TOGETHER:
        subjects = dict.fromkeys(d.subject for name in names for d in differences.of(name, "modification"))
        for subject in subjects:
            deltas = [d for name in names for d in differences.about_subject(subject, name)]
            yield _changed(differences, subject, sorted(deltas, key=lambda d: d.after is None))


def _changed(differences: Differences, subject: str, deltas: list[Delta]) -> Change:
    came = {name: [d.after for d in deltas if d.attribute == name and d.after] for name in _names(deltas)}
    sure = [value for name, values in came.items() if name != "may_affect" for value in values]
    gone = [d.before for d in deltas if d.before and not any(d.before in values for values in came.values())]
    facts = {
        "title": differences.title_of(subject),
        "added": BETWEEN.join(sure),
        "maybe": BETWEEN.join(came.get("may_affect", [])),
        "removed": BETWEEN.join(dict.fromkeys(gone)),
    }
    about = [f"part:{d.after or d.before}" for d in deltas if d.attribute == "affects_part"]
    companions = differences.introductions(subject)
    return made(KIND, deltas, Weight.NORMAL, about=about, facts=facts, companions=companions)


def _names(deltas: list[Delta]) -> list[str]:
    return list(dict.fromkeys(d.attribute for d in deltas))
