"""Decisions on a modification: who decided what and when; recommendations and votes to come are no decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.identifiers import is_draft_proposal
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_AUTHORITY = r"(?:Authority|Ofgem|GEMA)"
_BODIES = rf"(?:Change Board|{_AUTHORITY}|Secretary of State|Panel|CB)"
_IT = (
    r"(?:this |the |that |these |both )?(?:draft |modification )?(?:modification|proposal|it|them|"
    r"change)s?(?: proposals?)?"
)

# --- recommendation ---

_RECOMMENDED = (
    pattern(
        r"\bChange Board(?:’s|'s)?\b[^.⟦⟧]{0,40}?\brecommended\b(?P<what>[^.]{0,120}?)\b(?P<verdict>approv|reject)\w*"
    ),
    pattern(r"\bChange Board(?:’s|'s)? recommendation\b(?P<what>[^.]{0,60}?)\b(?P<verdict>approv|reject)\w*"),
    pattern(r"\brecommended for (?P<what>)(?P<verdict>approv|reject)\w* by the Change Board\b"),
    pattern(r"\brecommended (?P<what>[^⟦⟧.]{0,20})(?P<verdict>approv|reject)\w*\b[^.⟦⟧]{0,30}?\bby the Change Board\b"),
    pattern(r"\bChange Board\b[^.⟦⟧]{0,40}?\bvoted to recommend\b(?P<what>[^.]{0,80}?)\b(?P<verdict>approv|reject)\w*"),
    pattern(r"\b(?P<verdict>approv|reject)\w* (?:was|has been) recommended(?P<what>) by the Change Board\b"),
)


def recommendation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Change Board recommended MP084 be rejected on 26 February 2020": no decision, but a vote held."""
    for form in _RECOMMENDED:
        for match in form.finditer(sentence.text):
            if re.search(
                r"\b(?:not|will|expected|may|if)\b", clause(sentence.text, match.start(), match.start()) + match[0]
            ):
                continue
            ids = before(sentence, match, context)
            verdict = "approve" if match["verdict"].casefold() == "approv" else "reject"
            yield from each(ids, "change_board_recommendation", verdict, "recommendation")
            inside = re.search(r"\bon ⟦(D\d+)⟧", match[0])
            if on := sentence.marks[inside[1]].value if inside else _on_date(sentence, match.start(), match.end()):
                yield from each(ids, "change_board_vote_on", on, "recommendation")
            return


def _on_date(sentence: Marked, start: int, end: int) -> str:
    """Return the date of a deed: "on …" after it, else "On …" before it."""
    after = pattern(r"(?P<gap>(?:\s*⟦M\d+⟧)?[^⟦⟧;.]{0,60}?)(?:\b(?:on|at its|at the|dated)\s+|\(\s*){D}").match(
        sentence.text, end
    )
    if after and not re.search(r"\b(?:and|effective|implement\w*|go[- ]live)\b", after["gap"]):
        return sentence.marks[after["D"][1:-1]].value
    ahead = pattern(r"(?:^|[,;] |\band )\W*(?:on|at its)\s+{D}(?P<gap>(?:,| the| meeting|[^⟦⟧;.,])*)$").search(
        sentence.text[:start]
    )
    return sentence.marks[ahead["D"][1:-1]].value if ahead else ""


# --- votes and presentations ---

_VOTE = (
    pattern(
        r"\bChange Board(?:’s|'s)?\b(?P<gap>[^⟦⟧;]{0,30}?\b(?:votes?|voted|voting|decision|decide|determin\w+|"
        r"consider\w*|meeting|vote (?:is|was)?)\b[^⟦⟧;]{0,60}?)(?:\b(?:on|at its|at the|for|due)\b|"
        r":)\s*(?:its )?{D}"
    ),
    pattern(
        r"\bChange Board(?:’s|'s)?\b(?P<gap>[^⟦⟧;]{0,30}?\b(?:votes?|voted|voting|decide|determine|"
        r"consider)\b[^⟦⟧;]{0,30}?)(?:⟦M\d+⟧)[^⟦⟧;]{0,40}?\b(?:on|at its|at the)\s+{D}"
    ),
    pattern(r"\bvot(?:e|es|ed|ing)\b(?P<gap>[^⟦⟧;]{0,60}?\bChange Board\b[^⟦⟧;]{0,40}?)\b(?:on|at its|for)\s+{D}"),
    pattern(
        r"\b(?:goes?|going|go|went|taken|sent|submitted|put|presented|"
        r"issued)\b(?P<gap>[^⟦⟧;]{0,30}?)\bto (?:the |a )?Change Board\b[^⟦⟧;]{0,40}?\b(?:on|for)\s+{D}"
    ),
    pattern(r"\b(?P<gap>Change Board vote)\b(?: date)?\s*(?:[:–—-]|\()\s*{D}"),
    pattern(
        r"^\W*(?:then )?on {D},?\s*(?P<gap>)the Change Board (?:will vote|voted|is due to vote|will decide|"
        r"will consider)\b"
    ),
    pattern(
        r"\b(?:considered|determined|decided|"
        r"voted) (?:on )?by the Change Board\b(?P<gap>[^⟦⟧;]{0,30}?)\b(?:on|at its)\s+{D}"
    ),
)
_NOT_A_VOTE = re.compile(
    r"\b(?:recommend\w*|assessment|refinement|consultation|until|after|before|approved for|report)\b", re.IGNORECASE
)


def vote(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Change Board vote will be held on 27 May 2020 under Self-Governance": held or to come."""
    for form in _VOTE:
        for match in form.finditer(sentence.text):
            if not _NOT_A_VOTE.search(match["gap"]):
                value = sentence.marks[match["D"][1:-1]].value
                yield from each(before(sentence, match, context), "change_board_vote_on", value, "vote")


_PANEL = (
    pattern(
        r"\b(?:presented|submitted|taken|go|goes|going|went|sent|issued|brought|returned|tabled|"
        r"put)\b[^⟦⟧;]{0,40}?\b(?:to|at|before|by) (?:the )?(?:SEC )?Panel(?! (?:sub|"
        r"member))\b(?P<gap>[^⟦⟧;]{0,40}?)\b(?:on|in|for|at its|meeting of)\s+{D}"
    ),
    pattern(
        r"\b(?:SEC )?Panel (?:will|is (?:due|expected|scheduled) to|would|shall|to) (?:then )?(?:consider|"
        r"review|discuss|receive|be presented with|see)\b(?P<gap>[^⟦⟧;]{0,60}?)\b(?:on|at its)\s+{D}"
    ),
    pattern(r"\bpresent(?:ation|ed)?\b[^⟦⟧;]{0,30}?\bPanel\b(?P<gap>\s*[:–—-]\s*){D}"),
    pattern(r"\bPanel presentation\b(?P<gap>[^⟦⟧;]{0,30}?){D}"),
    pattern(
        r"\b(?:Report|Proposal|modification|it|due|expected|back)\b,?\s*(?:goes |is )?(?:due |"
        r"expected )?(?:to|at|before) (?:the )?(?:SEC )?Panel\b(?P<gap>[^⟦⟧;]{0,20}?)\b(?:on|at its|"
        r"meeting of)\s+{D}"
    ),
    pattern(r"^\W*(?:to|at|before) (?:the )?(?:SEC )?Panel\b(?P<gap>[^⟦⟧;]{0,20}?)\b(?:on|at its|meeting of)\s+{D}"),
)


def presentation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Modification Report is expected to be presented to the Panel on 19 June 2020"."""
    for form in _PANEL:
        for match in form.finditer(sentence.text):
            ids = before(sentence, match, context)
            yield from each(ids, "panel_presentation_on", sentence.marks[match["D"][1:-1]].value, "Panel presentation")


# --- decisions ---

_BE = r"\b(?:is|was|were|are|been|be|being|has|have|had|got|and|now)\b"
_DECIDED_BY = pattern(
    rf"\b(?P<who>{_BODIES})(?:’s|'s)?\b(?P<gap>[^⟦⟧;]{{0,40}}?)\b(?:(?P<verb>approved|rejected|withdrew|"
    rf"accepted)|(?:decided|determined|voted|agreed|directed)(?: unanimously)? (?:to |"
    rf"that )(?P<verb2>approve|reject|accept)|"
    rf"(?:granted|gave)(?: its)? (?P<verb3>approval) (?:to|of|for))\b\s*(?P<object>(?:the )?(?:{{Ms}}|"
    rf"{_IT}\b|$|[.,;]|(?:on|under|at|by|unanimously|for (?:inclusion|implementation))\b))"
)
_WAS_DECIDED = pattern(
    rf"(?P<gap>[^⟦⟧;]{{0,60}}?){_BE}\s*(?:now |also |since |subsequently |both |unanimously |"
    rf"formally )?(?P<verb>approved|rejected)\b(?P<after>[^⟦⟧;]{{0,80}})"
)
_BARE = pattern(r"^\W*(?P<verb>approved|rejected)\b(?P<after>[^⟦⟧;]{0,80})")
_WITH_A_NAME = pattern(r"^\W*{Ms}\W*(?:both |is |was )?(?P<verb>approved|rejected)\b(?P<after>[^⟦⟧;]{0,80})")
_NOT_THE_DECISION = re.compile(
    r"^\s*(?:for|to|as|in principle|by (?:the )?(?:Panel|Working Group|TABASC|OPSG|SSC|"
    r"Proposer))?\b.{0,40}?\b(?:assessment|refinement|consultation|progress\w*|proceed\w*|report phase|"
    r"development|draft|business case|request|conversion|working group|timetable|in principle|convert\w*|issue\b)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:if|once|when|unless|until|should|could|may|might|would|will|to|must|can|need(?:s|ed)?|"
    r"expect\w*|able|recommend\w*|not|yet|before|after|fully)\b(?:[^⟦⟧;,]|⟦\w+⟧)*$",
    re.IGNORECASE,
)


def decided(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "On 1 October 2021, the Authority decided to approve MP134A"; "was rejected by the Change Board on …"."""
    text = sentence.text
    for match in _DECIDED_BY.finditer(text):
        verb = match["verb"] or match["verb2"] or match["verb3"]
        rest = text[match.end() : match.end() + 80]
        if _NOT_YET.search(match["gap"]) or _NOT_THE_DECISION.match(rest) or _about_something_else(match, rest):
            continue
        ids = before(sentence, match, context) if match["Ms"] or not _bare_object(match) else context.subjects(sentence)
        if match["who"].casefold() == "panel" and not re.search(r"fast[- ]track", text, re.IGNORECASE):
            continue
        yield from _decision(sentence, match, ids, verb, match["who"])
    for form in (_WAS_DECIDED, _BARE, _WITH_A_NAME):
        for match in form.finditer(text):
            yield from _passive(sentence, context, match)


def _bare_object(match: re.Match[str]) -> bool:
    return not match["object"] or not re.search(r"\w", match["object"])


def _about_something_else(match: re.Match[str], rest: str) -> bool:
    """Read "approved this change to the implementation date", "approved MP101’s consultation"."""
    return bool(
        re.match(r"\s*(?:to|of|in) (?:the )?(?:implementation date|go[- ]live|date|approach|scope)|(?:’s|'s)", rest)
        or (re.search(r"\bchange\b", match["object"], re.IGNORECASE) and re.match(r"\s*(?:to|of|in|request)\b", rest))
    )


def _passive(sentence: Marked, context: Context, match: re.Match[str]) -> Iterator[Said]:
    text = sentence.text
    lead = text[: match.start("verb")]
    lead = clause(text, match.start("verb"), match.start("verb")) if match.re is _WAS_DECIDED else lead
    after = text[match.start("after") : match.start("after") + 110]
    if match.re is _WAS_DECIDED and (_NOT_YET.search(lead) or NOT.search(lead) or _recommended_before(lead)):
        return
    if re.search(r"\b(?:Impact Assessment|requests?)\b", lead, re.IGNORECASE):
        return
    if (
        _NOT_THE_DECISION.match(after)
        or re.match(r"\s*(?:by|on or before) (?:⟦D|the end)", after)
        or re.search(
            r"\brequests?\b|\bdate\b|\bapproach\b|\bmove\b|\bchanges? to\b", _subject_words(lead), re.IGNORECASE
        )
    ):
        return
    who = re.match(rf"[^⟦⟧;]{{0,30}}?\bby (?:the )?(?:SEC )?(?P<who>{_BODIES})", after, re.IGNORECASE)
    if who and who["who"].casefold() == "panel" and not re.search(r"fast[- ]track", text, re.IGNORECASE):
        return
    ids = before(sentence, match, context) if match.re is not _BARE else context.about
    yield from _decision(sentence, match, ids, match["verb"], who["who"] if who else "")


def _subject_words(lead: str) -> str:
    return re.split(r"⟦\w+⟧|,", lead)[-1]


def _recommended_before(lead: str) -> bool:
    return bool(re.search(r"\brecommend\w*\b", lead, re.IGNORECASE))


def _decision(sentence: Marked, match: re.Match[str], ids: tuple[str, ...], verb: str, who: str) -> Iterator[Said]:
    approved = verb.casefold().startswith(("approv", "accept"))
    if verb.casefold() == "withdrew":
        return
    yield from each(ids, "status", "approved" if approved else "rejected", "decision")
    on = _on_date(sentence, match.start(), match.end("object") if "object" in match.groupdict() else match.end("verb"))
    if not on:
        return
    if approved:
        yield from each(ids, "approved_on", on, "decision")
    if who.casefold() in ("authority", "ofgem", "gema"):
        yield from each(ids, "authority_decided_on", on, "decision")
    elif who.casefold() in ("change board", "cb"):
        yield from each(ids, "change_board_vote_on", on, "decision")


# --- where it stands ---

_WITHDRAWN = (
    pattern(
        r"(?P<gap>[^⟦⟧;]{0,60}?)\b(?:was|were|has been|have been|been|is|are|now)\b[^⟦⟧;]{0,20}?\bwithdrawn\b(?! from)"
    ),
    pattern(r"^\W*(?P<gap>)withdrawn\b(?! from)"),
    pattern(r"\b(?P<gap>withdrawal of)\s+(?:{Ms})"),
    pattern(
        r"\b(?P<gap>Proposer|Elexon|DCC|SECAS|he|she|they)\b[^⟦⟧;]{0,20}?\b(?:withdrew|has withdrawn|have withdrawn)\b"
    ),
)
_SENT_BACK = (
    pattern(
        r"\b(?:decision|decided|chose|determined)\b(?P<gap>[^⟦⟧;]{0,20}?)\bto (?:send back|send ⟦M\d+⟧ back|"
        r"return ⟦M\d+⟧)\b"
    ),
    pattern(r"(?P<gap>[^⟦⟧;]{0,60}?)\b(?:sent|send)[ -]back\b(?! (?:to|for) the (?:draft|consult))"),
    pattern(
        rf"\b{_AUTHORITY}\b(?P<gap>[^⟦⟧;]{{0,40}}?)\b(?:returned|sent)\b[^;]{{0,40}}?\b(?:back|"
        rf"for further (?:work|assessment))\b"
    ),
)
_WITH_AUTHORITY = re.compile(
    rf"\b(?:(?:is|are|now|currently|"
    rf"remains?) (?:\w+ )?with (?:the )?{_AUTHORITY}\b(?! (?:for (?:information|comment)))|"
    rf"^\W*with (?:the )?{_AUTHORITY}\b|"
    rf"\b(?:await\w*|pending|waiting for|subject to)\b[^⟦⟧;]{{0,20}}?\b{_AUTHORITY}(?:’s|"
    rf"'s)?\b[^⟦⟧;]{{0,10}}?\b(?:decision|determination|approval)|"
    rf"\bawait\w*\b[^⟦⟧;]{{0,20}}?\b(?:decision|determination)\b[^⟦⟧;]{{0,10}}?\b(?:from|"
    rf"by)\b[^⟦⟧;]{{0,5}}?{_AUTHORITY}|"
    rf"\b(?:has been|have been|was|were) (?:sent|submitted|passed|issued|referred|"
    rf"put)\b[^⟦⟧;]{{0,30}}?\bto (?:the )?{_AUTHORITY}\b[^⟦⟧;]{{0,10}}?\bfor (?:a )?(?:decision|"
    rf"determination|approval))",
    re.IGNORECASE,
)
_NOW = (
    (
        "on_hold",
        re.compile(
            r"\b(?:is|are|has been|have been|was|put|placed|currently|remains?)\b[^⟦⟧;]{0,25}?\bon hold\b|"
            r"^\W*on hold\b|\b(?:has|have) been paused\b",
            re.IGNORECASE,
        ),
    ),
    (
        "refinement",
        re.compile(
            r"\b(?:is|are|remains?|currently|now|still)\b[^⟦⟧;]{0,30}?\b(?:in|at|within|undergoing|going through|"
            r"progressing through)\b (?:the )?Refinement\b|"
            r"^\W*(?:in )?(?:the )?Refinement(?: Process)?\b(?=\W*(?:$|[,;.–-]))",
            re.IGNORECASE,
        ),
    ),
    (
        "report_phase",
        re.compile(
            r"\b(?:is|are|remains?|currently|now|still)\b[^⟦⟧;]{0,30}?\b(?:in|at|"
            r"within)\b (?:the )?Report (?:Phase|Stage)\b|^\W*(?:in )?(?:the )?Report (?:Phase|Stage)\b(?=\W*(?:$|"
            r"[,;.–-]))|\b(?:has|have) (?:now )?(?:entered|moved (?:in)?to|proceeded to|"
            r"progressed to) the Report Phase\b",
            re.IGNORECASE,
        ),
    ),
    (
        "development",
        re.compile(
            r"\b(?:is|are|remains?|currently|now|still)\b[^⟦⟧;]{0,30}?\b(?:in|at|"
            r"within)\b (?:the )?Development(?: Stage)\b|^\W*(?:in )?(?:the )?Development Stage\b(?=\W*(?:$|"
            r"[,;.–-]))",
            re.IGNORECASE,
        ),
    ),
    ("pending_implementation", re.compile(r"\b(?:pending|awaiting) implementation\b", re.IGNORECASE)),
)
_ALREADY = re.compile(r"\b(?:if|may|might|could|would|should|will|prior to this|before)\b[^⟦⟧;]*$", re.IGNORECASE)
_DRAFT = re.compile(r"\b(?:this|a|the) Draft Proposal\b|^\W*Draft Proposal\b", re.IGNORECASE)
_IMPLEMENTED = (
    pattern(
        r"(?:^|[,;:] |\band |\bthat )\W*(?:both )?{Ms}(?P<gap>\s*(?:\W\s)?)(?:was|were|has been|have been|is|"
        r"are|now|both|and|,|\s|also|successfully|approved)*\bimplemented\b(?! (?:in part|"
        r"partially))(?P<rest>[^⟦⟧]{0,20})"
    ),
    pattern(
        r"{Ms}(?P<gap>)(?:(?!\b(?:changes?|text|parts?|elements?|if|will|would)\b)[^;.]){0,80}?\band (?:was |"
        r"were |has been |subsequently |then )*implemented on ⟦D\d+⟧(?P<rest>)"
    ),
    pattern(
        r"\b(?:it|this modification|these modifications|both)(?P<gap>) (?:was|were|has been|"
        r"have been) (?:also |now |successfully )?implemented\b(?P<rest>[^⟦⟧]{0,20})"
    ),
)


def standing(sentence: Marked, context: Context) -> Iterator[Said]:
    """Withdrawn, sent back, with the Authority, on hold, in the Refinement Process …: what is so now."""
    text = sentence.text
    for form in _WITHDRAWN:
        for match in form.finditer(text):
            if not _ALREADY.search(text[: match.end("gap")]) and not NOT.search(match[0]):
                ids = before(sentence, match, context)
                yield from each(ids, "status", "withdrawn", "withdrawn")
                if on := _on_date(sentence, match.start(), match.end()):
                    yield from each(ids, "withdrawn_on", on, "withdrawn")
    for form in _SENT_BACK:
        if (match := form.search(text)) and not _ALREADY.search(text[: match.end("gap")]):
            ids = tuple(sentence.values("M", text[match.start() : match.end() + 40])) or before(
                sentence, match, context
            )
            yield from each(ids[:1] or context.subjects(sentence), "status", "sent_back", "sent back")
            break
    if (found := _WITH_AUTHORITY.search(text)) and not _ALREADY.search(text[: found.start()]):
        yield from each(before(sentence, found, context), "status", "authority_decision", "with the Authority")
    for status, words in _NOW:
        if (found := words.search(text)) and not _ALREADY.search(text[: found.start()]) and not NOT.search(found[0]):
            yield from each(before(sentence, found, context), "status", status, "stage")
    if _DRAFT.search(text):
        yield from each(
            (i for i in context.subjects(sentence) if is_draft_proposal(i)), "status", "draft_proposal", "stage"
        )
    yield from _implemented(sentence, context)


def _implemented(sentence: Marked, context: Context) -> Iterator[Said]:
    for form in _IMPLEMENTED:
        for match in form.finditer(sentence.text):
            ids = sentence.values("M", match[0]) or context.subjects(sentence)
            if not NOT.search(match[0]) and re.search(r"\b(?:was|were|has|have|is|and|now|approved)\b", match[0]):
                yield from each(ids, "status", "implemented", "implemented")


# --- paths, cut-offs, origins ---

_PATHS = (
    ("self_governance", re.compile(r"\bself[- ]+governance\b", re.IGNORECASE)),
    (
        "authority_determined",
        re.compile(
            r"\bauthority-\s?determin(?:ed|ation)\b|\bauthority determin(?:ed|ation) (?:modification|path|"
            r"proposal|change|route)\b|\bunder authority determination\b",
            re.IGNORECASE,
        ),
    ),
    ("authority_led", re.compile(r"\bauthority[- ]+led\b", re.IGNORECASE)),
    ("fast_track", re.compile(r"\bfast[- ]+track(?:ed)?\b", re.IGNORECASE)),
    ("urgent", re.compile(r"\burgent\s+(?:modification|proposal|change|path|basis)\b|\bas urgent\b|\bUrgent\b")),
)


def path(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "under Self-Governance", "is an Authority-Led Variation": the path where it is named."""
    for value, words in _PATHS:
        if (match := words.search(sentence.text)) and not NOT.search(clause(sentence.text, match.start(), match.end())):
            ids = before(sentence, match, context)
            yield from each(ids, "decision_path", value, "path")
            return


_CUT_OFF = (
    pattern(
        r"\b(?:if|provided (?:that )?|subject to|once|only if)\b[^⟦⟧;]{0,60}?\b(?:approv\w+|decision|"
        r"determin\w+|decided|granted|received)\b[^⟦⟧;]{0,50}?\b(?:by|before|no later than|on or before)\s+{D}"
    ),
    pattern(r"\bcut[- ]?off(?: date)?\b[^⟦⟧;]{0,50}?{D}"),
    pattern(
        r"\b(?:decision|approval|determination)\b[^⟦⟧;]{0,40}?\b(?:is |are |was )?(?:required|needed|"
        r"necessary|due|must be (?:made|received|given)|has to be made|received)\b[^⟦⟧;]{0,20}?\b(?:by|before|"
        r"no later than)\s+{D}"
    ),
    pattern(
        r"\b(?:must|needs? to|has to|have to|should) be (?:approved|decided|determined)\b[^⟦⟧;]{0,50}?\b(?:by|"
        r"before|no later than)\s+{D}"
    ),
    pattern(r"\bdecision (?:by|deadline):?\s+{D}"),
    pattern(
        r"\b(?:needs?|requires?|must have|must receive)\s+(?:an? )?(?:[\w’']+ )?(?:approval|decision|"
        r"determination)\b[^⟦⟧;]{0,40}?\b(?:by|before|no later than)\s+{D}"
    ),
)


def cut_off(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "It will be included in this release if approved by 22 October 2020": when it must be decided."""
    for form in _CUT_OFF:
        if match := form.search(sentence.text):
            ids = before(sentence, match, context)
            yield from each(ids, "decision_cut_off", sentence.marks[match["D"][1:-1]].value, "cut-off")
            return


_RAISED = (
    pattern(r"\b(?:was|were) raised\b[^⟦⟧;]{0,60}?\bon {D}"),
    pattern(r"^\W*on {D},?[^⟦⟧;]{0,60}?\braised\b"),
    pattern(r"^\W*(?:date )?raised(?: on)?\W*{D}"),
)
_CONVERTED = (
    pattern(
        r"{M1}[^⟦⟧;]{0,40}?\b(?:was|has been|is now|became|been)\b[^⟦⟧;]{0,30}?\b(?:converted (?:in)?to|"
        r"became|renumbered (?:as|to)|now)?\b[^⟦⟧;]{0,40}?{M2}"
    ),
    pattern(r"{M2}[^⟦⟧;]{0,30}?\b(?:\(?formerly|previously|converted from|raised as|was)\b[^⟦⟧;]{0,30}?{M1}"),
)
_BECAME = pattern(r"^\W*(?:is |has been |was )?(?:now|became|converted (?:in)?to|has become|renumbered)\s+{M}")
_SPLIT = (
    pattern(r"{M1}[^⟦⟧;]{0,40}?\bsplit (?:in)?to\b[^⟦⟧;]{0,40}?{Ms2}"),
    pattern(r"{Ms2}[^⟦⟧;]{0,60}?\b(?:split|separated) (?:out )?(?:from|off)\b[^⟦⟧;]{0,20}?{M1}"),
)
_ASSESSMENT = (
    pattern(r"\bImpact Assessment\b(?:[^⟦⟧;]|⟦M\d+⟧){0,60}?\b(?:was |were |been )?requested\b[^⟦⟧;]{0,40}?\bon {D}"),
    pattern(r"\brequested\b[^⟦⟧;]{0,40}?\bImpact Assessment\b[^⟦⟧;]{0,60}?\bon {D}"),
    pattern(r"^\W*on {D},?[^⟦⟧;]{0,60}?\brequested\b[^⟦⟧;]{0,40}?\bImpact Assessment\b"),
)


_CONSULTATION = (
    pattern(
        r"\bconsult(?:ation|ed|ing)\b[^⟦⟧;]{0,50}?\b(?:clos(?:es?|ing|ed)|ends?|ended|until|runs (?:to|until)|"
        r"open until|by)\b(?: on| date)?:?\s+{D}"
    ),
    pattern(r"\b(?:respond|responses?|comments?|views)\b[^⟦⟧;]{0,50}?\b(?:by|before|no later than)\s+{D}"),
)


def consultation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP162 is out for consultation until 12 August 2022": when it closes."""
    for form in _CONSULTATION:
        if match := form.search(sentence.text):
            ids = sentence.values("M") or context.about
            yield from each(ids, "consultation_closes_on", sentence.marks[match["D"][1:-1]].value, "consultation")
            return


def origins(sentence: Marked, context: Context) -> Iterator[Said]:
    """Raised, converted from a Draft Proposal, split off another, Impact Assessment requested."""
    for form in _RAISED:
        if match := form.search(sentence.text):
            ids = before(sentence, match, context)
            yield from each(ids, "raised_on", sentence.marks[match["D"][1:-1]].value, "raised")
            break
    for form in _CONVERTED:
        for match in form.finditer(sentence.text):
            old, new = (sentence.marks[match[name][1:-1]].value for name in ("M1", "M2"))
            if is_draft_proposal(old) and not is_draft_proposal(new) and old[2:] == new[2:]:
                yield f"modification:{new}", "draft_proposal", old, "converted"
                on = _on_date(sentence, match.start(), match.end()) if form is _CONVERTED[0] else ""
                if on:
                    yield f"modification:{new}", "converted_on", on, "converted"
    if (became := _BECAME.match(sentence.text)) and len(context.about) == 1 and is_draft_proposal(context.about[0]):
        new = sentence.marks[became["M"][1:-1]].value
        if new[2:] == context.about[0][2:]:
            yield f"modification:{new}", "draft_proposal", context.about[0], "converted"
    for form in _SPLIT:
        for match in form.finditer(sentence.text):
            whole = sentence.marks[match["M1"][1:-1]].value
            for part in sentence.values("M", match["Ms2"]):
                if part != whole and part.startswith(whole):
                    yield f"modification:{part}", "split_from", whole, "split"
    for form in _ASSESSMENT:
        if match := form.search(sentence.text):
            ids = before(sentence, match, context)
            yield from each(
                ids, "impact_assessment_requested_on", sentence.marks[match["D"][1:-1]].value, "Impact Assessment"
            )
            break


RULES = (recommendation, vote, presentation, decided, standing, path, cut_off, consultation, origins)
