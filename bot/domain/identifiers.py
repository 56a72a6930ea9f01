"""Identifiers of the field: how pages print them, how people type them, and what each is called.

Canonical forms: modifications `SECMP0007`, `MP090`, `MP102A`, `DP124`; releases `2021-11`; SEC parts `Section A`,
`Schedule 8`, `Appendix AD`; versions `62.0`; DCC change requests `CR1145`; resolution proposals `CRP613`, `IRP511`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.dates import MONTH, MONTHS, month_number

MODIFICATION = re.compile(
    r"(?<![A-Za-z0-9])(?:(SECMP)\s?(\d{4})|([MD]P)\s?(\d{3,4}))([A-D](?![a-zA-Z])|[A-D](?=[A-Z][a-z]))?(?!\d)"
)
"""A modification as pages print it. `CMP258` and `SECMPXXXX` are not; a letter belongs to it unless a word follows."""

CHANGE_REQUEST = re.compile(r"(?<![A-Za-z0-9])CR\s?(\d{3,5}|TBC)\b")
CHANGE_RESOLUTION_PROPOSAL = re.compile(r"(?<![A-Za-z0-9])CRP\s?(\d{3,4})(?!\d)")
ISSUE_RESOLUTION_PROPOSAL = re.compile(r"(?<![A-Za-z0-9])IRP\s?(\d{3,4})(?!\d)")
PART = re.compile(r"\b(Section|Schedule|Appendix)\s+([A-Z]{1,2}|\d{1,2})(?![A-Za-z0-9])(?!\.\d)")
RELEASE = re.compile(rf"\b({MONTH})\s+(\d{{4}})\s+(?:SEC\s+)?(?:System[s]?\s+)?Release\b", re.IGNORECASE)
VERSION = re.compile(r"\bv(?:ersion\s+)?(\d{1,3}\.\d{1,2}(?:\.\d{1,2})?)\b", re.IGNORECASE)

LAST_OF_THE_OLD_SERIES = 70
"""SECMP numbers end near 0067 and MP numbers begin near 071; one numbering, so a number tells the series."""


@dataclass(frozen=True, slots=True, order=True)
class Modification:
    """A modification's identity: its number and the letter of a split.

    SECMP0007 is number 7; DP124 and MP124 are one.
    """

    number: int
    letter: str = ""


def canonical(match: re.Match[str]) -> str:
    """Return the canonical id for a match of `MODIFICATION`: MP0205 is MP205, one numbering."""
    series, digits = (match[1], match[2]) if match[1] else (match[3], match[4].removeprefix("0").zfill(3))
    return f"{series}{digits}{match[5] or ''}"


def modifications(text: str) -> list[str]:
    """Return the modifications named in text in their order, each once."""
    return list(dict.fromkeys(canonical(m) for m in MODIFICATION.finditer(text)))


@lru_cache(50_000)
def identity(id_: str) -> Modification:
    """Return what a canonical id identifies.

    Raises:
        ValueError: it is not a modification's id.
    """
    match = MODIFICATION.fullmatch(id_)
    if not match:
        raise ValueError(f"{id_} is not a modification's id, such as MP090, SECMP0007 or DP124")
    return Modification(int(match[2] or match[4]), match[5] or "")


def is_modification(id_: str) -> bool:
    """Whether id_ is a modification's canonical id."""
    return bool(MODIFICATION.fullmatch(id_))


def is_draft_proposal(id_: str) -> bool:
    """Whether id_ is a Draft Proposal's."""
    return id_.startswith("DP")


def is_part_of(id_: str, whole: str) -> bool:
    """Whether a modification is a part of another that was split: MP102A is of MP102, and of DP102."""
    one, other = identity(id_), identity(whole)
    return bool(one.letter) and not other.letter and one.number == other.number


def spelling(number: int, letter: str = "", *, draft: bool = False) -> str:
    """Return the canonical id for a number, in the series that it belongs to."""
    if draft:
        return f"DP{number:03d}{letter}"
    return f"SECMP{number:04d}{letter}" if number <= LAST_OF_THE_OLD_SERIES else f"MP{number:03d}{letter}"


_DIGITS = str.maketrans("OILoil", "011011")
"""Letters that people type for the digits that they look like."""
TYPED = re.compile(
    r"(?:SEC)?(?P<series>SECMP|MP|DP|MOD(?:IFICATION)?(?:PROPOSAL)?|DRAFTPROPOSAL)?(?P<digits>[0-9OIL]{1,4})(?P<letter>[A-D])?"
)


def typed(text: str) -> str | None:
    """Return the canonical id that a person means by "mp90", "MP-090", "MP 102a", "secmp7", "MP O90"; None for no id.

    A number alone is an id too: people say "090" of a modification.
    """
    plain = re.sub(r"[\s\-_#'\"‘’“”.:–—]+", "", text).upper()
    match = TYPED.fullmatch(plain)
    if not match or not any(c.isdigit() for c in match["digits"]):
        return None
    number = int(match["digits"].translate(_DIGITS))
    if number == 0:
        return None
    return spelling(number, match["letter"] or "", draft=(match["series"] or "").startswith(("DP", "DRAFT")))


def part(text: str) -> str | None:
    """Return the canonical SEC part that text begins with ("SEC Schedule 8 - GB …" is "Schedule 8"), None for none."""
    match = PART.match(re.sub(r"^\s*(?:the\s+)?(?:SEC\s+)?", "", text.replace("\xa0", " "), flags=re.IGNORECASE))
    return f"{match[1]} {match[2]}" if match else None


def typed_part(text: str) -> str | None:
    """Return the SEC part that a person means by "appendix ad" or "SEC Schedule 8"; None for none."""
    kind, _, key = re.sub(r"^\s*(?:the\s+)?(?:SEC\s+)?", "", text.strip(), flags=re.IGNORECASE).partition(" ")
    canonical_ = f"{kind.capitalize()} {key.strip().upper()}"
    return canonical_ if PART.fullmatch(canonical_) else None


def part_order(part_: str) -> tuple[int, int, str]:
    """Return what to sort SEC parts by: Sections, Schedules by number, Appendices by letter (Z before AA)."""
    kind, _, key = part_.partition(" ")
    rank = {"Section": 0, "Schedule": 1, "Appendix": 2}.get(kind, 3)
    return (rank, int(key) if key.isdecimal() else len(key), key)


def releases(text: str) -> list[str]:
    """Return the keys of the releases named in full in text, in order, each once."""
    return list(dict.fromkeys(release_key(m[1], int(m[2])) for m in RELEASE.finditer(text)))


def release_key(month: str, year: int) -> str:
    """Return the key for a month's name and a year: "2021-11"."""
    return f"{year:04d}-{month_number(month):02d}"


def release_name(key: str) -> str:
    """Return the name people use for a release: "November 2021"."""
    year, _, month = key.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def typed_release(text: str) -> str | None:
    """Return the release key that a person means by "november 2021", "Nov 21", "2021-11", "11/2021"; None for none."""
    plain = re.sub(r"\b(sec|system|systems|release|the)\b", " ", text.casefold())
    plain = re.sub(r"[\s,'’]+", " ", plain).strip()
    if match := re.fullmatch(r"(20\d\d)[-/ ](\d{1,2})", plain):
        year, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})[-/ ](20\d\d)", plain):
        year, month = int(match[2]), int(match[1])
    elif match := re.fullmatch(r"([a-z]{3,9})\.?[- ]?((?:20)?\d\d)", plain) or re.fullmatch(
        r"()(20\d\d)[- ]([a-z]{3,9})", plain
    ):
        name, digits = (match[1], match[2]) if match[1] else (match[3], match[2])
        found = month_number(name)
        year, month = int(digits) + (2000 if len(digits) == 2 else 0), found
    else:
        return None
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and 2013 <= year <= 2099 else None


def version_order(version: str) -> tuple[int, ...]:
    """Return what to compare SEC versions by, component by component: 5.2 < 5.14 < 5.23 < 62.0."""
    return tuple(int(part_) for part_ in version.split("."))


def typed_version(text: str) -> str | None:
    """Return the version that a person means by "62", "v62.0", "version 50", "v5O", "SEC v5.14"; None for none."""
    plain = re.sub(
        r"(?<=[\d.])[oil]+(?=[\d.oil]*$)", lambda found: found[0].translate(_DIGITS), text.strip().casefold()
    )
    match = re.fullmatch(r"(?:sec\s*)?(?:v(?:ersion)?\.?\s*)?(\d{1,3}(?:\.\d{1,2}){0,2})", plain)
    if not match:
        return None
    return match[1] if "." in match[1] else f"{match[1]}.0"
