"""What is known of one release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain import calendar, countdown, dates, identifiers, statuses, views
from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.pipeline.answers import directory, steps
from bot.pipeline.answers.ahead import FAR, Coming, by_latest_names, grouped, in_order
from bot.pipeline.answers.days import Day, day
from bot.ports import Store


def facts(store: Store, key: str, today: date) -> dict[str, Any] | None:
    """Return the facts of a release, None where nothing is known of it."""
    one = views.release(key, views.about_release(key, store.statements))
    if one is None:
        return None
    go_live = one.go_live or one.proposed_go_live
    settled = dates.exact(one.go_live.value) if one.go_live else None
    live = dates.latest(one.date or key) <= today
    return {
        "r": one,
        "key": key,
        "go_live": day("go-live" if one.go_live else "proposed go-live", go_live, today) if go_live else None,
        "lived": _lived(store, one, today),
        "proposed": one.proposed_go_live if _still_proposed(one) else None,
        "scope": _by_status(one.scope, live=live),
        "partly": set() if live else {scoped.id for scoped in one.scope if _is_implemented(scoped.anywhere)},
        "parts_on": steps.coming(store, _implemented(one.scope), today) if live else {},
        "brought": _told_by_versions(store, one, today),
        "coming": _deadlines(store, one, today),
        "expected": [e for e in calendar.expected(settled) if e.on >= today] if settled else [],
        "today": today,
    }


def _lived(store: Store, one: views.Release, today: date) -> Statement | None:
    """Return what proves that a release went live: the version that it brought took effect on that day."""
    if one.go_live is None or not one.versions or dates.latest(one.go_live.value) > today:
        return None
    subjects = [f"version:{number}" for number in one.versions]
    said = (s for s in store.statements(subjects, "effective_on") if s.claim.value == one.go_live.value)
    fact = views.newest(said)
    return fact.statement if fact else None


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


def _implemented(scope: Iterable[views.Scoped]) -> list[str]:
    return [one.id for one in scope if _is_implemented(one.status) or _is_implemented(one.anywhere)]


def _is_implemented(fact: views.Fact | None) -> bool:
    return fact is not None and fact.value == "implemented"


@dataclass(frozen=True, slots=True)
class Brought:
    """A version of the SEC that was made for a release, by its post: when it took effect and what it implements."""

    number: str
    effective: Day | None
    implements: tuple[views.Scoped, ...]
    statement: Statement


def _told_by_versions(store: Store, one: views.Release, today: date) -> list[Brought]:
    """Return the versions that say more of a release than its own pages do: its scope or its day."""
    if one.scope and one.go_live:
        return []
    return _brought(store, one.key, one.versions, today)


def _brought(store: Store, key: str, numbers: Iterable[str], today: date) -> list[Brought]:
    found = []
    for number in numbers:
        one = views.version(number, views.about_version(number, store.statements))
        if one and one.release and one.release.value == key:
            effective = day("effective", one.effective_on, today) if one.effective_on else None
            found.append(Brought(number, effective, one.implements, one.release.statement))
    return found


DECIDED = ("decision_cut_off", "change_board_vote_on")


def _deadlines(store: Store, one: views.Release, today: date) -> list[Coming]:
    """Return the votes and cut-offs to come of what is in a release's scope."""
    ids = (scoped.id for scoped in (*one.scope, *one.may_include))
    subjects = [f"modification:{name}" for id_ in ids for name in views.spellings(id_)]
    said = in_order(store.statements(subjects, DECIDED), DECIDED)
    return by_latest_names(store, grouped(store, countdown.ahead(said, today, within=FAR)))


def _each_once(ids: Iterable[str]) -> list[str]:
    """Return modifications by number, each once: DP124 and MP124 are one."""
    latest = {identifiers.identity(id_): id_ for id_ in sorted(ids)}
    return sorted(latest.values(), key=directory.by_number)


def named_elsewhere(store: Store, key: str, today: date) -> dict[str, Any] | None:
    """Return what other pages say of a release that no page is about, None where none names it."""
    said = [one for one in store.statements(value=key) if one.current]
    if not said:
        return None
    of = {kind: {one.claim.key for one in said if one.claim.kind == kind} for kind in ("version", "modification")}
    numbers = sorted(of["version"], key=identifiers.version_order)
    made_for = _brought(store, key, numbers, today)
    told = {identifiers.identity(scoped.id) for one in made_for for scoped in one.implements}
    named = _each_once(of["modification"])
    return {
        "key": key,
        "brought": made_for,
        "modifications": directory.briefs(store, [one for one in named if identifiers.identity(one) not in told]),
        "statement": said[-1],
    }


def of_year(store: Store, year: str) -> list[str]:
    """Return the keys of the known releases of a year."""
    return [key for key in directory.releases(store) if key.startswith(f"{year}-")]


def brief(store: Store, key: str) -> dict[str, Any]:
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
