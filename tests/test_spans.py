"""How long something is muted, as people say it; seen from Friday 5 November 2021, 09:00 in London."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.follow import spans

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2021, 11, 5, 9, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "what", "until"),
    [
        ("MP090", "MP090", "2021-11-12 09:00"),
        ("MP090 7d", "MP090", "2021-11-12 09:00"),
        ("7d MP090", "MP090", "2021-11-12 09:00"),
        ("rule MP090 7d", "rule MP090", "2021-11-12 09:00"),
        ("MP090 for 2 weeks", "MP090", "2021-11-19 09:00"),
        ("MP090, for two weeks", "MP090", "2021-11-19 09:00"),
        ("for a week MP090", "MP090", "2021-11-12 09:00"),
        ("november 2021 2w", "november 2021", "2021-11-19 09:00"),
        ("november 2021", "november 2021", "2021-11-12 09:00"),
        ("MP090 3 hours", "MP090", "2021-11-05 12:00"),
        ("MP090 for the next 3 days", "MP090", "2021-11-08 09:00"),
        ("MP090 a month", "MP090", "2021-12-05 09:00"),
        ("MP090 for a fortnight", "MP090", "2021-11-19 09:00"),
        ("MP090 until friday", "MP090", "2021-11-12 00:00"),
        ("MP090 til mon", "MP090", "2021-11-08 00:00"),
        ("until tomorrow MP090", "MP090", "2021-11-06 00:00"),
        ("MP090 until next monday", "MP090", "2021-11-08 00:00"),
        ("MP090 until monday 9am", "MP090", "2021-11-08 09:00"),
        ("MP090 until 5pm", "MP090", "2021-11-05 17:00"),
        ("MP090 until 08:30", "MP090", "2021-11-06 08:30"),
        ("MP090 through friday", "MP090", "2021-11-13 00:00"),
        ("MP090 until the end of friday", "MP090", "2021-11-13 00:00"),
        ("MP090 until the end of the month", "MP090", "2021-12-01 00:00"),
        ("MP090 until tonight", "MP090", "2021-11-06 00:00"),
        ("MP090 until 3 March", "MP090", "2022-03-03 00:00"),
        ("MP090 until 3rd of March", "MP090", "2022-03-03 00:00"),
        ("MP090 until 24 Dec 17:00", "MP090", "2021-12-24 17:00"),
        ("MP090 until 2021-12-24", "MP090", "2021-12-24 00:00"),
        ("Section H", "Section H", "2021-11-12 09:00"),
        ("Appendix D 2 weeks", "Appendix D", "2021-11-19 09:00"),
        ("Section M for the next 3 d", "Section M", "2021-11-08 09:00"),
        ("MP090 until december", "MP090", "2021-12-01 00:00"),
        ("MP090 until end of december", "MP090", "2022-01-01 00:00"),
        ("MP090 until the end of november", "MP090", "2021-12-01 00:00"),
        ("MP090 until end of march", "MP090", "2022-04-01 00:00"),
        ("MP090 until the end of february 2024", "MP090", "2024-03-01 00:00"),
        ("MP090 until the end of 2021", "MP090", "2022-01-01 00:00"),
        ("MP090 through december", "MP090", "2022-01-01 00:00"),
        ("MP090 until the end of 3 March", "MP090", "2022-03-04 00:00"),
        ("MP007D", "MP007D", "2021-11-12 09:00"),
        ("90d", "", "2022-02-03 09:00"),
    ],
)
def test_what_and_how_long_are_told_apart(typed: str, what: str, until: str) -> None:
    named, time = spans.split(typed)
    end = spans.until(time, NOW)
    assert (named, end and f"{end:%Y-%m-%d %H:%M}") == (what, until)


@pytest.mark.parametrize(
    "typed",
    [
        "until 3 March 2020",
        "until christmas",
        "0d",
        "for 99 years ago",
        "until 25:00",
        "until 13pm",
        "until then",
        "until",
    ],
)
def test_what_is_no_time_ahead_is_none(typed: str) -> None:
    assert spans.until(typed, NOW) is None


def test_a_week_ends_at_the_same_time_of_day_and_hours_pass_though_the_clocks_change() -> None:
    before = datetime(2021, 10, 30, 9, tzinfo=LONDON)
    assert spans.until("7d", before) == datetime(2021, 11, 6, 9, tzinfo=LONDON)
    night = datetime(2021, 10, 31, 0, 30, tzinfo=LONDON)
    end = spans.until("3 hours", night)
    assert end is not None
    assert (end.timestamp() - night.timestamp(), end.hour) == (3 * 3600, 2)


ZONES = st.sampled_from(["Europe/London", "UTC", "America/New_York", "Pacific/Auckland"]).map(ZoneInfo)
EARLIEST, LATEST = datetime.fromisoformat("2019-01-01"), datetime.fromisoformat("2030-01-01")
MOMENTS = st.builds(lambda at, zone: at.replace(tzinfo=zone), st.datetimes(EARLIEST, LATEST), ZONES)
TIMES = st.one_of(
    st.builds("{}{}".format, st.integers(0, 9999), st.sampled_from([" days", "d", "w", "h", " months", " years", "m"])),
    st.sampled_from(spans._WEEKDAYS).map("until {}".format),
    st.dates().map("until {0.day} {0:%B}".format),
    st.text(max_size=30).map("until {}".format),
)


@given(st.sampled_from(list(calendar.month_name)[1:]), MOMENTS)
def test_until_the_end_of_a_month_is_the_beginning_of_the_next_within_a_year(name: str, now: datetime) -> None:
    end = spans.until(f"until the end of {name}", now)
    assert end is not None
    assert (end.day, f"{end - timedelta(days=1):%B}") == (1, name)
    assert timedelta(0) < end.replace(tzinfo=None) - now.replace(tzinfo=None) <= timedelta(days=366)


@given(TIMES, MOMENTS)
def test_a_mute_always_ends_later_than_it_begins_or_is_not_understood(time: str, now: datetime) -> None:
    end = spans.until(time, now)
    assert end is None or end.timestamp() > now.timestamp()


@given(st.sampled_from(spans._WEEKDAYS), MOMENTS)
def test_until_a_weekday_is_its_next_beginning(name: str, now: datetime) -> None:
    end = spans.until(f"until {name}", now)
    assert end is not None
    assert f"{end:%A %H:%M}".casefold() == f"{name} 00:00"
    assert timedelta(0) < end.replace(tzinfo=None) - now.replace(tzinfo=None) <= timedelta(days=7)
