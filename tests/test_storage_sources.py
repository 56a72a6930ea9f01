"""Sources: what is watched, what is due, the pages that feeds ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ports import Overtaken, Source, Store, StoreError, Watch
from tests.storing import FEED, NEWS, NOON, RELEASE, database, later, poll  # noqa: F401

POST = "https://example.org/latest-news/one/"
OTHER = "https://example.org/latest-news/two/"


def names(watches: list[Watch]) -> list[str]:
    return [watch.source.name for watch in watches]


def read(store: Store, watch: Watch, minutes: float, **more: object) -> Watch:
    """Record that a source was read well at that time."""
    fields = {"health": "good", "last_read_at": later(minutes), "due_at": later(minutes + watch.source.every), **more}
    watch = replace(watch, **fields)  # type: ignore[arg-type]
    store.record(poll(watch.source, later(minutes), watch=watch))
    return watch


def test_new_sources_are_due_at_once_and_told_once(store: Store) -> None:
    assert store.watch([RELEASE, NEWS], NOON) == [RELEASE, NEWS]
    assert store.watch([RELEASE, FEED], later(1)) == [FEED]
    assert names(store.watches()) == ["feed", "news", "november-2021"]
    assert names(store.due(NOON)) == ["news", "november-2021"]


def test_the_longest_due_comes_first(store: Store) -> None:
    store.watch([NEWS], later(5))
    store.watch([RELEASE], later(3))
    store.watch([FEED], later(9))
    assert names(store.due(later(5))) == ["november-2021", "news"]


def test_all_that_is_known_of_a_source_comes_back(store: Store) -> None:
    watch = Watch(
        replace(RELEASE, stream="news", origin="discovered", expected=True, every=45),
        health="failing",
        reason="500 from the server",
        since=later(1),
        due_at=later(2),
        last_asked_at=later(3),
        last_read_at=later(4),
        last_changed_at=later(5),
        etag='W/"x"',
        last_modified="Fri, 05 Nov 2021 12:00:00 GMT",
        body_sha="b",
        claims_sha="c",
        failures=3,
        told=True,
        baselined=True,
    )
    store.record(poll(watch=watch))
    assert store.watches() == [replace(watch, turn=1)]


def test_a_source_that_is_no_longer_given_stays(store: Store) -> None:
    store.watch([RELEASE, NEWS], NOON)
    store.watch([NEWS], later(1))
    assert names(store.watches()) == ["news", "november-2021"]


def test_another_address_is_read_at_once_and_without_the_old_validators(store: Store) -> None:
    store.watch([RELEASE], NOON)
    read(store, store.watches()[0], 1, etag="x", body_sha="b", baselined=True)
    moved = replace(RELEASE, url="https://example.org/releases/november-2021/")
    assert store.watch([moved], later(2)) == []
    (watch,) = store.due(later(2))
    assert (watch.source, watch.etag, watch.body_sha, watch.baselined) == (moved, "", "", True)


def test_a_shorter_pace_counts_from_now(store: Store) -> None:
    store.watch([replace(RELEASE, every=1440)], NOON)
    read(store, store.watches()[0], 0)
    store.watch([replace(RELEASE, every=10)], later(1))
    assert store.watches()[0].due_at == later(11)
    store.watch([replace(RELEASE, every=600)], later(2))
    assert store.watches()[0].due_at == later(11)


def test_what_is_discovered_twice_is_watched_once(store: Store) -> None:
    store.watch([RELEASE], NOON)
    again = Source("nov-21", RELEASE.url.rstrip("/"), "release-page", origin="discovered")
    new = Source("june-2022", "https://example.org/june-2022-sec-release/", "release-page", origin="discovered")
    same_name = replace(RELEASE, url="https://example.org/elsewhere/")
    store.record(poll(discovered=(again, new, new, same_name)))
    assert [watch.source for watch in store.watches()] == [new, RELEASE]
    assert names(store.due(NOON)) == ["june-2022"]


def test_a_source_is_hastened_and_never_slowed(store: Store) -> None:
    store.watch([RELEASE], later(60))
    store.hasten(RELEASE.name, later(5))
    store.hasten(RELEASE.name, later(30))
    assert store.watches()[0].due_at == later(5)
    with pytest.raises(StoreError, match="No source is called nothing"):
        store.hasten("nothing", NOON)


def test_pages_that_a_feed_asked_for_come_one_after_another(store: Store) -> None:
    store.watch([NEWS], later(600))
    store.hasten(NEWS.name, NOON, POST)
    store.hasten(NEWS.name, NOON, OTHER)
    store.hasten(NEWS.name, later(5), POST)
    assert [watch.next_url for watch in store.due(later(1))] == [POST, OTHER]
    assert store.watches()[0].next_url == ""
    for watch in store.due(later(5)):
        store.record(poll(NEWS, later(6), watch=watch))
    assert store.due(later(7)) == []
    assert store.captures()[0].url == POST


def test_a_page_that_was_not_there_can_be_asked_for_again_later(store: Store) -> None:
    store.watch([NEWS], later(600))
    store.hasten(NEWS.name, NOON, POST)
    (watch,) = store.due(NOON)
    store.hasten(NEWS.name, later(5), POST)
    store.record(poll(NEWS, NOON, None, watch=watch))
    assert store.due(later(4)) == []
    assert [watch.next_url for watch in store.due(later(5))] == [POST]


def test_a_page_of_the_stream_is_asked_for_without_the_validators_of_the_stream(store: Store) -> None:
    store.watch([NEWS], NOON)
    read(store, store.watches()[0], 0, etag="x", last_modified="y", body_sha="b", claims_sha="c", baselined=True)
    store.hasten(NEWS.name, later(1), POST)
    (watch,) = store.due(later(1))
    assert (watch.etag, watch.last_modified, watch.body_sha, watch.claims_sha) == ("", "", "", "")
    assert watch.baselined


def test_a_page_of_the_stream_changes_nothing_of_how_the_stream_itself_fares(store: Store) -> None:
    store.watch([NEWS], NOON)
    before = read(store, store.watches()[0], 0, etag="x", body_sha="b")
    store.hasten(NEWS.name, later(1), POST)
    (watch,) = store.due(later(1))
    odd = replace(watch, health="failing", failures=9, etag="of the post", due_at=later(9999), last_changed_at=later(1))
    store.record(poll(NEWS, later(1), watch=odd))
    assert store.watches() == [replace(before, turn=1, last_changed_at=later(1))]


def test_a_page_that_somebody_else_read_meanwhile_is_not_recorded_again(store: Store) -> None:
    store.watch([NEWS], later(600))
    store.hasten(NEWS.name, NOON, POST)
    (watch,) = store.due(NOON)
    store.record(poll(NEWS, watch=watch))
    with pytest.raises(Overtaken, match="one"):
        store.record(poll(NEWS, watch=watch))
    assert len(store.captures()) == 1


def test_pages_that_answered_count_once_each_and_trouble_does_not(store: Store) -> None:
    store.watch([RELEASE, NEWS], NOON)
    release, news = (next(w for w in store.watches() if w.source == one) for one in (RELEASE, NEWS))
    release = read(store, release, 0)
    release = replace(release, last_read_at=later(60), turn=None)
    store.record(poll(RELEASE, later(60), None, watch=release))
    store.record(poll(NEWS, later(61), None, watch=replace(news, health="failing")))
    assert store.reads_since(NOON) == 1
    assert store.reads_since(later(60)) == 1
    assert store.reads_since(later(60) + timedelta(seconds=1)) == 0


SETTINGS = replace(RELEASE, origin="settings")


def test_a_listed_source_that_is_no_longer_listed_is_read_no_more_and_a_discovered_one_is(store: Store) -> None:
    found = Source("found", "https://example.org/found/", "release-page", origin="discovered")
    store.watch([SETTINGS, NEWS, found], NOON)
    store.hasten("november-2021", NOON, POST)
    assert store.keep_only({"news"}) == ["november-2021"]
    assert names(store.due(later(1))) == ["found", "news"]
    assert store.keep_only({"news"}) == []


def test_a_source_that_is_listed_again_is_due_at_once_and_knows_what_it_knew(store: Store) -> None:
    store.watch([SETTINGS, NEWS], NOON)
    read(store, store.watches()[1], 1, etag="x", baselined=True)
    store.keep_only({"news"})
    assert store.watch([SETTINGS, NEWS], later(3)) == []
    store.keep_only({"news", "november-2021"})
    back = next(watch for watch in store.due(later(3)) if watch.source == SETTINGS)
    assert (back.due_at, back.etag, back.baselined) == (later(3), "x", True)


def test_a_poll_under_way_does_not_make_a_source_that_was_taken_out_due_again(store: Store) -> None:
    store.watch([SETTINGS], NOON)
    [before] = store.watches()
    store.keep_only(set())
    with pytest.raises(Overtaken):
        read(store, before, 1)
    assert store.due(later(999)) == []


def test_a_source_that_was_taken_out_is_in_no_trouble(store: Store) -> None:
    store.watch([SETTINGS], NOON)
    read(store, store.watches()[0], 1, health="failing", reason="500", failures=9, told=True)
    store.keep_only(set())
    [watch] = store.watches()
    assert (watch.health, watch.reason, watch.failures, watch.told, watch.due_at) == ("new", "", 0, False, None)
