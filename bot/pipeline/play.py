"""Play: what alerts, digests, countdowns and delivery would have done on a stage, moment by moment.

a page was read             → alerts
it is time for what is daily, a date was said or no more, or a to and fro rested for a day → daily
what was queued is due      → quiet then? → held until its channel wakes
                              └─ does it still say anything? → sent
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.changes import Told
from bot.domain.channel import wakes
from bot.domain.follow import Following
from bot.domain.undone import WITHIN, way
from bot.domain.vocabulary import Weight
from bot.pipeline import alerts, cards, settled, still_wanted, threads
from bot.pipeline.daily import Daily
from bot.pipeline.poll import Audience
from bot.pipeline.stage import Stage
from bot.pipeline.still_wanted import Unwanted
from bot.pipeline.window import Window
from bot.ports import Outgoing

DAY = timedelta(days=1)


class Rehearsing(Daily):
    """What is due once a day, with the changes that a digest tells and nothing else of what is written about them."""

    __slots__ = ()

    def composed(self, made: Window, net: Sequence[Told]) -> dict[str, object]:  # noqa: ARG002
        """Return the changes that a digest tells."""
        return {"net": tuple(net)}

    def title(self, subject: str) -> str:  # noqa: ARG002
        """Return no title."""
        return ""


@dataclass(slots=True)
class Play:
    """What happens on a stage until a moment. `zone`: the bot's, `at`: when digests come where a channel chose no
    time.
    """

    stage: Stage
    zone: ZoneInfo
    at: time
    until: datetime
    daily: Daily = field(init=False)
    following: Following = field(init=False)

    def __post_init__(self) -> None:
        """Let the stage's channel hear what is due once a day."""
        self.daily = Rehearsing(self.stage.store, self.stage.clock, self.zone, Audience(), self.at)
        self.following = Following(self.stage.rules)

    def __call__(self, found: Sequence[Told]) -> list[Outgoing]:
        """Return the messages that would have been sent by changes of this time, oldest first."""
        readings: dict[datetime, dict[tuple[str, str], list[Told]]] = {}
        for one in found:
            readings.setdefault(one.found_at, {}).setdefault((one.source, one.url), []).append(one)
        daily = set(self.times(found))
        sent: list[Outgoing] = []
        for moment in sorted(daily | readings.keys()):
            sent += self.delivered(moment - timedelta.resolution)
            self.stage.now = moment
            for told in readings.get(moment, {}).values():
                self.read(told)
            if moment in daily:
                self.daily()
            sent += self.delivered(moment)
        return [*sent, *self.delivered(self.until)]

    # --- what happens when ---

    def times(self, found: Sequence[Told]) -> Iterator[datetime]:
        """Yield when what is daily finds anything to do that it did not find before."""
        begin = self.stage.now
        return (one for one in {begin, *self._days(), *self._said(), *_rested(found)} if begin <= one <= self.until)

    def _days(self) -> Iterator[datetime]:
        """Yield when digests and countdowns are due."""
        (rhythm,) = self.daily.rhythms(self.following)
        on, last = rhythm.today(self.stage.now) - DAY, rhythm.today(self.until)
        while on <= last:
            yield from (rhythm.moment(on), rhythm.due(on))
            on += DAY

    def _said(self) -> Iterator[datetime]:
        """Yield when a date was said that comes near, and when it was said no more."""
        for one in self.stage.dates:
            yield one.stated_at
            if one.ended_at:
                yield one.ended_at

    # --- what it does ---

    def read(self, told: Sequence[Told]) -> None:
        """Queue what one reading changed, as polling does."""
        first, stage = told[0], self.stage
        reading = alerts.Reading(first.source, first.url, first.source, first.found_at)
        found = alerts.alerts(stage.store, self.following, told, reading)
        stage.show(told)
        stage.enqueue(found, stage.now)

    def delivered(self, until: datetime) -> Iterator[Outgoing]:
        """Yield what is sent until a moment, as delivery sends it."""
        while message := self.stage.next_due(until):
            told = threads.told_in(self.stage.store, message)
            if wakes_at := self._quiet_until(message, told):
                self.stage.put_off(message, wakes_at)
            elif self._sends(message, told):
                yield message

    def _quiet_until(self, message: Outgoing, told: Sequence[Told]) -> datetime | None:
        weighty = message.kind in cards.TELLING and any(one.change.weight >= Weight.WEIGHTY for one in told)
        return wakes(self.stage.channel(message.channel), self.stage.now, self.zone, weighty=weighty)

    def _sends(self, message: Outgoing, told: Sequence[Told]) -> bool:
        store, now = self.stage.store, self.stage.now
        today = now.astimezone(self.stage.channel(message.channel).local(self.zone)).date()
        found = still_wanted.Present(store, self.following, now, today).wanted(message, told)
        spot = threads.spot(store, message)
        if spot is None or isinstance(found, Unwanted) or threads.is_idle(store, message, found.told):
            self.stage.skip(message)
            return False
        self.stage.send(message, spot.below, first=spot.first)
        return True


def _rested(found: Iterable[Told]) -> Iterator[datetime]:
    """Yield when what went to and fro long enough to be told no more may have come to rest."""
    ways: dict[object, list[datetime]] = {}
    for one in found:
        ways.setdefault(way(one.change), []).append(one.found_at)
    for times in ways.values():
        for before, last, then in zip(
            times, times[settled.SHORTEST - 1 :], [*times[settled.SHORTEST :], None], strict=False
        ):
            if last - before <= WITHIN * (settled.SHORTEST - 1) and (then is None or then - last > WITHIN):
                yield last + WITHIN
