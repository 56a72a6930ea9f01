"""How long something is muted, as people say it: "7d", "for 2 weeks", "until friday", "until 3 March", "until 5pm".

All is seen from a local moment. A day that is named is muted up to its beginning: "until friday" ends as Friday begins.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import dates

USUAL, MUTED_FOR = timedelta(days=7), "7d"
"""For how long something is muted where nothing is said, and how buttons say it."""
LONGEST = timedelta(days=366)
"""Longer than that is for ever, which is a filter's or an unsubscription's matter."""

_UNITS = {"m": "minute", "min": "minute", "h": "hour", "hr": "hour", "d": "day", "w": "week", "wk": "week"}
_HOURS = {"hour": 1, "day": 24, "week": 168, "fortnight": 336}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_COUNT = rf"\d{{1,4}}|{'|'.join(_NUMBERS)}|a couple of"
_UNIT = r"minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|quarters?|years?"
# A letter by itself is a part's: "Section H", "Appendix D".
_LETTER = r"[mhdw]"
_WEEKDAYS = tuple(name.casefold() for name in calendar.day_name)

SPAN = re.compile(
    rf"(?:for )?(?:the )?(?:next )?(?:(?P<count>{_COUNT}) ?)?(?P<unit>{_UNIT})|"
    rf"(?:for )?(?:the )?(?:next )?(?P<short>{_COUNT}) ?(?P<letter>{_LETTER})",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:until|untill|till|til|'til|up to|before|through|thru)\s+", re.IGNORECASE)
_THROUGH = re.compile(r"(?:through|thru)\b")
_END_OF = re.compile(r"(?:the )?end of (?!(?:the )?(?:day|today|month|year)\b)")
_CLOCK = re.compile(
    r"(?:at |@ ?)?(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm)|"
    r"(?P<h24>\d{1,2})[:.](?P<m24>\d\d)|(?P<noon>noon|midday))",
    re.IGNORECASE,
)
FOR_EVER = re.compile(r"(?:for ?ever|always|permanently|indefinitely|for good)", re.IGNORECASE)


def split(text: str) -> tuple[str, str]:
    """Return what a text mutes and for how long, both as they were typed; the second empty where nothing is said.

    "MP090 for 2 weeks", "until friday MP090", "MP090 7d": the time stands at one end.
    """
    plain = re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip(" .,;:!?")
    words = plain.split(" ")
    for at in range(len(words), 0, -1):
        head, tail = " ".join(words[:at]).rstrip(",:"), " ".join(words[at:])
        if _is_time(head):
            return tail, head
    for at in range(len(words)):
        head, tail = " ".join(words[:at]), " ".join(words[at:])
        if _is_time(tail) or _UNTIL.match(tail):
            return head.rstrip(" ,;:"), tail
    return plain, ""


def _is_time(text: str) -> bool:
    """Whether a text is a time, whenever it is said; what begins as one may still turn out to be none."""
    if SPAN.fullmatch(text.lstrip("-–−+")) or FOR_EVER.fullmatch(text):
        return True
    return bool(_UNTIL.match(text)) and until(text, datetime(2013, 1, 1, tzinfo=UTC)) is not None


def until(text: str, now: datetime) -> datetime | None:
    """Return when a time that is typed ends, seen from a local moment; None for what is no time ahead."""
    plain = re.sub(r"\s+", " ", text.casefold()).strip(" .,;:!?")
    if not plain:
        return now + USUAL
    if match := SPAN.fullmatch(plain):
        return _after(match, now)
    through = bool(_THROUGH.match(plain))
    named = _UNTIL.sub("", plain, count=1)
    if match := _END_OF.match(named):
        through, named = True, named[match.end() :]
    clock = None
    if match := re.search(rf"(?:^| ){_CLOCK.pattern}$", named):
        clock, named = _time(match), named[: match.start()].strip()
        if clock is None:
            return None
    if not named and clock:
        return _later_today(now, clock)
    day = _last(named, now.date()) if through else None
    day = day or _day(named, now.date())
    if day is None:
        return None
    try:
        end = datetime.combine(day + timedelta(days=through and clock is None), clock or time(), now.tzinfo)
    except OverflowError:
        return None
    return end if end > now else None


def _after(match: re.Match[str], now: datetime) -> datetime | None:
    said = (match["count"] or match["short"] or "1").casefold()
    count = int(said) if said.isdecimal() else _NUMBERS.get(said, 2)
    unit = (match["unit"] or match["letter"]).casefold()
    unit = _UNITS.get(unit) or _UNITS.get(unit.rstrip("s")) or unit.rstrip("s")
    if count == 0:
        return None
    if unit in _MONTHS:
        return _months_on(now, count * _MONTHS[unit])
    if unit == "minute":
        return _passed(now, timedelta(minutes=count))
    hours = count * _HOURS[unit]
    # Days are days of the calendar: at the same time of day, whether or not the clocks change meanwhile.
    return now + timedelta(hours=hours) if hours % 24 == 0 else _passed(now, timedelta(hours=hours))


def _passed(now: datetime, span: timedelta) -> datetime:
    """Return the moment after so much time has passed, over a change of the clocks too."""
    if now.tzinfo is None:
        return now + span
    return (now.astimezone(UTC) + span).astimezone(now.tzinfo)


def _months_on(now: datetime, months: int) -> datetime | None:
    month = now.year * 12 + now.month - 1 + months
    year, number = month // 12, month % 12 + 1
    if year > 9000:
        return None
    return now.replace(year=year, month=number, day=min(now.day, calendar.monthrange(year, number)[1]))


def _time(match: re.Match[str]) -> time | None:
    if match["noon"]:
        return time(12)
    hour, minute = int(match["hour"] or match["h24"]), int(match["minute"] or match["m24"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].casefold() == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _later_today(now: datetime, clock: time) -> datetime:
    end = datetime.combine(now.date(), clock, now.tzinfo)
    return end if end > now else end + timedelta(days=1)


def _day(named: str, today: date) -> date | None:
    """Return the next day of that name: a weekday, "tomorrow", "next week", a date with or without its year."""
    plain = re.sub(r"^(?:the )?(?:beginning|start|morning) of |^on |^next (?=[a-z]+day)|^the ", "", named)
    if plain in ("tomorrow", "tomorrow morning", "end of day", "end of the day", "end of today", "tonight", "midnight"):
        return today + timedelta(days=1)
    if plain in ("next week", "monday morning"):
        return today + timedelta(days=7 - today.weekday())
    if plain in ("next month", "end of month", "end of the month"):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if plain in ("next year", "end of year", "end of the year"):
        return date(today.year + 1, 1, 1)
    return _weekday(plain, today) or _dated(plain, today)


def _last(named: str, today: date) -> date | None:
    """Return the last day of a month or year that is named ("october", "october 2021", "2022"); None for a day."""
    plain = re.sub(r"^(?:the )?(?:month of |year )?|,", "", named).strip()
    match = re.fullmatch(r"(?P<month>[a-z]{3,9})?\.? ?(?P<year>20\d\d)?", plain)
    number = dates.month_number(match["month"]) if match and match["month"] else 0
    if not match or not plain or (match["month"] and not number):
        return None
    number = number or 12
    year = int(match["year"] or today.year + (number < today.month))
    return date(year, number, calendar.monthrange(year, number)[1])


def _weekday(plain: str, today: date) -> date | None:
    for number, name in enumerate(_WEEKDAYS):
        if len(plain) >= 3 and (name == plain or (len(plain) <= 5 and name.startswith(plain))):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _dated(plain: str, today: date) -> date | None:
    value = dates.whole(plain)
    if value or re.fullmatch(r"20\d\d(-\d\d){0,2}", plain):
        try:
            return dates.earliest(value or plain)
        except ValueError:
            return None
    for year in (today.year, today.year + 1):
        found = dates.find(plain, year)
        if len(found) == 1 and found[0].text.strip() == plain and (day := dates.exact(found[0].value)) and day > today:
            return day
    return _month(plain, today)


def _month(plain: str, today: date) -> date | None:
    number = dates.month_number(plain) if re.fullmatch(r"[a-z]{3,9}", plain) else 0
    if not number:
        return None
    return date(today.year + (number <= today.month), number, 1)
