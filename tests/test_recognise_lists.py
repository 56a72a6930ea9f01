"""Lists of consultations and of variations, and newsletters: one set of facts in many settings, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.claims import Reading
from bot.ports import Page
from watchers.phrases.closing import closings
from watchers.phrases.provisions import leading
from watchers.read import read_page

AT = datetime(2022, 7, 19, tzinfo=UTC)
SITE = "https://smartenergycodecompany.co.uk"


def read(body: str, kind: str = "auto", url: str = f"{SITE}/page/") -> Reading:
    return read_page(Page(url, body.encode(), "text/html" if "<" in body else "text/plain", AT), kind)


def said(body: str, kind: str = "auto") -> set[str]:
    return {f"{c.key} {c.attribute} {c.value}" for c in read(body, kind).claims}


# --- which date closes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Closes 12 August 2022",
        "Modification Report ConsultationCloses 12 August 2022",
        "Opened 22 July 2022 – Closes: 12 August 2022",
        "Consultation period: 22 July 2022 to 12 August 2022",
        "22 July – 12 August 2022",
        "Closing date: 5pm, Friday 12 August 2022",
        "17:00 on 12 August 2022 is the deadline for responses",
        "The closing date is extended from 5 August 2022 to 12 August 2022.",
        "It was due to close on 5 August 2022; it now closes on 12 August 2022.",
        "Closes on 12 August 2022 (extended from 5 August 2022)",
        "Closed on 12 August 2022. Responses published on 26 August 2022.",
        "Closes on 12 August 2022, not 5 August 2022.",
        "Please respond by 5 p.m. on 12 August 2022",
        "Issued 22 July 2022 | Closes 12 August 2022 | Change Board 24 August 2022",
        "On 12 August 2022, this consultation closes.",
        "12/08/2022 (closing date)",
        "Deadline for responses: 12/08/2022 at 17:00",
        "The closing date was 5 August 2022 and is now 12 August 2022.",
    ],
)
def test_the_closing_date_is_told_from_other_dates(text: str) -> None:
    assert [one.value for one in closings(text)] == ["2022-08-12"]


@pytest.mark.parametrize(
    "text",
    [
        "Opened on 22 July 2022",
        "Responses will be published by 26 August 2022",
        "Consultation responses 26 August 2022",
        "The Change Board will vote on 24 August 2022",
        "Implementation window 3 November 2022 to 10 November 2022",
        "This consultation opens on 22 July 2022 and runs for 15 Working Days",
        "Updated 22 July 2022",
    ],
)
def test_dates_of_other_roles_close_nothing(text: str) -> None:
    assert closings(text) == []


def test_a_closing_date_is_as_precise_as_the_page() -> None:
    assert [one.value for one in closings("Closes by the end of August 2022")] == ["2022-08"]


# --- lists of consultations ------------------------------------------------------------------------------------------

CONSULTATIONS = {
    "MP162 title Changes for MHHS",
    "MP162 consultation_closes_on 2022-08-12",
    "DP201 title Sharing of tariff data",
    "DP201 consultation_closes_on 2022-08-15",
}


@pytest.mark.parametrize(
    "body",
    [
        (
            "<h1>Consultations</h1><h3>MP162 ‘Changes for MHHS’ Modification Report Consultation</h3><p>Closes 12 August 2022</p>"
            "<h3>DP201 'Sharing of tariff data'</h3><p>Respond by 17:00 on Monday 15 August 2022.</p>"
            "<h3>DCC charges</h3><p>Closes 2 September 2022</p>"
        ),
        (
            "<h1>Consultations</h1><table><tr><th>Closes</th><th>Modification</th><th>Opened</th></tr>"
            "<tr><td>12 August 2022</td><td>MP162 Changes for MHHS</td><td>1 July 2022</td></tr>"
            "<tr><td>15 August 2022</td><td>DP201: Sharing of tariff data</td><td>2 July 2022</td></tr>"
            "<tr><td>2 September 2022</td><td>DCC charges in view of MP170</td><td>2 July 2022</td></tr></table>"
        ),
        (
            "<h1>Open consultations</h1><ul><li>MP162 – Changes for MHHS – Modification Report Consultation, closes 12 August "
            "2022</li><li>Sharing of tariff data (DP201): closes 15 August 2022</li><li>DCC – charges – closes 2 September "
            "2022</li></ul>"
        ),
        (
            "<h1>Consultations</h1><dl><dt>MP162 “Changes for MHHS”</dt><dd>Closes on 12 August 2022</dd>"
            "<dt>DP201 “Sharing of tariff data”</dt><dd>Closes on 15 August 2022</dd></dl>"
        ),
        (
            "<h1>Consultations</h1><p><b>MP162 ‘Changes for MHHS’</b></p><p><b>Closes 12 August 2022</b></p>"
            "<p><b>DP201 ‘Sharing of tariff data’</b></p><p><b>Closes 15 August 2022</b></p>"
        ),
        (
            "<h1>Consultations</h1><p>The consultation on MP162 ‘Changes for MHHS’ closes on 12 August 2022 and that on DP201 "
            "‘Sharing of tariff data’ on 15 August 2022.</p>"
        ),
        (
            "<h1>Consultations</h1><h2>Closing 12 August 2022</h2><ul><li>MP162 ‘Changes for MHHS’</li></ul>"
            "<h2>Closing 15 August 2022</h2><ul><li>DP201 ‘Sharing of tariff data’</li></ul>"
        ),
        (
            "<h1>Consultations</h1><h2>MP162 ‘Changes for MHHS’</h2><dl><dt>Opens</dt><dd>1 July 2022</dd><dt>Closes</dt>"
            "<dd>12 August 2022</dd></dl><h2>DP201 ‘Sharing of tariff data’</h2><dl><dt>Deadline</dt><dd>15 August 2022</dd></dl>"
        ),
        (
            "Consultations\n\nMP162 ‘Changes for MHHS’ Modification Report ConsultationCloses 12 August 2022\n"
            "DP201 ‘Sharing of tariff data’Closes 15 August 2022\n"
        ),
        (
            "Consultations\n\nModification | Type | Closes\nMP162 Changes for MHHS | Refinement | 12 August 2022\n"
            "DP201 Sharing of tariff data | Refinement | 15 August 2022\n"
        ),
    ],
)
def test_consultations_are_the_same_in_any_setting(body: str) -> None:
    reading = read(body)
    assert (reading.kind, reading.believable) == ("consultations", True)
    assert said(body) == CONSULTATIONS


def test_a_button_above_a_box_is_a_heading_and_an_action_is_none() -> None:
    body = (
        "<h1>Consultations</h1><button>MP162 ‘A’</button><div><p>Closes 12 August 2022.</p></div>"
        "<button>DCC consultation: keys</button><div><p>Closes 2 September 2022.</p></div><button>Show more</button><div></div>"
    )
    assert said(body) == {"MP162 title A", "MP162 consultation_closes_on 2022-08-12"}


def test_dates_without_words_take_their_roles_from_the_line_of_headings() -> None:
    body = "Consultations\n\nOpen now\n\nConsultationIssuedClosing date\nMP162 ‘A’ Refinement Consultation1 July 202212 August 2022\n"
    assert said(body) == {"MP162 title A", "MP162 consultation_closes_on 2022-08-12"}


@pytest.mark.parametrize(
    "title",
    [
        "Approved Products on the CPL",
        "‘Change of Supplier’ flag",
        "Meaning of ‘Supplier’",
        "DCC & User security",
        "November 2021 SEC Release changes",
    ],
)
def test_a_title_in_a_cell_of_its_own_is_only_a_title(title: str) -> None:
    row = f"<tr><td>{title}</td><td>MP162</td><td>12 August 2022</td></tr>"
    body = f"<h1>Consultations</h1><table><tr><th>Title</th><th>Reference</th><th>Closes</th></tr>{row}</table>"
    expected = {"consultation_closes_on": "2022-08-12", "title": title}
    assert {claim.attribute: claim.value for claim in read(body).claims} == expected


def test_lines_of_their_own_below_an_item_belong_to_it() -> None:
    text = "Consultations\n\nOpen now\n\nMP162 ‘Changes for MHHS’\n\nRefinement Consultation\n\nOpened 1 July 2022\n\nCloses 12 August 2022\n\n"
    below = "DP201 ‘Sharing of tariff data’\n\nRefinement Consultation\n\nOpened 8 July 2022\n\nCloses 15 August 2022\n"
    closes = {c.subject[13:]: c.value for c in read(text + below).claims if c.attribute == "consultation_closes_on"}
    assert closes == {"MP162": "2022-08-12", "DP201": "2022-08-15"}


def test_a_consultation_states_no_status() -> None:
    body = (
        "<h1>Consultations</h1><table><tr><th>Modification</th><th>Stage</th><th>Status</th><th>Closes</th></tr>"
        "<tr><td>MP162</td><td>Modification Report Consultation</td><td>Open</td><td>12 August 2022</td></tr></table>"
    )
    assert said(body) == {"MP162 consultation_closes_on 2022-08-12"}


def test_a_page_that_says_that_nothing_is_open_is_believed() -> None:
    reading = read("<h1>Consultations</h1><p>There are currently no open consultations.</p>")
    assert (reading.kind, reading.believable, reading.claims) == ("consultations", True, ())


def test_a_list_that_lost_its_entries_is_not_believed() -> None:
    reading = read(
        "<h1>SEC consultations</h1><p>Have your say on changes to the Smart Energy Code.</p>", "consultations"
    )
    assert (reading.believable, reading.claims) == (False, ())


def test_consultations_of_others_claim_nothing_and_are_believed() -> None:
    body = "<h1>Consultations</h1><ul><li>DCC: charges, closes 2 September 2022</li><li>DESNZ: policy, closes 9 September 2022</li></ul>"
    assert read(body).believable
    assert said(body) == set()


# --- variations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Section L", ["Section L"]),
        ("Section LAmendment to the text of Section A", ["Section L"]),
        ("Sections G and H, Appendix AB", ["Section G", "Section H", "Appendix AB"]),
        ("Sections F to H", ["Section F", "Section G", "Section H"]),
        ("SEC Schedule 9 (SMETS) and Appendix R: text", ["Schedule 9", "Appendix R"]),
        ("Schedules 8 to 10", ["Schedule 8", "Schedule 9", "Schedule 10"]),
        ("Section X3.4", ["Section X (clause)"]),
        ("Section 88 of the Energy Act", []),
        ("The Section is amended", []),
    ],
)
def test_provisions_are_named_by_their_parts(text: str, parts: list[str]) -> None:
    assert [one.part + " (clause)" * one.clause for one in leading(text)[0]] == parts


VARIATIONS = {
    "2014-09-02/Section L affects_part Section L",
    "2014-09-02/Section L noticed_on 2014-09-02",
    "2014-10-01/Section G affects_part Section G",
    "2014-10-01/Section G noticed_on 2014-10-01",
    "2014-10-01/Section H affects_part Section H",
    "2014-10-01/Section H noticed_on 2014-10-01",
    "2014-11-05/Section X noticed_on 2014-11-05",
}


@pytest.mark.parametrize(
    "body",
    [
        (
            "<h1>SoS variations</h1><table><tr><th>Date of notice</th><th>Provision</th><th>Description</th></tr>"
            "<tr><td>2 September 2014</td><td>Section L</td><td>Text of Section A</td></tr>"
            "<tr><td>1st October 2014</td><td>Sections G and H</td><td>Security</td></tr>"
            "<tr><td>5/11/2014</td><td>Section X3.4</td><td>By 1 June 2015</td></tr></table>"
        ),
        (
            "Secretary of State variations\n\nProvisionDescriptionDate of notice\nSection LText of Section A2 September 2014\n"
            "Sections G and HSecurity1 October 2014\nSection X3.4Another day5 November 2014View letter\n"
        ),
        (
            "<h1>SoS variations</h1><h2>2014</h2><ul><li>2 September – Section L – text of Section A</li><li>1 October: Sections "
            "G &amp; H</li><li>Section X3.4 (notice of 5 November)</li></ul>"
        ),
        (
            "<h1>SoS variations</h1><h3>Section L</h3><p>Text of Section A.</p><p>Date of notice: 2 September 2014</p>"
            "<h3>Section G and Section H</h3><p>1 October 2014</p><h3>Section X3.4</h3><p>Notice: 5 November 2014</p>"
        ),
        (
            "<h1>SoS variations</h1><h3>2 September 2014</h3><ul><li>Section L</li></ul><h3>1 October 2014</h3><ul><li>Section G"
            "</li><li>Section H</li></ul><h3>5 November 2014</h3><ul><li>Section X3.4</li></ul>"
        ),
        (
            "SoS variations\n\nProvision | Description | Date of notice\nSection L | Text | 2 September 2014\n"
            "Sections G, H | Text | 1 October 2014\nSection X3.4 | Text | 5 November 2014\n"
        ),
        (
            "<h1>SoS variations</h1><dl><dt>Section L</dt><dd>First designation of the text</dd><dd>2 September 2014</dd>"
            "<dt>Sections G and H</dt><dd>Security</dd><dd>1 October 2014</dd><dt>Section X3.4</dt><dd>Another day</dd>"
            "<dd>5 November 2014</dd></dl>"
        ),
        (
            "SoS variations\n\nProvisionDescriptionDate of notice\nSection LText of the documentSeptember 2, 2014\n"
            "Sections G and HSecurityOctober 1, 2014\nSection X3.4Another dayNovember 5, 2014\n"
        ),
        (
            "SoS variations\n\nSection L\n\nFirst text of the document\n\n2 September 2014\n\nSections G and H\n\n"
            "Security\n\n1 October 2014\n\nSection X3.4\n\nAnother day\n\n5 November 2014\n"
        ),
        (
            "SoS variations\n\nProvision          Description        Date of notice\n"
            "Section L          Text               2 September 2014\nSections G and H   Security           1 October 2014\n"
            "Section X3.4       Another day        5 November 2014\n"
        ),
    ],
)
def test_variations_are_the_same_in_any_setting(body: str) -> None:
    assert read(body).kind == "variations"
    assert said(body) == VARIATIONS


def test_a_day_that_a_description_runs_on_to_is_no_notice() -> None:
    assert not read(
        "<h1>SoS variations</h1><dl><dt>Section L</dt><dd>Text that is switched on by 2 September 2014</dd></dl>"
    ).claims


def test_two_notices_of_one_day_on_one_part_are_one_variation() -> None:
    row = "<tr><td>Section L</td><td>{}</td><td>2 September 2014</td></tr>"
    body = f"<h1>SoS variations</h1><table><tr><th>Provision</th><th>Description</th><th>Date of notice</th></tr>{row.format(1)}{row.format(2)}</table>"
    assert len(read(body).claims) == 2


def test_an_emptied_list_of_variations_is_not_believed() -> None:
    assert not read("<h1>SoS variations</h1><p>Variations of the Smart Energy Code.</p>", "variations").believable


# --- newsletters -----------------------------------------------------------------------------------------------------

NEWSLETTER = "<h1>SECAS newsletter: July 2022</h1>{}"


@pytest.mark.parametrize(
    "item",
    [
        "<h2>MP171 ‘Alerts for all’</h2><p>Read more about it on its page.</p>",
        "<h2>SEC v62.0 released to implement MP200</h2><p><a href='/x/'>Read more</a></p>",
        "<h2>In this issue</h2><ul><li>MP162 approved</li><li>SEC v62.0</li></ul>",
        "<h2>Podcast</h2><p>Why MP150 was approved and what…</p>",
        "<p>News.</p><h2>Subscribe</h2><p>MP200 was implemented on 18 July 2022.</p>",
    ],
)
def test_pointers_of_a_newsletter_claim_nothing(item: str) -> None:
    reading = read(NEWSLETTER.format(item))
    assert (reading.kind, reading.claims) == ("news", ())


def test_an_item_of_a_newsletter_says_nothing_of_the_next() -> None:
    body = NEWSLETTER.format(
        "<h2>SEC v62.0</h2><p>SEC v62.0 came into effect on 18 July 2022 and implements MP200.</p>"
        "<h2>Decisions</h2><p>MP170 ‘Firmware’ was rejected by the Authority on 20 July 2022.</p>"
    )
    found = said(body)
    assert "62.0 implements MP200" in found
    assert "MP170 status rejected" in found
    assert not any("62.0" in one and "MP170" in one for one in found)
