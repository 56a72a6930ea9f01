"""One shape for every page: headings, paragraphs, lists and rows with their positions, whatever the markup.

Recognisers read outlines and nothing else, so what a page claims cannot depend on how it is marked up. `html`, `text`,
`pdf` and `feed` each make an outline of a body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.domain.claims import Link

BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page: a heading with its level, a paragraph, an item of a list, a row of a table.

    `text` has single spaces and no markup; of a row it is the cells joined by " | ". `cells` of a row are what stands
    in each column (a tick is "✓"), `header` the column headings where the table has them, `table` its number from 1.
    `entry` is the number of the feed's entry from 1, 0 elsewhere.
    """

    kind: BlockKind
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    table: int = 0
    entry: int = 0
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its identity (`guid`, else its link), where it leads, whether its body is given whole.

    `dated` is when it was posted in the feed's own words.
    """

    key: str
    title: str
    url: str
    posted_on: str = ""
    truncated: bool = False
    dated: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in blocks. `title` is the page's own (<title>), `form` how it came, `entries` those of a feed.

    `trouble` says why the body could not be outlined at all (not a PDF, nested too deep); empty when it could.
    """

    blocks: tuple[Block, ...]
    form: Literal["html", "text", "pdf", "feed"]
    url: str = ""
    title: str = ""
    entries: tuple[Entry, ...] = ()
    trouble: str = ""

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text of each block; a table's first row has the table's heading above it, an entry's first block the date
        that the feed gives the entry beside it.
        """
        dated = {number: entry.dated for number, entry in enumerate(self.entries, 1) if entry.dated}
        headed: set[int] = set()
        found = []
        for block in self.blocks:
            text = block.text
            if block.header and block.table not in headed:
                headed.add(block.table)
                text = f"{' | '.join(block.header)}\n{text}"
            date = dated.pop(block.entry, "")
            found.append(f"{text} | {date}" if date else text)
        return tuple(found)
