"""When a channel's digest comes: each decision is a pure one of its settings, a date and what was sent before.

A date is the channel's local one. What is due is asked of the present, never remembered: a run that was missed is made
up for, or what it would have told is told by the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.channel import Channel, moment, wakes
from bot.domain.follow import Subscription

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONGEST_HELD = 14
"""Days for which quiet can hold a digest: more than there are days off in a row."""
LATE = timedelta(hours=1)
"""So long after its time a digest is still sent that its own day does not see: one of 23:59, at 00:01."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a channel gets its digests: its settings, its zone and time of day, and whether all that it follows is told
    weekly.
    """

    channel: Channel
    zone: ZoneInfo
    at: time
    weekly_alone: bool = False

    def moment(self, on: date) -> datetime:
        """Return when the digest of a date is due, in UTC."""
        return moment(on, self.at, self.zone)

    def due(self, on: date) -> datetime:
        """Return when the digest of a date is made: at its time, or when the quiet ends that this lies in. What is
        taken back in between is in no digest.
        """
        at = self.moment(on)
        return wakes(self.channel, at, self.zone, weighty=False) or at

    def due_on(self, now: datetime) -> date | None:
        """Return the date whose digest is due, since not long ago or on this very day; None for none, or in quiet."""
        if wakes(self.channel, now, self.zone, weighty=False):
            return None
        today = self.today(now)
        for on in (today - DAY * n for n in range(LONGEST_HELD)):
            due = self.due(on)
            if due <= now and (on == today or self.channel.is_day(on)):
                return on if now - due < LATE or self.today(due) == today else None
        return None

    def today(self, now: datetime) -> date:
        """Return the channel's date at a moment."""
        return now.astimezone(self.zone).date()

    def latest(self, now: datetime) -> date | None:
        """Return the date whose time of day for digests came last, not long ago or on this very day; None for none."""
        today = self.today(now)
        if self.moment(today) <= now:
            return today
        return today - DAY if now - self.moment(today - DAY) < LATE else None

    def comes(self, on: date, last: date | None, last_weekly: date | None) -> bool:
        """Whether there is a digest of a date that has none yet; `last`: the date of the one before, `last_weekly`: of
        the weekly one before. None for one that is not after the last.
        """
        if self.channel.digest == "off" or (last is not None and last >= on):
            return False
        if self.weekly_alone or self.channel.digest == "weekly":
            return self.tells_weekly(on, last_weekly)
        return self.channel.is_day(on)

    def tells_weekly(self, on: date, last_weekly: date | None) -> bool:
        """Whether a date's digest tells what is told weekly: that of the channel's weekday; of the next day where that
        is one on which it does not want to hear, or where the week's digest, after that of the week before, was missed.
        """
        begin = on - DAY * ((on.weekday() - self.channel.weekly_day) % 7)
        before = [begin + DAY * n for n in range((on - begin).days)]
        if not self.channel.is_day(on) or (before and last_weekly is not None and last_weekly >= begin):
            return False
        missed = last_weekly is not None and last_weekly >= begin - WEEK
        return missed or not any(map(self.channel.is_day, before))

    def next(self, now: datetime, last: date | None, last_weekly: date | None) -> date | None:
        """Return the date of the next digest, that of today too where it is due and not sent; None where it is off."""
        today = self.today(now)
        days = (today + DAY * n for n in range(366))
        return next((on for on in days if self.comes(on, last, last_weekly)), None)


def rhythm(channel: Channel, rules: Iterable[Subscription], bots_zone: ZoneInfo, bots_at: time) -> Rhythm:
    """Return how a channel with these rules gets its digests."""
    deliveries = {one.delivery for one in rules}
    return Rhythm(channel, channel.local(bots_zone), channel.digest_at or bots_at, deliveries == {"weekly"})
