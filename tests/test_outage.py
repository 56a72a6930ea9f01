"""An outage of the database: said once, past the outbox that can't be written; and that it is over, in the same place."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.pipeline.outage import Outage
from bot.ports import Overtaken, PostFailed, StillDown, StoreError
from bot.render import Renderer
from bot.schedule import guarded
from bot.terminal import as_text
from tests.conftest import SetClock
from tests.world import LONDON, FakeSlack

FULL = StoreError(
    "The database secbot.db can't grow: the disk is full; free some space, then secbot goes on by itself."
)


class Job:
    """A job that fails as long as there is something that it fails for."""

    def __init__(self) -> None:
        self.error: Exception | None = FULL

    def __call__(self) -> None:
        if self.error:
            raise self.error


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()


@pytest.fixture
def outage(slack: FakeSlack, clock: SetClock) -> Outage:
    return Outage(slack, Renderer(LONDON), clock, "C0OPS")


def minutes(clock: SetClock, *jobs: Callable[[], object], count: int = 5) -> None:
    """Run jobs once a minute."""
    for _ in range(count):
        for name, job in zip("ab", jobs, strict=False):
            guarded(name, job)
        clock.now += timedelta(minutes=1)


def test_an_outage_is_told_once_and_its_end_where_it_was_told(
    outage: Outage, slack: FakeSlack, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("a: The database secbot.db can't grow")
    job = Job()
    minutes(clock, outage.watched("a", job))
    job.error = None
    minutes(clock, outage.watched("a", job))
    [(channel, message, _)], [(_, ts, over)] = slack.sent, slack.edited
    assert (channel, ts) == ("C0OPS", "1")
    assert "the disk is full" in repr(message.blocks)
    assert over.text.startswith("Over:")
    assert re.search(r"From 1 Mar\w* 2021, 09:00.* until 1 Mar\w* 2021, 09:05", as_text(over))


def test_it_is_logged_once_a_job_however_often_it_is_tried(
    outage: Outage, clock: SetClock, caplog: pytest.LogCaptureFixture, expected_warnings: list[str]
) -> None:
    expected_warnings.append("The database secbot.db can't grow")
    minutes(clock, outage.watched("a", Job()), outage.watched("b", Job()))
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 2


def test_it_is_over_only_when_each_job_that_failed_goes_well(
    outage: Outage, slack: FakeSlack, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("can't grow")
    one, other = Job(), Job()
    minutes(clock, outage.watched("a", one), outage.watched("b", other))
    one.error = None
    minutes(clock, outage.watched("a", one), outage.watched("b", other))
    assert (len(slack.sent), len(slack.edited)) == (1, 0)
    other.error = None
    minutes(clock, outage.watched("b", other))
    assert len(slack.edited) == 1


def test_a_hiccup_of_less_than_a_minute_is_not_told(
    outage: Outage, slack: FakeSlack, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("can't grow")
    job = Job()
    guarded("a", outage.watched("a", job))
    job.error = None
    minutes(clock, outage.watched("a", job))
    job.error = FULL
    guarded("a", outage.watched("a", job))
    assert slack.sent == []


@pytest.mark.parametrize(("failure", "told"), [(PostFailed("timeout", unknown=True), 1), (PostFailed("busy"), 1)])
def test_where_slack_fails_too_it_is_told_later_and_never_twice(
    outage: Outage, slack: FakeSlack, clock: SetClock, failure: PostFailed, told: int, expected_warnings: list[str]
) -> None:
    expected_warnings += ["can't grow", "the operators are not told"]
    slack.loses_answers, slack.fails = failure.unknown, [failure]
    minutes(clock, outage.watched("a", Job()))
    assert len(slack.sent) == told


def test_who_was_overtaken_is_in_no_outage(outage: Outage) -> None:
    job = Job()
    job.error = Overtaken("read by another secbot meanwhile")
    for _ in range(2):
        with pytest.raises(Overtaken):
            outage.watched("a", job)()
    assert outage.failing == set()


def test_what_is_known_already_is_raised_as_such(outage: Outage) -> None:
    run = outage.watched("a", Job())
    with pytest.raises(StoreError) as first:
        run()
    with pytest.raises(StillDown):
        run()
    assert not isinstance(first.value, StillDown)
