"""Answers that tell nothing new, written many at a time, are written as if each had been written alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.ports import Poll, Source, Store, Watch
from tests.storing import NEWS, RELEASE, claim, database, everything, later, poll

__all__ = ["database"]

SOURCES = [RELEASE, NEWS, *(Source(f"page-{n}", f"https://example.org/{n}/", "release-page") for n in range(3))]


def answered(watch: Watch, **more: object) -> Poll:
    fares = {"health": "good", "last_read_at": later(5), "last_asked_at": later(5), "due_at": later(65), "etag": "x"}
    return Poll(replace(watch, **(fares | more)), later(5))  # type: ignore[arg-type]


def named(store: Store, name: str) -> Watch:
    return next(watch for watch in store.watches() if watch.source.name == name)


def test_many_at_once_are_written_as_one_by_one(store: Store) -> None:
    store.watch(SOURCES, later(0))
    polls = [answered(watch) for watch in store.watches()]
    polls[1] = answered(polls[1].watch, health="failing", last_read_at=None, failures=2, reason="503")
    assert all(one.plain for one in polls)
    assert store.record_plain(polls[:2]) == []
    for one in polls[2:]:
        store.record(one)
    written = store.watches()
    assert written == [replace(one.watch, turn=1) for one in polls]
    assert store.reads_since(later(1)) == len(polls) - 1


def test_of_many_only_those_that_another_process_recorded_first_are_refused(store: Store) -> None:
    store.watch(SOURCES, later(0))
    polls = [answered(watch) for watch in store.watches()]
    store.record(answered(named(store, "page-1"), etag="theirs"))
    refused = store.record_plain(polls)
    assert [one.watch.source.name for one in refused] == ["page-1"]
    assert named(store, "page-1").etag == "theirs"
    assert {watch.turn for watch in store.watches()} == {1}
    before = everything(store)
    assert len(store.record_plain(polls)) == len(polls)
    assert everything(store) == before


def test_a_source_that_nobody_watched_yet_is_watched_from_then_on(store: Store) -> None:
    store.record_plain([answered(Watch(RELEASE))])
    assert named(store, RELEASE.name).health == "good"


def test_a_watch_says_whether_a_claim_of_it_waits_for_a_second_reading(store: Store) -> None:
    store.watch([RELEASE, NEWS], later(0))
    scope = claim("release:2021-11", "in_scope", "MP090")
    store.record(poll(opened=(scope,)))
    assert [watch.waits for watch in store.watches()] == [False, False]
    store.record(poll(body=None, held=(scope,)))
    assert {watch.source.name: watch.waits for watch in store.due(later(999))} == {"news": False, RELEASE.name: True}


@pytest.mark.parametrize("more", [{"held": (claim("release:2021-11", "in_scope", "MP090"),)}, {"body": b"<p>"}])
def test_what_brings_a_body_or_moves_a_claim_is_not_plain(more: dict[str, object]) -> None:
    assert poll(body=None).plain
    assert not poll(**({"body": None} | more)).plain  # type: ignore[arg-type]
