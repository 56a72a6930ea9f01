"""Delivery: what becomes of a message when Slack takes it, refuses it, or leaves us guessing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.pipeline.deliver import BATCH, FIRST_RETRY, LEASE_SECONDS, LONGEST_RETRY, Deliverer
from bot.pipeline.threads import told_in
from bot.ports import Message, Outgoing, Posted, PostFailed, Store
from bot.render import Renderer
from tests.conftest import SetClock
from tests.storing import database  # noqa: F401
from tests.world import LONDON, FakeSlack, FakeWeb, World


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    return World(store, clock, FakeWeb(clock), FakeSlack())


def queue(world: World, *names: str, channel: str = "C0ALERTS") -> None:
    world.store.enqueue([card(name, channel) for name in names], world.clock())


def cards(*channels: str) -> list[Outgoing]:
    return [card("one", channel) for channel in channels]


def card(name: str, channel: str) -> Outgoing:
    facts = {
        "source": "",
        "url": "https://sec.example/",
        "heading": "",
        "about": "",
        "claims": 1,
        "read_at": "2021-03-01T09:00:00+00:00",
    }
    nothing = {"go_live": "", "in_scope": 0, "documents": 0, "version": "", "items": 0}
    payload = {**facts, "source": name, "heading": name, "summary": nothing}
    return Outgoing(f"card:{channel}:{name}", channel, "card", payload, "it follows everything")


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
    rendered = world.deliverer.rendered(leased.message, told_in(world.store, leased.message))
    world.slack.post(leased.message.channel, rendered, leased.message.key)
    world.deliverer()
    clock.now += timedelta(minutes=2)
    world.deliverer()
    assert len(world.slack.sent) == 1
    assert world.store.outbox().sent == 1


def test_a_message_that_cannot_be_rendered_fails_alone_and_is_told_once(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings += ["a fault of ours with poison", "not delivered to C0ALERTS"]
    world.store.enqueue([Outgoing("poison", "C0ALERTS", "no such kind", {}), *cards("C1", "C2")], clock())
    queue(world, "after it")
    for _ in range(3):
        world.deliverer()
        clock.now += timedelta(minutes=20)
    sent = [channel for channel, _, _ in world.slack.sent]
    assert sorted(sent) == ["C0ALERTS", "C0OPS", "C1", "C2"]
    [failure] = world.store.outbox().failures
    [(_, message, _)] = [one for one in world.slack.sent if one[0] == "C0OPS"]
    assert failure.partition(": ")[2] in str(message.blocks)
    assert "secbot deliver --failed" in str(message.blocks)


def test_an_unforeseen_error_while_posting_fails_that_message_and_it_is_looked_for_before_it_is_sent_again(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings += ["a fault of ours", "not delivered to C1"]
    world.store.enqueue(cards("C1", "C2"), clock())
    world.slack.loses_answers = True
    world.slack.fails = [RecursionError("too deep")]  # type: ignore[list-item]
    done = world.deliverer()
    assert (done.failed, world.store.outbox().failures) == (1, ("C1: RecursionError: too deep",))
    world.store.resend(clock())
    assert world.deliverer().found == 1
    assert [channel for channel, _, _ in world.slack.sent] == ["C1", "C2", "C0OPS"]


def test_whatever_ends_a_batch_its_untried_rest_is_handed_back(world: World, clock: SetClock) -> None:
    world.store.enqueue(cards("C1", "C2", "C3"), clock())

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.deliverer(stop)
    assert (world.store.outbox().sent, world.store.outbox().queued) == (1, 2)
    world.deliverer()
    assert [channel for channel, _, _ in world.slack.sent] == ["C1", "C2", "C3"]


class Slow:
    """A Slack that takes so long for a post that another worker comes by meanwhile."""

    def __init__(self, world: World, clock: SetClock, seconds: float) -> None:
        self.world, self.clock, self.seconds = world, clock, seconds

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        at = self.world.slack.post(channel, message, key, below=below, broadcast=broadcast)
        self.clock.now += timedelta(seconds=self.seconds)
        self.world.deliverer()
        return at

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        return self.world.slack.find(channel, key, since, below=below)

    def edit(self, place: str, ts: str, message: Message) -> None:
        self.world.slack.edit(place, ts, message)


@pytest.mark.parametrize("seconds", [15, LEASE_SECONDS / 2, LEASE_SECONDS + 1])
def test_two_workers_send_each_message_once_however_slow_posts_are(
    world: World, clock: SetClock, seconds: float
) -> None:
    world.store.enqueue(cards(*(f"C{n}" for n in range(BATCH))), clock())
    Deliverer(world.store, Slow(world, clock, seconds), Renderer(LONDON), clock, "C0OPS")()
    sent = [channel for channel, _, _ in world.slack.sent]
    assert (len(sent), len(set(sent))) == (BATCH, BATCH)
    assert world.store.outbox().sent == BATCH


def test_a_token_that_is_refused_everywhere_is_tried_less_and_less(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    world.store.enqueue(cards(*(f"C{n}" for n in range(10))), clock())
    revoked = [PostFailed("token_revoked", permanent=True, everywhere=True) for _ in range(100)]
    world.slack.fails = list(revoked)  # type: ignore[arg-type]
    deliver, tries = world.deliverer, []
    for _ in range(3600 // 2):
        clock.now += timedelta(seconds=2)
        deliver()
        tries.append(len(revoked) - len(world.slack.fails))
    assert (tries[29], tries[-1]) == (4, 11)
    world.slack.fails = []
    clock.now += LONGEST_RETRY
    deliver()
    assert len(world.slack.sent) == 10


def test_after_a_success_delivery_waits_shortly_again(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    deliver = world.deliverer
    for name in ("one", "two"):
        queue(world, name)
        world.slack.fails = [PostFailed("no connection", everywhere=True)]
        assert deliver().waiting == 1
        clock.now += FIRST_RETRY
        assert deliver().sent == 1


def test_a_429_lets_nobody_post_anywhere_until_slack_s_time_is_over(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    """Retry-After is obeyed by whoever else delivers from the same database, too."""
    expected_warnings.append("delivery to C1 waits")
    world.store.enqueue(cards("C1", "C2", "C3"), clock())
    world.slack.fails = [PostFailed("ratelimited", retry_after=30)]
    world.deliverer()
    for _ in range(29):
        clock.now += timedelta(seconds=1)
        world.deliverer()  # another process: it heard no 429 itself
    assert world.slack.sent == []
    clock.now += timedelta(seconds=1)
    world.deliverer()
    assert [channel for channel, _, _ in world.slack.sent] == ["C1", "C2", "C3"]


def test_a_channel_is_told_one_message_a_second_and_others_do_not_wait_for_it(world: World, clock: SetClock) -> None:
    queue(world, "one", "two", "three")
    queue(world, "one", channel="C0OTHER")
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.now += timedelta(seconds=seconds)

    began, at = clock.now, []
    post = world.slack.post

    def noted(channel: str, *given: object, **named: object) -> Posted:
        at.append((channel, (clock.now - began).total_seconds()))
        return post(channel, *given, **named)  # type: ignore[arg-type]

    world.slack.post = noted  # type: ignore[method-assign,assignment]
    deliverer = world.deliverer
    deliverer.apart = 1.0
    done = deliverer.through(sleep)
    assert at == [("C0ALERTS", 0), ("C0OTHER", 0), ("C0ALERTS", 1), ("C0ALERTS", 2)]
    assert (done.sent, sum(waits)) == (4, 2)


def test_without_the_right_to_look_what_may_have_been_sent_is_ambiguous_told_once_and_kept(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings += ["delivery to C1 waits", "not delivered to C1"]
    world.store.enqueue(cards("C1"), clock())
    world.slack.loses_answers = True
    world.slack.fails = [PostFailed("timeout", unknown=True)]
    world.deliverer()
    clock.now += timedelta(minutes=1)

    def find(*_: object, **__: object) -> None:
        raise PostFailed("may have been sent, and can't look: missing_scope", permanent=True, unknown=True)

    world.slack.find = find  # type: ignore[method-assign,assignment]
    world.deliverer()
    world.deliverer()
    assert (world.store.outbox().ambiguous, world.store.outbox().failed) == (1, 0)
    assert [channel for channel, _, _ in world.slack.sent] == ["C1", "C0OPS"]
