"""Plain text → outline: what a text extraction of a page or paper still shows of headings, lists and tables.

Extractions glue the cells of a table's row (`MP077 'DCC Service Flagging'Implemented`), wrap rows and sentences over
several lines, double-space them, and drop page furniture and bare addresses among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from watchers.outline import Block, Outline
from watchers.outline.text.lines import LARGEST, MOST_LINES, lines_of, without_footer
from watchers.outline.text.prose import Reader
from watchers.phrases import labels


def outline(text: str, url: str = "") -> Outline:
    """Return the outline of a plain text; `url` is where it came from."""
    if len(text) > LARGEST:
        return Outline(
            (), "text", url=url, trouble=f"The text has {len(text):,} characters; at most {LARGEST:,} are read."
        )
    lines = list(islice(lines_of(text), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        return Outline((), "text", url=url, trouble=f"The text has more than {MOST_LINES:,} lines.")
    blocks = _headed(Reader(without_footer(lines)).read())
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    return Outline(tuple(blocks), "text", url=url, title=title)


_SITE = re.compile(
    r"\W*(?:the )?(?:smart energy code(?: company)?|SECAS|SEC(?:Co| Company)?|smartenergycodecompany\S*)"
    r"(?: ltd| limited)?\W*",
    re.IGNORECASE,
)


def _headed(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return blocks of which a line at the top, a page's title with the name of its site, is the heading of all."""
    at = next((n for n, block in enumerate(blocks[:_TOP]) if block.kind == "row"), 0)
    first = blocks[at] if at < len(blocks) else Block("paragraph", "")
    if first.header or labels.role(first.cells[0] if first.cells else ""):
        return blocks  # a label with its value: SECAS leads many a modification
    if first.kind != "row" or len(first.cells) != 2 or not _SITE.fullmatch(first.cells[1]):
        return blocks
    below = (
        replace(b, level=min(b.level + 1, 6)) if b.kind == "heading" and b.level == 1 else b for b in blocks[at + 1 :]
    )
    return [*blocks[:at], Block("heading", first.cells[0], level=1, links=first.links), *below]


_TOP = 3
"""So many lines may lead to a page's title: "Latest news »"."""
