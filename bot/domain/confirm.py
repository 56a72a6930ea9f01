"""What one source says against what others said: what is known already is kept and not alerted; what left one release
on one page and came into another on another page is one move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.changes import Change, Delta, Told, concerned
from bot.domain.claims import Statement
from bot.domain.identifiers import identity, is_modification
from bot.domain.statuses import LIFE, went_back
from bot.domain.values import row, same
from bot.domain.vocabulary import Weight

GONE = ("scope_removed", "fell_out")
"""Kinds by which a modification leaves a release."""

LASTS = timedelta(days=60)
"""How long a post or paper makes a value among many known: it is never struck, whatever comes after it."""

RELEASED = timedelta(days=31)
"""A version that came within this time is the one by which a page calls a modification implemented, not an earlier one
that brought another part of it."""

Place = tuple[str, str]
"""A release's subject and a modification's id."""


# --- known already? --------------------------------------------------------------------------------------------------


def known(
    change: Change,
    source: str,
    statements: Sequence[Statement],
    recent: Sequence[Told] = (),
    at: datetime | None = None,
) -> str:
    """Return the source that had said the same before, empty for news.

    `source` is the one that says it now, `statements` are what all sources say and said of the subjects that the change
    concerns (from before this reading), `recent` the changes of the last weeks, `at` when the change was found; without
    it a post or paper makes known only what was told of it in these weeks.

    A single value is known when people were told of it: the newest that another source says is that value, was told
    lately and is newer than what this source said until now; what this source never spoke of is known from any page
    that shows it. A value among many is known when another source says it, this one never did, and nobody has taken it
    away since. A removal is known when another source told it. Whatever is in doubt is news: told twice is better than
    not at all.
    """
    told = _told_by(change, source, recent)
    if change.after is None or told:
        return told
    earlier = _Earlier(source, statements, recent, at)
    sources = [earlier.said_by(delta) for delta in change.explains if _adds(delta)]
    return sources[0] if sources and all(sources) else ""


def subjects(change: Change) -> tuple[str, ...]:
    """Return the subjects whose statements decide whether a change is known."""
    return tuple(dict.fromkeys([change.subject, *(delta.subject for delta in change.explains if _adds(delta))]))


def _adds(delta: Delta) -> bool:
    return delta.after is not None and not delta.companion


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was said and told before one reading of one source."""

    source: str
    statements: Sequence[Statement]
    recent: Sequence[Told]
    at: datetime | None

    def said_by(self, delta: Delta) -> str:
        """Return another source that says what a delta says now, empty for none."""
        key = (delta.subject, delta.attribute)
        same_fact = [s for s in self.statements if (s.claim.subject, s.claim.attribute) == key]
        own = [s for s in same_fact if s.source == self.source]
        others = [s for s in same_fact if s.source != self.source and s.current]
        return self.among_many(delta, own, others) if row(*key).many else self.alone(delta, own, others)

    def among_many(self, delta: Delta, own: Sequence[Statement], others: Sequence[Statement]) -> str:
        """Return who says a value among many that nobody has taken away since; old papers are never struck."""
        if any(_says(s, delta.after) for s in own):
            return ""
        gone = max((_when(told) for told in self.recent if _takes_away(told.change, delta)), default=("", ""))
        fresh = (s for s in others if _says(s, delta.after) and freshness(s) > gone and self.holds(s))
        return next((s.source for s in fresh), "")

    def alone(self, delta: Delta, own: Sequence[Statement], others: Sequence[Statement]) -> str:
        """Return who says a single value, newer than what this source said until now, and told it."""
        if (delta.attribute, delta.after) == ("status", "implemented"):
            # A version that implements it says the same in other words.
            others = [*others, *(s for s in self.statements if self.implements(s, delta.subject.partition(":")[2]))]
        newest = max(others, key=freshness, default=None)
        until_now = max((s for s in own if _says(s, delta.before)), key=freshness, default=None)
        if newest is None or (until_now and freshness(newest) <= freshness(until_now)):
            return ""
        says = newest.claim.attribute == "implements" or _says(newest, delta.after)
        # What a page says for the first time has not changed if another page (its card was posted) shows it all along.
        shown = delta.before is None and not own and not newest.claim.item
        if not shown and not self.told(newest, delta.subject):
            return ""
        return newest.source if says or _is_past(delta, newest) else ""

    def implements(self, statement: Statement, id_: str) -> bool:
        """Whether another source says that a version implements a modification now, not one part of it long ago."""
        return statement.source != self.source and _implements(statement, id_) and self.within(statement, RELEASED)

    def told(self, statement: Statement, subject: str) -> bool:
        """Whether people were told of a statement lately: a change of its subject, from the reading that brought it.

        A first reading tells nothing, so what it says is known to nobody.
        """
        for told in self.recent:
            if told.source == statement.source and {subject, statement.claim.subject} & set(_about(told.change)):
                says = _key(told.change) == (*_key_of(statement), statement.claim.value)
                if says or told.found_at == statement.stated_at:
                    return True
        return False

    def holds(self, statement: Statement) -> bool:
        """Whether a statement is still in force: of a page as it is now, of a post or paper for some weeks."""
        if not statement.claim.item or self.told(statement, statement.claim.subject):
            return True
        return self.at is not None and self.within(statement, LASTS)

    def within(self, statement: Statement, span: timedelta) -> bool:
        """Whether a statement is no older than that (without a day to count from: it may be)."""
        return self.at is None or freshness(statement)[0] >= (self.at - span).date().isoformat()


def _about(change: Change) -> tuple[str, ...]:
    return (change.subject, *change.about)


def _key(change: Change) -> tuple[str, str, str | None]:
    return (change.subject, change.attribute, change.after)


def _key_of(statement: Statement) -> tuple[str, str]:
    return (statement.claim.subject, statement.claim.attribute)


def _when(told: Told) -> tuple[str, str]:
    """Return when a change was told, to be held against the freshness of a statement."""
    moment = told.found_at.isoformat()
    return (moment[:10], moment)


def _takes_away(change: Change, delta: Delta) -> bool:
    """Whether a change took away the value that a delta brings."""
    if delta.attribute == "in_scope" and left(change) == (delta.subject, delta.after):
        return True
    gone = (change.subject, change.attribute, change.before)
    return change.after is None and gone == (delta.subject, delta.attribute, delta.after)


def _implements(statement: Statement, id_: str) -> bool:
    return statement.current and statement.claim.attribute == "implements" and statement.claim.value == id_


def freshness(statement: Statement) -> tuple[str, str]:
    """Return what to sort statements by: the date that is printed with them, else the day they were first read.

    A paper for a meeting to come is dated ahead; it is no newer than the day on which it was read.
    """
    stated = statement.stated_at.isoformat()
    return (min(statement.posted_on or stated[:10], stated[:10]), stated)


def _says(statement: Statement, value: str | None) -> bool:
    """Whether a statement gives a value, or a day in the month that it names: "with the November 2021 SEC Release"."""
    claim = statement.claim
    if value is None:
        return False
    if claim.attribute == "implementation" and len(value) == len("YYYY-MM") and claim.value.startswith(f"{value}-"):
        return True
    return same(claim.subject, claim.attribute, claim.value) == same(claim.subject, claim.attribute, value)


def _is_past(delta: Delta, newest: Statement) -> bool:
    """Whether another source is further on in a modification's life: this one only catches up."""
    if delta.attribute != "status" or delta.after not in LIFE or newest.claim.value not in LIFE:
        return False
    if delta.before and (delta.before not in LIFE or went_back(delta.before, delta.after)):
        return False  # a step back, or back into life, is no catching up
    return LIFE.index(newest.claim.value) > LIFE.index(delta.after)


def _told_by(change: Change, source: str, recent: Sequence[Told]) -> str:
    """Return another source that told the same removal or move, and that nothing told since contradicts."""
    for told in _newest_first(recent):
        if _undoes(told.change, change):
            return ""
        if told.source == source:
            continue
        if _same_removal(change, told.change) or _same_move(change, told.change):
            return told.source
    return ""


def _newest_first(recent: Iterable[Told]) -> list[Told]:
    return sorted(recent, key=lambda one: (one.found_at, one.seq), reverse=True)


def _undoes(other: Change, change: Change) -> bool:
    """Whether one change brings what the other takes away, or takes away what it brings: then neither is old news."""
    for one, two in ((other, change), (change, other)):
        if (place := left(one)) and place == entered(two):
            return True
        if one.after is None and two.after is not None and _key(two) == (one.subject, one.attribute, one.before):
            return True
    return False


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
    for other in _latest(recent):
        if change.kind in GONE and other.kind == "scope_added" and _one_move(left(change), entered(other)):
            return _moved(change, other, change)
        if change.kind == "scope_added" and other.kind in GONE and _one_move(left(other), entered(change)):
            return _moved(other, change, change)
    return change


def _latest(recent: Iterable[Told]) -> list[Change]:
    """Return the changes that nothing undid and no move has used since: the last of each modification and release."""
    seen: set[tuple[str, object]] = set()
    found: list[Change] = []
    for told in _newest_first(recent):
        places = {_spelled(place) for place in (left(told.change), entered(told.change)) if place}
        if not places & seen:
            found.append(told.change)
        seen |= places
    return found


def _spelled(place: Place) -> tuple[str, object]:
    """Return a place with what all names of its modification have in common."""
    return (place[0], identity(place[1]) if is_modification(place[1]) else place[1])


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
