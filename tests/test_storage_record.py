"""Recording one answer: whole or not at all; claims as intervals over time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

import storage
from bot.domain.claims import Evidence, Item
from bot.ports import Overtaken, Store, StoreError, Watch
from tests.storing import (
    FEED,
    NEWS,
    NOON,
    PATIENCE,
    RELEASE,
    claim,
    database,  # noqa: F401
    everything,
    in_scope,
    later,
    message,
    poll,
    told,
    values,
)

POST = "https://example.org/latest-news/sec-version-50-0/"


def test_an_answer_is_kept_with_all_that_it_changes(store: Store) -> None:
    opened = in_scope("MP077", "MP090")
    capture = store.record(
        poll(opened=opened, changes=(told("a"),), outgoing=(message("k"),), discovered=(NEWS,), heading="November 2021")
    )
    assert store.accepted(RELEASE.name).claims == opened
    assert [c.evidence for c in store.accepted(RELEASE.name).claims] == [c.evidence for c in opened]
    assert store.accepted(RELEASE.name).capture == capture == store.captures(RELEASE.name)[0].id
    assert store.body(store.captures()[0].body_sha) == b"<h1>Release</h1>"
    assert (store.last_seq(), store.outbox().queued, len(store.watches())) == (1, 1, 2)
    assert {one.heading for one in store.statements()} == {"November 2021"}


@pytest.mark.parametrize("broken", ["claim", "change", "message", "source"])
def test_what_fails_in_the_middle_leaves_nothing_behind(store: Store, broken: str) -> None:
    store.watch([RELEASE], NOON)
    store.record(poll(opened=in_scope("MP077", "MP090"), held=in_scope("MP077")))
    before = everything(store)
    whole = poll(
        at=later(60),
        body=b"another",
        opened=in_scope("MP138"),
        closed=in_scope("MP090"),
        items=(Item("post", "Post"),),
        changes=(told("a"),),
        outgoing=(message("k"),),
        discovered=(NEWS,),
    )
    unproven = replace(whole.opened[0], evidence=Evidence(None))  # type: ignore[arg-type]
    broken_poll = {
        "claim": replace(whole, opened=(unproven,)),
        "change": replace(whole, changes=(*whole.changes, replace(told("b"), url=None))),  # type: ignore[arg-type]
        "message": replace(whole, outgoing=(message("k"), message("l", None))),  # type: ignore[arg-type]
        "source": replace(whole, discovered=(NEWS, replace(FEED, kind=None))),  # type: ignore[arg-type]
    }[broken]
    with pytest.raises(IntegrityError):
        store.record(broken_poll)
    assert everything(store) == before
    store.record(whole)
    assert [one.id for one in store.changes()] == ["a"]


def test_a_claim_holds_from_the_capture_that_opens_it_to_the_one_that_closes_it(store: Store) -> None:
    store.record(poll(opened=in_scope("MP129")))
    store.record(poll(at=later(60), body=b"2", closed=in_scope("MP129")))
    store.record(poll(at=later(120), body=b"3", opened=in_scope("MP129")))
    said = store.statements(value="MP129")
    assert [(one.stated_at, one.current) for one in said] == [(NOON, False), (later(120), True)]
    assert values(store.accepted(RELEASE.name).claims) == ["MP129"]


def test_what_waits_for_confirmation_stands_apart_and_is_still_said(store: Store) -> None:
    store.record(poll(opened=in_scope("MP077", "MP129")))
    store.record(poll(at=later(60), body=b"2", held=in_scope("MP129")))
    assert values(store.accepted(RELEASE.name).held) == ["MP129"]
    assert values(store.accepted(RELEASE.name).claims) == ["MP077"]
    assert store.statements(value="MP129")[0].current
    store.record(poll(at=later(120), body=b"3"))
    assert store.accepted(RELEASE.name).held == ()


def test_trouble_and_doubt_leave_what_waits_waiting(store: Store) -> None:
    store.record(poll(opened=in_scope("MP077", "MP129")))
    store.record(poll(at=later(60), body=b"2", held=in_scope("MP129")))
    store.record(poll(at=later(65), body=None))
    store.record(poll(at=later(70), body=b"log in", state="quarantined", reason="a log-in page"))
    assert values(store.accepted(RELEASE.name).held) == ["MP129"]
    assert store.captures()[-1].reason == "a log-in page"
    assert store.accepted(RELEASE.name).capture == store.captures()[1].id


def test_an_answer_without_a_body_can_confirm_a_removal(store: Store) -> None:
    store.record(poll(opened=in_scope("MP077", "MP129")))
    store.record(poll(at=later(60), body=b"2", held=in_scope("MP129")))
    assert store.record(poll(at=later(65), body=None, closed=(*in_scope("MP129"), *in_scope("MP129")))) is None
    assert store.accepted(RELEASE.name).held == ()
    assert not store.statements(value="MP129")[0].current


def test_nothing_can_be_claimed_without_a_page(store: Store) -> None:
    with pytest.raises(ValueError, match="before a page of it was kept"):
        store.record(poll(body=None, opened=in_scope("MP129")))
    assert store.watches() == []


def test_the_same_claim_of_two_items_is_two_claims(store: Store) -> None:
    first, second = (claim("version:50.0", "implements", "MP090", item=item) for item in ("post-1", "post-2"))
    items = (Item("post-1", "SEC v50.0", "2021-11-05"), Item("post-2", "A correction"))
    store.record(poll(NEWS, opened=(first, second, first), items=items))
    assert [one.heading for one in store.statements("version:50.0")] == ["SEC v50.0", "A correction"]
    store.record(poll(NEWS, at=later(60), body=b"2", closed=(first,)))
    assert [one.claim.item for one in store.statements() if one.current] == ["post-2"]
    assert store.statements("version:50.0")[0].posted_on == "2021-11-05"


def test_a_teaser_takes_nothing_from_an_item_that_was_seen_whole(store: Store) -> None:
    store.record(poll(NEWS, items=(Item("p", "SEC v50.0 goes live", "2021-11-05", url=POST), Item("q", "Other"))))
    store.record(poll(NEWS, at=later(60), body=b"2", items=(Item("p", "SEC v50.0 goes …", truncated=True),)))
    assert store.accepted(NEWS.name).items == (
        Item("p", "SEC v50.0 goes live", "2021-11-05", url=POST),
        Item("q", "Other"),
    )
    store.record(poll(NEWS, at=later(90), body=b"3", items=(Item("p", "SEC v50.0 is live", "2021-11-06"),)))
    assert store.accepted(NEWS.name).items[0] == Item("p", "SEC v50.0 is live", "2021-11-06", url=POST)


def test_the_same_claim_opened_twice_is_one_and_keeps_its_time(store: Store) -> None:
    store.record(poll(opened=in_scope("MP090")))
    store.record(poll(at=later(60), body=b"2", opened=in_scope("MP090")))
    assert [one.stated_at for one in store.statements(value="MP090")] == [NOON]


def test_text_that_no_database_can_hold_is_mended_and_not_lost(store: Store) -> None:
    odd = claim("modification:MP090", "title", "Null \0 and half \ud83d a pair 🎉")
    store.record(poll(opened=(odd,), outgoing=(replace(message("k"), why="\0"),), heading="\0"))
    (kept,) = store.accepted(RELEASE.name).claims
    assert kept.value == "Null � and half ? a pair 🎉"
    store.record(poll(at=later(60), body=b"2", closed=(odd,)))
    assert store.accepted(RELEASE.name).claims == ()


def test_a_body_is_kept_once_however_often_it_comes(store: Store) -> None:
    store.record(poll(body=b"the same"))
    store.record(poll(at=later(60), body=b"the same"))
    shas = {capture.body_sha for capture in store.captures()}
    assert len(store.captures()) == 2
    assert [store.body(sha) for sha in shas] == [b"the same"]
    with pytest.raises(StoreError, match="No body"):
        store.body("0" * 64)


def test_times_come_back_aware_and_in_utc(store: Store) -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    store.record(poll(at=tokyo, opened=in_scope("MP090"), changes=(told("a", at=tokyo),)))
    times = [store.captures()[0].fetched_at, store.statements()[0].stated_at, store.changes()[0].found_at]
    assert times == [NOON] * 3
    assert {moment.utcoffset() for moment in times} == {timedelta(0)}


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="no time zone"):
        store.record(poll(at=NOON.replace(tzinfo=None)))
    assert store.watches() == []


def test_a_change_is_found_once_though_it_is_recorded_twice(store: Store) -> None:
    store.record(poll(changes=(told("a"), told("a")), outgoing=(message("k"), message("k"))))
    store.record(poll(at=later(60), body=b"2", changes=(told("a"), told("b")), outgoing=(message("k"),)))
    assert [(one.id, one.seq) for one in store.changes()] == [("a", 1), ("b", 2)]
    assert store.outbox().queued == 1


def test_a_poller_that_was_overtaken_writes_nothing(store: Store) -> None:
    store.watch([RELEASE], NOON)
    (stale,) = store.due(NOON)
    store.record(poll(watch=store.due(NOON)[0], opened=in_scope("MP090")))
    before = everything(store)
    with pytest.raises(Overtaken, match="november-2021"):
        store.record(poll(watch=stale, opened=in_scope("MP090", "MP138"), changes=(told("a"),)))
    assert everything(store) == before


def test_two_pollers_of_one_source_record_it_once_a_turn(database: str) -> None:  # noqa: F811
    rounds, won, refused = 20, [], []
    with storage.open_store(database, wait=PATIENCE) as store:
        store.watch([RELEASE], NOON)
        gate = threading.Barrier(2)

        def work(name: str) -> None:
            for n in range(rounds):
                gate.wait()
                watch = store.watches()[0]
                gate.wait()
                try:
                    store.record(poll(at=later(n), body=None, watch=replace(watch, failures=watch.failures + 1)))
                    won.append(name)
                except Overtaken:
                    refused.append(name)

        threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.watches()[0].failures == rounds
    assert (len(won), len(refused)) == (rounds, rounds)


def test_two_writers_lose_no_update(database: str) -> None:  # noqa: F811
    each = 50

    def work(name: str) -> None:
        with storage.open_store(database, wait=PATIENCE) as own:
            for n in range(each):
                own.record(poll(replace(RELEASE, name=name), body=b"%d" % n, changes=(told(f"{name}{n}"),)))

    with storage.open_store(database) as store:
        threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one.seq for one in store.changes()] == list(range(1, 2 * each + 1))
        assert {watch.source.name: watch.turn for watch in store.watches()} == {"a": each, "b": each}


def test_readers_do_not_wait_for_a_writer(database: str) -> None:  # noqa: F811
    with storage.open_store(database, wait=0.2) as store, storage.open_store(database) as other:
        store.record(poll(opened=in_scope("MP090")))
        with other._database.writing():  # type: ignore[attr-defined]
            assert len(store.statements(value="MP090")) == 1
            with pytest.raises(StoreError, match="stayed locked by another program"):
                store.record(poll(at=later(60)))
        assert store.record(poll(at=later(60), watch=Watch(RELEASE))) == 2
