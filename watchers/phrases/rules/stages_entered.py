"""Into which stage a modification has gone: entered, moved into, returned to, back in the Refinement Process."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_STAGE = (
    r"(?:(?P<refinement>Refinement\b(?: Process| Stage| Phase)?)|(?P<report_phase>Report (?:Phase|Stage)\b)|"
    r"(?P<development>Development (?:Stage|Phase|Process)\b))"
)
_ENTERED = pattern(
    r"\b(?:(?:has|have|had|was|were|been|is|are|now|since|both|all|also|today|this week|then|just|recently|back|"
    r"again) )*"
    r"(?:re-?enter(?:s|ed)?|enter(?:s|ed)?|join(?:s|ed)|(?:mov|progress|proceed|return|advanc|transferr)(?:es?|s|ed)|"
    r"went|gone|goes|pass(?:es|ed)|sent|put|taken|brought|carr(?:y|ies|ied) on|continu(?:es?|ed)|"
    r"beg[au]n|begins|start(?:s|ed)|resum(?:es|ed)|reach(?:es|ed)|stay(?:s|ed)|remain(?:s|ed)|back|work goes on)"
    r"(?: (?:back|straight|on|forward|again|now|once more|out of hold|from \w+(?: \w+)?))*"
    rf"(?: (?:in(?:to)?|to|at|within|with))?(?: (?:the|its|a))?(?: (?:SEC|further|second))? {_STAGE}"
)
_TO_COME = re.compile(
    r"\b(?:will|may|might|could|should|would|can|if|when|once|whether|until|before|after|to|must|recommend\w*|"
    r"propos\w+|"
    r"agreed? that|ask(?:s|ed)?|likely|expected|due|ready|consider\w*|decid\w+ whether|following|during|spent|"
    r"earlier|originally|previously|had|months? in|leav(?:es|ing)|left)\b[^⟦⟧;]{0,40}$",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"\s+(?:consultation|report\b|cost|work(?:ing)? group|meeting|workshop|responses?|document)", re.IGNORECASE
)


@reads(_ENTERED)
def entered(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP246 and MP247 have both moved into the Report Phase, while MP248 was returned to refinement"."""
    text = sentence.text
    for match in _ENTERED.finditer(text):
        lead = clause(text, match.start(), match.start())
        own = re.split(r",\s+(?=while|whereas|but|and\b)", lead)[-1]
        if _TO_COME.search(own) or NOT.search(own) or NOT.search(match[0]) or _SOMETHING_ELSE.match(text, match.end()):
            continue
        status = next(name for name in ("refinement", "report_phase", "development") if match[name])
        yield from each(before(sentence, match, context), "status", status, "stage entered")


RULES = (entered,)
