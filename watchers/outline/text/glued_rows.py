"""Tables of a text of which nothing shows the cells: rows begin with an id, their cells glued or over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates
from bot.domain.wording import letters
from watchers.outline import Block
from watchers.outline.glued import dated
from watchers.outline.text.cells import DATE_HEADER, joined_raw, parted_cells, row_cells
from watchers.outline.text.headings import REFERENCE, column_headings, is_label
from watchers.outline.text.lines import ENDED, Line
from watchers.outline.text.names import (
    TAIL_CELL,
    begins_row,
    is_complete,
    is_detail,
    named_only,
    open_title,
    unfinished,
)
from watchers.outline.text.parted import HEADER_WORD, NUMBERED, PartedReading
from watchers.outline.text.wrapping import BULLET
from watchers.outline.torn import only_marks
from watchers.outline.words import tidy

_LONGEST_ROW = 40
"""Lines over which one row may be wrapped; each is looked at with all that stand above it in the row."""
FULL = 0.84
"""A line of at least so much of the width goes on in the next."""
_ASKS = re.compile(r"(?:What|Which|Where|When|Who|How|Why)\b.{8,100}\?$")
"""A heading that asks, "What parts of the SEC were affected?", is no piece of the row above it."""
_NOTED_TICK = re.compile(rf"{TAIL_CELL.pattern}|\d{{1,2}}$")
"""A tick, or the number of its footnote on a line of its own."""


class GluedReading(PartedReading):
    """Reads rows without marks."""

    def table_header(self) -> bool:
        """The headings of a table's columns, glued or wrapped: what stands just above its first row."""
        if (
            not HEADER_WORD.match(self.line.text)
            or len(self.line.text) > 110
            or ENDED.search(self.line.text.rstrip("?"))
        ):
            return False
        pieces = [self.line]
        ahead = 1
        while (below := self.peek(ahead)) and ahead < 14 and not begins_row(below.text):
            if len(below.text) > 60 or re.search(r"[.!:;]$", below.text) or parted_cells(below.raw):
                return False
            pieces.append(below)
            ahead += 1
        below = self.peek(ahead)
        if below is None or not begins_row(below.text):
            return False
        columns = column_headings(pieces)
        if len(columns) < 2:
            return False
        if re.fullmatch(r"title|name", columns[1], re.IGNORECASE) and _GLUED_TITLE.search(below.text):
            columns = (columns[0], *columns[2:])  # id and title are glued, so that they are one cell
        if columns != self.header:
            self.tables += 1
        self.header = columns
        self.at += ahead
        return True

    def row(self) -> bool:
        """A row that begins with an id or a part, its cells glued or over several lines."""
        text = self.line.text
        if not begins_row(text):
            return self.dated_row()
        gathered = [self.line]
        while (below := self.peek(len(gathered))) and self._goes_on(gathered, below):
            if self.at + len(gathered) in self.laid or len(gathered) == _LONGEST_ROW:
                break
            gathered.append(below)
        raw = joined_raw(gathered)
        cells = row_cells(raw, self.header)
        if cells is None:
            return False
        self.at += len(gathered)
        self.loose[len(self.blocks)] = len(gathered)
        in_table = bool(self.header) or len(cells) > 1
        if not in_table:
            self.add(Block("item", cells[0]))
            return True
        shown = " | ".join(cell for cell in cells if cell)
        self.add(
            Block(
                "row",
                shown,
                cells=cells,
                header=self.header if len(cells) in (1, len(self.header)) else (),
                table=self.tables,
            )
        )
        return True

    def dated_row(self) -> bool:
        """A row of the table above that begins with no id: dates are glued to its words, one for each column."""
        found = dated(self.line.text, self.header)
        if not found or len(found[1]) + 1 != len(self.header):
            return False
        cells = (found[0], *found[1])
        self.add(Block("row", " | ".join(cells), cells=cells, header=self.header, table=self.tables))
        self.at += 1
        return True

    def _goes_on(self, gathered: Sequence[Line], below: Line) -> bool:
        """Whether a line continues the row."""
        text = tidy(" ".join(line.text for line in gathered))
        if not (self.header or open_title(text)) and (is_label(below.text) or is_label(gathered[-1].text)):
            return False
        if (
            begins_row(below.text)
            or (BULLET.match(below.raw) and below.text[0] not in "-–—")
            or NUMBERED.match(below.text)
            or (_ASKS.match(below.text) and not open_title(text))
        ):
            return False
        if not self.spaced and self._whole_row(text) and not is_detail(below.text):
            return False
        if self._among_ticks() and not open_title(text) and not all(map(_NOTED_TICK.match, below.text.split())):
            return False
        if not self.width:
            return self._goes_on_unwrapped(gathered, below, text)
        if self.header and (HEADER_WORD.match(below.text) and self._is_header_again(below)):
            return False
        if open_title(text) or is_detail(below.text):
            return True
        if not below.gap:
            return not (self.dense and self._fits(gathered[-1], below))
        if len(below.text) >= self.width * FULL:
            return bool(not is_complete(text) and below.text[0].islower())
        if named_only(text) and self.header:
            return True
        if is_complete(text) and not self._has_room(text):
            return False
        return bool(self.header) or below.text[0].islower() or below.raw[:1] in " ✓"

    def _goes_on_unwrapped(self, gathered: Sequence[Line], below: Line, text: str) -> bool:
        if self._stands_below(gathered, below):
            return True
        if self._ends_with_its_days(text):
            return False
        more = len(gathered) <= len(self.header) or (len(self.header) > 1 and not is_complete(text))
        if not below.gap and (open_title(text) or (self.header and more)):
            return True
        return named_only(text) and is_detail(below.text)

    def _has_room(self, text: str) -> bool:
        """Whether a row's last column, with words of its status, is still to come behind a date."""
        cells = row_cells(text, self.header) or ()
        status = bool(self.header) and bool(
            re.search(r"\bstat|stage|position|stands\b", self.header[-1], re.IGNORECASE)
        )
        dated = any(DATE_HEADER.search(heading) for heading in self.header[1:-1])
        return status and dated and (len(cells) < len(self.header) or not cells[-1])

    def _whole_row(self, text: str) -> bool:
        """Whether a row has all its cells, so that what follows without an empty line is no part of it."""
        cells = row_cells(text, self.header) or ()
        return (
            len(cells) > 1
            and bool(cells[-1])
            and not open_title(text)
            and ((len(cells) == len(self.header) and not unfinished(cells[-1])) or is_complete(text))
        )

    def _ends_with_its_days(self, text: str) -> bool:
        """Whether a row has a cell in each column and days in the last two: what follows is another row."""
        cells = row_cells(text, self.header) or ()
        return len(cells) == len(self.header) > 2 and all(dates.whole(cell) for cell in cells[-2:])

    def _among_ticks(self) -> bool:
        """Whether the rows above have nothing but ticks."""
        above = range(len(self.blocks) - 2, len(self.blocks))
        return all(n in self.loose and only_marks(self.blocks[n]) and len(self.blocks[n].cells) > 1 for n in above)

    def _stands_below(self, gathered: Sequence[Line], below: Line) -> bool:
        """Whether a line is what a name's row says, below the empty line that an empty cell left."""
        if len(self.header) < 2 or not named_only(tidy(" ".join(line.text for line in gathered))):
            return False
        last, ahead = below, len(gathered) + 1
        while (after := self.peek(ahead)) is not None and not after.gap:
            last, ahead = after, ahead + 1
        ends_row = after is not None and (begins_row(after.text) or REFERENCE.match(after.text))
        return bool(ENDED.search(last.text) and ends_row)

    def _is_header_again(self, line: Line) -> bool:
        return letters("".join(self.header)).startswith(letters(line.text))

    def reference(self) -> bool:
        """A paper's reference between the rows of a table, as it stands at the head or foot of each page."""
        if not self.header or not REFERENCE.match(self.line.text):
            return False
        ahead = 1
        while (below := self.peek(ahead)) is not None and not below.gap:
            ahead += 1
        if below is None or not (begins_row(below.text) or HEADER_WORD.match(below.text)):
            return False
        self.at += ahead
        return True


_GLUED_TITLE = re.compile(r"^\W*[A-Z]+\d+[A-Z]?\s?[‘'“\"]")
