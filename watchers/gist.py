"""The gist of a page: a digest of all that its reading can depend on, for a third of what the reading costs.

Recognisers read outlines and nothing else, so two pages with one outline say the same, whatever their nonces, classes,
scripts and comments. Beyond that the order of rows is left out where each row speaks for itself, and on releases' pages
alone: elsewhere what stands above a row can say what it means (tests hold that against every sample, and made-up ones).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.domain.identifiers import MODIFICATION
from bot.domain.remembered import forget
from bot.ports import Page
from watchers import recognisers
from watchers.outline import Block, Outline
from watchers.read import breaks_off, outlined

log = logging.getLogger(__name__)

RELEASE = "release-page"


def gist(page: Page, kind: str = "auto") -> str:
    """Return the gist of a page; "" where there is none, so that it has to be read.

    Pages of one gist that are read as one kind have equal readings, but for the order and the place of what they say.
    """
    forget()  # what is kept of this page is for the reading that may follow, and of no page before
    try:
        outline = outlined(page)
        said = settled(outline) if _is_release(outline, kind) else as_it_stands(outline)
    except Exception as error:  # noqa: BLE001 - a fault of ours over one page: its reading follows, and tells of it
        log.debug("%s has no gist: %s", page.url, error)
        return ""
    if outline.trouble or breaks_off(page, outline):
        return ""
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _is_release(outline: Outline, kind: str) -> bool:
    """Whether a page is read as that of a release."""
    if kind != "auto":
        return kind == RELEASE
    recogniser = recognisers.likeliest(outline)
    return recogniser is not None and recogniser.KIND == RELEASE


def as_it_stands(outline: Outline) -> object:
    """Return all of an outline."""
    return outline, [entry.dated for entry in outline.entries]


def settled(outline: Outline) -> object:
    """Return all of an outline, rows in an order of their own where the order that they have says nothing."""
    return replace(outline, blocks=tuple(_rows_settled(outline.blocks))), [entry.dated for entry in outline.entries]


def _rows_settled(blocks: Iterable[Block]) -> Iterator[Block]:
    for table, run in groupby(blocks, key=lambda block: block.table if block.kind == "row" else 0):
        rows = list(run)
        yield from sorted(rows, key=lambda row: row.cells) if table and free(rows) else rows


def free(rows: Sequence[Block]) -> bool:
    """Whether rows can stand in any order: each begins with an id that no other row names.

    Of other rows it can matter even where no two have a cell in common: the first names the page, or a date in one
    begins what the next goes on with.
    """
    if not all(row.cells and MODIFICATION.match(row.cells[0]) for row in rows):
        return False
    named = [id_ for row in rows for id_ in {found[0] for found in MODIFICATION.finditer(row.text)}]
    return len(named) == len(set(named)) == len(rows) and len({(len(row.cells), row.header) for row in rows}) == 1
