"""One walk through a list of consultations: which modification each item is about, when it closes, what else it says.

An item begins where a block is about a modification (its heading, row, bullet or line) and lasts until another item or
section begins. Consultations of others (DCC, DESNZ, Ofgem) are items too; nothing is claimed of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain import dates
from watchers.outline import Block
from watchers.phrases.closing import bare_date, closings, column_roles, speaks_of_closing
from watchers.phrases.marks import marked
from watchers.recognisers._consulting.entries import Section
from watchers.recognisers._consulting.items import ItemReading
from watchers.recognisers._consulting.kinds import FOREIGN, FOREIGN_SECTION, KIND, SENTENCE

_KIND_ALONE = re.compile(rf"\W*(?:{KIND})(?<!s)\W*", re.IGNORECASE)
_DETAIL = re.compile(
    r"\W*(?:clos\w*|deadline|due date|end(?:s|ed|ing)?\b|open\w*|issu\w*|publish\w*|launch\w*|start\w*|respond|"
    r"responses?|"
    r"extended|consultation (?:type|period|clos\w+|open\w*|ends?|dates?|documents?|runs?|window|deadline)|type|"
    r"status|stage|"
    r"title|name|proposer|raised by|lead|analyst|path|documents?|attachments?|how to|background|summary|"
    r"overview|description|"
    r"details|what|why|who|next steps|contact|download|view|read|period|dates?|please|this|the|we|you|it|now|"
    r"new|revised|"
    r"original|update|impact\w*|questions?|annex|legal text)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\W*(?:(?:related|recent|latest|other|more|similar)\s+(?:sec\s+)?(?:posts?|news|articles?|stories|updates?|pages?)|"
    r"you (?:may|might) also\b.*|see also|share(?: this)?\b.*|subscribe\b.*|sign up\b.*|newsletter\b.*|categories|tags|"
    r"archives?|follow us\b.*|latest|popular\b.*|trending|(?:most|recently) (?:read|viewed|popular)|in the news|"
    r"elsewhere\b.*|what(?:’|')s new)\W*$",
    re.IGNORECASE,
)
"""Headings of what stands beside the list."""
_NEW, _SIDE_LEVEL = re.compile(r"\W*new\W*", re.IGNORECASE), 4
"""A small heading of a side column; a larger one can stand above the consultations that opened last."""


class Consulting(ItemReading):
    """Reads blocks in their order."""

    def read(self, blocks: Iterable[tuple[int, Block]]) -> None:
        """Read blocks with their numbers."""
        for number, block in blocks:
            self.number = number
            if block.kind == "heading":
                new = block.level >= _SIDE_LEVEL and bool(_NEW.fullmatch(block.text))
                self.beside = bool(self.heading and (new or _BESIDE.match(block.text)))
            if self.beside:
                self.end()
                continue
            if block.kind != "row" and (columns_ := column_roles(block.text)) and self.heading:
                self.end()
                self.section.columns = columns_
                continue
            getattr(self, f"read_{block.kind}")(block)
            self.title_marks(block)
        self.end()

    def read_heading(self, block: Block) -> None:
        """A heading: an item, a label within one, or a section."""
        if self.begins(block, block.text):
            self.heading = block.text
            return
        if self.entry and self.is_within(block):
            self.detail(block, block.text)
            self.label = block.text if len(block.text) < 60 and not dates.find(block.text) else ""
            return
        self.end()
        self.heading, self.label = block.text, ""
        promised = self.section.promises and block.level > 1
        self.section = Section(columns=self.section.columns, foreign=bool(FOREIGN_SECTION.search(block.text)))
        self.section.promises = speaks_of_closing(block.text) or promised
        self.close_section(block)

    def is_within(self, block: Block) -> bool:
        """Whether a heading belongs to the item above it."""
        entry = self.entry
        if entry is None:
            return False
        if entry.kind == "heading" and block.level > entry.level:
            return True
        says = bool(_DETAIL.match(block.text) or _KIND_ALONE.fullmatch(block.text))
        is_detail = bool(closings(block.text)) or (says and (entry.kind != "row" or bool(dates.find(block.text))))
        return is_detail and not entry.closes and not self.section.closes

    def close_section(self, block: Block) -> None:
        """Words above a list may give the closing date of all its items."""
        found = closings(block.text)
        if found and not any(one.ids for one in found):
            self.section.closes = (found[-1], block.text, self.number)

    def read_row(self, block: Block) -> None:
        """A row: an item with its columns, or a label with its value."""
        headers = [block.header[n] if n < len(block.header) else "" for n in range(len(block.cells))]
        if self.is_label(block):
            self.labelled(block, block.cells[0], " | ".join(block.cells[1:]))
            return
        if self.is_foreign(block, headers):
            self.begin_foreign(block)
            return
        at = next((n for n, cell in enumerate(block.cells) if self.leading(cell)), None)
        if at is None and len(marked(block.text).values("M")) == 1:
            at = next(n for n, cell in enumerate(block.cells) if marked(cell).values("M"))
        if at is None and self.entry and not self.entry.closes and all(dates.find(cell) for cell in block.cells):
            for cell in block.cells:
                self.detail(block, cell)
            return
        if at is None:
            self.end()
            if any(bare_date(cell) or closings(cell) for cell in block.cells):
                self.others += 1
            return
        self.begins(block, block.cells[at], anywhere=True)
        others = [(headers[n], cell) for n, cell in enumerate(block.cells) if n != at and cell.strip()]
        title = self.title_cell(others)
        for header, cell in others:
            if cell != title:
                self.cell(block, header, cell)
        if self.entry and (self.entry.closes or len(block.cells) > 2):
            self.end()

    def is_label(self, block: Block) -> bool:
        """Whether a row gives a label and its value: of the item above, or of one it begins."""
        first = block.cells[0].strip() if block.cells else ""
        if len(block.cells) != 2 or self.leading(first) or len(first) > 50 or dates.find(first):
            return False
        if re.fullmatch(
            r"\W*(?:(?:SEC )?modification(?: proposal)?s?|draft proposal|reference|ref\.?|consultation|id|number)\W*",
            first,
            re.IGNORECASE,
        ):
            return True
        return self.entry is not None and bool(_DETAIL.match(first)) and not marked(block.cells[1]).values("M")

    def read_item(self, block: Block) -> None:
        """A bullet: an item, or a detail of the one above."""
        if self.begins(block, block.text):
            return
        entry = self.entry
        if entry and (entry.kind != "item" or block.level > entry.level or self.is_detail(block)):
            self.detail(block, block.text)
        else:
            self.running(block)

    def read_paragraph(self, block: Block) -> None:
        """A line: an item, a detail of the one above, or running text."""
        if self.begins(block, block.text):
            return
        entry = self.entry
        if FOREIGN.match(block.text) and not SENTENCE.search(block.text):
            self.begin_foreign(block)
        elif entry is None:
            self.running(block)
        elif entry.kind in ("heading", "foreign") or self.is_detail(block) or not entry.closes:
            self.detail(block, block.text)
        else:
            self.running(block)

    def is_detail(self, block: Block) -> bool:
        """Whether a line belongs to the item above it by its words."""
        return bool(_DETAIL.match(block.text) or re.match(rf"\W*(?:{KIND})", block.text, re.IGNORECASE))

    def running(self, block: Block) -> None:
        """Text that belongs to no item: it may name modifications with their dates, or introduce a list."""
        self.end()
        if FOREIGN.match(block.text):
            self.begin_foreign(block)
            return
        self.section.promises = self.section.promises or speaks_of_closing(block.text)
        found = closings(block.text)
        for one in found:
            for id_ in one.ids if not self.section.foreign else ():
                self.claim(f"modification:{id_}", "consultation_closes_on", one.value, one.sentence, "closing date")
        if found and not any(one.ids for one in found):
            if block.text.rstrip().endswith(":") or len(block.text) < 80:
                self.section.closes = (found[-1], block.text, self.number)
            self.others += 1
        self.facts(block.text, ())
