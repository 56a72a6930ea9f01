"""What a sentence on a modification's own page says of it: rules that would say too much anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import Form
from bot.domain.identifiers import is_draft_proposal, is_part_of
from watchers.phrases import impacts, plainly
from watchers.phrases.hedges import HEDGE, NOT
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.origins import raised_itself
from watchers.phrases.undone import is_called_off

Fact = tuple[str, str]
_YEAR = len("2021")

_NAME = r"(?P<name>npower|(?-i:[A-Z][\w&’'-]*(?: (?:[A-Z&][\w&’'-]*|of|and|for))*?))"
_ENDS = (
    r"(?=\s*(?:$|[.,;:()]|\b(?:on|in|under|to|as|at|and|who|which|"
    r"with|because|following|after|is|was|has|following)\b|⟦))"
)
_ITSELF = (
    r"(?:(?:this|the|its) (?:draft |modification |change )?(?:modification|proposal|change|idea)\b|"
    r"(?:this |the )?⟦M\d+⟧|"
    r"(?:it|this)\b)"
)
"""What a page calls its own modification."""
_PROPOSER = (
    pattern(
        rf"\b(?:raised|proposed|submitted|put forward|brought forward)\b(?: (?:on|in) {{D}})?,? "
        rf"by (?:the )?{_NAME}{_ENDS}"
    ),
    pattern(rf"\bProposer(?: of (?:this|the) \w+)?\s*(?:is|was|,|\()\s*(?:the )?{_NAME}{_ENDS}"),
    pattern(
        rf"^\W*(?:On {{D}},? )?(?:it was )?(?:the )?{_NAME} (?:that |who |which )?"
        rf"(?:(?:raised|proposed|submitted|put forward|brought forward) {_ITSELF}|"
        rf"(?:put|brought) {_ITSELF} forward\b(?! to\b))"
    ),
    pattern(rf"^\W*{_ITSELF} (?:first )?(?:came|comes|originated) from (?:the )?{_NAME}{_ENDS}"),
)
_NOBODY = re.compile(
    r"^(?:Who|When|Which|What|Why|How|Proposer|Panel$|Working Group|It|This|They|He|She|We|Modification|Draft|Change "
    r"Board|Panel Members?)\b"
)
_RAISED = (
    pattern(r"\braised\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\b(?:on|in) {D}"),
    pattern(r"^\W*(?:on|in) {D},?[^⟦⟧;]{0,60}?\braised\b"),
    pattern(r"\b(?:proposed|submitted|put forward) by [^⟦⟧;,]{2,40}? (?:on|in) {D}"),
    pattern(r"^\W*(?:on|in) {D},? [^⟦⟧;]{0,40}?\braised (?:this|the|⟦M\d+⟧|it)\b"),
    pattern(
        rf"\b(?:(?:put forward|brought forward|submitted) {_ITSELF}|(?:put|brought) {_ITSELF} forward\b(?! to\b))"
        r"[^⟦⟧;,]{0,20} (?:on|in) {D}"
    ),
    pattern(rf"\b{_ITSELF} was (?:put|brought) forward by [^⟦⟧;,]{{2,40}}? (?:on|in) {{D}}"),
    pattern(rf"^\W*{_ITSELF} (?:first )?(?:came|originated) from [^⟦⟧;,]{{2,40}}? (?:on|in) {{D}}"),
)
_CONVERTED = (
    pattern(r"\bconver(?:ted|sion)\b(?:[^⟦⟧;]|⟦M\d+⟧){0,80}?\b(?:on|in) {D}"),
    pattern(r"^\W*(?:on|in) {D},?(?:[^⟦⟧;]|⟦M\d+⟧){0,80}?\bconver(?:ted|sion)\b"),
    pattern(r"\bbecame (?:a )?(?:Modification Proposal|⟦M\d+⟧)(?:[^⟦⟧;]|⟦M\d+⟧){0,30}?\b(?:on|in) {D}"),
)
_SPLIT = re.compile(
    r"\b(?:split|separated|spun)\b[^;]{0,40}?\b(?:from|off|out of)\b[^⟦⟧;]{0,30}?(?P<M>⟦M\d+⟧)", re.IGNORECASE
)
_WAS_SPLIT = re.compile(
    r"(?P<M>⟦M\d+⟧)[^⟦⟧;.,]{0,20}? (?:was|has|had)(?: been| later| then| since| now)* split\b", re.IGNORECASE
)
_SPLIT_IT = re.compile(r"\b(?:agreed|decided|chose|resolved) to split (?P<M>⟦M\d+⟧)", re.IGNORECASE)
_SPLIT_INTO = pattern(r"\bsplit\b[^⟦⟧;]{0,40}?\binto\b[^⟦⟧;]{0,40}?{Ms}")
_TOUCHES = re.compile(
    r"\b(?:(?:will|would|to|and) (?:change|alter|revise|amend|update)|impacts?|impacting|affects?|affecting|"
    r"amends?|updates?|(?:changes?|amendments?|updates?|edits) (?:to|in)|"
    r"impacted part(?:y|ies)(?: are| is)?|alters?|revises?|"
    r"changes)\b\s*(?:on\s+|are\s+)?(?P<what>[^;⟦⟧]*(?:⟦P\d+⟧[^;⟦⟧]*)*)",
    re.IGNORECASE,
)
_TOUCHED = re.compile(
    r"^(?P<what>(?:[^;⟦⟧]*⟦P\d+⟧)*[^;⟦⟧]*?)\b(?:are|is|will be)\s+(?:all |"
    r"also |both )?(?:impacted|affected|amended|changed|updated)\b",
    re.IGNORECASE,
)
_NOT_SURE = re.compile(r"\b(?:may|might|could)\b[^,;]*$|\bno\W*$", re.IGNORECASE)
_VOTE = pattern(
    r"\bChange Board\b(?P<gap>[^⟦⟧;]{0,60}?\b(?:vote|decide|consider|"
    r"determin)\w*\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?)\b(?:on|at its|in)\s+{D}"
)
_IT_RECOMMENDED = pattern(
    r"(?:\b(?:it|they|its members|members|the Board)\b[^⟦⟧;.]{0,20}?\b(?:recommended|advised|voted to recommend)\b|"
    r"\b(?:its|their|the Board’s) (?:recommendation|advice)\b[^⟦⟧;.]{0,40}?\b(?:is|was)\b)"
    r"(?P<what>(?:[^;.⟦⟧]|⟦M\d+⟧){0,60}?)\b(?P<verdict>approv|reject)\w*"
)
_CONSULTED = (
    pattern(
        r"\bconsultation\b[^⟦⟧;]{0,60}?\b(?:from|between|ran|runs?|opened on|open)\s+"
        r"(?:{D1}|\d{1,2}(?:st|nd|rd|th)?(?: [A-Z][a-z]+)?)\s*(?:to|until|and|–|-)\s*(?:closes on )?{D2}"
    ),
    pattern(
        r"\bconsultation\b[^⟦⟧;]{0,80}?\b(?:clos(?:es?|ed|ing)|ends?|ended|ending|runs? (?:to|until)|until)\b(?: "
        r"on)?\s+{D2}"
    ),
)
_IN_STEPS = re.compile(
    r"\b(?:com(?:es?|ing)(?: in)?|came(?: in)?|lands?|landed|arriv\w+|deliver\w+|implement\w+|introduc\w+|"
    r"(?:goes|go|went|going) (?:live|in)|tak(?:es?|ing) effect|took effect|is|are)\b[^⟦⟧;:.]{0,20}?"
    r"\b(?:twice|in (?:\w+ )?(?:steps?|parts?|stages|halves|phases|tranches))\b|"
    r"\b(?:two|three|several|both|different|its|the) implementation dates\b",
    re.IGNORECASE,
)
_OF_IMPLEMENTATION = re.compile(
    r"\bimplement|\bcom(?:es?|ing)\b|\bcame\b|\bland|\barriv|\bdeliver|\bintroduc|\blive\b|\beffect\b", re.IGNORECASE
)
_PIECE = (
    r"(?:part|half|step|stage|phase|tranche|text|documents?|drafting|systems?|functions?|functionality|changes|rest)"
)
_STEP = (
    pattern(
        rf"\b{_PIECE} (?:will )?(?:com(?:e|es)|came|lands?|landed|arrives?|arrived) (?:in |live )?(?:on|from) {{D1}}"
        r"(?:,? (?:and|with) the [^⟦⟧;,.]{2,30} (?:on|from) {D2})?"
    ),
    pattern(r"\b(?:text|documents?|drafting|systems) (?:will )?(?:changes?|follows?) (?:on|from) {D1}"),
    pattern(
        r"\b(?:takes?|took|c[ao]mes?) (?:into )?(?:effect|force) on {D1},? (?:and|with) the [^⟦⟧;,.]{2,40}?"
        r"(?: (?:will|does|following))? on {D2}"
    ),
)
_ANOTHER_STEP = re.compile(
    r"\b(?:assessment|consult\w*|respons\w*|report|workshop|vot(?:e|es|ed|ing)|decision|decided|publish\w*|baselin\w*|"
    r"review|meeting|draft|work|analysis|refine\w*|original(?:ly)?|previous(?:ly)?|formerly|had|was to|were to)\b",
    re.IGNORECASE,
)
"""What else comes in parts, or did not come about."""
_PARTLY = re.compile(r"\bassessment\b|\brefinement\b|\bcost", re.IGNORECASE)


def facts(sentence: Marked, own: str, *, board: bool = False) -> Iterator[Fact]:
    """Yield what a sentence about the page's own modification says of it, as attribute and value.

    `board`: the sentence before was about the Change Board, which "it" then means.
    """
    yield from _recommended(sentence) if board else ()
    yield from _proposer(sentence)
    yield from _dated(sentence, _RAISED, "raised_on")
    yield from _dated(sentence, _CONVERTED, "converted_on")
    yield from _consultation(sentence)
    yield from _implemented(sentence)
    yield from _vote(sentence)
    yield from touched(sentence)
    for match in (
        *_SPLIT.finditer(sentence.text),
        *_WAS_SPLIT.finditer(sentence.text),
        *_SPLIT_IT.finditer(sentence.text),
    ):
        yield from (("split_from", id_) for id_ in sentence.values("M", match["M"]) if is_part_of(own, id_))


def _recommended(sentence: Marked) -> Iterator[Fact]:
    match = _IT_RECOMMENDED.search(sentence.text)
    if match and not NOT.search(match[0]) and not re.search(r"\b(?:may|might|could|would|will|if)\b", match[0]):
        yield "change_board_recommendation", "approve" if match["verdict"].casefold() == "approv" else "reject"


def split(sentence: Marked, own: str) -> Iterator[Fact]:
    """Yield each part with the whole that a sentence says was split: named in it, or the page's own modification."""
    match = _SPLIT_INTO.search(sentence.text)
    if not match or re.search(r"\b(?:may|might|could|should|propos\w+|whether|not)\b", sentence.text[: match.end()]):
        return
    wholes = [*sentence.values("M"), own]
    for part in sentence.values("M", match["Ms"]):
        if whole := next((whole for whole in wholes if is_part_of(part, whole)), ""):
            yield part, whole


def became(own: str, draft: str) -> bool:
    """Whether a Draft Proposal became a modification: the same digits."""
    return is_draft_proposal(draft) and not is_draft_proposal(own) and own.lstrip("MSECP") == draft.lstrip("DP")


def _proposer(sentence: Marked) -> Iterator[Fact]:
    for form in _PROPOSER:
        match = form.search(sentence.text)
        if match and not _NOBODY.match(match["name"]) and not NOT.search(sentence.text[: match.start()]):
            yield "proposer", match["name"].strip()
            return


def _dated(sentence: Marked, forms: tuple[Form, ...], attribute: str) -> Iterator[Fact]:
    for form in forms:
        for match in form.finditer(sentence.text):
            if (
                not HEDGE.search(re.sub("propos", "", match[0], flags=re.IGNORECASE))
                and not re.search(r"\bwill\b|\bissues?\b|\bconcerns?\b", match[0])
                and (attribute != "raised_on" or raised_itself(sentence.text, match))
            ):
                yield attribute, sentence.at(match, "D")
                return


def _consultation(sentence: Marked) -> Iterator[Fact]:
    for form in _CONSULTED:
        found = [sentence.at(match, "D2") for match in form.finditer(sentence.text)]
        yield from (("consultation_closes_on", value) for value in found)
        if found:
            return


def _implemented(sentence: Marked) -> Iterator[Fact]:
    """Yield the day of each step in which it comes about: "It comes in twice: the text on …, the systems on …"."""
    text = sentence.text
    if HEDGE.search(text) or NOT.search(text) or _ANOTHER_STEP.search(text):
        return
    begun = _IN_STEPS.search(text)
    if begun and _OF_IMPLEMENTATION.search(text[: begun.end()]):
        yield from (("implementation", day) for day in sentence.values("D", text[begun.end() :]) if len(day) > _YEAR)
    for form in _STEP:
        for match in form.finditer(text):
            days = [sentence.at(match, name) for name in ("D1", "D2") if match.groupdict().get(name)]
            yield from (("implementation", day) for day in days if len(day) > _YEAR)


def _vote(sentence: Marked) -> Iterator[Fact]:
    match = _VOTE.search(sentence.text)
    if match and not (
        is_called_off(sentence.text, match.end("D"))
        or _PARTLY.search(match["gap"])
        or re.search(r"sub-?committee|\bminutes\b", sentence.text, re.IGNORECASE)
        or plainly.once(sentence.text[: match.end()])
    ):
        yield "change_board_vote_on", sentence.at(match, "D")


def touched(sentence: Marked) -> Iterator[Fact]:
    """Yield what a sentence says that the modification impacts: "It affects Large Suppliers and changes Section F"."""
    for form in (_TOUCHED, _TOUCHES):
        for match in form.finditer(sentence.text):
            lead = sentence.text[: match.start()]
            if NOT.search(lead[-40:]) or NOT.search(match["what"][:12]) or _NOT_SURE.search(lead + " "):
                continue
            yield from impacts.sentence(re.split(r"\b(?:but|not|while|whereas)\b", sentence.plain(match["what"]))[0])
