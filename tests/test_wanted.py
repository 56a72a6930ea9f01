"""What people ask of digests and quiet hours, in their own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import wanted
from bot.domain.channel import EVERY_DAY, WORKING_WEEK, Channel
from bot.domain.wanted import DigestWish, QuietWish, Unclear

USUAL = Channel("C1")


def minute(text: str) -> time:
    return time.fromisoformat(text)


DIGESTS = [
    # what is typed; what holds then: pace, time, days, holidays off, zone
    ("daily 08:30 mon-fri", "daily", "08:30", WORKING_WEEK, False, ""),
    ("daily 08:30 mon-fri Europe/London", "daily", "08:30", WORKING_WEEK, False, "Europe/London"),
    ("daily at 8.30 on weekdays", "daily", "08:30", WORKING_WEEK, False, ""),
    ("Daily 0830 Mon–Fri UK time", "daily", "08:30", WORKING_WEEK, False, "Europe/London"),
    ("weekdays 8:30am", "daily", "08:30", WORKING_WEEK, False, ""),
    ("send me the digest every weekday at 9am please", "daily", "09:00", WORKING_WEEK, False, ""),
    ("mon, wed and fri 8am", "daily", "08:00", (0, 2, 4), False, ""),
    ("every day at 7", "daily", "07:00", EVERY_DAY, False, ""),
    ("at 7 in the evening", "daily", "19:00", EVERY_DAY, False, ""),
    ("daily 8am, london", "daily", "08:00", EVERY_DAY, False, "Europe/London"),
    ("daily 8am new york", "daily", "08:00", EVERY_DAY, False, "America/New_York"),
    ("8:30", "daily", "08:30", EVERY_DAY, False, ""),
    ("weekends at noon", "daily", "12:00", (5, 6), False, ""),
    ("weekly", "weekly", None, EVERY_DAY, False, ""),
    ("weekly monday 9am", "weekly", "09:00", EVERY_DAY, False, ""),
    ("weekly on fridays at 4pm", "weekly", "16:00", (4, 0, 1, 2, 3, 5, 6), False, ""),
    ("every friday afternoon at 4", "weekly", "16:00", (4, 0, 1, 2, 3, 5, 6), False, ""),
    ("once a week on tue", "weekly", None, (1, 0, 2, 3, 4, 5, 6), False, ""),
    ("mondays 9am", "weekly", "09:00", EVERY_DAY, False, ""),
    ("off", "off", None, EVERY_DAY, False, ""),
    ("turn it off", "off", None, EVERY_DAY, False, ""),
    ("stop", "off", None, EVERY_DAY, False, ""),
    ("none", "off", None, EVERY_DAY, False, ""),
    ("not on bank holidays", "daily", None, EVERY_DAY, True, ""),
    ("daily except bank holidays", "daily", None, EVERY_DAY, True, ""),
    ("off on bank holidays", "daily", None, EVERY_DAY, True, ""),
    ("bank holidays off", "daily", None, EVERY_DAY, True, ""),
    ("daily mon-fri 8.30 but not on public holidays", "daily", "08:30", WORKING_WEEK, True, ""),
    ("no bank holidays, 9am", "daily", "09:00", EVERY_DAY, True, ""),
    ("GMT", "daily", None, EVERY_DAY, False, "GMT"),
]


@pytest.mark.parametrize(("said", "pace", "at", "days", "holidays", "zone"), DIGESTS)
def test_how_digests_are_wanted_is_understood(
    said: str, pace: str, at: str | None, days: tuple[int, ...], holidays: bool, zone: str
) -> None:
    wish = wanted.digest(said)
    assert isinstance(wish, DigestWish), wish
    expected = replace(
        USUAL, digest=pace, digest_at=minute(at) if at else None, days=days, holidays_off=holidays, zone=zone
    )
    assert wish.of(USUAL) == expected


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("daily 25:00", "time", "25:00"),
        ("daily 8:75", "time", "8:75"),
        ("daily 13pm", "time", "13pm"),
        ("daily 8am and 5pm", "time", "8am 5pm"),
        ("daily 8am Europe/Lodnon", "zone", "europe/lodnon"),
        ("daily 8am Nowhere/City", "zone", "nowhere/city"),
        ("daily blurb", "words", "blurb"),
        ("monthly", "pace", "monthly"),
        ("twice a day", "pace", "twice a day"),
        ("every other monday", "pace", "every other monday"),
        ("off daily", "pace", "off daily"),
        ("daily 8am UTC+1", "time", "utc+1"),
    ],
)
def test_what_is_not_understood_of_digests_is_named(said: str, kind: str, words: str) -> None:
    wish = wanted.digest(said)
    assert isinstance(wish, Unclear), wish
    assert (wish.kind, wish.words) == (kind, words)


def test_what_is_not_named_stays_as_it_is() -> None:
    own = replace(USUAL, digest="weekly", digest_at=time(7), days=(3, 0, 1, 2, 4), zone="Europe/Paris")
    wish = wanted.digest("9am")
    assert isinstance(wish, DigestWish)
    assert wish.of(own) == replace(own, digest_at=time(9))
    off = wanted.digest("not on bank holidays")
    assert isinstance(off, DigestWish)
    assert off.of(replace(own, digest="off")).digest == "off"


WORKING = replace(USUAL, days=WORKING_WEEK)
WEEKLY = replace(USUAL, digest="weekly", days=(4, 0, 1, 2, 3))


@pytest.mark.parametrize(
    ("said", "before", "pace", "days"),
    [
        ("weekly sunday 9am", WORKING, "weekly", (6, 0, 1, 2, 3, 4)),
        ("sat", WORKING, "weekly", (5, 0, 1, 2, 3, 4)),
        ("weekly sunday", replace(USUAL, days=()), "weekly", (6, 0, 1, 2, 3, 4, 5)),
        ("mon, wed, fri", WEEKLY, "daily", (4, 0, 2)),
        ("weekdays 8:30", WEEKLY, "daily", (4, 0, 1, 2, 3)),
        ("daily friday", WORKING, "daily", (4,)),
        ("daily not on friday", USUAL, "daily", (0, 1, 2, 3, 5, 6)),
        ("daily except weekends", USUAL, "daily", WORKING_WEEK),
        ("not on fridays", WORKING, "daily", (0, 1, 2, 3)),
        ("daily mon-fri but not wed", USUAL, "daily", (0, 1, 3, 4)),
    ],
)
def test_the_days_that_are_named_are_those_on_which_it_comes(
    said: str, before: Channel, pace: str, days: tuple[int, ...]
) -> None:
    wish = wanted.digest(said)
    assert isinstance(wish, DigestWish), wish
    after = wish.of(before)
    assert (after.digest, after.days) == (pace, days)


def test_words_of_the_grammar_are_taken_for_no_zone() -> None:
    assert wanted.digest("daily not") == Unclear("not")


def test_the_digests_days_and_quiet_days_leave_each_other_alone() -> None:
    channel = USUAL
    for wish in (wanted.digest("mon, wed, fri"), wanted.quiet("weekends"), wanted.digest("every day")):
        assert not isinstance(wish, Unclear)
        channel = wish.of(channel)
    assert (channel.days, channel.quiet_days) == (EVERY_DAY, (5, 6))


QUIET = [
    ("18:00-08:00", {}),
    ("18:00 to 08:00", {}),
    ("6pm-8am", {}),
    ("6pm till 8am", {}),
    ("from 18:00 until 8", {}),
    ("between 6pm and 8am", {}),
    ("18-8", {}),
    ("1800–0800", {}),
    ("18.00 - 8.00am", {}),
    ("18:00-08:00 weekends", {"quiet_days": (5, 6)}),
    ("18:00-08:00, weekends too", {"quiet_days": (5, 6)}),
    ("18:00-08:00, all day on wednesdays", {"quiet_days": (2,)}),
    ("18:00-08:00 and bank holidays", {"quiet_holidays": True}),
    (
        "6pm to 8am on weekends and on bank holidays",
        {"quiet_days": (5, 6), "quiet_holidays": True},
    ),
    ("18:00-08:00 but weighty", {"weighty_passes": True}),
    ("18:00-08:00 except weighty news", {"weighty_passes": True}),
    ("18:00-08:00, urgent changes come through", {"weighty_passes": True}),
    ("18:00-08:00 also weighty", {"weighty_passes": False}),
    ("18:00-08:00 not even weighty", {"weighty_passes": False}),
    ("18:00-08:00 no exceptions", {"weighty_passes": False}),
    ("6pm-8am Europe/London", {"zone": "Europe/London"}),
    ("6pm-8am uk time", {"zone": "Europe/London"}),
]


@pytest.mark.parametrize(("said", "more"), QUIET)
def test_quiet_hours_are_understood(said: str, more: dict[str, object]) -> None:
    wish = wanted.quiet(said)
    assert isinstance(wish, QuietWish), wish
    assert wish.of(USUAL) == replace(USUAL, quiet_from=time(18), quiet_until=time(8), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "begin", "end"), [("6-8pm", 18, 20), ("10-6am", 22, 6), ("8-6pm", 8, 18), ("11pm-7am", 23, 7)]
)
def test_of_hours_with_one_half_of_the_day_named_the_shorter_are_meant(said: str, begin: int, end: int) -> None:
    assert wanted.quiet(said) == QuietWish(hours=(time(begin), time(end)))


@pytest.mark.parametrize("said", ["off", "none", "no quiet hours", "turn off please", "never"])
def test_quiet_hours_can_be_ended(said: str) -> None:
    quiet = replace(USUAL, quiet_from=time(18), quiet_until=time(8), quiet_days=(1, 5), quiet_holidays=True)
    wish = wanted.quiet(said)
    assert isinstance(wish, QuietWish)
    assert wish.of(quiet) == USUAL
    assert wish.of(replace(quiet, weighty_passes=False)) == USUAL


def test_of_two_bare_numbers_both_halves_of_the_day_are_offered() -> None:
    assert wanted.halves("quiet 9-5 please") == ("09:00 to 17:00", "21:00 to 05:00")
    assert wanted.halves("12 to 8") == ("00:00 to 20:00", "12:00 to 08:00")
    assert wanted.halves("18-8") == wanted.halves("6-8pm") == wanted.halves("9:30-5") == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("until 8", "hours"),
        ("18:00", "hours"),
        ("18:00-18:00", "hours"),
        ("25:00-08:00", "time"),
        ("nights", "words"),
        ("off 18:00-08:00", "hours"),
        ("all day every day", "hours"),
        ("9-5", "hours"),
        ("10 to 6", "hours"),
    ],
)
def test_what_is_not_understood_of_quiet_hours_is_named(said: str, kind: str) -> None:
    wish = wanted.quiet(said)
    assert isinstance(wish, Unclear), wish
    assert wish.kind == kind


def test_weekends_are_added_to_the_hours_that_there_are_and_taken_away_alone() -> None:
    hours = replace(USUAL, quiet_from=time(18), quiet_until=time(8))
    added = wanted.quiet("weekends")
    assert isinstance(added, QuietWish)
    both = added.of(hours)
    assert (both.quiet_from, both.quiet_days, both.days) == (time(18), (5, 6), EVERY_DAY)
    gone = wanted.quiet("not at weekends")
    assert isinstance(gone, QuietWish)
    assert gone.of(both) == hours


MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = st.sampled_from(sorted(available_timezones() - {"GB"}))
"""GB is London, which people know it by."""
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@given(st.sampled_from(["daily", "weekly", "off"]), MINUTES, DAYS, ZONES, st.booleans())
def test_what_is_shown_to_type_for_a_digest_gives_the_same_digest(
    pace: str, at: time, days: tuple[int, ...], zone: str, holidays: bool
) -> None:
    own = replace(
        USUAL, digest=pace, digest_at=at, days=EVERY_DAY if pace == "weekly" else days, zone=zone, holidays_off=holidays
    )
    wish = wanted.digest(wanted.digest_spoken(own, at).removeprefix("digest "))
    assert isinstance(wish, DigestWish), wish
    assert wish.of(USUAL) == own if pace != "off" else wish.of(own) == own


@pytest.mark.parametrize("zone", ["Etc/GMT+1", "Etc/GMT-14", "Etc/GMT0", "EST5EDT", "CET", "America/Port-au-Prince"])
def test_a_zone_that_is_no_area_and_city_is_understood_again(zone: str) -> None:
    shown = wanted.digest_spoken(replace(USUAL, zone=zone, days=WORKING_WEEK), time(8, 30))
    wish = wanted.digest(shown.removeprefix("digest "))
    assert isinstance(wish, DigestWish), wish
    assert (wish.zone, wish.at, wish.days) == (zone, time(8, 30), WORKING_WEEK)


@given(MINUTES, MINUTES, st.sets(st.integers(0, 6), max_size=6), st.booleans(), st.booleans())
def test_what_is_shown_to_type_for_quiet_hours_gives_the_same_hours(
    begin: time, end: time, days: set[int], holidays: bool, passes: bool
) -> None:
    own = replace(
        USUAL,
        quiet_from=begin,
        quiet_until=end,
        quiet_days=tuple(sorted(days)),
        quiet_holidays=holidays,
        weighty_passes=passes,
    )
    if begin == end:
        return
    wish = wanted.quiet(wanted.quiet_spoken(own).removeprefix("quiet "))
    assert isinstance(wish, QuietWish), wish
    assert wish.of(USUAL) == own


@given(st.text(max_size=60))
def test_whatever_is_typed_there_is_a_wish_or_what_was_not_understood(said: str) -> None:
    assert isinstance(wanted.digest(said), (DigestWish, Unclear))
    assert isinstance(wanted.quiet(said), (QuietWish, Unclear))
