"""Questions that ask for no more than an answer shows."""

from __future__ import annotations

from bot.pipeline.answers import directory
from bot.ports import Store
from tests.storing import NEWS, claim, database, later, poll, told  # noqa: F401

OVER = claim("release:2021-06", "go_live", "2021-06-24")
AHEAD = claim("release:2021-11", "go_live", "2021-11-04")
SCOPE = claim("release:2021-11", "in_scope", "MP090")
TITLE = claim("modification:MP102A", "title", "Power Outage Alerts")


def test_dates_ahead_come_with_all_that_was_said_of_the_same_subject(store: Store) -> None:
    moved = claim("release:2021-11", "go_live", "2021-11-11")
    store.record(poll(opened=(OVER, moved)))
    store.record(poll(at=later(60), body=b"2", opened=(AHEAD,), closed=(moved,)))
    said = store.dated(("go_live",), "2021-10", "2027")
    assert [(one.claim.value, one.current) for one in said] == [("2021-11-11", False), ("2021-11-04", True)]
    assert store.dated(("decision_cut_off",), "2021-10", "2027") == []


def test_a_date_that_is_said_no_more_is_not_ahead(store: Store) -> None:
    store.record(poll(opened=(AHEAD,)))
    store.record(poll(at=later(60), body=b"2", closed=(AHEAD,)))
    assert store.dated(("go_live",), "2021", "2027") == []


def test_several_are_asked_for_at_once_and_none_gives_nothing(store: Store) -> None:
    store.record(poll(opened=(OVER, AHEAD, SCOPE)))
    both = store.statements(("release:2021-06", "release:2021-11"), ("go_live",))
    assert [one.claim.value for one in both] == ["2021-06-24", "2021-11-04"]
    assert store.statements(()) == store.statements(attribute=()) == []


def test_what_is_named_is_a_subject_or_a_value(store: Store) -> None:
    store.record(poll(opened=(SCOPE, TITLE)))
    assert store.named("modification", ["MP090", "MP102A", "MP777"]) == {"MP090", "MP102A"}
    assert store.saying("MP090") == [("release:2021-11", "in_scope", "MP090")]


def test_what_is_called_what_is_known_anew_when_something_new_is_claimed(store: Store) -> None:
    store.record(poll(opened=(SCOPE,)))
    assert (list(directory.modifications(store)), dict(directory.titles(store))) == (["MP090"], {})
    store.record(poll(NEWS, later(60), opened=(TITLE,)))
    assert list(directory.modifications(store)) == ["MP090", "MP102A"]
    assert directory.titles(store)["MP102A"] == "Power Outage Alerts"


def test_changes_of_a_kind_are_picked_among_the_newest(store: Store) -> None:
    store.record(poll(changes=tuple(told(id_) for id_ in "abc")))
    about = store.changes()[0].change.subject
    kind = store.changes()[0].change.kind
    assert [one.id for one in store.changes(about=about, kinds=(kind,), limit=2)] == ["b", "c"]
    assert store.changes(about=about, kinds=("no such kind",)) == []
    assert store.count_changes((about, "nothing:else")) == len(store.glimpses()) == 3
