"""The heading of a modification's page, and the blocks that belong to the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.identifiers import MODIFICATION, identity
from bot.domain.wording import words_alone
from watchers.outline import Block, Outline
from watchers.phrases import labels, paired
from watchers.phrases.marks import marked
from watchers.recognisers._modification.labelled import pairs_of
from watchers.recognisers._modification.names import (
    GENERIC,
    ID_ALONE,
    SITE,
    TRAIL,
    first_id,
    is_specific,
    may_be_title,
    names_page,
    title_of,
)

_TOP = 24
"""Blocks at the top of a page among which its heading stands, after what leads there."""
_MENU = frozenset({"update", "timeline", "files", "prose", "parts"})
"""Roles of labels that stand in menus too: "News", "Events", "Documents", "About"."""
NEAR = 4
"""Blocks above and below the heading among which a line with the id alone belongs to it."""


def opened(outline: Outline) -> Outline:
    """Return an outline whose heading stands by itself, where the first line of a text goes on with labels."""
    first = next(iter(outline.blocks), None)
    if outline.form != "text" or first is None or len(first.cells) != 2:
        return outline
    if ID_ALONE.fullmatch(first.cells[0]) and not labels.role(first.cells[1]):
        named = Block("heading", " – ".join(first.cells), level=1)
        return replace(outline, blocks=(named, *outline.blocks[1:]))
    if not names_page(first.cells[0]) or not paired.pairs(first.cells[1]):
        return outline
    parted = (Block("heading", first.cells[0], level=1), Block("paragraph", first.cells[1]))
    return replace(outline, blocks=(*parted, *outline.blocks[1:]))


def heading_of(outline: Outline) -> Block | None:
    """Return the page's heading: of the first level, one that names a modification before others."""
    tops = [block for block in outline.blocks if block.kind == "heading"]
    first = [block for block in tops if block.level == 1] or tops[:1]
    first = [block for block in first if not TRAIL.search(block.text)]
    named = next((block for block in first if MODIFICATION.search(block.text)), None)
    if named is None:
        named = _named_above_labels(outline)
    if named is None and outline.form == "text":
        named = _above_labels(outline)
    named = named or (_like_title(outline) if outline.form == "html" else None)
    specific = next((block for block in first if is_specific(block)), None)
    found = named or specific or next((block for block in tops if is_specific(block)), _unlabelled(first or tops))
    return _named_below(outline, found) or found


def _named_below(outline: Outline, heading: Block | None) -> Block | None:
    """Return the line just below a heading without an id that is the modification's name, beginning as the heading."""
    if heading is None or MODIFICATION.search(heading.text):
        return None
    at = outline.blocks.index(heading) + 1
    near = (block for block in outline.blocks[at : at + 2] if block.kind in ("heading", "paragraph"))
    same = words_alone(SITE.sub("", heading.text))
    return next(
        (b for b in near if names_page(b.text) and same and words_alone(title_of(b.text)).startswith(same)), None
    )


def _unlabelled(headings: Sequence[Block]) -> Block | None:
    return next((block for block in headings if not labels.role(block.text)), None)


def _like_title(outline: Outline) -> Block | None:
    """Return the piece of a page that says what its title says, less the site's name."""
    title = words_alone(SITE.sub("", outline.title))
    if not title or GENERIC.fullmatch(title):
        return None
    said = (block for block in outline.blocks[:_TOP] if block.kind in ("heading", "paragraph"))
    return next((block for block in said if words_alone(block.text) == title), None)


def _named_above_labels(outline: Outline) -> Block | None:
    """Return the line that is a modification's name, before the first labels: below no other page's heading."""
    found: list[Block] = []
    for block in outline.blocks[:_TOP]:
        if {pair.role for pair in pairs_of(block)} - _MENU:
            break
        if block.kind == "heading" and (outline.form == "html" or marked(block.text).of("R")):
            break
        if block.kind != "row" and names_page(block.text) and not TRAIL.search(block.text):
            found.append(block)
    return found[0] if len({identity(first_id(block.text)) for block in found}) == 1 else None


def _above_labels(outline: Outline) -> Block | None:
    """Return the line of a text that stands above its first labels, none of its sentences between."""
    found = None
    for block in outline.blocks[:_TOP]:
        if {pair.role for pair in pairs_of(block)} - _MENU:
            return found
        if block.kind in ("heading", "paragraph") and may_be_title(block) and is_specific(block):
            found = block
        elif len(block.text) > 140:
            return None
    return None


def main_blocks(outline: Outline, heading: Block | None) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of a page from its heading on, those below headings of other things left out."""
    start = begins_at(outline, heading)
    aside = 0
    for number, block in enumerate(outline.blocks[start:], start):
        if block.kind == "heading":
            if aside and block.level > aside:
                continue
            beside = block is not heading and labels.aside(block.text) and not labels.role(block.text)
            aside = block.level if beside else 0
        if not aside:
            yield number, block


def begins_at(outline: Outline, heading: Block | None) -> int:
    """Return where the page's own words begin: at its heading, unless that is but a label's or stands far down."""
    if heading is None or (labels.role(heading.text) and not MODIFICATION.search(heading.text)):
        return 0
    return outline.blocks.index(heading)


def near_heading(
    outline: Outline, heading: Block | None, main: Sequence[tuple[int, Block]]
) -> Sequence[tuple[int, Block]]:
    """Return the blocks around the heading: what stands above a title, and below it."""
    above = list(enumerate(outline.blocks[: begins_at(outline, heading)]))
    return [*above[-NEAR:], *main[:NEAR]]
