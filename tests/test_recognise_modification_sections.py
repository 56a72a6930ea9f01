"""Modification pages, section by section: where the id and title stand, what lists of parts, ticks and papers mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import diff, state
from bot.domain.claims import Reading
from bot.ports import Page
from watchers.read import read_page

OWN = "modification:MP101"
TOLD = "<h3>Proposer</h3><p>EDF</p><h3>Stage</h3><p>Report Phase</p>"


def read(body: str) -> Reading:
    type_ = "text/html" if body.lstrip().startswith("<") else "text/plain"
    return read_page(Page("page", body.encode(), type_, datetime(2022, 7, 19, tzinfo=UTC)))


def said(body: str, subject: str = OWN) -> set[tuple[str, str]]:
    reading = read(body)
    assert reading.kind == "modification-page"
    return {(claim.attribute, claim.value) for claim in reading.claims if claim.subject == subject}


def page(*pieces: str, heading: str = "MP101 ‘Large Gas Meter Displays’") -> str:
    return f"<html><body><main><h1>{heading}</h1>{TOLD}{''.join(pieces)}</main></body></html>"


def of(attribute: str, *pieces: str) -> set[str]:
    return {value for name, value in said(page(*pieces)) if name == attribute}


# --- which modification, and what it is called -----------------------------------------------------------------------

TITLE = "Large Gas Meter Displays"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Modification Proposal MP101</p><h1>{TITLE}</h1>{TOLD}",
        f"<h1>{TITLE}</h1><p>MP101</p>{TOLD}",
        f"<h1>{TITLE}</h1><h3>Modification</h3><p>MP101</p>{TOLD}",
        f"<h1>{TITLE}</h1><dl><dt>Modification</dt><dd>MP101</dd></dl>{TOLD}",
        f"<h1>{TITLE}</h1><table><tr><td>SEC Modification Proposal</td><td>MP101</td></tr></table>{TOLD}",
        f"<title>{TITLE} | SECAS</title><p>{TITLE}</p><p><b>ID</b></p><p>MP101</p><h2>Latest</h2><p>It goes on.</p>{TOLD}",
        f"Skip to content\nModifications\tReleases\tNews\n\n{TITLE}\n\nModification:\tMP101\nProposer:\tEDF\nStage:\tReport Phase\n",
        f"{TITLE} »\n\nHome\nNews\nEvents\n\n{TITLE}\n\nIDMP101StageReport Phase\nProposerEDFDate raised3 March 2020\n",
    ],
)
def test_the_id_may_stand_above_beside_or_below_the_title(body: str) -> None:
    body = body if not body.startswith("<") else f"<html><body>{body}</body></html>"
    assert {("title", TITLE), ("proposer", "EDF"), ("status", "report_phase")} <= said(body)


def test_a_page_of_prose_alone_is_known_by_its_title() -> None:
    body = (
        f"<h2>{TITLE}</h2><p>EDF raised MP101 ‘{TITLE}’ on 3 March 2020.</p>"
        "<p>On 19 June 2020 the Panel therefore put MP101 on hold. It stays on hold today.</p>"
    )
    assert {("proposer", "EDF"), ("raised_on", "2020-03-03"), ("status", "on_hold")} <= said(body)


def test_a_word_that_is_a_label_elsewhere_is_the_value_below_its_own_label() -> None:
    cards = "<h3>Stage</h3><p>Implemented</p><h3>Impacted parties</h3><ul><li>SEC Parties</li><li>DCC</li></ul>"
    found = said(f"<h1>MP101 ‘{TITLE}’</h1><h3>Proposer</h3><p>EDF</p>{cards}")
    assert {("status", "implemented"), ("impacts_party", "SEC Parties"), ("impacts_party", "DCC")} <= found


# --- what it touches -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "section",
    [
        "<h2>SEC documents</h2><p>Section G, Section H8 and Appendix AB</p>",
        (
            "<h2>What changed in the code</h2><ul><li>Section G</li><li>Section H, paragraphs H3.1 to H3.4 only</li>"
            "<li>Appendix AB</li></ul>"
        ),
        (
            "<h2>Parts of the code</h2><dl><dt>Sections</dt><dd>G</dd><dt>Schedules</dt><dd>None</dd>"
            "<dt>Appendices</dt><dd>AB</dd></dl>"
        ),
        "<h2>Which parts of the SEC change?</h2><p>Section G and Appendix AB.</p>",
        (
            "<h2>What is corrected</h2><table><tr><th>SEC document</th><th>Correction</th></tr><tr><td>Section G</td>"
            "<td>Spelling</td></tr><tr><td>Appendix AB</td><td>A cross reference in Section X3.4</td></tr></table>"
        ),
        "<h2>Scope</h2><ul><li>Section G ‘Privacy’</li><li>SEC Appendix AB ‘Service Request Processing’</li></ul>",
        (
            "<h2>Drafting</h2><table><tr><td>Section G</td><td>✓</td></tr><tr><td>Appendix AB</td><td>✓</td></tr>"
            "<tr><td>Section L</td><td>✗</td></tr></table>"
        ),
    ],
)
def test_a_list_of_parts_and_nothing_else_is_what_changes_whatever_stands_above(section: str) -> None:
    assert of("affects_part", section) - {"Section H"} == {"Section G", "Appendix AB"}


@pytest.mark.parametrize(
    "section",
    [
        "<h2>Not affected</h2><p>Section G and Appendix AB</p>",
        "<h2>Related SEC documents</h2><ul><li>Section G</li></ul>",
        "<h2>Options considered</h2><ul><li>Section G</li></ul>",
        "<h2>Documents</h2><table><tr><td>Section G</td><td>4 November 2021</td></tr></table>",
        "<h2>Reading</h2><table><tr><td>Section G</td><td>No change</td></tr></table>",
        "<h2>Background</h2><p>Section G says what a Supplier may keep.</p>",
    ],
)
def test_parts_that_are_named_for_another_reason_do_not_change(section: str) -> None:
    assert of("affects_part", section) == set()


def test_specifications_by_short_name_are_parts_below_documents_and_systems_elsewhere() -> None:
    assert of("affects_part", "<h3>Affected documents</h3><p>DUIS, GBCS and SMETS2</p>") == {
        "Appendix AD",
        "Schedule 8",
        "Schedule 9",
    }
    assert of("affects", "<h3>Affected systems</h3><p>DUIS and GBCS</p>") == {"DUIS", "GBCS"}


@pytest.mark.parametrize(
    "rows",
    [
        [("Large Suppliers", "✓"), ("DCC", "✓"), ("Gas Network Operators", "")],
        [("Large Suppliers", "Yes"), ("DCC", "Yes"), ("Gas Network Operators", "No")],
        [("Large Suppliers", "✓"), ("DCC", "✓"), ("Gas Network Operators", "–")],
    ],
)
def test_of_parties_in_rows_only_those_with_a_tick_are_impacted(rows: list[tuple[str, str]]) -> None:
    table = "".join(f"<tr><td>{name}</td><td>{tick}</td></tr>" for name, tick in rows)
    glued = "\n".join(f"{name}{tick}" for name, tick in rows if tick)
    assert of("impacts_party", f"<h2>Who it touches</h2><table>{table}</table>") == {"Large Suppliers", "DCC"}
    told = said(f"MP101 ‘{TITLE}’\n\nProposer: EDF\n\nImpacted Parties\n\n{glued}\n")
    assert {value for name, value in told if name == "impacts_party"} == {"Large Suppliers", "DCC"}


def test_issue_resolution_proposals_in_rows_keep_their_titles() -> None:
    text = (
        f"{TITLE}\n\nModification:\tMP101\nProposer:\tEDF\nStage:\tReport Phase\n\nIn this batch:\n\n"
        "IRP585\tTariff switching\nIRP592\tCredit limits\n\nIRP601 was moved into the next one.\n"
    )
    claims = {(claim.subject, claim.attribute, claim.value) for claim in read(text).claims}
    assert {(OWN, "issue_resolution_proposal", "IRP585"), (OWN, "issue_resolution_proposal", "IRP592")} <= claims
    assert ("issue_resolution_proposal:IRP585", "title", "Tariff switching") in claims
    assert (OWN, "issue_resolution_proposal", "IRP601") not in claims


# --- its papers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("Drafts for the November 2021 SEC Release\tPublished", "2021-11/Schedule 8"),
        ("Draft documents for the November 2021 SEC Release\tDate published", "2021-11/Schedule 8"),
        ("Document name\tDate published", "Schedule 8"),
        ("Other documents\tPublished", "Schedule 8"),
    ],
)
def test_a_line_that_heads_documents_ends_the_timeline_above_it(head: str, key: str) -> None:
    text = (
        f"MP101 ‘{TITLE}’\n\nProposer:\tEDF\n\nTimeline\n\nRaised\t3 March 2020\n\n{head}\n"
        "SEC Schedule 8 - GB Companion Specification v4.1 (draft 3)\t2 July 2021\nMP101 Authority decision letter\t3 July 2021\n"
    )
    claims = {(claim.subject, claim.attribute, claim.value) for claim in read(text).claims}
    assert (f"document:{key}", "draft", "3") in claims
    assert (f"document:{key}", "published_on", "2021-07-02") in claims
    assert not {claim for claim in claims if claim[1] == "authority_decided_on"}


# --- who decided what, in prose and in the timeline ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("Fast-Track decision by the Panel", set()),
        (
            "Change Board vote: recommended that the Authority approve",
            {"change_board_vote_on", "change_board_recommendation"},
        ),
        ("Change Board to make its recommendation for approval", {"change_board_vote_on"}),
        ("Sent back by the Authority", set()),
        ("Decision required by", {"decision_cut_off"}),
    ],
)
def test_an_event_is_the_deed_of_the_body_that_did_it(event: str, fields: set[str]) -> None:
    timeline = f"<h2>Timeline</h2><table><tr><td>{event}</td><td>22 November 2021</td></tr></table>"
    dull = {"title", "proposer", "status"}
    assert {name for name, _ in said(page(timeline))} - dull == fields


def test_a_draft_proposals_conversion_to_come_is_none() -> None:
    timeline = "<h2>Timeline</h2><ul><li>Sub-Committee (decision to convert): 24 September 2024</li></ul>"
    assert ("converted_on", "2024-09-24") in said(page(timeline))
    draft = said(page(timeline, heading="DP246 ‘Sharing meter location notes’"), "modification:DP246")
    assert not {one for one in draft if one[0] == "converted_on"}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "The Change Board met specially on 18 January 2023 and voted to recommend approval.",
            {("change_board_vote_on", "2023-01-18"), ("change_board_recommendation", "approve")},
        ),
        (
            "The Change Board voted on 24 October 2018. By seven to three it recommended rejection.",
            {("change_board_vote_on", "2018-10-24"), ("change_board_recommendation", "reject")},
        ),
        (
            "The Change Board voted on 26 February 2020 and recommended that it be approved.",
            {("change_board_vote_on", "2020-02-26"), ("change_board_recommendation", "approve")},
        ),
        (
            "The Change Board met on 18 January 2023 and the Working Group recommended approval.",
            set(),
        ),
        ("To be in that release the Authority has to decide by 22 October 2020.", {("decision_cut_off", "2020-10-22")}),
        (
            "There were three days of consultation, ending on 16 January 2023.",
            {("consultation_closes_on", "2023-01-16")},
        ),
        ("Part 2 was going to follow in the June 2020 SEC Release.", set()),
        ("Part 2 was meant to be delivered on 25 June 2020.", set()),
        ("The Panel was asked to put MP101 on hold.", set()),
        ("The Panel approved MP101 on 15 November 2024.", set()),
    ],
)
def test_prose_gives_each_deed_to_its_body(sentence: str, facts: set[tuple[str, str]]) -> None:
    found = said(page(f"<h2>How it went</h2><p>{sentence}</p>"))
    assert {one for one in found if one[0] not in ("title", "proposer")} == facts | {("status", "report_phase")}


def test_the_panel_decides_on_the_fast_track_alone() -> None:
    told = "<h2>Summary</h2><p>The Panel approved MP101 on 15 November 2024 with all members in favour.</p>"
    decided = f"<h1>MP101 ‘{TITLE}’</h1><h3>Path</h3><p>Self-Governance</p><h3>Stage</h3><p>Approved</p>{told}"
    assert not {one for one in said(decided) if one[0] == "approved_on"}
    fast = f"<h1>MP101 ‘{TITLE}’</h1><h3>Path</h3><p>Fast-Track</p><h3>Stage</h3><p>Approved</p>{told}"
    assert ("approved_on", "2024-11-15") in said(fast)


# --- labels as people put them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "value", "fact"),
    [
        ("Who raised it and when?", "SSEN, on 2 March 2020.", ("raised_on", "2020-03-02")),
        ("Who raised it and when?", "SSEN, on 2 March 2020.", ("proposer", "SSEN")),
        ("Proposing Party", "E.ON Next", ("proposer", "E.ON Next")),
        ("Submission date", "21/06/2021", ("raised_on", "2021-06-21")),
        ("Which path?", "Self-Governance.", ("decision_path", "self_governance")),
        ("Decision path", "Path 2 – Authority Determined", ("decision_path", "authority_determined")),
        ("What stage is it at?", "Withdrawn on 30 May 2022.", ("status", "withdrawn")),
        ("When will it be implemented?", "On 4 November 2021", ("implementation", "2021-11-04")),
        ("Systems", "DCC Systems and User systems", ("affects", "User systems")),
        ("Parties", "Large Suppliers ✓ Small Suppliers ✓ DCC ✗", ("impacts_party", "Small Suppliers")),
        ("Parties", "✓ Large Suppliers ✓ Small Suppliers ✗ DCC", ("impacts_party", "Small Suppliers")),
    ],
)
def test_a_question_or_another_word_for_it_is_the_same_label(label: str, value: str, fact: tuple[str, str]) -> None:
    found = said(f"<h1>MP101 ‘{TITLE}’</h1><p><b>{label}</b> {value}</p>")
    assert fact in found
    assert ("impacts_party", "DCC") not in found
    assert {name for name, _ in found} <= {"title", "withdrawn_on", "proposer", "raised_on", "affects", fact[0]}


def test_a_line_below_the_title_gives_several_facts_without_labels() -> None:
    strap = (
        f"<h1>MP101 ‘{TITLE}’</h1><p>Raised by EDF on 4 February 2020 · Authority-Determined · Refinement Process</p>"
    )
    assert said(strap) == {
        ("title", TITLE),
        ("proposer", "EDF"),
        ("raised_on", "2020-02-04"),
        ("decision_path", "authority_determined"),
        ("status", "refinement"),
    }


def test_a_question_says_nothing_and_no_label_is_a_title() -> None:
    body = "<p>MP101</p><p>“Large Gas Meter Displays”</p><p>Who raised it?</p><dl><dt>Path</dt><dd>Urgent</dd></dl><h3>Dates</h3>"
    found = said(f"<title>Modification | Smart Energy Code</title>{body}")
    assert found == {("title", TITLE), ("decision_path", "urgent")}


def test_a_part_has_the_beginning_of_the_whole_and_nothing_more_of_it() -> None:
    history = (
        "<h2>History</h2><ul><li>3 June 2020 – DP101 raised</li><li>28 July 2020 – DP101 converted</li>"
        "<li>2 March 2021 – MP101 withdrawn</li></ul>"
    )
    found = said(f"<h1>MP101A ‘{TITLE}’</h1><h3>Stage</h3><p>Report Phase</p>{history}", "modification:MP101A")
    assert {("raised_on", "2020-06-03"), ("converted_on", "2020-07-28"), ("status", "report_phase")} <= found
    assert not {one for one in found if one[0] == "withdrawn_on"}


def test_a_release_that_is_aimed_at_is_a_target() -> None:
    timeline = (
        "<h2>Timeline</h2><table><tr><td>Target implementation</td><td>November 2027 SEC Release</td></tr></table>"
    )
    assert of("targeted_release", timeline) == {"2027-11"}
    assert of("implementation", timeline) == set()


def test_a_line_of_text_may_go_on_with_its_labels_and_its_timeline_glued_to_it() -> None:
    text = (
        f"MP101 ‘{TITLE}’StageImplementedProposerNorthern Gas NetworksRaised8 May 2020TypeSelf-Governance\n"
        "Impacted PartiesGas Network OperatorsAffected documentsSection L‘SMKI’Appendix D‘SMKI RAPP’\n"
        "TimelineDraft Proposal raised8 May 2020Change Board vote24 February 2021\n"
    )
    found = said(text)
    assert {("title", TITLE), ("status", "implemented"), ("change_board_vote_on", "2021-02-24")} <= found
    assert {("affects_part", "Section L"), ("affects_part", "Appendix D")} <= found


def test_an_implementation_in_parts_has_a_day_an_item() -> None:
    items = (
        "<ul><li>24 June 2021 – CTSD text</li><li>4 November 2021 – the rest</li><li>June 2022 – CSP changes</li></ul>"
    )
    assert of("implementation", f"<dl><dt>Implementation:</dt><dd>{items}</dd></dl>") == {
        "2021-06-24",
        "2021-11-04",
        "2022-06",
    }


def test_a_table_of_impacts_may_have_a_column_of_comments() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{tick}</td><td>{note}</td></tr>"
        for name, tick, note in [
            ("Large Suppliers", "Yes", "Processes"),
            ("DCC", "Yes", ""),
            ("Network Parties", "No", ""),
        ]
    )
    heads = "<tr><th></th><th>Impacted</th><th>Comment</th></tr>"
    assert of("impacts_party", f"<h2>Impacts</h2><table>{heads}{rows}</table>") == {"Large Suppliers", "DCC"}
    changes = "<tr><th>Document</th><th>Change</th></tr><tr><td>Section F</td><td>New paragraph</td></tr>"
    unchanged = "<tr><td>Appendix H</td><td>No change</td></tr>"
    assert of("affects_part", f"<h3>SEC changes</h3><table>{changes}{unchanged}</table>") == {"Section F"}


def test_what_was_proposed_approved_and_implemented_is_told_in_one_sentence() -> None:
    told = (
        "<p>Proposed by SECAS on 17 September 2019, MP101 changes how Privacy Assessments are arranged.</p><p>This modification"
        " was approved by the Change Board on 24 March 2021 and was implemented in the June 2021 SEC Release on 24 June 2021.</p>"
        "<ul><li>Modification Report Consultation: closed 12 March 2021</li></ul>"
    )
    found = said(f"<h1>MP101 ‘{TITLE}’</h1>{told}")
    assert {("raised_on", "2019-09-17"), ("status", "implemented"), ("approved_on", "2021-03-24")} <= found
    assert ("consultation_closes_on", "2021-03-12") in found


def test_parts_that_are_still_to_be_confirmed_are_not_claimed() -> None:
    assert of("affects_part", "<h2>Affected documents</h2><p>TBC (Section I at least)</p>") == set()


def test_the_name_may_be_a_line_of_its_own_below_a_menu_or_on_a_page_without_headings() -> None:
    menu = "The SEC\nChanges\nNovember 2022 SEC Release\nLog in\n"
    glued = "Change informationProposerDCCDate raised24 June 2021Modification pathSelf-GovernanceStageImplemented"
    found = said(f"{TITLE} »\n\nMenu\n{menu}\nMP101 ‘{TITLE}’\n\n{glued}\n\nLatest update\n\nThe SEC now holds it.\n")
    assert {("title", TITLE), ("proposer", "DCC"), ("status", "implemented")} <= found
    bold = f"<p>MP101 ‘{TITLE}’</p><p><b>Proposer</b></p><p>DCC</p><p><b>Path</b></p><p>Authority–Determined</p>"
    assert said(bold) == {("title", TITLE), ("proposer", "DCC"), ("decision_path", "authority_determined")}


def test_a_release_page_is_not_its_first_modifications() -> None:
    scope = "<ul><li>MP101 ‘Large Gas Meter Displays’</li><li>MP102 ‘Small Gas Meter Displays’</li></ul>"
    assert read(f"<h1>November 2021 SEC Release</h1><p>In scope:</p>{scope}").kind != "modification-page"
    assert (
        read("November 2021 SEC Release\n\nMP101 ‘Large Gas Meter Displays’\nStatus: Targeted\n").kind
        != "modification-page"
    )


def test_the_name_that_it_had_before_is_not_its_title() -> None:
    found = said(page(heading="MP101 Large Gas Meter Displays (formerly DP101 ‘Bigger displays’)"))
    assert {("title", TITLE), ("draft_proposal", "DP101")} <= found


def test_what_goes_live_may_be_the_release() -> None:
    told = "<p>To make the February 2027 SEC Release, which goes live on 25 February 2027, a decision is needed.</p>"
    assert of("implementation", f"<h2>News</h2>{told}") == set()


def test_of_planned_and_actual_days_the_actual_counts() -> None:
    heads = "<tr><th>Milestone</th><th>Planned</th><th>Actual</th></tr>"
    rows = (
        "<tr><td>Working Group consultation</td><td>1/11/2016 - 22/11/2016</td><td>7/11/2016 - 28/11/2016</td></tr>"
        "<tr><td>Change Board vote</td><td>12/12/2018</td><td></td></tr>"
        "<tr><td>Authority decision</td><td>12/01/2019</td><td></td></tr>"
    )
    found = said(page(f"<h2>Timeline</h2><table>{heads}{rows}</table>"))
    assert {("consultation_closes_on", "2016-11-28"), ("change_board_vote_on", "2018-12-12")} <= found
    assert not {one for one in found if one[0] == "authority_decided_on"}


def test_an_empty_box_is_no_tick_and_a_tick_alone_names_a_party() -> None:
    boxes = "<h2>Impacted parties</h2><p>Suppliers ☑, Network Operators ☐, DCC ☑</p>"
    assert of("impacts_party", boxes) == {"Suppliers", "DCC"}
    assert of("impacts_party", "<h2>Who will notice</h2><p>✔ Large Suppliers<br>✘ DCC</p>") == {"Large Suppliers"}


# --- its latest update -----------------------------------------------------------------------------------------------

SENT = "<p>12 May 2022</p><p>The Panel sent the modification back to the Working Group.</p>"


def test_the_latest_update_is_watched_prose_without_its_day_and_no_status() -> None:
    reading = read(page("<h3>Latest update</h3>", SENT))
    [passage] = reading.passages
    assert passage.sentences == ("The Panel sent the modification back to the Working Group.",)
    assert ("status", "sent_back") not in {(claim.attribute, claim.value) for claim in reading.claims}


def test_a_new_update_is_told_as_reworded_and_the_same_one_is_not() -> None:
    was = read(page("<h3>Latest update</h3>", "<p>1 April 2022</p><p>A consultation is being prepared.</p>"))
    now = read(page("<h3>Latest update</h3>", SENT))
    told = [diff.changes(state.differences(was.claims, one, was.items, was.passages)) for one in (was, now)]
    assert [[change.kind for change in changes] for changes in told] == [[], ["reworded"]]
