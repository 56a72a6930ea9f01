"""The day on which a post was posted: the line below its heading, or what its first paragraph begins with."""

from __future__ import annotations

import re

from bot.domain import dates
from bot.domain.remembered import remembered
from watchers.outline import Block

_SAYS_POSTED = r"(?:date )?(?:posted|published|issued|date|added|written)(?: date)?"
_WHO = r"(?:the )?(?:[A-Z][\w&’'-]*(?: (?:[A-Z&][\w&’'-]*|and|of|the)){0,4}|\w+ team)"
_CATEGORY = (
    r"(?:(?:in|category|categories|filed under|tags?)\s*:?\s*)?(?:(?:latest |sec |our )?(?:news|sec|secas|"
    r"updates?|releases?|"
    r"modifications?|team|announcements?|notices?|articles?|posts?|press release)\W*)"
)
_READING_TIME = r"\d{1,2}[ -]min(?:ute)?s?(?: read)?"
_TIME = r"(?:at )?\d{1,2}[:.]\d\d\s*(?:am|pm|gmt|bst)?|\d{1,2}\s*(?:am|pm)"
_PLACE = r"(?:London|Great Britain)"
_UPDATED = r"(?:(?:last )?(?:updated|modified|amended|edited|revised)|by|in)\b.*"
_BETWEEN = r"[\s|,.:;·•()/–—-]*"
_POSTED = re.compile(
    rf"{_BETWEEN}(?:(?i:{_SAYS_POSTED}|{_CATEGORY}|{_READING_TIME}|{_PLACE}|on)\b{_BETWEEN}|"
    rf"(?i:by) {_WHO}\b{_BETWEEN})*"
)
_BYLINE = re.compile(rf"{_BETWEEN}(?:(?i:{_TIME}|{_READING_TIME}|{_CATEGORY}|{_UPDATED}){_BETWEEN})*")
_DATELINE = re.compile(rf"\W*(?:{_PLACE},?\s*)?$", re.IGNORECASE)
_LONGEST_BYLINE = 80


def posted_on(block: Block) -> str:
    """Return the date that a line below a post's heading consists of, with whose it is; "" for another line."""
    return _posted_on(block.text)


@remembered
def _posted_on(line: str) -> str:
    text = " ".join(line.split())
    if len(text) > _LONGEST_BYLINE:
        return ""
    found = dates.find(text)
    if not found or len(found[0].value) < len("2021-11-04"):
        return ""
    before, after = text[: found[0].start], text[found[0].end :]
    if _UPDATED_ONLY.search(before) and not _POSTED_TOO.search(text):
        return ""
    return found[0].value if _POSTED.fullmatch(before) and _BYLINE.fullmatch(after) else ""


_UPDATED_ONLY = re.compile(r"\bupdated\b", re.IGNORECASE)
_POSTED_TOO = re.compile(r"\b(?:posted|published)\b", re.IGNORECASE)


def dateline(block: Block) -> str:
    """Return the date with which a post's first paragraph begins: "19 July 2022 – SEC v62.0 came into effect …"."""
    found = dates.find(block.text[:_LONGEST_BYLINE]) if block.kind == "paragraph" else []
    if not found or len(found[0].value) < len("2021-11-04") or not _DATELINE.match(block.text[: found[0].start]):
        return ""
    return found[0].value if re.match(r"\s*(?:[–—|]|-\s|:)\s*[A-Z]", block.text[found[0].end :]) else ""
