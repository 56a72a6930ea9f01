"""Stage: the store as it was at a moment, for a rehearsal: what is queued on it stays there, and nothing is kept.

changes, statements → those that there were at the moment
messages            → queued → due, in its channel's quiet hours when these end → sent, and known to have been

It has of a store what alerts, digests, countdowns and delivery ask of theirs, so that a rehearsal is made by the very
code by which messages are. Its channel has the settings of now, mutes nothing, and made its rules in the beginning.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import cast

from bot.domain.changes import Told
from bot.domain.channel import Channel
from bot.domain.claims import Statement
from bot.domain.follow import Mute, Subscription
from bot.domain.undone import concerned, way
from bot.domain.views import Some
from bot.pipeline import cards
from bot.ports import Card, Deed, DigestRun, Glimpse, Outgoing, Store, Telling, Watch


@dataclass(slots=True)
class Stage:
    """The store at the moment `now`. `kept`: the real one, which is only asked; `dates`: all that was ever said of the
    dates that come near while the rehearsal lasts; `told`: the changes that were found by now.
    """

    kept: Store
    rules: tuple[Subscription, ...]
    now: datetime
    dates: Sequence[Statement] = ()
    told: list[Told] = field(default_factory=list)
    runs: list[tuple[DigestRun, int | None]] = field(default_factory=list)
    due: list[tuple[datetime, int, Outgoing]] = field(default_factory=list)
    _sent: dict[str, Telling] = field(default_factory=dict)
    _ways: Counter[object] = field(default_factory=Counter)
    _by_id: dict[str, Told] = field(default_factory=dict)
    _about: dict[str, list[Told]] = field(default_factory=dict)
    _telling: dict[str, list[str]] = field(default_factory=dict)
    _cards: dict[str, Card] = field(default_factory=dict)
    _channel: Channel | None = None
    _watches: list[Watch] | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def store(self) -> Store:
        """The stage as what it stands for; what nobody asks of it in a rehearsal it does not have."""
        return cast("Store", self)

    @property
    def id(self) -> str:
        """The channel that the rehearsal is for."""
        return self.rules[0].channel

    def clock(self) -> datetime:
        """Return the moment."""
        return self.now

    # --- changes ---

    def expect(self, told: Iterable[Told]) -> None:
        """Know which changes are found in all: those that nothing takes back need not be looked at by what may."""
        self._ways.update(way(one.change) for one in told)

    def show(self, told: Iterable[Told]) -> None:
        """Let changes have been found, in their order."""
        for one in told:
            self.told.append(one)
            self._by_id[one.id] = one
            for subject in concerned(one) if self._ways[way(one.change)] > 1 else ():
                self._about.setdefault(subject, []).append(one)

    def changes(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        after: int = 0,
        about: Some | None = None,
        ids: Sequence[str] | None = None,
        kinds: Collection[str] | None = None,
        limit: int = 1000,
    ) -> list[Told]:
        """See `Store.changes`: those that were found by now; `about`: those that take one another back, or may."""
        found = [
            one
            for one in self._of(about, ids)
            if (since is None or one.found_at >= since) and (until is None or one.found_at <= until) and one.seq > after
        ][-limit:]
        return [one for one in found if kinds is None or one.change.kind in kinds]

    def _of(self, about: Some | None, ids: Sequence[str] | None) -> list[Told]:
        if ids is not None:
            return [self._by_id[one] for one in ids if one in self._by_id]
        if about is None:
            return self.told
        subjects = [about] if isinstance(about, str) else about
        found = {one.id: one for subject in subjects for one in self._about.get(subject, ())}
        return sorted(found.values(), key=lambda one: (one.found_at, one.seq))

    def glimpses(
        self, *, since: datetime | None = None, until: datetime | None = None, after: int = 0, limit: int = 1000
    ) -> list[Glimpse]:
        """See `Store.glimpses`."""
        return [
            Glimpse(one.seq, one.id, one.change.subject, one.change.weight, one.found_at, one.known_from)
            for one in self.changes(since=since, until=until, after=after, limit=limit)
        ]

    def last_seq(self) -> int:
        """See `Store.last_seq`."""
        return max((one.seq for one in self.told), default=0)

    # --- what pages say ---

    def watches(self) -> list[Watch]:
        """See `Store.watches`: as they are now, for a page that was read later was read all the time."""
        if self._watches is None:
            self._watches = self.kept.watches()
        return self._watches

    def dated(self, attributes: Collection[str], begin: str, end: str) -> list[Statement]:  # noqa: ARG002
        """See `Store.dated`: of the dates that come near while the rehearsal lasts."""
        return [one for one in self._as_said(self.dates) if one.claim.attribute in attributes]

    def statements(
        self, subject: Some | None = None, attribute: Some | None = None, value: Some | None = None
    ) -> list[Statement]:
        """See `Store.statements`."""
        return list(self._as_said(self.kept.statements(subject, attribute, value)))

    def _as_said(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        for one in statements:
            if one.stated_at <= self.now:
                yield one if one.current else replace(one, current=one.ended_at is not None and one.ended_at > self.now)

    # --- who is told ---

    def subscriptions(self, channel: str | None = None) -> list[Subscription]:
        """See `Store.subscriptions`."""
        return list(self.rules) if channel in (None, self.id) else []

    def channel(self, id_: str) -> Channel:
        """See `Store.channel`: as it is now, and told."""
        if self._channel is None:
            self._channel = replace(self.kept.channel(self.id), paused="")
        return self._channel if id_ == self.id else Channel(id_)

    def channels(self) -> list[Channel]:
        """See `Store.channels`."""
        return [self.channel(self.id)]

    def mutes(self, channel: str | None = None, since: datetime | None = None) -> list[Mute]:  # noqa: ARG002
        """See `Store.mutes`."""
        return []

    def deeds(self, channel: str | None = None, limit: int = 1000) -> list[Deed]:  # noqa: ARG002
        """See `Store.deeds`."""
        return []

    # --- digests ---

    def begin_digest(
        self, channel: str, on: date, upto: int, outgoing: Outgoing, now: datetime, *, weekly: int | None = None
    ) -> bool:
        """See `Store.begin_digest`."""
        self.runs.append((DigestRun(on, upto, now, frozenset(outgoing.payload["changes"])), weekly))
        return channel == self.id and bool(self.enqueue([outgoing], now))

    def digest_before(self, channel: str, on: date, *, weekly: bool = False) -> tuple[date, int] | None:
        """See `Store.digest_before`."""
        for run, told_weekly in reversed(self.runs if channel == self.id else []):
            upto = told_weekly if weekly else run.upto
            if run.on < on and upto is not None:
                return run.on, upto
        return None

    def digests_begun(self, channels: Collection[str], since: date) -> dict[str, date]:
        """See `Store.digests_begun`."""
        last = max((run.on for run, _ in self.runs if run.on >= since), default=None)
        return {self.id: last} if last and self.id in channels else {}

    def digests(self, channel: str, since: date) -> list[DigestRun]:
        """See `Store.digests`."""
        return [run for run, _ in self.runs if run.on >= since and channel == self.id]

    # --- messages ---

    def enqueue(self, outgoing: Iterable[Outgoing], now: datetime) -> int:
        """See `Store.enqueue`. What edits another message brings none."""
        fresh = [one for one in outgoing if one.key not in self._sent and one.kind != "edit"]
        for one in fresh:
            self._sent[one.key] = Telling(one, "", one.channel, "", now)
            heapq.heappush(self.due, (now, next(self._numbers), one))
            for change in one.payload.get("changes", ()) if one.kind in cards.TELLING else ():
                self._telling.setdefault(change, []).append(one.key)
        return len(fresh)

    def next_due(self, until: datetime) -> Outgoing | None:
        """Return the message that is due next, no later than a moment, which becomes that of the stage; None: none."""
        if not self.due or self.due[0][0] > until:
            return None
        at, _, message = heapq.heappop(self.due)
        self.now = at
        return message

    def put_off(self, message: Outgoing, until: datetime) -> None:
        """Let a message wait until a moment."""
        heapq.heappush(self.due, (until, next(self._numbers), message))

    def waiting(self, channel: str, kind: str) -> list[Outgoing]:
        """See `Store.waiting`."""
        return [one for _, _, one in sorted(self.due) if (one.channel, one.kind) == (channel, kind)]

    def skip(self, message: Outgoing) -> None:
        """Let a message have nothing to say any more: what it would have told nobody heard."""
        for change in message.payload.get("changes", ()) if message.kind in cards.TELLING else ():
            self._telling[change].remove(message.key)

    def send(self, message: Outgoing, below: str, *, first: bool) -> None:
        """Let a message have been sent; `first`: it is its subject's card."""
        ts = str(len(self._sent)) + message.key
        self._sent[message.key] = replace(self._sent[message.key], ts=ts, card=below)
        if first:
            self._cards[message.thread] = Card(message.channel, message.thread, ts, message.channel, self.now)

    def tellings(self, channel: str, change_id: str) -> list[Telling]:
        """See `Store.tellings`."""
        return [self._sent[key] for key in self._telling.get(change_id, ()) if channel == self.id]

    def told_to(self, change_id: str) -> list[str]:
        """See `Store.told_to`."""
        return [self.id] if self._telling.get(change_id) else []

    def cards(self, channels: Collection[str], subjects: Collection[str]) -> list[Card]:
        """See `Store.cards`."""
        return [one for one in self._cards.values() if one.channel in channels and one.subject in subjects]

    def card(self, channel: str, subject: str) -> Card | None:
        """See `Store.card`."""
        return self._cards.get(subject) if channel == self.id else None
