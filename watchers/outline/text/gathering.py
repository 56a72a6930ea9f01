"""Where a reading of a text stands: its lines, the blocks gathered so far, the table that is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from watchers.outline import Block
from watchers.outline.layout import Printed, tables
from watchers.outline.text.cells import parted_cells
from watchers.outline.text.lines import ENDED, Line, is_dense, is_even
from watchers.outline.text.names import begins_row

_EVIDENCE = 3
"""So many lines that end in the middle of a sentence show that a text is wrapped."""
_BEYOND = 1.1
"""A line longer than so many widths was not wrapped."""
_SINGLE_SPACED_RUN = 200
"""A line longer than this shows that lines are whole paragraphs."""
BULLET = re.compile(
    r"^\s*(?:[•▪‣◦●○■□➢⮚·]|\*(?!\*|[^*]*\*\W*$)|[-–—](?=\s)|o(?=\s{1,3}[A-Z])|\(?[a-z]\)|\(?[ivx]{1,4}\)|"
    r"\d{1,2}[.)](?=\s+(?:SECMP|MP|DP|CRP?|IRP|SEC |Section|Schedule|Appendix)))\s*(?=\S)"
)


def width_of(lines: Sequence[Line]) -> tuple[int, bool]:
    """Return the width at which a text's lines are wrapped, 0 where each line is a whole paragraph, and whether empty
    lines stand between the lines of one sentence. Rows of tables can be whole where sentences are wrapped.
    """
    prose = [line for line in lines if not (begins_row(line.text) or parted_cells(line.raw))]
    if any(len(line.text) > _SINGLE_SPACED_RUN for line in prose):
        return 0, False
    lines = prose if len(prose) > 2 * _EVIDENCE else lines
    usual = sorted(len(line.text) for line in lines)[int(len(lines) * 0.95)] if lines else 0
    open_ended = [
        (above, below)
        for above, below in pairwise(lines)
        if len(above.text) > max(40, usual * 0.7)
        and not (ENDED.search(above.text) or begins_row(above.text) or BULLET.match(below.raw))
    ]
    broken = sorted(len(above.text) for above, below in open_ended if below.text[0].islower())
    if not broken or len(open_ended) < _EVIDENCE:
        return 0, False
    return broken[-1 - len(broken) // 10], sum(below.gap for _, below in open_ended) * 2 > len(open_ended)


class Gathering:
    """Holds the lines and gathers blocks."""

    def __init__(self, lines: Sequence[Line], width: int, double: bool) -> None:  # noqa: FBT001
        self.lines, self.width, self.double = lines, width, double
        self.dense = not double and is_dense(lines) and is_even(lines, width)
        self.at = 0
        self.blocks: list[Block] = []
        self.header: tuple[str, ...] = ()
        self.tables = 0
        self.spaced = sum(line.gap for line in lines[1:]) * 20 > len(lines)
        self.loose: dict[int, int] = {}
        """The rows that were gathered line by line: how many lines, by their blocks' numbers."""
        self.headed = 0
        """The line below the last heading."""
        found = tables([Printed(line.raw, line.gap, line.page) for line in lines])
        self.laid = {start: (sheet, end) for sheet, start, end in found}

    @property
    def line(self) -> Line:
        return self.lines[self.at]

    def peek(self, ahead: int = 1) -> Line | None:
        return self.lines[self.at + ahead] if self.at + ahead < len(self.lines) else None

    def add(self, block: Block) -> None:
        self.blocks.append(block)

    def _fits(self, above: Line, below: Line) -> bool:
        """Whether the next line's first word would have stood on a line: so that it is the last of its paragraph."""
        long = len(above.raw.strip())
        return bool(self.width) and (long + 1 + len(below.text.split()[0]) <= self.width or long > self.width * _BEYOND)
