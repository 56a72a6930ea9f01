"""Whether what a claim quotes stands on a page: its sentence or row, found again in the page as it was kept.

A page is given in pieces: its headings, paragraphs, items and rows in their order, each with single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.claims import Evidence
from bot.domain.wording import letters, words

BETWEEN = " | "
"""Stands between the cells of a row, and in a quote between a name and what is said below it in a piece of its own."""

REACH = 40
"""So many pieces above a claim's own its name may stand: a card has a line for each of its facts."""


NEAR = 100
"""Pieces before and after its own in which a quote is looked for; so that a page of thousands costs no more."""
JOINED = 4
"""Over so many pieces a quote may run."""


def stands(evidence: Evidence, pieces: Sequence[str]) -> bool:
    """Return whether a quote is found again where the evidence says that it stands: in the piece of that number.

    Of a quote that was put together the last part stands there, the others above it in their order.
    """
    if not 0 <= evidence.block < len(pieces) or not evidence.quote.strip():
        return False
    if evidence.quote in pieces[evidence.block]:
        return True
    quote, own = _single(evidence.quote), _single(pieces[evidence.block])
    if quote in own:
        return True
    *above, last = quote.split(BETWEEN)
    return bool(above) and last in own and _in_order(above, pieces[max(0, evidence.block - REACH) : evidence.block + 1])


def _in_order(parts: Sequence[str], pieces: Sequence[str]) -> bool:
    """Return whether parts stand one after another, the nearest below first; several may stand in one piece."""
    texts = [_single(piece) for piece in pieces]
    whole = BETWEEN.join(parts)
    if any(whole in text for text in texts):
        return True
    at, end = len(texts) - 1, len(texts[-1]) if texts else 0
    for part in reversed(parts):
        found = texts[at].rfind(part, 0, end) if at >= 0 else -1
        while found < 0 and at > 0:
            at -= 1
            found = texts[at].rfind(part)
        if found < 0:
            return False
        end = found
    return True


def place_of(quote: str, pieces: Sequence[str]) -> int | None:
    """Return the first piece in which a quote stands, None where it stands in none."""
    wanted = _single(quote)
    return next((n for n, piece in enumerate(pieces) if wanted and wanted in _single(piece)), None)


def placed(evidence: Evidence, pieces: Sequence[str]) -> Evidence:
    """Return evidence so that it can be found again: a reader may have put a label and its value together, or counted
    pieces in its own way. What can't be placed stays as it is.
    """
    if stands(evidence, pieces):
        return evidence
    quote = _single(evidence.quote)
    at = min(evidence.block, max(len(pieces) - 1, 0))
    near = sorted(range(max(0, at - NEAR), min(len(pieces), at + NEAR)), key=lambda n: abs(n - at))
    for n in near:
        if quote and quote in _single(pieces[n]):
            return replace(evidence, block=n)
    parts = [part for part in re.split(r"\s*(?:\||:(?=\s|$))\s*", quote) if part]
    for n in near if len(parts) > 1 else ():
        apart = replace(evidence, quote=BETWEEN.join(parts), block=n)
        if stands(apart, pieces):
            return apart
    return _joined(evidence, quote, pieces, near)


def _joined(evidence: Evidence, quote: str, pieces: Sequence[str], near: Sequence[int]) -> Evidence:
    """Return evidence for a quote that runs over a few pieces, in these pieces as they are."""
    all_letters, all_words = letters(quote), set(words(quote))
    for in_order in (True, False):
        for n in near if all_words else ():
            for begin in range(n, max(-1, n - JOINED), -1):
                some = [_single(piece) for piece in pieces[begin : n + 1]]
                whole = " ".join(some)
                if all_letters in letters(whole) if in_order else all_words <= set(words(whole)):
                    return replace(evidence, quote=BETWEEN.join(some), block=n)
    return evidence


def _single(text: str) -> str:
    return " ".join(text.split())
