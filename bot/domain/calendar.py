"""Working days of England and Wales, and the dates that the release policy lets one expect.

The bank holidays are data, not rules: the days that are moved or added (8 May 2020, the Jubilee, the Queen's funeral,
the Coronation) follow none. Source: the Government's list for England and Wales and, for the years that it does not
reach yet, the Banking and Financial Dealings Act 1971 with Easter's date.
"""

from __future__ import annotations

import calendar as _calendar
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

VALID_FROM = date(2019, 1, 1)
VALID_UNTIL = date(2028, 12, 31)
"""To go on, add the years to `BANK_HOLIDAYS`; until then no working day is counted past this date."""

_DAYS: dict[int, str] = {
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
BANK_HOLIDAYS = frozenset(date.fromisoformat(f"{year}-{day}") for year, days in _DAYS.items() for day in days.split())

SATURDAY = 5


class BeyondCalendar(ValueError):
    """A day on which secbot does not know what is a holiday; the message says which days it knows."""


def is_working_day(day: date) -> bool:
    """Whether a day is a working day: no Saturday, no Sunday, no bank holiday.

    Raises:
        BeyondCalendar: the bank holidays of its year are not known.
    """
    if not VALID_FROM <= day <= VALID_UNTIL:
        raise BeyondCalendar(
            f"The bank holidays of {day.year} are not known; the calendar goes from {VALID_FROM.year} to "
            f"{VALID_UNTIL.year}."
        )
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def is_bank_holiday(day: date) -> bool:
    """Whether a day is known to be a bank holiday; beyond the years of the calendar none is."""
    return day in BANK_HOLIDAYS


def working_days_between(start: date, end: date) -> int:
    """Return the working days after `start` up to and with `end`; negative where `end` lies before.

    Raises:
        BeyondCalendar: a day between is not known.
    """
    is_working_day(start), is_working_day(end)  # both are known, so all between are
    return bisect_right(_working_days(), end) - bisect_right(_working_days(), start)


@cache
def _working_days() -> tuple[date, ...]:
    days = (VALID_FROM + timedelta(days=n) for n in range((VALID_UNTIL - VALID_FROM).days + 1))
    return tuple(day for day in days if is_working_day(day))


def working_days_left(start: date, end: date) -> int | None:
    """Return the same, None where the calendar does not reach."""
    try:
        return working_days_between(start, end)
    except BeyondCalendar:
        return None


# --- what the release policy lets one expect -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expected:
    """A date that the Release Management Policy lets one expect. Nobody has said it: it is never told as a fact."""

    what: str
    on: date
    months_before: int


POLICY = (
    (12, "scope on the DCC Systems baselined"),
    (6, "scope of the SEC documents baselined"),
    (3, "first readiness review"),
)


def expected(go_live: date) -> tuple[Expected, ...]:
    """Return what the policy lets one expect before a settled go-live, in order of time."""
    return tuple(Expected(what, months_before(go_live, months), months) for months, what in POLICY)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last one of a shorter month."""
    month = day.year * 12 + day.month - 1 - months
    year, number = month // 12, month % 12 + 1
    return date(year, number, min(day.day, _calendar.monthrange(year, number)[1]))
