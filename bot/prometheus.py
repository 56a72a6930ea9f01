"""Figures for Prometheus: counters and times of this process, and what the database holds when it is asked.

The registry is this object's own, so that two of them (two tests, two secbots in one process) count apart. To add a
figure of the database, add a family to `Kept.collect`.
"""

from __future__ import annotations

import platform
import re
from collections import Counter as Count
from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.domain.changes import kinds
from bot.metrics import AnswerOutcome, PollOutcome, ReadingState, RunOutcome
from bot.ports import Clock, Health, Store, StoreError

CONTENT_TYPE = CONTENT_TYPE_LATEST
TROUBLES = ("missing", "http", "timeout", "network", "refused", "too_large", "busy", "fault")
DAY = timedelta(days=1)
FETCH_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60)
"""Up to the deadline of a page."""
PASS_SECONDS = (0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900)
POST_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
"""Up to the time that Slack has for an answer."""
ANSWER_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Slack gives up on a command after three seconds."""


class PrometheusMetrics:
    """Counts (`bot.metrics.Metrics`), and tells what it counted."""

    def __init__(self) -> None:
        """Begin at nothing; what can be counted is there from the start, so that the first of a kind is a rise."""
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        build = Info("secbot_build", "Which secbot runs, on which Python.", registry=registry)
        build.info({"version": _version(), "python": platform.python_version()})
        self._polls = Counter(
            "secbot_polls", "Sources asked, by what came: unchanged, page or trouble.", ["outcome"], registry=registry
        )
        self._troubles = Counter(
            "secbot_poll_troubles", "Sources that gave no page, by why.", ["kind"], registry=registry
        )
        self._readings = Counter(
            "secbot_readings", "Pages read, by whether they could be believed.", ["state"], registry=registry
        )
        self._doubts = Counter(
            "secbot_reading_doubts", "Doubts about pages read, grave or light, by reason.", ["reason"],
            registry=registry,
        )  # fmt: skip
        self._changes = Counter("secbot_changes", "Changes found and stored, by kind.", ["kind"], registry=registry)
        self._errors = Counter(
            "secbot_slack_errors", "Messages and edits that Slack did not take, by its error code.", ["code"],
            registry=registry,
        )  # fmt: skip
        self._reopened = Counter(
            "secbot_socket_reopened", "Connections of Socket Mode that were open and deaf, and replaced.",
            registry=registry,
        )  # fmt: skip
        self._fetches = Histogram(
            "secbot_fetch_seconds", "How long a request to a site took with its redirects, whatever came of it.",
            buckets=FETCH_SECONDS, registry=registry,
        )  # fmt: skip
        self._passes = Histogram(
            "secbot_pass_seconds", "How long a pass of a job (poll, deliver, daily) took, good or failed.",
            ["job", "outcome"], buckets=PASS_SECONDS, registry=registry,
        )  # fmt: skip
        self._posts = Histogram(
            "secbot_post_seconds", "How long Slack took for a message or an edit, whether it took it or not.",
            buckets=POST_SECONDS, registry=registry,
        )  # fmt: skip
        self._answers = Histogram(
            "secbot_answer_seconds", "How long a person who asked in Slack waited for secbot, by what they got.",
            ["outcome"], buckets=ANSWER_SECONDS, registry=registry,
        )  # fmt: skip
        self._begin()

    def _begin(self) -> None:
        for outcome in get_args(PollOutcome):
            self._polls.labels(outcome)
        for trouble in TROUBLES:
            self._troubles.labels(trouble)
        for state in get_args(ReadingState):
            self._readings.labels(state)
        for kind in kinds():
            self._changes.labels(kind.KIND)
        for outcome in get_args(AnswerOutcome):
            self._answers.labels(outcome)

    # --- counting ---

    def polled(self, outcome: PollOutcome, trouble: str = "") -> None:
        """See `Metrics.polled`."""
        self._polls.labels(outcome).inc()
        if outcome == "trouble":
            self._troubles.labels(trouble if trouble in TROUBLES else "other").inc()

    def fetched(self, seconds: float) -> None:
        """See `Metrics.fetched`."""
        self._fetches.observe(seconds)

    def read(self, state: ReadingState, doubts: Iterable[str]) -> None:
        """See `Metrics.read`."""
        self._readings.labels(state).inc()
        for reason in doubts:
            self._doubts.labels(reason).inc()

    def changed(self, kinds: Iterable[str]) -> None:
        """See `Metrics.changed`."""
        for kind in kinds:
            self._changes.labels(kind).inc()

    def ran(self, job: str, outcome: RunOutcome, seconds: float) -> None:
        """See `Metrics.ran`."""
        self._passes.labels(job, outcome).observe(seconds)

    def posted(self, seconds: float) -> None:
        """See `Metrics.posted`."""
        self._posts.observe(seconds)

    def refused(self, seconds: float, error: str) -> None:
        """See `Metrics.refused`."""
        self._posts.observe(seconds)
        self._errors.labels(code_of(error)).inc()

    def answered(self, outcome: AnswerOutcome, seconds: float) -> None:
        """See `Metrics.answered`."""
        self._answers.labels(outcome).observe(seconds)

    def reopened(self) -> None:
        """See `Metrics.reopened`."""
        self._reopened.inc()

    # --- telling ---

    def text(self, store: Store, clock: Clock) -> bytes:
        """Return all figures as Prometheus reads them, with those of the database as it is now."""
        scrape = CollectorRegistry()
        scrape.register(Kept(store, clock))
        return generate_latest(self.registry) + generate_latest(scrape)


class Kept(Collector):
    """What the database holds."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Tell of a store; `clock` says how long its messages have waited."""
        self._store = store
        self._clock = clock

    def describe(self) -> Iterable[Metric]:
        """Return nothing: to be registered must not cost a look into the database."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; of a database that can't be asked only that it can't."""
        up = GaugeMetricFamily("secbot_database_up", "Whether the database answers.")
        try:
            found = [self._sources(), *self._outbox()]
        except StoreError:
            found = []
        up.add_metric([], 1 if found else 0)
        yield from (up, *found)

    def _sources(self) -> Metric:
        family = GaugeMetricFamily("secbot_sources", "Watched pages by health.", labels=["health"])
        health = Count(watch.health for watch in self._store.watches())
        for name in get_args(Health):
            family.add_metric([name], health[name])
        return family

    def _outbox(self) -> Iterator[Metric]:
        now = self._clock()
        kept = self._store.outbox(since=now - DAY)
        family = GaugeMetricFamily(
            "secbot_outbox",
            "Messages by state; of those that were sent the ones of the last 24 hours.",
            labels=["state"],
        )
        for state in ("queued", "sending", "sent", "ambiguous", "failed"):
            family.add_metric([state], getattr(kept, state))
        yield family
        waits = (now - kept.oldest_at).total_seconds() if kept.oldest_at else 0.0
        yield GaugeMetricFamily(
            "secbot_outbox_oldest_seconds", "How long the oldest message has waited.", max(waits, 0.0)
        )


def code_of(error: str) -> str:
    """Return Slack's code of an error ("missing_scope" of "missing_scope (chat:write)"); of words of ours "other",
    so that there are never more codes than Slack has.
    """
    word = error.partition(" (")[0]
    return word if re.fullmatch(r"[a-z][a-z0-9_]{1,49}", word) else "other"


def _version() -> str:
    try:
        return version("secbot")
    except PackageNotFoundError:
        return "0"
