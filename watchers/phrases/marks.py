"""Text with its names and dates marked: "⟦R0⟧, due to go live on ⟦D0⟧, will include ⟦M0⟧".

Rules are written against marked text, so that words within a title ("Implementing IRP511 …", "November 2021 SEC Release
supporting changes") are never read as facts, and what stands between a name and a date is words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from bot.domain import dates, statuses
from bot.domain.forms import Form, worded
from bot.domain.identifiers import (
    CHANGE_REQUEST,
    CHANGE_RESOLUTION_PROPOSAL,
    ISSUE_RESOLUTION_PROPOSAL,
    MODIFICATION,
    canonical,
    release_key,
)
from bot.domain.remembered import remembered
from watchers.phrases.titles import quoted

_MONTH = dates.MONTH.lower()
_RELEASE_WORDS = r"(?:sec\s+)?(?:systems?\s+)?releases?\b"
_RELEASE = (
    rf"\b(?:(?P<month>{_MONTH})\s+(?P<year>20\d\d)\s+{_RELEASE_WORDS}"
    rf"|(?P<month2>{_MONTH})\s+sec\s+release\s+(?P<year2>20\d\d)"
    rf"|sec\s+(?:systems?\s+)?release\s*[:,–—(-]?\s*(?P<month3>{_MONTH})\s+(?P<year3>20\d\d)\)?"
    rf"|sec\s+(?P<month4>{_MONTH})\s+(?P<year4>20\d\d)\s+(?:systems?\s+)?release\b"
    rf"|(?<!this )(?<!this sec )release\s+(?:of|in|for)\s+(?P<month5>{_MONTH})\s+(?P<year5>20\d\d)(?!\s+sec))"
)
RELEASE = worded(_RELEASE)
# Matched against lower case, which takes a quarter of the time of ignoring case.
_LOWER_RELEASE = re.compile(_RELEASE)
_RELEASE_PAIR = re.compile(
    rf"\b(?P<one>{_MONTH})(?:\s+(?P<first>20\d\d))?\s+(?:and|or|&|"
    rf"/)\s+(?:the\s+)?(?P<two>{_MONTH})\s+(?P<year>20\d\d)\s+{_RELEASE_WORDS}",
)
_THIS_RELEASE = re.compile(
    r"\b(?:this|the)\s+(?:sec\s+)?(?:system\s+)?release\b(?!\s+(?:management|notes?|page|implementation|"
    r"of\b|in\b|for\b|date|to\b))",
)
_LEFT_IT_IN = re.compile(
    r"\b(?:dropped|removed|removal|taken|took|de-?scoped|withdrawn|excluded|left|leaves|fell|came|dropping) "
    r"(?:(?:from|out|of|⟦|[\w-]+) ){0,4}?(?:(?:from|out of|left) )?(?:the scope of )?(?:the )?$"
)
"""What comes before "the release in April 2026" where that is when a modification left the release."""
_NEAR = 80
"""Characters before a release in which such words stand."""
_YEARS_RELEASES = re.compile(
    r"\b(?P<year>20\d\d)\s+sec\s+(?:systems?\s+)?releases?\b|\breleases?\s+in\s+(?P<in>20\d\d)\b"
)
VERSION = worded(
    r"\b(?:SEC|Smart Energy Code)(?:\s+\(SEC\))?,?\s*[(–—-]?\s*(?:v|V|"
    r"ver(?:sion)?\.?\s*v?)\s*(?P<a>\d{1,3}(?:\.\d{1,2}){0,2})\b"
    r"|\bSEC\s+(?P<c>\d{1,3}\.\d{1,2})(?!\.?\d)(?!\s*(?:am|pm|%|million|bn|m)\b)(?!%)"
    r"|\b(?:v|version\s+v?)\s*(?P<b>\d{1,3}(?:\.\d{1,2}){0,2})\s+of\s+the\s+(?:SEC|Smart Energy Code|Code)\b",
)
PART = worded(
    r"\b(?P<sec>SEC\s+)?(?P<kind>Section|Schedule|Appendix)\s+(?P<key>[A-Z]{1,2}|(?<!Section.)\d{1,2})(?![A-Za-z0-9])"
    r"(?!\.\d)(?!\s*[‘'“\"]?\s*\((?:\d|[a-hj-z]{1,2}\)|[ivx]{1,4}\)))",
    re.NOFLAG,
)
_PARTS = worded(
    r"\b(?:SEC\s+)?(?P<kind>Sections|Schedules|Appendices)\s+(?P<keys>(?:[A-Z]{1,2}|\d{1,2})\b(?!\.\d|[’'\d])"
    r"(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*&\s*)(?:[A-Z]{1,2}|\d{1,2})\b(?!\.\d|[’'\d]))*)",
    re.NOFLAG,
)
IDS = {
    kind: Form(regex)
    for kind, regex in (
        ("M", MODIFICATION),
        ("C", CHANGE_REQUEST),
        ("K", CHANGE_RESOLUTION_PROPOSAL),
        ("I", ISSUE_RESOLUTION_PROPOSAL),
    )
}
"""The forms of ids by the kind of their mark."""
_PREFIXES = {"C": "CR", "K": "CRP", "I": "IRP"}
_SINGULAR = {"Sections": "Section", "Schedules": "Schedule", "Appendices": "Appendix"}
_ABBREVIATED = re.compile(r"\s*\(((?!(?:Fast|Self|Authority)\b)(?=[a-z]?[A-Z][^()]*[A-Z\d])[\w&/\- ]{2,15})\)")
"""What a title is called for short, "(S1SR)", "(SMETS1 TMAD)"; "(Withdrawn)" behind one is a status."""
DELIVERED = re.compile(r"\s*[,(–-]?\s*\b(?P<part>part\s+(?:\d|one|two|three|four|[A-D])\b)\)?", re.IGNORECASE)


_MARK = re.compile(r"⟦(\w+)⟧")


class Mark(NamedTuple):
    """A name or date in a text. `kind`: M modification, C change request, K change resolution proposal, I issue
    resolution proposal, P part, R release, Y a year's releases, V version, D date. `own`: "this release".
    """

    kind: str
    value: str
    text: str
    title: str = ""
    part: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with marks in it."""

    text: str
    marks: dict[str, Mark] = field(hash=False)

    def plain(self, text: str | None = None) -> str:
        """Return (a piece of) the text as the page has it."""
        text = self.text if text is None else text
        return _MARK.sub(lambda m: self.marks[m[1]].text, text) if "⟦" in text else text

    def at(self, match: re.Match[str], slot: str) -> str:
        """Return the value of the mark that a slot of a pattern ("D", "M1") took."""
        return self.marks[match[slot][1:-1]].value

    def of(self, kind: str, text: str | None = None) -> list[Mark]:
        """Return the marks of a kind in (a piece of) the text, in order."""
        text = self.text if text is None else text
        if f"⟦{kind}" not in text:
            return []
        return [self.marks[name] for name in _names(text) if name[0] == kind]

    def values(self, kind: str, text: str | None = None) -> list[str]:
        """Return the values of the marks of a kind, each once."""
        marks = self.of(kind, text)
        return list(dict.fromkeys([mark.value for mark in marks])) if marks else []


@remembered
def _names(text: str) -> list[str]:
    """Return the names of the marks in a text, in order. Every rule asks for them."""
    return _MARK.findall(text)


class _Span(NamedTuple):
    start: int
    end: int
    mark: Mark


_START = itemgetter(0)
"""Where a span begins."""


@remembered
def marked(text: str, release: str = "") -> Marked:
    """Return text with its marks; `release` is what "this release" means. A page's texts are asked for many times."""
    if release and not _leans_on_release(text):
        return marked(text)
    taken: list[_Span] = []
    held = bytearray(len(text))
    for span in _spans(text, release):
        if held.find(1, span.start, span.end) < 0:
            taken.append(span)
            held[span.start : span.end] = b"\x01" * (span.end - span.start)
    plain = text.translate(_BRACKETS) if "⟦" in text or "⟧" in text else text
    pieces, marks, at = list[str](), dict[str, Mark](), 0
    for n, span in enumerate(sorted(taken, key=_START)):
        name = f"{span.mark.kind}{n}"
        marks[name] = span.mark
        pieces += [plain[at : span.start], f"⟦{name}⟧"]
        at = span.end
    pieces.append(plain[at:])
    return Marked("".join(pieces), marks)


def _leans_on_release(text: str) -> bool:
    """Whether a text means something else on another release's page: "this release", "22 July" without a year."""
    lower = dates.lowered(text)
    return ("release" in lower and bool(_THIS_RELEASE.search(lower))) or dates.lacks_year(text)


_BRACKETS = str.maketrans("⟦⟧", "[]")
_A_YEAR = re.compile(r"20\d\d|/\d\d$")


def _spans(text: str, release: str) -> Iterator[_Span]:
    """Yield spans, those that win over others first: titled names, then releases, versions, dates."""
    named = sorted(_named(text), key=_START)
    end = 0
    for span in named:
        if span.start >= end:
            yield span
            end = span.end
    yield from _releases(text, release)
    for match in VERSION.finditer(text):
        value = match["a"] or match["b"] or match["c"]
        yield _Span(match.start(), match.end(), Mark("V", value if "." in value else f"{value}.0", match[0]))
    for found in dates.find(text, int(release[:4]) if release else None):
        cut = found.end >= len(text.rstrip())  # a line may end between a month and its year
        if _A_YEAR.search(found.text) or (found.value[:7] == release and not cut):
            yield _Span(found.start, found.end, Mark("D", found.value, found.text))


def _releases(text: str, release: str) -> Iterator[_Span]:
    lower = dates.lowered(text)
    if "release" not in lower:
        return
    dated = "20" in lower  # a release is named by its year
    for match in _RELEASE_PAIR.finditer(lower) if dated else ():
        year, split = int(match["year"]), match.start("two")
        first = release_key(match["one"], int(match["first"] or year))
        named = Mark("R", first, text[match.start("one") : match.end("one")])
        yield _Span(match.start(), match.end("first" if match["first"] else "one"), named)
        yield _span(text, split, match.end(), "R", release_key(match["two"], year))
    for match in _LOWER_RELEASE.finditer(lower) if dated else ():
        if match["month5"] and _LEFT_IT_IN.search(lower, max(0, match.start() - _NEAR), match.start()):
            continue
        yield _span(text, *match.span(), "R", _release(match))
    for match in _YEARS_RELEASES.finditer(lower) if dated else ():
        yield _span(text, *match.span(), "Y", match["year"] or match["in"])
    for match in _THIS_RELEASE.finditer(lower) if release else ():
        yield _Span(*match.span(), Mark("R", release, text[match.start() : match.end()], own=True))


def _span(text: str, start: int, end: int, kind: str, value: str) -> _Span:
    return _Span(start, end, Mark(kind, value, text[start:end]))


def _release(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for n in ("", "2", "3", "4", "5"):
        if groups[f"month{n}"]:
            return release_key(groups[f"month{n}"], int(groups[f"year{n}"]))
    raise AssertionError(match[0])


def _named(text: str) -> Iterator[_Span]:
    for match in IDS["M"].finditer(text) if "P" in text else ():
        yield _with_title(text, match, "M", canonical(match))
    for kind, prefix in _PREFIXES.items():
        for match in IDS[kind].finditer(text) if prefix in text else ():
            yield _with_title(text, match, kind, prefix + match[1])
    for match in PART.finditer(text):
        yield _with_title(text, match, "P", f"{match['kind']} {match['key']}")
    for match in _PARTS.finditer(text):
        for key in re.finditer(r"[A-Z]{1,2}\b|\d{1,2}\b", match["keys"]):
            at = match.start("keys")
            part = f"{_SINGULAR[match['kind']]} {key[0]}"
            yield _Span(at + key.start(), at + key.end(), Mark("P", part, key[0]))


def _with_title(text: str, match: re.Match[str], kind: str, value: str) -> _Span:
    found = quoted(text, match.end())
    title, end = found if found else ("", match.end())
    part = ""
    if found and kind == "M" and (delivered := DELIVERED.match(text, end)):
        part, end = delivered["part"], delivered.end()
    if found and (short := _ABBREVIATED.match(text, end)) and not (dates.find(short[0]) or statuses.named(short[1])):
        end = short.end()
    return _Span(match.start(), end, Mark(kind, value, text[match.start() : end], title, part))


# --- sentences -------------------------------------------------------------------------------------------------------

LONGEST_PARAGRAPH = 20_000
LONGEST_SENTENCE = 3_000
"""Characters that are read of a paragraph and of a sentence: beyond, neither is one."""

_ENDS = re.compile(r"[.!?:\n](?:(?<=[.!?])[’”'\")\]]*\s+(?=[A-Z⟦“‘\"'(\d•]|v\d)|(?<=[a-z]:)\s*\n|(?<=\n))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|no|nos|ltd|vs|approx|incl|mr|ms|mrs|dr|st|fig|para|ref)\.|\b[A-Z]\.)$", re.IGNORECASE
)
_LONGEST_ABBREVIATION = len("(approx.")


@remembered
def sentences(text: str, release: str = "") -> tuple[Marked, ...]:
    """Return the sentences of a paragraph, marked. A list's rows ask again and again for those above it."""
    whole = marked(text[:LONGEST_PARAGRAPH], release)
    pieces: list[str] = []
    at = 0
    for end in _ENDS.finditer(whole.text):
        stop = end.start() + (end[0][0] != "\n")
        if _ABBREVIATION.search(whole.text[max(at, stop - _LONGEST_ABBREVIATION) : stop]):
            continue
        pieces.append(whole.text[at:stop])
        at = end.end()
    pieces.append(whole.text[at:])
    return tuple(Marked(piece.strip()[:LONGEST_SENTENCE], whole.marks) for piece in pieces if piece.strip())


# --- patterns --------------------------------------------------------------------------------------------------------

_SLOT = re.compile(r"\{([A-Z])(s?)(\d?)\}")
GAP = r"[^⟦⟧]{0,70}?"


@cache
def pattern(words: str) -> Form:
    """Compile a rule's words: `{D}` a date, `{M}` a modification, `{Ms}` several, `…` words without names or dates."""
    return Form(re.compile(_SLOT.sub(_slot, words).replace("…", GAP), re.IGNORECASE))


def _slot(match: re.Match[str]) -> str:
    kind, several, number = match.groups()
    one = rf"⟦{kind}\d+⟧"
    if several:
        between = r"(?:\s|,|/|&|\band\b|\bor\b|\bas well as\b|\bplus\b|\bboth\b|\balso\b|\bthen\b)*"
        return rf"(?P<{kind}s{number}>{one}(?:{between}{one})*)"
    return rf"(?P<{kind}{number}>{one})"
