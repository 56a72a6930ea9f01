"""Variations of the SEC by the Secretary of State: which provision was varied by notice of which day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import checks
from bot.domain.claims import Doubt, Reading, unique
from watchers.outline import Block, Outline
from watchers.recognisers._varying.lines import NoticeList

KIND = "variations"

_ADDRESS = re.compile(r"/(?:sos|secretary-of-state)-variations?/?(?:$|[?#])", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:SoS|Secretary of State)\b(?:’s|'s)?.{0,40}\b(?:variations?|notices?|modifications?|amendments?|changes)\b|"
    r"\b(?:variations?|amendments?|modifications?|notices?)\b.{0,30}\bby the (?:SoS|Secretary of State)\b",
    re.IGNORECASE,
)


def recognises(outline: Outline) -> float:
    """Return how sure it is: its name or address, and provisions with the days of notices."""
    if outline.form == "feed":
        return 0.0
    headings = [block.text for block in outline.blocks if block.kind == "heading"]
    named = any(_NAMED.search(text) for text in (outline.title, *headings[:1])) and not any(
        re.search(r"\bv\d+\.\d", text) for text in headings[:1]
    )
    if not named and not _ADDRESS.search(outline.url) and not _columns(outline.blocks):
        return 0.0
    rows = len({claim.subject for claim in _read(outline).claims})
    return (
        (0.9 if named or _ADDRESS.search(outline.url) else 0.6)
        if rows
        else 0.4
        if _ADDRESS.search(outline.url)
        else 0.3
        if named
        else 0.0
    )


def read(outline: Outline) -> Reading:
    """Return what a list of variations claims."""
    found = _read(outline)
    empty = Doubt("nothing", "No variation was read, and the page does not say that there is none.")
    says_none = checks.says_none([block.text for block in outline.blocks])
    return Reading(
        KIND,
        unique(found.claims),
        heading=next((block.text for block in outline.blocks if block.kind == "heading"), outline.title),
        doubts=() if found.claims or says_none else (empty,),
        residue=tuple(found.residue),
    )


def _read(outline: Outline) -> NoticeList:
    walk = NoticeList(flat=outline.form != "html")
    for number, block in enumerate(outline.blocks):
        walk.read(number, block)
    walk.end()
    return walk


_PROVISIONS = re.compile(r"provision", re.IGNORECASE)
_NOTICE_DATES = re.compile(r"date of notice|notice date", re.IGNORECASE)


def _columns(blocks: Sequence[Block]) -> bool:
    """Whether a table has a column of provisions and one of the days of notices."""
    heads = (
        *(" ".join(block.header) for block in blocks if block.header),
        *(b.text for b in blocks if len(b.text) < 80),
    )
    return any(_PROVISIONS.search(head) and _NOTICE_DATES.search(head) for head in dict.fromkeys(heads))
