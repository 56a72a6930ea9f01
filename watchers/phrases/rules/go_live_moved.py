"""That a release goes live on another day than was said: moved, likely, wished for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE, SETTLED, clause
from watchers.phrases.live_dates import told_of
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.go_live import REFUSED
from watchers.phrases.stance import is_decided

_MOVED = pattern(
    r"\b(?:mov(?:e|ed|es|ing)|chang(?:e|ed|es|ing)|postpon\w+|delay\w*|deferr?\w*|brought forward|"
    r"bring(?:ing)? forward|put back|"
    r"reschedul\w+|shift\w*|push(?:ed|"
    r"ing)?(?: "
    r"back)?)\b[^⟦⟧;]{0,70}?(?:⟦R\d+⟧[^⟦⟧;]{0,60}?)?(?:\bfrom\b[^⟦⟧;]{0,30}?⟦D\d+⟧[^⟦⟧;]{0,20}?)?\b(?:to|"
    r"until)\b[^⟦⟧;]{0,40}?{D}"
)
_PROPOSED = re.compile(
    r"[^⟦⟧;]{0,20}?\b(?:(?:has|have|had|is|was|were|are)(?: also| now)?(?: been| being)?) "
    r"(?:proposed|requested|suggested|recommended|considered|under (?:consideration|discussion)|consulted)\b|"
    r"[^⟦⟧;.]{0,20}?\b(?:may|might|could|would)\b(?: yet| well| still| also)? (?:be|become|prove|have)\b",
    re.IGNORECASE,
)
_LIKELY = (pattern(r"{D}[^⟦⟧]{0,25}?\b(?:most )?likely\b"), pattern(r"\blikely\b[^⟦⟧]{0,30}?{D}"))


_OTHER_SUBJECT = re.compile(
    r"\b(?:UIT|tests?|testing|meetings?|publication|consultation|deadline|closing|baselin\w*|readiness|webinar|"
    r"workshop|vote|window|review|document|RID)\b(?: date)?"
    r"(?: (?:of|for|in|on) (?:the )?(?:⟦R\d+⟧|RID|[\w ]{2,20}?))?"
    r"(?: (?:has|have|had|is|was|were|will|been|be|to|now|also))*\s*$",
    re.IGNORECASE,
)
"""What else may move than the go-live: "UIT for this release has been"."""


@reads(_MOVED, *_LIKELY)
def moved(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The go-live is moved from 5 to 29 November 2020"; "29 November 2020 the most likely date"."""
    text = sentence.text
    release = next(iter(sentence.values("R")), context.release)
    if not release or context.subjects(sentence):
        return
    about_date = re.search(
        r"go[- ]live|implementation date|release date|⟦R\d+⟧|"
        r"\bDCC\b[^;]{0,60}\bthe date (?:should |to )?be (?:moved|changed|put back|postponed|delayed)\b",
        text,
        re.IGNORECASE,
    )
    for match in _MOVED.finditer(text):
        value = sentence.at(match, "D")
        words = clause(text, match.start(), match.end())
        if (
            about_date
            and told_of(text, match) not in ("old", "asked", "granted", "refused")
            and not _OTHER_SUBJECT.search(text[: match.start()])
            and not REFUSED.search(text)
            and not re.search(r"\b(?:scope|modifications?|meeting|consultation)\b", match[0], re.IGNORECASE)
        ):
            hedged = HEDGE.search(words) or _PROPOSED.match(text, match.end())
            settled = (SETTLED.search(words) or not hedged) and told_of(text, match) != "wish"
            likely = any(one["D"] == match["D"] for form in _LIKELY for one in form.finditer(text))
            yield (
                f"release:{release}",
                "go_live" if settled and not likely else "proposed_go_live",
                value,
                "go-live moved",
            )
    if about_date:
        for form in fitting(_LIKELY, text):
            for match in form.finditer(text):
                yield f"release:{release}", "proposed_go_live", sentence.at(match, "D"), "likely go-live"


_MOVE = r"(?:mov|chang|postpon|delay|defer|reschedul|shift|push|put|bring|set)\w*"
_ITS_DATE = r"(?:it|this|that|(?:the|its) (?:release|date|go[- ]live(?: date)?))"
_ANOTHER_DATE = r"(?:an?|the|its)\s+(?:later|earlier|new|another|different|alternative|revised)\s+(?:go[- ]live )?date"
_WISHED = pattern(
    rf"(?:\b{_MOVE} {_ITS_DATE}\b[^⟦⟧]{{0,15}}?\b(?:to|until|for)|\b{_ANOTHER_DATE}(?: of|,|:| [–—-])?|"
    rf"\b(?:move|change|delay|postponement|deferral) (?:to|until)|"
    rf"\b{_ITS_DATE} to (?:be(?: {_MOVE}(?: back| off| forward)? (?:to|until))?|move to|become)(?: on)?|"
    rf"\b(?:prefer|favour|propos|suggest|want|request)\w*(?: (?:a|the) date of)?|"
    rf"\b(?:put(?:s|ting)? forward|float\w*|offer\w*)(?= ⟦D\d+⟧ as (?:another date\b|{_ANOTHER_DATE}|"
    rf"(?:an?|the|its) alternative\b))|"
    rf"\bput(?:s|ting)? forward(?= ⟦D\d+⟧(?:\W*$|,? (?:and|for|but) the (?:SEC )?Panel\b))) {{D}}"
)
_WISHES = re.compile(
    r"\b(?:would (?:like|prefer|rather)|prefers?|preferred|favour\w*|wants?|wanted|wish\w*|suggest\w*|propos\w*|"
    r"consider\w*|minded|seek(?:s|ing)?|sought|appl(?:y|ies|ied|ying)|ask(?:s|ed|ing)?|request\w*|under consideration|"
    r"hop(?:es|ed|ing)|discuss\w*|"
    r"put(?:s|ting)? forward|float\w*|offer\w*)\b",
    re.IGNORECASE,
)


@reads(_WISHED)
def wished(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The DCC would like to move this to 13 July 2023", just after the sentence that told the go-live."""
    others = sentence.of("M") or sentence.of("P") or sentence.of("V") or context.about
    match = _WISHED.search(sentence.text) if context.live and not others else None
    if not match or REFUSED.search(sentence.text):
        return
    if _WISHES.search(sentence.text):
        yield f"release:{context.live}", "proposed_go_live", sentence.at(match, "D"), "go-live wished for"
    elif is_decided(sentence.text, match.start()):
        yield f"release:{context.live}", "go_live", sentence.at(match, "D"), "go-live moved"


RULES = (moved, wished)
