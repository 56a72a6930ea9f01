"""Rows of modifications, in any setting: "MP077 'DCC Service Flagging'Implemented", "MP077 | … | ✓ | Approved"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import dates, statuses
from bot.domain.remembered import remembered
from watchers.outline import Block
from watchers.phrases.marks import DELIVERED, IDS, Mark, Marked, marked
from watchers.phrases.titles import QUOTES, cleaned, quoted

_NUMBERED = re.compile(
    r"^[^\w⟦]*(?:\(?\d{1,2}[.)]\s+)?(?:(?:modification|draft)(?: proposal)?\s*:?\s+|SEC\s+(?=[MD]P|"
    r"SECMP))?(?=[A-Z⟦])",
    re.IGNORECASE,
)
_BEFORE_ID = re.compile(r"(?:[\W_\d]|modification|draft|proposal|SEC)*+", re.IGNORECASE)
_LEADS = re.compile(r"(?:SEC )?⟦([A-Z]\d+)⟧")
_SEPARATED = re.compile(r"\s*[:|–—-]")
_BARS = re.compile(r"\s*\|\s*|\t")
_BARE_PART = re.compile(r"(?<![–—-])\s+part (?:\d|one|two|three)$")
_NO_WORDS = re.compile(r"(?:yes|no|tbc|tbd|n/?a|[✓✗–-])\d?", re.IGNORECASE)
_SEPARATOR = re.compile(r"^[\s:;,|–—-]+")
_VERB = re.compile(
    r"\b(?:will|has|have|had|is|are|was|were|would|should|may|can|cannot|must|does|removes|places|"
    r"implements|makes|extends|introduces|"
    r"amends|adds|updates|clarifies|allows|enables|requires|seeks|aims|proposes|changes the|provides|"
    r"ensures|addresses)\b"
)
_AUXILIARY = re.compile(r"\b(?:will|has|have|had|is|are|was|were|been|would|should|may|can|cannot|must|does)\b")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_STATUS_AT_THE_END = re.compile(
    r"(?P<title>.*?)(?:\s*[–—|:,-]\s*|\s*[(\[]\s*|\s+)(?P<status>"
    + "|".join(
        re.escape(words).replace(r"\ ", r"\s+")
        for words in sorted(statuses.WORDS, key=len, reverse=True)
        if words not in ("implementation", "development")
    )
    + r")\s*[)\].*]*$",
    re.IGNORECASE,
)
_LONGEST_TITLE = 160
_FIRST_CELLS = 3
"""So far from the left an id may stand where no heading says that its column holds ids."""
_LONGEST_BEFORE = 40
"""Characters of a cell that stands before a row's id and is not its title."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its column's heading."""

    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row about one thing: its mark (id, title, part delivered) and its other cells."""

    mark: Mark
    title: str
    cells: tuple[Cell, ...]
    prose: str = ""


def leading(text: str, kinds: str = "M", release: str = "") -> tuple[Mark, Marked, str] | None:
    """Return the id that a text begins with, the marked text and what follows the id in it; None for none.

    `release` is the section's: which it is changes nothing, but a text is marked once where all ask alike.
    """
    return _leading(text, kinds, release)


@remembered
def _leading(text: str, kinds: str, release: str) -> tuple[Mark, Marked, str] | None:
    starts = [match.start() for kind in kinds if (match := IDS[kind].search(text))]
    if not starts or not _BEFORE_ID.fullmatch(text, 0, min(starts)):
        return None
    whole = marked(text, release)
    plain = _NUMBERED.sub("", whole.text, count=1)
    match = _LEADS.match(plain)
    if not match or match[1][0] not in kinds:
        return None
    return whole.marks[match[1]], whole, plain[match.end() :]


def row(block: Block, kinds: str = "M", release: str = "") -> Row | None:
    """Return the row that a block is, None where it begins with no id. `release`: as for `leading`."""
    return _of_cells(block, kinds) if len(block.cells) > 1 else _of_text(block.text, kinds, release)


@remembered
def _of_text(text: str, kinds: str, release: str) -> Row | None:
    found = leading(text, kinds, release)
    if not found:
        return None
    mark, whole, rest = found
    rest = whole.plain(rest)
    if mark.title:
        return Row(mark, mark.title, tuple(_cells(rest)), rest)
    title, after = _bare_title(rest)
    return Row(mark, title, tuple(_cells(after)), after)


def _cells(rest: str) -> Iterator[Cell]:
    for piece in _BARS.split(rest):
        plain = _SEPARATOR.sub("", piece).strip()
        if plain.startswith(("(", "[")) and plain.endswith((")", "]")):
            plain = plain[1:-1].strip()
        status, stop, more = plain.partition(". ")
        if stop and statuses.named(status):
            yield Cell("", status)
            plain = more.strip()
        if plain:
            yield Cell("", plain)


def _bare_title(rest: str) -> tuple[str, str]:
    """Return the title without quotes that follows an id in a row, and what comes after it."""
    separated = bool(_SEPARATED.match(rest))
    first, bar, more = _SEPARATOR.sub("", rest).partition("|")
    first = first.strip()
    if not first or not (first[0].isupper() or first[0].isdigit()) or statuses.named(first) or dates.whole(first):
        return "", rest
    status = ""
    if match := _STATUS_AT_THE_END.fullmatch(first):
        first, status = match["title"].strip(" ,:–—-("), match["status"]
    elif (trailing := re.fullmatch(r"(.+?)\s+[–—-]\s+(\S.{5,})", first)) and _tells_more(trailing[2]):
        first, status = trailing[1], trailing[2]
    elif trailing := re.fullmatch(r"(.+?)\s*\(([^()]{3,})\)", first):
        first, status = (trailing[1], trailing[2]) if _tells(trailing[2]) else (first, "")
    if len(first) > _LONGEST_TITLE or _SENTENCE_END.search(first) or (_VERB.search(first) and not separated):
        return "", rest
    if statuses.named(first) or (_VERB.search(first) and _SENTENCE_END.search(rest)):
        return "", rest
    return cleaned(first), " | ".join(piece for piece in (status, more if bar else "") if piece.strip())


def _tells_more(words: str) -> bool:
    """Whether what stands behind a dash is no part of a title: it has a date, or says who decides or what becomes."""
    sentence = re.fullmatch(r"[A-Z].{12,}\.", words)
    return bool(sentence or statuses.named(words.partition("(")[0]) or dates.find(words) or _BECOMES.search(words))


_BECOMES = re.compile(
    r"\b(?:awaited|awaiting|pending (?:a|the|decision)|now (?:aimed|targeted|due|planned|in)|"
    r"(?:to be )?decided by|decision by|"
    r"moved to|withdrawn|with the authority|change board (?:vote|recommended|approved|rejected)|on hold)\b",
    re.IGNORECASE,
)


def _tells(words: str) -> bool:
    return bool(
        statuses.named(words)
        or dates.find(words)
        or re.search(r"\bimpact|\baffect|\bapprov|\bgovernance\b", words, re.IGNORECASE)
    )


@remembered
def _of_cells(block: Block, kinds: str) -> Row | None:
    """Return the row of a table: the id in one of the first cells, or below a heading that says so; its title there
    too or in the next.
    """
    for at, text in enumerate(block.cells):
        headed = _heads_ids(_header(block, at))
        found = leading(text, kinds) if headed or at < _FIRST_CELLS else None
        if not found or not (headed or all(_may_stand_before(cell) for cell in block.cells[:at])):
            continue
        mark, whole, rest = found
        others = [Cell(_header(block, n), cell) for n, cell in enumerate(block.cells) if n != at]
        title, tail = mark.title, whole.plain(rest)
        if not title:
            title, tail = _bare_title(tail)
        if not title and not tail.strip(" :–—-"):
            title, part, others = _title_cell(others)
            mark = mark._replace(title=title, part=part)
        if piece := _SEPARATOR.sub("", tail).strip():
            others.insert(0, Cell("", piece.removeprefix("(").removesuffix(")") if piece.startswith("(") else piece))
        return Row(mark, title, tuple(cell for cell in others if cell.text), "")
    return None


def _may_stand_before(text: str) -> bool:
    """Whether a cell can stand before a row's id: a short one, or the title itself."""
    return len(text) <= _LONGEST_BEFORE or _is_quoted(text)


def _is_quoted(text: str) -> bool:
    found = quoted(text)
    return found is not None and not text[found[1] :].strip()


def _header(block: Block, n: int) -> str:
    return block.header[n] if n < len(block.header) else ""


@remembered
def _heads_ids(header: str) -> bool:
    return bool(_ID_COLUMN.search(header))


@remembered
def _heads_no_title(header: str) -> bool:
    """Whether a column is one of something else than titles, as far as its heading tells."""
    return bool(_NOT_A_TITLE_COLUMN.search(header) or (header and not _TITLE_COLUMN.search(header)))


_ID_COLUMN = re.compile(r"^\W*(?:modification|proposal|mod|id|number|no|ref(?:erence)?)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:title|name)\b", re.IGNORECASE)
_TITLE_COLUMN = re.compile(r"\b(?:title|name|description|modification|proposal|subject|change|what)\b", re.IGNORECASE)
_NOT_A_TITLE_COLUMN = re.compile(
    r"\b(?:status|stage|date|impact|affect|release|path|decision|proposer|type|party|parties)\b", re.IGNORECASE
)


_TOLD = re.compile(
    r",?\s+(?:(?:which|and|now|also|still) )*(?:is|was|are|were|has|have|had|will|went|goes|came|comes|remains|stays|"
    r"closes|"
    r"closed|opens|opened)\b"
)
"""How a cell goes on behind a title with what is told of it: "‘Panel appeals’ is out for consultation"."""


def _title_cell(others: list[Cell]) -> tuple[str, str, list[Cell]]:
    """Return the title that stands in a cell of its own with the part that is delivered, and the other cells."""
    below_title = [n for n, cell in enumerate(others) if _TITLE.search(cell.header)]
    for n in dict.fromkeys((*below_title, *range(min(len(others), 2)))):
        cell = others[n]
        if not cell.text or _heads_no_title(cell.header):
            continue
        found = quoted(cell.text)
        told = found is not None and bool(_TOLD.match(cell.text, found[1]))
        if not (told or _may_be_title(cell.text)):
            continue
        if found and re.match(r"\s+(?!part \d)[a-z]", cell.text[found[1] :]) and not told:
            found = None  # the quotes are the title's own: ‘Change of Supplier’ flag
        title, tail = (found[0], cell.text[found[1] :]) if found else (cleaned(cell.text), "")
        if not found and (bare := _BARE_PART.search(title)):
            title, tail = title[: bare.start()], bare[0]
        part = DELIVERED.fullmatch(tail)
        rest = [Cell("", tail.strip())] if tail.strip() and not part else []
        return title, part["part"] if part else "", others[:n] + rest + others[n + 1 :]
    return "", "", others


def title_alone(text: str) -> str:
    """Return the title that a line consists of, with or without quotes; "" where it is something else."""
    if (found := quoted(text)) is not None:
        return found[0] if not text[found[1] :].strip(" .*") else ""
    plain = text.strip()
    sentence = _SENTENCE_END.search(plain) or _AUXILIARY.search(plain) or plain.endswith((":", ";", ","))
    return cleaned(plain) if plain[:1].isupper() and _may_be_title(plain) and not sentence and ":" not in plain else ""


def _may_be_title(text: str) -> bool:
    return not (
        (text[0] in QUOTES and quoted(text) is None)  # cut off by a table that was read wrongly
        or statuses.named(text)
        or dates.whole(text)
        or len(text) < 4
        or len(text) > _LONGEST_TITLE
        or _SENTENCE_END.search(text)
        or _NO_WORDS.fullmatch(text)
    )
