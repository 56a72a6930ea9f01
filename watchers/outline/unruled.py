"""Tables of a PDF without rules: the white between their columns shows them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise
from math import inf

from bot.domain.identifiers import MODIFICATION
from watchers.outline import align
from watchers.outline.align import Span
from watchers.outline.header_row import is_header
from watchers.outline.sheet import Sheet, cell_of
from watchers.outline.typeset import Line, Word, wrapped
from watchers.phrases.titles import QUOTES, quoted

_GUTTER = 9.0
"""Points of white between two columns without rules, at least."""
_NARROWEST = 5.0
"""Points of white that must stay between them over all lines."""
_MOST_COLUMNS = 40
_FEWEST_LINES = 3
_ALIGNED = 2.0
"""Points by which words that begin a column's lines may be off."""
_MOST_LOOKS = 12
"""Lines that are followed downwards for each line of a page, in search of tables: a page of the field takes two."""


_Edges = list[float]


def unruled(
    rows: list[Line], chosen: Callable[[Sequence[Line], _Edges], _Edges] | None = None
) -> list[tuple[Sheet, int, int]]:
    """Return the tables that only white parts into columns, each with the lines it takes: from, to (not included).

    `chosen` picks the columns of those that white shows: those that several lines show, where it isn't given. A line
    that begins no table is left for the next; on a page that is all but tables, for the one where its white ends.
    """
    found = []
    start = ended = looked = 0
    while start < len(rows):
        inked, end = _run(rows, start)
        looked += end - start
        top = _raised(rows, start, ended, inked)
        inked = _merged([*inked, *((line.x0, line.x1) for line in rows[top:start])], 0)
        edges = [x0 for x0, _ in inked]
        if 1 < len(edges) <= _MOST_COLUMNS:
            edges = (chosen or shown_twice)(rows[top:end], edges)
        if _is_table(rows[top:end], edges):
            found.append((_sheet(rows[top:end], edges), top, end))
            start = ended = end
        else:
            start = start + 1 if looked <= len(rows) * _MOST_LOOKS else end
    return found


_Stretch = tuple[float, float]


def _run(rows: list[Line], start: int) -> tuple[list[_Stretch], int]:
    """Follow the white of a line downwards until a line crosses it.

    Return the columns that it parts, and the line where it ends. White that only one line shows is a gap between words
    of a line that is set to both margins: another line may cross that.
    """
    first = [(word.x0, word.x1) for word in rows[start].words]
    inked = _merged(first, _NARROWEST if len(_merged(first, _GUTTER)) > 1 else inf)
    end, widest, usual = start + 1, rows[start].size * 0.8, 0.0
    while len(inked) > 1 and end < len(rows):
        step = rows[end].top - rows[end - 1].bottom
        wider = _inked(inked, rows[end])
        if len(wider) < len(inked) and end - start > 1 and step > usual * 1.3:
            break
        if step > widest * 1.6 or len(wider) < 2 or _crosses(wider, inked, rows, start, end):
            break
        inked, end, widest, usual = wider, end + 1, max(widest, step), max(usual, step)
    return inked, end


def _inked(inked: list[_Stretch], line: Line) -> list[_Stretch]:
    """Return the stretches that a line leaves of those above it: the same ones where its words stand within them."""
    outside = [(word.x0, word.x1) for word in line.words if not _stands_within(word, inked)]
    return _merged([*inked, *outside], _NARROWEST) if outside else inked


def _stands_within(word: Word, inked: Sequence[_Stretch]) -> bool:
    at = bisect_right(inked, (word.x0, inf)) - 1
    return at >= 0 and word.x1 <= inked[at][1]


def shown_twice(rows: Sequence[Line], edges: _Edges) -> _Edges:
    """Return columns less those that a single line shows: these are words of the column before."""
    parted = [columns(line, edges) for line in rows]
    shown = [sum(bool(line[n]) for line in parted) for n in range(len(edges))]
    return [edge for n, edge in enumerate(edges) if n == 0 or shown[n] > 1]


def _merged(stretches: list[_Stretch], apart: float) -> list[_Stretch]:
    """Join stretches that lie less than `apart` from one another."""
    merged: list[_Stretch] = []
    for x0, x1 in sorted(stretches):
        if merged and x0 - merged[-1][1] < apart:
            merged[-1] = (merged[-1][0], max(x1, merged[-1][1]))
        else:
            merged.append((x0, x1))
    return merged


def _crosses(wider: list[_Stretch], inked: list[_Stretch], rows: Sequence[Line], start: int, end: int) -> bool:
    """Whether white between two columns is gone of which several lines above show that a column stands behind it: they
    begin at its left edge, or are ticks in it.
    """
    if wider is inked:
        return False
    joined = [stretch for a, b in wider for stretch in [one for one in inked if a <= one[0] <= b][1:]]
    return any(_are_columns(x0, x1, rows[start:end]) for x0, x1 in joined)


def _are_columns(x0: float, x1: float, above: Iterable[Line]) -> bool:
    """Whether several lines show that a column stands there."""
    standing = (line for line in above if any(_stands_in(word, x0, x1) for word in line.words))
    return next(islice(standing, _FEWEST_LINES - 1, None), None) is not None


def _stands_in(word: Word, x0: float, x1: float) -> bool:
    return abs(word.x0 - x0) <= _ALIGNED or (x0 <= word.x0 and word.x1 <= x1 and bool(_MARK.fullmatch(word.text)))


_MARK = re.compile(r"(?:[✓✗]|TBC|TBD|Yes|No|N/A)\d{0,2}")
"""What stands about the middle of its column."""


def _raised(rows: Sequence[Line], start: int, ended: int, columns: Sequence[_Stretch]) -> int:
    """Return where a table begins whose headings stand in the middle or at the foot of their row: at the lines above it
    that keep to the white around one column but the first.
    """
    bounds = [(a[1], c[0]) for a, c in zip(columns, [*columns[2:], (inf, inf)], strict=False)]
    while start > ended and rows[start].top - rows[start - 1].bottom < rows[start].size * 0.8:
        line = rows[start - 1]
        if not any(x0 < line.x0 and line.x1 < x1 for x0, x1 in bounds):
            break
        start -= 1
    return start


def _is_table(rows: list[Line], edges: list[float]) -> bool:
    """Whether lines are a table: several have several columns, and the first holds rows' names or at least words."""
    if not 1 < len(edges) <= _MOST_COLUMNS or len(rows) < _FEWEST_LINES:
        return False
    parted = [columns(line, edges) for line in rows]
    first = [words for words, *_ in parted if words]
    several = sum(sum(map(bool, line)) > 1 for line in parted)
    named = sum(bool(NAMES_A_ROW.match(_said(words))) for words in first)
    if named > 1 or (named and _is_headed(rows, edges)):
        return True
    worded = sum(any(re.search(r"[A-Za-z]{2}", word.text) for word in words) for words in first)
    return several >= _FEWEST_LINES and several * 4 >= len(rows) and worded * 2 >= len(first) and len(first) > 1


def _is_headed(rows: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether the first of several rows names the columns."""
    said = [[wrapped([word.text for word in words]) for words in row] for row in _level(rows, edges) or []]
    return len(said) > 1 and is_header(said[0], said[1:])


def _sheet(rows: list[Line], edges: list[float]) -> Sheet:
    box = (edges[0], min(row.top for row in rows), max(line.x1 for line in rows), rows[-1].bottom)
    grid = _level(rows, edges) or _stepped(rows, edges)
    return Sheet(box, tuple(edges), [[cell_of(words) for words in row] for row in grid])


_Grid = list[list[list[Word]]]


def _level(rows: Sequence[Line], edges: Sequence[float]) -> _Grid | None:
    """Return the rows of a table whose first column tells where they begin, None where it doesn't."""
    down: list[list[list[Word]]] = [[] for _ in edges]
    for line in rows:
        for column, words in zip(down, columns(line, edges), strict=True):
            if words:
                column.append(words)
    spans = [[Span(min(w.top for w in words), max(w.bottom for w in words)) for words in lines] for lines in down]
    found = align.rows(spans, begins([_said(words) for words in down[0]], spans[0]))
    if found is None:
        return None
    return [[[word for n in cell for word in lines[n]] for cell, lines in zip(row, down, strict=True)] for row in found]


def _said(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def begins(first: Sequence[str], spans: Sequence[Span]) -> list[int]:
    """Return the lines of a first column with which rows begin; none where it holds no ids and no parts."""
    named = [bool(NAMES_A_ROW.match(text)) for text in first]
    if not any(named):
        return []
    steps = [below.top - above.top for above, below in pairwise(spans)]
    usual = min(steps, default=0.0)
    titled = next((n for n, text in enumerate(first) if NAMES_A_ROW.match(text)), 0)
    found: list[int] = []
    for n, text in enumerate(first):
        apart = n > titled and steps[n - 1] > usual * 1.25 and not re.match(r"[a-z(–-]", text)
        if n == 0 or ((named[n] or apart) and not _is_open(" ".join(first[found[-1] : n]))):
            found.append(n)
    return found


def _is_open(name: str) -> bool:
    """Whether a row's name has a title that has not been closed yet."""
    match = NAMES_A_ROW.match(name)
    return bool(match and re.match(rf"[A-D]?\s*[{QUOTES}]", name[match.end() :]) and not quoted(name, match.end()))


NAMES_A_ROW = re.compile(
    rf"{MODIFICATION.pattern}|CRP?\s?\d{{3,5}}\b|CRTBC|"
    r"(?:SEC )?(?:Sections?|Schedules?|Appendix|Appendices) [A-Z\d]{1,2}\b"
)
"""What a row's first cell begins with, where it begins with a name of the field."""


def _stepped(rows: list[Line], edges: list[float]) -> _Grid:
    """Return rows as the white above their lines and what begins anew in the first column tell them apart."""
    grid: _Grid = []
    steps = [below.top - above.top for above, below in pairwise(rows)]
    for n, line in enumerate(rows):
        parted = columns(line, edges)
        if not grid or _begins(parted, grid[-1], steps[n - 1], steps):
            grid.append(parted)
        else:
            grid[-1] = [above + below for above, below in zip(grid[-1], parted, strict=True)]
    return grid


def columns(line: Line, edges: Sequence[float]) -> list[list[Word]]:
    """Return the words of a line by the columns in which they begin."""
    found: list[list[Word]] = [[] for _ in edges]
    for word in line.words:
        found[max(bisect_right(edges, word.x0 + 1) - 1, 0)].append(word)
    return found


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
