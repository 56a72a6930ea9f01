"""Quiet hours hold delivery, not watching; a channel that takes no messages any more is paused and its people told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.channel import Channel
from bot.domain.follow import EVERYTHING
from bot.pipeline import pausing
from bot.ports import Outgoing, PostFailed, Store
from bot.render import Renderer
from handlers import answer
from tests.conftest import SetClock
from tests.limits import faults, read
from tests.storing import database_beside as database  # noqa: F401
from tests.test_cards import ALERTS, URL, approved, card_now, follow, keys, later
from tests.test_deliver import queue
from tests.world import LONDON, ROWS, FakeSlack, FakeWeb, World, release_page, release_source

EVENING = datetime(2021, 3, 5, 20, 0, tzinfo=UTC)  # a Friday
MOVED = release_page(ROWS, go_live="11 November 2021")
BEFORE, FURTHER = release_page(ROWS), release_page(ROWS, go_live="5 December 2021")
LIGHTER = release_page(ROWS, more="<h2>Release Implementation Document</h2><p>Last updated: 3 March 2021</p>")


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll_and_deliver()
    clock.now = EVENING
    return world


def settle(world: World, id_: str = ALERTS, **settings: Any) -> None:
    quiet: dict[str, Any] = {"quiet_from": time(18), "quiet_until": time(8)}
    world.store.keep_channel(replace(Channel(id_), **{**quiet, **settings}), "U0ALICE", world.clock())


def sent_at(world: World, clock: SetClock, *moments: datetime) -> list[int]:
    """How many messages more were sent by each moment."""
    counts = []
    for moment in moments:
        clock.now = moment
        before = len(world.slack.sent)
        world.deliverer()
        counts.append(len(world.slack.sent) - before)
    return counts


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 3, day, hour, minute, tzinfo=UTC)


# --- quiet hours -----------------------------------------------------------------------------------------------------


def test_what_comes_in_quiet_hours_waits_over_midnight_and_is_sent_when_they_end(world: World, clock: SetClock) -> None:
    settle(world)
    assert later(world, clock, LIGHTER) == []
    assert len(world.store.changes()) == 1
    assert sent_at(world, clock, at(5, 23, 59), at(6, 0), at(6, 7, 59), at(6, 8)) == [0, 0, 0, 1]
    assert keys(world, "alert:") == list(world.slack.below)


def test_quiet_days_hold_it_too(world: World, clock: SetClock) -> None:
    settle(world, quiet_days=(5, 6))
    later(world, clock, LIGHTER)
    assert sent_at(world, clock, at(6, 12), at(7, 23, 59), at(8, 7, 59), at(8, 8)) == [0, 0, 0, 1]


def test_bank_holidays_hold_it_where_the_channel_said_so(world: World, clock: SetClock) -> None:
    settle(world, quiet_days=(5, 6), quiet_holidays=True)
    clock.now = datetime(2021, 4, 1, 18, 0, tzinfo=UTC)  # 19:00 in London, before Good Friday and Easter Monday
    later(world, clock, LIGHTER)
    tuesday = datetime(2021, 4, 6, 7, 0, tzinfo=UTC)
    assert sent_at(world, clock, tuesday - timedelta(minutes=1), tuesday) == [0, 1]


def test_weighty_news_pass_and_what_waits_is_not_passed_over(world: World, clock: SetClock) -> None:
    settle(world)
    later(world, clock, LIGHTER)
    assert len(later(world, clock, release_page(ROWS, go_live="11 November 2021", more=LIGHTER))) == 1
    assert sent_at(world, clock, at(6, 8)) == [1]
    assert "go-live moves" in card_now(world).text


def test_weighty_news_wait_too_where_the_channel_wants_no_exception(world: World, clock: SetClock) -> None:
    settle(world, weighty_passes=False)
    assert later(world, clock, MOVED) == []
    assert sent_at(world, clock, at(6, 8)) == [1]


def test_a_digest_is_made_when_quiet_ends_whatever_it_tells_and_operators_notices_never(
    world: World, clock: SetClock
) -> None:
    settle(world)
    settle(world, "C0OPS")
    follow(world, EVERYTHING, delivery="daily")
    later(world, clock, MOVED)
    world.daily()
    world.store.enqueue([Outgoing("notice:x", "C0OPS", "notice", {"name": "recovered", "source": "news"})], clock())
    world.deliverer()
    assert [key.partition(":")[0] for key in keys(world)][1:] == ["notice"]
    clock.now = at(6, 8, 30)
    assert world.daily()[0] == 1
    world.deliverer()
    assert keys(world)[-1].startswith("digest:")


def test_what_is_held_was_not_tried_and_keeps_nobody_waiting(world: World, clock: SetClock) -> None:
    settle(world)
    later(world, clock, LIGHTER)
    [leased] = world.store.lease(at(6, 9), 1, 60)
    assert (leased.attempts, leased.look_first) == (0, False)


@pytest.mark.parametrize("settings", [{"quiet_from": None}, {"quiet_until": time(20)}, {"zone": "Asia/Tokyo"}])
def test_what_is_held_comes_as_soon_as_the_quiet_hours_are_changed_so_that_they_are_over(
    world: World, clock: SetClock, settings: dict[str, Any]
) -> None:
    settle(world)
    later(world, clock, LIGHTER)
    settle(world, **{"quiet_until": time(5), **settings})
    assert sent_at(world, clock, at(5, 21, 5)) == [1]


def test_what_is_held_is_held_until_the_new_end_where_quiet_hours_are_made_longer(
    world: World, clock: SetClock
) -> None:
    settle(world)
    later(world, clock, LIGHTER)
    settle(world, quiet_until=time(10))
    assert sent_at(world, clock, at(5, 21, 5), at(6, 8), at(6, 10)) == [0, 0, 1]


def test_what_was_refused_once_and_is_held_then_lets_weighty_news_pass(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    settle(world)
    clock.now = at(5, 17)
    world.slack.fails = [PostFailed("ratelimited", retry_after=3600 * 2)]
    later(world, clock, LIGHTER, timedelta(minutes=30))
    later(world, clock, release_page(ROWS, go_live="11 November 2021", more=LIGHTER), timedelta(hours=3))
    assert [key.partition(":")[0] for key in keys(world)] == ["card", "alert"]
    assert sent_at(world, clock, at(6, 8)) == [1]


# --- channels that take nothing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "reason", "words"),
    [
        ("is_archived", "archived", "Paused: a channel that you subscribed is archived"),
        ("not_in_channel", "left", "Paused: a channel that you subscribed has no secbot in it any more"),
        ("channel_not_found", "unreachable", "Paused: a channel that you subscribed can’t be reached"),
    ],
)
def test_a_channel_that_takes_nothing_is_paused_and_its_makers_are_told_once(
    world: World, clock: SetClock, expected_warnings: list[str], error: str, reason: str, words: str
) -> None:
    expected_warnings.append("not delivered to C0GONE")
    follow(world, EVERYTHING, "C0GONE")
    follow(world, "modification:MP077", "C0GONE")
    world.slack.refuses["C0GONE"] = PostFailed(error, permanent=True)
    for page in (MOVED, release_page(approved("MP077"))):
        later(world, clock, page)
    assert world.store.channel("C0GONE").paused == reason
    [told] = [message for channel, message, _ in world.slack.sent if channel == "U0ALICE"]
    assert told.text == words
    assert "secbot told <#C0GONE> of everything" in read(told)
    assert faults(told) == []
    assert [channel for channel, _, key in world.slack.sent if key.startswith("notice:undeliverable")] == ["C0OPS"]


def test_a_channel_whose_name_is_known_is_called_by_it(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, "C0GONE")
    world.store.keep_channel(Channel("C0GONE", name="sec-releases"), "U0BOB", clock())
    pausing.pause(world.store, "C0GONE", "archived", "U0BOB", clock())
    world.deliverer()
    assert world.slack.sent[-1][1].text == "Paused: #sec-releases is archived"


def test_what_waits_for_a_paused_channel_has_failed_and_is_kept(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0GONE")
    queue(world, "one", "two", "three", channel="C0GONE")
    world.slack.refuses["C0GONE"] = PostFailed("is_archived", permanent=True)
    world.deliverer()
    assert (world.store.outbox().failed, world.store.outbox().queued) == (3, 0)
    assert world.store.outbox().failures == ("C0GONE: archived", "C0GONE: is_archived")


def test_a_paused_channel_is_told_nothing_and_its_next_digest_tells_what_changed_meanwhile(
    world: World, clock: SetClock
) -> None:
    follow(world, EVERYTHING)
    world.daily(clock().date())
    world.deliverer()
    pausing.pause(world.store, ALERTS, "archived", "U0BOB", clock())
    assert later(world, clock, MOVED)[0].startswith("Paused")
    assert keys(world, "alert:") == []
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    clock.now += timedelta(days=1)
    world.daily(clock().date())
    world.deliverer()
    assert "go-live moves" in world.slack.texts("digest:")[-1]


def test_pausing_and_resuming_twice_is_once(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, "C0GONE")
    for change in (pausing.pause, pausing.pause):
        change(world.store, "C0GONE", "archived", "U0BOB", clock())
    for _ in range(2):
        pausing.resume(world.store, "C0GONE", "U0BOB", clock())
    world.deliverer()
    assert [text for channel, message, _ in world.slack.sent if channel == "U0ALICE" for text in [message.text]] == [
        "Paused: a channel that you subscribed is archived",
        "Resumed: a channel that you subscribed is told again",
    ]
    assert [deed.what for deed in world.store.deeds("C0GONE")] == ["subscribed", "paused", "resumed"]


def test_a_paused_channel_that_takes_a_message_again_is_resumed(world: World, clock: SetClock) -> None:
    pausing.pause(world.store, "C0BACK", "left", pausing.OURSELVES, clock())
    queue(world, "one", channel="C0BACK")
    world.deliverer()
    assert world.store.channel("C0BACK").paused == ""


def test_a_person_who_cannot_be_reached_is_not_told_so_in_vain(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to U0ALICE")
    follow(world, EVERYTHING, "U0ALICE")
    world.slack.refuses["U0ALICE"] = PostFailed("user_not_found", permanent=True)
    later(world, clock, MOVED)
    assert world.store.channel("U0ALICE").paused == "unreachable"
    assert world.store.outbox().queued == 0


# --- settings that cannot be read -------------------------------------------------------------------------------------


def test_a_zone_that_this_machine_does_not_know_holds_up_nobody(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, "C1")
    follow(world, EVERYTHING, "C2")
    settle(world, "C1", zone="Europe/Kyivv")
    clock.now = at(8, 9)
    later(world, clock, MOVED)
    assert world.daily()[0] == 3
    world.deliverer()
    assert {channel for channel, _, key in world.slack.sent if key.startswith("alert:")} == {ALERTS, "C1", "C2"}


# --- nothing is lost in a pause ---------------------------------------------------------------------------------------


def a_digest_that_a_pause_keeps(world: World, clock: SetClock) -> None:
    """A digest of a move was made, and its channel had just been archived."""
    follow(world, EVERYTHING, delivery="daily")
    world.daily(clock().date())
    world.deliverer()
    clock.now += timedelta(days=1)
    later(world, clock, MOVED)
    world.slack.refuses[ALERTS] = PostFailed("is_archived", permanent=True)
    world.daily(clock().date())
    world.deliverer()
    world.slack.refuses.clear()


def test_a_digest_that_a_pause_kept_from_being_sent_is_sent_once_when_it_ends(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0ALERTS")
    a_digest_that_a_pause_keeps(world, clock)
    for _ in range(2):
        pausing.resume(world.store, ALERTS, "U0BOB", clock())
        world.deliverer()
    assert [("go-live moves" in text) for text in world.slack.texts("digest:")] == [False, True]
    assert world.store.outbox().failed == 0


def test_a_digest_that_a_pause_kept_from_being_sent_for_days_is_left_to_the_next_one(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0ALERTS")
    a_digest_that_a_pause_keeps(world, clock)
    clock.now += timedelta(days=9)
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    assert len(world.slack.texts("digest:")) == 1
    world.daily(clock().date())
    world.deliverer()
    assert [("go-live moves" in text) for text in world.slack.texts("digest:")] == [False, True]
    assert [one.error for one in world.store.entries(["skipped"], 9)] == ["the next digest tells it"]


@pytest.mark.parametrize(("now", "told"), [(BEFORE, [False]), (FURTHER, [True])])
def test_an_alert_that_waited_in_a_pause_is_not_sent_when_what_it_tells_has_changed_again(
    world: World, clock: SetClock, expected_warnings: list[str], now: str, told: list[bool]
) -> None:
    expected_warnings.append("not delivered to C0ALERTS")
    follow(world, EVERYTHING)
    world.daily(clock().date())
    world.deliverer()
    world.slack.refuses[ALERTS] = PostFailed("is_archived", permanent=True)
    later(world, clock, MOVED)
    clock.now += timedelta(days=2)
    later(world, clock, now)
    world.slack.refuses.clear()
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    assert keys(world, "alert:") == []
    clock.now += timedelta(days=1)
    world.daily(clock().date())
    world.deliverer()
    assert [
        "moves from 4 November 2021 to 5 December 2021" in text for text in world.slack.texts("digest:")[1:]
    ] == told


def test_a_countdown_that_a_pause_kept_from_being_sent_is_out_of_date_when_it_ends(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0ALERTS")
    follow(world, EVERYTHING)
    clock.now = datetime(2021, 10, 5, 9, tzinfo=UTC)
    world.slack.refuses[ALERTS] = PostFailed("is_archived", permanent=True)
    assert world.daily()[1] == 1
    world.deliverer()
    world.slack.refuses.clear()
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    assert keys(world, "countdown:") == []


def test_a_channel_whose_digest_is_off_is_not_promised_what_changed_in_its_pause_with_a_digest(
    world: World, clock: SetClock
) -> None:
    follow(world, EVERYTHING)
    settle(world, quiet_from=None, digest="off")
    pausing.pause(world.store, ALERTS, "archived", "U0BOB", clock())
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    said = read(world.slack.sent[-1][1])
    assert "next digest" not in said
    assert "so is, once, what would have come at once during the pause" in said


def test_where_the_digest_is_off_neither_an_alert_that_waited_in_a_pause_nor_what_takes_it_back_is_sent(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0ALERTS")
    follow(world, EVERYTHING)
    settle(world, quiet_from=None, digest="off")
    world.slack.refuses[ALERTS] = PostFailed("is_archived", permanent=True)
    later(world, clock, MOVED)
    clock.now += timedelta(days=2)
    later(world, clock, BEFORE)
    world.slack.refuses.clear()
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    assert keys(world, "alert:") == keys(world, "missed:") == []


def test_where_the_digest_is_off_an_alert_that_waited_in_a_pause_is_sent_once(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0ALERTS")
    follow(world, EVERYTHING)
    settle(world, quiet_from=None, digest="off")
    world.slack.refuses[ALERTS] = PostFailed("is_archived", permanent=True)
    later(world, clock, MOVED)
    world.slack.refuses.clear()
    clock.now += timedelta(days=2)
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    assert len(keys(world, "alert:")) == 1
    assert keys(world, "missed:") == []


def test_where_the_digest_is_off_what_takes_an_alert_back_that_waited_since_before_the_pause_is_not_told(
    world: World, clock: SetClock
) -> None:
    follow(world, EVERYTHING)
    settle(world, quiet_from=None, digest="off")
    clock.now += timedelta(hours=2)
    world.web.pages[URL] = MOVED
    world.poll()
    clock.now += timedelta(hours=1)
    pausing.pause(world.store, ALERTS, "archived", "U0BOB", clock())
    clock.now += timedelta(days=2)
    later(world, clock, BEFORE)
    pausing.resume(world.store, ALERTS, "U0BOB", clock())
    world.deliverer()
    assert keys(world, "alert:") == keys(world, "missed:") == []


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ((MOVED, FURTHER), ["November 2021 SEC Release: go-live moves from 4 November 2021 to 5 December 2021"]),
        ((MOVED, BEFORE), []),
    ],
)
def test_a_channel_whose_digest_is_off_is_told_net_and_once_what_it_would_have_been_told_in_its_pause(
    world: World, clock: SetClock, pages: tuple[str, ...], told: list[str]
) -> None:
    follow(world, EVERYTHING)
    settle(world, quiet_from=None, digest="off")
    pausing.pause(world.store, ALERTS, "archived", "U0BOB", clock())
    for page in pages:
        clock.now += timedelta(days=2)
        later(world, clock, page)
    for _ in range(2):
        pausing.resume(world.store, ALERTS, "U0BOB", clock())
        world.deliverer()
    assert [message.text for channel, message, _ in world.slack.sent if channel == ALERTS][1:] == told


@pytest.mark.parametrize(("asked_in", "question"), [("U0BOB", "settings"), ("C0ANY", "subscribe MP138 for me")])
def test_a_paused_person_who_asks_something_is_told_again_and_that_is_said(
    world: World, clock: SetClock, expected_warnings: list[str], asked_in: str, question: str
) -> None:
    expected_warnings.append("not delivered to U0BOB")
    follow(world, "release:2021-11", "U0BOB")
    world.slack.refuses["U0BOB"] = PostFailed("messages_tab_disabled", permanent=True)
    later(world, clock, MOVED)
    assert world.store.channel("U0BOB").paused == "unreachable"
    world.slack.refuses.clear()
    reply = answer(question, store=world.store, now=clock(), zone=LONDON, user="U0BOB", channel=asked_in)
    assert "You were paused" in read(Renderer(LONDON).reply(reply))
    world.deliverer()
    assert [key for channel, _, key in world.slack.sent if channel == "U0BOB"] == keys(world, "alert:U0BOB") != []
    assert world.store.channel("U0BOB").paused == ""


# --- what is not wanted any more -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["mute november 2021 7d", "mute rule november 2021 7d", "unsubscribe november 2021", "mute everything 1d"],
)
def test_what_was_muted_or_unsubscribed_while_it_waited_is_not_sent(
    world: World, clock: SetClock, question: str
) -> None:
    follow(world, "release:2021-11")
    follow(world, "modification:MP001")
    settle(world, weighty_passes=False)
    later(world, clock, MOVED)
    answer(question, store=world.store, now=clock(), zone=LONDON, user="U0ALICE", channel=ALERTS)
    assert sent_at(world, clock, at(6, 8)) == [0]
    assert world.store.outbox().queued == world.store.outbox().failed == 0


def test_a_digest_that_waited_is_not_sent_to_a_channel_that_wants_none_any_more(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    follow(world, EVERYTHING, delivery="daily")
    world.slack.fails = [PostFailed("ratelimited", retry_after=600)]
    assert world.daily()[0] == 1
    world.deliverer()
    settle(world, quiet_from=None, digest="off")
    assert sent_at(world, clock, clock() + timedelta(hours=1)) == [0]


def test_a_digest_held_by_quiet_hours_tells_nothing_that_was_taken_back_meanwhile(
    world: World, clock: SetClock
) -> None:
    follow(world, EVERYTHING, delivery="daily")
    settle(world, quiet_until=time(9))
    clock.now = at(6, 8)
    later(world, clock, MOVED, timedelta(minutes=10))
    clock.now = at(6, 8, 31)
    assert world.daily()[0] == 0
    later(world, clock, release_page(ROWS, nonce="as it was"), timedelta(minutes=14))
    clock.now = at(6, 9, 1)
    assert world.daily()[0] == 1
    world.deliverer()
    assert "go-live moves" not in world.slack.texts("digest:")[-1]
    assert world.slack.texts("digest:")[-1:] != []


def test_a_digest_whose_time_lies_in_the_quiet_of_a_weekend_comes_on_monday(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, delivery="daily")
    settle(world, days=(0, 1, 2, 3, 4), quiet_days=(5, 6), digest_at=time(20))
    for moment in (at(5, 20, 30), at(6, 12), at(7, 23), at(8, 7, 59)):
        clock.now = moment
        assert world.daily()[0] == 0
    clock.now = at(8, 8, 1)
    assert world.daily()[0] == 1
