"""Cells of a row that an extraction has run together behind its name: "ApprovedSelf-Governance✓" → three cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.domain import dates, statuses
from bot.domain.remembered import remembered

_STATUS = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in sorted(statuses.WORDS, key=len, reverse=True))
_PATH = (
    r"self[- ]?governance|authority[- ]determin(?:ed|ation)|authority[- ]led|fast[- ]?track|urgent(?= |$|[A-Z0-9✓✗])"
)
_TICK = r"[✓✗]\d?|Yes|No(?![a-z])|N/A"
_DATE = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{dates.MONTH})\s+20\d\d|(?:{dates.MONTH})\s+20\d\d"
_NONE = r"TBC\d?|TBD|N/A|[–-](?=\s|$)"
_KINDS = (
    ("tick", re.compile(r"^(?:impacts?|affects?)\b|\?$", re.IGNORECASE), _TICK),
    ("path", re.compile(r"\bpath\b|\bgovernance\b|\broute\b|\bdecided by\b", re.IGNORECASE), _PATH),
    ("status", re.compile(r"\b(?:status|stage|position|phase)\b", re.IGNORECASE), _STATUS),
    (
        "date",
        re.compile(
            r"\b(?:date|cut[- ]?off|by|on|vote|approved|published|go[- ]live|board|issued|opens?|opened|"
            r"clos(?:es|ed|ing)|deadline|until|from)\b",
            re.IGNORECASE,
        ),
        _DATE,
    ),
)


def glued(rest: str, headings: Sequence[str]) -> list[str] | None:
    """Return the cells that stand together in `rest`, one for each heading (or, without headings, as they come).

    None where they can't be told apart: a column holds free text, or something is left over.
    """
    plain = " ".join(rest.split())
    if not plain:
        return None
    if not headings:
        return _unheaded(plain)
    kinds = [_kind(heading) for heading in headings]
    if not all(kinds) or len(set(kinds)) < 2:
        return None
    cells: list[str] = []
    at = 0
    for form in kinds:
        match = _cell(form).match(plain, at)
        cells.append(match["cell"] if match else "")
        at = match.end() if match else at
    whole = not plain[at:].strip() and sum(form == _TICK for form in kinds) in (0, 1, _ticked(cells, kinds))
    return cells if whole else None


@cache
def _cell(form: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<cell>{form}|{_NONE})", re.IGNORECASE)


_GLUE = re.compile(r"^[A-Za-z’'”\")\]]\d|20\d\d\d")


def dated(rest: str, headings: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the words before the dates that are glued together at the end of a row, and a date for each column of
    dates at the end of the headings; None where the row has others.
    """
    columns = 0
    while columns < len(headings) and _kind(headings[-1 - columns]) == _DATE:
        columns += 1
    found = _ending_in_dates(columns).match(" ".join(rest.split())) if columns else None
    if not found or (found["words"] and not _GLUE.search(found["words"][-1:] + found["dates"])):
        return None
    return found["words"].strip(), _DATED.findall(found["dates"])


_DATED = re.compile(rf"{_DATE}|TBC|TBD", re.IGNORECASE)


@lru_cache(32)
def _ending_in_dates(columns: int) -> re.Pattern[str]:
    return re.compile(rf"^(?P<words>.*?)(?P<dates>(?:(?:{_DATE}|TBC|TBD)\s*){{{columns}}})$", re.IGNORECASE)


@remembered
def _kind(heading: str) -> str:
    return next((form for _, words, form in _KINDS if words.search(heading)), "")


def _ticked(cells: Sequence[str], kinds: Sequence[str]) -> int:
    return sum(bool(cell) for cell, form in zip(cells, kinds, strict=True) if form == _TICK)


_ANY = re.compile(rf"\s*({_STATUS}|{_PATH}|{_DATE}|{_TICK}|TBC)", re.IGNORECASE)


def _unheaded(plain: str) -> list[str] | None:
    """Return the cells of a row whose table has lost its headings: a status, a path, a date and ticks in any order."""
    cells: list[str] = []
    at = 0
    while at < len(plain) and (match := _ANY.match(plain, at)):
        cells.append(match[1])
        at = match.end()
    return cells if len(cells) > 1 and not plain[at:].strip(" .") else None
