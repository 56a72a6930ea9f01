"""Dates that come near."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain import countdown
from bot.domain.claims import Claim, Evidence, Statement
from tests.saying import noon, statement

R, M = "release:2021-11", "modification:MP090"
GO_LIVE = date(2021, 11, 4)


def said(attribute: str, value: str, subject: str = R, **how: object) -> Statement:
    return statement(Claim(subject, attribute, value, Evidence(f"the page says {value}")), **how)  # type: ignore[arg-type]


def before(days: int) -> date:
    return GO_LIVE - timedelta(days=days)


@pytest.mark.parametrize("days", countdown.THRESHOLDS)
def test_each_threshold_is_told_on_its_day(days):
    [one] = countdown.due([said("go_live", "2021-11-04")], before(days))
    assert (one.days, one.threshold, one.on) == (days, days, GO_LIVE)


@pytest.mark.parametrize(("days", "threshold"), [(58, 60), (28, 30), (12, 14), (5, 7), (6, 7), (1, 1), (0, 0)])
def test_a_threshold_missed_by_little_is_told_late_with_the_true_days(days, threshold):
    [one] = countdown.due([said("go_live", "2021-11-04")], before(days))
    assert (one.days, one.threshold) == (days, threshold)


@pytest.mark.parametrize("days", [61, 57, 45, 27, 11, 8, 4, 2, -1])
def test_no_threshold_no_reminder(days):
    assert countdown.due([said("go_live", "2021-11-04")], before(days)) == []


def test_a_reminder_has_one_key_however_late_it_is_told():
    keys = {one.key for days in (14, 13, 12) for one in countdown.due([said("go_live", "2021-11-04")], before(days))}
    assert keys == {"countdown:release:2021-11:go_live:2021-11-04:14"}


def test_a_date_that_moved_is_counted_down_anew():
    [one] = countdown.due([said("go_live", "2021-11-29")], date(2021, 11, 15))
    assert one.key == "countdown:release:2021-11:go_live:2021-11-29:14"


@pytest.mark.parametrize("value", ["2021-11", "2021"])
def test_a_date_not_known_to_the_day_is_never_counted_down(value):
    assert countdown.due([said("go_live", value)], date(2021, 11, 1)) == []


def test_a_proposed_date_lies_ahead_and_is_not_counted_down():
    proposed = [said("proposed_go_live", "2021-11-04")]
    assert countdown.due(proposed, before(14)) == []
    assert [one.attribute for one in countdown.ahead(proposed, before(14), 90)] == ["proposed_go_live"]


def test_only_the_newest_statement_of_a_single_date_counts():
    statements = [
        said("go_live", "2021-11-04", at=noon(2021, 1, 1)),
        said("go_live", "2021-11-29", source="papers", at=noon(2021, 9, 1)),
        said("go_live", "2021-11-05", source="old", at=noon(2021, 10, 1), current=False),
    ]
    assert [one.on for one in countdown.ahead(statements, date(2021, 10, 1), 90)] == [date(2021, 11, 29)]


def test_each_closing_date_of_a_consultation_counts():
    statements = [said("consultation_closes_on", day, M) for day in ("2021-07-02", "2021-07-09")]
    assert [one.days for one in countdown.ahead(statements, date(2021, 7, 2), 90)] == [0, 7]


def test_dates_ahead_are_nearest_first_with_working_days_left():
    statements = [said("go_live", "2021-11-04"), said("change_board_vote_on", "2021-10-27", M)]
    ahead = countdown.ahead(statements, date(2021, 10, 25), 90)
    assert [(one.attribute, one.days, one.working_days) for one in ahead] == [
        ("change_board_vote_on", 2, 2),
        ("go_live", 10, 8),
    ]
    assert countdown.ahead(statements[1:], date(2021, 10, 25), 1) == []


def test_a_settled_go_live_lies_ahead_however_far_it_is_and_nothing_else_does():
    far = [said("go_live", "2022-11-03"), said("change_board_vote_on", "2022-10-26", M)]
    assert [one.attribute for one in countdown.ahead(far, date(2022, 7, 18), 90)] == ["go_live"]
    assert countdown.ahead([said("proposed_go_live", "2022-11-03")], date(2022, 7, 18), 90) == []


def test_past_the_calendar_days_are_told_without_working_days():
    [one] = countdown.due([said("go_live", "2029-02-22", "release:2029-02")], date(2029, 2, 8))
    assert (one.days, one.working_days) == (14, None)


def test_a_countdown_can_be_followed_by_subject_and_topic_and_kept():
    [one] = countdown.due([said("go_live", "2021-11-04")], before(7))
    assert one.about == (R, "kind:go-live")
    assert one.payload()["on"] == "2021-11-04"
    assert one.payload()["quote"] == "the page says 2021-11-04"
