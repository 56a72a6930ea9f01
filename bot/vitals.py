"""Whether the work goes on: when each job last made headway, and whether Slack takes our token.

Seconds are those of a monotonic clock, which neither jumps with the wall clock nor counts the time that a machine is
suspended: who wakes up is not late.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from bot.metrics import UNCOUNTED, Metrics

log = logging.getLogger(__name__)

LONGEST = {"poll": 600.0, "deliver": 300.0, "daily": 600.0}
"""Seconds in which each job must make headway (a page settled, a message sent, a pass ended well): the paces of
`bot.schedule` ten times and more, with room for one page and one post that take as long as they may."""

STUCK = "{} has made no headway for {:.0f} minutes: look into the log; restarting loses nothing"
TOKEN_REFUSED = frozenset(
    {"account_inactive", "invalid_auth", "invalid_token", "not_authed", "token_expired", "token_revoked"}
)
"""What Slack answers to a token that it takes no more."""


class Vitals:
    """What a worker knows of its own life; any thread may tell it."""

    def __init__(
        self,
        longest: Mapping[str, float] = LONGEST,
        *,
        metrics: Metrics = UNCOUNTED,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin as if each job had just made headway; `longest` in seconds."""
        self._longest = longest
        self._metrics = metrics
        self._now = now
        self._beats = dict.fromkeys(longest, now())
        self._said: set[str] = set()
        self._refused = ""
        self._lock = threading.Lock()

    # --- what is told ---

    def beat(self, job: str) -> None:
        """A job made headway."""
        with self._lock:
            self._beats[job] = self._now()

    def watched(self, job: str, do: Callable[[], object]) -> Callable[[], object]:
        """Return a job that counts its passes, and tells when one ended well."""

        def run() -> object:
            begun = self._now()
            try:
                result = do()
            except BaseException:
                self._metrics.ran(job, "failed", self._now() - begun)
                raise
            self._metrics.ran(job, "good", self._now() - begun)
            self.beat(job)
            return result

        return run

    def slack_refused(self, error: str) -> None:
        """Slack did not take a message; that it takes our token no more is remembered until it takes one."""
        if error in TOKEN_REFUSED:
            self._refused = error

    def slack_took(self) -> None:
        """Slack took a message."""
        self._refused = ""

    # --- what is asked ---

    def late(self) -> dict[str, str]:
        """Return the jobs that made no headway for too long, each with words for it."""
        with self._lock:
            silent = {job: self._now() - beat for job, beat in self._beats.items()}
        return {job: STUCK.format(job, seconds / 60) for job, seconds in silent.items() if seconds > self._longest[job]}

    def working(self) -> str:
        """Return what is late, empty for nothing."""
        return "; ".join(self.late().values())

    def slack(self) -> str:
        """Return why Slack takes nothing, empty where it does."""
        if not self._refused:
            return ""
        return (
            f"Slack refuses the token ({self._refused}): install the app again and set SLACK_BOT_TOKEN; "
            "pages are still watched, and messages wait"
        )

    def look(self) -> None:
        """Log once of each job that is late, and once when it goes on."""
        late = self.late()
        for job, words in late.items():
            if job not in self._said:
                log.error("%s", words)
        for job in self._said - late.keys():
            log.info("%s goes on", job)
        self._said = set(late)
