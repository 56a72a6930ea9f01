"""What can be asked besides a modification, a release, a version: cut-offs, parts, terms, what is new to whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import diff
from bot.domain.changes import Told
from bot.domain.claims import Claim, Evidence
from bot.ports import Source, Store
from handlers import answer
from handlers.commands import registry
from handlers.commands.help import TOPICS
from tests.knowing import (
    LONDON,
    NEWS_READ,
    PAPER_READ,
    RELEASE,
    asked,
    buttons,
    claims,
    fill,
    implemented,
    read,
    text_of,
)

JUNE_2020 = datetime(2020, 6, 1, 9, tzinfo=UTC)
LATER = NEWS_READ + timedelta(days=30)


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


@pytest.fixture
def early(store: Store) -> Store:
    fill(store, until=PAPER_READ)
    return store


# --- cut-offs --------------------------------------------------------------------------------------------------------


def test_cut_offs_within_a_time_have_working_days_left_and_their_source(early: Store) -> None:
    message = asked(early, "cutoffs 60 days", JUNE_2020)
    text = text_of(message)
    assert message.text == "1 date in the next 60 days: Change Board vote 22 July 2020, 37 working days left"
    assert "(<https://example.org/papers/|" in text
    assert "> “The Change Board votes on MP102A on 22 July 2020.”" in text
    assert "decision cut-off" not in text.partition("Up to")[0]


def test_where_none_is_near_the_next_one_is_named(early: Store) -> None:
    message = asked(early, "cutoffs", JUNE_2020)
    assert message.text == "No cut-off or vote in the next 30 days; then: Change Board vote 22 July 2020"
    assert {"MP102A", "cutoffs 60d"} <= set(buttons(message))


def test_go_lives_are_left_to_next(early: Store) -> None:
    assert "5 November 2020" not in text_of(asked(early, "cutoffs 365d", JUNE_2020))
    assert "5 November 2020" in text_of(asked(early, "next 10", JUNE_2020))


def test_a_month_without_a_day_is_told_as_a_month(early: Store) -> None:
    said = claims("The scope is due by the end of June 2020.", ("release:2021-06", "baseline_due", "2020-06"))
    read(early, Source("more", "https://example.org/more/", "paper"), PAPER_READ, said)
    text = text_of(asked(early, "cutoffs", JUNE_2020))
    assert "*Only the month is known*\n• June 2020: baseline due, June 2021 SEC Release" in text


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("30d", "Wednesday 1 July 2020"),
        ("2 weeks", "Monday 15 June 2020"),
        ("a month", "Saturday 2 May 2020"),
        ("until friday", "Friday 5 June 2020"),
        ("until 3 July", "Friday 3 July 2020"),
        ("this week", "Sunday 7 June 2020"),
    ],
)
def test_the_time_is_understood_as_people_say_it(early: Store, said: str, until: str) -> None:
    text = text_of(asked(early, f"cutoffs {said}", JUNE_2020))
    assert "Up to" in text
    if said != "a month":
        assert f"Up to {until}" in text


def test_a_time_that_is_none_is_asked_for(early: Store) -> None:
    message = asked(early, "cutoffs zebra", JUNE_2020)
    assert message.text == "Within which time?"
    assert "cutoffs 30d" in buttons(message)


# --- parts -----------------------------------------------------------------------------------------------------------


def test_a_part_tells_what_touches_it_the_versions_that_changed_it_and_its_drafts(known: Store) -> None:
    message = asked(known, "part gbcs")
    text = text_of(message)
    assert message.text.startswith("Schedule 8 ‘GB Companion Specification’: 1 modification touches it")
    assert "• *MP090* ‘Incorporation" in text
    assert ": Implemented, November 2021" in text
    assert "• *November 2021*: v4.1 (draft 5), 22 September 2021" in text
    assert {"MP090", "release November 2021 docs", "subscribe Schedule 8"} <= set(buttons(message))


def test_what_is_only_perhaps_affected_is_to_be_confirmed(known: Store) -> None:
    assert "; that it touches this part is to be confirmed" in text_of(asked(known, "appendix ad"))


def test_a_section_tells_the_versions_that_changed_it_newest_first(known: Store) -> None:
    for number, day in (("51.0", "2021-12-01"), ("9.0", "2014-01-01")):
        said = claims(
            "Section H changes.",
            (f"version:{number}", "affects_part", "Section H"),
            (f"version:{number}", "effective_on", day),
        )
        read(known, Source(f"v{number}", f"https://example.org/{number}/", "news"), NEWS_READ, said)
    message = asked(known, "Section H8.16")
    assert message.text == "Section H ‘DCC Services’: last changed by SEC v51.0, 1 December 2021"
    text = text_of(message)
    assert text.index("*SEC v51.0*") < text.index("*SEC v50.0*") < text.index("*SEC v9.0*")


def test_a_letter_alone_offers_the_parts_that_it_may_be(known: Store) -> None:
    assert "part Appendix AF" in buttons(asked(known, "part mesage mapping"))
    assert set(buttons(asked(known, "part d"))) >= {"part Appendix D", "part Section D"}


def test_a_draft_proposal_and_what_it_became_touch_a_part_once(known: Store) -> None:
    for id_ in ("DP124", "MP124"):
        said = claims(f"{id_} changes Section D.", (f"modification:{id_}", "affects_part", "Section D"))
        read(known, Source(id_, f"https://example.org/{id_}/", "modification-page"), NEWS_READ, said)
    message = asked(known, "section d")
    assert "1 modification touches it" in message.text
    assert "*MP124*" in text_of(message)


# --- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["define DUIS", "what is DUIS", "what does duis mean?", "DUIS"])
def test_a_term_is_explained_with_where_it_stands(known: Store, typed: str) -> None:
    message = asked(known, typed)
    assert message.text == "DUIS: DCC User Interface Specification"
    assert "*In the SEC*\nAppendix AD" in text_of(message)
    assert "part Appendix AD" in buttons(message)


def test_a_word_that_is_no_term_gets_the_nearest(known: Store) -> None:
    assert "define GBCS" in buttons(asked(known, "define GBSC"))
    assert asked(known, "define zebra crossing").text == "“zebra crossing” is not in the glossary"


def test_all_terms_stand_in_groups(known: Store) -> None:
    text = text_of(asked(known, "glossary"))
    assert "*Devices and networks*\nDevice, CH, CH firmware" in text
    assert text.count("\n*") >= 5


# --- since I last looked ---------------------------------------------------------------------------------------------


def found_later(store: Store) -> None:
    told = replace(implemented(), id="two", found_at=LATER)
    read(store, Source("x", "https://example.org/x/", "news"), LATER, [], told=[told])


def test_the_first_time_it_looks_back_a_week_and_says_so(known: Store) -> None:
    message = asked(known, "since", user="U1")
    assert message.text == "Nothing changed since Tuesday 12 July 2022"
    assert "You have not looked before" in text_of(message)


def test_afterwards_it_begins_where_that_person_last_looked(known: Store) -> None:
    asked(known, "since", user="U1")
    found_later(known)
    for user, expected in (
        ("U1", "1 change since you last looked, Tuesday 19 July 2022, 10:00"),
        ("U2", "since Thursday"),
    ):
        message = asked(known, "what's new?", LATER + timedelta(hours=2), user=user)
        assert expected in message.text
    assert asked(known, "since", LATER + timedelta(hours=3), user="U1").text.startswith(
        "Nothing changed since you last"
    )


def test_looking_back_as_far_as_the_last_look_is_looking(known: Store) -> None:
    asked(known, "since 7 days ago", user="U1")
    assert known.person("U1").looked_at == NEWS_READ
    assert known.person("U1").seq == known.last_seq()
    asked(known, "since 2031-01-01", LATER, user="U1")
    assert known.person("U1").looked_at == NEWS_READ


def test_looking_back_less_far_leaves_what_is_older_to_be_told(known: Store) -> None:
    asked(known, "since yesterday", user="U1")
    assert known.person("U1").looked_at is None
    asked(known, "since", user="U1")
    found_later(known)
    in_a_week = LATER + timedelta(days=7)
    assert asked(known, "since yesterday", in_a_week, user="U1").text.startswith("Nothing changed since")
    assert asked(known, "since", in_a_week, user="U1").text.startswith("1 change since you last looked")


def test_what_is_shared_does_not_say_you_and_shows_the_same(known: Store) -> None:
    asked(known, "since", user="U1", channel="C1")
    found_later(known)
    message = asked(known, "since", LATER + timedelta(hours=2), user="U1", channel="C1")
    (share,) = [question for question in buttons(message) if question.endswith("share")]
    assert share == "since 2022-07-19 10:00 share"
    again = asked(known, share, LATER + timedelta(hours=3), user="U1", channel="C1")
    assert again.text == "1 change since Tuesday 19 July 2022, 10:00"
    assert message.text == "1 change since you last looked, Tuesday 19 July 2022, 10:00"


# --- of a release ----------------------------------------------------------------------------------------------------


def test_a_releases_documents_have_version_draft_and_dates(known: Store) -> None:
    message = asked(known, "nov 21 docs")
    assert message.text == "November 2021 SEC Release: 1 draft specification"
    assert "*Schedule 8* GB Companion Specification: v4.1 (draft 5), published 22 September 2021" in text_of(message)
    assert "part Schedule 8" in buttons(message)


def test_a_releases_scope_lists_titles_by_status(known: Store) -> None:
    text = text_of(asked(known, "scope of november 2021"))
    assert "*Implemented (2)*\n• *SECMP0007* ‘Firmware updates to IHDs and PPMIDs’" in text


def test_a_releases_timeline_tells_what_is_past_and_to_come_in_order(early: Store) -> None:
    text = text_of(asked(early, "timeline november 2020", JUNE_2020))
    order = ["Today, 1 June 2020", "22 July 2020", "22 October 2020", "5 November 2020* Go-live", "29 November 2020"]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert "*22 July 2020* Change Board vote: MP102A" in text


def test_an_approved_move_stands_once_in_a_timeline(early: Store) -> None:
    said = claims("The move was approved on 19 June 2020.", ("release:2020-11", "go_live_approved_on", "2020-06-19"))
    [change] = diff.changes(diff.compare((), said, about="release:2020-11", stream=False, whole_items=set()))
    at = datetime(2020, 6, 19, 9, tzinfo=UTC)
    read(early, RELEASE, at, said, told=[Told("one", change, RELEASE.name, RELEASE.url, at)])
    text = text_of(asked(early, "timeline november 2020", at))
    assert text.count("*19 June 2020*") == 1
    assert "*19 June 2020* Move of go-live approved" in text


def test_what_is_only_expected_is_marked_in_a_timeline(early: Store) -> None:
    said = claims("Go-live is on 3 November 2022.", ("release:2022-11", "go_live", "2022-11-03"))
    read(early, Source("more", "https://example.org/more/", "release-page"), PAPER_READ, said)
    text = text_of(asked(early, "nov 22 timeline", JUNE_2020))
    assert (
        "*3 May 2022* Scope of the SEC documents baselined (not announced yet, but usual by the release policy)" in text
    )


def test_a_document_that_was_revised_keeps_its_earlier_days_in_the_timeline(known: Store) -> None:
    said = [
        Claim("document:2021-11/Schedule 8", name, value, Evidence("Schedule 8 v4.1 (draft 6)"))
        for name, value in (("draft", "6"), ("published_on", "2021-10-22"))
    ]
    read(
        known,
        Source("november-2021", "https://example.org/november-2021-sec-release/", "release-page"),
        NEWS_READ,
        said,
    )
    text = text_of(asked(known, "nov 21 timeline"))
    assert "published: Schedule 8 v4.1 (draft 5)" in text
    assert "published: Schedule 8 v4.1 (draft 6)" in text


# --- sharing and help ------------------------------------------------------------------------------------------------


def test_a_shared_answer_is_the_same_answer(known: Store) -> None:
    alone = answer("MP090", store=known, now=NEWS_READ, zone=LONDON, channel="C1")
    shared = answer("MP090 share", store=known, now=NEWS_READ, zone=LONDON, channel="C1")
    assert (alone.template, alone.shared, shared.template, shared.shared) == (
        "modification",
        False,
        "modification",
        True,
    )
    assert alone.suggestions[-1].question == "modification MP090 share"
    assert not any(one.question.endswith("share") for one in shared.suggestions)


def test_a_typo_is_not_shown_to_everybody(known: Store) -> None:
    assert not answer("hlep share", store=known, now=NEWS_READ, zone=LONDON, channel="C1").shared


@pytest.mark.parametrize("channel", ["terminal", "D1"])
def test_where_nobody_else_is_nothing_is_offered_for_sharing(known: Store, channel: str) -> None:
    for question in ("MP090", "since", "next"):
        reply = answer(question, store=known, now=NEWS_READ, zone=LONDON, channel=channel, user="U1")
        assert not any(one.question.endswith("share") for one in reply.suggestions)


@pytest.mark.parametrize("suffix", ["evidence", "history"])
def test_proof_and_history_are_asked_for_by_a_word_after_the_id(known: Store, suffix: str) -> None:
    assert asked(known, f"MP090 {suffix}").text == asked(known, f"{suffix} MP090").text


def test_help_is_short_and_in_groups(known: Store) -> None:
    text = text_of(asked(known, "help"))
    assert [text.index(f"*{name}*") for name in ("Ask", "Follow", "Digest and settings", "Proof")]
    assert max(len(command.purpose) for command in registry().values() if command.group == "ask") <= 60


@pytest.mark.parametrize("topic", [*TOPICS, *(word for said in TOPICS.values() for word in said.split())])
def test_every_topic_has_its_help(known: Store, topic: str) -> None:
    assert "is not a topic" not in asked(known, f"help {topic}").text


def test_help_on_what_is_two_words_is_found(known: Store) -> None:
    assert asked(known, "help quiet hours").text == asked(known, "help quiet").text
    assert asked(known, "help how it works").text == asked(known, "help trust").text


def test_an_empty_question_tells_the_next_three_dates_and_a_hint(early: Store) -> None:
    message = asked(early, "", JUNE_2020)
    assert message.text.startswith("Next: ")
    assert "everything: `/sec help`" in text_of(message)
    assert "everything: `/sec help`" not in text_of(asked(early, "next 3", JUNE_2020))


def test_a_search_finds_a_draft_proposal_under_its_later_name_once(known: Store) -> None:
    said = claims("MP124 ‘Consumer access’", ("modification:MP124", "title", "Consumer access"))
    read(known, Source("later", "https://example.org/later/", "modification-page"), NEWS_READ, said)
    message = asked(known, "search consumer access")
    assert message.text == "1 match for “consumer access”"
    assert "MP124" in buttons(message)
