"""Whether a modification is said to have been implemented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, each
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import Marked, pattern

_IMPLEMENTED = (
    pattern(
        r"(?:^|[,;:] |\band |\bthat |\b(?:is|are|was|were) )\W*(?:both )?{Ms}(?P<gap>\s*(?:\W\s)?)(?:was|were|has been|"
        r"have been|is|are|now|both|which|that|and|,|\s|also|successfully|approved)*\bimplemented\b(?! (?:in part|"
        r"partially))(?P<rest>[^⟦⟧]{0,20})"
    ),
    pattern(
        r"{Ms}(?P<gap>)(?:(?!\b(?:changes?|text|parts?|elements?|if|will|would)\b)[^;.]){0,80}?\band (?:was |"
        r"were |has been |subsequently |then )*implemented on ⟦D\d+⟧(?P<rest>)"
    ),
    pattern(
        r"\b(?:it|(?:this|the) modification)(?P<gap>) (?:was|has been) approved\b(?:(?!\b(?:changes|text|parts?|"
        r"elements?|if|will|would)\b)[^;.]){0,90}?\band (?:was |has been |subsequently |then )*implemented "
        r"(?:in (?:the )?⟦R\d+⟧,? )?on ⟦D\d+⟧(?P<rest>)"
    ),
    pattern(
        r"\b(?:it|they|this modification|these(?: modifications)?|both|all (?:of (?:them|these)|these|three|four|five|"
        r"six))(?P<gap>) (?:(?:was|were|has|have|been|also|now|"
        r"successfully|later|since|eventually|subsequently|finally|then) )*"
        r"(?:implemented|gone live|went live|took effect|taken effect|c[ao]me into (?:force|effect))"
        r"\b(?! in part)(?P<rest>[^⟦⟧]{0,20})"
    ),
)


@reads(*_IMPLEMENTED)
def implemented(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP231 has been implemented", "They took effect on 27 June 2024"."""
    for form in fitting(_IMPLEMENTED, sentence.text):
        for match in form.finditer(sentence.text):
            ids = sentence.values("M", match[0]) or context.subjects(sentence)
            if not NOT.search(match[0]) and re.search(
                r"\b(?:was|were|has|have|is|and|now|approved|went|took|came)\b", match[0]
            ):
                yield from each(ids, "status", "implemented", "implemented")


RULES = (implemented,)
