"""What was said of a version of the SEC was amended: a post can be edited later without a new date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "version_amended"
ORDER = 78
GOES_ALONG = ("title", "status", "implementation")
BETWEEN = "; "
"""Stands between values in facts."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each version that was known before, whatever of it is new."""
    for subject in dict.fromkeys(d.subject for d in differences.deltas if d.subject.startswith("version:")):
        deltas = sorted(
            differences.about_subject(subject), key=lambda d: (d.after is None, d.attribute != "effective_on")
        )
        yield _amended(differences, subject, deltas)


def _amended(differences: Differences, subject: str, deltas: list[Delta]) -> Change:
    modifications = _subjects("modification", deltas, "implements")
    parts = _subjects("part", deltas, "affects_part", "adds_part")
    facts = {
        "version": subject.partition(":")[2],
        "effective_on": differences.now(subject, "effective_on"),
        "added": _values(deltas, "after"),
        "removed": _values(deltas, "before"),
        "revised": ", ".join(dict.fromkeys(d.attribute for d in deltas)),
    }
    companions = [d for one in modifications for d in differences.about_subject(one) if d.attribute in GOES_ALONG]
    weighty = any(d.attribute in ("effective_on", "implements") for d in deltas)
    weight = Weight.WEIGHTY if weighty else Weight.NORMAL
    return made(KIND, deltas, weight, about=(*modifications, *parts), facts=facts, companions=companions)


def _subjects(kind: str, deltas: list[Delta], *attributes: str) -> list[str]:
    return [f"{kind}:{d.after or d.before}" for d in deltas if d.attribute in attributes]


def _values(deltas: list[Delta], side: str) -> str:
    """Return the values that came (side "after") or went (side "before") and stand for no other value."""
    alone = [d for d in deltas if (d.before is None) != (d.after is None)]
    return BETWEEN.join(
        (d.after if side == "after" else d.before) or "" for d in alone if (d.before is None) == (side == "after")
    )
