"""Lists of consultations and variations: what ends and is no consultation, tables without marked headings, glued days."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.phrases.closing import closings
from watchers.read import read_page

AT = datetime(2022, 7, 19, tzinfo=UTC)


def said(body: str) -> set[str]:
    type_ = "text/html" if "<" in body else "text/plain"
    return {f"{c.key} {c.attribute} {c.value}" for c in read_page(Page("page", body.encode(), type_, AT)).claims}


@pytest.mark.parametrize(
    "text",
    [
        "Views are sought on pushing the end date back to 28 August 2023.",
        "It would move the applicability end date to 28 August 2023.",
        "The proposal moves the end of support back: the new validity end date is 28 August 2023.",
        "This proposes an end date of 28 August 2023 for GBCS v2.0.",
        "Option A would set the end date as 28 August 2023.",
        "Should the certificate expiry date be put back to 28 August 2023?",
        "We ask about delaying the end date to 28 August 2023.",
    ],
)
def test_the_end_of_what_is_consulted_on_closes_nothing(text: str) -> None:
    assert closings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We have moved the end date of the consultation to 28 August 2023.",
        "The consultation’s end date is 28 August 2023.",
        "End date: 28 August 2023",
        "The new closing date is 28 August 2023.",
        "Views are sought on the option by 28 August 2023.",
        "Ends 28 August 2023",
    ],
)
def test_the_end_of_the_consultation_closes_it(text: str) -> None:
    assert [one.value for one in closings(text)] == ["2023-08-28"]


@pytest.mark.parametrize(
    "heads",
    [
        ("Consultation", "Type", "Issued", "Deadline", "Result"),
        ("Consultation", "Kind", "Out", "Closes", "Outcome"),
        ("Proposal", "Which consultation", "Sent out", "Reply by", "Now"),
        ("Change", "Round", "From", "Closing", "State"),
        ("What", "Sort", "Went out", "Deadline for replies", "Done"),
    ],
)
def test_the_first_row_above_days_names_the_columns(heads: tuple[str, ...]) -> None:
    rows = (
        ("SECMP0053 ‘Removal of Data Retention Policy’", "Working Group", "2 July 2018", "20 July 2018", "Closed"),
        ("SECMP0057 ‘Timescales of the Detailed Evaluation’", "Working Group", "6 August 2018", "24 August 2018", ""),
    )
    table = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in (heads, *rows))
    facts = said(f"<h1>Modification consultations</h1><table>{table}</table>")
    assert {one for one in facts if "closes_on" in one} == {
        "SECMP0053 consultation_closes_on 2018-07-20",
        "SECMP0057 consultation_closes_on 2018-08-24",
    }


def test_the_panels_look_at_the_report_is_told_below_its_consultation() -> None:
    body = (
        "<h1>Consultations</h1><h3>MP263A ‘Half-hourly alert volumes’ – Modification Report Consultation</h3>"
        "<p>Closes: 11 December 2026</p><p>The Panel saw the report on 20 November 2026.</p>"
    )
    assert {
        "MP263A panel_presentation_on 2026-11-20",
        "MP263A consultation_closes_on 2026-12-11",
    } <= said(body)


@pytest.mark.parametrize(
    "row",
    [
        "Section GSecurity: CIO scope, effective 1 October 202229 July 2022",
        "Section GSecurity scope, in force from October 202229 July 2022",
        "Section GSecurity: the CIO’s scope29 July 2022",
        "Section GSecurity (effective 1 October 2022)29 July 2022",
    ],
)
def test_the_day_of_notice_is_the_last_of_glued_days(row: str) -> None:
    body = (
        "Variations made by the Secretary of State\n\nSEC ProvisionDescriptionDate of Notice\n"
        f"Section ANew definitions14 May 2021\n{row}\n"
    )
    assert {one for one in said(body) if "noticed_on" in one} == {
        "2021-05-14/Section A noticed_on 2021-05-14",
        "2022-07-29/Section G noticed_on 2022-07-29",
    }


@pytest.mark.parametrize(
    "other",
    [
        "DCC consultation on the Switching Incentive Regime8 January 202119 February 2021",
        "BEIS consultation on the Enduring Change of Supplier arrangements8 January 202119 February 2021",
        "Ofgem: smart meter installation code8 January 202119 February 2021",
        "Joint REC and SEC consultation8 January 202119 February 2021",
    ],
)
def test_a_row_of_another_body_is_no_part_of_the_row_above(other: str) -> None:
    body = (
        "Consultations »\n\nCurrent consultations\n\nConsultationIssuedClosing date\n"
        "MP122B ‘Operational Metrics – Part 2’ Refinement Consultation11 January 20211 February 2021\n"
        f"MP128A ‘Gas Network Operators Certificates’ Report Consultation18 January 20215 February 2021\n{other}\n"
    )
    assert {one for one in said(body) if "closes_on" in one} == {
        "MP122B consultation_closes_on 2021-02-01",
        "MP128A consultation_closes_on 2021-02-05",
    }
