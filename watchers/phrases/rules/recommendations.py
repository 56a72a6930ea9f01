"""What the Change Board recommended: no decision, but a vote that was held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.deeds import on_date
from watchers.phrases.hedges import clause
from watchers.phrases.marks import Marked, pattern

_ON = (
    r"(?:(?!\b(?:Panel|Working Group|DCC|SECAS|Proposer|Sub-?Committee)\b)"
    r"(?:[^.⟦⟧]|⟦D\d+⟧|⟦M\d+⟧)){0,60}?"
)
"""What stands between the Change Board and its recommendation: the day, the modification, nobody else."""
_RECOMMENDED = (
    pattern(rf"\bChange Board(?:’s|'s)?\b{_ON}\brecommended\b(?P<what>[^.]{{0,120}}?)\b(?P<verdict>approv|reject)\w*"),
    pattern(
        r"\bChange Board(?:’s|'s)? (?:recommendation|advice)\b(?P<what>[^.]{0,60}?)\b(?P<verdict>approv|reject)"
        r"(?!(?:ed|es|s) (?:both |it\b|⟦M))\w*"
    ),
    pattern(
        r"\b(?:recommendation|advice) (?:of|from|by) the Change Board\b(?P<what>[^.]{0,60}?)\b(?:is|was)\b[^.]{0,40}?"
        r"\b(?P<verdict>approv|reject)\w*"
    ),
    pattern(
        r"\bChange Board (?:then |has )?(?:sent|passed|referred|submitted|put|forwarded)\b(?P<what>[^.;]{0,60}?"
        r"\bwith (?:a|its|the) (?:recommendation|advice)\b[^.;]{0,30}?)\b(?P<verdict>approv|reject)\w*"
    ),
    pattern(
        r"\bChange Board\b(?:(?!\b(?:Panel|Working Group|DCC|SECAS|Proposer)\b)[^.;⟦⟧]){0,20}? (?:advised|urged|"
        r"invited|told) (?:the )?"
        r"(?:Authority|Ofgem)(?P<what>(?: on ⟦D\d+⟧,?)?) to (?P<verdict>approv|reject)\w*"
    ),
    pattern(r"\brecommended for (?P<what>)(?P<verdict>approv|reject)\w* by the Change Board\b"),
    pattern(r"\brecommended (?P<what>[^⟦⟧.]{0,20})(?P<verdict>approv|reject)\w*\b[^.⟦⟧]{0,30}?\bby the Change Board\b"),
    pattern(
        rf"\bChange Board\b{_ON}\b(?:voted|agreed|decided|resolved)\b[^.⟦⟧;]{{0,30}}? to "
        rf"recommend\b(?P<what>[^.]{{0,80}}?)\b"
        r"(?P<verdict>approv|reject)\w*"
    ),
    pattern(
        r"\bChange Board\b[^.⟦⟧]{0,20}?\bvoted\b(?P<what> on ⟦D\d+⟧[^.⟦⟧;]{0,20}? to recommend\b[^.]{0,80}?)\b"
        r"(?P<verdict>approv|reject)\w*"
    ),
    pattern(
        r"\b(?P<verdict>approv|reject)\w*\s+{Ms},?(?P<what>) (?:just |exactly )?as (?:the )?Change Board (?:had |has "
        r")?recommended\b"
    ),
    pattern(
        r"\b(?P<verdict>approv|reject)\w*\s+{Ms}(?P<what>(?: on ⟦D\d+⟧)?,?) "
        r"(?:in (?:line|accordance|agreement|keeping) with|consistent with|following|agreeing with|as in) "
        r"(?:the )?Change Board(?:’s|'s) (?:recommendation|advice)\b"
    ),
    pattern(r"\b(?P<verdict>approv|reject)\w* (?:was|has been) recommended(?P<what>) by the Change Board\b"),
)


_IT_RECOMMENDED = pattern(
    r"(?:^\W*|[,;] |\band )(?:it|they|members) (?:(?:also|further|then|had|has|unanimously) )*"
    r"(?:recommended|(?:voted|agreed|decided|resolved|chose) (?:unanimously )?to recommend)\b(?P<what>[^.]{0,120}?)\b"
    r"(?P<verdict>approv|reject)\w*"
)


@reads(_IT_RECOMMENDED)
def its_recommendation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "It recommended that the Authority reject MP232" below what the Change Board did at its meeting."""
    if context.body.casefold() not in ("change board", "cb"):
        return
    for match in _IT_RECOMMENDED.finditer(sentence.text):
        ids = tuple(sentence.values("M", match["what"])) or before(sentence, match, context)
        verdict = "approve" if match["verdict"].casefold() == "approv" else "reject"
        if not re.search(r"\b(?:not|will|may|if)\b", match[0]):
            yield from each(ids, "change_board_recommendation", verdict, "recommendation")
            yield from each(ids if context.body_on else (), "change_board_vote_on", context.body_on, "recommendation")


_EACH_OBJECT = pattern(r"\b(?P<verdict>approv|reject)(?:e|al of|ion of|ing)?\s+(?:both |the modifications? )?{Ms}")
"""Of "approval of MP257 and rejection of MP258" each verdict with its own."""


@reads(*_RECOMMENDED)
def recommendation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Change Board recommended MP084 be rejected on 26 February 2020": no decision, but a vote held."""
    for form in fitting(_RECOMMENDED, sentence.text):
        for match in form.finditer(sentence.text):
            if re.search(
                r"\b(?:not|will|expected|may|if|costs?|fund\w*|assessment|extension|timetable)\b",
                clause(sentence.text, match.start(), match.start()) + match[0],
            ):
                continue
            ids = before(sentence, match, context)
            verdict = "approve" if match["verdict"].casefold() == "approv" else "reject"
            chain = [(one["verdict"], sentence.values("M", one["Ms"])) for one in _EACH_OBJECT.finditer(sentence.text)]
            several = len({said for said, _ in chain}) > 1
            named = _EACH_OBJECT.regex.match(sentence.text, match.start("verdict"))
            ids = tuple(sentence.values("M", named["Ms"] if named else match["what"])) or ids
            for said, whom in chain if several else [(verdict, list(ids))]:
                value = "approve" if said.casefold().startswith("approv") else "reject"
                yield from each(whom, "change_board_recommendation", value, "recommendation")
            ids = tuple(id_ for _, whom in chain for id_ in whom) if several else ids
            inside = re.search(r"\bon ⟦(D\d+)⟧", match[0])
            if re.search(r"\b(?:as|with|following|as in) (?:the )?Change Board\b", match[0]):
                return  # "as the Change Board had recommended": the day is of what followed
            after, dated, _ = sentence.text[match.end() :].partition("⟦D")
            by_another = dated and not inside and re.search(r"\b(?:Authority|Ofgem|GEMA|Panel)\b", after)
            on = sentence.marks[inside[1]].value if inside else on_date(sentence, match.start(), match.end())
            if on and not by_another:
                yield from each(ids, "change_board_vote_on", on, "recommendation")
            return


RULES = (recommendation, its_recommendation)
