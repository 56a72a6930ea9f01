"""`secbot read --why`: the kind that was chosen, the rule behind each claim, what was not understood, which check."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from bot.ports import Page
from bot.why import Explanation
from tests.running import secbot
from watchers.read import likely, read_page

ROWS = "<li>MP077 ‘DCC Service Flagging’ – Targeted</li><li>MP090 ‘Alerts’ – Approved</li>"
RELEASE = "<h1>November 2021 SEC Release</h1><p>The release goes live on 4 November 2021.</p><ul>{}</ul>{}"


def explained(html: str, kind: str = "auto") -> Explanation:
    page = Page("page.html", html.encode(), "text/html", datetime(2021, 11, 5, tzinfo=UTC))
    return Explanation(read_page(page, kind), likely(page), "" if kind == "auto" else kind)


def told(html: str, kind: str = "auto", width: int = 100) -> str:
    return "\n".join(explained(html, kind).lines("page.html", width))


def test_each_claim_is_told_with_its_rule_block_heading_and_quote() -> None:
    text = told(RELEASE.format(ROWS, ""))
    assert "block 2, under “November 2021 SEC Release”\n  “MP077 ‘DCC Service Flagging’ – Targeted”\n" in text
    assert "→ release:2021-11 in_scope = MP077   by “scope row”: a row of a list of scope" in text
    assert "→ release:2021-11 go_live = 2021-11-04   by “go-live”" in text


def test_the_kind_that_was_chosen_is_told_with_the_scores_of_the_others() -> None:
    text = told(RELEASE.format(ROWS, ""))
    assert "Read as release-page, the surest; how sure each kind is of the page: release-page 0.90," in text
    assert "feed 0.00" in text
    assert "Read as paper, as was asked for;" in told(RELEASE.format(ROWS, ""), "paper")


def test_a_row_that_looks_like_ours_and_is_not_understood_is_told() -> None:
    page = "<h1>SEC Panel papers</h1><p>This paper is for information.</p><ul><li>MP111 (see the annex)</li></ul>"
    row = "Not understood, though it looks like a row of ours (block 2): “MP111 (see the annex)”"
    assert row in told(page, "paper")
    assert "No row that looks like ours was left over." in told(RELEASE.format(ROWS, ""))


def test_of_a_page_that_is_not_believed_the_check_is_named() -> None:
    text = told("<title>Log in</title><h1>Log in</h1><p>Username</p><p>Password</p>", "news")
    assert "Not believed, by the check “log in”: The site answered with a log-in page." in text


def test_no_line_is_wider_than_a_terminal_of_100_columns() -> None:
    long = RELEASE.format(ROWS + f"<li>MP105 ‘{'Sending updates to Devices ' * 12}’ – Approved</li>", "")
    assert max(map(len, told(long).splitlines())) <= 100


def test_as_json_each_claim_stays_one_line_and_gains_a_key(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(RELEASE.format(ROWS, ""), encoding="utf-8")
    run = secbot("read", "page.html", "--why", "--json", cwd=tmp_path)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    [row] = [row for row in rows if (row["attribute"], row["value"]) == ("in_scope", "MP090")]
    assert row["why"]["rule"] == "“scope row”: a row of a list of scope"
    assert row["why"]["found_again"] is True
    assert row["why"]["scores"]["release-page"] == 0.9
