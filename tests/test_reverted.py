"""What is taken back within a day: who was told of it hears that it does not hold, and nobody else hears of either."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.changes import Change, Told
from bot.domain.follow import EVERYTHING, Mute
from bot.domain.net import net
from bot.domain.undone import undone
from bot.domain.vocabulary import Weight
from bot.ports import Message, PostFailed, Store
from tests.conftest import SetClock
from tests.limits import faults, read
from tests.storing import database_beside as database  # noqa: F401
from tests.test_cards import ALERTS, MP138, RELEASE, URL, card_now, follow, keys, later, ts_of
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source

MOVED = release_page(ROWS, go_live="11 November 2021")
BEFORE = release_page(ROWS, nonce="as it was")


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    return world


def reply(world: World) -> Message:
    [message] = [message for _, message, key in world.slack.sent if key.startswith("reverted:")]
    return message


def edited(world: World, key: str) -> Message:
    """What stands in the place of a message now."""
    return [message for _, ts, message in world.slack.edited if ts == ts_of(world, key)][-1]


# --- who was told of it ----------------------------------------------------------------------------------------------


def test_what_told_it_says_on_top_that_it_is_reverted_and_keeps_its_sentence(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    later(world, clock, MOVED)
    later(world, clock, BEFORE)
    [alert] = keys(world, "alert:")
    now = edited(world, alert)
    top = "Reverted 1 Mar 2021, 11:00 GMT: November 2021 SEC Release: go-live moves from 11 November 2021 to 4 November 2021"
    assert now.text.split("\n") == [
        top,
        "November 2021 SEC Release: go-live moves from 4 November 2021 to 11 November 2021",
    ]
    assert "What was told before, and no longer holds:\n*November 2021 SEC Release: go-live moves from 4" in read(now)
    assert faults(now) == []


def test_the_reply_that_it_is_reverted_stands_in_the_same_thread_and_is_shown_as_the_first_was(
    world: World, clock: SetClock
) -> None:
    world.poll_and_deliver()
    later(world, clock, MOVED)
    assert len(later(world, clock, BEFORE)) == 1
    [key] = keys(world, "reverted:")
    assert (world.slack.below[key], key in world.slack.broadcast) == ("1", True)
    assert (
        "That takes back what was told 1 Mar 2021, 10:00 GMT: November 2021 SEC Release: go-live moves from 4"
        in read(reply(world))
    )
    assert card_now(world).text == reply(world).text
    assert faults(reply(world)) == []


def test_an_alert_by_itself_is_edited_and_answered_where_people_look(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, layout="flat")
    world.poll_and_deliver()
    later(world, clock, MOVED)
    later(world, clock, BEFORE)
    [alert], [key] = keys(world, "alert:"), keys(world, "reverted:")
    assert (world.slack.below[key], key in world.slack.broadcast) == (ts_of(world, alert), True)
    assert edited(world, alert).text.startswith("Reverted 1 Mar 2021, 11:00 GMT")


def test_a_card_that_told_it_shows_the_end_of_it(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP138")
    world.poll_and_deliver()
    later(world, clock, release_page([*ROWS, MP138]))
    later(world, clock, BEFORE)
    later(world, clock, BEFORE, timedelta(minutes=5))
    [alert], [key] = keys(world, "alert:"), keys(world, "reverted:")
    assert world.slack.below[key] == ts_of(world, alert)
    now = card_now(world, "modification:MP138")
    assert now.text.startswith("Reverted 1 Mar 2021, 11:05 GMT: MP138 ")
    assert now.text.endswith(" leaves the November 2021 SEC Release")
    assert "no longer in scope" in read(now)


def test_of_several_changes_the_one_that_was_taken_back_is_named(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, layout="flat")
    world.poll_and_deliver()
    later(world, clock, release_page([*ROWS, MP138], go_live="11 November 2021"))
    later(world, clock, release_page([*ROWS, MP138]))
    [alert] = keys(world, "alert:")
    shown = read(edited(world, alert)).split("\n")
    assert "What was told before; what is marked as reverted no longer holds:" in shown
    assert [line.endswith("(reverted)*") for line in shown if line.startswith("*")] == [True, False]


# --- who was not -----------------------------------------------------------------------------------------------------


def test_a_channel_that_was_not_told_of_it_hears_of_neither(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    later(world, clock, MOVED)
    follow(world, EVERYTHING, "C0LATER")
    follow(world, EVERYTHING)
    later(world, clock, BEFORE)
    assert [channel for channel, _, _ in world.slack.sent if channel == "C0LATER"] == []
    assert len(keys(world, "reverted:")) == 1


def test_a_channel_whose_digest_told_of_it_is_told_that_it_is_not_so(world: World, clock: SetClock) -> None:
    follow(world, EVERYTHING, "C0DIGEST", delivery="daily")
    world.poll_and_deliver()
    later(world, clock, MOVED)
    world.daily(date(2021, 3, 1))
    world.store.unsubscribe("C0DIGEST", EVERYTHING, "U0ALICE", clock())
    follow(world, EVERYTHING, "C0DIGEST")
    later(world, clock, BEFORE)
    [text] = [m.text for channel, m, key in world.slack.sent if channel == "C0DIGEST" and key.startswith("alert:")]
    assert text.startswith("November 2021 SEC Release: go-live moves from 11 November 2021 to 4 November 2021")


def test_who_muted_it_since_gets_no_message_and_what_stands_there_is_true_all_the_same(
    world: World, clock: SetClock
) -> None:
    world.poll_and_deliver()
    later(world, clock, MOVED)
    world.store.mute(Mute(ALERTS, EVERYTHING, clock() + timedelta(days=7), "U0ALICE", clock()))
    assert later(world, clock, BEFORE) == []
    [alert] = keys(world, "alert:")
    assert edited(world, alert).text.startswith("Reverted")


def test_what_was_taken_back_before_it_could_be_sent_is_never_sent(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    world.poll_and_deliver()
    world.slack.fails = [PostFailed("ratelimited", retry_after=7200)]
    later(world, clock, MOVED)
    later(world, clock, BEFORE)
    clock.now += timedelta(hours=3)
    world.deliverer()
    assert [key.partition(":")[0] for key in keys(world)] == ["card"]
    assert (world.store.outbox().queued, world.store.outbox().failed) == (0, 0)


# --- what is news all the same ---------------------------------------------------------------------------------------


def test_what_is_so_again_after_it_was_taken_back_is_news(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    later(world, clock, MOVED)
    later(world, clock, BEFORE)
    later(world, clock, release_page(ROWS, go_live="11 November 2021", nonce="again"))
    assert len(keys(world, "alert:")) == 2
    assert card_now(world).text.startswith("November 2021 SEC Release: go-live moves from 4 November 2021 to 11")


def test_what_is_taken_back_after_more_than_a_day_is_news(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    later(world, clock, MOVED)
    later(world, clock, BEFORE, timedelta(hours=25))
    assert (len(keys(world, "alert:")), keys(world, "reverted:")) == (2, [])


def scope(id_: str, hours: float, kind: str, before: str | None, after: str | None, **more: str) -> Told:
    change = Change(kind, RELEASE, "in_scope", before, after, Weight.WEIGHTY, (RELEASE, "modification:MP138"))
    at = datetime(2021, 3, 1, 9, 0, tzinfo=UTC) + timedelta(hours=hours)
    return Told(id_, change, "november-2021", URL, at, int(hours * 10), **more)


def test_into_a_scope_and_out_of_it_again_is_nothing() -> None:
    into = scope("a", 0, "scope_added", None, "MP138")
    out = scope("b", 3, "scope_removed", "MP138", None)
    again = scope("c", 5, "scope_added", None, "MP138")
    assert undone([into, out, again]) == {"a": out}


def test_what_another_modification_does_takes_nothing_back() -> None:
    into = scope("a", 0, "scope_added", None, "MP138")
    assert undone([into, scope("b", 3, "scope_removed", "MP129", None)]) == {}


def test_what_was_known_already_takes_nothing_back() -> None:
    into = scope("a", 0, "scope_added", None, "MP138")
    assert undone([into, scope("b", 3, "scope_removed", "MP138", None, known_from="news")]) == {}


def walk(steps: list[tuple[int, int]]) -> list[Told]:
    """A go-live that goes from day to day, so many hours after the step before."""
    found, hours, day = [], 0, 1
    for number, (to, after) in enumerate(steps):
        hours += after
        if to == day:
            continue
        before, there = f"2021-11-{day:02d}", f"2021-11-{to:02d}"
        change = Change("go_live_moved", RELEASE, "go_live", before, there, Weight.WEIGHTY, (RELEASE,))
        at = datetime(2021, 3, 1, 9, 0, tzinfo=UTC) + timedelta(hours=hours)
        found.append(Told(f"c{number}", change, "november-2021", URL, at, number))
        day = to
    return found


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 30)), max_size=12))
def test_whatever_a_page_says_in_turn_what_is_left_when_all_that_was_taken_back_is_left_out_is_the_same_in_the_end(
    steps: list[tuple[int, int]],
) -> None:
    told = walk(steps)
    pairs = undone(told)
    gone = {*pairs, *(later.id for later in pairs.values())}
    ends = [
        [(one.change.before, one.change.after) for one in net(some)]
        for some in (told, [one for one in told if one.id not in gone])
    ]
    assert ends[0] == ends[1]
    assert len(gone) == 2 * len(pairs)
    assert all(net([one, pairs[one.id]]) == [] for one in told if one.id in pairs)


@pytest.mark.fault(15)
def test_what_goes_to_and_fro_for_days_is_news_its_end_and_unstable_from_then_on(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    for number in range(8):
        page = BEFORE if number % 2 else release_page(ROWS, go_live="11 November 2021", nonce=str(number))
        later(world, clock, page, timedelta(hours=20))
    assert [key.partition(":")[0] for key in keys(world)] == ["card", "alert", "reverted", "alert"]


def test_what_goes_to_and_fro_at_more_than_a_days_distance_is_news_each_time(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    for number in range(6):
        page = BEFORE if number % 2 else release_page(ROWS, go_live="11 November 2021", nonce=str(number))
        later(world, clock, page, timedelta(hours=25))
    assert [key.partition(":")[0] for key in keys(world)] == ["card", *["alert"] * 6]


def test_who_follows_decisions_is_told_of_one_that_is_taken_back_after_more_than_a_day(
    world: World, clock: SetClock
) -> None:
    world.poll_and_deliver()
    follow(world, "kind:decisions", channel="C0BOARD")
    approved = [(id_, title, "Approved" if id_ == "MP129" else status) for id_, title, status in ROWS]
    later(world, clock, release_page(approved))
    later(world, clock, BEFORE, timedelta(days=2))
    told = [message for channel, message, _ in world.slack.sent if channel == "C0BOARD"]
    assert [message.text for message in told] == [
        "MP129 ‘Allocation of Devices’: Targeted → Approved",
        "MP129 ‘Allocation of Devices’: Approved → Targeted",
    ]
    assert "It is no longer said to be approved." in read(told[1])
