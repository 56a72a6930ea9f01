"""How a channel or a person wants to be told: the digest, quiet hours, threads, who may change that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import calendar

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WORKING_WEEK = (0, 1, 2, 3, 4)
DIGESTS = ("daily", "weekly", "off")
PAUSES = ("archived", "left", "unreachable")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel ("C…", "G…") or a person ("U…") with its settings; None and empty mean the bot's own.

    `digest`: one of `DIGESTS`, at `digest_at` (local time) on `days` (0 is Monday; weekly: on the first of them), and
    not on bank holidays with `holidays_off`. From `quiet_from` until `quiet_until` (local times, over midnight where
    the first is the later) nothing is delivered, nor, with `quiet_days_off`, on the days that are not `days` and on
    those holidays; weighty news pass with `weighty_passes`. `layout`: see `follow.LAYOUTS`. `managers`: the only people
    who may change anything; empty: everybody. `paused`: one of `PAUSES`, empty: it is told.
    """

    id: str
    name: str = ""
    digest: str = "daily"
    digest_at: time | None = None
    days: tuple[int, ...] = EVERY_DAY
    holidays_off: bool = False
    zone: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    quiet_days_off: bool = False
    weighty_passes: bool = True
    layout: str = "both"
    managers: tuple[str, ...] = ()
    paused: str = ""

    @property
    def personal(self) -> bool:
        """Whether it is a person's own."""
        return is_person(self.id)

    def may_change(self, user: str) -> bool:
        """Whether a person may change its settings and subscriptions."""
        return not self.managers or user in self.managers or (self.personal and user == self.id)

    def local(self, bots: ZoneInfo) -> ZoneInfo:
        """Return its time zone, the bot's where it has none of its own."""
        return ZoneInfo(self.zone) if self.zone else bots

    def is_day(self, on: date) -> bool:
        """Whether it is a day on which it wants to hear."""
        return on.weekday() in self.days and not (self.holidays_off and calendar.is_bank_holiday(on))


def is_person(id_: str) -> bool:
    """Whether an id is a person's."""
    return id_.startswith(("U", "W"))


def wakes(channel: Channel, now: datetime, bots: ZoneInfo, *, weighty: bool) -> datetime | None:
    """Return when a channel's quiet hours end that a moment lies in; None: it can be told now."""
    if weighty and channel.weighty_passes:
        return None
    zone, at = channel.local(bots), now
    for _ in range(60):
        end = _end_of_quiet(channel, at.astimezone(zone))
        if end is None:
            return None if at == now else at
        at = end.astimezone(now.tzinfo)
    return at


def _end_of_quiet(channel: Channel, local: datetime) -> datetime | None:
    """Return when the quiet ends that a local moment lies in: the day off, or the hours; None where it is not quiet."""
    on = local.date()
    if channel.quiet_days_off and not channel.is_day(on):
        return datetime.combine(on + timedelta(days=1), time(), local.tzinfo)
    begin, end = channel.quiet_from, channel.quiet_until
    if begin is None or end is None or begin == end:
        return None
    clock = local.time().replace(tzinfo=None)
    if begin < end:
        return datetime.combine(on, end, local.tzinfo) if begin <= clock < end else None
    if clock >= begin:
        return datetime.combine(on + timedelta(days=1), end, local.tzinfo)
    return datetime.combine(on, end, local.tzinfo) if clock < end else None
