"""Many at once: threads with connections of their own, on both databases; nothing is lost, doubled or passed over."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

import storage
from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription
from bot.ports import Overtaken, Poll, Store
from storage import schema
from storage.store import SqlStore
from tests.postgres import Postgres
from tests.storing import NOON, PATIENCE, RELEASE, database, later, message, poll, told  # noqa: F401

MANY = 4

T = TypeVar("T")


@pytest.fixture
def several(store: Store, database: str) -> Iterator[list[SqlStore]]:  # noqa: F811
    """Stores of one database, each as a process of its own has it."""
    with ExitStack() as opened:
        yield [opened.enter_context(storage.open_store(database, wait=PATIENCE)) for _ in range(MANY)]


def together(work: Callable[[int, SqlStore], T], several: list[SqlStore]) -> list[T]:
    """Do the same with each store at the same time; return what came of it."""
    gate = threading.Barrier(len(several))

    def one(number: int) -> T:
        gate.wait(PATIENCE)
        return work(number, several[number])

    with ThreadPoolExecutor(len(several)) as pool:
        return list(pool.map(one, range(len(several))))


def test_each_message_is_sent_by_one_and_a_channel_s_in_their_order_though_some_are_handed_back(
    store: Store, several: list[SqlStore]
) -> None:
    queued = [f"{n:03d}" for n in range(200)]
    store.enqueue([message(key, f"C{int(key) % 10}") for key in queued], NOON)
    sent: list[str] = []

    def work(number: int, own: SqlStore) -> None:
        while own.outbox().queued:
            for n, leased in enumerate(own.lease(NOON, 3, 60)):
                if (n + number) % 5 == 4:
                    assert own.hand_back(leased)
                    continue
                sent.append(leased.message.key)  # as Slack has it: before it is marked
                assert own.sent(leased, "1.0", NOON)

    together(work, several)
    assert Counter(sent) == Counter(queued)
    for channel in range(10):
        mine = [key for key in sent if int(key) % 10 == channel]
        assert mine == sorted(mine)


def test_who_reads_what_came_after_a_number_never_misses_a_lower_one_that_is_committed_later(
    store: Store, several: list[SqlStore]
) -> None:
    each = 25
    seen: list[int] = []

    def work(number: int, own: SqlStore) -> None:
        if number:
            for n in range(each):
                source = replace(RELEASE, name=f"source-{number}")
                own.record(poll(source, body=b"%d" % n, changes=(told(f"{number}-{n}a"), told(f"{number}-{n}b"))))
            return
        while len(seen) < 2 * each * (MANY - 1):
            seen.extend(one.seq for one in own.changes(after=max(seen, default=0)))

    together(work, several)
    assert seen == list(range(1, 2 * each * (MANY - 1) + 1))


def test_of_many_who_record_one_answer_of_a_source_one_does_and_the_others_are_overtaken(
    store: Store, several: list[SqlStore]
) -> None:
    rounds = 10
    gate = threading.Barrier(MANY)
    store.watch([RELEASE], NOON)

    def work(number: int, own: SqlStore) -> list[bool]:
        done = []
        for n in range(rounds):
            watch = own.watches()[0]
            gate.wait(PATIENCE)
            done.append(recorded(own, replace(poll(at=later(n), body=b"%d" % n), watch=watch)))
            gate.wait(PATIENCE)
        return done

    by_round = zip(*together(work, several), strict=True)
    assert [sum(one) for one in by_round] == [1] * rounds
    assert len(store.captures()) == rounds


def recorded(own: SqlStore, one: Poll) -> bool:
    try:
        own.record(one)
    except Overtaken:
        return False
    return True


def test_many_who_change_a_channel_s_settings_at_once_lose_none(store: Store, several: list[SqlStore]) -> None:
    each = 10

    def work(number: int, own: SqlStore) -> None:
        for n in range(each):
            who = f"U{number}-{n}"
            own.change_channel("C1", lambda one, who=who: replace(one, managers=(*one.managers, who)), who, NOON)

    together(work, several)
    managers = store.channel("C1").managers
    assert Counter(managers) == Counter(f"U{number}-{n}" for number in range(MANY) for n in range(each))
    assert [one.user for one in store.deeds("C1")] == list(managers)


def test_many_who_follow_and_leave_at_once_lose_no_rule_and_no_deed(store: Store, several: list[SqlStore]) -> None:
    rules = [Subscription("C1", f"modification:MP{n:03d}", "U1", NOON) for n in range(10)]

    def follow(number: int, own: SqlStore) -> int:
        return sum(own.subscribe(replace(rule, made_by=f"U{number}")) for rule in rules)

    def leave(number: int, own: SqlStore) -> int:
        return sum(own.unsubscribe("C1", rule.selector, f"U{number}", NOON) for rule in rules[:5])

    assert sum(together(follow, several)) == len(rules)
    assert sum(together(leave, several)) == 5
    assert {one.selector for one in store.subscriptions("C1")} == {rule.selector for rule in rules[5:]}
    assert Counter(one.what for one in store.deeds("C1")) == {"subscribed": 10, "unsubscribed": 5}


def test_many_who_mute_the_same_leave_one_that_holds(store: Store, several: list[SqlStore]) -> None:
    def work(number: int, own: SqlStore) -> None:
        own.mute(Mute("C1", "modification:MP090", later(60 + number), f"U{number}", NOON))

    together(work, several)
    assert len([one for one in store.mutes("C1", NOON) if one.until > NOON]) == 1
    assert len(store.deeds("C1")) == MANY


def test_of_many_who_begin_a_digest_of_a_day_one_does_and_it_is_queued_once(
    store: Store, several: list[SqlStore]
) -> None:
    days = [date(2021, 11, day) for day in range(1, 11)]

    def work(_: int, own: SqlStore) -> int:
        return sum(own.begin_digest("C1", day, 0, message(f"digest {day}"), NOON) for day in days)

    assert sum(together(work, several)) == len(days)
    assert store.outbox().queued == len(days)


def test_a_key_that_many_queue_at_once_is_queued_once(store: Store, several: list[SqlStore]) -> None:
    def work(_: int, own: SqlStore) -> int:
        return sum(own.enqueue([message(f"{n}"), message(f"{n + 1}")], NOON) for n in range(20))

    assert sum(together(work, several)) == store.outbox().queued == 21


def test_a_pause_and_a_resend_at_once_stand_in_nobody_s_way(store: Store, several: list[SqlStore]) -> None:
    store.enqueue([message(f"{n}", f"C{n % 2}") for n in range(100)], NOON)

    def work(number: int, own: SqlStore) -> None:
        for n in range(10):
            if number % 2:
                own.resend(later(n))
            else:
                own.keep_channel(Channel(f"C{number // 2}", paused="archived" if n % 2 == 0 else ""), "U1", NOON)

    together(work, several)
    assert store.outbox().queued + store.outbox().failed == 100


def test_of_many_who_migrate_at_once_one_does(postgres: Postgres) -> None:
    with postgres.database(empty=True) as url, ThreadPoolExecutor(MANY) as pool:
        done = list(pool.map(lambda _: storage.migrate(url, wait=PATIENCE), range(MANY)))
    assert sorted(done) == [[], [], [], list(schema.REVISIONS)]
