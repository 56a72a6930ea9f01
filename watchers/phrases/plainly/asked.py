"""What is asked about the page's own modification: until when people are consulted, by when a decision must come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchers.phrases.closing import closings
from watchers.phrases.plainly.voice import Fact, Plain, each, form

_CONSULTS = re.compile(
    r"\bconsult(?!ants?\b)\w*|\b(?:comments?|views|responses?|replies|"
    r"feedback)\b[^;.]{0,40}\b(?:welcome|invited|by|until|due|before|"
    r"no later|not later|wanted|accepted|sought|requested|reach|must|should)\b|\bMRC\b|\bplease (?:respond|reply)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:Ofgem|Authority|DESNZ|BEIS|Government|§auth|Elexon|RECCo)(?:’s|'s)?"
    r"\s+(?:own )?consult|\bassessment\b|\b(?:the|its|DCC’s) response\b|\b(?:suggested|asked) that\b",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\b(?:the (?:first|second|third|former|latter|other)|both|they|§it|the window)\b", re.IGNORECASE)


def consultations(said: Plain) -> Iterator[Fact]:
    """Read "Comments are welcome until 5pm on …", "The first closed on … and the second on …"."""
    text = said.marked.plain()
    spoken = _CONSULTS.search(text) or ("consultation" in said.before.casefold() and _SERIAL.search(text))
    if not spoken or _OTHERS.search(text) or _OTHERS.search(said.before) or re.search(r"\bwould\b|\bif\b", text):
        return
    found = closings(text)
    moved = [one for one in found if one.moved] or found
    yield from (("consultation_closes_on", one.value) for one in moved)


_DATE = r"(?:‹|⟦)(?P<date>D\d+)(?:›|⟧)"
_BY = r"(?:by|before|no later than|not later than|on or before|ahead of)"
_CUT_OFF = (
    form(
        rf"\b(?:approval|a decision|the decision|its decision|decision|determination)~(?:has to|"
        rf"must|needs to|should|will have to|would have to)~(?:come|be|arrive|reach us|be in|"
        rf"be made|be given|be taken|be received)\b[^;.⟦‹]{{0,20}}?\b{_BY}\W*{_DATE}"
    ),
    form(
        rf"\b(?:the|its) (?:last|latest) (?:day|date)~(?:for|on which)~(?:an? |the |its |§auth |"
        rf"§board )*(?:decision|approval|§auth|§board)\b[^;.⟦‹]{{0,30}}?(?:is|was|be)\W*{_DATE}"
    ),
    form(
        rf"\bdeadline~for~(?:an? |the |its |§auth(?:’s|'s)? |§board(?:’s|'s)? )*(?:decision|"
        rf"approval|determination)\b[^;.⟦‹]{{0,20}}?(?:is|was|:)\W*{_DATE}"
    ),
    form(
        rf"\b(?:last|latest|final) (?:day|date)~(?:on|by)~which~§it~(?:can|could|may|must|"
        rf"has to|needs to)~be~(?:approved|decided)\b"
        rf"[^;.‹]{{0,60}}?(?:is|was|:)\W*{_DATE}"
    ),
    form(rf"§(?:auth|board)~(?:has|have)~until~{_DATE}~to~(?:decide|determine|make|approve|reach|give)\b"),
    form(
        rf"\b(?:needs?|has|have|must)~(?:to~)?have~been~(?:approved|decided|"
        rf"determined)\b[^;.⟦‹]{{0,20}}?\b{_BY}\W*{_DATE}"
    ),
)


def cut_off(said: Plain) -> Iterator[Fact]:
    """Read "approval has to come no later than ⟦D0⟧"."""
    for match in each(said, *_CUT_OFF):
        yield "decision_cut_off", said.day(match["date"])
        return


READERS = (consultations, cut_off)
