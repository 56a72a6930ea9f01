"""Days as people say them: "monday", "yesterday", "2 weeks", "3 days ago", "1 March 2021", "2021-03-01".

Seen backwards by `day`, forwards by `ahead` ("30d", "2 weeks", "until friday").
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from bot.domain import dates
from bot.domain.dates import MONTH

_WEEKDAYS = tuple(name.casefold() for name in calendar.day_name)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
    "the": 1,
    "last": 1,
    "past": 1,
    "next": 1,
}
_SPAN = re.compile(
    r"(?:the )?(?:last |past |next |coming )?(?P<count>\d{1,4}|[a-z]+)? ?"
    r"(?P<unit>day|week|wk|fortnight|month|mth|quarter|year|yr)s?(?: ago| ahead)?"
)
_SHORT_SPAN = re.compile(r"(?P<count>\d{1,4}) ?(?P<unit>d|w|m|y)")
_UNITS = {"d": "day", "w": "week", "wk": "week", "m": "month", "mth": "month", "y": "year", "yr": "year"}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_BEGINNINGS = {"this week": "week", "this month": "month", "this year": "year"}
_SOON = ("today", "tomorrow")
FARTHEST = 3660
"""Days; nothing is planned further ahead."""


def day(words: str, today: date) -> date | None:
    """Return the day that words name, seen from today; None where they name none. Weekdays are those gone by."""
    plain = re.sub(r"\s+", " ", words.casefold()).strip(" .,?!")
    plain = re.sub(r"^(?:(?:changed|since|on|from) )+", "", plain)
    if plain in ("today", "now", "this morning"):
        return today
    if plain in ("yesterday", "last night"):
        return today - timedelta(days=1)
    if plain in _BEGINNINGS:
        return _beginning(_BEGINNINGS[plain], today)
    return (
        _weekday(plain, today)
        or _written(plain)
        or _day_and_month(plain, today)
        or _month(plain, today)
        or _span(plain, today)
    )


def ahead(words: str, today: date) -> int | None:
    """Return how many days ahead words reach: "30d", "60 days", "2 weeks", "until friday", "a month", "30".

    None where they name no time to come.
    """
    plain = re.sub(r"\s+", " ", words.casefold()).strip(" .,?!")
    plain = re.sub(r"^(?:(?:in|for|within|over|during|the|till?|until|up to|by|before|to) )+", "", plain)
    if re.fullmatch(r"\d{1,3}", plain):
        return int(plain)
    if plain in ("this week", "week"):
        return 6 - today.weekday() if plain == "this week" else 7
    if plain in _SOON:
        return _SOON.index(plain)
    if number := today.month if plain == "this month" else month(plain):
        return _end_of(number, today)
    if plain in ("all", "everything", "ever"):
        return FARTHEST
    back = _span(plain, today)
    if back:
        return min((today - back).days, FARTHEST)
    on = _next_weekday(plain, today) or _coming(plain, today)
    return (on - today).days if on and on >= today else None


def _end_of(number: int, today: date) -> int:
    """Return how many days there are to the end of the next such month, this one included."""
    year = today.year + (number < today.month)
    return (_on(year, number, 31) - today).days


def _next_weekday(plain: str, today: date) -> date | None:
    gone = _weekday(plain.removeprefix("next "), today)
    return gone + timedelta(days=7) if gone else None


def _coming(words: str, today: date) -> date | None:
    """Return the day that words name, the last one of a month; the next such day where they leave out the year."""
    if value := dates.whole(words):
        return dates.latest(value)
    for year in (today.year, today.year + 1):
        found = dates.find(words, year)
        on = dates.exact(found[0].value) if len(found) == 1 and found[0].text.strip() == words.strip() else None
        if on and on >= today:
            return on
    return None


def month(words: str) -> int:
    """Return the number of a month that is named without its year ("november", "in nov"), 0 for none."""
    plain = re.sub(r"^(?:(?:in|for|due|of|the|month|this|next|last|coming|beginning|start) )+", "", words.casefold())
    return dates.month_number(plain) if re.fullmatch(MONTH, plain, re.IGNORECASE) else 0


def _month(plain: str, today: date) -> date | None:
    """Return the beginning of the latest such month that has begun."""
    number = month(plain)
    return date(today.year - (number > today.month), number, 1) if number else None


def _beginning(unit: str, today: date) -> date:
    if unit == "week":
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if unit == "month" else today.replace(month=1, day=1)


def _weekday(plain: str, today: date) -> date | None:
    name = plain.removeprefix("last ").rstrip("s")
    if len(name) < 3:
        return None
    for number, weekday in enumerate(_WEEKDAYS):
        if weekday.startswith(name) and (len(name) <= 4 or name == weekday):
            return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return None


def _written(words: str) -> date | None:
    if match := re.search(r"\b19\d\d\b", words):
        return _last_century(words.strip(), match)
    value = dates.whole(words) or (words.strip() if re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", words.strip()) else None)
    return dates.earliest(value) if value else None


def _last_century(words: str, year: re.Match[str]) -> date | None:
    """Return a day before 2000, which the grammar of the field's dates does not know."""
    if words == year[0]:
        return date(int(year[0]), 1, 1)
    value = dates.whole(words.replace(year[0], "2000", 1))
    try:
        return dates.earliest(value).replace(year=int(year[0])) if value else None
    except ValueError:
        return None


def _day_and_month(words: str, today: date) -> date | None:
    """Return the latest such day that is not ahead: people leave out this year."""
    found = dates.find(words, today.year)
    if len(found) != 1 or found[0].text.strip() != words.strip(" .,?!"):
        return None
    this_year = dates.exact(found[0].value)
    if this_year is None or this_year <= today:
        return this_year
    return _on(this_year.year - 1, this_year.month, this_year.day)


def _span(plain: str, today: date) -> date | None:
    match = _SHORT_SPAN.fullmatch(plain) or _SPAN.fullmatch(plain)
    if not match:
        return None
    said = match["count"] or "1"
    count = int(said) if said.isdecimal() else _NUMBERS.get(said)
    if not count:
        return None
    unit = _UNITS.get(match["unit"], match["unit"])
    try:
        if unit in _DAYS:
            return today - timedelta(days=count * _DAYS[unit])
        month = today.year * 12 + today.month - 1 - count * _MONTHS[unit]
        return _on(month // 12, month % 12 + 1, today.day)
    except (OverflowError, ValueError):
        return None


def _on(year: int, month: int, day_: int) -> date:
    return date(year, month, min(day_, calendar.monthrange(year, month)[1]))
