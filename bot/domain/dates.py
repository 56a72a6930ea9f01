"""Dates as the field writes them: a small strict grammar that keeps the precision a page gives and never adds to it.

A value is `YYYY-MM-DD`, or `YYYY-MM`, `YYYY` where no more is known. General date parsers read "June 2022" as a day of
June and "MP090" as the year 1990, so none is used.
"""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.domain.remembered import remembered

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
_LOWER = MONTH.lower()
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>20\d\d)(?!\d)"
# Forms are matched against lower case and begin with a digit or letter; what may not stand before one is looked at
# afterwards. Ignoring case and looking behind at every character took the greater part of the time of a reading.
_DAY_FIRST = re.compile(rf"{_DAY}\s*(?:of\s+)?(?P<month>{_LOWER})\b[.,]?\s*{_YEAR}")
_DAY_AND_MONTH = re.compile(rf"{_DAY}\s+(?:of\s+)?(?P<month>{_LOWER})\b(?!\.?,?\s*20\d\d)")
_MONTH_FIRST = re.compile(rf"(?P<month>{_LOWER})(?:\.?\s+{_DAY},?|\b[.,]?)\s+{_YEAR}")
_ISO = re.compile(r"(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-9]{2})(?!\d)")
_SLASHED = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[/.])(?P<number>0?[1-9]|1[0-2])(?P=mark)(?P<year>20\d\d)(?![\d/]|\.\d)"
)
_SHORT_YEAR = re.compile(r"(?P<day>[0-9]{1,2})/(?P<number>0?[1-9]|1[0-2])/(?P<year>[1-4]\d)(?![\w/]|\.\d)")
"""A day with a year of two digits, as forms and tables write it; with strokes alone, as 2.0.21 is a version."""
_DAY_BEFORE = re.compile(r"(?<![\w./:-])(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?\Z")
"""A day's number before a month: where the month has no such day ("31 June 2024"), what is left is no date either."""
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?\Z")
_STROKES = 2
"""Strokes in a day with a year of two digits."""
_FARTHEST = 40
"""Characters before a date in which its day of the week is looked for."""


class Found(NamedTuple):
    """A date in a text: its value and the characters that it takes."""

    value: str
    start: int
    end: int
    text: str


@lru_cache(256)
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
    return list(_dates_of(text, year))


@remembered
def _dates_of(text: str, year: int | None) -> tuple[Found, ...]:
    matches, found = list(_matches(text, year)), list[Found]()
    if len(matches) > 1:
        matches.sort(key=lambda f: (f.start, -len(f.value), -f.end))
    for one in matches:
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def first(text: str) -> str | None:
    """Return the first date in text, None for none."""
    found = find(text)
    return found[0].value if found else None


def whole(text: str) -> str | None:
    """Return the date that text consists of ("22 September 2021"), None where it says anything else."""
    plain = text.replace("\xa0", " ").strip(" .,;:\t\n")
    if not plain[-1:].isdigit():
        return None
    for one in find(plain):
        if one.start == 0 and one.end == len(plain):
            return one.value
    return None


def lowered(text: str) -> str:
    """Return text in lower case, each character where it was."""
    return text.replace("İ", "i").lower()  # the one letter that has two characters in lower case


def lacks_year(text: str) -> bool:
    """Whether a day and month stand in text without a year, which are a date where the year is known."""
    return bool(_DAY_AND_MONTH.search(lowered(text)))


def _matches(text: str, year: int | None) -> Iterator[Found]:
    if year is None and "20" not in text and text.count("/") < _STROKES:
        return
    lower = lowered(text)
    if "20" in text:  # most texts have no year; looking for one is much quicker than for dates
        yield from _with_year(text, lower)
    for match in _SHORT_YEAR.finditer(lower) if text.count("/") >= _STROKES else ():
        if _before(lower, match).isalnum() or _before(lower, match) in {".", "/", "-"}:
            continue
        if found := _found(text, lower, match, f"20{match['year']}"):
            yield found
    for match in _DAY_AND_MONTH.finditer(lower) if year is not None else ():
        if not _before(lower, match).isdigit() and (found := _found(text, lower, match, year)):
            yield found


def _with_year(text: str, lower: str) -> Iterator[Found]:
    with_day = set[int]()
    for match in _DAY_FIRST.finditer(lower):
        before = _before(lower, match)
        found = None if before.isdigit() else _found(text, lower, match, match["year"])
        if found:
            yield found
            if before not in ("-", "/"):  # else the day may be the end of a date in numbers
                with_day.add(match.start("month"))
    for match in _MONTH_FIRST.finditer(lower):
        before = _before(lower, match)
        if match.start() in with_day:
            continue
        if before.isalnum() or before == "_" or (before == " " and _of_no_day(lower, match)):
            continue
        if found := _found(text, lower, match, match["year"]):
            yield found
    for form in (_ISO,) * ("-" in lower) + (_SLASHED,) * ("/20" in lower or ".20" in lower):
        for match in form.finditer(lower):
            if _before(lower, match).isdigit() or _before(lower, match) in {".", "/", "-"}:
                continue
            if found := _found(text, lower, match, match["year"]):
                yield found


def _of_no_day(lower: str, match: re.Match[str]) -> bool:
    """Whether a day's number stands before a month that has no such day."""
    if match["day"]:
        return False
    number = _DAY_BEFORE.search(lower, max(0, match.start() - _FARTHEST), match.start())
    return number is not None and not written(int(match["year"]), month_number(match["month"]), int(number["day"]))


def _before(lower: str, match: re.Match[str]) -> str:
    """Return the character before a match, "" at the start."""
    return lower[match.start() - 1 : match.start()]


def _found(text: str, lower: str, match: re.Match[str], year: int | str | None) -> Found | None:
    """Return the date that a match is, with the weekday before it; None where there is no such day."""
    parts = match.groupdict()
    name = parts.get("month")
    month = month_number(name) if name else int(parts["number"])
    day = int(parts["day"]) if parts["day"] else None
    start, end = match.span()
    before = max(0, start - _FARTHEST)
    if day and name and "day" in lower[before:start] and (weekday := _WEEKDAY.search(lower, before, start)):
        start = weekday.start()
    value = written(int(year or 0), month, day)
    return Found(value, start, end, text[start:end]) if value else None


def written(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return the value for a date of that precision, None where there is no such day."""
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= _calendar.monthrange(year, month)[1]:
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
