"""Rehearsal: what a wish to follow would have sent, had it been kept a while ago. Nothing is kept.

changes of those days, dates that came near → played on a stage (`stage`, `play`) by the very code that makes and sends
messages → how many messages and changes at once, how many in digests, how many countdowns → the newest
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import countdown, dates, identifiers
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.follow import Subscription
from bot.domain.undone import LOOK_BACK, concerned, way
from bot.domain.views import spellings
from bot.pipeline.play import Play
from bot.pipeline.stage import Stage
from bot.ports import Outgoing, Store

DAYS = 90
NEWEST = 10
MOST = 300
"""Changes that are looked at; more would keep the one who asks waiting."""

MOST_BESIDE = 3 * MOST
"""Changes about the same as these that are looked at, too."""

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """A change that would have been told; `at_once`: when it was found, else in the next digest. `taken_back`: that it
    was would have been told too.
    """

    told: Told
    at_once: bool
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would have been sent since a moment: how many changes at once, in how many `messages` (`reverted` of these
    only say that what was told was taken back); how many changes in digests only, and how many digests had anything in
    them; how many countdowns; the newest changes, newest first.

    `a_week` counts messages at once on an average week, `a_week_in_digests` changes in digests only. `since` is later
    than was asked for where secbot watches no longer, or where there was too much to look at (`cut`).
    """

    since: datetime
    days: int
    at_once: int = 0
    messages: int = 0
    reverted: int = 0
    in_digests: int = 0
    digests: int = 0
    countdowns: int = 0
    a_week: float = 0.0
    a_week_in_digests: float = 0.0
    newest: tuple[Sent, ...] = ()
    cut: bool = False

    @property
    def total(self) -> int:
        """All changes that would have been told."""
        return self.at_once + self.in_digests


def rehearse(
    store: Store,
    subscription: Subscription | Sequence[Subscription],
    now: datetime,
    zone: ZoneInfo,
    at: time = time(8, 30),
    days: int = DAYS,
) -> Rehearsal:
    """Return what a rule, or several of one wish, would have sent in the last days, with their channel's settings of
    now and mutes left aside. `zone` and `at`: the bot's, and when it sends digests where a channel chose no time.
    """
    rules = (subscription,) if isinstance(subscription, Subscription) else tuple(subscription)
    kept, later = _changes(store, rules, now - timedelta(days=days))
    since = later or _since(store, now - timedelta(days=days))
    stage = Stage(store, tuple(replace(rule, made_at=since) for rule in rules), since, _dates(store, since, now))
    before, there = _before(store, kept, since), _with_beside(store, rules, kept, since)
    stage.expect((*before, *there))
    stage.show(before)
    sent = Play(stage, zone, at, now)(there)
    return _counted(_Tally(sent, since), there, now, cut=later is not None)


# --- what was sent ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tally:
    """What was sent since a moment, by how it was told."""

    sent: Sequence[Outgoing]
    since: datetime

    def of(self, kind: str) -> list[Outgoing]:
        """Return the messages of a kind."""
        return [one for one in self.sent if one.kind == kind]

    def ids(self, kind: str, of: str = "changes") -> list[str]:
        """Return the ids of the changes that messages of a kind tell, each once."""
        return list(dict.fromkeys(id_ for one in self.of(kind) for id_ in one.payload[of]))

    @property
    def digests(self) -> list[list[Told]]:
        """What each digest tells that has anything in it. What was before the rehearsal began is no part of it."""
        nets = ([one for one in message.payload["net"] if one.found_at >= self.since] for message in self.of("digest"))
        return [net for net in nets if net]

    @property
    def in_digests(self) -> list[Told]:
        """What digests tell that nothing told before."""
        said = {*self.ids("alert"), *self.ids("reverted")}
        return list({one.id: one for net in self.digests for one in net if one.id not in said}.values())


def _counted(tally: _Tally, kept: Sequence[Told], now: datetime, *, cut: bool) -> Rehearsal:
    alerted, reverted, only = tally.ids("alert"), len(tally.of("reverted")), tally.in_digests
    messages = len(tally.of("alert")) + reverted
    weeks = max((now - tally.since) / WEEK, 1.0)
    return Rehearsal(
        tally.since,
        max((now - tally.since).days, 1),
        at_once=len(alerted),
        messages=messages,
        reverted=reverted,
        in_digests=len(only),
        digests=len(tally.digests),
        countdowns=len(tally.of("countdown")),
        a_week=messages / weeks,
        a_week_in_digests=len(only) / weeks,
        newest=tuple(_newest(tally, {one.id: one for one in kept})),
        cut=cut,
    )


def _newest(tally: _Tally, kept: Mapping[str, Told]) -> list[Sent]:
    undone = set(tally.ids("reverted", "undoes"))
    found = [Sent(kept[id_], at_once=True, taken_back=id_ in undone) for id_ in tally.ids("alert")]
    found += [Sent(one, at_once=False) for one in tally.in_digests]
    return sorted(found, key=lambda one: (one.told.found_at, one.told.seq), reverse=True)[:NEWEST]


# --- what there was --------------------------------------------------------------------------------------------------


def _changes(store: Store, rules: Sequence[Subscription], since: datetime) -> tuple[list[Told], datetime | None]:
    """Return the changes that rules may follow, oldest first; where there were too many, those since a later time, and
    that time.
    """
    subjects = {subject for rule in rules for subject in _subjects(rule.selector)}
    about: Sequence[str | None] = [None] if "" in subjects else sorted(subjects)
    found = [store.changes(about=subject, since=since, limit=MOST) for subject in about]
    later = max((some[0].found_at for some in found if len(some) >= MOST), default=None)
    kept = {told.id: told for some in found for told in some if later is None or told.found_at >= later}
    return sorted(kept.values(), key=lambda one: (one.found_at, one.seq)), later


def _with_beside(store: Store, rules: Sequence[Subscription], kept: Sequence[Told], since: datetime) -> list[Told]:
    """Return changes with those that may take them back, whether a rule follows these or not, oldest first."""
    subjects = {subject for one in kept for subject in concerned(one)} if _narrow(rules) else ()
    beside = _like(kept, store.changes(about=sorted(subjects), since=since, limit=MOST_BESIDE)) if subjects else []
    return sorted({one.id: one for one in (*kept, *beside)}.values(), key=lambda one: (one.found_at, one.seq))


def _before(store: Store, kept: Sequence[Told], since: datetime) -> list[Told]:
    """Return what was found before a time and may be taken back after it."""
    early = [one for one in kept if one.found_at <= since + LOOK_BACK]
    subjects = sorted({subject for one in early for subject in concerned(one)})
    before = store.changes(about=subjects, since=since - LOOK_BACK, until=since, limit=MOST) if subjects else []
    return _like(early, [one for one in before if one.found_at < since])


def _like(kept: Sequence[Told], others: Iterable[Told]) -> list[Told]:
    """Return those of others that can take back one of some changes, or be taken back by it."""
    ways = {way(one.change) for one in kept}
    return [one for one in others if way(one.change) in ways]


def _dates(store: Store, since: datetime, now: datetime) -> list[Statement]:
    """Return all that was ever said of each date that came near since a time."""
    said = [
        one for one in store.statements(attribute=countdown.ATTRIBUTES) if one.ended_at is None or one.ended_at > since
    ]
    begin, end = since.date() - DAY, now.date() + DAY * (max(countdown.THRESHOLDS) + 1)
    near = {_of(one) for one in said if (day := dates.exact(one.claim.value)) and begin <= day <= end}
    return [one for one in said if _of(one) in near]


def _of(statement: Statement) -> tuple[str, str]:
    return statement.claim.subject, statement.claim.attribute


def _narrow(rules: Sequence[Subscription]) -> bool:
    """Whether the store finds what rules may follow without looking at all."""
    return all("" not in _subjects(rule.selector) for rule in rules)


def _subjects(selector: str) -> list[str]:
    """Return the subjects by which the store finds all that a selector selects; "" where it has to look at all."""
    kind, _, key = selector.partition(":")
    if kind == "modification" and identifiers.is_modification(key):
        letters = ("",) if identifiers.identity(key).letter else ("", *"ABCD")
        return [f"modification:{name}{letter}" for name in spellings(key) for letter in letters]
    return [selector] if kind in ("release", "version", "part", "impact") else [""]


def _since(store: Store, asked: datetime) -> datetime:
    """Return since when changes are known: not before the first page was read."""
    if store.glimpses(until=asked, limit=1):
        return asked
    first = store.first_capture()
    return max(asked, first.fetched_at) if first else asked
