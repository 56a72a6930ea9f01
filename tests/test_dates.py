"""Dates: a small strict grammar that keeps the precision of the page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import dates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 November 2021", "2021-11-04"),
        ("Thursday 4th November 2021", "2021-11-04"),
        ("Thursday, the 4th of November 2021", "2021-11-04"),
        ("November 4, 2021", "2021-11-04"),
        ("4 Nov 2021", "2021-11-04"),
        ("2021-11-04", "2021-11-04"),
        ("04/11/2021", "2021-11-04"),
        ("4.11.2021", "2021-11-04"),
        ("04/11/21", "2021-11-04"),
        ("Implementation date: 4/11/21.", "2021-11-04"),
        ("chapter 4, November 2021", "2021-11"),
        ("June 2022", "2022-06"),
        ("end of July 2020", "2020-07"),
        ("4\xa0November\xa02021", "2021-11-04"),
    ],
)
def test_a_date_is_found_with_its_precision(text: str, value: str) -> None:
    assert dates.first(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("MP090", "DD/MM/YYYY", "TBC", "Unknown", "v4.1", "in May", "2021", "99/99/2021", "SR11.2", "31 June 2024"),
        *("30th of February 2024", "13/13/2024", "24/7", "24/7/365", "2.0.21", "v1.2.2024.1", "1/2/21/4", "3/4/9"),
        *("09/10/99", "DD/MM/YY"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.first(text) is None


def test_dates_glued_to_words_are_found_and_each_once() -> None:
    found = dates.find("v4.1 (draft 5)22 September 2021 and from 23 June 2022 to 30 June 2022")
    assert [one.value for one in found] == ["2021-09-22", "2022-06-23", "2022-06-30"]
    assert dates.whole("22 September 2021.") == "2021-09-22"
    assert dates.whole("on 22 September 2021") is None


def test_a_day_without_a_year_needs_one_to_be_given() -> None:
    assert dates.find("on 22 July") == []
    assert [one.value for one in dates.find("on 22 July", 2020)] == ["2020-07-22"]


def test_a_value_says_what_it_can_mean_and_no_more() -> None:
    assert dates.exact("2022-06") is None
    assert (dates.earliest("2022-06"), dates.latest("2022-06")) == (date(2022, 6, 1), date(2022, 6, 30))
    assert (dates.earliest("2022"), dates.latest("2022")) == (date(2022, 1, 1), date(2022, 12, 31))
    assert [dates.label(v) for v in ("2021-11-04", "2022-06", "2021")] == ["4 November 2021", "June 2022", "2021"]


@given(st.dates(date(2013, 1, 1), date(2099, 12, 31)))
def test_a_day_written_out_is_read_back(day: date) -> None:
    assert dates.first(f"on {dates.label(day.isoformat())}, we met") == day.isoformat()


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for one in dates.find(text):
        assert dates.earliest(one.value) <= dates.latest(one.value)
