"""Decisions on a modification: who decided what and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.deeds import on_date
from watchers.phrases.governed import belongs_to_another
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_AUTHORITY = r"(?:Authority|Ofgem|GEMA)"
_BODIES = rf"(?:Change Board|{_AUTHORITY}|Secretary of State|Panel|CB)"
_IT = (
    r"(?:this |the |that |these |both )?(?:draft |modification )?(?:modification|proposal|it|them|"
    r"change)s?(?: proposals?)?"
)


_BOARD = ("change board", "cb")
_BE = r"\b(?:is|was|were|are|been|has|have|had|got|and|now)\b"
_DECIDED_BY = pattern(
    rf"\b(?P<who>{_BODIES})(?:’s|'s)?\b(?P<gap>[^⟦⟧;]{{0,40}}?)\b(?:(?P<verb>approved|rejected|withdrew|"
    rf"accepted)|(?:decided|determined|voted|agreed|directed)(?: unanimously)? (?:to |"
    rf"that )(?P<verb2>approve|reject|accept)|"
    rf"(?:granted|gave)(?: its)? (?P<verb3>approval) (?:to|of|for))\b\s*(?P<object>(?:the )?(?:{{Ms}}|"
    rf"(?:following|(?:these|two|three|four|five|both|all)(?: of the)?) (?:\w+ )?modifications?\b|"
    rf"{_IT}\b|(?:this|these|both)\b(?=\W*$| (?:on|under|at|by)\b)|$|[.,;]|(?=⟦D)|(?:on|under|at|by|unanimously|"
    r"for (?:inclusion|implementation))\b))"
)
_WAS_DECIDED = pattern(
    rf"{_BE}\s*(?:now |also |since |subsequently |both |unanimously |"
    rf"formally )?(?P<verb>approved|rejected)\b(?P<after>[^⟦⟧;]{{0,80}})"
)
_LABELLED = pattern(
    rf"^\W*(?:(?:final|formal) )?(?P<who>{_BODIES})(?:’s|'s)?(?: final)? (?:decision|determination|vote)\s*[:–—|"
    rf"-]\s*(?P<verb>approved?|reject(?:ed)?)\b"
    rf"(?! (?:for|to|as)\b)(?P<object>)"
)
_BARE = pattern(r"(?:^\W*|[,;(]\s*)(?P<verb>approved|rejected)\b(?P<after>[^⟦⟧;]{0,80})")
_AFTER_ITS_NOUN = pattern(
    rf"\b(?:an?|the|this|these|two|three|both)(?: \w[\w-]*){{0,2}} (?:modifications?|"
    rf"proposals?)(?: proposals?)?,? (?P<verb>approved|"
    rf"rejected)(?P<after> by (?:the )?(?:SEC )?{_BODIES}\b[^⟦⟧;]{{0,60}})"
)
_WITH_A_NAME = pattern(r"^\W*{Ms}\W*(?:both |is |was )?(?P<verb>approved|rejected)\b(?P<after>[^⟦⟧;]{0,80})")
_NOT_THE_DECISION = re.compile(
    r"^\s*(?:by (?:the )?(?:SEC )?(?:Change Board|Authority|Ofgem)(?: (?:on|at its meeting on) ⟦D\d+⟧)?,? (?=for\b|"
    r"to\b))?"
    r"(?:for|to|as|in principle|by (?:the )?(?:Panel|Working Group|TABASC|OPSG|SSC|"
    r"Proposer))?\b.{0,40}?\b(?:assessment|refinement|consultation|progress\w*|proceed\w*|report phase|"
    r"development|draft|business case|request|conversion|working group|timetable|in principle|convert\w*|issue\b)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:if|once|when|unless|until|should|could|may|might|would|will|to|must|can|need(?:s|ed)?|"
    r"expect\w*|able|recommend\w*|not|yet|before|after|fully)\b(?:[^⟦⟧;,]|⟦\w+⟧)*$",
    re.IGNORECASE,
)


_IN_CASE = re.compile(
    r"\b(?:if|unless|until|once|whether|had|should|in case|provided(?: that)?|as soon as|assuming(?: that)?)"
    r"\s+(?:the )?(?:SEC )?$",
    re.IGNORECASE,
)
"""Words just before a body that make a condition of its decision."""
_MET = pattern(
    rf"\b(?P<who>{_BODIES})\b(?P<gap>[^⟦⟧;.]{{0,30}}?)\b(?:decisions?|determinations?|voted|met|considered|decided|"
    r"determined|discussed|made|took|"
    rf"looked|approved|rejected|has|have|held)\b"
)
_FOR_WHOM = pattern(
    rf"\b(?:for|with|before|to) (?:the )?(?P<who>{_AUTHORITY}|Change Board) (?:to (?:determine|decide)|for (?:a )?"
    r"(?:determination|decision))\b"
)
_IT_DECIDED = pattern(
    r"(?:^|[,;] |\band |\b(?:Governance|Determination|Determined),? )\W*(?:on ⟦D\d+⟧,? )?(?P<it>it|they|members|the "
    r"Board)"
    r"(?P<gap>(?: (?:also|then|unanimously|has|have|had|further|however|decided to|voted to|agreed to))*) "
    r"(?P<verb>approved?|reject(?:ed)?|accepted)\b\s*(?P<object>(?:both )?{Ms}|(?:it|both|this (?:one|modification))"
    r"(?=\W*(?:$|[,;.]|on\b|under\b)))"
)


@reads(_IT_DECIDED, _MET, _FOR_WHOM)
def body_decided(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "It also rejected MP148" below "The Change Board voted on two modifications on 24 November 2021"."""
    at = 0
    for match in _IT_DECIDED.finditer(sentence.text):
        _remember_body(sentence, context, at, match.start())
        at = match.end()
        rest = sentence.text[match.end() : match.end() + 80]
        if context.body and not (
            _NOT_YET.search(re.sub(r"\b(?:decided|voted|agreed) to\b", "", match["gap"]))
            or _NOT_THE_DECISION.match(rest)
            or _about_something_else(match, rest)
        ):
            yield from _by_that_body(sentence, context, match)
    _remember_body(sentence, context, at, len(sentence.text))


def _by_that_body(sentence: Marked, context: Context, match: re.Match[str]) -> Iterator[Said]:
    ids = tuple(sentence.values("M", match["Ms"])) if match["Ms"] else context.about or context.last
    if not match["Ms"] and (len(ids) != 1) != (match["object"] == "both"):
        return
    found = list(_decision(sentence, match, ids, match["verb"], context.body))
    yield from found
    if context.body_on and not any(attribute.endswith("_on") for _, attribute, _, _ in found):
        attribute = "change_board_vote_on" if context.body.casefold() in _BOARD else "authority_decided_on"
        yield from each(ids, attribute, context.body_on, "decision")


def _remember_body(sentence: Marked, context: Context, start: int, end: int) -> None:
    """Keep who met or decided, and on which day."""
    if for_whom := _FOR_WHOM.search(sentence.text[start:end]):
        context.body, context.body_on = for_whom["who"], ""
    for match in _MET.finditer(sentence.text[start:end]):
        if not re.search(r"\b(?:will|to|would|may)\b", match["gap"]):
            on = sentence.values("D")
            context.body = "" if match["who"].casefold() == "panel" else match["who"]
            context.body_on = on[0] if len(on) == 1 and context.body else ""


@reads(_DECIDED_BY, _LABELLED, _WAS_DECIDED, _BARE, _WITH_A_NAME, _AFTER_ITS_NOUN)
def decided(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "On 1 October 2021, the Authority decided to approve MP134A"; "was rejected by the Change Board on …"."""
    text = sentence.text
    for match in _DECIDED_BY.finditer(text):
        verb = match["verb"] or match["verb2"] or match["verb3"]
        rest = text[match.end() : match.end() + 80]
        if _NOT_YET.search(match["gap"]) or _NOT_THE_DECISION.match(rest) or _about_something_else(match, rest):
            continue
        if _IN_CASE.search(text[: match.start()]):
            continue
        ids = before(sentence, match, context) if match["Ms"] or not _bare_object(match) else context.subjects(sentence)
        by_panel = context.by_panel or re.search(r"fast[- ]track", text, re.IGNORECASE)
        if match["who"].casefold() == "panel" and not by_panel:
            continue
        yield from _decision(sentence, match, ids, verb, match["who"])
    for match in _LABELLED.finditer(text):
        yield from _decision(sentence, match, context.subjects(sentence), match["verb"], match["who"])
    for form in fitting((_WAS_DECIDED, _BARE, _WITH_A_NAME, _AFTER_ITS_NOUN), text):
        for match in form.finditer(text):
            yield from _passive(sentence, context, match)


_THAT_IT_BE = pattern(
    rf"\b(?P<who>{_BODIES})\b(?P<gap>[^⟦⟧;.]{{0,40}}?)\b"
    rf"(?:decided|determined|directed|concluded|ruled) that (?:{{Ms}}|{_IT})"
    rf" (?:should |is to |was to |must )?be (?P<verb>approved|rejected)\b"
)
_ITS_DECISION = pattern(
    rf"\b(?P<who>{_AUTHORITY}|Change Board|Secretary of State)\b(?:’s|'s)?(?P<gap>[^⟦⟧;.]{{0,20}}?)\b"
    rf"(?:issued|published|gave|announced|made|took|notified (?:SECAS|us|the Panel) of)"
    rf" (?:its|a|the)(?: final| formal)? "
    rf"(?:decision|determination) (?:to|that it had) (?P<verb>approved?|reject(?:ed)?) (?:(?:{{Ms}}|{_IT})(?=\W|$)|"
    r"(?=on ⟦D))"
)
_GAVE_APPROVAL = pattern(
    rf"{{Ms}}[^⟦⟧;.]{{0,40}}?\b(?:on|for|to) which (?:the )?(?P<who>{_AUTHORITY}|Change Board)"
    r"(?P<gap>[^⟦⟧;.]{0,10}?) (?:gave|granted) (?:its )?(?P<verb>approval)\b"
)
_VOTED_AND = pattern(
    rf"\b(?P<who>Change Board|{_AUTHORITY})\b(?P<gap> (?:voted|met|decided)(?: on (?:it|this|{{M1}}))?) "
    rf"(?:on|at its) {{D}},? (?:and|when it) (?:unanimously )?(?P<verb>approved|rejected) (?:{{Ms}}|{_IT})"
    rf"(?=[.,;]|$| under| by)"
)


@reads(_THAT_IT_BE, _ITS_DECISION, _GAVE_APPROVAL, _VOTED_AND)
def determined(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "the Authority determined that MP211 be rejected", "Ofgem issued its decision to approve MP243"."""
    text = sentence.text
    for form in fitting((_THAT_IT_BE, _ITS_DECISION, _GAVE_APPROVAL, _VOTED_AND), text):
        for match in form.finditer(text):
            lead = clause(text, match.start(), match.end("gap"))
            if _NOT_YET.search(lead) or NOT.search(lead) or _NOT_THE_DECISION.match(text[match.end() :]):
                continue
            ids = tuple(sentence.values("M", match["Ms"])) if match["Ms"] else context.subjects(sentence)
            if form is _VOTED_AND:
                yield from _voted(sentence, match, ids)
            else:
                yield from _decision(sentence, match, ids, match["verb"], match["who"])


def _voted(sentence: Marked, match: re.Match[str], ids: tuple[str, ...]) -> Iterator[Said]:
    approved = match["verb"] == "approved"
    yield from each(ids, "status", match["verb"], "decision")
    if approved:
        yield from each(ids, "approved_on", sentence.at(match, "D"), "decision")
    board = match["who"].casefold() in _BOARD
    yield from each(
        ids, "change_board_vote_on" if board else "authority_decided_on", sentence.at(match, "D"), "decision"
    )


_GIVEN = pattern(
    rf"^\W*(?:its|their|(?:the )?{_AUTHORITY}(?:’s|'s)) (?:decision|determination|approval) (?:was|is) (?:given|issued|"
    r"published|made|taken|dated)(?: on)? {D}"
)


@reads(_GIVEN)
def given(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Its decision was given on 5 September 2025" below "The Authority has approved MP243"."""
    by_authority = context.body.casefold() in ("authority", "ofgem", "gema")
    match = _GIVEN.search(sentence.text) if len(context.last) == 1 and not sentence.of("M") else None
    if match and (by_authority or re.search(_AUTHORITY, match[0])):
        yield from each(context.last, "authority_decided_on", sentence.at(match, "D"), "decision")


def _bare_object(match: re.Match[str]) -> bool:
    return not match["object"] or not re.search(r"\w", match["object"])


def _about_something_else(match: re.Match[str], rest: str) -> bool:
    """Read "approved this change to the implementation date", "approved MP101’s consultation"."""
    return bool(
        re.match(r"\s*(?:to|of|in) (?:the )?(?:implementation date|go[- ]live|date|approach|scope)|(?:’s|'s)", rest)
        or (re.search(r"\bchange\b", match["object"], re.IGNORECASE) and re.match(r"\s*(?:to|of|in|request)\b", rest))
    )


_TURNS = re.compile(r";|,?\s(?:and|but|while|whereas)\s(?=⟦M)")
"""Where a sentence turns to another modification."""


def _passive(sentence: Marked, context: Context, match: re.Match[str]) -> Iterator[Said]:
    text = sentence.text
    if belongs_to_another(text, match.start()):
        return
    if re.match(r"\s*(?:both )?⟦M", match["after"] + text[match.end("after") : match.end("after") + 3]):
        return  # "approved MP243 and rejected MP244": what follows is the verb's object
    lead = text[: match.start("verb")]
    lead = clause(text, match.start("verb"), match.start("verb")) if _WAS_DECIDED.made(match) else lead
    after = _TURNS.split(text[match.start("after") : match.start("after") + 110])[0]
    if _WAS_DECIDED.made(match) and (_NOT_YET.search(lead) or NOT.search(lead) or _recommended_before(lead)):
        return
    behind = _BARE.made(match) and re.search(r"⟦M\d+⟧\s*\(\s*$", text[: match.start("verb")])
    lead = "" if behind else lead
    if _BARE.made(match) and (_NOT_YET.search(lead) or re.search(r"\brecommend|\bif\b|\bwhen\b", lead, re.IGNORECASE)):
        return
    if re.search(r"\b(?:Impact Assessment|requests?)\b", lead, re.IGNORECASE):
        return
    if (
        _NOT_THE_DECISION.match(after)
        or re.match(r"\s*(?:by|on or before) (?:⟦D|the end)", after)
        or re.search(
            r"\brequests?\b|\bdate\b|\bapproach\b|\bmove\b|\bchanges? to\b", _subject_words(lead), re.IGNORECASE
        )
    ):
        return
    who = re.match(rf"(?:[^⟦⟧;]{{0,30}}?\bby |\s*\((?:by )?)(?:the )?(?:SEC )?(?P<who>{_BODIES})", after, re.IGNORECASE)
    if who and who["who"].casefold() == "panel" and not re.search(r"fast[- ]track", text, re.IGNORECASE):
        return
    ids = before(sentence, match, context) if not _BARE.made(match) else _named_before(sentence, match, context)
    yield from _decision(sentence, match, ids, match["verb"], who["who"] if who else "")


def _named_before(sentence: Marked, match: re.Match[str], context: Context) -> tuple[str, ...]:
    """Return whom "(approved by the Authority on …)" stands behind, else what the text is about."""
    behind = re.search(r"⟦M\d+⟧\s*$", sentence.text[: match.start()]) if match[0].lstrip()[:1] in "(," else None
    return tuple(sentence.values("M", behind[0])) if behind else context.about


def _subject_words(lead: str) -> str:
    return re.split(r"⟦\w+⟧|,", lead)[-1]


def _recommended_before(lead: str) -> bool:
    return bool(re.search(r"\brecommend\w*\b", lead, re.IGNORECASE))


def _decision(sentence: Marked, match: re.Match[str], ids: tuple[str, ...], verb: str, who: str) -> Iterator[Said]:
    approved = verb.casefold().startswith(("approv", "accept"))
    if verb.casefold() == "withdrew":
        return
    yield from each(ids, "status", "approved" if approved else "rejected", "decision")
    start = match.start("it") if "it" in match.groupdict() else match.start()
    on = on_date(sentence, start, match.end("object") if "object" in match.groupdict() else match.end("verb"))
    if not on:
        return
    if approved:
        yield from each(ids, "approved_on", on, "decision")
    if who.casefold() in ("authority", "ofgem", "gema"):
        yield from each(ids, "authority_decided_on", on, "decision")
    elif who.casefold() in _BOARD:
        yield from each(ids, "change_board_vote_on", on, "decision")


RULES = (body_decided, decided, determined, given)
