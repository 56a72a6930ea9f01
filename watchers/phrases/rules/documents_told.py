"""Drafts of parts of the SEC that a sentence tells of: published, issued or baselined on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said
from watchers.phrases.documents import of_name
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.stance import stance

_DONE = r"(?P<verb>(?:re-?)?published|(?:re-?)?issued|released|made available|uploaded|posted|baselined)"
_PASSIVE = pattern(
    rf"(?P<what>{{P}}[^;]{{0,120}}?)\b(?:was|were|has been|have been|is|are)(?: (?:now|also|last|first|then|"
    rf"formally))? "
    rf"{_DONE}\b(?P<gap>[^⟦⟧;.]{{0,40}}?)\bon {{D}}"
)
_ACTIVE = pattern(
    rf"\b(?<!be )(?<!been ){_DONE}\b(?P<what>[^⟦⟧;]{{0,40}}?{{P}}(?:[^⟦⟧;]|⟦P\d+⟧){{0,120}}?)\b(?P<gap>)on {{D}}"
)
_ON_A_DAY = pattern(
    rf"^\W*on {{D}},?[^⟦⟧;]{{0,60}}?(?P<what>{{P}}(?:[^⟦⟧;]|⟦P\d+⟧){{0,120}}?)\b(?P<gap>)(?:was|were|has been|have "
    rf"been) {_DONE}\b"
)
_BEFORE = re.compile(
    r"(?:\b(?:v|version )(?P<version>\d{1,3}\.\d{1,2}(?:\.\d{1,2})?)\b)?[\s,(]*(?:\bdraft "
    r"(?P<draft>\d{1,2})\b)?[\s,)]*(?:\bof\b)?(?: the)?(?: SEC)?\s*$",
    re.IGNORECASE,
)
_LEAD = 60
"""Characters before a part in which its version and draft may stand: "draft 2 of SEC Schedule 8"."""


@reads(_PASSIVE, _ACTIVE, _ON_A_DAY)
def documents(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Draft 2 of SEC Schedule 8 ‘GB Companion Specification’ v4.3 was published on 9 July 2025"."""
    if not (context.own_page and context.release) or sentence.of("M") or sentence.of("V"):
        return
    text = sentence.text
    for form in fitting((_PASSIVE, _ACTIVE, _ON_A_DAY), text):
        for match in form.finditer(text):
            verb = match.start("verb")
            if stance(text, verb, match.end()) != "fact" or NOT.search(match[0]):
                continue
            for at in re.finditer(r"⟦P\d+⟧", match["what"]):
                yield from _document(sentence, context.release, match, match.start("what") + at.start())
            return


def _document(sentence: Marked, release: str, match: re.Match[str], start: int) -> Iterator[Said]:
    """Yield what is told of the part whose mark begins at `start`."""
    text, end = sentence.text, sentence.text.index("⟧", start) + 1
    mark, lead = sentence.marks[text[start + 1 : end - 1]], text[max(0, start - _LEAD) : start]
    tail = text[end : match.end("what")].partition("⟦")[0]
    found = of_name(tail)
    before = _BEFORE.search(lead)
    version = found["version"] or (before["version"] if before else "")
    draft = found["draft"] or (before["draft"] if before else "")
    if not (version or draft):
        return
    subject = f"document:{release}/{mark.value}"
    day = "baselined_on" if match["verb"].casefold() == "baselined" else "published_on"
    title = mark.title or (found["title"] if re.match(r"\s*[:–—-]", tail) else "")
    yield f"release:{release}", "document", mark.value, "document in prose"
    facts = (("title", title), ("version", version), ("draft", draft), (day, sentence.at(match, "D")))
    for attribute, value in facts:
        if value:
            yield subject, attribute, value, "document in prose"


RULES = (documents,)
