"""What a page shows of other pages below its own words: "Related posts", "Latest news"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from watchers.outline import Block, Outline

_TEASERS = re.compile(
    r"^\W*(?:(?:related|recent|latest|other|more|similar|older|newer)\s+(?:sec\s+)?"
    r"(?:posts?|news|articles?|stories)|you (?:may|might) also (?:like|be interested in)|read next)\W*$",
    re.IGNORECASE,
)


def without_teasers(outline: Outline) -> Outline:
    """Return an outline without the sections of teasers that follow the page's own words.

    A page that begins with such a heading is a list of posts: there they are the page.
    """
    return replace(outline, blocks=tuple(_kept(outline.blocks)))


def _kept(blocks: tuple[Block, ...]) -> Iterator[Block]:
    below, spoken = 0, False
    for block in blocks:
        if block.kind == "heading":
            if below and block.level <= below:
                below = 0
            if spoken and block.level > 1 and _TEASERS.match(block.text):
                below = block.level
        spoken = spoken or block.kind != "heading"
        if not below:
            yield block
