"""Quiet hours: over midnight, on weekends and bank holidays, while clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain import calendar
from bot.domain.channel import Channel, wakes
from tests.drawing import examples
from tests.test_timing import CHANGING, LONDON, clock_changes

NIGHTS = Channel("C1", quiet_from=time(18), quiet_until=time(8))
WEEKENDS = replace(NIGHTS, quiet_days=(5, 6), quiet_holidays=True)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[misc]


def woken(channel: Channel, now: datetime, *, weighty: bool = False) -> datetime | None:
    end = wakes(channel, now.astimezone(UTC), LONDON, weighty=weighty)
    return end.astimezone(LONDON) if end else None


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(2021, 3, 2, 17, 59), None),
        (at(2021, 3, 2, 18, 0), at(2021, 3, 3, 8)),
        (at(2021, 3, 2, 23, 59), at(2021, 3, 3, 8)),
        (at(2021, 3, 3, 0, 0), at(2021, 3, 3, 8)),
        (at(2021, 3, 3, 7, 59), at(2021, 3, 3, 8)),
        (at(2021, 3, 3, 8, 0), None),
    ],
)
def test_quiet_hours_go_over_midnight(now: datetime, end: datetime | None) -> None:
    assert woken(NIGHTS, now) == end


def test_a_weekend_is_quiet_until_the_hours_of_monday_end() -> None:
    assert woken(WEEKENDS, at(2021, 3, 5, 19)) == at(2021, 3, 8, 8)
    assert woken(WEEKENDS, at(2021, 3, 6, 12)) == at(2021, 3, 8, 8)


def test_easter_is_quiet_from_thursday_evening_until_tuesday_morning() -> None:
    assert woken(WEEKENDS, at(2021, 4, 1, 18, 30)) == at(2021, 4, 6, 8)
    assert woken(replace(WEEKENDS, quiet_holidays=False), at(2021, 4, 1, 18, 30)) == at(2021, 4, 2, 8)


def test_weighty_news_pass_where_the_channel_lets_them() -> None:
    assert woken(WEEKENDS, at(2021, 3, 6, 12), weighty=True) is None
    assert woken(replace(WEEKENDS, weighty_passes=False), at(2021, 3, 6, 12), weighty=True) == at(2021, 3, 8, 8)


def test_clocks_put_back_begin_no_quiet_anew() -> None:
    until_half_past_one = replace(NIGHTS, quiet_until=time(1, 30))
    first, again = (datetime(2021, 10, 31, hour, 40, tzinfo=UTC) for hour in (0, 1))  # both are 01:40
    assert wakes(until_half_past_one, first, LONDON, weighty=False) is None
    assert wakes(until_half_past_one, again - timedelta(minutes=30), LONDON, weighty=False) is None


TIMES = st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0))
CHANNELS = st.builds(
    Channel,
    st.just("C1"),
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    holidays_off=st.booleans(),
    zone=CHANGING,
    quiet_from=TIMES,
    quiet_until=TIMES,
    quiet_days=st.sets(st.integers(0, 6), max_size=6).map(lambda days: tuple(sorted(days))),
    quiet_holidays=st.booleans(),
    weighty_passes=st.booleans(),
)


@st.composite
def moments(draw: st.DrawFn, channel: Channel) -> datetime:
    """A moment of 2019 to 2030, often near a change of the channel's clocks."""
    near = draw(st.sampled_from(clock_changes(channel.zone)))
    anywhere = st.integers(0, 12 * 366 * 24 * 60).map(
        lambda some: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=some)
    )
    minutes = st.integers(-2000, 4000).map(lambda some: near + timedelta(minutes=some))
    return draw(minutes | anywhere)


@settings(max_examples=examples(100))
@given(CHANNELS, st.data(), st.booleans())
def test_what_waits_is_told_at_the_first_moment_that_is_not_quiet(
    channel: Channel, data: st.DataObject, weighty: bool
) -> None:
    now = data.draw(moments(channel))
    end = wakes(channel, now, LONDON, weighty=weighty)
    if weighty and channel.weighty_passes:
        assert end is None
    if end is None:
        return
    assert end > now
    assert wakes(channel, end, LONDON, weighty=weighty) is None
    seconds = int((end - now).total_seconds())
    between = now + timedelta(seconds=data.draw(st.integers(0, seconds - 1))) if seconds else now
    assert wakes(channel, between, LONDON, weighty=weighty) == end


def is_quiet(channel: Channel, local: datetime) -> bool:
    """Whether it is quiet by the clock on the wall."""
    on, clock = local.date(), local.time()
    if on.weekday() in channel.quiet_days or (channel.quiet_holidays and on in calendar.BANK_HOLIDAYS):
        return True
    begin, end = channel.quiet_from, channel.quiet_until
    if begin is None or end is None:
        return False
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


@settings(max_examples=examples(100))
@given(CHANNELS, st.data())
def test_on_days_without_a_change_of_clocks_it_is_quiet_by_the_clock_on_the_wall(
    channel: Channel, data: st.DataObject
) -> None:
    now, zone = data.draw(moments(channel)), ZoneInfo(channel.zone)
    around = {(now + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-50, 51, 10)}
    assume(len(around) == 1)
    quiet = wakes(channel, now, LONDON, weighty=False) is not None
    assert quiet == is_quiet(channel, now.astimezone(zone))


def test_a_channel_that_named_no_days_hears_on_all() -> None:
    channel = Channel("C1", days=())
    assert channel.is_day(date(2021, 3, 6))
    assert woken(channel, at(2021, 3, 6, 12)) is None
