"""What one source says against what others said: what is known already is kept and not alerted; what left one release
on one page and came into another on another page is one move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.changes import Change, Delta, Told, concerned
from bot.domain.claims import Statement
from bot.domain.identifiers import identity, is_modification
from bot.domain.statuses import LIFE
from bot.domain.values import row, same
from bot.domain.vocabulary import Weight

GONE = ("scope_removed", "fell_out")
"""Kinds by which a modification leaves a release."""

Place = tuple[str, str]
"""A release's subject and a modification's id."""


# --- known already? --------------------------------------------------------------------------------------------------


def known(change: Change, source: str, statements: Sequence[Statement], recent: Sequence[Told] = ()) -> str:
    """Return the source that had said the same before, empty for news.

    `source` is the one that says it now, `statements` are what all sources say and said of the subjects that the change
    concerns (from before this reading), `recent` the changes of the last weeks, in which a removal is looked for.

    A single value is known when the newest that another source says of it is that value, and is newer than what this
    source said until now. A value among many is known when another source says it and this one never did. A removal is
    known when another source told it.
    """
    told = _told_by(change, source, recent)
    if change.after is None or told:
        return told
    sources = [_said_by(delta, source, statements) for delta in change.explains if _adds(delta)]
    return sources[0] if sources and all(sources) else ""


def subjects(change: Change) -> tuple[str, ...]:
    """Return the subjects whose statements decide whether a change is known."""
    return tuple(dict.fromkeys([change.subject, *(delta.subject for delta in change.explains if _adds(delta))]))


def _adds(delta: Delta) -> bool:
    return delta.after is not None and not delta.companion


def _said_by(delta: Delta, source: str, statements: Sequence[Statement]) -> str:
    """Return another source that says what a delta says now, empty for none."""
    same_fact = [s for s in statements if (s.claim.subject, s.claim.attribute) == (delta.subject, delta.attribute)]
    own = [s for s in same_fact if s.source == source]
    others = [s for s in same_fact if s.source != source]
    if row(delta.subject, delta.attribute).many:
        if any(_says(s, delta.after) for s in own):
            return ""
        return next((s.source for s in others if s.current and _says(s, delta.after)), "")
    if (delta.attribute, delta.after) == ("status", "implemented"):
        # A version that implements it says the same in other words.
        others += [s for s in statements if s.source != source and _implements(s, delta.subject.partition(":")[2])]
    newest = max(others, key=freshness, default=None)
    until_now = max((s for s in own if _says(s, delta.before)), key=freshness, default=None)
    if newest is None or (until_now and freshness(newest) <= freshness(until_now)):
        return ""
    says = newest.claim.attribute == "implements" or _says(newest, delta.after)
    return newest.source if says or _is_past(delta, newest) else ""


def _implements(statement: Statement, id_: str) -> bool:
    return statement.current and statement.claim.attribute == "implements" and statement.claim.value == id_


def freshness(statement: Statement) -> tuple[str, str]:
    """Return what to sort statements by: the date that is printed with them, else the day they were first read."""
    stated = statement.stated_at.isoformat()
    return (statement.posted_on or stated[:10], stated)


def _says(statement: Statement, value: str | None) -> bool:
    claim = statement.claim
    return value is not None and same(claim.subject, claim.attribute, claim.value) == same(
        claim.subject, claim.attribute, value
    )


def _is_past(delta: Delta, newest: Statement) -> bool:
    """Whether another source is further on in a modification's life: this one only catches up."""
    if delta.attribute != "status" or delta.after not in LIFE or newest.claim.value not in LIFE:
        return False
    return LIFE.index(newest.claim.value) > LIFE.index(delta.after)


def _told_by(change: Change, source: str, recent: Sequence[Told]) -> str:
    """Return another source that told the same removal or move, and that nothing told since contradicts."""
    for told in sorted(recent, key=lambda one: (one.found_at, one.seq), reverse=True):
        if told.source == source:
            continue
        if _same_removal(change, told.change) or _same_move(change, told.change):
            return told.source
        if (place := left(change)) and place == entered(told.change):
            return ""
    return ""


def _same_removal(change: Change, other: Change) -> bool:
    if (place := left(change)) and change.kind in GONE:
        return place == left(other)
    removal = (change.subject, change.attribute, change.before)
    return change.after is None and other.after is None and removal == (other.subject, other.attribute, other.before)


def _same_move(change: Change, other: Change) -> bool:
    """Whether two changes name the same new place (or name) of a modification by which it left the same one."""
    kinds = ("moved", "converted", "split")
    return (
        change.kind == other.kind
        and change.kind in kinds
        and ((change.subject, change.before, change.after) == (other.subject, other.before, other.after))
    )


# --- here and there --------------------------------------------------------------------------------------------------


def left(change: Change) -> Place | None:
    """Return the place that a modification left by a change."""
    if change.kind == "scope_removed" and change.before:
        return (change.subject, change.before)
    if change.kind == "fell_out" and change.after:
        return (change.subject, change.after)
    if change.kind == "moved" and change.attribute == "in_scope":
        return (f"release:{change.before}", change.subject.partition(":")[2])
    return None


def entered(change: Change) -> Place | None:
    """Return the place that a modification came into by a change."""
    if change.kind == "scope_added" and change.after:
        return (change.subject, change.after)
    if change.kind == "moved" and change.attribute == "in_scope":
        return (f"release:{change.after}", change.subject.partition(":")[2])
    return None


def join_moves(changes: Iterable[Change], recent: Sequence[Told]) -> list[Change]:
    """Return changes with each departure and arrival of one modification made one move.

    `recent` are the changes of the last weeks, whatever page they stood on: release pages are not edited on one day.
    """
    return [_joined(change, recent) for change in changes]


def _joined(change: Change, recent: Sequence[Told]) -> Change:
    for told in sorted(recent, key=lambda one: (one.found_at, one.seq), reverse=True):
        other = told.change
        if change.kind in GONE and other.kind == "scope_added" and _one_move(left(change), entered(other)):
            return _moved(change, other, change)
        if change.kind == "scope_added" and other.kind in GONE and _one_move(left(other), entered(change)):
            taken = any(one.change.kind == "moved" and left(one.change) == left(other) for one in recent)
            return change if taken else _moved(other, change, change)
    return change


def _one_move(departure: Place | None, arrival: Place | None) -> bool:
    """Whether one modification (under whichever name) left one release and came into another."""
    if not departure or not arrival or departure[0] == arrival[0]:
        return False
    if not is_modification(departure[1]) or not is_modification(arrival[1]):
        return departure[1] == arrival[1]
    return identity(departure[1]) == identity(arrival[1])


def _moved(departure: Change, arrival: Change, now: Change) -> Change:
    """Return the move that a departure and an arrival are; `now` is the one of them that is found now."""
    id_, old, new = arrival.after or "", departure.subject.partition(":")[2], arrival.subject.partition(":")[2]
    subject = f"modification:{id_}"
    facts = {
        "title": arrival.facts.get("title") or departure.facts.get("title", ""),
        "release": new,
        "status": arrival.facts.get("status", ""),
    }
    return replace(
        now,
        kind="moved",
        subject=subject,
        attribute="in_scope",
        before=old,
        after=new,
        weight=Weight.WEIGHTY,
        about=concerned((subject, departure.subject, arrival.subject, *departure.about, *arrival.about)),
        facts=facts,
        quote_before=departure.quote,
        quote_after=arrival.quote,
    )
