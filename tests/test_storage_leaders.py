"""Leading: one holder at a time, a fence that grows, and no write of whoever has been followed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

import storage
from bot.ports import Deposed, Store, Term
from storage.engine import Database
from tests.storing import NOON, PATIENCE, RELEASE, database, later, message, poll  # noqa: F401

LEASE = 30.0
TASK = "watching"


def lead(store: Store, holder: str, seconds: float = 0) -> Term | None:
    return store.lead(TASK, holder, NOON + timedelta(seconds=seconds), LEASE)


def test_one_leads_until_its_lease_ends_and_then_another(store: Store) -> None:
    first = lead(store, "one")
    assert first is not None
    assert lead(store, "two", 29.9) is None
    second = lead(store, "two", 30)
    assert second is not None
    assert second.fence > first.fence
    assert lead(store, "one", 31) is None


def test_who_renews_keeps_the_lead_and_its_fence(store: Store) -> None:
    terms = [lead(store, "one", seconds) for seconds in (0, 20, 40, 60)]
    assert len({term.fence for term in terms if term}) == 1
    assert lead(store, "two", 89) is None


def test_who_resigns_is_followed_at_once(store: Store) -> None:
    term = lead(store, "one")
    assert term is not None
    store.resign(term, NOON + timedelta(seconds=1))
    assert lead(store, "two", 1) is not None
    store.resign(term, NOON + timedelta(seconds=2))
    assert lead(store, "three", 2) is None, "a term that is over can end no other"


def test_every_write_of_a_woken_leader_is_refused(store: Store) -> None:
    old = lead(store, "one")
    assert old is not None
    asleep = store.under(old)
    asleep.watch([RELEASE], NOON)
    assert lead(store, "two", 60) is not None
    writes = {
        "watch": lambda: asleep.watch([], later(2)),
        "keep_only": lambda: asleep.keep_only([]),
        "record": lambda: asleep.record(poll()),
        "hasten": lambda: asleep.hasten(RELEASE.name, later(2)),
        "enqueue": lambda: asleep.enqueue([message("a")], later(2)),
        "begin_digest": lambda: asleep.begin_digest("C1", NOON.date(), 0, message("digest"), later(2)),
    }
    refused = []
    for name, write in writes.items():
        with pytest.raises(Deposed, match="nothing was written"):
            write()
        refused.append(name)
    assert refused == list(writes)
    assert store.captures() == []
    assert store.outbox().queued == 0
    assert asleep.watches() == store.watches()


def test_who_wakes_and_was_followed_by_nobody_goes_on(store: Store) -> None:
    term = lead(store, "one")
    assert term is not None
    again = lead(store, "one", 3600)
    assert again is not None
    assert again.fence == term.fence
    store.under(term).watch([RELEASE], later(60))
    assert [watch.source for watch in store.watches()] == [RELEASE]


def test_of_many_who_want_to_lead_at_once_one_does(database: str) -> None:  # noqa: F811
    with storage.open_store(database, wait=PATIENCE) as store, ThreadPoolExecutor(8) as pool:
        terms = list(pool.map(lambda n: store.lead(TASK, f"worker {n}", NOON, LEASE), range(8)))
        assert len([term for term in terms if term]) == 1


def test_a_request_is_taken_once_however_many_want_it(database: str) -> None:  # noqa: F811
    with storage.open_store(database, wait=PATIENCE) as store, ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.first("trigger:1", NOON), range(8)))
        assert taken.count(True) == 1
        assert store.first("trigger:2", NOON)


def test_what_was_taken_is_forgotten_after_an_hour(store: Store) -> None:
    assert store.first("event:1", NOON)
    assert not store.first("event:1", later(59))
    assert store.first("event:2", later(61))
    assert store.first("event:1", later(61))


def test_a_lease_of_a_clock_that_was_wrong_keeps_nobody_from_leading(store: Store) -> None:
    wrong = lead(store, "one", 50 * 365 * 24 * 3600)
    assert wrong is not None
    term = lead(store, "two")
    assert term is not None
    assert term.fence > wrong.fence


def test_a_fence_that_came_anew_is_still_another_holder_s(store: Store, database: str) -> None:  # noqa: F811
    """A database that was put back may begin to count anew."""
    old = lead(store, "one")
    assert old is not None
    with Database(database, wait=5) as own, own.writing() as connection:
        connection.exec_driver_sql("DELETE FROM leader")
    new = lead(store, "two")
    assert new is not None
    assert new.fence == old.fence
    with pytest.raises(Deposed):
        store.under(old).watch([RELEASE], NOON)
    assert store.under(new).watch([RELEASE], NOON) == [RELEASE]
