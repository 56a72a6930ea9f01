"""What the clauses of a sentence say of scope: who comes in, who leaves, as a fact, a wish or what was refused.

A clause has one verb of coming in, of leaving or of being there, and what it is about stands before it (passive, or
active without an object), behind it ("the Panel added MP138 to the scope", "In scope was MP138"), or in the clause
before ("MP205 has left the scope and has been …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.domain.forms import Form, worded
from watchers.phrases.marks import Marked
from watchers.phrases.stance import Stance, stance

Way = Literal["in", "out"]


class ScopeClause(NamedTuple):
    """Which modifications come in or leave, in the words of one clause. `release`: where it names one, or ""."""

    ids: tuple[str, ...]
    way: Way
    stance: Stance
    release: str
    pronoun: bool = False


_HOW = (
    r"now|also|since|then|later|still|therefore|subsequently|formally|already|currently|again|both|all|each|only|just|"
    r"duly|finally|instead|recently|not yet"
)
_ADVERB = rf"(?:(?:{_HOW}) )*"
_AUXILIARY = rf"(?:(?:{_HOW}|will|has|have|had|to) )*"
_SCOPE = (
    r"(?:(?:the |its )?(?:(?:current|final|overall|agreed|baselined|release|whole|full|confirmed) )*scope\b"
    r"(?: (?:of|for) (?:the |this )?(?:⟦R\d+⟧|release\b))?|(?:(?:the )?⟦R\d+⟧(?:[’']s scope\b)?|(?:the|this) release\b)"
    r"(?![’']s|\s(?:notes?|page|documents?|papers?)\b))"
)
_IT = rf"(?:{_SCOPE}|it\b|them\b|those\b)"
_M = r"⟦M\d+⟧"
_MS = rf"(?P<object>(?:the |both |also )*{_M}(?:(?:\s|,|&|\band\b|\bas well as\b|\bplus\b|\bboth\b)*{_M})*)"
_INTO = rf"(?:(?:back |in)?to|into|in|within) (?P<where>{_IT})"
_OUT_OF = rf"(?:from|out of) (?P<where>{_IT})"
_BE = rf"\b(?:is|are|was|were|be|been|being|got|gets)\b {_ADVERB}"

_PASSIVE_IN = worded(
    rf"\b(?:added|brought(?: forward)?(?: back)?|taken|moved|accepted|admitted|pulled(?: forward)?|included|slotted|"
    rf"promoted|put(?: back)?|reinstated) {_INTO}"
)
_PASSIVE_OUT = worded(
    rf"\b(?:removed|taken(?: out)?|dropped|withdrawn|de-?scoped|excluded|pulled(?: out)?|moved(?: out)?|struck|"
    rf"deleted|cut) "
    rf"{_OUT_OF}|\bleft out(?: of (?P<left>{_IT}))?"
)
_GOES_IN = worded(
    rf"\b(?:join(?:s|ed|ing)?|enter(?:s|ed|ing)?|c[ao]m(?:e|es|ing) (?:back )?in(?:to)?|return(?:s|ed|ing)? to) "
    rf"(?P<where>{_IT})"
)
_GOES_OUT = worded(
    rf"\b(?:left|leaves?|leaving|exit(?:s|ed|ing)|(?:fell|falls|falling|fallen|dropped|dropping|drops|c[ao]m(?:e|es|"
    rf"ing)) "
    rf"out of) (?P<where>{_SCOPE})"
)
_IS_IN = worded(
    rf"\b(?:is|are|was|were|be|been|remain(?:s|ed)?|stay(?:s|ed)?|continue(?:s|d)? (?:to be )?|now|keeps? its place|"
    rf"form(?:s|ed)?|stands?)\b "
    rf"{_ADVERB}(?:in|within|(?:a )?part of) (?P<where>{_SCOPE})"
)
_IS_NOT_IN = worded(
    rf"\b(?:not|no longer|never) {_ADVERB}(?:be |form |been )?(?:in|within|(?:a )?part of) (?P<where>{_IT})|"
    rf"(?:isn|aren|wasn|weren)[’']t {_ADVERB}(?:in|within|(?:a )?part of) (?P<where2>{_IT})"
)
_OBJECT = rf"(?:{_MS}|(?P<pronoun>it|them|both|(?:this|the|these|both) (?:\w+ )?modifications?))"
_PUTS_IN = worded(
    rf"\b(?:add(?:s|ed|ing)?|addition of|inclu(?:de|des|ded|ding|sion of)|bring(?:s|ing)?|brought|tak(?:e|es|ing)|"
    rf"took|accept(?:s|ed|ing)?|"
    rf"admit(?:s|ted|ting)?|mov(?:e|es|ed|ing)|pull(?:s|ed|ing)?) (?:forward )?{_OBJECT} {_INTO}"
)
_PUTS_OUT = worded(
    rf"\b(?:remov(?:e|es|ed|ing|al of)|drop(?:s|ped|ping)?|withdr(?:aw|aws|ew|awing|awal of)|exclu(?:de|des|ded|ding|"
    rf"sion of)|"
    rf"tak(?:e|es|ing)|took|pull(?:s|ed|ing)?|de-?scop(?:e|es|ed|ing)) {_OBJECT} (?:out )?{_OUT_OF}"
)
_MOVES_ON = worded(
    rf"\b(?:mov(?:e|es|ed|ing)|defer(?:s|red|ring)?|postpon(?:e|es|ed|ing)|push(?:es|ed|ing)?|put(?:s|ting)?|"
    rf"shift(?:s|ed|ing)?|"
    rf"switch(?:es|ed|ing)?|transfer(?:s|red|ring)?) {_OBJECT} (?:(?:back|out|on|forward|off|over) )*(?:in)?to (?:the "
    rf")?"
    r"(?P<later>⟦R\d+⟧)"
)
"""Who is moved to another release has left this one."""
_ENDS = (
    r"(?=\W*(?:$|[,;.)]|(?:on|in|at|by|from|since|following|after|because|as|instead|if|once|when|"
    r"should|provided|unless|subject)\b))"
)
_REPLACES = worded(
    rf"(?P<new>{_M}) {_AUXILIARY}(?:replac(?:e|es|ed|ing)|tak(?:e|es|en|ing) the place of|took "
    rf"the place of|"
    rf"com(?:e|es|ing) in (?:for|instead of|in place of)) (?P<old>{_M}) in (?P<where>{_SCOPE})"
)
_ADDED_ALONE = worded(
    rf"(?:\b(?:has|have) (?:come|gone) in|{_BE}(?:added|brought in|included|taken in|reinstated|joined)|"
    rf"\b(?:joins|joined)){_ENDS}"
)
_GONE_ALONE = worded(
    rf"(?:\b(?:has|have) (?:gone|dropped|fallen|come) out|"
    rf"{_BE}(?:removed|taken out|dropped|de-?scoped|excluded|left out)){_ENDS}"
)
_DOES_NOT = worded(r"(?<=⟧ )(?:does|do|is|are|will|has|have) not(?=\W*$)")
_TO_CHANGE = worded(
    rf"\b(?:updated|amended|revised|re-?issued|re-?published|changed|edited)\b[^;]{{0,30}}?\bto "
    rf"(?:reflect the )?(?P<verb>add(?:ition of)?|include|remov(?:e|al of)|inclusion of|drop|take out) {_MS}{_ENDS}"
)
_LISTED = worded(
    rf"(?P<head>\b(?:in|part of|within) (?P<where>{_SCOPE}))[^;.⟦⟧]{{0,25}}?(?:,|:|–|—|\(|\b(?:is|are|was|"
    rf"were)\b)\s*(?:both |also |only )*(?={_M})|"
    rf"\b(?P<where2>(?:the )?(?:\w+ )?scope(?: of ⟦R\d+⟧)?) (?:is|now reads|now stands at|stands at|now stands as)(?: "
    rf"now)?:? (?={_M})"
)
_HOLDS = worded(
    rf"(?:^|[,;:] |\band |\bbut )\W*(?P<where>{_SCOPE}|it) {_AUXILIARY}(?:includ(?:e|es|ed|ing)|"
    rf"contain(?:s|ed)?|compris(?:es|ed|ing|e)|"
    rf"consist(?:s|ed)? of|(?:is|was) made up of|brings? in|cover(?:s|ed)?|carr(?:y|ies|ied)|featur(?:es|ed)|takes? "
    rf"in)\b[^⟦⟧;.]{{0,70}}?(?={_M})"
)

_NOT_THIS = worded(
    rf"\b(?:deliver|implement|includ|go(?:es)?|target|releas|mov|com|schedul|plan|part of)\w*\b[^;]{{0,60}}?⟦R\d+⟧,? "
    rf"(?:instead of|rather than|and not|not) (?:in |with |for |as part of )?(?P<where>{_SCOPE})"
)
_IN = (_PASSIVE_IN, _GOES_IN, _IS_IN)
_OUT = (_PASSIVE_OUT, _GOES_OUT, _IS_NOT_IN, _NOT_THIS)
_WITH_OBJECT: tuple[tuple[Way, Form], ...] = (("in", _PUTS_IN), ("out", _PUTS_OUT), ("out", _MOVES_ON))
_WITH_SUBJECT: tuple[tuple[Way, Form], ...] = (
    *(("in", form) for form in (*_IN, _ADDED_ALONE)),
    *(("out", form) for form in (*_OUT, _GONE_ALONE, _DOES_NOT)),
)
FORMS = (
    *_IN,
    *_OUT,
    _PUTS_IN,
    _PUTS_OUT,
    _ADDED_ALONE,
    _GONE_ALONE,
    _DOES_NOT,
    _TO_CHANGE,
    _LISTED,
    _HOLDS,
    _REPLACES,
    _MOVES_ON,
)
_CUT = re.compile(
    rf";\s+|,?\s+(?:and|but|while|whereas|although|though|so|yet)\s+(?=(?:{_ADVERB}(?:is|are|was|were|has|have|had|"
    rf"will|stays?|"
    rf"remains?|joins?|joined|left|leaves|added|removed|taken|dropped|fell|goes|went|comes?|came)\b|(?:on ⟦D\d+⟧,? "
    rf")?(?:the |this |"
    rf"these |both )?(?:(?<!⟧ and )(?<!⟧, and )⟦M|it\b|they\b|"
    rf"former\b|latter\b|Panel\b|DCC\b|Authority\b|release\b|⟦R)))|,\s+(?=(?:⟦M\d+⟧[^,;⟦]{{0,20}}\bhaving)\b)|"
    rf",\s+(?=which\b|who\b)",
    re.IGNORECASE,
)
_RUN = re.compile(rf"{_M}(?:(?:\s|,|&|\band\b|\bor\b|\bas well as\b)*{_M})*", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:,? (?:which|that|both of which)\b[^;⟦]*?|\s*\([^()⟦]{0,60}\))?[,\s]*(?:and|plus|as well as|also|together "
    r"with|along with|with|then|finally|"
    r"lastly|both|\s)*[,\s]*(?:(?:following|after|since|as of|from|at)\b[^;⟦,]*,)?\s*",
    re.IGNORECASE,
)
"""What may stand between the names of a list: "…, which is approved, and, following its agreement, …"."""
_NEW_SUBJECT = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|may|might|could|would|can|stays?|remains?|joins?|joined|left|leaves|goes|"
    r"went|moves?|moved)\b",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"(?:(?!,? (?:and|but|so|which)\b)[^;.]){0,70}?\b(?:if|unless|provided|should (?:it|they)|subject to|once|until "
    r"it|as long as|without an?|failing|in the absence of)\b",
    re.IGNORECASE,
)
_EXPECTS = re.compile(r"\b(?:expects?|anticipates?|hopes?)\b[^;]*$", re.IGNORECASE)
_YET = re.compile(r"\W*yet\b")
_GOES_ON = re.compile(
    rf"{_ADVERB}(?:added|removed|taken|dropped|moved|brought|included|withdrawn|deferred)\b|that\b", re.IGNORECASE
)
"""How a clause begins that the verb of the one before still governs: "asked for it to be removed and added to …"."""
_ONCE = re.compile(
    r"\bhad (?:\w+ )?been\b|\b(?:was|were) (?:originally|initially|once|previously|first)\b|\bused to be\b|"
    r"\b(?:originally|previously|formerly|once)\b|\b(?:was|were) (?:going |due |meant |supposed )?to be\b",
    re.IGNORECASE,
)
_GONE_SINCE = re.compile(
    r"\b(?:but|and|until|before)\b[^;]{0,80}\b(?:withdrawn|rejected|removed|dropped|taken out|not delivered|left|"
    r"withdrew|"
    r"did not|no longer|(?:will|is|are|has|have) (?:now|instead)|instead)\b",
    re.IGNORECASE,
)
_NONE_OF = re.compile(r"\b(?:none of|neither|not all)\b", re.IGNORECASE)
_UNTIL_GONE = re.compile(r"[^;⟦]{0,15}\buntil\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|no|no longer|never|cannot|neither|nor|none|nothing|without|yet to)\b[^⟦⟧;]*$|n[’']t\b[^⟦⟧;]*$",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:changes?|part|element|text|functionality|firmware|draft|assessment)\b[^⟦⟧]*$", re.IGNORECASE
)


def scope_clauses(sentence: Marked) -> Iterator[ScopeClause]:
    """Yield what the clauses of a sentence say of scope; `ids` is empty where a clause names nobody."""
    text, subject, at, governed = sentence.text, "", 0, 0
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(text)]
    for end, begins in [*cuts, (len(text), len(text))]:
        governed = governed if _GOES_ON.match(text, at) else at
        yield from _clause(sentence, at, end, subject, governed)
        if runs := _RUN.findall(text[at:end]):
            subject = runs[0]
        at = begins


def _clause(sentence: Marked, at: int, end: int, subject: str, governed: int) -> Iterator[ScopeClause]:
    text = sentence.text
    for way, form in _WITH_OBJECT:
        for match in _matches(form, text, at, end):
            runs = [match["object"]] if match["object"] else _RUN.findall(text, 0, match.start())
            told = _told(sentence, match, way, sentence.values("M", runs[-1] if runs else ""), governed)
            yield told._replace(pronoun=bool(match["pronoun"]))
    for match in _matches(_REPLACES, text, at, end):
        yield _told(sentence, match, "in", sentence.values("M", match["new"]), governed)
        yield _told(sentence, match, "out", sentence.values("M", match["old"]), governed)
    for match in _matches(_TO_CHANGE, text, at, end):
        gone = re.match(r"remov|drop|take", match["verb"], re.IGNORECASE)
        ids = tuple(sentence.values("M", match["object"]))
        yield ScopeClause(ids, "out" if gone else "in", "fact", "")
    for form in (_LISTED, _HOLDS):
        for match in _matches(form, text, at, len(text)):
            if match.start() < end and not _RUN.search(text, at, match.start()):
                yield _told(sentence, match, "in", _list_from(sentence, match.end()), governed)
    for way, form in _WITH_SUBJECT:
        for match in _matches(form, text, at, end):
            yield from _of_subject(sentence, match, at, way, subject, governed)


def _matches(form: Form, text: str, at: int, end: int) -> Iterator[re.Match[str]]:
    return form.regex.finditer(text, at, end) if form.may_match(text) else iter(())


def _of_subject(
    sentence: Marked, match: re.Match[str], at: int, way: Way, subject: str, governed: int
) -> Iterator[ScopeClause]:
    """Yield what a verb says of what stands before it in its clause, or of the subject of the clause before."""
    text, lead = sentence.text, sentence.text[at : match.start()]
    runs = _RUN.findall(lead)
    behind = _RUN.split(lead)[-1] if runs else ""
    if _PARTLY.search(behind) or re.match(r"[’']s?\s", behind) or _NONE_OF.search(lead):
        return
    if not _IS_NOT_IN.made(match) and _DENIED.search(lead):
        return
    if way == "in" and _IS_NOT_IN.regex.search(text, at, match.end()):
        return
    earlier = subject if not runs and not re.search(r"[a-z]{4}", lead) else ""
    ids = sentence.values("M", runs[-1] if runs else earlier)
    if way == "in" and (_ONCE.search(lead + match[0]) or _UNTIL_GONE.match(text, match.end())):
        if _GONE_SINCE.search(text, match.end()):
            yield _told(sentence, match, "out", ids, governed)._replace(stance="fact")
        return
    yield _told(sentence, match, way, ids, governed)


def _list_from(sentence: Marked, at: int) -> list[str]:
    """Return the modifications of a list that begins at a name."""
    text, found = sentence.text, list[str]()
    while run := _RUN.match(text, at):
        if _NEW_SUBJECT.match(text, run.end()) and found:
            break
        found += sentence.values("M", run[0])
        between = _BESIDE.match(text, run.end())
        at = between.end() if between else run.end()
        if not text.startswith("⟦M", at):
            following = text.find("⟦M", run.end())
            gap = text[run.end() : following] if following > 0 else ""
            if not (gap and _BESIDE.fullmatch(gap)):
                break
            at = following
    return found


def _told(sentence: Marked, match: re.Match[str], way: Way, ids: list[str], governed: int) -> ScopeClause:
    groups = match.groupdict()
    where = next((groups[name] for name in ("where", "where2", "left") if groups.get(name)), "")
    releases = sentence.of("R", where)
    release = next((mark.value for mark in releases if not mark.own), "")
    stands = stance(sentence.text[governed:], match.start() - governed, match.end() - governed)
    if re.match(r"(?:not|no longer|never)\b", match[0], re.IGNORECASE) and stands == "refused":
        stands = "fact"
    if stands == "fact" and _EXPECTS.search(sentence.text, governed, match.start()):
        stands = "wish"
    if stands == "fact" and (_DEPENDS.match(sentence.text, match.end()) or _YET.match(sentence.text, match.end())):
        stands = "refused"  # neither settled nor asked for
    return ScopeClause(tuple(ids), way, stands, release)
