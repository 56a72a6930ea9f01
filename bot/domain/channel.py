"""How a channel or a person wants to be told: the digest, quiet hours, threads, who may change that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain import calendar

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WORKING_WEEK = (0, 1, 2, 3, 4)
DIGESTS = ("daily", "weekly", "off")
PAUSES = ("archived", "left", "unreachable")

REFUSALS: Mapping[str, str] = {
    "is_archived": "archived",
    "not_in_channel": "left",
    "channel_not_found": "unreachable",
    "channel_is_deleted": "unreachable",
    "user_not_found": "unreachable",
    "user_disabled": "unreachable",
    "user_not_visible": "unreachable",
    "cannot_dm_bot": "unreachable",
    "messages_tab_disabled": "unreachable",
}
"""Slack's answers to a post by which a channel or a person takes none any more, and what its pause is called."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel ("C…", "G…") or a person ("U…") with its settings; None and empty mean the bot's own.

    `digest`: one of `DIGESTS`, at `digest_at` (local time) on `days` (0 is Monday; weekly: on the one that stands
    first), and not on bank holidays with `holidays_off`. From `quiet_from` until `quiet_until` (local times, over
    midnight where the first is the later) nothing is delivered, nor on `quiet_days` and, with `quiet_holidays`, on bank
    holidays, which then have no digest either; weighty news pass with `weighty_passes`. `layout`: see
    `follow.LAYOUTS`. `managers`: the only people who may change anything; empty: everybody. `paused`: one of `PAUSES`,
    empty: it is told.
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
    quiet_days: tuple[int, ...] = ()
    quiet_holidays: bool = False
    weighty_passes: bool = True
    layout: str = "both"
    managers: tuple[str, ...] = ()
    paused: str = ""

    @property
    def personal(self) -> bool:
        """Whether it is a person's own."""
        return is_person(self.id)

    def may_change(self, user: str) -> bool:
        """Whether a person may change its settings and subscriptions: a person's own are theirs alone."""
        return user == self.id if self.personal else not self.managers or user in self.managers

    def local(self, bots: ZoneInfo) -> ZoneInfo:
        """Return its time zone, the bot's where it has none of its own or this machine does not know it."""
        try:
            return ZoneInfo(self.zone) if self.zone else bots
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return bots

    @property
    def weekly_day(self) -> int:
        """The weekday of its weekly digest."""
        return self.days[0] if self.days else EVERY_DAY[0]

    def is_day(self, on: date) -> bool:
        """Whether it is a day on which it wants a digest."""
        off = self.is_quiet_day(on) or (self.holidays_off and calendar.is_bank_holiday(on))
        return on.weekday() in (self.days or EVERY_DAY) and not off

    def is_quiet_day(self, on: date) -> bool:
        """Whether it is quiet all that day."""
        return on.weekday() in self.quiet_days or (self.quiet_holidays and calendar.is_bank_holiday(on))


def is_person(id_: str) -> bool:
    """Whether an id is a person's."""
    return id_.startswith(("U", "W"))


# --- quiet hours -----------------------------------------------------------------------------------------------------


def same_quiet(one: Channel, other: Channel) -> bool:
    """Whether two settings of a channel are quiet at the same times, for the same."""
    names = ("quiet_from", "quiet_until", "quiet_days", "quiet_holidays", "weighty_passes", "zone")
    return all(getattr(one, name) == getattr(other, name) for name in names)


LONGEST_QUIET = 500
"""Stretches of quiet that can follow one another; more than there are for any channel that has a day to hear on."""


def wakes(channel: Channel, now: datetime, bots: ZoneInfo, *, weighty: bool) -> datetime | None:
    """Return when a channel's quiet ends that a moment lies in, the first moment that does not; None: it can be told
    now.

    Quiet hours last from one moment to another, so a clock that is put back makes none of them begin anew.
    """
    if weighty and channel.weighty_passes:
        return None
    at, zone = now.astimezone(UTC), channel.local(bots)
    for _ in range(LONGEST_QUIET):
        end = max((end for begin, end in _quiet_near(channel, at, zone) if begin <= at < end), default=None)
        if end is None:
            break
        at = end
    return at.astimezone(now.tzinfo) if at > now else None


def _quiet_near(channel: Channel, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Yield when it is quiet on the local days around a moment."""
    today = at.astimezone(zone).date()
    begin, end = channel.quiet_from, channel.quiet_until
    for on in (today - timedelta(days=1), today, today + timedelta(days=1)):
        if channel.is_quiet_day(on):
            yield moment(on, time(), zone), moment(on + timedelta(days=1), time(), zone)
        if begin is not None and end is not None and begin != end:
            yield moment(on, begin, zone), moment(on if begin < end else on + timedelta(days=1), end, zone)


def moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when it is a local time of a day, in UTC: the first time where it comes twice; a time that the clock
    leaves out counts as if it had not been put forward.
    """
    return datetime.combine(on, at, zone).astimezone(UTC)
