"""The dates to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain import countdown, identifiers, views
from bot.domain.claims import Statement
from bot.pipeline.answers import directory
from bot.ports import Store

COMING = (
    "go_live",
    "proposed_go_live",
    "decision_cut_off",
    "change_board_vote_on",
    "baseline_due",
    "consultation_closes_on",
)

FAR = 5 * 366
"""Days; nothing is planned further ahead."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A date to come of one kind, and what it is about: subjects with their titles."""

    one: countdown.Countdown
    about: tuple[tuple[str, str], ...]


def facts(store: Store, today: date, most: int, kinds: Sequence[str] = COMING) -> dict[str, Any]:
    """Return the next dates of these kinds and how many there are in all."""
    said = _by_own_page(store, said_of(store, kinds, today))
    ahead = grouped(store, countdown.ahead(said, today, within=FAR), most)
    return {"coming": ahead[:most], "total": len(ahead)}


def said_of(store: Store, kinds: Sequence[str], today: date) -> list[Statement]:
    """Return all that is said, in attributes, of what has one of these dates in this year or later."""
    begin, end = f"{today.year}", f"{(today + timedelta(days=FAR)).year + 1}"
    return in_order(store.dated(kinds, begin, end), kinds)


def in_order(said: Sequence[Statement], kinds: Sequence[str]) -> list[Statement]:
    """Return statements in the order of their attributes, as that is the order in which dates of one day are told."""
    return sorted(said, key=lambda one: kinds.index(one.claim.attribute))


def _by_own_page(store: Store, said: Sequence[Statement]) -> list[Statement]:
    """Return statements with each date of a release in the words of its own page where that page says the same."""
    names = store.statements({one.claim.subject for one in said if one.claim.kind == "release"}, "name")
    kept = [one for one in said if one.claim.kind != "release"]
    dated: dict[tuple[str, str], list[Statement]] = {}
    for one in said:
        if one.claim.kind == "release":
            dated.setdefault((one.claim.subject, one.claim.attribute), []).append(one)
    for (subject_, _), group in dated.items():
        fact = views.proven(group, views.own_pages(names, subject_))
        kept += [fact.statement] if fact else []
    return kept


def grouped(store: Store, ahead: Sequence[countdown.Countdown], titled: int = 0) -> list[Coming]:
    """Return dates, those of one day and one kind together; the first so many with titles of what they are about."""
    groups: dict[tuple[date, str], dict[object, countdown.Countdown]] = {}
    for one in ahead:
        groups.setdefault((one.on, one.attribute), {}).setdefault(_who(one.subject), one)
    listed = [list(group.values()) for group in groups.values()]
    found = [Coming(group[0], tuple((one.subject, "") for one in group)) for group in listed]
    return [*with_titles(store, found[:titled]), *found[titled:]]


def by_latest_names(store: Store, coming: Sequence[Coming]) -> list[Coming]:
    """Return dates with what they are about by its latest name: of a Draft Proposal the modification that it became."""
    return [Coming(one.one, tuple((directory.latest(store, who), title) for who, title in one.about)) for one in coming]


def with_titles(store: Store, coming: Sequence[Coming]) -> list[Coming]:
    """Return dates with the latest names and titles of what they are about, titles asked for at once."""
    coming = by_latest_names(store, coming)
    titles = directory.titles_of(store, {subject for one in coming for subject, _ in one.about})
    return [Coming(one.one, tuple((subject, titles.get(subject, "")) for subject, _ in one.about)) for one in coming]


def _who(subject_: str) -> object:
    """Return what tells whether two subjects are one: a modification's identity; all else is itself alone."""
    id_ = subject_.removeprefix("modification:")
    return identifiers.identity(id_) if id_ != subject_ and identifiers.is_modification(id_) else subject_
