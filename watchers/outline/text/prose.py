"""Running text: bullets, headings and paragraphs, sentences put together again from their lines."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain import dates
from watchers.outline import Block
from watchers.outline.text.cells import parted_cells, unmarked
from watchers.outline.text.glued_rows import FULL, GluedReading
from watchers.outline.text.headings import REFERENCE, heads_a_post, is_label, is_prose_line, may_head
from watchers.outline.text.lines import ENDED, Line, unwrapped
from watchers.outline.text.names import ID_START, begins_row, is_detail
from watchers.outline.text.parted import NUMBERED
from watchers.outline.text.wrapping import BULLET, is_full, runs_on
from watchers.outline.torn import mended
from watchers.outline.words import tidy

GLUED_DATE = re.compile(
    rf"^(?P<label>[A-Z][^.:;\d]{{1,70}}?[a-zA-Z)])(?=\d{{1,2}}(?:st|nd|rd|th)? (?:{dates.MONTH}) 20\d\d\W*$)"
)
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|might|must|can|could|should|did|does|do|agreed|asked|approved|"
    r"expects|remains|intends|noted)\b"
)
_ASKS = re.compile(r"(?:What|Which|Where|When|Who|How|Why|Whether)\b")
_SHORT = 0.7
"""A line shorter than so much of the width, with its next word, was ended on purpose."""


class Reader(GluedReading):
    """Goes through the lines once and gathers blocks."""

    def read(self) -> list[Block]:
        while self.at < len(self.lines):
            if not (
                self.markdown()
                or self.cells()
                or self.laid_out()
                or self.aligned()
                or self.table_header()
                or self.row()
                or self.reference()
                or self.bullet()
                or self.glued_date()
                or self.heading()
            ):
                self.paragraph()
        return mended(self.blocks, self.loose)

    def bullet(self) -> bool:
        match = BULLET.match(self.line.raw)
        if not match or self.next_section():
            return False
        gathered = [replace(self.line, text=tidy(self.line.raw[match.end() :]))]
        self.at += 1
        self._gather(gathered)
        depth = 1 + (len(self.line_indent(match[0])) // 4)
        self.add(Block("item", unmarked(unwrapped(gathered)), level=min(depth, 6)))
        return True

    def next_section(self) -> bool:
        """Whether a number before an id alone counts on from the last numbered heading: "3. MP145"."""
        numbered, below = NUMBERED.match(self.line.text), self.peek()
        if not numbered or not numbered["number"].isdigit() or not self.line.gap or not (below and below.gap):
            return False
        heads = (NUMBERED.match(block.text) for block in reversed(self.blocks) if block.kind == "heading")
        last = next((int(head["number"].partition(".")[0]) for head in heads if head), 0)
        return last > 0 and int(numbered["number"]) == last + 1

    @staticmethod
    def line_indent(marker: str) -> str:
        return marker[: len(marker) - len(marker.lstrip())]

    def glued_date(self) -> bool:
        """A label to which its date is glued ("Scope baselined16 December 2022"): a line for itself."""
        if not GLUED_DATE.match(self.line.text):
            return False
        self.add(Block("paragraph", self.line.text))
        self.at += 1
        return True

    def heading(self) -> bool:
        line, below = self.line, self.peek()
        text = line.text
        if self.dense and below is not None and not (below.gap and line.gap):
            return self.dense_heading(below)
        numbered = NUMBERED.match(text)
        counts = below is not None and self.counts_below(below)
        if not (line.gap or self.at == 0 or (numbered and self.headed == self.at) or counts or self.stands_out()):
            return False
        if self.wrapped_heading():
            return True
        if ID_START.match(text) and below is not None and not below.gap and ID_START.match(below.text):
            return False  # the first of a list whose lines hold more than a name
        if not may_head(text) and not heads_a_post(text, below, first=self.at == 0):
            return False
        if not (self.stands_apart(below) if numbered is None else self.heads_clauses(numbered, below)):
            return False
        self.header = ()
        level = 1 if not any(block.kind == "heading" for block in self.blocks) else 2
        if numbered and level > 1:
            level = min(numbered["number"].count(".") + 2, 6)
        self.add(Block("heading", text.strip(" »"), level=level))
        self.at += 1
        self.headed = self.at
        return True

    def heads_clauses(self, numbered: re.Match[str], below: Line | None) -> bool:
        """Whether a numbered line is a heading, and not the first of a clause's lines: "2.1 The release is due …"."""
        text = self.line.text
        words = text[numbered.end() :]
        if is_prose_line(words) or not (len(text) <= 80 or "." in text[:4]):
            return False
        if below is None or (below.gap and not self.double) or not _continues_a_line(below):
            return True
        return not (runs_on(text, below.text) or (not below.gap and _TELLS.search(words) and not _ASKS.match(words)))

    def stands_out(self) -> bool:
        """Whether a short line is a heading in a text that has no empty lines: a sentence or row ends above it, and
        another begins below it.
        """
        below = self.peek()
        if self.spaced or below is None or not self.blocks or not self.width or len(self.line.text) > self.width * 0.6:
            return False
        above = self.lines[self.at - 1].text
        ended = ENDED.search(above) or self.blocks[-1].kind in ("heading", "row", "item") or self.counts_below(below)
        return bool(ended) and not below.text[0].islower() and not is_detail(self.line.text) and not self.header

    def counts_below(self, below: Line) -> bool:
        """Whether the next line's number is within this line's, as a section's first clause is: "1." above "1.1"."""
        numbered, clause = NUMBERED.match(self.line.text), NUMBERED.match(below.text)
        return bool(numbered and clause and clause["number"].startswith(f"{numbered['number']}."))

    def stands_apart(self, below: Line | None) -> bool:
        """Whether a line is no beginning of a sentence that goes on in the next."""
        text = self.line.text
        if below is not None and not below.gap and _continues_a_line(below) and self._goes_on_below():
            return False
        alone = not self.double and (below is None or below.gap or self.at + 1 in self.laid)
        if self.width and len(text) >= self.width * FULL and not alone:
            return False
        if self.width and not self.double and not alone and self.spaced:
            return False
        if below is not None and below.text[0].islower() and self.width:
            return False
        return not is_prose_line(text)

    def _goes_on_below(self) -> bool:
        """Whether this line's sentence goes on in the next."""
        return runs_on(self.line.text, self.lines[self.at + 1].text) or (not self.width and self._is_wrapped(self.at))

    def _is_wrapped(self, at: int) -> bool:
        """Whether a line of a text of which few are wrapped is one of those: a full one, within a sentence."""
        words = self.lines[at].text
        return (
            bool(_TELLS.search(words)) and not _ASKS.match(words) and not is_detail(words) and is_full(self.lines, at)
        )

    def dense_heading(self, below: Line) -> bool:
        """A heading with no empty line around it: a short line that is no sentence."""
        text = self.line.text
        if not may_head(text) or is_prose_line(text) or (below.text[0].islower() and not below.gap):
            return False
        if self.width and not self._fits(self.line, below):
            return False
        self.add_heading(text.strip(" »"))
        self.at += 1
        return True

    def add_heading(self, text: str) -> None:
        self.header = ()
        self.add(Block("heading", text, level=2 if any(block.kind == "heading" for block in self.blocks) else 1))

    def _heading_ahead(self) -> bool:
        """Whether this line, perhaps with the next, is a heading: words to the end of which no sentence comes."""
        for n in (1, 2):
            below = self.peek(n)
            if below is None or below.gap:
                return False
            if self._fits(self.lines[self.at + n - 1], below):
                text = " ".join(line.text for line in self.lines[self.at : self.at + n])
                return may_head(text) and not is_prose_line(text)
        return False

    def wrapped_heading(self) -> bool:
        """A heading over two lines, with empty lines around it, in a text that has none between a sentence's lines."""
        below, after = self.peek(), self.peek(2)
        if not self.width or self.double or below is None or below.gap or (after is not None and not after.gap):
            return False
        text = f"{self.line.text} {below.text}"
        if (
            len(self.line.text) < self.width * 0.6
            or not may_head(self.line.text)
            or ENDED.search(below.text)
            or begins_row(text)
        ):
            return False
        self.add(Block("heading", text, level=2))
        self.header = ()
        self.at += 2
        return True

    def paragraph(self) -> None:
        gathered = [self.line]
        self.header = ()
        self.at += 1
        self._gather(gathered)
        text = unmarked(unwrapped(gathered))
        wrapped = self.dense and len(gathered) == 2
        if wrapped and may_head(text) and not text.endswith("?") and not is_prose_line(text) and self.peek(0):
            self.add_heading(text)
        else:
            self.add(Block("paragraph", text))

    def _gather(self, gathered: list[Line]) -> None:
        """Take the lines that go on with a sentence."""
        while self.at < len(self.lines) and self.at not in self.laid and self._continues(gathered[-1], self.line):
            gathered.append(self.line)
            self.at += 1

    def _continues(self, above: Line, below: Line) -> bool:
        if BULLET.match(below.raw) or REFERENCE.match(below.text) or parted_cells(below.raw):
            return False
        if NUMBERED.match(below.text) and ENDED.search(above.text):
            return False
        broken = len(above.text) >= self.width * _SHORT > 0  # by the width, in the middle of a sentence
        if not (broken or below.text[0].islower()) and (is_label(above.text) or is_label(below.text)):
            return False
        if not self.width:
            return not below.gap and (runs_on(above.text, below.text) or self._is_wrapped(self.at - 1))
        if not self.double and below.gap:
            return False
        if self.dense and self._fits(above, below):
            return below.text[0].islower() and not ENDED.search(above.text)
        if self.dense and ENDED.search(above.text) and self._heading_ahead():
            return False
        if not self.double and not begins_row(below.text):
            room = self.width * _SHORT - len(above.text)  # the next word had room: the break was meant
            return below.text[0].islower() or room < 1 + len(below.text.split()[0])
        full = len(above.text) >= self.width * FULL or len(above.text) + 1 + len(below.text.split()[0]) > self.width
        if begins_row(below.text) and (not full or ENDED.search(above.text)):
            return False
        if below.text[0].islower() and not ENDED.search(above.text):
            return True
        return full and not above.text.endswith(":")


def _continues_a_line(line: Line) -> bool:
    """Whether a line can be what another goes on in: no item, no row, no number of a clause."""
    return not (BULLET.match(line.raw) or NUMBERED.match(line.text) or parted_cells(line.raw))
