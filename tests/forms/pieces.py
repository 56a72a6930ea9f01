"""What a sheet consists of, before it has any form.

In a piece's text `⟪Title⟫` is a title in quotes and `⟨2021-11-04⟩` a date; nested quotes are ‘curly’, dashes "–" and
apostrophes "’" until a form sets them.
"""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the page's own has level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Para:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Grid:
    """Rows in columns, each column with its heading."""

    heads: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """Rows, in as few columns as may be (`grids[0]`) up to as many as there are (the last, which needs its headings).

    `name`: what a caption calls it. `labelled`: the rows where each cell stands beside its heading. `keyed`: the first
    of two columns holds labels, the second their values.
    """

    name: str
    grids: tuple[Grid, ...]
    labelled: Grid | None = None
    keyed: bool = False


Piece = Heading | Para | Table


@dataclass(frozen=True)
class Sheet:
    """A page's pieces in order; `title` is the window's, `url` where it stands."""

    title: str
    pieces: tuple[Piece, ...]
    url: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Entry:
    """An entry of a feed: a post's title, when it was posted, and its pieces."""

    title: str
    posted_on: str
    url: str
    pieces: tuple[Piece, ...]
