"""Working days of England and Wales."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain import calendar
from bot.domain.calendar import BANK_HOLIDAYS, BeyondCalendar


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    left = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * left) // 451
    month, day = divmod(h + left - 7 * m + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool) -> date:
    day = date(year, month, 31 if last else 1)
    step = timedelta(days=-1 if last else 1)
    while day.weekday():
        day += step
    return day


def substitute(day: date, taken: set[date]) -> date:
    while day.weekday() > 4 or day in taken:
        day += timedelta(days=1)
    return day


def by_rule(year: int) -> set[date]:
    days = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    days |= {monday(year, 5, last=False), monday(year, 5, last=True), monday(year, 8, last=True)}
    days.add(substitute(date(year, 1, 1), days))
    christmas = substitute(date(year, 12, 25), {date(year, 12, 26)} if date(year, 12, 25).weekday() > 4 else set())
    days.add(christmas)
    days.add(substitute(date(year, 12, 26), {christmas}))
    return days


OUT_OF_RULE = {
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),
    2022: ({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}, {date(2022, 5, 30)}),
    2023: ({date(2023, 5, 8)}, set()),
}


@pytest.mark.parametrize("year", range(calendar.VALID_FROM.year, calendar.VALID_UNTIL.year + 1))
def test_the_list_is_the_rule_with_the_days_that_follow_none(year):
    extra, moved = OUT_OF_RULE.get(year, (set(), set()))
    assert {day for day in BANK_HOLIDAYS if day.year == year} == (by_rule(year) | extra) - moved


def test_a_bank_holiday_and_a_weekend_are_no_working_days():
    assert calendar.is_working_day(date(2021, 11, 4))
    assert not calendar.is_working_day(date(2021, 11, 6))
    assert not calendar.is_working_day(date(2022, 9, 19))


def test_working_days_are_counted_after_the_first_day_and_with_the_last():
    assert calendar.working_days_between(date(2021, 11, 4), date(2021, 11, 4)) == 0
    assert calendar.working_days_between(date(2021, 11, 4), date(2021, 11, 8)) == 2
    assert calendar.working_days_between(date(2022, 6, 1), date(2022, 6, 6)) == 1
    assert calendar.working_days_between(date(2021, 11, 8), date(2021, 11, 4)) == -2


def test_beyond_its_years_the_calendar_says_so_instead_of_guessing():
    with pytest.raises(BeyondCalendar, match="2019 to 2028"):
        calendar.working_days_between(date(2028, 12, 29), date(2029, 1, 2))
    with pytest.raises(BeyondCalendar, match="2018"):
        calendar.is_working_day(date(2018, 12, 24))
    assert calendar.working_days_left(date(2028, 12, 29), date(2029, 1, 5)) is None


def test_the_policy_s_dates_are_expectations_before_go_live():
    found = calendar.expected(date(2021, 11, 4))
    assert [(one.months_before, one.on) for one in found] == [
        (12, date(2020, 11, 4)),
        (6, date(2021, 5, 4)),
        (3, date(2021, 8, 4)),
    ]
    assert calendar.months_before(date(2022, 5, 31), 3) == date(2022, 2, 28)
