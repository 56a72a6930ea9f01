"""What a text's pages repeat at their head and foot, where form feeds part them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

_MOST = 4
"""Lines at a page's head or foot that can be furniture."""
_OF_A_TABLE = re.compile(
    r"\b(?:impacts?|affects?|modifications?|current|status|title|ref\w*|number|documents?|systems?)\b[ ?.]*$|^\W*$",
    re.IGNORECASE,
)
"""A table's headings are repeated too, and are none."""


def repeated(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Return for each page the numbers of its lines that other pages have at the same edge, whatever their numbers."""
    ends = [(_edge(page, range(len(page))), _edge(page, range(len(page) - 1, -1, -1))) for page in pages]
    seen = [Counter(key for page, end in zip(pages, ends, strict=True) for key in _keys(page, end[n])) for n in (0, 1)]
    return [
        {at for n in (0, 1) for at in end[n] if seen[n][_key(page[at])] > 1}
        for page, end in zip(pages, ends, strict=True)
    ]


def _edge(page: Sequence[str], order: range) -> list[int]:
    """Return the lines at a page's edge: up to the first empty one, or the very first where that is far away."""
    filled = [at for at in order if page[at].strip()]
    if not filled:
        return []
    begins = order.index(filled[0])
    block = list(takewhile(lambda at: page[at].strip(), order[begins:]))
    edge = block if len(block) <= _MOST else block[:1]
    return list(takewhile(lambda at: not _OF_A_TABLE.search(page[at]), edge))


def _keys(page: Sequence[str], edge: Sequence[int]) -> set[str]:
    return {_key(page[at]) for at in edge}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
