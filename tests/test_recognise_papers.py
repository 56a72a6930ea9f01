"""Words and tables that papers to the Panel and its groups use: decisions due, votes set, what a table is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from tests.test_recognise_sentences import mod, of, read
from watchers.read import read_page


def paper(text: str) -> set[str]:
    """Return what a paper claims, as "release:2024-02 in_scope MP168"."""
    body = f"1. Purpose\n\nThis paper is for information.\n\n{text}\n\nSECAS Team\n"
    reading = read_page(Page("paper.txt", body.encode(), "text/plain", datetime(2026, 11, 26, tzinfo=UTC)), "paper")
    return {f"{c.subject} {c.attribute} {c.value}" for c in reading.claims}


@pytest.mark.parametrize(
    "text",
    [
        "Should MP192 be approved by 30 November 2023, it stays in.",
        "Should this modification be approved by 30 November 2023 it will be implemented in this release.",
        "The Authority must decide by 30 November 2023.",
        "Ofgem needs to reach a decision by 30 November 2023.",
        "It now lies there for a decision, which Ofgem has to make by 30 November 2023, as the cut-off is 30 November 2023.",
    ],
)
def test_a_decision_that_is_due_is_a_cut_off(text: str) -> None:
    assert mod("MP192", decision_cut_off="2023-11-30") <= read(text, "MP192")


@pytest.mark.parametrize(
    "text",
    [
        "The DCC must return its Impact Assessment by 30 November 2023.",
        "The Working Group should review the legal text by 30 November 2023.",
        "Comments on MP192 are to be sent by 30 November 2023.",
    ],
)
def test_other_work_that_is_due_is_no_cut_off(text: str) -> None:
    assert not any("decision_cut_off" in fact for fact in read(text, "MP192"))


@pytest.mark.parametrize(
    "text",
    [
        "The Authority now has it for decision.",
        "Ofgem’s decision is awaited.",
        "The Authority’s decision on it is still outstanding.",
    ],
)
def test_what_the_authority_has_is_with_the_authority(text: str) -> None:
    assert mod("MP192", status="authority_decision") <= read(text, "MP192")


def test_a_decision_that_may_be_asked_for_gives_no_status() -> None:
    assert not any(" status " in fact for fact in read("It may be that the Authority has a view on this.", "MP192"))
    assert not any(" status " in fact for fact in read("The Panel’s decision is awaited.", "MP192"))


@pytest.mark.parametrize(
    "text",
    [
        "A vote under Self-Governance is set for 15 December 2021.",
        "The vote is now scheduled for 15 December 2021.",
        "A vote of the Change Board is to be held on 15 December 2021.",
    ],
)
def test_a_vote_that_is_set_gives_its_date_and_no_status(text: str) -> None:
    found = read(text, "MP173")
    assert mod("MP173", change_board_vote_on="2021-12-15") <= found
    assert not any(" status " in fact for fact in found)


def test_a_vote_to_recommend_is_a_recommendation() -> None:
    found = read("The Change Board voted on 20 December 2023 to recommend approval.", "MP188")
    assert found == mod("MP188", change_board_recommendation="approve", change_board_vote_on="2023-12-20")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Approved by the Authority, 17 March 2023", {"status": "approved", "approved_on": "2023-03-17"}),
        ("Withdrawn, 30 June 2023", {"status": "withdrawn", "withdrawn_on": "2023-06-30"}),
    ],
)
def test_a_date_after_a_comma_is_the_deeds(text: str, facts: dict[str, str]) -> None:
    assert mod("MP185", **facts) <= read(text, "MP185")


def test_a_date_after_a_comma_that_is_another_deeds_is_not() -> None:
    assert not any(
        "approved_on" in f for f in read("Approved by the Authority, to be implemented on 4 May 2023", "MP185")
    )


def test_a_baseline_is_held_whatever_the_document_hopes() -> None:
    text = "On 14 May 2021 the Panel baselined the scope, which holds all that can be in it provided decisions come in time."
    assert read(text) == of("baselined_on", "2021-05-14")
    assert read("The Panel could baseline the scope on 14 May 2021.") == of("baseline_due", "2021-05-14")


@pytest.mark.parametrize(
    "text",
    [
        "Version 3.0 of the Release Implementation Document (RID) for this release was issued on 12 January 2021.",
        "Version 4.0 of the RID has been published on 12 January 2021.",
    ],
)
def test_a_version_of_the_implementation_document_is_its_update(text: str) -> None:
    assert read(text) == of("implementation_document_updated_on", "2021-01-12")


def test_what_is_to_be_taken_out_may_not_be_included() -> None:
    found = read("The Panel is requested to AGREE that MP188 be taken out of the scope of this release.")
    assert not any("may_include" in fact for fact in found)


def test_a_modification_approved_after_a_request_is_no_date_granted() -> None:
    text = (
        "The DCC has asked that go-live be put back to 29 November 2021. On MP192 the recommendation was to reject. "
        "The Authority nevertheless approved it on 22 March 2021."
    )
    assert not any("go_live_approved_on" in fact for fact in read(text))


# --- what a table is ---

ROWS = "| Modification | Status |\n|---|---|\n| MP168 ‘Lists’ | Approved |\n| MP210 ‘Invoices’ | Report Phase |\n"


@pytest.mark.parametrize(
    "lead",
    [
        "Below are the modifications that are in scope today. A Change Board vote to come is a plan, and can move.",
        "The following modifications are in scope. Dates of votes may change.",
        "The table shows what is in scope. Members of the Working Group have seen it.",
    ],
)
def test_the_sentence_that_points_to_a_table_says_what_it_is(lead: str) -> None:
    found = paper(f"2. February 2024 SEC Release\n\n{lead}\n\n{ROWS}")
    assert {"release:2024-02 in_scope MP168", "release:2024-02 in_scope MP210"} <= found


def test_what_goes_on_about_a_table_says_what_it_is() -> None:
    lead = (
        "The following modifications impact the DCC Systems. They are targeted for November 2024, which is provisional."
    )
    found = paper(f"2. What comes next\n\n{lead}\n\n{ROWS}")
    assert {"modification:MP168 targeted_release 2024-11", "modification:MP210 targeted_release 2024-11"} <= found
    assert not any("in_scope" in fact for fact in found)


def test_modifications_that_are_voted_on_are_no_scope() -> None:
    found = paper(f"2. February 2024 SEC Release\n\nThe Change Board voted on the following:\n\n{ROWS}")
    assert not any("in_scope" in fact for fact in found)


def test_a_heading_can_say_that_a_table_is_scope() -> None:
    table = ROWS.replace("| Modification |", "| Modification in scope |")
    found = paper(f"2. February 2024 SEC Release\n\nVotes that are still to be held:\n\n{table}")
    assert {"release:2024-02 in_scope MP168", "release:2024-02 in_scope MP210"} <= found


def test_page_furniture_among_rows_ends_no_table() -> None:
    table = ROWS.replace("| MP210", "SEC_01 | Planning\n| MP210")
    found = paper(f"2. February 2024 SEC Release\n\nThe following modifications are in scope:\n\n{table}")
    assert {"release:2024-02 in_scope MP168", "release:2024-02 in_scope MP210"} <= found


def test_a_title_whose_first_word_is_quoted_is_read_whole() -> None:
    table = "| Ref | Title |\n|---|---|\n| MP194 | ‘Opt-out’ flags and the ‘Do not contact’ list |\n| MP195 | ‘Lists’ part 2 |\n"
    found = paper(f"2. February 2024 SEC Release\n\nThe following modifications are in scope:\n\n{table}")
    assert "modification:MP194 title ‘Opt-out’ flags and the ‘Do not contact’ list" in found
    assert "modification:MP195 title Lists" in found


IMPACTS = (
    "November 2024 SEC Release\n\nThis paper gives the Operations Group an update.\n\n1. Purpose\n\nTo note the scope."
    "\n\n2. November 2024 SEC Release\n\nThe following modifications are targeted for this release.\n\n"
    "Modification | DCC Systems | DUIS | GBCS\nMP231 | Yes | TBC | No\n"
)


def test_a_text_that_calls_itself_a_paper_is_one_whatever_release_heads_it() -> None:
    page = Page("update.txt", IMPACTS.encode(), "text/plain", datetime(2026, 11, 26, tzinfo=UTC))
    reading = read_page(page, "auto")
    found = {f"{claim.subject} {claim.attribute} {claim.value}" for claim in reading.claims}
    assert reading.kind == "paper"
    assert {"modification:MP231 affects DCC Systems", "modification:MP231 may_affect DUIS"} <= found
    assert "release:2024-11 in_scope MP231" not in found


def test_a_release_page_that_speaks_of_a_paper_stays_a_release_page() -> None:
    text = "November 2024 SEC Release\n\nThis paper sets out why.\n\nScope\n\nMP231 ‘Faster reads’ – Targeted\n"
    page = Page("release.txt", text.encode(), "text/plain", datetime(2026, 11, 26, tzinfo=UTC))
    assert read_page(page, "auto").kind == "release-page"


@pytest.mark.parametrize(
    "text",
    [
        "The DCC has put forward 25 November 2021 as another date.",
        "The DCC put forward 25 November 2021 as an alternative.",
        "The Panel has floated 25 November 2021 as a later go-live date.",
    ],
)
def test_another_date_that_is_put_forward_is_proposed(text: str) -> None:
    found = read(f"This release will go live on 4 November 2021. {text}")
    assert of("proposed_go_live", "2021-11-25") <= found
    assert not of("go_live", "2021-11-25") & found


def test_a_date_put_forward_for_something_else_is_no_go_live() -> None:
    live = "This release will go live on 4 November 2021."
    for text in (
        "MP077 was put forward on 25 May 2021 by the DCC.",
        "The DCC put forward 25 May 2021 as another date for MP077.",
        "The Chair put forward 25 May 2021 as the day of the meeting.",
    ):
        assert not any("proposed_go_live" in fact for fact in read(f"{live} {text}"))


def test_where_a_modification_falls_back_to_is_not_yet_its_scope() -> None:
    found = read("MP077 is out of scope; it falls back to the June 2022 SEC Release.")
    assert of("out_of_scope", "MP077") <= found
    assert not any("in_scope" in fact for fact in found)


def test_a_change_request_is_of_the_release_that_its_sentence_names() -> None:
    told = "One DCC Change Request accompanies the February 2024 SEC Release: CR4090 ‘Retire the old test environment’."
    assert "release:2024-02 change_request CR4090" in paper(told)
    for text in (
        "CR4090 may be deployed with the February 2024 SEC Release.",
        "CR4090 is not part of the February 2024 SEC Release.",
        "CR4090 will be deployed between the February 2024 SEC Release and the June 2024 SEC Release.",
    ):
        assert not any("change_request CR4090" in fact for fact in paper(text))


TELLS = "MP270 ‘Annual review’ was approved by the Change Board on 5 July 2023.\n\nMP280 ‘Key formats’ is on hold."


def kind(top: str) -> str:
    """Return the kind that a page is taken for with these lines above what it tells."""
    page = Page("page.txt", f"{top}\n\n{TELLS}\n".encode(), "text/plain", datetime(2026, 11, 26, tzinfo=UTC))
    return read_page(page).kind


@pytest.mark.parametrize(
    "top",
    [
        "SEC Change Board, paper 139\n\nModifications update",
        "CSC_120_2904 – Change status update",
        "Change Sub-Committee paper 97/05\n\nStatus of Draft Proposals",
        "SEC Panel Meeting 120\n15 January 2025\n\nModifications status report",
        "Paper to the Operations Group\n\nSEC Releases",
        "To: SEC Panel\nFrom: SECAS\n\nModification status report",
        "For information\n\nChange status report",
        "Action: For Decision\n\nChange status report",
        "This document has a Classification of Green\n\nProgress of the November 2025 SEC Release",
        "TLP: CLEAR\n\nJune 2025 SEC Release scope",
        "Panel Paper: November 2025 SEC Release",
        "SECP/119/14 Change status",
        "Operations Group – Agenda Item 4\n\nNovember 2025 SEC Release",
        "Report to the Change Board\n\nModifications",
    ],
)
def test_what_stands_above_a_paper_tells_that_it_is_one(top: str) -> None:
    assert kind(top) == "paper"


@pytest.mark.parametrize(
    "top",
    [
        "SEC Panel papers published\n\nPosted: 5 July 2023",
        "November 2025 SEC Release\n\nStatus of the scope",
        "Energy storage (MP142)\n\nStatus: Approved\n\nModification Report to Panel: 14 August 2020",
        "Open consultations\n\nFor information on how to respond see below.",
        "Panel approves change\n\n10 May 2023\n\nThe SEC Panel met on 10 May 2023 and considered a paper on MP270.",
    ],
)
def test_what_only_speaks_of_papers_is_none(top: str) -> None:
    assert kind(top) != "paper"


def test_headings_in_cells_below_a_heading_stay_headings_of_columns() -> None:
    facts = paper(
        "Modifications update\n\nModification | Impacts DUIS?\nMP240 “Security keys” | ✓\nMP244 “Images” | TBC"
    )
    assert {"modification:MP240 affects DUIS", "modification:MP244 may_affect DUIS"} <= facts
