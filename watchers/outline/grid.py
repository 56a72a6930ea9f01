"""A table as a grid: what spans rows or columns stands in each of them, and the header is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.claims import Link
from watchers.outline.header_row import is_header, repeats

WIDEST = 200
"""Columns of a table that are read."""
MOST_CELLS = 100_000
"""Cells that a table may be spread to; the largest of the field has some 2,000. Of a thousand that span two hundred
columns and a thousand rows each would stand in two hundred thousand places."""
_TOO_MANY = f"A table spreads over more than {MOST_CELLS:,} cells."


class TooManyCells(Exception):
    """A table would be spread to more cells than are read; the message says so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, how far it spans, how it is marked. `again`: it stands here because it spans columns."""

    text: str
    links: tuple[Link, ...] = ()
    down: int = 1
    wide: int = 1
    heads: bool = False
    head_row: bool = False
    bold: bool = False
    again: bool = False


def spread(rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Return rows in which every column has its cell: one that spans is repeated, a missing one is empty.

    Raises:
        TooManyCells: they span too much.
    """
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    left = MOST_CELLS
    for row in rows:
        full = _filled(row, hanging)
        left -= len(full)
        if left < 0:
            raise TooManyCells(_TOO_MANY)
        if full:
            grid.append(full)
    width = max((len(row) for row in grid), default=0)
    if width * len(grid) > MOST_CELLS:
        raise TooManyCells(_TOO_MANY)
    return [row + [Cell("")] * (width - len(row)) for row in grid]


def _filled(row: Sequence[Cell], hanging: dict[int, tuple[Cell, int]]) -> list[Cell]:
    """Return a row with what hangs into it from above, and note what hangs from it."""
    full: list[Cell] = []
    given = iter(row)
    cell = next(given, None)
    while (cell is not None or len(full) in hanging) and len(full) < WIDEST:
        column = len(full)
        if column in hanging:
            above, left = hanging.pop(column)
            full.append(above)
            if left > 1:
                hanging[column] = (above, left - 1)
            continue
        if cell is None:
            break
        for n in range(cell.wide):
            if len(full) in hanging or len(full) >= WIDEST:
                break
            copy = replace(cell, again=True) if n else cell
            if cell.down > 1:
                hanging[len(full)] = (copy, cell.down - 1)
            full.append(copy)
        cell = next(given, None)
    return full


class Table:
    """A grid with its header told from its rows. `title`: what stands across all columns above their headings."""

    def __init__(self, grid: list[list[Cell]]) -> None:
        """Find the header: marked as such, or the first row where it names columns."""
        heads = _marked(grid) or _unmarked(grid)
        across = [heads > 1 and self.across(row) for row in grid[:heads]]
        self.title = " ".join(row[0].text for row, above in zip(grid, across, strict=False) if above)
        self.header = _joined([row for row, above in zip(grid, across, strict=False) if not above])
        self.rows = [row for row in grid[heads:] if any(c.text for c in row) and not repeats(_texts(row), self.header)]

    def across(self, row: list[Cell]) -> bool:
        """Whether one cell goes across all columns: a title for the rows below."""
        return len(row) > 1 and not row[0].again and all(cell.again for cell in row[1:]) and row[0].wide > 1


def _marked(grid: list[list[Cell]]) -> int:
    """Return how many rows at the top are marked as the header."""
    heads = 0
    for row in grid:
        if not all(cell.head_row or cell.heads or not cell.text for cell in row) or not any(
            cell.head_row or cell.heads for cell in row
        ):
            break
        if len(row) == 1 and not row[0].head_row and heads:
            break
        heads += 1
    return heads if heads < len(grid) or all(cell.head_row or cell.heads for row in grid for cell in row) else 0


def _unmarked(grid: list[list[Cell]]) -> int:
    if not grid or any(cell.heads for cell in grid[0]):
        return 0
    bold = _all_bold(grid[0]) and not any(_all_bold(row) for row in grid[1:])
    return int(is_header(_texts(grid[0]), [_texts(row) for row in grid[1:]], bold=bold))


def _all_bold(row: list[Cell]) -> bool:
    return all(cell.bold for cell in row if cell.text)


def _joined(rows: list[list[Cell]]) -> tuple[str, ...]:
    """Return one heading for each column of a header of several rows: "Impacts" over "DUIS?" is "Impacts DUIS?"."""
    columns = zip(*rows, strict=True)
    return tuple(" ".join(dict.fromkeys(filter(None, (_over(cell, cells[-1]) for cell in cells)))) for cells in columns)


def _over(cell: Cell, foot: Cell) -> str:
    """Return what a cell adds to its column's heading.

    Of "Impacts on the Technical Specifications" over columns with names of their own it is that they are impacts.
    """
    if cell is not foot and cell.text != foot.text and foot.text and (cell.wide > 1 or cell.again):
        return re.sub(r"^(impacts?|affects?)\b.*$", r"\1", cell.text, flags=re.IGNORECASE)
    return cell.text


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]
