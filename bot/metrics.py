"""What is counted while secbot works: the door through which the inside reports, and one behind which nobody counts.

`bot.prometheus` counts for `/metrics`; tests and one-off commands need none. Seconds are those of a monotonic clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

PollOutcome = Literal["unchanged", "page", "trouble"]
ReadingState = Literal["accepted", "quarantined"]
RunOutcome = Literal["good", "failed"]
AnswerOutcome = Literal["answered", "slow_down", "failed"]


class Metrics(Protocol):
    """Counts. Never raises, and is quick: it is called in the midst of work."""

    def polled(self, outcome: PollOutcome, trouble: str = "") -> None:
        """A source was asked; `trouble` is the kind of a `bot.ports.Trouble`."""

    def fetched(self, seconds: float) -> None:
        """A request to a site came to its end, with all its hops, whatever came of it."""

    def read(self, state: ReadingState, doubts: Iterable[str]) -> None:
        """A page was read; `doubts` are the reasons of its doubts, grave or not."""

    def changed(self, kinds: Iterable[str]) -> None:
        """Changes of these kinds were stored."""

    def ran(self, job: str, outcome: RunOutcome, seconds: float) -> None:
        """A job of the timetable ran to its end, or failed."""

    def posted(self, seconds: float) -> None:
        """Slack took a message or an edit."""

    def refused(self, seconds: float, error: str) -> None:
        """Slack did not take one; `error` is its error code, or words of our own."""

    def answered(self, outcome: AnswerOutcome, seconds: float) -> None:
        """A person who asked in Slack got a message back."""

    def reopened(self) -> None:
        """The connection of Socket Mode was open and deaf, so another was opened."""


class Uncounted:
    """Counts nothing."""

    def polled(self, outcome: PollOutcome, trouble: str = "") -> None:
        """See `Metrics.polled`."""

    def fetched(self, seconds: float) -> None:
        """See `Metrics.fetched`."""

    def read(self, state: ReadingState, doubts: Iterable[str]) -> None:
        """See `Metrics.read`."""

    def changed(self, kinds: Iterable[str]) -> None:
        """See `Metrics.changed`."""

    def ran(self, job: str, outcome: RunOutcome, seconds: float) -> None:
        """See `Metrics.ran`."""

    def posted(self, seconds: float) -> None:
        """See `Metrics.posted`."""

    def refused(self, seconds: float, error: str) -> None:
        """See `Metrics.refused`."""

    def answered(self, outcome: AnswerOutcome, seconds: float) -> None:
        """See `Metrics.answered`."""

    def reopened(self) -> None:
        """See `Metrics.reopened`."""


UNCOUNTED = Uncounted()
