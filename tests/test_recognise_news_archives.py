"""Archives of posts and what stands beside them: where a post begins, and what a line of a calendar is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

AT = datetime(2026, 11, 26, tzinfo=UTC)


def said(body: str) -> set[str]:
    page = Page("https://smartenergycodecompany.co.uk/latest-news/", body.encode(), "text/html", AT)
    return {f"{c.subject} {c.attribute} {c.value}" for c in read_page(page, "news").claims}


def affected(body: str) -> set[str]:
    return {claim for claim in said(body) if " affects_part " in claim}


ONE = "<p>It took effect on 12 August 2021.</p><p>Parts affected:</p><ul><li>SEC Section L</li></ul>"
TWO = "<p>It took effect on 28 July 2021.</p><p>Parts affected:</p><ul><li>SEC Appendix AL</li></ul>"
EACH_ITS_OWN = {"version:44.0 affects_part Section L", "version:43.0 affects_part Appendix AL"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "<div>SEC v44.0 released to implement MP151</div><div>12 August 2021 | SECAS</div>",
            "<div>SEC v43.0: re-designation of Appendix AL</div><div>29 July 2021 | SECAS</div>",
        ),
        ("<h2>SEC v44.0 released</h2>", "<h2>SEC v43.0: re-designation of Appendix AL</h2>"),
        ("<h3>SEC Version 44.0 is here</h3>", "<h3>The new SEC v43.0 for DCC Users</h3>"),
        (
            "<p>SEC v44.0 and MP151</p><p>Posted on 12 August 2021</p>",
            "<p>SEC v43.0 and a letter</p><p>Posted on 29 July 2021</p>",
        ),
    ],
)
def test_each_post_of_an_archive_keeps_its_own_parts(first: str, second: str) -> None:
    assert affected(f"<h1>SEC Release</h1><p>Page 2 of 7</p>{first}{ONE}{second}{TWO}") == EACH_ITS_OWN


def test_a_question_about_a_version_begins_no_post() -> None:
    body = f"<h2>SEC v44.0 released</h2>{ONE}<h2>What came with SEC v43.0?</h2><p>Section X was reviewed.</p>"
    assert not any(claim.startswith("version:43.0") for claim in said(body))


def test_a_title_set_twice_is_of_one_post() -> None:
    body = "<h2>Latest news » SEC v69.0 published</h2><h2>SEC v69.0 published</h2><p>29 June 2023 (edited 6 July)</p>"
    assert "version:69.0 posted_on 2023-06-29" in said(body + "<p>SEC v69.0 took effect on 28 June 2023.</p>")


@pytest.mark.parametrize(
    "line", ["SECMP0009 vote: 26 July 2017", "MP183 webinar: 26 July 2017", "MP183 closes 26 July"]
)
def test_a_line_of_a_calendar_is_not_implemented(line: str) -> None:
    claims = said(f"<h1>SEC v44.0 published</h1>{ONE}<h3>Key dates</h3><p>{line}</p>")
    assert affected(f"<h1>SEC v44.0 published</h1>{ONE}<p>{line}</p>")
    assert not any(" implements " in claim or " implementation " in claim for claim in claims)


@pytest.mark.parametrize("heading", ["Also in the news", "Also on this site", "More from the news"])
def test_headlines_beside_a_post_claim_nothing(heading: str) -> None:
    body = f"<h1>SEC v44.0 published</h1>{ONE}<h5>{heading}</h5><p>MP213 approved</p><p>SEC v43.0 released</p>"
    assert not any("MP213" in claim or "43.0" in claim for claim in said(body))


@pytest.mark.parametrize(
    "sentence",
    [
        "Section D is being looked at but has not been changed.",
        "Section D is unaffected.",
        "Section D is under review.",
        "There is no change to Section D.",
    ],
)
def test_a_part_that_has_not_changed_is_not_affected(sentence: str) -> None:
    body = f"<h1>SEC v44.0 published</h1><h2>Which parts changed</h2><p>Section H and Section K.</p><p>{sentence}</p>"
    assert affected(body) == {"version:44.0 affects_part Section H", "version:44.0 affects_part Section K"}


@pytest.mark.parametrize("name", ["SEC 5.25", "SEC v5.25", "SEC version 5.25", "the SEC (version 5.25)"])
def test_a_version_is_named_with_or_without_its_v(name: str) -> None:
    claims = said(
        f"<h1>SEC 5.25: new documents</h1><p>Posted: 23 November 2018</p><p>{name} took effect on 22 May 2018.</p>"
    )
    assert {"version:5.25 effective_on 2018-05-22", "version:5.25 posted_on 2018-11-23"} <= claims


def test_a_time_of_day_is_no_version() -> None:
    assert not any(c.startswith("version:10") for c in said("<h1>Meeting of the SEC 10.30am</h1><p>5 May 2022</p>"))
