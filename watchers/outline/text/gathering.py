"""Where a reading of a text stands: its lines, the blocks gathered so far, the table that is open."""

from __future__ import annotations

from collections.abc import Sequence

from watchers.outline import Block
from watchers.outline.layout import Printed, tables
from watchers.outline.text.lines import Line
from watchers.outline.text.wrapping import setting_of

_BEYOND = 1.1
"""A line longer than so many widths was not wrapped."""


class Gathering:
    """Holds the lines and gathers blocks."""

    def __init__(self, lines: Sequence[Line]) -> None:
        setting = setting_of(lines)
        self.lines, self.width, self.double = lines, setting.width, setting.double
        self.dense, self.spaced = setting.dense, setting.spaced
        self.at = 0
        self.blocks: list[Block] = []
        self.header: tuple[str, ...] = ()
        self.tables = 0
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
