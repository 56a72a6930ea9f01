"""The lines of a plain text: tidied, with the gaps and pages between them, and how they are wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchers.outline.edges import repeated
from watchers.outline.words import plain_spaces, tidy
from watchers.phrases.marks import LONGEST_PARAGRAPH

LARGEST = 400_000
"""Characters of a text that are read; the longest paper of the field has some 150,000."""
MOST_LINES = 15_000
"""Lines with words of a text that are read; the longest paper of the field has some 2,500."""
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_MONTH_NAME = re.compile(rf"{MONTHS}\b")
"""What stands below a number that is the day of a wrapped date, and no page's."""
_WIDEST = 200
"""Spaces in a row: more are no wider cell, and what looks beyond them would look at each of them from each."""
_GULF = re.compile(rf" {{{_WIDEST},}}")
_STRUCK = re.compile(r"~~[^~]{1,300}~~")
_RULE = re.compile(r"^\s*(?:[-=_*~]{3,}|[|+][-|+: =]{3,})\s*$")
ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$")
_FURNITURE = re.compile(
    r"^(?:page\s+\d+(?:\s+of\s+\d+)?|\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}\s*/\s*\d{1,3}|"
    r"this document has a classification(?: of \w+)?|(?:this )?(?:document|paper) (?:is|has been) classified(?: "
    r"as)? \w+|of (?:white|green|amber|red|clear)|"
    r"(?:tlp\s*[:-]?\s*)?(?:white|green|amber|clear)|classification:? \w+|©.*|copyright .{0,80}|"
    r"administered by .{0,40}|.{0,60}\bpage \d+ of \d+)$",
    re.IGNORECASE,
)
_CLASSIFIED = re.compile(
    r"(?:this document has a classification of|classification:?|tlp\s*[:-]) ?(?:white|green|amber|red|clear)$",
    re.IGNORECASE,
)
"""What tells at the top of a text that it is a paper; further down it is each page's furniture."""
_TOP = 6
ENDED = re.compile(r"[.!?:;][’”'\")\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came: `raw` with its spaces, `text` tidied, `gap` whether an empty line stood before it, `page` the
    number of its page as far as page breaks and furniture show it, `ruled` whether a rule alone did, as below a head.
    """

    raw: str
    text: str
    gap: bool
    page: int = 0
    ruled: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text that hold words: no furniture of pages, no rules, no bare addresses."""
    gap, ruled, number, given = True, False, 0, 0
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").replace("\r", "\n").split("\f")]
    for raws, furnished in zip(pages, repeated(pages), strict=True):
        number, gap = number + 1, True
        for at, raw in enumerate(raws):
            spaced = _GULF.sub(" " * _WIDEST, plain_spaces(_STRUCK.sub("", raw[:LONGEST_PARAGRAPH])))
            tidied = tidy(spaced)
            number_alone = tidied.isdigit() and (not gap or bool(_MONTH_NAME.match(_next(raws, at))))
            furniture = at in furnished or bool(
                _FURNITURE.match(tidied) and not number_alone and not _FOOTER.match(tidied)
            )
            number += furniture
            furniture = furniture and not (given < _TOP and _CLASSIFIED.match(tidied))
            if not tidied or ADDRESS.match(tidied) or furniture or _RULE.match(tidied):
                ruled = bool(not gap and tidied and _RULE.match(tidied))
                gap = True
                continue
            yield Line(spaced, tidied, gap, number, ruled)
            gap, ruled, given = False, False, given + 1


_FOOTER = re.compile(r"^(?:©|copyright\b|\(c\)\s)", re.IGNORECASE)
_LONGEST_FOOTER = 12


def without_footer(lines: list[Line]) -> list[Line]:
    """Return a page's lines without what follows its one copyright line: menus and teasers, no part of the page."""
    marks = [n for n, line in enumerate(lines) if _FOOTER.match(line.text)]
    if len(marks) != 1 or len(lines) - marks[0] > _LONGEST_FOOTER:
        return [line for line in lines if not _FURNITURE.match(line.text) or not _FOOTER.match(line.text)]
    return lines[: marks[0]]


def _next(raws: Sequence[str], at: int) -> str:
    """Return the next line with words."""
    return next((raw.strip() for raw in raws[at + 1 : at + 4] if raw.strip()), "")


def unwrapped(lines: Sequence[Line]) -> str:
    """Return the text that was wrapped over lines."""
    text = lines[0].text
    for line in lines[1:]:
        glued = text.endswith("-") and not text.endswith(" -") and line.text[:1].isalpha()
        text = f"{text}{line.text}" if glued else f"{text} {line.text}"
    return text
