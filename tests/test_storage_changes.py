"""Changes that were found, who follows them, and which digests told them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.changes import Delta
from bot.domain.follow import Subscription
from bot.ports import Store
from tests.storing import NOON, claim, database, keys, later, message, poll, told  # noqa: F401

FRIDAY = date(2021, 11, 5)


def found(store: Store, **wanted: object) -> list[str]:
    return [one.id for one in store.changes(**wanted)]  # type: ignore[arg-type]


def keep(store: Store, *ids: str, at: int = 0, **more: object) -> None:
    store.record(
        poll(at=later(at), body=f"{ids}{at}".encode(), changes=tuple(told(i, at=later(at), **more) for i in ids))
    )


def test_a_change_comes_back_as_it_was_found(store: Store) -> None:
    delta = Delta("modification:MP099", "implementation", "2021-11", None, was=claim("s", "a", "v"), companion=True)
    change = told(
        "a",
        attribute="implementation",
        before="2021-11",
        after=None,
        about=("modification:MP099", "release:2021-11"),
        facts={"title": 'O\'Brien & "Co"', "release": "2022-11"},
        quote_before="MP099 is in scope",
        explains=(delta,),
        known_from="news",
    )
    store.record(poll(changes=(change,)))
    (kept,) = store.changes()
    assert kept == replace(change, seq=1)
    assert kept.change.facts == change.change.facts
    assert kept.change.explains == (delta,)
    assert kept.change.explains[0].companion


def test_changes_come_oldest_first_and_of_too_many_the_newest(store: Store) -> None:
    keep(store, "a", "b")
    keep(store, "c", at=60)
    assert found(store) == ["a", "b", "c"]
    assert found(store, limit=2) == ["b", "c"]
    assert found(store, since=NOON, limit=1) == ["c"]
    assert found(store, limit=0) == []


def test_changes_are_found_by_time_with_both_ends(store: Store) -> None:
    for minutes, id_ in enumerate("abcd"):
        keep(store, id_, at=minutes)
    assert found(store, since=later(1), until=later(2)) == ["b", "c"]
    assert found(store, since=later(3)) == ["d"]
    assert found(store, until=later(0)) == ["a"]


def test_changes_are_found_by_what_they_are_about(store: Store) -> None:
    keep(store, "a", subject="modification:MP090", about=("release:2021-11", "part:Schedule 8"))
    keep(store, "b", subject="release:2021-11", about=("release:2021-11",), at=1)
    keep(store, "c", subject="modification:MP077", at=2)
    assert found(store, about="release:2021-11") == ["a", "b"]
    assert found(store, about="modification:MP090") == ["a"]
    assert found(store, about="part:Schedule 8", since=later(1)) == []
    assert found(store, about="release:2021-11", after=1) == ["b"]


def test_changes_are_found_by_number_and_by_id(store: Store) -> None:
    keep(store, "a", "b", "c")
    assert store.last_seq() == 3
    assert found(store, after=1) == ["b", "c"]
    assert found(store, ids=["c", "a", "unknown"]) == ["a", "c"]
    assert found(store, ids=[]) == []


def test_nothing_found_has_no_number(store: Store) -> None:
    assert store.last_seq() == 0
    assert store.changes() == []


def test_a_channel_follows_a_thing_once(store: Store) -> None:
    one = Subscription("C1", "modification:MP090", "U1", NOON)
    other = Subscription("C2", "everything", "U2", later(1))
    assert store.subscribe(one)
    assert store.subscribe(other)
    assert not store.subscribe(replace(one, made_by="U3", made_at=later(2)))
    assert store.subscriptions() == [one, other]
    assert store.subscriptions("C2") == [other]


def test_the_same_with_another_delivery_takes_its_place(store: Store) -> None:
    one = Subscription("C1", "everything", "U1", NOON)
    store.subscribe(one)
    assert store.subscribe(replace(one, delivery="daily", made_by="U2"))
    assert [(s.delivery, s.made_by) for s in store.subscriptions()] == [("daily", "U2")]


def test_a_channel_stops_following(store: Store) -> None:
    store.subscribe(Subscription("C1", "everything", "U1", NOON))
    assert not store.unsubscribe("C2", "everything", "U1", NOON)
    assert store.unsubscribe("C1", "everything", "U1", NOON)
    assert not store.unsubscribe("C1", "everything", "U1", NOON)
    assert store.subscriptions() == []


def test_a_digest_of_a_date_is_queued_once(store: Store) -> None:
    assert store.begin_digest("C1", FRIDAY, 7, message("digest:C1:2021-11-05"), NOON)
    assert not store.begin_digest("C1", FRIDAY, 9, message("digest:C1:again"), later(5))
    assert store.begin_digest("C2", FRIDAY, 9, message("digest:C2", "C2"), later(5))
    assert keys(store.lease(later(9), 9, 60)) == ["digest:C1:2021-11-05", "digest:C2"]


def test_the_digest_before_tells_from_where_to_go_on(store: Store) -> None:
    for day, upto in ((1, 3), (4, 8)):
        store.begin_digest("C1", date(2021, 11, day), upto, message(f"d{day}"), NOON)
    assert store.digest_before("C1", FRIDAY) == (date(2021, 11, 4), 8)
    assert store.digest_before("C1", date(2021, 11, 4)) == (date(2021, 11, 1), 3)
    assert store.digest_before("C1", date(2021, 11, 1)) is None
    assert store.digest_before("C2", FRIDAY) is None
