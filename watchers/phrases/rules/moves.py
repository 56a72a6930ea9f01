"""A release's go-live that moves: the new date, asked for or settled, the day of asking and the day of granting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import Form, fitting, reads, worded
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import NOT
from watchers.phrases.live_dates import MOVES, LiveDate, live_dates
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.go_live import CHANGES_OF_DATE, OF_ANOTHER_DATE

_INSTEAD = pattern(r"\b(?:instead of|rather than|in place of|not|was) (?:on )?{D}")
_MOVED = Form(MOVES)
_AS_DATE = pattern(
    r"{D3} (?:as|for) (?:the |its )?(?:go[- ]live|implementation|release)\b|\b(?:move|change|delay|postponement) from "
    r"⟦D\d+⟧ to {D4}|"
    r"{D}[^⟦⟧;]{0,40}?\b(?:as|would be|preferred|likely|proposed)\b[^⟦⟧;]{0,25}?\b(?:date|go[- ]live)\b|"
    r"\b(?:preferred|likely|proposed)\b[^⟦⟧;]{0,15}\bdate\b[^⟦⟧;]{0,40}?(?:⟦R\d+⟧[^⟦⟧;]{0,20}?)?{D2}"
)
_TOPIC = worded(r"\bgo(?:es|ing)?[- ]live\b|\bwent live\b|\b(?:implementation|release) date\b|\brelease\b|⟦R")
_THE_MOVE = re.compile(r"\bthe (?:move|change|delay|postponement) from ⟦D\d+⟧ to ⟦D")
_OTHER_DEEDS = worded(
    r"\b(?:consultation|webinar|meeting|testing|UIT|baselin\w+|scope|workshop|"
    r"vote)\b[^⟦⟧;]{0,30}?(?:⟦R\d+⟧[^⟦⟧;]{0,20}?)?\b(?:was|is|has|have|been|be|will)\b",
)
_DAY = len("2021-11-04")


_TRIGGERS = (*CHANGES_OF_DATE, _INSTEAD, _MOVED, _AS_DATE)


@reads(*_TRIGGERS)
def move(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Authority agreed on 29 October that this release go live on 15 March instead of 26 February"."""
    text = sentence.text
    if not _is_about_go_live(sentence, context):
        return
    release = context.request = next(iter(sentence.values("R")), context.release)
    found = live_dates(text)
    settled = any(one.role == "live" and one.stance == "fact" for one in found)
    for one in found if release else ():
        value = sentence.marks[one.mark].value
        if one.role == "live" and one.stance == "wish":
            context.asked_date = value
        if attribute := _attribute(one, settled=settled, value=value):
            yield f"release:{release}", attribute, value, "go-live moved"


def _is_about_go_live(sentence: Marked, context: Context) -> bool:
    text = sentence.text
    if any(sentence.of(kind) for kind in "MPVC") or context.about or len(sentence.values("R")) > 1:
        return False
    if not (
        (_TOPIC.search(text) or (context.own_page and _THE_MOVE.search(text)))
        and any(form.regex.search(text) for form in fitting(_TRIGGERS, text))
    ):
        return False
    return not (OF_ANOTHER_DATE.search(text) or _OTHER_DEEDS.search(text) or (context.section or context.version))


def _attribute(one: LiveDate, *, settled: bool, value: str) -> str:
    if one.role == "live" and one.stance != "refused" and len(value) > len("2021"):
        return "go_live" if one.stance == "fact" else "proposed_go_live"
    if one.role == "asked" and len(value) == _DAY:
        return "go_live_requested_on"
    return "go_live_approved_on" if one.role == "granted" and settled and len(value) == _DAY else ""


_GRANTED = pattern(
    r"^\W*(?:on {D},? )?(?:the )?(?:Authority|Ofgem|GEMA|Panel) (?:(?:has|have|since|now|then|duly|formally|"
    r"subsequently) )*"
    r"(?:agreed|approved|granted|accepted|consented|endorsed)(?: to)?"
    r"(?: (?:this|it|that|so|(?:this|the|that|its|their|DCC[’']s|Panel[’']s) (?:request|change|move|date|new date|"
    r"proposal|delay)))*"
    r"(?: (?:on|at its meeting (?:on|of)) {D2})?\W*$|"
    r"^\W*(?:this|it|that|(?:the|this|that|its|their) (?:request|change|move|date|new date|proposal|delay)) "
    r"(?:(?:was|were|has|have|been|is|since|now|then|duly|formally|subsequently) )*(?:agreed|approved|granted|"
    r"accepted|endorsed)\b"
    r"[^⟦⟧;.]{0,40}(?:{D3})?\W*$"
)


@reads(_GRANTED)
def granted(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Authority agreed to this on 1 November 2023" after a request: what was asked for is settled."""
    asked = context.request and context.asked_date and not sentence.of("M")
    if asked and _GRANTED.search(sentence.text) and not NOT.search(sentence.text):
        yield f"release:{context.request}", "go_live", context.asked_date, "go-live moved"


_IT_IS_NOW = pattern(
    r"^\W*(?:it|this|that|the (?:new |revised |later )?(?:date|go[- ]live(?: date)?)) (?:is|will|has)(?: (?:now|been|"
    r"be|set|moved|due|planned"
    r"|therefore|instead|for|to|on))* {D}\W*$"
)
_COMES = pattern(
    r"^\W*(?:[^⟦⟧.;]{0,40}[,:] )?(?:it|the next (?:SEC )?(?:systems? )?release) (?:is|will|was)?\s*(?:due |set |"
    r"scheduled |expected )?"
    r"(?:to )?(?:for|on|takes? place on|took place on|be on|lands? on|arrives? on|comes? (?:in )?on|goes? (?:in |live "
    r")?on) {D}"
)


@reads(_IT_IS_NOW, _COMES)
def it_is_now(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "It is now 13 July 2025" after a move; "The next SEC Release takes place on …" in its own month."""
    if not context.release or any(sentence.of(kind) for kind in "MPVR") or context.about:
        return
    match = _IT_IS_NOW.search(sentence.text)
    if match and context.request:
        yield f"release:{context.request}", "go_live", sentence.at(match, "D"), "go-live moved"
    match = _COMES.search(sentence.text)
    if match and context.own_page and sentence.at(match, "D")[:7] == context.release:
        yield f"release:{context.release}", "go_live", sentence.at(match, "D"), "go-live"


RULES = (move, granted, it_is_now)
