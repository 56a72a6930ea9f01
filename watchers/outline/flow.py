"""Lines of a PDF → headings, paragraphs and items, joined across lines and pages as they were written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from watchers.outline import Block
from watchers.outline.typeset import Line, wrapped
from watchers.outline.unruled import unruled

_BULLET = re.compile(r"(?:[•▪‣◦●○■□➢⮚–-]|o(?=\s))\s*(?=\S)|(?:\([a-z]{1,4}\)|\(\d{1,2}\)|[a-z]\)|\d{1,2}\))\s+")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z‘'\"])")
_ENDED = re.compile(r"[.!?:;][’”'\")]*$")
_LONGEST_HEADING = 150
_LARGER = 1.12
"""The size of a heading, in parts of the running text's, at least."""
_USUAL_LEADING = 1.35
_MARGIN = 0.085
"""The margin above and below a page's text, in parts of its height: one inch of A4."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a document is set: the running text's size, its line spacing in parts of that, where its lines end."""

    size: float
    leading: float
    right: float
    headings: tuple[float, ...] = ()

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> Measure:
        """Take the measure of a document."""
        sizes: Counter[float] = Counter()
        for line in (line for page in pages for line in page):
            sizes[line.size] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        rights = sorted(line.x1 for page in pages for line in page if line.size == size)
        right = rights[int(len(rights) * 0.98) - 1] if len(rights) > 1 else 0.0
        bare = cls(size, _USUAL_LEADING, right)
        steps = [
            (below.top - above.top) / size
            for page in pages
            for above, below in pairwise(page)
            if above.size == below.size == size and above.top < below.top and bare.is_full(above, below)
        ]
        larger = sorted({line.size for page in pages for line in page if line.size >= size * _LARGER}, reverse=True)
        return cls(size, median(steps) if steps else _USUAL_LEADING, right, tuple(larger))

    def is_full(self, line: Line, below: Line) -> bool:
        """Whether a line had no room for the first word of the next, so that the break means nothing."""
        return line.x1 + line.size * 0.2 + (below.words[0].x1 - below.words[0].x0) > self.right - line.size * 0.3

    def heading(self, line: Line) -> int:
        """Return the level of the heading that a line is (part of), 0 for none."""
        if len(line.text) > _LONGEST_HEADING or not re.search(r"[^\W\d]", line.text) or _is_item(line):
            return 0
        larger, numbered = line.size >= self.size * _LARGER, _NUMBERED.match(line.text)
        stands_out = larger or (line.bold and line.size >= self.size * 0.95)
        if not stands_out and not (numbered and "." in numbered[1] and len(line.text) <= 80):
            return 0
        if _ENDED.search(line.text) and not larger:
            return 0
        if numbered:
            return min(numbered[1].count(".") + 2, 6)
        return min(self.headings.index(line.size) + 1 if larger else len(self.headings) + 1, 6)


@dataclass(slots=True)
class _Piece:
    """A block that is still growing."""

    lines: list[Line]
    level: int = 0
    item: bool = False
    open: bool = True
    indents: list[float] = field(default_factory=list)


def flow(pages: Sequence[Sequence[Line]], measure: Measure) -> list[tuple[int, float, Block]]:
    """Return the blocks of a document's lines, each with the page and height at which it begins."""
    placed: list[tuple[int, _Piece]] = []
    before: Line | None = None
    for number, page in enumerate(pages):
        new_page = True
        for line in page:
            last = placed[-1][1] if placed else None
            if last and before and _goes_on(last, before, line, measure, new_page=new_page):
                last.lines.append(line)
            else:
                placed.append((number, _Piece([line], measure.heading(line), _is_item(line))))
            before, new_page = line, False
    indents = sorted({round(piece.lines[0].x0 / 4) for _, piece in placed if piece.item})
    return [(number, piece.lines[0].top, _block(piece, indents)) for number, piece in placed]


def _is_item(line: Line) -> bool:
    return bool(_BULLET.match(line.text))


def _goes_on(piece: _Piece, above: Line, line: Line, measure: Measure, *, new_page: bool) -> bool:
    """Whether a line continues the block before it."""
    level = measure.heading(line)
    if _is_item(line) or bool(piece.level) != bool(level) or abs(above.size - line.size) > 1:
        return False
    if new_page:
        return not level and not _ENDED.search(above.text) and measure.is_full(above, line)
    step = (line.top - above.top) / line.size
    if step > max(measure.leading, _USUAL_LEADING if level else 0.0) * 1.25:
        return False
    if level:
        return not _NUMBERED.match(line.text)
    if piece.item and line.x0 > piece.lines[0].x0 + 3:
        return True
    return measure.is_full(above, line)


def _block(piece: _Piece, indents: list[int]) -> Block:
    text = wrapped([line.text for line in piece.lines])
    links = tuple(dict.fromkeys(link for line in piece.lines for link in line.links))
    if piece.level:
        return Block("heading", text, level=piece.level, links=links)
    if piece.item:
        level = indents.index(round(piece.lines[0].x0 / 4)) + 1
        return Block("item", _BULLET.sub("", text, count=1), level=min(level, 6), links=links)
    return Block("paragraph", text, links=links)


def without_furniture(pages: Sequence[tuple[float, list[Line]]], size: float) -> list[list[Line]]:
    """Drop what is repeated at the head and foot of pages, page numbers and small type at the very edge.

    `pages`: each page's height and lines; `size`: that of the document's type. A table's headings are repeated too, at
    the head of each page that it goes on over: what stands in a table is kept.
    """
    kept = [(height, [line for line in page if not _is_at_the_margin(line, height, size)]) for height, page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for height, page in kept:
        seen.update({_furniture_key(line, height) for line in page if _at_the_edge(line, height)})
    return [_without_repeated(page, height, seen) for height, page in kept]


def _without_repeated(page: list[Line], height: float, seen: Counter[tuple[str, int]]) -> list[Line]:
    again = [_at_the_edge(line, height) and _is_repeated(line, height, seen) for line in page]
    if not any(again):
        return page
    in_table = {n for _, start, end in unruled(page) for n in range(start, end)}
    return [line for n, line in enumerate(page) if n in in_table or not again[n]]


def _at_the_edge(line: Line, height: float) -> bool:
    return line.top < height * 0.14 or line.bottom > height * 0.86


def _furniture_key(line: Line, height: float) -> tuple[str, int]:
    """Return a line's words without numbers and its place: the same on every page for a header."""
    return re.sub(r"\d+", "#", line.text), round(line.top / height * 50)


def _is_at_the_margin(line: Line, height: float, size: float) -> bool:
    """Whether a line is a page number, or small type beyond the text."""
    if not _at_the_edge(line, height):
        return False
    if line.size <= size * 0.85 and (line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)):
        return True
    words, _ = _furniture_key(line, height)
    return bool(re.fullmatch(r"(?:page )?#(?: ?(?:of|/) ?#)?", words.casefold()))


def _is_repeated(line: Line, height: float, seen: Counter[tuple[str, int]]) -> bool:
    words, place = _furniture_key(line, height)
    return sum(seen[words, place + off] for off in (-1, 0, 1)) > 1


def footnotes(page: Iterable[Line], measure: Measure) -> tuple[list[Line], list[Line]]:
    """Part a page's running text from the notes in small type at its foot."""
    running = list(page)
    for n, line in enumerate(running):
        small = all(below.size <= measure.size * 0.92 for below in running[n:])
        if small and re.match(r"(?:\d{1,2}|[*†‡])\s*\S", line.text):
            return running[:n], running[n:]
    return running, []
