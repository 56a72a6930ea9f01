"""One fact in the many wordings that editors give it: each family is a rule's, and so is what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

WHEN = datetime(2026, 11, 26, tzinfo=UTC)
RELEASE = "release:2025-06"
HEAD = "<h1>June 2025 SEC Release</h1>"
SCOPE = "<p>In scope:</p><ul><li>MP222 ‘Faster updates’ – Targeted</li></ul>"


def read(body: str, head: str = HEAD) -> set[str]:
    """Return what a page of the June 2025 release says, without its name and titles."""
    reading = read_page(Page("page", (head + body).encode(), "text/html", WHEN))
    return {f"{c.subject} {c.attribute} {c.value}" for c in reading.claims if c.attribute not in ("name", "title")} - {
        f"{RELEASE} in_scope MP222",
        "modification:MP222 status targeted",
    }


def text(body: str) -> set[str]:
    """Return what a text extraction of that page says."""
    reading = read_page(Page("page", f"June 2025 SEC Release\n\n{body}".encode(), "text/plain", WHEN))
    return {f"{c.subject} {c.attribute} {c.value}" for c in reading.claims if c.attribute != "name"}


def say(sentence: str) -> set[str]:
    return read(f"{SCOPE}<h2>More</h2><p>{sentence}</p>")


ASKED = {f"{RELEASE} go_live_requested_on 2025-02-21"}
GRANTED = {f"{RELEASE} go_live_approved_on 2025-03-14"}
NOW = {f"{RELEASE} go_live 2025-07-10"}
PROPOSED = {f"{RELEASE} proposed_go_live 2025-07-10"}


@pytest.mark.parametrize(
    "wording",
    [
        (
            "The release was once due on 26 June 2025 and will now go live on 10 July 2025. The Authority approved this"
            " change on 14 March 2025, following the Panel’s request of 21 February 2025."
        ),
        (
            "Go-live has moved from 26 June 2025 to 10 July 2025. The Panel asked for this on 21 February 2025 and the"
            " Authority agreed on 14 March 2025."
        ),
        (
            "The go-live date has been changed from 26 June 2025 to 10 July 2025. This was requested by the Panel on"
            " 21 February 2025 and approved by the Authority on 14 March 2025."
        ),
        (
            "The release has been postponed from 26 June 2025 to 10 July 2025. The Panel made the request on"
            " 21 February 2025; the Authority granted it on 14 March 2025."
        ),
        (
            "The June 2025 SEC Release will now go live on 10 July 2025 rather than 26 June 2025. Ofgem consented to the"
            " move on 14 March 2025, in reply to a letter that the Panel sent on 21 February 2025."
        ),
        (
            "The go-live has been put back from 26 June 2025 to 10 July 2025. On 21 February 2025 the Panel sought the"
            " Authority’s agreement to the new date, which was given on 14 March 2025."
        ),
        (
            "The release now goes live on 10 July 2025 instead of 26 June 2025. The Panel’s request was dated"
            " 21 February 2025 and the Authority’s approval 14 March 2025."
        ),
    ],
)
def test_a_move_of_go_live_that_was_asked_for_and_granted(wording: str) -> None:
    assert say(wording) == NOW | ASKED | GRANTED


@pytest.mark.parametrize(
    "wording",
    [
        (
            "The Panel wrote to the Authority on 21 February 2025 to request the change, and the Authority approved it on"
            " 14 March 2025."
        ),
        "The Panel submitted its request on 21 February 2025. It was granted on 14 March 2025.",
        "On 21 February 2025 the Panel asked the Authority for the change; approval was given on 14 March 2025.",
        "Requested by the Panel on 21 February 2025; approved by the Authority on 14 March 2025.",
        "The request went to the Authority on 21 February 2025. The Authority gave its consent on 14 March 2025.",
    ],
)
@pytest.mark.parametrize("heading", ["Change of the go-live date", "New go-live date", "Why the release has moved"])
def test_below_a_heading_about_a_move_of_go_live_a_request_is_for_that(heading: str, wording: str) -> None:
    assert read(f"{SCOPE}<h2>{heading}</h2><p>{wording}</p>") == ASKED | GRANTED


@pytest.mark.parametrize(
    "wording",
    [
        "The Panel asked the Authority on 21 February 2025 to move the implementation date of MP222 to 10 July 2025.",
        "MP222 will now go live in the November 2025 SEC Release. The Panel requested this on 21 February 2025.",
        "The Panel asked on 21 February 2025 for more information on MP222.",
        "The Panel requested an Impact Assessment on 21 February 2025.",
        "The Authority approved this modification on 14 March 2025, following the Panel’s request of 21 February 2025.",
    ],
)
def test_what_else_is_asked_for_is_no_move_of_go_live(wording: str) -> None:
    assert not {claim for claim in say(wording) if "go_live" in claim}


@pytest.mark.parametrize(
    "wording",
    [
        "The DCC would like to move this to 10 July 2025.",
        "The DCC would prefer 10 July 2025.",
        "The DCC has suggested 10 July 2025 instead.",
        "The DCC wants to put it back to 10 July 2025.",
        "The DCC is asking for it to be 10 July 2025.",
        "The DCC proposes 10 July 2025 instead.",
        "The Panel is considering a move to 10 July 2025.",
        "The Panel is minded to postpone it until 10 July 2025.",
        "A later date, 10 July 2025, has been proposed.",
        "The DCC favours a later date, 10 July 2025.",
        "A change to 10 July 2025 is under consideration.",
    ],
)
def test_another_date_that_is_wished_for_just_after_the_go_live_is_proposed(wording: str) -> None:
    told = say(f"The June 2025 SEC Release is planned to go live on 26 June 2025. {wording}")
    assert told == PROPOSED | {f"{RELEASE} go_live 2025-06-26"}


@pytest.mark.parametrize(
    "wording",
    [
        "A move of this release from 26 June 2025 to 10 July 2025 may be needed.",
        "A change of the go-live from 26 June 2025 to 10 July 2025 could yet become necessary.",
    ],
)
def test_a_move_that_may_be_needed_is_proposed(wording: str) -> None:
    assert say(wording) == PROPOSED


@pytest.mark.parametrize(
    "wording",
    [
        "The DCC would like to move the webinar to 10 July 2025.",
        "The Panel is considering a consultation until 10 July 2025.",
        "The DCC would prefer comments by 10 July 2025.",
        "The DCC wants to put MP222 back to 10 July 2025.",
    ],
)
def test_what_else_is_wished_for_after_the_go_live_is_no_proposal_of_it(wording: str) -> None:
    told = say(f"The June 2025 SEC Release is planned to go live on 26 June 2025. {wording}")
    assert {claim for claim in told if "go_live" in claim} == {f"{RELEASE} go_live 2025-06-26"}


@pytest.mark.parametrize(
    "wording",
    [
        "With the June 2025 SEC Release, SEC v72.0 came into effect on 26 June 2025 and the release went live.",
        "The release went live, and SEC v72.0 took effect, on 26 June 2025.",
        "SEC v72.0 came into force with the June 2025 SEC Release on 26 June 2025.",
        "On 26 June 2025 the June 2025 SEC Release went live.",
        "The June 2025 SEC Release was put live on 26 June 2025.",
        "26 June 2025 saw the June 2025 SEC Release go live.",
        "The release became effective on 26 June 2025.",
        "The release has been live since 26 June 2025.",
        "It is live: the June 2025 SEC Release was implemented successfully on 26 June 2025.",
        "Users have been able to use the changes since the release went live on 26 June 2025.",
        "On Thursday 26 June 2025, the release will be implemented.",
        "Everything in the release takes effect on 26 June 2025.",
    ],
)
def test_when_a_release_goes_live(wording: str) -> None:
    assert say(wording) == {f"{RELEASE} go_live 2025-06-26"}


REISSUED = {f"{RELEASE} implementation_document_updated_on 2025-03-28"}


@pytest.mark.parametrize(
    "wording",
    [
        "28 March 2025 – Release Implementation Document last updated",
        "28 March 2025: RID updated",
        "Latest issue of the Release Implementation Document: 28 March 2025.",
        "Release Implementation Document (last issued 28 March 2025)",
        "Release Implementation Document: 28 March 2025 (latest version)",
        "The current Release Implementation Document is that of 28 March 2025.",
        "The Release Implementation Document, which was revised on 28 March 2025, says more.",
        "SECAS reissued the Release Implementation Document on 28 March 2025.",
        "SECAS published an updated Release Implementation Document on 28 March 2025.",
        "On 28 March 2025 we issued a new version of the Release Implementation Document.",
        "The RID was brought up to date on 28 March 2025.",
        "The RID dates from 28 March 2025.",
        "The latest version of the RID is dated 28 March 2025.",
        "Release Implementation Document v2.1, 28 March 2025",
    ],
)
def test_when_the_implementation_document_was_updated(wording: str) -> None:
    assert say(wording) == REISSUED


@pytest.mark.parametrize(
    "wording",
    [
        "Version 1.0 was published on 3 August 2024; it was last updated on 28 March 2025.",
        "Version 2.0 was published on 28 March 2025.",
        "First published 3 August 2024, updated 28 March 2025.",
        "Current version: 2.0, issued on 28 March 2025",
        "The latest is version 2.0 of 28 March 2025.",
        "It was reissued on 28 March 2025, after MP204 had fallen out.",
        "SECAS last updated it on 28 March 2025.",
        "Updated on 28 March 2025",
    ],
)
def test_below_its_heading_the_implementation_document_is_not_named(wording: str) -> None:
    assert read(f"{SCOPE}<h2>Release Implementation Document</h2><p>{wording}</p>") >= REISSUED


@pytest.mark.parametrize(
    "wording",
    [
        "The Release Implementation Document will be reissued on 28 March 2025.",
        "28 March 2025 – next Release Implementation Document due",
        "The Release Implementation Document explains what happens on 28 March 2025.",
        "Comments on the RID are due by 28 March 2025.",
    ],
)
def test_what_else_is_dated_is_no_update_of_the_implementation_document(wording: str) -> None:
    assert not say(wording) & REISSUED


@pytest.mark.parametrize(
    "wording",
    [
        "Following the split of MP200 into MP200A ‘One’ and MP200B ‘Two’, work goes on.",
        "MP200 was split in two: MP200A and MP200B.",
        "MP200 has been divided into MP200A and MP200B.",
        "The Working Group split MP200 into MP200A and MP200B.",
        "MP200A and MP200B, into which MP200 was split, follow separate timetables.",
        "MP200A and MP200B are what MP200 was split into.",
        "When MP200 was split, it became MP200A and MP200B.",
        "After MP200’s split into MP200A and MP200B, work goes on.",
        "MP200 was separated into two modifications, MP200A and MP200B.",
        "MP200A and MP200B were created when MP200 was split.",
        "MP200A and MP200B replace MP200, which was split in May.",
    ],
)
def test_a_split(wording: str) -> None:
    assert say(wording) == {"modification:MP200A split_from MP200", "modification:MP200B split_from MP200"}


@pytest.mark.parametrize(
    "wording",
    [
        "MP200 may be split into MP200A and MP200B.",
        "The Panel will decide on the split of MP200 into MP200A and MP200B.",
        "The Working Group advised against splitting MP200 into MP200A and MP200B.",
    ],
)
def test_a_split_that_is_only_thought_of(wording: str) -> None:
    assert not [claim for claim in say(wording) if "split_from" in claim]


OUT = {f"{RELEASE} out_of_scope {id_}" for id_ in ("MP200A", "MP200B")}


@pytest.mark.parametrize(
    "wording",
    [
        "Of MP200A and MP200B, neither is in this release.",
        "Neither MP200A nor MP200B is part of this release.",
        "Neither MP200A nor MP200B will be delivered in this release.",
        "MP200A and MP200B are not in this release.",
        "MP200A and MP200B are no longer in this release.",
        "MP200A and MP200B did not make it into this release.",
        "MP200A and MP200B missed this release.",
        "MP200A and MP200B have come out of the scope of this release.",
        "MP200A and MP200B have been taken out.",
        "This release no longer includes MP200A and MP200B.",
        "MP200A and MP200B have been dropped from the scope.",
        "MP200A and MP200B were removed in May.",
    ],
)
def test_what_has_left_the_release(wording: str) -> None:
    assert say(wording) == OUT


@pytest.mark.parametrize(
    "wording",
    [
        "MP222 has to be approved by 30 May 2025, or it will move to the November 2025 SEC Release.",
        "MP222 needs a decision by 30 May 2025; otherwise it will move to the November 2025 SEC Release.",
        "Unless MP222 is approved by 30 May 2025, it falls out of the release.",
        "A decision on MP222 is needed by 30 May 2025, failing which it falls back to the November 2025 SEC Release.",
        "MP222 must be approved by 30 May 2025 or else it will be removed from this release.",
        "If no decision on MP222 has been made by 30 May 2025, it will be moved to the November 2025 SEC Release.",
    ],
)
def test_what_becomes_of_a_modification_past_its_cut_off_has_not_become_of_it(wording: str) -> None:
    assert say(wording) == {"modification:MP222 decision_cut_off 2025-05-30"}


@pytest.mark.parametrize(
    "wording",
    [
        "Implemented in it were MP216 “One”, MP220 “Two” and MP232 “Three”.",
        "Implemented with this release were MP216, MP220 and MP232.",
        "The release implemented MP216, MP220 and MP232.",
        "The modifications implemented were MP216, MP220 and MP232.",
        "It implemented three modifications: MP216, MP220 and MP232.",
        "MP216, MP220 and MP232 were implemented in this release.",
        "MP216, MP220 and MP232 have gone live with this release.",
        "Three modifications were implemented: MP216, MP220 and MP232.",
        "With it, MP216, MP220 and MP232 were implemented.",
    ],
)
def test_what_a_release_implemented(wording: str) -> None:
    ids = ("MP216", "MP220", "MP232")
    expected = {f"{RELEASE} in_scope {id_}" for id_ in ids} | {f"modification:{id_} status implemented" for id_ in ids}
    assert {c for c in say(wording) if " implementation " not in c} == expected


@pytest.mark.parametrize(
    "wording",
    [
        "All three were approved under Self-Governance.",
        "All of these were approved under Self-Governance.",
        "These three took the Self-Governance path.",
        "All three modifications are Self-Governance.",
        "Each was progressed under Self-Governance.",
        "All were decided under Self-Governance.",
    ],
)
def test_all_three_means_those_named_just_before(wording: str) -> None:
    found = say(f"The release includes MP216, MP220 and MP232. {wording}")
    assert {c for c in found if "path" in c} == {
        f"modification:{id_} decision_path self_governance" for id_ in ("MP216", "MP220", "MP232")
    }


def test_all_three_does_not_mean_two() -> None:
    found = say("The release includes MP216 and MP220. All three Parties want Self-Governance.")
    assert not [claim for claim in found if "path" in claim]


@pytest.mark.parametrize(
    ("cell", "status", "path"),
    [
        ("Approved under Fast-Track", "approved", "fast_track"),
        ("Approved (Self-Governance)", "approved", "self_governance"),
        ("Self-Governance – Approved", "approved", "self_governance"),
        ("Approved via Self-Governance", "approved", "self_governance"),
        ("Fast-Track, approved", "approved", "fast_track"),
        ("Targeted (Authority-Determined)", "targeted", "authority_determined"),
        ("Rejected under Self-Governance", "rejected", "self_governance"),
        ("Implemented as a Fast-Track Modification", "implemented", "fast_track"),
    ],
)
def test_a_status_with_its_path_in_one_cell(cell: str, status: str, path: str) -> None:
    table = f"<table><tr><th>Modification</th><th>Status</th></tr><tr><td>MP215 ‘One’</td><td>{cell}</td></tr></table>"
    found = {claim for claim in read(table) if claim.startswith("modification:MP215")}
    assert found == {f"modification:MP215 status {status}", f"modification:MP215 decision_path {path}"}


@pytest.mark.parametrize(
    "wording",
    [
        "It was later implemented, on 24 July 2025.",
        "It was later implemented on 24 July 2025.",
        "It has since been implemented, on 24 July 2025.",
        "It was eventually implemented on 24 July 2025.",
        "It was subsequently implemented on 24 July 2025.",
        "It was finally implemented, a month late, on 24 July 2025.",
        "It went live on 24 July 2025.",
        "It took effect on 24 July 2025 after all.",
    ],
)
def test_a_modification_that_left_and_was_implemented_later(wording: str) -> None:
    found = say(f"MP115 ‘Guides’ was removed from the release on 10 May 2025. {wording}")
    assert found == {
        f"{RELEASE} out_of_scope MP115",
        "modification:MP115 status implemented",
        "modification:MP115 implementation 2025-07-24",
    }


@pytest.mark.parametrize(
    "heading", ["How MP222 is being delivered", "MP222 in stages", "Implementation of MP222", "MP222 ‘Faster updates’"]
)
@pytest.mark.parametrize(
    "wording",
    [
        "The definitions were implemented on 27 April 2025 with SEC v67.0.",
        "SEC v67.0 brought the definitions in on 27 April 2025.",
        "The reporting duties took effect on 27 April 2025.",
        "The first step was implemented on 27 April 2025.",
        "Its alerts went live on 27 April 2025.",
        "New obligations on the DCC came into force on 27 April 2025.",
    ],
)
def test_below_a_modifications_heading_what_is_implemented_is_of_it(heading: str, wording: str) -> None:
    found = read(f"{SCOPE}<h2>{heading}</h2><p>{wording}</p>")
    assert found - {"modification:MP222 status implemented"} == {"modification:MP222 implementation 2025-04-27"}


SYSTEMS, FULL = f"{RELEASE} dcc_systems_baselined_on 2024-06-14", f"{RELEASE} baselined_on 2024-12-13"


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("Scope baselined (DCC Systems)14 June 2024", SYSTEMS),
        ("Scope baselined (full)13 December 2024", FULL),
        ("Scope baselined13 December 2024", FULL),
        ("DCC Systems scope baselined on14 June 2024", SYSTEMS),
        ("Baseline (whole scope)13 December 2024", FULL),
        ("Full scope baselined13 December 2024", FULL),
        ("Baseline date13 December 2024", FULL),
        ("Go-live26 June 2025", f"{RELEASE} go_live 2025-06-26"),
        ("Go-live date26 June 2025", f"{RELEASE} go_live 2025-06-26"),
        ("Goes live26 June 2025", f"{RELEASE} go_live 2025-06-26"),
        ("Implementation date26 June 2025", f"{RELEASE} go_live 2025-06-26"),
        ("Release Implementation Document last updated28 March 2025", *REISSUED),
        ("RID updated28 March 2025", *REISSUED),
        ("RID28 March 2025", *REISSUED),
    ],
)
def test_a_label_with_its_date_glued_to_it(line: str, claim: str) -> None:
    assert text(f"The release brings one modification.\n\n{line}\n") == {claim}


def test_glued_rows_below_glued_headings() -> None:
    found = text(
        "Scope:\n\nModificationTitleStatusImpacts DCC Systems?\nMP113'Unintended access'ApprovedYes\n"
        "MP193'Supporting changes'TargetedNo\nDP223'Tidying'Draft ProposalNo\n"
    )
    assert {
        "modification:MP113 status approved",
        "modification:MP113 affects DCC Systems",
        "modification:MP193 status targeted",
        "modification:DP223 status draft_proposal",
    } <= found
    assert len([claim for claim in found if "affects" in claim]) == 1


@pytest.mark.parametrize(
    "rows",
    [
        "CR5120 | Firmware signing key replacement\nCR5133 | SSI log-in with two factors",
        "CR5120\tFirmware signing key replacement\nCR5133\tSSI log-in with two factors",
        "| CR5120 | Firmware signing key replacement |\n| CR5133 | SSI log-in with two factors |",
        "DCC Change Request | Title\nCR5120 | Firmware signing key replacement\nCR5133 | SSI log-in with two factors",
        "CR5120 – Firmware signing key replacement\nCR5133 – SSI log-in with two factors",
        "CR5120 'Firmware signing key replacement'\nCR5133 'SSI log-in with two factors'",
        "• CR5120: Firmware signing key replacement\n• CR5133: SSI log-in with two factors",
    ],
)
def test_a_list_of_change_requests_in_text(rows: str) -> None:
    found = text(f"Go-live: 26 June 2025\n\nDCC Change Requests\n\n{rows}\n")
    assert found == {
        f"{RELEASE} go_live 2025-06-26",
        f"{RELEASE} change_request CR5120",
        f"{RELEASE} change_request CR5133",
        "change_request:CR5120 title Firmware signing key replacement",
        "change_request:CR5133 title SSI log-in with two factors",
    }
