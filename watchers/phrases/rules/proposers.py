"""Who proposed a modification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.origins import RAISES

_WHOSE_NAME = (
    r"(?P<name>npower|(?-i:[A-Z][\w&’'.-]*(?: (?:[A-Z&][\w&’'-]*|of|and|"
    r"for))*?))(?=\s*(?:$|[.,;:()]|\b(?:on|and|who|which|with|is|was|has)\b|⟦))"
)
_PROPOSER = pattern(
    r"(?:\b(?:Draft Proposal|Modification Proposal|modification|proposal|it)|⟦M\d+⟧),? (?:was |which was |"
    r"that was |is )?"
    r"(?:raised|submitted|put forward)(?: (?:on|in) {D},?)? by (?:the )?"
    r"(?P<name>(?-i:[A-Z][\w&’'-]*(?:\.[A-Z]\w*)*(?: (?:[A-Z&][\w&’'-]*|of|and|for))*?))"
    r"(?=\s*(?:$|[.,;:()]|\b(?:on|in|under|to|as|at|and|who|which|with|because|following|after|is|was|has)\b|⟦))"
)
_IS_PROPOSER = (
    pattern(
        r"\bProposer(?: (?:of|for|behind) (?:{M}|(?:this|the) (?:modification|proposal|"
        r"change)(?: proposal)?))? (?:is|was) "
        rf"(?:the )?{_WHOSE_NAME}"
    ),
    pattern(
        rf"^\W*(?:the )?{_WHOSE_NAME} (?:is|was) (?:the |its )?Proposer\b"
        r"(?: (?:of|for) (?:{M}|(?:this|the) (?:modification|proposal|change)))?"
    ),
)
_NO_PROPOSER = re.compile(
    r"(?:SEC )?(?:(?:The )?(?:Proposer|Panel|Working Group|Change Board|Part(?:y|ies)|Authority|Members?|[A-Z]\w+ "
    r"?Sub-Committee|"
    r"It|They|We|He|She|Who|This|That|The|If|As|These|Some|Several|One|Two|Both|Also|Recently|When|Since|After|"
    r"Respondents|"
    r"Consultation))\b"
)


_RAISED_IT = pattern(
    r"(?:^|[,;] )\W*(?:on {D},? )?(?:the )?(?P<name>(?-i:[A-Z][\w&’'-]*(?:\.[A-Z]\w*)*(?: (?:[A-Z&][\w&’'-]*|of|"
    r"and|for)){0,5}?)) "
    rf"(?:has )?{RAISES} (?:the )?(?:new )?(?:Draft Proposal |Modification Proposal |modification |proposal )?{{Ms}}"
)


@reads(_PROPOSER, _RAISED_IT, *_IS_PROPOSER)
def proposer(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "A new Draft Proposal, raised by Centrica on 4 March 2024": who proposed it."""
    forms = (_PROPOSER, _RAISED_IT, *_IS_PROPOSER)
    match = next((found for form in forms if (found := form.search(sentence.text))), None)
    if match and not _NO_PROPOSER.match(match["name"]) and not NOT.search(sentence.text[: match.start()]):
        yield from each(before(sentence, match, context), "proposer", match["name"].strip(" ."), "proposer")


RULES = (proposer,)
