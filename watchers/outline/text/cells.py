"""A line of a text parted into the cells of its row: by what parts them, or by the columns of its table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates, statuses
from bot.domain.remembered import remembered
from watchers.outline.glued import dated, glued
from watchers.outline.text.lines import MONTHS, Line
from watchers.outline.text.names import ID_START, LETTER
from watchers.outline.words import tidy
from watchers.phrases.marks import PART
from watchers.phrases.titles import QUOTES, quoted


def unmarked(text: str) -> str:
    """Return text without the marks of Markdown."""
    text = re.sub(r"\[([^\]]{1,200})\]\(https?://[^)\s]+\)", r"\1", text)
    return tidy(re.sub(r"(?<!\w)(\*\*|__)(.+?)\1(?!\w)", r"\2", text))


def parted_cells(raw: str) -> list[str]:
    """Return a line's cells where something parts them, [] where nothing does."""
    line = raw.strip()
    if "|" in line and (line.startswith("|") or " | " in line):
        cells = (
            [unmarked(cell) for cell in line.strip("|").split("|")]
            if line.startswith("|")
            else [unmarked(cell) for cell in line.split("|")]
        )
        return cells if len(cells) > 1 or (line.startswith("|") and line.endswith("|")) else []
    if paired := _LABEL_AND_VALUE.fullmatch(line):
        return [unmarked(paired["label"]), unmarked(paired["value"])]
    if "\t" in line:
        cells = [unmarked(cell) for cell in raw.strip(" ").split("\t")]  # the first cell may be empty
        return cells if len(cells) > 1 else []
    return []


_LABEL_AND_VALUE = re.compile(
    rf"(?P<label>[A-Z][^\t|:.]{{1,48}}?):?\s{{3,}}(?P<value>(?:by |due |end of )?\d{{1,2}}(?:st|nd|rd|"
    rf"th)? {MONTHS} 20\d\d\b[^\t|]{{0,60}})"
)
"""A label with its date far behind it, as a printed page sets them."""


def joined_raw(lines: Sequence[Line]) -> str:
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


@remembered
def row_cells(raw: str, header: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return a row's cells: its name, then what stands beside it, by the columns that its table has."""
    plain = raw.lstrip()
    match = ID_START.match(plain)
    if match:
        end = match.end() + bool(LETTER.match(plain[match.end() :]))
        found = quoted(plain, end)
        name_end = found[1] if found else end
        if found and (
            part := re.match(r"\s*+[,(]?\s*+part (?:\d|one|two|three)\)?\b", plain[name_end:], re.IGNORECASE)
        ):
            name_end += part.end()
    elif (part_end := _part_name_end(plain)) is not None:
        name_end = part_end
    else:
        return None
    name, rest = tidy(plain[:name_end]), plain[name_end:]
    if not rest.strip() and len(header) < 2:
        return (name,)
    if _runs_on(rest):
        return None
    if (told := dated(rest, header)) and len(told[1]) + 2 == len(header):
        return name, *told[:1], *told[1]
    if told and len(told[1]) + 1 == len(header):
        return f"{name} {told[0]}".strip(), *told[1]
    return name, *_beside(rest, max(len(header) - 1, 0), header)


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


DATE_HEADER = re.compile(r"\b(?:cut-?off|date|deadline|by|due)\b", re.IGNORECASE)


def _date_apart(cells: list[str], headings: Sequence[str]) -> list[str]:
    """Return cells with the date that begins the last in a cell of its own, where its column is before the last."""
    if len(cells) + 1 != len(headings) or not cells or not DATE_HEADER.search(headings[-2]):
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
