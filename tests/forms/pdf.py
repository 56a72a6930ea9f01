"""A sheet as PDF: its tables with rules around their cells or by their geometry alone."""

from __future__ import annotations

from typing import Any

from fpdf import FPDF
from fpdf.fonts import FontFace

from tests.forms.form import Form
from tests.forms.html import arranged
from tests.forms.pieces import Heading, Sheet, Table
from tests.forms.press import Press

_LATIN = str.maketrans("‘’“”–—✓", "''\"\"--Y")


def written(sheet: Sheet, form: Form) -> bytes:
    """Return the PDF's bytes."""
    press, pdf = Press(form), FPDF("landscape")
    pdf.add_page()
    for piece in sheet.pieces:
        if isinstance(piece, Table):
            _table(pdf, piece, form, press)
        elif isinstance(piece, Heading):
            pdf.set_font("Helvetica", "B", 18 - 2 * piece.level)
            pdf.multi_cell(0, 8, _plain(press.set(piece.text)), align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(2)
        else:
            pdf.set_font("Helvetica", "", 11)
            pdf.multi_cell(0, 5.5, _plain(press.set(piece.text)), align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
    return bytes(pdf.output())


def _table(pdf: FPDF, table: Table, form: Form, press: Press) -> None:
    grid, _ = arranged(form, table)
    pdf.set_font("Helvetica", "", 10)
    rows = [[_plain(press.set(cell)) for cell in row] for row in (grid.heads, *grid.rows)]
    rules: Any = "ALL" if form.container == "pdf with rules" else "NONE"
    widths = tuple(_width([row[n] for row in rows]) for n in range(len(rows[0])))
    with pdf.table(
        borders_layout=rules,
        col_widths=widths,
        text_align="LEFT",
        line_height=5,
        padding=1,
        headings_style=FontFace(emphasis="BOLD"),
    ) as drawn:
        for row in rows:
            line = drawn.row()
            for cell in row:
                line.cell(cell)
    pdf.ln(4)


def _width(cells: list[str]) -> float:
    """Return how wide a column is set: no word is broken in it."""
    word = max(len(word) for cell in cells for word in [*cell.split(), ""])
    return max(word * 1.5 + 2, min(max(map(len, cells)), 40))


def _plain(text: str) -> str:
    """Return text in the characters that the PDF's own fonts have."""
    return text.translate(_LATIN)
