"""Modification pages: what each says of its own modification, in whatever setting, and nothing of any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from bot.domain import checks, diff, state
from bot.domain.claims import Reading
from bot.ports import Page
from watchers.phrases import events, impacts, labels, stages
from watchers.read import read_page

Pairs = Sequence[tuple[str, str]]
Said = set[tuple[str, str]]

OWN = "modification:MP101"
HEADING = "MP101 ‘Large Gas Meter Displays’"
PAIRS = (
    ("Stage", "Report Phase"),
    ("Proposer", "EDF"),
    ("Date raised", "3 March 2020"),
    ("Path", "Self-Governance"),
    ("Implementation date", "4 November 2021"),
    ("Impacted parties", "Large Suppliers, Small Suppliers and DCC"),
    ("Affected documents", "Section G, Section H8.16 and Schedules 8 and 9"),
)
TIMELINE = (
    ("Modification raised", "3 March 2020"),
    ("Converted to Modification Proposal", "21 April 2020"),
    ("Refinement Consultation", "1 June 2020 – 22 June 2020"),
    ("Working Group meeting", "7 July 2020"),
    ("Presented to the Panel", "16 October 2020"),
    ("Change Board vote", "25 November 2020"),
    ("Authority decision", "TBC"),
    ("Implemented", "4 November 2021"),
)
FACTS = {
    ("title", "Large Gas Meter Displays"),
    ("status", "report_phase"),
    ("proposer", "EDF"),
    ("raised_on", "2020-03-03"),
    ("decision_path", "self_governance"),
    ("implementation", "2021-11-04"),
    ("impacts_party", "Large Suppliers"),
    ("impacts_party", "Small Suppliers"),
    ("impacts_party", "DCC"),
    ("affects_part", "Section G"),
    ("affects_part", "Schedule 8"),
    ("affects_part", "Schedule 9"),
    ("converted_on", "2020-04-21"),
    ("consultation_closes_on", "2020-06-22"),
    ("panel_presentation_on", "2020-10-16"),
    ("change_board_vote_on", "2020-11-25"),
}


def read(body: str, kind: str = "auto") -> Reading:
    """Return what a page claims, HTML where it begins as such."""
    type_ = "text/html" if body.lstrip().startswith("<") else "text/plain"
    return read_page(Page("page", body.encode(), type_, datetime(2022, 7, 19, tzinfo=UTC)), kind)


def said(body: str, subject: str = OWN) -> Said:
    """Return what a page says of its modification; that it says nothing of others is checked on the way."""
    reading = read(body)
    assert reading.kind == "modification-page"
    assert {claim.subject for claim in reading.claims if claim.subject.startswith("modification:")} <= {subject}
    return {(claim.attribute, claim.value) for claim in reading.claims if claim.subject == subject}


def page(*pieces: str, heading: str = HEADING) -> str:
    return f"<html><body><h1>{heading}</h1>{''.join(pieces)}</body></html>"


def table(rows: Pairs, head: str = "") -> str:
    return f"<table>{head}{''.join(f'<tr><td>{a}</td><td>{b}</td></tr>' for a, b in rows)}</table>"


def each(rows: Pairs, form: str) -> str:
    return "".join(form.format(a, b) for a, b in rows)


def html(pairs: str, timeline: str) -> str:
    return page(pairs, "<h2>Timeline</h2>", timeline)


def text(pairs: str, timeline: str) -> str:
    return f"{HEADING}\n\n{pairs}\n\nTimeline\n\n{timeline}\n"


SETTINGS: dict[str, Callable[[Pairs, Pairs], str]] = {
    "table": lambda p, t: html(table(p), table(t, "<tr><th>Event</th><th>Date</th></tr>")),
    "table with th": lambda p, t: html(
        f"<table>{each(p, '<tr><th>{}</th><td>{}</td></tr>')}</table>", table([(b, a) for a, b in t])
    ),
    "table with a header": lambda p, t: html(
        table(p, "<tr><th>Field</th><th>Detail</th></tr>"), table(t, "<tr><td>Milestone</td><td>Date</td></tr>")
    ),
    "one row below labels": lambda p, t: html(
        f"<table><tr>{each(p, '<th>{}</th>')}</tr><tr>{''.join(f'<td>{b}</td>' for _, b in p)}</tr></table>", table(t)
    ),
    "dl": lambda p, t: html(
        f"<dl>{each(p, '<dt>{}</dt><dd>{}</dd>')}</dl>", f"<dl>{each(t, '<dt>{}</dt><dd>{}</dd>')}</dl>"
    ),
    "list with colons": lambda p, t: html(
        f"<ul>{each(p, '<li>{}: {}</li>')}</ul>", f"<ul>{each(t, '<li>{}: {}</li>')}</ul>"
    ),
    "list with dashes": lambda p, t: html(
        f"<ul>{each(p, '<li>{} – {}</li>')}</ul>", f"<ul>{each([(b, a) for a, b in t], '<li>{} – {}</li>')}</ul>"
    ),
    "bold labels and line breaks": lambda p, t: html(
        f"<p>{each(p, '<strong>{}:</strong> {}<br>')}</p>", f"<p>{each(t, '<strong>{}</strong> {}<br>')}</p>"
    ),
    "sibling divs": lambda p, t: html(
        each(p, "<div><div>{}</div><div>{}</div></div>"), each(t, "<div><div>{}</div><div>{}</div></div>")
    ),
    "bold paragraphs": lambda p, t: html(
        each(p, "<p><b>{}</b></p><p>{}</p>"), each([(b, a) for a, b in t], "<p>{}</p><p>{}</p>")
    ),
    "small headings": lambda p, t: html(each(p, "<h4>{}</h4><p>{}</p>"), each(t, "<h4>{}</h4><p>{}</p>")),
    "spans side by side": lambda p, t: html(
        each(p, "<div><span>{}</span> <span>{}</span></div>"), each(t, "<div><span>{}</span><span>{}</span></div>")
    ),
    "glued": lambda p, t: text("\n".join(f"{a}{b}" for a, b in p), "EventDate\n" + "\n".join(f"{a}{b}" for a, b in t)),
    "glued in one line": lambda p, t: text("".join(f"{a}{b}" for a, b in p), "".join(f"{a}{b}" for a, b in t)),
    "pipes": lambda p, t: text(
        "\n".join(f"{a} | {b}" for a, b in p), "Event | Date\n" + "\n".join(f"{a} | {b}" for a, b in t)
    ),
    "tabs": lambda p, t: text("\n".join(f"{a}\t{b}" for a, b in p), "\n".join(f"{a}\t{b}" for a, b in t)),
    "colons": lambda p, t: text("\n".join(f"{a}: {b}" for a, b in p), "\n".join(f"{b}: {a}" for a, b in t)),
    "bullets": lambda p, t: text("\n".join(f"• {a}: {b}" for a, b in p), "\n".join(f"• {b} – {a}" for a, b in t)),
    "lines below one another": lambda p, t: text(
        "\n".join(f"{a}\n{b}" for a, b in p), "\n".join(f"{b}\n{a}" for a, b in t)
    ),
    "lines with gaps": lambda p, t: text(
        "\n\n".join(f"{a}\n\n{b}" for a, b in p), "\n\n".join(f"{a}\n\n{b}" for a, b in t)
    ),
    "markdown": lambda p, t: text(
        "| Field | Value |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in p),
        "\n".join(f"- **{b}**: {a}" for a, b in t),
    ),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_same_facts_in_any_setting_are_the_same_claims(setting: str) -> None:
    assert said(SETTINGS[setting](PAIRS, TIMELINE)) == FACTS


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_order_of_the_rows_makes_no_difference(setting: str) -> None:
    assert said(SETTINGS[setting](PAIRS[::-1], TIMELINE[::-1])) == FACTS


def test_labels_and_values_in_columns_set_by_spaces() -> None:
    columns = text("\n".join(f"{a:<24}{b}" for a, b in PAIRS), "\n".join(f"{a:<44}{b}" for a, b in TIMELINE))
    assert said(columns) == FACTS


WRAPPED = """Summary

The modification came from a review of how large gas meters show what they have measured, and it was
found that the present text of the code does not let a supplier choose the display that suits such a
meter best, so that some of them can not be installed at all; the solution is to let suppliers choose
among the displays that the specifications describe.
"""


@pytest.mark.parametrize("setting", [name for name, form in SETTINGS.items() if form(PAIRS, ())[0] != "<"])
def test_wrapped_prose_beside_them_does_not_run_short_lines_together(setting: str) -> None:
    whole = SETTINGS[setting](PAIRS, TIMELINE)
    assert said(whole.replace("\nTimeline\n", f"\n{WRAPPED}\nTimeline\n")) == FACTS


# --- which modification it is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("MP101 ‘Large Gas Meter Displays’", "Large Gas Meter Displays"),
        ("Large Gas Meter Displays (MP101)", "Large Gas Meter Displays"),
        ("MP101 - Large Gas Meter Displays", "Large Gas Meter Displays"),
        ("MP101: Large Gas Meter Displays", "Large Gas Meter Displays"),
        ("Modification Proposal MP101 'Large Gas Meter Displays'", "Large Gas Meter Displays"),
        ("‘Large Gas Meter Displays’ – MP101", "Large Gas Meter Displays"),
    ],
)
def test_the_heading_gives_the_id_and_the_title_alone(heading: str, title: str) -> None:
    assert ("title", title) in said(page(table(PAIRS), heading=heading))


def test_the_id_may_stand_in_the_pages_title_or_in_a_field() -> None:
    titled = page(table(PAIRS), heading="Large Gas Meter Displays").replace(
        "<body>", "<head><title>MP101 ‘Large Gas Meter Displays’ | Smart Energy Code</title></head><body>"
    )
    labelled = page(table([("Modification ID", "MP101"), *PAIRS]), heading="Large Gas Meter Displays")
    assert ("title", "Large Gas Meter Displays") in said(titled)
    assert said(labelled) == said(titled)


def test_a_page_without_an_id_claims_nothing_and_is_not_believed() -> None:
    related = "<h2>Related modifications</h2><ul><li>MP105 ‘Suspended Devices’ Implemented</li></ul>"
    reading = read(page(table(PAIRS), related, heading="Large Gas Meter Displays"))
    assert reading.kind == "modification-page"
    assert not reading.believable
    assert reading.claims == ()
    assert [doubt.reason for doubt in reading.doubts] == ["no_id"]


def test_what_stands_in_side_columns_and_related_lists_is_not_claimed() -> None:
    chrome = (
        "<nav>MP099 ‘Menu’ Approved</nav><aside><h3>Stage</h3><p>Withdrawn</p></aside>"
        "<footer>MP090 was rejected on 1 May 2021.</footer>"
    )
    related = "<h2>Related modifications</h2><h3>MP105 ‘Suspended Devices’</h3><p>Stage: Implemented</p><p>Proposer: Npower</p>"
    assert said(page(table(PAIRS), related, chrome)) == said(page(table(PAIRS)))


def test_a_sentence_about_another_modification_says_nothing_of_this_one() -> None:
    other = "<p>MP105 was approved by the Authority on 14 May 2021. It was implemented on 24 June 2021.</p>"
    assert said(page(table(PAIRS), other)) == said(page(table(PAIRS)))


# --- origins ---------------------------------------------------------------------------------------------------------


def test_the_draft_proposal_that_it_was_is_told_by_label_heading_or_sentence() -> None:
    for piece in (
        "<p>Formerly: DP124</p>",
        "<p>DP124 was converted to MP124 on 23 June 2020.</p>",
        "<p>Draft Proposal DP124 was raised on 6 May 2020.</p>",
    ):
        assert ("draft_proposal", "DP124") in said(page(piece, heading="MP124 ‘Constitution’"), "modification:MP124")


def test_siblings_are_told_only_as_parts_of_what_was_split() -> None:
    reading = read(
        page(
            "<p>MP102 was split into MP102A and MP102B. MP102B was withdrawn on 26 March 2021.</p>",
            heading="MP102A ‘Power Outage Alerts’",
        )
    )
    assert {(c.subject, c.attribute, c.value) for c in reading.claims} == {
        ("modification:MP102A", "title", "Power Outage Alerts"),
        ("modification:MP102A", "split_from", "MP102"),
        ("modification:MP102B", "split_from", "MP102"),
    }


# --- where it stands -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Refinement Process", "refinement"),
        ("In Refinement", "refinement"),
        ("Stage 3: Report Phase", "report_phase"),
        ("Report Phase – Modification Report Consultation", "report_phase"),
        ("Approved – awaiting implementation", "pending_implementation"),
        ("Implemented on 4 November 2021", "implemented"),
        ("Refinement (on hold)", "on_hold"),
        ("Withdrawn (9 July 2021)", "withdrawn"),
        ("Currently with the Authority for decision", "authority_decision"),
        ("Final decision: Rejected", "rejected"),
    ],
)
def test_a_labelled_stage_is_read_with_what_surrounds_it(value: str, status: str) -> None:
    found = stages.stage(value)
    assert found is not None
    assert found.status == status


def test_a_stage_not_known_is_kept_as_printed() -> None:
    assert ("status", "other:Awaiting legal text") in said(
        page("<p>Stage: Awaiting legal text</p><p>Proposer: EDF</p>")
    )


def told(status: str, dated: str = "", *, now: bool = False) -> stages.Told:
    return stages.Told(status, dated, now)


@pytest.mark.parametrize(
    ("labelled", "prose", "status"),
    [
        ("refinement", [told("withdrawn")], "withdrawn"),
        ("implemented", [told("on_hold", "2019-05-01")], "implemented"),
        ("implemented", [told("authority_decision", now=True)], "implemented"),
        ("report_phase", [told("sent_back", "2020-05-19")], "sent_back"),
        ("approved", [told("implemented")], "implemented"),
        ("approved", [told("authority_decision")], "approved"),
        ("refinement", [told("on_hold", "2019-01-01"), told("refinement", "2020-01-01")], "refinement"),
        ("", [told("refinement", "2020-01-01"), told("report_phase", "2021-01-01")], "report_phase"),
        ("report_phase", [told("refinement", now=True)], "refinement"),
    ],
)
def test_of_a_label_and_of_updates_the_newer_counts_and_what_lies_later_in_life(
    labelled: str, prose: list[stages.Told], status: str
) -> None:
    assert stages.settled(labelled, prose) == status


def test_withdrawn_or_on_hold_may_be_told_in_prose_only() -> None:
    withdrawn = said(page("<p>Proposer: EDF</p><p>On 9 July 2021, the Proposer withdrew this modification.</p>"))
    held = said(page("<p>Stage: Refinement Process</p><h2>Latest update</h2><p>MP101 is now on hold.</p>"))
    resumed = said(page("<p>Stage: Refinement Process</p><p>MP101 was on hold until 3 May 2021.</p>"))
    assert {("status", "withdrawn"), ("withdrawn_on", "2021-07-09")} <= withdrawn
    assert ("status", "on_hold") in held
    assert ("status", "refinement") in resumed


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "days", "fields"),
    [
        ("Modification raised", ("2020-03-03",), {("raised_on", "2020-03-03")}),
        ("Change Board vote", ("2021-03-24",), {("change_board_vote_on", "2021-03-24")}),
        ("Change Board approves Impact Assessment costs", ("2021-03-24",), set()),
        ("Change Sub-Committee meeting", ("2021-03-24",), set()),
        ("Report sent to the Authority for decision", ("2021-03-24",), set()),
        ("Authority decision (expected)", ("2021-03-24",), set()),
        ("DCC Impact Assessment requested", ("2021-03-24",), {("impact_assessment_requested_on", "2021-03-24")}),
        ("DCC Preliminary Assessment requested", ("2021-03-24",), set()),
        ("Refinement Consultation issued", ("2021-03-24",), set()),
        ("Refinement Consultation closes", ("2021-03-24",), {("consultation_closes_on", "2021-03-24")}),
        ("Working Group meeting", ("2021-03-24",), set()),
        ("Decision cut-off", ("2021-03-24",), {("decision_cut_off", "2021-03-24")}),
        ("Proposed implementation", ("2021-11-04",), set()),
        (
            "Ofgem approves",
            ("2021-05-14",),
            {("authority_decided_on", "2021-05-14"), ("approved_on", "2021-05-14")},
        ),
        (
            "Change Board recommends rejection",
            ("2020-02-26",),
            {("change_board_vote_on", "2020-02-26"), ("change_board_recommendation", "reject")},
        ),
    ],
)
def test_each_event_has_its_role_and_most_have_none(words: str, days: tuple[str, ...], fields: set[object]) -> None:
    assert set(events.fields(events.Event(words, days))) == fields


@pytest.mark.parametrize(
    "text",
    [
        "Refinement Consultation 1 June 2021 – 22 June 2021",
        "Refinement Consultation1 June – 22 June 2021",
        "1 – 22 June 2021: Refinement Consultation",
        "Refinement Consultation: 01/06/2021 to 22/06/2021",
        "Refinement Consultation (from 1 June 2021 until 22 June 2021)",
        "Refinement Consultation 1st of June 2021 – 22nd of June 2021",
        "Refinement ConsultationJune 1, 2021 – June 22, 2021",
    ],
)
def test_a_consultation_closes_at_the_end_of_its_range(text: str) -> None:
    [event] = events.split(text)
    assert events.fields(event) == [("consultation_closes_on", "2021-06-22")]


def test_a_label_before_a_day_below_its_event_is_no_event() -> None:
    days = "<h3>Change Board vote</h3><p>Date: 25 November 2020</p><h3>Refinement Consultation</h3><p>When: 1 – 22 June 2020</p>"
    found = said(page(table([("Proposer", "EDF")]), "<h2>Timeline</h2>", days))
    assert {("change_board_vote_on", "2020-11-25"), ("consultation_closes_on", "2020-06-22")} <= found


def test_precision_stays_what_the_page_gives() -> None:
    rows = [
        ("Raised", "June 2020"),
        ("Implementation date", "November 2021 SEC Release"),
        ("Change Board vote", "Q3 2021"),
    ]
    found = said(page(table([("Proposer", "EDF"), *rows])))
    assert {("raised_on", "2020-06"), ("implementation", "2021-11")} <= found
    assert "change_board_vote_on" not in {attribute for attribute, _ in found}


def test_a_release_is_an_implementation_only_where_no_day_is_printed() -> None:
    found = said(page("<p>Implementation date: 4 November 2021 (November 2021 SEC Release)</p><p>Proposer: EDF</p>"))
    assert {value for attribute, value in found if attribute == "implementation"} == {"2021-11-04"}


def test_a_decision_dated_ahead_of_the_stage_has_not_been_made() -> None:
    found = said(
        page(table([("Stage", "Refinement Process"), ("Proposer", "EDF"), ("Authority decision", "1 May 2022")]))
    )
    assert "authority_decided_on" not in {attribute for attribute, _ in found}


def test_a_conditional_implementation_gives_its_cut_off_alone() -> None:
    value = "5 November 2020 if a decision to approve is received by 22 October 2020"
    found = said(page(table([("Stage", "Report Phase"), ("Proposer", "EDF"), ("Implementation date", value)])))
    assert ("decision_cut_off", "2020-10-22") in found
    assert "implementation" not in {attribute for attribute, _ in found}


# --- what it touches -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Section G, Section H8 and Appendix AB", ["Section G", "Appendix AB"]),
        ("Schedules 8 and 9", ["Schedule 8", "Schedule 9"]),
        ("Sections D, H8.16, F & G", ["Section D", "Section F", "Section G"]),
        ("SEC Appendices AB/AD; Schedule 8 (GBCS)", ["Appendix AB", "Appendix AD", "Schedule 8"]),
        ("Section A ‘Definitions’ and Section E3.1", ["Section A"]),
        ("None", []),
    ],
)
def test_parts_are_read_as_people_write_them_and_clauses_are_none(text: str, parts: list[str]) -> None:
    assert impacts.parts(text) == parts


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Large Suppliers, Small Suppliers, DCC and Electricity Network Operators",
            ["Large Suppliers", "Small Suppliers", "DCC", "Electricity Network Operators"],
        ),
        ("Large and Small Suppliers", ["Large Suppliers", "Small Suppliers"]),
        ("Large Suppliers ✓; Small Suppliers ✗; DCC (indirectly)", ["Large Suppliers", "DCC"]),
        ("TBC", []),
    ],
)
def test_parties_are_kept_as_printed(text: str, parties: list[str]) -> None:
    assert impacts.parties(text) == parties


def test_ticks_name_parties_and_systems() -> None:
    parties = "<h3>Impacted parties</h3><table><tr><th>Large Suppliers</th><th>DCC</th></tr><tr><td>✓</td><td>✗</td></tr></table>"
    systems = (
        "<h3>Impacted systems</h3><table><tr><td>DUIS</td><td>Yes</td></tr><tr><td>GBCS</td><td>TBC</td></tr></table>"
    )
    found = said(page("<p>Proposer: EDF</p>", parties, systems))
    assert {("impacts_party", "Large Suppliers"), ("affects", "DUIS"), ("may_affect", "GBCS")} <= found
    assert ("impacts_party", "DCC") not in found


def test_a_dated_document_is_no_claim_unless_it_is_a_draft_of_a_part() -> None:
    files = "<h2>Documents</h2><ul><li>Modification Report v1.0 12 May 2021</li><li>Appendix AD v5.0 draft 2</li></ul>"
    reading = read(page(table(PAIRS), files))
    assert {(c.subject, c.attribute, c.value) for c in reading.claims if c.subject.startswith("document:")} == {
        ("document:Appendix AD", "version", "5.0"),
        ("document:Appendix AD", "draft", "2"),
    }
    assert ("affects_part", "Appendix AD") not in {(c.attribute, c.value) for c in reading.claims}


# --- what it is told from --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><h1>November 2021 SEC Release</h1><ul><li>MP101 ‘Displays’ Targeted</li></ul></body></html>",
        "<html><body><h1>SEC v47.0 released to implement MP134A</h1><p>1 October 2021</p></body></html>",
        "<html><body><h1>MP101 approved by the Authority</h1><p>1 October 2021</p><p>MP101 was approved.</p></body></html>",
        (
            "<html><body><h1>Modification register</h1><table><tr><th>Modification</th><th>Proposer</th><th>Stage</th></tr>"
            "<tr><td>MP101 ‘A a a’</td><td>EDF</td><td>Approved</td></tr><tr><td>MP102 ‘B b b’</td><td>DCC</td>"
            "<td>Approved</td></tr><tr><td>MP103 ‘C c c’</td><td>EDF</td><td>Approved</td></tr></table></body></html>"
        ),
    ],
)
def test_other_pages_that_name_modifications_are_none(body: str) -> None:
    assert read(body).kind != "modification-page"


def test_labels_are_told_from_headings_of_other_things() -> None:
    assert labels.role("Who is impacted?") == "parties"
    assert labels.role("Implementation date:") == "date"
    assert labels.role("Smart Metering") == ""
    assert labels.aside("Related modifications")
    assert not labels.aside("Impacted parties")


# --- before and after ------------------------------------------------------------------------------------------------


def kinds(before: str, after: str) -> set[str]:
    """Return the kinds of change between two readings of one page, both believed."""
    old, new = read(before), read(after)
    assert checks.is_same_subject(old.about, new.about)
    assert checks.believe(new, old.claims) == ()
    return {change.kind for change in diff.changes(state.differences(old.claims, new))}


def test_a_draft_proposals_page_that_becomes_the_modifications_is_a_conversion() -> None:
    rows = [("Proposer", "SECAS"), ("Date raised", "6 May 2020"), ("Impacted parties", "Large Suppliers")]
    before = page(table([("Stage", "Draft Proposal"), *rows]), heading="DP124 ‘Change Board membership’")
    after = page(table([("Stage", "Refinement"), *rows]), heading="MP124 ‘The Change Board’s constitution’")
    assert kinds(before, after) == {"converted"}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("Stage", "Refinement Process"), ("Stage", "Report Phase"), "status_changed"),
        (("Stage", "Report Phase"), ("Stage", "Approved"), "decided"),
        (("Stage", "Refinement Process"), ("Stage", "Withdrawn"), "withdrawn"),
        (("Stage", "Refinement Process"), ("Stage", "On hold"), "put_on_hold"),
        (("Stage", "Report Phase"), ("Stage", "Sent back"), "sent_back"),
        (
            ("Implementation date", "4 November 2021"),
            ("Implementation date", "29 November 2021"),
            "implementation_moved",
        ),
        (("Refinement Consultation", "TBC"), ("Refinement Consultation", "1 – 22 June 2021"), "consultation_opened"),
        (("Change Board vote", "TBC"), ("Change Board vote", "24 March 2021"), "vote_set"),
        (("Impacted parties", "DCC"), ("Impacted parties", "DCC, Large Suppliers"), "impact_changed"),
        (("Affected documents", "Section G"), ("Affected documents", "Sections G and L"), "impact_changed"),
        (("Targeted release", "TBC"), ("Targeted release", "June 2022"), "targeted"),
        (("Title", "Gas Meter Displays"), ("Title", "Displays of Large Meters"), "retitled"),
    ],
)
def test_what_changes_on_the_page_is_told_as_what_it_is(
    before: tuple[str, str], after: tuple[str, str], kind: str
) -> None:
    rows = [("Proposer", "EDF"), ("Raised", "3 March 2020")]
    heading = "MP101"
    assert kinds(page(table([before, *rows]), heading=heading), page(table([after, *rows]), heading=heading)) == {kind}


def test_the_page_in_another_setting_is_no_change() -> None:
    forms = [setting(PAIRS, TIMELINE) for setting in SETTINGS.values()]
    assert all(kinds(forms[0], form) == set() for form in forms[1:])


def test_another_modifications_page_at_the_address_is_doubted() -> None:
    before = read(page(table(PAIRS)))
    after = read(page(table(PAIRS), heading="MP205 ‘Something else’"))
    assert [doubt.reason for doubt in checks.believe(after, before.claims)] == ["another_page"]


def test_the_page_of_a_modification_that_was_split_goes_on_as_that_of_its_first_part() -> None:
    rows = [("Proposer", "SECAS"), ("Date raised", "6 May 2020"), ("Impacted parties", "Large Suppliers")]
    before = page(table([("Stage", "Refinement Process"), *rows]), heading="MP284 ‘Access to Export data’")
    after = table([("Stage", "Refinement Process"), *rows])
    part = page(after, heading="MP284A ‘Access to Export data – Suppliers’")
    told = page(
        f"<p>MP284 was split into MP284A and MP284B on 4 May 2021.</p>{after}", heading="MP284A ‘Access to Export data’"
    )
    moved = page(table([("Stage", "Report Phase"), *rows]), heading="MP284A ‘Access to Export data’")
    assert kinds(before, part) == {"split"}
    assert kinds(before, told) == {"split"}
    assert kinds(before, moved) == {"split", "status_changed"}


def test_a_part_s_page_that_becomes_its_sibling_s_or_the_whole_s_is_another_page() -> None:
    assert checks.is_same_subject("modification:DP284", "modification:MP284A")
    assert not checks.is_same_subject("modification:MP284A", "modification:MP284B")
    assert not checks.is_same_subject("modification:MP284A", "modification:MP284")
    assert not checks.is_same_subject("modification:MP284", "modification:MP285A")
