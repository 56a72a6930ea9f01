"""Lines, bullets and sentences of a list of variations."""

from __future__ import annotations

import re

from bot.domain import dates
from watchers.outline import Block
from watchers.phrases.provisions import everywhere, leading
from watchers.recognisers._varying.rows import NoticeRows
from watchers.recognisers._varying.words import (
    ANOTHER,
    DATE_HEADER,
    GLUED,
    LABELS,
    NOTICE,
    PROVISION,
    RUNS_ON,
    SEVERAL,
    SUPPOSED,
    VARIES,
    YEAR,
    just_before,
    order,
)

_LED_BY = 1_000
"""Characters before a date in which words say that it is supposed only."""


class NoticeList(NoticeRows):
    """Reads blocks in their order."""

    def read(self, number: int, block: Block) -> None:
        """Read one block."""
        self.number = number
        self.order = order(block.text) or self.order
        if block.kind == "heading" and self.is_section(block):
            return
        if block.kind == "row" and len(block.cells) > 1:
            self.row(block)
        else:
            self.line(block)

    def is_section(self, block: Block) -> bool:
        """A heading that is a year, or the day of the notices below it, or names neither."""
        if year := YEAR.fullmatch(block.text):
            self.end()
            self.year, self.day, self.heading = int(year[1]), "", block.text
            return True
        if leading(block.text)[0] or (self.flat and self.open):
            return False
        self.end()
        found = self.dated(block.text)
        self.day = found[0].value if len(found) == 1 and not ANOTHER.search(block.text[: found[0].start]) else ""
        self.heading = block.text
        return True

    def labelled(self, block: Block) -> bool:
        """A line of labels with their values: "Provision: Section L", "Date of notice: 9 May 2025"."""
        labels = list(LABELS.finditer(block.text))
        if not labels or block.text[: labels[0].start()].strip(" •*·-–—|"):
            return False
        ends = [*(match.start() for match in labels[1:]), len(block.text)]
        for match, end in zip(labels, ends, strict=True):
            self.field(match["label"], block.text[match.end() : end].strip(), block.text)
        return True

    def field(self, label: str, value: str, quote: str) -> None:
        """The value of a label: provisions that wait for their day, or the day itself."""
        if PROVISION.search(label) and (found := everywhere(value)):
            self.end()
            self.open, self.quote = found, quote
        elif self.open and (NOTICE.search(label) or DATE_HEADER.search(label)) and (day := self.whole(value)):
            self.claim(self.open, day, quote if quote == self.quote else f"{self.quote} | {quote}")
            self.open = ()

    def line(self, block: Block) -> None:
        """A line, bullet or heading: provisions, what was done to them, the day, glued or apart."""
        if self.labelled(block) or (block.text.rstrip().endswith(".") and self.several(block.text)):
            return
        text = GLUED.sub(" | ", block.text)
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
        if provisions and span is not None and self.supposed(text[: span.start]):
            self.end()
        elif provisions:
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

    @staticmethod
    def supposed(lead: str) -> bool:
        """Whether a sentence that runs on into a date only supposes the notice, or denies it."""
        return bool(RUNS_ON.search(lead) and SUPPOSED.search(re.split(r"(?<=[.;])\s", lead)[-1]))

    def below(self, text: str, block: Block) -> None:
        """A line below a provision: what was done, and perhaps the day of the notice."""
        found = self.dated(text)
        at = next(
            (one for one in found if NOTICE.search(text[: one.start]) and not ANOTHER.search(text[: one.start])), None
        )
        if at is None and len(found) == 1 and not text[found[0].end :].strip(" .)") and not ANOTHER.search(text):
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
        called = [one for one in found if NOTICE.search(just_before(text, one))]
        ends = [
            one
            for one in found
            if re.fullmatch(
                r"\W*(?:\(?(?:view|read|download|see|letter|notice|pdf)\b.{0,30})?", text[one.end :], re.IGNORECASE
            )
        ]
        begins = [one for one in found if not text[: one.start].strip(" •*·-–—|:(")]
        other = [one for one in found if ANOTHER.search(just_before(text, one))]
        for several in (called, ends, begins, found if len(found) == 1 else []):
            free = [one for one in several if one not in other]
            if free:
                return free[0].value, free[0] if several is not found or len(found) == 1 else None
        return "", None

    def several(self, text: str) -> bool:
        """A sentence of several notices: "Schedule 9 was varied by notice on … and Appendix G by notice on …"."""
        found, at, pieces = self.dated(text), 0, list[tuple[str, dates.Found]]()
        for one in found:
            pieces.append((text[at : one.start], one))
            at = one.end
        notices = [
            (parts, one.value)
            for piece, one in pieces
            if (parts := everywhere(piece))
            and NOTICE.search(piece)
            and not (SUPPOSED.search(piece) or ANOTHER.search(piece[-30:]))
        ]
        if len(notices) < SEVERAL or len(notices) != len(found):
            return False
        for parts, day in notices:
            self.claim(parts, day, text)
        return True

    def prose(self, text: str) -> None:
        """A sentence that tells of a notice: "On 2 September 2014 the Secretary of State gave notice of …"."""
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", text):
            found = [
                one
                for one in self.dated(sentence)
                if not ANOTHER.search(sentence[max(0, one.start - 30) : one.start])
                and not SUPPOSED.search(sentence[max(0, one.start - _LED_BY) : one.start].rpartition(";")[2])
            ]
            parts = everywhere(sentence)
            if len(found) == 1 and parts and NOTICE.search(sentence) and VARIES.search(sentence):
                self.claim(parts, found[0].value, sentence)
