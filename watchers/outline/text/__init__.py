"""Plain text → outline: what a text extraction of a page or paper still shows of headings, lists and tables.

Extractions glue the cells of a table's row (`MP077 'DCC Service Flagging'Implemented`), wrap rows and sentences over
several lines, double-space them, and drop page furniture and bare addresses among them.
"""

from __future__ import annotations

from watchers.outline import Outline
from watchers.outline.text.lines import LARGEST, lines_of, without_footer
from watchers.outline.text.prose import Reader


def outline(text: str, url: str = "") -> Outline:
    """Return the outline of a plain text; `url` is where it came from."""
    if len(text) > LARGEST:
        return Outline(
            (), "text", url=url, trouble=f"The text has {len(text):,} characters; at most {LARGEST:,} are read."
        )
    blocks = Reader(without_footer(list(lines_of(text)))).read()
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    return Outline(tuple(blocks), "text", url=url, title=title)
