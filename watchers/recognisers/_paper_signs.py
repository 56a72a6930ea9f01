"""Signs of a paper: what stands above its text (reference, meeting, action, classification), how it speaks of itself.

What a paper has at its top no other page has there, so one such line is enough for a text; a web page needs more, as
it may list papers. What papers say of themselves below only adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.forms import Form, met_by_all, worded
from watchers.outline import Block, Outline

_TOP = 8
"""Blocks within which a paper says what it is."""
_LONGEST_LINE = 140
_ABBREVIATED = r"SECP|OPSG|TABASC|CSC|SSC|TSC|PMA|SMKI[ _]PMA|SECCB|CB|TAG|WG|SECWG|DCCDG"
_BODY = (
    r"(?:the )?(?:SEC )?(?:Panel|Change Board|Operations Group|(?:(?-i:[A-Z])[\w-]+ (?:and |& )?){0,5}"
    r"(?:Sub-?Committee|Committee|Working Group|Group|Board|Forum)|"
    rf"{_ABBREVIATED})"
)
_ASKED = (
    r"(?:(?:decision|information|info|discussion|noting|note|approval|comments?|input|agreement|endorsement|review)"
    r"(?:\s*(?:/|,|and|&)\s*)?)+"
)
_COLOUR = r"(?:white|green|amber|red|clear|public)"


def _line(*words: str) -> Form:
    return worded(rf"\W*(?:{'|'.join(words)})\W*")


_REFERENCE = re.compile(
    rf"(?:^|\W)(?:[A-Z]{{2,8}}(?:_\d{{1,4}}){{2,4}}|(?:{_ABBREVIATED})[/ -]?\d{{1,4}}(?:[/-]\d{{1,4}}){{1,3}})(?!\w)"
)
_ABOVE = (
    _line(r"(?:paper|document|report) (?:ref(?:erence)?|number|no)\b\.?\s*[:|–—-]?\s*\S.{2,}"),
    _line(
        rf"(?:(?:paper )?action|purpose|paper for|type of paper)(?: required)?\s*[:|–—-]\s*"
        rf"(?:for )?{_ASKED}",
        rf"(?:this paper is )?for {_ASKED}",
    ),
    _line(rf".{{0,60}}\bclassification\s*(?::|\||–|—|-|of|is)?\s*{_COLOUR}\b.{{0,20}}", rf"TLP\W+{_COLOUR}"),
    _line(
        rf"{_BODY}(?:(?: meeting)?(?: no\.?)?[ ,:#]*\d{{1,4}})?\s*[,:|–—-]?\s*(?:agenda )?paper"
        r"(?=\s*(?:\d|[#:,|–—-]|no\b|for\b|on\b|$)).{0,90}",
        rf"(?:.{{0,60}}\bpaper|report) (?:to|for) {_BODY}\b.{{0,60}}",
        r"paper\s*[#:]?\s*(?:no\.? )?\d[\w./-]*\b.{0,80}",
    ),
    _line(r"(?:annex|attachment) (?:[A-H]|\d{1,2})\s*[:–—-]\s*\S.*"),
    _line(r"(?:agenda )?item(?: no\.?)?\s*[:#]?\s*\d[\w.]*", r".{0,60}\bagenda item\s*[:#]?\s*\d.{0,40}"),
    _line(
        rf"(?:(?:paper |presented |submitted )?to|for|prepared for|audience|meeting|forum|committee)\s*[:|]\s*"
        rf"{_BODY}\b.{{0,40}}",
        rf"{_BODY} meeting\b[ ,:#–—-]*(?:no\.? )?\d.{{0,40}}",
    ),
)
"""Lines above a paper: its reference, what is asked, its classification, "paper" with its body, the annex
that it is, its place on an agenda, the meeting.
"""
_TITLED = re.compile(
    r"\W*(?:(?!(?:white|green|consultation|discussion|position) )\w[\w’'-]* ){0,4}papers?\b(?:\W.*)?", re.IGNORECASE
)
"""The title of a web page that is a paper: "Paper - Smart Energy Code"."""
_WITHIN = tuple(
    worded(words)
    for words in (
        r"\bthis paper\b",
        r"\bis (?:invited|requested|asked|recommended) to\b",
        r"^\W*(?:\d+\.?\s+)?(?:purpose|recommendations?)\W*$",
        r"^\W*attachments?\b|\bAppendix [A-Z]:",
        r"\bClassification\b",
        r"\b(?:OPSG|TABASC|SEC Panel|SECP|SSC|SMKI PMA)[_ -]\d+",
        r"\bpaper reference\b|\bagenda item\b",
    )
)


def above(outline: Outline) -> int:
    """Return how many signs of a paper stand above its text."""
    lines = [line for block in outline.blocks[:_TOP] for line in _lines(block)]
    met = met_by_all(lines)
    possible = (sign for sign in _ABOVE if sign.possible(met))
    found = any(map(_REFERENCE.search, lines)) + sum(any(map(sign.fullmatch, lines)) for sign in possible)
    return found + (outline.form == "html" and bool(_TITLED.fullmatch(outline.title)))


def _lines(block: Block) -> Iterator[str]:
    """Yield what of a block may be a line of a paper's head: the block if it is short, and each of its cells."""
    pieces: Sequence[str] = (block.text, *block.cells) if len(block.cells) > 1 else (block.text,)
    yield from (piece for piece in pieces if len(piece) <= _LONGEST_LINE)


def within(outline: Outline) -> int:
    """Return how many signs of a paper stand anywhere in it."""
    met = met_by_all(block.text for block in outline.blocks)
    return sum(any(sign.search(block.text) for block in outline.blocks) for sign in _WITHIN if sign.possible(met))
