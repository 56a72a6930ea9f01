"""The timetable: when each use case runs. It is code; what is due is in the database.

APScheduler only wakes us up. A late or missed wake-up loses nothing, because every job asks the database what is due by
now: its defaults (a job one second late vanishes, 01:30 comes twice when clocks go back) cannot hurt.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.ports import StoreError

log = logging.getLogger(__name__)

POLL_EVERY = timedelta(minutes=1)
LEAD_EVERY = timedelta(seconds=10)
DELIVER_EVERY = timedelta(seconds=1)
DAILY_EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class Timetable:
    """Runs jobs in the background until it is stopped; a job never runs beside itself."""

    jobs: dict[str, tuple[timedelta, Callable[[], object]]]
    scheduler: Any = field(default=None, init=False)

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
        at_once = datetime.now(UTC)
        for name, (every, job) in self.jobs.items():
            pace = {"seconds": every.total_seconds(), "next_run_time": at_once}
            self.scheduler.add_job(guarded, "interval", (name, job), id=name, **pace)
        self.scheduler.start()

    def __enter__(self) -> Timetable:
        """Begin."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End; the jobs in hand are finished first."""
        self.stop()

    def stop(self) -> None:
        """End; the jobs in hand are finished first."""
        if self.scheduler is not None:
            self.scheduler.shutdown(wait=True)
            self.scheduler = None


def guarded(name: str, job: Callable[[], object]) -> None:
    """Run a job; what goes wrong is logged and the next run tries again."""
    try:
        job()
    except StoreError as error:
        log.error("%s: %s", name, error)  # noqa: TRY400 - the message says what to do, a traceback does not
    except Exception:
        log.exception("%s failed; it will be tried again", name)
