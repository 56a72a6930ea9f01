"""Words that make of a fact a wish: may, proposed, if approved, no longer."""

from __future__ import annotations

import re

HEDGE = re.compile(
    r"\b(?:may|might|could|would|should|can|possibl[ey]|potential(?:ly)?|propos(?:e|es|ed|ing|al to)|"
    r"likely|provisional(?:ly)?|seek(?:s|ing)?|"
    r"sought|consult\w*|(?<!Service )(?<!Change )request(?:s|ed|ing)?|ask(?:s|ed|ing)?|consider(?:s|ed|ing)?|"
    r"recommend(?:s|ed|"
    r"ing)?|suggest(?:s|ed|ing)?|"
    r"subject to|if|whether|assum\w+|based on|hop(?:e|es|ed|ing)|aim(?:s|ing)?|minded|option|unless|"
    r"indicative|tentative(?:ly)?|"
    r"under (?:review|discussion|consideration))\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"[^;.⟦⟧]{0,30}\b(?:if|subject to|provided|unless|should it)\b", re.IGNORECASE)
"""What makes a wish of a fact when it follows."""
NOT = re.compile(
    r"\b(?:not|no longer|never|cannot|can’t|won’t|isn’t|neither|nothing|nobody|no one|none|"
    r"without|rather than|instead of)\b",
    re.IGNORECASE,
)
SETTLED = re.compile(
    r"\b(?:approved|agreed|confirmed|granted|decided|determined|(?:has|have|had) (?:now |"
    r"since )?(?:been )?(?:moved|changed|rescheduled))\b",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;—]|:(?!\s*⟦D)|,?\s+(?:and|but|so|while|whereas|although)\s+"
    r"(?=(?:on ⟦D\d+⟧,? )?(?:the|this|it|they|we|is|are|"
    r"was|"
    r"were|has|have|will|⟦)\b|⟦)"
)


def clause(text: str, start: int, end: int) -> str:
    """Return the clause around a span: from the last boundary before it to its end."""
    begins = [m.end() for m in _BOUNDARY.finditer(text, 0, end) if m.end() <= start]
    return text[begins[-1] if begins else 0 : end]


def clauses(text: str) -> list[str]:
    """Return the clauses of a sentence."""
    pieces, at = list[str](), 0
    for match in _BOUNDARY.finditer(text):
        pieces.append(text[at : match.start()])
        at = match.end()
    return [piece for piece in (*pieces, text[at:]) if piece.strip()]


def hedged(text: str, start: int, end: int) -> bool:
    """Whether the clause around a span speaks of what may be."""
    return bool(HEDGE.search(clause(text, start, end)))
