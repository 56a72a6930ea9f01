"""Lists as extractions and accordions leave them: cells glued to one another, headings that are buttons, moved dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.phrases.closing import closings
from watchers.phrases.provisions import leading
from watchers.read import read_page

AT = datetime(2022, 7, 19, tzinfo=UTC)


def said(body: str, kind: str = "auto") -> set[str]:
    page = Page("page", body.encode(), "text/html" if "<" in body else "text/plain", AT)
    return {f"{c.key} {c.attribute} {c.value}" for c in read_page(page, kind).claims}


CLOSES = {
    "MP162 title Changes for MHHS",
    "MP162 consultation_closes_on 2022-08-12",
    "DP201 title Sharing of tariff data",
    "DP201 consultation_closes_on 2022-08-15",
}


@pytest.mark.parametrize(
    "table",
    [
        (
            "ConsultationIssuedClosing date\nMP162 ‘Changes for MHHS’ Refinement Consultation1 July 202212 August 2022\n"
            "DCC charging statement11 July 20222 September 2022\nDP201 ‘Sharing of tariff data’2 July 202215 August 2022\n"
        ),
        (
            "ModificationConsultation typeOpenedCloses\nMP162 ‘Changes for MHHS’Refinement Consultation1 July 202212 August "
            "2022\nDP201 ‘Sharing of tariff data’Request for views2 July 202215 August 2022\n"
        ),
        (
            "ConsultationClosing date\nMP162 ‘Changes for MHHS’ Modification Report Consultation12 August 2022\n"
            "DP201 ‘Sharing of tariff data’ Problem Consultation15 August 2022\n"
        ),
        (
            "ConsultationClosesOpened\nMP162 ‘Changes for MHHS’ Refinement Consultation12 August 20221 July 2022\n"
            "DP201 ‘Sharing of tariff data’ Problem Consultation15 August 20222 July 2022\n"
        ),
        (
            "ConsultationOpenedDeadline\nMP162 ‘Changes for MHHS’ Second Refinement Consultation 1 July 202212 August 2022\n"
            "DP201 ‘Sharing of tariff data’ Problem Consultation2 July 202215 August 2022\n"
        ),
    ],
)
def test_glued_dates_are_told_apart_by_the_headings_above_them(table: str) -> None:
    assert (
        said(f"Consultations\n\nOpen consultations\n\n{table}\nWe look forward to your answers.\n")
        - {"DP201 status draft_proposal"}
        == CLOSES
    )


def test_a_sentence_below_a_glued_table_is_no_row_of_it() -> None:
    body = (
        "Consultations\n\nConsultationIssuedClosing date\nMP162 ‘Changes for MHHS’ Refinement Consultation1 July 202212 August "
        "2022\nThe Panel met on 4 July 2022\n"
    )
    assert {fact for fact in said(body) if "consultation_closes_on" in fact} == {
        "MP162 consultation_closes_on 2022-08-12"
    }


@pytest.mark.parametrize(
    "item",
    [
        "<button>MP162 ‘Changes for MHHS’</button><div><p>It closes on 12 August 2022.</p></div>",
        "<div><button type='button'>MP162 ‘Changes for MHHS’</button>\n<section>Closing date: 12 August 2022</section></div>",
        "<button><span>MP162 ‘Changes for MHHS’</span></button><p>Open until 12 August 2022</p>",
        "<button aria-expanded='false'>MP162 ‘Changes for MHHS’</button><div hidden id='p'></div><p>Closes 12 August 2022</p>",
    ],
)
def test_a_button_with_its_panel_below_is_the_heading_of_that(item: str) -> None:
    other = "<button>DP201 ‘Sharing of tariff data’</button><div>Closes 15 August 2022</div>"
    assert said(f"<h1>Consultations</h1>{item}{other}") == CLOSES


def test_a_button_that_acts_is_none_of_the_page() -> None:
    body = (
        "<h1>Consultations</h1><h3>MP162 ‘Changes for MHHS’</h3><button>Respond to MP163</button> before the end."
        "<p>Closes 12 August 2022</p><button>Accept</button><div>DP201 closes 15 August 2022</div>"
    )
    assert "MP163 consultation_closes_on 2022-08-12" not in said(body)


@pytest.mark.parametrize(
    "text",
    [
        "The closing date was 5 August 2022 and is now 12 August 2022, as the legal text was late.",
        "The closing date was 5 August 2022 but has moved to 12 August 2022.",
        "The deadline was set for 5 August 2022; it is now 12 August 2022.",
        "The deadline, which was 5 August 2022, has been changed to 12 August 2022.",
        "The closing date was 5 August 2022 and has been put back to 12 August 2022.",
        "Closing date: 12 August 2022 (was 5 August 2022)",
        "The closing date was 12 August 2022.",
    ],
)
def test_of_a_date_that_was_and_one_that_is_now_the_second_closes(text: str) -> None:
    assert [one.value for one in closings(text)] == ["2022-08-12"]


@pytest.mark.parametrize(
    "title",
    [
        "Annual review of SEC Section G",
        "November 2022 SEC Release supporting changes",
        "Changes to Appendix AB and Schedule 8",
        "Implementing IRP511",
    ],
)
def test_a_title_in_a_column_of_its_own_can_name_parts_and_releases(title: str) -> None:
    body = (
        "<h1>Open consultations</h1><table><tr><th>Reference</th><th>Title</th><th>Closes</th></tr>"
        f"<tr><td>MP190</td><td>{title}</td><td>TBC</td></tr>"
        "<tr><td>MP162</td><td>Changes for MHHS</td><td>12 August 2022</td></tr></table>"
    )
    assert f"MP190 title {title}" in said(body)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Schedules 8 to 10", ["Schedule 8", "Schedule 9", "Schedule 10"]),
        ("Sections F–H and Appendix AB", ["Section F", "Section G", "Section H", "Appendix AB"]),
        ("Appendices AA to AC", ["Appendix AA", "Appendix AB", "Appendix AC"]),
        ("Appendices A - C", ["Appendix A", "Appendix B", "Appendix C"]),
        ("Schedule 8 to the SEC", ["Schedule 8"]),
        ("Schedules 10 to 8", ["Schedule 10"]),
        ("Section F4.4 to F4.7", ["Section F"]),
    ],
)
def test_a_run_of_provisions_is_all_that_stand_in_it(text: str, parts: list[str]) -> None:
    assert [one.part for one in leading(text)[0]] == parts


@pytest.mark.parametrize(
    "table",
    [
        "ProvisionDescriptionDate of notice\nSection GSecurity obligations brought into force17 July 2015\n",
        "ProvisionWhat it doesIn forceNotice given\nSection GSecurity obligations1 August 201517 July 2015\n",
        "ProvisionWhat it doesNotice givenIn force\nSection GSecurity obligations17 July 20151 August 2015\n",
        "ProvisionDescriptionDate of notice\nSection GText published and brought into effect 17 July 2015\n",
        "Provision | Description | In force | Date of notice\nSection G | Brought into force | 1 August 2015 | 17 July 2015\n",
    ],
)
def test_words_of_a_description_give_the_date_beside_it_no_role(table: str) -> None:
    body = f"SoS Variations\n\nBelow are the changes that the Secretary of State has made by notice.\n\n{table}"
    found = {fact for fact in said(body) if "noticed_on" in fact}
    assert found <= {"2015-07-17/Section G noticed_on 2015-07-17"}
    assert found or "effect 17" in table  # nothing shows that the date is a cell of its own
