"""The running text of an HTML page between two blocks: its lines, and which breaks part paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.domain.claims import Link
from watchers.outline.words import tidy

Line = tuple[str, tuple[Link, ...], bool]
"""A paragraph's text, its links, whether all of it is bold."""

_RUNS_ON = re.compile(r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|is|of|on|or|the|to|until|with))$", re.IGNORECASE)


class Lines:
    """The running text between two blocks: lines with their links, each bold throughout or not."""

    def __init__(self) -> None:
        """Begin with an empty line."""
        self._pieces: list[list[tuple[str, bool]]] = [[]]
        self._links: list[tuple[int, Link]] = []

    def add(self, text: str, *, bold: bool) -> None:
        """Add a piece of text to the line."""
        self._pieces[-1].append((text, bold))

    def end(self) -> None:
        """Begin a new line."""
        self._pieces.append([])

    def mark(self) -> tuple[int, int]:
        """Return the present place."""
        return len(self._pieces) - 1, len(self._pieces[-1])

    def since(self, mark: tuple[int, int]) -> str:
        """Return the text from a place on."""
        line, piece = mark
        if line >= len(self._pieces):
            return ""
        return " ".join(
            "".join(text for text, _ in pieces[piece if n == 0 else 0 :])
            for n, pieces in enumerate(self._pieces[line:])
        )

    def link(self, link: Link, mark: tuple[int, int]) -> None:
        """Keep a link that begins at a place."""
        self._links.append((min(mark[0], len(self._pieces) - 1), link))

    def take(self) -> list[Line]:
        """Return the paragraphs and begin anew. A line that a sentence runs across, or a bold label's, is no end."""
        if self._pieces == [[]]:
            return []
        taken: list[_Taken] = []
        joins = False
        linked: dict[int, list[Link]] = {}
        for line, link in self._links:
            linked.setdefault(line, []).append(link)
        for n, pieces in enumerate(self._pieces):
            text = tidy("".join(piece for piece, _ in pieces))
            bold = all(bold for piece, bold in pieces if piece.strip())
            if not text:
                joins = False
                continue
            if not (joins and taken and _runs_on(taken[-1], text)):
                taken.append(_Taken())
            taken[-1].texts.append(text)
            taken[-1].links += linked.get(n, ())
            taken[-1].bold &= bold
            joins = True
        self._pieces, self._links = [[]], []
        return [(" ".join(one.texts), tuple(one.links), one.bold) for one in taken]


@dataclass(slots=True)
class _Taken:
    """A paragraph of which more lines may come."""

    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bold: bool = True


def _runs_on(paragraph: _Taken, after: str) -> bool:
    before = paragraph.texts[-1]
    if paragraph.bold and before.endswith(":"):
        return True
    return bool((after[:1].islower() and not before.endswith((".", ";", ":"))) or _RUNS_ON.search(before))
