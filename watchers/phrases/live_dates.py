"""What each date of a sentence about a release's go-live is: the new one, the old one, the day of asking or granting.

The word of a role that stands nearest before a date gives it its role; a date that begins a sentence takes it from the
first such word after it. "The Panel wrote on 1 September asking for the go-live to be changed from 29 February to 17
March" has one of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from watchers.phrases.stance import Stance, stance

Role = Literal["live", "old", "asked", "granted", ""]


class LiveDate(NamedTuple):
    """A date's mark with its role, and how the sentence stands to it."""

    mark: str
    role: Role
    stance: Stance


_MOVES = (
    r"mov(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|postpon\w+|delay\w*|defer\w*|reschedul\w*|shift\w*|push\w*|"
    r"(?:put|set) (?:(?:it|this|the|⟦R\d+⟧|release|go[- ]live|date) ){0,3}(?:back|off)|"
    r"(?:bring|brought)\w* (?:(?:it|this|the|⟦R\d+⟧|release|go[- ]live|date) ){0,3}forward|slip\w*|switch\w*|extend\w*"
)
_DATE = r"(?:go[- ]live|implementation|release|new|revised|later|earlier|the|its|preferred|likely|proposed|agreed) date"
_HEADS = re.compile(
    r"(?P<old>\b(?:instead of|rather than|in place of|in lieu of|as opposed to|not(?= (?:on |for )?(?:the )?$)|"
    r"replac(?:es|ing)|"
    r"supersed(?:es|ing))\b|"
    r"\b(?:old|previous|original|former|earlier|initial|first|superseded) (?:(?:SEC|release|agreed|planned|go[- ]live|"
    r"implementation|target) )*(?:date|plan|go[- ]live|timetable)\b|"
    r"\b(?:had|having) (?:originally |first |initially |previously )?been\b|\b(?:previously|originally|formerly|"
    r"initially)\b|"
    r"\bfrom(?= (?:the )?$))"
    r"|(?P<granted>(?<!\bto )(?<!\bto be )(?<!\bbe )(?<!\bfor )\b(?:approv(?:ed|al|es)|grant(?:ed|s)|agree(?:d|s|"
    r"ment)|accepted|endorsed|"
    r"consent(?:ed)?|decision|decided|determined|determination|confirmed|confirmation|given|gave|sign(?:ed)?[- ]off)\b)"
    r"|(?P<asked>\b(?:requests?|requested|wrote|written|asked|applied|application|submitted|submission|sent|sought|"
    r"letter|approached)\b)"
    r"|(?P<none>\b(?:consult\w*|baselin\w*|publish\w*|updat\w*|vot(?:e|es|ed|ing)|test\w*|UIT|reviewed|respon\w+|"
    r"close[sd]?|"
    r"closing|reported|consider\w*|discuss\w*|decide|determine|opened|opens?|started|starts?|begins?|ends?|cut-?off|"
    r"posted|raised|webinar|readiness|refus\w+|reject\w+|declin\w+|dismissed|turned down)\b)"
    rf"|(?P<live>\b(?:go(?:es|ing)?[ -]+live|went live|gone live|live|implement\w*|deliver\w*|deploy\w*|"
    rf"(?:come|comes|came|coming) into (?:effect|force)|take effect|{_DATE}|{_MOVES}|due|scheduled|planned|set)\b)",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:had|having) (?:(?:originally|first|initially|previously|once) )?been\b[^;,]*$|"
    r"\b(?:previously|originally|formerly|initially|at first)\b(?:(?!\b(?:but|now|and|will)\b)[^;])*$|"
    r"\bonce (?:due|planned|scheduled|set|expected)\b[^;,]*$",
    re.IGNORECASE,
)
"""What makes the date of a go-live one that held before."""
_AS_THE_DATE = re.compile(
    r"\s*(?:as|for|to be) (?:the|its|an?)?\s*(?:(?:new|revised|later|earlier|alternative|final|likely|preferred) )?"
    r"(?:go[- ]live|implementation|release|date)\b",
    re.IGNORECASE,
)
ASKS_ON = re.compile(
    r"[,\s]*(?:to|that (?:it|they) should) (?:(?:now|formally|also) )?(?:ask|request|write|seek|propose|recommend|"
    r"consult|submit)\b"
)
_DAY_OF = re.compile(r"(?:\b(?:on|of|dated|from|at its meeting|in)|[:,(])\s*(?:the )?$", re.IGNORECASE)
_LEADS_TO = re.compile(
    r"(?:\b(?:on|to|until|till|for|of|is|was|be|as|from|at|now|remains?|stays?|becomes?|became)|[:,(–—-])\s*(?:the )?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\)?:\s*|\W*(?:(?:to|until|till|and|but|it|is|now|becomes?|then)\s+)+(?:be )?(?:on )?(?:the )?$", re.IGNORECASE
)
_WAS = re.compile(r"[;,(]\s*(?:which )?(?:it )?(?:was|were)(?: due)?(?: on| for)?\s*$", re.IGNORECASE)
MOVES = re.compile(rf"\b(?:{_MOVES})\b", re.IGNORECASE)
_MOVING = re.compile(rf"{_DATE}|{_MOVES}", re.IGNORECASE)
_DEEDS = ("asked", "granted")
_ON = re.compile(r"\b(?:on|at (?:its|the) (?:\w+ )?meeting(?: on| of)?) (?:the )?$", re.IGNORECASE)
"""What leads to the day of a deed: "agreed to the new date on", "moved on"."""
_NEAR = 50
_UNTIL = re.compile(r"(?:go|implement|deliver|deploy|introduc)\w*\b[^⟦⟧;]{0,40}\buntil\b", re.IGNORECASE)
"""What makes of "will not be implemented" a date on which it will."""
_RELEASE_ASIDE = re.compile(r"⟦R\d+⟧\s*\($")
_MARK = re.compile(r"⟦(?P<mark>D\d+)⟧")
_BEGINS = re.compile(
    r"\W*(?:on|at (?:its|the|a) (?:\w+ )?meeting(?: (?:on|of))?|(?:in|by) (?:a |its )?letter (?:of|dated))?\s*$",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"[^⟦;.]{0,40}?(?:\b(?:preferred|proposed|suggested|favoured|likely|possible|provisional|requested|indicative|"
    r"tentative)\b|"
    r"\b(?:has|have|was|were|is|are) (?:also |now )?(?:been |being )?(?:proposed|suggested|requested|put forward|"
    r"mooted|floated|"
    r"sought|asked for|considered)\b|\b(?:would|could|might|may) (?:well )?be (?:an?|the) |\b(?:may|might|could|"
    r"would) (?:(?:well|yet|still|also) )*(?:be|become|prove) (?:needed|required|necessary)\b)",
    re.IGNORECASE,
)
_HEDGED_DATE = re.compile(r"(?:preferred|likely|proposed) date\b", re.IGNORECASE)
_GRANTED_LATER = re.compile(
    r"\b(?:was|were|and|which|been)\b[^;]{0,40}\b(?:given|granted|approved|agreed|accepted)\b", re.IGNORECASE
)


def told_of(text: str, match: re.Match[str]) -> str:
    """Return what is told of the date of a match: how the sentence stands to it as the go-live, else its role."""
    told = next((one for one in live_dates(text) if f"⟦{one.mark}⟧" == match["D"]), None)
    return "" if told is None else told.stance if told.role == "live" else told.role


@lru_cache(256)
def live_dates(text: str) -> tuple[LiveDate, ...]:
    """Return the dates of a marked sentence about a release's go-live, in order."""
    return tuple(_live_dates(text))


def _live_dates(text: str) -> Iterator[LiveDate]:
    at = 0
    before: Role = ""
    for match in _MARK.finditer(text):
        if (cut := text.rfind(";", at, match.start())) >= 0:
            at, before = cut + 1, ""
        role, head = _role(text, text[at : match.start()], match, before)
        stands: Stance = "fact"
        if role == "live":
            start = min(head, match.start())
            stands = stance(text, start, match.end())
            if stands == "refused" and _UNTIL.match(text, start, match.start()):
                stands = "fact"
            if stands == "fact" and _HEDGED_DATE.match(text, start):
                stands = "wish"
            if stands == "fact" and _WISHED.match(text, match.end()) and not _GRANTED_LATER.search(text, match.end()):
                stands = "wish"
        yield LiveDate(match["mark"], role, stands)
        at, before = match.end(), role


def _role(text: str, lead: str, match: re.Match[str], before: str) -> tuple[Role, int]:
    """Return the role of a date and where the words that give it begin."""
    at = match.start() - len(lead)
    if _WAS.search(lead):
        return "old", at
    if before == "old" and _GOES_ON.fullmatch(lead):
        return "live", _last(text, match.start(), "live")
    if at == 0 and _BEGINS.fullmatch(lead):
        return _first_after(text, match.end(), is_day=bool(lead.strip())), match.start()
    heads = list(_HEADS.finditer(text, at, match.start()))
    if len(heads) > 1 and _ON.search(lead) and _MOVING.fullmatch(heads[-1][0]) and heads[-2].lastgroup in _DEEDS:
        heads.pop()
    if heads:
        if (role := _of(heads[-1], lead, text[match.end() :])) == "live" and _ONCE.search(lead):
            return "old", at
        return role, heads[-1].start()
    if before and _DAY_OF.search(lead) and ";" not in lead and len(lead) < _NEAR:
        earlier = [head for head in _HEADS.finditer(text, 0, at) if head.lastgroup in _DEEDS]
        return (_of(earlier[-1], lead, text[match.end() :]) if earlier else ""), match.start()
    if _AS_THE_DATE.match(text, match.end()):
        return "live", match.start()
    return "", match.start()


def _last(text: str, end: int, kind: str) -> int:
    return max((head.start() for head in _HEADS.finditer(text, 0, end) if head.lastgroup == kind), default=end)


def _of(head: re.Match[str], lead: str, after: str) -> Role:
    if head.lastgroup in _DEEDS and not (_DAY_OF.search(lead) and not _RELEASE_ASIDE.search(lead)):
        return ""
    if head.lastgroup == "asked":
        return "asked"
    if head.lastgroup == "granted":
        return "" if ASKS_ON.match(after) else "granted"
    if head.lastgroup == "live":
        return "live" if _LEADS_TO.search(lead) and not (_MOVING.fullmatch(head[0]) and _ON.search(lead)) else ""
    return "old" if head.lastgroup == "old" else ""


def _first_after(text: str, at: int, *, is_day: bool) -> Role:
    """Return the role of a date at the beginning: "On 1 May the Panel wrote …", "16 July is the date …"."""
    end = text.find("⟦D", at)
    for head in _HEADS.finditer(text, at, end if end > 0 else len(text)):
        if is_day and head.lastgroup == "asked":
            return "asked"
        if is_day and head.lastgroup == "granted":
            return "" if ASKS_ON.match(text, head.end()) else "granted"
        if is_day and head.lastgroup == "none":
            return ""
        if not is_day and head.lastgroup == "live":
            return "live"
    return ""
