"""What tables and labels tell of versions: labels beside values, or one version a row below headings."""

from __future__ import annotations

import re

from bot.domain import dates
from watchers.outline import Block
from watchers.phrases.marks import marked
from watchers.recognisers._post.parts import PARTS_HEADING, PartsReading
from watchers.recognisers._post.versions import NUMBER, VERSION_LABEL

_EFFECT_LABEL = re.compile(
    r"\W*(?:date )?(?:(?:now )?(?:in|into) (?:effect|force)|(?:came|comes|coming|went|"
    r"goes) (?:in(?:to)? (?:effect|force)|live)|"
    r"t(?:akes|ook|aking) effect|effective|effect|live|of effect|it (?:came|comes|took|takes) (?:into )?(?:effect|"
    r"force))"
    r"(?:\W+(?:date|from|since|on|as of))*\W*",
    re.IGNORECASE,
)
_LISTS_MODIFICATIONS = re.compile(
    r"\W*(?:(?:this )?(?:version |release )?(?:implements|includes|contains)|(?:SEC )?(?:modifications?|"
    r"changes)(?: proposals?)?"
    r"(?: (?:implemented|included|delivered|in this (?:version|release)))?|implemented (?:modifications?|changes)|"
    r"implemented)\W*",
    re.IGNORECASE,
)
_NOT_ITS_CHANGES = re.compile(
    r"\b(?:not|next|deferred|withdrawn|rejected|related|status|consult\w*|further|future)\b", re.IGNORECASE
)


class TableReading(PartsReading):
    """Reads rows about versions."""

    def labelled_list(self, block: Block) -> bool:
        """A label beside what it lists: "Implements | MP158A ‘…’; MP172 ‘…’", "Parts affected | Section B"."""
        if len(block.cells) != 2:
            return False
        label, value = block.cells[0], marked(block.cells[1])
        if _EFFECT_LABEL.fullmatch(label) and (day := dates.whole(block.cells[1])) and not block.header:
            self.takes_effect(day, block.text, past=False)
            return True
        if PARTS_HEADING.search(label) and value.of("P"):
            for part in value.values("P"):
                self.version_claim("affects_part", part, block.text)
            return True
        if not _LISTS_MODIFICATIONS.fullmatch(label) or len(value.values("M")) < 2:
            return False
        self.titles(value, block.text)
        self.implement(tuple(value.values("M")), block.text)
        self.context.last = tuple(value.values("M"))
        return True

    def version_row(self, block: Block) -> bool:
        """A row of a table of versions: "v70.0 | 27 June 2024 | MP230 ‘…’" below "Version | In force from | Reason"."""
        at = next((n for n, header in enumerate(block.header) if VERSION_LABEL.fullmatch(header)), len(block.cells))
        if at >= len(block.cells) or not (number := NUMBER.fullmatch(block.cells[at])):
            return False
        outer, self.version = self.version, number["number"]
        held, self.effective = (self.effective, self.past), ""
        for header, cell in zip(block.header, block.cells, strict=False):
            self.of_row(header, cell, block.text)
        if outer != self.version:
            self.version, (self.effective, self.past) = outer, held
        return True

    def of_row(self, header: str, cell: str, quote: str) -> None:
        """Claim of the version what a cell says: when it takes effect, what it implements, which parts it changes."""
        if _EFFECT_LABEL.fullmatch(header) and (day := dates.whole(cell)):
            self.takes_effect(day, quote, past=False)
            return
        told = marked(cell)
        if told.of("M") and not _NOT_ITS_CHANGES.search(header):
            self.titles(told, quote)
            self.implement(tuple(told.values("M")), quote)
        if len(told.values("R")) == 1 and re.search(r"\brelease|\breason|\bimplement|\bdeliver", header, re.IGNORECASE):
            self.version_claim("implements_release", told.values("R")[0], quote)
        for part in told.values("P") if PARTS_HEADING.search(header) or re.search(r"\bparts?\b", header) else ():
            self.version_claim("affects_part", part, quote)
