"""The timetable: when each use case runs. It is code; what is due is in the database.

APScheduler only wakes us up. A late or missed wake-up loses nothing, because every job asks the database what is due by
now: its defaults (a job one second late vanishes, 01:30 comes twice when clocks go back) cannot hurt. It goes by the
clock on the wall, though, and when that is set back an hour nothing would run for an hour: a watchdog goes by another.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import trace
from bot.ports import StillDown, StoreError

log = logging.getLogger(__name__)

POLL_EVERY = timedelta(minutes=1)
LEAD_EVERY = timedelta(seconds=10)
DELIVER_EVERY = timedelta(seconds=1)
DAILY_EVERY = timedelta(minutes=1)
HEARTBEAT_EVERY = timedelta(seconds=10)
"""`Heartbeat` keeps the minute; looked at once a minute a tick a little early would leave out every other beat."""
WATCHED_EVERY = timedelta(seconds=5)
"""How often the clock is looked at."""
JUMP = 2.0
"""Seconds that the clock may be off what has passed; more is a clock that was set, or a machine that slept."""


def utc_now() -> datetime:
    """Return now."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Timetable:
    """Runs jobs in the background until it is stopped; a job never runs beside itself."""

    jobs: dict[str, tuple[timedelta, Callable[[], object]]]
    now: Callable[[], datetime] = utc_now
    watched_every: timedelta = WATCHED_EVERY
    scheduler: Any = field(default=None, init=False)
    _over: threading.Event = field(default_factory=threading.Event, init=False)
    _watchdog: threading.Thread | None = field(default=None, init=False)

    def start(self) -> None:
        """Begin; each job runs at once and then at its pace."""
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        self.scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(len(self.jobs))},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        # A poll that takes longer than its pace is usual on the first day, and no news.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        # No job is for once: APScheduler drops such a job after its run, and fails at it where it is stopped just then.
        at_once = self.now()
        for name, (every, job) in self.jobs.items():
            pace = {"seconds": every.total_seconds(), "next_run_time": at_once}
            self.scheduler.add_job(guarded, "interval", (name, job), id=name, **pace)
        self.scheduler.start()
        self._watchdog = threading.Thread(target=self._watch, name="timetable", daemon=True)
        self._watchdog.start()

    def _watch(self) -> None:
        """Begin all jobs anew where the clock went another way than time did."""
        ahead = self._ahead()
        while not self._over.wait(self.watched_every.total_seconds()):
            if abs(self._ahead() - ahead) > JUMP:
                ahead = self._ahead()
                log.info("the clock was set, or this machine slept: all jobs run now")
                for name in self.jobs:
                    self.scheduler.modify_job(name, next_run_time=self.now())

    def _ahead(self) -> float:
        """Return the seconds by which the clock is ahead of one that nobody sets."""
        return self.now().timestamp() - time.monotonic()

    def __enter__(self) -> Timetable:
        """Begin."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End; the jobs in hand are finished first."""
        self.stop()

    def stop(self) -> None:
        """End; the jobs in hand are finished first."""
        if self.scheduler is not None and self._watchdog is not None:
            self._over.set()
            self._watchdog.join()
            self.scheduler.shutdown(wait=True)
            self.scheduler = None


def guarded(name: str, job: Callable[[], object]) -> None:
    """Run a job; what goes wrong is logged and the next run tries again."""
    with trace.about(job=name, trace=trace.new()):
        try:
            job()
        except StillDown as error:
            log.debug("%s: %s", name, error)
        except StoreError as error:
            log.error("%s: %s", name, error)  # noqa: TRY400 - the message says what to do, a traceback does not
        except Exception:
            log.exception("%s failed; it will be tried again", name)
