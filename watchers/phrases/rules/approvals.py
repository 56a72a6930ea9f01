"""Decisions told by a noun: "received the Change Board's approval", "Following the Authority's approval on …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, each
from watchers.phrases.deeds import on_date
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_AUTHORITY = r"(?:Authority|Ofgem|GEMA)"
_WHO = rf"(?P<who>Change Board|{_AUTHORITY}|Secretary of State)"
_YES = r"(?:(?:final|formal|unanimous) )?(?P<yes>approval|consent|go-ahead|green light|sign-off)"
_NO = r"(?:(?:final|formal|unanimous) )?(?P<no>rejection|refusal)"
_RECEIVED = (
    pattern(
        rf"{{Ms}}(?P<gap>[^⟦⟧;.]{{0,25}}?)\b(?:received|gained|obtained|secured|won|got|achieved|was given|were "
        r"given|was granted|"
        rf"were granted|has|have|met with|met)\s+(?:the |its |their )?(?:SEC )?{_WHO}(?:’s|'s) (?:{_YES}|{_NO})"
        r"(?! (?:for|to|in principle)\b(?! (?:it|this)\b))"
    ),
    pattern(
        rf"{{Ms}}(?P<gap>[^⟦⟧;.]{{0,25}}?)\b(?:received|gained|obtained|secured|won|got|achieved|was given|were "
        r"given|was granted|"
        rf"were granted)\s+(?:the |its |their )?{_YES} (?:by|from|of) (?:the )?(?:SEC )?{_WHO}(?! (?:for|to)\b)"
    ),
    pattern(
        r"^\W*(?:following|after|with|given|since|further to|as a result of|on)(?P<gap>\s)(?:the )?(?:SEC "
        rf")?{_WHO}(?:’s|'s) "
        rf"(?:decision (?P<to>to approve|to reject)|{_YES}|{_NO})(?P<on>(?: (?:of|to|for) (?:{{M1}}|it|this "
        r"modification))?,? "
        r"(?:on|of|dated) ⟦D\d+⟧)[^⟦⟧;.]{0,20}?,?\s*(?P<after>{Ms})?"
    ),
    pattern(
        rf"(?:^|[:|–—-]\s|[,;]\s)\W*(?:the )?(?:SEC )?{_WHO}(?:’s|'s)?(?P<gap>\s)(?:final )?(?:decision|"
        r"determination|vote|verdict)"
        r"(?: (?:on|for|about|in respect of|regarding) {Ms})?(?: (?:on )?\(?⟦D\d+⟧\)?)?\s*(?::|–|—|-|,|\||=|"
        r"→)\s*(?:to be )?"
        r"(?P<told>approved?|reject(?:ed)?)\b(?! (?:for|to|as|in principle)\b)"
    ),
    pattern(
        r"^\W*{Ms}(?P<gap>\W{1,4})(?:the )?(?:SEC )?"
        rf"{_WHO}(?:’s|'s)? (?P<yes>approval)(?: on| given on| granted on|:| –|,)? {{D}}"
    ),
)
_NOT_YET = re.compile(
    r"\b(?:if|once|when|unless|until|should|could|may|might|would|will|to|must|can|needs?|expect\w*|before|not|yet|"
    r"subject|"
    r"seeks?|awaits?|without|pending|hop\w+)\b(?:[^⟦⟧;]|⟦M\d+⟧)*$",
    re.IGNORECASE,
)


@reads(*_RECEIVED)
def approval(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP203 received the Change Board’s approval", "26 October 2022: Authority decision – approved"."""
    text = sentence.text
    for form in fitting(_RECEIVED, text):
        for match in form.finditer(text):
            lead = clause(text, match.start(), match.start()) + match["gap"]
            if not (_NOT_YET.search(lead) or NOT.search(lead)):
                yield from _decided(sentence, match, context)


def _decided(sentence: Marked, match: re.Match[str], context: Context) -> Iterator[Said]:
    found = {name: value or "" for name, value in match.groupdict().items()}
    named = found.get("M1") or found.get("Ms") or found.get("after") or ""
    ids = tuple(sentence.values("M", named)) if named else context.subjects(sentence)
    rejected = bool(found.get("no")) or "reject" in (found.get("told", "") + found.get("to", "")).casefold()
    yield from each(ids, "status", "rejected" if rejected else "approved", "approval")
    days = sentence.values("D", found.get("on") or match[0])
    on = days[0] if len(days) == 1 else on_date(sentence, match.start("who"), match.end())
    if not on:
        return
    if not rejected:
        yield from each(ids, "approved_on", on, "approval")
    if found["who"].casefold() == "change board":
        yield from each(ids, "change_board_vote_on", on, "approval")
    elif re.fullmatch(_AUTHORITY, found["who"], re.IGNORECASE):
        yield from each(ids, "authority_decided_on", on, "approval")


RULES = (approval,)
