"""What waited is told by the rules, mutes and settings of when it is sent, and says what is so then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Message, PostFailed, Store
from bot.render import Renderer
from handlers import answer
from tests.conftest import SetClock
from tests.limits import faults, read
from tests.test_cards import URL, approved, buttons, later
from tests.world import LONDON, ROWS, FakeSlack, FakeWeb, World, release_page, release_source

HERE = "C0HERE"
MOVED = release_page(ROWS, go_live="29 November 2021")
RENEWED = "<h2>Release Implementation Document</h2><p>Last updated: 3 March 2021</p>"
CUT_OFF = "<p>MP077 will be included in this release if it is approved by 12 July 2021.</p>"
NIGHT = "quiet 18:00-08:00 also weighty"


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll_and_deliver()
    return world


def at(clock: SetClock, month: int, day: int, hour: int, minute: int = 0) -> None:
    clock.now = datetime(2021, month, day, hour, minute, tzinfo=UTC)


def say(world: World, *questions: str) -> None:
    for question in questions:
        answer(question, store=world.store, now=world.clock(), zone=LONDON, user="U0ALICE", channel=HERE)


def sent(world: World) -> list[Message]:
    """Deliver, and return what the channel was sent by this."""
    before = len(world.slack.sent)
    world.deliverer()
    return [message for channel, message, _ in world.slack.sent[before:] if channel == HERE]


def unsent(world: World) -> list[str]:
    """Why messages to the channel were left unsent."""
    return [one.error for one in world.store.entries(["skipped"]) if one.message.channel == HERE]


# --- alerts ----------------------------------------------------------------------------------------------------------


def test_what_was_muted_when_it_was_found_is_not_told_though_the_mute_has_ended_when_it_is_sent(
    world: World, clock: SetClock
) -> None:
    say(world, "subscribe november 2021", "subscribe decisions", NIGHT)
    at(clock, 3, 1, 18, 30)
    say(world, "mute rule decisions 12 hours")
    later(world, clock, release_page(approved("MP129")))
    say(world, "unsubscribe november 2021")
    at(clock, 3, 2, 8)
    assert sent(world) == []
    assert unsent(world) == ["it is not followed any more, or muted"]


def test_what_waited_names_the_rules_that_bring_it_when_it_is_sent_and_so_do_its_buttons(
    world: World, clock: SetClock
) -> None:
    say(world, "subscribe november 2021", "subscribe decisions", NIGHT)
    at(clock, 3, 1, 19)
    later(world, clock, release_page(approved("MP129")))
    say(world, "unsubscribe november 2021")
    at(clock, 3, 2, 8)
    [alert] = sent(world)
    assert "Why here: this channel follows decisions" in read(alert)
    assert "mute rule decisions 7d" in buttons(alert).values()
    [told] = world.store.changes()
    [telling] = world.store.tellings(HERE, told.id)
    assert (telling.message.why, telling.message.payload["rules"]) == (
        "this channel follows decisions",
        ["kind:decisions"],
    )


def test_a_change_that_was_muted_while_it_waited_is_not_kept_as_told_with_the_rest(
    world: World, clock: SetClock
) -> None:
    say(world, "subscribe november 2021", NIGHT)
    at(clock, 3, 1, 19)
    later(world, clock, release_page(approved("MP129"), go_live="29 November 2021"))
    say(world, "mute decisions 7d")
    at(clock, 3, 2, 8)
    [alert] = sent(world)
    assert "MP129" not in read(alert)
    told = {one.change.kind: world.store.tellings(HERE, one.id) for one in world.store.changes()}
    assert {kind: bool(tellings) for kind, tellings in told.items()} == {"decided": False, "go_live_moved": True}


def test_quiet_hours_are_not_passed_by_what_is_weighty_and_muted(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0HERE waits")
    say(world, "subscribe november 2021", "quiet 18:00-08:00")
    at(clock, 3, 1, 18)
    world.slack.fails = [PostFailed("no answer")]
    later(world, clock, release_page(approved("MP129"), more=RENEWED))
    say(world, "mute decisions 7d")
    at(clock, 3, 1, 20)
    assert sent(world) == []
    at(clock, 3, 2, 8)
    assert len(sent(world)) == 1


def test_an_alert_that_was_left_unsent_told_nothing_so_the_way_back_of_what_a_digest_told_is_news(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0HERE waits")
    say(world, "subscribe november 2021")
    world.slack.fails = [PostFailed("no answer")]
    later(world, clock, MOVED)
    clock.now += timedelta(minutes=1)
    say(world, "mute november 2021 1 hour")
    clock.now += timedelta(minutes=20)
    assert (sent(world), unsent(world)) == ([], ["it is not followed any more, or muted"])
    at(clock, 3, 2, 8, 30)
    world.daily()
    assert "go-live moves" in sent(world)[0].text
    later(world, clock, release_page(ROWS, nonce="as it was"), timedelta(minutes=30))
    told = [message.text for to, message, _ in world.slack.sent if to == HERE]
    assert told[1:] == ["November 2021 SEC Release: go-live moves from 29 November 2021 to 4 November 2021"]


# --- countdowns ------------------------------------------------------------------------------------------------------


def reminded(world: World, clock: SetClock, *days: tuple[int, int]) -> None:
    """Queue what is due on days (month, day) on which Slack takes nothing; the go-live is on Thursday 4 November."""
    say(world, "subscribe november 2021", "digest off")
    for month, day in days:
        at(clock, month, day, 9)
        world.daily()


def test_a_countdown_that_waited_says_how_many_days_are_left_when_it_is_sent(world: World, clock: SetClock) -> None:
    reminded(world, clock, (10, 21))
    at(clock, 10, 25, 9)
    [told] = sent(world)
    assert told.text.startswith("Go-live in 10 days (8 working days): November 2021 SEC Release, Thursday 4 November")
    assert faults(told) == []


def test_a_countdown_has_buttons_for_its_subject_its_reason_and_its_end(world: World, clock: SetClock) -> None:
    say(world, "subscribe go-live")
    at(clock, 10, 21, 9)
    world.daily()
    asked = buttons(next(one for one in sent(world) if one.text.startswith("Go-live in")))
    assert asked == {
        "November 2021 release": "release November 2021",
        "Why did I get this?": "why November 2021 and go-live",
        "Mute go-live 7 days": "mute rule go-live 7d",
    }
    reply = answer(
        asked["Why did I get this?"], store=world.store, now=clock(), zone=LONDON, user="U0ALICE", channel=HERE
    )
    assert "because this channel follows go-live dates" in read(Renderer(LONDON).reply(reply))


def test_a_countdown_is_not_sent_when_its_date_is_past(world: World, clock: SetClock) -> None:
    reminded(world, clock, (10, 28), (11, 3))
    at(clock, 11, 5, 9)
    assert sent(world) == []
    assert unsent(world) == ["its date is past"] * 2


def test_a_countdown_of_a_date_that_has_moved_is_not_sent(world: World, clock: SetClock) -> None:
    reminded(world, clock, (10, 28))
    world.web.pages[URL] = MOVED
    world.poll()
    assert [one.text[:34] for one in sent(world)] == ["November 2021 SEC Release: go-live"]
    assert unsent(world) == ["its date was moved or taken back, or the decision is taken"]


def test_a_cut_off_is_not_counted_down_to_once_the_decision_is_taken(world: World, clock: SetClock) -> None:
    world.web.pages[URL] = release_page(ROWS, more=CUT_OFF)
    world.poll()
    say(world, "subscribe MP077")
    at(clock, 7, 5, 9)
    world.daily()
    world.web.pages[URL] = release_page(approved("MP077"), more=CUT_OFF)
    world.poll()
    assert not any("decision cut-off in" in one.text.casefold() for one in sent(world))
    assert unsent(world) == ["its date was moved or taken back, or the decision is taken"]


def test_of_two_countdowns_to_one_date_that_wait_the_later_is_sent(world: World, clock: SetClock) -> None:
    reminded(world, clock, (10, 28), (11, 3))
    assert [one.text[:17] for one in sent(world)] == ["Go-live tomorrow:"]
    assert unsent(world) == ["a later reminder of the same date waits"]


# --- digests ---------------------------------------------------------------------------------------------------------


def composed(world: World, clock: SetClock, *rules: str) -> None:
    """Queue the digest of 2 March, which tells a decision and a move of go-live."""
    say(world, *rules)
    later(world, clock, release_page(approved("MP129"), go_live="29 November 2021"))
    at(clock, 3, 2, 9)
    world.daily()


def test_a_digest_that_waited_leaves_out_what_was_muted_meanwhile(world: World, clock: SetClock) -> None:
    composed(world, clock, "subscribe everything, daily")
    say(world, "mute decisions 7d")
    [digest] = sent(world)
    assert digest.text.startswith("SEC digest, Tuesday 2 March 2021: 1 change\n")
    assert "MP129" not in read(digest)


def test_a_digest_that_waited_tells_what_is_followed_now_and_says_so(world: World, clock: SetClock) -> None:
    composed(world, clock, "subscribe everything, daily", "subscribe MP129, daily", "subscribe SMETS, weekly")
    say(world, "unsubscribe everything", "subscribe MP129, except go-live, daily")
    [digest] = sent(world)
    assert "go-live" not in digest.text
    assert "Why here: this channel follows MP129" in read(digest)
    assert "Coming up" not in read(digest)


def test_a_digest_of_which_nothing_is_left_says_that_all_is_quiet(world: World, clock: SetClock) -> None:
    composed(world, clock, "subscribe november 2021, daily")
    say(world, "mute november 2021 7d")
    [digest] = sent(world)
    assert digest.text == "SEC digest, Tuesday 2 March 2021: all quiet"
    assert "Coming up" not in read(digest)
    assert faults(digest) == []


def test_a_digest_that_waited_counts_the_days_from_when_it_is_sent(world: World, clock: SetClock) -> None:
    say(world, "subscribe november 2021, daily")
    at(clock, 10, 27, 9)
    world.daily()
    at(clock, 10, 29, 9)
    [digest] = sent(world)
    assert "*Thursday 4 November 2021*, 4 working days left: go-live" in read(digest)
