"""Lines of a text that can be headings: of a section, or of a table's columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates, statuses
from bot.domain.identifiers import MODIFICATION
from watchers.outline.text.lines import ADDRESS, MONTHS, Line
from watchers.outline.words import tidy
from watchers.phrases import labels

_LONGEST_HEADING = 130
REFERENCE = re.compile(r"^[A-Z]{2,8}(?:_[A-Z0-9]+){1,4}\b.{0,60}$")
_GLUE = re.compile(r"(?<=[a-z?)’'”\"])(?=[A-Z✓✗][a-z]|\d{1,2} [A-Z][a-z]{2})")
_COLUMN = re.compile(
    r"Impacts?\s+[^?]{1,40}?\?|(?:Impacts?|Affects?)\s+(?:(?!Impacts?|Affects?|Current|"
    r"Status)\S+\s?){1,3}|Current status|Decision (?:date|cut-off|path)|Change Board (?:vote|date)|"
    r"Target(?:ed)? release|"
    r"Date published|Date raised|Implementation date|Available on CodeWorks|SEC Modification|"
    r"BEIS Designation|DESNZ Designation|SEC document|Document name|Document title|"
    r"Modification(?: Proposals?)?(?: title| name| number)?|Status|Title|Name|Version|Draft|Published|"
    r"Stage|Date|Reference|Ref|Number|Notes|Comments"
)


def is_label(text: str) -> bool:
    """Whether a line is a label of a modification's page and nothing else, its value on the next: "STATUS"."""
    return text[:1].isupper() and len(text) < _LONGEST_LABEL and labels.role(text) in _LABELS


_LONGEST_LABEL = 40
_LABELS = frozenset({"id", "title", "status", "path", "proposer", "analyst", "parties", "parts", "systems", "date"})


def column_headings(lines: Sequence[Line]) -> tuple[str, ...]:
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


def may_head(text: str) -> bool:
    """Whether a line may be a heading: short, no sentence, no date alone, nothing that rows begin with."""
    if len(text) > _LONGEST_HEADING or (text.endswith((".", ",", ";", ":")) and not re.search(r"\betc\.$", text)):
        return False
    if (
        dates.whole(text)
        or statuses.named(text)
        or _LABELLED.match(text.replace("**", ""))
        or (_ENDS_WITH_ITS_DAY.search(text) and MODIFICATION.search(text))
        or not re.search(r"[A-Za-z]{2}", text)
    ):
        return False
    lower = text[0].islower() and not re.match(r"v\d{1,3}\.\d", text)
    return not lower and not ADDRESS.match(text) and "@" not in text and not REFERENCE.match(text)


_ENDS_WITH_ITS_DAY = re.compile(rf":\s+(?:\w+day,? )?\d{{1,2}}(?:st|nd|rd|th)? {MONTHS} 20\d\d\W*$")


def heads_a_post(text: str, below: Line | None, *, first: bool) -> bool:
    """Whether a line with a colon in it is a title: with its day below, or at the top ("SEC Release: User testing")."""
    label = text.partition(":")[0]
    dated = below is not None and (dates.whole(below.text) is not None or (first and below.gap))
    return dated and len(label.split()) > 2 and may_head(text.replace(": ", " "))


_LABELLED = re.compile(r"^[A-Z][\w’' /()-]{1,40}:\s+\S")


def is_prose_line(text: str) -> bool:
    """Whether a line without an end is a sentence's beginning rather than a heading."""
    words = _NUMBER.sub("", text)
    return len(words.split()) > 16 or bool(re.search(r"[.!?]\s+[A-Z]", words))


_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+")
