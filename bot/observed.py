"""A Poster that is watched: how long Slack takes, which errors it gives, whether it still takes our token."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.metrics import Metrics
from bot.ports import Heard, Message, Posted, Poster, PostFailed
from bot.vitals import Vitals

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ObservedPoster:
    """Posts by another Poster."""

    poster: Poster
    metrics: Metrics
    vitals: Vitals

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        """See `Poster.post`."""
        at = self._timed(lambda: self.poster.post(channel, message, key, below=below, broadcast=broadcast))
        log.info("sent to %s as %s", channel, at.ts)
        return at

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        """See `Poster.find`."""
        return self._looked(lambda: self.poster.find(channel, key, since, below=below))

    def heard(self, channel: str, since: datetime, until: datetime, *, below: str = "") -> Sequence[Heard]:
        """See `Poster.heard`."""
        return self._looked(lambda: self.poster.heard(channel, since, until, below=below))

    def edit(self, place: str, ts: str, message: Message) -> None:
        """See `Poster.edit`."""
        self._timed(lambda: self.poster.edit(place, ts, message))
        log.info("edited in %s: %s", place, ts)

    def _looked(self, do: Callable[[], T]) -> T:
        try:
            return do()
        except PostFailed as failure:
            self.vitals.slack_refused(failure.error)
            raise

    def _timed(self, do: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            done = do()
        except PostFailed as failure:
            self.metrics.refused(time.monotonic() - begun, failure.error)
            self.vitals.slack_refused(failure.error)
            raise
        self.metrics.posted(time.monotonic() - begun)
        self.vitals.slack_took()
        return done
