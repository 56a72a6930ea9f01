"""How a text is set: the width at which its lines are wrapped, and where it has empty lines.

Between the lines of one sentence (`double`), hardly anywhere (`dense`), or at least now and then (`spaced`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from watchers.outline.text.cells import parted_cells
from watchers.outline.text.lines import ENDED, MONTHS, Line
from watchers.outline.text.names import begins_row, names_end_open

_EVIDENCE = 3
"""So many lines that end in the middle of a sentence show that a text is wrapped."""
_SINGLE_SPACED_RUN = 200
"""A line longer than this shows that lines are whole paragraphs."""
BULLET = re.compile(
    r"^\s*(?:[•▪‣◦●○■□➢⮚·]|\*(?!\*|[^*]*\*\W*$)|[-–—](?=\s)|o(?=\s{1,3}[A-Z])|\(?[a-z]\)|\(?[ivx]{1,4}\)|"
    r"\d{1,2}[.)](?=\s+(?:SECMP|MP|DP|CRP?|IRP|SEC |Section|Schedule|Appendix)))\s*(?=\S)"
)
_DENSE = 0.2
"""Fewer empty lines than so many of a hundred show that none are set between paragraphs."""
_SPACED = 20
"""One empty line among so many shows that some are set between paragraphs."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set. `width`: of its lines, 0 where each is a whole paragraph; `double`: empty lines stand between
    the lines of a sentence; `dense`: none around headings; `spaced`: some stand between paragraphs.
    """

    width: int
    double: bool
    dense: bool
    spaced: bool


def setting_of(lines: Sequence[Line]) -> Setting:
    """Return how a text is set."""
    width, double = _width(lines)
    dense = not double and _is_dense(lines) and _is_even(lines, width)
    return Setting(width, double, dense, sum(line.gap for line in lines[1:]) * _SPACED > len(lines))


def _width(lines: Sequence[Line]) -> tuple[int, bool]:
    """Return the width at which a text's lines are wrapped, 0 where each line is a whole paragraph, and whether empty
    lines stand between the lines of one sentence. Rows of tables can be whole where sentences are wrapped.
    """
    prose = [line for line in lines if not (begins_row(line.text) or parted_cells(line.raw))]
    if any(len(line.text) > _SINGLE_SPACED_RUN for line in prose):
        return 0, False
    lines = prose if len(prose) > 2 * _EVIDENCE else lines
    usual = sorted(len(line.text) for line in lines)[int(len(lines) * 0.95)] if lines else 0
    open_ended = [
        (above, below)
        for above, below in pairwise(lines)
        if len(above.text) > max(40, usual * 0.7)
        and not (ENDED.search(above.text) or begins_row(above.text) or BULLET.match(below.raw))
    ]
    broken = sorted(len(above.text) for above, below in open_ended if below.text[0].islower())
    if not broken or len(open_ended) < _EVIDENCE:
        return 0, False
    return broken[-1 - len(broken) // 10], sum(below.gap for _, below in open_ended) * 2 > len(open_ended)


def _is_dense(lines: Sequence[Line]) -> bool:
    """Whether a text has no empty lines between its paragraphs and headings, at most some around its tables."""
    prose = any(len(line.text) > 60 and ENDED.search(line.text) for line in lines)
    return prose and len(lines) > 4 and sum(line.gap for line in lines[1:]) < len(lines) * _DENSE


def _is_even(lines: Sequence[Line], width: int) -> bool:
    """Whether lines are broken where the next word had no room; in type whose letters differ many are shorter."""
    broken = [
        len(above.text) + 1 + len(below.text.split()[0])
        for above, below in pairwise(lines)
        if below.text[0].islower() and not ENDED.search(above.text) and len(above.text) > width * 0.6
    ]
    return sum(length <= width for length in broken) * 6 <= len(broken)


_WANTS_MORE = re.compile(
    r"\b(?:the|an?|of|to|in|on|by|for|with|from|at|and|or|that|this|its|their|which|is|are|was|were|be|been|has|have|"
    r"had|will|would|not|than|as|between|under|into|until)$|[,(]$|\s[–—]$"
)
"""How a line ends in the middle of a sentence: with a word that asks for more."""
_DATE_BROKEN = re.compile(
    rf"\b(?:on|by|of|from|to|until|before|after|and|since) (?:\w+day,? )?\d{{1,2}}(?:st|nd|rd|th)?\n{MONTHS}\b|"
    rf"\b{MONTHS}\n20\d\d\b.*\w"
)
_LONG = 40
"""A shorter line was hardly ended by the width of a page."""


_TALLEST = 100
"""Lines of a paragraph at most; what is longer was not wrapped at a width."""


def runs_on(above: str, below: str) -> bool:
    """Whether words show that a sentence goes on from one line to the next, whatever their lengths."""
    if ENDED.search(above):
        return False
    broken = _DATE_BROKEN.search(f"{above[-_LONG:]}\n{below}")
    return bool(below[:1].islower() or _WANTS_MORE.search(above) or broken or names_end_open(above, below))


def is_full(lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` was ended by the width of its own paragraph, the lines between two empty ones that end with a
    stop: the first word of the next had no room in any of them.
    """
    above, below = lines[at].text, lines[at + 1]
    if below.gap or len(above) < _LONG or ENDED.search(above):
        return False
    first, last = at, at + 1
    while not lines[first].gap and first > 0:
        first -= 1
        if at - first > _TALLEST:
            return False
    while last + 1 < len(lines) and not lines[last + 1].gap:
        last += 1
        if last - at > _TALLEST:
            return False
    longest = max(len(line.text) for line in lines[first : last + 1])
    return lines[last].text.endswith((".", "!", "?")) and len(above) + 1 + len(below.text.split()[0]) > longest
