"""A modification, or a part of it, is implemented on another date, on one more or on one less than was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.dates import shift
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "implementation_moved"
ORDER = 64

_PART = r"\b(?:Appendix|Schedule|Section|Annex) [A-Z0-9]{1,3}\b"
_NAMED = re.compile(_PART)
_OF_A_PART = re.compile(
    rf"\b(?:text|changes?|amendments?|part|provisions?)\b[^.,;:]{{0,80}}?\b(?:for|to|in|of)\b[^.,;:]{{0,30}}?{_PART}"
)
"""Words that speak of what changes in one part of the SEC, not of the modification whole."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each date that came, went or took another's place."""
    for subject in dict.fromkeys(d.subject for d in differences.of("implementation")):
        mine = differences.about_subject(subject, "implementation")
        gone = sorted((d for d in mine if d.after is None), key=lambda d: d.before or "")
        come = sorted((d for d in mine if d.before is None), key=lambda d: d.after or "")
        companions = differences.introductions(subject)
        for old, new in zip_longest(gone, come):
            yield _moved(differences, subject, old, new, companions)
            companions = []


def _moved(
    differences: Differences, subject: str, old: Delta | None, new: Delta | None, companions: list[Delta]
) -> Change:
    before, after = (old.before if old else None), (new.after if new else None)
    still = [value for value in differences.all_now(subject, "implementation") if value != after]
    facts = {
        "title": differences.title_of(subject),
        "shift": shift(before or "", after or ""),
        "still": ", ".join(sorted(still)),
        "part": differences.now(subject, "delivery_part"),
        "of": of_a_part(new.now.evidence.quote) if new and new.now else "",
    }
    told = [delta for delta in (new, old) if delta]
    about = [f"release:{value}" for value in (before, after) if value and len(value) == len("2021-11")]
    about += [f"part:{facts['of']}"] if facts["of"] else []
    return made(KIND, told, Weight.WEIGHTY, about=about, facts=facts, companions=companions, before=before, after=after)


def of_a_part(quote: str) -> str:
    """Return the one part of the SEC whose text a sentence dates, empty where it speaks of the modification whole."""
    named = set(_NAMED.findall(quote))
    return named.pop() if len(named) == 1 and _OF_A_PART.search(quote) else ""
