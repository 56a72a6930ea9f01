"""Tables that a page sets in boxes: sibling elements with as many boxes each, under a row that names the columns.

Boxes mostly lay a page out (its columns, its cards), so a run of them is a table only by what it says: its first row
is column words, or each row begins with an id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from bot.domain.identifiers import CHANGE_REQUEST, MODIFICATION, PART
from watchers.outline.grid import Cell
from watchers.outline.header_row import is_header
from watchers.outline.words import each

LeftOut = Callable[[LexborNode, str], bool]
Run = list[list[LexborNode]]
"""Rows of boxes, all of one length."""

_ROWS = each("div section p")
_CELLS = each("div span p b strong")
_NO_CELL = (
    "h1, h2, h3, h4, h5, h6, [role=heading], [role=table], [role=grid], [role=list], ul, ol, dl, table, article, form, "
    "figure, hr, pre, summary"
)
"""What a cell has not within it: such a box is a part of the page."""
_LONGEST_NAME = 160
"""Characters of a row's first cell, which names what the row is about."""
_LONGEST_FACT = 160
"""Characters of a cell where no row names the columns: beyond it a box is prose below its title."""


def runs(node: LexborNode, left_out: LeftOut) -> Iterator[tuple[list[LexborNode], Run]]:
    """Yield the children of an element that may be the rows of one table, with their cells."""
    run: list[LexborNode] = []
    rows: Run = []
    for child, cells in _boxes(node, left_out):
        if cells and rows and child.tag == run[0].tag and len(cells) == len(rows[0]):
            run.append(child)
            rows.append(cells)
            continue
        below = _group(child, left_out) if len(rows) == 1 else []
        if below and len(below[0]) == len(rows[0]):
            yield [*run, child], rows + below
            run, rows = [], []
            continue
        if len(rows) > 1:
            yield run, rows
        run, rows = ([child], [cells]) if cells else _alone(child, left_out)
    if len(rows) > 1:
        yield run, rows


def is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows of boxes are a table: their first names the columns, or each of them begins with an id."""
    first, *body = [[cell.text for cell in row] for row in rows]
    if all(_begins_with_id(row) for row in (first, *body)):
        return all(len(cell) <= _LONGEST_FACT for row in (first, *body) for cell in row)
    labels = any(cell.endswith(":") for cell in first)
    return not labels and is_header(first, body) and all(len(row[0]) <= _LONGEST_NAME for row in body)


def _begins_with_id(row: Sequence[str]) -> bool:
    return any(form.match(row[0]) for form in (MODIFICATION, CHANGE_REQUEST, PART))


def _children(node: LexborNode, left_out: LeftOut) -> Iterator[tuple[LexborNode, bool]]:
    """Yield what an element holds that is read, and whether it is bare words."""
    child = node.child
    while child is not None:
        if child.is_element_node and not left_out(child, child.tag or ""):
            yield child, False
        elif child.is_text_node and (child.text_content or "").strip():
            yield child, True
        child = child.next


def _boxes(node: LexborNode, left_out: LeftOut) -> Iterator[tuple[LexborNode, list[LexborNode]]]:
    """Yield an element's children with the cells of those that may be rows; what is no row parts runs."""
    for child, bare in _children(node, left_out):
        yield child, [] if bare else _cells(child, left_out)


def _cells(row: LexborNode, left_out: LeftOut) -> list[LexborNode]:
    """Return the cells of what may be a row, none where it is none: two and more, nothing bare between them."""
    if row.tag not in _ROWS or row.attributes.get("role"):
        return []
    cells: list[LexborNode] = []
    for child, bare in _children(row, left_out):
        if bare or child.tag not in _CELLS or (cells and child.tag != cells[0].tag):
            return []
        cells.append(child)
    return cells if len(cells) > 1 and not any(_holds_more(cell, left_out) for cell in cells) else []


def _holds_more(cell: LexborNode, left_out: LeftOut) -> bool:
    """Whether a box is more than a cell: it has a part of a page in it, or boxes of its own."""
    if cell.attributes.get("role") or any(found != cell for found in cell.css(_NO_CELL)[:2]):
        return True
    return sum(inner.tag == "div" for inner, _ in _children(cell, left_out)) > 1


def _group(node: LexborNode, left_out: LeftOut) -> Run:
    """Return the rows of a box that holds rows and nothing else, as the body of a table does."""
    if node.tag not in _ROWS:
        return []
    rows = [cells for _, cells in _boxes(node, left_out)]
    return rows if rows and rows[0] and all(len(cells) == len(rows[0]) for cells in rows) else []


def _alone(node: LexborNode, left_out: LeftOut) -> tuple[list[LexborNode], Run]:
    """Return a box that holds one row, as the head of a table does."""
    rows = _group(node, left_out)
    return ([node], rows) if len(rows) == 1 else ([], [])
