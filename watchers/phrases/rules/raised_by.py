"""Who raised a modification, and when, in the words that news has for it: "British Gas raised DP250 on …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import HEDGE, NOT
from watchers.phrases.marks import Marked, pattern

_WORD = r"[A-Z][\w&’'-]*(?:\.[A-Z]\w*)*"
_PARTY = (
    rf"(?P<name>(?-i:(?!(?:The|It|This|On|In|A|An|They|We)\b){_WORD}"
    r"(?: (?:[A-Z&][\w&’'-]*|of|and|for)){0,4}?))"
)
_RAISES = pattern(
    rf"(?:^|[,;:.] |\b(?:on ⟦D\d+⟧,?|that|and|after|when|because|since) )\W*(?:the )?{_PARTY} "
    r"(?:has |have )?(?:now |today |also )?(?:raised|submitted|brought forward|put forward|proposed)(?: a| the| its|"
    r" our| another)*(?: new)?"
    r"(?: (?:Draft|Modification|SEC))*(?: Proposal| modification)?,? {Ms}(?: on {D})?"
)
_RAISED_BY = pattern(
    rf"(?:^|\()\W*(?:(?:was|is|has been|new|newly|a|draft proposal) )*(?:raised|submitted|put forward|brought "
    rf"forward|proposed) by "
    rf"(?:the )?{_PARTY}(?=\s*(?:$|[.,;:()]|\b(?:on|in|under|to|as|at|and|who|which|with|because|following|after|is|"
    rf"was|has)\b|⟦))"
)
_BY_BEHIND = pattern(
    rf"\b(?:raised|submitted)\b[^⟦⟧;.]{{0,20}}?(?:⟦D\d+⟧\W{{0,3}})?{{M}},? (?:raised )?by (?:the "
    rf")?{_PARTY}(?=\s*(?:[.,;:)]|$|\band\b))"
)
_ITS_PROPOSER = pattern(rf"\b(?:its|the|their) Proposer,? (?:is |was |being )?{_PARTY}(?=\s*(?:[.,;)]|$|\bon ⟦D))")
_NOBODY = re.compile(
    r"(?:Proposer|Panel|Working Group|Change Board|Part(?:y|ies)|Authority|Ofgem|Users?|Members?|Somebody|Nobody|"
    r"[A-Z]\w+ ?Sub-Committee|Sub-Committee|Issue|Questions?|Concerns?)\b"
)


_ON_DAY = pattern(r",? on {D}(?=\W*(?:\)|$|[.;]|\band\b))")


@reads(_RAISES, _RAISED_BY, _ITS_PROPOSER, _BY_BEHIND)
def raised_by(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "British Gas raised DP250 ‘…’ on 19 February 2025", ", raised by Utilita on …", "its Proposer, EDF"."""
    for match in _RAISES.finditer(sentence.text):
        if _NOBODY.match(match["name"]) or NOT.search(match[0]) or HEDGE.search(match[0].replace("proposed", "")):
            continue
        ids = sentence.values("M", match["Ms"])
        yield from each(ids, "proposer", match["name"].strip(), "raised by")
        days = [sentence.at(match, "D")] if match["D"] else _ahead(sentence, match)
        yield from each(ids if days else (), "raised_on", days[0] if days else "", "raised by")
    for form in fitting((_RAISED_BY, _ITS_PROPOSER, _BY_BEHIND), sentence.text):
        for match in form.finditer(sentence.text):
            if not _NOBODY.match(match["name"]) and not NOT.search(match[0]):
                whose = before(sentence, match, context)
                yield from each(whose, "proposer", match["name"].strip(), "raised by")
                day = None if form is _ITS_PROPOSER else _ON_DAY.match(sentence.text, match.end())
                if day:
                    yield from each(whose, "raised_on", sentence.at(day, "D"), "raised by")


def _ahead(sentence: Marked, match: re.Match[str]) -> list[str]:
    found = pattern(r"^\W*on {D}").match(sentence.text) if match.start() < len("On ⟦D00⟧, ") + 2 else None
    return [sentence.at(found, "D")] if found else []


RULES = (raised_by,)
