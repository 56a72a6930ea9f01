"""Which versions of the SEC a post names: in full ("SEC v62.0"), or for short where the number can be no other's."""

from __future__ import annotations

import re

from bot.domain.forms import worded
from watchers.phrases.marks import Mark, Marked, marked

_SHORT = worded(r"(?<![\w.])v(?:ersion\s+v?)?\s?(?P<number>\d{1,3}\.\d{1,2})(?![.\d]*\d)(?!\s*\((?:draft|mark)|\s+draft\b)")
_OF_ANOTHER = re.compile(
    r"(?:⟦P\d+⟧(?:\s*[‘'“\"][^’'”\"]{0,80}[’'”\"])?|\b(?:GBCS|SMETS ?[12]?|E?CHTS|DUIS|MMC|CTSD|TMAD|S1SR|TSAT|XML|"
    r"schemas?|specifications?|(?<!no )drafts?|software|firmware|guidance|manual|templates?|policy|"
    r"tables?|catalogue|handbook|framework|plan))\b[^.;:,⟦]{0,40}$",
    re.IGNORECASE,
)
_A_NAME = re.compile(r"\b(?!SEC\b|Code\b|The\b|Our\b|Now\b|An?\b|In\b|To\b|For\b|From\b|Of\b|With\b)[A-Z][\w&/-]*\s+$")
"""What carries the number where a word with a capital stands just before it: "CodeWorks v2.0"."""
_SPEAKS_OF_THE_SEC = re.compile(r"\bSEC\b|\bSmart Energy Code\b|\bthe Code\b|\bCode\b")
_SPOKEN_OF = 3
"""So many blocks below a heading can tell which version a post is about."""


def versioned(whole: Marked) -> Marked:
    """Return a text with the versions that it names for short marked too."""
    if not _SHORT.may_match(whole.text):
        return whole
    pieces, marks, at = list[str](), dict(whole.marks), 0
    for match in _SHORT.finditer(whole.text):
        before = whole.text[: match.start()]
        if _OF_ANOTHER.search(before) or _named(before):
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


def version_of(heading: str, texts: list[str]) -> str:
    """Return the version that a post is about: named in its heading, else the only one that it names first."""
    below = texts[:_SPOKEN_OF]
    speaks = any(_SPEAKS_OF_THE_SEC.search(text) for text in (heading, *below))
    for text in (heading, *below):
        named = versions(text) if speaks else marked(text).values("V")
        if named:
            return named[0]
    return ""
