"""A date that was known to the month, or the year, is given more precisely: nothing moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.values import row
from bot.domain.vocabulary import Type

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "sharpened"
ORDER = 39
_SETTLES = {"go_live": "proposed_go_live"}
"""A date that was proposed and goes when another is given was settled: that says more than that it is more precise."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each date of a subject; those of a release's scope go along with its go-live."""
    told: set[Delta] = set()
    pairs = list(_sharpened(differences))
    for pair in pairs:
        if pair[0] in told:
            continue
        new = pair[0]
        scope = differences.scope_of(new.subject) if new.attribute == "go_live" else ()
        along = [d for other in pairs if other[0].subject in scope for d in other]
        told.update((*pair, *along))
        facts = {"title": differences.title_of(new.subject)}
        weight = row(new.subject, new.attribute).weight
        yield made(KIND, pair, weight, about=scope, facts=facts, companions=along, before=pair[-1].before)


def _sharpened(differences: Differences) -> Iterator[list[Delta]]:
    """Yield each date that became more precise: one delta, or the one that came and the one that went."""
    dates = [d for d in differences.deltas if row(d.subject, d.attribute).type in (Type.DATE, Type.DATE_OR_RELEASE)]
    dates.sort(key=lambda d: d.attribute != "go_live")
    for new in dates:
        if new.after is None or differences.about_subject(new.subject, _SETTLES.get(new.attribute, "-")):
            continue
        if new.before is not None:
            yield from [[new]] if _is_sharper(new.before, new.after) else []
            continue
        same = [d for d in dates if (d.subject, d.attribute, d.after) == (new.subject, new.attribute, None)]
        yield from ([new, old] for old in same[:1] if old.before and _is_sharper(old.before, new.after))


def _is_sharper(before: str, after: str) -> bool:
    return after.startswith(f"{before}-")
