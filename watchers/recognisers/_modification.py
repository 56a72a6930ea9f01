"""One walk through a modification's page: labels give values their role, the timeline events, sentences the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.domain import dates, statuses
from bot.domain.claims import Claim, Evidence
from bot.domain.identifiers import MODIFICATION, canonical, identity, is_draft_proposal, is_modification, modifications
from watchers.outline import Block
from watchers.phrases import columns, events, impacts, labels, own, stages
from watchers.phrases.context import Context
from watchers.phrases.documents import document
from watchers.phrases.labels import Pair
from watchers.phrases.marks import RELEASE, Marked, marked, sentences
from watchers.phrases.rules import said
from watchers.phrases.titles import QUOTES, cleaned

LABELLED, TIMELINE, PROSE = "label", "timeline", "sentence"
RULES = (LABELLED, TIMELINE, PROSE)
"""What reads a claim; where two differ on what has one value, the earlier counts."""
_UPDATED = re.compile(
    r"^\W*(?:(?:last |latest )?updated?(?: on)?\s*[:–—-]?\s*)?(?=[A-Z]?[a-z]*,?\s*\d|[A-Z][a-z]+ 20)", re.IGNORECASE
)
_PRONOUN = re.compile(r"^\W*(?:it|they|both|that (?:modification|proposal|change)|these|the latter)\b", re.IGNORECASE)
_OWN_PRONOUN = re.compile(r"\b(?:this|the) (?:draft |modification )?(?:modification|proposal|change)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:no longer on hold|(?:was|were|had been)\b.{0,40}\bon hold\b.{0,40}\b(?:until|"
    r"resum|lifted|restart|before|between|while)|"
    r"taken off hold|on hold\b.{0,60}\b(?:has|have) (?:since |now )?(?:resumed|restarted|been lifted))",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:resumed|restarted|back in|returned to)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:once more|once again|now|currently|at present|presently|today)\b", re.IGNORECASE)
_OLD_DATE = re.compile(
    r"\b(?:originally|previously|formerly|initially|was due|instead of|not|rather than)\b[^,;(]{0,30}$", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|subject to|provided|unless|depend\w*)\b", re.IGNORECASE)
_HOPED = re.compile(r"\btarget\w*|\baim\w*", re.IGNORECASE)
_UNSETTLED = re.compile(r"\b(?:proposed|provisional|indicative|estimated)\b", re.IGNORECASE)
_EVENT_HEADER = re.compile(
    r"\b(?:event|milestone|activity|step|action|stage|phase|task|what|description|progress)\b", re.IGNORECASE
)
_DATE_HEADER = re.compile(r"\bdates?\b|\bwhen\b|^(?:actual|planned|forecast|expected|completed)$", re.IGNORECASE)
_DAY_LABEL = re.compile(r"^\W*(?:dates?|when|on)\s*:\s*", re.IGNORECASE)
"""Beside an event's day that stands below it: "Date: 7 July 2020"."""
_PLANNED = re.compile(r"\b(?:planned|forecast|expected)\b", re.IGNORECASE)
_END_HEADER = re.compile(r"\b(?:end|to|until|clos\w*|finish\w*|complet\w*|deadline)\b", re.IGNORECASE)
_START_HEADER = re.compile(r"\b(?:start|from|open\w*|begin\w*|issued?)\b", re.IGNORECASE)
_EVENTFUL = ("date", "status", "decision", "recommendation")
"""Roles of labels that in a timeline are the names of events."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|be|been|may|might|can|affects?|impacts?|changes?|amends?|requires?|"
    r"needs?|agreed|approved|decided|rejected|voted|recommended|met|published|withdrew|sent|told|asked|proposes?|seeks?|"
    r"adds?|introduces?)\b"
)
_UNCHANGED = re.compile(
    r"\bno (?:\w+ )?(?:changes?|impacts?|amendments?)\b|\bnot\b|\bunchanged\b|\bunaffected\b", re.IGNORECASE
)
_BLANK_END = re.compile(r"(?:[–—-]|\b(?:TBC|TBD|N/A|to be confirmed))\W*$", re.IGNORECASE)
_IRP = re.compile(r"(?<![A-Za-z0-9])IRP\s?(\d{3,4})(?!\d)")
_DOCUMENTS = re.compile(r"\b(?:documents?|documentation|schedules?|appendices|parts?)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:not?|un(?:changed|affected)|considered|ruled out|out of scope|instead|related|relevant|references?|"
    r"definitions?|background|read|guidance|links?|other|may|might|could|likely|possibl[ey]|potential(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words of a heading below which a list of parts is not one of what changes."""
_NEVER = re.compile(r"\bwould(?: n[o’']t)? have\b|\bhad (?:it|this) (?:been|passed|gone)\b", re.IGNORECASE)
"""Words of a heading above what a modification that was rejected or withdrawn will never change."""
_GENERAL = re.compile(
    r"\W*(?:yes ?/ ?no|comments?|notes?|details?|reasons?|how|why|answer|response|description|rationale)\W*",
    re.IGNORECASE,
)
"""Heads of columns that name neither a party nor a system."""
_BY_PARTS = re.compile(r"\bimplement|\bgo[- ]?live\b", re.IGNORECASE)
"""Labels of which several values can stand below, one an item."""
_CURRENT = re.compile(r"\b(?:current|now|active|in progress|we are here)\b|[◉►▶←]", re.IGNORECASE)


@dataclass
class ModificationWalk:
    """Reads the blocks of the page of one modification, `own`. `flat`: of a text, whose lone lines are headings."""

    own: str
    flat: bool = False
    claims: list[Claim] = field(default_factory=list)
    told: list[stages.Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the top of the page."""
        self.heading, self.number = "", 0
        self._below, self._level = "", 0
        self.section = ""
        self._aside = 0
        self._open: Pair | None = None
        self._ticked: set[int] = set()
        self._drafts_for = ""
        self._board = False
        self._names: list[str] = []
        self._taken = self._opened = 0
        self._dated = ""
        self.updates: list[str] = []
        self._words = self._day = self._days_first = ""
        self._stages: list[tuple[str, str]] = []
        self.labelled_status = ""
        self._status_quote: tuple[str, int, str] = ("", 0, "")
        self.authority = self.by_panel = False

    # --- blocks ---

    def read(self, blocks: Sequence[tuple[int, Block]]) -> None:
        """Read blocks with their numbers."""
        paths = set(_paths([block for _, block in blocks]))
        self.authority, self.by_panel = "authority_determined" in paths, "fast_track" in paths
        self._ticked = {
            block.table for _, block in blocks if block.kind == "row" and any("✓" in cell for cell in block.cells[1:])
        }
        for at, (number, block) in enumerate(blocks):
            self.number = number
            if block.kind == "heading":
                self._below = blocks[at + 1][1].text if at + 1 < len(blocks) else ""
                self.read_heading(block)
            elif not self._aside:
                self.read_block(block)
        self._settle_stages()

    def read_heading(self, block: Block) -> None:
        """A heading: a label for what stands below it, an aside, or a section of prose."""
        if self._aside and block.level > self._aside:
            return
        self._aside = 0
        if self.heads_files(block):
            return
        if labels.heads_columns(block.text):
            return
        found = [] if self._answers(block.text) else labels.pairs(block.text)
        if self.section == "timeline" and self._is_of_timeline(block, found):
            self.event_line(block.text)
            return
        if not found and self._is_set_value(block):
            self.value_below(replace(block, kind="item"))
            return
        if self.flat and self._open and not found and self._is_value(block.text):
            self.value_below(replace(block, kind="item"))
            return
        if self._open and self._open.role == "update" and dates.whole(block.text):
            self._dated = dates.whole(block.text) or ""
            return
        self.leave()
        self.heading, self._level = block.text, block.level
        if (labels.aside(block.text) and not found) or self.of_another(block.text):
            self._aside = block.level
        elif found:
            self.take(found, block.text)
        elif dates.find(block.text) and events.fields(_only(events.split(block.text))):
            self.event_line(block.text)
        else:
            self.prose(block.text)

    def _is_of_timeline(self, block: Block, found: Sequence[Pair]) -> bool:
        """Whether a heading is an event or a day within the timeline, set as a heading."""
        if dates.whole(block.text) or events.whole_range(block.text) or labels.empty(block.text):
            return True
        if labels.aside(block.text) or any(pair.role not in _EVENTFUL for pair in found):
            return False
        if any(event.words for event in events.split(block.text)):
            return True
        dated = dates.whole(self._below) or events.whole_range(self._below) or labels.empty(self._below)
        return bool(self._day or found or (dated and self._below) or block.level > self._level)

    def _answers(self, text: str) -> bool:
        """Whether a text that is a label elsewhere is the value of the label above: "Implemented" below "Stage"."""
        if self._open is None or self.section == "timeline":
            return False
        if self._open.role == "status":
            return bool(stages.named(text)) and not self._taken
        if self._open.role == "systems":
            return impacts.are_systems(text)
        return self._open.role == "parties" and impacts.are_parties(text)

    def _is_set_value(self, block: Block) -> bool:
        """Whether a heading is the value of the one-valued label just above it, set in bold or as a lower heading."""
        pair = self._open
        if pair is None or not pair.single or self._taken or self.number != self._opened + 1:
            return False
        return not labels.aside(block.text) and labels.fits(replace(pair, value=block.text))

    def _is_value(self, text: str) -> bool:
        """Whether a line that stands alone is the value of the label above it rather than a heading."""
        if self._open is None or labels.aside(text) or text.endswith("?") or self._open.role == "update":
            return False
        return not self._taken or impacts.are_parties(text) or bool(impacts.parts(text))

    def leave(self) -> None:
        """End the section."""
        self._settle_stages()
        self.section, self._open, self._dated, self._drafts_for = "", None, "", ""
        self._words = self._day = self._days_first = ""

    def of_another(self, text: str) -> bool:
        """Whether a text is about other modifications: it begins with one, or names others and never its own."""
        named = [canonical(match) for match in MODIFICATION.finditer(text)]
        return (
            bool(named)
            and not any(self.is_own(id_) or own.is_part_of(self.own, id_) for id_ in named)
            and bool(MODIFICATION.match(text.lstrip("•*- ‘'“")))
        )

    def is_own(self, id_: str) -> bool:
        """Whether an id is the page's own modification's, as a Draft Proposal too."""
        return identity(id_) == identity(self.own)

    def read_block(self, block: Block) -> None:
        """A row, an item or a paragraph."""
        if block.header and self.section != "files":
            self.heads_files(Block("row", " | ".join(block.header), cells=block.header))
        if self.heads_files(block):
            return
        if labels.heads_columns(block.text):
            return
        if self.section == "files":
            self.file(block)
            return
        if block.kind == "row" and len(block.cells) > 1:
            self.read_row(block)
            return
        found = [] if self._answers(block.text) else pairs_of(block)
        if self.section == "timeline" and not any(pair.role not in _EVENTFUL for pair in found):
            self.event_line(block.text)
        elif found:
            if self._open is None or self._open.single or all(pair.role != "date" for pair in found) or found[0].value:
                self.take(found, block.text)
        elif self._open is not None:
            self.value_below(block)
        else:
            self.read_alone(block)

    def read_alone(self, block: Block) -> None:
        """A piece without a label: a list of parts, a stage, a line of several facts, an event, running text."""
        if self.lists_parts(block.text):
            self._parts(Pair("parts", self.heading, block.text), block.text)
        elif "✓" in block.text and impacts.are_parties(block.text):
            self._parties(Pair("parties", self.heading, block.text), block.text)
        elif block.kind == "item" and stages.named(_without_mark(block.text)):
            self._stages.append((block.text, block.text))
        elif not self._level and (pieces := _strap(block.text)):
            self.strap(pieces, block.text)
        elif self.is_event(block):
            self.event_line(block.text)
        else:
            self.prose(block.text)

    def lists_parts(self, text: str) -> bool:
        """Whether a text is but a list of parts of the SEC, whatever heading it stands below: what changes."""
        return impacts.only_parts(text) and not (_ELSEWHERE.search(self.heading) or _NEVER.search(self.heading))

    def heads_files(self, block: Block) -> bool:
        """Whether a line heads documents to download, which then stand below it: perhaps drafts for a release."""
        several = len(block.cells) > 1 or labels.heads_columns(block.text) or bool(RELEASE.search(block.text))
        if not several or not labels.heads_files(block.text):
            return False
        self.leave()
        self.section, self.heading = "files", block.text
        self._drafts_for = next(iter(marked(block.text).values("R")), "")
        return True

    def strap(self, pieces: Sequence[str], quote: str) -> None:
        """A line below the heading that gives several facts without labels: "Raised by EDF · Refinement Process"."""
        for piece in pieces:
            if stages.named(piece):
                self._status(Pair("status", "Stage", piece), quote)
            elif named := columns.path(piece):
                self.claim("decision_path", named, quote, LABELLED)
            elif found := labels.pairs(piece):
                for pair in found:
                    self.field(pair, quote)
            else:
                self.prose(piece)

    def is_event(self, block: Block) -> bool:
        """Whether a short line outside a timeline is an event with its day."""
        if len(block.text) > 110 or re.search(r"[.!?]\W*$", block.text) or self.of_another(block.text):
            return False
        return block.kind == "item" and any(events.fields(event) for event in events.split(block.text))

    def take(self, found: Sequence[Pair], quote: str) -> None:
        """Take labels with their values; the last one without a value waits for it below."""
        self._settle_stages()
        self._open = None
        for pair in found:
            if pair.value:
                self.field(pair, quote)
            if pair.role == "timeline" and pair.value:
                self.event_line(pair.value)
        last = found[-1]
        if last.role in ("timeline", "files", "update", "prose", "parties", "parts", "systems") or not last.value:
            self.section = last.role if last.role in ("timeline", "files") and not last.value else ""
            self._open = last if last.role not in ("timeline", "files", "prose") else None
            self._dated, self._taken, self._opened = "", 0, self.number
            self._words = self._day = self._days_first = ""
        if last.value and self._open and last.role != "update":
            self._open = (
                last
                if last.role in ("parties", "parts", "systems") and last.value.rstrip().endswith((",", ":"))
                else None
            )
        if last.role == "update" and last.value:
            self._open = last

    def value_below(self, block: Block) -> None:
        """A value below its label."""
        pair = self._open
        if pair is None:
            return
        if pair.role == "update":
            self.update(block.text)
            return
        if pair.role == "status" and block.kind == "item" and stages.named(_without_mark(block.text)):
            self._stages.append((block.text, block.text))
            return
        sentence = len(block.text) > 90 and bool(re.search(r"[.!?]\W*$", block.text))
        if self._taken and (block.kind == "paragraph" and (pair.single or sentence)):
            self._open = None
            self.prose(block.text)
            return
        self._taken += 1
        if self.of_another(block.text) and pair.role not in ("origin", "id"):
            return
        self.field(replace(pair, value=block.text), f"{pair.label.rstrip(' :')}: {block.text}")
        if pair.single and not (block.kind == "item" and _BY_PARTS.search(pair.label)):
            self._open = None

    def _settle_stages(self) -> None:
        """Of stages listed below one label take the one that is marked as the present, or the only one."""
        marked_ = [one for one in self._stages if _CURRENT.search(one[0])]
        chosen = marked_ if len(marked_) == 1 else self._stages if len(self._stages) == 1 else []
        for text, quote in chosen:
            self.field(Pair("status", "Stage", _without_mark(text)), quote)
        self._stages = []

    # --- rows ---

    def read_row(self, block: Block) -> None:
        """A row: a label beside its value, a row below labels, an event, or a tick."""
        cells, header = [cell.strip() for cell in block.cells], block.header
        if not self._begins_own(block):
            return
        if self.resolution(cells, block.text):
            self.resolution(header, " | ".join(header))
            return
        if inside := _pairs_within(cells):
            for pair in inside:
                self.field(pair, f"{pair.label}: {pair.value}")
        elif self._is_below_labels(header, cells):
            for head, cell in zip(header, cells, strict=True):
                self.labelled(head, cell, block.text)
        elif header and self._is_timeline(header, cells):
            self.event_row(header, cells, block.text)
        elif header and self._is_matrix(header, cells):
            self.matrix(header, cells, block.text)
        elif not labels.role(cells[0]) and _are_names(cells):
            self._names = cells
        elif self._names and self._is_matrix(["", *self._names[1:]], cells):
            self.matrix(["", *self._names[1:]] if cells[0] and not self._names[0] else self._names, cells, block.text)
        else:
            if self._is_first_pair(header, cells):
                self.labelled(header[0], header[1], " | ".join(header))
            self.beside(cells, block)

    def resolution(self, cells: Sequence[str], quote: str) -> bool:
        """An Issue Resolution Proposal with its title, in a row of its own (also one taken for a header)."""
        match = _IRP.fullmatch(cells[0].strip()) if len(cells) > 1 else None
        if match is None or self._aside or self.section == "files" or _ELSEWHERE.search(self.heading):
            return False
        self.claim("issue_resolution_proposal", f"IRP{match[1]}", quote, LABELLED)
        if re.search(r"[A-Za-z]{3}", cells[1]):
            title = cleaned(cells[1].strip(QUOTES + " "))
            self._claim(f"issue_resolution_proposal:IRP{match[1]}", "title", title, quote, LABELLED)
        return True

    def _is_below_labels(self, header: Sequence[str], cells: Sequence[str]) -> bool:
        """Whether a row holds the values of the labels above it, one a column."""
        roles = [labels.role(head) for head in header]
        known = sum(role not in ("", "timeline", "prose") for role in roles)
        return len(header) == len(cells) and known >= 2 and known > sum(bool(labels.role(cell)) for cell in cells)

    def _is_first_pair(self, header: Sequence[str], cells: Sequence[str]) -> bool:
        """Whether what was taken for a header is the first label with its value."""
        return len(header) == len(cells) == 2 and bool(labels.role(header[0])) and not self._is_column(header)

    def _begins_own(self, block: Block) -> bool:
        """Whether a row is not another modification's."""
        for cell in block.cells[:2]:
            if (
                MODIFICATION.match(cell)
                and self.of_another(cell)
                and labels.role(block.cells[0]) not in ("origin", "id")
            ):
                return False
        return True

    def _is_column(self, header: Sequence[str]) -> bool:
        """Whether a header names columns ("Event | Date") rather than being a label beside its value."""
        return bool(
            re.fullmatch(
                r"(?:date|value|details?|information|description|information|status|impact\w*|yes/no|response)\W*",
                header[1],
                re.IGNORECASE,
            )
        )

    def _is_timeline(self, header: Sequence[str], cells: Sequence[str]) -> bool:
        dated = [
            bool(_DATE_HEADER.search(head)) or bool(_START_HEADER.fullmatch(head)) or bool(_END_HEADER.fullmatch(head))
            for head in header
        ]
        if not any(dated) or len(cells) != len(header):
            return False
        words = [head for head, is_date in zip(header, dated, strict=True) if not is_date]
        return self.section == "timeline" or any(_EVENT_HEADER.search(head) for head in words)

    def event_row(self, header: Sequence[str], cells: Sequence[str], quote: str) -> None:
        """A row of a timeline with columns: the event's words, its day, or its beginning and end."""
        words, outcome, start, day = "", [], "", ""
        for head, cell in zip(header, cells, strict=True):
            value = events.whole_range(cell)
            found = value or next((one.value for one in dates.find(cell)[-1:]), "")
            if _DATE_HEADER.search(head) or _START_HEADER.fullmatch(head) or _END_HEADER.fullmatch(head):
                if _START_HEADER.search(head) and not _END_HEADER.search(head):
                    start = found
                elif found and not (day and _PLANNED.search(head)):
                    outcome += ["planned"] if _PLANNED.search(head) and _is_ahead(header, cells) else []
                    day, start = found, start or (found if value else "")
                if re.search(r"[A-Za-z]{4}", cell) and not dates.whole(cell):
                    outcome.append(re.sub(r"\d.*20\d\d", "", cell))
            elif not words and cell:
                words = cell
            else:
                outcome.append(cell)
        if day or start:
            ranged = bool(start and day)
            self.event(events.Event(words, (day or start,), ranged, " ".join(outcome)), quote)

    def _is_matrix(self, header: Sequence[str], cells: Sequence[str]) -> bool:
        ticks = [cell for head, cell in zip(header, cells, strict=False) if cell and head]
        named = all(columns.impacts(head) and not _GENERAL.fullmatch(head) for head in header[1:] if head)
        ticked = bool(ticks) and all(columns.tick("x", cell) is not None for cell in ticks)
        return named and ticked and len(header) == len(cells)

    def matrix(self, header: Sequence[str], cells: Sequence[str], quote: str) -> None:
        """Ticks below the names of parties, or of systems."""
        for head, cell in zip(header, cells, strict=True):
            if head:
                self.tick(head, cell, quote)

    def tick(self, name: str, cell: str, quote: str) -> bool:
        """A tick beside (or below) what it is about; False where the cell holds none."""
        fields = columns.tick(f"Impacts {name}", cell) if cell else None
        if fields is None:
            return False
        label = self._open.label if self._open else self.heading
        role = labels.role(label)
        systems = role == "systems" and bool(re.search(r"system|specification", label, re.IGNORECASE))
        plain = columns.impacts(name)
        for attribute, value in fields:
            if impacts.are_parties(plain) and not systems:
                if attribute == "affects":
                    self.claim("impacts_party", value, quote, LABELLED)
            elif parts := impacts.parts(name):
                if attribute == "affects":
                    self.claim("affects_part", parts[0], quote, LABELLED)
            elif role == "parties" and attribute == "affects":
                self.claim("impacts_party", value, quote, LABELLED)
            elif role != "parties":
                self.claim(attribute, value, quote, LABELLED)
        return True

    def beside(self, cells: Sequence[str], block: Block) -> None:
        """Labels beside values, in two columns or in four; an event beside its day; a name beside a tick."""
        filled = [cell for cell in cells if cell]
        if len(cells) % 2 == 0 and all(labels.role(cell) for cell in cells[::2]):
            for label, value in zip(cells[::2], cells[1::2], strict=True):
                self.labelled(label, value, block.text)
            if self._open is None and len(cells) == 2 and not cells[1]:
                self._open = Pair(labels.role(cells[0]), cells[0], "")
            return
        if self.touched(filled, block) or (block.table in self._ticked and len(filled) == 1 and len(cells) > 1):
            return  # a row without a tick among rows with one says nothing
        if len(filled) >= 2 and any(dates.find(cell) for cell in filled) and len(filled[0]) < 120:
            self.event_cells(filled, block.text)
            return
        if self._open and filled and self._open.role in ("parties", "parts", "systems", "update"):
            self.value_below(Block("item", " ".join(filled[:1])))
            return
        if len(filled) >= 2 and labels.role(filled[0]):
            self.labelled(filled[0], ", ".join(filled[1:]), block.text)
        elif filled and self.section != "timeline":
            for cell in filled[1:] or filled:
                self.prose(cell)

    def touched(self, filled: Sequence[str], block: Block) -> bool:
        """A party, a system or a part with a tick beside it, or a part with what changes in it."""
        named = len(filled) == 2 or (len(filled) == 3 and (impacts.are_parties(filled[0]) or impacts.parts(filled[0])))
        if named and self.section != "timeline" and self.tick(filled[0], filled[1], block.text):
            return True
        of_parts = self._open is None or self._open.role == "parts"
        if not (filled and of_parts and impacts.only_parts(filled[0])):
            return False
        if self.lists_parts(filled[0]) and self._are_changes(filled[1:]):
            self._parts(Pair("parts", self.heading, filled[0]), block.text)
        return True

    def _are_changes(self, cells: Sequence[str]) -> bool:
        """Whether the cells beside a part say what changes in it: no day, no cross."""
        return not any(dates.whole(cell) or labels.empty(cell) or _UNCHANGED.search(cell) for cell in cells) and not (
            cells and columns.tick("Impacts", cells[0]) is not None and not re.search(r"✓|yes", cells[0], re.IGNORECASE)
        )

    def event_cells(self, filled: Sequence[str], quote: str) -> None:
        """An event's words and its days, in cells of any order."""
        days = [cell for cell in filled if dates.find(cell) and (dates.whole(cell) or events.whole_range(cell))]
        rest = [cell for cell in filled if cell not in days]
        if rest and len(days) == 1:
            found = events.whole_range(days[0])
            self.event(
                events.Event(rest[0], (found or dates.whole(days[0]) or "",), bool(found), " ".join(rest[1:])), quote
            )
        elif rest and len(days) == 2:
            self.event(
                events.Event(rest[0], (dates.whole(days[1]) or "",), ranged=True, outcome=" ".join(rest[1:])), quote
            )
        else:
            for event in events.split(" ".join(filled)):
                self.event(event, quote)
            if len(quote) > 60:
                self.prose(filled[-1])

    def labelled(self, label: str, value: str, quote: str) -> None:
        """A label with its value."""
        name = labels.role(label)
        if name and value:
            self.field(Pair(name, label, value), quote)
            if name == "status" and self.section == "timeline":
                return
        elif value and self.section == "timeline":
            self.event_line(f"{label} {value}")

    # --- fields ---

    def field(self, pair: Pair, quote: str) -> None:
        """Claim what a label makes of its value."""
        if labels.empty(pair.value):
            return
        read = getattr(self, f"_{pair.role}", None)
        if read is not None:
            read(pair, quote)
        if pair.role not in ("update", "timeline", "files", "prose"):
            split = pair.role == "origin" and bool(re.search(r"split|parent|origin", pair.label, re.IGNORECASE))
            self.origins(pair.value, quote, split=split)

    def _title(self, pair: Pair, quote: str) -> None:
        found = next((m.title for m in marked(pair.value).of("M") if m.title), "")
        plain = re.sub(r"^\W*(?:SECMP|[MD]P)\s?\d{3,4}[A-D]?\s*[:–—-]?\s*", "", pair.value)
        self.claim("title", found or cleaned(plain.strip(QUOTES + " ")), quote, LABELLED)

    def _status(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
        if self.labelled_status:
            return
        found = stages.stage(pair.value)
        if found is None:
            told = self._statuses(pair.value)
            status = told[-1] if told else stages.other(pair.value)
            if status is None:
                return
            found = stages.Stage(status)
            if not is_sentence(pair.value):
                self.prose(pair.value)
        self.labelled_status, self._status_quote = found.status, (quote, self.number, self.heading)
        for attribute, value in found.fields:
            self.claim(attribute, value, quote, LABELLED)
        self.event_of_value(pair, quote)

    def event_of_value(self, pair: Pair, quote: str) -> None:
        """A path beside the status: "Change Board vote (Self-Governance)"."""
        for _, attribute, value, _ in said(marked(pair.value), self._context()):
            if attribute == "decision_path":
                self.claim(attribute, value, quote, LABELLED)

    def _statuses(self, text: str) -> list[str]:
        return [
            v
            for s in sentences(text)
            for subject, a, v, _ in said(s, self._context())
            if a == "status" and self._is_mine(subject)
        ]

    def _path(self, pair: Pair, quote: str) -> None:
        if value := columns.path(pair.value) or columns.path_within(pair.value):
            self.claim("decision_path", value, quote, LABELLED)
            return
        for _, attribute, value, _ in said(marked(pair.value), self._context()):
            if attribute == "decision_path":
                self.claim(attribute, value, quote, LABELLED)

    def _proposer(self, pair: Pair, quote: str) -> None:
        value = pair.value.partition(";")[0]
        on = re.fullmatch(r"(?P<who>.+?)(?:[\s,(–-]|\bon\b)+(?P<day>\d[^)]*20\d\d)\)?\W*", value)
        who, day = (on["who"], dates.whole(on["day"])) if on else (value, None)
        plain = " ".join(who.split()).strip(" .;")
        if len(plain) <= 100 and not re.search(r"\b(?:is|was|has|will)\b", plain):
            self.claim("proposer", re.sub(r"^the (?=[A-Z])", "", plain), quote, LABELLED)
        if day:
            self.claim("raised_on", day, quote, LABELLED)

    def _analyst(self, pair: Pair, quote: str) -> None:
        plain = " ".join(pair.value.split()).strip(" .;")
        if len(plain) <= 80 and not dates.find(plain):
            self.claim("lead_analyst", plain, quote, LABELLED)

    def _date(self, pair: Pair, quote: str) -> None:
        label = pair.label.strip(" :?.")
        if re.search(r"\b(?:implement|go[- ]?live|effective)", label, re.IGNORECASE):
            self.implementation(label, pair.value, quote)
            return
        if is_sentence(pair.value):
            self.prose(pair.value)
            return
        ranged = events.whole_range(pair.value)
        found = events.split(pair.value)
        if ranged or (found and dates.find(pair.value)):
            days = (ranged,) if ranged else found[-1].days if not found[0].words else found[0].days
            outcome = re.sub(r"\d{1,2}\w* [A-Z]\w+ 20\d\d", " ", pair.value)
            words = label if label.casefold() != "closing date" else "consultation closes"
            self.event(events.Event(words, days, bool(ranged), outcome.strip()), quote, LABELLED)
        if len(pair.value) > 40:
            self.prose(pair.value)

    def implementation(self, label: str, value: str, quote: str) -> None:
        """The days (of a release, where no day is printed) on which it is implemented; a hope is a target."""
        whole = marked(value)
        if is_sentence(value):
            self.prose(value)
            return
        if _IF.search(whole.text) or _UNSETTLED.search(label):
            self.prose(value)
            return
        releases = whole.values("R")
        days = [
            whole.marks[m[1]].value
            for m in re.finditer(r"⟦(D\d+)⟧", whole.text)
            if not _OLD_DATE.search(whole.text[: m.start()])
        ]
        if releases and not days and (_HOPED.search(label) or _HOPED.search(value)):
            self.claim("targeted_release", releases[-1], quote, LABELLED)
            return
        for one in [day for day in days if len(day) >= len("2021-11")] or releases:
            self.claim("implementation", one, quote, LABELLED if days else "release named")
        if releases and re.search(r"\btarget\w* release\b", label, re.IGNORECASE):
            self.claim("targeted_release", releases[-1], quote, LABELLED)

    def _release(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
        whole = marked(pair.value)
        months = [m.value for m in whole.of("D") if len(m.value) == len("2021-11")]
        release = next(iter([*whole.values("R"), *months]), "")
        if not release:
            return
        if re.search(r"\btarget|\bplan", pair.label + pair.value, re.IGNORECASE):
            self.claim("targeted_release", release, quote, LABELLED)
        elif re.search(r"\bimplementation\b", pair.label, re.IGNORECASE):
            self.implementation(pair.label, pair.value, quote)
        else:
            self.claim("targeted_release", release, quote, "release")

    def _parties(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
            return
        for name in impacts.parties(pair.value):
            self.claim("impacts_party", name, quote, LABELLED)

    def _parts(self, pair: Pair, quote: str) -> None:
        if _NEVER.search(pair.label):
            return
        if re.search(r"✗\W*$|\b(?:not affected|no change)\b|^\W*(?:TBC|to be confirmed)\b", pair.value, re.IGNORECASE):
            return
        listed = impacts.parts(pair.value) or impacts.keyed(pair.label, pair.value)
        if listed and (impacts.only_parts(pair.value) or listed != impacts.parts(pair.value)):
            for part in listed:
                self.claim("affects_part", part, quote, LABELLED)
            return
        for sentence in sentences(pair.value):
            text = sentence.plain()
            for part in impacts.parts(text) if not _UNCHANGED.search(text) else ():
                self.claim("affects_part", part, quote, LABELLED)
        documents = bool(_DOCUMENTS.search(pair.label))
        for name, part in impacts.specifications(pair.value):
            if documents and part:
                self.claim("affects_part", part, quote, LABELLED)
            else:
                self.claim("affects", name, quote, LABELLED)

    def _systems(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
            return
        about = columns.impacts(pair.label)
        if (ticks := columns.tick(pair.label, pair.value)) is not None:
            for attribute, value in ticks if about.casefold() not in ("systems", "system", "") else ():
                self.claim(attribute, value, quote, LABELLED)
            return
        generic = re.fullmatch(r"\W*(?:impacts?|affects)\W*", pair.label, re.IGNORECASE)
        if generic and impacts.are_parties(pair.value):
            self._parties(pair, quote)
            return
        for attribute, value in impacts.systems(pair.value):
            party = generic and impacts.are_parties(value)
            self.claim("impacts_party" if party else attribute, value, quote, LABELLED)
        for part in impacts.parts(pair.value):
            self.claim("affects_part", part, quote, LABELLED)

    def _files(self, pair: Pair, quote: str) -> None:
        """Documents named beside their label are those affected; those to download stand below it."""
        self._parts(pair, quote)

    def _update(self, pair: Pair, _quote: str) -> None:
        self.update(pair.value)

    def _origin(self, pair: Pair, quote: str) -> None:
        """The Draft Proposal of the whole, also where a part of it stands here: MP134A came from DP134."""
        for id_ in modifications(pair.value):
            if own.became(self.own.rstrip("ABCD"), id_):
                self.claim("draft_proposal", id_, quote, "origin")

    def _irps(self, pair: Pair, quote: str) -> None:
        for match in _IRP.finditer(pair.value):
            self.claim("issue_resolution_proposal", f"IRP{match[1]}", quote, LABELLED)

    def _recommendation(self, pair: Pair, quote: str) -> None:
        if match := re.match(r"\W*(?:to |that .{0,40}?)?(approv|reject)", pair.value, re.IGNORECASE):
            self.claim(
                "change_board_recommendation",
                "approve" if match[1].casefold() == "approv" else "reject",
                quote,
                LABELLED,
            )
        if day := next((one.value for one in dates.find(pair.value)), ""):
            self.claim("change_board_vote_on", day, quote, LABELLED)

    def _decision(self, pair: Pair, quote: str) -> None:
        """The outcome of a decision: by whom the label says, else the value."""
        value, label = pair.value, pair.label
        if is_sentence(value):
            self.prose(value)
            return
        day = next((one.value for one in dates.find(value)), "")
        who = "Authority" if re.search(r"authority|ofgem", f"{label} {value}", re.IGNORECASE) else ""
        if not who and re.search(r"change board", f"{label} {value}", re.IGNORECASE):
            who = "Change Board"
        verdict = re.search(r"\b(?<!for )(approv|reject)(?:ed|es|e)?\b", value, re.IGNORECASE)
        if re.search(r"\brecommend", value, re.IGNORECASE) or (who == "Change Board" and self.authority):
            self._recommendation(replace(pair, value=re.sub(r"^.*?\brecommend\w*\W*(?:to )?", "", value)), quote)
            return
        if day:
            words = f"{who} decision" if who else "Approved" if verdict and verdict[1].casefold() == "approv" else ""
            self.event(events.Event(words, (day,), outcome=value if verdict else ""), quote, LABELLED)
        if verdict:
            self.tell("approved" if verdict[1].casefold() == "approv" else "rejected", day, quote, LABELLED)

    # --- updates and events ---

    def update(self, text: str) -> None:
        """A piece of the latest updates: begun with its date, or below it."""
        if value := dates.whole(text):
            self._dated = value
            return
        lead = _UPDATED.match(text)
        found = [one for one in dates.find(text) if lead and one.start == lead.end()]
        if found and re.match(r"\W*(?:[:–—|)-]|\s[A-Z])", text[found[0].end :]):
            self._dated, text = found[0].value, text[found[0].end :].lstrip(" :–—-|)")
        self.updates += (sentence.plain() for sentence in sentences(text))
        self.prose(text)

    def event_line(self, text: str) -> None:
        """A line of the timeline: an event with its days, or one of the two, the other standing below."""
        if self.of_another(text):
            return
        text = _DAY_LABEL.sub("", text)
        if dates.whole(text) or events.whole_range(text) or labels.empty(text):
            self.day_line(text)
            return
        found = events.split(text)
        if found and any(event.words for event in found):
            self._words = self._day = ""
            if len(text) > 110 or re.search(r"\.\W*$", text):
                self.prose(text)
            for event in found:
                self.event(event, text)
        elif not _BLANK_END.search(text) and len(text) <= 110:
            self.words_line(text)

    def day_line(self, text: str) -> None:
        """A day alone, or a blank in its place: of the event above, or of the one below where days stand first."""
        self._days_first = self._days_first or ("yes" if not self._words else "no")
        if self._days_first == "yes":
            self._day = text
        elif self._words:
            self._event_of(self._words, text)
        self._words = ""

    def words_line(self, text: str) -> None:
        """An event's words alone."""
        if self._days_first == "yes":
            self._event_of(text, self._day)
            self._day = ""
        else:
            self._words = text

    def _event_of(self, words: str, day: str) -> None:
        ranged = events.whole_range(day)
        if value := ranged or dates.whole(day):
            self.event(events.Event(words, (value,), bool(ranged)), f"{words} {day}")

    def event(self, event: events.Event, quote: str, rule: str = TIMELINE) -> None:
        """Claim what an event gives."""
        words = marked(event.words)
        named = words.values("M")
        origin = bool(named) and all(own.is_part_of(self.own, id_) for id_ in named)
        if named and not origin and not any(self.is_own(id_) for id_ in named):
            return
        for attribute, value in events.fields(event, authority=self.authority):
            if origin and attribute not in ("raised_on", "converted_on"):
                continue  # of the whole that it was split from only the beginning is its own
            if attribute == "implementation" and len(value) == len("2021-11") and _HOPED.search(event.words):
                self.claim("targeted_release", value, quote, rule)
                continue
            if attribute == "converted_on" and is_draft_proposal(self.own):
                continue  # a page still named by its Draft Proposal tells of a conversion to come
            if not re.fullmatch(r"20\d\d", value):
                self.claim(attribute, value, quote, rule)
            if attribute == "withdrawn_on":
                self.tell("withdrawn", value, quote, rule)
        if re.match(r"(?:modification |proposal )?rejected\b", event.words, re.IGNORECASE):
            self.tell("rejected", event.days[-1], quote, rule)
        self.origins(event.words, quote)

    def file(self, block: Block) -> None:
        """A document to download: a claim only where it is a draft of a part of the SEC."""
        cells = tuple(MODIFICATION.sub("", cell).strip(" :–—-") for cell in block.cells)
        bare = replace(block, text=MODIFICATION.sub("", block.text).strip(" :–—-"), cells=cells)
        found = document(bare)
        if found is None or not (found.version or found.draft) or self.of_another(block.text):
            return
        of_release = f"{self._drafts_for}/" if self._drafts_for else ""
        if of_release:
            self._claim(f"release:{self._drafts_for}", "document", found.part, block.text, "document row")
        for attribute, value in found.fields():
            self._claim(f"document:{of_release}{found.part}", attribute, value, block.text, "document row")

    # --- sentences ---

    def _context(self) -> Context:
        return Context(about=(self.own,), last=(self.own,), by_panel=self.by_panel)

    def _is_mine(self, subject: str) -> bool:
        kind, _, key = subject.partition(":")
        return kind == "modification" and is_modification(key) and self.is_own(key)

    def prose(self, text: str) -> None:
        """Read running text: what it says of the page's own modification, and where it and its siblings come from."""
        elsewhere = board = False
        for sentence in sentences(text):
            board, self._board = bool(re.search(r"\bChange Board\b(?! Sub)", sentence.text)), board
            if sentence.text.rstrip().endswith("?"):
                continue
            named = sentence.values("M")
            ours = any(self.is_own(id_) for id_ in named)
            if named:
                elsewhere = not ours
            elif _OWN_PRONOUN.search(sentence.text):
                elsewhere = False
            quote = sentence.plain()
            self.origins(quote, quote)
            if elsewhere and (not named or _PRONOUN.match(sentence.text)) and not named:
                continue
            self.rules(sentence, quote)
            if not named or ours or any(own.is_part_of(self.own, id_) for id_ in named):
                self.own_facts(sentence, quote, alone=all(self.is_own(id_) for id_ in named))

    def rules(self, sentence: Marked, quote: str) -> None:
        """Read what the rules for any page find."""
        for subject, attribute, value, _ in said(sentence, self._context()):
            if attribute in ("split_from", "draft_proposal", "converted_on") and self._is_family(
                subject, value, attribute
            ):
                self._claim(self._renamed(subject), attribute, value, quote, PROSE)
            elif not self._is_mine(subject) or attribute in ("split_from", "draft_proposal", "title"):
                continue
            elif attribute == "status":
                if not (value == "on_hold" and _OVER.search(quote)):
                    self.tell(value, self._dated, quote, PROSE)
            else:
                self.claim(attribute, value, quote, PROSE)
        if (
            _BACK.search(quote)
            and re.search(r"\bRefinement\b", quote)
            and not re.search(r"\bwill\b|\bmay\b|\bif\b", quote)
        ):
            self.tell("refinement", self._dated, quote, PROSE)

    def own_facts(self, sentence: Marked, quote: str, *, alone: bool) -> None:
        """Read what only a page about one modification can be read for."""
        for part, whole in own.split(sentence, self.own):
            self._claim(f"modification:{part}", "split_from", whole, quote, PROSE)
        for attribute, value in own.facts(sentence, self.own, board=self._board):
            if alone or attribute in ("split_from", "converted_on"):
                self.claim(attribute, value, quote, PROSE)
        for mark in sentence.of("I") if alone else ():
            self.claim("issue_resolution_proposal", mark.value, quote, PROSE)

    def _is_family(self, subject: str, value: str, attribute: str) -> bool:
        """Whether an origin is that of this modification or of a sibling of it."""
        key = subject.partition(":")[2]
        if not is_modification(key):
            return False
        same = identity(key).number == identity(self.own).number
        return same and (attribute != "split_from" or own.is_part_of(key, value))

    def _renamed(self, subject: str) -> str:
        return f"modification:{self.own}" if self._is_mine(subject) else subject

    def origins(self, text: str, quote: str, *, split: bool = False) -> None:
        """The Draft Proposal that it was: the page names it; of what it was split, where a label says so."""
        for match in MODIFICATION.finditer(text):
            id_ = canonical(match)
            if own.became(self.own, id_):
                self.claim("draft_proposal", id_, quote, "origin")
            elif split and own.is_part_of(self.own, id_):
                self.claim("split_from", id_, quote, LABELLED)
            elif split and own.is_part_of(id_, self.own):
                self._claim(f"modification:{id_}", "split_from", self.own, quote, LABELLED)

    # --- claims ---

    def tell(self, status: str, dated: str, quote: str, rule: str) -> None:
        """Keep a status that is told elsewhere than beside its label, to be weighed when all is read."""
        self.told.append(stages.Told(status, dated, bool(_NOW.search(quote))))
        self.claim("status", status, quote, rule)

    def claim(self, attribute: str, value: str, quote: str, rule: str) -> None:
        """Keep a claim of the page's own modification."""
        if value:
            self._claim(f"modification:{self.own}", attribute, value, quote, rule)

    def _claim(self, subject: str, attribute: str, value: str, quote: str, rule: str) -> None:
        evidence = Evidence(quote, self.number, self.heading, rule)
        self.claims.append(Claim(subject, attribute, value, evidence))

    def found(self) -> list[Claim]:
        """Return the claims with one status, and with one value where there is one: labels first, then events."""
        status = stages.settled(self.labelled_status, self.told)
        if status and not any(c.attribute == "status" and c.value == status for c in self.claims):
            quote, number, heading = self._status_quote
            self.claims.append(
                Claim(f"modification:{self.own}", "status", status, Evidence(quote, number, heading, LABELLED))
            )
        kept = [c for c in self.claims if c.attribute != "status" or c.value == status]
        return _without_hopes(kept, status)


def pairs_of(block: Block) -> list[Pair]:
    """Return the labels and values of a block that is no row of several cells."""
    if block.kind == "row" and len(block.cells) == 2:
        name = labels.role(block.cells[0])
        return [Pair(name, *block.cells)] if name else []
    return labels.pairs(block.text) if block.kind != "row" or len(block.cells) < 2 else []


def _paths(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the paths that labels give, beside, in a column or below."""
    for block, below in zip(blocks, [*blocks, Block("paragraph", "")][1:], strict=True):
        beside = [pair.value or below.text for pair in pairs_of(block) if pair.role == "path"]
        under = [cell for head, cell in zip(block.header, block.cells, strict=False) if labels.role(head) == "path"]
        after = [cell for label, cell in pairwise(block.cells) if labels.role(label) == "path"]
        yield from (columns.path_within(value) for value in (*beside, *under, *after))


def _strap(text: str) -> list[str]:
    """Return the pieces of a line that dots or bars part, [] where nothing does."""
    pieces = [piece.strip() for piece in re.split(r"\s[·•|]\s", text)]
    return pieces if len(pieces) > 1 and all(0 < len(piece) < 90 for piece in pieces) else []


def is_sentence(value: str) -> bool:
    """Whether a value is running text rather than a name, a date or a list."""
    return len(value.split()) > 5 and bool(_VERB.search(value)) and bool(re.search(r"[.!?]\W*$|[.!?]\s+[A-Z]", value))


def _are_names(cells: Sequence[str]) -> bool:
    """Whether a row holds the names of parties and nothing else: the heads of the columns below."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(impacts.are_parties(cell) for cell in filled)


def _pairs_within(cells: Sequence[str]) -> list[Pair]:
    """Return the pairs of a row each cell of which is a label with its value: "Stage: Report Phase | Proposer: EDF"."""
    within = [labels.pairs(cell) for cell in cells if cell]
    whole = all(found and all(pair.value for pair in found) for found in within)
    return [pair for found in within for pair in found] if whole else []


def _without_mark(text: str) -> str:
    return re.sub(
        r"\(?\s*(?:current(?: stage)?|now|active|in progress|we are here|complete[d]?|✓)\s*\)?|[◉►▶←]",
        "",
        text,
        flags=re.IGNORECASE,
    ).strip(" :–—-")


def _is_ahead(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row has a day in its column of plans alone."""
    return not any(dates.find(cell) for head, cell in zip(header, cells, strict=True) if not _PLANNED.search(head))


def _only(found: Sequence[events.Event]) -> events.Event:
    return found[0] if len(found) == 1 else events.Event("", ())


_RANK = {LABELLED: 0, "origin": 0, TIMELINE: 1, "release named": 2, PROSE: 2, "release": 3}
_LATEST = ("change_board_vote_on", "panel_presentation_on", "approved_on")
"""Attributes of which the latest date counts: a vote put off, the Authority's approval after the Change Board's."""


def _without_hopes(claims: Iterable[Claim], status: str) -> list[Claim]:
    """Return claims less what is not so: decisions dated ahead of the stage, releases whose day is printed."""
    kept = list(claims)
    undecided = status in statuses.LIFE[: statuses.LIFE.index("approved")]
    if undecided:
        kept = [
            c
            for c in kept
            if c.attribute not in ("approved_on", "authority_decided_on")
            or (status == "authority_decision" and c.evidence.rule == PROSE)
        ]
    days = [
        c
        for c in kept
        if c.attribute == "implementation" and c.evidence.rule != "release named" and len(c.value) > len("2021-11")
    ]
    months = {c.value[: len("2021-11")] for c in days}
    labelled_days = any(c.evidence.rule in (LABELLED, TIMELINE) for c in days)
    kept = [
        c
        for c in kept
        if c.attribute != "implementation"
        or len(c.value) > len("2021-11")
        or not (c.value in months or (labelled_days and c.evidence.rule == "release named"))
    ]
    target = [c for c in kept if c.attribute == "targeted_release" and c.evidence.rule == "release"]
    if target and (days or status in ("approved", "pending_implementation", "implemented", "rejected", "withdrawn")):
        kept = [c for c in kept if c not in target]
        if not any(c.attribute == "implementation" for c in kept) and status not in ("rejected", "withdrawn"):
            kept += [replace(c, attribute="implementation") for c in target]
    return _ranked(kept)


def _ranked(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims in page order, of what has one value the best rule's alone; of votes and the like the latest."""
    from bot.domain import vocabulary

    best: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if vocabulary.attribute(claim.subject, claim.attribute).many:
            continue
        key = (claim.subject, claim.attribute)
        held = best.get(key)
        if held is None or _place(claim) < _place(held) or (_place(claim) == _place(held) and _later(claim, held)):
            best[key] = claim
    return [
        c for c in claims if (c.subject, c.attribute) not in best or best[(c.subject, c.attribute)].value == c.value
    ]


def _place(claim: Claim) -> int:
    return 0 if claim.attribute in _LATEST else _RANK.get(claim.evidence.rule, 2)


def _later(claim: Claim, held: Claim) -> bool:
    if claim.attribute in _LATEST:
        return claim.value > held.value
    return claim.attribute in ("raised_on",) and claim.value < held.value
