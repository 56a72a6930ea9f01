"""Variations of the SEC by the Secretary of State: which provision was varied by notice of which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain import checks, dates
from bot.domain.claims import Claim, Doubt, Evidence, Reading, unique
from watchers.outline import Block, Outline
from watchers.phrases.provisions import Provision, everywhere, leading

KIND = "variations"

_ADDRESS = re.compile(r"/(?:sos|secretary-of-state)-variations?/?(?:$|[?#])", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:SoS|Secretary of State)\b(?:’s|'s)?.{0,40}\b(?:variations?|notices?|modifications?|amendments?|changes)\b|"
    r"\b(?:variations?|amendments?|modifications?|notices?)\b.{0,30}\bby the (?:SoS|Secretary of State)\b",
    re.IGNORECASE,
)
_PROVISION = re.compile(
    r"\bprovisions?\b|\bparts?\b|\bsections?\b|\bSEC (?:document|reference)|\baffected\b|\bwhere\b", re.IGNORECASE
)
_NOTICE = re.compile(
    r"\bnotic\w+|\bnotified\b|\bletter\b|\bdirect(?:ed|ion)\b|\bdated\b|\bgiven\b|\bissued\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:effective|effect|in(?:to)? force|commenc\w+|implement\w+|publish\w+|updated|uploaded|added|laid|designated|"
    r"designation date|date of designation|until|expir\w+|as of|since|posted|consult\w+)\b",
    re.IGNORECASE,
)
"""Roles of dates that are not the notice's."""
_VARIES = re.compile(
    r"\b(?:var(?:y|ies|ied|ying|iations?)|amend\w*|modif\w*|insert\w*|replac\w*|delet\w*|chang\w*|notice)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\W*(?:(?:variations|notices)\W+(?:in|of|given in)?\W*)?(20\d\d)\W*(?:variations|notices)?\W*", re.IGNORECASE
)
_GLUED = re.compile(
    r"(?:(?<=[A-Za-z)’”'\".])|(?<=Schedule \d)|(?<=[a-z] 20\d\d))"
    r"(?=[0-3]?\d(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\s+20\d\d)|"
    rf"(?<=[a-z)’”'\".])(?=(?:{dates.MONTH})\s+\d{{1,2}},?\s+20\d\d)"
)
_RUNS_ON = re.compile(r"\b(?:on|from|until|by|of|in|to|since|at|for|before|after|between|and|the)\W*$", re.IGNORECASE)
"""What makes a date part of the sentence before it."""
_DATE_HEADER = re.compile(r"\bdate\b|\bwhen\b|\bday\b", re.IGNORECASE)
_GLUED_HEADINGS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_LABEL = 60
_LONGEST_DATE = 120


def recognises(outline: Outline) -> float:
    """Return how sure it is: its name or address, and provisions with the days of notices."""
    if outline.form == "feed":
        return 0.0
    headings = [block.text for block in outline.blocks if block.kind == "heading"]
    named = any(_NAMED.search(text) for text in (outline.title, *headings[:1])) and not any(
        re.search(r"\bv\d+\.\d", text) for text in headings[:1]
    )
    if not named and not _ADDRESS.search(outline.url) and not _columns(outline.blocks):
        return 0.0
    rows = len({claim.subject for claim in _read(outline).claims})
    return (
        (0.9 if named or _ADDRESS.search(outline.url) else 0.6)
        if rows
        else 0.4
        if _ADDRESS.search(outline.url)
        else 0.3
        if named
        else 0.0
    )


def read(outline: Outline) -> Reading:
    """Return what a list of variations claims."""
    found = _read(outline)
    empty = Doubt("nothing", "No variation was read, and the page does not say that there is none.")
    says_none = checks.says_none([block.text for block in outline.blocks])
    return Reading(
        KIND,
        unique(found.claims),
        heading=next((block.text for block in outline.blocks if block.kind == "heading"), outline.title),
        doubts=() if found.claims or says_none else (empty,),
        residue=tuple(found.residue),
    )


def _read(outline: Outline) -> _List:
    walk = _List(flat=outline.form != "html")
    for number, block in enumerate(outline.blocks):
        walk.read(number, block)
    walk.end()
    return walk


_PROVISIONS = re.compile(r"provision", re.IGNORECASE)
_NOTICE_DATES = re.compile(r"date of notice|notice date", re.IGNORECASE)


def _columns(blocks: Sequence[Block]) -> bool:
    """Whether a table has a column of provisions and one of the days of notices."""
    heads = (
        *(" ".join(block.header) for block in blocks if block.header),
        *(b.text for b in blocks if len(b.text) < 80),
    )
    return any(_PROVISIONS.search(head) and _NOTICE_DATES.search(head) for head in dict.fromkeys(heads))


def _just_before(text: str, date: dates.Found) -> str:
    """Return the words just before a date, in its own piece of the line."""
    return text[max(0, date.start - 30) : date.start].rpartition("|")[2]


def _order(text: str) -> str:
    """Return the order of two columns of dates that headings glued together give; "" for other words."""
    if len(text) > _LONGEST_DATE or " | " in text or not _GLUED_HEADINGS.search(text) or dates.find(text):
        return ""
    plain = _GLUED_HEADINGS.sub(" ", text)
    notice, other = (max((m.start() for m in words.finditer(plain)), default=-1) for words in (_NOTICE, _ANOTHER))
    return "" if min(notice, other) < 0 else "notice first" if notice < other else "notice last"


@dataclass
class _List:
    """Reads blocks in their order. `open`: provisions that still wait for the day of their notice. `flat`: of a text,
    whose lone lines are headings.
    """

    flat: bool = False
    claims: list[Claim] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    open: tuple[Provision, ...] = ()
    quote: str = ""
    number: int = 0
    day: str = ""
    year: int | None = None
    heading: str = ""
    order: str = ""
    """Which of two dates at the end of a glued row is the notice's, by the headings glued above it."""

    def read(self, number: int, block: Block) -> None:
        """Read one block."""
        self.number = number
        self.order = _order(block.text) or self.order
        if block.kind == "heading" and self.is_section(block):
            return
        if block.kind == "row" and len(block.cells) > 1:
            self.row(block)
        else:
            self.line(block)

    def is_section(self, block: Block) -> bool:
        """A heading that is a year, or the day of the notices below it, or names neither."""
        if year := _YEAR.fullmatch(block.text):
            self.end()
            self.year, self.day, self.heading = int(year[1]), "", block.text
            return True
        if leading(block.text)[0] or (self.flat and self.open):
            return False
        self.end()
        found = self.dated(block.text)
        self.day = found[0].value if len(found) == 1 and not _ANOTHER.search(block.text[: found[0].start]) else ""
        self.heading = block.text
        return True

    def dated(self, text: str) -> list[dates.Found]:
        """Return the dates in a text; below a year's heading a day and month are of that year."""
        return dates.find(text, self.year)

    # --- rows ---

    def row(self, block: Block) -> None:
        """A row: provision, description, day of notice, in whatever order."""
        headers = [block.header[n] if n < len(block.header) else "" for n in range(len(block.cells))]
        if self.pair(block):
            return
        if not any(_PROVISION.search(one) or _NOTICE.search(one) or _DATE_HEADER.search(one) for one in headers):
            headers = [""] * len(headers)  # of another table, or furniture above this one
        self.end()
        day, at = self.row_date(block.cells, headers)
        rest = [(header, cell) for n, (header, cell) in enumerate(zip(headers, block.cells, strict=True)) if n != at]
        provisions = self.row_provisions(rest)
        if provisions and (day or self.day):
            self.claim(provisions, day or self.day, block.text)
        elif provisions and not day:
            self.open, self.quote = provisions, block.text
        elif day and not provisions:
            self.residue.append(block.text)

    def pair(self, block: Block) -> bool:
        """A label with its value, as in a list of terms: "Date of notice" beside "2 September 2014"."""
        if len(block.cells) != 2 or block.header:
            return False
        label, value = (cell.strip() for cell in block.cells)
        if len(label) > _LONGEST_LABEL or self.dated(label) or leading(label)[0]:
            return False
        if _PROVISION.search(label) and (found := everywhere(value)):
            self.end()
            self.open, self.quote = found, block.text
            return True
        whole = self.whole(value)
        if whole and self.open and (_NOTICE.search(label) or re.fullmatch(r"date\W*", label, re.IGNORECASE)):
            self.claim(self.open, whole, f"{self.quote} | {block.text}")
            return True
        return bool(self.open)

    def row_date(self, cells: Sequence[str], headers: Sequence[str]) -> tuple[str, int]:
        """Return the day of a row's notice and the cell that it stands in."""
        dated = [(n, self.whole(cell) or self.first(cell)) for n, cell in enumerate(cells)]
        found = [(n, value, headers[n]) for n, value in dated if value]
        notice = [one for one in found if _NOTICE.search(one[2])]
        plain = [one for one in found if not _ANOTHER.search(one[2]) and (not one[2] or _DATE_HEADER.search(one[2]))]
        whole = [one for one in plain if self.whole(cells[one[0]])]
        for several in (notice, whole, plain):
            if several:
                return several[0][1], several[0][0]
        unsaid = not self.day and (not headers[-1] or _NOTICE.search(headers[-1]))
        return (self.below_description(cells[-1]) if unsaid else ""), -1

    def below_description(self, text: str) -> str:
        """Return the day that ends a cell of a description, as of a list of terms with two meanings below one."""
        found = self.dated(text)[-1:]
        ends = [one for one in found if not text[one.end :].strip(" .)") and one.start]
        free = [
            one
            for one in ends
            if not _RUNS_ON.search(text[: one.start]) and not _ANOTHER.search(_just_before(text, one))
        ]
        return free[0].value if free else ""

    def row_provisions(self, rest: Sequence[tuple[str, str]]) -> tuple[Provision, ...]:
        """Return the provisions of a row: of the column for them, else of the first cell that begins with one."""
        for header, cell in rest:
            if header and _PROVISION.search(header) and (found := everywhere(cell)):
                return found
        return next((found for _, cell in rest if (found := leading(cell)[0])), ())

    def whole(self, text: str) -> str:
        """Return the day that a cell consists of, with a link or note beside it, "" for other cells."""
        found = self.dated(text) if len(text) <= _LONGEST_DATE else []
        rest = (text[: found[0].start] + " " + text[found[0].end :]) if len(found) == 1 else "x"
        words = r"(?:notice|letter|dated|date|of|on|view|read|download|open|pdf|link|the|see|\(|\)|\W|\d+ ?[KM]B)*"
        return found[0].value if re.fullmatch(words, rest, re.IGNORECASE) else ""

    def first(self, text: str) -> str:
        """Return the day of notice that a cell of several words names."""
        found = self.dated(text)
        named = [one for one in found if _NOTICE.search(text[max(0, one.start - 40) : one.start])]
        return named[0].value if named and len(text) < 120 else ""

    # --- lines ---

    def line(self, block: Block) -> None:
        """A line, bullet or heading: provisions, what was done to them, the day, glued or apart."""
        text = _GLUED.sub(" | ", block.text)
        if (whole := self.whole(text)) and not leading(text)[0]:
            if self.open:
                self.claim(self.open, whole, f"{self.quote} | {block.text}")
                self.open = ()
            else:
                self.day = whole if block.kind != "item" else self.day
            return
        day, span = self.line_date(text)
        body = (
            text
            if span is None
            else (text[span.end :] if not text[: span.start].strip(" •-–—|:(,") else text[: span.start])
        )
        provisions, _ = leading(re.sub(r"^[\s:|,.;–—-]+", "", body))
        if provisions:
            self.end()
            if day or self.day:
                self.claim(provisions, day or self.day, block.text)
                self.heading = block.text if block.kind == "heading" else self.heading
            else:
                self.open, self.quote = provisions, block.text
        elif self.open:
            self.below(text, block)
        else:
            self.prose(text)

    def below(self, text: str, block: Block) -> None:
        """A line below a provision: what was done, and perhaps the day of the notice."""
        found = self.dated(text)
        at = next(
            (one for one in found if _NOTICE.search(text[: one.start]) and not _ANOTHER.search(text[: one.start])), None
        )
        if at is None and len(found) == 1 and not text[found[0].end :].strip(" .)") and not _ANOTHER.search(text):
            at = found[0]
        if at is not None:
            self.claim(self.open, at.value, f"{self.quote} | {block.text}")
            self.open = ()

    def line_date(self, text: str) -> tuple[str, dates.Found | None]:
        """Return the day of the notice in a line: so called, else at its end or beginning, else its only date."""
        found = self.dated(text)
        if len(found) > 1 and self.order and not text[found[-2].end : found[-1].start].strip(" |"):
            one = found[-2] if self.order == "notice first" else found[-1]
            return one.value, found[-2]
        called = [one for one in found if _NOTICE.search(_just_before(text, one))]
        ends = [
            one
            for one in found
            if re.fullmatch(
                r"\W*(?:\(?(?:view|read|download|see|letter|notice|pdf)\b.{0,30})?", text[one.end :], re.IGNORECASE
            )
        ]
        begins = [one for one in found if not text[: one.start].strip(" •*·-–—|:(")]
        other = [one for one in found if _ANOTHER.search(_just_before(text, one))]
        for several in (called, ends, begins, found if len(found) == 1 else []):
            free = [one for one in several if one not in other]
            if free:
                return free[0].value, free[0] if several is not found or len(found) == 1 else None
        return "", None

    def prose(self, text: str) -> None:
        """A sentence that tells of a notice: "On 2 September 2014 the Secretary of State gave notice of …"."""
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", text):
            found = [
                one for one in self.dated(sentence) if not _ANOTHER.search(sentence[max(0, one.start - 30) : one.start])
            ]
            parts = everywhere(sentence)
            if len(found) == 1 and parts and _NOTICE.search(sentence) and _VARIES.search(sentence):
                self.claim(parts, found[0].value, sentence)

    # --- claims ---

    def end(self) -> None:
        """Give up provisions that no day of notice followed."""
        if self.open and _VARIES.search(self.quote):
            self.residue.append(self.quote)
        self.open, self.quote = (), ""

    def claim(self, provisions: Sequence[Provision], day: str, quote: str) -> None:
        """Claim the variation of each part."""
        evidence = Evidence(quote, self.number, self.heading, "variation row")
        for one in provisions:
            subject = f"variation:{day}/{one.part}"
            if not one.clause:
                self.claims.append(Claim(subject, "affects_part", one.part, evidence))
            self.claims.append(Claim(subject, "noticed_on", day, evidence))
