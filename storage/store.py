"""The `Store` of `bot.ports` on SQLite or PostgreSQL: each method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Self

from sqlalchemy import Connection

from bot.domain.changes import Told
from bot.domain.channel import Channel, same_quiet
from bot.domain.claims import Claim, Item, Statement
from bot.domain.follow import Mute, Subscription
from bot.domain.views import Some
from bot.ports import (
    GIVEN_UP,
    Accepted,
    Capture,
    Card,
    Deed,
    DigestRun,
    Entry,
    Glimpse,
    Leased,
    LostTime,
    OutboxState,
    Outgoing,
    Person,
    Poll,
    Source,
    Telling,
    Term,
    Watch,
)
from storage import (
    cards,
    changes,
    channels,
    claims,
    deeds,
    leaders,
    lost,
    outbox,
    outbox_view,
    plain,
    record,
    reread,
    schema,
    search,
    sources,
    statements,
    subscriptions,
    wordindex,
)
from storage.engine import Database
from storage.sources import watch as begin_to_watch


class SqlStore:
    """See `bot.ports.Store`. Close it after use, or use it as a context manager; any thread may call it."""

    def __init__(self, database: Database, term: Term | None = None) -> None:
        """Keep everything in a database whose schema is the present one; see `SqlStore.open`. `term`: see `under`."""
        self._database = database
        self._term = term

    @classmethod
    def open(cls, url: str, *, create: bool, wait: float) -> Self:
        """See `storage.open_store`."""
        database = Database(url, wait=wait)
        try:
            schema.prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close."""
        self.close()

    @contextmanager
    def _writing(self, *, numbering: bool = True) -> Iterator[Connection]:
        """A transaction that writes, in a term that is not over."""
        with self._database.writing(numbering=numbering) as connection:
            if self._term is not None:
                leaders.require(connection, self._term)
            yield connection

    # --- who does what ---

    def lead(self, task: str, holder: str, now: datetime, seconds: float) -> Term | None:
        """See `Store.lead`."""
        with self._writing(numbering=False) as connection:
            return leaders.lead(connection, task, holder, now, seconds)

    def resign(self, term: Term, now: datetime) -> None:
        """See `Store.resign`."""
        with self._writing(numbering=False) as connection:
            leaders.resign(connection, term, now)

    def under(self, term: Term) -> SqlStore:
        """See `Store.under`. Only the store that this one is of is to be closed."""
        return SqlStore(self._database, term)

    @property
    def is_shared(self) -> bool:
        """See `Store.is_shared`."""
        return not self._database.is_sqlite

    def first(self, key: str, now: datetime) -> bool:
        """See `Store.first`."""
        with self._writing(numbering=False) as connection:
            return leaders.first(connection, key, now)

    # --- sources and what they say ---

    def watch(self, sources: Iterable[Source], now: datetime) -> list[Source]:
        """See `Store.watch`."""
        with self._writing() as connection:
            return begin_to_watch(connection, sources, now)

    def keep_only(self, names: Collection[str]) -> list[str]:
        """See `Store.keep_only`."""
        with self._writing() as connection:
            return sources.keep_only(connection, names)

    def watches(self) -> list[Watch]:
        """See `Store.watches`."""
        with self._database.reading() as connection:
            return sources.watches(connection)

    def due(self, now: datetime) -> list[Watch]:
        """See `Store.due`."""
        with self._database.reading() as connection:
            return sources.due(connection, now)

    def hasten(self, source: str, at: datetime, url: str = "") -> None:
        """See `Store.hasten`."""
        with self._writing() as connection:
            sources.hasten(connection, source, at, url)

    def accepted(self, source: str) -> Accepted:
        """See `Store.accepted`."""
        with self._database.reading() as connection:
            return claims.accepted(connection, source)

    def record(self, poll: Poll) -> int | None:
        """See `Store.record`."""
        with self._writing() as connection:
            return record.record(connection, poll)

    def record_plain(self, polls: Sequence[Poll]) -> list[Poll]:
        """See `Store.record_plain`."""
        with self._writing() as connection:
            return plain.record_plain(connection, polls)

    def captures(self, source: str | None = None) -> list[Capture]:
        """See `Store.captures`."""
        with self._database.reading() as connection:
            return record.captures(connection, source)

    def first_capture(self) -> Capture | None:
        """See `Store.first_capture`."""
        with self._database.reading() as connection:
            return record.first_capture(connection)

    def last_capture(
        self,
        source: str,
        *,
        state: str = "",
        url: str = "",
        sha: str = "",
        at: datetime | None = None,
        until: datetime | None = None,
        before: int = 0,
    ) -> Capture | None:
        """See `Store.last_capture`."""
        wanted = {"state": state, "url": url, "body_sha": sha, "fetched_at": at}
        with self._database.reading() as connection:
            return record.last_capture(connection, source, wanted, until, before)

    def capture(self, number: int) -> Capture | None:
        """See `Store.capture`."""
        with self._database.reading() as connection:
            return record.capture(connection, number)

    def body(self, sha: str) -> bytes:
        """See `Store.body`."""
        with self._database.reading() as connection:
            return record.body(connection, sha)

    def reread(self, source: str, states: Iterable[tuple[int, Sequence[Claim], Sequence[Item]]]) -> None:
        """See `Store.reread`. A capture of a page says all that holds; one of a stream speaks for the items that it
        shows whole. What waited for confirmation goes on waiting if the last capture still lacks it.
        """
        with self._writing() as connection:
            reread.reread(connection, source, states)

    def statements(
        self, subject: Some | None = None, attribute: Some | None = None, value: Some | None = None
    ) -> list[Statement]:
        """See `Store.statements`."""
        with self._database.reading() as connection:
            return statements.statements(connection, subject, attribute, value)

    def dated(self, attributes: Collection[str], begin: str, end: str) -> list[Statement]:
        """See `Store.dated`."""
        with self._database.reading() as connection:
            return statements.dated(connection, attributes, begin, end)

    def named(self, kind: str, keys: Collection[str]) -> set[str]:
        """See `Store.named`."""
        with self._database.reading() as connection:
            return statements.named(connection, kind, keys)

    def values(self, attributes: Collection[str]) -> list[tuple[str, str, str]]:
        """See `Store.values`."""
        with self._database.reading() as connection:
            return statements.values(connection, attributes)

    def saying(self, value: Some) -> list[tuple[str, str, str]]:
        """See `Store.saying`."""
        with self._database.reading() as connection:
            return statements.saying(connection, value)

    def last_claim(self) -> int:
        """See `Store.last_claim`."""
        with self._database.reading() as connection:
            return wordindex.last_claim(connection)

    def subjects(self, kind: str) -> list[str]:
        """See `Store.subjects`."""
        with self._database.reading() as connection:
            return claims.subjects(connection, kind)

    def search(self, words: str, limit: int = 20) -> list[Statement]:
        """See `Store.search`. A word also finds those that begin with it."""
        with self._database.reading() as connection:
            return search.search(connection, words, limit)

    # --- changes ---

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
        """See `Store.changes`. `since` and `until` themselves are within."""
        with self._database.reading() as connection:
            places = changes.Places(since, until, after, about, ids, kinds, limit)
            return changes.find(connection, places)

    def glimpses(
        self, *, since: datetime | None = None, until: datetime | None = None, after: int = 0, limit: int = 1000
    ) -> list[Glimpse]:
        """See `Store.glimpses`."""
        with self._database.reading() as connection:
            return changes.glimpses(connection, changes.Places(since, until, after, limit=limit))

    def count_changes(self, about: Some) -> int:
        """See `Store.count_changes`."""
        with self._database.reading() as connection:
            return changes.count(connection, about)

    def changes_called(self, start: str, limit: int = 10) -> list[Told]:
        """See `Store.changes_called`."""
        with self._database.reading() as connection:
            return changes.called(connection, start, limit)

    def ready(self) -> None:
        """See `Store.ready`."""
        with self._database.reading() as connection:
            schema.require_current(schema.state_of(connection), schema.named(self._database))

    def last_seq(self) -> int:
        """See `Store.last_seq`."""
        with self._database.reading() as connection:
            return changes.last_seq(connection)

    # --- who is told ---

    def subscriptions(self, channel: str | None = None) -> list[Subscription]:
        """See `Store.subscriptions`."""
        with self._database.reading() as connection:
            return subscriptions.subscriptions(connection, channel)

    def subscribe(
        self, subscription: Subscription, instead_of: Callable[[Subscription | None], None] | None = None
    ) -> bool:
        """See `Store.subscribe`. The same with another delivery takes the place of the old one."""
        with self._writing() as connection:
            return subscriptions.subscribe(connection, subscription, instead_of)

    def unsubscribe(self, channel: str, selector: str, by: str, at: datetime) -> bool:
        """See `Store.unsubscribe`."""
        with self._writing() as connection:
            return subscriptions.unsubscribe(connection, channel, selector, by, at)

    def mutes(self, channel: str | None = None, since: datetime | None = None) -> list[Mute]:
        """See `Store.mutes`."""
        with self._database.reading() as connection:
            return subscriptions.mutes(connection, channel, since)

    def mute(self, mute: Mute) -> None:
        """See `Store.mute`."""
        with self._writing() as connection:
            subscriptions.mute(connection, mute)

    def unmute(self, channel: str, selector: str, by: str, at: datetime) -> bool:
        """See `Store.unmute`."""
        with self._writing() as connection:
            return subscriptions.unmute(connection, channel, selector, by, at)

    def channel(self, id_: str) -> Channel:
        """See `Store.channel`."""
        with self._database.reading() as connection:
            return channels.channel(connection, id_)

    def channels(self) -> list[Channel]:
        """See `Store.channels`."""
        with self._database.reading() as connection:
            return channels.channels(connection)

    def keep_channel(self, channel: Channel, by: str, at: datetime, outgoing: Iterable[Outgoing] = ()) -> bool:
        """See `Store.keep_channel`."""
        return self.change_channel(channel.id, lambda _: channel, by, at, outgoing)[1]

    def change_channel(
        self, id_: str, change: Callable[[Channel], Channel], by: str, at: datetime, outgoing: Iterable[Outgoing] = ()
    ) -> tuple[Channel, bool]:
        """See `Store.change_channel`."""
        with self._writing() as connection:
            before = channels.channel(connection, id_)
            after = change(before)
            if not channels.keep_channel(connection, after, by, at):
                return after, False
            if after.paused:
                outbox.give_up(connection, id_, after.paused, at)
            elif before.paused:
                subscriptions.forget_digests(connection, id_, outbox.take_up(connection, id_, at))
            if not same_quiet(before, after):
                outbox.release(connection, id_, at)
            outbox.queue(connection, outgoing, at)
            return after, True

    def deeds(self, channel: str | None = None, limit: int = 1000) -> list[Deed]:
        """See `Store.deeds`."""
        with self._database.reading() as connection:
            return deeds.deeds(connection, channel, limit)

    def lost_times(self, since: datetime) -> list[LostTime]:
        """See `Store.lost_times`."""
        with self._database.reading() as connection:
            return lost.lost_times(connection, since)

    def person(self, user: str) -> Person:
        """See `Store.person`."""
        with self._database.reading() as connection:
            return channels.person(connection, user)

    def looked(self, user: str, seq: int, at: datetime) -> None:
        """See `Store.looked`."""
        with self._writing() as connection:
            channels.looked(connection, user, seq, at)

    def card(self, channel: str, subject: str) -> Card | None:
        """See `Store.card`."""
        with self._database.reading() as connection:
            return cards.card(connection, channel, subject)

    def cards(self, channels: Collection[str], subjects: Collection[str]) -> list[Card]:
        """See `Store.cards`."""
        with self._database.reading() as connection:
            return cards.cards(connection, channels, subjects)

    def drop_card(self, channel: str, subject: str) -> None:
        """See `Store.drop_card`."""
        with self._writing() as connection:
            cards.drop(connection, channel, subject)

    def tellings(self, channel: str, change_id: str) -> list[Telling]:
        """See `Store.tellings`."""
        with self._database.reading() as connection:
            return cards.tellings(connection, channel, change_id)

    def told_to(self, change_id: str) -> list[str]:
        """See `Store.told_to`."""
        with self._database.reading() as connection:
            return cards.told_to(connection, change_id)

    def thread(self, card: Card) -> list[Telling]:
        """See `Store.thread`."""
        with self._database.reading() as connection:
            return cards.thread(connection, card)

    def digest_before(self, channel: str, on: date, *, weekly: bool = False) -> tuple[date, int] | None:
        """See `Store.digest_before`."""
        with self._database.reading() as connection:
            return subscriptions.digest_before(connection, channel, on, weekly=weekly)

    def digests_begun(self, channels: Collection[str], since: date) -> dict[str, date]:
        """See `Store.digests_begun`."""
        with self._database.reading() as connection:
            return subscriptions.digests_begun(connection, channels, since)

    def digests(self, channel: str, since: date) -> list[DigestRun]:
        """See `Store.digests`."""
        with self._database.reading() as connection:
            return subscriptions.digests(connection, channel, since)

    def begin_digest(
        self, channel: str, on: date, upto: int, outgoing: Outgoing, now: datetime, *, weekly: int | None = None
    ) -> bool:
        """See `Store.begin_digest`."""
        with self._writing() as connection:
            begun = subscriptions.begin_digest(connection, channel, on, upto, now, weekly=weekly)
            if begun:
                outbox.queue(connection, [outgoing], now)
            return begun

    # --- the outbox ---

    def enqueue(self, outgoing: Iterable[Outgoing], now: datetime) -> int:
        """See `Store.enqueue`."""
        with self._writing() as connection:
            return outbox.queue(connection, outgoing, now)

    def lease(self, now: datetime, limit: int, seconds: float, apart: float = 0.0) -> list[Leased]:
        """See `Store.lease`."""
        with self._writing(numbering=False) as connection:
            return outbox.lease(connection, now, limit, seconds, apart)

    def waits_its_turn(self, now: datetime, apart: float) -> bool:
        """See `Store.waits_its_turn`."""
        with self._database.reading() as connection:
            return outbox.waits_its_turn(connection, now, apart)

    def back_off(self, until: datetime) -> None:
        """See `Store.back_off`."""
        with self._writing(numbering=False) as connection:
            outbox.back_off(connection, until)

    def sent(
        self,
        leased: Leased,
        ts: str,
        now: datetime,
        *,
        place: str = "",
        card: str = "",
        made: Card | None = None,
        then: Iterable[Outgoing] = (),
    ) -> bool:
        """See `Store.sent`."""
        following = list(then)
        with self._writing(numbering=bool(following)) as connection:
            return outbox.sent(connection, leased, ts, now, place=place, card=card, made=made, then=following)

    def skipped(self, leased: Leased, why: str, now: datetime) -> bool:
        """See `Store.skipped`."""
        with self._writing(numbering=False) as connection:
            return outbox.skipped(connection, leased, why, now)

    def hold(self, leased: Leased, until: datetime) -> bool:
        """See `Store.hold`."""
        with self._writing(numbering=False) as connection:
            return outbox.hold(connection, leased, until)

    def edited_later(self, leased: Leased) -> bool:
        """See `Store.edited_later`."""
        with self._database.reading() as connection:
            return outbox.edited_later(connection, leased)

    def waiting(self, channel: str, kind: str) -> list[Outgoing]:
        """See `Store.waiting`."""
        with self._database.reading() as connection:
            return outbox.waiting(connection, channel, kind)

    def put_back(self, leased: Leased, error: str, again_at: datetime, *, unknown: bool) -> bool:
        """See `Store.put_back`."""
        with self._writing(numbering=False) as connection:
            return outbox.put_back(connection, leased, error, again_at, unknown=unknown)

    def hand_back(self, leased: Leased) -> bool:
        """See `Store.hand_back`."""
        with self._writing(numbering=False) as connection:
            return outbox.hand_back(connection, leased)

    def failed(self, leased: Leased, error: str, now: datetime, *, unknown: bool = False) -> bool:
        """See `Store.failed`."""
        with self._writing(numbering=False) as connection:
            return outbox.failed(connection, leased, error, now, unknown=unknown)

    def resend(
        self,
        now: datetime,
        states: Collection[str] = GIVEN_UP,
        ids: Collection[int] | None = None,
        *,
        look: bool = True,
    ) -> int:
        """See `Store.resend`."""
        with self._writing() as connection:
            return outbox.resend(connection, now, states, ids, look=look)

    def drop(self, ids: Collection[int], now: datetime) -> int:
        """See `Store.drop`."""
        with self._writing() as connection:
            return outbox.drop(connection, ids, now)

    def outbox(self, since: datetime | None = None) -> OutboxState:
        """See `Store.outbox`."""
        with self._database.reading() as connection:
            return outbox_view.state(connection, since)

    def entries(self, states: Collection[str], limit: int = 50) -> list[Entry]:
        """See `Store.entries`."""
        with self._database.reading() as connection:
            return outbox_view.entries(connection, states, limit)

    def reads_since(self, since: datetime) -> int:
        """See `Store.reads_since`. A page that was read many times counts once."""
        with self._database.reading() as connection:
            return sources.reads_since(connection, since)
