"""What a person's Home shows: what they follow, the next releases, what changed since they looked, how secbot fares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import dates, identifiers, statuses, views
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.follow import EVERYTHING, RULE, Mute, Subscription, is_of, same, spoken
from bot.pipeline import followed
from bot.pipeline.answers import directory, health
from bot.pipeline.answers.ahead import said_of
from bot.pipeline.answers.days import Day, day
from bot.pipeline.answers.release import PARTLY
from bot.pipeline.choices import Choice, choice
from bot.ports import Person, Store

RELEASES = 3
CHANGES = 8
"""Changes that are shown one by one."""
SCOPE = 60
"""Modifications whose statuses are looked up for a release; no release was ever so large."""
AT_FIRST = timedelta(days=7)
"""How far somebody looks back who looks for the first time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What somebody follows, in words, and what to type for it; `muted` until when it is, by which mute."""

    what: Choice
    spoken: str
    rule: Subscription
    only: tuple[str, ...]
    but_not: tuple[str, ...]
    muted: Mute | None

    @property
    def mute_is_its_own(self) -> bool:
        """Whether the mute is of this rule alone."""
        return self.muted is not None and self.muted.selector.startswith(RULE)

    @property
    def mute_is_of_all(self) -> bool:
        """Whether everything is muted, not this alone."""
        by_all = self.muted is not None and self.muted.selector == EVERYTHING
        return by_all and self.rule.selector != EVERYTHING


@dataclass(frozen=True, slots=True)
class Muted:
    """Something that is muted and is no rule itself, in words, and what to type for it."""

    what: Choice
    spoken: str
    until: datetime


def home(
    store: Store, user: str, now: datetime, zone: ZoneInfo, looked: Person | None = None, default: str = ""
) -> dict[str, Any]:
    """Return the facts of a person's Home; `looked`: show what changed after that, not since they looked last;
    `default`: the channel that follows everything by default.
    """
    today = now.astimezone(zone).date()
    rules, mutes = store.subscriptions(user), store.mutes(user, now)
    return {
        "today": today,
        "now": now,
        "rules": [_rule(store, one, mutes, now) for one in rules],
        "mutes": _mutes(store, rules, mutes, now),
        "channel": store.channel(user),
        "releases": coming_releases(store, today),
        "news": news(store, looked or store.person(user), now),
        "health": health.facts(store, now, default),
    }


def _rule(store: Store, rule: Subscription, mutes: Sequence[Mute], now: datetime) -> Rule:
    holding = [one for one in mutes if is_of(one.selector, rule.selector) and one.holds(now)]
    return Rule(
        choice(store, rule.selector),
        spoken(rule.selector),
        rule,
        tuple(choice(store, one).label for one in rule.only),
        tuple(choice(store, one).label for one in rule.but_not),
        max(holding, key=lambda one: one.until, default=None),
    )


def _mutes(store: Store, rules: Sequence[Subscription], mutes: Sequence[Mute], now: datetime) -> list[Muted]:
    """Return the mutes that hold besides those of rules."""
    besides = (one for one in mutes if one.holds(now) and not one.selector.startswith(RULE))
    others = (one for one in besides if not any(same(one.selector, rule.selector) for rule in rules))
    return [Muted(choice(store, one.selector), spoken(one.selector), one.until) for one in others]


@dataclass(frozen=True, slots=True)
class Coming:
    """A release to come: its go-live (or the one that is proposed), and how many modifications of each status are in
    its scope, in the order of a modification's life; of a very large scope only how many.
    """

    key: str
    go_live: Day | None
    settled: bool
    in_scope: int
    by_status: tuple[tuple[str, int], ...]


def coming_releases(store: Store, today: date, most: int = RELEASES) -> list[Coming]:
    """Return the next releases, the nearest go-live first."""
    said = said_of(store, ("proposed_go_live", "go_live"), today)
    on = {**_dated(said, "proposed_go_live"), **_dated(said, "go_live")}
    named = {key: on.get(key, key) for key in directory.releases(store)}
    ahead = {key: value for key, value in named.items() if dates.latest(value) >= today}
    nearest = sorted(ahead, key=lambda key: (dates.earliest(ahead[key]), key))
    found = (_coming(store, key, today) for key in nearest)
    return list(islice((one for one in found if one), most))


def _coming(store: Store, key: str, today: date) -> Coming | None:
    said = store.statements(f"release:{key}")
    scope = views.scope_of(key, said)
    one = views.release(key, [*said, *(_statuses(store, scope) if len(scope) <= SCOPE else ())])
    if one is None:
        return None
    fact = one.go_live or one.proposed_go_live
    go_live = day("go-live", fact, today, f"release:{key}") if fact else None
    return Coming(key, go_live, one.go_live is not None, len(scope), _by_status(one) if len(scope) <= SCOPE else ())


def _statuses(store: Store, scope: Sequence[str]) -> Iterator[Statement]:
    spelt = [name for id_ in scope for name in (views.spellings(id_) if identifiers.is_modification(id_) else (id_,))]
    place = {f"modification:{name}": number for number, name in enumerate(dict.fromkeys(spelt))}
    yield from sorted(store.statements(place, "status"), key=lambda one: place[one.claim.subject])


def _by_status(one: views.Release) -> tuple[tuple[str, int], ...]:
    """Return how many are in scope of each status. What is implemented before go-live is so in part."""
    said = (scoped.status.value if scoped.status else "" for scoped in one.scope)
    counts = Counter(PARTLY if status == "implemented" else status for status in said)
    order = {status: number for number, status in enumerate(statuses.ALL)}
    return tuple(sorted(counts.items(), key=lambda pair: (pair[0] == "", order.get(pair[0], len(order)))))


def _dated(said: Iterable[Statement], attribute: str) -> dict[str, str]:
    by_key: dict[str, list[Statement]] = {}
    for one in said:
        if one.claim.attribute == attribute:
            by_key.setdefault(one.claim.key, []).append(one)
    newest = {key: views.newest(said) for key, said in by_key.items()}
    return {key: fact.value for key, fact in newest.items() if fact}


@dataclass(frozen=True, slots=True)
class News:
    """What changed since somebody looked: the newest changes, how many there are, and where that begins and ends.

    `mine`: only what they follow is shown, and `others` is how much else changed. `looked`: since when, as far as it is
    known: no `looked_at` for somebody who looks for the first time.
    """

    told: tuple[Told, ...]
    total: int
    mine: bool
    others: int
    looked: Person
    upto: int

    @property
    def is_whole(self) -> bool:
        """Whether each change is shown."""
        return not self.others and self.total == len(self.told)


def news(store: Store, looked: Person, now: datetime) -> News:
    """Return what changed since a person looked; who follows something sees that, and how much else there is."""
    upto = store.last_seq()
    found = store.changes(after=looked.seq) if looked.looked_at else store.changes(since=now - AT_FIRST)
    fresh = [one for one in found if not one.known_from]
    following = followed.by_channel(store, looked.user, "", now)
    mine = [one for one in fresh if following.bringing(one, now)] if following.rules else fresh
    shown = tuple(_weightiest(mine))
    return News(shown, len(mine), bool(following.rules), len(fresh) - len(mine), looked, upto)


def _weightiest(told: Iterable[Told]) -> list[Told]:
    """Return the weightiest changes, of equal ones the newest, newest first."""
    heavy = sorted(told, key=lambda one: (-one.change.weight, -one.seq))[:CHANGES]
    return sorted(heavy, key=lambda one: -one.seq)
