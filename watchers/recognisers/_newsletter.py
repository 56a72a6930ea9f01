"""Newsletters: short items one below another, each with a heading or a bold lead. What an item plainly says of a
modification or a release is claimed; a pointer ("MP162 ‘…’: read more") claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain import dates
from bot.domain.claims import Claim, Item, Reading
from bot.domain.forms import worded
from watchers.outline import Block, Outline
from watchers.phrases.marks import marked
from watchers.phrases.rows import row
from watchers.recognisers._consulting.walk import Consulting
from watchers.recognisers._findings import release_links, settled, slug
from watchers.recognisers._post.posted import posted_on
from watchers.recognisers._post.walk import PostWalk
from watchers.recognisers._walk.walk import Walk

_ADDRESS = re.compile(r"/newsletters?/", re.IGNORECASE)
_NAMED = re.compile(
    r"\bnews ?letters?\b|\b(?:e-?)?bulletins?\b|\b(?:weekly|monthly|quarterly|news|SECAS|SEC|Code) (?:digest|"
    r"round[- ]?up)\b|\b(?:change|modifications?|codes?|releases?) (?:digest|round[- ]?up)\b|"
    r"\b(?:month|week|quarter|fortnight) in (?:brief|review|summary)\b",
    re.IGNORECASE,
)
_MAILED = worded(
    r"\b(?:view|read|open|see)\b.{0,30}\b(?:in|with) (?:a|your) (?:web )?browser\b|\bunsubscribe\b|\bmailing list\b|"
    r"\byou(?:’re|'re| are)? (?:get|getting|receiv\w+|were sent|have been sent) this\b|^\W*in this (?:issue|edition)\b|"
    r"^\W*(?:issue|edition) (?:no\.? |number )?\d+\b|\bsent (?:by .{1,40} )?to (?:everyone|everybody|all|subscribers|"
    r"you)\b|\bto (?:leave|opt out|stop (?:getting|receiving))\b.{0,40}\b(?:reply|click|e-?mail|link)\b|"
    r"\bforward(?:ed)? (?:this|to a colleague)\b",
)
"""What stands at the top or the foot of what was sent by mail."""
_LOWEST = 6
_AT_THE_TOP, _AT_THE_FOOT = 4, 3
_LEAST_ITEMS = 3
_LONGEST_TITLE = 60
"""Characters of a first line that may be a newsletter's title without being set as a heading."""
_CONTENTS = re.compile(
    r"^\W*(?:in (?:this|today’s|today's) (?:issue|edition|newsletter|bulletin|month|week)|contents|what(?:’s|'s|"
    r" is) inside|"
    r"highlights|headlines|at a glance|table of contents|in brief\W*contents)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^\W*(?:related\b.*|recent posts?|share(?: this)?\b.*|categories|tags|archives?|leave a (?:reply|comment)|"
    r"subscribe\b.*|"
    r"unsubscribe\b.*|sign up\b.*|follow us\b.*|(?:previous|past|earlier|older|other|more|all) (?:newsletters?|issues?|"
    r"editions?|bulletins?)\b.*|you (?:may|might) also\b.*|contact us\b.*|get in touch\b.*)\W*$",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:^|(?<=[.!?…])\s+|\s*[–—|-]\s*)(?:read|find out|see|learn|view|click|download|visit|discover|catch up|"
    r"check out|listen)\b"
    r"(?:[^.!?]|\.(?=\d)){0,80}[.!?…]*$|(?:…|\.\.\.|\[\s*…\s*\])\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\bconsult|\bhave your say\b|\byour (?:views|comments|input|feedback)\b|\brespond by\b|\bresponses? by\b|"
    r"\bclos(?:es|ing)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\])\W*$")
_NAMES = ("title", "delivery_part", "name")
"""What a pointer says of its subject: how it is called."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One item: its heading and the blocks below, each with its number on the page."""

    heading: Block
    number: int
    blocks: tuple[tuple[int, Block], ...]


def is_newsletter(outline: Outline) -> bool:
    """Whether a page calls itself a newsletter, by its address, its title or its heading."""
    if outline.form == "feed":
        return False
    headings = [block.text for block in outline.blocks if block.kind == "heading"]
    heading = next(iter(headings), "")
    line = next((block.text for block in outline.blocks[:1] if len(block.text) <= _LONGEST_TITLE), "")
    if len(headings) >= _LEAST_ITEMS and not marked(heading).of("V") and _was_mailed(outline.blocks):
        return True
    return bool(_ADDRESS.search(outline.url)) or any(
        _NAMED.search(text) and not marked(text).of("V") for text in (heading, line, outline.title)
    )


def is_named(outline: Outline) -> bool:
    """Whether a page's first heading calls it a newsletter."""
    heading = next((block.text for block in outline.blocks if block.kind == "heading"), "")
    return bool(_NAMED.search(heading)) and not marked(heading).of("V")


def _was_mailed(blocks: Sequence[Block]) -> bool:
    """Whether a page's top or foot says that it was sent by mail, and it is no archive of dated posts."""
    edges = (*blocks[:_AT_THE_TOP], *blocks[-_AT_THE_FOOT:])
    dated = sum(
        1 for above, below in pairwise(blocks) if above.kind == "heading" and above.level > 1 and posted_on(below)
    )
    return dated == 0 and any(_MAILED.search(block.text) for block in edges)


def read(outline: Outline, kind: str) -> Reading:
    """Return what a newsletter claims, each of its items an item of a stream."""
    heading = next((block.text for block in outline.blocks if block.kind == "heading"), outline.title)
    claims: list[Claim] = []
    residue: list[str] = []
    items: dict[str, Item] = {}
    for piece in _pieces(outline.blocks):
        key = slug(f"{heading} {piece.heading.text}")
        while key in items:
            key += "-"
        found, left = _item(piece, key) if piece.blocks else ([], [])
        links = piece.heading.links or tuple(link for _, block in piece.blocks for link in block.links)
        items[key] = Item(key, piece.heading.text, url=links[0].url if links else "")
        claims += settled(found)
        residue += left
    return Reading(
        kind,
        settled(claims, tuple(items.values())),
        heading=heading,
        stream=True,
        items=tuple(items.values()),
        residue=tuple(residue),
        links=release_links(outline.blocks),
    )


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    """Yield the items, without the list of contents; what follows the last ("Subscribe") is none of it."""
    starts = [n for n, block in enumerate(blocks) if block.kind == "heading" or _is_name(block)]
    starts = starts if starts[:1] == [0] else [0, *starts]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        if start >= len(blocks):
            return
        first = blocks[start]
        is_heading = first.kind == "heading" or (bool(start) and _is_name(first))
        if start and _ENDS.match(first.text):
            return
        if is_heading and _CONTENTS.match(first.text):
            continue
        inside = [(n, blocks[n]) for n in range(start + is_heading, end)]
        yield _Piece(
            replace(first, kind="heading") if is_heading else Block("heading", "", level=1), start, tuple(_own(inside))
        )


def _is_name(block: Block) -> bool:
    """Whether a line is a modification's name and nothing else: the heading of what stands below it."""
    named = row(block) if block.kind in ("item", "paragraph") and len(block.cells) <= 1 else None
    return bool(named and named.title and not named.cells)


def _own(inside: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, Block]]:
    """Yield what an item says itself: no list of contents, no pointers, of a teaser its whole sentences."""
    contents = False
    for number, block in inside:
        if block.kind == "paragraph":
            contents = bool(_CONTENTS.match(block.text)) and len(block.text) < 80
        if contents or _is_pointer(block):
            continue
        text = block.text
        if block.kind != "row":
            text = _whole_sentences(text) if _CUT.search(text) else _POINTER.sub("", text).strip()
        if text:
            yield (
                number,
                Block(block.kind, text, block.level, block.cells, block.header, block.table, links=block.links),
            )


def _is_pointer(block: Block) -> bool:
    """Whether a line is nothing but a link, and tells of no day."""
    whole = any(len(link.text) * 10 >= len(block.text) * 9 for link in block.links)
    return block.kind != "row" and whole and not dates.find(block.text)


def _whole_sentences(text: str) -> str:
    plain = _CUT.sub("", text)
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s|$)", plain)]
    return plain[: ends[-1]] if ends else ""


def _item(piece: _Piece, key: str) -> tuple[list[Claim], list[str]]:
    """Return what an item claims, and its residue."""
    found: list[Claim] = []
    residue: list[str] = []
    for walk in _walks(piece, key):
        found += walk.claims
        residue += walk.residue
    if any(_ASKS.search(block.text) for block in (piece.heading, *(b for _, b in piece.blocks))):
        consulting = Consulting(item=key)
        consulting.read(((piece.number, piece.heading), *piece.blocks))
        found += [claim for claim in consulting.claims if claim.attribute == "consultation_closes_on"]
    found += list(_release_names(found))
    told = {claim.subject for claim in found if claim.attribute not in _NAMES}
    told |= {f"modification:{claim.value}" for claim in found if claim.attribute not in _NAMES}
    return [claim for claim in found if claim.attribute not in _NAMES or claim.subject in told], residue


def _release_names(found: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the names of releases that an item says something of, as its sentences print them."""
    named = {claim.subject for claim in found if claim.attribute == "name"}
    for claim in found:
        for mark in marked(claim.evidence.quote).of("R") if claim.kind == "release" else ():
            if claim.subject == f"release:{mark.value}" and claim.subject not in named:
                named.add(claim.subject)
                yield replace(claim, attribute="name", value=" ".join(mark.text.split()))


def _walks(piece: _Piece, key: str) -> Iterator[Walk]:
    """Read an item: what its heading or a paragraph of it says of a version as a post is read, the rest as it comes."""
    if versions := marked(piece.heading.text).values("V"):
        yield _of_version(versions[0], piece.heading, piece.number, piece.blocks, key)
        return
    rest: list[tuple[int, Block]] = [(piece.number, piece.heading)] if piece.heading.text else []
    for run in _runs(piece.blocks):
        if versions := marked(run[0][1].text).values("V"):
            yield _of_version(versions[0], Block("heading", "", level=2), run[0][0], run, key)
        else:
            rest += run
    walk = Walk(item=key)
    walk.read(_with_cards(rest))
    yield walk


def _with_cards(blocks: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, Block]]:
    """Yield blocks; a modification's name alone on a line is the heading of what is told of it below."""
    names = [_is_name(block) for _, block in blocks]
    for at, (number, block) in enumerate(blocks):
        listed = at > 0 and names[at - 1]
        told = at + 1 < len(blocks) and blocks[at + 1][1].kind == "paragraph" and not names[at + 1]
        if names[at] and told and not listed:
            yield number, Block("heading", block.text, level=_LOWEST, links=block.links)
        else:
            yield number, block


def _of_version(version: str, heading: Block, number: int, blocks: Sequence[tuple[int, Block]], key: str) -> Walk:
    walk = PostWalk(item=key)
    walk.begin(heading, number, version)
    walk.read(blocks)
    walk.finish()
    return walk


def _runs(blocks: Sequence[tuple[int, Block]]) -> Iterator[list[tuple[int, Block]]]:
    """Yield paragraphs, each with the list that it introduces."""
    run: list[tuple[int, Block]] = []
    for number, block in blocks:
        if run and not (run[0][1].text.rstrip().endswith(":") and block.kind in ("item", "row")):
            yield run
            run = []
        run.append((number, block))
    if run:
        yield run
