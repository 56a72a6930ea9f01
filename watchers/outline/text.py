"""Plain text → outline: what a text extraction of a page or paper still shows of headings, lists and tables.

Extractions glue the cells of a table's row (`MP077 'DCC Service Flagging'Implemented`), wrap rows and sentences over
several lines, double-space them, and drop page furniture and bare addresses among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain import dates, statuses
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block, Outline
from watchers.outline.edges import repeated
from watchers.outline.glued import dated, glued
from watchers.outline.layout import Printed, tables
from watchers.outline.sheet import rows
from watchers.outline.torn import mended, only_marks, without_mixed
from watchers.outline.words import plain_spaces, tidy
from watchers.phrases import labels
from watchers.phrases.marks import LONGEST_PARAGRAPH, PART
from watchers.phrases.titles import QUOTES, quoted

LARGEST = 400_000
"""Characters of a text that are read; the longest paper of the field has some 150,000."""
_LONGEST_HEADING = 130
_LONGEST_ROW = 40
"""Lines over which one row may be wrapped; each is looked at with all that stand above it in the row."""
GLUED_DATE = re.compile(rf"^(?P<label>[A-Z][^.:;\d]{{1,70}}?[a-zA-Z)])(?=\d{{1,2}} (?:{dates.MONTH}) 20\d\d\W*$)")
_FULL = 0.84
"""A line of at least so much of the width goes on in the next."""
_SHORT = 0.7
"""A line shorter than so much of the width, with its next word, was ended on purpose."""
_EVIDENCE = 3
"""So many lines that end in the middle of a sentence show that a text is wrapped."""
_BEYOND = 1.1
"""A line longer than so many widths was not wrapped."""
_DENSE = 0.2
"""Fewer empty lines than so many of a hundred show that none are set between paragraphs."""
_SINGLE_SPACED_RUN = 200
"""A line longer than this shows that lines are whole paragraphs."""

_BULLET = re.compile(
    r"^\s*(?:[•▪‣◦●○■□➢⮚·]|\*(?!\*|[^*]*\*\W*$)|[-–—](?=\s)|o(?=\s{1,3}[A-Z])|\(?[a-z]\)|\(?[ivx]{1,4}\)|"
    r"\d{1,2}[.)](?=\s+(?:SECMP|MP|DP|CRP?|IRP|SEC |Section|Schedule|Appendix)))\s*(?=\S)"
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_MONTH_NAME = re.compile(rf"{_MONTHS}\b")
"""What stands below a number that is the day of a wrapped date, and no page's."""
_NUMBERED = re.compile(
    rf"^(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:\.\s*|\s+(?!{_MONTHS}\s+20\d\d(?!\s+SEC)))(?=[A-Z‘“'\"]|20\d\d\s)"
)
_STRUCK = re.compile(r"~~[^~]{1,300}~~")
_MARKDOWN = re.compile(r"^(?P<level>#{1,6})\s+(?P<text>.+?)\s*#*$")
_RULE = re.compile(r"^\s*(?:[-=_*~]{3,}|[|+][-|+: =]{3,})\s*$")
_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$")
_FURNITURE = re.compile(
    r"^(?:page\s+\d+(?:\s+of\s+\d+)?|\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}\s*/\s*\d{1,3}|"
    r"this document has a classification(?: of \w+)?|of (?:white|green|amber|red|clear)|"
    r"(?:tlp\s*[:-]?\s*)?(?:white|green|amber|clear)|classification:? \w+|©.*|copyright .{0,80}|"
    r"administered by .{0,40}|.{0,60}\bpage \d+ of \d+)$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^[A-Z]{2,8}(?:_[A-Z0-9]+){1,4}\b.{0,60}$")
_ENDED = re.compile(r"[.!?:;][’”'\")\]]*$")
_ID_START = re.compile(r"^(?:SECMP\s?\d{4}|[MD]P\s?\d{3,4}|CRP?\s?\d{3,5}|CRTBC|IRP\s?\d{3,4})")
_LETTER = re.compile(r"^[A-D](?![a-z])")
"""The letter of a split, after its id."""
_TITLE_FOLLOWS = re.compile(rf"\s*(?:[:–—-]\s*)?[{QUOTES}]")
_GLUE = re.compile(r"(?<=[a-z?)’'”\"])(?=[A-Z✓✗][a-z]|\d{1,2} [A-Z][a-z]{2})")
_HEADER_WORD = re.compile(
    r"^(?:(?:SEC )?modifications?(?: proposals?)?(?: (?:number|ref(?:erence)?|title|name))?|"
    r"(?:open |closed )?consultations?|"
    r"documents?(?: names?| titles?)?|SEC documents?|(?:SEC )?parts?|ref(?:erence)?|number|id|title|name|"
    r"proposal)(?:\b|(?=(?-i:[A-Z])))",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"Impacts?\s+[^?]{1,40}?\?|(?:Impacts?|Affects?)\s+(?:(?!Impacts?|Affects?|Current|"
    r"Status)\S+\s?){1,3}|Current status|Decision (?:date|cut-off|path)|Change Board (?:vote|date)|"
    r"Target(?:ed)? release|"
    r"Date published|Date raised|Implementation date|Available on CodeWorks|SEC Modification|"
    r"BEIS Designation|DESNZ Designation|SEC document|Document name|Document title|"
    r"Modification(?: Proposals?)?(?: title| name| number)?|Status|Title|Name|Version|Draft|Published|"
    r"Stage|Date|Reference|Ref|Number|Notes|Comments"
)
_TAIL_CELL = re.compile(r"^(?:[✓✗]\d?|TBC\d?|Yes|No|N/A|TBD)$")

_NOTED_TICK = re.compile(rf"{_TAIL_CELL.pattern}|\d{{1,2}}$")
"""A tick, or the number of its footnote on a line of its own."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it came: `raw` with its spaces, `text` tidied, `gap` whether an empty line stood before it, `page` the
    number of its page as far as page breaks and furniture show it.
    """

    raw: str
    text: str
    gap: bool
    page: int = 0


def outline(text: str, url: str = "") -> Outline:
    """Return the outline of a plain text; `url` is where it came from."""
    if len(text) > LARGEST:
        return Outline(
            (), "text", url=url, trouble=f"The text has {len(text):,} characters; at most {LARGEST:,} are read."
        )
    lines = _without_footer(list(_lines(text)))
    reader = _Reader(lines, *_width(lines))
    blocks = reader.read()
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    return Outline(tuple(blocks), "text", url=url, title=title)


def _lines(text: str) -> Iterator[_Line]:
    gap, number = True, 0
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").replace("\r", "\n").split("\f")]
    for raws, furnished in zip(pages, repeated(pages), strict=True):
        number, gap = number + 1, True
        for at, raw in enumerate(raws):
            spaced = plain_spaces(_STRUCK.sub("", raw[:LONGEST_PARAGRAPH]))
            tidied = tidy(spaced)
            number_alone = tidied.isdigit() and (not gap or bool(_MONTH_NAME.match(_next(raws, at))))
            furniture = at in furnished or bool(
                _FURNITURE.match(tidied) and not number_alone and not _FOOTER.match(tidied)
            )
            number += furniture
            if not tidied or _ADDRESS.match(tidied) or furniture or _RULE.match(tidied):
                gap = True
                continue
            yield _Line(spaced, tidied, gap, number)
            gap = False


_FOOTER = re.compile(r"^(?:©|copyright\b|\(c\)\s)", re.IGNORECASE)
_LONGEST_FOOTER = 12


def _without_footer(lines: list[_Line]) -> list[_Line]:
    """Return a page's lines without what follows its one copyright line: menus and teasers, no part of the page."""
    marks = [n for n, line in enumerate(lines) if _FOOTER.match(line.text)]
    if len(marks) != 1 or len(lines) - marks[0] > _LONGEST_FOOTER:
        return [line for line in lines if not _FURNITURE.match(line.text) or not _FOOTER.match(line.text)]
    return lines[: marks[0]]


def _next(raws: Sequence[str], at: int) -> str:
    """Return the next line with words."""
    return next((raw.strip() for raw in raws[at + 1 : at + 4] if raw.strip()), "")


def _width(lines: Sequence[_Line]) -> tuple[int, bool]:
    """Return the width at which a text's lines are wrapped, 0 where each line is a whole paragraph, and whether empty
    lines stand between the lines of one sentence. Rows of tables can be whole where sentences are wrapped.
    """
    prose = [line for line in lines if not (_begins_row(line.text) or _parted(line.raw))]
    if any(len(line.text) > _SINGLE_SPACED_RUN for line in prose):
        return 0, False
    lines = prose if len(prose) > 2 * _EVIDENCE else lines
    usual = sorted(len(line.text) for line in lines)[int(len(lines) * 0.95)] if lines else 0
    open_ended = [
        (above, below)
        for above, below in pairwise(lines)
        if len(above.text) > max(40, usual * 0.7)
        and not (_ENDED.search(above.text) or _begins_row(above.text) or _BULLET.match(below.raw))
    ]
    broken = sorted(len(above.text) for above, below in open_ended if below.text[0].islower())
    if not broken or len(open_ended) < _EVIDENCE:
        return 0, False
    return broken[-1 - len(broken) // 10], sum(below.gap for _, below in open_ended) * 2 > len(open_ended)


def _is_dense(lines: Sequence[_Line]) -> bool:
    """Whether a text has no empty lines between its paragraphs and headings, at most some around its tables."""
    prose = any(len(line.text) > 60 and _ENDED.search(line.text) for line in lines)
    return prose and len(lines) > 4 and sum(line.gap for line in lines[1:]) < len(lines) * _DENSE


def _is_even(lines: Sequence[_Line], width: int) -> bool:
    """Whether lines are broken where the next word had no room; in type whose letters differ many are shorter."""
    broken = [
        len(above.text) + 1 + len(below.text.split()[0])
        for above, below in pairwise(lines)
        if below.text[0].islower() and not _ENDED.search(above.text) and len(above.text) > width * 0.6
    ]
    return sum(length <= width for length in broken) * 6 <= len(broken)


class _Reader:
    """Goes through the lines once and gathers blocks."""

    def __init__(self, lines: Sequence[_Line], width: int, double: bool) -> None:  # noqa: FBT001
        self.lines, self.width, self.double = lines, width, double
        self.dense = not double and _is_dense(lines) and _is_even(lines, width)
        self.at = 0
        self.blocks: list[Block] = []
        self.header: tuple[str, ...] = ()
        self.tables = 0
        self.spaced = sum(line.gap for line in lines[1:]) * 20 > len(lines)
        self.loose: dict[int, int] = {}
        """The rows that were gathered line by line: how many lines, by their blocks' numbers."""
        self.headed = 0
        """The line below the last heading."""
        found = tables([Printed(line.raw, line.gap, line.page) for line in lines])
        self.laid = {start: (sheet, end) for sheet, start, end in found}

    def read(self) -> list[Block]:
        while self.at < len(self.lines):
            if not (
                self.markdown()
                or self.cells()
                or self.laid_out()
                or self.aligned()
                or self.table_header()
                or self.row()
                or self.reference()
                or self.bullet()
                or self.glued_date()
                or self.heading()
            ):
                self.paragraph()
        return mended(self.blocks, self.loose)

    @property
    def line(self) -> _Line:
        return self.lines[self.at]

    def peek(self, ahead: int = 1) -> _Line | None:
        return self.lines[self.at + ahead] if self.at + ahead < len(self.lines) else None

    def add(self, block: Block) -> None:
        self.blocks.append(block)

    # --- marked up ---

    def markdown(self) -> bool:
        match = _MARKDOWN.match(self.line.text)
        bold = re.fullmatch(r"(?:\*\*|__)(.{3,100}?)(?:\*\*|__):?", self.line.text)
        if not match and not (bold and not _ENDED.search(bold[1])):
            return False
        level, text = (len(match["level"]), match["text"]) if match else (3, bold[1] if bold else "")
        self.add(Block("heading", _plain(text), level=level))
        self.header = ()
        self.at += 1
        return True

    def cells(self) -> bool:
        """Rows with their cells apart: by pipes, tabs or wide spaces."""
        parted = _parted(self.line.raw)
        if not parted:
            return False
        rows: list[tuple[str, list[str]]] = []
        while self.at < len(self.lines) and (parted := _parted(self.line.raw)):
            if rows and self.line.gap and _heads(parted) and all(parted) and parted != rows[0][1]:
                break
            rows.append((self.line.raw.strip(), parted))
            self.at += 1
        self.tables += 1
        head = tuple(rows[0][1]) if len(rows) > 1 and _heads(rows[0][1]) else ()
        if head and len(head) > 1:
            rows = rows[1:]
        for line, cells in rows:
            if head and tuple(cells) == head:
                continue
            if line.startswith("|") and len(head) - len(cells) > line.endswith("|"):
                cells.insert(0, "")  # the bar parts an empty first cell rather than beginning the row
            filled = [*cells, *[""] * (len(head) - len(cells))]
            self.add(Block("row", " | ".join(cells), cells=tuple(filled), header=head, table=self.tables))
        return True

    def laid_out(self) -> bool:
        """A table whose columns white parts, each row's cells level at their tops, their middles or their feet."""
        sheet, end = self.laid.get(self.at, (None, 0))
        if sheet is None:
            return False
        self.tables += 1
        self.blocks += without_mixed(rows(sheet, self.tables))
        self.header = ()
        self.at = end
        return True

    def aligned(self) -> bool:
        """A table whose cells stand below one another, as an extraction that keeps the layout sets it."""
        first = _segments(self.line.raw)
        head = len(first) > 1 and bool(_HEADER_WORD.match(first[0][1])) and _heads([text for _, text in first])
        apart = len(first) > 1 and first[1][0] - first[0][0] - len(first[0][1]) > 2
        if not (head or (apart and not self.header and _ID_START.match(first[0][1]))):
            return False
        starts = [at for at, _ in first]
        rows: list[list[str]] = []
        gathered = 0
        while (line := self.peek(gathered)) and (not gathered or self._aligned_with(starts, line, rows, header=head)):
            cells = _columned(line.raw, starts)
            if not rows or _begins_row(cells[0]) or (_ID_START.match(cells[0]) and any(cells[1:])):
                rows.append(cells)
            else:
                rows[-1] = [_unwrapped_pair(a, b) for a, b in zip(rows[-1], cells, strict=True)]
            gathered += 1
        if len(rows) < 2 and (head or not any(rows[0][1:])):
            return False
        self.tables += 1
        header = tuple(rows.pop(0)) if head else ()
        for cells in rows:
            shown = " | ".join(cell for cell in cells if cell)
            self.add(Block("row", shown, cells=tuple(cells), header=header, table=self.tables))
        self.at += gathered
        return True

    def _aligned_with(self, starts: Sequence[int], line: _Line, rows: Sequence[Sequence[str]], *, header: bool) -> bool:
        """Whether a line belongs to the table: its pieces begin where columns begin and keep to their columns."""
        pieces = _segments(line.raw)
        if _MARKDOWN.match(line.text) or (line.gap and not _begins_row(line.text) and _NUMBERED.match(line.text)):
            return False
        inside = all(any(abs(at - start) <= 1 for start in starts) for at, _ in pieces)
        width = starts[1] - starts[0]
        kept = not (pieces[0][0] < starts[1] - 1 and len(pieces[0][1]) > width)
        if not inside or not kept:
            return False
        if _begins_row(line.text):
            return True
        alone = len(pieces) == 1 and pieces[0][0] <= 1
        done = bool(rows) and not (header and len(rows) == 1) and all(_closed(cell) for cell in rows[-1])
        return not (line.gap and alone and done)

    # --- tables without marks ---

    def table_header(self) -> bool:
        """The headings of a table's columns, glued or wrapped: what stands just above its first row."""
        if (
            not _HEADER_WORD.match(self.line.text)
            or len(self.line.text) > 110
            or _ENDED.search(self.line.text.rstrip("?"))
        ):
            return False
        pieces = [self.line]
        ahead = 1
        while (below := self.peek(ahead)) and ahead < 14 and not _begins_row(below.text):
            if len(below.text) > 60 or re.search(r"[.!:;]$", below.text):
                return False
            pieces.append(below)
            ahead += 1
        below = self.peek(ahead)
        if below is None or not _begins_row(below.text):
            return False
        columns = _columns(pieces)
        if len(columns) < 2:
            return False
        if re.fullmatch(r"title|name", columns[1], re.IGNORECASE) and _GLUED_TITLE.search(below.text):
            columns = (columns[0], *columns[2:])  # id and title are glued, so that they are one cell
        if columns != self.header:
            self.tables += 1
        self.header = columns
        self.at += ahead
        return True

    def row(self) -> bool:
        """A row that begins with an id or a part, its cells glued or over several lines."""
        text = self.line.text
        if not _begins_row(text):
            return self.dated_row()
        gathered = [self.line]
        while (below := self.peek(len(gathered))) and self._goes_on(gathered, below):
            if self.at + len(gathered) in self.laid or len(gathered) == _LONGEST_ROW:
                break
            gathered.append(below)
        raw = _joined_raw(gathered)
        cells = _row_cells(raw, self.header)
        if cells is None:
            return False
        self.at += len(gathered)
        self.loose[len(self.blocks)] = len(gathered)
        in_table = bool(self.header) or len(cells) > 1
        if not in_table:
            self.add(Block("item", cells[0]))
            return True
        shown = " | ".join(cell for cell in cells if cell)
        self.add(
            Block(
                "row",
                shown,
                cells=tuple(cells),
                header=self.header if len(cells) in (1, len(self.header)) else (),
                table=self.tables,
            )
        )
        return True

    def dated_row(self) -> bool:
        """A row of the table above that begins with no id: dates are glued to its words, one for each column."""
        found = dated(self.line.text, self.header)
        if not found or len(found[1]) + 1 != len(self.header):
            return False
        cells = (found[0], *found[1])
        self.add(Block("row", " | ".join(cells), cells=cells, header=self.header, table=self.tables))
        self.at += 1
        return True

    def _goes_on(self, gathered: Sequence[_Line], below: _Line) -> bool:
        """Whether a line continues the row."""
        text = tidy(" ".join(line.text for line in gathered))
        if not (self.header or _open_title(text)) and (_is_label(below.text) or _is_label(gathered[-1].text)):
            return False
        if (
            _begins_row(below.text)
            or (_BULLET.match(below.raw) and below.text[0] not in "-–—")
            or _NUMBERED.match(below.text)
        ):
            return False
        if not self.spaced and self._whole_row(text) and not _is_detail(below.text):
            return False
        if self._among_ticks() and not _open_title(text) and not all(map(_NOTED_TICK.match, below.text.split())):
            return False
        if not self.width:
            return self._goes_on_unwrapped(gathered, below, text)
        if self.header and (_HEADER_WORD.match(below.text) and self._is_header_again(below)):
            return False
        if _open_title(text) or _is_detail(below.text):
            return True
        if not below.gap:
            return not (self.dense and self._fits(gathered[-1], below))
        if len(below.text) >= self.width * _FULL:
            return bool(not _complete(text) and below.text[0].islower())
        if _named_only(text) and self.header:
            return True
        if _complete(text) and not self._has_room(text):
            return False
        return bool(self.header) or below.text[0].islower() or below.raw[:1] in " ✓"

    def _goes_on_unwrapped(self, gathered: Sequence[_Line], below: _Line, text: str) -> bool:
        if self._stands_below(gathered, below):
            return True
        if self._ends_with_its_days(text):
            return False
        more = len(gathered) <= len(self.header) or (len(self.header) > 1 and not _complete(text))
        if not below.gap and (_open_title(text) or (self.header and more)):
            return True
        return _named_only(text) and _is_detail(below.text)

    def _has_room(self, text: str) -> bool:
        """Whether a row's last column, with words of its status, is still to come behind a date."""
        cells = _row_cells(text, self.header) or []
        status = bool(self.header) and bool(
            re.search(r"\bstat|stage|position|stands\b", self.header[-1], re.IGNORECASE)
        )
        dated = any(_DATE_HEADER.search(heading) for heading in self.header[1:-1])
        return status and dated and (len(cells) < len(self.header) or not cells[-1])

    def _whole_row(self, text: str) -> bool:
        """Whether a row has all its cells, so that what follows without an empty line is no part of it."""
        cells = _row_cells(text, self.header) or []
        return (
            len(cells) > 1
            and bool(cells[-1])
            and not _open_title(text)
            and ((len(cells) == len(self.header) and not _unfinished(cells[-1])) or _complete(text))
        )

    def _ends_with_its_days(self, text: str) -> bool:
        """Whether a row has a cell in each column and days in the last two: what follows is another row."""
        cells = _row_cells(text, self.header) or []
        return len(cells) == len(self.header) > 2 and all(dates.whole(cell) for cell in cells[-2:])

    def _among_ticks(self) -> bool:
        """Whether the rows above have nothing but ticks."""
        above = range(len(self.blocks) - 2, len(self.blocks))
        return all(n in self.loose and only_marks(self.blocks[n]) and len(self.blocks[n].cells) > 1 for n in above)

    def _stands_below(self, gathered: Sequence[_Line], below: _Line) -> bool:
        """Whether a line is what a name's row says, below the empty line that an empty cell left."""
        if len(self.header) < 2 or not _named_only(tidy(" ".join(line.text for line in gathered))):
            return False
        last, ahead = below, len(gathered) + 1
        while (after := self.peek(ahead)) is not None and not after.gap:
            last, ahead = after, ahead + 1
        ends_row = after is not None and (_begins_row(after.text) or _REFERENCE.match(after.text))
        return bool(_ENDED.search(last.text) and ends_row)

    def _is_header_again(self, line: _Line) -> bool:
        words = re.sub(r"\W+", "", line.text).casefold()
        return re.sub(r"\W+", "", "".join(self.header)).casefold().startswith(words)

    # --- running text ---

    def bullet(self) -> bool:
        match = _BULLET.match(self.line.raw)
        if not match:
            return False
        gathered = [replace(self.line, text=tidy(self.line.raw[match.end() :]))]
        self.at += 1
        self._gather(gathered)
        depth = 1 + (len(self.line_indent(match[0])) // 4)
        self.add(Block("item", _plain(_unwrapped(gathered)), level=min(depth, 6)))
        return True

    @staticmethod
    def line_indent(marker: str) -> str:
        return marker[: len(marker) - len(marker.lstrip())]

    def glued_date(self) -> bool:
        """A label to which its date is glued ("Scope baselined16 December 2022"): a line for itself."""
        if not GLUED_DATE.match(self.line.text):
            return False
        self.add(Block("paragraph", self.line.text))
        self.at += 1
        return True

    def heading(self) -> bool:
        line, below = self.line, self.peek()
        text = line.text
        if self.dense and below is not None and not (below.gap and line.gap):
            return self.dense_heading(below)
        numbered = _NUMBERED.match(text)
        if not (line.gap or self.at == 0 or (numbered and self.headed == self.at) or self.stands_out()):
            return False
        if self.wrapped_heading():
            return True
        if _ID_START.match(text) and below is not None and not below.gap and _ID_START.match(below.text):
            return False  # the first of a list whose lines hold more than a name
        if not _may_head(text) and not _heads_a_post(text, below, first=self.at == 0):
            return False
        if not (self.stands_apart(below) if numbered is None else len(text) <= 80 or "." in text[:4]):
            return False
        self.header = ()
        level = 1 if not any(block.kind == "heading" for block in self.blocks) else 2
        if numbered and level > 1:
            level = min(numbered["number"].count(".") + 2, 6)
        self.add(Block("heading", text.strip(" »"), level=level))
        self.at += 1
        self.headed = self.at
        return True

    def stands_out(self) -> bool:
        """Whether a short line is a heading in a text that has no empty lines: a sentence or row ends above it, and
        another begins below it.
        """
        below = self.peek()
        if self.spaced or below is None or not self.blocks or not self.width or len(self.line.text) > self.width * 0.6:
            return False
        above = self.lines[self.at - 1].text
        ended = _ENDED.search(above) or self.blocks[-1].kind in ("heading", "row", "item")
        return bool(ended) and not below.text[0].islower() and not _is_detail(self.line.text) and not self.header

    def stands_apart(self, below: _Line | None) -> bool:
        """Whether a line is no beginning of a sentence that goes on in the next."""
        text = self.line.text
        if below is not None and (not below.gap and self.width != 0 and below.text[0].islower()):
            return False
        alone = not self.double and (below is None or below.gap or self.at + 1 in self.laid)
        if self.width and len(text) >= self.width * _FULL and not alone:
            return False
        if self.width and not self.double and not alone and self.spaced:
            return False
        if below is not None and below.text[0].islower() and self.width:
            return False
        return not _is_prose_line(text)

    def dense_heading(self, below: _Line) -> bool:
        """A heading with no empty line around it: a short line that is no sentence."""
        text = self.line.text
        if not _may_head(text) or _is_prose_line(text) or (below.text[0].islower() and not below.gap):
            return False
        if self.width and not self._fits(self.line, below):
            return False
        self.add_heading(text.strip(" »"))
        self.at += 1
        return True

    def add_heading(self, text: str) -> None:
        self.header = ()
        self.add(Block("heading", text, level=2 if any(block.kind == "heading" for block in self.blocks) else 1))

    def _heading_ahead(self) -> bool:
        """Whether this line, perhaps with the next, is a heading: words to the end of which no sentence comes."""
        for n in (1, 2):
            below = self.peek(n)
            if below is None or below.gap:
                return False
            if self._fits(self.lines[self.at + n - 1], below):
                text = " ".join(line.text for line in self.lines[self.at : self.at + n])
                return _may_head(text) and not _is_prose_line(text)
        return False

    def _fits(self, above: _Line, below: _Line) -> bool:
        """Whether the next line's first word would have stood on a line: so that it is the last of its paragraph."""
        long = len(above.raw.strip())
        return bool(self.width) and (long + 1 + len(below.text.split()[0]) <= self.width or long > self.width * _BEYOND)

    def wrapped_heading(self) -> bool:
        """A heading over two lines, with empty lines around it, in a text that has none between a sentence's lines."""
        below, after = self.peek(), self.peek(2)
        if not self.width or self.double or below is None or below.gap or (after is not None and not after.gap):
            return False
        text = f"{self.line.text} {below.text}"
        if (
            len(self.line.text) < self.width * 0.6
            or not _may_head(self.line.text)
            or _ENDED.search(below.text)
            or _begins_row(text)
        ):
            return False
        self.add(Block("heading", text, level=2))
        self.header = ()
        self.at += 2
        return True

    def reference(self) -> bool:
        """A paper's reference between the rows of a table, as it stands at the head or foot of each page."""
        if not self.header or not _REFERENCE.match(self.line.text):
            return False
        ahead = 1
        while (below := self.peek(ahead)) is not None and not below.gap:
            ahead += 1
        if below is None or not (_begins_row(below.text) or _HEADER_WORD.match(below.text)):
            return False
        self.at += ahead
        return True

    def paragraph(self) -> None:
        gathered = [self.line]
        self.header = ()
        self.at += 1
        self._gather(gathered)
        text = _plain(_unwrapped(gathered))
        wrapped = self.dense and len(gathered) == 2
        if wrapped and _may_head(text) and not text.endswith("?") and not _is_prose_line(text) and self.peek(0):
            self.add_heading(text)
        else:
            self.add(Block("paragraph", text))

    def _gather(self, gathered: list[_Line]) -> None:
        """Take the lines that go on with a sentence."""
        while self.at < len(self.lines) and self.at not in self.laid and self._continues(gathered[-1], self.line):
            gathered.append(self.line)
            self.at += 1

    def _continues(self, above: _Line, below: _Line) -> bool:
        if _BULLET.match(below.raw) or _REFERENCE.match(below.text) or _parted(below.raw):
            return False
        broken = len(above.text) >= self.width * _SHORT > 0  # by the width, in the middle of a sentence
        if not (broken or below.text[0].islower()) and (_is_label(above.text) or _is_label(below.text)):
            return False
        if not self.width:
            return bool(not below.gap and below.text[0].islower() and not _ENDED.search(above.text))
        if not self.double and below.gap:
            return False
        if self.dense and self._fits(above, below):
            return below.text[0].islower() and not _ENDED.search(above.text)
        if self.dense and _ENDED.search(above.text) and self._heading_ahead():
            return False
        if not self.double and not _begins_row(below.text):
            room = self.width * _SHORT - len(above.text)  # the next word had room: the break was meant
            return below.text[0].islower() or room < 1 + len(below.text.split()[0])
        full = len(above.text) >= self.width * _FULL or len(above.text) + 1 + len(below.text.split()[0]) > self.width
        if _begins_row(below.text) and (not full or _ENDED.search(above.text)):
            return False
        if _NUMBERED.match(below.text) and (below.gap and _ENDED.search(above.text)):
            return False
        if below.text[0].islower() and not _ENDED.search(above.text):
            return True
        return full and not above.text.endswith(":")


def _is_label(text: str) -> bool:
    """Whether a line is a label of a modification's page and nothing else, its value on the next: "STATUS"."""
    return text[:1].isupper() and len(text) < _LONGEST_LABEL and labels.role(text) in _LABELS


_LONGEST_LABEL = 40
_LABELS = frozenset({"id", "title", "status", "path", "proposer", "analyst", "parties", "parts", "systems", "date"})


def _plain(text: str) -> str:
    """Return text without the marks of Markdown."""
    text = re.sub(r"\[([^\]]{1,200})\]\(https?://[^)\s]+\)", r"\1", text)
    return tidy(re.sub(r"(?<!\w)(\*\*|__)(.+?)\1(?!\w)", r"\2", text))


def _unwrapped(lines: Sequence[_Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        glued = text.endswith("-") and not text.endswith(" -") and line.text[:1].isalpha()
        text = f"{text}{line.text}" if glued else f"{text} {line.text}"
    return text


def _parted(raw: str) -> list[str]:
    """Return a line's cells where something parts them, [] where nothing does."""
    line = raw.strip()
    if "|" in line and (line.startswith("|") or " | " in line):
        cells = (
            [_plain(cell) for cell in line.strip("|").split("|")]
            if line.startswith("|")
            else [_plain(cell) for cell in line.split("|")]
        )
        return cells if len(cells) > 1 or (line.startswith("|") and line.endswith("|")) else []
    if paired := _LABEL_AND_VALUE.fullmatch(line):
        return [_plain(paired["label"]), _plain(paired["value"])]
    if "\t" in line:
        cells = [_plain(cell) for cell in raw.strip(" ").split("\t")]  # the first cell may be empty
        return cells if len(cells) > 1 else []
    return []


_LABEL_AND_VALUE = re.compile(
    rf"(?P<label>[A-Z][^\t|:.]{{1,48}}?):?\s{{3,}}(?P<value>(?:by |due |end of )?\d{{1,2}}(?:st|nd|rd|"
    rf"th)? {_MONTHS} 20\d\d\b[^\t|]{{0,60}})"
)
"""A label with its date far behind it, as a printed page sets them."""


def _segments(raw: str) -> list[tuple[int, str]]:
    """Return a line's pieces that two spaces or more part, each with the column at which it begins."""
    return [(match.start(), tidy(match[0])) for match in re.finditer(r"\S+(?: \S+)*", raw.expandtabs())]


def _columned(raw: str, starts: Sequence[int]) -> list[str]:
    """Return a line's pieces by the columns in which they begin."""
    cells = [""] * len(starts)
    for at, text in _segments(raw):
        column = max((n for n, start in enumerate(starts) if start <= at + 1), default=0)
        cells[column] = f"{cells[column]} {text}".strip()
    return cells


def _unwrapped_pair(above: str, below: str) -> str:
    if above.endswith("-") and not above.endswith(" -") and below:
        return above + below
    return f"{above} {below}".strip()


def _closed(cell: str) -> bool:
    """Whether a cell's words may end here: no title is open, no sentence unfinished."""
    return not cell or (not _open_title(cell) and (len(cell) < 30 or bool(_ENDED.search(cell)) or cell[-1] in "’'”\")"))


_GLUED_TITLE = re.compile(r"^\W*[A-Z]+\d+[A-Z]?\s?[‘'“\"]")


def _heads(cells: Sequence[str]) -> bool:
    """Whether cells are column headings: words alone, no id, no date, no status."""
    return not any(
        MODIFICATION.search(c)
        or _ID_START.match(c)
        or dates.find(c)
        or PART.match(c)
        or (statuses.named(c) and len(cells) < 2)
        or len(c) > 60
        for c in cells
    ) and any(cells)


def _begins_row(text: str) -> bool:
    """Whether a line begins with an id and a title (or little more), or with a part of the SEC as in a list."""
    if match := _ID_START.match(text):
        rest = text[match.end() :]
        rest = _LETTER.sub("", rest)
        return bool(_TITLE_FOLLOWS.match(rest)) or not rest.strip() or bool(re.match(r"\s*\|", rest))
    plain = re.sub(r"^SEC\s+", "", text)
    if match := PART.match(plain):
        rest = plain[match.end() :]
        return bool(re.match(rf"\s*(?:[–—-]\s*[A-Z]|[{QUOTES}]|\([A-Z])", rest)) and not _SENTENCE.search(
            _after_title(plain, match.end())
        )
    return False


_SENTENCE = re.compile(r"\b(?:has|have|will|would|is|are|was|were|legal text)\b")


def _after_title(text: str, at: int) -> str:
    found = quoted(text, at)
    return text[found[1] :] if found else ""


def _open_title(text: str) -> bool:
    """Whether a row's title has not been closed yet."""
    match = _ID_START.match(text)
    if not match:
        plain = re.sub(r"^SEC\s+", "", text)
        match = PART.match(plain)
        text = plain
    if not match:
        return False
    rest = _LETTER.sub("", text[match.end() :])
    return bool(_TITLE_FOLLOWS.match(rest)) and quoted(rest) is None


def _named_only(text: str) -> bool:
    """Whether a row has its name and nothing else yet."""
    match = _ID_START.match(text)
    if not match:
        return False
    rest = _LETTER.sub("", text[match.end() :])
    found = quoted(rest)
    return found is not None and not re.sub(r"^\s*part \d", "", rest[found[1] :]).strip()


def _is_detail(text: str) -> bool:
    """Whether a line is a cell by itself: ticks, a status, a date."""
    return bool(all(_TAIL_CELL.match(word) for word in text.split()) or statuses.named(text) or dates.whole(text))


def _complete(text: str) -> bool:
    """Whether a row's last cell is at an end."""
    match = _ID_START.match(text)
    rest = text[match.end() :] if match else text
    found = quoted(_LETTER.sub("", rest))
    tail = _LETTER.sub("", rest)[found[1] :].strip() if found else rest
    tail = re.sub(r"^part \d+\s*", "", tail)
    ticks = re.sub(r"^(?:[✓✗]\d?|TBC\d?|Yes|No)(?:\s+|$)", "", tail)
    while ticks != tail:
        tail, ticks = ticks, re.sub(r"^(?:[✓✗]\d?|TBC\d?|Yes|No)(?:\s+|$)", "", ticks)
    return (
        not tail
        or bool(re.search(r"[.!]$", tail))
        or bool(statuses.named(tail))
        or bool(dates.whole(tail) or glued(tail, ()))
    )


def _unfinished(cell: str) -> bool:
    """Whether a cell of several words ends in the middle of a sentence."""
    return len(cell.split()) > 2 and not (_ENDED.search(cell) or statuses.named(cell) or dates.whole(cell))


def _joined_raw(lines: Sequence[_Line]) -> str:
    """Return a row's lines as one, with the spaces that stand for empty cells."""
    raw = lines[0].raw.lstrip()
    for line in lines[1:]:
        bare = raw.rstrip()
        if (bare.endswith("-") and not bare.endswith(" -")) or (
            re.search(r"[✓✗C]$", bare) and re.match(r"\s*\d{1,2}(?:\s+[✓✗]|\s*$)", line.raw)
        ):
            raw = bare + line.raw.lstrip()
        else:
            raw = bare + " " + line.raw
    return raw


def _row_cells(raw: str, header: Sequence[str]) -> list[str] | None:
    """Return a row's cells: its name, then what stands beside it, by the columns that its table has."""
    plain = raw.lstrip()
    match = _ID_START.match(plain)
    if match:
        end = match.end() + bool(_LETTER.match(plain[match.end() :]))
        found = quoted(plain, end)
        name_end = found[1] if found else end
        if found and (part := re.match(r"\s*[,(]?\s*part (?:\d|one|two|three)\)?\b", plain[name_end:], re.IGNORECASE)):
            name_end += part.end()
    elif (part_end := _part_name_end(plain)) is not None:
        name_end = part_end
    else:
        return None
    name, rest = tidy(plain[:name_end]), plain[name_end:]
    if not rest.strip() and len(header) < 2:
        return [name]
    if _runs_on(rest):
        return None
    if (told := dated(rest, header)) and len(told[1]) + 2 == len(header):
        return [name, *told[:1], *told[1]]
    if told and len(told[1]) + 1 == len(header):
        return [f"{name} {told[0]}".strip(), *told[1]]
    return [name, *_beside(rest, max(len(header) - 1, 0), header)]


def _runs_on(rest: str) -> bool:
    """Whether what follows a name makes a sentence of it."""
    plain = rest.strip()
    return (
        bool(re.match(r"(?::\s+\S|[,;.]\s|(?:[–—-]\s)?[a-z])", plain))
        and not re.match(r"part \d", plain)
        and not statuses.named(plain.strip(" :–—-"))
    )


def _part_name_end(text: str) -> int | None:
    plain = re.sub(r"^SEC\s+", "", text)
    off = len(text) - len(plain)
    match = PART.match(plain)
    if not match:
        return None
    found = quoted(plain, match.end())
    if found and re.match(rf"\s*[{QUOTES}]", plain[match.end() :]):
        note = re.match(r"\s*\([^()]{2,80}\)(?!\d)", plain[found[1] :])
        return off + found[1] + (note.end() if note else 0)
    ends = [one for one in dates.find(text) if not text[one.end :].strip(" .")]
    return (
        ends[-1].start
        if (ends and text[: ends[-1].start].rstrip().endswith((")", *"0123456789"))) or ends
        else len(text)
    )


def _beside(rest: str, columns: int, header: Sequence[str]) -> list[str]:
    """Return the cells beside a row's name. Ticks keep their column by the single spaces between them."""
    if (told := glued(rest, header[1:])) is not None:
        return told
    marks = [h for h in header[1:] if re.match(r"impact|affect", h, re.IGNORECASE) or h.endswith("?")]
    if columns and marks and len(marks) <= columns:
        cells = _ticks(rest, len(marks), last=len(marks) == columns)
        if cells is not None:
            return _date_apart(cells, header[1:])
    words = re.findall(r"Yes|No(?![a-z])|N/A|[✓✗]\d?", rest)
    if columns and len(words) == columns and not re.sub(r"Yes|No(?![a-z])|N/A|[✓✗]\d?|\s", "", rest):
        return words
    return [tidy(rest)] if rest.strip() else []


_DATE_HEADER = re.compile(r"\b(?:cut-?off|date|deadline|by|due)\b", re.IGNORECASE)


def _date_apart(cells: list[str], headings: Sequence[str]) -> list[str]:
    """Return cells with the date that begins the last in a cell of its own, where its column is before the last."""
    if len(cells) + 1 != len(headings) or not cells or not _DATE_HEADER.search(headings[-2]):
        return cells
    tail = cells[-1]
    blank = re.match(r"(?:N/A|TBC|TBD|Unknown|To be confirmed|[-–—])(?=\s|$)", tail)
    first = next((one for one in dates.find(tail) if one.start == 0), None)
    end = blank.end() if blank else first.end if first else 0
    return [*cells[:-1], tail[:end].strip(), tail[end:].strip()] if end else cells


def _ticks(rest: str, marks: int, *, last: bool) -> list[str] | None:
    """Return the cells of a row's tick columns and what follows; None where they can't be told apart."""
    body = rest[1:] if rest[:1] in " \n" else rest
    tick = r"(?:[✓✗]\d{0,2}|TBC\d?|TBD\d?|Yes|No|N/A|-|–)"
    pieces: list[str] = []
    at = 0
    for _ in range(marks):
        match = re.compile(rf"({tick}|)( |$)").match(body, at)
        if not match:
            break
        pieces.append(match[1])
        at = match.end()
        if not match[2]:
            break
    tail = tidy(body[at:])
    found = re.findall(tick, rest) if last else [p for p in pieces if p]
    if last and len(found) == marks:
        return found
    if len(pieces) == marks and (not last or not tail):
        return [*pieces, tail] if not last else pieces
    if marks == 1 and not last:
        only = re.match(rf"\s*({tick})(?=\s|$|[A-Z])", rest)
        return [only[1], tidy(rest[only.end() :])] if only else ["", tidy(rest)]
    return None


def _columns(lines: Sequence[_Line]) -> tuple[str, ...]:
    """Return the headings of a table's columns from the lines that they are wrapped over or glued in."""
    text = tidy(" ".join(line.text for line in lines))
    parts = (
        [piece.strip() for piece in re.split(r"\s{2,}|\t", lines[0].raw.strip()) if piece.strip()]
        if len(lines) == 1
        else []
    )
    if len(parts) > 1 and all(piece[:1].isupper() for piece in parts):  # "Parts of  the  SEC" is set wide
        return tuple(parts)
    glued = _GLUE.sub("\n", text).split("\n") if len(lines) == 1 else [text]
    found: list[str] = []
    for piece in glued:
        found += [match.strip() for match in _COLUMN.findall(piece)] if _covers(piece) else [piece.strip()]
    return tuple(found)


def _covers(piece: str) -> bool:
    """Whether known headings make up (nearly) all of a piece; what is left of a question is of another column."""
    rest = _COLUMN.sub("", piece)
    return "?" not in rest and len(re.sub(r"\s+", "", rest)) <= len(piece) * 0.2


def _may_head(text: str) -> bool:
    """Whether a line may be a heading: short, no sentence, no date alone, nothing that rows begin with."""
    if len(text) > _LONGEST_HEADING or (text.endswith((".", ",", ";", ":")) and not re.search(r"\betc\.$", text)):
        return False
    if (
        dates.whole(text)
        or statuses.named(text)
        or _LABELLED.match(text.replace("**", ""))
        or not re.search(r"[A-Za-z]{2}", text)
    ):
        return False
    lower = text[0].islower() and not re.match(r"v\d{1,3}\.\d", text)
    return not lower and not _ADDRESS.match(text) and "@" not in text and not _REFERENCE.match(text)


def _heads_a_post(text: str, below: _Line | None, *, first: bool) -> bool:
    """Whether a line with a colon in it is a title: with its day below, or at the top ("SEC Release: User testing")."""
    label = text.partition(":")[0]
    dated = below is not None and (dates.whole(below.text) is not None or (first and below.gap))
    return dated and len(label.split()) > 2 and _may_head(text.replace(": ", " "))


_LABELLED = re.compile(r"^[A-Z][\w’' /()-]{1,40}:\s+\S")


def _is_prose_line(text: str) -> bool:
    """Whether a line without an end is a sentence's beginning rather than a heading."""
    return len(text.split()) > 16 or bool(re.search(r"[.!?]\s+[A-Z]", text))
