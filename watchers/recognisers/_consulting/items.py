"""Where an item begins: at a block that is about a modification, or about somebody else's consultation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchers.outline import Block
from watchers.phrases.closing import bare_date, unglued
from watchers.phrases.marks import Mark, Marked, marked
from watchers.phrases.titles import QUOTES, cleaned, quoted
from watchers.recognisers._consulting.details import LABEL, DetailReading
from watchers.recognisers._consulting.entries import Entry
from watchers.recognisers._consulting.kinds import FOREIGN, FOREIGN_BODY, FOREIGN_HEADER, KIND, SENTENCE
from watchers.recognisers._consulting.titles import bare_title

_PREFIX = re.compile(
    r"[^\w⟦]*(?:\(?\d{1,2}[.)]\s+)?(?:(?:open|closed|current|live|new|forthcoming|upcoming|extended|"
    r"reminder)\s*[:|–—-]\s*)?"
    rf"(?:(?:the |a )?(?:{KIND})\s*(?:on|for|of|regarding|about)?\s*[:|–—(-]*\s*)?"
    r"(?:SEC\s+)?(?:(?:the )?(?:modification|draft)(?:\s+proposals?)?\s*[:–—-]?\s*)?(?=⟦M)",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"⟦M\d+⟧(?:(?:\s|,|/|&|\band\b)*⟦M\d+⟧)*",
    re.IGNORECASE,
)
_ID_ALONE = re.compile(r"\W*⟦M\d+⟧\W*")
_CONSULTS = re.compile(r"\bconsult|\bcall for\b", re.IGNORECASE)
"""Beside a modification alone in its cell, what a body begins is the title, unless it tells of a consultation."""


class ItemReading(DetailReading):
    """Begins items, and reads the lines that belong to them."""

    def labelled(self, block: Block, label: str, value: str) -> None:
        """A label with its value."""
        if self.leading(value):
            self.begins(block, value)
        elif self.entry and re.fullmatch(r"\W*(?:title|name)\W*", label, re.IGNORECASE):
            self.title(value, block.text)
        else:
            self.cell(block, label, value)

    def leading(self, text: str) -> tuple[list[Mark], Marked, str] | None:
        """Return the modifications that a text is about, the marked text and what follows them."""
        whole = marked(unglued(text))
        prefix = _PREFIX.match(whole.text)
        run = _RUN.match(whole.text, prefix.end()) if prefix else None
        if not run:
            return None
        return whole.of("M", run[0]), whole, whole.text[run.end() :]

    def begins(self, block: Block, text: str, *, anywhere: bool = False) -> bool:
        """Begin an item where a block is about a modification; False where it is not."""
        found = self.leading(text)
        if found and self.is_prose(found[2]) and block.kind in ("paragraph", "item"):
            return self.begin_prose(block, text, found)
        if not found and not (found := self.trailing(text, heading=block.kind == "heading" or anywhere)):
            if FOREIGN.match(text) and block.kind in ("heading", "item"):
                self.begin_foreign(block)
                return True
            return False
        marks, whole, rest = found
        self.end()
        ids = tuple(dict.fromkeys(mark.value for mark in marks))
        foreign = self.section.foreign or bool(FOREIGN.match(text))
        self.entry = Entry(() if foreign else ids, block.text, block.kind, block.level)
        self.others += foreign
        self.label = ""
        plain = whole.plain(rest)
        if len(marks) == 1 and not marks[0].title:
            self.title(bare_title(rest, whole), block.text)
        self.entry.titled = self.entry.titled or bool(marks[0].title)
        self.take(plain, "", block.text)
        if block.kind != "row":
            self.labels(plain, block.text)
        return True

    def begin_prose(self, block: Block, text: str, found: tuple[list[Mark], Marked, str]) -> bool:
        """A paragraph or bullet that begins with a modification and goes on as a sentence, with a label or without."""
        self.end()
        ids = tuple(dict.fromkeys(mark.value for mark in found[0]))
        self.entry = Entry(ids if not self.section.foreign else (), block.text, block.kind, block.level)
        if text == block.text:
            self.detail(block, text)
        else:
            self.says(block, text, self.entry)  # a label stood before it: "Still open: MP208 closes on …"
        return True

    def is_prose(self, rest: str) -> bool:
        """Whether what follows an id makes a sentence of it."""
        return bool(re.match(r"\s*(?:[a-z]|’s|'s)", rest)) and bool(SENTENCE.search(rest))

    def trailing(self, text: str, *, heading: bool) -> tuple[list[Mark], Marked, str] | None:
        """Return what a text that names its modification at the end is about: "Title (MP162)", "Title – MP162"."""
        whole = marked(unglued(text))
        match = re.match(
            r"(?P<title>[^⟦⟧|.:;]{4,170}?)\s*(?P<by>[(\[–—,-]?)\s*⟦(?P<mark>M\d+)⟧\s*[)\]]?(?P<rest>.*)$", whole.text
        )
        if not match or len(whole.values("M")) != 1 or FOREIGN.match(text):
            return None
        title = match["title"].strip()
        follows = not match["rest"].strip(" :–—|-") or re.match(
            rf"\W*(?:{KIND}|clos|⟦D|open|issu|deadline)", match["rest"], re.IGNORECASE
        )
        named = match["by"] and follows and not SENTENCE.search(title) and re.match(r"[A-Z0-9‘“'\"]", title)
        if not named and not heading:
            return None
        mark = whole.marks[match["mark"]]
        if named and not mark.title and not re.match(rf"\W*(?:{KIND})", title, re.IGNORECASE):
            inner = quoted(title)
            mark = Mark("M", mark.value, mark.text, inner[0] if inner else cleaned(title.strip(QUOTES)))
            self.claim(f"modification:{mark.value}", "title", mark.title, text, "title")
        return [mark], whole, match["rest"]

    def begin_foreign(self, block: Block) -> None:
        """An item of somebody else."""
        self.end()
        self.others += 1
        self.entry = Entry((), block.text, "foreign" if block.kind != "heading" else "heading", block.level)
        self.label = ""

    def is_foreign(self, block: Block, headers: Sequence[str]) -> bool:
        """Whether a row is of somebody else's consultation."""
        named = any(
            FOREIGN_HEADER.search(h) and FOREIGN_BODY.fullmatch(c) for h, c in zip(headers, block.cells, strict=True)
        )
        first = next((cell for cell in block.cells if cell.strip()), "")
        titled = any(_ID_ALONE.fullmatch(marked(cell).text) for cell in block.cells) and not _CONSULTS.search(first)
        return named or (bool(FOREIGN.match(first)) and (not titled or bool(FOREIGN_BODY.fullmatch(first))))

    def detail(self, block: Block, text: str) -> None:
        """A line of an item."""
        entry = self.entry
        if entry is None:
            return
        if not entry.titled and not entry.closes and (title := quoted(text)) and not text[title[1] :].strip(" .–—|-"):
            self.title(title[0], block.text)
            return
        label = self.label if bare_date(text) or not marked(text).of("D") else ""
        self.label = self.label if block.kind == "heading" else ""
        if not label and (found := LABEL.match(text)) and not SENTENCE.search(found["label"]):
            self.labelled(block, found["label"], found["value"])
        elif label:
            self.cell(block, label, text)
        else:
            self.says(block, text, entry)

    def says(self, block: Block, text: str, entry: Entry) -> None:
        """Words of an item that are no label's value."""
        quote = block.text if block.text == entry.name else f"{entry.name} | {block.text}"
        self.take(text, "", quote)
        self.facts(text, entry.ids)
