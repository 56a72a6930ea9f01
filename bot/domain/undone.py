"""Undone: a change that a later one takes back within a day, so that in the end nothing happened.

A page that is corrected, a row that is lost and put back: who was told of the first must hear that it does not hold;
who was not, need hear of neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.changes import Change, Told
from bot.domain.net import GATHERED, WHOLE, ends, family, net
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
    """Return how many changes in a row led to a change by going to and fro."""
    return len(course(one, before)) - 1


def course(one: Told, before: Iterable[Told]) -> list[Told]:
    """Return the to and fro that led to a change, oldest first and with it: each takes back the one before it."""
    found = [one]
    for earlier in sorted(before, key=lambda told: (told.found_at, told.seq), reverse=True):
        if not earlier.known_from and undoes(found[-1], earlier):
            found.append(earlier)
    return found[::-1]


def onward(one: Told, after: Iterable[Told]) -> list[Told]:
    """Return the to and fro that began with a change, oldest first and without it."""
    found = [one]
    for later in sorted(after, key=lambda told: (told.found_at, told.seq)):
        if not later.known_from and undoes(later, found[-1]):
            found.append(later)
    return found[1:]


def way(change: Change) -> tuple[object, object]:
    """Return what two changes have in common wherever one takes back the other: what fact they are of, and between
    which values they go.
    """
    return family(change), None if _gathers(change) else frozenset(_ends(change))


def goes_on(later: Told, earlier: Told) -> bool:
    """Whether a change leads on from where an earlier one led to, or back, however much later."""
    one, other = later.change, earlier.change
    if (later.found_at, later.seq) <= (earlier.found_at, earlier.seq) or family(one) != family(other):
        return False
    if _gathers(one) or _gathers(other):
        return not net((earlier, later))
    begins, ended = _ends(one)[0], _ends(other)[1]
    return begins == ended if ended is not None else way(one) == way(other)


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
    if _gathers(earlier) or _gathers(later):
        return True
    return _ends(earlier) == tuple(reversed(_ends(later)))


def _gathers(change: Change) -> bool:
    return any(name in change.facts for name in GATHERED)


def _ends(change: Change) -> tuple[str | None, str | None]:
    before, after = (value and same(change.subject, change.attribute, value) for value in ends(change))
    return before, after
