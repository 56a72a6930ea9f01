"""What waited is told by the rules, mutes and settings of when it is sent, and says what is so then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Message, Store
from handlers import answer
from tests.conftest import SetClock
from tests.storing import database  # noqa: F401
from tests.test_cards import URL, approved, later
from tests.world import LONDON, ROWS, FakeSlack, FakeWeb, World, release_page, release_source

HERE = "C0HERE"
MOVED = release_page(ROWS, go_live="29 November 2021")
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
    """Why messages were left unsent."""
    return [one.error for one in world.store.entries(["skipped"])]


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
