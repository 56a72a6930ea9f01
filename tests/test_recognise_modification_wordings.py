"""Modification pages in prose: the same fact in many wordings, and what sounds like it and is another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

OWN = "modification:MP101"
TOLD = "<h3>Proposer</h3><p>EDF</p><h3>Stage</h3><p>Report Phase</p>"


def said(*pieces: str, told: str = TOLD, heading: str = "MP101 ‘Large Gas Meter Displays’") -> set[tuple[str, str]]:
    body = f"<html><body><main><h1>{heading}</h1>{told}{''.join(pieces)}</main></body></html>"
    reading = read_page(Page("page", body.encode(), "text/html", datetime(2026, 7, 19, tzinfo=UTC)))
    assert reading.kind == "modification-page"
    return {(claim.attribute, claim.value) for claim in reading.claims if claim.subject == OWN}


def of(attribute: str, sentence: str, told: str = TOLD) -> set[str]:
    return {value for name, value in said(f"<h3>Summary</h3><p>{sentence}</p>", told=told) if name == attribute}


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "MP101 comes in twice: the document changes on 26 June 2025 with the June 2025 SEC Release, and the new User Role "
            "on 6 November 2025 with the November 2025 SEC Release."
        ),
        "It is being delivered in two steps: the text on 26 June 2025 and the systems on 6 November 2025.",
        "Implementation is in two parts: the legal text on 26 June 2025, the DCC Systems on 6 November 2025.",
        "There are two implementation dates: 26 June 2025 for the documents and 6 November 2025 for the systems.",
        "The documents change on 26 June 2025; the systems follow on 6 November 2025.",
        "The first part comes in on 26 June 2025 and the second on 6 November 2025.",
        "The legal text took effect on 26 June 2025 and the functionality will on 6 November 2025.",
        "The text will come into force on 26 June 2025, with the system changes following on 6 November 2025.",
        "It went live in stages, the first on 26 June 2025 and the last on 6 November 2025.",
        "MP101 lands in two halves, on 26 June 2025 and 6 November 2025.",
    ],
)
def test_an_implementation_in_steps_has_a_day_a_step(sentence: str) -> None:
    assert of("implementation", sentence) == {"2025-06-26", "2025-11-06"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The programme’s own milestone M10 (22 September 2025) is not a SEC date.",
        "The assessment comes in two parts: a draft on 26 June 2025, and the rest on 6 November 2025.",
        "If approved, it would come in twice: the text on 26 June 2025 and the systems on 6 November 2025.",
        "The consultation documents change on 26 June 2025.",
        "Responses came in on 26 June 2025 and 6 November 2025.",
        "Two implementation dates were considered: 26 June 2025 and 6 November 2025.",
        "There are two proposed implementation dates: 26 June 2025 and 6 November 2025.",
        "Had it passed, it was to have gone live on 26 June 2025.",
        "The Working Group’s views change on 26 June 2025.",
    ],
)
def test_what_is_no_implementation_has_no_day_of_one(sentence: str) -> None:
    assert of("implementation", sentence) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "At its meeting on 30 January 2019 the Change Board voted on MP101 under Self-Governance and decided not to "
            "approve it."
        ),
        "At its January meeting on 30 January 2019, the Change Board voted to reject MP101.",
        "On 30 January 2019 the Change Board voted on the proposal.",
        "Meeting on 30 January 2019, the Change Board decided not to approve the modification.",
        "The Change Board, meeting on 30 January 2019, voted to reject it.",
        "When the Change Board met on 30 January 2019 it voted to reject MP101.",
        "The Change Board took its vote on 30 January 2019.",
        "The Change Board’s vote was held on 30 January 2019.",
        "The vote by the Change Board took place on 30 January 2019.",
        "MP101 was voted on by the Change Board on 30 January 2019.",
        "The Change Board will meet on 30 January 2019 to vote on this modification.",
    ],
)
def test_a_vote_has_its_day_wherever_it_stands(sentence: str) -> None:
    assert of("change_board_vote_on", sentence) == {"2019-01-30"}


@pytest.mark.parametrize(
    "sentence",
    [
        "At its meeting on 30 January 2019 the Change Sub-Committee voted on MP101.",
        "At its meeting on 30 January 2019 the Change Board approved the request for a DCC Impact Assessment.",
        "At its meeting on 30 January 2019 the Change Board noted an update on MP101.",
        "At its meeting on 30 January 2019 the Panel agreed that the Change Board should vote on it later.",
        "Meeting on 30 January 2019, the Working Group decided that the Change Board should not see it yet.",
    ],
)
def test_what_is_no_vote_has_no_day_of_one(sentence: str) -> None:
    assert of("change_board_vote_on", sentence) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "The Panel was presented with the Final Modification Report on 14 December 2018 and asked for it to be issued.",
        "The Panel considered the Modification Report on 14 December 2018.",
        "The Panel saw the report on 14 December 2018.",
        "The Modification Report was before the Panel on 14 December 2018.",
        "On 14 December 2018 the Panel received the Modification Report.",
        "On 14 December 2018, the SEC Panel reviewed the Modification Report and agreed its timetable.",
        "SECAS presented the report to the Panel on 14 December 2018.",
        "At its meeting on 14 December 2018 the Panel considered the Modification Report.",
        "The Modification Report was seen by the Panel on 14 December 2018.",
        "The Panel looked at the Modification Report on 14 December 2018.",
    ],
)
def test_the_panel_has_seen_the_report_on_its_day(sentence: str) -> None:
    assert of("panel_presentation_on", sentence) == {"2018-12-14"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Panel approved the scope of the release on 14 December 2018.",
        "The Panel Sub-Committee considered the report on 14 December 2018.",
        "The Panel considered an appeal on 14 December 2018.",
        "The Panel was told of the delay on 14 December 2018.",
        "The Working Group saw the report on 14 December 2018.",
    ],
)
def test_what_else_the_panel_did_is_no_presentation(sentence: str) -> None:
    assert of("panel_presentation_on", sentence) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "The Change Board voted on 18 December 2024. Its recommendation to the Authority is that MP101 be rejected.",
        "The Change Board voted on 18 December 2024. It advised the Authority to reject it.",
        "The Change Board voted on 18 December 2024. Members recommended that it be rejected.",
        "The Change Board has recommended rejection.",
        "The Change Board’s recommendation is to reject.",
        "The Change Board’s recommendation was rejection, by nine votes to four.",
        "The Change Board sent it to the Authority with a recommendation to reject.",
        "The Change Board’s advice to Ofgem is that the modification should be rejected.",
        "The recommendation of the Change Board is that MP101 be rejected.",
    ],
)
def test_a_recommendation_to_reject(sentence: str) -> None:
    assert of("change_board_recommendation", sentence) == {"reject"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Change Board will make its recommendation on whether to reject it on 18 December 2024.",
        "The Change Board voted on 18 December 2024. Its recommendation may be to reject.",
        "SECAS had recommended approval.",
        "The Working Group’s recommendation to the Change Board is that MP101 be approved.",
        "The Panel’s recommendation is to approve.",
    ],
)
def test_another_bodys_recommendation_or_one_to_come_is_none(sentence: str) -> None:
    assert of("change_board_recommendation", sentence) == set()


IN_STAGE = "<h3>Stage</h3><p>Withdrawn</p><h3>Affected documents</h3><p>Section G</p>"


@pytest.mark.parametrize(
    "sentence",
    [
        "EDF brought this idea forward on 6 September 2023.",
        "EDF put this proposal forward on 6 September 2023.",
        "EDF put forward this modification on 6 September 2023.",
        "This modification was brought forward by EDF on 6 September 2023.",
        "On 6 September 2023 EDF raised this modification.",
        "This was raised by EDF on 6 September 2023.",
        "It was EDF that raised the proposal, on 6 September 2023.",
        "The Proposer, EDF, raised it on 6 September 2023.",
        "It was first raised on 6 September 2023 by EDF.",
        "The proposal came from EDF on 6 September 2023.",
        "EDF submitted the Draft Proposal on 6 September 2023.",
    ],
)
def test_who_brought_it_forward_is_its_proposer(sentence: str) -> None:
    facts = said(f"<h3>Summary</h3><p>{sentence}</p>", told=IN_STAGE)
    assert {("proposer", "EDF"), ("raised_on", "2023-09-06")} <= facts


@pytest.mark.parametrize(
    "sentence",
    [
        "DCC brought the date forward on 6 September 2023.",
        "Ofgem put this proposal forward to the next meeting on 6 September 2023.",
        "The comments came from EDF on 6 September 2023.",
        "EDF submitted a response on 6 September 2023.",
        "EDF raised concerns about the proposal on 6 September 2023.",
        "A request came from EDF on 6 September 2023.",
    ],
)
def test_who_did_something_else_is_no_proposer(sentence: str) -> None:
    facts = said(f"<h3>Summary</h3><p>{sentence}</p>", told=IN_STAGE)
    assert not {name for name, _ in facts} & {"proposer", "raised_on", "implementation"}


# --- layouts ---


@pytest.mark.parametrize(
    "cell",
    [
        "<div>{0}<br><strong>{1}</strong></div>",
        "<div><span>{0}</span><br><b>{1}</b></div>",
        "<p>{0}</p><h4>{1}</h4>",
        "<h3>{0}</h3><h4>{1}</h4>",
        "<p><b>{0}</b></p><p><b>{1}</b></p>",
        "<div><strong>{0}</strong></div><div><strong>{1}</strong></div>",
    ],
)
def test_a_value_that_is_set_as_a_heading_is_its_labels_value(cell: str) -> None:
    pairs = (
        ("Proposer", "Horizon Energy Infrastructure"),
        ("Date raised", "11 December 2023"),
        ("Stage", "Authority Determination"),
        ("Decision path", "Authority-Determined"),
    )
    facts = said(*(cell.format(*pair) for pair in pairs), "<h3>Latest</h3><p>The decision is awaited.</p>", told="")
    assert {("proposer", "Horizon Energy Infrastructure"), ("raised_on", "2023-12-11")} <= facts
    assert {("status", "authority_decision"), ("decision_path", "authority_determined")} <= facts


@pytest.mark.parametrize(
    "top",
    [
        "<p>Modifications › MP226</p><h1>Unsupported firmware</h1><p>MP226 – Unsupported firmware</p>",
        "<h1>Unsupported firmware</h1><p>MP226: Unsupported firmware</p>",
        "<h1>Unsupported firmware</h1><p>MP226 Unsupported firmware</p>",
        "<h1>Unsupported firmware</h1><p>Unsupported firmware (MP226)</p>",
        "<h1>Unsupported firmware</h1><p>Modification Proposal MP226 ‘Unsupported firmware’</p>",
        "<p>MP226</p><h1>Unsupported firmware</h1>",
        "<h1>Unsupported firmware</h1><p>SEC Modification MP226</p>",
    ],
)
def test_a_page_of_prose_is_its_modifications_where_its_name_is_said_again(top: str) -> None:
    body = f"<html><body><main>{top}<p>EDF raised it on 6 September 2023. It was withdrawn on 14 March 2024.</p></main></body></html>"
    reading = read_page(Page("page", body.encode(), "text/html", datetime(2026, 7, 19, tzinfo=UTC)))
    facts = {(c.attribute, c.value) for c in reading.claims if c.subject == "modification:MP226"}
    assert reading.kind == "modification-page"
    assert {("title", "Unsupported firmware"), ("status", "withdrawn"), ("withdrawn_on", "2024-03-14")} <= facts


@pytest.mark.parametrize(
    "sentence",
    [
        "The Proposer no longer wished to go on, and the proposal was withdrawn on 14 March 2024.",
        "No one supported it and it was withdrawn on 14 March 2024.",
        "As the benefits were not clear, the modification was withdrawn on 14 March 2024.",
        "It was not funded, so it was withdrawn on 14 March 2024.",
    ],
)
def test_why_it_was_withdrawn_does_not_deny_that_it_was(sentence: str) -> None:
    assert ("withdrawn_on", "2024-03-14") in said(f"<h3>Summary</h3><p>{sentence}</p>")


@pytest.mark.parametrize(
    "sentence",
    [
        "The modification has not been withdrawn.",
        "It was to be withdrawn on 14 March 2024, but the Proposer never wrote.",
        "If the modification is withdrawn, the work stops.",
        "It was no longer to be withdrawn.",
    ],
)
def test_what_was_not_withdrawn_is_not(sentence: str) -> None:
    assert of("status", sentence) == {"report_phase"}


@pytest.mark.parametrize(
    "sentence",
    [
        "MP229 was split by the Working Group on 5 June 2024.",
        "MP229B was split from MP229 on 5 June 2024.",
        "On 5 June 2024 MP229 was split into MP229A and MP229B.",
        "MP229 has since been split.",
    ],
)
def test_a_part_was_split_from_its_whole(sentence: str) -> None:
    body = (
        f"<main><h1>MP229B ‘Meter Asset Provider access, stage two’</h1>{TOLD}<h3>Summary</h3><p>{sentence}</p></main>"
    )
    reading = read_page(Page("page", body.encode(), "text/html", datetime(2026, 7, 19, tzinfo=UTC)))
    assert ("split_from", "MP229") in {
        (c.attribute, c.value) for c in reading.claims if c.subject == "modification:MP229B"
    }


def test_a_whole_that_was_not_split_has_no_parts() -> None:
    body = f"<main><h1>MP229B ‘Meter Asset Provider access’</h1>{TOLD}<h3>Summary</h3><p>MP231 was split on 5 June 2024.</p></main>"
    reading = read_page(Page("page", body.encode(), "text/html", datetime(2026, 7, 19, tzinfo=UTC)))
    assert not [c for c in reading.claims if c.attribute == "split_from"]


SENTENCES = (
    "The modification lets consumers see the readings of a large gas\nmeter on the display which their supplier has given "
    "to them, and\nit obliges the makers of such displays to show what the meter can\nsend to them over the network in the "
    "home. It was raised after\ntests had shown that none of the displays that were sold could do\nso at all.\n"
)


@pytest.mark.parametrize(
    "top",
    [
        "MP150\nLarge Gas Meter Displays\nSTATUS\nImplemented\nPROPOSER\nEDF\n",
        "MP150 ‘Large Gas Meter Displays’\nSTATUS\nImplemented\nPROPOSER\nEDF\n",
        "MP150\nLarge Gas Meter Displays\nProposer\nEDF\nStage\nImplemented\n",
        "MP150\nLarge Gas Meter Displays\nCurrent status\nImplemented\nRaised by\nEDF\n",
        "Large Gas Meter Displays\nMP150\nStatus\nImplemented\nProposer\nEDF\n",
        "MP150\n\nLarge Gas Meter Displays\n\nSTATUS\nImplemented\n\nPROPOSER\nEDF\n",
    ],
)
@pytest.mark.parametrize("below", [SENTENCES, SENTENCES.replace("\n", " ")])
def test_short_lines_at_the_top_are_labels_and_their_values(top: str, below: str) -> None:
    reading = read_page(Page("page", f"{top}\n{below}".encode(), "text/plain", datetime(2026, 7, 19, tzinfo=UTC)))
    facts = {(c.attribute, c.value) for c in reading.claims if c.subject == "modification:MP150"}
    assert {("title", "Large Gas Meter Displays"), ("status", "implemented"), ("proposer", "EDF")} <= facts
    assert not [value for name, value in facts if name == "title" and value != "Large Gas Meter Displays"]


@pytest.mark.parametrize(
    "label", ["Where we are", "Where it is now", "Where are we now?", "Where it stands", "Where things stand today"]
)
def test_where_it_stands_is_its_status(label: str) -> None:
    assert ("status", "report_phase") in said(f"<p>{label}: Report Phase</p>", told="<h3>Proposer</h3><p>EDF</p>")


@pytest.mark.parametrize(
    "piece",
    [
        "<p>If it had gone ahead, MP101 would have changed Section G.</p>",
        "<h3>What would have changed</h3><p>Section G and Schedule 8</p>",
        "<h3>Documents that would have been affected</h3><ul><li>Section G</li></ul>",
        "<h3>Would have changed</h3><p>Section G</p>",
        "<p>Had it been approved, it would have amended Section G.</p>",
        "<p>Would have changed: Section G</p>",
        "<table><tr><td>Would have changed</td><td>Section G</td></tr></table>",
        "<h3>Parts of the SEC that would have changed</h3><table><tr><td>Section G</td><td>Security</td></tr></table>",
    ],
)
@pytest.mark.parametrize("stage", ["Withdrawn", "Rejected"])
def test_what_would_have_changed_does_not(piece: str, stage: str) -> None:
    facts = said(piece, told=f"<h3>Proposer</h3><p>EDF</p><h3>Stage</h3><p>{stage}</p>")
    assert not [value for name, value in facts if name == "affects_part"]


def test_sentences_below_a_second_word_on_where_it_stands_are_read_too() -> None:
    facts = said(
        "<h3>Where are we?</h3><p>The Change Board met on 30 January 2019 and voted to recommend rejection.</p>"
    )
    assert {("change_board_vote_on", "2019-01-30"), ("change_board_recommendation", "reject")} <= facts
