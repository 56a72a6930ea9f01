"""Rows of a table without rules: which lines of each column stand in one row.

Only white parts such a table, and a cell of one line stands beside one of five at its top, its middle or its foot, as
the table was set. The first column tells where rows begin (an id, a part, more white above than within a cell); the
lines of the others are shared out in their order, so that each cell stands as level with its row's first cell as can
be, in the one setting that fits the whole table best.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf


@dataclass(frozen=True, slots=True)
class Span:
    """Where a line stands: its top and bottom, in whatever unit the page has."""

    top: float
    bottom: float


Row = list[list[int]]
"""For each column the numbers of the lines that stand in the row."""

_SETTINGS: tuple[Callable[[float, float], float], ...] = (
    lambda top, _bottom: top,
    lambda top, bottom: (top + bottom) / 2,
    lambda _top, bottom: bottom,
)
_WITHIN = 1.3
"""The step from line to line within a cell, in parts of the smallest, at most."""
_FARTHEST = 2.2
"""The step from line to line within a cell, in lines, at most: where no cell has two lines the smallest is larger."""
_EMPTY = 1.0
"""What an empty cell costs, in lines: less than to stand where another row's cell would."""
_REST = 0.1
"""What a line that stands above the first row costs, in lines: another setting that fits as well is likelier."""
_ASTRAY = 6
"""So far from level, in lines, no cell stands: what is farther needn't be tried."""
_TALLEST = 60
"""Lines of a cell, at most."""
_LEFT_BEHIND = 3 * _ASTRAY
"""What stands so far above a row, in lines, is of one above it."""
_LOOSE = 0.45
"""So far from level, in lines, cells of a table may stand on average; beyond it the table can't be read."""


def rows(columns: Sequence[Sequence[Span]], begins: Sequence[int]) -> list[Row] | None:
    """Return the rows of a table.

    `columns` are the lines of each column from top to bottom, `begins` the numbers of the first column's lines with
    which a row begins. None where no setting fits. The first row has no first cell where lines stand above it: what a
    page break left of the row before.
    """
    heights = [span.bottom - span.top for column in columns for span in column]
    if not heights or not begins:
        return None
    line = sorted(heights)[len(heights) // 2]
    first = _cut(len(columns[0]), begins)
    tried = [_set(columns, first, setting, line) for setting in _SETTINGS]
    off, found = min(tried, key=lambda one: one[0] + _REST * line * _empty(one[1]))
    cells = sum(bool(cell) for row in found for cell in row[1:])
    return found if off <= _LOOSE * line * max(cells, 1) else None


def _empty(found: Sequence[Row]) -> int:
    """Return how many cells are empty: of settings that fit alike the one with the fewest is likelier."""
    return sum(not cell for row in found for cell in row)


def _cut(length: int, begins: Sequence[int]) -> list[range]:
    return [range(start, end) for start, end in pairwise([*begins, length])]


def _set(
    columns: Sequence[Sequence[Span]], first: Sequence[range], level: Callable[[float, float], float], line: float
) -> tuple[float, list[Row]]:
    """Return how far from level the columns' cells stand in one setting, and the rows that it makes."""
    keys = [level(columns[0][cell[0]].top, columns[0][cell[-1]].bottom) for cell in first]
    found: list[Row] = [[[] for _ in columns] for _ in range(len(first) + 1)]
    for row, cell in zip(found[1:], first, strict=True):
        row[0] = list(cell)
    off = 0.0
    for number, column in enumerate(columns[1:], 1):
        shares = _shared(column, keys, level, line)
        if shares is None:
            return inf, found
        for row, share in zip(found, shares, strict=True):
            row[number] = list(share)
        off += sum(
            abs(level(column[share[0]].top, column[share[-1]].bottom) - key)
            for key, share in zip(keys, shares[1:], strict=True)
            if share
        )
        off += len(shares[0]) * _REST * line
    return off, found if any(found[0]) else found[1:]


def _shared(
    column: Sequence[Span], keys: Sequence[float], level: Callable[[float, float], float], line: float
) -> list[range] | None:
    """Share a column's lines out among the rows, in order, at the least cost, what a page break left first; None where
    they can't be.
    """
    rest = _rest(column, keys, line) if level is _SETTINGS[0] else 0
    ends = _ends(column, line)
    costs = [inf] * (len(column) + 1)
    costs[rest] = 0.0
    begun: list[list[int]] = []
    for key in keys:
        costs, starts = _further(column, costs, ends, key, level, line)
        begun.append(starts)
    if costs[len(column)] == inf:
        return None
    shares: list[range] = []
    end = len(column)
    for starts in reversed(begun):
        shares.append(range(starts[end], end))
        end = starts[end]
    return [range(rest), *reversed(shares)]


def _ends(column: Sequence[Span], line: float) -> list[int]:
    """Return for each line where a cell that begins with it ends at the latest."""
    steps = [below.top - above.top for above, below in pairwise(column)]
    longest = min(min(steps, default=0.0) * _WITHIN, line * _FARTHEST)
    ends = [len(column)] * len(column)
    for start in range(len(column) - 2, -1, -1):
        ends[start] = start + 1 if steps[start] > longest else ends[start + 1]
    return [min(end, start + _TALLEST) for start, end in enumerate(ends)]


def _further(
    column: Sequence[Span],
    costs: Sequence[float],
    ends: Sequence[int],
    key: float,
    level: Callable[[float, float], float],
    line: float,
) -> tuple[list[float], list[int]]:
    """Return what it costs at least to have shared out so many lines when one more row has its cell, and with which
    line that begins. `costs`: what it did without the row.
    """
    found, starts = [inf] * len(costs), [0] * len(costs)
    astray, behind, by_top = line * _ASTRAY, key - line * _LEFT_BEHIND, level is _SETTINGS[0]
    for start, spent in enumerate(costs):
        if spent == inf or (start < len(column) and column[start].top < behind):
            continue
        if spent + _EMPTY * line < found[start]:
            found[start], starts[start] = spent + _EMPTY * line, start
        top = column[start].top if start < len(column) else inf
        if abs(top - key) > astray and (by_top or top > key):
            continue  # whatever its height the cell is astray
        for end in range(start + 1, ends[start] + 1):
            off = (top if by_top else level(top, column[end - 1].bottom)) - key
            if off > astray:
                break
            if off >= -astray and spent + abs(off) < found[end]:
                found[end], starts[end] = spent + abs(off), start
    return found, starts


def _rest(column: Sequence[Span], keys: Sequence[float], line: float) -> int:
    """Return how many lines stand wholly above the first row's top."""
    return sum(span.bottom <= keys[0] + line * 0.2 for span in column)
