"""SEC parts as people name them: "appendix ad", "sched 8", "app. AD", "AD", "duis", "Section H8.16"."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process, utils

from bot.domain import glossary, identifiers
from bot.domain.parts import TITLES

_SHORT = re.compile(
    r"^(?:the )?(?:sec )?(?P<kind>app[a-z]*|sch[a-z]*|sect[a-z]*|sec)\.?[\s-]*"
    r"(?P<key>[a-z]{1,2}|\d{1,2})(?![a-z])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"^(?:the )?(?:sec )?section\s+(?P<key>[a-z])\d[\d.]*$", re.IGNORECASE)
_KINDS = {"a": "Appendix", "sc": "Schedule", "se": "Section"}


def named(text: str) -> str | None:
    """Return the part that text is the name of by itself: "appendix ad", "Schedule 8", "sch. 8"; None for none."""
    plain = text.strip(" .,:'’‘")
    if clause := _CLAUSE.match(plain):
        return f"Section {clause['key'].upper()}"
    match = _SHORT.match(plain)
    if match and match.end() == len(plain):
        kind = match["kind"].casefold()
        return identifiers.typed_part(f"{_KINDS[kind[0] if kind[0] == 'a' else kind[:2]]} {match['key']}")
    return None


def meant(text: str) -> list[str]:
    """Return the parts that somebody may mean who asks for one: also by its title, or by its letter alone."""
    if part := named(text) or identifiers.part(text):
        return [part]
    term = glossary.find(text)
    if term and term.part:
        return [term.part]
    if titled := [part for part, title in TITLES.items() if _plain(title) == _plain(text)]:
        return titled
    key = text.strip().upper()
    kinds = ("Schedule",) if key.isdecimal() else ("Appendix", "Section")
    return [part for kind in kinds if (part := identifiers.typed_part(f"{kind} {key}"))]


def nearest(text: str, most: int = 4) -> list[str]:
    """Return the parts whose titles are like words."""
    found = process.extract(text, TITLES, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=70)
    return [part for _, _, part in found[:most]]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
