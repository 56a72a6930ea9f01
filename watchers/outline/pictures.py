"""What pictures, icons and dingbats stand for: a tick is a tick whatever shows it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from watchers.outline.words import TICK, glyph, tidy


def shown(node: LexborNode, name: str) -> str:
    """Return the glyph that a picture, an icon or a ticked box stands for, "" for none."""
    given = node.attributes
    if name == "img":
        described = given.get("alt") or given.get("title") or ""
        return glyph(described) or (glyph((given.get("src") or "").rpartition("/")[2]) if not described else "")
    if name == "input":
        return TICK if given.get("type") == "checkbox" and "checked" in given else ""
    if name == "svg":
        title = node.css_first("title")
        return glyph(given.get("aria-label") or (title.text() if title is not None else ""))
    if name in ("i", "span") and not node.text(strip=True):
        words = re.split(r"[\s_-]+", given.get("class") or "")
        return glyph(given.get("aria-label") or given.get("title") or "") or next(
            (found for word in words if len(word) > 1 and (found := glyph(word))), ""
        )
    return ""


def described(cell: LexborNode) -> str:
    """Return the description of the picture that is all a cell holds."""
    picture = cell.css_first("img[alt]")
    return tidy(picture.attributes.get("alt") or "") if picture is not None else ""


def dingbats(node: LexborNode, text: str) -> str:
    """Return text with ticks where a dingbat font shows one for a letter."""
    if text.strip() not in ("ü", "P", "R"):
        return text
    font = f"{node.attributes.get('face') or ''}{node.attributes.get('style') or ''}".casefold()
    return TICK if "wingdings" in font else text
