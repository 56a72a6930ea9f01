"""Rows of a list of variations: provision, description, day of notice, in whatever order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchers.outline import Block
from watchers.phrases.provisions import Provision, everywhere, leading
from watchers.recognisers._varying.claims import Notices
from watchers.recognisers._varying.words import (
    ANOTHER,
    DATE_HEADER,
    LONGEST_LABEL,
    NOTICE,
    PROVISION,
    RUNS_ON,
    just_before,
)


class NoticeRows(Notices):
    """Reads rows."""

    def row(self, block: Block) -> None:
        """A row: provision, description, day of notice, in whatever order."""
        headers = [block.header[n] if n < len(block.header) else "" for n in range(len(block.cells))]
        if self.pair(block):
            return
        if not any(PROVISION.search(one) or NOTICE.search(one) or DATE_HEADER.search(one) for one in headers):
            headers = [""] * len(headers)  # of another table, or furniture above this one
        self.end()
        day, at = self.row_date(block.cells, headers)
        rest = [(header, cell) for n, (header, cell) in enumerate(zip(headers, block.cells, strict=True)) if n != at]
        provisions = self.row_provisions(rest)
        if provisions and (day or self.day):
            self.claim(provisions, day or self.day, block.text)
        elif provisions and not day:
            self.open, self.quote = provisions, block.text
        elif day and not provisions:
            self.residue.append(block.text)

    def pair(self, block: Block) -> bool:
        """A label with its value, as in a list of terms: "Date of notice" beside "2 September 2014"."""
        if len(block.cells) != 2 or block.header:
            return False
        label, value = (cell.strip() for cell in block.cells)
        if len(label) > LONGEST_LABEL or self.dated(label) or leading(label)[0]:
            return False
        if PROVISION.search(label) and (found := everywhere(value)):
            self.end()
            self.open, self.quote = found, block.text
            return True
        whole = self.whole(value)
        if whole and self.open and (NOTICE.search(label) or re.fullmatch(r"date\W*", label, re.IGNORECASE)):
            self.claim(self.open, whole, f"{self.quote} | {block.text}")
            return True
        return bool(self.open)

    def row_date(self, cells: Sequence[str], headers: Sequence[str]) -> tuple[str, int]:
        """Return the day of a row's notice and the cell that it stands in."""
        dated = [(n, self.whole(cell) or self.first(cell)) for n, cell in enumerate(cells)]
        found = [(n, value, headers[n]) for n, value in dated if value]
        notice = [one for one in found if NOTICE.search(one[2])]
        plain = [one for one in found if not ANOTHER.search(one[2]) and (not one[2] or DATE_HEADER.search(one[2]))]
        whole = [one for one in plain if self.whole(cells[one[0]])]
        for several in (notice, whole, plain):
            if several:
                return several[0][1], several[0][0]
        unsaid = not self.day and (not headers[-1] or NOTICE.search(headers[-1]))
        return (self.below_description(cells[-1]) if unsaid else ""), -1

    def below_description(self, text: str) -> str:
        """Return the day that ends a cell of a description, as of a list of terms with two meanings below one."""
        found = self.dated(text)[-1:]
        ends = [one for one in found if not text[one.end :].strip(" .)") and one.start]
        free = [
            one for one in ends if not RUNS_ON.search(text[: one.start]) and not ANOTHER.search(just_before(text, one))
        ]
        return free[0].value if free else ""

    def row_provisions(self, rest: Sequence[tuple[str, str]]) -> tuple[Provision, ...]:
        """Return the provisions of a row: of the column for them, else of the first cell that begins with one."""
        for header, cell in rest:
            if header and PROVISION.search(header) and (found := everywhere(cell)):
                return found
        return next((found for _, cell in rest if (found := leading(cell)[0])), ())

    def first(self, text: str) -> str:
        """Return the day of notice that a cell of several words names."""
        found = self.dated(text)
        named = [one for one in found if NOTICE.search(text[max(0, one.start - 40) : one.start])]
        return named[0].value if named and len(text) < 120 else ""
