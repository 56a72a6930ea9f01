"""Release pages: wordings of a request for time, of a scope that is set, of what leaves it and what goes in when."""

from __future__ import annotations

import pytest

from tests.test_recognise_beside import read as read_page
from tests.test_recognise_sentences import mod, of, read

RELEASED = "<h1>June 2024 SEC Release</h1><p>It goes live on 27 June 2024.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "The DCC wrote to the Panel on 12 July 2021 asking for two more weeks, because its labs were full.",
        "On 12 July 2021 the DCC asked the Panel for three extra weeks of testing.",
        "On 12 July 2021 the DCC requested four additional weeks.",
    ],
)
def test_more_time_asked_for_is_a_request_to_move_go_live(text: str) -> None:
    assert read(text) == of("go_live_requested_on", "2021-07-12")


@pytest.mark.parametrize(
    "text",
    [
        "On 12 July 2021 the Panel asked for two more weeks to respond to the consultation.",
        "On 12 July 2021 the DCC asked the Panel for more detail.",
        "On 12 July 2021 the Proposer asked for two more weeks to finish the legal text.",
        "On 12 July 2021 the Proposer of MP162 asked for two more weeks.",
    ],
)
def test_time_asked_for_something_else_is_none(text: str) -> None:
    assert not read(text)


def test_a_date_put_forward_where_none_is_set_is_a_proposed_go_live() -> None:
    proposed = of("proposed_go_live", "2021-11-11")
    assert read("No go-live date has been set. The DCC has put forward 11 November 2021.") == proposed
    assert read("The go-live date is yet to be agreed. The DCC put forward 11 November 2021 for the Panel.") == proposed
    assert not read("No legal text has been set. The DCC has put forward 11 November 2021.")
    assert not read("No go-live date has been set. The DCC has put forward 11 November 2021 for its workshop.")


def test_a_go_live_told_of_behind_its_date() -> None:
    assert read("Plan for 4 November 2021, the go-live date of the November 2021 SEC Release.") == of(
        "go_live", "2021-11-04"
    )
    assert not read("Users should note 4 November 2021, the closing date for this release.")
    assert not read(
        "The DCC asked to move from 4 November 2021, the proposed go-live date of the November 2021 release."
    )


def test_a_scope_set_at_meetings() -> None:
    assert read("The Panel fixed the document scope at its meeting of 14 May 2021.") == of("baselined_on", "2021-05-14")
    both = "Meetings set the scope twice: DCC System-impacting items on 13 November 2020, then the full list on 14 May 2021."
    assert read(both) == of("baselined_on", "2021-05-14") | of("dcc_systems_baselined_on", "2020-11-13")
    assert not read("The Panel may fix the scope at its meeting of 14 May 2021.") & of("baselined_on", "2021-05-14")


def test_a_later_issue_of_the_implementation_document() -> None:
    updated = of("implementation_document_updated_on", "2021-08-06")
    assert read("A third issue of the RID came out on 6 August 2021.") == updated
    assert read("A second version of the Release Implementation Document was published on 6 August 2021.") == updated
    assert not read("A third issue of the RID will be published on 6 August 2021.")
    assert not read("A third issue of the newsletter came out on 6 August 2021.")


def test_a_row_says_whether_a_scope_is_baselined() -> None:
    def row(*cells: str) -> set[str]:
        return read_page(RELEASED + "<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>")

    done = row("Changes to the DCC Systems", "16 June 2023", "Yes, baselined")
    assert "2024-06 dcc_systems_baselined_on 2023-06-16" in done
    assert "2024-06 baseline_due 2023-12-15" in row("All changes", "15 December 2023", "Due to be baselined")
    assert not any("baselined_on" in fact for fact in row("All changes", "15 December 2023", "Not baselined"))


def test_the_authority_s_decision_without_an_object_and_after_its_date() -> None:
    decided = mod("MP162", status="approved", approved_on="2021-09-17", authority_decided_on="2021-09-17")
    assert read("MP162: the Authority issued its decision to approve on 17 September 2021.") == decided
    assert read("17 September 2021: The Authority approved MP162.") == decided
    assert not read("MP162: the Authority will issue its decision to approve on 17 September 2021.")


def test_what_is_put_into_the_code_is_implemented() -> None:
    assert read("The obligations in MP162 were put into the SEC on 24 June 2021.") == mod(
        "MP162", implementation="2021-06-24"
    )
    assert read("The text of MP162 came into the Code on 24 June 2021.") == mod("MP162", implementation="2021-06-24")
    assert not read("The obligations in MP162 might be put into the SEC on 24 June 2021.")
    assert not read("A report on MP162 was put into the library on 24 June 2021.")


def test_an_answer_needed_from_who_decides_is_a_cut_off() -> None:
    cut_off = mod("MP162", decision_cut_off="2021-10-01")
    assert cut_off <= read("MP162 is with the Authority and we need an answer by 1 October 2021.")
    assert cut_off <= read("MP162 goes to the Change Board, and the DCC needs its answer by 1 October 2021.")
    assert not cut_off & read("MP162 is out for comment and we need an answer by 1 October 2021.")


def test_one_asked_to_join_may_be_included() -> None:
    assert read("The DCC has asked whether MP162 could join, and the Panel will talk about it.") == of(
        "may_include", "MP162"
    )
    assert not read("The DCC has asked whether the Proposer of MP162 could join a call.")


def test_what_is_taken_out_or_left_is_out_of_scope() -> None:
    out = of("out_of_scope", "MP162")
    assert out <= read("It could not be agreed, so on 13 August 2021 the Panel took MP162 out of the scope.")
    assert read("MP162 left the scope on 13 August 2021.") == out
    assert not out & read("The DCC suggested that the Panel took MP162 out of the scope.")
    assert not out & read("The Panel took MP162 from the agenda of the release meeting.")


def test_taken_out_by_the_panel_is_no_presentation() -> None:
    assert not any(
        "panel_presentation_on" in fact for fact in read("Taken out by the Panel on 13 August 2021.", "MP162")
    )
    assert "modification:MP162 panel_presentation_on 2021-08-13" in read(
        "Taken to the Panel on 13 August 2021.", "MP162"
    )


def test_a_status_before_a_sentence_of_its_row() -> None:
    def item(text: str) -> set[str]:
        return read_page(f"{RELEASED}<h2>Scope</h2><ul><li>{text}</li><li>MP206 ‘Other things’ – Approved</li></ul>")

    assert "MP224 status targeted" in item("MP224 ‘Daylight saving’ – Targeted. The Change Board votes soon.")
    assert not any(
        "MP224 status" in fact for fact in item("MP224 ‘Daylight saving’ – Targeted users are told. More soon.")
    )
