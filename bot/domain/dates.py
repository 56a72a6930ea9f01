"""Dates as the field writes them: a small strict grammar that keeps the precision a page gives and never adds to it.

A value is `YYYY-MM-DD`, or `YYYY-MM`, `YYYY` where no more is known. General date parsers read "June 2022" as a day of
June and "MP090" as the year 1990, so none is used.
"""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>20\d\d)(?!\d)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
_FORMS = (
    re.compile(rf"{_WEEKDAY}(?<!\d){_DAY}\s*(?:of\s+)?(?P<month>{MONTH})\b[.,]?\s*{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}\b(?P<month>{MONTH})\.?\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(r"(?<![\d./-])(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d./-])(?P<day>0?[1-9]|[12]\d|3[01])[/.](?P<number>0?[1-9]|1[0-2])[/.](?P<year>20\d\d)(?!\d)"),
    re.compile(rf"\b(?P<month>{MONTH})\b[.,]?\s+{_YEAR}", re.IGNORECASE),
)
_DAY_AND_MONTH = re.compile(
    rf"{_WEEKDAY}(?<!\d){_DAY}\s+(?:of\s+)?(?P<month>{MONTH})\b(?!\.?,?\s*20\d\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: its value and the characters that it takes."""

    value: str
    start: int
    end: int
    text: str


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or its first three letters or more, 0 for another word."""
    plain = name.casefold().strip(". ")
    if len(plain) < 3:
        return 0
    return next(
        (n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(plain) or (n == 9 and plain == "sept")),
        0,
    )


def find(text: str, year: int | None = None) -> list[Found]:
    """Return the dates in text, in order and without overlaps; the most precise form of each.

    With `year`, a day and month without a year ("22 July") is taken to be of that year.
    """
    found: list[Found] = []
    if year is None and "20" not in text:
        return found  # most texts have no year; looking for one is much quicker than for dates
    for one in sorted(_matches(text, year), key=lambda f: (f.start, -len(f.value), -f.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def first(text: str) -> str | None:
    """Return the first date in text, None for none."""
    found = find(text)
    return found[0].value if found else None


def whole(text: str) -> str | None:
    """Return the date that text consists of ("22 September 2021"), None where it says anything else."""
    plain = text.replace("\xa0", " ").strip(" .,;:\t\n")
    for one in find(plain):
        if one.start == 0 and one.end == len(plain):
            return one.value
    return None


def _matches(text: str, year: int | None) -> Iterator[Found]:
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            number = int(parts["number"]) if parts.get("number") else month_number(parts["month"])
            if value := written(int(parts["year"]), number, int(parts["day"]) if parts.get("day") else None):
                yield Found(value, match.start(), match.end(), match[0])
    if year is not None:
        for match in _DAY_AND_MONTH.finditer(text):
            if value := written(year, month_number(match["month"]), int(match["day"])):
                yield Found(value, match.start(), match.end(), match[0])


def written(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return the value for a date of that precision, None where there is no such day."""
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if day > _calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def exact(value: str) -> date | None:
    """Return the day that a value names, None where it is less precise than a day."""
    try:
        return date.fromisoformat(value) if len(value) == len("YYYY-MM-DD") else None
    except ValueError:
        return None


def earliest(value: str) -> date:
    """Return the first day that a value can mean; for sorting, never for telling.

    Raises:
        ValueError: not a date value.
    """
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :])


def latest(value: str) -> date:
    """Return the last day that a value can mean; for "not before it is over", never for telling."""
    day = exact(value)
    if day:
        return day
    year, _, month = value.partition("-")
    number = int(month or 12)
    return date(int(year), number, _calendar.monthrange(int(year), number)[1])


def label(value: str) -> str:
    """Return a date value in words, as precise as it is: "4 November 2021", "June 2022", "2021"."""
    day = exact(value)
    if day:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", value):
        return f"{MONTHS[int(value[5:]) - 1]} {value[:4]}"
    return value


def shift(before: str, after: str) -> str:
    """Return how much later or earlier a date is in words ("24 days later"), empty where it is not known to the day."""
    old, new = exact(before), exact(after)
    if not old or not new or old == new:
        return ""
    days = abs((new - old).days)
    return f"{days} {'day' if days == 1 else 'days'} {'later' if new > old else 'earlier'}"
