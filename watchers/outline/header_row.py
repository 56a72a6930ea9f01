"""Which row of a table is its header where the markup doesn't say: by its words and by what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.domain import dates
from bot.domain.identifiers import CHANGE_REQUEST, MODIFICATION, PART
from bot.domain.statuses import named
from bot.domain.wording import letters
from watchers.outline.words import TICK

_WORDS = re.compile(
    r"\b(name|title|date|status|stage|description|document|modification|proposal|version|section|part|type|impact\w*|"
    r"affect\w*|ref|reference|no|number|id|published|updated|owner|provision|comments?|action|deadline|clos\w+|changes?|"
    r"request|implementation|implemented|release|systems?|category|organisation|part(?:y|ies)|meeting|cost|decision|target|"
    r"cut-off|notice|link|download|details?|summary|lead|priority|outcome|vote|year|phase|step|milestone|item|notes?|"
    r"effective|schedule|appendix|current|raised|path|due|event|activity|draft|consultations?|issued|opens?|opened|launched|"
    r"results?|responses?|when|who|what|proposer|reply)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[‘'“\"`«].+[’'”\"»]")
_LONGEST = 80


def is_header(first: Sequence[str], body: Sequence[Sequence[str]], *, bold: bool = False) -> bool:
    """Whether a table's first row names its columns.

    `bold`: the row is set in bold and the rows below are not. Labels beside values ("Proposer | Elexon") are no header.
    """
    if not body or len(first) < 2 or not all(_may_head(cell) for cell in first) or not any(first[1:]):
        return False
    told = [bool(_WORDS.search(cell)) or cell.endswith("?") for cell in first if cell]
    if bold or (all(told) and len(told) > 1):
        return True
    apart = sum(_stands_out(n, first, body) for n in range(len(first)))
    return len(body) > 1 and (apart > 1 or (apart == 1 and sum(told) * 2 >= len(told)))


def repeats(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row says the header again, as after a page break."""
    return (
        bool(header)
        and len(row) == len(header)
        and all(letters(cell) == letters(head) for cell, head in zip(row, header, strict=True))
    )


def _may_head(cell: str) -> bool:
    named = MODIFICATION.search(cell) or CHANGE_REQUEST.match(cell) or PART.match(cell) or _QUOTED.fullmatch(cell)
    # "Draft" is a status of modifications, and what a column of documents is called.
    data = _is_data(cell) and cell.casefold() != "draft"
    return len(cell) <= _LONGEST and not data and not named and not dates.find(cell)


def _stands_out(column: int, first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    below = [row[column] for row in body if column < len(row) and row[column]]
    return bool(first[column]) and len(below) > 1 and all(_is_data(cell) for cell in below)


_DATA: tuple[Callable[[str], object], ...] = (
    lambda cell: cell in {TICK, "✗", "Yes", "No", "N/A", "TBC", "-", "–"},
    dates.whole,
    MODIFICATION.match,
    named,
    lambda cell: re.fullmatch(r"[£$]?[\d.,]+%?", cell),
)


def _is_data(cell: str) -> bool:
    return any(test(cell) for test in _DATA)
