"""The path that a modification takes, by when it must be decided, until when people are consulted on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads, worded
from watchers.phrases.closing import TOLD_OF, closing_days
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_PATHS = (
    ("self_governance", pattern(r"\bself[-– ]+governance\b")),
    (
        "authority_determined",
        pattern(
            r"\bauthority[-–]\s?determin(?:ed|ation)\b|\bauthority determin(?:ed|ation) (?:modification|path|"
            r"proposal|change|route)\b|\bunder authority determination\b"
        ),
    ),
    ("authority_led", pattern(r"\bauthority[-– ]+led\b")),
    ("fast_track", pattern(r"\bfast[-– ]+track(?:ed)?\b")),
    ("urgent", worded(r"\burgent\s+(?:modification|proposal|change|path|basis)\b|\bas urgent\b|\bUrgent\b", re.NOFLAG)),
)


@reads(*(form for _, form in _PATHS))
def path(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "under Self-Governance", "is an Authority-Led Variation": the path where it is named."""
    found: dict[str, str] = {}
    for match, value in _paths(sentence.text):
        for id_ in before(sentence, match, context):
            if id_ not in found or _INSTEAD.search(sentence.text[: match.start()]):
                found[id_] = value
    for id_, value in found.items():
        yield from each((id_,), "decision_path", value, "path")


def _paths(text: str) -> list[tuple[re.Match[str], str]]:
    """Return where paths are named, in order; not those that a modification does not take or took before."""
    named = [(match, value) for value, words in _PATHS for match in words.finditer(text)]
    return [
        (match, value)
        for match, value in sorted(named, key=lambda one: one[0].start())
        if not NOT.search(words := clause(text, match.start(), match.end()))
        and not _NO_LONGER.search(text[: match.start()])
        and not _ASKED_FOR.search(text[: match.start()])
        and not _WOULD_NOT.search(words)
    ]


_ASKED_FOR = re.compile(
    r"\b(?:asked|asks|asking|request(?:s|ed|ing)?|seek(?:s|ing)?|sought|applied|wish(?:es|ed)?|wants?|wanted|whether)\b"
    r"(?:(?!\b(?:granted|agreed|approved|decided|determined)\b)[^;]){0,70}?\b(?:be|being|as|become|treated|go|"
    r"make)\b[^;⟦⟧]{0,30}$",
    re.IGNORECASE,
)
"""A path that somebody would like a modification to take: "asked for MP252 to be treated as urgent"."""
_INSTEAD = re.compile(r"\b(?:to|now|became|becomes|instead)\s+(?:an? |be |the |under )*$", re.IGNORECASE)
_NO_LONGER = re.compile(
    r"\b(?:from|originally|initially|rather than|instead of|or)\s+(?:an? |the |under )*$", re.IGNORECASE
)

_WOULD_NOT = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|request(?:s|ed)?|applied|sought|seeks?|wanted|wished|"
    r"refus(?:ed|al)|declin(?:ed|es)|turned down)\b"
    r"[^;]{0,60}?\b(?:for|that|to|as)\b[^;,]*$|\bwhether\b[^;,]*$|\b(?:could|might|may) be\b[^;,]*$",
    re.IGNORECASE,
)
"""Who asked for a path, or would not have it, does not say that it was taken."""

_CUTS = (
    r"(?:decision |approval |final )?cut[- ]?offs?(?: dates?| days?| points?)?|"
    r"(?:decision|approval) (?:deadline|date limit)|deadline for (?:a |the |its |any |an )?(?:final )?(?:\w+ "
    r")?(?:decision|approval|"
    r"determination|approving|deciding)|(?:last|latest|final) (?:date|day|possible date|moment)(?: on which| by "
    r"which| for| when|"
    r" that)?(?: the| a| an| any| its)?(?: \w+){0,4}? (?:decides?|decided|approved?|determined?|decision|approval|"
    r"determination)"
)
"""Names of the day by which a decision must be made."""
_CUT_OFF = (
    pattern(
        r"\b(?:if|provided (?:that )?|providing|(?:as|so) long as|on condition that|subject to|once|"
        r"only if)\b[^⟦⟧;]{0,60}?\b(?:approv\w+|decision|"
        r"determin\w+|decided|granted|received)\b[^⟦⟧;]{0,50}?\b(?:by|before|no later than|on or before)\s+{D}"
    ),
    pattern(r"\bcut[- ]?off(?: date)?\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?{D}"),
    pattern(
        rf"\b(?:{_CUTS})\b(?:[^⟦⟧;.]|⟦M\d+⟧){{0,70}}?\b(?:is|are|was|will be|stands at|remains|falls on|being|"
        r"of)\b(?: now| set for|"
        r" set at| fixed for)?(?: on)?\s+{D}"
    ),
    pattern(rf"\b(?:{_CUTS})\b[^⟦⟧;.]{{0,30}}?(?:\bfor |: )(?:both )?{{Ms}}\s*[:,(–—-]*\s*{{D}}"),
    pattern(
        rf"{{D}},? (?:is|are|was|remains|will be|being|has been set as|is set as) (?:also |now )?(?:the|its|their) "
        rf"(?:{_CUTS})\b"
    ),
    pattern(
        r"\b(?:decision|approval|determination)s?\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\b(?:is |are |was )?(?:required|needed|"
        r"necessary|due|(?:must|has to|needs to|should) (?:come|arrive|be (?:made|received|given|taken|reached))|"
        r"received)\b[^⟦⟧;]{0,20}?\b(?:by|before|"
        r"no later than)\s+{D}"
    ),
    pattern(
        r"\b(?:must|needs? to|has to|have to|should) be (?:approved|decided|determined)\b[^⟦⟧;]{0,50}?\b(?:by|"
        r"before|no later than)\s+{D}"
    ),
    pattern(r"\bdecision (?:by|deadline):?\s+{D}"),
    pattern(
        rf"^\W*{{D}}\s*(?:[:–—|,-]|\bis\b)\s*(?:the |its )?(?:{_CUTS})\b(?=(?:[^⟦⟧;.]|⟦M\d+⟧){{0,40}}?(?:⟦M|$|[;.,(]))"
    ),
    pattern(
        r"\b(?:Authority|Ofgem|Change Board|GEMA)\b[^⟦⟧;]{0,15}?\b(?:has|have|had) (?:only )?until {D} to "
        r"(?:decide|determine|vote|approve|make|reach|give|take)\b"
    ),
    pattern(
        r"\b(?:Authority|Ofgem|Change Board|GEMA)\b(?:[^⟦⟧;]|⟦[DM]\d+⟧){0,80}?\bneeds? (?:an|its|their) answer"
        r"(?: on (?:it|this))? (?:by|before|no later than)\s+{D}"
    ),
    pattern(
        r"\b(?:Authority|Ofgem|Change Board|GEMA)\b,? (?:which |who )?(?:must|has to|needs to|is to) (?:then )?"
        r"(?:decide|approve|determine)\b(?:[^⟦⟧;]|⟦M\d+⟧){0,40}?\b(?:by|before|no later than)\s+{D}"
    ),
    pattern(
        r"\b(?:if|unless|should|where)\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\b(?:approv\w+|decid\w+|determin\w+|decision|"
        r"approval)\b"
        r"(?:[^⟦⟧;,]|⟦M\d+⟧){0,40}?\b(?:by|before|no later than|on or before)\s+{D}"
    ),
    pattern(
        r"\b(?:without|failing|absent)\s+(?:an? )?(?:[\w’']+ ){0,2}(?:approval|decision|"
        r"determination)\b[^⟦⟧;]{0,20}?\b(?:by|before)\s+{D}"
    ),
    pattern(r"\bmust be (?:approved|decided|determined) (?:by [\w ’']{2,30} )?(?:by|before|no later than)\s+{D}"),
    pattern(
        r"\b(?:Authority|Ofgem|Change Board|GEMA)\b[^⟦⟧;]{0,20}?\b(?:must|(?:has|have|needs?|had) to)\s+"
        r"(?:vote|(?:reach|make|give|take) (?:a|its) decision)\b[^⟦⟧;]{0,40}?\b(?:by|before|no later than)\s+{D}"
    ),
    pattern(
        r"\b(?:Authority|Ofgem|GEMA)\b[^⟦⟧;]{0,60}?\b(?:and|which|who) (?:must|(?:has|needs|is|"
        r"would have) to|should)\s+"
        r"(?:decide|determine|(?:reach|make|give|take) (?:one|a decision|its decision))\b[^⟦⟧;]{0,20}?\bby\s+{D}"
    ),
    pattern(
        r"\b(?:needs?|requires?|must have|must receive)\s+(?:an? )?(?:[\w’']+ )?(?:approval|decision|"
        r"determination)\b[^⟦⟧;]{0,40}?\b(?:by|before|no later than)\s+{D}"
    ),
)


_OTHER_CUT_OFF = re.compile(
    r"\b(?:cut[- ]?off|deadline|last|latest|final)\b[^⟦⟧;.]{0,25}?\b(?:for|to) (?:the |any |your |all )?(?:\w+ "
    r")?(?:papers?|comments?|"
    r"responses?|submissions?|submit|respon\w+|consultation|meeting|registration|nominations?|questions?|feedback|"
    r"bids?|"
    r"views|testing|entry)\b",
    re.IGNORECASE,
)
"""The last day for something else: papers, responses."""


@reads(*_CUT_OFF)
def cut_off(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "It will be included in this release if approved by 22 October 2020": when it must be decided."""
    for form in fitting(_CUT_OFF, sentence.text):
        match = form.search(sentence.text)
        if match and not (_OTHER_CUT_OFF.search(match[0]) or _CUT_OFF_OF_ANOTHER.search(match[0])):
            ids = before(sentence, match, context)
            yield from each(ids, "decision_cut_off", sentence.at(match, "D"), "cut-off")
            return


_CUT_OFF_OF_ANOTHER = re.compile(
    r"\bcut[- ]?off(?: date)? (?:for|of|to) [^⟦⟧;]{0,40}\b(?:members?|volunteer\w*|nominat\w+|comments?|responses?|"
    r"views|register\w*|registration|regist\w+|evidence|tests?|testing|papers?|applications?|data|reads?|questions?)\b",
    re.IGNORECASE,
)


_CONSULTATION = (
    pattern(
        r"\bconsult(?:ation|ed|ing)\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\b(?:clos(?:es?|ing|ed)|ends?|ended|ending|until|"
        r"runs (?:to|until)|"
        r"open until|by)\b(?: on| date)?:?\s+{D}"
    ),
    pattern(
        r"\b(?:deadline|closing date|end(?: date)?)\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\bconsultation\b(?:[^⟦⟧;]){0,40}?"
        r"\b(?:moved|changed|extended|put back|brought forward)\b[^⟦⟧;]{0,12}?(?:from ⟦D\d+⟧ )?\bto\s+{D}"
    ),
    pattern(r"\bconsultations?\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\bopen\b(?:[^⟦⟧;]|⟦M\d+⟧){0,40}?\buntil\s+{D}"),
    pattern(
        r"\b(?:respond|responses?|comments?|views)\b[^⟦⟧;]{0,50}?\b(?:by|before|no later than)\s+"
        r"(?:(?:noon|midday|midnight|close of business|the end of(?: the day)?|[\d:.]+ ?(?:am|pm)?)(?: on| of)?,? )?{D}"
    ),
)


_UNTIL = (
    pattern(r"\b(?:have|has|now have) (?:until|till|up to)\s+{D}"),
    pattern(
        r"\b(?:window|consultation|period)\b[^⟦⟧;.]{0,20}?\b(?:runs?|ran|is open|open(?:s|ed)?|lasts?)\b[^⟦⟧;.]{0,30}?"
        r"(?:⟦D\d+⟧\s*)?\b(?:to|until|till)\s+{D}"
    ),
    pattern(r"\b(?:until|till|by|before|no later than|close[sd]?(?: on)?|end[s]?(?: on)?)\s+(?:[\d:.apm]+ on )?{D}"),
)
_CONSULTS = pattern(
    r"\b(?:consult\w*|views?|respon(?:d|ses?|ding)|comments?|feedback|repl(?:y|ies)|"
    r"have your say|what you think|tell us|let us know|window|deadline|closing date)\b"
)
_OURS = pattern(
    r"\bconsult\w*\b(?:[^⟦⟧;.]|⟦D\d+⟧){0,40}?⟦M\d+⟧|⟦M\d+⟧(?:[^⟦⟧;.]|⟦D\d+⟧){0,60}?\bconsult\w*|"
    r"\bviews\b[^⟦⟧;.]{0,30}?⟦M|\b(?:what you think (?:of|about)|(?:your|any) (?:thoughts|opinions?) (?:on|of|about)|"
    r"(?:respond|reply|comment)\w* "
    r"(?:to|on))\b[^⟦⟧;.]{0,30}?⟦M"
)
_ASKED_BEFORE = pattern(
    r"^\W*(?:the|its|this|please|you|responses?|comments?|views?|feedback|repl(?:y|ies)|it|send|let|we|parties)\b"
)
_NOT_ITS_OWN = worded(
    r"\b(?:minded|licen[cs]e|charging|charges|price control|strategy|business plan|appeals?|nominations?|election|"
    r"webinar|"
    r"vacanc\w+|Impact Assessment)\b",
)


_ONE_RESPONSE = worded(r"^(?!.*\bconsult).*\b(?:the|its|DCC[’']s) response\b")
"""One answer to one question, as the DCC's to a request for an assessment."""
_NO_BUSINESS = worded(
    r"\b(?:not|no|nothing|unrelated|separate(?:ly)?)\b[^.;⟦]{0,25}?\b(?:concerns?|affects?|relat\w*|to do with|"
    r"links?|touch\w*|"
    r"about|from|to)\b[^.;⟦]{0,10}⟦M",
)
"""How a consultation is said to be about something else: "does not concern MP301"."""


@reads(_CONSULTS)
def consultation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP162 is out for consultation until 12 August 2022", "You have until 23 June to reply to …": its close."""
    if _ONE_RESPONSE.search(sentence.text) or _NO_BUSINESS.search(sentence.text):
        return
    for form in fitting(_CONSULTATION, sentence.text):
        match = form.search(sentence.text)
        if match and not TOLD_OF.search(sentence.text[: match.start("D")]):
            ids = sentence.values("M") or context.about
            yield from each(ids, "consultation_closes_on", sentence.at(match, "D"), "consultation")
            return
    if not _CONSULTS.search(sentence.text) or _NOT_ITS_OWN.search(sentence.text):
        return
    ids = sentence.values("M") if _OURS.search(sentence.text) else ()
    if not sentence.of("M") and _ASKED_BEFORE.search(sentence.text) and len(context.last or context.about) == 1:
        ids = context.about or context.last
    found = (until for form in _UNTIL for until in form.finditer(sentence.text)) if ids else ()
    days = [sentence.at(one, "D") for one in found if not TOLD_OF.search(sentence.text[: one.start("D")])]
    for day in (closing_days(sentence) or days)[:1] if ids else ():
        yield from each(ids, "consultation_closes_on", day, "consultation")


RULES = (path, cut_off, consultation)
