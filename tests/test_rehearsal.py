"""What a wish to follow would have sent, had it been kept a while ago."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain import follow
from bot.domain.changes import Change, Told
from bot.domain.follow import Mute, Subscription
from bot.domain.vocabulary import Weight
from bot.pipeline import rehearsal
from bot.pipeline.rehearsal import rehearse
from bot.ports import Store
from tests.knowing import RELEASE, listed, read

NOW = datetime.fromisoformat("2021-11-05T09:00+00:00")
M, R = "modification:MP090", "release:2021-11"


def told(
    id_: str, days_ago: float, *about: str, kind: str = "decided", weight: Weight = Weight.WEIGHTY, known: str = ""
) -> Told:
    change = Change(kind, about[0], "status", "a", "b", weight, about)
    return Told(id_, change, RELEASE.name, RELEASE.url, NOW - timedelta(days=days_ago), known_from=known)


def keep(store: Store, *changes: Told, since: int = 365) -> None:
    read(store, RELEASE, NOW - timedelta(days=since), listed("MP090", "Alerts", "2021-11", "targeted"))
    read(store, RELEASE, NOW, listed("MP090", "Alerts", "2021-11", "approved"), told=changes)


def rule(selector: str = M, **more: object) -> Subscription:
    return Subscription("C1", selector, "U1", NOW, **more)  # type: ignore[arg-type]


def test_it_counts_what_comes_at_once_and_what_waits_for_digests_by_the_week(store: Store) -> None:
    keep(
        store,
        told("a", 80, M, R),
        told("b", 10, M, R),
        told("c", 10, R, M),
        told("d", 3, M, weight=Weight.LIGHT),
        told("e", 2, "modification:MP091"),
    )
    found = rehearse(store, rule(), NOW)
    assert (found.at_once, found.messages, found.in_digests, found.total) == (3, 2, 1, 4)
    assert found.a_week == pytest.approx(2 / (90 / 7))
    assert [(one.told.id, one.at_once) for one in found.newest] == [("d", False), ("c", True), ("b", True), ("a", True)]


def test_filters_and_delivery_hold_as_they_would_have(store: Store) -> None:
    keep(store, told("a", 9, M, R), told("b", 8, R, kind="scope_added"), told("c", 7, R, weight=Weight.NORMAL))
    every = [rule(R, but_not=(M,)), rule(R, only=("kind:scope",)), rule(R, least=3), rule(R, delivery="daily")]
    counts = [(one.at_once, one.in_digests) for one in (rehearse(store, [each], NOW) for each in every)]
    assert counts == [(2, 0), (1, 0), (2, 0), (0, 3)]


def test_several_rules_of_one_wish_count_a_change_once(store: Store) -> None:
    keep(store, told("a", 9, M, R))
    assert rehearse(store, [rule(M, delivery="daily"), rule(R)], NOW).total == 1
    assert rehearse(store, [rule(M, delivery="daily"), rule(R)], NOW).at_once == 1


def test_what_was_no_news_or_is_older_is_not_counted_and_mutes_are_left_aside(store: Store) -> None:
    keep(store, told("a", 91, M), told("b", 5, M, known="papers"), told("c", 4, M))
    store.mute(Mute("C1", M, NOW + timedelta(days=1), "U1", NOW - timedelta(days=30)))
    assert [one.told.id for one in rehearse(store, rule(), NOW).newest] == ["c"]


def test_a_bot_that_began_later_says_since_when_it_knows(store: Store) -> None:
    keep(store, told("a", 5, M), since=14)
    found = rehearse(store, rule(), NOW)
    assert (found.days, found.since) == (14, NOW - timedelta(days=14))
    assert found.a_week == pytest.approx(0.5)


def test_a_bot_that_began_today_speaks_of_a_day_not_of_none(store: Store) -> None:
    keep(store, since=0)
    assert rehearse(store, rule(), NOW).days == 1


def test_of_very_many_changes_the_newest_are_looked_at_and_it_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "MOST", 3)
    keep(store, *(told(f"{n}", 50 - n * 10, M) for n in range(5)))
    found = rehearse(store, rule(follow.EVERYTHING), NOW)
    assert (found.cut, found.total, found.days) == (True, 3, 30)


@pytest.mark.parametrize(
    ("followed", "about", "brought"),
    [
        ("MP124", "DP124", 1),
        ("DP124", "MP124", 1),
        ("MP128", "MP128A", 1),
        ("MP128A", "MP128", 0),
        ("MP067", "SECMP0067", 1),
    ],
)
def test_a_modification_is_rehearsed_under_all_its_names(store: Store, followed: str, about: str, brought: int) -> None:
    keep(store, told("a", 5, f"modification:{about}"))
    assert rehearse(store, rule(f"modification:{followed}"), NOW).total == brought


@pytest.mark.parametrize(
    "selector", [R, "part:Appendix AD", "impact:DUIS", "version:50.0", "kind:decisions", "everything"]
)
def test_whatever_can_be_followed_can_be_rehearsed(store: Store, selector: str) -> None:
    keep(
        store,
        told("a", 5, M, R, "part:Appendix AD", "impact:DUIS", "version:50.0"),
        told("b", 4, "x:y", kind="reworded"),
    )
    assert "a" in [one.told.id for one in rehearse(store, rule(selector), NOW).newest]


def test_nothing_is_kept(store: Store) -> None:
    keep(store, told("a", 5, M))
    rehearse(store, rule(), NOW)
    assert (store.subscriptions(), store.deeds()) == ([], [])
