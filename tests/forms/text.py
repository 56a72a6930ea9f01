"""A sheet as plain text, as extractions of pages and papers give it."""

from __future__ import annotations

import textwrap

from tests.forms.form import Form
from tests.forms.html import arranged, between, joined
from tests.forms.pieces import Heading, Para, Piece, Sheet, Table
from tests.forms.press import Press
from watchers.outline.words import tidy

_WIDTH = 96


class Writer:
    """Writes one text."""

    def __init__(self, form: Form) -> None:
        """Take the form."""
        self.form, self.press = form, Press(form)

    def page(self, sheet: Sheet) -> str:
        """Return the text."""
        return "\n\n".join(self._piece(piece) for piece in sheet.pieces) + "\n"

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Table):
            return self._table(piece)
        text = self.press.set(piece.text)
        if self.form.container == "text aligned":
            text = " ".join(text.split())  # two spaces part columns there
        if isinstance(piece, Para) and self.form.container == "text wrapped":
            return _wrapped(text, _WIDTH)
        if isinstance(piece, Heading) and self.form.container == "text as markdown":
            return f"{'#' * piece.level} {text}"
        return text

    def _table(self, table: Table) -> str:
        grid, _ = arranged(self.form, table)
        heads = tuple(self.press.set(head) for head in grid.heads)
        rows = [tuple(self.press.set(cell) for cell in row) for row in grid.rows]
        kind = self.form.container
        if kind in ("text with pipes", "text with tabs"):
            return "\n".join((" | " if "pipes" in kind else "\t").join(row) for row in (heads, *rows))
        if kind == "text as markdown":
            lines = (heads, tuple("---" for _ in heads), *rows)
            return "\n".join(f"| {' | '.join(row)} |" for row in lines)
        if kind == "text aligned":
            return _aligned([heads, *rows])
        if kind == "text bullets":
            return "\n".join(f"• {joined(between(self.form, table), [c for c in row if c])}" for row in rows)
        if kind == "text wrapped":
            lines = ["\n\n".join((_wrapped(row[0], 44), *row[1:])) for row in rows]
            return "\n\n".join([" \n".join(heads) if len(heads) > 1 else "", *lines]).strip("\n")
        return "\n".join("".join(row) for row in ((heads, *rows) if len(heads) > 1 else rows))


def _aligned(rows: list[tuple[str, ...]]) -> str:
    # a column begins where it is seen to begin: what has no width, or parts words widely, can't stand in it
    rows = [tuple(" ".join(tidy(cell).split()) for cell in row) for row in rows]
    widths = [max(len(row[n]) for row in rows) + 3 for n in range(len(rows[0]))]
    return "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _wrapped(text: str, width: int) -> str:
    text = " ".join(text.split())  # a line is broken where the words are wide, whatever parts them
    return " \n".join(textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False))
