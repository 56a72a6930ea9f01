"""The running text of an HTML page between two blocks: its lines, and which breaks part paragraphs."""

from __future__ import annotations

import re

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
        taken: list[Line] = []
        joins = False
        for n, pieces in enumerate(self._pieces):
            text = tidy("".join(piece for piece, _ in pieces))
            bold = all(bold for piece, bold in pieces if piece.strip())
            links = tuple(link for line, link in self._links if line == n)
            if not text:
                joins = False
                continue
            if joins and taken and _runs_on(taken[-1], text):
                before, links_before, bold_before = taken.pop()
                text, links, bold = f"{before} {text}", links_before + links, bold and bold_before
            taken.append((text, links, bold))
            joins = True
        self._pieces, self._links = [[]], []
        return taken


def _runs_on(line: Line, after: str) -> bool:
    before, _, bold = line
    if bold and before.endswith(":"):
        return True
    return bool((after[:1].islower() and not before.endswith((".", ";", ":"))) or _RUNS_ON.search(before))
