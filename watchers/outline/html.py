"""HTML → outline: what a browser would show of a page, less its furniture, in blocks.

Read by element, role and structure; classes are only hints for what to leave out (see `furniture`). Text that stands
bare in a `div` is a paragraph like any other; a line break parts paragraphs unless a sentence runs across it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain import dates
from bot.domain.claims import Link
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block, BlockKind, Outline
from watchers.outline.celled import Celled, links_of
from watchers.outline.depth import too_deep
from watchers.outline.elements import (
    BOLD,
    cells_of,
    children,
    heading_level,
    is_layout,
    is_menu,
    rows_of,
    terms,
)
from watchers.outline.furniture import Furniture
from watchers.outline.grid import Cell, Table, TooManyCells, spread
from watchers.outline.pictures import shown
from watchers.outline.running import Lines
from watchers.outline.spoken import BLOCKS
from watchers.outline.words import tidy

LARGEST = 2_000_000
"""Characters of a page that are read; the largest page of the field has some 300,000."""
MOST_TAGS = 25_000
"""Tags of a page that is read; an archive of a dozen posts has some 5,000."""
LONGEST_TITLE = 1_000
"""Characters of a page's <title> that are read."""
DEEPEST = 200
TOO_DEEP = f"The page nests more than {DEEPEST} elements in one another, or one has hundreds of attributes."


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


class _Walk(Celled):
    """Goes through a page once and collects its blocks."""

    def __init__(self, furniture: Furniture, base: str, *, titled: bool) -> None:
        super().__init__(furniture, base)
        self.blocks: list[Block] = []
        self._before_title = titled
        self._lines = Lines()
        self._level = 1
        self._tables = 0

    # --- blocks ---

    def container(self, node: LexborNode, *, bold: bool = False) -> None:
        """Read what an element holds, block by block."""
        read = self._boxed(node)
        for child in children(node):
            name = child.tag or ""
            if child.mem_id in read:
                self._grid(read[child.mem_id])
            elif child.is_text_node:
                self._lines.add(child.text_content or "", bold=bold)
            elif not child.is_element_node or self._skipped(child, name):
                continue
            elif name == "br":
                self._lines.end()
            elif level := heading_level(name, given := child.attributes):
                self._heading(child, level)
            elif name == "table" or given.get("role") in ("table", "grid"):
                self._table(child)
            elif name in ("ul", "ol", "menu", "dir"):
                self._list(child)
            elif name == "dl":
                self._definitions(child)
            elif name == "pre":
                self._preformatted(child)
            elif name in BLOCKS:
                self.flush()
                self.container(child, bold=bold)
                self.flush()
            else:
                self._inline(child, name, bold=bold)

    def _inline(self, node: LexborNode, name: str, *, bold: bool) -> None:
        if leaf := shown(node, name):
            self._lines.add(f" {leaf} ", bold=bold)
        begun = self._lines.mark()
        self.container(node, bold=bold or name in BOLD)
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
        if self._before_title and is_menu(node):
            return
        for item in children(node):
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
        parts = [part for part in terms(node) if not self._skipped(part, part.tag or "")]
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
        if is_layout(node):
            self.container_of_cells(node)
            return
        if (caption := node.css_first("caption")) is not None:
            self._sub_heading(self._words(caption)[0])
        inner = list[LexborNode]()
        self._headed = self._is_headed(next(rows_of(node), None))
        self._grid(list(self._rows(node, inner)))
        for nested in inner:
            self._table(nested)

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
                self._row([cell.text for cell in row], table.header, number, links_of(row), spans=row)
        if not table.rows and table.header:
            self._row(table.header, table.header, number, ())

    def container_of_cells(self, table: LexborNode) -> None:
        """Read a table that only lays the page out: its cells one after another."""
        for row in rows_of(table):
            for cell in cells_of(row):
                if not self._skipped(cell, cell.tag or ""):
                    self.container(cell)
                    self.flush()

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


def _is_heading(text: str) -> bool:
    """Whether words that stand out are a heading: short, no sentence, no fact of their own."""
    return (
        len(text) <= 90
        and len(text.split()) <= 12
        and not text.endswith((".", ":", ";", ","))
        and not dates.whole(text)
        and not MODIFICATION.match(text)
    )
