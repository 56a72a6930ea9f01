"""Faults of Slack, each with the figure that it is accepted by: a channel that takes nothing, a token that is refused,
more to say than a message holds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.app import App, assemble
from bot.domain.channel import REFUSALS
from bot.domain.follow import EVERYTHING, Subscription
from bot.ports import Message, Posted, PostFailed, Store
from bot.schedule import guarded
from bot.settings import load
from tests import samples
from tests.conftest import SetClock
from tests.limits import faults, read
from tests.test_deliver import cards
from tests.test_render import ATTACKS, ONE_OF_EACH, alert, digest
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

URL = f"{SITE}/november-2021-sec-release/"
OTHERS = 20
"""Channels beside the one that takes nothing."""

# --- one channel takes nothing (19) ----------------------------------------------------------------------------------


@dataclass
class Counting(FakeSlack):
    """A Slack that counts what it is asked, and notes how much that was when it took each message."""

    asked: int = 0
    took_after: dict[str, int] = field(default_factory=dict)

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        self.asked += 1
        at = super().post(channel, message, key, below=below, broadcast=broadcast)
        self.took_after[channel] = self.asked
        return at


def sent_beside(store: Store, clock: SetClock, error: str) -> Counting:
    """Send a message to each of the others and to one that refuses it for that reason; empty for none."""
    slack = Counting()
    if error:
        slack.refuses["C0GONE"] = PostFailed(error, permanent=True)
    store.enqueue(cards("C0GONE", *(f"C{n}" for n in range(OTHERS))), clock())
    World(store, clock, FakeWeb(clock), slack).deliverer()
    return slack


@pytest.mark.fault(19)
@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel"])
def test_a_channel_that_takes_nothing_stops_alone_is_told_of_once_and_goes_on_when_it_can(
    store: Store, clock: SetClock, error: str, expected_warnings: list[str]
) -> None:
    assert error in REFUSALS
    expected_warnings.append("not delivered to C0GONE")
    slack = sent_beside(store, clock, error)
    others = [slack.took_after[f"C{n}"] for n in range(OTHERS)]
    # Without a refusal the last of them is the 21st that Slack is asked for: that of C0GONE counts there, too.
    assert max(others) <= 1.1 * (OTHERS + 1)
    assert list(slack.took_after)[-1] == "C0OPS"
    assert [channel for channel, _, _ in slack.sent].count("C0OPS") == 1
    slack.refuses.clear()
    world = World(store, clock, FakeWeb(clock), slack)
    store.resend(clock())
    world.deliverer()
    world.deliverer()
    assert [channel for channel, _, _ in slack.sent].count("C0GONE") == 1


# --- the token is refused (20) ---------------------------------------------------------------------------------------


@pytest.fixture
def app(store: Store, clock: SetClock) -> App:
    given = load({"SECBOT_CHANNEL": "C0ALERTS", "SECBOT_OPS_CHANNEL": "C0OPS"})
    web = FakeWeb(clock)
    return assemble(given, store, fetch=web, poster=FakeSlack(), clock=clock, sources=lambda: [release_source()])


def works(app: App, clock: SetClock, go_live: str) -> None:
    """Let the page say something new, and make a pass of each job two hours later."""
    clock.now += timedelta(hours=2)
    app.poller.fetch.pages[URL] = release_page(ROWS, go_live=go_live)  # type: ignore[attr-defined]
    for name, (_, job) in app.timetable().jobs.items():
        guarded(name, job)


@pytest.mark.fault(20)
@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth"])
def test_while_the_token_is_refused_pages_are_watched_health_is_red_and_nothing_is_lost(
    app: App, store: Store, clock: SetClock, error: str, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    slack: FakeSlack = app.deliverer.poster.poster  # type: ignore[attr-defined]
    store.subscribe(Subscription("C0OTHER", EVERYTHING, "U1", clock()))
    works(app, clock, "4 November 2021")
    before = len(slack.sent)
    refused = PostFailed(error, permanent=True, everywhere=True)
    slack.refuses = dict.fromkeys(("C0ALERTS", "C0OTHER", "C0OPS"), refused)
    for day in (11, 18, 25):
        works(app, clock, f"{day} November 2021")
    assert len(slack.sent) == before
    assert len(store.changes()) == 3
    assert error in app.checks(work=True)["Slack"]()
    assert store.outbox().failed == 0
    slack.refuses.clear()
    for _ in range(3):
        clock.now += timedelta(hours=1)
        app.deliver()
    keys = [key for _, _, key in slack.sent[before:]]
    told = {f"alert:{channel}:{change.id}" for channel in ("C0ALERTS", "C0OTHER") for change in store.changes()}
    assert told <= set(keys)
    assert len(keys) == len(set(keys))
    assert (app.checks(work=True)["Slack"](), store.outbox().queued) == ("", 0)


# --- more than a message holds (21) ----------------------------------------------------------------------------------


@pytest.mark.fault(21)
@pytest.mark.parametrize("changes", [1_000, pytest.param(10_000, marks=pytest.mark.thorough)])
def test_of_thousands_of_random_changes_no_payload_is_invalid_and_what_is_left_out_is_said(changes: int) -> None:
    draw = random.Random(21)
    left, wrong, cut = changes, [], 0
    while left:
        told = [grown(draw) for _ in range(min(left, draw.choice((1, 3, 30, 100, 400))))]
        left -= len(told)
        make = draw.choice((alert, alert, alert, lambda *changes: digest(samples.told(changes))))
        message = make(*told)
        wrong += faults(message)
        if len(told) >= 100:
            cut += 1
            assert " more" in read(message) or "left out" in read(message)
    assert wrong == []
    assert cut >= changes // 1_000


def grown(draw: random.Random) -> object:
    """Return a change of some kind, each text of it of some length, some of them hostile."""
    change = draw.choice(ONE_OF_EACH)
    words = draw.choice((*ATTACKS, "a word ", "é‘’&<> "))
    times = draw.choice((1, 1, 3, 30, 200))
    return samples.grown(replace(change), lambda text: f"{text} {words * times}"[: draw.choice((80, 400, 5000))])
