"""Watched prose is the page's own: what a site says on all its pages makes no rewording."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import diff, state
from bot.ports import Page
from tests.world import ROWS, release_page
from watchers.phrases.chrome import begins_chrome, is_chrome
from watchers.read import read_page

CHROME = {
    "a cookie banner": "This website stores cookies on your computer. <a href='/c'>Find out more</a>",
    "share buttons": "Share this page on LinkedIn, X or by e-mail",
    "breadcrumbs": "Home > SEC releases > November 2021",
    "a way back": "Back to all releases",
    "last updated": "This page was last updated on 12 October 2021",
    "a subscribe box": "Sign up to our newsletter and get SEC news in your inbox.",
    "a footer": "© SECCo 2021. All rights reserved. Registered in England and Wales.",
    "feedback": "Was this page useful? Tell us what you think of this page.",
    "paging": "« Previous post | Next post »",
    "tags": "Tags: releases, DCC, November 2021",
    "reading time": "3 min read",
    "downloads": "Download this page",
}
PROSE = "The firmware of Communications Hubs follows in spring. Users need do nothing."
SECTION = f"<h2>Implementation approach</h2><p>{PROSE}</p>"
TEASERS = "<li>SEC Change update for October</li><li>How the new portal works</li>"


def reworded(before: str, after: str) -> list[str]:
    was, now = (
        read_page(
            Page("https://sec.example/november-2021-sec-release/", body.encode(), "", datetime(2021, 11, 5, tzinfo=UTC))
        )
        for body in (before, after)
    )
    assert was.passages
    return [change.kind for change in diff.changes(state.differences(was.claims, now, was.items, was.passages))]


@pytest.mark.parametrize("tag", ["p", "div", "h5", "span", "li"])
@pytest.mark.parametrize("what", CHROME)
def test_chrome_below_watched_prose_is_no_rewording_in_any_tag(what: str, tag: str) -> None:
    chrome = f"<{tag}>{CHROME[what]}</{tag}>"
    assert reworded(release_page(ROWS, more=SECTION), release_page(ROWS, more=SECTION + chrome)) == []


@pytest.mark.parametrize("what", CHROME)
def test_chrome_below_watched_prose_is_no_rewording_in_plain_text(what: str) -> None:
    said = CHROME[what].replace("<a href='/c'>", "").replace("</a>", "")
    plain = (
        f"November 2021 SEC Release\n\nMP077 ‘DCC Service Flagging’ – Targeted\n\nImplementation approach\n\n{PROSE}\n"
    )
    assert reworded(plain, f"{plain}\n{said}\n") == []


@pytest.mark.parametrize("heading", ["Related posts", "You may also like", "Latest news", "Subscribe", "Share this"])
@pytest.mark.parametrize("tag", ["h2", "h4", "p", "strong"])
def test_what_stands_below_the_heading_of_chrome_is_no_rewording(heading: str, tag: str) -> None:
    beside = f"<{tag}>{heading}</{tag}><ul>{TEASERS}</ul><p>The DCC has a new portal. It opens in May.</p>"
    assert reworded(release_page(ROWS, more=SECTION), release_page(ROWS, more=SECTION + beside)) == []


def test_what_the_page_itself_says_is_a_rewording() -> None:
    for said in (
        "Users should contact the DCC before they update their firmware.",
        "More than one drop of firmware is needed.",
        "Parties can share their plans with SECAS until 12 October 2021.",
        "The approach was last updated by the Panel, which now wants two drops.",
        "Follow the guidance of the DCC for the order of events.",
    ):
        assert not is_chrome(said)
        assert reworded(release_page(ROWS, more=SECTION), release_page(ROWS, more=f"{SECTION}<p>{said}</p>")) == [
            "reworded"
        ]
    assert not begins_chrome("Latest update")
