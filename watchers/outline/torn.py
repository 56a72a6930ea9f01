"""Rows of a plain text that an extraction tore: lines of several columns one after another, or mixed with one another.

What stood beside a name can't be told any more, and a title with another column's words in it would be false. Of such
a table its ids are kept, its titles where all are whole, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain import dates, statuses
from watchers.outline import Block
from watchers.phrases.titles import quoted

_ID = re.compile(r"(?:SECMP\s?\d{4}|[MD]P\s?\d{3,4})[A-D]?(?![A-Za-z\d])")
_MARK = re.compile(r"(?:[✓✗]|TBC|TBD|Yes|No|N/A|[-–—?])\d{0,2}")
_MIXED = re.compile(
    r"(?:^|\s)(?:[✓✗]|TBC|TBD|N/A)\d{0,2}(?:\s|$)|\b(?:(?:Change Board|Working Group|Panel|"
    r"Authority) (?:will|has|is|would|"
    r"vote\w*|approved|recommended)|approved (?:for|by|this)|recommendation (?:it|that)|(?:will|"
    r"would|to) (?:be|vote)|sent back|"
    r"on hold until|presented to|current status|page \d+ of \d+)\b|\b\d{1,2} [A-Z][a-z]+ 20\d\d\b|[.;] [A-Za-z]+ \w",
    re.IGNORECASE,
)
"""What stands in no title: ticks, and words of a status."""
_CUT = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|be|been|by|for|from|has|have|in|into|is|it|of|on|or|the|to|until|will|with|would|"
    r"Change|expected))$"
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s")
_HEADING_WORD = re.compile(
    r"\b(?:impacts?|modifications?|status|current|systems?|title|page|classification)\b", re.IGNORECASE
)
_TELLS = re.compile(r"\b(?:approved|rejected|vote|presented|Authority|Change Board|Draft Proposal|Self-Governance)\b")
_RELEASE = re.compile(r"\b20\d\d SEC\b|\bSEC Releases?\b")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Region:
    """A table in a text: its blocks from `start` to `end` (not included); behind `last` there are no more rows."""

    start: int
    last: int
    end: int


def mended(blocks: Sequence[Block], loose: Mapping[int, int]) -> list[Block]:
    """Return blocks with torn tables made safe.

    `loose`: of how many lines the rows are, by their numbers, that were gathered line by line.
    """
    loose = {**loose, **{n: _FEWEST for n, block in enumerate(blocks) if block.kind == "paragraph" and _is_lost(block)}}
    kept = list(blocks)
    for region in reversed(list(_regions(blocks, loose))):
        inside = range(region.start, region.end)
        mixed = {n for n in inside if loose.get(n, 0) > 1 and _is_mixed(blocks[n])}
        cut = {n for n in inside if loose.get(n, 0) > 1 and _is_cut(blocks[n])}
        ticks = sum(bool(_MARK.fullmatch(blocks[n].text)) for n in inside if n not in loose)
        among = [blocks[n] for n in inside if n not in loose and (n < region.last or ticks > _FEWEST)]
        torn = len(mixed) + len(cut) >= _FEWEST or sum(map(_is_fragment, among)) >= _FEWEST
        if torn or _is_apart([(blocks[n], n in loose) for n in inside]):
            safe = [_safe(blocks[n], titled=not torn) if n in loose else blocks[n] for n in inside]
            kept[region.start : region.end] = [
                block for n, block in zip(inside, safe, strict=True) if n in loose or (n > region.last and _own(block))
            ]
        else:
            for n in mixed:
                kept[n] = _safe(blocks[n], titled=False)
    return kept


def without_mixed(rows: Iterable[Block]) -> Iterator[Block]:
    """Yield the rows of a table; of one whose title holds another column's words its id."""
    for row in rows:
        yield _safe(row, titled=False) if _is_mixed(row) else row


def _regions(blocks: Sequence[Block], loose: Container[int]) -> Iterator[_Region]:
    """Yield tables: what stands between two numbered headings, lists or words that introduce something."""
    begun: list[int] = []
    for n, block in enumerate(blocks):
        if n in loose:
            begun.append(n)
        elif begun and (_parts(block) or (block.kind == "heading" and not _is_stray(block, blocks[n + 1 : n + 3]))):
            yield _Region(begun[0], begun[-1], n)
            begun = []
    if begun:
        yield _Region(begun[0], begun[-1], len(blocks))


def _parts(block: Block) -> bool:
    heading = block.kind == "heading" and bool(_NUMBERED.match(block.text) or _RELEASE.search(block.text))
    bullet = block.kind == "item" and not _ID.match(block.text)
    return heading or bullet or block.text.endswith(":") or (block.kind == "row" and bool(block.header))


def _is_stray(heading: Block, below: Sequence[Block]) -> bool:
    """Whether what looks like a heading is a piece of a table: ticks of another column stand below it."""
    words = heading.text
    if len(words.split()) <= _FEWEST and any(_MARK.fullmatch(block.text) for block in below):
        return True
    return len(words.split()) < _FEWEST or bool(
        _HEADING_WORD.search(words) or _MIXED.search(words) or _MARK.match(words)
    )


def _is_mixed(row: Block) -> bool:
    """Whether words of another column stand in a row's title, or it has lost its beginning."""
    match = _ID.match(row.text)
    rest = row.text[match.end() :].lstrip(" |") if match else ""
    found = quoted(rest)
    if found is None:
        return bool(re.match(r"[‘“]|[^‘’“”]*[’”](?:\s|$)", rest)) and not re.match(r"[^‘’]*s’ \w", rest)
    return bool(_MIXED.search(found[0]) or re.match(r"[a-z]{3,} [a-z]", rest[found[1] :].strip(" |")))


def _is_lost(paragraph: Block) -> bool:
    """Whether a row was taken for a sentence, as its title never ends or has a status in it."""
    match = _ID.match(paragraph.text)
    rest = paragraph.text[match.end() :] if match else ""
    found = quoted(rest)
    return bool(re.match(r"\s*[‘“]", rest)) and (found is None or bool(_MIXED.search(found[0])))


def _is_cut(row: Block) -> bool:
    """Whether a row ends in the middle of a sentence."""
    said = _after_name(row)
    return len(said) > 20 and bool(_CUT.search(said))


def _is_fragment(block: Block) -> bool:
    """Whether a block is a word or two that belong somewhere else."""
    text = block.text
    return (
        len(text.split()) <= 2
        and not re.search(r"[.:?\d]$", text)
        and not (_MARK.fullmatch(text) or _HEADING_WORD.search(text) or statuses.named(text) or dates.whole(text))
    )


def only_marks(row: Block) -> bool:
    """Whether nothing but ticks stands beside a modification's name."""
    return bool(_ID.match(row.text)) and all(_MARK.fullmatch(word) for word in _after_name(row).split() if word != "|")


def _is_apart(blocks: Sequence[tuple[Block, bool]]) -> bool:
    """Whether names stand one after another with nothing beside them, and what belongs to them in other blocks."""
    bare = [is_row and not _after_name(block) for block, is_row in blocks]
    together = sum(a and b for a, b in pairwise(bare))
    told = any(_TELLS.search(block.text) for block, is_row in blocks if not is_row)
    return together >= _FEWEST and together * 2 > sum(is_row for _, is_row in blocks) and told


def _after_name(row: Block) -> str:
    match = _ID.match(row.text)
    rest = row.text[match.end() :] if match else ""
    found = quoted(rest)
    return re.sub(r"^\s*part \d", "", rest[found[1] :]).strip(" |") if found else rest.strip(" |")


def _safe(row: Block, *, titled: bool) -> Block:
    match = _ID.match(row.text)
    if not match:
        return row
    found = quoted(row.text, match.end()) if titled else None
    name = row.text[: found[1] if found else match.end()]
    return replace(row, kind="item", text=name, cells=(), header=(), table=0)


def _own(block: Block) -> bool:
    """Whether a block below a table names what it is about."""
    return bool(_ID.search(block.text) or _RELEASE.search(block.text))
