"""One walk through a list of consultations: which modification each item is about, when it closes, what else it says.

An item begins where a block is about a modification (its heading, row, bullet or line) and lasts until another item or
section begins. Consultations of others (DCC, DESNZ, Ofgem) are items too; nothing is claimed of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain import dates, statuses
from bot.domain.claims import Claim, Evidence
from watchers.outline import Block
from watchers.phrases import columns
from watchers.phrases.closing import Closing, bare_date, closings, column_roles, speaks_of_closing, unglued
from watchers.phrases.context import Context
from watchers.phrases.marks import Mark, Marked, marked, sentences
from watchers.phrases.rules import said
from watchers.phrases.titles import QUOTES, cleaned, quoted, unquoted

_STAGES = (
    r"(?:(?:draft|final) )?Modification Report|Refinement(?: Process| Stage)?|Report Phase|Working Group|"
    r"Development(?: Stage)?|Draft Proposal|(?:DCC )?Impact Assessment|Legal text|Industry|Solution|Business case|"
    r"Change Board|Modification(?: Proposal)?|Authority|Targeted|Joint|Urgent|Public|Stakeholder|SEC|MRC"
)
KIND = (
    rf"(?:(?:first|second|third|fourth|further|additional|new|joint|\d(?:st|nd|rd|th))\s+)?(?:(?:{_STAGES})\s*){{0,4}}"
    r"(?:consultations?|requests? for information|RFIs?|calls? for (?:evidence|input|views))"
    r"|MRC\b|(?:(?:draft|final) )?Modification Report(?!\s*[a-z])|Refinement(?: Process| Stage)?(?!\s*[a-z])"
)
"""What kind of consultation it is: no title, and no status of the modification."""
_KIND_ALONE = re.compile(rf"\W*(?:{KIND})(?<!s)\W*", re.IGNORECASE)
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
_BODIES = (
    r"DCC|Data Communications Company|Smart DCC|DESNZ|BEIS|DECC|Ofgem|HM Government|Government|Secretary of State|"
    r"Department for [\w ,]+?|REC(?:Co| Code Manager)?|Retail Energy Code(?: Company)?|Elexon|BSC|UNC|DCUSA|"
    r"CUSC|Xoserve|"
    r"NESO|National Grid(?: ESO)?|Energy UK|Citizens Advice"
)
_FOREIGN = re.compile(
    rf"\W*(?:the |a |an |joint )*(?:{_BODIES})\b(?!\s+(?:Preliminary |full )?Impact Assessment)",
    re.IGNORECASE,
)
_FOREIGN_BODY = re.compile(
    rf"\W*(?:the )?(?:{_BODIES})\W*(?:\([A-Z]+\))?\W*",
    re.IGNORECASE,
)
_ID_ALONE = re.compile(r"\W*⟦M\d+⟧\W*")
_CONSULTS = re.compile(r"\bconsult|\bcall for\b", re.IGNORECASE)
"""Beside a modification alone in its cell, what a body begins is the title, unless it tells of a consultation."""
_FOREIGN_HEADER = re.compile(
    r"\b(?:organi[sz]ation|body|owner|issued by|published by|run by|consult(?:ing|er|ed by)|who|source|from)\b",
    re.IGNORECASE,
)
_FOREIGN_SECTION = re.compile(
    rf"\W*(?:other |non-SEC |external |wider )|(?:{_BODIES})(?:’s|'s)?\s+(?:\w+\s+){{0,2}}consultations|"
    rf"\bnon-SEC\b|\bother (?:codes|organi|industry|bod)",
    re.IGNORECASE,
)
_TITLE_HEADER = re.compile(
    r"\b(?:title|name|description|modification|proposal|subject|topic|consultation|what|change|item)\b",
    re.IGNORECASE,
)
_NAMES_TITLE = re.compile(r"\b(?:title|name)\b", re.IGNORECASE)
_NOT_TITLE_HEADER = re.compile(
    r"\b(?:type|stage|status|date|clos\w+|open\w*|deadline|proposer|raised|lead|analyst|path|link|documents?|"
    r"respond|response|"
    r"phase|part(?:y|ies)|owner|contact|notes?|summary|details?|impact\w*)\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    rf"\s{{0,2}}(?:\||⟦[MDRVY]|[:;,–—(\[-]{{0,4}}\s*(?<![\w’'])(?:{KIND})(?!\w)"
    r"|[–—:;,(\[-]\s*(?:clos|open|deadline|respon|issued|publish|launch|end|extend)\w*"
    r"|\b(?:clos(?:es|ed|ing)|open(?:s|ed|ing)?|deadline|respon(?:d|ses)|issued|published|ends|ended|until|by|"
    r"from|extended)\b"
    r"[^⟦⟧|]{0,40}⟦D)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:will|has|have|had|is|are|was|were|would|should|may|can|must|does|seeks|aims|proposes|asks)\b|[.!?](?:\s|$)"
)
_LABEL = re.compile(r"\s*(?P<label>[A-Z][^.:;!?⟦⟧|]{1,50}?)\s*(?::|\?|\s[–—|-]\s)\s*(?P<value>\S.*)$")
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
_LINKS_ALONE = re.compile(
    r"\W*(?:view|download|read|see|open|respond|go to|consultation|documents?|more|here|link|pdf|form|response)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 160
_LINK_WORDS = 4
"""Words that a link's text has fewer of: "View the consultation"."""
_ONE_WORD = 8
"""Letters that a title of one word has at least."""
_NO_TITLE = re.compile(
    rf"{KIND}|{_STAGES}|(?:{_BODIES})|Self[- ]Governance|Authority[- ]\w+",
    re.IGNORECASE,
)
_FIELDS = frozenset(
    {
        "proposer",
        "lead_analyst",
        "decision_path",
        "decision_cut_off",
        "change_board_vote_on",
        "panel_presentation_on",
        "raised_on",
    }
)
_STAGE = re.compile(
    r"\W*(?:current |modification )?(?:stage|phase)\W*|\W*modification status\W*",
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
_LEAST_WORDS = 5
"""Words that make a sentence: "Report Phase" alone is a kind of consultation."""


@dataclass
class Entry:
    """One consultation: whom it is about (nobody of ours: ""), how its list words it, when it closes."""

    ids: tuple[str, ...]
    name: str
    kind: str
    level: int
    closes: list[tuple[Closing, str, int]] = field(default_factory=list)
    bare: list[tuple[str, str, int]] = field(default_factory=list)
    titled: bool = False


@dataclass
class _Section:
    closes: tuple[Closing, str, int] | None = None
    promises: bool = False
    columns: tuple[bool, ...] = ()
    foreign: bool = False


@dataclass
class Consulting:
    """Reads blocks in their order. `item`: the stream's item that says it all."""

    item: str = ""
    claims: list[Claim] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    others: int = 0

    def __post_init__(self) -> None:
        """Begin at the top of the page."""
        self.entry: Entry | None = None
        self.entries: list[Entry] = []
        self.section, self.beside = _Section(), False
        self.context = Context()
        self.number, self.heading, self.label = 0, "", ""

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

    # --- blocks ---

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
        self.section = _Section(columns=self.section.columns, foreign=bool(_FOREIGN_SECTION.search(block.text)))
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

    def labelled(self, block: Block, label: str, value: str) -> None:
        """A label with its value."""
        if self.leading(value):
            self.begins(block, value)
        elif self.entry and re.fullmatch(r"\W*(?:title|name)\W*", label, re.IGNORECASE):
            self.title(value, block.text)
        else:
            self.cell(block, label, value)

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
        if _FOREIGN.match(block.text) and not _SENTENCE.search(block.text):
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
        if _FOREIGN.match(block.text):
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

    # --- items ---

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
            return self.begin_prose(block, found)
        if not found and not (found := self.trailing(text, heading=block.kind == "heading" or anywhere)):
            if _FOREIGN.match(text) and block.kind in ("heading", "item"):
                self.begin_foreign(block)
                return True
            return False
        marks, whole, rest = found
        self.end()
        ids = tuple(dict.fromkeys(mark.value for mark in marks))
        foreign = self.section.foreign or bool(_FOREIGN.match(text))
        self.entry = Entry(() if foreign else ids, block.text, block.kind, block.level)
        self.others += foreign
        self.label = ""
        plain = whole.plain(rest)
        if len(marks) == 1 and not marks[0].title:
            self.title(_bare_title(rest, whole), block.text)
        self.entry.titled = self.entry.titled or bool(marks[0].title)
        self.take(plain, "", block.text)
        if block.kind != "row":
            self.labels(plain, block.text)
        return True

    def begin_prose(self, block: Block, found: tuple[list[Mark], Marked, str]) -> bool:
        """A paragraph or bullet that begins with a modification and goes on as a sentence."""
        self.end()
        ids = tuple(dict.fromkeys(mark.value for mark in found[0]))
        self.entry = Entry(ids if not self.section.foreign else (), block.text, block.kind, block.level)
        self.detail(block, block.text)
        return True

    def is_prose(self, rest: str) -> bool:
        """Whether what follows an id makes a sentence of it."""
        return bool(re.match(r"\s*(?:[a-z]|’s|'s)", rest)) and bool(_SENTENCE.search(rest))

    def trailing(self, text: str, *, heading: bool) -> tuple[list[Mark], Marked, str] | None:
        """Return what a text that names its modification at the end is about: "Title (MP162)", "Title – MP162"."""
        whole = marked(unglued(text))
        match = re.match(
            r"(?P<title>[^⟦⟧|.:;]{4,170}?)\s*(?P<by>[(\[–—,-]?)\s*⟦(?P<mark>M\d+)⟧\s*[)\]]?(?P<rest>.*)$", whole.text
        )
        if not match or len(whole.values("M")) != 1 or _FOREIGN.match(text):
            return None
        title = match["title"].strip()
        follows = not match["rest"].strip(" :–—|-") or re.match(
            rf"\W*(?:{KIND}|clos|⟦D|open|issu|deadline)", match["rest"], re.IGNORECASE
        )
        named = match["by"] and follows and not _SENTENCE.search(title) and re.match(r"[A-Z0-9‘“'\"]", title)
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
            _FOREIGN_HEADER.search(h) and _FOREIGN_BODY.fullmatch(c) for h, c in zip(headers, block.cells, strict=True)
        )
        first = next((cell for cell in block.cells if cell.strip()), "")
        titled = any(_ID_ALONE.fullmatch(marked(cell).text) for cell in block.cells) and not _CONSULTS.search(first)
        return named or (bool(_FOREIGN.match(first)) and (not titled or bool(_FOREIGN_BODY.fullmatch(first))))

    def end(self) -> None:
        """End an item: claim when it closes."""
        entry, self.entry, self.label = self.entry, None, ""
        if entry is None:
            return
        self.entries.append(entry)
        closes = [one for one in entry.closes if one[0].moved] or entry.closes
        if not closes and entry.bare and len(entry.bare) == len(self.section.columns):
            told = zip(entry.bare, self.section.columns, strict=True)
            closes = [(Closing(value), quote, number) for (value, quote, number), is_closing in told if is_closing]
        if not closes and entry.bare and self.section.promises:
            value, quote, number = max(entry.bare, key=lambda one: dates.earliest(one[0]))
            closes = [(Closing(value), quote, number)]
        if not closes and self.section.closes:
            one, quote, number = self.section.closes
            closes = [(one, f"{quote} | {entry.name}", number)]
        for one, quote, number in closes:
            for id_ in entry.ids:
                self.claim(f"modification:{id_}", "consultation_closes_on", one.value, quote, "closing date", number)
        if entry.ids and not closes and not entry.titled and dates.find(entry.name):
            self.residue.append(entry.name)

    # --- what an item says ---

    def cell(self, block: Block, label: str, text: str) -> None:
        """A cell of an item's row, or a label's value."""
        entry = self.entry
        if entry is None:
            return
        quote = block.text if block.text == entry.name else f"{entry.name} | {block.text}"
        self.take(text, label, quote)
        for attribute, value in columns.field(label, text) or ():
            stage = (
                attribute == "status"
                and _STAGE.fullmatch(label)
                and not re.fullmatch(KIND, text.strip(), re.IGNORECASE)
            )
            if stage or (attribute in _FIELDS and (label or attribute == "decision_path")):
                self.of_entry(attribute, value, quote, "row")
        self.facts(text, entry.ids)

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
        if not label and (found := _LABEL.match(text)) and not _SENTENCE.search(found["label"]):
            self.labelled(block, found["label"], found["value"])
        elif label:
            self.cell(block, label, text)
        else:
            quote = block.text if block.text == entry.name else f"{entry.name} | {block.text}"
            self.take(text, "", quote)
            self.facts(text, entry.ids)

    def labels(self, rest: str, quote: str) -> None:
        """Labels that stand in one line with the item: "MP162 ‘…’ | Proposer: Elexon | Closes: 12 August 2022"."""
        for piece in re.split(r"\s*\|\s*|\s+[–—]\s+|;\s+", rest):
            if (found := _LABEL.match(piece)) and self.entry:
                for attribute, value in columns.field(found["label"], found["value"]) or ():
                    if attribute in _FIELDS:
                        self.of_entry(attribute, value, quote, "row")

    def take(self, text: str, label: str, quote: str) -> None:
        """Take the closing dates of a text of the item."""
        entry = self.entry
        if entry is None:
            return
        if not label and (value := bare_date(text)):
            entry.bare.append((value, quote, self.number))
            return
        if re.fullmatch(r"\W*dates?\W*", label, re.IGNORECASE) and (value := bare_date(text)):
            entry.bare.append((value, quote, self.number))
        found = closings(text, label)
        if not found and not label and self.section.columns and not _SENTENCE.search(text):
            entry.bare += [(one.value, quote, self.number) for one in dates.find(unglued(text))]
        for one in found:
            if one.ids and not set(one.ids) & set(entry.ids):
                for id_ in one.ids if entry.ids else ():
                    self.claim(f"modification:{id_}", "consultation_closes_on", one.value, quote, "closing date")
                continue
            if not any(held.value == one.value and held.moved == one.moved for held, _, _ in entry.closes):
                entry.closes.append((one, quote, self.number))

    def title_cell(self, others: Sequence[tuple[str, str]]) -> str:
        """Find the title in a cell of its own; return that cell, "" where there is none."""
        entry = self.entry
        if entry is None or entry.titled:
            return ""
        for header, text in others:
            if header and (not _TITLE_HEADER.search(header) or _NOT_TITLE_HEADER.search(header)):
                continue
            plain = unquoted(text)
            whole = plain != cleaned(text) or (_NAMES_TITLE.search(header) and _may_be_title(plain))
            title = plain if whole else _bare_title(marked(text).text, marked(text))
            if title and len(title) == len(plain):
                self.title(title, entry.name)
                return text
        return ""

    def title(self, title: str, quote: str) -> None:
        """Claim the item's title."""
        entry = self.entry
        plain = unquoted(title) if title else ""
        if entry is None or not plain or len(entry.ids) != 1 or entry.titled:
            return
        entry.titled = True
        self.of_entry("title", plain, quote, "title")

    def title_marks(self, block: Block) -> None:
        """Titles stand wherever an id is followed by one in quotes."""
        for mark in marked(block.text).of("M"):
            if mark.title:
                self.claim(f"modification:{mark.value}", "title", mark.title, block.text, "title")

    def facts(self, text: str, ids: tuple[str, ...]) -> None:
        """Read what else sentences say; of an item's own modification where they name none."""
        if (self.entry and not self.entry.ids) or self.section.foreign:
            return
        self.context.about = ids
        for sentence in sentences(text):
            if len(sentence.text.split()) >= _LEAST_WORDS:
                self.context.mentioned |= set(sentence.values("M"))
                for subject, attribute, value, rule in said(sentence, self.context):
                    if attribute != "consultation_closes_on":
                        self.claim(subject, attribute, value, sentence.plain(), rule)
        self.context.about = ()

    def of_entry(self, attribute: str, value: str, quote: str, rule: str) -> None:
        """Claim something of the item's modifications."""
        for id_ in self.entry.ids if self.entry else ():
            self.claim(f"modification:{id_}", attribute, value, quote, rule)

    def claim(self, subject: str, attribute: str, value: str, quote: str, rule: str, number: int | None = None) -> None:
        """Keep a claim with its evidence."""
        evidence = Evidence(quote, self.number if number is None else number, self.heading, rule)
        self.claims.append(Claim(subject, attribute, value, evidence, self.item))


def _bare_title(rest: str, whole: Marked) -> str:
    """Return the title without quotes that follows an id, "" where what follows is none."""
    text = re.sub(r"^[\s:;,|–—-]+", "", rest)
    cut = _CUT.search(text)
    first = whole.plain(text[: cut.start()] if cut else text).strip(" :;,–—|(-")
    first = unquoted(first)
    begins = re.match(rf"[{QUOTES}]?[A-Z0-9]", first)
    if not begins or len(first) < 4 or len(first) > _LONGEST_TITLE or _SENTENCE.search(first):
        return ""
    if statuses.named(first) or dates.find(first) or _NO_TITLE.fullmatch(first):
        return ""
    if len(first.split()) < _LINK_WORDS and _LINKS_ALONE.match(first):
        return ""
    return cleaned(first) if " " in first or len(first) >= _ONE_WORD else ""


def _may_be_title(text: str) -> bool:
    """Whether a cell below the heading of titles can be one: it is no date, no status and no kind of consultation."""
    return not (dates.whole(text) or statuses.named(text) or _NO_TITLE.fullmatch(text)) and len(text) > 3


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """Yield blocks with their numbers."""
    yield from enumerate(blocks)
