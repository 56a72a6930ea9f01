"""Turns of phrase put straight before rules read a sentence: "both", what held once, what is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from bot.domain.forms import worded
from watchers.phrases.marks import Marked

_BOTH = worded(r"\b(?:both|each of|all of)(?: the)?(?: modifications?| proposals?)?\s+(?=⟦M)")
_WHEN = r"⟦(?:D|R)\d+⟧"
_NOT_A_MARK = r"[^⟦⟧;.]"
_TO = rf"(?={_NOT_A_MARK}{{0,60}}?\b(?:to|until)\b{_NOT_A_MARK}{{0,40}}?{_WHEN})"
_MOVES = (
    r"\b(?:mov(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|reschedul\w+|shift\w*|slip(?:s|ped)?|deferr?(?:ed|s|ing)?|"
    r"postpon\w+|"
    r"delay\w*|put back|pushed back|brought forward|bring\w* forward|extend\w*|revis\w+|amend\w*|retarget\w*|"
    r"re-target\w*|"
    r"transferr\w*|gone|went)\b"
)
_ONCE = (
    r"(?:(?:which|that) (?:had been|was|were)(?: \w+)?|"
    r"(?:first|originally|initially|previously|formerly|at first|once|earlier)(?: \w+)?(?: \w+)?) "
    r"(?:arranged|booked|pencilled in|listed|planned|due|set|scheduled|expected|intended|announced|given|fixed|"
    r"agreed|targeted|meant|to (?:go live|take effect|come into (?:force|effect))|to be (?:held|taken|"
    r"delivered|implemented|presented))"
)
_WAS_DUE = (
    r"(?:(?:was|were|had been) (?:(?:once|first|originally|initially|previously) )?(?:to (?:have been|be)|due|planned|"
    rf"set|scheduled|expected|intended|targeted|going|meant|listed)|{_ONCE})\b"
)
_SAYS_WAS_DUE = worded(_WAS_DUE)
"""What is looked for first, as `_UNTIL_NOW` begins at every word of a sentence."""
_UNTIL_NOW = worded(
    rf"(?P<keep>(?:⟦M\d+⟧|\b\w+){_NOT_A_MARK}{{0,40}}?)(?<=\W){_WAS_DUE}{_NOT_A_MARK}{{0,60}}?{_WHEN},?\s+"
    rf"(?:but|and|though|then|although)\b(?={_NOT_A_MARK}{{0,60}}?\b(?:now|instead|{_MOVES})\b"
    rf"(?:{_NOT_A_MARK}|⟦M\d+⟧){{0,60}}?{_WHEN})",
)
_HELD_ONCE = (
    worded(rf"(?P<keep>{_MOVES}{_NOT_A_MARK}{{0,60}}?)\bfrom\b{_NOT_A_MARK}{{0,50}}?{_WHEN}{_TO}"),
    worded(rf"\bfrom\b{_NOT_A_MARK}{{0,50}}?{_WHEN}(?P<keep>)(?={_NOT_A_MARK}{{0,30}}?{_MOVES}){_TO}"),
    worded(rf"[,(–—]\s*(?P<keep>){_ONCE}{_NOT_A_MARK}{{0,40}}?{_WHEN}\s*[,)–—]"),
    _UNTIL_NOW,
    worded(
        rf"(?P<keep>{_WHEN},?\s*\(?)\b(?:and not|not|rather than|instead of|in place of|no "
        rf"longer)\b{_NOT_A_MARK}{{0,30}}?"
        rf"{_WHEN}",
    ),
)
"""What a sentence tells of a day or release that another has taken the place of."""
OF_A_DAY = frozenset(
    {
        "change_board_vote_on",
        "panel_presentation_on",
        "decision_cut_off",
        "implementation",
        "consultation_closes_on",
        "targeted_release",
        "targeted_year",
    }
)
"""What of a modification can be moved to another day or release."""


def straight(sentence: Marked) -> Marked:
    """Return a sentence without the "both" before names."""
    text = _BOTH.regex.sub("", sentence.text) if _BOTH.may_match(sentence.text) else sentence.text
    text = without_neither(text)
    return sentence if text == sentence.text else replace(sentence, text=text)


_NEITHER = worded(
    r"\bneither (?:yet )?\w+(?: (?:back|down|forward|it|them|the \w+|⟦M\d+⟧))?,? n?or (?:yet )?\w+(?=\W|$)"
)


_NEITHER_OF = worded(
    r"\bneither (?P<one>⟦M\d+⟧|[^⟦⟧.;,]{3,40}?) n?or (?P<two>⟦M\d+⟧|[^⟦⟧.;,]{3,40}?) "
    r"(?P<verb>has|have|had|did|does|is|was|are|were|will)\b"
)


def without_neither(text: str) -> str:
    """Return a text with one "not" for what was done neither way, or by neither: "has neither approved nor rejected
    MP243", "Neither the Change Board nor the Authority has approved MP243".
    """
    if not _NEITHER.may_match(text):
        return text
    text = _NEITHER_OF.regex.sub(r"\g<one> and \g<two> \g<verb> not", text)
    return _NEITHER.regex.sub("not settled", text)


def of_now(sentence: Marked) -> Marked | None:
    """Return a sentence without what it says held once; None where it says nothing of the kind."""
    text = sentence.text
    if text.count("⟦D") + text.count("⟦R") + text.count("⟦Y") < 2:
        return None
    for form in _HELD_ONCE:
        if form.may_match(text) and (form is not _UNTIL_NOW or _SAYS_WAS_DUE.search(text)):
            text = form.regex.sub(lambda match: f"{match['keep']} ", text)
    return None if text == sentence.text else replace(sentence, text=text)


def without_aside(sentence: Marked) -> Marked:
    """Return a sentence without an aside on the day that was to be, where another day follows: "…, which was due on
    ⟦D0⟧, went live on ⟦D1⟧".
    """
    form, text = _HELD_ONCE[2], sentence.text
    if text.count("⟦D") < 2 or not form.may_match(text):
        return sentence
    plain = form.regex.sub(lambda match: " " if "⟦D" in text[match.end() :] else match[0], text)
    return sentence if plain == text else replace(sentence, text=plain)


_RUN_OF = {
    kind: re.compile(rf"⟦{kind}\d+⟧(?:(?:\s|,|&|;|\b(?:and|on|by|until|the)\b)*⟦{kind}\d+⟧)+", re.IGNORECASE)
    for kind in ("M", "D", "R")
}


def respectively(sentence: Marked, facts: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Return facts with each modification's own day, where a sentence gives as many days as it names modifications:
    "MP212 and MP214 by 4 May 2026 and 18 May 2026 respectively".
    """
    if not facts or "respectively" not in sentence.text:
        return facts
    own: dict[str, str] = {}
    days: set[str] = set()
    for kind in ("D", "R"):
        for run, named in product(_RUN_OF[kind].findall(sentence.text), _RUN_OF["M"].findall(sentence.text)):
            values, ids = sentence.values(kind, run), sentence.values("M", named)
            if len(values) == len(ids):
                own |= {f"modification:{id_}": value for id_, value in zip(ids, values, strict=True)}
                days.update(values)
    told = dict.fromkeys((what, rule) for of, what, value, rule in facts if of in own and value in days)
    rest = [fact for fact in facts if not (fact[0] in own and fact[2] in days)]
    return [*rest, *((of, what, value, rule) for what, rule in told for of, value in own.items())]


_AGREES = r"(?:agree|approve|endorse|decide|confirm|determine|support|accept|adopt|grant|baseline)"
_INVITED = worded(
    rf"\b(?:invited|asked|requested|recommended|to be asked) to:? (?:(?:\w+ and |also |formally )){{0,2}}{_AGREES}\b|"
    r"^\W*(?:\(?[a-z\d]{1,3}[.)]\s*)?(?-i:(?:AGREE|APPROVE|ENDORSE|DECIDE|CONFIRM|DETERMINE|SUPPORT|BASELINE)S?\b|"
    r"(?:Agree|Approve|Endorse|Decide|Confirm|Determine) (?:to|that|the|whether)\b)",
)
_RELATIVE = re.compile(r",? (?:which|that|due|now)\b(?= (?:is|are|was|were|will|has|goes|due|to|go)\b)", re.IGNORECASE)
"""Where a sentence turns aside to what is so: "the scope of the release, which is due to go live on …"."""
_NOTED = re.compile(r"\bnot(?:e|ed|ing|es)\b[^;]*$", re.IGNORECASE)
_ASKED = {"in_scope": "may_include", "go_live": "proposed_go_live", "may_include": "may_include"}
_ONLY_FACTS = frozenset(
    {
        "out_of_scope",
        "status",
        "approved_on",
        "authority_decided_on",
        "baselined_on",
        "dcc_systems_baselined_on",
        "go_live_approved_on",
        "withdrawn_on",
        "converted_on",
        "implementation",
    }
)


def as_asked(sentence: Marked, facts: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Return facts as what a body is asked to agree to: "The Panel is invited to AGREE that MP236 be added"."""
    invited = _INVITED.search(sentence.text) if facts else None
    if not invited or _NOTED.search(sentence.text[: invited.end()]) or " NOTE" in sentence.text:
        return facts
    told = _RELATIVE.search(sentence.text, invited.end())
    aside = sentence.values("D", sentence.text[told.start() :]) if told else []
    return [
        (of, what if value in aside else _ASKED.get(what, what), value, rule)
        for of, what, value, rule in facts
        if what not in _ONLY_FACTS
    ]
