"""A worker's own watchdog: what makes no headway is seen, said once, and turns readiness red."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

import pytest

from bot.app import App, assemble
from bot.metrics import UNCOUNTED
from bot.observed import ObservedPoster
from bot.ports import Heard, Message, Posted, PostFailed, Store
from bot.settings import load
from bot.slack import health
from bot.vitals import LONGEST, TOKEN_REFUSED, Vitals
from tests.conftest import SetClock
from tests.world import FakeSlack, FakeWeb

HELLO = Message("hello")


@pytest.fixture
def seconds() -> list[float]:
    """What the monotonic clock of a test shows, in its one place."""
    return [0.0]


@pytest.fixture
def vitals(seconds: list[float]) -> Vitals:
    return Vitals(now=lambda: seconds[0])


@pytest.mark.parametrize("job", LONGEST)
def test_a_job_without_headway_for_too_long_is_late(vitals: Vitals, seconds: list[float], job: str) -> None:
    seconds[0] = LONGEST[job]
    assert job not in vitals.late()
    seconds[0] += 1
    assert f"{job} has made no headway for" in vitals.working()
    vitals.beat(job)
    assert job not in vitals.late()


def test_a_pass_that_fails_is_no_headway_and_one_that_ends_well_is(vitals: Vitals, seconds: list[float]) -> None:
    seconds[0] = LONGEST["poll"] + 1

    def fails() -> None:
        raise ValueError("bad")

    with pytest.raises(ValueError, match="bad"):
        vitals.watched("poll", fails)()
    assert "poll" in vitals.late()
    vitals.watched("poll", lambda: None)()
    assert "poll" not in vitals.late()


def test_what_is_late_is_said_once_and_that_it_goes_on_once(
    vitals: Vitals, seconds: list[float], expected_warnings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_warnings.append("no headway")
    caplog.set_level(logging.INFO)
    seconds[0] = LONGEST["deliver"] + 1
    for _ in range(5):
        vitals.look()
    vitals.beat("deliver")
    vitals.look()
    vitals.look()
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


@pytest.mark.fault(20)
@pytest.mark.parametrize("error", sorted(TOKEN_REFUSED))
def test_a_token_that_slack_refuses_is_red_until_slack_takes_one(vitals: Vitals, error: str) -> None:
    slack = FakeSlack(fails=[PostFailed(error, permanent=True, everywhere=True)])
    poster = ObservedPoster(slack, UNCOUNTED, vitals)
    with pytest.raises(PostFailed):
        poster.post("C1", HELLO, "one")
    assert f"Slack refuses the token ({error})" in vitals.slack()
    assert vitals.working() == ""
    poster.post("C1", HELLO, "one")
    assert vitals.slack() == ""


def test_a_token_that_is_refused_while_looking_for_a_message_is_red_too(vitals: Vitals, clock: SetClock) -> None:
    class Refusing(FakeSlack):
        def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
            raise PostFailed("token_revoked", permanent=True, everywhere=True)

    with pytest.raises(PostFailed):
        ObservedPoster(Refusing(), UNCOUNTED, vitals).find("C1", "one", clock())
    assert "token_revoked" in vitals.slack()


def test_a_token_that_is_refused_while_it_is_heard_what_a_channel_holds_is_red_too(
    vitals: Vitals, clock: SetClock
) -> None:
    class Refusing(FakeSlack):
        def heard(self, channel: str, since: datetime, until: datetime, *, below: str = "") -> list[Heard]:
            raise PostFailed("token_revoked", permanent=True, everywhere=True)

    with pytest.raises(PostFailed):
        ObservedPoster(Refusing(), UNCOUNTED, vitals).heard("C1", clock(), clock())
    assert "token_revoked" in vitals.slack()


@pytest.mark.parametrize("error", ["channel_not_found", "ratelimited", "No answer from Slack in time"])
def test_another_refusal_says_nothing_of_the_token(vitals: Vitals, error: str) -> None:
    vitals.slack_refused(error)
    assert vitals.slack() == ""


@pytest.fixture
def app(store: Store, clock: SetClock) -> App:
    return assemble(load({}), store, fetch=FakeWeb(clock), poster=FakeSlack(), clock=clock, sources=list)


def wrong(checks: dict[str, Callable[[], str]]) -> list[str]:
    return [name for name, check in checks.items() if check()]


def test_a_worker_is_ready_while_its_jobs_go_on_and_a_web_process_has_none(app: App, seconds: list[float]) -> None:
    app.vitals = Vitals(now=lambda: seconds[0])
    assert wrong(app.checks(work=True)) == []
    seconds[0] = 10_000.0
    assert wrong(app.checks(work=True)) == ["work"]
    assert app.checks(work=False) == {}
    for name, (_, job) in app.timetable().jobs.items():
        assert name in {*LONGEST, "lead", "watchdog", "heartbeat"}
        job()
    assert wrong(app.checks(work=True)) == []


def test_each_job_of_the_timetable_is_watched(app: App) -> None:
    assert set(app.timetable().jobs) == {*LONGEST, "lead", "watchdog", "heartbeat"}


def test_a_database_of_another_schema_is_not_ready(store: Store, database: str) -> None:
    import sqlite3

    assert health.database(store) == ""
    with sqlite3.connect(database.removeprefix("sqlite:///")) as other:
        other.execute("UPDATE alembic_version SET version_num = '0001'")
    other.close()
    assert "secbot migrate" in health.database(store)
