"""PDF → outline: paragraphs joined again, headings by their type, tables by their rules or columns, no page furniture.

pdfplumber says where every letter stands; everything else is read off that. A table that goes on over a page is one
table, its repeated header is dropped and a row cut by the break is made whole.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from watchers.outline import Block, Outline
from watchers.outline.flow import Measure, flow, footnotes, without_furniture
from watchers.outline.grid import TooManyCells
from watchers.outline.sheet import Sheet, rows, ruled
from watchers.outline.typeset import Line, lines, words
from watchers.outline.unruled import unruled
from watchers.outline.words import tidy

LARGEST = 20_000_000
"""Bytes of a PDF that are read."""
MOST_PAGES = 200
MOST_STREAMS = 20_000
MOST_COUNTED = 2_000_000
"""Numbers in all ranges that a PDF names, such as the characters of a font that are of one width."""
MOST_INFLATED = 60_000_000
"""Bytes that all its streams may have when inflated."""

_PIECE = 65536
_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises besides its own errors where a file isn't what it says it is."""
_Placed = tuple[int, float, list[Block]]
"""Blocks with the page and height at which they begin."""


class _Refused(ValueError):
    """A PDF that is not read, and why."""


class _Counting:
    """Stands for `range` where pdfminer counts from one number of a file to another."""

    def __init__(self) -> None:
        """Begin with a document."""
        self.left = MOST_COUNTED

    def range(self, *given: int) -> range:
        """Return the range, unless a document with it counts further than any document does."""
        made = range(*given)
        self.left -= len(made[: self.left + 1])
        if self.left < 0:
            raise _Refused(f"The PDF counts further than {MOST_COUNTED:,}, as none does that means it.")
        return made


def outline(body: bytes, url: str = "") -> Outline:
    """Return the outline of a PDF; of what is none, encrypted, broken or too large the `trouble` says so."""
    import pdfplumber
    from pdfminer import cmapdb, pdfdocument, pdffont
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    # pdfminer says on its log what it thinks of each font; what matters of it comes as trouble
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    bounded = _Counting().range
    for module in (cmapdb, pdfdocument, pdffont):
        module.range = bounded  # type: ignore[attr-defined]  # pdfminer counts as far as a file says, be it for years
    try:
        _check(body)
        with pdfplumber.open(io.BytesIO(body)) as document:
            return _outline(document, url)
    except (_Refused, TooManyCells) as refused:
        return Outline((), "pdf", url=url, trouble=str(refused))
    except (PSException, PdfminerException, MalformedPDFException, *_STUMBLES) as error:
        if isinstance(error, PDFPasswordIncorrect) or isinstance(
            error.args[:1] and error.args[0], PDFPasswordIncorrect
        ):
            return Outline((), "pdf", url=url, trouble="The PDF is encrypted and opens only with a password.")
        return Outline((), "pdf", url=url, trouble=f"The PDF is broken and can't be read ({type(error).__name__}).")


def _check(body: bytes) -> None:
    if b"%PDF-" not in body[:1024]:
        raise _Refused("The body is not a PDF.")
    if len(body) > LARGEST:
        raise _Refused(f"The PDF has {len(body):,} bytes; at most {LARGEST:,} are read.")
    left = MOST_INFLATED
    if body.count(b"stream") > 2 * MOST_STREAMS:
        raise _Refused(f"The PDF has more than {MOST_STREAMS:,} streams.")
    for stream in re.finditer(rb"stream\r?\n(?=[xhXH8])", body):
        left -= sum(map(len, _twice(_inflated(_pieces(body, stream.end())))))
        if left <= 0:
            raise _Refused(f"The PDF inflates to more than {MOST_INFLATED:,} bytes.")


def _pieces(body: bytes, start: int) -> Iterator[bytes]:
    return (body[at : at + _PIECE] for at in range(start, len(body), _PIECE))


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what a deflated stream inflates to, up to the cap; nothing where it isn't one."""
    inflater, left = zlib.decompressobj(), MOST_INFLATED
    try:
        for piece in pieces:
            rest = piece
            while rest and not inflater.eof and left >= 0:
                inflated = inflater.decompress(rest, _PIECE * 16)
                left -= len(inflated)
                yield inflated
                rest = inflater.unconsumed_tail
            if inflater.eof or left < 0:
                return
    except zlib.error:
        return


def _twice(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a stream as it is and, where it is deflated a second time, inflated once more."""
    first = next(pieces, b"")
    if first[:1] != b"x":
        return chain([first], pieces)
    return chain([first], _inflated(chain([first], pieces)))


def _outline(document: Any, url: str) -> Outline:
    if len(document.pages) > MOST_PAGES:
        raise _Refused(f"The PDF has {len(document.pages)} pages; at most {MOST_PAGES} are read.")
    if not document.pages:
        raise _Refused("The PDF is broken: it has no pages.")
    sheets: list[tuple[int, Sheet]] = []
    running: list[tuple[float, list[Line]]] = []
    sizes: Counter[float] = Counter()
    for number, page in enumerate(document.pages):
        found = words(page)
        for word in found:
            sizes[word.size] += len(word.text)
        tables = ruled(page, found)
        held = set[int]().union(*(inside for _, inside in tables))
        sheets += [(number, sheet) for sheet, _ in tables]
        running.append((float(page.height), lines(word for n, word in enumerate(found) if n not in held)))
        page.close()
    if not sizes:
        raise _Refused("The PDF has no text: its pages are pictures.")
    pages = without_furniture(running, sizes.most_common(1)[0][0])
    blocks = _blocks(pages, sheets)
    return Outline(blocks, "pdf", url=url, title=tidy(str((document.metadata or {}).get("Title") or "")))


def _blocks(pages: list[list[Line]], sheets: list[tuple[int, Sheet]]) -> tuple[Block, ...]:
    measure = Measure.of(pages)
    notes: list[list[Line]] = []
    texts: list[list[Line]] = []
    for number, page in enumerate(pages):
        text, small = footnotes(page, measure)
        notes.append(small)
        texts.append(_without_columns(text, number, sheets))
    measure = Measure.of(texts) if any(texts) else measure  # the lines of cells stand closer, or between one another
    joined = _joined(sorted(sheets, key=lambda s: (s[0], s[1].box[1])), texts)
    placed: list[_Placed] = [(number, top, [block]) for number, top, block in _parted(texts, joined, measure)]
    placed += [(number, sheet.box[1], rows(sheet, n)) for n, (number, sheet) in enumerate(joined, 1)]
    placed.sort(key=lambda one: one[:2])
    after = [block for _, _, block in flow(notes, Measure.of(notes))] if any(notes) else []
    return (*(block for _, _, several in placed for block in several), *after)


def _without_columns(page: list[Line], number: int, sheets: list[tuple[int, Sheet]]) -> list[Line]:
    """Take the tables without rules out of a page's lines."""
    taken: set[int] = set()
    for sheet, start, end in unruled(page):
        sheets.append((number, sheet))
        taken.update(range(start, end))
    return [line for n, line in enumerate(page) if n not in taken]


def _joined(sheets: list[tuple[int, Sheet]], texts: list[list[Line]]) -> list[tuple[int, Sheet]]:
    """Join the tables that go on over a page: last on one, first on the next, with the same columns."""
    joined: list[tuple[int, Sheet]] = []
    ends = -1
    for number, sheet in sheets:
        first = not any(line.bottom <= sheet.box[1] for line in texts[number])
        if (
            joined
            and number == ends + 1
            and first
            and joined[-1][1].goes_on(sheet)
            and _is_last(joined[-1][1], texts[ends])
        ):
            joined[-1][1].join(sheet)
            joined[-1][1].box = (*joined[-1][1].box[:3], sheet.box[3])
        else:
            joined.append((number, sheet))
        ends = number
    return joined


def _is_last(sheet: Sheet, page: list[Line]) -> bool:
    return not any(line.top >= sheet.box[3] - 1 for line in page)


def _parted(
    texts: list[list[Line]], sheets: list[tuple[int, Sheet]], measure: Measure
) -> list[tuple[int, float, Block]]:
    """Read the running text in the stretches between tables: no paragraph goes on behind one."""
    cuts = [(number, sheet.box[1]) for number, sheet in sheets]
    found: list[tuple[int, float, Block]] = []
    stretch: list[list[Line]] = [[] for _ in texts]
    at = 0
    for number, page in enumerate(texts):
        for line in page:
            while at < len(cuts) and cuts[at] <= (number, line.top):
                found += flow(stretch, measure)
                stretch = [[] for _ in texts]
                at += 1
            stretch[number].append(line)
    return found + flow(stretch, measure)
