"""What people type after /sec, and which command it means. Words alone: no database here."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import when
from handlers.commands import registry, words
from handlers.plain import cleaned
from handlers.routing import Route, route
from tests.pace import takes_at_most

TODAY = date(2021, 3, 3)  # a Wednesday


def meant(question: str) -> tuple[str, str] | None:
    found = route(question, words(), TODAY)
    return (found.command, found.words) if found else None


@pytest.mark.parametrize(
    ("question", "command", "rest"),
    [
        ("", "next", ""),
        ("   ", "next", ""),
        ("hello", "next", ""),
        ("<@U0BOT>", "next", ""),
        ("MP090", "modification", "MP090"),
        ("mp90", "modification", "mp90"),
        ("MP-090?", "modification", "MP-090"),
        ("MP 102a", "modification", "MP 102a"),
        ("secmp7", "modification", "secmp7"),
        ("MP O90", "modification", "MP O90"),
        ("*MP090*", "modification", "MP090"),
        ("`DP124`", "modification", "DP124"),
        ("<@U0BOT> MP090", "modification", "MP090"),
        ("/sec MP090", "modification", "MP090"),
        ("mod 90", "modification", "90"),
        ("MP090 history", "modification", "MP090 history"),
        ("notify me about MP090", "subscribe", "MP090 for me"),
        ("please alert us of changes to november 2021", "subscribe", "november 2021"),
        ("let me know", "next", ""),
        ("ping me when MP090 changes", "subscribe", "MP090 for me"),
        ("tell me about MP090", "modification", "MP090"),
        ("history MP090", "history", "MP090"),
        ("what about MP090?", "modification", "MP090"),
        ("status of MP090", "modification", "MP090"),
        ("is it true that mp-090 is late", "modification", "MP090"),
        ("release november 2021", "release", "november 2021"),
        ("November 2021", "release", "November 2021"),
        ("nov 21", "release", "nov 21"),
        ("2021-11", "release", "2021-11"),
        ("2021", "release", "2021"),
        ("the november 2021 sec release", "release", "november 2021 sec release"),
        ("when is November 2021 due to go live", "release", "November 2021"),
        ("v50", "version", "v50"),
        ("v62.0", "version", "v62.0"),
        ("version 50", "version", "50"),
        ("50.0", "version", "50.0"),
        ("SEC v5.14", "version", "SEC v5.14"),
        ("next", "next", ""),
        ("NEXT 5", "next", "5"),
        ("when is the next release", "next", "release"),
        ("since monday", "since", "monday"),
        ("what changed since monday", "since", "since monday"),
        ("what changed in november 2021?", "release", "November 2021"),
        ("what changed since november 2021", "since", "since november 2021"),
        ("what is the go-live of november 2021", "release", "November 2021"),
        ("ＭＰ０９０", "modification", "MP090"),
        ("since 1999-01-01", "since", "1999-01-01"),
        ("changes since 2 weeks", "since", "since 2 weeks"),
        ("yesterday", "since", "yesterday"),
        ("2021-03-01", "since", "2021-03-01"),
        ("search consumer alerts", "search", "consumer alerts"),
        ("Appendix AD", "part", "Appendix AD"),
        ("schedule 8", "part", "schedule 8"),
        ("CRP613", "search", "CRP613"),
        ("status", "status", ""),
        ("show status", "status", ""),
        ("follow MP090", "subscribe", "MP090"),
        ("stop MP090", "unsubscribe", "MP090"),
        ("list", "list", ""),
        ("digest", "digest", ""),
        ("help", "help", ""),
        ("?", "help", ""),
    ],
)
def test_what_people_type_finds_its_command(question: str, command: str, rest: str) -> None:
    assert meant(question) == (command, rest)


@pytest.mark.parametrize("question", ["P482", "CMP258", "banana", "hlep", "SECMPXXXX", "DCP 401", "🚀", "%%%"])
def test_what_means_no_command_is_not_guessed_at(question: str) -> None:
    assert meant(question) is None


def test_all_that_a_question_names_is_offered() -> None:
    found = route("did MP102A leave November 2020 for v50.0 like DP124", words(), TODAY)
    assert found == Route("modification", "MP102A", ("DP124", "release November 2020", "version 50.0"))


def test_a_question_loses_its_formatting_and_keeps_its_words() -> None:
    assert cleaned("<@U1|secbot>  *search*  _dual fuel_ &amp; gas!") == "search dual fuel & gas"
    assert cleaned("<https://example.org/|MP090>") == "MP090"
    assert cleaned("subscribe go_live_moved") == "subscribe go_live_moved"


@given(st.text(max_size=300))
def test_no_question_is_an_error(question: str) -> None:
    found = route(question, words(), TODAY)
    assert found is None or found.command in registry()


@pytest.mark.parametrize("question", ["what is " * 200, "the " * 5000, "MP" * 5000, "_*`" * 5000, "1 " * 5000])
def test_an_endless_question_takes_no_time(question: str) -> None:
    assert takes_at_most(10, lambda: route(question, words(), TODAY))  # half of one as a rule


def test_no_two_commands_share_a_word_and_each_says_what_it_does() -> None:
    assert {"modification", "release", "next", "since", "search", "version", "status", "help"} <= set(registry())
    for command in registry().values():
        assert command.usage.startswith(command.word)
        assert command.purpose


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2021-03-03"),
        ("yesterday", "2021-03-02"),
        ("monday", "2021-03-01"),
        ("since Monday", "2021-03-01"),
        ("wed", "2021-02-24"),
        ("last friday", "2021-02-26"),
        ("2 weeks", "2021-02-17"),
        ("3 days ago", "2021-02-28"),
        ("a week ago", "2021-02-24"),
        ("last month", "2021-02-03"),
        ("1 year", "2020-03-03"),
        ("2021-03-01", "2021-03-01"),
        ("1 March 2021", "2021-03-01"),
        ("1st march 2021", "2021-03-01"),
        ("01/03/2021", "2021-03-01"),
        ("5 Nov 2020", "2020-11-05"),
        ("1 March", "2021-03-01"),
        ("22 July", "2020-07-22"),
        ("june 2020", "2020-06-01"),
        ("2020", "2020-01-01"),
        ("31 January", "2021-01-31"),
        ("1999-01-01", "1999-01-01"),
        ("since 29 February 1996", "1996-02-29"),
        ("since 1999", "1999-01-01"),
    ],
)
def test_days_are_understood_as_people_say_them(said: str, day: str) -> None:
    assert when.day(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "tomorrowish",
        "31 February 2021",
        "MP090",
        "0 days",
        "99999 years",
        "mon tue",
        "2021-13-01",
        "29 February 1999",
    ],
)
def test_what_is_no_day_is_none(said: str) -> None:
    assert when.day(said, TODAY) is None


def test_the_last_day_of_a_shorter_month_stands_for_one_it_has_not() -> None:
    assert when.day("1 month", date(2021, 3, 31)) == date(2021, 2, 28)
