"""Sentences that people say instead of a command, and the command that each means.

A row is a form that the whole question has, the command, and what is said to it: text, or the group of the form.
"""

from __future__ import annotations

import re

from bot.domain import glossary
from bot.domain.dates import MONTH
from handlers import parts

_CUT_OFFS = (
    r"(?:(?:the|all|any|upcoming|coming|next|open|decision|other) )*"
    r"(?:cut[ -]?offs?|deadlines?|closing dates|(?:open )?consultations|votes)(?: (?:coming|coming up|ahead|soon))?"
)
_HELP = (
    r"what can (?:you do|i (?:ask|do|type|say))|how (?:does|do) (?:this|it|you|i use (?:this|it|you)) ?(?:work)?|"
    r"help (?:me|us|please)|i need help|what are the commands"
)
_LIST = (
    r"(?:what|which) (?:things )?(?:do|am|are|does|is) (?:i|we|this channel|my channel) "
    r"(?:follow(?:ing)?|subscribed to|watch(?:ing)?|track(?:ing)?)|(?:show |what are )?(?:my|our) subscriptions|"
    r"what is followed(?: here)?"
)
_STATUS = (
    r"(?:is (?:it|this|secbot|everything)|are (?:you|the (?:pages|sources))|you) "
    r"(?:working|there|alive|up|ok|okay|well|running|awake|down|read)|"
    r"(?:what|which pages|which sources) (?:is|are|do you) (?:watched|read|watch(?:ing)?)"
)
_SOON = (
    r"(?:by |in |within |before |until )?"
    r"(?P<said>(?:the )?(?:this|next|coming) (?:\d{1,3} |two |three |few )?(?:day|week|month|quarter)s?|today|tomorrow)"
)
_IN_FORCE = (
    r"(?:(?:what|which) )?(?:the )?(?:sec )?version(?: of the (?:sec|code))? (?:is |are we )?(?:now |currently )?"
    r"(?:on|in force|in effect|live|effective|current)(?: now| today)?"
)
_ROWS = (
    (r"(?:list |show )?(?:all |the |known |which |other )*releases(?: (?:are there|do you know))?", "release", ""),
    (rf"(?P<said>{MONTH})(?:'s)? releases?", "release", None),
    (r"(?:the )?(?:latest|newest|current|last|recent) (?:sec )?version(?: of the (?:sec|code))?", "version", ""),
    (r"(?:all |list |the )+versions?", "version", ""),
    (_IN_FORCE, "version", "in force"),
    (r"(?:(?:the|all|any|upcoming|coming) )*go[ -]?lives?(?: dates?)?", "next", "release"),
    (_CUT_OFFS, "cutoffs", ""),
    (r"(?:(?:the|all|decision) )*cut offs? (?P<said>.+)", "cutoffs", None),
    (rf"(?:what(?:['’]?s| is) )?(?:due|coming(?: up)?|to come|closing|ahead) {_SOON}", "cutoffs", None),
    (_HELP, "help", ""),
    (r"how (?:do|can|to)(?: i| we)? (?P<said>\w+)(?: .*)?", "help", None),
    (_LIST, "list", ""),
    (_STATUS, "status", ""),
    (r"(?:today|tomorrow|the next|next)(?:['’]?s)? (?:daily |weekly )?(?:digest|summary)", "digest", ""),
    (r"thanks?(?: you)?(?: (?:very|so) much)?|thx|cheers|ta|ok(?:ay)?|great|good", "next", ""),
    (r"(?=[0-9]*[a-f])(?P<said>[0-9a-f]{8,64})", "evidence", None),
)
_NOTIFY = re.compile(
    r"(?:notify|alert|ping|message|dm) (?:(?P<me>me)|us|(?:this|the|my|our) channel) "
    r"(?:(?:about|of|on|for|to) (?:(?:any |all |every )?(?:changes?|updates?|news) (?:about|of|on|to|in|for) )?"
    r"(?P<what>.+)|(?:when(?:ever)?|if|as soon as) (?P<subject>.+?) (?:changes|moves|is changed|is moved|changed))",
    re.IGNORECASE,
)
_FORMS = tuple((re.compile(form, re.IGNORECASE), command, said) for form, command, said in _ROWS)

_TOUCHING = re.compile(
    r"(?:(?:what|which|who|mods?|modifications?|changes?|changed|anything|versions?) )+"
    r"(?:that )?(?:touch(?:es|ing)?|affect(?:s|ing)?|chang(?:es?|ed|ing)|impact(?:s|ing)?|about|to|in|on|of|for)+ "
    r"(?:the )?(?P<part>.+)",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"(?:what|whats) (?:does|do|is|are) (?P<a>.+?) (?:mean|means|stand for|stands for|short for|meaning)"
    r"|(?:the )?(?:meaning|definition) of (?P<b>.+)"
    r"|(?:what|who)(?:'s|’s|s| is| are) (?:an? |the |meant by )?(?P<c>.+)"
    r"|(?P<d>.+?) (?:meaning|definition)",
    re.IGNORECASE,
)
_MISSED = re.compile(
    r"what(?:'s|’s| have| did| has)? (?:i|we)(?: have)? miss(?:ed)?|(?:what )?did (?:i|we) miss(?: anything)?|"
    r"(?:have )?(?:i|we) missed(?: anything)?|(?:is there )?(?:anything|something) new|"
    r"what(?:'s|’s|s| is| has) (?:new|changed|up|happening|happened)(?: (?:since )?(?:i|we) last (?:looked|asked))?|"
    r"what (?:changed|happened)|catch (?:me )?up",
    re.IGNORECASE,
)


def command(text: str) -> tuple[str, str] | None:
    """Return the command's word that a sentence means and the words for it; None for none."""
    if _MISSED.fullmatch(text):
        return "since", ""
    if match := _NOTIFY.fullmatch(text):
        return "subscribe", f"{match['what'] or match['subject']}{' for me' if match['me'] else ''}"
    for form, word, said in _FORMS:
        if match := form.fullmatch(text):
            return word, match["said"] if said is None else said
    match = _TOUCHING.fullmatch(text)
    touched = parts.named(match["part"]) or _specification(match["part"]) if match else ""
    return ("part", touched) if touched else None


def term(text: str) -> tuple[str, bool]:
    """Return the term whose meaning is asked for and whether it surely is one's meaning that is asked for.

    "what does DUIS mean", "who is SECAS"; empty for anything else.
    """
    match = _MEANING.fullmatch(text)
    if not match:
        return "", False
    return next(one for one in match.groups() if one).strip(), bool(match["a"] or match["b"])


def _specification(text: str) -> str:
    found = glossary.find(text)
    return found.part if found else ""
