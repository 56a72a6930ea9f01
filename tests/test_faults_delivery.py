"""What goes wrong on the way to Slack and between processes: nothing is lost, nothing comes twice."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.ports import Deposed, Message, Outgoing, Posted, PostFailed, Store
from tests.conftest import SetClock
from tests.storing import RELEASE, poll
from tests.test_deliver import card
from tests.world import FakeSlack, FakeWeb, World

POSTS = 1_000
CHANNELS = [f"C{n}" for n in range(20)]


class LossyChannels(FakeSlack):
    """Loses so many of its answers after it has stored the message; `history`: whether one may look."""

    def __init__(self, part: float, *, history: bool = True) -> None:
        super().__init__()
        self.part, self.history, self.lost, self.chance = part, history, 0, random.Random(1)

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        at = super().post(channel, message, key, below=below, broadcast=broadcast)
        if key.startswith("card:") and self.chance.random() < self.part:
            self.lost += 1
            raise PostFailed("no answer from Slack in time", unknown=True)
        return at

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        if not self.history:
            raise PostFailed("may have been sent, and can't look: missing_scope", permanent=True, unknown=True)
        return super().find(channel, key, since, below=below)

    def keys(self) -> Counter[str]:
        return Counter(key for _, _, key in self.sent)


def thousand() -> list[Outgoing]:
    return [card(f"{n:04d}", CHANNELS[n % len(CHANNELS)]) for n in range(POSTS)]


def deliver_all(world: World, clock: SetClock) -> None:
    """Deliver until nothing waits; what was put back has its turn in time."""
    deliverer = world.deliverer
    while world.store.outbox().oldest_at is not None:
        deliverer()
        clock.now += timedelta(minutes=1)


@pytest.mark.fault(2)
@pytest.mark.parametrize("posts", [200, pytest.param(POSTS, marks=pytest.mark.thorough)])
def test_of_hundreds_of_posts_whose_answers_are_lost_for_a_tenth_none_is_lost_and_none_comes_twice(
    store: Store, clock: SetClock, expected_warnings: list[str], posts: int
) -> None:
    expected_warnings.append("waits")
    slack = LossyChannels(0.1)
    world = World(store, clock, FakeWeb(clock), slack)
    queued = thousand()[:posts]
    store.enqueue(queued, clock())
    deliver_all(world, clock)
    assert slack.lost >= posts * 0.08
    assert slack.keys() == Counter(one.key for one in queued)
    for channel in CHANNELS:
        mine = [key for where, _, key in slack.sent if where == channel]
        assert mine == [one.key for one in queued if one.channel == channel]


@pytest.mark.fault(2)
def test_without_the_right_to_look_each_lost_answer_is_counted_as_ambiguous(
    store: Store, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings += ["waits", "not delivered"]
    slack = LossyChannels(0.1, history=False)
    world = World(store, clock, FakeWeb(clock), slack)
    store.enqueue(thousand()[:100], clock())
    deliver_all(world, clock)
    assert store.outbox().ambiguous == slack.lost > 0
    assert all(number == 1 for number in slack.keys().values())


@pytest.mark.fault(18)
def test_no_post_falls_into_a_time_for_which_slack_asked_and_none_is_lost(
    store: Store, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    closed_until, within, refused = clock(), 0, random.Random(2)
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    post = world.slack.post

    def now_and_then(channel: str, message: Message, key: str, **more: object) -> Posted:
        nonlocal closed_until, within
        within += clock() < closed_until
        if refused.random() < 0.1:
            closed_until = clock() + timedelta(seconds=7)
            raise PostFailed("ratelimited", retry_after=7)
        return post(channel, message, key, **more)  # type: ignore[arg-type]

    world.slack.post = now_and_then  # type: ignore[method-assign,assignment]
    queued = thousand()[:200]
    store.enqueue(queued, clock())
    deliverers = [world.deliverer, world.deliverer]  # two processes: one hears the 429, both obey
    while store.outbox().oldest_at is not None:
        for deliverer in deliverers:
            deliverer()
        clock.now += timedelta(seconds=1)
    assert within == 0
    for channel in CHANNELS:
        mine = [key for where, _, key in world.slack.sent if where == channel]
        assert mine == [one.key for one in queued if one.channel == channel]


@pytest.mark.fault(26)
def test_each_write_of_a_leader_that_was_stopped_and_woken_is_refused(store: Store, clock: SetClock) -> None:
    store.watch([RELEASE], clock())
    old = store.lead("watching", "one", clock(), 30)
    assert old is not None
    clock.now += timedelta(minutes=1)
    new = store.lead("watching", "other", clock(), 30)
    assert new is not None
    refused = 0
    for n in range(20):
        with pytest.raises(Deposed):
            store.under(old).record(poll(at=clock() + timedelta(minutes=n)))
        refused += 1
    assert (refused, store.captures()) == (20, [])
    store.under(new).record(poll(at=clock()))
    assert len(store.captures()) == 1
