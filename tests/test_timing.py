"""When digests come: one a local date, none lost and none twice, whatever clocks and runs do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import calendar
from bot.domain.channel import EVERY_DAY, WORKING_WEEK, Channel, moment
from bot.domain.follow import Subscription
from bot.domain.timing import LATE, Rhythm, rhythm
from tests.drawing import examples

LONDON = ZoneInfo("Europe/London")
HALF_PAST_ONE = time(1, 30)
DAY = timedelta(days=1)
NAMES = sorted(name for name in available_timezones() if name not in ("Factory", "localtime"))


@dataclass
class Sender:
    """What runs now and then and sends what is due; it remembers only what the database does."""

    rhythm: Rhythm
    sent: list[date]
    last_weekly: date | None = None

    def run(self, now: datetime, on: date | None = None) -> None:
        on = on or self.rhythm.latest(now)
        last = max(self.sent, default=None)
        if on is None or not self.rhythm.comes(on, last, self.last_weekly):
            return
        if self.rhythm.tells_weekly(on, self.last_weekly):
            self.last_weekly = on
        self.sent.append(on)


def run_through(one: Rhythm, begin: datetime, end: datetime, gaps: Iterable[int]) -> Sender:
    sender, now = Sender(one, []), begin
    pace = iter(gaps)
    while now <= end:
        sender.run(now)
        now += timedelta(minutes=next(pace))
    return sender


def due_between(one: Rhythm, begin: datetime, end: datetime) -> list[date]:
    first = begin.astimezone(one.zone).date() - DAY
    days = [first + DAY * n for n in range((end - begin).days + 4)]
    return [day for day in days if begin <= one.moment(day) <= end]


@cache
def clock_changes(name: str) -> tuple[datetime, ...]:
    """The days of 2019 to 2030 on which a zone's clocks change."""
    zone, begin, weeks = ZoneInfo(name), datetime(2019, 1, 1, tzinfo=UTC), 12 * 366 // 7

    def differs(at: datetime, days: int) -> bool:
        return at.astimezone(zone).utcoffset() != (at + days * DAY).astimezone(zone).utcoffset()

    # Week by week first: to ask each day of each of six hundred zones took longer than all that is tested with it.
    changing = (at for n in range(weeks) if differs(at := begin + 7 * n * DAY, 7))
    return tuple(day for at in changing for n in range(7) if differs(day := at + n * DAY, 1))


CHANGING = st.sampled_from(NAMES).filter(lambda name: bool(clock_changes(name)))
AT = st.one_of(
    st.sampled_from([HALF_PAST_ONE, time(0), time(0, 30), time(1), time(2), time(2, 30), time(23, 59), time(8, 30)]),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


@settings(max_examples=examples(60))
@given(CHANGING, st.integers(0, 2**32), AT)
def test_around_a_change_of_clocks_each_local_date_has_one_digest(name: str, seed: int, at: time) -> None:
    random = Random(seed)
    change = random.choice(clock_changes(name))
    one = Rhythm(Channel("C1"), ZoneInfo(name), at)
    begin, end = change - 2 * DAY, change + 3 * DAY
    minutes = int(LATE.total_seconds() // 60) - 1
    sent = run_through(one, begin, end + LATE, iter(lambda: random.randint(1, minutes), None)).sent
    due = due_between(one, begin, end)
    assert len(set(sent)) == len(sent)
    assert [day for day in sent if due[0] <= day <= due[-1]] == due


LONDONS = clock_changes("Europe/London")


@pytest.mark.parametrize("change", LONDONS, ids=lambda at: f"{at:%Y-%m-%d}")
@pytest.mark.parametrize("at", [HALF_PAST_ONE, time(1), time(2)], ids=str)
def test_at_half_past_one_there_is_one_digest_on_the_nights_on_which_londons_clocks_change(
    change: datetime, at: time
) -> None:
    one = Rhythm(Channel("C1"), LONDON, at)
    sent = run_through(one, change - DAY, change + 2 * DAY - timedelta(minutes=1), iter(lambda: 1, None)).sent
    assert sent == due_between(one, change - DAY, change + 2 * DAY - timedelta(minutes=1))
    assert len(sent) == 3


def test_londons_clocks_change_twice_a_year() -> None:
    assert len(LONDONS) == 24


MOMENTS = st.lists(st.integers(0, 60 * 24 * 30), min_size=1, max_size=60)


@given(MOMENTS, AT, CHANGING, st.sampled_from(["daily", "weekly"]), st.lists(st.integers(-5, 35), max_size=5))
def test_however_late_and_often_it_runs_no_date_has_two_digests_and_none_comes_after_a_later_one(
    minutes: list[int], at: time, name: str, pace: str, dates: list[int]
) -> None:
    sender = Sender(Rhythm(Channel("C1", digest=pace), ZoneInfo(name), at), [])
    begin = datetime(2021, 3, 15, tzinfo=UTC)
    for minute in sorted(minutes):
        sender.run(begin + timedelta(minutes=minute))
        sender.run(begin + timedelta(minutes=minute))
    for number in dates:
        sender.run(begin + 40 * DAY, begin.date() + DAY * number)
    assert sender.sent == sorted(set(sender.sent))


DAYS = st.sets(st.integers(0, 6), min_size=1)


@settings(max_examples=examples(30))
@given(DAYS, st.booleans(), st.data(), st.dates(date(2019, 1, 1), date(2028, 11, 1)))
def test_a_weekly_digest_comes_once_a_week_on_the_first_day_of_it_that_is_one(
    days: set[int], holidays: bool, data, start: date
) -> None:  # type: ignore[no-untyped-def]
    first = data.draw(st.sampled_from(sorted(days)))
    own = Channel("C1", digest="weekly", days=(first, *sorted(days - {first})), holidays_off=holidays)
    begin = start - DAY * ((start.weekday() - first) % 7)
    one = Rhythm(own, LONDON, time(8, 30))
    sent = run_through(
        one, moment(begin, time(), LONDON), moment(begin + 42 * DAY, time(), LONDON), iter(lambda: 55, None)
    ).sent
    weeks = [[begin + DAY * (7 * week + n) for n in range(7)] for week in range(6)]
    assert sent == [next(filter(own.is_day, week)) for week in weeks if any(map(own.is_day, week))]


@given(DAYS, st.booleans(), st.dates(date(2019, 1, 1), date(2028, 11, 1)))
def test_a_daily_digest_comes_on_the_channels_days_alone(days: set[int], holidays: bool, begin: date) -> None:
    own = Channel("C1", days=tuple(sorted(days)), holidays_off=holidays)
    one = Rhythm(own, LONDON, time(8, 30))
    sent = run_through(
        one, moment(begin, time(), LONDON), moment(begin + 21 * DAY, time(), LONDON), iter(lambda: 45, None)
    ).sent
    assert sent == [day for day in (begin + DAY * n for n in range(21)) if own.is_day(day)]
    assert not holidays or not any(map(calendar.is_bank_holiday, sent))


def weekly(day: int = 0, **more: object) -> Rhythm:
    days = (day, *[other for other in EVERY_DAY if other != day])
    return Rhythm(Channel("C1", digest="weekly", days=days, **more), LONDON, time(8, 30))  # type: ignore[arg-type]


MONDAY = date(2021, 3, 1)


def test_a_weekly_digest_that_was_missed_comes_on_the_next_day() -> None:
    assert weekly().comes(MONDAY + DAY, MONDAY - 7 * DAY, MONDAY - 7 * DAY)
    assert not weekly().comes(MONDAY + DAY, MONDAY, MONDAY)


def test_the_first_weekly_digest_waits_for_its_day() -> None:
    assert not weekly().comes(MONDAY + DAY, None, None)
    assert weekly().comes(MONDAY + 7 * DAY, None, None)
    assert weekly().next(datetime(2021, 3, 3, 12, tzinfo=UTC), None, None) == MONDAY + 7 * DAY


def test_a_weekly_digest_due_on_a_bank_holiday_comes_on_the_next_day_that_is_none() -> None:
    easter_monday = date(2021, 4, 5)
    own = Rhythm(Channel("C1", digest="weekly", days=WORKING_WEEK, holidays_off=True), LONDON, time(8, 30))
    assert not own.comes(easter_monday, easter_monday - 7 * DAY, easter_monday - 7 * DAY)
    assert own.comes(easter_monday + DAY, easter_monday - 7 * DAY, easter_monday - 7 * DAY)


def test_a_channel_that_turned_digests_off_gets_none() -> None:
    off = Rhythm(Channel("C1", digest="off"), LONDON, time(8, 30))
    assert not off.comes(MONDAY, None, None)
    assert off.next(datetime(2021, 3, 3, 12, tzinfo=UTC), None, None) is None


def test_what_is_followed_weekly_alone_needs_no_daily_digest() -> None:
    rules = [Subscription("C1", "everything", "U1", datetime(2021, 1, 1, tzinfo=UTC), "weekly")]
    one = rhythm(Channel("C1"), rules, LONDON, time(8, 30))
    assert [one.comes(MONDAY + DAY * n, None, None) for n in range(3)] == [True, False, False]


def test_a_digest_of_just_before_midnight_is_sent_just_after_it_for_its_own_date() -> None:
    one = Rhythm(Channel("C1"), LONDON, time(23, 59))
    assert one.latest(datetime(2021, 3, 2, 0, 3, tzinfo=UTC)) == date(2021, 3, 1)
    assert one.latest(datetime(2021, 3, 2, 6, tzinfo=UTC)) is None
