"""When a modification, or a part of it, was or will be implemented; a proposal under consultation is no date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads, worded
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import CONDITION, HEDGE, clause
from watchers.phrases.marks import Marked, pattern

_DONE = (
    r"\b(?:implemented|delivered|deployed|introduced|brought forward(?! by (?!⟦))|put in place|go(?:es)? live|"
    r"went live|gone live|(?:went|gone|goes|go|came|come|comes) in(?! (?:to|front|for|from|two|three))|"
    r"tak(?:e|es) effect|took effect|c[ao]me into "
    r"(?:effect|force)|brought[^⟦⟧;.]{0,40}? in(?= on)|brought in|"
    r"(?:put|written|c[ao]mes?|c[ao]me|went|goes) into the (?:SEC|Code)(?= (?:on|with|in)\b))\b"
)
_LABELLED_PART = pattern(
    r"^\W*(?:[^⟦⟧:;.]{0,30}\b)?(?:changes?|text|documents?|parts?|elements?|functionality|functions?|firmware|systems?|"
    r"solution)(?P<gap>)(?: (?:under|of|for|from|in|required by|delivered by) ⟦M\d+⟧)?\s*[:–—|-]\s*{D}\W*$"
)
"""A label of a part of a modification beside its day: "SEC changes under SECMP0015: 26 February 2026"."""
_WHEN_IT_IS = pattern(
    r"{D},? (?:when|on which|the day (?:that|when|on which))\b[^⟦⟧;.]{0,40}?⟦M\d+⟧(?P<gap>\s)(?:is|are|was|were|"
    r"will be|goes|"
    r"go|went) (?:to be )?(?:fully )?(?:implemented|delivered|introduced|live)\b"
)
_PART_PLANNED = pattern(
    r"(?<!of )(?<!for )(?<!on )(?<!to )(?<!in )(?<!about )\b(?:the|its|their|all|other|remaining) "
    r"(?:(?!⟦)[\w/-]+ ){0,5}?(?:changes|parts?|"
    r"elements?|text|functionality|firmware|rest|remainder)(?P<gap>) (?:is|are|was|were|will be) (?:now )?(?:planned|"
    r"scheduled|due|set) (?:for|on) {D}"
)
"""A part of a modification beside the day for which it is planned, whatever went in with another release."""
_FORMS = (
    pattern(
        rf"{_DONE}(?P<gap>[^⟦⟧;]{{0,60}}?)\b(?:on|from|since|until|by|as of)\s+(?:the )?(?:(?:same|"
        rf"following) day,?\s*(?:on )?)?{{D}}"
    ),
    pattern(
        rf"{_DONE}(?P<gap>[^⟦⟧;]{{0,60}}?)⟦[DR]\d+⟧,? (?:and|with|but|while) (?:(?!\b(?:approv|decid|publish|"
        rf"baselin|vot|consult)\w*)"
        rf"[^⟦⟧;.]){{3,70}}? (?:in|with|on|through) (?:the )?(?:{{D}}|{{R}})"
    ),
    pattern(
        r"\b(?:effects?|changes?|remainder|rest|part|elements?|functionality|function|obligations?|phase|stage)\b"
        r"(?:(?!\bvot|\bconsult|\bdecision)[^⟦⟧;]){0,40}?\bfollow(?:s|ed)?(?P<gap>)\b[^⟦⟧;]{0,20}\b(?:on|from) {D}"
    ),
    pattern(
        rf"(?:{_DONE}|\bfollows?\b)(?P<gap>[^⟦⟧;]{{0,60}}?)\b(?:in|with|until|as part of|to|through|by|via|from|"
        rf"alongside|under)\s+(?:the )?(?:⟦V\d+⟧ (?:in|on) )?{{R}}(?P<dated>[^⟦⟧]{{0,12}}{{D}})?"
    ),
    pattern(
        r"\b(?:implementation date|implementation)(?P<gap>(?: of|"
        r" for)?[^⟦⟧;]{0,60}?(?:⟦[MP]\d+⟧[^⟦⟧;]{0,30}?)?)(?:\b(?:is|was|will be|of|remains)\b(?: now)?|"
        r":)\s+{D}"
    ),
    pattern(
        r"\bimplementation(?: date)?\b(?P<gap>[^;]{0,60}?\b(?:moved|changed|put (?:back|off)|pushed back|postponed|"
        r"brought forward|deferred|"
        r"delayed)\b[^⟦⟧;]{0,40}?(?:\bfrom\b[^⟦⟧;]{0,10}⟦D\d+⟧[^⟦⟧;]{0,10})?)\bto\s+{D}"
    ),
    pattern(r"\b(?:implementation|go[- ]live)(?P<gap>) (?:on|from) {D}"),
    pattern(
        r"{D},?\s+(?:(?:which|this|that) (?:is|will be|was) )?when (?P<gap>[^⟦⟧;]{0,40}?(?:⟦M\d+⟧)?[^⟦⟧;]{0,30}?)"
        r"\b(?:will be|is|was|are|were) (?:implemented|delivered|deployed|introduced)\b"
    ),
    _LABELLED_PART,
    _PART_PLANNED,
    pattern(r"\b(?P<gap>now (?:planned|scheduled|due|expected|set) (?:for|on))\s+(?:implementation on )?{D}"),
    pattern(
        r"(?:\b(?:changes?|text|elements?|functions?|functionality|parts?|firmware|solution|rest|remainder|everything|"
        r"phase|implementation)|⟦M\d+⟧)(?P<gap>[^⟦⟧;]{0,90}?\b(?:follow|follows|followed) (?:later,? )?)"
        r"(?:on|by) {D}"
    ),
    _WHEN_IT_IS,
    pattern(r"\b(?P<gap>\bnew implementation date\b[^⟦⟧;]{0,30}?){D}"),
)
_NOT_DONE = re.compile(
    r"\b(?:withdrawal|rejection|no longer|cannot|not (?:now )?(?:be )?(?:implemented|delivered)(?! until)|never)\b",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"\b(?:was|were|had been) (?:originally |previously |once |at first )?(?:due|planned|scheduled|expected|going|"
    r"meant|"
    r"intended|supposed|set|to)\b|"
    r"\b(?:originally|previously|formerly)\b",
    re.IGNORECASE,
)
_ABOUT_IMPLEMENTATION = worded(
    r"\bimplement|\bdeliver|\b(?:went|gone|goes|go|came|comes?) in\b|\bdeploy|\bintroduc|\blive\b|\beffect\b|\bforce\b|"
    r"\binto the (?:SEC|Code)\b|\bforward\b|\bbrought\b.*\bin\b|\bput in place\b|\bfollow",
)
_OF_A_RELEASE = re.compile(r"⟦R\d+⟧,?\s*(?:\(?(?:which|that)\s+)?(?:is due to |will )?$")
"""What goes live is the release: "to make the ⟦R0⟧, which goes live on ⟦D0⟧"."""
_OF_ANOTHER = re.compile(
    r"\b(?:an?|another|the|some) (?:earlier|previous|similar|different|related|other|separate|past)(?: \w+){0,2} "
    r"(?:change|modification|proposal|release)s?\b[^⟦⟧;,]{0,25}$",
    re.IGNORECASE,
)
"""What was implemented is another change that is only spoken of."""
_MONTH = len("2021-11")
_NOT_OUR_VERB = re.compile(
    r"\b(?:targeted|approved|recommended|consult\w*|decision|published|voted|raised|baselined)\b", re.IGNORECASE
)
_NOT_THE_CHANGE = re.compile(
    r"\b(?:responses?|comments?|views|answers?|letters?|requests?|questions?|calls?|costs?|invoices?|bids?|"
    r"feedback|replies)\b"
    r"[^;]*\bc[ao]mes? in\b",
    re.IGNORECASE,
)
_OF_A_CHANGE = re.compile(
    r"\W*(?:the|its|their) (?!(?:[\w-]+ ){0,3}(?:vote|decision|consultation|report|meeting|review|assessment|"
    r"letter)s? )"
    r"(?:[\w-]+ ){0,4}"
    r"(?:changes?\b(?! Board)|(?:text|functionality|parts?|firmware|elements?)\b)",
    re.IGNORECASE,
)
"""What follows is a change, whatever it brings: "The changes that provide the new reports will follow"."""
_FOLLOWS_A_STEP = re.compile(
    r"\b(?:vote|decision|consultation|report|meeting|review|assessment|letter|update|webinar|guidance)s?\b.*\bfollow",
    re.IGNORECASE,
)


@reads(*_FORMS)
def implementation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "the CTSD text will now be implemented on 24 June 2021", "not … until the November 2022 SEC Release"."""
    text = sentence.text
    if sentence.of("V") and not sentence.of("M") and (context.version or not (context.about or context.section)):
        return
    for form in fitting(_FORMS, text):
        for match in form.finditer(text):
            words = clause(text, match.start(), match.end())
            if (
                CONDITION.match(text[match.end() :])
                or _FORMERLY.search(words)
                or not (form in (_LABELLED_PART, _PART_PLANNED) or _ABOUT_IMPLEMENTATION.search(text))
            ):
                continue
            if _OF_A_RELEASE.search(text[: match.start()]) or _OF_ANOTHER.search(text[: match.start()]):
                continue
            if HEDGE.search(words) or _NOT_DONE.search(words) or _NOT_OUR_VERB.search(match["gap"]):
                continue
            follows = _FOLLOWS_A_STEP.search(words) and not _OF_A_CHANGE.match(words) and form is not _WHEN_IT_IS
            if follows or _NOT_THE_CHANGE.search(words):
                continue
            ids = _whose(sentence, match, context)
            found = match.groupdict()
            if found.get("D"):
                value = sentence.at(match, "D")
            else:
                value = sentence.at(match, "R")
                if sentence.marks[found["R"][1:-1]].own and context.own_page:
                    continue
            if len(value) >= 7:
                yield from each(ids, "implementation", value, "implementation")


def _whose(sentence: Marked, match: re.Match[str], context: Context) -> tuple[str, ...]:
    """Return whose implementation it is: named in its clause or sentence, or the row's or heading's."""
    words = clause(sentence.text, match.start(), match.end())
    named = sentence.values("M", words) or sentence.values("M", sentence.text[: match.end()])
    if named:
        return tuple(named)
    if context.about:
        return context.about
    ahead = match[0] if _PART_PLANNED.made(match) else sentence.text[: match.start()]
    if sentence.of("R", ahead) or re.search(r"\b(?:release|version)\b", ahead):
        return ()
    dated = (
        "R" not in match.groupdict() or not match["R"] or context.own_page
    )  # a post's heading says less than a page's
    if (
        context.section
        and dated
        and not re.search(r"\b(?:release|consultation|guidance|webinar)\b", words, re.IGNORECASE)
    ):
        return context.section
    part = re.search(
        r"\b(?:changes?|text|elements?|functionality|part|parts|firmware|solution|modifications?|it|its|this|they)\b",
        re.sub(r"\b(?:Change|Service) Requests?\b", "", words, flags=re.IGNORECASE),
        re.IGNORECASE,
    )
    return context.last if part and len(context.last) == 1 else ()


_IN_PHASES = pattern(
    r"\b(?:(?:phased|staged|staggered|split|stepped|two-part|two-stage|two-phase|two-step) (?:implementation|"
    r"delivery|approach|go-live)|"
    r"(?:implemented|delivered|introduced|rolled out|implementation|delivery) (?:will be |is |was |are )?in (?:two|"
    r"three|four|several|\\d) "
    r"(?:phases|stages|parts|steps|tranches|drops))\b"
)
_IN_THE_SEC = (
    pattern(
        r"\b(?:SEC|Code|Smart Energy Code)\b[^⟦⟧;.]{0,10}? (?:was|has been|is) (?:updated|amended|changed|modified|"
        r"varied|revised)"
        r"(?: on {D})?,? (?:to (?:implement|incorporate|include|reflect|bring in|introduce|give effect to)|with|"
        r"for|by) {Ms}(?: on {D2})?"
    ),
    pattern(
        r"\bon {D},? the (?:SEC|Code|Smart Energy Code) (?:was|has been) (?:updated|amended|changed|modified|revised) "
        r"to (?:implement|incorporate|include|reflect|bring in|introduce|give effect to) {Ms}"
    ),
)


@reads(_IN_PHASES, *_IN_THE_SEC)
def told_otherwise(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "a phased implementation: phase 1 on … and phase 2 on …", "The SEC was updated on … to implement MP128"."""
    text = sentence.text
    phases = _IN_PHASES.search(text)
    if phases and not (HEDGE.search(text) or _NOT_DONE.search(text) or sentence.of("R", text[: phases.start()])):
        ids = before(sentence, phases, context)
        for day in sentence.values("D", text[phases.end() :]):
            yield from each(ids if len(day) >= _MONTH else (), "implementation", day, "implementation")
    for form in fitting(_IN_THE_SEC, text):
        for match in form.finditer(text):
            ids, found = tuple(sentence.values("M", match["Ms"])), match.groupdict()
            days = sentence.values("D", f"{found.get('D') or ''} {found.get('D2') or ''}")
            yield from each(ids, "status", "implemented", "implemented")
            yield from each(ids if days else (), "implementation", days[0] if days else "", "implementation")


RULES = (implementation, told_otherwise)
