"""Answer: what the store knows, gathered for one question at a time. Reads only; nothing here asks the web.

question's subject → statements of all sources → a view (`bot.domain.views`) → the facts of a reply
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import calendar, countdown, dates, identifiers, statuses, views
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.domain.values import row
from bot.ports import Store

# --- what is known ---------------------------------------------------------------------------------------------------


NAMING = ("in_scope", "out_of_scope", "may_include", "implements")
"""Attributes whose values are modifications; of some of these nothing else is ever said."""


def modifications(store: Store) -> list[str]:
    """Return the ids of the known modifications, by number."""
    named = {one.claim.value for attribute in NAMING for one in store.statements(attribute=attribute)}
    known_ids = named.union(_keys(store, "modification"))
    return sorted(filter(identifiers.is_modification, known_ids), key=_by_number)


def releases(store: Store) -> list[str]:
    """Return the keys of the known releases, oldest first."""
    named = {one.claim.value for one in store.statements(attribute="implements_release")}
    return sorted(named.union(_keys(store, "release")))


def versions(store: Store) -> list[str]:
    """Return the known SEC versions, oldest first."""
    return sorted(_keys(store, "version"), key=identifiers.version_order)


def titles(store: Store) -> dict[str, str]:
    """Return the latest title of each modification that has one."""
    return {
        one.claim.key: one.claim.value
        for one in store.statements(attribute="title")
        if one.claim.kind == "modification"
    }


def resolved(store: Store, id_: str) -> str | None:
    """Return the known id of the modification that an id names, None where none is known.

    A Draft Proposal and the modification that it became are one, as are MP007 and SECMP0007.
    """
    found = [one for one in views.spellings(id_) if _is_named(store, one)]
    modified = [one for one in found if not identifiers.is_draft_proposal(one)]
    if id_ in found and not (modified and identifiers.is_draft_proposal(id_)):
        return id_
    return next(iter(modified or found), None)


def _is_named(store: Store, id_: str) -> bool:
    return bool(store.statements(f"modification:{id_}") or store.statements(value=id_))


def siblings(store: Store, id_: str) -> list[str]:
    """Return the known ids with the same number: the others that a modification was split into, or all of them."""
    meant = identifiers.identity(id_)
    other = (f"{id_.rstrip('ABCD')}{letter}" for letter in ("", *"ABCD") if letter != meant.letter)
    return [one for one in other if _is_named(store, one)]


def unread(store: Store) -> bool:
    """Whether no page has been read yet, so that nothing can be known."""
    return not any(watch.baselined or watch.last_read_at for watch in store.watches())


def known(store: Store, selector: str) -> bool:
    """Whether anything is known of what a subscription selects."""
    kind, _, key = selector.partition(":")
    if kind == "modification":
        return bool(resolved(store, key) or siblings(store, key))
    return kind != "release" or bool(store.statements(selector))


def _keys(store: Store, kind: str) -> list[str]:
    return [one.partition(":")[2] for one in store.subjects(kind)]


def _of(id_: str) -> identifiers.Modification:
    return identifiers.identity(id_)


def _by_number(id_: str) -> tuple[int, str, str]:
    return (_of(id_).number, _of(id_).letter, id_)


# --- one thing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """A date that matters to somebody who plans, seen from today; `days` is None where no day is known."""

    what: str
    value: str
    days: int | None
    working_days: int | None
    statement: Statement
    subject: str = ""
    title: str = ""


def day(what: str, fact: views.Fact, today: date, subject_: str = "", title: str = "") -> Day:
    """Return how far away a fact's date is."""
    on = dates.exact(fact.value)
    left = calendar.working_days_left(today, on) if on and on >= today else None
    return Day(what, fact.value, (on - today).days if on else None, left, fact.statement, subject_, title)


def modification(store: Store, id_: str, today: date) -> dict[str, Any] | None:
    """Return the facts of a modification by its known id, None where nothing is known of it."""
    statements = views.about_modification(id_, store.statements)
    told = _told(store, [f"modification:{name}" for name in views.spellings(id_)])
    one = views.modification(id_, statements, told)
    if one is None:
        return None
    go_lives = {place.release: _go_live(statements, place.release, today) for place in one.releases}
    versions_ = [(number, _effective(fact, today)) for number, fact in one.versions]
    others = siblings(store, id_)
    return {
        "m": one,
        "id": one.id,
        "title": one.title.value if one.title else "",
        "status": one.status,
        "state": _state(one, others, today),
        "unsaid": _is_unsaid(one, go_lives),
        "places": one.releases,
        "go_lives": go_lives,
        "coming": _coming(one, go_lives, today),
        "implemented": [day("implementation", fact, today) for fact in one.implementation],
        "versions": versions_,
        "decided": list(one.decisions),
        "siblings": others,
        "told": told,
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
        return State(parts=() if status or _of(one.id).letter else tuple(others))
    ahead = sorted(fact.value for fact in one.implementation if dates.earliest(fact.value) > today)
    exact = [value for value in ahead if dates.exact(value)]
    return State(part_on=next(iter(exact or ahead), ""), version=version_)


def _is_unsaid(one: views.Modification, go_lives: dict[str, Day | None]) -> bool:
    """Whether the release that it is in went live, and no page says whether it did."""
    status = one.status.value if one.status else ""
    if one.versions or status in ("implemented", *statuses.ENDED, *statuses.HELD):
        return False
    days = [go_lives[release_] for release_ in one.in_scope_of()]
    return bool(days) and all(found and found.days is not None and found.days < 0 for found in days)


def _told(store: Store, subjects: Iterable[str]) -> list[Told]:
    found = {one.id: one for subject_ in subjects for one in store.changes(about=subject_)}
    return sorted(found.values(), key=lambda one: (one.found_at, one.seq))


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


class _Several:
    """Statements of many modifications: their titles and statuses are asked for once, not each by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_attribute: dict[str, dict[str, list[Statement]]] = {}

    def __call__(
        self, subject: str | None = None, attribute: str | None = None, value: str | None = None
    ) -> Sequence[Statement]:
        if subject is None or attribute is None or value is not None or not subject.startswith("modification:"):
            return self._store.statements(subject, attribute, value)
        if attribute not in self._by_attribute:
            grouped = self._by_attribute[attribute] = {}
            for one in self._store.statements(attribute=attribute):
                grouped.setdefault(one.claim.subject, []).append(one)
        return self._by_attribute[attribute].get(subject, [])


def release(store: Store, key: str, today: date) -> dict[str, Any] | None:
    """Return the facts of a release, None where nothing is known of it."""
    several = _Several(store)
    one = views.release(key, views.about_release(key, several))
    if one is None:
        return None
    go_live = one.go_live or one.proposed_go_live
    settled = dates.exact(one.go_live.value) if one.go_live else None
    live = dates.latest(one.date or key) <= today
    return {
        "r": one,
        "key": key,
        "go_live": day("go-live" if one.go_live else "proposed go-live", go_live, today) if go_live else None,
        "proposed": one.proposed_go_live if _still_proposed(one) else None,
        "scope": _by_status(one.scope, live=live),
        "partly": set() if live else {scoped.id for scoped in one.scope if _is_implemented(scoped.anywhere)},
        "brought": _told_by_versions(several, one, today),
        "coming": _deadlines(store, one, today),
        "expected": [e for e in calendar.expected(settled) if e.on >= today] if settled else [],
        "today": today,
    }


def _still_proposed(one: views.Release) -> bool:
    """Whether another go-live than the settled one is asked for, and was not overtaken by it."""
    settled, asked_for = one.go_live, one.proposed_go_live
    if settled is None or asked_for is None or settled.value == asked_for.value:
        return False
    return freshness(asked_for.statement)[0] >= freshness(settled.statement)[0]


PARTLY = "partly_implemented"
"""What `implemented` means in a release that has not gone live: something of it came with another."""


def _by_status(scope: Sequence[views.Scoped], *, live: bool) -> list[tuple[str, list[views.Scoped]]]:
    """Return a scope by status, in the order of a modification's life; what has none last."""
    groups: dict[str, list[views.Scoped]] = {}
    for one in scope:
        status = one.status.value if one.status else ""
        groups.setdefault(PARTLY if status == "implemented" and not live else status, []).append(one)
    order = {status: number for number, status in enumerate(statuses.ALL)}
    return sorted(groups.items(), key=lambda group: order.get(group[0], len(order) + (group[0] == "")))


def _is_implemented(fact: views.Fact | None) -> bool:
    return fact is not None and fact.value == "implemented"


@dataclass(frozen=True, slots=True)
class Brought:
    """A version of the SEC that was made for a release, by its post: when it took effect and what it implements."""

    number: str
    effective: Day | None
    implements: tuple[views.Scoped, ...]
    statement: Statement


def _told_by_versions(several: views.Statements, one: views.Release, today: date) -> list[Brought]:
    """Return the versions that say more of a release than its own pages do: its scope or its day."""
    if one.scope and one.go_live:
        return []
    return _brought(several, one.key, one.versions, today)


def _brought(several: views.Statements, key: str, numbers: Iterable[str], today: date) -> list[Brought]:
    found = []
    for number in numbers:
        one = views.version(number, views.about_version(number, several))
        if one and one.release and one.release.value == key:
            effective = day("effective", one.effective_on, today) if one.effective_on else None
            found.append(Brought(number, effective, one.implements, one.release.statement))
    return found


def _deadlines(store: Store, one: views.Release, today: date) -> list[Coming]:
    """Return the votes and cut-offs to come of what is in a release's scope."""
    subjects = {f"modification:{scoped.id}" for scoped in (*one.scope, *one.may_include)}
    said = [
        statement
        for attribute in ("decision_cut_off", "change_board_vote_on")
        for statement in store.statements(attribute=attribute)
        if statement.claim.subject in subjects
    ]
    return _grouped(store, countdown.ahead(said, today, within=FAR))


def _each_once(ids: Iterable[str]) -> list[str]:
    """Return modifications by number, each once: DP124 and MP124 are one."""
    latest = {_of(id_): id_ for id_ in sorted(ids)}
    return sorted(latest.values(), key=_by_number)


def named_release(store: Store, key: str, today: date) -> dict[str, Any] | None:
    """Return what other pages say of a release that no page is about, None where none names it."""
    said = [one for one in store.statements(value=key) if one.current]
    if not said:
        return None
    of = {kind: {one.claim.key for one in said if one.claim.kind == kind} for kind in ("version", "modification")}
    numbers = sorted(of["version"], key=identifiers.version_order)
    made_for = _brought(_Several(store), key, numbers, today)
    told = {identifiers.identity(scoped.id) for one in made_for for scoped in one.implements}
    return {
        "key": key,
        "brought": made_for,
        "modifications": [
            brief(store, id_) for id_ in _each_once(of["modification"]) if identifiers.identity(id_) not in told
        ],
        "statement": said[-1],
    }


def releases_of(store: Store, year: str) -> list[str]:
    """Return the keys of the known releases of a year."""
    return [key for key in releases(store) if key.startswith(f"{year}-")]


def version(store: Store, number: str, today: date) -> dict[str, Any] | None:
    """Return the facts of a version of the SEC, None where nothing is known of it."""
    one = views.version(number, views.about_version(number, _Several(store)))
    if one is None:
        return None
    return {
        "v": one,
        "number": number,
        "effective": day("effective", one.effective_on, today) if one.effective_on else None,
        "newer": [other for other in versions(store) if _newer(other, number)],
        "today": today,
    }


def _newer(other: str, number: str) -> bool:
    return identifiers.version_order(other) > identifiers.version_order(number)


@dataclass(frozen=True, slots=True)
class Brief:
    """A modification in one line."""

    id: str
    title: str
    status: str


def brief(store: Store, id_: str) -> Brief:
    """Return a known modification in one line."""
    status = views.newest(store.statements(f"modification:{id_}", "status"))
    return Brief(id_, title(store, f"modification:{id_}"), status.value if status else "")


def release_brief(store: Store, key: str) -> dict[str, Any]:
    """Return a release in one line: its go-live, settled or proposed, and how many modifications are in its scope.

    Where none of both is known, the version that was made for it and when that took effect.
    """
    said = store.statements(f"release:{key}")
    settled = views.newest(one for one in said if one.claim.attribute == "go_live")
    proposed = views.newest(one for one in said if one.claim.attribute == "proposed_go_live")
    return {
        "key": key,
        "go_live": settled.value if settled else "",
        "proposed": proposed.value if proposed and not settled else "",
        "scope": len(views.scope_of(key, said)),
        "version": ("", "") if settled or proposed else _version_of(store, key),
    }


def _version_of(store: Store, key: str) -> tuple[str, str]:
    """Return the version that was made for a release and when it takes effect; empty for none."""
    made_for = [one.claim.key for one in store.statements(attribute="implements_release", value=key) if one.current]
    number = max(made_for, key=identifiers.version_order, default="")
    fact = views.newest(store.statements(f"version:{number}", "effective_on")) if number else None
    return (number, fact.value) if fact else ("", "")


# --- what comes ------------------------------------------------------------------------------------------------------

COMING = ("go_live", "proposed_go_live", "decision_cut_off", "change_board_vote_on", "consultation_closes_on")
FAR = 5 * 366
"""Days; nothing is planned further ahead."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A date to come of one kind, and what it is about: subjects with their titles."""

    one: countdown.Countdown
    about: tuple[tuple[str, str], ...]


def coming(store: Store, today: date, most: int) -> dict[str, Any]:
    """Return the next dates and how many there are in all."""
    said = _by_own_page(store, [one for attribute in COMING for one in store.statements(attribute=attribute)])
    ahead = _grouped(store, countdown.ahead(said, today, within=FAR), most)
    return {"coming": ahead[:most], "total": len(ahead)}


def _by_own_page(store: Store, said: Sequence[Statement]) -> list[Statement]:
    """Return statements with each date of a release in the words of its own page where that page says the same."""
    names = store.statements(attribute="name")
    kept = [one for one in said if one.claim.kind != "release"]
    dated: dict[tuple[str, str], list[Statement]] = {}
    for one in said:
        if one.claim.kind == "release":
            dated.setdefault((one.claim.subject, one.claim.attribute), []).append(one)
    for (subject_, _), group in dated.items():
        fact = views.proven(group, views.own_pages(names, subject_))
        kept += [fact.statement] if fact else []
    return kept


def _grouped(store: Store, ahead: Sequence[countdown.Countdown], titled: int = 0) -> list[Coming]:
    """Return dates, those of one day and one kind together; the first so many with titles of what they are about."""
    groups: dict[tuple[date, str], list[countdown.Countdown]] = {}
    for one in ahead:
        group = groups.setdefault((one.on, one.attribute), [])
        if not any(_is_one(one.subject, other.subject) for other in group):
            group.append(one)
    return [
        Coming(group[0], tuple((one.subject, title(store, one.subject) if number < titled else "") for one in group))
        for number, group in enumerate(groups.values())
    ]


def _is_one(subject_: str, other: str) -> bool:
    """Whether two subjects are one modification; what is not a modification is itself alone."""
    ids = [one.removeprefix("modification:") for one in (subject_, other)]
    if not all(map(identifiers.is_modification, ids)):
        return subject_ == other
    return _of(ids[0]) == _of(ids[1])


def title(store: Store, subject_: str) -> str:
    """Return the latest title of a modification, empty for none and for what has a name by itself."""
    if not subject_.startswith("modification:"):
        return ""
    fact = views.newest(store.statements(subject_, "title"), also_past=True)
    return fact.value if fact else ""


# --- what changed ----------------------------------------------------------------------------------------------------


def since(store: Store, day: date, zone: ZoneInfo, limit: int = 1000) -> dict[str, Any]:
    """Return the changes found since the midnight in which a day began, by local day, the newest first."""
    told = store.changes(since=datetime.combine(day, time(), zone), limit=limit)
    news = [one for one in told if not one.known_from]
    return {
        "day": day.isoformat(),
        "days": _by_day(news, zone),
        "total": len(news),
        "cut": len(told) >= limit,
        "reads": store.reads_since(datetime.combine(day, time(), zone)),
        "first": _first_reading(store, datetime.combine(day, time(), zone)),
    }


def _first_reading(store: Store, begin: datetime) -> datetime | None:
    """Return when the first page was read, where that was after a moment; None where it was not."""
    if store.changes(until=begin, limit=1):
        return None
    first = next((capture.fetched_at for capture in store.captures()), None)
    return first if first and first > begin else None


def _by_day(told: Sequence[Told], zone: ZoneInfo) -> list[tuple[str, list[Told]]]:
    days: dict[str, list[Told]] = {}
    for one in reversed(told):
        days.setdefault(one.found_at.astimezone(zone).date().isoformat(), []).append(one)
    return list(days.items())


# --- what is found ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found: what it is called, what to ask to see all of it, what holds the words."""

    subject: str
    label: str
    title: str
    question: str
    statement: Statement


def search(store: Store, words: str, limit: int = 10) -> list[Hit]:
    """Return what holds all of the words, best first, each subject once."""
    found: dict[str, Hit] = {}
    for one in store.search(words, limit=limit * 5):
        if one.claim.subject not in found:
            found[one.claim.subject] = _hit(store, one)
        if len(found) == limit:
            break
    return list(found.values())


def _hit(store: Store, statement: Statement) -> Hit:
    claim = statement.claim
    attribute = "name" if claim.kind == "release" else "title"
    named = store.statements(claim.subject, attribute)
    label, question = asked(claim.subject)
    return Hit(claim.subject, label, named[-1].claim.value if named else "", question, statement)


def asked(subject_: str) -> tuple[str, str]:
    """Return what a subject is called and the question that shows all of it; empty for none."""
    kind, _, key = subject_.partition(":")
    if kind == "modification":
        return key, key
    if kind == "release":
        name = identifiers.release_name(key)
        return f"{name} release", f"release {name}"
    if kind == "version":
        return f"SEC v{key}", f"version {key}"
    if kind == "document" and "/" in key:
        release, _, part = key.partition("/")
        name = identifiers.release_name(release)
        return f"{part}, {name} release", f"release {name}"
    if kind == "variation":
        day_, _, part = key.partition("/")
        return f"{part}, varied by notice of {dates.label(day_)}", ""
    return key, ""


# --- how secbot fares ------------------------------------------------------------------------------------------------

IN_TROUBLE = ("doubtful", "failing")


def health(store: Store) -> dict[str, Any]:
    """Return the health of the sources and of delivery."""
    watches = store.watches()
    outbox = store.outbox()
    return {
        "sources": len(watches),
        "counts": Counter(watch.health for watch in watches),
        "well": [watch for watch in watches if watch.health == "good"],
        "in_trouble": [watch for watch in watches if watch.health in IN_TROUBLE],
        "absent": [watch for watch in watches if watch.health == "absent"],
        "last_read_at": _latest(watch.last_read_at for watch in watches),
        "last_changed_at": _latest(watch.last_changed_at for watch in watches),
        "watches": watches,
        "outbox": outbox,
    }


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
