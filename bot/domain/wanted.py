"""What people ask of digests and quiet hours: their words → a wish → a channel's settings.

"daily 08:30 mon-fri London", "weekly monday 9am", "off", "not on bank holidays"; "18:00 to 08:00 weekends but weighty".
What is not understood is said (`Unclear`), and then nothing of it is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time

from bot.domain.channel import EVERY_DAY, Channel
from bot.domain.hours import (
    DAYS_SAID,
    TIME,
    UNTIL,
    WEEKEND,
    days_of,
    days_spoken,
    time_of,
    zone_of,
    zones_like,
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are not understood: `kind` is "time", "zone", "hours", "pace", "people" or "words"; `near`: zones that
    may be meant.
    """

    words: str
    kind: str = "words"
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestWish:
    """How digests are to come; what is None or empty stays as it is."""

    pace: str = ""
    at: time | None = None
    days: tuple[int, ...] = ()
    but_not: tuple[int, ...] = ()
    holidays_off: bool | None = None
    zone: str = ""

    def of(self, channel: Channel) -> Channel:
        """Return a channel's settings with it. One day that is named is that of a weekly digest, several of a daily."""
        named = replace(
            channel,
            digest_at=self.at or channel.digest_at,
            holidays_off=channel.holidays_off if self.holidays_off is None else self.holidays_off,
            zone=self.zone or channel.zone,
        )
        if not (self.pace or self.at or self.days or self.but_not):
            return named
        if self.pace == "off":
            return replace(named, digest="off")
        several = "daily" if self.days or channel.digest == "off" else channel.digest
        pace = self.pace or ("weekly" if len(self.days) == 1 else several)
        return replace(named, digest=pace, days=self._days(channel, pace))

    def _days(self, channel: Channel, pace: str) -> tuple[int, ...]:
        """Return the days of it. The one that is named for a weekly digest leads those that there are."""
        if not self.days and not self.but_not:
            return channel.days
        weekly, own = pace == "weekly" and bool(self.days), channel.days or EVERY_DAY
        first = self.days[0] if weekly else channel.weekly_day
        named = (*own, first) if weekly and len(self.days) == 1 else self.days or own
        return _led(first, [day for day in named if day not in self.but_not]) or channel.days


@dataclass(frozen=True, slots=True)
class QuietWish:
    """When it is to be quiet; what is None or empty stays as it is."""

    off: bool = False
    hours: tuple[time, time] | None = None
    days: tuple[int, ...] | None = None
    weekends: bool | None = None
    holidays: bool | None = None
    weighty_passes: bool | None = None
    zone: str = ""

    def of(self, channel: Channel) -> Channel:
        """Return a channel's settings with it."""
        if self.off:
            return replace(
                channel,
                quiet_from=None,
                quiet_until=None,
                quiet_days=(),
                quiet_holidays=False,
                weighty_passes=True,
            )
        days = set(channel.quiet_days if self.days is None else self.days)
        if self.weekends is not None:
            days = days | set(WEEKEND) if self.weekends else days - set(WEEKEND)
        begin, end = self.hours or (channel.quiet_from, channel.quiet_until)
        return replace(
            channel,
            quiet_from=begin,
            quiet_until=end,
            quiet_days=tuple(sorted(days)),
            quiet_holidays=channel.quiet_holidays if self.holidays is None else self.holidays,
            weighty_passes=channel.weighty_passes if self.weighty_passes is None else self.weighty_passes,
            zone=self.zone or channel.zone,
        )


def _led(first: int, days: Iterable[int]) -> tuple[int, ...]:
    """Return days in their order, the first of all before them where it was chosen to be the weekly one."""
    rest = sorted(set(days) - {first})
    return (first, *rest) if first in days or not rest or len(set(days)) == len(EVERY_DAY) else tuple(rest)


# --- reading ---------------------------------------------------------------------------------------------------------

_HOLIDAYS = r"(?:(?:uk |english |public |national )*(?:bank |public |national )?hol(?:iday)?s?|bank hol(?:iday)?s?)\b"
_NOT = r"(?:(?:but )?not|off|no|except(?:ing)?|excluding|excl\.?|without|skip(?:ping)?|never|omit(?:ting)?|minus)"
_LINKS = r"(?:(?:on|at|in|over|during|for|and|also|the|all|any|even|including|incl\.?|with|plus|&|,) ?)*"
_AFTER = r"(?: too| as well| also| off| excluded| excepted| included)?"
HOLIDAYS = re.compile(rf"(?P<no>\b{_NOT} )?{_LINKS}\b{_HOLIDAYS}(?P<after>{_AFTER})(?!\w)")
WEEKENDS = re.compile(rf"(?P<no>\b{_NOT} )?{_LINKS}\bweek ?ends?(?: too| as well| also)?(?!\w)")
NOT_DAYS = re.compile(rf"\b{_NOT} (?:on )?(?:the )?(?P<days>{DAYS_SAID.pattern})")
ALL_DAY = re.compile(rf"\b(?:all day|the whole day)(?: on)? (?P<days>{DAYS_SAID.pattern})")
PACES = {
    "daily": re.compile(r"\b(?:daily|dayly|every ?day|each day|once a day|per day|a day)\b"),
    "weekly": re.compile(r"\b(?:weekly|every week|each week|once a week|per week|a week)\b"),
    "off": re.compile(
        r"\b(?:off|none|never|stop|disabled?|cancel|no (?:digests?|quiet(?: hours| times?)?|more)|nothing)\b"
    ),
}
OTHER_PACES = re.compile(r"\b(?:hourly|fortnightly|monthly|quarterly|yearly|twice|every (?:other|second|\d+|two))\b.*")
AT = re.compile(rf"(?<![\w:./+-])(?:{TIME})(?![\w:/])")
HOURS = re.compile(rf"(?:from |between )?(?<![\w:.])(?P<begin>{TIME})\s*(?:{UNTIL}|and)\s*(?P<end>{TIME})(?![\w:])")
LATER = re.compile(r"\b(?:in the |at )?(?:evening|afternoon|night)s?\b")
ZONE = re.compile(r"[a-z_]+(?:/[a-z_]+(?:[+-]?[0-9]+|(?:-[a-z_]+)*)(?![\w+-])){1,2}")
FILLER = re.compile(
    r"(?:(?:digests?|summar(?:y|ies)|updates?|quiet(?: hours?| times?)?|hours|please|pls|send|come|comes|coming|me|us|"
    r"it|them|a|an|the|at|on|in|of|by|to|and|be|is|only|just|every|each|for|this|channel|with|as|set|make|turn|switch|"
    r"change|my|our|from|between|morning|mornings|first thing|local|during|when|but|all day|day|days)|-)"
)
WEIGHTY = r"(?:weighty|urgent|important|big|serious|major)(?: (?:news|changes?|ones?|alerts?|things?|stuff|items?))?"
HELD = re.compile(
    rf"(?:(?:and|also|even|including|incl\.?|not even|no|with|plus) )+(?:the )?{WEIGHTY}(?: too| as well| also)?(?!\w)|"
    rf"{WEIGHTY} (?:too|as well|also|waits?|held)|(?:no|without) exceptions?|nothing (?:passes|gets through)"
)
PASSES = re.compile(
    rf"(?:(?:but|except(?:ing)?|unless|excluding|other than|apart from|besides|not|let|save) )+(?:for )?(?:the )?"
    rf"{WEIGHTY}(?: (?:passes|pass|may pass|through|(?:come|comes|gets?) through))?(?!\w)|"
    rf"{WEIGHTY} (?:passes|pass|may pass|allowed|(?:come|comes|gets?|goes|go) through)(?!\w)"
)


def digest(text: str) -> DigestWish | Unclear:
    """Return how digests are wanted; a wish for nothing where the words ask for nothing."""
    left = _Words(text)
    holidays = left.take(HOLIDAYS)
    if other := left.take(OTHER_PACES):
        return Unclear(other[0].strip(), "pace")
    without = left.take(NOT_DAYS)
    zone = left.zone()
    paces = [pace for pace, said in PACES.items() if left.take(said)]
    days = left.take(DAYS_SAID)
    later = left.take(LATER)
    times = left.take_all(AT)
    at = _later(time_of(times[0]), later=bool(later)) if times else None
    if len(times) > 1 or (times and at is None):
        return Unclear(" ".join(times), "time")
    rest = left.rest()
    zone = zone or zone_of(rest) or ""
    if rest and not zone_of(rest):
        return _unclear(rest)
    if "off" in paces and (len(paces) > 1 or times or days):
        return Unclear(text.strip(), "pace")
    pace = paces[-1] if paces else ""
    named = (days_of(days[0]) or ()) if days else ()
    off = _is_off(holidays) if holidays else None
    # "every day" is both: a pace and all days.
    but_not = (days_of(without["days"]) or ()) if without else ()
    if without and set(but_not) >= set(named or EVERY_DAY):
        return Unclear(without[0].strip())
    return DigestWish(pace, at, named or (EVERY_DAY if _every_day(text) else ()), but_not, off, zone)


def quiet(text: str) -> QuietWish | Unclear:
    """Return when it is to be quiet; a wish for nothing where the words ask for nothing."""
    left = _Words(text)
    held, passes = left.take(HELD), left.take(PASSES)
    all_day = left.take(ALL_DAY)
    holidays, weekends = left.take(HOLIDAYS), left.take(WEEKENDS)
    zone = left.zone()
    hours = left.take(HOURS)
    off = bool(left.take(PACES["off"]))
    found = _hours(hours["begin"], hours["end"]) if hours else None
    if hours and found is None:
        return Unclear(hours[0].strip(), "hours")
    if lonely := left.take(AT):
        return Unclear(lonely[0].strip(), "hours")
    rest = left.rest()
    if rest and not zone_of(rest):
        return _unclear(rest)
    if all_day and days_of(all_day["days"]) == EVERY_DAY:
        return Unclear(all_day[0].strip(), "hours")
    if off and (found or weekends or holidays or all_day):
        return Unclear(text.strip(), "hours")
    return QuietWish(
        off,
        found,
        days_of(all_day["days"]) if all_day else None,
        None if weekends is None else not weekends["no"],
        None if holidays is None else not holidays["no"],
        True if passes else False if held else None,
        zone or zone_of(rest) or "",
    )


class _Words:
    """What is left of somebody's words: each thing that is understood is taken out."""

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("∶", ":")
        self.left = re.sub(r"\s+", " ", re.sub(r"\s?[–—]\s?", "-", plain)).strip()

    def take(self, said: re.Pattern[str]) -> re.Match[str] | None:
        match = said.search(self.left)
        if match:
            self.left = f"{self.left[: match.start()]} {self.left[match.end() :]}"
        return match

    def take_all(self, said: re.Pattern[str]) -> list[str]:
        found = [match[0] for match in said.finditer(self.left)]
        self.left = said.sub(" ", self.left)
        return found

    def zone(self) -> str:
        """Take a zone that is written in full: its area and its city."""
        for match in ZONE.finditer(self.left):
            if zone := zone_of(match[0]):
                self.left = self.left.replace(match[0], " ")
                return zone
        return ""

    def rest(self) -> str:
        """Return what is left without the words that only join others."""
        words = (word.strip(",;.!?&+") for word in self.left.split())
        return " ".join(word for word in words if word and not FILLER.fullmatch(word))


def _unclear(rest: str) -> Unclear:
    near = tuple(zones_like(rest))
    if any(character.isdigit() for character in rest):
        return Unclear(rest, "time")
    return Unclear(rest, "zone" if near or "/" in rest else "words", near)


def _later(at: time | None, *, later: bool) -> time | None:
    return at.replace(hour=at.hour + 12) if at and later and at.hour < 12 else at


def _is_off(holidays: re.Match[str]) -> bool:
    return bool(holidays["no"]) or holidays["after"].strip() in ("off", "excluded", "excepted")


def _every_day(text: str) -> bool:
    return bool(re.search(r"\b(?:every|each) ?day\b", text.casefold()))


def _hours(begin: str, end: str) -> tuple[time, time] | None:
    """Return quiet hours; of "6-8pm" and "10-6am" the first is meant in the half of the day that makes them short."""
    first, last = time_of(begin), time_of(end)
    if re.fullmatch(r"\s*\d{1,2}\s*", begin) and re.search(r"[ap]\.?m", end):
        either = (time_of(f"{begin.strip()}{half}") for half in ("am", "pm"))
        known = [one for one in either if one and last and one != last]
        first = min(known, key=lambda one: (_minutes(last) - _minutes(one)) % 1440) if known and last else first
    if first is None or last is None or first == last:
        return None
    if _BARE.fullmatch(f"{begin.strip()}-{end.strip()}") and _is_long(first, last):
        return None
    return first, last


def halves(text: str) -> tuple[str, ...]:
    """Return what two bare numbers that leave open which half of the day each is in may mean as hours: "9-5"."""
    if not (match := _BARE.search(text)):
        return ()
    begin, end = int(match["begin"]) % 12, int(match["end"]) % 12
    return tuple(f"{first:02d}:00 to {last:02d}:00" for first, last in ((begin, end + 12), (begin + 12, end)))


def _is_long(first: time, last: time) -> bool:
    """Whether it is longer from the one to the other than half a day: of "9 to 5" nobody means twenty hours."""
    return (_minutes(last) - _minutes(first)) % 1440 > 720


_BARE = re.compile(
    r"(?<![\d:.])(?P<begin>[1-9]|1[0-2])\s*(?:-|to|until|till)\s*(?P<end>[1-9]|1[0-2])\s*(?![\d:.]|[ap]\.?m)"
)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


# --- saying ----------------------------------------------------------------------------------------------------------


def digest_spoken(channel: Channel, at: time) -> str:
    """Return what to type for digests as a channel has them; `at`: the time of day that holds."""
    if channel.digest == "off":
        return "digest off"
    pace = f"weekly {days_spoken([channel.weekly_day])}" if channel.digest == "weekly" else "daily"
    days = "" if channel.digest == "weekly" else days_spoken(channel.days)
    holidays = "not on bank holidays" if channel.holidays_off else ""
    return " ".join(filter(None, ("digest", pace, f"{at:%H:%M}", days, channel.zone, holidays)))


def quiet_spoken(channel: Channel) -> str:
    """Return what to type for quiet hours as a channel has them."""
    begin, end = channel.quiet_from, channel.quiet_until
    hours = f"{begin:%H:%M} to {end:%H:%M}" if begin and end else ""
    days = channel.quiet_days
    all_day = "" if not days else "weekends" if days == WEEKEND else f"all day {days_spoken(days)}"
    holidays = "bank holidays" if channel.quiet_holidays else ""
    if not (hours or all_day or holidays):
        return "quiet off"
    return " ".join(filter(None, ("quiet", hours, all_day, holidays, "" if channel.weighty_passes else "also weighty")))
