"""When a consultation closes: which of the dates of a line, a cell or a sentence is the closing one.

Lists give many dates (opened, issued, responses published, Change Board) and one of them matters. The last word of a
role before a date gives it its role; of "extended from … to …" and "was due to close on …" only the new date counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import dates
from watchers.phrases.marks import Marked, sentences

_GLUED = re.compile(
    r"(?<=[a-z0-9’'”\")\]])(?=(?:Clos(?:es|ed|ing)|Open(?:s|ed|ing)?|Deadline|Respon(?:d|se|ses)|End(?:s|ed)?|Issued|"
    r"Published|Launched|Start(?:s|ed)?|Extended|Due|View|Download|Read|Refinement|Modification Report|Working Group|"
    r"Report Phase|Consultation|Proposer|Status|Stage)(?:\b|(?=\d)))"
)
"""Where an extraction has glued a role to what stood before it: "ConsultationCloses 12 August 2022"."""

_GLUED_DATES = re.compile(
    rf"(?<=20\d\d)(?=[0-3]?\d(?:st|nd|rd|th)?\s+(?:{dates.MONTH})\s+20\d\d)|(?<=20\d\d)(?=[0-3]?\d/[01]?\d/20\d\d)"
)
"""Where two dates are glued: "11 January 20211 February 2021"."""
_CLOSES = re.compile(
    r"(?:Closing|Closes(?: on)?|Closed|Close|End|Ends|Deadline|Due|Respon(?:d|se|ses)(?: (?:by|"
    r"due))?)(?: date)?(?: for responses)?"
)
_DATE_HEADING = re.compile(
    rf"{_CLOSES.pattern}|(?:Date )?(?:Issued|Opening|Opened|Opens|Published|Launched|Start(?:ed|s)?|"
    rf"Raised)(?: date| on)?|"
    r"Issue date|Change Board(?: date)?|Implementation(?: date)?"
)
_HEADINGS = re.compile(
    rf"(?:(?:{_DATE_HEADING.pattern}|(?:Consultation|Modification|Proposal|Reference|Ref|ID|Number|Title|Name|"
    rf"Type|Status|Stage|"
    r"Description|Link|Document|Owner|Organisation)s?(?: (?:title|name|type|number))?)[\s|/,]*)+"
)
_CUES = re.compile(
    r"(?P<close>\b(?:shuts?|clos(?:e|es|ed|ing|ure)(?![a-z])(?! of (?:business|play))|deadline|due date|end(?:s|ed|"
    r"ing)?(?![a-z])(?! of\b|-)|"
    r"expir\w+|finish\w*|extend(?:ed|s)?(?![a-z])|extension|last (?:day|date)|final (?:day|date)))"
    r"|(?P<until>\b(?:until|till)\b)"
    r"|(?P<open>\b(?:open\w*|from|start\w*|beg[aiu]n\w*|commenc\w*|launch\w*|issu\w+|between|since|runs?|"
    r"running|ran|period|"
    r"window)\b)"
    r"|(?P<respond>\b(?:respon(?:d|se|ses|ding)|comments?|views?|feedback|repl(?:y|ies)|submi\w+|return\w*|send|say|"
    r"answers?|input|consult\w*|received)\b)"
    r"|(?P<other>\b(?:publish\w*|rais(?:ed|ing)|implement\w*|live|effective|approv\w*|vot(?:e|es|ed|ing)|board|panel|"
    r"deci(?:sion|sions|de|des|ded)|workshops?|webinars?|meetings?|events?|sessions?|updated?|posted|added|"
    r"dated|released?|"
    r"present\w*|circulated|considered|discuss\w*|committee|target\w*|baselined?|designat\w*|conclusions?|determin\w*|"
    r"expected|held|summary|report(?! consultation)|withdrawn|rejected|reminder|created|modified)\b)",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:applicability|validity|support|certificate|contract|licen[cs]e|charging|transition\w*|push\w*|delay\w*|"
    r"put(?:ting)?|mov(?:e|es|ing)|bring\w*)\b[^⟦⟧.;|]{0,40}\b(?:end|expiry|closing)(?: date| day)?\b[^⟦⟧.;|]{0,25}$|"
    r"\b(?:propos\w+|option|would|chang\w+ to)\b[^⟦⟧.;|]{0,60}\bend(?: date| day)\b[^⟦⟧.;|]{0,25}$",
    re.IGNORECASE,
)
"""The end of something else that is consulted on: "pushing the end date back to"."""
_OLD = re.compile(
    r"\b(?:original(?:ly)?|previous(?:ly)?|initial(?:ly)?|formerly|former (?:closing|"
    r"deadline|date|end (?:date|day))|old|was (?:due |expected |set |"
    r"scheduled |planned )?"
    r"to|had been|were to|instead of|rather than|not(?! later than)|no longer)\b[^⟦⟧]*$",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were)(?: set)?(?: at| for| as| on)?\W*$", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:now|instead|but|moved|changed|extended|extension|put (?:back|off)|pushed|brought forward|deferred|revised|"
    r"rescheduled|postponed|delayed|later)\b",
    re.IGNORECASE,
)
"""Words between a date that was and the one that takes its place: "was 30 November 2018 and is now …"."""
_MOVED_ON = re.compile(
    r"[^⟦⟧.;]{0,20}?\b(?:has|have|had|was|were|is|are)(?: (?:been|now|since|then|also))* (?:put (?:back|off)|moved|"
    r"extended|changed|postponed|deferred|delayed|brought forward|pushed back|revised|rescheduled)(?: \w+){0,2}? "
    r"(?:to|until|till)\b",
    re.IGNORECASE,
)
"""How it goes on behind a closing date that another has taken the place of: "… has been put back to"."""
_NEW = re.compile(
    r"\bexten(?:d|s)\w*|\b(?:revised|new|now|amended|updated) (?:clos|dead|end|until|date)\w*|\bnow clos", re.IGNORECASE
)
_TIME = (
    # One way alone to match a number or white: thirty digits in a row took half a minute otherwise.
    r"(?:(?<!\d)\d{1,4}(?:[:.]\d\d)?(?!\d)(?:\s*(?:a\.?m\.?|p\.?m\.?|hours|hrs|h))?(?![a-z])|noon|midday|midnight|"
    r"close of (?:business|play)|cob|"
    r"the end of(?: the day)?|end of|on|at|the|early|late|mid|of|in|[\s,:(–—|-])*"
)
_BY = re.compile(
    rf"\b(?:by|before|(?:no|not) later than|on or before|up to|until|till|due(?: on| by| in| back)?)\b\W*{_TIME}$",
    re.IGNORECASE,
)
_FOR_RESPONSES = re.compile(
    r"\b(?:clos(?:es|ed|ing)|deadline|due|end|last)(?: date| day)? (?:for|of|to) (?:[\w’']+ ){0,4}?"
    r"(?:respon\w+|comments?|views?|feedback|repl\w+|submi\w+|consult\w+|input)\b[^⟦⟧.;]{0,12}$|"
    r"\b(?:response|responses|reply|replies|comments?) (?:date|deadline)\W*$",
    re.IGNORECASE,
)
_RESPONSE = r"(?:respon\w+|comments?|views?|feedback|repl\w+|submissions?|answers?|input)"
_REFUSED_AFTER = re.compile(
    rf"\b(?:{_RESPONSE}|nothing|anything|what)\b[^⟦⟧.;]*\b(?:not|cannot|can[’']t|won[’']t|nothing|no|unable)\b[^⟦⟧.;]*"
    rf"\b(?:after|later than|past|beyond)\W*{_TIME}$|"
    rf"\b(?:not|cannot|can[’']t|won[’']t|no|nothing|unable)\b[^⟦⟧.;]*\b(?:{_RESPONSE}|"
    rf"received)\b[^⟦⟧.;]*\b(?:after|later than|"
    rf"past|beyond)\W*{_TIME}$",
    re.IGNORECASE,
)
"""What comes too late tells when it closes: "Responses will not be considered if they arrive after …"."""
_WISHED = re.compile(
    r"\b(?:suggest(?:ed|ion)|propos(?:ed|al)|asked|request(?:ed)?|considered|wanted|wished)\b (?:\w+ ){0,4}?"
    r"(?:that|to|for|if|whether|keep\w*|extend\w*|leav\w+)\b[^⟦⟧.;]*$(?<!reply by )",
    re.IGNORECASE,
)
"""Somebody wished for another date."""
_LATE = re.compile(rf"\blate {_RESPONSE}\b[^⟦⟧.;]*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:and|but|so) (?=(?:it|this|they|now|the)\b)", re.IGNORECASE)
TOLD_OF = re.compile(
    rf"\b(?:publish\w*|present\w*|post(?:ed)?|circulat\w+|summari[sz]e\w*|review\w*|"
    rf"consider(?:ed|ing|s)?|analys\w+|discuss\w*)"
    rf"\b (?:\w+ ){{0,4}}?{_RESPONSE}\b[^⟦⟧.;]*$",
    re.IGNORECASE,
)
"""What is done with the responses when they are in."""
_LONGEST_DATE = 120
_JOIN = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:to|until|till|through(?: to)?|–|—|-)\s*(?:[\d:.]+\s*(?:am|pm)?\s*(?:on\s*)?)?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*(?:and|/|&|\|)\s*", re.IGNORECASE)
_SHORT_START = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:{dates.MONTH}))?\s*(?:to|until|till|and|–|—|-)\s*$", re.IGNORECASE
)
"""The start of a period whose year stands only at its end: "22 July – 12 August 2022"."""
_IDLE = re.compile(
    r"(?:\W|⟦[A-CE-Z]\w*⟧|\b(?:and|for|on|that|of|the|both|also|while|but|now|it|is|be|"
    r"will|been|has|moved|changed|to|first|second|third|former|latter|other)\b)*",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"from|between|since|period|window|runs?|running|ran", re.IGNORECASE)
"""What begins a period of anything: before it stands of what ("Implementation window")."""
_BOTH = re.compile(r"\bopen\w*\W+(?:and\W+|to\W+)?clos\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing date, the modifications named nearest to it in its sentence, and whether it takes another's place."""

    value: str
    ids: tuple[str, ...] = ()
    moved: bool = False
    sentence: str = ""


def unglued(text: str) -> str:
    """Return text with glued roles and dates parted from what stands before them."""
    return _GLUED.sub(" | ", _GLUED_DATES.sub(" | ", text))


def column_roles(text: str) -> tuple[bool, ...]:
    """Return of each column of dates that a line of headings names whether it is the closing one; () for other lines.

    The headings may be glued: "ConsultationIssuedClosing date".
    """
    if len(text) > _LONGEST_DATE or not _HEADINGS.fullmatch(text):
        return ()
    return tuple(bool(_CLOSES.match(one[0])) for one in _DATE_HEADING.finditer(text))


def closings(text: str, label: str = "", *, bare: bool = False) -> list[Closing]:
    """Return the closing dates of a text under its label or column's heading; `bare`: a date alone is one."""
    if bare and (value := bare_date(text)) and not _CUES.search(label):
        return [Closing(value)]
    given = f"{label.strip(' :?')}: {text}" if label else text
    return [one for sentence in sentences(unglued(given)) for one in _of_sentence(sentence)]


def bare_date(text: str) -> str:
    """Return the date that a text consists of, with or without a time; "" for another text."""
    found = dates.find(text) if len(text) <= _LONGEST_DATE else []
    rest = text[: found[0].start] + " " + text[found[0].end :] if len(found) == 1 else "x"
    return found[0].value if re.fullmatch(rf"\W*{_TIME}\W*", rest, re.IGNORECASE) else ""


def speaks_of_closing(text: str) -> bool:
    """Whether words promise closing dates without giving one: "Open consultations and when each closes"."""
    return bool(
        re.search(r"\bclos(?:es?|ing)\b|\bdeadlines?\b|\brespond by\b|\bend dates?\b", text, re.IGNORECASE)
    ) and not dates.find(text)


def closing_days(sentence: Marked) -> list[str]:
    """Return the closing dates of a sentence about a consultation; the new one alone where it takes another's place."""
    found = list(_of_sentence(sentence))
    return [one.value for one in found if one.moved] or [one.value for one in found]


def _of_sentence(sentence: Marked) -> Iterator[Closing]:
    text = sentence.text
    found = list(re.finditer(r"⟦D\d+⟧", text))
    role, at = "", 0
    for n, date in enumerate(found):
        before = text[at : date.start()]
        after = text[date.end() : found[n + 1].start() if n + 1 < len(found) else len(text)]
        role = _role(before, after, role, last=n + 1 == len(found), first=n == 0)
        at = date.end()
        if role == "close":
            ids = sentence.values("M", before) or sentence.values("M", text[: date.start()])
            moved = bool(_NEW.search(text[: date.start()]))
            yield Closing(sentence.marks[date[0][1:-1]].value, tuple(ids), moved, sentence.plain())


def _role(before: str, after: str, previous: str, *, last: bool, first: bool) -> str:
    """Return the role of a date: "close", "open", "old", "other", "" where nothing gives it one."""
    if not first and _JOIN.fullmatch(before) and previous in ("open", "old", "", "close", "start"):
        return "close"
    if not first and previous == "start" and _PAIR.fullmatch(before):
        return "close"
    short = _SHORT_START.search(before)
    own = _own_role(before[: short.start()] if short else before)
    if short:
        return "close" if own in ("open", "close", "", "old") else own
    if own == "close" and re.search(r"\bwas\W*(?:on\W*)?$", before) and re.search(r"\bnow\b", after):
        return "old"
    if (
        own in ("close", "open")
        and not last
        and (_JOIN.fullmatch(after) or (_is_pair(before) and _PAIR.fullmatch(after)))
    ):
        return "start"
    if own == "close" and not last and (_MOVED_ON.match(after) or (_WAS.search(before) and _CHANGED.search(after))):
        return "old"
    if not own and previous == "old" and _CHANGED.search(before):
        return "close"
    if own:
        return own
    if not first and _IDLE.fullmatch(before):
        return (
            "close"
            if previous == "old" and re.search(r"\b(?:but|now|to)\b", before)
            else previous
            if "|" not in before
            else ""
        )
    return _role_after(after) if last else ""


def _is_pair(before: str) -> bool:
    return bool(_BOTH.search(before) or re.search(r"\bbetween\b", before, re.IGNORECASE))


def _own_role(before: str) -> str:
    cues = list(_CUES.finditer(before))
    if _OF_ANOTHER.search(before) and not re.search(r"\bconsultation\b", before, re.IGNORECASE):
        return "other"
    if _REFUSED_AFTER.search(before):
        return "close"
    if _WISHED.search(before) or _LATE.search(before):
        return "other"
    if _OLD.search(_GOES_ON.split(before)[-1]):
        return "old"
    if not cues:
        return ""
    name = cues[-1].lastgroup or ""
    if name == "until":
        held = any(cue.lastgroup == "other" for cue in cues[:-1]) or re.search(r"\bnot\b", before)
        return "other" if held else "close"
    if name == "respond" and TOLD_OF.search(before):
        return "other"
    if name == "respond":
        return "close" if _BY.search(before) or _FOR_RESPONSES.search(before) else ""
    if name == "open" and len(cues) > 1 and cues[-2].lastgroup == "other" and _VAGUE.fullmatch(cues[-1][0]):
        return "other"
    if name == "open" and re.search(r"\b(?:extended|moved|changed) from\b", before[: cues[-1].end()], re.IGNORECASE):
        return "old"
    return name


def _role_after(after: str) -> str:
    """Return a role given after a date: "(closing date)", "is the deadline", "on which it closes"."""
    cue = next((one for one in _CUES.finditer(after) if one.lastgroup != "respond"), None)
    if not cue or not re.match(r"[^⟦⟧.;|]{0,70}$", after[: cue.start()].replace("⟦M", "").replace("⟧", "")):
        return ""
    return cue.lastgroup if cue.lastgroup in ("close", "other", "open") else ""
