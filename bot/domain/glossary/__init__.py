"""The words of the field and what they mean, for `define` and for the small print of digests.

A file holds one group of terms (`NAME`, `TERMS`); to add a term is to add a row there. The meanings are our own words;
what is not sure is left out.
"""

from __future__ import annotations

import re
from functools import cache

from bot.domain.glossary import code, devices, modifying, others, releasing, services
from bot.domain.glossary.term import Term

__all__ = ["GROUPS", "Term", "explained", "find", "known_by", "terms"]

GROUPS = tuple((group.NAME, group.TERMS) for group in (code, modifying, releasing, services, devices, others))
"""Name of each group and its terms, in the order in which people meet them."""

EVERYBODY_KNOWS = ("SEC", "MP", "DP", "DCC")
"""Whoever follows the Code knows these: to explain them each day would only take room."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def terms() -> tuple[Term, ...]:
    """Return all terms."""
    return tuple(term for _, group in GROUPS for term in group)


def find(text: str) -> Term | None:
    """Return the term that is called so, however it is written: "duis", "comms hub", "Appendix AD"; None for none."""
    spoken = _plain(text)
    return known_by().get(spoken) or known_by().get(spoken.removesuffix("s"))


@cache
def known_by() -> dict[str, Term]:
    """Return the term for each plain spelling; a term's own word goes before what another is called besides."""
    found: dict[str, Term] = {}
    for term in terms():
        found.setdefault(_plain(term.word), term)
    for term in terms():
        for spelling in term.spellings:
            found.setdefault(_plain(spelling), term)
    return found


def explained(text: str) -> list[Term]:
    """Return the terms whose abbreviations stand in a text, in their order there, each once.

    An abbreviation that the text writes out in full itself needs no explaining, nor one that everybody knows.
    """
    said = text.casefold()
    found = dict.fromkeys(match[0] for match in _WORD.finditer(text))
    named = (_abbreviations().get(word) or _abbreviations().get(word.removesuffix("s")) for word in found)
    return [term for term in dict.fromkeys(named) if term and term.name.casefold() not in said]


@cache
def _abbreviations() -> dict[str, Term]:
    short = (term for term in terms() if term.is_short and term.word not in EVERYBODY_KNOWS)
    return {term.word: term for term in short if sum(map(str.isupper, term.word)) > 1}


def _plain(text: str) -> str:
    """Return what text is compared by: its letters and digits, without "the"."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^\s*the\s+", "", text.casefold()))
