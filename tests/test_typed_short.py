"""What people type short or wrong: understood, or asked back; never taken for what was not named."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.domain import wanted
from bot.domain.follow import spans, wishes
from bot.domain.follow.groups import Misunderstood
from bot.ports import Store
from handlers import when
from handlers.commands import words
from handlers.routing import route
from handlers.suggest import nearest
from tests.knowing import asked, buttons, fill, text_of


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


@pytest.mark.parametrize("time", ["-3d", "- 3d", "-7 days", "+2 weeks", "−3d"])
def test_a_time_with_a_sign_is_a_time_and_no_modification(time: str) -> None:
    assert spans.split(f"MP102A {time}") == ("MP102A", time) or isinstance(
        wishes.named(f"MP102A {time}"), Misunderstood
    )


@pytest.mark.parametrize("said", ["MP102A -3d", "MP102A, -3d", "-3d", "MP102A and 30d", "30d"])
def test_no_modification_is_followed_or_muted_that_was_not_named(said: str) -> None:
    assert isinstance(wishes.named(said), Misunderstood)


def test_a_mute_into_the_past_is_refused(known: Store) -> None:
    asked(known, "subscribe everything", channel="C1")
    assert asked(known, "mute MP102A -3d", channel="C1").text == "Until when?"
    assert known.mutes("C1") == []


@pytest.mark.parametrize("question", ["30d", "-30d", "30 d"])
def test_a_number_of_days_by_itself_is_asked_back_both_ways(known: Store, question: str) -> None:
    assert buttons(asked(known, question))[:2] == ["since 30 days ago", "cutoffs 30d"]
    assert "SECMP0030D" not in text_of(asked(known, question))


@pytest.mark.parametrize("question", ["november", "nov", "in november", "what's in november?", "november release"])
def test_a_month_without_its_year_means_its_releases(known: Store, question: str) -> None:
    message = asked(known, question)
    assert "Did you mean" not in message.text
    assert "release November 2021" in buttons(message)
    assert "release June 2022" not in buttons(message)


def test_what_is_asked_of_a_month_is_asked_of_each_of_its_releases(known: Store) -> None:
    assert "release November 2021 docs" in buttons(asked(known, "november docs"))


def test_a_month_that_has_no_release_is_said_to_have_none(known: Store) -> None:
    assert asked(known, "march").text.startswith("No release of March is known")


@pytest.mark.parametrize("question", ["since june", "what changed in june", "changes since june"])
def test_since_a_month_is_since_it_last_began(known: Store, question: str) -> None:
    assert asked(known, question).text.endswith("since Wednesday 1 June 2022")


@pytest.mark.parametrize("question", ["what's due this week?", "what is due tomorrow", "due in the next 2 weeks"])
def test_what_is_due_within_a_time_is_its_cut_offs(question: str) -> None:
    found = route(question, words(), date(2022, 7, 18))
    assert found is not None
    assert found.command == "cutoffs"
    assert when.ahead(found.words, date(2022, 7, 18)) is not None


@pytest.mark.parametrize(
    ("said", "days"), [("until december", 166), ("in july", 13), ("this month", 13), ("june", 347)]
)
def test_a_month_ahead_reaches_to_its_end(said: str, days: int) -> None:
    assert when.ahead(said, date(2022, 7, 18)) == days


@pytest.mark.parametrize("question", ["subcribe MP090", "unsubscirbe mp 90", "subscibe nov 21"])
def test_a_slip_of_what_would_change_something_is_offered_and_nothing_else_done(known: Store, question: str) -> None:
    message = asked(known, question, channel="C1")
    assert "nothing was changed" in text_of(message)
    assert buttons(message)[0].startswith(("subscribe ", "unsubscribe "))
    assert known.subscriptions("C1") == []


def test_of_several_modifications_none_is_left_out(known: Store) -> None:
    message = asked(known, "MP090 and MP999")
    assert message.text == "You named 2 modifications; this is where each stands"
    assert "MP999 is not known" in text_of(message).replace("*", "")
    assert buttons(message)[:2] == ["MP090", "MP999"]


def test_next_of_a_modification_is_that_modification(known: Store) -> None:
    assert asked(known, "next MP090").text.startswith("MP090")


@pytest.mark.parametrize("question", ["next 0", "next -1"])
def test_a_number_that_cannot_be_is_asked_back(known: Store, question: str) -> None:
    assert asked(known, question).text == "How many dates?"


@pytest.mark.parametrize("question", ["when does SMETS2 v5 start", "smets2 v5.1", "is GBCS version 4.1 out"])
def test_a_specification_s_version_is_not_the_sec_s(known: Store, question: str) -> None:
    message = asked(known, question)
    assert "SEC v" not in message.text
    assert any(one.startswith("part Schedule") for one in buttons(message))


def test_a_question_mark_alone_asks_for_help(known: Store) -> None:
    assert asked(known, "?").text == asked(known, "help").text == asked(known, "/sec ??").text
    assert asked(known, "").text != asked(known, "?").text


@pytest.mark.parametrize("said", ["half eight", "half past eight", "half 8"])
def test_half_eight_is_half_past_eight(said: str) -> None:
    assert wanted.digest(f"weekdays at {said}") == wanted.DigestWish(at=time(8, 30), days=(0, 1, 2, 3, 4))


@pytest.mark.parametrize("question", ["version latest", "latest version", "version newest"])
def test_the_latest_version_is_the_newest_that_is_known(known: Store, question: str) -> None:
    assert asked(known, question).text.startswith("SEC v62.0")


@pytest.mark.parametrize("question", ["what version of the sec is in force", "version current", "version in force"])
def test_the_version_in_force_has_taken_effect(known: Store, question: str) -> None:
    day_before = datetime(2021, 11, 5, 9, tzinfo=UTC)
    assert asked(known, question, day_before).text.startswith("SEC v50.0: in effect since")


def test_a_list_of_mutes_is_asked_for_with_either_word(known: Store) -> None:
    assert asked(known, "mute list", channel="C1") == asked(known, "list", channel="C1")


def test_from_when_a_night_is_quiet_is_asked_back(known: Store) -> None:
    assert buttons(asked(known, "quiet nights", channel="C1"))[:1] == ["quiet 18:00 to 08:00"]


def test_on_turns_a_digest_on_and_leaves_one_that_is(known: Store) -> None:
    for question in ("subscribe everything", "digest weekly monday 9am"):
        asked(known, question, channel="C1")
    assert asked(known, "digest on", channel="C1").text.startswith("The next digest")
    asked(known, "digest off", channel="C1")
    assert "off" not in asked(known, "digest turn it back on", channel="C1").text
    assert known.channel("C1").digest == "daily"


def test_the_day_of_a_weekly_digest_is_offered_as_its_setting(known: Store) -> None:
    message = asked(known, "subscribe everything weekly monday", channel="C1")
    assert buttons(message)[:2] == ["subscribe everything weekly", "digest weekly monday"]
    assert known.subscriptions("C1") == []


def test_this_week_is_no_day_even_on_a_monday(known: Store) -> None:
    monday = datetime(2022, 7, 18, 9, tzinfo=UTC)
    assert asked(known, "this week", monday).text.endswith("since Monday 18 July 2022")
    assert asked(known, "since today", monday).text.endswith("since today")


@pytest.mark.parametrize("question", ["appendix zz", "schedule 99", "part appendix ZZ"])
def test_no_part_is_offered_to_be_followed_that_the_sec_cannot_have(known: Store, question: str) -> None:
    message = asked(known, question)
    assert "is not a part of the SEC" in message.text
    assert not any(one.startswith("subscribe") for one in buttons(message))
    assert isinstance(wishes.named(question.removeprefix("part ")), Misunderstood)


@pytest.mark.parametrize("part", ["Appendix AZ", "Schedule 12", "Section H", "Appendix AD"])
def test_a_part_that_may_come_can_be_followed(part: str) -> None:
    assert wishes.named(part) == (f"part:{part}",)


def test_a_release_in_no_month_of_releases_is_not_offered(known: Store) -> None:
    assert "subscribe December 2022" not in text_of(asked(known, "dec 22"))
    assert "subscribe June 2031" in text_of(asked(known, "june 31 release"))


def test_one_digit_is_no_slip_of_two(known: Store) -> None:
    assert "MP081" not in nearest("SECMP0001", known)
    assert buttons(asked(known, "MP 1"))[-1] == "subscribe SECMP0001"
