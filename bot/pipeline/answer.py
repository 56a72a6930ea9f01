"""Answer: what the store knows, gathered for one question at a time. Reads only; nothing here asks the web.

question's subject → statements of all sources → a view (`bot.domain.views`) → the facts of a reply
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import calendar, countdown, dates, digest, follow, identifiers, statuses, views
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
    return id_ if id_ in found else next(iter(modified or found), None)


def _is_named(store: Store, id_: str) -> bool:
    return bool(store.statements(f"modification:{id_}") or store.statements(value=id_))


def siblings(store: Store, id_: str) -> list[str]:
    """Return the known ids with the same number: the others that a modification was split into, or all of them."""
    meant = identifiers.identity(id_)
    other = (f"{id_.rstrip('ABCD')}{letter}" for letter in ("", *"ABCD") if letter != meant.letter)
    return [one for one in other if _is_named(store, one)]


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
    return {
        "m": one,
        "id": one.id,
        "title": one.title.value if one.title else "",
        "status": one.status,
        "places": one.releases,
        "go_lives": go_lives,
        "coming": _coming(one, go_lives, today),
        "implemented": [day("implementation", fact, today) for fact in one.implementation],
        "versions": [(number, _effective(fact, today)) for number, fact in one.versions],
        "decided": list(one.decisions),
        "siblings": siblings(store, id_),
        "told": told,
        "today": today,
    }


def _told(store: Store, subjects: Iterable[str]) -> list[Told]:
    found = {one.id: one for subject_ in subjects for one in store.changes(about=subject_)}
    return sorted(found.values(), key=lambda one: (one.found_at, one.seq))


def _go_live(statements: Sequence[Statement], release_: str, today: date) -> Day | None:
    mine = [one for one in statements if one.claim.subject == f"release:{release_}"]
    for attribute, what in (("go_live", "go-live"), ("proposed_go_live", "proposed go-live")):
        if fact := views.newest(one for one in mine if one.claim.attribute == attribute):
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
    return sorted(ahead.values(), key=lambda one: dates.earliest(one.value))


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
    one = views.release(key, views.about_release(key, _Several(store)))
    if one is None:
        return None
    go_live = one.go_live or one.proposed_go_live
    settled = dates.exact(one.go_live.value) if one.go_live else None
    return {
        "r": one,
        "key": key,
        "go_live": day("go-live" if one.go_live else "proposed go-live", go_live, today) if go_live else None,
        "proposed": one.proposed_go_live if _still_proposed(one) else None,
        "scope": _by_status(one.scope),
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


def _by_status(scope: Sequence[views.Scoped]) -> list[tuple[str, list[views.Scoped]]]:
    """Return a scope by status, in the order of a modification's life; what has none last."""
    groups: dict[str, list[views.Scoped]] = {}
    for one in scope:
        groups.setdefault(one.status.value if one.status else "", []).append(one)
    order = {status: number for number, status in enumerate(statuses.ALL)}
    return sorted(groups.items(), key=lambda group: order.get(group[0], len(order) + (group[0] == "")))


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


def named_release(store: Store, key: str) -> dict[str, Any] | None:
    """Return what other pages say of a release that no page is about, None where none names it."""
    said = [one for one in store.statements(value=key) if one.current]
    if not said:
        return None
    of = {kind: {one.claim.key for one in said if one.claim.kind == kind} for kind in ("version", "modification")}
    numbers = sorted(of["version"], key=identifiers.version_order)
    effective = [views.newest(store.statements(f"version:{number}", "effective_on")) for number in numbers]
    return {
        "key": key,
        "versions": [(number, fact.value if fact else "") for number, fact in zip(numbers, effective, strict=True)],
        "modifications": [brief(store, id_) for id_ in sorted(of["modification"])],
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
    """Return a release in one line: its go-live, settled or proposed, and how many modifications are in its scope."""
    subject_ = f"release:{key}"
    settled = views.newest(store.statements(subject_, "go_live"))
    proposed = views.newest(store.statements(subject_, "proposed_go_live"))
    scope = {one.claim.value for one in store.statements(subject_, "in_scope") if one.current}
    return {
        "key": key,
        "go_live": settled.value if settled else "",
        "proposed": proposed.value if proposed and not settled else "",
        "scope": len(scope),
    }


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
    said = [one for attribute in COMING for one in store.statements(attribute=attribute)]
    ahead = _grouped(store, countdown.ahead(said, today, within=FAR), most)
    return {"coming": ahead[:most], "total": len(ahead)}


def _grouped(store: Store, ahead: Sequence[countdown.Countdown], titled: int = 0) -> list[Coming]:
    """Return dates, those of one day and one kind together; the first so many with titles of what they are about."""
    groups: dict[tuple[date, str], list[countdown.Countdown]] = {}
    for one in ahead:
        groups.setdefault((one.on, one.attribute), []).append(one)
    return [
        Coming(group[0], tuple((one.subject, title(store, one.subject) if number < titled else "") for one in group))
        for number, group in enumerate(groups.values())
    ]


def title(store: Store, subject_: str) -> str:
    """Return the latest title of a modification, empty for none and for what has a name by itself."""
    if not subject_.startswith("modification:"):
        return ""
    fact = views.newest(store.statements(subject_, "title"), also_past=True)
    return fact.value if fact else ""


def digest_of(store: Store, channel: str, today: date, since_: datetime, default_channel: str = "") -> dict[str, Any]:
    """Return what a channel's next digest would say so far: the net changes that it follows since the last one."""
    rules = store.subscriptions(channel)
    everything = not rules and channel == default_channel
    before = store.digest_before(channel, today + timedelta(days=1))
    told = store.changes(after=before[1]) if before else store.changes(since=since_)
    mine = [
        one
        for one in told
        if not one.known_from and (everything or any(follow.matches(rule, one.change) for rule in rules))
    ]
    net = digest.net(mine)
    composed = digest.compose(net, pages_read=store.reads_since(since_), since=since_, on=today)
    return {
        "groups": [(group.release, group.told) for group in composed.groups],
        "total": len(net),
        "follows": follow.EVERYTHING if everything else follow.labels(rules) if rules else "",
        "sent_today": store.digest_sent(channel, today),
        "last": before[0].isoformat() if before else "",
    }


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
    }


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
        "in_trouble": [watch for watch in watches if watch.health in IN_TROUBLE],
        "absent": [watch for watch in watches if watch.health == "absent"],
        "last_read_at": _latest(watch.last_read_at for watch in watches),
        "last_changed_at": _latest(watch.last_changed_at for watch in watches),
        "watches": watches,
        "outbox": outbox,
    }


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
