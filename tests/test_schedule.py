"""The timetable: jobs begin at once, never beside themselves, and can be stopped at any moment."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from bot.ports import StoreError
from bot.schedule import Timetable, guarded

LONG = timedelta(hours=1)


def test_each_job_runs_at_once() -> None:
    ran = {name: threading.Event() for name in ("poll", "daily", "deliver")}
    with Timetable({name: (LONG, event.set) for name, event in ran.items()}):
        assert all(event.wait(5) for event in ran.values())


def test_a_job_never_runs_beside_itself() -> None:
    inside, most, again = 0, 0, threading.Event()
    turns = 0

    def job() -> None:
        nonlocal inside, most, turns
        inside, turns = inside + 1, turns + 1
        most = max(most, inside)
        again.wait(0.05)
        inside -= 1
        if turns >= 3:
            again.set()

    with Timetable({"job": (timedelta(milliseconds=10), job)}):
        assert again.wait(5)
    assert most == 1


def test_a_timetable_can_be_stopped_at_any_moment() -> None:
    # A thread of the timetable that fails is a warning, which fails the test.
    for _ in range(100):
        with Timetable({name: (LONG, lambda: None) for name in ("poll", "daily", "deliver")}):
            pass


def test_the_job_in_hand_is_finished_first() -> None:
    begun, done = threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        threading.Event().wait(0.05)
        done.set()

    with Timetable({"job": (LONG, job)}):
        assert begun.wait(5)
    assert done.is_set()


@pytest.mark.fault(17)
@pytest.mark.parametrize("hours", [-1, 1])
def test_jobs_go_on_when_the_clock_is_set_or_the_machine_has_slept(hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set back an hour, APScheduler by itself runs nothing for an hour, and goes on sleeping when it is set right."""
    set_by = [timedelta(0)]

    class SetWrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + set_by[0]

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", SetWrong)
    turns = threading.Semaphore(0)
    jobs = {"poll": (timedelta(milliseconds=20), turns.release)}
    with Timetable(jobs, lambda: SetWrong.now(UTC), timedelta(milliseconds=20)):
        for by in (timedelta(hours=hours), timedelta(0)):  # set wrong, and set right again
            assert turns.acquire(timeout=60)
            set_by[0] = by
            assert all(turns.acquire(timeout=60) for _ in range(20))


@pytest.mark.parametrize(
    ("error", "said"), [(StoreError("locked"), "poll: locked"), (ValueError("odd"), "poll failed; it will be tried")]
)
def test_what_goes_wrong_is_logged_and_the_next_run_tries_again(
    error: Exception, said: str, expected_warnings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_warnings.append(said)

    def job() -> None:
        raise error

    with caplog.at_level(logging.ERROR):
        guarded("poll", job)
    assert said in caplog.text
