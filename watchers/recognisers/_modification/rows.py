"""Rows of a modification's page: labels beside values, values below labels, events, ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block
from watchers.phrases import columns, impacts, labels, paired, stages
from watchers.phrases.paired import Pair
from watchers.phrases.titles import QUOTES, cleaned
from watchers.recognisers._modification.fields import IRP, UNCHANGED
from watchers.recognisers._modification.labelled import ELSEWHERE, LabelReading
from watchers.recognisers._modification.settling import LABELLED

_GENERAL = re.compile(
    r"\W*(?:yes ?/ ?no|comments?|notes?|details?|reasons?|how|why|answer|response|description|rationale)\W*",
    re.IGNORECASE,
)
"""Heads of columns that name neither a party nor a system."""


_IN_PROGRESS = re.compile(
    r"\W*(?:(?:currently )?(?:in progress|ongoing|on-going|under ?way|current|active|open|"
    r"now|we are here|in hand|started))\W*",
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    rf"{_IN_PROGRESS.pattern}|\W*(?:completed?|done|finished|closed|passed|"
    rf"not (?:yet )?(?:started|begun|reached)|to (?:come|do|follow)|"
    r"upcoming|pending|future|next|awaited)\W*",
    re.IGNORECASE,
)


_LISTED = re.compile(r"\W*(?P<id>IRP\s?\d{3,4})\b(?:\s*[:–—-])?\s*(?P<title>[^.;:]*)\W*$")


class RowReading(LabelReading):
    """Reads rows."""

    def read_row(self, block: Block) -> None:
        """A row: a label beside its value, a row below labels, an event, or a tick."""
        cells, header = [cell.strip() for cell in block.cells], block.header
        if not self._begins_own(block) or self.progress(cells, block.text):
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

    def progress(self, cells: Sequence[str], quote: str) -> bool:
        """A stage beside how far it has come: of a table of all stages the one in progress is the present."""
        if len(cells) < len(("stage", "progress")) or not _PROGRESS.fullmatch(cells[1]) or not stages.named(cells[0]):
            return False
        if any(cell and not (labels.empty(cell) or dates.find(cell)) for cell in cells[2:]):
            return False
        if _IN_PROGRESS.fullmatch(cells[1]):
            self.field(Pair("status", "Stage", cells[0]), quote)
        return True

    def resolution(self, cells: Sequence[str], quote: str) -> bool:
        """An Issue Resolution Proposal with its title, in a row of its own (also one taken for a header)."""
        match = IRP.fullmatch(cells[0].strip()) if len(cells) > 1 else None
        if match is None or self._aside or self.section == "files" or ELSEWHERE.search(self.heading):
            return False
        self.claim("issue_resolution_proposal", f"IRP{match[1]}", quote, LABELLED)
        if re.search(r"[A-Za-z]{3}", cells[1]):
            title = cleaned(cells[1].strip(QUOTES + " "))
            self._claim(f"issue_resolution_proposal:IRP{match[1]}", "title", title, quote, LABELLED)
        return True

    def listed_resolution(self, text: str) -> bool:
        """An Issue Resolution Proposal that an item of a list is about: its id, with its title in quotes or without."""
        match = _LISTED.match(text)
        return match is not None and self.resolution((match["id"], match["title"]), text)

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
        return not any(dates.whole(cell) or labels.empty(cell) or UNCHANGED.search(cell) for cell in cells) and not (
            cells and columns.tick("Impacts", cells[0]) is not None and not re.search(r"✓|yes", cells[0], re.IGNORECASE)
        )


def _are_names(cells: Sequence[str]) -> bool:
    """Whether a row holds the names of parties and nothing else: the heads of the columns below."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(impacts.are_parties(cell) for cell in filled)


def _pairs_within(cells: Sequence[str]) -> list[Pair]:
    """Return the pairs of a row each cell of which is a label with its value: "Stage: Report Phase | Proposer: EDF"."""
    within = [paired.pairs(cell) for cell in cells if cell]
    whole = all(found and all(pair.value for pair in found) for found in within)
    return [pair for found in within for pair in found] if whole else []
