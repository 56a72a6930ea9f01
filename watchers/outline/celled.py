"""The cells of a table's rows, whether elements of a table or boxes set as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from bot.domain.claims import Link
from watchers.outline.boxes import is_table, runs
from watchers.outline.elements import all_bold, cells_of, rows_of, span
from watchers.outline.furniture import Furniture
from watchers.outline.grid import Cell
from watchers.outline.pictures import described
from watchers.outline.spoken import Spoken


class Celled(Spoken):
    """Reads the cells of a page's tables."""

    def __init__(self, furniture: Furniture, base: str) -> None:
        super().__init__(furniture, base)
        self._headed = False
        """Whether the table's first row is marked as its header, so that what is bold says nothing."""

    def _boxed(self, node: LexborNode) -> dict[int, list[list[Cell]]]:
        """Return the tables that an element has set in boxes, each by its first box; the others have none left."""
        found: dict[int, list[list[Cell]]] = {}
        for boxes, run in runs(node, self._skipped):
            self._headed = False
            rows = [[self._cell(cell, []) for cell in row] for row in run]
            if is_table(rows):
                found |= {box.mem_id: [] for box in boxes[1:]} | {boxes[0].mem_id: rows}
        return found

    def _is_headed(self, row: LexborNode | None) -> bool:
        if row is None or self._skipped(row, row.tag or ""):
            return False
        return any(cell.tag == "th" and not self._skipped(cell, "th") for cell in cells_of(row))

    def _rows(self, table: LexborNode, inner: list[LexborNode]) -> Iterator[list[Cell]]:
        for row in rows_of(table):
            if self._skipped(row, row.tag or ""):
                continue
            yield [self._cell(cell, inner) for cell in cells_of(row) if not self._skipped(cell, cell.tag or "")]

    def _cell(self, node: LexborNode, inner: list[LexborNode]) -> Cell:
        text, links = self._words(node, None, inner)
        given = node.attributes
        return Cell(
            text or described(node),
            links,
            down=span(given.get("rowspan")),
            wide=span(given.get("colspan") or given.get("aria-colspan")),
            heads=node.tag == "th" or given.get("role") in ("columnheader", "rowheader"),
            head_row=node.parent is not None and node.parent.parent is not None and node.parent.parent.tag == "thead",
            bold=bool(text) and not self._headed and all_bold(node),
        )


def links_of(row: Iterable[Cell]) -> tuple[Link, ...]:
    """Return the links of a row."""
    return tuple(link for cell in row for link in cell.links)
