"""Which of the days that a sentence about a version names is the one on which it takes effect.

The last word of a role before a day gives it its role, as in "had been due on …, but came into effect on …"; where no
word before it does, the first one after it ("On … SEC v62.0 came into force").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchers.phrases.hedges import clause
from watchers.phrases.marks import Marked

_INTO = r"(?:in(?:to|side)?|as part of|as|by|with|through|under|via|creating|making|to)"
_EFFECT = (
    r"(?:in(?:to)? (?:full |legal )?(?:effect|force|operation|use)|t(?:akes?|ook|aking|aken) (?:legal )?effect|"
    r"(?:gives?|gave|giving|has|have|had|having) (?:legal )?(?:effect|force)|with effect|effective|operative|"
    r"(?:go|goes|going|went|gone|is|are|was|been|be|now) live|live|appl(?:y|ies|ied|icable)|stands? at|"
    r"bind(?:s|ing)?|governs?|"
    r"(?:is|are|was|now) at ⟦V\d+⟧|start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|commenc\w+|"
    r"(?:mov|updat|upgrad|uplift|chang|switch|advanc|migrat|roll|tak|brought|bring|step|switched|shift)\w*(?: "
    r"\w+){0,4} to ⟦V\d+⟧|"
    r"(?:went|gone|goes|go|going|rose|rises) (?:\w+ )?(?:from ⟦V\d+⟧ )?to ⟦V\d+⟧|"
    r"supersed\w+|replac(?:es|ed|ing)|took over|takes over|succeed(?:s|ed)|"
    r"bec[ao]mes? (?:the )?(?:current|the version|law|binding|operative|the Code|the SEC)|"
    r"must (?:now )?(?:be )?(?:follow|us|compl|work)\w*|(?:please|should) (?:now )?use|can be (?:used|relied)|"
    rf"(?:implement|deliver|introduc|incorporat|writ|add|put|c[ao]m|brought|bring|made|releas|roll)\w*"
    rf"(?:(?!\bnot\b)[^⟦⟧;.]){{0,40}}?\b{_INTO} (?:the )?⟦V\d+⟧|"
    r"(?:⟦V\d+⟧|version|update|uplift|SEC|Code)\b[^⟦⟧;.]{0,20}? (?:was|is|has been|will be) (?:implemented|"
    r"introduced|delivered)|"
    r"(?:incorporated|written|brought|put|inserted|added|merged|folded|built|came|went|gone) in(?:to)? "
    r"(?:the )?(?:SEC|Code|Smart Energy Code))"
)
_FROM = r"(?:from|since|as of|as from|starting(?: on)?)(?=\W*(?:[A-Z][a-z]+day,? )?⟦D)"
_OTHER = (
    r"(?:publi(?:sh|c)\w*|re-?publish\w*|posted|issu(?:e|ed|es|ing)|approv\w*|decid\w*|decision|vot(?:e|ed|es|ing)|"
    r"correct\w*|amended on|edited|consult\w*|clos(?:e|es|ed|ing)|opened|opens|designat(?:ed|es|ion)|due|planned|"
    r"scheduled|expected|ceas\w*|end(?:s|ed)|until|expir\w*|lapse\w*|refresh\w*|download\w*|available|letter|"
    r"dated|sign(?:ed|s)|announc\w*|agreed|raised|baselined|meeting|met|draft|minded|before(?=\W*(?:the )?⟦D)|not|"
    r"no longer|previous(?:ly)?|withdrawn|webinar|workshop|granted|consent\w*|directed|laid|notified|notice|"
    r"in place)"
)
_CUE = re.compile(rf"\b(?:(?P<effect>{_EFFECT})|(?P<other>{_OTHER})|(?P<since>{_FROM}))(?![a-z])", re.IGNORECASE)
_SAME_DAY = re.compile(
    rf"\b{_EFFECT}\b[^⟦⟧;.]{{0,15}}?(?:\b(?:from|on|as of|since)\b)? ?(?:that|the same|this very|the very same) "
    rf"(?:date|day)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"⟦(D\d+)⟧")
_PAST = re.compile(
    r"\b(?:came|took|went|gone|was|were|has|have|had|became|since|superseded|replaced|applied|moved|updated|uplifted|"
    r"started|began|in (?:effect|force|operation|use)|stands|is|now|today|written|incorporated|yesterday)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|to come|shall|tomorrow|next week|is to|are to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Effect:
    """When a version takes effect, where in the sentence its words stand, and whether it is told as done."""

    day: str
    start: int
    end: int
    past: bool


def effect_of(sentence: Marked) -> Effect | None:
    """Return the day on which the version that a sentence is about takes effect, None where it names none."""
    text = sentence.text
    days = list(_DAY.finditer(text))
    for n, day in enumerate(days):
        begin = days[n - 1].end() if n else 0
        if cue := _last(text, begin, day.start()):
            if cue.lastgroup != "other":
                return _found(sentence, cue.start(), day.end(), day[1])
            continue
        end = days[n + 1].start() if n + 1 < len(days) else len(text)
        cue = _CUE.search(text, day.end(), end)
        if cue and cue.lastgroup == "effect" and not re.search(r"[;.]|, (?:and|but) ", text[day.end() : cue.start()]):
            return _found(sentence, day.start(), cue.end(), day[1])
    same = _SAME_DAY.search(text) if days else None
    if same and (before := [day for day in days if day.end() <= same.start()]):
        return _found(sentence, same.start(), same.end(), before[-1][1])
    return None


def _last(text: str, start: int, end: int) -> re.Match[str] | None:
    cues = list(_CUE.finditer(text, start, end))
    if len(cues) > 1 and cues[-1].lastgroup == "since":
        cues.pop()  # "available from": what is so since then stands before it
    if not cues or (cues[-1].lastgroup == "since" and "⟦V" not in text):
        return None
    return cues[-1]


def _found(sentence: Marked, start: int, end: int, name: str) -> Effect:
    words = clause(sentence.text, start, end)
    past = bool(_PAST.search(words)) and not _AHEAD.search(words)
    return Effect(sentence.marks[name].value, start, end, past)
