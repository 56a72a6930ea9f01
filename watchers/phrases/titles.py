"""Titles in quotes, whatever the quotes: straight, curly, mixed, nested, or broken by a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

SINGLE = "‘’'`´‛‚′\ufffd"
DOUBLE = '“”"„″«»'
QUOTES = SINGLE + DOUBLE
_EACH = {family: re.compile(f"[{family}]") for family in (SINGLE, DOUBLE, QUOTES)}

_OPENING = re.compile(
    rf"\s*(?:\((?=[{QUOTES}])|[:,–—-]\s*(?=[{QUOTES}]))?\s*(?P<quote>[{QUOTES}]{{1,2}})(?=\s*[^\s{QUOTES}])"
)
_LONGEST = 260
_GOES_ON_AFTER = re.compile(
    r"\s*(?:[:;,.()|!?…–—-]|$|(?:has|have|had|will|would|is|are|was|were|to|and|or|in|into|as|at|by|for|"
    r"from|on|of|under|"
    r"which|that|with|would|may|can|be|also|changes?|removes?|places?|implements?|makes?|extends?|"
    r"introduces?|amends?|adds?|"
    r"part|parts|legal|does|did|due|after|before|following|because|but|so|then|until|now|not|text|page|"
    r"document|version|"
    r"Targeted|Approved|Implemented|Yes|No|TBC|✓|✗)\b|\d|[✓✗])"
)


def quoted(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return the title that stands in quotes at `start` of text and where it ends, None where there is none."""
    opening = _OPENING.match(text, start)
    if not opening:
        return None
    begin, family = opening.end(), SINGLE if opening["quote"][0] in SINGLE else DOUBLE
    ends = list(_closings(text, begin, family)) or list(_closings(text, begin, QUOTES))
    if not ends:
        return None
    end = _chosen(text, ends)
    title = cleaned(text[begin:end])
    after = end
    while after < len(text) and text[after] in QUOTES and after - end < 2:
        after += 1
    if "(" in opening[0] and text[after : after + 1] == ")":
        after += 1
    return (title, after) if title else None


def cleaned(title: str) -> str:
    """Return a title with single spaces and without what surrounds it; a broken apostrophe is mended."""
    plain = re.sub(r"(?<=\w)\ufffd(?=\w)", "’", " ".join(title.split()))
    return plain.strip(" .;:,") if not plain.endswith("etc.") else plain.strip()


def _closings(text: str, begin: int, family: str) -> Iterator[int]:
    """Yield where quotes stand that can close a title begun at `begin`; an apostrophe within a word can't."""
    depth = 0
    for quote in _EACH[family].finditer(text, begin, min(len(text), begin + _LONGEST)):
        at = quote.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if before.isalnum() and after.islower():
            continue  # DCC’s
        if at > begin and (before.isspace() or before in "([–—-") and after.isalnum():
            if text[at] in "’”" or depth > 1 or not _has_more(text, at + 1, begin, family):
                return
            depth += 1
            continue
        if depth:
            depth -= 1
            continue
        yield at


def _has_more(text: str, at: int, begin: int, family: str) -> bool:
    """Whether two more quotes close: the nested one that opens here and the title itself."""
    rest = text[at : begin + _LONGEST]
    return sum(1 for n, c in enumerate(rest) if c in family and not rest[n + 1 : n + 2].islower()) >= 2


def _chosen(text: str, ends: list[int]) -> int:
    """Return the quote that closes: the first, unless it is a plural's apostrophe ("Users’ obligations’")."""
    for end in ends[:-1]:
        plural = text[end - 1] in "sS" and re.match(r"\s[a-zA-Z]", text[end + 1 : end + 3])
        if not plural or _GOES_ON_AFTER.match(text, end + 1):
            return end
    return ends[-1]
