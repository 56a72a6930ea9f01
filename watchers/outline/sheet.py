"""A table on the pages of a PDF, and the tables that ruled lines show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block
from watchers.outline.grid import Cell, Table, spread
from watchers.outline.header_row import repeats
from watchers.outline.typeset import Box, Word, lines, wrapped

_NEAR = 6.0
"""Points by which the columns of a table that goes on may be off."""


@dataclass(slots=True)
class Sheet:
    """A table on one page, or on several once it has been joined: its place, its columns' left edges, its grid."""

    box: Box
    edges: tuple[float, ...]
    grid: list[list[Cell]]

    def goes_on(self, other: Sheet) -> bool:
        """Whether the table at the top of the next page is this one going on."""
        return len(self.edges) == len(other.edges) and all(
            abs(a - b) <= _NEAR for a, b in zip(self.edges, other.edges, strict=True)
        )

    def join(self, other: Sheet) -> None:
        """Take the rows of the next page: without a repeated header, and with a row that the break cut made whole."""
        rows = list(other.grid)
        if rows and self.grid and repeats(_texts(rows[0]), _texts(self.grid[0])):
            rows = rows[1:]
        if rows and self.grid and _is_rest(rows[0], self.grid):
            self.grid[-1] = [_both(a, b) for a, b in zip(self.grid[-1], rows.pop(0), strict=True)]
        self.grid += rows


def ruled(page: Any, words: list[Word]) -> list[tuple[Sheet, set[int]]]:
    """Return the tables that have rules, each with the indexes of the words that it holds."""
    found = []
    for table in page.find_tables():
        columns = sorted({cell[0] for cell in table.cells})
        held = {n for cell in table.cells for n in _inside(words, cell)}
        grid = spread(_ruled_rows(table, columns, words))
        used = [n for n in range(len(columns)) if any(row[n].text and not row[n].again for row in grid)]
        if len(used) > 1:
            kept = [[row[n] for n in used] for row in grid]
            found.append((Sheet(table.bbox, tuple(columns[n] for n in used), kept), held))
    return found


def _ruled_rows(table: Any, columns: list[float], words: list[Word]) -> Iterator[list[Cell]]:
    """Yield the rows of cells as they are drawn: one that spans columns or rows once, with its spans."""
    tops = [min(cell[1] for cell in row.cells if cell) for row in table.rows]
    for row, top in zip(table.rows, tops, strict=True):
        begins = {cell[0]: cell for cell in row.cells if cell}
        cells = []
        for x in columns:
            if box := begins.get(x):
                wide = sum(box[0] - 1 < edge < box[2] - 1 for edge in columns)
                down = sum(box[1] - 1 < edge < box[3] - 1 for edge in tops)
                cells.append(replace(cell_of([words[n] for n in _inside(words, box)]), wide=wide, down=down))
            elif not any(c[0] - 1 < x < c[2] - 1 and c[1] - 1 < top < c[3] - 1 for c in table.cells):
                cells.append(Cell(""))
        yield cells


def _inside(words: list[Word], box: Box) -> list[int]:
    return [n for n, word in enumerate(words) if _within(word, box)]


def _within(word: Word, box: Box) -> bool:
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def cell_of(words: list[Word]) -> Cell:
    """Return the cell that words make."""
    rows = lines(words)
    return Cell(
        wrapped([row.text for row in rows]),
        tuple(dict.fromkeys(link for row in rows for link in row.links)),
        bold=bool(rows) and all(row.bold for row in rows),
    )


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _is_rest(row: list[Cell], above: list[list[Cell]]) -> bool:
    """Whether a row is what a page break left of the one before: it has no first cell where all others have one, or the
    first cell before is cut within its quotes.
    """
    before = above[-1]
    if not row[0].text:
        return bool(before[0].text) and all(one[0].text for one in above[1:]) and any(cell.text for cell in row)
    opened = before[0].text.count("‘") - before[0].text.count("’")
    return opened > 0 and not MODIFICATION.match(row[0].text)


def _both(above: Cell, below: Cell) -> Cell:
    return Cell(wrapped([t for t in (above.text, below.text) if t]), above.links + below.links, bold=above.bold)


def rows(sheet: Sheet, number: int) -> list[Block]:
    """Return the rows of a table as blocks; `number` is the table's."""
    table = Table(sheet.grid)
    blocks = [_row(row, table, number) for row in table.rows]
    if not blocks and table.header:
        return [Block("row", " | ".join(table.header), cells=table.header, header=table.header, table=number)]
    return blocks


def _row(row: list[Cell], table: Table, number: int) -> Block:
    if table.across(row) and not MODIFICATION.search(row[0].text):
        return Block("heading", row[0].text, level=6)
    text = " ".join(" | ".join(cell.text for cell in row if not cell.again).split())
    links = tuple(dict.fromkeys(link for cell in row for link in cell.links))
    cells = tuple(cell.text for cell in row)
    return Block("row", text, cells=cells, header=table.header, table=number, links=links)
