"""Names that belong to another noun: of "the costs of MP203 were approved" the subject is the costs."""

from __future__ import annotations

import re

_NOUN_BEFORE = re.compile(
    r"\b(?P<noun>[\w’-]+)\s+(?:for|of|on|under|about|in|within|behind|to|regarding|concerning|with|against|relating to|"
    r"over|from)\s+(?:(?:the|this|these|both|all|draft|modifications?|proposals?|SEC)\s+)*$",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"(?:both|all|each|one|two|three|four|neither|none|most|modifications?|proposals?|changes?|status|title|version|"
    r"release|scope|addition|inclusion|removal|proposer|decision|approval|implementation|withdrawal|is|are|was|were|"
    r"been|be|has|have|of|and|as|back|also|now)",
    re.IGNORECASE,
)
"""Nouns, and words that are none, of which what is said is said of the modification."""
_STRAIGHT_ON = re.compile(
    r"(?:\s|,|\([^()]*\)|\b(?:was|were|has|have|had|been|is|are|now|also|since|both|formally|subsequently|then|later|"
    r"being|finally|recently|unanimously)\b)*",
    re.IGNORECASE,
)
_RUN = re.compile(r"⟦M\d+⟧(?:(?:\s|,|/|&|\band\b|\bor\b|\bas well as\b)*⟦M\d+⟧)*", re.IGNORECASE)


def belongs_to_another(text: str, verb: int) -> bool:
    """Whether the names just before a verb at `verb` belong to a noun that the verb is about."""
    runs = list(_RUN.finditer(text, 0, verb))
    if not runs or text[runs[-1].end() :].lstrip().startswith(","):
        return False
    if not _STRAIGHT_ON.fullmatch(text, runs[-1].end(), verb):
        return False
    noun = _NOUN_BEFORE.search(text[: runs[-1].start()])
    return noun is not None and not _ITSELF.fullmatch(noun["noun"])
