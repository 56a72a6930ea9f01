"""Consultation list: which modifications are out for consultation and until when. Closed ones can stay listed."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from bot.domain import checks
from bot.domain.claims import Doubt, Reading
from bot.domain.forms import Form, worded
from watchers.outline import Outline
from watchers.recognisers._consulting.walk import Consulting
from watchers.recognisers._findings import settled
from watchers.recognisers._post.posted import posted_on

KIND = "consultations"

_ADDRESS = re.compile(r"/(?:ufaq-category|consultations?|[\w-]*consultations)(?:/|$)", re.IGNORECASE)
_LIST = re.compile(
    r"\bconsultations\b|\bconsultation (?:list|tracker|calendar|timetable|hub)\b|^\W*have your say\W*$", re.IGNORECASE
)

_CONSULTATION = worded(r"\bconsultation")
_CLOSING = worded(r"clos(?:es|ed|ing)\b|\bdeadline|\buntil\b|\brespond by\b")


def recognises(outline: Outline) -> float:
    """Return how sure it is: a heading that speaks of consultations, and items that close."""
    if outline.form == "feed":
        return 0.0
    headings = [block.text for block in outline.blocks if block.kind == "heading"]
    named = any(_LIST.search(text) for text in (outline.title, *headings[:1]))
    addressed = bool(_ADDRESS.search(outline.url))
    if not named and not addressed and not _speaks(outline):
        return 0.0
    found = _read(outline)
    closing = len({c.value + c.subject for c in found.claims if c.attribute == "consultation_closes_on"})
    posts = sum(
        1
        for above, below in zip(outline.blocks, outline.blocks[1:], strict=False)
        if above.kind == "heading" and below.kind != "heading" and posted_on(below)
    )
    listed = sum(1 for entry in found.entries if entry.ids) > 1
    if named and (closing or listed or found.others or _says_none(outline)):
        return 0.85 if not posts or closing >= posts else 0.5
    if named and not posts and any(entry.ids for entry in found.entries):
        return 0.6
    if addressed:
        return 0.7 if closing or _says_none(outline) else 0.3
    return 0.55 if closing > 1 and not posts and len(found.entries) * 3 >= closing else 0.0


def read(outline: Outline) -> Reading:
    """Return what a list of consultations claims."""
    found = _read(outline)
    listed = bool(found.claims or found.others)
    empty = Doubt("nothing", "No consultation was read, and the page does not say that none is open.")
    heading = next((block.text for block in outline.blocks if block.kind == "heading"), outline.title)
    return Reading(
        KIND,
        settled(found.claims),
        heading=heading,
        doubts=() if listed or _says_none(outline) else (empty,),
        residue=tuple(found.residue),
    )


@lru_cache(1)
def _read(outline: Outline) -> Consulting:
    """Read a page once, though it is asked for twice: how sure it is, and what it claims."""
    walk = Consulting()
    walk.read(enumerate(outline.blocks))
    return walk


def _speaks(outline: Outline) -> bool:
    """Whether several pieces speak of consultations and several of their end: most pages need no closer look."""
    return all(_in_several(words, outline) for words in (_CONSULTATION, _CLOSING))


def _in_several(words: Form, outline: Outline) -> bool:
    return len(list(islice((block for block in outline.blocks if words.search(block.text)), 2))) > 1


def _says_none(outline: Outline) -> bool:
    return checks.says_none([block.text for block in outline.blocks])
