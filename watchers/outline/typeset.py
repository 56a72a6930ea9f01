"""What stands where on a page of a PDF: words with their places, gathered into lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.domain.claims import Link
from watchers.outline.words import CROSS, TICK, tidy

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's top left corner."""

_APART = 0.12
"""The gap between two words, in parts of the type's size, from which on a space stands there."""
_RAISED = 0.8
"""The size of a footnote's mark, in parts of its line's, at most."""
_MARK = re.compile(r"(?:\d{1,2}(?:,\d{1,2})*|[*†‡§]+)")
_ORDINAL = re.compile(r"st|nd|rd|th")
_DINGBATS = {"3": TICK, "4": TICK, "5": CROSS, "6": CROSS, "7": CROSS, "8": CROSS, "l": "•", "n": "•", "u": "•"}
_WINGDINGS = {"ü": TICK, "þ": TICK, "û": CROSS, "ý": CROSS, "§": "•", "·": "•", "Ø": "•", "v": "•", "ª": "•"}
_WINGDINGS_2 = {"P": TICK, "R": TICK, "O": CROSS, "Q": CROSS}
_UNMAPPED = re.compile(r"\(cid:(\d+)\)")


@dataclass(slots=True)
class Word:
    """A word with its place and look; `url` where a link lies on it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    url: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """The point that tells in which cell the word stands."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other, from left to right."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    text: str

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the line; the words of one link together."""
        spoken: dict[str, list[Word]] = {}
        for word in self.words:
            if word.url:
                spoken.setdefault(word.url, []).append(word)
        return tuple(Link(tidy(_joined(words)), url) for url, words in spoken.items())


def words(page: Any) -> list[Word]:
    """Return the words of a pdfplumber page; letters that dingbat fonts show as ticks are ticks."""
    for char in page.chars:
        char["text"] = _shown(char["text"], char["fontname"])
    targets = [(link["x0"], link["top"], link["x1"], link["bottom"], link["uri"]) for link in page.hyperlinks]
    found = page.extract_words(x_tolerance_ratio=0.2, y_tolerance=1, extra_attrs=["size", "fontname"])
    return [
        Word(
            w["text"], w["x0"], w["x1"], w["top"], w["bottom"], w["size"], _is_bold(w["fontname"]), _target(w, targets)
        )
        for w in found
        if w["upright"]
    ]


def lines(words: Iterable[Word]) -> list[Line]:
    """Gather words into lines, from top to bottom; marks of footnotes are dropped."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.x0)):
        if rows and _beside(word, rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line for row in rows if (line := _line(sorted(row, key=lambda w: w.x0))).text]


def wrapped(texts: Sequence[str]) -> str:
    """Join the lines of one paragraph; a word broken at its hyphen is one word again."""
    joined = ""
    for text in texts:
        joined += text if not joined or re.search(r"\w-$", joined) else f" {text}"
    return tidy(joined)


def _shown(text: str, font: str) -> str:
    name = font.casefold()
    if not ("dings" in name or "dingbat" in name):
        return text
    if code := _UNMAPPED.fullmatch(text):
        text = chr(int(code[1])) if int(code[1]) < 256 else text
    if "wingdings" in name:
        text = chr(ord(text) - 0xF000) if len(text) == 1 and 0xF000 <= ord(text) <= 0xF0FF else text
        return (_WINGDINGS_2 if re.search(r"wingdings[\s-]?2", name) else _WINGDINGS).get(text, text)
    return _DINGBATS.get(text, text)


def _is_bold(font: str) -> bool:
    return bool(re.search(r"bold|black|heavy|semibold|demi", font, re.IGNORECASE))


def _target(word: dict[str, Any], targets: list[tuple[float, float, float, float, str]]) -> str:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    for x0, top, x1, bottom, uri in targets:
        if x0 <= x <= x1 and top <= y <= bottom and str(uri).startswith(("http://", "https://")):
            return str(uri)
    return ""


def _beside(word: Word, row: list[Word]) -> bool:
    """Whether a word stands in a row: its middle lies within the tallest word there, or the other way about."""
    tallest = max(row, key=lambda w: w.bottom - w.top)
    return tallest.top <= word.middle[1] <= tallest.bottom or word.top <= tallest.middle[1] <= word.bottom


def _line(row: list[Word]) -> Line:
    sizes: Counter[float] = Counter()
    for word in row:
        sizes[round(word.size, 1)] += len(word.text)
    size = sizes.most_common(1)[0][0]
    kept = _without_marks(row, size)
    return Line(
        tuple(kept),
        x0=kept[0].x0,
        x1=kept[-1].x1,
        top=min(w.top for w in kept if w.size >= size * _RAISED),
        bottom=max(w.bottom for w in kept),
        size=size,
        bold=all(w.bold for w in kept if re.search(r"\w", w.text)) and any(w.bold for w in kept),
        text=tidy(_joined(kept)),
    )


def _without_marks(row: list[Word], size: float) -> list[Word]:
    """Drop the small raised marks of footnotes that follow a word; they would be read as part of it."""
    kept = row[:1]
    for before, word in pairwise(row):
        raised = word.size <= size * _RAISED and word.x0 - before.x1 < size / 3
        if not (raised and _MARK.fullmatch(word.text)):
            kept.append(word)
    return kept


def _joined(row: Iterable[Word]) -> str:
    text, end = "", None
    for word in row:
        apart = end is not None and word.x0 - end > word.size * _APART and not _ORDINAL.fullmatch(word.text)
        text += f" {word.text}" if apart else word.text
        end = word.x1
    return text
