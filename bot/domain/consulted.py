"""What a modification is consulted on at different times; each is a consultation of its own."""

from __future__ import annotations

import re

ON = (
    r"Refinement(?: Process| Stage)?",
    r"(?:(?:draft|final) )?Modification Report|Report Phase|MRC",
    r"Draft Proposal|Development(?: Stage)?",
    r"Working Group",
)
"""How lists of consultations word it."""
_ON = tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in ON)


def stages(quote: str) -> set[int]:
    """Return which of these a text names, by their numbers."""
    return {number for number, words in enumerate(_ON) if words.search(quote)}
