"""Where a modification stands now: withdrawn, sent back, with the Authority, on hold, in a stage, implemented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from bot.domain.identifiers import is_draft_proposal
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.deeds import on_date
from watchers.phrases.governed import belongs_to_another
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, pattern

_AUTHORITY = r"(?:Authority|Ofgem|GEMA)"
_WITHDRAWN = (
    pattern(
        r"(?P<gap>[^⟦⟧;]{0,60}?)\b(?:was|were|has been|have been|been|is|are|"
        r"now)\b[^⟦⟧;]{0,20}?\bwithdrawn\b(?! from)"
    ),
    pattern(r"^\W*(?P<gap>)withdrawn\b(?! from)"),
    pattern(r"\b(?P<gap>(?:after|following|upon|having) (?:being|been) )withdrawn\b(?! from)"),
    pattern(r"(?P<gap>[^⟦⟧;.]{0,60}?)\b(?:(?:has|have) (?:now |since |today )?withdrawn|withdrew) {M}(?! from)"),
    pattern(
        r"(?P<gap>[^⟦⟧;]{0,60}?)\b(?:was|were|has been|have been|been|is|are|now)\b[^⟦⟧;]{0,20}?\b(?:dropped|pulled|"
        r"abandoned|"
        r"given up|taken back) by (?:its|the|their) Proposers?\b"
    ),
    pattern(
        r"\b(?P<gap>Proposer)\b[^⟦⟧;.]{0,20}?\b(?:has|have)? ?(?:now )?(?:dropped|pulled|abandoned|given up|taken "
        r"back) "
        r"(?:it\b|the (?:modification|proposal)|this (?:modification|proposal)|⟦M)"
    ),
    pattern(r"\b(?P<gap>withdrawal (?:took|takes|came into|has taken) effect)\b"),
    pattern(r"\bProposer of {M}(?P<gap>[^⟦⟧;.]{0,20}?)\b(?:(?:has|have) (?:now |since )?withdrawn|withdrew) it\b"),
    pattern(r"\b(?P<gap>withdrawal of)\s+(?:{Ms})"),
    pattern(
        r"\b(?P<gap>Proposer|Elexon|DCC|SECAS|he|she|they)\b[^⟦⟧;]{0,20}?\b(?:withdrew|has withdrawn|"
        r"have withdrawn)\b(?! (?:its|their|the|an?|that|his|her) (?:\w+ ){0,2}(?:responses?|comments?|objections?|"
        r"requests?|"
        r"support|paper|question|appeal|repl(?:y|ies)|suggestions?|alternative)\b)"
    ),
)
_SENT_BACK = (
    pattern(
        r"\b(?:decision|decided|chose|determined)\b(?P<gap>[^⟦⟧;]{0,20}?)\bto (?:send back|send ⟦M\d+⟧ back|"
        r"return ⟦M\d+⟧)\b"
    ),
    pattern(
        r"(?P<gap>[^⟦⟧;]{0,60}?)\b(?:sent|send)[ -]back\b(?! (?:(?:to|for) the (?:draft|"
        r"consult)|(?:its|their|some|comments?|responses?|views?|questions?)\b))"
    ),
    pattern(
        rf"\b{_AUTHORITY}\b(?P<gap>[^⟦⟧;]{{0,40}}?)\b(?:returned|"
        rf"sent)\b[^;]{{0,40}}?\b(?:back(?! (?:its|their|some|comments?)\b)|"
        rf"for further (?:work|assessment))\b"
    ),
)
_WITH_AUTHORITY = pattern(
    rf"\b(?:(?:is|are|now|currently|"
    r"remains?|sits?|lies|rests|stands|(?:has|have) (?:now )?(?:been|sat|gone)) (?:\w+ )?with (?:the "
    rf")?{_AUTHORITY}\b(?! (?:for (?:information|comment)))|"
    rf"^\W*with (?:the )?{_AUTHORITY}\b|"
    rf"\b{_AUTHORITY}(?:’s|'s)? (?:decision|determination) (?:is |still |now )*(?:awaited|pending|outstanding)\b|"
    rf"\b{_AUTHORITY}\b (?:now |currently )?has (?:it|⟦M\d+⟧|(?:this|the) "
    rf"(?:modification|proposal))\b[^⟦⟧;]{{0,15}}?\bfor (?:a )?"
    rf"(?:decision|determination|approval)|\b{_AUTHORITY}(?:’s|'s) (?:decision|determination|"
    rf"approval) (?:on (?:it|⟦M\d+⟧) )?"
    rf"is (?:now |still )?(?:awaited|pending|outstanding|expected)\b|"
    rf"\b{_AUTHORITY} is (?:now |currently |still |presently )*(?:considering|deciding|determining|reviewing|"
    r"assessing)\b"
    rf"(?! (?:whether to (?:ask|consult|send)|(?:a|the|an|our) (?:request|date|move|timetable)))|"
    rf"\b(?:await\w*|pending|waiting for|subject to)\b[^⟦⟧;]{{0,20}}?\b{_AUTHORITY}(?:’s|"
    rf"'s)?\b[^⟦⟧;]{{0,10}}?\b(?:decision|determination|approval)|"
    rf"\bawait\w*\b[^⟦⟧;]{{0,20}}?\b(?:decision|determination)\b[^⟦⟧;]{{0,10}}?\b(?:from|"
    rf"by)\b[^⟦⟧;]{{0,5}}?{_AUTHORITY}|"
    rf"\b(?:has|have) (?:now )?(?:gone|passed|moved) to (?:the )?{_AUTHORITY}\b[^⟦⟧;]{{0,10}}?\bfor (?:a |its "
    r")?(?:decision|determination|"
    rf"approval)|"
    rf"\b(?:re-?submitted|re-?sent|submitted again|sent again) to (?:the )?{_AUTHORITY}\b|"
    rf"\b(?:has been|have been|was|were) (?:sent|submitted|passed|issued|referred|"
    rf"put)\b[^⟦⟧;]{{0,30}}?\bto (?:the )?{_AUTHORITY}\b[^⟦⟧;]{{0,10}}?\bfor (?:a )?(?:decision|"
    rf"determination|approval))"
)
_IS_NOW = r"\b(?:is|are|remains?|stays?|stayed|continues?|currently|now|still|sits?|stands?)"
_HAS_MOVED = (
    r"\b(?:enters|now enters|moves (?:on )?(?:in)?to|(?:has|have|now) (?:(?:now|also|since|recently) )?(?:been )?"
    r"(?:(?:moved|gone|progressed|proceeded|passed|advanced|transitioned|returned|sent|taken|referred)(?: (?:on|"
    r"back|forward|forwards|"
    r"through))? (?:in)?to|entered|begun|started|reached))"
)
_NOW = (
    (
        "on_hold",
        pattern(
            r"\b(?:is|are|has been|have been|was|(?<!to )put|(?<!to )place[ds]|currently|remains?|"
            r"stays?)\b[^⟦⟧;]{0,25}?"
            r"\bon hold\b|(?<!to )\b(?:put|placed)\s+⟦M\d+⟧[^⟦⟧;]{0,10}?\bon hold\b|"
            r"\b(?:agreed|decided|chose|opted|resolved|continues?) (?:on ⟦D\d+⟧ )?to (?:put|place|keep|hold|leave) "
            r"(?:⟦M\d+⟧|it|(?:this|the) (?:modification|proposal))[^⟦⟧;.]{0,12}?\bon hold\b|"
            r"^\W*on hold\b|(?:⟦M\d+⟧|\b(?:modifications?|proposals?|changes?|work|progress|it|"
            r"they|both|which))(?: on it)?(?: now)? "
            r"(?:has|have|is|are|was|were)(?: now)?(?: been)? (?:paused|suspended|halted|parked|"
            r"frozen|put to one "
            r"side|shelved)\b"
        ),
    ),
    *(
        (
            status,
            pattern(
                rf"{_IS_NOW}\b[^⟦⟧;.]{{0,30}}?\b(?:in|at|within|undergoing|going through|progressing through|under) "
                rf"(?:the |its )?{stage}(?! (?:vote|consultation)\b)|"
                rf"{_HAS_MOVED} (?:the |its )?{stage}|^\W*(?:now )?(?:in |at )?(?:the )?{stage}(?=\W*(?:$|[,;.–-]))"
            ),
        )
        for status, stage in (
            ("refinement", r"Refinement\b(?: (?:Process|Stage|Phase))?"),
            ("report_phase", r"(?:Modification )?Report (?:Phase|Stage)\b"),
            ("development", r"Development Stage\b"),
        )
    ),
    (
        "change_board_vote",
        pattern(
            rf"{_IS_NOW}\b[^⟦⟧;.]{{0,20}}?\b(?:in|at|with|before) (?:the )?Change Board(?: (?:vote|decision))?(?: "
            r"(?:stage|phase)\b|"
            rf"(?=\W*$| for (?:a |its )?(?:vote|decision|determination)\b))|"
            r"\b(?:await(?:s|ing)|pending|waiting for|ready for) (?:its |a |the |an )?(?:Change Board(?:’s|'s)? "
            r")?(?:final )?(?:vote|decision|"
            rf"determination)\b(?: (?:by|of|from|at) the Change Board)?(?<=Board|.vote|ision|ation)(?=[^⟦⟧;]*$)"
        ),
    ),
    ("targeted", pattern(r"^\W*targeted\W*$")),
    ("pending_implementation", pattern(r"\b(?:pending|awaiting|awaits) (?:its )?implementation\b")),
)
_IF_IT = re.compile(
    r"\b(?:if|unless|should|were|whether|when|once|until|in case|provided)\s+(?:that )?(?:both |either )?(?:⟦M\d+⟧|"
    r"it|they|this|the "
    r"modification|the proposal)\b(?:[^,;⟦]|⟦M)*$|\b(?:if|unless|should|were|whether|when|once|until)\s+⟦M\d+⟧[^,;]*$",
    re.IGNORECASE,
)
"""What only may happen, of a modification that is named: "If MP228A is sent back"."""
_ALREADY = re.compile(r"\b(?:if|may|might|could|would|should|will|prior to this|before)\b[^⟦⟧;]*$", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:propos|ask|request|recommend|expect|consider|intend|plan)\w* (?:to be|to have|that|for|to)\b|"
    r"\b(?:due|likely|to be|(?<!after )(?<!following )(?<!upon )being) (?:to be )?withdrawn",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r",\s+(?:so\s+)?(?=(?:the|it|this|they|⟦M)\b)", re.IGNORECASE)
"""Where what stands before gives the reason: "As the benefits were not clear, it was withdrawn"."""
_OF_A_PART = re.compile(
    r"(?:withdrew|withdrawn|withdrawal of)\b (?:its|their|the|his|her|an?)\b(?! (?:modification|proposal|draft "
    r"proposal|change)\b)",
    re.IGNORECASE,
)
"""What is withdrawn is something else: "withdrew its first cost estimate for MP236"."""
_THOUGHT_OF = re.compile(
    r"\b(?:suggest|propos|ask|request|consider|discuss|recommend|want|wish)\w*(?: (?:that|whether|if|to|about)\b)"
    r"[^;]*?\b(?:be|being|to|putting|placing)\b[^;]*$",
    re.IGNORECASE,
)
"""What was thought of and not decided: "It was suggested that the modification be put on hold"."""
_SOMETHING_ELSE = re.compile(
    r"\b(?:texts?|consultations?|requests?|responses?|objections?|appeals?|comments?|"
    r"programmes?|callers?|customers?|versions?|"
    r"papers?|guidance|options?|solutions?|requirements?|alternatives?|meetings?|reports?|"
    r"projects?|deployments?|roll-?outs?|"
    r"nominations?|members?|applications?|services?|offers?|bids?)\b"
    r"(?: (?!the\b|this\b|it\b|modification|proposal)\w+){0,2}? (?:is|are|was|were|"
    r"has been|have been|been|put|remains?)\b[^⟦⟧;,]{0,25}?\b(?:withdrawn|on hold|paused)$",
    re.IGNORECASE,
)
"""What else can be withdrawn or on hold: a consultation, a text, the DCC's programme."""
_DRAFT = pattern(
    r"\b(?:this|an?|the|one|another|two|three|four|these|our)(?: (?:new|further|second|more))* Draft Proposals?\b|"
    r"^\W*Draft Proposal\b"
)
_CONVERTED = re.compile(r"(?<!\bfor )\bconver(?:t|s)|\bbec[ao]m", re.IGNORECASE)
_CONVERTS_LATER = re.compile(
    r"\b(?:will|may|might|would|should|hop(?:es?|ed|ing)|asked|due|expect\w*|until|before|"
    r"once|if|to be)\b[^;.]{0,60}\bconver",
    re.IGNORECASE,
)
"""A Draft Proposal that is to be converted is one still."""


_THE_WITHDRAWAL = pattern(
    r"^\W*(?:the|this|that|its|their) withdrawal (?:(?:of it|itself|then|formally|also) )*"
    r"(?:took (?:effect|place)|takes effect|came into (?:effect|force)|has taken effect|"
    r"(?:is|was|became|has been) (?:now )?"
    r"(?:effective|in effect|confirmed|accepted|recorded|noted|dated|made|notified|received))"
    r"(?: by (?:the )?[A-Z][\w ]{2,30}?)? (?:(?:as )?from |on |as of |of |since )*{D}"
)
"""Of the modification that was named last: "The withdrawal took effect on 22 April 2024"."""


_ENDS_IT = ("withdr", "dropped", "pulled", "abandoned", "given up", "taken back")


@reads(_THE_WITHDRAWAL, *_WITHDRAWN)
def withdrawn(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP231 has been withdrawn (effective 1 March 2023)", "The withdrawal took effect on 22 April 2024"."""
    text = sentence.text
    if (told := _THE_WITHDRAWAL.search(text)) and len(ids := context.about or context.last) == 1:
        yield from each(ids, "status", "withdrawn", "withdrawn")
        yield from each(ids, "withdrawn_on", sentence.at(told, "D"), "withdrawn")
    for form in fitting(_WITHDRAWN, text):
        for match in form.finditer(text):
            words = _OF_ANOTHER.split(clause(match[0], len(match[0]), len(match[0])))[-1]
            verb = match.start() + max(match[0].casefold().rfind(verb) for verb in _ENDS_IT)
            if belongs_to_another(text, verb) or _OF_A_PART.match(text, verb):
                continue
            if not (
                _supposed(text[: match.end("gap")])
                or NOT.search(words)
                or _WISHED.search(match[0])
                or _SOMETHING_ELSE.search(text[: match.end()])
            ):
                ids = before(sentence, match, context)
                yield from each(ids, "status", "withdrawn", "withdrawn")
                since = pattern(r"[^⟦⟧;.]{0,30}\b(?:with effect|effective) from {D}").match(text, match.end())
                if on := sentence.at(since, "D") if since else on_date(sentence, match.start(), match.end()):
                    yield from each(ids, "withdrawn_on", on, "withdrawn")


@reads(*_SENT_BACK, _WITH_AUTHORITY, *(form for _, form in _NOW), _DRAFT)
def standing(sentence: Marked, context: Context) -> Iterator[Said]:
    """Sent back, with the Authority, on hold, in the Refinement Process …: what is so now."""
    text = sentence.text
    for form in fitting(_SENT_BACK, text):
        if (sent := form.search(text)) and not _supposed(text[: sent.end("gap")]) and not _by_another(text):
            words = _OTHERS_TURN.split(text[sent.start() : sent.end() + 40])[0]
            ids = tuple(sentence.values("M", words)) or before(sentence, sent, context)
            yield from each(ids[:1] or context.subjects(sentence), "status", "sent_back", "sent back")
            break
    if (found := _WITH_AUTHORITY.search(text)) and not _supposed(text[: found.start()]):
        yield from each(before(sentence, found, context), "status", "authority_decision", "with the Authority")
    yield from _in_a_stage(sentence, context)
    if _DRAFT.search(text) and (_CONVERTS_LATER.search(text) or not _CONVERTED.search(text)):
        yield from each(
            (i for i in context.subjects(sentence) if is_draft_proposal(i)), "status", "draft_proposal", "stage"
        )


def _in_a_stage(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "is now in the Report Phase"; a vote to come gives its date and no status."""
    text = sentence.text
    for status, words in _NOW:
        found = words.search(text)
        if not found or _supposed(_own_words(text[: found.start()])) or NOT.search(found[0]):
            continue
        if _THOUGHT_OF.search(text[: found.end()]) or _SOMETHING_ELSE.search(text[: found.end()]):
            continue
        if not (status == "change_board_vote" and ("⟦D" in text or "Change Board" not in found[0])):
            yield from each(before(sentence, found, context), "status", status, "stage")


_OTHERS_TURN = re.compile(r";|,?\s(?:and|but|while|whereas)\s(?=⟦M)")
"""Where a sentence turns to another modification."""
_BY_ANOTHER = re.compile(
    r"\bback (?:to|into) (?:the |a |its )?(?:\w+ )?(?:Working Group|Refinement|Development|Proposer|Sub-Committee)\b|"
    r"\bback by (?:the )?(?:SEC )?(?:Panel|Change Board|Working Group|Change Sub-Committee|CSC|SECAS)\b|"
    r"\b(?:Panel|Change Board|Working Group|Change Sub-Committee|CSC) (?:\w+ ){0,2}sent\b"
)
_OF_THE_AUTHORITY = re.compile(_AUTHORITY)


def _supposed(lead: str) -> bool:
    """Whether what is told after a lead is only supposed or to come."""
    return bool(_ALREADY.search(lead) or _IF_IT.search(lead))


def _own_words(lead: str) -> str:
    """Return a lead without the names that its verb is told of: "may recommend that MP257 be put"."""
    return re.sub(r"(?<=\bthat )⟦M\d+⟧(?= (?:be|is|should|stays?|remains?)\b|\s*$)", "", lead)


def _by_another(text: str) -> bool:
    """Whether others than the Authority send a modification back, to those who work on it: it is no send-back."""
    return bool(_BY_ANOTHER.search(text)) and not _OF_THE_AUTHORITY.search(text)


RULES = (withdrawn, standing)
