"""Decisions in words other than "approved by": passed, turned down, given the go-ahead, decided that it be made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.deeds import on_date
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_AUTHORITY = r"(?:Gas and Electricity Markets Authority|Authority|Ofgem|GEMA)"
_WHO = rf"(?P<who>Change Board|CB|{_AUTHORITY}|Secretary of State|Board members|members|the Board|it|they)"
_YES = (
    r"approv(?:e|es|ed|al of|ing)|back(?:ed|s)|sign(?:ed|s) off|nodded through|waved through|accept(?:ed|s)|"
    r"pass(?:ed|es)|agree(?:d|s)(?: to)?(?: make| approve)?|"
    r"consent(?:ed|s) to|sa(?:id|ys) yes to|green[- ]?lit|(?:gave|gives|has given|granted) (?:its |their |the )?"
    r"(?:(?:final|formal) )?(?:approval|consent|agreement|go-ahead|green light) (?:to|for)|"
    r"(?:vote[sd]?|voting)(?: unanimously)? (?:in favour of|for)"
)
_NO = (
    r"reject(?:ed|s|ion of|ing)?|turn(?:ed|s) down|refuse[sd]?|threw out|(?:vote[sd]?|voting)(?: unanimously)? "
    r"against|decline[sd]? to approve|said no to|vetoed|decided against"
)
_OBJECT = r"(?:both |all of |the (?:modifications? |proposals? )?|modifications? )*{Ms}"
_ACTIVE = pattern(rf"\b(?:(?P<yes>{_YES})|(?P<no>{_NO}))\s+{_OBJECT}")
_BODY = re.compile(rf"\b{_WHO}(?:’s|'s)?\b", re.IGNORECASE)
_PASSIVE = pattern(
    rf"{{Ms}}(?P<gap>[^⟦⟧;.]{{0,40}}?)\b(?:was|were|is|are|been|has|have)\b[^⟦⟧;.]{{0,20}}?\b(?:(?P<yes>passed|"
    rf"accepted|"
    r"given (?:its |their |the )?(?:final |formal )?(?:approval|consent|go-ahead|green light)|"
    r"agreed to|consented to|voted through)|(?P<no>turned down|refused|thrown out|voted down|voted against|vetoed))"
    rf"(?: on ⟦D\d+⟧)? by (?:the )?(?:SEC )?(?P<who>Change Board|CB|{_AUTHORITY}|Secretary of State)\b"
)
_NOBODY_ELSE = rf"(?:(?!\b(?:Change Board|{_AUTHORITY}|Secretary of State)\b)[^⟦⟧;.]){{0,40}}?"
_THAT_IT_BE_MADE = pattern(
    rf"\b{_WHO}\b(?P<gap>{_NOBODY_ELSE})\b(?:decided|determined|directed|concluded|ruled|agreed|voted|consented)"
    r"(?: unanimously)?(?:,? on ⟦D\d+⟧,?|,)? (?:unanimously )?that (?:{Ms}|it|this modification|the modification|both|"
    r"they) (?:should |is to |are to |was to |must |can |may |shall )?(?P<what>(?:not )?(?:be (?P<yes>made|approved|"
    r"implemented|accepted|carried)|go ahead|proceed to implementation|be (?P<no>rejected|turned down|refused|"
    r"declined)))\b"
)
_VOTED_TO = pattern(
    rf"\b{_WHO}\b(?P<gap>{_NOBODY_ELSE})\b(?:voted|decided|chose|resolved)(?: unanimously| narrowly|"
    r" by [\w ]{3,30})?,?(?: at (?:its|the) meeting)?(?: on ⟦D\d+⟧)?,? (?:unanimously )?to "
    r"(?:(?P<yes>approve|accept|make|pass)|"
    rf"(?P<no>reject|turn down|refuse|decline)) {_OBJECT}"
)
_DECISION_WAS = pattern(
    rf"\b(?P<who>Change Board|CB|{_AUTHORITY}|Secretary of State)(?:’s|'s)? (?:final )?(?:decision|determination|vote|"
    r"verdict) (?:on|about|for|in respect of|regarding) {Ms}(?P<gap>(?:[^⟦⟧;.]|⟦D\d+⟧){0,60}?)\b(?:was|is)"
    r"(?: unanimous(?:ly)?)?,? (?:to |one of |an? )?(?:(?P<yes>approv(?:e|al|ed)|accept|yes)|"
    r"(?P<no>reject(?:ion|ed)?|refus\w+|no\b))"
)
_GIVEN = pattern(
    rf"\b(?P<yes>consent|approval|agreement|the go-ahead|the green light) (?:for|to|of|on) {{Ms}}(?P<gap>\s)"
    rf"(?:was|has been|were) (?:given|granted|issued|made|received)(?: on ⟦D\d+⟧)? (?:by|"
    rf"from) (?:the )?(?P<who>Change Board|"
    rf"{_AUTHORITY}|Secretary of State)\b"
)
_GAVE_IT = pattern(
    rf"\b{_WHO}\b(?P<gap>{_NOBODY_ELSE})\b(?:gave|gives|given|granted|awarded) {{Ms}} (?:its |the |their )?(?:final |"
    rf"formal )?"
    r"(?P<yes>approval|consent|go-ahead|green light|nod|backing|blessing)"
)
_DECISION_OF = pattern(
    rf"\b(?P<who>Change Board|CB|{_AUTHORITY}|Secretary of State)(?:’s|'s)? (?:final )?(?:decision|determination|"
    rf"letter)"
    r"(?P<gap> )(?:of|dated|on|from) ⟦D\d+⟧,? (?:is|was) (?:to |one to )?(?:(?P<yes>approve|accept)|(?P<no>reject|"
    r"refuse)) {Ms}"
)
_WON = pattern(
    rf"{{Ms}}(?P<gap>[^⟦⟧;.]{{0,20}}?)\b(?:won|has|received|got|gained|secured|obtained)\b (?:the )?(?P<who>Change "
    rf"Board|CB|{_AUTHORITY}|"
    r"Secretary of State)(?:’s|'s) (?:final |formal )?(?P<yes>approval|consent|agreement|go-ahead|backing)\b"
)
_WHICH_GAVE = pattern(
    rf"{{Ms}}(?P<gap>[^⟦⟧;.]{{0,60}}?)\b(?:to|before|with) (?:the )?(?P<who>{_AUTHORITY}|Change Board)(?:,| for "
    rf"(?:an? |its )?"
    r"(?:decision|determination|approval),?)? (?:which|who|and it) (?:has |then |later |duly )*"
    r"(?:(?P<yes>approved|accepted|(?:gave|given|granted)(?: its)? (?:consent|approval|agreement))|(?P<no>rejected|"
    r"refused))"
)
_LABEL = pattern(
    r"^\W*(?:(?P<yes>approved)|(?P<no>rejected)|(?P<gone>withdrawn))"
    r"(?: by (?:the )?(?P<who>Change Board|Authority|Ofgem))?\s*[:–—-]\s*{Ms}"
)
_LETTER = pattern(
    r"^\W*(?:its|their|the|(?:Ofgem|the Authority)[’']s) (?:decision )?(?:letter|notice|decision document) "
    r"(?:(?:is|was) )?(?:dated|issued|sent|published|signed)(?: on)? {D}"
)
_NOT_YET = re.compile(
    r"\b(?:if|once|when|unless|until|should|could|may|might|would|will|to|must|can|needs?|expect\w*|whether|"
    r"recommend\w*|"
    r"not|yet|before|minded|ask(?:s|ed)?|plans?|intends?|after|proposes?|hop\w+|likely|never|neither|nor|without|"
    r"no longer|did|does|was asked)\b[^⟦⟧;]*$",
    re.IGNORECASE,
)
_HAD = re.compile(r"(?:^|[,;] )\W*had (?:the )?$", re.IGNORECASE)
_ABOUT_MORE = re.compile(
    r"\s*(?:(?:is|are|was|were|will be|remains?) (?:(?:still|now|not|yet|also|being) )*(?:expected|awaited|pending|"
    r"due|needed|"
    r"required|sought|anticipated|outstanding|likely|unlikely|to be|subject)\b|’s|'s|(?:for|to|into) (?:the "
    r")?(?:Refinement|Report|Development|Working|a DCC|DCC|an? Impact|progress|"
    r"further|consult)|to (?:proceed|progress|move|go|be (?:refined|assessed|consulted))|consultation|"
    r"(?:impact )?assessment|timetable|report\b|request|business case|(?:implementation )?date\b)",
    re.IGNORECASE,
)
_PRONOUNS = ("it", "they")
_ALSO_DECIDES = ("change board", "cb", "board members", "members", "the board")


@reads(
    _ACTIVE,
    _PASSIVE,
    _THAT_IT_BE_MADE,
    _VOTED_TO,
    _DECISION_WAS,
    _GIVEN,
    _WHICH_GAVE,
    _GAVE_IT,
    _DECISION_OF,
    _WON,
    _LABEL,
)
def verdict(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Change Board passed MP222 and turned down MP223", "Ofgem directed that MP206 be made"."""
    text = sentence.text
    for form in (
        _PASSIVE,
        _THAT_IT_BE_MADE,
        _VOTED_TO,
        _DECISION_WAS,
        _GIVEN,
        _WHICH_GAVE,
        _GAVE_IT,
        _DECISION_OF,
        _WON,
    ):
        for match in form.finditer(text):
            lead = re.split(r",\s", clause(text, match.start(), match.start()))[-1] + match["gap"]
            supposed = (form is not _WHICH_GAVE and _NOT_YET.search(lead)) or _HAD.search(text[: match.start()])
            if supposed or NOT.search(match[0]) or _ABOUT_MORE.match(text, match.end()):
                continue
            yield from _decided(sentence, match, context, _who(match["who"], context))
    for match in _ACTIVE.finditer(text):
        if who := _subject(text, match, context):
            yield from _decided(sentence, match, context, who)
    for match in _LABEL.finditer(text):
        ids = sentence.values("M", match["Ms"])
        if match["gone"]:
            yield from each(ids, "status", "withdrawn", "verdict")
            yield from each(ids, "withdrawn_on", on_date(sentence, match.start(), match.end()), "verdict")
        else:
            yield from _decided(sentence, match, context, match["who"] or context.body)


def _who(said: str, context: Context) -> str:
    """Return who decides: "it" and "members" are the body that was spoken of."""
    plain = said.casefold()
    if plain in ("it", "they", "members", "board members", "the board"):
        return context.body or ("Change Board" if plain != "it" and plain != "they" else "")
    return said


_AS_ADVISED = re.compile(
    r",? (?:in (?:line|accordance|agreement|keeping) with|consistent with|following|contrary to|against|"
    r"despite) (?:the )?"
    r"Change Board(?:’s|'s) recommendations?(?: (?:of|on|dated) ⟦D\d+⟧)?,?(?=\s)",
    re.IGNORECASE,
)
"""An aside on what was recommended, beside a decision: the body that it names did not decide."""


def _subject(text: str, match: re.Match[str], context: Context) -> str:
    """Return who does what an active verb says: the last body before it in its sentence; "" for nobody who decides."""
    text = _AS_ADVISED.sub(lambda aside: " " * len(aside[0]), text) if "recommend" in text else text
    lead = text[: match.start()]
    bodies = list(_BODY.finditer(lead))
    if not bodies or _ABOUT_MORE.match(text, match.end()):
        return ""
    between = lead[bodies[-1].end() :]
    alone = bool(re.fullmatch(r"(?:[^⟦⟧;]|⟦[DM]\d+⟧)*", between))
    own = clause(text, match.start(), match.start())
    uncertain = _NOT_YET.search(_last_words(between)) or re.search(
        r"\b(?:if|once|when|unless|until|whether|should|before|will|would|expects?|minded|recommend\w*)\b",
        own,
        re.IGNORECASE,
    )
    if not alone or uncertain or re.search(r"\b(?:by|of|to|with|from)\s+(?:the\s+)?$", lead[: bodies[-1].start()]):
        return ""
    named = [body["who"] for body in bodies if body["who"].casefold() not in _PRONOUNS]
    last = bodies[-1]["who"]
    return named[-1] if named and last.casefold() in _PRONOUNS else _who(last, context)


def _last_words(between: str) -> str:
    return re.split(r"⟦M\d+⟧(?:\s*\(?⟦D\d+⟧\)?)?", between)[-1]


def _decided(sentence: Marked, match: re.Match[str], context: Context, who: str) -> Iterator[Said]:
    found = match.groupdict()
    ids = tuple(sentence.values("M", found["Ms"])) if found.get("Ms") else before(sentence, match, context)
    denied = "what" in found and (found["what"] or "").startswith("not ")
    approved = not found.get("no") and not denied
    if not who and found.get("yes", "") != "approved" and match.re is not _LABEL.regex:
        return
    yield from each(ids, "status", "approved" if approved else "rejected", "verdict")
    days = sentence.values("D", match[0])
    on = _day_of(sentence, match) or (days[0] if len(days) == 1 else "")
    board = who.casefold() in _ALSO_DECIDES
    if not on and board:
        on = context.body_on
    if not on:
        return
    if approved:
        yield from each(ids, "approved_on", on, "verdict")
    if board:
        yield from each(ids, "change_board_vote_on", on, "verdict")
    elif re.fullmatch(_AUTHORITY, who, re.IGNORECASE):
        yield from each(ids, "authority_decided_on", on, "verdict")


_PUT_IN_FORCE = re.compile(r"\b(?:implemented|implementation|go ahead)$", re.IGNORECASE)


def _day_of(sentence: Marked, match: re.Match[str]) -> str:
    """Return the day of a decision; what follows "directed that it be implemented" is the day that it directs."""
    directs = _THAT_IT_BE_MADE.made(match) and _PUT_IN_FORCE.search(match[0])
    until = Marked(sentence.text[: match.end()], sentence.marks) if directs else sentence
    return on_date(until, match.start(), match.end())


_VOTED_ON = pattern(
    rf"\b(?:voted on|considered|decided(?: on)?|determined) (?:by|at) (?:the )?(?P<who>Change Board|CB|{_AUTHORITY})"
    r"(?:’s|'s)?(?: meeting)?,? (?:on|of) {D}"
)
_FATE = pattern(r"{Ms}[^⟦⟧;.]{0,20}?\b(?:was|were)\b[^⟦⟧;.]{0,10}?\b(?P<verb>approved|rejected)\b(?! by)")


@reads(_VOTED_ON)
def of_those(sentence: Marked, context: Context) -> Iterator[Said]:  # noqa: ARG001
    """Read "Of the three voted on by the Change Board on 28 May 2025, MP248 was rejected; MP249 was approved"."""
    if not (match := _VOTED_ON.search(sentence.text)):
        return
    day, board = sentence.at(match, "D"), match["who"].casefold() in _ALSO_DECIDES
    for one in _FATE.finditer(sentence.text):
        ids = sentence.values("M", one["Ms"])
        yield from each(ids, "change_board_vote_on" if board else "authority_decided_on", day, "verdict")
        yield from each(ids if one["verb"] == "approved" else (), "approved_on", day, "verdict")


@reads(_LETTER)
def letter(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Its letter is dated 9 March 2023" below "The Authority has rejected MP198"."""
    match = _LETTER.search(sentence.text) if len(context.last) == 1 and not sentence.of("M") else None
    if match and (re.fullmatch(_AUTHORITY, context.body, re.IGNORECASE) or re.search(_AUTHORITY, match[0])):
        yield from each(context.last, "authority_decided_on", sentence.at(match, "D"), "verdict")


_DIRECTS = pattern(
    rf"\b{_AUTHORITY}\b(?:[^⟦⟧;.]|⟦[MD]\d+⟧){{0,80}}?\b(?:asks?|asked|directs?|directed|requires?|required|orders?|"
    r"ordered|instructs?|instructed)\b (?:us |SECAS |the Panel )?(?:that )?(?:it|they|⟦M\d+⟧|this modification) "
    r"(?:should |must |to |is to )?be (?:implemented|made|delivered) (?:on|from) {D}"
)


@reads(_DIRECTS)
def directs(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "the Authority approves MP261 and asks that it be implemented on 26 February 2026"."""
    match = _DIRECTS.search(sentence.text)
    if match and not re.search(r"\b(?:if|would|may|might|minded)\b", sentence.text):
        ids = sentence.values("M") or context.subjects(sentence)
        yield from each(ids, "implementation", sentence.at(match, "D"), "directed")


RULES = (verdict, of_those, letter, directs)
