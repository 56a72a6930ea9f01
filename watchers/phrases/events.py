"""Events of a timeline: "Modification raised", "Refinement Consultation", "Authority decision", each with its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import dates
from bot.domain.forms import worded
from watchers.phrases.marks import marked

Field = tuple[str, str]

_MONTH = dates.MONTH
_RANGE_START = re.compile(
    rf"(?:\b(?:from|between|open(?:s|ed)?(?: on)?)\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?<![\d/.])"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?(?:{_MONTH})\b)?(?:,?\s+20\d\d)?|"
    rf"(?:{_MONTH})(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?)?(?:\s+20\d\d)?|"
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]20\d\d|20\d\d-\d\d-\d\d)"
    rf"\s*(?:–|—|-|\bto\b|\buntil\b|\band\b|\bthrough\b)\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?$",
    re.IGNORECASE,
)
_GLUED_MONTH = re.compile(rf"(?<=[a-z])(?=(?:{_MONTH})\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?20\d\d)")
_VAGUE = re.compile(r"\b(?:w/c|week (?:commencing|beginning|of)|Q[1-4]|quarter)\W*(?:\d{0,2}\W*)?$", re.IGNORECASE)
_NEAR = 60
"""Characters before a day within which the beginning of its range stands."""
_EDGES = " \t:;,.|–—-()[]•*→>"
_AHEAD = re.compile(
    r"\b(?:expected|due|planned|anticipated|target(?:ed)?|forecast|"
    r"to come|upcoming|future|provisional(?:ly)?|estimated|"
    r"proposed|indicative|scheduled|not started|awaiting|pending|will)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"(?:TBC|TBD|N/A)(?=[A-Z]|\W*$)")
"""What stands for a day that is not known yet; glued, another event's words follow."""
_OFF = re.compile(
    r"\b(?:cancelled|canceled|abandoned|not held|did not (?:happen|"
    r"take place)|superseded|no longer (?:needed|required|planned))\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(?:proposed|provisional(?:ly)?|indicative|estimated)\b", re.IGNORECASE)
DONE_ONLY = frozenset({"approved_on", "authority_decided_on", "withdrawn_on", "converted_on", "raised_on"})
"""Roles of what has been done: a day that is only expected is none."""

_AUTHORITY = r"(?:authority|ofgem|gema)"
_APPROVES = re.compile(r"\bapprov(?:ed|es|al)\b", re.IGNORECASE)
_RECOMMENDS_LATER = re.compile(
    r"\b(?:makes?|making|for) (?:a |its |the )?(?:recommendation|approval)\b|\bwhether\b", re.IGNORECASE
)
_RECOMMENDED = re.compile(
    r"\brecommend\w*\b(?!.{0,30}\bnot\b).{0,50}?\b(approv|reject)|\b(?:approv|reject)\w* recommended\b", re.IGNORECASE
)


def _words(form: str) -> re.Pattern[str]:
    return re.compile(form, re.IGNORECASE)


_CONSULTATION = _words(r"\bconsultation\b|\bconsulted on\b|\bMRC\b|\brequest for information\b")
_OPENS = _words(
    r"\b(?:open(?:s|ed|ing)?|issued?|publish\w*|launch\w*|start\w*|"
    r"beg[iau]n\w*|sent|responses? (?:published|review\w*))\b"
)
_CLOSES = _words(r"\b(?:clos(?:e|es|ed|ing|ure)|end(?:s|ed)?|deadline|until|responses? (?:due|by)|due)\b")
_ENDS = _words(
    r"clos(?:es|ing)(?: date| on)*|responses? (?:date|deadline|due(?: by)?|by)|(?:respond|reply) by|"
    r"deadline for (?:responses|comments|replies)"
)
"""Labels of the day on which a consultation ends that do not name it."""
_ASSESSMENT = _words(r"\b(?:impact|preliminary) assessments?\b|\b(?:PA|IA)\b")
_ASKS = _words(r"\brequest(?:ed|s)?\b|\bcommissioned\b")
_ROLES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("withdrawn_on", _words(r"\bwithdr(?:awn|awal|ew)\b"), _words(r"\bwithdrawn from\b")),
    (
        "decision_cut_off",
        _words(r"\bcut[- ]?off\b|\bdecision (?:required |needed |due )?by$|\bdecision deadline\b"),
        _words(r"$."),
    ),
    (
        "converted_on",
        _words(r"\bbecame a modification\b|\bconver(?:ted|sion|sions)\b|\bconvert(?:s|ing)?\b"),
        _words(r"\bpresent\w* to (?:the )?(?:SEC )?panel\b"),
    ),
    (
        "raised_on",
        _words(
            r"\braised\b|\bdate of raising\b|\b(?:draft proposal|modification|proposal) submitted\b|\bdate submitted\b|"
            r"^submi(?:tted on|ssion date)$|^date of submission$|^date proposed$|^proposed on$"
        ),
        _words(r"\braised by\b|\bissues? raised\b|\bqueries\b"),
    ),
    (
        "authority_decided_on",
        _words(
            rf"\b{_AUTHORITY}\b.*\b(?:decision|determination|decid\w+|determin\w+|approv\w+|reject\w*)\b|"
            rf"\b(?:decision|determination|approv\w+|reject\w*)\b.*\b{_AUTHORITY}\b"
        ),
        _words(
            rf"\b(?:sent|submi\w+|issued|referred|passed|presented|"
            rf"sends?)\b.*\b{_AUTHORITY}\b|\bsent back\b|\bsend[- ]back\b|"
            r"\breturn|\brecommend"
        ),
    ),
    (
        "change_board_vote_on",
        _words(r"\bchange board\b|\bCB (?:vote|decision|meeting)\b|^vote(?: date)?$"),
        _words(r"\bsub-?committee\b|\bassessment\b|\brefinement\b|\bcosts?\b|\bupdate\b"),
    ),
    (
        "panel_presentation_on",
        _words(
            r"\bpanel\b.*\b(?:present\w*|consider\w*|meeting|review\w*|discuss\w*|report)\b|"
            r"\b(?:present\w*|submi\w+|taken|report|issued|goes|returned?)\b.*\bpanel\b|^(?:sec )?panel(?: date)?$"
        ),
        _words(r"\bsub-?committee\b|\bappeal\b|\bbaselin"),
    ),
    (
        "approved_on",
        _words(
            r"^(?:(?:modification|proposal|change|finally|formally)(?: proposal)? )*(?:was |"
            r"is )?approv(?:ed|al)\b|\bdate (?:of )?approv|"
            r"^decision to approve|^final (?:approval|decision.*approv)"
        ),
        _words(
            r"\b(?:assessment|refinement|consultation|conver\w+|progress\w*|report phase|in principle|business case)\b"
        ),
    ),
    (
        "implementation",
        _words(
            r"\bimplement(?:ed|ation|s)\b|\bgo(?:es)?[- ]?live\b|\bwent live\b|"
            r"\b(?:takes?|took|c[ao]mes?|in(?:to)?) (?:effect|force)\b|"
            r"^effective(?: date| from)?$"
        ),
        _words(
            r"\bapproach\b|\bconsult|\breport\b|\bdocument\b|"
            r"\bpost[- ]implementation\b|\breview\b|\bproposed\b|\bplan\b|\bcosts?\b"
        ),
    ),
)
_LABELS = worded(
    r"when (?:will|was|is|did) (?:it|this|(?:this|the) (?:modification|proposal|change)) (?:be |being |to be )?"
    r"(?:raised|implemented|converted|approved|withdrawn|go(?:ing)? live)|"
    r"submission date|date of submission|submitted on|date proposed|proposed on|"
    r"(?:date )?raised(?: on| date)?|date of raising|raising date|date submitted|"
    r"(?:date )?converted(?: on)?(?: to .{0,40})?|conversion date|"
    r"(?:date )?withdrawn(?: on)?|withdrawal(?: date)?|(?:date )?approved(?: on)?|approval date|date of approval|"
    r"(?:(?:target(?:ed)?|planned|expected|actual|proposed|final|confirmed|"
    r"current) )*(?:implementation|go[- ]live|effective)(?: date)?|"
    r"(?:date )?implemented(?: on)?|date of implementation|implements? on|"
    r"(?:sec )?change board(?: vote| date| meeting)*(?: on)?|"
    r"(?:expected )?authority decision(?: date)?|ofgem decision(?: date)?|"
    r"decision cut[- ]?off(?: date)?|cut[- ]?off(?: date)?|"
    r"decision (?:required |needed |due )?by|(?:sec )?panel(?: presentation| meeting| date)+|"
    r"(?:[\w ]{0,40}\b)?consultation (?:clos(?:es|ed|ing)|ends|deadline|"
    r"end)(?: on| date)?|(?:[\w ]{0,40} )?consultation|closing date|"
    r"responses? (?:date|deadline|due(?: by)?|by)|(?:respond|reply) by|deadline for (?:responses|comments|replies)|"
    r"(?:dcc )?impact assessment requested(?: on)?|modification raised|(?:draft )?proposal raised"
)


def is_label(plain: str) -> bool:
    """Whether words are the name of an event by themselves, as a label beside its date."""
    return _LABELS.may_match(plain) and bool(_LABELS.fullmatch(plain))


def may_hold_label(text: str) -> bool:
    """Whether a text has the words of some event's name."""
    return _LABELS.may_match(text)


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its words, the days named with it (the last where they are a range), what is said of the outcome."""

    words: str
    days: tuple[str, ...]
    ranged: bool = False
    outcome: str = ""


def whole_range(text: str) -> str:
    """Return the end of the range of days that a text consists of, "" for anything else."""
    found = dates.find(text)
    if not found or text[found[-1].end :].strip(_EDGES):
        return ""
    start = _RANGE_START.search(text[: found[-1].start])
    return found[-1].value if start and not text[: start.start()].strip(_EDGES) else ""


def split(text: str) -> list[Event]:
    """Return the events that a line tells: "3 March 2020 – Modification raised", "Vote23 June 2021Approved"."""
    text = _GLUED_MONTH.sub(" ", text)
    spans = list(_spans(text))
    if not spans:
        return []
    first = bool(not text[: spans[0][0]].strip(_EDGES))
    events = []
    for n, (start, end, value, ranged) in enumerate(spans):
        before = text[(spans[n - 1][1] if n else 0) : start]
        after = text[end : (spans[n + 1][0] if n + 1 < len(spans) else len(text))]
        words, outcome = (after, "") if first else (before, after if n + 1 == len(spans) else "")
        events.append(Event(_trimmed(words), (value,), ranged, _trimmed(outcome)))
    return _together(events)


def _trimmed(words: str) -> str:
    words = next((piece for piece in reversed(_PLACEHOLDER.split(words)) if piece.strip(_EDGES)), "")
    return re.sub(r"\b(?:on|at|by|in|for|dated|is|was)$", "", words.strip(_EDGES), flags=re.IGNORECASE).strip(_EDGES)


def _together(events: list[Event]) -> list[Event]:
    """Join to an event the further days that are named without words of their own ("24 June and 4 November 2021")."""
    joined: list[Event] = []
    for event in events:
        if joined and re.fullmatch(r"(?:and|&|or|then|,)?", event.words, re.IGNORECASE):
            last = joined.pop()
            event = Event(last.words, (*last.days, *event.days), last.ranged, event.outcome)  # noqa: PLW2901
        joined.append(event)
    return joined


def _spans(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield where days stand with the range that each ends; what is only a week or a quarter is no day."""
    found = dates.find(text)
    taken = 0
    for n, one in enumerate(found):
        following = found[n + 1] if n + 1 < len(found) else None
        if following and following.start - one.end < _NEAR and _RANGE_START.search(text[one.start : following.start]):
            continue  # the beginning of a range, of which the end counts
        near = max(taken, one.start - _NEAR)
        if _VAGUE.search(text[near : one.start]):
            continue
        start = _RANGE_START.search(text[near : one.start])
        begin = near + start.start() if start else one.start
        taken = one.end
        yield begin, one.end, one.value, bool(start)


def fields(event: Event, *, authority: bool = False) -> list[Field]:
    """Return what an event gives. `authority`: the modification's path leaves its decision to the Authority."""
    words = _unnamed(event.words)
    told = f"{words} {event.outcome}"
    if not words or not event.days or _OFF.search(told):
        return []
    if _CONSULTATION.search(words):
        closes = event.ranged or ((_CLOSES.search(words) or _CLOSES.match(event.outcome)) and not _OPENS.search(words))
        return [("consultation_closes_on", event.days[-1])] if closes else []
    if _ENDS.fullmatch(words):
        return [("consultation_closes_on", event.days[-1])]
    if _ASSESSMENT.search(words):
        asks = _ASKS.search(words) and not re.search(r"\bpreliminary\b|\bPA\b|\bapprov|\bvote", words, re.IGNORECASE)
        return [("impact_assessment_requested_on", event.days[-1])] if asks else []
    if event.ranged:
        return []
    found = list(_roles(words, told, event, authority=authority))
    ahead = _AHEAD.search(re.sub(r"\bpending implementation\b", "", told, flags=re.IGNORECASE))
    return [(name, value) for name, value in found if not (ahead and name in DONE_ONLY)]


def _unnamed(words: str) -> str:
    """Return an event's words without the modification's own name."""
    plain = re.sub(r"⟦\w+⟧", " ", marked(words).text)
    return " ".join(plain.split()).strip(_EDGES)


def _roles(words: str, told: str, event: Event, *, authority: bool) -> Iterator[Field]:
    name = next((name for name, form, but in _ROLES if form.search(words) and not but.search(words)), "")
    if not name:
        return
    if name == "implementation":
        unsure = _UNSURE.search(told)
        yield from ((name, day) for day in event.days if len(day) >= len("2021-11") and not unsure)
        return
    value = event.days[-1]
    yield name, value
    if name == "change_board_vote_on":
        if (verdict := _RECOMMENDED.search(told)) and not _RECOMMENDS_LATER.search(told) and not _AHEAD.search(told):
            yield "change_board_recommendation", "approve" if verdict[1].casefold() == "approv" else "reject"
        elif _APPROVES.search(told) and not authority and not re.search(r"\bfor approval\b|\bto approve\b", told):
            yield "approved_on", value
    if name == "authority_decided_on" and _APPROVES.search(told):
        yield "approved_on", value
