"""What an element of HTML is and holds: its children, the rows and cells of a table, the level of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BOLD = frozenset({"b", "strong"})


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield what stands just within an element, bare words too."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def heading_level(name: str, given: Mapping[str, str | None]) -> int:
    """Return the level of the heading that an element is, 0 for none. `given`: its attributes."""
    if level := _HEADINGS.get(name):
        return level
    if given.get("role") == "heading":
        return min(max(_number(given.get("aria-level") or "2") or 2, 1), 6)
    return 4 if name in ("summary", "button") else 0


def all_bold(node: LexborNode) -> bool:
    """Whether all words of an element are in bold."""
    alone = node.child
    if alone is not None and alone.next is None and alone.is_text_node and node.tag not in BOLD:
        return False
    bold = sum(len(part.text(strip=True)) for part in node.css("b, strong"))
    return bold >= len(node.text(strip=True)) > 0


def span(given: str | None) -> int:
    """Return over how many rows or columns an attribute says that a cell goes, 1000 at most."""
    return min(_number(given) or 1, 1000) if given else 1


def _number(given: str | None) -> int:
    """Return the number that an attribute gives, 0 where it gives none; more than anyone means is cut short."""
    match = re.match(r"\s*([0-9]{1,9})", given or "")
    return int(match[1]) if match else 0


def terms(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the terms and meanings of a list but not of those within it; each pair may stand in a box of its own."""
    for child in children(node):
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from terms(child)


def is_layout(table: LexborNode) -> bool:
    """Whether a table only lays the page out: it says so, or its cells hold headings, or it is but one cell or row."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    if table.css_first("th") is not None:
        return False
    rows = [sum(1 for _ in cells_of(row)) for row in rows_of(table)]
    inner = any(found != table for found in table.css("table"))  # css finds the element itself too
    if rows and max(rows) <= 1:
        return inner or table.css_first("h1, h2, h3, h4, p, ul, ol") is not None
    return table.css_first("h1, h2, h3") is not None or (inner and len(rows) == 1)


def rows_of(table: LexborNode) -> Iterator[LexborNode]:
    """Yield the rows of a table but not of those within it."""
    for child in children(table):
        if child.tag == "tr" or (child.is_element_node and child.attributes.get("role") == "row"):
            yield child
        elif child.is_element_node and (child.tag in ("thead", "tbody", "tfoot") or _grouping(child)):
            yield from rows_of(child)


def _grouping(node: LexborNode) -> bool:
    return node.tag in ("div", "span", "section") and node.attributes.get("role") in (None, "rowgroup", "presentation")


def cells_of(row: LexborNode) -> Iterator[LexborNode]:
    """Yield the cells of a row."""
    for child in children(row):
        if child.is_element_node and (
            child.tag in ("td", "th")
            or child.attributes.get("role") in ("cell", "gridcell", "columnheader", "rowheader")
        ):
            yield child


def is_menu(node: LexborNode) -> bool:
    """Whether a list holds links and nothing else: above a page's heading that is a menu, whatever it is called."""
    linked = sum(len(link.text(strip=True)) for link in node.css("a"))
    return linked > 0 and linked >= len(node.text(strip=True)) * 0.9
