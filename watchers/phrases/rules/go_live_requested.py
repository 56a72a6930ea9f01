"""When a move of go-live was asked for, and when it was granted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.domain.forms import Form, reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE
from watchers.phrases.live_dates import ASKS_ON, told_of
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.go_live import CHANGES_OF_DATE, OF_ANOTHER_DATE, REFUSED, changes_date

_ASKED = pattern(
    r"\b(?:wrote|written|requested|asked|applied|submitted|sought|put (?:a|its|the) (?:request|case)|made (?:a|"
    r"its|the) request|"
    r"request\b[^⟦⟧]{0,40}\b(?:made|sent|dated|received)|request (?:of|on)(?= ⟦D))\b"
)
_DID_ASK = r"\b(?:wrote|requested|asked|applied|submitted|sought)\b"
_ASKED_ON = (
    pattern(
        rf"(?:^\W*|[;,]\s+|\band\s+)(?:on|by (?:a )?letter (?:of|dated)|at its meeting on|in a letter (?:of|"
        rf"dated)) {{D}},?[^⟦⟧]{{0,80}}?{_DID_ASK}"
    ),
    pattern(
        rf"{_DID_ASK}(?:(?!\bto go live\b|\bgo[- ]live on\b)[^⟦⟧]){{0,80}}?\b(?:on|dated|in a letter of|"
        rf"at its meeting on) {{D}}"
    ),
    pattern(
        r"\b(?:wrote|asked|requested|"
        r"applied)\b[^⟦⟧;]{0,60}(?:⟦R\d+⟧[^⟦⟧;]{0,40})?"
        r"\bfrom\b[^⟦⟧]{0,30}⟦D\d+⟧[^⟦⟧]{0,20}\bto\b[^⟦⟧]{0,10}⟦D\d+⟧[^⟦⟧]{0,20}\bon {D}\W*$"
    ),
    pattern(r"\brequest(?:ed)?\b[^⟦⟧]{0,40}?\b(?:made|dated|submitted|sent|received)\b[^⟦⟧]{0,40}?\bon {D}"),
    pattern(r"\brequest(?: made| sent| submitted| received)?[^⟦⟧]{0,30}?\b(?:dated|of|on) {D}"),
    pattern(
        r"^\W*in (?:a|its) (?:letter|paper|request|note)\b[^⟦⟧]{0,40}?\b(?:of|dated|on) {D}[^⟦⟧]{0,40}?\b"
        r"(?:requested|asked|wrote)\b"
    ),
)
_GRANTED = r"\b(?:approved|granted|agreed(?: to)?|accepted|endorsed|consented to)\b"
_REQUEST = (
    r"(?:this|the|that|its|their)?\s*(?:DCC[’']s |Panel[’']s )?(?:request|change|move|new date|"
    r"new go[- ]live date|revised date|later date|"
    r"proposal|postponement|delay|deferral|it|this)"
)
_GRANTED_IT = re.compile(rf"{_GRANTED} it\b", re.IGNORECASE)
_GRANTED_ON = (
    pattern(rf"{_GRANTED}\s+{_REQUEST}\b[^⟦⟧]{{0,60}}?\bon {{D}}"),
    pattern(rf"\bon {{D}},?[^⟦⟧;]{{0,60}}?{_GRANTED}\s+{_REQUEST}\b"),
    pattern(rf"{_REQUEST}\b[^⟦⟧]{{0,30}}?\bwas {_GRANTED}[^⟦⟧]{{0,60}}?\bon {{D}}"),
    pattern(
        r"\bon {D},?[^⟦⟧]{0,30}?\b(?:Authority|Ofgem|GEMA) (?:then |duly |formally )?(?:agreed|approved|consented|"
        r"accepted)(?: to)?(?: it| this| that)?\W*$"
    ),
    pattern(
        r"\b(?:Authority|Ofgem|GEMA) (?:then |duly |formally )?(?:agreed|approved|consented|"
        r"accepted)(?: to)?(?: it| this| that)?"
        r" on {D}\W*$"
    ),
    pattern(
        r"\b(?:did so|gave its (?:approval|consent|agreement)|approval (?:was given|came|"
        r"followed))\b[^⟦⟧]{0,20}?\bon {D}"
    ),
)
_APPROVED = r"\b(?:approved|agreed|granted|confirmed|endorsed)\b"
_GRANTED_THE_CHANGE = pattern(
    rf"{_APPROVED} (?:the|this|that|its|a) (?:change|move|postponement|delay|deferral|revision|new|revised|later)\b"
    rf"[^⟦⟧;.]{{0,50}}? on {{D}}"
)
"""What was agreed to is named whole before its day: "approved the change of implementation date on …"."""
_APPROVED_ON = (
    pattern(rf"(?:^\W*|[;,]\s+|\band\s+)on {{D}},?[^⟦⟧;]{{0,60}}?{_APPROVED}"),
    pattern(rf"{_APPROVED}(?: by [^⟦⟧]{{0,40}}?)? on {{D}}"),
    _GRANTED_THE_CHANGE,
    pattern(rf"{_APPROVED}[^⟦⟧]{{0,90}}?(?:(?:⟦R\d+⟧|⟦D\d+⟧)[^⟦⟧]{{0,40}}?){{1,3}}\bon {{D}}\W*$"),
)
_TOLD_AS_MOVED = pattern(
    r"(?:\bnow (?:be )?\bgo(?:es|ing)? live\b|\bwill now\b)[^⟦⟧]{0,20}⟦D|"
    r"(?:\bgo[- ]live|⟦R\d+⟧)[^⟦⟧]{0,40}⟦D\d+⟧,? (?:rather than|instead of|and not|not)\b|"
    r"(?:\bgo[- ]live|⟦R\d+⟧)[^⟦⟧]{0,60}\bfrom ⟦D\d+⟧ (?:to|until) ⟦D"
)
_THE_CHANGE = re.compile(
    r"\b(?:this|that|it|(?:the|this|that|its|their|a) (?:change|move|request|new date|later date|postponement|delay|"
    r"deferral))\b|[’']s (?:request|letter|approval|consent)\b|^\W*(?:requested|approved|agreed|granted|asked for)\b|"
    r"\b(?:approval|consent|agreement)\b",
    re.IGNORECASE,
)
"""How a sentence speaks of the move of go-live that was told of before it."""
_ASKS = re.compile(
    r"\b(?:asked|asks|requested|requests|sought|wrote|written|applied|submitted|sent|went to|made (?:a|its|the|this) "
    r"request|put (?:a|its|the|this) (?:request|case))\b",
    re.IGNORECASE,
)
_A_REQUEST = re.compile(r"\b(?:request|letter|application)\b", re.IGNORECASE)
_GRANTS = re.compile(
    r"\b(?:approved|granted|agreed|accepted|consented|endorsed|given|gave|approval|consent)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.;]\s*$|\b(?:is|are|was|were|has|have|had|will|may|can|would|should)\b|(?:\S+\s+){9}")
_WHO_GRANTS = re.compile(r"\b(?:Authority|Ofgem|GEMA|Secretary of State)\b")
_WHO_ONLY_ASKS = re.compile(r"\b(?:Panel|DCC|SECAS|Change Board)\b")
_NOT_YET_SO = re.compile(
    r"\b(?:will|may|might|could|should|would|if|once|until|before|expects?|hopes?|not|which|whether)\b", re.IGNORECASE
)
_DAY_OF_IT = pattern(r"(?:\b(?:on|of|dated|approval|consent|request|letter),?|^[^⟦⟧.;]{3,60}:) {D}")
_BETWEEN_DATES = re.compile(r"[,;]\s*(?:and |which |while |but )?|\s(?:and|while|but)\s")


@reads(*CHANGES_OF_DATE, *_GRANTED_ON, _TOLD_AS_MOVED, Form(_THE_CHANGE))
def requested(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "On 19 June 2020 the Panel wrote to the Authority to move the go-live date": asked for, and then granted."""
    text = sentence.text
    change = changes_date(text)
    moved = not sentence.of("M") and bool(_TOLD_AS_MOVED.search(text))
    if not (change or moved or context.request):
        return
    release = next(iter(sentence.values("R")), context.release)
    found: list[Said] = []
    follows = context.request if context.request and not change and _THE_CHANGE.search(text) else ""
    if change and "⟦D" not in text and not _SENTENCE.search(text):
        context.request = release  # a line that heads what is told of the change
    if moved or (change and _ASKED.search(text)):
        context.request = "" if _about_a_modification(sentence, context) else release
    if change and _ASKED.search(text):
        found += _dated(sentence, _ASKED_ON, context.request, "go_live_requested_on")
    if context.request and not (context.last and _GRANTED_IT.search(text)):
        found += _dated(sentence, _GRANTED_ON, context.request, "go_live_approved_on")
    if change and release and not _about_a_modification(sentence, context):
        found += _dated(sentence, _APPROVED_ON, release, "go_live_approved_on")
    yield from found
    if (follows or (change and context.request)) and not (sentence.of("M") or sentence.of("P") or context.about):
        told = {attribute for _, attribute, _, _ in found}
        yield from (one for one in _followed(sentence, context.request) if one[1] not in told)


def _followed(sentence: Marked, release: str) -> Iterator[Said]:
    """Read "The Panel asked for this on 21 February and the Authority agreed on 14 March": by pieces of one date."""
    for piece in _pieces_of_one_date(sentence.text):
        match = _DAY_OF_IT.search(piece)
        if not match or _NOT_YET_SO.search(piece) or REFUSED.search(piece) or piece.count("⟦D") > 1:
            continue
        asks, grants = _ASKS.search(piece), _GRANTS.search(piece)
        if grants and not (asks and asks.start() < grants.start()):
            if not _WHO_ONLY_ASKS.search(piece[: grants.start()]) or _WHO_GRANTS.search(piece):
                yield f"release:{release}", "go_live_approved_on", sentence.at(match, "D"), "request to move go-live"
        elif asks or _A_REQUEST.search(piece):
            yield f"release:{release}", "go_live_requested_on", sentence.at(match, "D"), "request to move go-live"


def _pieces_of_one_date(text: str) -> Iterator[str]:
    """Yield a sentence in pieces, cut at the last boundary between one date and the next."""
    days = [match.start() for match in re.finditer(r"⟦D", text)]
    at = 0
    for before, after in pairwise(days):
        if cuts := list(_BETWEEN_DATES.finditer(text, before, after)):
            yield text[at : cuts[0].start()]
            at = cuts[0].end()
    yield text[at:]


def _about_a_modification(sentence: Marked, context: Context) -> bool:
    """Whether the date that is to change is a modification's or a part's rather than the release's."""
    if sentence.of("M") or sentence.of("P") or OF_ANOTHER_DATE.search(sentence.text):
        return True
    return bool(context.last or context.about) and not re.search(r"go[- ]live|\brelease\b|⟦R", sentence.text)


_REQUESTS_OWN_DAY = pattern(
    r"(?:(?<=\brequest)|(?<=\bletter)|(?<=\bproposal))(?:,? \(?(?:which was |it )?(?:made|sent|submitted|"
    r"received|dated|of|from)\b"
    r"[^⟦⟧;.,)]{0,30}?{D}\)?),?(?=[^;]*⟦D)"
)
"""The day of a request beside that on which it was granted: "agreed the DCC’s request, made on 30 June, to …"."""


def _without_the_day_asked(sentence: Marked) -> Marked:
    text = _REQUESTS_OWN_DAY.regex.sub("", sentence.text) if _REQUESTS_OWN_DAY.search(sentence.text) else sentence.text
    return replace(sentence, text=text)


def _dated(sentence: Marked, forms: tuple[Form, ...], release: str, attribute: str) -> Iterator[Said]:
    if release and attribute == "go_live_approved_on":
        sentence = _without_the_day_asked(sentence)
    for form in forms if release else ():
        whole = form is _GRANTED_THE_CHANGE
        match = next((one for one in form.finditer(sentence.text) if whole or not _is_live(sentence.text, one)), None)
        if match and not (attribute == "go_live_approved_on" and _only_asks(sentence.text, match)):
            yield f"release:{release}", attribute, sentence.at(match, "D"), "request to move go-live"
            return


def _only_asks(text: str, match: re.Match[str]) -> bool:
    """Whether what was agreed on a day is left open, or is to ask others."""
    asks_on = ASKS_ON.match(text, match.end("D")) or ASKS_ON.match(text, match.end())
    return bool(HEDGE.search(_without_the_request(match[0])) or asks_on)


def _is_live(text: str, match: re.Match[str]) -> bool:
    """Whether a date is one of going live, and so not the day of a deed."""
    return told_of(text, match) in ("fact", "wish", "refused", "old")


def _without_the_request(words: str) -> str:
    return re.sub(r"\brequest(?:s|ed)?\b|\bpropos\w+|\brecommend\w+", " ", words, flags=re.IGNORECASE)


RULES = (requested,)
