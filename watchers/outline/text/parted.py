"""Headings and tables of a text that marks, tabs, pipes or white show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchers.outline import Block
from watchers.outline.sheet import rows
from watchers.outline.text.cells import parted_cells, unmarked
from watchers.outline.text.gathering import Gathering
from watchers.outline.text.lines import ENDED, MONTHS, Line
from watchers.outline.text.names import ID_START, begins_row, heads_columns, open_title
from watchers.outline.torn import without_mixed
from watchers.outline.words import tidy

NUMBERED = re.compile(
    rf"^(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:\.\s*|\s+(?!{MONTHS}\s+20\d\d(?!\s+SEC)))(?=[A-Z‘“'\"]|20\d\d\s)"
)
_MARKDOWN = re.compile(r"^(?P<level>#{1,6})\s+(?P<text>.+?)\s*#*$")
HEADER_WORD = re.compile(
    r"^(?:(?:SEC )?modifications?(?: proposals?)?(?: (?:number|ref(?:erence)?|title|name))?|"
    r"(?:open |closed )?consultations?|"
    r"documents?(?: names?| titles?)?|SEC documents?|(?:SEC )?parts?|ref(?:erence)?|number|id|title|name|"
    r"proposal)(?:\b|(?=(?-i:[A-Z])))",
    re.IGNORECASE,
)


class PartedReading(Gathering):
    """Reads what is marked up or set in columns."""

    def markdown(self) -> bool:
        match = _MARKDOWN.match(self.line.text)
        bold = re.fullmatch(r"(?:\*\*|__)(.{3,100}?)(?:\*\*|__):?", self.line.text)
        if not match and not (bold and not ENDED.search(bold[1])):
            return False
        level, text = (len(match["level"]), match["text"]) if match else (3, bold[1] if bold else "")
        self.add(Block("heading", unmarked(text), level=level))
        self.header = ()
        self.at += 1
        return True

    def cells(self) -> bool:
        """Rows with their cells apart: by pipes, tabs or wide spaces."""
        parted = parted_cells(self.line.raw)
        if not parted:
            return False
        rows: list[tuple[str, list[str]]] = []
        while self.at < len(self.lines) and (parted := parted_cells(self.line.raw)):
            if rows and self.line.gap and not self.line.ruled and _heads_another(parted, rows[0][1]):
                break
            rows.append((self.line.raw.strip(), parted))
            self.at += 1
        self.tables += 1
        head = tuple(rows[0][1]) if len(rows) > 1 and heads_columns(rows[0][1]) else ()
        if head and len(head) > 1:
            rows = rows[1:]
        for line, cells in rows:
            if head and tuple(cells) == head:
                continue
            if line.startswith("|") and len(head) - len(cells) > line.endswith("|"):
                cells.insert(0, "")  # the bar parts an empty first cell rather than beginning the row
            filled = [*cells, *[""] * (len(head) - len(cells))]
            self.add(Block("row", " | ".join(cells), cells=tuple(filled), header=head, table=self.tables))
        return True

    def laid_out(self) -> bool:
        """A table whose columns white parts, each row's cells level at their tops, their middles or their feet."""
        sheet, end = self.laid.get(self.at, (None, 0))
        if sheet is None:
            return False
        self.tables += 1
        self.blocks += without_mixed(rows(sheet, self.tables))
        self.header = ()
        self.at = end
        return True

    def aligned(self) -> bool:
        """A table whose cells stand below one another, as an extraction that keeps the layout sets it."""
        first = segments(self.line.raw)
        head = len(first) > 1 and bool(HEADER_WORD.match(first[0][1])) and heads_columns([text for _, text in first])
        apart = len(first) > 1 and first[1][0] - first[0][0] - len(first[0][1]) > 2
        if not (head or (apart and not self.header and ID_START.match(first[0][1]))):
            return False
        starts = [at for at, _ in first]
        rows: list[list[str]] = []
        gathered = 0
        while (line := self.peek(gathered)) and (not gathered or self._aligned_with(starts, line, rows, header=head)):
            cells = _columned(line.raw, starts)
            if not rows or begins_row(cells[0]) or (ID_START.match(cells[0]) and any(cells[1:])):
                rows.append(cells)
            else:
                rows[-1] = [_unwrapped_pair(a, b) for a, b in zip(rows[-1], cells, strict=True)]
            gathered += 1
        if len(rows) < 2 and (head or not any(rows[0][1:])):
            return False
        self.tables += 1
        header = tuple(rows.pop(0)) if head else ()
        for cells in rows:
            shown = " | ".join(cell for cell in cells if cell)
            self.add(Block("row", shown, cells=tuple(cells), header=header, table=self.tables))
        self.at += gathered
        return True

    def _aligned_with(self, starts: Sequence[int], line: Line, rows: Sequence[Sequence[str]], *, header: bool) -> bool:
        """Whether a line belongs to the table: its pieces begin where columns begin and keep to their columns."""
        pieces = segments(line.raw)
        if _MARKDOWN.match(line.text) or (line.gap and not begins_row(line.text) and NUMBERED.match(line.text)):
            return False
        inside = all(any(abs(at - start) <= 1 for start in starts) for at, _ in pieces)
        width = starts[1] - starts[0]
        kept = not (pieces[0][0] < starts[1] - 1 and len(pieces[0][1]) > width)
        if not inside or not kept:
            return False
        if begins_row(line.text):
            return True
        alone = len(pieces) == 1 and pieces[0][0] <= 1
        done = bool(rows) and not (header and len(rows) == 1) and all(_closed(cell) for cell in rows[-1])
        return not (line.gap and alone and done)


def segments(raw: str) -> list[tuple[int, str]]:
    """Return a line's pieces that two spaces or more part, each with the column at which it begins."""
    return [(match.start(), tidy(match[0])) for match in re.finditer(r"\S+(?: \S+)*", raw.expandtabs())]


def _columned(raw: str, starts: Sequence[int]) -> list[str]:
    """Return a line's pieces by the columns in which they begin."""
    cells = [""] * len(starts)
    for at, text in segments(raw):
        column = max((n for n, start in enumerate(starts) if start <= at + 1), default=0)
        cells[column] = f"{cells[column]} {text}".strip()
    return cells


def _unwrapped_pair(above: str, below: str) -> str:
    if above.endswith("-") and not above.endswith(" -") and below:
        return above + below
    return f"{above} {below}".strip()


def _closed(cell: str) -> bool:
    """Whether a cell's words may end here: no title is open, no sentence unfinished."""
    return not cell or (not open_title(cell) and (len(cell) < 30 or bool(ENDED.search(cell)) or cell[-1] in "’'”\")"))


def _heads_another(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether cells below an empty line head a table of their own: all of them named, or of another number."""
    named = sum(bool(cell) for cell in cells)
    return heads_columns(cells) and cells != head and (named == len(cells) or (named > 0 and len(cells) != len(head)))
