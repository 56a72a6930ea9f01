"""Release pages in the settings that they come in: what headings, leads, cards and glued cells give to the rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.outline.glued import glued
from watchers.read import read_page

WHEN = datetime(2026, 11, 26, tzinfo=UTC)
HEAD = "<h1>November 2026 SEC Release</h1><p>Go-live: 5 November 2026</p>"


def read(body: str, kind: str = "text/html") -> set[str]:
    """Return what a page claims, as "MP251 status approved"."""
    reading = read_page(Page("page", body.encode(), kind, WHEN))
    assert reading.kind == "release-page"
    return {f"{claim.subject.partition(':')[2]} {claim.attribute} {claim.value}" for claim in reading.claims}


@pytest.mark.parametrize(
    ("rest", "headings", "cells"),
    [
        (
            "ApprovedSelf-Governance✓",
            ("Status", "Decision path", "Impacts DUIS?"),
            ["Approved", "Self-Governance", "✓"],
        ),
        ("TargetedFast-Track", ("Status", "Decision path", "Impacts DUIS?"), ["Targeted", "Fast-Track", ""]),
        (
            "Authority-LedImplemented4 May 2026",
            ("Path", "Status", "Approved on"),
            ["Authority-Led", "Implemented", "4 May 2026"],
        ),
        ("On hold30 April 2026", (), ["On hold", "30 April 2026"]),
        ("With the AuthorityAuthority-Determined", (), ["With the Authority", "Authority-Determined"]),
    ],
)
def test_cells_that_are_glued_behind_a_title_are_parted(rest: str, headings: tuple[str, ...], cells: list[str]) -> None:
    assert glued(rest, headings) == cells


@pytest.mark.parametrize(
    ("rest", "headings"),
    [
        ("Approved, though part of it was rejected", ("Status", "Decision path")),
        ("ApprovedSelf-Governance", ("Status", "Comments")),
        ("Approved", ()),
        ("✓✓", ("Impacts DUIS?", "Impacts GBCS?", "Impacts CHTS?", "Status")),
    ],
)
def test_cells_that_cannot_be_told_apart_are_left_together(rest: str, headings: tuple[str, ...]) -> None:
    assert glued(rest, headings) is None


@pytest.mark.parametrize(
    "top",
    [
        "November 2026 SEC Release",
        "SEC Releases > November 2026\n\nNovember 2026 SEC Release",
        "Skip to content\nHome\tAbout\tReleases\nNovember 2026 SEC Release",
        "SEC RELEASES\n\nNovember 2026 SEC Release\n=========================",
        "Scope and dates: November 2026 SEC Release",
    ],
)
def test_a_text_is_a_release_page_by_the_name_at_its_top(top: str) -> None:
    found = read(f"{top}\n\nIt will go live on 5 November 2026.\n\nMP251 'Faster updates'Approved\n", "text/plain")
    assert {"2026-11 name November 2026 SEC Release", "2026-11 in_scope MP251", "MP251 status approved"} <= found


def test_headings_are_found_in_a_text_without_empty_lines() -> None:
    found = read(
        "November 2026 SEC Release\n"
        "The November 2026 SEC Release will go live on 5 November 2026 and brings changes\n"
        "to the documents alone, so that no system of the DCC is touched by any of what\n"
        "it holds and there is no testing for Users to take part in before it goes live.\n"
        "Scope\n"
        "MP251 'Faster updates'Approved\n"
        "MP252 'Testing exit criteria'Targeted\n"
        "Out of scope\n"
        "MP253 'Tidying obligations'Withdrawn\n",
        "text/plain",
    )
    assert {"2026-11 in_scope MP251", "2026-11 in_scope MP252", "2026-11 out_of_scope MP253"} <= found
    assert "2026-11 in_scope MP253" not in found


def test_a_card_of_a_bare_id_has_its_title_in_the_line_below() -> None:
    card = (
        "<h3>MP251</h3><p>Faster updates</p><dl><dt>Status</dt><dd>Approved</dd><dt>Voted</dt><dd>4 May 2026</dd></dl>"
    )
    found = read(f"{HEAD}<h2>In scope</h2>{card}<h2>Taken out</h2>{card.replace('MP251', 'MP252')}")
    assert {"MP251 title Faster updates", "MP251 status approved", "MP251 change_board_vote_on 2026-05-04"} <= found
    assert {"2026-11 in_scope MP251", "2026-11 out_of_scope MP252"} <= found
    assert "2026-11 in_scope MP252" not in found


@pytest.mark.parametrize(
    "lead",
    [
        "<p>The two that remain are all Implemented:</p>",
        "<p>These modifications have been implemented:</p>",
        "<h3>Implemented</h3>",
    ],
)
def test_a_lead_gives_its_status_to_all_in_its_list(lead: str) -> None:
    found = read(
        f"{HEAD}<h2>Scope</h2>{lead}<ul><li>MP251 ‘Faster updates’</li><li>MP252 ‘Tidying’ – Withdrawn</li></ul>"
    )
    assert {"MP251 status implemented", "MP252 status withdrawn"} <= found


def test_a_lead_that_only_hopes_gives_no_status() -> None:
    found = read(f"{HEAD}<p>If all of these are approved:</p><ul><li>MP251 ‘Faster updates’</li></ul>")
    assert not {fact for fact in found if fact.startswith("MP251 status")}


def test_prose_below_a_scope_heading_lists_what_it_introduces_but_not_what_has_gone() -> None:
    found = read(
        f"{HEAD}<h2>Scope</h2><p>MP251 ‘Faster updates’ and MP252 ‘Tidying’ have been approved. MP253 ‘Alerts’ was "
        "withdrawn on 4 May 2026. It has been asked whether MP254 ‘Keys’ could be approved in time.</p>"
    )
    assert {fact for fact in found if "in_scope" in fact} == {"2026-11 in_scope MP251", "2026-11 in_scope MP252"}


def test_a_column_of_decision_dates_says_when_what_was_approved_was_approved() -> None:
    row = "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>"
    rows = (
        ("MP251 ‘Faster updates’", "Approved", "Self-Governance", "4 May 2026"),
        ("MP252 ‘Tidying’", "Targeted", "Self-Governance", "4 August 2026"),
        ("MP253 ‘Alerts’", "Approved", "Authority-Determined", "5 June 2026"),
    )
    head = "<tr><th>Modification</th><th>Status</th><th>Path</th><th>Date of decision</th></tr>"
    found = read(f"{HEAD}<h2>Scope</h2><table>{head}{''.join(row.format(*cells) for cells in rows)}</table>")
    assert {"MP251 approved_on 2026-05-04", "MP253 authority_decided_on 2026-06-05"} <= found
    assert not {fact for fact in found if "MP252 approved_on" in fact}


def test_labels_below_a_heading_about_baselines_are_baselines() -> None:
    pairs = "<tr><td>DCC Systems</td><td>14 November 2025</td></tr><tr><td>Everything</td><td>due 15 May 2026</td></tr>"
    found = read(f"{HEAD}<h2>Baselines</h2><table>{pairs}</table><h2>Meetings</h2><p>Panel: 12 December 2025</p>")
    assert {"2026-11 dcc_systems_baselined_on 2025-11-14", "2026-11 baseline_due 2026-05-15"} <= found
    assert not {fact for fact in found if "2025-12-12" in fact}


def test_a_date_below_the_heading_of_the_implementation_document_is_its_own() -> None:
    found = read(
        f"{HEAD}<h2>Release Implementation Document</h2><p>Last updated: 3 June 2026</p><p>Next issue: 1 July 2026</p>"
    )
    assert {fact for fact in found if "implementation_document" in fact} == {
        "2026-11 implementation_document_updated_on 2026-06-03"
    }


def test_what_was_due_gives_way_to_what_was_done() -> None:
    found = read(
        "<h1>November 2026 SEC Release</h1><p>This release was due to go live on 5 November 2026.</p>"
        "<p>The release was implemented on 19 November 2026.</p>"
    )
    assert {fact for fact in found if "go_live" in fact} == {"2026-11 go_live 2026-11-19"}


def test_menus_below_the_copyright_line_of_a_text_are_not_read() -> None:
    text = "November 2026 SEC Release\n\nMP251 'Faster updates'Approved\n\n© SECCo\tPrivacy\nPopular: MP190 consultation\tDP101\n"
    assert not {fact for fact in read(text, "text/plain") if "MP190" in fact or "DP101" in fact}


def test_sentences_in_a_list_of_what_happened_are_no_scope() -> None:
    found = read(
        f"{HEAD}<h2>History</h2><ul><li>MP251 was withdrawn by its Proposer on 8 May 2026.</li>"
        "<li>MP252 was sent back by the Authority on 3 June 2026 and so cannot be in the release.</li>"
        "<li>MP253A stays in this release; MP253B was split off for 2027.</li>"
        "<li>MP254 has been proposed for inclusion.</li></ul>"
    )
    assert {fact for fact in found if "in_scope" in fact} == {"2026-11 in_scope MP253A"}
    assert {"2026-11 out_of_scope MP252", "2026-11 may_include MP254", "MP251 withdrawn_on 2026-05-08"} <= found


def test_a_text_in_markdown_is_read_less_what_is_struck_out() -> None:
    found = read(
        "## November 2026 SEC Release\n\n**Go-live:** 5 November 2026\n\n| Ref | Name | State | DCC Systems? |\n|---|---|---|---|\n"
        "| MP251 | Faster updates | Approved | Yes |\n| ~~MP252~~ | ~~Tidying~~ | Withdrawn | |\n\n"
        "| Doc | Version | Draft | Date |\n|---|---|---|---|\n| Schedule 8 (GBCS) | 4.6 | 1 | 5 June 2026 |\n",
        "text/plain",
    )
    assert {"2026-11 go_live 2026-11-05", "2026-11/Schedule 8 version 4.6", "MP251 affects DCC Systems"} <= found
    assert not {fact for fact in found if "MP252" in fact}


@pytest.mark.parametrize("line", ["Status: Approved", "Status Approved", "Current status Approved", "STATUS APPROVED"])
def test_a_status_stands_below_its_modification_with_a_colon_or_without(line: str) -> None:
    text = f"<h1>June 2025 SEC Release</h1><h2>Scope</h2><h3>MP231 ‘Planned outages’</h3><div>{line}</div>"
    page = Page(
        "https://sec.example/june-2025-sec-release/", text.encode(), "text/html", datetime(2025, 1, 2, tzinfo=UTC)
    )
    assert ("modification:MP231", "status", "approved") in {
        (c.subject, c.attribute, c.value) for c in read_page(page, "release-page").claims
    }
