"""Times of day, days of the week and time zones: as people type them, and as they are called in words.

"8.30", "0830", "8:30am", "9 pm", "noon" · "weekdays", "Mon–Fri", "mon, wed and fri" · "London", "UK", "Europe/Paris"
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.domain.channel import EVERY_DAY, WORKING_WEEK
from bot.domain.wording import in_a_sentence

WEEKEND = (5, 6)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DAY = (
    r"(?:mon(?:days?|s)?|tue(?:s(?:days?)?)?|wed(?:nesdays?|s)?|thu(?:rs?(?:days?)?)?|fri(?:days?|s)?|"
    r"sat(?:urdays?|s)?|sun(?:days?|s)?)"
)
UNTIL = r"(?:-|–|—|to|till?|until|through|thru)"
SEPARATOR = r"(?:\s*(?:,|/|&|\+|;|\band\b)\s*(?:and\s+)?|\s+)"
_RANGE = rf"{DAY}(?:\s*{UNTIL}\s*{DAY})?"
DAYS_SAID = re.compile(
    rf"\b(?:(?P<named>weekdays?|week days?|working days?|workdays?|business days?|working week|weekends?|every ?day|"
    rf"all days|all week|7 days(?: a week)?|seven days(?: a week)?|any day)|"
    rf"(?P<listed>{_RANGE}(?:{SEPARATOR}{_RANGE})*))(?!\w)"
)
_NAMED = {"weekend": WEEKEND, "everyday": EVERY_DAY, "allday": EVERY_DAY, "allweek": EVERY_DAY, "anyday": EVERY_DAY}

CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])\s?[:.h]\s?[0-5]\d|(?:[01]\d|2[0-4])[0-5]\d(?=\s?(?:hrs?|hours|h|am|pm|a\.m\.?|p\.m\.?)?(?!\d))|"
    r"(?:[01]?\d|2[0-4]))"
)
TIME = (
    rf"(?:{CLOCK}(?:\s?(?:am|pm|a\.m\.?|p\.m\.?|hrs?|hours|h|o['’]?clock))?|noon|midday|midnight|half past \w+|"
    r"half (?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
)
_NAMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_WORDS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def time_of(text: str) -> time | None:
    """Return the time of day that words name; None where they name none."""
    plain = re.sub(r"\s+", "", text.casefold().replace("’", "'").replace("∶", ":")).removeprefix("at")
    if plain in _NAMES:
        return _NAMES[plain]
    if plain.startswith("half"):
        return _half_past(plain.removeprefix("half").removeprefix("past"))
    match = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d\d))?(am|pm|a\.m\.?|p\.m\.?|hrs?|hours|h|o'?clock)?", plain)
    if not match:
        return None
    return _clock(int(match[1]), int(match[2] or 0), (match[3] or "")[:1])


def _clock(hour: int, minute: int, half: str) -> time | None:
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _half_past(word: str) -> time | None:
    hour = int(word) if word.isdecimal() else _WORDS.index(word) if word in _WORDS else 24
    return time(hour, 30) if hour < 24 else None


def days_of(text: str) -> tuple[int, ...] | None:
    """Return the days that words name, Monday first; a range may go over Sunday. None where they name none."""
    plain = re.sub(r"\s+", " ", text.casefold()).strip()
    match = DAYS_SAID.fullmatch(plain)
    if not match:
        return None
    if match["named"]:
        name = plain.replace(" ", "").rstrip("s")
        return _NAMED.get(name, EVERY_DAY if name.startswith(("7", "seven")) else WORKING_WEEK)
    found: set[int] = set()
    for one in re.finditer(rf"(?P<first>{DAY})(?:\s*{UNTIL}\s*(?P<last>{DAY}))?", plain):
        first = _day(one["first"])
        last = _day(one["last"]) if one["last"] else first
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return tuple(sorted(found))


def _day(name: str) -> int:
    return next(number for number, day in enumerate(DAYS) if day.casefold().startswith(name[:3]))


# --- zones -----------------------------------------------------------------------------------------------------------

_OTHER_NAMES = {
    "uk": "Europe/London",
    "gb": "Europe/London",
    "britain": "Europe/London",
    "great britain": "Europe/London",
    "british": "Europe/London",
    "england": "Europe/London",
    "scotland": "Europe/London",
    "wales": "Europe/London",
    "northern ireland": "Europe/London",
    "united kingdom": "Europe/London",
    "bst": "Europe/London",
    "gmt/bst": "Europe/London",
    "edinburgh": "Europe/London",
    "cardiff": "Europe/London",
    "manchester": "Europe/London",
    "glasgow": "Europe/London",
    "ireland": "Europe/Dublin",
    "germany": "Europe/Berlin",
    "france": "Europe/Paris",
    "spain": "Europe/Madrid",
    "india": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "bengaluru": "Asia/Kolkata",
    "chennai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "cest": "CET",
    "ist": "Asia/Kolkata",
    "utc": "UTC",
    "z": "UTC",
}
_AREAS = ("Europe", "Africa", "America", "Asia", "Atlantic", "Australia", "Indian", "Pacific", "Arctic", "Antarctica")


def zone_of(text: str) -> str | None:
    """Return the time zone that words name ("London", "uk time", "europe/paris"); None where they name none."""
    plain = re.sub(r"\s+", " ", text.casefold().replace("_", " ")).strip(" ().,")
    plain = re.sub(r"^(?:in |the )+|(?: time)?(?: ?zone)?$", "", plain).strip()
    return _zones().get(plain)


def zones_like(text: str, most: int = 3) -> list[str]:
    """Return the time zones whose names look like words, best first."""
    plain = re.sub(r"\s+", " ", text.casefold().replace("_", " ")).strip()
    near = get_close_matches(plain, _zones(), most * 2, cutoff=0.75) if len(plain) > 3 else []
    return list(dict.fromkeys(_zones()[name] for name in near))[:most]


@cache
def _zones() -> dict[str, str]:
    """Return the zone for each name of one: in full, and its city."""
    known = sorted(available_timezones())
    found = {zone.casefold().replace("_", " "): zone for zone in known}
    for area in _AREAS:
        for zone in (one for one in known if one.startswith(f"{area}/")):
            found.setdefault(zone.rpartition("/")[2].casefold().replace("_", " "), zone)
    return found | {name: zone for name, zone in _OTHER_NAMES.items() if zone in found.values()}


# --- in words --------------------------------------------------------------------------------------------------------


def days_in_words(days: Iterable[int]) -> str:
    """Return days in words: "every day", "Monday to Friday", "Monday, Wednesday and Friday"."""
    found = sorted(set(days)) or list(EVERY_DAY)
    if found == list(EVERY_DAY):
        return "every day"
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{DAYS[found[0]]} to {DAYS[found[-1]]}"
    return in_a_sentence([DAYS[day] for day in found])


def days_spoken(days: Iterable[int]) -> str:
    """Return the shortest words for days that `days_of` understands: "mon-fri", "every day", "mon, wed, fri"."""
    found = sorted(set(days)) or list(EVERY_DAY)
    short = [DAYS[day][:3].casefold() for day in found]
    if found == list(EVERY_DAY):
        return "every day"
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{short[0]}-{short[-1]}"
    return ", ".join(short)


def zone_in_words(zone: str) -> str:
    """Return a zone in words: "London time", "UTC"; one that is so many hours off is called by its whole name, for
    Etc/GMT+1 is an hour behind GMT.
    """
    if re.fullmatch(r"Etc/GMT[+-]\d+", zone):
        return zone
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{city} time" if "/" in zone and not zone.startswith("Etc/") else city
