"""Plain text whose columns stand below one another → tables, as the white between the columns of a PDF shows them.

`pdftotext -layout` and its like put each word about where the page has it. A character is taken for so many points, a
line for so many, and the same eye reads both. What such extractions lose is the exact place of a narrow column: a tick
can stand in the words beside it, a heading beside its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from watchers.outline.grid import Cell, Table
from watchers.outline.sheet import Sheet
from watchers.outline.typeset import Line, Word
from watchers.outline.unruled import NAMES_A_ROW, columns, shown_twice, unruled
from watchers.outline.words import tidy

_CHARACTER = 9.0
"""Points: white of one character parts columns, where no line has words with a single space between them there."""
_MOST_LINES = 3000
"""Lines of a text in which tables are looked for; the longest paper of the field has some 2,500."""
_LONGEST_LINE = 400
"""Characters of a line that can hold cells."""
_LONGEST_PAGE = 80
"""Lines of a page, after which another begins at the next row."""
_WIDE_WHITE = 3 * _CHARACTER
_SIZE = 10.0
_PITCH = 12.0
_EMPTY_LINE = 6.0
_APART = 30.0
"""Points of white that no table's rows have between them."""
_PAGE = 1000.0
_ALIGNED = 0.6
"""The part of cells that begin at the same place as others of their column, and with wide white before, at least."""
_WIDE = re.compile(r"\S {2,}\S")
_TICK = r"[✓✔☑✅✗✘\uf0fc]\d{0,2}(?!\S)"
_PIECE = re.compile(rf"{_TICK}|\S+(?: (?!{_TICK})\S+)*")
_NUMBERED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]\w*(?: \S+)*\s*$")
"""A numbered heading: no table goes on over one."""
_MARKS = re.compile(r"(?:(?<=\s)|^)(?:[✓✗]|TBC|TBD)\d{0,2}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as it is printed: with its spaces; `gap`: below an empty line, `page`: the number of its page."""

    raw: str
    gap: bool
    page: int


def tables(printed: Sequence[Printed]) -> list[tuple[Sheet, int, int]]:
    """Return the tables, each with the lines that it takes: from, to (not included). One that goes on over a page is
    one table.
    """
    if len(printed) > _MOST_LINES or sum(bool(_WIDE.search(line.raw.strip())) for line in printed) < 2:
        return []
    found: list[tuple[Sheet, int, int]] = []
    printed = list(_paged(printed))
    lines = list(_set(printed))
    for sheet, start, end in unruled(lines, _headed):
        if not _are_apart(lines[start:end], sheet.edges) or _are_mixed(sheet.grid[0]):
            continue
        last = found[-1] if found else None
        over = last is not None and last[2] == start and printed[start].page > printed[start - 1].page
        if last and over and len(last[0].edges) == len(sheet.edges):
            last[0].join(sheet)
            found[-1] = (last[0], last[1], end)
        else:
            found.append((sheet, start, end))
    return [(_ticked(sheet), start, end) for sheet, start, end in found]


def _paged(printed: Iterable[Printed]) -> Iterator[Printed]:
    """Break pages without end where a row begins: how cells may stand is tried out page by page."""
    page = added = lines = 0
    for line in printed:
        lines = 0 if line.page != page else lines + 1
        page = line.page
        if lines > _LONGEST_PAGE and (lines > 2 * _LONGEST_PAGE or NAMES_A_ROW.match(line.raw.lstrip())):
            added, lines = added + 1, 0
        yield replace(line, page=line.page + added)


def _set(printed: Sequence[Printed]) -> Iterator[Line]:
    """Set lines as they may have stood: two that share no column can be neighbours at half a line's height."""
    top, above = 0.0, Printed("", gap=False, page=0)
    for line in printed:
        beside = not line.gap and not _overlap(above.raw, line.raw)
        tabbed = any("\t" in one.raw.strip() for one in (line, above))  # tabs part cells by themselves
        alone = tabbed or len(line.raw) > _LONGEST_LINE
        if alone or line.page != above.page or (line.gap and _NUMBERED.match(line.raw)):
            top += _PAGE
        else:
            top += _PITCH / 2 if beside else _PITCH + (_APART if _is_left(line, above) else _EMPTY_LINE * line.gap)
        above = line
        words = tuple(_words(line.raw.expandtabs(), top))
        yield Line(words, words[0].x0, words[-1].x1, top, top + _SIZE, _SIZE, False, tidy(line.raw))  # noqa: FBT003


def _is_left(line: Printed, above: Printed) -> bool:
    """Whether a table whose rows follow one another without empty lines is left below one: by words that stand alone at
    the margin and name no row, however short.
    """
    alone = not line.raw[:1].isspace() and len(_PIECE.findall(line.raw.expandtabs())) == 1
    return line.gap and not above.gap and alone and not NAMES_A_ROW.match(line.raw)


def _overlap(above: str, below: str) -> bool:
    if max(len(above), len(below)) > _LONGEST_LINE:
        return True
    stretches = [[m.span() for m in _PIECE.finditer(raw.expandtabs())] for raw in (above, below)]
    return any(a < d and c < b for a, b in stretches[0] for c, d in stretches[1])


def _words(raw: str, top: float) -> Iterator[Word]:
    """Yield the pieces of a line that two spaces part; a tick is a piece."""
    whole = re.finditer(r"\S.*", raw) if len(raw) > _LONGEST_LINE else _PIECE.finditer(raw)
    for match in whole:
        x0, x1 = match.start() * _CHARACTER, match.end() * _CHARACTER
        yield Word(tidy(match[0]) or match[0], x0, x1, top, top + _SIZE, _SIZE, False)  # noqa: FBT003


def _headed(rows: Sequence[Line], edges: list[float]) -> list[float]:
    """Return columns less those without a heading that hold ticks or few words: they are of the column before, as it is
    set to both margins or a tick's place was lost.
    """
    begins = next((n for n, row in enumerate(rows) if NAMES_A_ROW.match(row.text) and row.words[0].x0 < edges[1]), 0)
    parted = [columns(row, edges) for row in rows[:begins]]
    headed = [any(row[n] for row in parted) for n in range(len(edges))]
    if sum(headed) < 2:
        return shown_twice(rows, edges)
    kept = edges[:1]
    for n, edge in enumerate(edges[1:], 1):
        cells = [words for row in rows[begins:] if (words := columns(row, edges)[n])]
        stray = all(_MARKS.fullmatch(word.text) for words in cells for word in words)
        if headed[n] or not (stray or len(cells) * 4 < len(rows)):
            kept.append(edge)
    return kept


def _are_apart(rows: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether most cells stand below one another, with wide white before them: the spaces of a line that is set to both
    margins, or that stand for an empty cell, part columns too, but not so.
    """
    met = apart = total = 0
    for n in range(1, len(edges)):
        cells = [words for row in rows if (words := columns(row, edges)[n])]
        met += max(_met([cell[0].x0 for cell in cells]), _met([(cell[0].x0 + cell[-1].x1) / 2 for cell in cells]))
        total += len(cells)
    for row in rows:
        for above, word in zip((None, *row.words), row.words, strict=False):
            before = above.x1 if above else edges[0]
            apart += word.x0 - before >= _WIDE_WHITE and word.x0 >= edges[1]
    return met >= max(total * _ALIGNED, 2) and apart >= max(total * _ALIGNED, 2)


def _are_mixed(headings: Sequence[Cell]) -> bool:
    """Whether headings of several columns could not be told apart."""
    return "?" in headings[0].text or any(
        heading.text.count("?") > 1 or len(re.findall(r"\bImpacts?\b", heading.text)) > 1 for heading in headings
    )


def _met(places: Sequence[float]) -> int:
    return max((sum(abs(x - place) <= _CHARACTER for x in places) for place in places), default=0)


def _ticked(sheet: Sheet) -> Sheet:
    """Take ticks out of rows' names, into the columns of ticks before the first that is filled where they just fit.

    Where all of one tick that fit are of one column, so is one that could be of several.
    """
    header = Table(sheet.grid).header
    told = [n for n in range(1, len(header)) if header[n].endswith("?")]
    unsure: list[tuple[list[Cell], str]] = []
    fitted: set[int] = set()
    for row in sheet.grid if told else ():
        marks = _MARKS.findall(row[0].text)
        row[0] = replace(row[0], text=tidy(_MARKS.sub("", row[0].text)))
        empty = _empty(row, told)
        if marks and len(empty) == len(marks):
            fitted.update(empty)
            _fill(row, empty, marks)
        elif len(marks) == 1 and empty:
            unsure.append((row, marks[0]))
    for row, mark in unsure if len(fitted) == 1 else ():
        _fill(row, fitted, [mark])
    return sheet


def _empty(row: Sequence[Cell], columns: Iterable[int]) -> list[int]:
    """Return the columns before the first that is filled."""
    return list(takewhile(lambda n: not row[n].text, columns))


def _fill(row: list[Cell], places: Iterable[int], marks: Iterable[str]) -> None:
    for n, mark in zip(places, marks, strict=True):
        row[n] = replace(row[n], text=mark)
