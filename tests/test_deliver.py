"""Delivery: what becomes of a message when Slack takes it, refuses it, or leaves us guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ports import Outgoing, PostFailed, Store
from tests.conftest import SetClock
from tests.world import FakeSlack, FakeWeb, World


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    return World(store, clock, FakeWeb(clock), FakeSlack())


def queue(world: World, *names: str, channel: str = "C0ALERTS") -> None:
    facts = {
        "source": "",
        "url": "https://sec.example/",
        "heading": "",
        "about": "",
        "claims": 1,
        "read_at": "2021-03-01T09:00:00+00:00",
    }
    nothing = {"go_live": "", "in_scope": 0, "documents": 0, "version": "", "items": 0}
    cards = [
        Outgoing(
            f"card:{channel}:{name}",
            channel,
            "card",
            {**facts, "source": name, "heading": name, "summary": nothing},
            "it follows everything",
        )
        for name in names
    ]
    world.store.enqueue(cards, world.clock())


def test_a_message_is_sent_once_however_often_delivery_runs(world: World) -> None:
    queue(world, "one")
    world.deliverer()
    world.deliverer()
    assert len(world.slack.sent) == 1
    assert world.store.outbox().sent == 1


def test_messages_of_a_channel_keep_their_order(world: World) -> None:
    queue(world, "one", "two", "three")
    world.deliverer()
    assert [key for _, _, key in world.slack.sent] == [f"card:C0ALERTS:{n}" for n in ("one", "two", "three")]


def test_a_refused_message_waits_as_long_as_slack_says_and_later_ones_with_it(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    queue(world, "one", "two")
    world.slack.fails = [PostFailed("ratelimited", retry_after=30)]
    world.deliverer()
    clock.now += timedelta(seconds=29)
    world.deliverer()
    assert world.slack.sent == []
    clock.now += timedelta(seconds=2)
    world.deliverer()
    assert [key[-3:] for _, _, key in world.slack.sent] == ["one", "two"]


def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    queue(world, "one")
    world.slack.loses_answers = True
    world.slack.fails = [PostFailed("timeout", unknown=True)]
    world.deliverer()
    clock.now += timedelta(minutes=1)
    done = world.deliverer()
    assert len(world.slack.sent) == 1
    assert done.found == 1
    assert world.store.outbox().sent == 1


def test_a_channel_that_is_gone_fails_alone_is_told_once_and_can_be_sent_again(
    world: World, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not delivered to C0GONE")
    queue(world, "lost", "lost too", channel="C0GONE")
    queue(world, "one")
    world.slack.refuses["C0GONE"] = PostFailed("channel_not_found", permanent=True)
    world.deliverer()
    told = [text for channel, message, _ in world.slack.sent if channel == "C0OPS" for text in [message.text]]
    assert len(told) == 1
    assert world.store.outbox().failed == 2
    world.slack.refuses.clear()
    world.store.resend(world.clock())
    world.deliverer()
    assert [key for channel, _, key in world.slack.sent if channel == "C0GONE"] == [
        "card:C0GONE:lost",
        "card:C0GONE:lost too",
    ]


def test_a_revoked_token_stops_delivery_and_loses_nothing(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    queue(world, "one")
    queue(world, "two", channel="C0OTHER")
    world.slack.fails = [PostFailed("token_revoked", permanent=True, everywhere=True)]
    world.deliverer()
    assert world.slack.sent == []
    clock.now += timedelta(hours=1)
    world.deliverer()
    assert len(world.slack.sent) == 2


def test_what_a_dead_process_had_leased_is_looked_for_when_its_lease_ends(world: World, clock: SetClock) -> None:
    queue(world, "one")
    leased = world.store.lease(clock(), 10, 60)[0]
    world.slack.post(leased.message.channel, world.deliverer.rendered(leased.message), leased.message.key)
    world.deliverer()
    clock.now += timedelta(minutes=2)
    world.deliverer()
    assert len(world.slack.sent) == 1
    assert world.store.outbox().sent == 1
