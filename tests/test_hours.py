"""Times, days and zones as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import hours

TIMES = {
    "08:30": "8:30|08:30|8.30|08.30|0830|8:30am|8.30 am|8:30 a.m.|0830hrs|8h30|at 8:30|half past eight|half past 8|08∶30",
    "09:00": "9|09:00|9am|9 AM|09|0900|9 o'clock|at 9|9h|9:00 am",
    "18:00": "18:00|6pm|6 PM|6:00pm|1800|18|18h|6 p.m.|1800 hours",
    "00:00": "midnight|24:00|0:00|12am|00:00",
    "12:00": "noon|midday|12:00|12pm|12 PM",
    "17:45": "17:45|5.45pm|1745|17.45",
}
DAYS = {
    (
        0,
        1,
        2,
        3,
        4,
    ): "weekdays|mon-fri|Mon–Fri|monday to friday|Mon - Fri|working days|mon through fri|monday until friday|week days",
    (0, 2, 4): "mon, wed and fri|Mon Wed Fri|monday, wednesday & friday|mon/wed/fri|mondays, wednesdays and fridays",
    (0,): "monday|Mondays|mon",
    (5, 6): "weekends|sat-sun|saturday and sunday|weekend|sat, sun",
    (0, 1, 2, 3, 4, 5, 6): "every day|everyday|mon-sun|all week|7 days a week|all days",
    (0, 4, 5, 6): "fri-mon|friday to monday",
    (0, 1, 2, 4): "mon-wed, fri|mon to wed and friday",
    (1, 3): "tue & thu|tues, thurs|Tuesday and Thursday",
}
ZONES = {
    "Europe/London": "London|london|Europe/London|europe/london|UK|uk time|GB|London time|BST|British time|in London|(London)",
    "Europe/Paris": "Paris|europe/paris|France",
    "CET": "CET|cest",
    "America/New_York": "New York|America/New_York|new_york|america/new york",
    "Asia/Kolkata": "India|Kolkata|IST|Mumbai",
    "UTC": "UTC|utc",
}


def rows(table: dict[object, str]) -> list[tuple[str, object]]:
    return [(said, meant) for meant, spellings in table.items() for said in spellings.split("|")]


@pytest.mark.parametrize(("said", "meant"), rows(TIMES))  # type: ignore[arg-type]
def test_a_time_of_day_is_understood_however_it_is_written(said: str, meant: str) -> None:
    assert hours.time_of(said) == time.fromisoformat(meant)


@pytest.mark.parametrize(
    "said", ["25:00", "8:75", "13pm", "0am", "24:01", "8:3", "", "soon", "8.30.15", "half past", "99"]
)
def test_what_is_no_time_of_day_is_none(said: str) -> None:
    assert hours.time_of(said) is None


@pytest.mark.parametrize(("said", "meant"), rows(DAYS))  # type: ignore[arg-type]
def test_days_are_understood_however_they_are_written(said: str, meant: tuple[int, ...]) -> None:
    assert hours.days_of(said) == meant


@pytest.mark.parametrize("said", ["", "monkey", "sunny", "friend", "satin", "week", "someday"])
def test_what_are_no_days_are_none(said: str) -> None:
    assert hours.days_of(said) is None


@pytest.mark.parametrize(("said", "meant"), rows(ZONES))  # type: ignore[arg-type]
def test_a_zone_is_understood_by_its_name_its_city_and_its_country(said: str, meant: str) -> None:
    assert hours.zone_of(said) == meant


@pytest.mark.parametrize("said", ["", "Mars", "time", "Lodnon", "UTC+1", "monday"])
def test_what_is_no_zone_is_none(said: str) -> None:
    assert hours.zone_of(said) is None


def test_a_misspelt_zone_has_suggestions() -> None:
    assert hours.zones_like("lodnon")[0] == "Europe/London"
    assert hours.zones_like("europe/pariss")[0] == "Europe/Paris"
    assert hours.zones_like("xq") == []


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%I:%M %p", "%I.%M%p"]),
)
def test_every_minute_of_the_day_is_understood_in_each_form(at: time, form: str) -> None:
    assert hours.time_of(at.strftime(form)) == at


@given(st.sets(st.integers(0, 6), min_size=1))
def test_days_said_in_words_are_understood_again(days: set[int]) -> None:
    assert hours.days_of(hours.days_in_words(days)) == tuple(sorted(days))
    assert hours.days_of(hours.days_spoken(days)) == tuple(sorted(days))
