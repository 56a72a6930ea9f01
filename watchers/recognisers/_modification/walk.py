"""One walk through a modification's page: labels give values their role, the timeline events, sentences the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain import dates
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block
from watchers.phrases import columns, events, impacts, labels, paired, stages
from watchers.phrases.chrome import begins_chrome
from watchers.phrases.documents import document
from watchers.phrases.marks import RELEASE, marked, sentences
from watchers.phrases.paired import Pair
from watchers.recognisers._modification.labelled import pairs_of, without_mark
from watchers.recognisers._modification.rows import RowReading
from watchers.recognisers._modification.sentences import is_sentence
from watchers.recognisers._modification.settling import LABELLED

_EVENTFUL = ("date", "status", "decision", "recommendation")
"""Roles of labels that in a timeline are the names of events."""


class ModificationWalk(RowReading):
    """Reads the blocks of the page of one modification."""

    def read(self, blocks: Sequence[tuple[int, Block]]) -> None:
        """Read blocks with their numbers."""
        paths = set(_paths([block for _, block in blocks]))
        self.authority, self.by_panel = "authority_determined" in paths, "fast_track" in paths
        self._ticked = {
            block.table for _, block in blocks if block.kind == "row" and any("✓" in cell for cell in block.cells[1:])
        }
        for at, (number, block) in enumerate(blocks):
            self.number = number
            self.off_page = begins_chrome(block.text) or (self.off_page and block.kind != "heading")
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
        found = [] if self._answers(block.text) else paired.pairs(block.text)
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
        return not labels.aside(block.text) and paired.fits(replace(pair, value=block.text))

    def _is_value(self, text: str) -> bool:
        """Whether a line that stands alone is the value of the label above it rather than a heading."""
        if self._open is None or labels.aside(text) or text.endswith("?") or self._open.role == "update":
            return False
        return not self._taken or impacts.are_parties(text) or bool(impacts.parts(text))

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
        if block.kind == "item" and self.listed_resolution(block.text):
            return
        if self.section == "timeline" and block.kind == "paragraph" and _tells(block.text):
            self.prose(block.text)
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
        elif block.kind == "item" and stages.named(without_mark(block.text)):
            self._stages.append((block.text, block.text))
        elif not self._level and (pieces := _strap(block.text)):
            self.strap(pieces, block.text)
        elif self.is_event(block):
            self.event_line(block.text)
        else:
            self.prose(block.text)

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
            elif found := paired.pairs(piece):
                for pair in found:
                    self.field(pair, quote)
            else:
                self.prose(piece)

    def is_event(self, block: Block) -> bool:
        """Whether a short line outside a timeline is an event with its day."""
        if len(block.text) > 110 or re.search(r"[.!?]\W*$", block.text) or self.of_another(block.text):
            return False
        return block.kind == "item" and any(events.fields(event) for event in events.split(block.text))

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


def _tells(text: str) -> bool:
    """Whether a paragraph is running text of several sentences, which no event of a timeline is."""
    return is_sentence(text) and len(sentences(text)) > 1


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


def _only(found: Sequence[events.Event]) -> events.Event:
    return found[0] if len(found) == 1 else events.Event("", ())
