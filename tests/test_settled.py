"""What went to and fro until it was told no more: when it has rested for a day, nobody is left with another end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.follow import EVERYTHING, Subscription
from bot.ports import PostFailed, Store, Trouble
from tests.conftest import SetClock
from tests.limits import faults, read
from tests.test_cards import ALERTS, MP138, URL, card_now, follow, keys, later
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source

MOVED = release_page(ROWS, go_live="11 November 2021")
RELEASE = "release:2021-11"
DAY = timedelta(days=1)


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll_and_deliver()
    return world


def flips(world: World, clock: SetClock, times: int, there: str = MOVED, first: int = 0) -> None:
    """The page shows something else every hour: what it was at first after each second time."""
    for number in range(first, first + times):
        later(world, clock, release_page(ROWS, nonce=str(number)) if number % 2 else there)


def rests(world: World, clock: SetClock, days: int = 1) -> list[str]:
    """The page goes on saying what it says; return the keys of what is sent meanwhile, with what is done daily."""
    before = len(world.slack.sent)
    for _ in range(days * 4):
        clock.now += timedelta(hours=6)
        world.poll_and_deliver()
        world.daily()
        world.deliverer()
    return [key for _, _, key in world.slack.sent[before:] if not key.startswith(("digest:", "countdown:", "notice:"))]


def last(world: World, channel: str = ALERTS) -> str:
    return [read(message) for to, message, key in world.slack.sent if to == channel and "settled:" in key][-1]


@pytest.mark.fault(15)
@pytest.mark.parametrize("times", [3, 4, *(pytest.param(times, marks=pytest.mark.thorough) for times in (5, 6))])
def test_who_was_told_something_else_last_hears_once_where_it_stands_when_it_has_rested_for_a_day(
    world: World, clock: SetClock, times: int
) -> None:
    flips(world, clock, times)
    sent = rests(world, clock, days=2)
    ends_elsewhere = times in (4, 6)  # the third turn told 11 November, and those after it nothing
    assert [key.partition(":")[0] for key in sent] == ["settled"] * ends_elsewhere
    if ends_elsewhere:
        assert "go-live moves from 11 November 2021 to 4 November 2021" in last(world)
        assert f"went to and fro here, and has said this since 1 Mar 2021, {9 + times}:00 GMT" in last(world)


@pytest.mark.fault(15)
def test_a_row_that_came_and_went_until_nobody_was_told_has_its_end_told_too(world: World, clock: SetClock) -> None:
    for number in range(4):
        page = release_page(ROWS, nonce=str(number)) if number % 2 else release_page([*ROWS, MP138])
        later(world, clock, page)
        later(world, clock, page, timedelta(minutes=5))
    assert [key.partition(":")[0] for key in rests(world, clock, days=2)] == ["settled"]
    assert "MP138" in last(world)
    assert "leaves the November 2021 SEC Release" in last(world)


def test_what_has_not_rested_for_a_day_is_not_told(world: World, clock: SetClock) -> None:
    flips(world, clock, 4)
    clock.now += DAY - timedelta(minutes=1)
    world.poll_and_deliver()
    world.daily()
    world.deliverer()
    assert keys(world, "settled:") == []


def test_a_page_that_cannot_be_read_has_not_rested(world: World, clock: SetClock) -> None:
    flips(world, clock, 4)
    page = world.web.pages[URL]
    world.web.pages[URL] = Trouble("timeout", "It took too long.", clock())
    assert rests(world, clock, days=2) == []
    world.web.pages[URL] = page
    assert [key.partition(":")[0] for key in rests(world, clock)] == ["settled"]


def test_of_what_moved_on_before_it_rested_the_move_is_told_and_no_rest(world: World, clock: SetClock) -> None:
    flips(world, clock, 4)
    later(world, clock, release_page(ROWS, go_live="25 November 2021"))
    assert "25 November 2021" in read(world.slack.sent[-1][1])
    assert rests(world, clock, days=2) == []


@pytest.mark.parametrize("before", [3, 4])
def test_who_began_to_follow_in_the_midst_of_it_is_told_what_stands_and_did_not_when_they_began(
    world: World, clock: SetClock, before: int
) -> None:
    flips(world, clock, before)
    world.store.subscribe(Subscription("C0NEW", RELEASE, "U0ALICE", clock()))
    world.store.subscribe(Subscription(ALERTS, EVERYTHING, "U0ALICE", clock()))
    flips(world, clock, 1, first=before)
    rests(world, clock, days=2)
    assert "4 November 2021" in last(world, "C0NEW") if before % 2 else "11 November 2021" in last(world, "C0NEW")
    assert len(keys(world, "settled:C0NEW")) == 1


def test_who_began_to_follow_when_it_stood_as_it_does_hears_nothing(world: World, clock: SetClock) -> None:
    flips(world, clock, 4)
    world.store.subscribe(Subscription("C0NEW", RELEASE, "U0ALICE", clock()))
    rests(world, clock, days=2)
    assert keys(world, "settled:C0NEW") == []


def test_who_ended_the_rule_hears_nothing_of_the_rest(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING)
    flips(world, clock, 4)
    world.store.unsubscribe(ALERTS, EVERYTHING, "U0ALICE", clock())
    follow(world, "modification:MP001")
    assert rests(world, clock, days=2) == []


def test_whom_nothing_reached_while_it_went_to_and_fro_hears_where_it_stands(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    world.slack.fails = [PostFailed("ratelimited", retry_after=6 * 3600)]
    flips(world, clock, 5)
    sent = rests(world, clock, days=2)
    assert [key.partition(":")[0] for key in sent] == ["settled"]
    assert "to 11 November 2021" in last(world)


def test_a_rest_of_which_nobody_was_told_for_days_is_told_late_and_once(world: World, clock: SetClock) -> None:
    flips(world, clock, 4)
    for _ in range(5):
        clock.now += DAY
        world.poll_and_deliver()  # nothing is done daily: secbot's leader is gone, say
    world.daily()
    world.daily()
    world.deliverer()
    world.daily(date(2021, 3, 2))
    world.deliverer()
    assert len(keys(world, "settled:")) == 1


@pytest.mark.fault(15)
def test_the_card_shows_where_it_stands_while_nobody_is_told_of_its_turns(world: World, clock: SetClock) -> None:
    flips(world, clock, 4)
    assert shown(world).startswith("Reverted 1 Mar 2021, 13:00 GMT")
    assert "Go-live Thursday 4 November 2021" in shown(world)
    flips(world, clock, 1, first=4)
    assert shown(world).startswith("November 2021 SEC Release: go-live moves from 4 November 2021 to 11")
    assert "Go-live Thursday 11 November 2021" in shown(world)
    assert faults(card_now(world)) == []


def test_the_card_says_that_it_has_settled_and_so_does_a_message_by_itself(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, "C0FLAT", layout="flat")
    follow(world, EVERYTHING)
    flips(world, clock, 4)
    rests(world, clock, days=2)
    assert card_now(world).text.startswith(
        "Settled: November 2021 SEC Release: go-live moves from 11 November 2021 to 4"
    )
    [flat] = [m for to, m, key in world.slack.sent if to == "C0FLAT" and key.startswith("settled:")]
    assert flat.text.startswith("Settled: ")
    assert "|November 2021 SEC Release> · read 2 Mar 2021, 13:00 GMT" in read(flat)
    assert (faults(flat), faults(card_now(world))) == ([], [])


def shown(world: World) -> str:
    return " ".join(read(card_now(world)).replace("*", "").split())
