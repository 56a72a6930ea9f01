"""The title of an item: quoted, in a cell of its own, or what follows the id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates, statuses
from watchers.outline import Block
from watchers.phrases.marks import Marked, marked
from watchers.phrases.titles import QUOTES, cleaned, unquoted
from watchers.recognisers._consulting.entries import ConsultingClaims
from watchers.recognisers._consulting.kinds import BODIES, KIND, SENTENCE, STAGES

_TITLE_HEADER = re.compile(
    r"\b(?:title|name|description|modification|proposal|subject|topic|consultation|what|change|item)\b",
    re.IGNORECASE,
)
_NAMES_TITLE = re.compile(r"\b(?:title|name)\b", re.IGNORECASE)
_NOT_TITLE_HEADER = re.compile(
    r"\b(?:type|stage|status|date|clos\w+|open\w*|deadline|proposer|raised|lead|analyst|path|link|documents?|"
    r"respond|response|"
    r"phase|part(?:y|ies)|owner|contact|notes?|summary|details?|impact\w*)\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    rf"\s{{0,2}}(?:\||⟦[MDRVY]|[:;,–—(\[-]{{0,4}}\s*(?<![\w’'])(?:{KIND})(?!\w)"
    r"|[–—:;,(\[-]\s*(?:clos|open|deadline|respon|issued|publish|launch|end|extend)\w*"
    r"|\b(?:clos(?:es|ed|ing)|open(?:s|ed|ing)?|deadline|respon(?:d|ses)|issued|published|ends|ended|until|by|"
    r"from|extended)\b"
    r"[^⟦⟧|]{0,40}⟦D)",
    re.IGNORECASE,
)
_LINKS_ALONE = re.compile(
    r"\W*(?:view|download|read|see|open|respond|go to|consultation|documents?|more|here|link|pdf|form|response)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 160
_LINK_WORDS = 4
"""Words that a link's text has fewer of: "View the consultation"."""
_ONE_WORD = 8
"""Letters that a title of one word has at least."""
_NO_TITLE = re.compile(
    rf"{KIND}|{STAGES}|(?:{BODIES})|Self[- ]Governance|Authority[- ]\w+",
    re.IGNORECASE,
)


class TitleReading(ConsultingClaims):
    """Reads titles."""

    def title_cell(self, others: Sequence[tuple[str, str]]) -> str:
        """Find the title in a cell of its own; return that cell, "" where there is none."""
        entry = self.entry
        if entry is None or entry.titled:
            return ""
        for header, text in others:
            if header and (not _TITLE_HEADER.search(header) or _NOT_TITLE_HEADER.search(header)):
                continue
            plain = unquoted(text)
            whole = plain != cleaned(text) or (_NAMES_TITLE.search(header) and _may_be_title(plain))
            title = plain if whole else bare_title(marked(text).text, marked(text))
            if title and len(title) == len(plain):
                self.title(title, entry.name)
                return text
        return ""

    def title(self, title: str, quote: str) -> None:
        """Claim the item's title."""
        entry = self.entry
        plain = unquoted(title) if title else ""
        if entry is None or not plain or len(entry.ids) != 1 or entry.titled:
            return
        entry.titled = True
        self.of_entry("title", plain, quote, "title")

    def title_marks(self, block: Block) -> None:
        """Titles stand wherever an id is followed by one in quotes."""
        for mark in marked(block.text).of("M"):
            if mark.title:
                self.claim(f"modification:{mark.value}", "title", mark.title, block.text, "title")


def bare_title(rest: str, whole: Marked) -> str:
    """Return the title without quotes that follows an id, "" where what follows is none."""
    text = re.sub(r"^[\s:;,|–—-]+", "", rest)
    cut = _CUT.search(text)
    first = whole.plain(text[: cut.start()] if cut else text).strip(" :;,–—|(-")
    first = unquoted(first)
    begins = re.match(rf"[{QUOTES}]?[A-Z0-9]", first)
    if not begins or len(first) < 4 or len(first) > _LONGEST_TITLE or SENTENCE.search(first):
        return ""
    if statuses.named(first) or dates.find(first) or _NO_TITLE.fullmatch(first):
        return ""
    if len(first.split()) < _LINK_WORDS and _LINKS_ALONE.match(first):
        return ""
    return cleaned(first) if " " in first or len(first) >= _ONE_WORD else ""


def _may_be_title(text: str) -> bool:
    """Whether a cell below the heading of titles can be one: it is no date, no status and no kind of consultation."""
    return not (dates.whole(text) or statuses.named(text) or _NO_TITLE.fullmatch(text)) and len(text) > 3
