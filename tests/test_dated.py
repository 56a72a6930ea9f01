"""Dates to come: who finds them in the digest, and who is sent their countdown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.follow import Mute, Subscription
from bot.pipeline.poll import Audience
from bot.ports import Store
from tests.conftest import SetClock
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source

R, M = "release:2021-11", "modification:MP129"
URL = release_source().url
VOTE = "<p>MP129 ‘Allocation of Devices’ will go to the Change Board for vote on 20 October 2021.</p>"
A_VOTE, GO_LIVE = "Change Board vote", "go-live, "


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    """A release of four modifications, one of which will be voted on two weeks before the go-live."""
    made = World(store, clock, FakeWeb(clock), FakeSlack(), Audience("", ""))
    made.watch(release_source())
    made.web.pages[URL] = release_page(ROWS, more=VOTE)
    made.poll_and_deliver()
    return made


def follows(world: World, selector: str, *but_not: str, only: tuple[str, ...] = (), channel: str = "C1") -> None:
    world.store.subscribe(Subscription(channel, selector, "U1", world.clock(), only=only, but_not=but_not))


def day(world: World, clock: SetClock, month: int, day_: int) -> None:
    clock.now = datetime(2021, month, day_, 9, tzinfo=UTC)
    world.daily()
    world.deliverer()


def listed(world: World) -> list[str]:
    """What the digest's list of dates names."""
    _, message, _ = next(one for one in world.slack.sent if one[2].startswith("digest:"))
    return [name for name in (A_VOTE, GO_LIVE) if name in str(message.blocks).partition("Coming up")[2]]


def test_a_releases_follower_finds_the_votes_of_its_modifications_in_the_digest_and_is_sent_none(
    world: World, clock: SetClock
) -> None:
    follows(world, R)
    day(world, clock, 10, 13)
    assert listed(world) == [A_VOTE, GO_LIVE]
    for day_ in (13, 19, 20, 21):
        day(world, clock, 10, day_)
    assert [text.partition(" ")[0] for text in world.slack.texts("countdown:")] == ["Go-live"]


def test_a_modifications_follower_is_told_when_its_release_goes_live_once_however_many_it_follows(
    world: World, clock: SetClock
) -> None:
    follows(world, "modification:MP090")
    follows(world, "modification:MP105")
    day(world, clock, 10, 28)
    assert listed(world) == [GO_LIVE]
    assert [text.partition(":")[0] for text in world.slack.texts("countdown:")] == [
        "Go-live in 7 days (5 working days)"
    ]


@pytest.mark.parametrize("muted", [False, True])
def test_a_date_ahead_is_left_out_with_its_modification_and_the_go_live_stays(
    world: World, clock: SetClock, *, muted: bool
) -> None:
    follows(world, R, *(() if muted else (M,)))
    if muted:
        world.store.mute(Mute("C1", M, datetime(2021, 12, 1, tzinfo=UTC), "U1", clock()))
    day(world, clock, 10, 13)
    assert listed(world) == [GO_LIVE]


def test_a_go_live_is_left_out_where_the_release_or_go_lives_are(world: World, clock: SetClock) -> None:
    follows(world, "modification:MP090", "kind:go-live")
    follows(world, "modification:MP105", R)
    day(world, clock, 10, 28)
    assert "Coming up" not in str(world.slack.sent[-1][1].blocks)
    assert world.slack.texts("countdown:") == []


def test_a_modification_that_left_the_release_has_no_countdown_of_it(world: World, clock: SetClock) -> None:
    follows(world, M)
    world.web.pages[URL] = release_page(ROWS[:-1])
    for _ in range(2):
        clock.now += timedelta(days=1)
        world.poll_and_deliver()
    day(world, clock, 10, 28)
    assert world.slack.texts("countdown:") == []


def test_a_countdown_that_waits_is_not_sent_for_a_modification_that_was_muted_meanwhile(
    world: World, clock: SetClock
) -> None:
    follows(world, M)
    clock.now = datetime(2021, 10, 28, 9, tzinfo=UTC)
    assert world.daily() == (1, 1)
    world.store.mute(Mute("C1", M, clock() + timedelta(days=1), "U1", clock()))
    world.deliverer()
    assert world.slack.texts("countdown:") == []
