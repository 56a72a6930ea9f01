"""A sheet as HTML: any container for its rows, any habit of markup."""

from __future__ import annotations

import re
from html.entities import codepoint2name

from tests.forms.form import LABELLED, NAMES_COLUMNS, SECTIONS, Form
from tests.forms.pieces import Entry, Grid, Heading, Para, Piece, Row, Sheet, Table
from tests.forms.press import Press, shuffled

_CLOSE_THEMSELVES = {"p", "li", "td", "th", "tr", "dt", "dd", "thead", "tbody"}
_RAISED = re.compile(r"(?<=\d)(st|nd|rd|th)(?= )")
_NOISE = (
    "<script>var facts = '<p>MP901 ‘Noise’ Implemented</p>';</script>",
    "<style>p::after {content: 'MP902 Targeted'}</style>",
    "<!-- MP903 ‘Noise’ Approved -->",
    "<noscript>MP904 ‘Noise’ Approved</noscript>",
    "<svg><title>MP905</title></svg>",
)


class Writer:
    """Writes one page."""

    def __init__(self, form: Form) -> None:
        """Take the form."""
        self.form, self.press = form, Press(form)
        self.dice = self.press.dice
        self.cards, self.between = 3, form.between

    def page(self, sheet: Sheet, before: str = "", after: str = "", within: str = "") -> str:
        """Return the whole page, with what stands around it."""
        body = before + self._main(self.content(sheet) + within) + after
        charset = {"utf-8": "utf-8", "utf-8 declared latin-1": "iso-8859-1", "cp1252 declared": "windows-1252"}.get(
            self.form.encoding, "iso-8859-1" if "declared latin-1" in self.form.encoding else ""
        )
        meta = f'<meta charset="{charset}">' if charset else ""
        doctype = "" if "no doctype" in self.form.markup else "<!DOCTYPE html>\n"
        title = self.escaped(self.press.title(sheet.title))
        return f'{doctype}<html lang="en-GB"><head>{meta}<title>{title}</title></head><body>{body}</body></html>'

    def content(self, sheet: Sheet | Entry) -> str:
        """Return what the sheet says, and nothing around it."""
        if self.form.container in SECTIONS:
            return self._sections(list(sheet.pieces))
        return "".join(self._gap() + self._piece(piece) for piece in sheet.pieces)

    def _sections(self, pieces: list[Piece]) -> str:
        """Return pieces with each section of the second level behind its heading."""
        at = [n for n, piece in enumerate(pieces) if isinstance(piece, Heading) and piece.level == 2]
        first = at[0] if at else len(pieces)
        whole = "".join(self._gap() + self._piece(piece) for piece in pieces[:first])
        names = [self.words(pieces[n].text) for n in at if isinstance(pieces[n], Heading)]  # type: ignore[union-attr]
        if self.form.container == "sections in tabs":
            bar = "".join(f'<button role="tab">{name}</button>' for name in names)
            whole += f'<div role="tablist">{bar}</div>'
        for name, start, end in zip(names, at, [*at[1:], len(pieces)], strict=True):
            inside = "".join(self._gap() + self._piece(piece) for piece in pieces[start + 1 : end])
            whole += self._opening(name, inside, level=2)
        return whole

    def _opening(self, name: str, inside: str, level: int) -> str:
        """Return what opens at its name."""
        if "tabs" in self.form.container:
            return f'<div role="tabpanel"><h{level}>{name}</h{level}>{inside}</div>'
        if "details" in self.form.container:
            return f"<details><summary>{name}</summary>{inside}</details>"
        at = self.dice.randrange(10_000)
        return (
            f'<div><h{level}><button aria-expanded="false" aria-controls="p{at}">{name}</button></h{level}>'
            f'<div id="p{at}" hidden>{inside}</div></div>'
        )

    def _main(self, content: str) -> str:
        return {
            "main": f"<main id=content>{content}</main>",
            "main in wrappers": f'<div id="page"><div class="site"><main><div class="inner">{content}</div></main></div></div>',
            "article": f'<div class="site-content"><article class="page">{content}</article></div>',
            "main and article": f"<main><article>{content}</article></main>",
            "role": f'<div role="main">{content}</div>',
        }.get(self.form.main, f'<div id="content">{content}</div>')

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Heading):
            self.cards = min(piece.level + 1, 6)
            return self._tag(f"h{piece.level}", self.words(piece.text))
        if isinstance(piece, Para):
            return self._tag("p", self.words(piece.text))
        return self._table(piece)

    # --- tags ---

    def _habit(self, name: str, often: float = 0.3) -> bool:
        return name in self.form.markup and self.dice.random() < often

    def _gap(self) -> str:
        space = self.dice.choice(("\n", "\n\n   ", "\t", " \r\n")) if self._habit("white space", 0.8) else "\n"
        noise = self.dice.choice(_NOISE) if self._habit("noise") else ""
        comment = "<!-- row: MP906 ‘Noise’ -->" if self._habit("comments") else ""
        rule = self.dice.choice(("<hr>", "<br/>", "<img src=a.png alt=''>")) if self._habit("self-closed", 0.2) else ""
        return f"{space}{comment}{noise}{rule}"

    def _tag(self, name: str, content: str, attributes: str = "") -> str:
        given = f" {attributes}" if attributes else ""
        if self._habit("attributes"):
            given += self.dice.choice(
                (
                    ' class="wp-block has-text-color"',
                    " data-x='1>2'",
                    ' style=color:red id="a1"',
                    " ALIGN=left",
                    ' aria-label="x"',
                )
            )
        if self._habit("wrappers") and name in ("p", "li", "td", "div", "dd"):
            inner = self.dice.choice(("span", "div", "section") if name != "p" else ("span", "font"))
            content = f"<{inner}>{content}</{inner}>"
        closing = "" if name in _CLOSE_THEMSELVES and self._habit("unclosed", 0.7) else f"</{name}>"
        if self._habit("upper case", 0.6):
            name, closing = name.upper(), closing.upper()
        space = self.dice.choice(("\n  ", " ", "\t")) if self._habit("white space", 0.4) else ""
        return f"<{name}{given}>{space}{content}{space}{closing}"

    # --- words ---

    def words(self, text: str) -> str:
        """Return text as markup."""
        printed = self.press.set(text)
        pieces = [printed]
        if self._habit("inline", 0.6) and len(printed) > 3:
            a, b = sorted(self.dice.sample(range(1, len(printed)), 2))
            pieces = [printed[:a], printed[a:b], printed[b:]]
        written = [self.escaped(piece) for piece in pieces]
        if self.form.dates == "raised ordinal":
            written = [_RAISED.sub(r"<sup>\1</sup>", piece) for piece in written]
        if len(pieces) > 1:
            inline = self.dice.choice(("b", "span", "em", "i", "strong", "font", "span class=hl", "u", "abbr"))
            written[1] = f"<{inline}>{written[1]}</{inline.split()[0]}>"
        joined = "".join(written)
        if self._habit("links"):
            return f'<a href="/modifications/page/">{joined}</a>'
        return joined

    def escaped(self, text: str) -> str:
        """Return text with the entities that the form likes."""
        return "".join(self._entity(char) for char in text)

    def _entity(self, char: str) -> str:
        style = self.form.entities
        if char in "<&" or (not char.isascii() and style != "none") or (style == "everything" and char.strip()):
            if style == "everything":
                return f"&#{ord(char)};" if self.dice.random() < 0.5 else f"&#x{ord(char):x};"
            if style == "decimal":
                return f"&#{ord(char)};"
            if style == "hex":
                return f"&#x{ord(char):X};"
            return f"&{codepoint2name[ord(char)]};" if ord(char) in codepoint2name else f"&#{ord(char)};"
        return {">": "&gt;", '"': "&quot;" if style == "named" else char}.get(char, char)

    # --- rows ---

    def _table(self, table: Table) -> str:
        grid, order = self.arranged(table)
        kind, self.between = self.form.container, between(self.form, table)
        setters = {
            "boxes in boxes": self._boxes,
            "boxes in a list": self._list_of_boxes,
            "definition list": self._definitions,
            "cards": self._cards,
            "cards with labels": self._labelled_cards,
            "bullets": lambda g: self._tag("ul", self._each("li", g)),
            "numbers": lambda g: self._tag("ol", self._each("li", g)),
            "paragraphs": lambda g: self._each("p", g),
            "line breaks": lambda g: self._tag("p", "<br>".join(self._line(row) for row in g.rows)),
            "line breaks in a cell": lambda g: (
                f"<div><div>{'<br />'.join(self._line(row) for row in g.rows)}</div></div>"
            ),
            "spans in boxes": self._spans,
            "preformatted": lambda g: f"<pre>{chr(10).join(self._line(row) for row in g.rows)}</pre>",
            "table of roles": self._roles,
            "rows in accordions": lambda g: self._opened(g, table),
            "rows in details": lambda g: self._opened(g, table),
        }
        if table.keyed and kind == "cards with labels":
            kind = "cards"
        if kind in setters:
            return setters[kind](grid)
        return self._real_table(table, grid, order)

    def arranged(self, table: Table) -> tuple[Grid, list[int]]:
        """Return the table's grid in the form's columns and in its order."""
        return arranged(self.form, table)

    def _line(self, row: Row) -> str:
        return joined(self.between, [self.words(cell) for cell in row if cell])

    def _each(self, tag: str, grid: Grid) -> str:
        return "".join(self._gap_in(tag) + self._tag(tag, self._line(row)) for row in grid.rows)

    def _gap_in(self, tag: str) -> str:
        return self._gap() if tag == "p" else "\n"

    def _boxes(self, grid: Grid) -> str:
        rows = "".join(
            self._tag("div", "".join(self._tag("div", self.words(cell)) for cell in row if cell)) for row in grid.rows
        )
        return self._tag("div", rows)

    def _list_of_boxes(self, grid: Grid) -> str:
        rows = "".join(
            self._tag("li", "".join(self._tag("div", self.words(cell)) for cell in row if cell)) for row in grid.rows
        )
        return self._tag("ul", rows)

    def _spans(self, grid: Grid) -> str:
        return "".join(
            self._tag("div", joined(self.between, [f"<span>{self.words(cell)}</span>" for cell in row if cell]))
            for row in grid.rows
        )

    def _definitions(self, grid: Grid) -> str:
        return self._tag(
            "dl",
            "".join(
                self._tag("dt", self.words(row[0])) + "".join(self._tag("dd", self.words(c)) for c in row[1:] if c)
                for row in grid.rows
            ),
        )

    def _cards(self, grid: Grid) -> str:
        return "".join(
            self._tag(
                "div",
                self._tag(f"h{self.cards}", self.words(row[0]))
                + "".join(self._tag("p", self.words(cell)) for cell in row[1:] if cell),
            )
            for row in grid.rows
        )

    def _labelled_cards(self, grid: Grid) -> str:
        return "".join(
            self._tag(
                "div",
                self._tag(f"h{self.cards}", self.words(row[0]))
                + "".join(
                    self._tag("p", f"{self.words(head)}: {self.words(cell)}")
                    for head, cell in zip(grid.heads[1:], row[1:], strict=True)
                    if cell
                ),
            )
            for row in grid.rows
        )

    def _opened(self, grid: Grid, table: Table) -> str:
        return "".join(
            self._opening(
                self.words(row[0]),
                "".join(
                    self._tag("p", self.words(cell) if table.keyed else f"{self.words(head)}: {self.words(cell)}")
                    for head, cell in zip(grid.heads[1:], row[1:], strict=True)
                    if cell
                ),
                level=self.cards,
            )
            for row in grid.rows
        )

    def _roles(self, grid: Grid) -> str:
        def cells(row: Row, role: str) -> str:
            return "".join(self._tag("div", self.words(cell), f'role="{role}"') for cell in row)

        rows = f'<div role="row">{cells(grid.heads, "columnheader")}</div>'
        rows += "".join(f'<div role="row">{cells(row, "cell")}</div>' for row in grid.rows)
        return f'<div role="table">{rows}</div>'

    def _real_table(self, table: Table, grid: Grid, order: list[int]) -> str:
        kind = self.form.container
        head = "td" if kind == "table whose first row is its header" else "th"
        heads = "".join(self._tag(head, self.words(text)) for text in grid.heads)
        if kind == "table with a bold first row":
            heads = "".join(self._tag("td", f"<strong>{self.words(text)}</strong>") for text in grid.heads)
        heads = self._tag("tr", heads)
        if kind == "table with two header rows" and len(grid.heads) > 1:
            wide = len(grid.heads)
            over = self._tag("th", self.words(table.name), f"colspan={wide}")
            heads = f"<tr>{over}</tr>{heads}"
        if kind == "table without headers":
            heads = ""
        if kind in ("table with headers", "table with a caption", "table with two header rows"):
            heads = self._tag("thead", heads)
        across = f"<tr><td colspan={len(grid.heads)}>{self.words(table.name)}</td></tr>" if "row across" in kind else ""
        caption = f"<caption>{self.words(table.name)}</caption>" if "caption" in kind else ""
        rows = self._spanning(grid) if "span rows" in kind else "".join(self._real_row(row) for row in grid.rows)
        return f"<table>{caption}{heads}{self._tag('tbody', across + rows)}</table>"

    def _real_row(self, row: Row) -> str:
        first = "th" if self.form.container == "table with row headers" else "td"
        scope = 'scope="row"' if first == "th" else ""
        return "\n" + self._tag(
            "tr",
            "".join(
                self._tag("td" if n else first, self.words(cell), "" if n else scope) for n, cell in enumerate(row)
            ),
        )

    def _spanning(self, grid: Grid) -> str:
        """Return rows sorted by their last cell, which stands once for all that share it."""
        rows = sorted(grid.rows, key=lambda row: row[-1])
        written = ""
        for n, row in enumerate(rows):
            cells = [self._tag("td", self.words(cell)) for cell in row[:-1]]
            if len(row) > 1 and (not n or rows[n - 1][-1] != row[-1]):
                same = sum(other[-1] == row[-1] for other in rows)
                cells.append(self._tag("td", self.words(row[-1]), f'rowspan="{same}"'))
            elif len(row) == 1:
                cells.append(self._tag("td", self.words(row[-1])))
            written += self._tag("tr", "".join(cells))
        return written


def arranged(form: Form, table: Table) -> tuple[Grid, list[int]]:
    """Return a table's grid in a form's columns and order, and the order of its columns."""
    named = form.container in NAMES_COLUMNS
    lines = form.container in (
        "bullets",
        "numbers",
        "paragraphs",
        "line breaks",
        "line breaks in a cell",
        "spans in boxes",
        "preformatted",
        "text glued",
        "text bullets",
        "text wrapped",
        "cards",
        "cards with labels",
        "definition list",
        "boxes in boxes",
        "boxes in a list",
        "rows in accordions",
        "rows in details",
    )
    most = 0 if lines else len(table.grids) - 1 if named else max(len(table.grids) - 2, 0)
    labelled = table.labelled if form.container in LABELLED else None
    grid = labelled or table.grids[min(form.columns, most)]
    rows = [grid.rows[n] for n in shuffled(form, len(grid.rows), table.name)]
    columns = (
        shuffled(form, len(grid.heads), "columns")
        if named and form.container not in LABELLED and not table.keyed
        else range(len(grid.heads))
    )
    order = list(columns)
    return Grid(tuple(grid.heads[n] for n in order), tuple(tuple(row[n] for n in order) for row in rows)), order


def between(form: Form, table: Table) -> str:
    """Return what stands between the cells of a row in one line: no comma or bracket parts a label from its value."""
    return "colon" if table.keyed and form.between in ("comma", "brackets") else form.between


def joined(between: str, cells: list[str]) -> str:
    """Return a row's cells as one line."""
    if between == "brackets":
        return cells[0] + "".join(f" ({cell})" for cell in cells[1:])
    return {"space": " ", "dash": " – ", "colon": ": ", "comma": ", ", "pipe": " | "}.get(between, "").join(cells)
