"""When a deed was done: the date that belongs to a verb."""

from __future__ import annotations

import re

from watchers.phrases.marks import Marked, pattern

_OF_ANOTHER_DEED = re.compile(
    r"\b(?:and|effective|implement\w*|go[- ]live|appeal\w*|upheld|(?:on |to |for )?which|whose|"
    r"(?:will|is to|are to) (?:be|take|go)|(?:goes|comes|takes) (?:to|into|effect|live))\b|"
    r"\b(?:against|before|after|following|until|subject to|but)\b",
    re.IGNORECASE,
)
"""What makes the date behind a verb that of something else: "approved MP252, on which an appeal was upheld on …"."""


def on_date(sentence: Marked, start: int, end: int) -> str:
    """Return the date of a deed: "on …" after it, else "On …" before it."""
    after = pattern(
        r"(?P<gap>(?:\s*⟦M\d+⟧)?[^⟦⟧;.]{0,60}?)(?:\b(?:on|at its|at the|dated)\s+"
        r"(?:(?:the|that) (?:same|very) (?:day|date|meeting)(?: as [^⟦⟧;.,]{1,30})?[,(\s]*)?|"
        r"\(\s*(?:by )?(?:the )?(?:(?:Change Board|Authority|Ofgem|Panel)(?: on)?,?\s*)?|"
        r"(?:earlier )?\b(?:today|yesterday|this (?:morning|afternoon|week)|last (?:week|night|[A-Z][a-z]+day))"
        r"[\s,(–—-]+(?:on )?|"
        r"\(\s*(?:effective|with effect from|from|dated|as of)\s+|with effect from |effective (?:from )?|"
        r"(?:^|(?<=[a-z])),\s+){D}(?!\d)"
    ).match(sentence.text, end)
    after = after or pattern(
        r"(?P<gap> by (?:the )?(?:SEC )?(?:Change Board|Authority|Ofgem|GEMA|Secretary of State)(?: "
        r"\([^()⟦⟧]{3,25}\))?),? "
        r"\(?{D}"
    ).match(sentence.text, end)
    if after and not _OF_ANOTHER_DEED.search(after["gap"]):
        return sentence.at(after, "D")
    bare = pattern(r"[:\s]{1,3}{D}").match(sentence.text, end)
    if bare and not after:
        return sentence.at(bare, "D")
    ahead = pattern(
        r"(?:^|[,;] |\band )\W*(?:(?:in|by) (?:its|an?) (?:\w+ )?letter (?:of|dated)|"
        r"on|(?:at|following|in) (?:its|the|an?)(?: [\w’-]+){0,4}?(?: meeting| vote)?(?: held)?(?: on| of)?)\s+{D}"
        r"(?P<gap>(?:,| the| meeting|⟦M\d+⟧|[^⟦⟧;.,])*)$"
    ).search(sentence.text[:start])
    ahead = ahead or pattern(
        r"^\W*(?:of|among) [^⟦⟧;.]{3,60}? (?:before|put to|considered by|voted on by|decided by) (?:the )?"
        r"(?:Change Board|Authority|Ofgem)[^⟦⟧;.,]{0,30}? on {D},(?:[^⟦⟧;.]|⟦M\d+⟧)*$"
    ).search(sentence.text[:start])
    ahead = ahead or pattern(r"\bletter (?:of|dated) {D}(?P<gap>,?\s*)$").search(sentence.text[:start])
    ahead = ahead or pattern(r"^\W*{D}\s*[:|–—-]\s*(?:the |SEC )*$").search(sentence.text[:start])
    of_it = pattern(r"\b(?:decision|determination|letter) (?:of|dated) {D}[^⟦⟧;.]{0,20}$")
    ahead = ahead or of_it.search(sentence.text[:start])
    return sentence.at(ahead, "D") if ahead else ""
