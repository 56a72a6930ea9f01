"""Which of the DCC's Change Requests come with a release."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE, NOT, clauses
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.scope_left import LEAVES

_DELIVERED = pattern(
    r"\b(?:deploy|deliver|implement|includ|introduc|go(?:es|ing)? (?:in|live)|went (?:in|live)|accompan|releas)\w*|"
    r"\b(?:alongside|as well as|together with|part of|at the same time|in (?:the )?scope)\b|"
    r"\b(?:added|brought(?: in)?|joined|taken|accepted) (?:in)?to\b|\b(?:in|for|with|within|of) (?:the "
    r")?⟦R\d+⟧\s*(?:[:(–—-]|are\b|is\b)"
)
_ELSEWHERE = re.compile(
    r"\b(?:an?|another|different|earlier|later|separate|its own|DCC) (?:(?!SEC\b)\w+ ){0,2}release\b|"
    r"\b(?:not|no longer) (?:a )?(?:part of|in|within|included|due)\b",
    re.IGNORECASE,
)
"""What says that a Change Request comes with another release than this one."""
_HEADS_A_LIST = re.compile(
    r"\bChange Requests?\b[^⟦⟧]{0,40}\b(?:in|for|with|within|of) (?:the )?⟦R\d+⟧\W*$", re.IGNORECASE
)
_WITH_IT = re.compile(
    r"\bat the same time\b|\b(?:alongside|with|in|part of) (?:it|the release|this release)\b", re.IGNORECASE
)
"""How a section's release is meant that the sentence doesn't name."""


@reads(_DELIVERED)
def change_requests(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Two DCC Change Requests will be deployed at the same time: CR4551 ‘…’ and CR4602 ‘…’"."""
    if not sentence.of("C") or _ELSEWHERE.search(sentence.text):
        return
    named = sentence.values("R")
    release = next(iter(named), context.release)
    listed = False
    of_it = context.own_page or len(named) == 1 or (context.release and _WITH_IT.search(sentence.text))
    for piece in clauses(sentence.text) if of_it else ():
        told = listed or _DELIVERED.search(piece) or re.fullmatch(r"\W*⟦C\d+⟧[^a-z]*", piece)
        listed = bool(_HEADS_A_LIST.search(piece) and not HEDGE.search(piece))
        if not told or HEDGE.search(piece) or NOT.search(piece) or LEAVES.search(piece):
            continue
        for value in sentence.values("C", piece):
            if not value.endswith("TBC"):
                yield f"release:{release}", "change_request", value, "change request"


RULES = (change_requests,)
