"""Words by which a line of a text begins a row of a table, or is one of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates, statuses
from bot.domain.identifiers import MODIFICATION
from bot.domain.remembered import remembered
from watchers.outline.glued import glued
from watchers.outline.text.lines import ENDED
from watchers.phrases.marks import PART
from watchers.phrases.titles import QUOTES, quoted

ID_START = re.compile(r"^(?:SECMP\s?\d{4}|[MD]P\s?\d{3,4}|CRP?\s?\d{3,5}|CRTBC|IRP\s?\d{3,4})")
LETTER = re.compile(r"^[A-D](?![a-z])")
"""The letter of a split, after its id."""
_TITLE_FOLLOWS = re.compile(rf"\s*(?:[:–—-]\s*)?[{QUOTES}]")
_SEC = re.compile(r"^SEC\s+")
_GOES_ON = re.compile(rf"\s*(?:[–—-]\s*[A-Z]|[{QUOTES}]|\([A-Z])")
TAIL_CELL = re.compile(r"^(?:[✓✗]\d?|TBC\d?|Yes|No|N/A|TBD)$")


def heads_columns(cells: Sequence[str]) -> bool:
    """Whether cells are column headings: words alone, no id, no date, no status."""
    return not any(
        MODIFICATION.search(c)
        or ID_START.match(c)
        or dates.find(c)
        or PART.match(c)
        or (statuses.named(c) and len(cells) < 2)
        or len(c) > 60
        for c in cells
    ) and any(cells)


@remembered
def begins_row(text: str) -> bool:
    """Whether a line begins with an id and a title (or little more), or with a part of the SEC as in a list."""
    if match := ID_START.match(text):
        rest = text[match.end() :]
        rest = LETTER.sub("", rest)
        return bool(_TITLE_FOLLOWS.match(rest)) or not rest.strip() or bool(re.match(r"\s*\|", rest))
    plain = _SEC.sub("", text)
    if match := PART.match(plain):
        rest = plain[match.end() :]
        return bool(_GOES_ON.match(rest)) and not _SENTENCE.search(_after_title(plain, match.end()))
    return False


_SENTENCE = re.compile(r"\b(?:has|have|will|would|is|are|was|were|legal text)\b")


def _after_title(text: str, at: int) -> str:
    found = quoted(text, at)
    return text[found[1] :] if found else ""


@remembered
def open_title(text: str) -> bool:
    """Whether a row's title has not been closed yet."""
    match = ID_START.match(text)
    if not match:
        plain = _SEC.sub("", text)
        match = PART.match(plain)
        text = plain
    if not match:
        return False
    rest = LETTER.sub("", text[match.end() :])
    return bool(_TITLE_FOLLOWS.match(rest)) and quoted(rest) is None


def names_end_open(above: str, below: str) -> bool:
    """Whether the last name of a line has its title, or the rest of it, in the next."""
    found = list(_ID.finditer(above))
    if not found:
        return False
    rest = LETTER.sub("", above[found[-1].end() :])
    return (not rest and below[:1] in QUOTES) or (bool(_TITLE_FOLLOWS.match(rest)) and quoted(rest) is None)


_ID = re.compile(ID_START.pattern.replace("^", r"\b", 1))


def named_only(text: str) -> bool:
    """Whether a row has its name and nothing else yet."""
    match = ID_START.match(text)
    if not match:
        return False
    rest = LETTER.sub("", text[match.end() :])
    found = quoted(rest)
    return found is not None and not re.sub(r"^\s*part \d", "", rest[found[1] :]).strip()


def is_detail(text: str) -> bool:
    """Whether a line is a cell by itself: ticks, a status, a date."""
    return bool(all(TAIL_CELL.match(word) for word in text.split()) or statuses.named(text) or dates.whole(text))


def is_complete(text: str) -> bool:
    """Whether a row's last cell is at an end."""
    match = ID_START.match(text)
    rest = text[match.end() :] if match else text
    found = quoted(LETTER.sub("", rest))
    tail = LETTER.sub("", rest)[found[1] :].strip() if found else rest
    tail = re.sub(r"^part \d+\s*", "", tail)
    ticks = re.sub(r"^(?:[✓✗]\d?|TBC\d?|Yes|No)(?:\s+|$)", "", tail)
    while ticks != tail:
        tail, ticks = ticks, re.sub(r"^(?:[✓✗]\d?|TBC\d?|Yes|No)(?:\s+|$)", "", ticks)
    return (
        not tail
        or bool(re.search(r"[.!]$", tail))
        or bool(statuses.named(tail))
        or bool(dates.whole(tail) or glued(tail, ()))
    )


def unfinished(cell: str) -> bool:
    """Whether a cell of several words ends in the middle of a sentence."""
    return len(cell.split()) > 2 and not (ENDED.search(cell) or statuses.named(cell) or dates.whole(cell))
