"""Labels with their values beside them or below, and stages of which one is marked as the present."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain import dates, statuses
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block
from watchers.phrases import impacts, labels, paired, stages
from watchers.phrases.paired import Pair
from watchers.recognisers._modification.fields import NEVER, FieldReading

ELSEWHERE = re.compile(
    r"\b(?:not?|un(?:changed|affected)|considered|ruled out|out of scope|instead|related|relevant|references?|"
    r"definitions?|background|read|guidance|links?|other|may|might|could|likely|possibl[ey]|potential(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words of a heading below which a list of parts is not one of what changes."""
_BY_PARTS = re.compile(r"\bimplement|\bgo[- ]?live\b", re.IGNORECASE)
"""Labels of which several values can stand below, one an item."""
_CURRENT = re.compile(r"\b(?:current|now|active|in progress|we are here)\b|[◉►▶←]", re.IGNORECASE)
_ANSWER = re.compile(r"Yes|No|TBC|N/A|✓|✗")
_ANSWERS = re.compile(rf"\s*(?:(?:{_ANSWER.pattern})\s*){{2,}}")
"""A line of answers below a line of names."""


class LabelReading(FieldReading):
    """Takes labels with their values; one without a value waits for it below."""

    def leave(self) -> None:
        """End the section."""
        self._settle_stages()
        self.section, self._open, self._dated, self._drafts_for = "", None, "", ""
        self._words = self._day = self._days_first = ""

    def lists_parts(self, text: str) -> bool:
        """Whether a text is but a list of parts of the SEC, whatever heading it stands below: what changes."""
        return impacts.only_parts(text) and not (ELSEWHERE.search(self.heading) or NEVER.search(self.heading))

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
        if pair.role == "status" and block.kind == "item" and stages.named(without_mark(block.text)):
            self._stages.append((block.text, block.text))
            return
        sentence = len(block.text) > 90 and bool(re.search(r"[.!?]\W*$", block.text))
        if self._taken and (block.kind == "paragraph" and (pair.single or sentence)):
            self._open = None
            self.prose(block.text)
            return
        self._taken += 1
        if pair.role == "parties" and _ANSWERS.fullmatch(block.text):
            self.answered(_ANSWER.findall(block.text))
            return
        if self.of_another(block.text) and pair.role not in ("origin", "id"):
            return
        self.field(replace(pair, value=block.text), f"{pair.label.rstrip(' :')}: {block.text}")
        if pair.single and not (block.kind == "item" and _BY_PARTS.search(pair.label)):
            self._open = None

    def answered(self, answers: Sequence[str]) -> None:
        """Keep of the parties named just above those whose answer is yes, where each has one: "YesYesNoTBC"."""
        above = [c for c in self.claims if c.attribute == "impacts_party" and c.evidence.block == self.number - 1]
        if len(above) == len(answers):
            left = [c for c, answer in zip(above, answers, strict=True) if answer not in ("Yes", "✓")]
            self.claims = [c for c in self.claims if c not in left]

    def _settle_stages(self) -> None:
        """Of stages listed below one label take the one that is marked as the present, or the only one."""
        marked_ = [one for one in self._stages if _CURRENT.search(one[0])]
        chosen = marked_ if len(marked_) == 1 else self._stages if len(self._stages) == 1 else []
        for text, quote in chosen:
            self.field(Pair("status", "Stage", without_mark(text)), quote)
        self._stages = []

    def labelled(self, label: str, value: str, quote: str) -> None:
        """A label with its value."""
        name = labels.role(label)
        if name and value:
            self.field(Pair(name, label, value), quote)
            if name == "status" and self.section == "timeline":
                return
        elif value and self.section == "timeline":
            self.event_line(f"{label} {value}")


def pairs_of(block: Block) -> list[Pair]:
    """Return the labels and values of a block that is no row of several cells."""
    if block.kind == "row" and len(block.cells) == 2:
        name = labels.role(block.cells[0])
        return [_titled(Pair(name, *block.cells))] if name else []
    if block.kind == "row" and len(block.cells) > 1:
        return []
    return [_titled(pair) for pair in paired.pairs(block.text)]


_SORT = re.compile(r"\W*(?:SEC )?(?:draft|modification)(?: proposals?)?\W*", re.IGNORECASE)
_FEWEST_WORDS = 2


def _titled(pair: Pair) -> Pair:
    """Return a pair whose label says but what sort of proposal the page is about as what it is, its title:
    "Draft Proposal: Sharing fault data", where an id would be the id.
    """
    if pair.role not in ("id", "origin") or not _SORT.fullmatch(pair.label) or MODIFICATION.search(pair.value):
        return pair
    named = len(pair.value.split()) >= _FEWEST_WORDS and not (dates.find(pair.value) or statuses.named(pair.value))
    return replace(pair, role="title") if named and not re.search(r"[.!?]\W*$", pair.value) else pair


def without_mark(text: str) -> str:
    return re.sub(
        r"\(?\s*(?:current(?: stage)?|now|active|in progress|we are here|complete[d]?|✓)\s*\)?|[◉►▶←]",
        "",
        text,
        flags=re.IGNORECASE,
    ).strip(" :–—-")
