"""HTML → outline: what a browser would show of a page, less its furniture, in blocks.

Read by element, role and structure; classes are only hints for what to leave out (see `furniture`). Text that stands
bare in a `div` is a paragraph like any other; a line break parts paragraphs unless a sentence runs across it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain import dates
from bot.domain.claims import Link
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block, BlockKind, Outline
from watchers.outline.boxes import is_table, runs
from watchers.outline.depth import too_deep
from watchers.outline.furniture import Furniture
from watchers.outline.grid import Cell, Table, TooManyCells, spread
from watchers.outline.pictures import described, dingbats, shown
from watchers.outline.running import Lines
from watchers.outline.words import each, tidy

LARGEST = 2_000_000
"""Characters of a page that are read; the largest page of the field has some 300,000."""
MOST_TAGS = 25_000
"""Tags of a page that is read; an archive of a dozen posts has some 5,000."""
LONGEST_TITLE = 1_000
"""Characters of a page's <title> that are read."""
DEEPEST = 200
TOO_DEEP = f"The page nests more than {DEEPEST} elements in one another, or one has hundreds of attributes."

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = each(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
_STRUCK = frozenset({"del", "s", "strike"})
_BOLD = frozenset({"b", "strong"})
_FOOTNOTE = re.compile(r"[\s\[(]*(?:\d{1,2}|[*†‡§]+|[a-z])[\s\])]*")


def outline(text: str, url: str = "") -> Outline:
    """Return the outline of an HTML page; `url` makes its links absolute. What can't be read has `trouble`."""
    if trouble := _trouble(text):
        return Outline((), "html", url=url, trouble=trouble)
    tree = LexborHTMLParser(text)
    title = _title(tree)
    body = tree.body
    if body is None:
        return Outline((), "html", url=url, title=title)
    walk = _Walk(Furniture(tree), _base(tree, url), titled=body.css_first("h1") is not None)
    try:
        walk.container(_root(body))
    except RecursionError:
        # Formatting that nothing closes is opened anew by the parser in each element that follows, ever deeper.
        return Outline((), "html", url=url, trouble=TOO_DEEP)
    except TooManyCells as error:
        return Outline((), "html", url=url, trouble=str(error))
    walk.flush()
    return Outline(_headed(walk.blocks, body), "html", url=url, title=title)


def _trouble(text: str) -> str:
    if len(text) > LARGEST:
        return f"The page has {len(text):,} characters; at most {LARGEST:,} are read."
    if text.count("<") > MOST_TAGS:
        return f"The page has more than {MOST_TAGS:,} tags."
    if too_deep(text, DEEPEST):
        return TOO_DEEP
    return ""


def _title(tree: LexborHTMLParser) -> str:
    given = tree.css_first("head > title")
    return tidy(given.text()[:LONGEST_TITLE]) if given else ""


def _base(tree: LexborHTMLParser, url: str) -> str:
    given = tree.css_first("base[href]")
    try:
        return urljoin(url, (given.attributes.get("href") or "").strip()) if given is not None else url
    except ValueError:
        return url


def _root(body: LexborNode) -> LexborNode:
    """Return what holds the page itself: its one `main` where there is one with words in it."""
    mains = [node for node in body.css("main, [role=main]") if node.text(strip=True)]
    return mains[0] if len(mains) == 1 else body


def _headed(blocks: list[Block], body: LexborNode) -> tuple[Block, ...]:
    """Return the blocks, begun with the page's heading where it stands outside (in a banner above `main`)."""
    if blocks and not any(block.kind == "heading" and block.level == 1 for block in blocks):
        above = [tidy(node.text(separator=" ")) for node in body.css("h1")]
        if len(above) == 1 and above[0]:
            return (Block("heading", above[0], level=1), *blocks)
    return tuple(blocks)


class _Walk:
    """Goes through a page once and collects its blocks."""

    def __init__(self, furniture: Furniture, base: str, *, titled: bool) -> None:
        self.blocks: list[Block] = []
        self._before_title = titled
        self._left_out = furniture
        self._base = base
        self._lines = Lines()
        self._level = 1
        self._tables = 0
        self._headed = False
        """Whether the table's first row is marked as its header, so that what is bold says nothing."""

    # --- blocks ---

    def container(self, node: LexborNode, *, bold: bool = False) -> None:
        """Read what an element holds, block by block."""
        read = self._boxed(node)
        for child in _children(node):
            name = child.tag or ""
            if child.mem_id in read:
                self._grid(read[child.mem_id])
            elif child.is_text_node:
                self._lines.add(child.text_content or "", bold=bold)
            elif not child.is_element_node or self._skipped(child, name):
                continue
            elif name == "br":
                self._lines.end()
            elif level := _heading_level(name, given := child.attributes):
                self._heading(child, level)
            elif name == "table" or given.get("role") in ("table", "grid"):
                self._table(child)
            elif name in ("ul", "ol", "menu", "dir"):
                self._list(child)
            elif name == "dl":
                self._definitions(child)
            elif name == "pre":
                self._preformatted(child)
            elif name in _BLOCKS:
                self.flush()
                self.container(child, bold=bold)
                self.flush()
            else:
                self._inline(child, name, bold=bold)

    def _inline(self, node: LexborNode, name: str, *, bold: bool) -> None:
        if leaf := shown(node, name):
            self._lines.add(f" {leaf} ", bold=bold)
        begun = self._lines.mark()
        self.container(node, bold=bold or name in _BOLD)
        if name == "a" and (link := self._link(node, self._lines.since(begun))):
            self._lines.link(link, begun)

    def flush(self) -> None:
        """Make paragraphs of the text that was gathered."""
        for text, links, bold in self._lines.take():
            if bold and _is_heading(text):
                self.blocks.append(Block("heading", text, level=min(self._level + 1, 6), links=links))
            else:
                self.blocks.append(Block("paragraph", text, links=links))

    def _heading(self, node: LexborNode, level: int) -> None:
        self.flush()
        text, links = self._words(node)
        if text:
            self._level = level
            self._before_title = self._before_title and level > 1
            self.blocks.append(Block("heading", text, level=level, links=links))

    def _sub_heading(self, text: str) -> None:
        """A table's caption, a row across all columns: a heading below the present one, or words where it is long."""
        kind: BlockKind = "heading" if _is_heading(text) else "paragraph"
        if text:
            self.blocks.append(Block(kind, text, level=min(self._level + 1, 6) if kind == "heading" else 0))

    def _preformatted(self, node: LexborNode) -> None:
        self.flush()
        for line in node.text().splitlines():
            if text := tidy(line):
                self.blocks.append(Block("paragraph", text))

    # --- lists ---

    def _list(self, node: LexborNode, depth: int = 1) -> None:
        self.flush()
        if self._before_title and _is_menu(node):
            return
        for item in _children(node):
            name = item.tag or ""
            if not item.is_element_node or self._skipped(item, name):
                continue
            if name in ("ul", "ol"):
                self._list(item, depth + 1)
            elif item.css_first("table, h1, h2, h3, h4, h5, h6, [role=heading], article, dl") is not None:
                self.container(item)
                self.flush()
            else:
                self._item(item, depth)

    def _item(self, node: LexborNode, depth: int) -> None:
        nested: list[LexborNode] = []
        text, links = self._words(node, nested)
        if text:
            self.blocks.append(Block("item", text, level=depth, links=links))
        for inner in nested:
            self._list(inner, depth + 1)

    def _definitions(self, node: LexborNode) -> None:
        """A list of terms is a table of two columns, or headings with their text where the text is long."""
        self.flush()
        parts = [part for part in _terms(node) if not self._skipped(part, part.tag or "")]
        if any(part.css_first("table, h2, h3, h4, h5, h6, ul, ol, dl, p + p") is not None for part in parts):
            for part in parts:
                if part.tag == "dt":
                    self._sub_heading(self._words(part)[0])
                else:
                    self.container(part)
                    self.flush()
            return
        self._tables += 1
        for term, meanings, links in self._pairs(parts):
            cells = meanings if MODIFICATION.fullmatch(term) else [" ".join(meanings)]
            self._row((term, *cells), (), self._tables, links)

    def _pairs(self, parts: Iterable[LexborNode]) -> Iterator[tuple[str, list[str], tuple[Link, ...]]]:
        term, meanings, links = "", list[str](), tuple[Link, ...]()
        for part in parts:
            text, found = self._words(part)
            if part.tag == "dd":
                meanings.append(text)
                links += found
                continue
            if term or meanings:
                yield term, meanings, links
            term, meanings, links = text, [], found
        if term or meanings:
            yield term, meanings, links

    # --- tables ---

    def _table(self, node: LexborNode) -> None:
        self.flush()
        if _is_layout(node):
            self.container_of_cells(node)
            return
        if (caption := node.css_first("caption")) is not None:
            self._sub_heading(self._words(caption)[0])
        inner = list[LexborNode]()
        self._headed = self._is_headed(next(_rows_of(node), None))
        self._grid(list(self._rows(node, inner)))
        for nested in inner:
            self._table(nested)

    def _boxed(self, node: LexborNode) -> dict[int, list[list[Cell]]]:
        """Return the tables that an element has set in boxes, each by its first box; the others have none left."""
        found: dict[int, list[list[Cell]]] = {}
        for boxes, run in runs(node, self._skipped):
            self._headed = False
            rows = [[self._cell(cell, []) for cell in row] for row in run]
            if is_table(rows):
                found |= {box.mem_id: [] for box in boxes[1:]} | {boxes[0].mem_id: rows}
        return found

    def _grid(self, rows: list[list[Cell]]) -> None:
        """Read the rows of a table, if there are any."""
        self.flush()
        if not rows:
            return
        self._tables += 1
        number, table = self._tables, Table(spread(rows))
        self._sub_heading(table.title)
        for row in table.rows:
            if table.across(row) and not MODIFICATION.search(row[0].text):
                self._sub_heading(row[0].text)
            else:
                self._row([cell.text for cell in row], table.header, number, _links(row), spans=row)
        if not table.rows and table.header:
            self._row(table.header, table.header, number, ())

    def _is_headed(self, row: LexborNode | None) -> bool:
        if row is None or self._skipped(row, row.tag or ""):
            return False
        return any(cell.tag == "th" and not self._skipped(cell, "th") for cell in _cells_of(row))

    def container_of_cells(self, table: LexborNode) -> None:
        """Read a table that only lays the page out: its cells one after another."""
        for row in _rows_of(table):
            for cell in _cells_of(row):
                if not self._skipped(cell, cell.tag or ""):
                    self.container(cell)
                    self.flush()

    def _rows(self, table: LexborNode, inner: list[LexborNode]) -> Iterator[list[Cell]]:
        for row in _rows_of(table):
            if self._skipped(row, row.tag or ""):
                continue
            yield [self._cell(cell, inner) for cell in _cells_of(row) if not self._skipped(cell, cell.tag or "")]

    def _cell(self, node: LexborNode, inner: list[LexborNode]) -> Cell:
        text, links = self._words(node, None, inner)
        given = node.attributes
        return Cell(
            text or described(node),
            links,
            down=_span(given.get("rowspan")),
            wide=_span(given.get("colspan") or given.get("aria-colspan")),
            heads=node.tag == "th" or given.get("role") in ("columnheader", "rowheader"),
            head_row=node.parent is not None and node.parent.parent is not None and node.parent.parent.tag == "thead",
            bold=bool(text) and not self._headed and _all_bold(node),
        )

    def _row(
        self,
        cells: Iterable[str],
        header: tuple[str, ...],
        table: int,
        links: tuple[Link, ...],
        spans: Iterable[Cell] = (),
    ) -> None:
        texts = [cell.text for cell in spans if not cell.again] or list(cells)
        text = " ".join(" | ".join(texts).split())
        if text.strip("| "):
            self.blocks.append(
                Block("row", text, cells=tuple(cells), header=header, table=table, links=tuple(dict.fromkeys(links)))
            )

    # --- words ---

    def _words(
        self, node: LexborNode, lists: list[LexborNode] | None = None, tables: list[LexborNode] | None = None
    ) -> tuple[str, tuple[Link, ...]]:
        """Return an element's text in one line and its links; nested lists and tables are put aside where asked."""
        alone = node.child
        if alone is not None and alone.next is None and alone.is_text_node:
            return tidy(dingbats(node, alone.text_content or "")), ()
        pieces: list[str] = []
        links: list[Link] = []
        self._gather(node, pieces, links, lists, tables)
        return tidy("".join(pieces)), tuple(dict.fromkeys(links))

    def _gather(
        self,
        node: LexborNode,
        pieces: list[str],
        links: list[Link],
        lists: list[LexborNode] | None,
        tables: list[LexborNode] | None,
    ) -> None:
        for child in _children(node):
            name = child.tag or ""
            if child.is_text_node:
                pieces.append(dingbats(node, child.text_content or ""))
            elif not child.is_element_node or self._skipped(child, name):
                continue
            elif lists is not None and name in ("ul", "ol"):
                lists.append(child)
            elif tables is not None and name == "table":
                tables.append(child)
            else:
                begun = len(pieces)
                apart = name in _BLOCKS or name == "br"
                pieces.append(shown(child, name) or (" " if apart else ""))
                self._gather(child, pieces, links, lists, tables)
                pieces.append(" " if apart else "")
                if name == "a" and (link := self._link(child, "".join(pieces[begun:]))):
                    links.append(link)

    def _link(self, node: LexborNode, text: str) -> Link | None:
        try:
            url = urljoin(self._base, (node.attributes.get("href") or "").strip())
            scheme = urlsplit(url).scheme
        except ValueError:
            return None
        return Link(tidy(text), url) if scheme in ("http", "https") and node.attributes.get("href") else None

    def _skipped(self, node: LexborNode, name: str) -> bool:
        given = node.attributes
        if name in _STRUCK or (given and "line-through" in (given.get("style") or "")):
            return True
        if name == "sup" and _FOOTNOTE.fullmatch(node.text()):
            return True
        return self._left_out(node, given) and not (name == "svg" and shown(node, name))


def _is_heading(text: str) -> bool:
    """Whether words that stand out are a heading: short, no sentence, no fact of their own."""
    return (
        len(text) <= 90
        and len(text.split()) <= 12
        and not text.endswith((".", ":", ";", ","))
        and not dates.whole(text)
        and not MODIFICATION.match(text)
    )


def _is_menu(node: LexborNode) -> bool:
    """Whether a list holds links and nothing else: above a page's heading that is a menu, whatever it is called."""
    linked = sum(len(link.text(strip=True)) for link in node.css("a"))
    return linked > 0 and linked >= len(node.text(strip=True)) * 0.9


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _heading_level(name: str, given: Mapping[str, str | None]) -> int:
    if level := _HEADINGS.get(name):
        return level
    if given.get("role") == "heading":
        return min(max(_number(given.get("aria-level") or "2") or 2, 1), 6)
    return 4 if name in ("summary", "button") else 0


def _all_bold(node: LexborNode) -> bool:
    """Whether all words of an element are in bold."""
    alone = node.child
    if alone is not None and alone.next is None and alone.is_text_node and node.tag not in _BOLD:
        return False
    bold = sum(len(part.text(strip=True)) for part in node.css("b, strong"))
    return bold >= len(node.text(strip=True)) > 0


def _span(given: str | None) -> int:
    return min(_number(given) or 1, 1000) if given else 1


def _number(given: str | None) -> int:
    """Return the number that an attribute gives, 0 where it gives none; more than anyone means is cut short."""
    match = re.match(r"\s*([0-9]{1,9})", given or "")
    return int(match[1]) if match else 0


def _links(row: Iterable[Cell]) -> tuple[Link, ...]:
    return tuple(link for cell in row for link in cell.links)


def _terms(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the terms and meanings of a list but not of those within it; each pair may stand in a box of its own."""
    for child in _children(node):
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from _terms(child)


def _is_layout(table: LexborNode) -> bool:
    """Whether a table only lays the page out: it says so, or its cells hold headings, or it is but one cell or row."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    if table.css_first("th") is not None:
        return False
    rows = [sum(1 for _ in _cells_of(row)) for row in _rows_of(table)]
    inner = any(found != table for found in table.css("table"))  # css finds the element itself too
    if rows and max(rows) <= 1:
        return inner or table.css_first("h1, h2, h3, h4, p, ul, ol") is not None
    return table.css_first("h1, h2, h3") is not None or (inner and len(rows) == 1)


def _rows_of(table: LexborNode) -> Iterator[LexborNode]:
    """Yield the rows of a table but not of those within it."""
    for child in _children(table):
        if child.tag == "tr" or (child.is_element_node and child.attributes.get("role") == "row"):
            yield child
        elif child.is_element_node and (child.tag in ("thead", "tbody", "tfoot") or _grouping(child)):
            yield from _rows_of(child)


def _grouping(node: LexborNode) -> bool:
    return node.tag in ("div", "span", "section") and node.attributes.get("role") in (None, "rowgroup", "presentation")


def _cells_of(row: LexborNode) -> Iterator[LexborNode]:
    for child in _children(row):
        if child.is_element_node and (
            child.tag in ("td", "th")
            or child.attributes.get("role") in ("cell", "gridcell", "columnheader", "rowheader")
        ):
            yield child
