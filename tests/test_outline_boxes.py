"""Tables set in boxes: rows with their columns where the words say so, and a page's layout never."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.outline import Block
from watchers.outline.html import outline
from watchers.read import read_page

HEADER = ("Modification", "Impacts DUIS?", "Impacts GBCS?", "Current status")
PROSE = "The Change Board will vote on 26 August 2020 under Self-Governance."
ROWS = (
    ("MP090 ‘Alerts’", "", "✓", "Approved."),
    ("MP099 ‘Slots’", "✓", "", PROSE),
    ("DP124 ‘Keys’", "", "", ""),
)


def boxes(rows: tuple[tuple[str, ...], ...], row: str = "div", cell: str = "div") -> str:
    return "\n".join(f"<{row}>{''.join(f'<{cell}>{c}</{cell}>' for c in cells)}</{row}>" for cells in rows)


def read(html: str) -> list[Block]:
    return list(outline(html, "https://sec.example/").blocks)


def rows(html: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(block.header, block.cells) for block in read(html) if block.kind == "row"]


ALL = (HEADER, *ROWS)
TABLES = {
    "beside other blocks": f"<h2>Scope</h2><p>In scope:</p>{boxes(ALL)}<p>And so on.</p>",
    "in a box": f"<section><div class=t>{boxes(ALL)}</div></section>",
    "spans": boxes(ALL, "div", "span"),
    "paragraphs of spans": boxes(ALL, "p", "span"),
    "paragraphs in boxes": boxes(ALL, "div", "p"),
    "its header in bold": boxes((tuple(f"<b>{c}</b>" for c in HEADER), *ROWS)),
    "its body in a box": f"<div>{boxes((HEADER,))}<div class=body>{boxes(ROWS)}</div></div>",
    "its head and body in boxes": f"<div><div>{boxes((HEADER,))}</div><div>{boxes(ROWS)}</div></div>",
    "icons for ticks": boxes(ALL).replace("✓", "<span role=img aria-label=tick></span>"),
    "with comments and scripts": boxes(ALL).replace("</div>\n", "</div><!-- x --><script>y</script>"),
    "a cell that holds one box": boxes((HEADER, *((f"<div>{a}</div>", b, c, d) for a, b, c, d in ROWS))),
}


@pytest.mark.parametrize("html", TABLES.values(), ids=TABLES)
def test_rows_of_boxes_under_column_words_keep_their_empty_cells(html: str) -> None:
    assert rows(html) == [(HEADER, cells) for cells in ROWS]


def test_ticks_in_boxes_are_claimed_of_their_columns() -> None:
    page = Page("paper", f"<h1>Paper</h1>{boxes(ALL)}".encode(), "text/html", datetime(2020, 8, 7, tzinfo=UTC))
    claims = read_page(page, "paper").claims
    claimed = {(c.subject, c.attribute, c.value) for c in claims if c.attribute == "affects"}
    assert claimed == {("modification:MP090", "affects", "GBCS"), ("modification:MP099", "affects", "DUIS")}


def test_rows_that_begin_with_ids_need_no_header() -> None:
    html = boxes((("MP077 ‘A’", "", "Implemented"), ("MP078 ‘B’", "x", "Approved")))
    assert rows(html) == [((), ("MP077 ‘A’", "", "Implemented")), ((), ("MP078 ‘B’", "x", "Approved"))]


def test_two_tables_in_one_another_s_wake_are_two() -> None:
    html = f"<div>{boxes((HEADER, ROWS[0]))}</div><div>{boxes((HEADER, ROWS[1]))}</div>"
    assert {block.table for block in read(html)} == {1, 2}
    assert [cells for _, cells in rows(html)] == [ROWS[0], ROWS[1]]


LONG = "This modification would let Users read the alerts of a Device that has left the Home Area Network, " * 3
LAYOUT = {
    "columns of a page": f"<div><div><p>Go-live is near.</p><p>More.</p></div><div>{LONG}</div></div>" * 2,
    "columns with headings": "<div><div><h3>Status</h3>Approved</div><div><h3>Release</h3>June</div></div>" * 2,
    "cards": f"<div><div>MP077 ‘A’</div><div>{LONG}</div></div><div><div>MP078 ‘B’</div><div>{LONG}</div></div>",
    "labels beside values": boxes((("Proposer:", "Part:"), ("Raised:", "4 May 2020"))),
    "label and value": boxes((("Status", "Implemented"), ("Proposer", "EDF"), ("Release", "June 2022"))),
    "links": "<div><a href=/a>Status</a><a href=/b>Release</a></div>" * 3,
    "words between the boxes": "<div><b>Modification</b> and <b>Status</b></div>" * 2,
    "prose under column words": f"<div><div>Modification</div><div>Release</div></div><div><div>{LONG}</div><div>{LONG}</div></div>",
    "one row": boxes((HEADER,)),
    "lists in the boxes": "<div><div>Release</div><div>Status</div></div><div><div><ul><li>a</ul></div><div>b</div></div>",
    "different numbers": boxes((("Modification", "Status"), ("MP077", "x", "Approved"))),
    "emphasis in a paragraph": "<p><b>Next steps</b> <b>Comments</b></p><p><b>By 4 May</b> <b>In writing</b></p>",
}


@pytest.mark.parametrize("html", LAYOUT.values(), ids=LAYOUT)
def test_boxes_that_lay_a_page_out_are_no_table(html: str) -> None:
    assert rows(f"<h1>Page</h1>{html}") == []
    assert len(read(f"<h1>Page</h1>{html}")) > 1 or "links" in html
