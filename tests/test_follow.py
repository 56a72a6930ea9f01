"""Who is told what, and what people type to follow something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain import follow
from bot.domain.changes import Change, Told, kinds
from bot.domain.follow import Following, Routed, Subscription
from bot.domain.vocabulary import Weight
from tests.saying import NOON, found, page, scope, told

R, M = "release:2021-11", "modification:MP090"


def follows(selector: str, channel: str = "C1", delivery: str = "instant") -> Subscription:
    return Subscription(channel, selector, "U1", NOON, delivery)


def about(*subjects: str, kind: str = "scope_added", weight: Weight = Weight.WEIGHTY) -> Change:
    return Change(kind, subjects[0], "in_scope", None, "x", weight, subjects)


def route(changes: list[Told], *rules: Subscription) -> list[Routed]:
    return follow.route(changes, Following(rules), NOON)


def channels(about: str | tuple[str, ...], *rules: Subscription) -> list[tuple[str, str]]:
    return follow.channels(about, Following(rules), NOON)


@pytest.mark.parametrize(
    ("selector", "subject", "expected"),
    [
        ("everything", "version:50.0", True),
        ("modification:MP124", "modification:DP124", True),
        ("modification:MP128", "modification:MP128A", True),
        ("modification:MP128A", "modification:MP128B", False),
        ("modification:MP128A", "modification:MP128", False),
        ("modification:MP012", "modification:MP0125", False),
        ("modification:SECMP0007", "modification:SECMP0007", True),
        ("release:2021-11", "release:2021-11", True),
        ("release:2021-11", "release:2022-11", False),
        ("part:Appendix AD", "part:Appendix AD", True),
        ("part:Appendix A", "part:Appendix AD", False),
    ],
)
def test_a_subject_is_followed_under_all_its_names_and_no_other(selector, subject, expected):
    assert follow.matches(follows(selector), about(subject)) is expected


def test_a_topic_follows_all_its_kinds_and_a_kind_itself_alone():
    moved = about(R, kind="go_live_proposed")
    assert follow.matches(follows("kind:go-live"), moved)
    assert follow.matches(follows("kind:go_live_proposed"), moved)
    assert not follow.matches(follows("kind:go_live_moved"), moved)


@pytest.mark.parametrize(
    ("attribute", "topics"),
    [
        ("go_live", ["go-live", "implementation"]),
        ("implementation", ["implementation"]),
        ("change_board_vote_on", ["votes"]),
        ("consultation_closes_on", ["consultations"]),
    ],
)
def test_who_follows_a_date_hears_of_its_being_given_more_precisely_and_nobody_else(attribute, topics):
    change = replace(about("modification:MP090", kind="sharpened"), attribute=attribute)
    every = ["go-live", "implementation", "votes", "consultations", "scope"]
    assert [one for one in every if follow.matches(follows(f"kind:{one}"), change)] == topics


def test_every_topic_names_kinds_that_exist():
    named = {kind for _, of in follow.TOPICS.values() for kind in of}
    assert named <= {kind.KIND for kind in kinds()}


def test_who_follows_a_modification_hears_of_the_go_live_of_its_release():
    before = (*scope("2021-11", "MP090"), *page((R, "go_live", "2021-11-04")))
    after = (*scope("2021-11", "MP090"), *page((R, "go_live", "2021-11-29")))
    [change] = found(before, after)
    assert follow.matches(follows(M), change)


def test_a_document_is_followed_by_its_part_and_by_its_release():
    document = "document:2021-11/Schedule 8"
    [change] = found(page((document, "draft", "4")), page((document, "draft", "5")))
    assert follow.matches(follows("part:Schedule 8"), change)
    assert follow.matches(follows(R), change)


def test_a_channel_gets_one_message_with_all_that_it_follows_and_why():
    changes = [told(about(R, M), seq=1), told(about("version:50.0"), seq=2), told(about(R), seq=3)]
    [routed] = route(changes, follows(M), follows(R), follows("part:Section A"))
    assert [one.seq for one in routed.told] == [1, 3]
    assert routed.why == "this channel follows MP090 and the November 2021 SEC Release"


def test_each_channel_hears_what_it_follows():
    changes = [told(about(R), seq=1), told(about("version:50.0"), seq=2)]
    routed = route(changes, follows("everything", "C1"), follows("version:50.0", "C2"), follows(M, "C3"))
    assert [(one.channel, len(one.told)) for one in routed] == [("C1", 2), ("C2", 1)]
    assert routed[0].why == "this channel follows everything"


def test_light_changes_known_ones_and_daily_followers_wait_for_the_digest():
    light, heavy = about(R, weight=Weight.LIGHT), about(R)
    assert route([told(light)], follows(R)) == []
    assert route([told(heavy, known_from="papers")], follows(R)) == []
    assert route([told(heavy)], follows(R, delivery="daily")) == []
    assert route([told(heavy)], follows(R)) != []


def test_a_date_ahead_is_told_to_those_who_follow_its_subject_or_its_topic():
    subscriptions = [follows(R, "C1"), follows("kind:go-live", "C2"), follows("kind:votes", "C3")]
    told = channels((R, "kind:go-live"), *subscriptions)
    assert [channel for channel, _ in told] == ["C1", "C2"]
    assert channels("", *subscriptions) == []


def test_cards_and_countdowns_are_not_for_those_who_follow_daily():
    daily = follows(R, "C1", "daily")
    assert channels(R, daily) == []
    assert channels(R, daily, follows("everything", "C1")) == [("C1", "this channel follows everything")]
    assert follow.follows(R, Following((daily, follows(M))), NOON) == [daily]


@pytest.mark.parametrize(
    ("typed", "selector", "label"),
    [
        ("MP090", "modification:MP090", "MP090"),
        ("mp-90", "modification:MP090", "MP090"),
        ("secmp7", "modification:SECMP0007", "SECMP0007"),
        ("dp 124", "modification:DP124", "DP124"),
        ("MP102a", "modification:MP102A", "MP102A"),
        ("release nov 2021", R, "the November 2021 SEC Release"),
        ("November 2021", R, "the November 2021 SEC Release"),
        ("the November 2021 SEC Release", R, "the November 2021 SEC Release"),
        ("2021-11", R, "the November 2021 SEC Release"),
        ("Schedule 8", "part:Schedule 8", "Schedule 8"),
        ("appendix ad", "part:Appendix AD", "Appendix AD"),
        ("SEC Section H", "part:Section H", "Section H"),
        ("DUIS", "part:Appendix AD", "Appendix AD"),
        ("go-live", "kind:go-live", "go-live dates"),
        ("Go live", "kind:go-live", "go-live dates"),
        ("scope", "kind:scope", "the scope of releases"),
        ("decisions", "kind:decisions", "decisions"),
        ("go_live_moved", "kind:go_live_moved", "“go live moved”"),
        ("v62.0", "version:62.0", "SEC v62.0"),
        ("everything", "everything", "everything"),
        ("ALL", "everything", "everything"),
    ],
)
def test_what_people_type_is_understood(typed, selector, label):
    assert follow.selector(typed) == selector
    assert follow.label(selector) == label


@pytest.mark.parametrize("typed", ["", "  ", "bananas", "MPXXX", "the", "@channel", "CR1145 please"])
def test_what_cannot_be_followed_is_none(typed):
    assert follow.selector(typed) is None


def test_a_subscription_to_everything_says_so_whatever_else_is_followed():
    assert follow.labels([follows(M), follows("everything")]) == "everything"
    assert follow.labels([follows(M), follows(R), replace(follows("kind:scope"))]) == (
        "MP090, the November 2021 SEC Release and the scope of releases"
    )
