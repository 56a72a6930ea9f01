"""Titles in quotes, whatever the quotes: straight, curly, mixed, nested, or broken by a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain import statuses
from bot.domain.remembered import remembered

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


_BROKEN_APOSTROPHE = re.compile(r"(?<=\w)\ufffd(?=\w)")


@remembered
def quoted(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return the title that stands in quotes at `start` of text and where it ends, None where there is none."""
    opening = _OPENING.match(text, start)
    if not opening:
        return None
    begin, nested = _begun(text, opening)
    family = SINGLE if opening["quote"][0] in SINGLE else DOUBLE
    ends = list(_closings(text, begin, family, nested=nested)) or list(_closings(text, begin, QUOTES, nested=nested))
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
    plain = _BROKEN_APOSTROPHE.sub("’", " ".join(title.split()))
    return plain.strip(" .;:,") if not plain.endswith("etc.") else plain.strip()


def unquoted(text: str) -> str:
    """Return the title that a text consists of without the quotes around it; quotes within it are its own."""
    plain = cleaned(text)
    found = quoted(plain)
    if found and not plain[found[1] :].strip(" .*"):
        return found[0]
    if sum(char in QUOTES for char in plain) > 1:
        return plain
    return cleaned(plain.strip(QUOTES))  # one that is left over


def _begun(text: str, opening: re.Match[str]) -> tuple[int, bool]:
    """Return where a title begins, and whether with a quote of its own: of two quotes that open, the second is the
    title's unless two close it.
    """
    if len(opening["quote"]) == 1:
        return opening.end(), False
    longest = min(len(text), opening.end() + _LONGEST)
    quotes = (quote.start() for quote in _EACH[QUOTES].finditer(text, opening.end(), longest))
    first = next((at for at in quotes if _closes(text, at)), -1)
    if first < 0 or text[first + 1 : first + 2] in tuple(QUOTES):
        return opening.end(), False
    one_family = (opening["quote"][0] in SINGLE) == (opening["quote"][1] in SINGLE)
    return opening.start("quote") + 1, one_family


def _closes(text: str, at: int) -> bool:
    """Whether a quote can close a title: it is no apostrophe within a word."""
    return not (text[at - 1].isalnum() and text[at + 1 : at + 2].islower())


def _closings(text: str, begin: int, family: str, *, nested: bool) -> Iterator[int]:
    """Yield where quotes stand that can close a title begun at `begin`; an apostrophe within a word can't.

    `nested`: the title begins with a quote of its own.
    """
    depth = int(nested)
    for quote in _EACH[family].finditer(text, begin + nested, min(len(text), begin + _LONGEST)):
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
    for n, end in enumerate(ends[:-1]):
        plural = text[end - 1] in "sS" and re.match(r"\s[a-zA-Z]", text[end + 1 : end + 3])
        if not plural or (_GOES_ON_AFTER.match(text, end + 1) and not _joins(text, end, ends[n + 1])):
            return end
    return ends[-1]


def _joins(text: str, end: int, next_end: int) -> bool:
    """Whether "Suppliers’ and the DCC’s duties’" goes on after an apostrophe: what closes next was not opened."""
    between, rest = text[end + 1 : next_end], text[next_end + 1 :]
    return (
        bool(re.match(r"\s(?:and|or)\s", between))
        and not re.search(r"\d{3}|[.;:|]", between)
        and bool(re.match(r"[A-Z]|" + _GOES_ON_AFTER.pattern, rest) or statuses.named(rest))
    )
