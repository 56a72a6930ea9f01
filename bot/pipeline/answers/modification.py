"""Where one modification stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain import dates, identifiers, statuses, views
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.domain.life import LEAVING
from bot.domain.steps import next_step
from bot.domain.values import row
from bot.pipeline.answers import directory
from bot.pipeline.answers.days import Day, day
from bot.ports import Store

SHOWN = 30
"""Changes that are told, the newest; the others are counted."""
LOOKED_AT = 300
"""Changes among which departures are looked for: more than a modification of many years has."""


def facts(store: Store, id_: str, today: date) -> dict[str, Any] | None:
    """Return the facts of a modification by its known id, None where nothing is known of it."""
    statements = views.about_modification(id_, store.statements)
    subjects = [f"modification:{name}" for name in views.spellings(id_)]
    one = views.modification(id_, statements, _told(store, subjects, kinds=LEAVING, limit=LOOKED_AT))
    if one is None:
        return None
    go_lives = {place.release: _go_live(statements, place.release, today) for place in one.releases}
    versions_ = [(number, _effective(fact, today)) for number, fact in one.versions]
    others = directory.siblings(store, id_)
    state = _state(one, others, today)
    return {
        "m": one,
        "id": one.id,
        "title": one.title.value if one.title else "",
        "status": one.status,
        "state": state,
        "live": _live(one, go_lives),
        "gone": _gone(one),
        "targeted": one.targeted if _is_open(one) and not one.in_scope_of() else None,
        "status_differs": _is_doubtful(one),
        "unsaid": _is_unsaid(one, go_lives),
        "places": one.releases,
        "go_lives": go_lives,
        "coming": _coming(one, go_lives, today),
        "implemented": [day("implementation", fact, today) for fact in one.implementation],
        "versions": versions_,
        "decided": list(one.decisions),
        "siblings": others,
        "told": _told(store, subjects, limit=SHOWN),
        "found": store.count_changes(subjects),
        "today": today,
    }


@dataclass(frozen=True, slots=True)
class State:
    """How a modification stands, in more than its status: what a status alone would tell wrongly.

    `part_on`: a part is implemented, another comes on that date. `version`: implemented by it, though no source gives
    that status. `parts`: it was split into them, and has no status of its own.
    """

    part_on: str = ""
    version: str = ""
    parts: tuple[str, ...] = ()


def _state(one: views.Modification, others: Sequence[str], today: date) -> State:
    status = one.status.value if one.status else ""
    newer = [
        number
        for number, fact in one.versions
        if fact.attribute == "effective_on"
        and dates.latest(fact.value) <= today
        and (one.status is None or freshness(fact.statement)[0] > freshness(one.status.statement)[0])
    ]
    version_ = newer[-1] if newer and status not in ("implemented", *statuses.ENDED) else ""
    if not version_ and status != "implemented":
        return State(parts=() if status or identifiers.identity(one.id).letter else tuple(others))
    return State(part_on=next_step((fact.value for fact in one.implementation), today), version=version_)


def _is_open(one: views.Modification) -> bool:
    """Whether what is to come of it depends on its release: it is neither implemented, nor ended, nor held."""
    status = one.status.value if one.status else ""
    return not one.versions and status not in ("implemented", *statuses.ENDED, *statuses.HELD)


def _is_doubtful(one: views.Modification) -> bool:
    """Whether sources differ about how it stands. A page that lags behind what is implemented leaves no doubt."""
    implemented = one.status is not None and one.status.value == "implemented"
    return not implemented and any(differing.attribute == "status" for differing in one.disagreements)


def _live(one: views.Modification, go_lives: dict[str, Day | None]) -> Day | None:
    """Return the go-live that who plans by a modification looks for: of the latest release that it is in scope of."""
    places = one.in_scope_of() if _is_open(one) else ()
    return go_lives[places[-1]] if places else None


def _gone(one: views.Modification) -> views.Place | None:
    """Return the release that it is in no more, where it has no other and no status."""
    if one.status or one.in_scope_of() or one.targeted or one.versions:
        return None
    left = [place for place in one.releases if place.state in ("out_of_scope", "was_in_scope")]
    return left[-1] if left else None


def _is_unsaid(one: views.Modification, go_lives: dict[str, Day | None]) -> bool:
    """Whether the release that it is in went live, and no page says whether it did."""
    if not _is_open(one):
        return False
    days = [go_lives[release_] for release_ in one.in_scope_of()]
    return bool(days) and all(found and found.days is not None and found.days < 0 for found in days)


def _told(store: Store, subjects: Sequence[str], *, kinds: Collection[str] | None = None, limit: int) -> list[Told]:
    return sorted(store.changes(about=subjects, kinds=kinds, limit=limit), key=lambda one: (one.found_at, one.seq))


def _go_live(statements: Sequence[Statement], release_: str, today: date) -> Day | None:
    mine = [one for one in statements if one.claim.subject == f"release:{release_}"]
    own = views.own_pages(mine, f"release:{release_}")
    for attribute, what in (("go_live", "go-live"), ("proposed_go_live", "proposed go-live")):
        if fact := views.proven((one for one in mine if one.claim.attribute == attribute), own):
            return day(what, fact, today, f"release:{release_}")
    return None


def _effective(fact: views.Fact, today: date) -> Day | None:
    return day("effective", fact, today) if fact.attribute == "effective_on" else None


def _coming(one: views.Modification, go_lives: dict[str, Day | None], today: date) -> list[Day]:
    """Return the dates of a modification that are not over, nearest first."""
    subject_ = f"modification:{one.id}"
    known_days = [
        day(_label(fact), fact, today, subject_) for fact in (*one.votes, *one.consultations, *one.implementation)
    ]
    known_days += [found for release_ in one.in_scope_of() if (found := go_lives.get(release_))]
    ahead = {(one.what, one.value): one for one in known_days if dates.latest(one.value) >= today}
    # "November 2022" says nothing new beside "3 November 2022".
    vague = [pair for pair in ahead if any(_is_closer(other, pair) for other in ahead)]
    for pair in vague:
        del ahead[pair]
    return sorted(ahead.values(), key=lambda one: dates.earliest(one.value))


def _is_closer(other: tuple[str, str], pair: tuple[str, str]) -> bool:
    return other[0] == pair[0] and other[1] != pair[1] and other[1].startswith(f"{pair[1]}-")


def _label(fact: views.Fact) -> str:
    return row(fact.statement.claim.subject, fact.attribute).label
