"""Where a modification comes from: raised, converted from a Draft Proposal, split off another, assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import Form, fitting, reads
from bot.domain.identifiers import is_draft_proposal
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.governed import belongs_to_another
from watchers.phrases.hedges import clause
from watchers.phrases.marks import Marked, pattern

RAISES = r"(?:raised|submitted|proposed|put forward|brought forward)"
_RAISED = (
    pattern(r"\b(?:was|were) raised\b[^⟦⟧;]{0,60}?\bon {D}"),
    pattern(r"^\W*on {D},?[^⟦⟧;]{0,60}?\braised\b"),
    pattern(
        r"(?:\b(?:Draft Proposal|Modification Proposal|modification|proposal)|⟦M\d+⟧),? (?:which was |"
        r"that was )?raised\b"
        r"[^⟦⟧;.]{0,60}?\b(?:on|in) {D}"
    ),
    pattern(r"^\W*(?:date )?raised(?: by [^⟦⟧;]{1,40}?)?(?: on)?\W*{D}"),
    pattern(r"^\W*(?:date (?:raised|of raising)|raised)(?: for| of| –|:)? {Ms}\W{0,3}(?:is |was )?(?:on )?{D}"),
    pattern(
        rf"{RAISES} (?:the )?(?:Draft Proposal |Modification Proposal |modification |proposal "
        rf")?{{Ms}}[^⟦⟧;.]{{0,40}}?\b(?:on|in) {{D}}"
    ),
    pattern(
        rf"^\W*on {{D}},? (?:the )?(?-i:[A-Z])[^⟦⟧;.]{{1,40}}? {RAISES} (?:the )?(?:Draft Proposal |Modification "
        rf"Proposal |modification |proposal )?{{Ms}}"
    ),
    pattern(r"^\W*an? (?:new )?(?:draft|modification)(?: proposal)?,? raised by [^⟦⟧;]{1,40}? on {D}"),
)
_CONVERTED = (
    pattern(r"{M1}(?:[^⟦⟧;]|⟦D\d+⟧){0,80}?\b(?:known as|numbered|called|becoming|now)\b[^⟦⟧;]{0,20}?{M2}"),
    pattern(
        r"{M1}[^⟦⟧;]{0,40}?\b(?:was|has been|is now|became|been|has(?: now)? "
        r"become)\b[^⟦⟧;]{0,30}?\b(?:converted (?:in)?to|"
        r"became|renumbered (?:as|to)|now)?\b[^⟦⟧;]{0,40}?{M2}"
    ),
    pattern(
        r"{M1}\s*(?:converted|renumbered|becomes|has become)(?: (?:in)?to| as)?(?: an?)?(?: SEC)?(?: "
        r"Modification)?(?: Proposal)?"
        r"\W{0,2}\s*{M2}"
    ),
    pattern(
        r"\b(?:convert(?:ed|s)?|conversion of|turned) (?:the )?(?:Draft Proposal "
        r")?{M1}[^⟦⟧;]{0,15}?\b(?:in)?to\b[^⟦⟧;]{0,40}?{M2}"
    ),
    pattern(r"{M2}[^⟦⟧;]{0,30}?\b(?:\(?formerly|previously|converted from|raised as|was)\b[^⟦⟧;]{0,30}?{M1}"),
    pattern(r"{M2}\s*\({M1}\)"),
)
_AGREED_TO_CONVERT = pattern(
    r"\b(?:agreed|decided|resolved|approved)\b(?: that| to| the| its| unanimously){0,3} "
    r"(?:convert|converting|conversion of) {M}"
)
_FORMERLY = pattern(
    r"\b(?:formerly|previously|originally|converted from|raised as|began (?:life )?as|started as|was once|"
    r"known as|came from)\b"
    r"[^⟦⟧;.]{0,30}(⟦M\d+⟧)"
)
_CONVERTED_ON = pattern(
    r"\b(?:converted|conversion|turned into|made into|became a Modification Proposal)\b"
    r"(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\bon {D}"
)
_ON_IT_BECAME = pattern(
    r"^\W*on {D},?(?:[^⟦⟧;]|⟦M\d+⟧){0,80}?\b(?:converted|became a (?:full )?modification|became ⟦M|becomes ⟦M)"
)
_NOT_CONVERTED = re.compile(
    r"\b(?:will|may|might|to be|if|not|could|should|expected|due|would|until|before)\b", re.IGNORECASE
)
_A_PROPOSAL = (
    r"(?:(?:an? |the )?(?:full |new )?(?:SEC )?Modification(?: Proposal)?,?\s*(?:as |numbered |now |called )?)?"
)
_BECAME = pattern(
    r"^\W*(?:is |has (?:now )?been |was )?(?:now(?: become)?|became|converted (?:in)?to|has (?:now )?become|"
    r"renumbered(?: as| to)?)\s+"
    rf"{_A_PROPOSAL}{{M}}"
)
_SPLIT = pattern(r"\b(?:split|splits|splitting|divided|separated|broken up|carved)\b")
_WHEN = r"(?:[^⟦⟧;.]|⟦D\d+⟧){0,40}?"
"""What stands between a verb and its object: when it was done, by whom."""
_IT_WAS_SPLIT = pattern(rf"^[^⟦⟧;]{{0,40}}?\bsplit\b{_WHEN}\b(?:in)?to\b[^⟦⟧;]{{0,40}}?{{Ms}}")
_MAY_SPLIT = re.compile(
    r"\b(?:may|might|could|should|would|will|propos\w+|consider\w*|suggest\w*|advis\w+|against|whether|if|not|"
    r"(?:decide|vote|views?|consult\w*) (?:on|about)|option|possib\w+)\b",
    re.IGNORECASE,
)
_WAS_ASKED = r"(?:was|were|has been) (?:asked|commissioned|instructed)"
_FOR_ONE = (
    r"(?:for|to (?:do|carry out|provide|produce|complete|perform|prepare)) (?:an? |the |its )?(?:\w+ ){0,2}Impact "
    r"Assessment\b"
)
_ASSESSMENT = (
    pattern(
        r"^\W*(?:the|this|that|its) (?:(?:DCC )?Impact )?assessment (?:was|has been) (?:then )?(?:requested|"
        r"commissioned|asked for)(?: from "
        r"the DCC)? on {D}"
    ),
    pattern(rf"\b{_WAS_ASKED} on {{D}},? {_FOR_ONE}"),
    pattern(rf"\b{_WAS_ASKED} {_FOR_ONE}(?:[^⟦⟧;.]|⟦M\d+⟧){{0,40}}?\bon {{D}}"),
    pattern(
        r"\b(?:asked (?:the DCC )?for|requested|commissioned|called for)\b[^⟦⟧;.]{0,30}?\bImpact Assessments?\b"
        r"(?:[^⟦⟧;.]|⟦M\d+⟧){0,30}?(?:⟦M\d+⟧\s*\(?)?\bon {D}"
    ),
    pattern(
        r"\bImpact Assessments?\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\b(?:was |were |been )?(?:requested|commissioned|ordered|"
        r"asked for|sought)\b[^⟦⟧;]{0,40}?\bon {D}"
    ),
    pattern(
        r"\b(?:requested|commissioned|asked (?:the )?(?:DCC )?for|called for|ordered)\b[^⟦⟧;]{0,40}?\bImpact "
        r"Assessment\b(?:[^⟦⟧;.]|⟦M\d+⟧){0,60}?\bon {D}"
    ),
    pattern(
        r"^\W*on {D},? (?:the )?[^⟦⟧;.]{2,40}?\b(?:requested|commissioned|asked (?:the )?(?:DCC )?for|called for|"
        r"ordered)\b(?! (?:by|that)\b)"
        r"[^⟦⟧;.]{0,30}?\bImpact Assessment\b"
    ),
    pattern(r"^\W*on {D},?[^⟦⟧;]{0,60}?\brequested\b[^⟦⟧;]{0,40}?\bImpact Assessment\b"),
)


@reads(*_RAISED, *_ASSESSMENT, *_CONVERTED, _BECAME, _FORMERLY, _AGREED_TO_CONVERT, _SPLIT, _IT_WAS_SPLIT)
def origins(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP128 had been split into MP128A and MP128B": what a sentence says of a modification's origin."""
    yield from _dated(sentence, context, _RAISED, "raised_on", "raised")
    yield from _dated(sentence, context, _ASSESSMENT, "impact_assessment_requested_on", "Impact Assessment")
    yield from _converted(sentence, context)
    yield from _split(sentence)
    yield from _split_it(sentence, context)


def _split_it(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "was split on 20 September 2022 into MP198A and MP198B" in MP198's row."""
    match = _IT_WAS_SPLIT.search(sentence.text)
    if not match or _MAY_SPLIT.search(sentence.text[: match.end()]):
        return
    for part in sentence.values("M", match["Ms"]):
        for whole in context.about or context.last:
            if part[:-1] == whole:
                yield f"modification:{part}", "split_from", whole, "split"


_SPLIT_IT = pattern(r"\b(?:split|splitting|divide|dividing|separate)\b(?: of)? {M}(?![^;.]*\binto\b)")
_A_PART = pattern(r"⟦M\d+⟧")


@reads(_A_PART)
def parts_of_it(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Panel agreed to split MP198. MP198A stays …": what is named like the whole and a letter is its part."""
    match = _SPLIT_IT.search(sentence.text)
    if match and not _MAY_SPLIT.search(clause(sentence.text, match.start(), match.end())):
        context.split = sentence.at(match, "M")
    for part in sentence.values("M") if context.split else ():
        if part[:-1] == context.split and part[-1].isalpha():
            yield f"modification:{part}", "split_from", context.split, "split"


def _split(sentence: Marked) -> Iterator[Said]:
    """Read "MP128 had been split into MP128A and MP128B": a whole and its parts, named in any order around the word."""
    ids = sentence.values("M")
    pairs = [(part, whole) for part in ids for whole in ids if part[:-1] == whole and part[-1].isalpha()]
    for match in _SPLIT.finditer(sentence.text) if pairs else ():
        if not _MAY_SPLIT.search(clause(sentence.text, match.start(), match.end())):
            for part, whole in pairs:
                yield f"modification:{part}", "split_from", whole, "split"


def _dated(sentence: Marked, context: Context, forms: tuple[Form, ...], attribute: str, rule: str) -> Iterator[Said]:
    for form in fitting(forms, sentence.text):
        for match in form.finditer(sentence.text):
            verb = re.search(r"\b(?:raised|submitted|proposed)\b", match[0], re.IGNORECASE)
            if verb and belongs_to_another(sentence.text, match.start() + verb.start()):
                return
            if attribute == "raised_on" and not raised_itself(sentence.text, match):
                continue
            if _TO_COME.search(match[0]):
                continue
            ids = before(sentence, match, context)
            if attribute == "impact_assessment_requested_on" and not ids:
                ids = context.section or (context.last if len(context.last) == 1 else ())
            yield from each(ids, attribute, sentence.at(match, "D"), rule)
            return


_RAISED_ELSE = re.compile(
    r"\b(?:questions?|concerns?|issues?|issue form|points?|quer(?:y|ies)|objections?|"
    r"comments?|doubts?|risks?|charges?|prices?|"
    r"fees?|limits?|thresholds?|caps?|minimum|maximum|alarms?|alerts?|tickets?|incidents?|"
    r"defects?|faults?|matters?|appeals?|subjects?|topics?|"
    r"sister (?:change|modification)|it was raised (?:at|with))\b(?:(?!\b(?:proposal|modification)\b)[^;⟦⟧]){0,60}$",
    re.IGNORECASE,
)


_TO_COME = re.compile(r"\b(?:will|would|may|might|could|to be|is to|not)\b", re.IGNORECASE)
_RAISED_OBJECT = re.compile(
    r"\braised\s+(?:(?:\w+ ){0,2}?(?:doubts?|concerns?|questions?|issues?|points?|"
    r"objections?|quer(?:y|ies)|awareness)\b|"
    r"with (?:the )?(?:Authority|Ofgem|DCC|Panel|Working Group)\b|at (?:the|a|an) )",
    re.IGNORECASE,
)


def raised_itself(text: str, match: re.Match[str]) -> bool:
    """Whether what was raised is a modification: no question, no concern, no issue that led to it, no charge."""
    raised = re.search(r"\braised\b", match[0], re.IGNORECASE)
    if _RAISED_OBJECT.search(match[0]):
        return False
    until = match.start() + raised.start() if raised else match.end()
    return not _RAISED_ELSE.search(clause(text, until, until))


def _converted(sentence: Marked, context: Context) -> Iterator[Said]:
    for form in fitting(_CONVERTED, sentence.text):
        for match in form.finditer(sentence.text):
            old, new = sentence.at(match, "M1"), sentence.at(match, "M2")
            if _is_conversion(old, new):
                yield f"modification:{new}", "draft_proposal", old, "converted"
                yield from _on(sentence, new)
    if (became := _BECAME.match(sentence.text)) and len(context.about) == 1:
        [old], new = context.about, sentence.at(became, "M")
        if _is_conversion(old, new):
            yield f"modification:{new}", "draft_proposal", old, "converted"
            yield from _on(sentence, new)
    yield from _agreed_to_convert(sentence, context)
    yield from _formerly(sentence, context)


def _agreed_to_convert(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "On 21 August 2020 the Panel agreed to convert DP124" where MP124 was named before it."""
    for match in _AGREED_TO_CONVERT.finditer(sentence.text):
        old, days = sentence.at(match, "M"), sentence.values("D")
        new = next((one for one in (*context.about, *context.last) if _is_conversion(old, one)), "")
        if new and not _NOT_CONVERTED.search(clause(sentence.text, match.start(), match.start("M"))):
            yield f"modification:{new}", "draft_proposal", old, "converted"
            yield from each((new,) if len(days) == 1 else (), "converted_on", days[0] if days else "", "converted")


def _formerly(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Formerly DP270, which was converted on 25 August 2026", below MP270's heading or in its row."""
    match = _FORMERLY.search(sentence.text)
    subjects = context.about or context.last
    if not match or len(subjects) != 1:
        return
    [new], old = subjects, sentence.marks[match[1][1:-1]].value
    if _is_conversion(old, new):
        yield f"modification:{new}", "draft_proposal", old, "converted"
        yield from _on(sentence, new)


def _on(sentence: Marked, new: str) -> Iterator[Said]:
    """When it was converted, where the sentence says so and it is done."""
    match = _CONVERTED_ON.search(sentence.text) or _ON_IT_BECAME.search(sentence.text)
    if match and not _NOT_CONVERTED.search(clause(sentence.text, match.start(), match.end())):
        yield f"modification:{new}", "converted_on", sentence.at(match, "D"), "converted"


def _is_conversion(old: str, new: str) -> bool:
    """Whether a Draft Proposal became that modification: their digits are the same."""
    return is_draft_proposal(old) and not is_draft_proposal(new) and old[2:] == new[2:]


RULES = (parts_of_it, origins)
