"""Which versions of the SEC a post names: in full ("SEC v62.0"), or for short where the number can be no other's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.forms import worded
from bot.domain.remembered import remembered
from watchers.outline import Block
from watchers.phrases.marks import Mark, Marked, marked

_SHORT = worded(
    r"(?<![\w.])v(?:ersion\s+v?)?\s?(?P<number>\d{1,3}\.\d{1,2})(?![.\d]*\d)(?!\s*\((?:draft|mark)|\s+draft\b)"
)
_POINT = re.compile(r"\d\.\d")
_OF_ANOTHER = re.compile(
    r"(?:⟦P\d+⟧(?:\s*[‘'“\"][^’'”\"]{0,80}[’'”\"])?|\b(?:GBCS|SMETS ?[12]?|E?CHTS|DUIS|MMC|CTSD|TMAD|S1SR|TSAT|XML|"
    r"schemas?|specifications?|(?<!no )drafts?|software|firmware|guidance|manual|templates?|policy|"
    r"tables?|catalogue|handbook|framework|plan))\b[^.;:,⟦]{0,40}$",
    re.IGNORECASE,
)
_OF_A_SITE = re.compile(
    r"\b(?:web ?site|portal|app|tool|page|system|software|service|platform|site)\b (?:\w+ ){0,2}(?:mov|updat|upgrad|"
    r"went|"
    r"chang|migrat|switch)\w* to $",
    re.IGNORECASE,
)
_A_NAME = re.compile(r"\b(?!SEC\b|Code\b|The\b|Our\b|Now\b|An?\b|In\b|To\b|For\b|From\b|Of\b|With\b)[A-Z][\w&/-]*\s+$")
"""What carries the number where a word with a capital stands just before it: "CodeWorks v2.0"."""
_SPEAKS_OF_THE_SEC = re.compile(r"\bSEC\b|\bSmart Energy Code\b|\bthe Code\b|\bCode\b")
VERSION_LABEL = re.compile(
    r"\W*(?:(?:new|current|latest) )?(?:(?:SEC|Code) )?version(?: (?:number|no\.?|of the (?:SEC|Code)|issued))?\W*",
    re.IGNORECASE,
)
"""What stands beside or above the number of a version of the SEC."""
NUMBER = re.compile(r"\W*(?:SEC\s+)?(?:v(?:ersion)?\.?\s*)?(?P<number>\d{1,3}\.\d{1,2})\W*", re.IGNORECASE)
_POINTS = re.compile(r"\W*(?:read|see|find out|related|also|next|previous|more)\b[^.]{0,20}:", re.IGNORECASE)
"""How a line begins that points to another post: "Read more: SEC v63.0 released"."""
_BEFORE = 300
"""Characters before a number in which its owner is looked for."""
_SPOKEN_OF = 3
"""So many blocks below a heading can tell which version a post is about."""


def versioned(whole: Marked) -> Marked:
    """Return a text with the versions that it names for short marked too."""
    return _versioned(whole) if _POINT.search(whole.text) else whole


@remembered
def _versioned(whole: Marked) -> Marked:
    pieces, marks, at = list[str](), dict(whole.marks), 0
    for match in _SHORT.finditer(whole.text):
        before = whole.text[max(0, match.start() - _BEFORE) : match.start()]
        if _OF_ANOTHER.search(before) or _OF_A_SITE.search(before) or _named(before):
            continue
        name = f"V9{len(marks)}"
        marks[name] = Mark("V", match["number"], match[0])
        pieces += [whole.text[at : match.start()], f"⟦{name}⟧"]
        at = match.end()
    return Marked("".join((*pieces, whole.text[at:])), marks) if pieces else whole


def _named(before: str) -> bool:
    return bool(_A_NAME.search(before)) and not re.match(r"\W*\w+\s+$", before)


def versions(text: str) -> list[str]:
    """Return the versions that a text names, each once."""
    return versioned(marked(text)).values("V")


def labelled(block: Block) -> str:
    """Return the version that a row names beside its label: "SEC version | 77.0"."""
    found = (
        NUMBER.fullmatch(block.cells[1]) if len(block.cells) == 2 and VERSION_LABEL.fullmatch(block.cells[0]) else None
    )
    return found["number"] if found else ""


def version_of(heading: str, blocks: Sequence[Block]) -> str:
    """Return the version that a post is about: named in its heading, else the only one that it names first."""
    below = [block.text for block in blocks[:_SPOKEN_OF] if not _POINTS.match(block.text)]
    speaks = any(_SPEAKS_OF_THE_SEC.search(text) or marked(text).of("R") for text in (heading, *below))
    for text in (heading, *below):
        named = versions(text) if speaks else marked(text).values("V")
        if named:
            return named[0]
    return next(filter(None, map(labelled, blocks)), "") if speaks else ""
