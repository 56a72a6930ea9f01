"""Words by which a list of variations tells provisions, days of notices and other days apart."""

from __future__ import annotations

import re

from bot.domain import dates

PROVISION = re.compile(
    r"\bprovisions?\b|\bparts?\b|\bsections?\b|\bSEC (?:document|reference)|\baffected\b|\bwhere\b", re.IGNORECASE
)
NOTICE = re.compile(
    r"\bnotic\w+|\bnotified\b|\bletter\b|\bdirect(?:ed|ion)\b|\bdated\b|\bgiven\b|\bissued\b", re.IGNORECASE
)
ANOTHER = re.compile(
    r"\b(?:effective|effect|in(?:to)? force|commenc\w+|implement\w+|publish\w+|updated|uploaded|added|laid|designated|"
    r"designation date|date of designation|until|expir\w+|as of|since|posted|consult\w+|circulated|reviewed|checked|"
    r"amended page|correct (?:at|on)|drafted|debated|approved|tested)\b",
    re.IGNORECASE,
)
"""Roles of dates that are not the notice's."""
SUPPOSED = re.compile(
    r"\b(?:expected|expects?|would|could|may|might|should|if|unless|whether|propos\w+|intends?|intended|plan(?:s|"
    r"ned)|to be (?:given|"
    r"issued|made|varied)|will (?:be (?:given|issued|made|varied)|vary|give|issue)|due|draft|minded|no (?:notices?|"
    r"variations?|changes)|none|"
    r"not|never|before|after)\b[^;]*$",
    re.IGNORECASE,
)
"""What comes before a day on which no notice was given."""
LABELS = re.compile(
    r"(?:^|(?<=\s))(?P<label>(?:SEC )?(?:provisions?|parts?|sections?)(?: of the SEC)?(?: varied| affected| "
    r"amended)?|descriptions?|details?|"
    r"summary|what changed|subject|(?:date of (?:the )?(?:notice|variation|direction|letter)|notice (?:date|given|"
    r"issued)|date|"
    r"noticed on|notice))\s*:\s+",
    re.IGNORECASE,
)
VARIES = re.compile(
    r"\b(?:var(?:y|ies|ied|ying|iations?)|amend\w*|modif\w*|insert\w*|replac\w*|delet\w*|chang\w*|notice)\b",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"\W*(?:(?:variations|notices)\W+(?:in|of|given in)?\W*)?(20\d\d)\W*(?:variations|notices)?\W*", re.IGNORECASE
)
GLUED = re.compile(
    r"(?:(?<=[A-Za-z)’”'\".])|(?<=Schedule \d)|(?<=[a-z] 20\d\d))"
    r"(?=[0-3]?\d(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\s+20\d\d)|"
    rf"(?<=[a-z)’”'\".])(?=(?:{dates.MONTH})\s+\d{{1,2}},?\s+20\d\d)"
)
RUNS_ON = re.compile(r"\b(?:on|from|until|by|of|in|to|since|at|for|before|after|between|and|the)\W*$", re.IGNORECASE)
"""What makes a date part of the sentence before it."""
DATE_HEADER = re.compile(r"\bdate\b|\bwhen\b|\bday\b", re.IGNORECASE)
GLUED_HEADINGS = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONGEST_LABEL = 60
LONGEST_DATE = 120
SEVERAL = 2


def just_before(text: str, date: dates.Found) -> str:
    """Return the words just before a date, in its own piece of the line."""
    return text[max(0, date.start - 30) : date.start].rpartition("|")[2]


def order(text: str) -> str:
    """Return the order of two columns of dates that headings glued together give; "" for other words."""
    if len(text) > LONGEST_DATE or " | " in text or not GLUED_HEADINGS.search(text) or dates.find(text):
        return ""
    plain = GLUED_HEADINGS.sub(" ", text)
    notice, other = (max((m.start() for m in words.finditer(plain)), default=-1) for words in (NOTICE, ANOTHER))
    return "" if min(notice, other) < 0 else "notice first" if notice < other else "notice last"
