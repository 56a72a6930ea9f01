"""Claims rebuilt from the captures, and what sources say in the order in which they said it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.domain.claims import Claim, Item
from bot.ports import Store
from tests.storing import NEWS, NOON, RELEASE, claim, database, in_scope, later, message, poll, told, values  # noqa: F401

ONE, TWO = Item("one", "SEC v49.0", "2021-09-01"), Item("two", "SEC v50.0", "2021-11-05")


def captures(store: Store, *states: Sequence[Claim], source: object = RELEASE) -> list[int]:
    """Record pages that are read one after another, an hour apart; return their ids."""
    ids, before = [], ()
    for n, claims in enumerate(states):
        opened, closed = (tuple(c for c in a if c not in b) for a, b in ((claims, before), (before, claims)))
        ids.append(store.record(poll(source, later(60 * n), f"page {n}".encode(), opened=opened, closed=closed)))  # type: ignore[arg-type]
        before = tuple(claims)
    return ids  # type: ignore[return-value]


def implements(version: str, item: str, *ids: str) -> tuple[Claim, ...]:
    return tuple(claim(f"version:{version}", "implements", id_, item=item) for id_ in ids)


def test_reading_anew_the_same_changes_nothing(store: Store) -> None:
    states = [in_scope("MP077"), in_scope("MP077", "MP090"), in_scope("MP090"), in_scope("MP077")]
    ids = captures(store, *states)
    before = store.statements()
    store.reread(RELEASE.name, [(id_, state, ()) for id_, state in zip(ids, states, strict=True)])
    assert store.statements() == before
    assert values(store.accepted(RELEASE.name).claims) == ["MP077"]


def test_reading_anew_replaces_what_was_misread_from_its_own_time_on(store: Store) -> None:
    ids = captures(store, in_scope("MP77"), in_scope("MP77", "MP090"))
    store.reread(RELEASE.name, [(ids[0], in_scope("MP077"), ()), (ids[1], in_scope("MP077", "MP090"), ())])
    assert [(one.claim.value, one.stated_at) for one in store.statements()] == [("MP077", NOON), ("MP090", later(60))]
    assert store.statements(value="MP77") == []
    assert store.search("MP77") == []
    assert len(store.search("MP077")) == 1


def test_reading_anew_tells_nobody(store: Store) -> None:
    (id_,) = captures(store, in_scope("MP77"))
    store.record(poll(at=later(60), body=None, changes=(told("a"),), outgoing=(message("k"),)))
    before = (store.changes(), store.outbox(), store.watches(), store.captures())
    store.reread(RELEASE.name, [(id_, in_scope("MP077"), ())])
    assert (store.changes(), store.outbox(), store.watches(), store.captures()) == before


def test_reading_anew_fails_whole(store: Store) -> None:
    (id_,) = captures(store, in_scope("MP77"))
    before = store.statements()
    with pytest.raises(KeyError):
        store.reread(RELEASE.name, [(id_, in_scope("MP077"), ()), (id_ + 1, in_scope("MP090"), ())])
    assert store.statements() == before


def test_claims_of_a_stream_add_up_by_item(store: Store) -> None:
    ids = captures(store, (), (), source=NEWS)
    first = (ids[0], implements("49.0", "one", "MP077"), (ONE,))
    store.reread(NEWS.name, [first, (ids[1], implements("50.0", "two", "MP090"), (TWO,))])
    assert values(store.accepted(NEWS.name).claims) == ["MP077", "MP090"]
    assert store.accepted(NEWS.name).items == (ONE, TWO)


def test_an_item_seen_whole_again_loses_what_it_no_longer_says(store: Store) -> None:
    ids = captures(store, (), (), (), source=NEWS)
    teaser = Item("one", "SEC …", truncated=True)
    states = [
        (ids[0], implements("49.0", "one", "MP077", "MP078"), (ONE,)),
        (ids[1], (), (teaser,)),
        (ids[2], implements("49.0", "one", "MP077"), (ONE,)),
    ]
    store.reread(NEWS.name, states[:2])
    assert values(store.accepted(NEWS.name).claims) == ["MP077", "MP078"]
    store.reread(NEWS.name, states)
    assert values(store.accepted(NEWS.name).claims) == ["MP077"]
    assert store.accepted(NEWS.name).items == (ONE,)


def test_what_waited_for_confirmation_goes_on_waiting(store: Store) -> None:
    first = store.record(poll(opened=in_scope("MP077", "MP129")))
    second = store.record(poll(at=later(60), body=b"2", held=in_scope("MP129")))
    assert first
    assert second
    store.reread(RELEASE.name, [(first, in_scope("MP077", "MP129"), ()), (second, in_scope("MP077"), ())])
    assert values(store.accepted(RELEASE.name).held) == ["MP129"]
    store.reread(RELEASE.name, [(first, in_scope("MP077"), ()), (second, in_scope("MP077"), ())])
    assert store.accepted(RELEASE.name).held == ()


def test_a_subject_that_nothing_is_said_about_any_more_is_forgotten(store: Store) -> None:
    (id_,) = captures(store, (claim("modification:MP9", "title", "x"), claim("modification:MP090", "title", "y")))
    captures(store, (claim("modification:MP138", "title", "z"),), source=NEWS)
    store.reread(RELEASE.name, [(id_, (claim("modification:MP091", "title", "x"),), ())])
    assert store.subjects("modification") == ["modification:MP091", "modification:MP138"]


def test_statements_come_in_the_order_in_which_they_were_made(store: Store) -> None:
    captures(
        store,
        (claim("modification:MP090", "status", "targeted"),),
        (claim("modification:MP090", "status", "approved"),),
    )
    store.record(poll(NEWS, later(30), opened=(claim("modification:MP090", "status", "report_phase"),)))
    said = store.statements("modification:MP090", "status")
    assert [one.claim.value for one in said] == ["targeted", "report_phase", "approved"]
    assert [one.source for one in said] == [RELEASE.name, NEWS.name, RELEASE.name]
    assert [one.url for one in said] == [RELEASE.url, NEWS.url, RELEASE.url]


def test_statements_are_narrowed_by_each_of_their_parts(store: Store) -> None:
    long = "x" * 150
    captures(
        store,
        (
            claim("modification:MP090", "title", long + "1"),
            claim("modification:MP090", "affects", long + "1"),
            claim("modification:MP091", "title", long + "2"),
        ),
    )
    assert len(store.statements()) == 3
    assert len(store.statements(attribute="title")) == 2
    assert len(store.statements(value=long + "1")) == 2
    assert len(store.statements("modification:MP091", "title", long + "1")) == 0


def test_subjects_are_those_of_one_kind(store: Store) -> None:
    captures(store, (*in_scope("MP090"), claim("release:2020-11", "name", "x"), claim("released:1", "name", "x")))
    assert store.subjects("release") == ["release:2020-11", "release:2021-11"]
    assert store.subjects("version") == []
