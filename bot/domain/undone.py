"""Undone: a change that a later one takes back within a day, so that in the end nothing happened.

A page that is corrected, a row that is lost and put back: who was told of the first must hear that it does not hold;
who was not, need hear of neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.changes import Change, Told
from bot.domain.net import GATHERED, WHOLE, ends, net
from bot.domain.values import same

WITHIN = timedelta(days=1)
"""What is taken back later than this was so for a while, and is news."""

LOOK_BACK = 2 * WITHIN
"""So far back one must look to know whether a change of the last day took back another one itself."""


def undone(changes: Iterable[Told]) -> dict[str, Told]:
    """Return, by the id of each change that was taken back, the change that took it back.

    What takes back is not taken back itself: A→B, B→A, A→B is a slip, its end, and news.
    """
    standing: dict[str, dict[int, Told]] = {}
    found: dict[str, Told] = {}
    for number, one in enumerate(sorted(changes, key=lambda told: (told.found_at, told.seq))):
        if one.known_from:
            continue
        # Only what is about the same can be taken back, and of much that changes little is.
        near = {n: earlier for subject in concerned(one) for n, earlier in standing.get(subject, {}).items()}
        first = next((n for n in sorted(near, reverse=True) if undoes(one, near[n])), None)
        if first is None:
            for subject in concerned(one):
                standing.setdefault(subject, {})[number] = one
        else:
            for subject in concerned(near[first]):
                del standing[subject][first]
            found[near[first].id] = one
    return found


def concerned(told: Told) -> set[str]:
    """Return all subjects that a change is about."""
    return {told.change.subject, *told.change.about}


def turns(one: Told, before: Iterable[Told]) -> int:
    """Return how many changes in a row led to a change by going to and fro: each takes back the one before it."""
    count = 0
    for earlier in sorted(before, key=lambda told: (told.found_at, told.seq), reverse=True):
        if not earlier.known_from and undoes(one, earlier):
            one, count = earlier, count + 1
    return count


def undoes(later: Told, earlier: Told) -> bool:
    """Whether a change takes back an earlier one, whole."""
    if not timedelta(0) < later.found_at - earlier.found_at <= WITHIN:
        return False
    one, other = later.change, earlier.change
    if one.kind in WHOLE or other.kind in WHOLE or not concerned(later) & concerned(earlier):
        return False
    return _swapped(other, one) and not net((earlier, later))


def _swapped(earlier: Change, later: Change) -> bool:
    """Whether one change leads back on just the way that the other came; what gathers values has no such ends."""
    if any(name in change.facts for change in (earlier, later) for name in GATHERED):
        return True
    return _ends(earlier) == tuple(reversed(_ends(later)))


def _ends(change: Change) -> tuple[str | None, str | None]:
    before, after = (value and same(change.subject, change.attribute, value) for value in ends(change))
    return before, after
