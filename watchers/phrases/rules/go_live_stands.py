"""Which go-live holds once the talk is of another: the date that stands, and the one that it is scheduled for instead.

"The DCC asked for a move from 25 June to 2 July. The Panel turned this down, so 25 June stands"; "… will not now go
live on 29 June 2023. It is scheduled for 6 July 2023."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.go_live import REFUSED

_STANDS = (
    pattern(
        r"(?:^\W*|[,;] (?:so |and |therefore )?|\b(?:so|and|therefore|that) )(?:(?:the|its) (?:go[- ]live |release |"
        r"original |present |current |existing )*(?:date )?(?:of )?)?{D} (?:still |therefore )?(?:stands|holds|"
        r"remains(?= (?:the|in place|unchanged)|\W*$)|is kept|is unchanged)\b"
    ),
    pattern(r"\bgo[- ]live (?:stays|remains)(?: (?:as|at|on|unchanged|fixed|set|for))* {D}"),
)
_SET_INSTEAD = pattern(
    r"(?:^\W*|[,⟧] |\b(?:and|but) )(?:it|the release|⟦R\d+⟧|go[- ]live) (?:is|has been|was) (?:now |instead |"
    r"therefore )*(?:re-?)?(?:scheduled|planned|set|due|timetabled|fixed|arranged)(?: now| instead)* (?:for|on) {D}"
)
_BY_A_DECISION = pattern(
    r"\b(?:following|after|under|in line with|because of) (?:the |its |a )?(?:(?:SEC )?Panel|Authority|Ofgem|Secretary "
    r"of State)(?:[’']s)? (?:decision|agreement|approval|consent|determination) (?:of|on|dated) {D}"
)
_OF_THE_REQUEST = re.compile(
    r"\b(?:this|that|it|(?:the|this|that|its|their) (?:request|change|move|proposal|postponement|delay|deferral|date|"
    r"new date|later date)|(?:DCC|Panel)[’']s (?:request|proposal))\b|^\W*(?:refused|declined|rejected|turned down)\b|"
    r"\bdid not (?:agree|accept|approve|support)(?: (?:on|at its meeting (?:on|of)) ⟦D\d+⟧)?\W*$",
    re.IGNORECASE,
)


_DATE_STANDS = pattern(
    r"(?:^\W*|[,;] (?:so |and )?|\b(?:so|and|that|until) (?:[^⟦⟧;.,]{3,60},? )?)(?:the|that|this|its) (?:go[- "
    r"]live |release |original |"
    r"present |current |existing |planned )*(?:date|go[- ]live) (?:still |therefore |however )?(?:stands|holds|"
    r"applies|is kept|"
    r"remains(?: (?:in place|unchanged|as it (?:is|was)))?|is unchanged|stays(?: as it (?:is|was))?)(?=\W*$|"
    r"[,;.]| until\b| unless\b)"
)


@reads(_DATE_STANDS)
def date_stands(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "until the Panel agrees the date stands", of the day on which the release was just said to have been due."""
    told = _DATE_STANDS.search(sentence.text) if context.due and context.live else None
    if told and not (sentence.of("M") or re.search(r"\b(?:not|whether|no longer)\b", told[0])):
        yield f"release:{context.live}", "go_live", context.due, "go-live stands"


@reads(*_STANDS, _SET_INSTEAD)
def stands(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "so 25 June 2026 stands" and "it is scheduled for 6 July 2023" after what was asked, or is no more."""
    release = context.request or context.live
    if not release or sentence.of("M") or context.about or HEDGE.search(sentence.text.replace("request", "")):
        return
    if context.live and (match := _SET_INSTEAD.search(sentence.text)):
        yield f"release:{release}", "go_live", sentence.at(match, "D"), "go-live stands"
        if decided := _BY_A_DECISION.search(sentence.text[: match.start("D")]):
            yield f"release:{release}", "go_live_approved_on", sentence.at(decided, "D"), "go-live stands"
    for form in fitting(_STANDS, sentence.text):
        if match := form.search(sentence.text):
            yield f"release:{release}", "go_live", sentence.at(match, "D"), "go-live stands"
            return


def refuses_request(sentence: Marked) -> bool:
    """Whether a sentence says that what was asked for just before was refused: "The Panel refused this"."""
    text = sentence.text
    refused = None if sentence.of("M") else REFUSED.search(text)
    return bool(refused and _OF_THE_REQUEST.search(text)) and not re.search(
        r"\b(?:if|may|might|could|would|unless|whether|until|asks?|asked)\b", text, re.IGNORECASE
    )


RULES = (stands, date_stands)
