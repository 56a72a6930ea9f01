"""Release pages: each date of a sentence about a go-live that moves has the role that its words give it."""

from __future__ import annotations

import pytest

from tests.test_recognise_sentences import of, read

OLD, NEW, ASKED, GRANTED = "2021-11-04", "2021-11-29", "2021-05-05", "2021-06-18"
SETTLED = of("go_live", NEW) | of("go_live_approved_on", GRANTED)
WISHED = of("proposed_go_live", NEW)


@pytest.mark.parametrize(
    "text",
    [
        "The Authority agreed on 18 June 2021 that this release should be implemented on 29 November 2021 instead of 4 November 2021.",
        "Following the Panel’s decision of 18 June 2021, the implementation date for this release has changed from 4 November 2021 to 29 November 2021.",
        "Revised implementation date: 29 November 2021 (approved by the Panel on 18 June 2021; was 4 November 2021)",
        "The Panel approved a new go-live date of 29 November 2021 at its meeting on 18 June 2021.",
        "The release date has been pushed back to 29 November 2021 following a decision by the Panel on 18 June 2021.",
        "The go-live date moved by four weeks, to 29 November 2021, after the Authority gave its consent on 18 June 2021.",
        "On 18 June 2021 the Authority gave its approval for the release to go live on 29 November 2021, not 4 November 2021.",
        "The Authority approved the move from 4 November 2021 to 29 November 2021 on 18 June 2021.",
    ],
)
def test_the_day_of_the_decision_the_old_date_and_the_new(text: str) -> None:
    assert read(text) == SETTLED


@pytest.mark.parametrize(
    "text",
    [
        "On 5 May 2021 the Panel wrote to the Authority to request that this release be implemented on 29 November 2021 instead of 4 November 2021.",
        "In a letter dated 5 May 2021 the DCC sought a delay of the release from 4 November 2021 until 29 November 2021.",
        "The DCC applied on 5 May 2021 for the go-live date to move to 29 November 2021.",
        "The Panel wrote to Ofgem on 5 May 2021 seeking its agreement to a go-live of 29 November 2021 in place of 4 November 2021.",
        "The Authority has yet to respond to the Panel’s request of 5 May 2021 to move the go-live to 29 November 2021.",
    ],
)
def test_a_date_asked_for_on_a_day_is_a_proposal(text: str) -> None:
    assert read(text) == WISHED | of("go_live_requested_on", ASKED)


@pytest.mark.parametrize(
    "text",
    [
        "The DCC has asked for this release to be moved to 29 November 2021.",
        "29 November 2021 is the DCC’s preferred date for this release.",
        "The most likely date for this release is now 29 November 2021, though this remains to be confirmed.",
        "The DCC has put forward 29 November 2021 as the go-live date.",
        "SECAS consulted until 4 April 2021 on moving the go-live date from 4 November 2021 to 29 November 2021.",
        "The Panel agreed on 9 May 2021 to ask the Authority to move the go-live to 29 November 2021.",
        "A later go-live of 29 November 2021 is being considered.",
    ],
)
def test_a_date_that_someone_would_like_is_a_proposal(text: str) -> None:
    assert read(text) == WISHED


def test_what_was_asked_for_is_settled_once_it_is_granted() -> None:
    asked = "On 5 May 2021 the Panel wrote to the Authority to move the go-live to 29 November 2021."
    granted = read(f"{asked} The Authority agreed to this on 18 June 2021.")
    assert of("go_live", NEW) | of("go_live_requested_on", ASKED) | of("go_live_approved_on", GRANTED) <= granted
    assert of("go_live", NEW) <= read(f"{asked} The request was granted.")
    assert not of("go_live", NEW) & read(f"{asked} The request has not been granted.")
    assert not of("go_live", NEW) & read(f"{asked} The Panel refused the request on 18 June 2021.")


@pytest.mark.parametrize(
    "text",
    [
        "The release had been due to go live on 4 November 2021.",
        "The earlier plan to go live on 4 November 2021 has been dropped.",
        "Previous go-live date: 4 November 2021",
        "This release has not been put back to 29 November 2021.",
        "The DCC has withdrawn its proposal to delay this release until 29 November 2021.",
        "There is no truth in the report that go-live will move to 29 November 2021.",
        "On 4 April 2021 the Panel turned down a proposal to bring the release forward to 12 October 2021.",
        "The go-live date is to be moved; Parties have until 3 May 2021 to respond.",
        "UIT for this release has moved from 3 May 2021 to 10 May 2021.",
        "The closing date for comments has moved from 3 May 2021 to 10 May 2021.",
    ],
)
def test_a_date_that_held_once_that_was_refused_or_is_of_something_else_is_none(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Live date: Thursday 4 November 2021",
        "Date of go-live: 4 November 2021",
        "Go-live date (agreed): 4 November 2021",
        "Release go-live (4 November 2021) remains on track.",
        "Due to be implemented on 4 November 2021, the release contains four modifications.",
        "This release went in on 4 November 2021.",
        "The November 2021 SEC Release takes place on 4 November 2021.",
        "The next SEC Release takes place on 4 November 2021.",
    ],
)
def test_a_go_live_in_other_words(text: str) -> None:
    assert read(text) == of("go_live", OLD)


def test_a_label_that_says_that_the_date_is_proposed() -> None:
    assert read("Go-live date (proposed): 29 November 2021") == WISHED
    assert read("Proposed go-live date: 29 November 2021") == WISHED
    assert not read("The next SEC Release takes place on 24 February 2022.")
