"""What a modification touches where a sentence says it of a named one: parts of the SEC, parties, systems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases import impacts
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import Marked, pattern

_PARTS = (
    r"(?P<what>(?:(?:the |both |SEC |Sections? |Schedules? |Appendices )*⟦P\d+⟧"
    r"(?:\s|,|/|&|\band\b|\bas well as\b|\balso\b|\bSEC\b|\bthe\b)*)+)"
)
_VERB = (
    r"(?:(?:will|would|does|do|to|also|shall|both|is expected to|is due to|only) )*"
    r"(?:chang(?:e|es|ing)|amend(?:s|ing)?|affect(?:s|ing)?|impact(?:s|ing)?|updat(?:e|es|ing)|modif(?:y|ies)|"
    r"alters?|revis(?:e|es)|"
    r"touch(?:es)?|requires? (?:changes|amendments|updates) to|(?:make|makes|introduce|introduces|propose|proposes|"
    r"has|have) "
    r"(?:changes|amendments|updates|revisions) to|chang(?:ed|es) (?:are made )?(?:in|to))"
)
_CHANGES = (
    pattern(rf"{{Ms}},?\s+{_VERB}\s+(?:on )?{_PARTS}"),
    pattern(
        rf"(?:^|[,;] |\band )\W*{_PARTS}(?:will be|would be|are|is|being|to be) (?:both |all |also )*(?:changed|"
        r"amended|affected|"
        rf"impacted|updated|modified) by (?:both )?{{Ms}}"
    ),
)
_LABEL = pattern(
    r"^\W*(?:(?:affected|impacted|amended|changed|SEC) )+(?:documents?|parts?|sections?)(?: of the SEC)?(?: "
    r"affected| impacted)?"
    r"(?: (?:for|of|by|under) |\s*[–—-]\s*){Ms}\s*(?::|–|—|-| are| is)\s*(?P<what>[^.]{3,200})"
)
_PARTIES = pattern(
    r"^\W*(?:(?:the )?(?:affected|impacted) (?:SEC )?(?:part(?:y|ies)(?: categories)?|users)(?: (?:for|of|by|"
    r"under) |\s*[–—-]\s*){Ms}"
    r"\s*(?::|–|—|-| are| is)|(?:the )?(?:SEC )?part(?:y|ies)(?: categories)? (?:affected|impacted) by {Ms2} "
    r"(?:are|is|:)):?\s*"
    r"(?P<what>[^.⟦⟧]{3,200})"
)
_HITS_PARTIES = pattern(
    r"{Ms},?\s+(?:(?:will|would|does|also) )*(?:affects?|impacts?)\s+(?:on )?(?P<what>[^;.⟦⟧]{3,150})"
)
_PERHAPS = re.compile(r"\b(?:may|might|could|whether|if|possibly|potentially)\b", re.IGNORECASE)


@reads(*_CHANGES, _LABEL, _PARTIES, _HITS_PARTIES)
def touches(sentence: Marked, _context: Context) -> Iterator[Said]:
    """Read "MP244A will change SEC Section F and Appendix AC", "Affected documents for MP252: Section F"."""
    for form in fitting((*_CHANGES, _LABEL, _PARTIES, _HITS_PARTIES), sentence.text):
        for match in form.finditer(sentence.text):
            lead = sentence.text[: match.start("what")]
            if NOT.search(lead) or _PERHAPS.search(lead):
                continue
            found = match.groupdict()
            named = found.get("Ms") or found.get("Ms2") or ""
            words = re.split(r"\b(?:but|not|while|whereas)\b", sentence.plain(match["what"]))[0]
            for attribute, value in _listed(words, form is _PARTIES):
                for id_ in sentence.values("M", named):
                    yield f"modification:{id_}", attribute, value, "touches"


def _listed(words: str, parties: bool) -> list[tuple[str, str]]:  # noqa: FBT001
    if parties:
        return [("impacts_party", name) for name in impacts.parties(words)]
    return impacts.sentence(words)


RULES = (touches,)
