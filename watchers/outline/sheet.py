"""Tables of a PDF: by their ruled lines, or by the white between their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.domain.identifiers import MODIFICATION
from watchers.outline.grid import Cell, spread
from watchers.outline.header_row import repeats
from watchers.outline.typeset import Box, Line, Word, lines, wrapped

_NEAR = 6.0
"""Points by which the columns of a table that goes on may be off."""
_GUTTER = 9.0
"""Points of white between two columns without rules, at least."""
_NARROWEST = 5.0
"""Points of white that must stay between them over all lines."""
_FEWEST_LINES = 3


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
                cells.append(replace(_cell([words[n] for n in _inside(words, box)]), wide=wide, down=down))
            elif not any(c[0] - 1 < x < c[2] - 1 and c[1] - 1 < top < c[3] - 1 for c in table.cells):
                cells.append(Cell(""))
        yield cells


def _inside(words: list[Word], box: Box) -> list[int]:
    return [n for n, word in enumerate(words) if _within(word, box)]


def _within(word: Word, box: Box) -> bool:
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _cell(words: list[Word]) -> Cell:
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


# --- without rules ---------------------------------------------------------------------------------------------------


def unruled(rows: list[Line]) -> list[tuple[Sheet, int, int]]:
    """Return the tables that only white parts into columns, each with the lines it takes: from, to (not included)."""
    found = []
    start = 0
    while start < len(rows):
        edges, end = _run(rows, start)
        if _is_table(rows[start:end], edges):
            found.append((_sheet(rows[start:end], edges), start, end))
            start = end
        else:
            start += 1
    return found


def _run(rows: list[Line], start: int) -> tuple[list[float], int]:
    """Follow the white of a line downwards for as long as no line crosses it.

    Return the left edges of the columns that it parts, and the line where it ends.
    """
    inked = _merged([(word.x0, word.x1) for word in rows[start].words], _GUTTER)
    end, widest = start + 1, rows[start].size * 0.8
    while len(inked) > 1 and end < len(rows):
        step = rows[end].top - rows[end - 1].bottom
        wider = _merged([*inked, *((word.x0, word.x1) for word in rows[end].words)], _NARROWEST)
        if step > widest * 1.6 or len(wider) < len(inked) or _crosses(wider, inked):
            break
        inked, end, widest = wider, end + 1, max(widest, step)
    return [x0 for x0, _ in inked], end


def _merged(stretches: list[tuple[float, float]], apart: float) -> list[tuple[float, float]]:
    """Join stretches that lie less than `apart` from one another."""
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(stretches):
        if merged and x0 - merged[-1][1] < apart:
            merged[-1] = (merged[-1][0], max(x1, merged[-1][1]))
        else:
            merged.append((x0, x1))
    return merged


def _crosses(wider: list[tuple[float, float]], inked: list[tuple[float, float]]) -> bool:
    """Whether some white between two columns is gone: one stretch now covers what were two."""
    return any(sum(x0 <= middle <= x1 for middle in ((a + b) / 2 for a, b in inked)) > 1 for x0, x1 in wider)


def _is_table(rows: list[Line], edges: list[float]) -> bool:
    """Whether lines are a table: several have several columns, and the first holds more than bullets and numbers."""
    if len(edges) < 2 or len(rows) < _FEWEST_LINES:
        return False
    several = sum(sum(bool(column) for column in _columns(line, edges)) > 1 for line in rows)
    words = sum(any(re.search(r"[A-Za-z]{2}", word.text) for word in _columns(line, edges)[0]) for line in rows)
    return several >= _FEWEST_LINES and several * 3 >= len(rows) and words * 3 >= len(rows)


def _sheet(rows: list[Line], edges: list[float]) -> Sheet:
    grid: list[list[list[Word]]] = []
    steps = [below.top - above.top for above, below in pairwise(rows)]
    for n, line in enumerate(rows):
        columns = _columns(line, edges)
        if not grid or _begins(columns, grid[-1], steps[n - 1], steps):
            grid.append(columns)
        else:
            grid[-1] = [above + below for above, below in zip(grid[-1], columns, strict=True)]
    box = (edges[0], rows[0].top, max(line.x1 for line in rows), rows[-1].bottom)
    return Sheet(box, tuple(edges), [[_cell(words) for words in row] for row in grid])


def _columns(line: Line, edges: Sequence[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in edges]
    for word in line.words:
        columns[max(n for n, edge in enumerate(edges) if word.x0 >= edge - 1 or n == 0)].append(word)
    return columns


def _begins(columns: list[list[Word]], above: list[list[Word]], step: float, steps: list[float]) -> bool:
    """Whether a line begins a row: there is more white above it than within rows, or its first column begins anew."""
    middle = (min(steps) + max(steps)) / 2
    wide = [one for one in steps if one > middle]
    if max(steps) > min(steps) * 1.25 and (len(wide) > 1 or len(steps) < 4):
        return step > middle
    first, before = (" ".join(word.text for word in column[0]) for column in (columns, above))
    if not first or before.count("‘") > before.count("’"):
        return False
    return bool(MODIFICATION.match(first)) or (any(columns[1:]) and not re.match(r"[a-z(\-–]", first))
