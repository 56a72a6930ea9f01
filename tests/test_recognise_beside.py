"""What stands beside a release page's own words claims nothing: headlines, "See also", lists of other pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

WHEN = datetime(2026, 11, 26, tzinfo=UTC)
OWN = (
    "<h1>June 2027 SEC Release</h1><p>The June 2027 SEC Release is due to go live on 24 June 2027.</p>"
    "<h2>Scope</h2><table><tr><th>Modification</th><th>Status</th></tr>"
    "<tr><td>MP221 ‘Export MPAN reads’</td><td>Approved</td></tr>"
    "<tr><td>MP246 ‘Critical Service Requests’</td><td>Targeted</td></tr></table>"
)


def read(body: str, kind: str = "text/html") -> set[str]:
    """Return what a page claims, as "MP251 status approved"."""
    reading = read_page(Page("page", body.encode(), kind, WHEN), "release-page")
    return {f"{claim.subject.partition(':')[2]} {claim.attribute} {claim.value}" for claim in reading.claims}


@pytest.mark.parametrize(
    "beside",
    [
        "<h4>Consultations</h4><ul><li>MP270 closes 4 December 2026</li></ul>",
        "<h3>Latest</h3><p>MP202 sent back by Ofgem</p>",
        "<h4>Latest updates</h4><p>MP202 sent back by Ofgem</p><p>7 March 2027</p>",
        "<h3>Latest news</h3><ul><li>DP220 ‘Use of Quarantined firmware’ raised</li></ul>",
        "<h2>Related modifications</h2><ul><li>MP226 ‘Unsupported firmware’ – Withdrawn</li></ul>",
        "<h3>Elsewhere</h3><ul><li>MP226 ‘Unsupported firmware’ – Withdrawn</li></ul>",
        "<h3>You may also like</h3><p>MP235 ‘Secure erasure’ – Withdrawn 3 January 2026</p>",
        "<h3>Most viewed</h3><p>MP219 ‘Smart Data Repository’ raised</p>",
        "<p>See also: November 2026 SEC Release | MP257 consultation</p>",
        "<p>Related: MP257 ‘Half-hourly alert volumes’ – rejected</p>",
        "<h4>Other SEC Releases</h4><ul><li>November 2026 SEC Release – 5 November 2026</li></ul>",
        "<ul><li><a href='/november-2026-sec-release/'>November 2026 SEC Release – 5 November 2026</a></li></ul>",
    ],
)
def test_headlines_about_other_modifications_and_releases_claim_nothing(beside: str) -> None:
    assert read(OWN + beside) == read(OWN)


@pytest.mark.parametrize("line", ["MP270 closes 4 December 2026", "MP257 consultation", "MP251 explained"])
def test_a_line_without_title_or_status_is_no_scope_whatever_it_stands_below(line: str) -> None:
    found = read(f"{OWN}<h3>Around the code</h3><ul><li>{line}</li></ul>")
    assert {row for row in found if "in_scope" in row} == {"2027-06 in_scope MP221", "2027-06 in_scope MP246"}


@pytest.mark.parametrize(
    ("below", "claimed"),
    [
        ("<h3>Latest updates</h3><p>MP246 was approved by the Change Board on 2 December 2026.</p>", "MP246"),
        ("<h3>News</h3><p>MP250 ‘Pairing’ has been added to the scope of this release.</p>", "2027-06 in_scope MP250"),
        ("<h3>System changes</h3><ul><li>MP250 ‘Pairing’</li></ul>", "2027-06 in_scope MP250"),
        ("<h3>Latest updates</h3><p>The June 2027 SEC Release now goes live on 1 July 2027.</p>", "2027-07-01"),
    ],
)
def test_what_is_said_there_of_the_release_and_its_modifications_is_read(below: str, claimed: str) -> None:
    added = read(OWN + below) - read(OWN)
    assert any(claimed in row for row in added)
