"""The width of a page changes nothing of what a paper says: numbered clauses, few lines or many, wrapped anywhere."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

Said = tuple[str, str, str]

PAPER = """SECP_151 – SEC Releases update

1. June 2026 SEC Release

1.1 The June 2026 SEC Release is due to go live on 25 June 2026. The Panel baselined its scope on 12 December 2025, and
the DCC reports that its testing is on course.

1.2 MP243 'Charging' and MP255 'Firmware' are in scope. MP259 'Half-hourly reads' is not in scope of the release.

1.3 The Change Board will vote on MP243 'Charging' on 25 February 2026 and on MP255 'Firmware' on 25 March 2026.

2. November 2026 SEC Release

2.1 The November 2026 SEC Release will go live on 5 November 2026.

2.2 The DCC asked the Panel on 14 May 2026 to move the go-live of the November 2026 SEC Release to 26 November 2026.

2.3 MP264 'Tamper alerts' was removed from the scope of the November 2026 SEC Release on 17 April 2026 and is targeted
for the February 2027 SEC Release."""
PARAGRAPHS = [" ".join(paragraph.split()) for paragraph in PAPER.split("\n\n")]


def claims(paragraphs: list[str], width: int = 0, between: str = "\n\n") -> set[Said]:
    """Return what a paper claims whose paragraphs are wrapped at a width, 0 for nowhere."""
    lines = (textwrap.fill(paragraph, width) if width else paragraph for paragraph in paragraphs)
    page = Page("paper.txt", between.join(lines).encode(), "text/plain", datetime(2026, 11, 26, tzinfo=UTC))
    return {(claim.subject, claim.attribute, claim.value) for claim in read_page(page, "paper").claims}


@pytest.mark.parametrize("width", range(58, 112, 6))
def test_a_paper_says_the_same_at_any_width(width: int) -> None:
    whole = claims(PARAGRAPHS)
    assert ("release:2026-06", "baselined_on", "2025-12-12") in whole
    assert ("release:2026-11", "go_live", "2026-11-05") in whole
    assert claims(PARAGRAPHS, width) == whole


@pytest.mark.parametrize("width", range(66, 112, 9))
def test_a_paper_without_empty_lines_says_the_same(width: int) -> None:
    assert claims(PARAGRAPHS, width, "\n") == claims(PARAGRAPHS)


@pytest.mark.parametrize("clause", [2, 3, 4, 6, 7, 8])
def test_one_wrapped_clause_is_joined_though_no_other_shows_the_width(clause: int) -> None:
    alone = [PARAGRAPHS[0], PARAGRAPHS[1 if clause < 5 else 5], PARAGRAPHS[clause]]
    assert all(claims(alone, width) == claims(alone) for width in range(58, 112, 8))


def test_a_numbered_line_that_no_sentence_goes_on_from_is_a_heading() -> None:
    paper = "SECP_151 – Update\n\n1. Scope of the June 2026 SEC Release\nMP266 'Audit window' is in scope of it."
    assert ("release:2026-06", "in_scope", "MP266") in claims([paper])
