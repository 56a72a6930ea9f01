"""Labels of a modification's page and what they give to the value beside, below or glued to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import dates
from bot.domain.forms import fitting, worded
from bot.domain.identifiers import MODIFICATION
from bot.domain.remembered import remembered
from watchers.phrases import columns, events, impacts, stages
from watchers.phrases.marks import RELEASE

_MOD = r"(?:sec )?(?:modifications?|mod|draft proposal|proposal|change)(?: proposal)?"
_HIT = r"(?:impact(?:s|ed|ing)?|affect(?:s|ed|ing)?|touch(?:es|ed)?|amended|changed|changing|updated)"
_PARTY = r"(?:sec )?(?:part(?:y|ies)|part(?:y|ies) categor(?:y|ies)|users?|participants?|organisations?)"
_PAPER = (
    r"(?:sec |code )?(?:documents?|documentation|parts?(?: of the (?:sec|code))?|sections?|schedules?|"
    r"appendices|code documents?)"
)
_SYSTEM = r"(?:(?:dcc |user )?systems?|technical specifications?|specifications?|systems? and specifications?)"

_ROLES: tuple[tuple[str, str], ...] = (
    (
        "id",
        (
            rf"(?:{_MOD} )?(?:id|identifier|ref(?:erence)?|ref(?:erence)? (?:number|no|id)|number|no)|{_MOD} code|"
            rf"{_MOD} (?:and title|name and number)|(?:sec )?modification(?: proposal)?"
        ),
    ),
    ("title", rf"(?:{_MOD} )?(?:full )?(?:title|name)"),
    (
        "status",
        (
            rf"(?:(?:current|present|latest|{_MOD}) )*(?:status|stage|phase)(?: of (?:the )?{_MOD})?|"
            r"stage ?/ ?status|status ?/ ?stage|"
            r"where (?:is it|it is|are we|we are|it stands|things stand)(?: now| today)?|"
            r"(?:current|present) position"
        ),
    ),
    (
        "path",
        (
            rf"(?:(?:decision|governance|{_MOD}|approval|progression) )*(?:path|pathway|route|type|governance)|"
            r"governance(?: path| route)?|type of (?:modification|change)|decision[- ]making (?:path|route)"
        ),
    ),
    (
        "proposer",
        (
            rf"(?:{_MOD} )?proposer(?:(?:’|')?s)?(?: name| organisation| details)?|(?:raised|proposed|submitted) by|"
            rf"proposing (?:party|organisation)|(?:{_MOD} )?sponsor|who (?:raised|proposed|submitted) "
            rf"(?:it|(?:this|the) {_MOD})(?: and when)?"
        ),
    ),
    (
        "analyst",
        (
            r"(?:secas )?(?:lead|change|modification)? ?(?:secas )?analyst|(?:secas )?(?:modification |change )?lead|"
            r"lead (?:change )?manager"
        ),
    ),
    (
        "parties",
        (
            rf"(?:sec )?part(?:y|ies)|{_HIT} {_PARTY}|{_PARTY} {_HIT}|{_PARTY} impacts?|"
            rf"impacts? on {_PARTY}|(?:who|which parties|which users) "
            rf"(?:is|are|was|were|will be|would (?:be|have been)|does it|will it|it)? ?{_HIT}|who(?: (?:does|will))? "
            rf"(?:it|this)(?: "
            rf"modification)?(?: will)? {_HIT}"
        ),
    ),
    (
        "parts",
        (
            rf"{_HIT} {_PAPER}|{_PAPER} {_HIT}|impacts? on (?:the )?{_PAPER}|"
            rf"(?:which|what) {_PAPER} (?:is|are|will be) {_HIT}|"
            rf"(?:legal text|code|sec)(?: drafting)? (?:changes?|impacts?|"
            rf"amendments?)|changes to the (?:sec|code)|{_PAPER} impacts?|what (?:changes|will change|is changing)|"
            rf"(?:which|what) {_PAPER} (?:change|does (?:it|this) (?:change|affect))|sec (?:documents?|sections?|"
            rf"parts?)|"
            r"parts? of the (?:sec|code)|sections?|schedules?|appendices|"
            r"what (?:has |is )?chang(?:es|ed|ing) in the (?:sec|code)"
        ),
    ),
    (
        "systems",
        rf"{_SYSTEM}|{_HIT} {_SYSTEM}|{_SYSTEM} {_HIT}|{_SYSTEM} impacts?|impacts? on {_SYSTEM}|impacts?|affects",
    ),
    (
        "update",
        (
            r"(?:(?:latest|last|recent|current|most recent|previous|"
            r"earlier|past|progress) )*(?:updates?|news|progress|position)|"
            r"what(?:’s|'s| is) (?:new|happening)(?: now)?|latest|(?:last |page )*updated(?: on)?"
        ),
    ),
    (
        "timeline",
        (
            rf"(?:(?:{_MOD}|progression|project|indicative|key|high[- ]level) )*(?:timelines?|timetable|milestones?|"
            r"key dates|dates|history|events?|progression plan|journey)|next steps and timeline"
        ),
    ),
    (
        "files",
        (
            r"(?:(?:modification|related|supporting|key|available|all|"
            r"relevant|consultation|project|archived?|previous) )*"
            r"(?:documents?|documentation|downloads?|files|attachments?|papers|resources|library)(?: library| archive)?"
        ),
    ),
    (
        "irps",
        r"(?:related |included |associated )?(?:issue resolution proposals?|irps?)(?: included| resolved| ref\w*)?",
    ),
    (
        "origin",
        (
            r"(?:original(?:ly)? |previous(?:ly)? |"
            r"former(?:ly)? )?(?:draft proposal|dp)(?: ref(?:erence)?| number| id)?|"
            r"former(?:ly)?|previous(?:ly)?(?: known as| reference| id|"
            r" name)?|raised as|converted from|originally|formerly "
            r"known as|split from|split into|split|parent(?: modification)?|"
            r"origin(?:al modification)?|siblings?|sister "
            r"modifications?"
        ),
    ),
    (
        "release",
        (
            r"(?:target(?:ed)?|planned|implementation|sec|system)?(?: sec| system)? ?release(?: date| targeted)?|"
            r"target(?:ed|ing)? (?:for|at|to)|target|aimed (?:for|at)|aiming for"
        ),
    ),
    (
        "decider",
        (
            r"(?:final )?(?:decision|determination) (?:made |taken )?by|decided by|determined by|"
            r"decision[- ](?:maker|making body)|"
            r"who (?:decides|decided)"
        ),
    ),
    (
        "decided_on",
        (
            r"(?:final )?(?:decision|determination) (?:date|made on|taken on)|"
            r"date of (?:the )?(?:final )?(?:decision|determination)|"
            r"decided on|date decided"
        ),
    ),
    ("recommendation", r"(?:(?:sec )?change board )?recommendation"),
    (
        "decision",
        (
            r"(?:final |change board |authority |ofgem )?(?:decision|determination|outcome|verdict|"
            r"result|vote result|vote outcome)"
            r"(?: ?\((?:by )?(?:the )?(?:sec )?(?:change board|authority|ofgem)\)|"
            r" (?:of|by|from) (?:the )?(?:sec )?(?:change board|authority|ofgem))?"
        ),
    ),
    (
        "prose",
        (
            r"(?:summary|description|overview|about|issue|problem|solution|background|business case|purpose|intent|"
            r"benefits?|costs?|proposed solution|the (?:issue|solution|"
            r"problem)|what is (?:the|this).{0,30}|next steps?)"
        ),
    ),
)
_LABELS = {worded(form): role for role, form in _ROLES}
"""The labels of each role, in the order in which they are tried."""
_ASIDE = re.compile(
    r"\W*(?:(?:other|related|similar|linked|associated|more|recent|latest|see|all|view|popular|featured|further|"
    r"browse|search|upcoming|open|current|live)\b.{0,40}\b(?:modifications?|"
    r"mods|proposals?|pages?|posts?|news|articles?|"
    r"links|releases?|consultations?|also|reading|content|events?)\b.{0,30}|you (?:may|might) (?:also )?.*|see also.*|"
    r"quick ?links?|useful links?|contacts?(?: us)?|get in touch|"
    r"share(?: this.*)?|newsletters?.*|sign up.*|subscribe.*|"
    r"follow us.*|breadcrumbs?|categories|tags|in this section|menu|navigation|further information|find out more|"
    r"(?:modifications|also|in) (?:in )?(?:this|the same) (?:release|batch|section).*|glossary|cookies?.*|"
    r"(?:previous|next) (?:modification|proposal|page|post)|legal|footer)\W*",
    re.IGNORECASE,
)
_FOR_THE = re.compile(r"\s+(?:for|of|in)\s+(?:the\s+)?$", re.IGNORECASE)
_VAGUE_PARTS = re.compile(
    r"(?:sec )?(?:documents?|sections?|schedules?|appendices|parts?)|parts? of the (?:sec|code)", re.IGNORECASE
)
_FILE_HEADS = re.compile(
    r"(?:(?:other|related|supporting|modification|key|all|draft|drafts? of|published|sec|technical) )*"
    r"(?:documents?|drafts?|draft (?:documents|specifications|legal text)|files?|papers?|downloads?|legal text|"
    r"specifications?)"
    r"(?: (?:name|title|library))?"
    r"(?P<columns>[\s|&]*(?:(?:document |file )?(?:versions?|status|type|dates?(?: published| issued)?|published(?: "
    r"on| date)?|"
    r"issued(?: on)?|last updated|size|link|download)\b[\s|&]*)*)",
    re.IGNORECASE,
)
_SINGLE = frozenset(
    {
        "id",
        "title",
        "status",
        "path",
        "proposer",
        "analyst",
        "release",
        "recommendation",
        "decision",
        "decider",
        "decided_on",
    }
)
"""Roles whose label is followed by one value and no more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value. `role` is what the label gives: a word of this module, "date" for an event's name."""

    role: str
    label: str
    value: str

    @property
    def single(self) -> bool:
        """Whether one piece of text is all of its value."""
        return self.role in _SINGLE or self.role == "date"


_ASKING = re.compile(r"^(?:what|which)(?:(?:’|')s| is| are)?(?: the| its)?\s+", re.IGNORECASE)
_ASKED = re.compile(
    r"\s+(?:(?:is|does|will) (?:it|this|the modification)(?: (?:at|in|on|have|take|follow|now|under))?)$", re.IGNORECASE
)
"""What makes a question of a label: "What stage is it at?"."""


_DIGIT = re.compile(r"\d")
_ARTICLE = re.compile(r"(?:the|this)\s+(?=\w)", re.IGNORECASE)


def _plain(label: str) -> str:
    plain = " ".join(label.replace("(s)", "s").split()).strip(" :;.?*•–—-|#»")
    article = _ARTICLE.match(plain)
    return plain[article.end() :] if article else plain


@remembered
def role(label: str) -> str:
    """Return the role that a label gives to its value, "" for words that are no label."""
    if _DIGIT.search(label):
        return ""
    plain = _plain(label)
    if not plain or len(plain) > 70:
        return ""
    if likely := fitting(_LABELS, plain):
        asked = _ASKED.sub("", _ASKING.sub("", plain))
        for words in dict.fromkeys((plain, asked)):
            for form in likely:
                if form.fullmatch(words):
                    return _LABELS[form]
    return "date" if events.is_label(plain) else ""


def _may_hold_label(text: str) -> bool:
    """Whether a text has the words of some label, or its first words."""
    plain = text.replace("(s)", "s")
    return bool(fitting(_LABELS, plain)) or events.may_hold_label(plain)


def vague(label: str) -> bool:
    """Whether a label of parts of the SEC stands on pages of any kind: "Sections", "SEC documents"."""
    return bool(_VAGUE_PARTS.fullmatch(_plain(label)))


def heads_files(text: str) -> bool:
    """Whether a line heads a list of documents to download, perhaps of a release: "Document | Published"."""
    named = next(RELEASE.finditer(text), None)
    plain = f"{_FOR_THE.sub(' ', text[: named.start()])}{text[named.end() :]}" if named else text
    return bool(_FILE_HEADS.fullmatch(plain.strip()))


def aside(heading: str) -> bool:
    """Whether a heading begins what is not about the page's own subject: related modifications, contacts, news."""
    return bool(_ASIDE.fullmatch(heading))


# --- labels and values in one piece of text --------------------------------------------------------------------------

_COLON = re.compile(r"(?P<label>[A-Z][^:;!⟦⟧|]{1,60}?)\s*(?::|\?\s*:?|\s[–—-](?=\s))\s*(?P<value>\S.*)?", re.DOTALL)
_DATED_LABEL = re.compile(
    r"(?P<label>[A-Z][a-z ]{3,30}?)\s*(?:[(,:–—-]|\bas (?:of|at)\b)+\s*(?P<day>\d[^()]{6,30}20\d\d)\s*\)?:?"
)
_WORDS = (
    r"(?:ID|Modification(?: Proposal)?)(?=:?\s?(?:SECMP|MP\s?)\d)|Modification (?:ID|reference|number|title|stage|"
    r"status|type|path)|(?:Proposal|Reference) (?:ID|number)|Reference|"
    r"Title|(?:Current |Modification )?(?:[Ss]tage|[Ss]tatus)|(?:Decision |Modification )?[Pp]ath|Governance(?: path)?|"
    r"Proposer|Raised by|Lead [Aa]nalyst|SECAS [Ll]ead|(?:Date )?[Rr]aised(?: on)?|(?:Date )?[Cc]onverted(?: on)?|"
    r"(?:Target |Targeted )?[Ii]mplementation(?: [Dd]ate)?|Target(?:ed)? [Rr]elease|(?:Latest|Last) [Uu]pdated?|"
    r"(?:Impacted|Affected) (?:SEC )?[Pp]arties|(?:SEC )?Parties (?:[Ii]mpacted|[Aa]ffected)|"
    r"(?:Impacted|Affected) (?:SEC )?[Dd]ocuments|(?:SEC )?[Dd]ocuments (?:[Ii]mpacted|[Aa]ffected)|"
    r"(?:Affected|Impacted) (?:SEC )?(?:[Pp]arts|[Ss]ections)|(?:Impacted|Affected) [Ss]ystems|"
    r"Systems (?:[Ii]mpacted|[Aa]ffected)|Draft Proposal(?= ?DP)|Split from|(?:Date )?[Ww]ithdrawn(?: on)?|"
    r"Approved(?: on)?|Change Board (?:vote|date|decision|recommendation)|Authority decision|Decision cut-off|"
    r"Panel presentation|Consultation closes|Issue Resolution Proposals?"
)
_GLUED = re.compile(rf"(?:(?<=^)|(?<=[a-z0-9)\].✓✗’”])|(?<=[A-Z]{{2}})|(?<=\s))(?P<label>{_WORDS})(?=[A-Z0-9✓✗‘“–—-])")
_GLUE = re.compile(r"(?:[a-z]|ID)(?=[A-Z0-9✓✗‘“–—-])")
"""What every text has in which a label is glued to its value."""
_SEAM = re.compile(r"(?<=[a-z?)])(?=[A-Z\d✓✗‘“])|(?<=[A-Z]{2})(?=\d)")
_INLINE = re.compile(rf"(?:^|(?<=[\s;,.|]))(?P<label>{_WORDS})\s*:\s*")
_SPACED = re.compile(rf"(?:^|(?<=\s))(?P<label>{_WORDS})(?=\s+\S)")
_CAPTION = 40
"""Characters of a table's caption that glued labels may follow."""
_BEGINNING = 100
"""Characters within which a label ends that begins behind a caption."""
_LONGEST_PATH = 50
_LONGEST_LABEL = 6
"""Words."""
_COLUMN_HEADS = re.compile(
    r"(?:(?:Event|Dates?|Milestone|Activity|Action|Step|Stage|Status|"
    r"Start|End|When|What|Description|Progress|Field|Details?|Value|"
    r"Document|Name|Title|Version|Published|Party|Parties|Impact(?:ed)?|"
    r"Category|Categories|Comments?|Outcome|Opens?|Closes?|From|To)"
    r"(?: (?:date|name|title|category|published|due|on))?[\s|/&\t]*){2,}"
)
_NOTHING = re.compile(
    r"\W*(?:tbc|tbd|to be (?:confirmed|determined|decided|announced|advised|assigned|allocated|appointed|agreed|"
    r"identified|assessed|named|set)|n/?a|not (?:yet )?(?:applicable|known|available|set|confirmed|assigned|allocated|"
    r"appointed|identified|assessed|decided|agreed)|none(?: (?:yet|so far|known|(?:yet )?identified|assigned|at "
    r"present))?|"
    r"nil|unknown|unassigned|unallocated|vacant|pending|awaiting (?:confirmation|allocation|assignment)|"
    r"no dates?(?: set)?|to follow|dd/mm/y+)?\W*"
    r"(?:(?<=[(;,:–—. -])(?:likely|probably|possibly|perhaps|potentially|provisionally|maybe|may|might|could)\b.*)?",
    re.IGNORECASE,
)
"""A value that says nothing yet, whatever it goes on to guess: "to be decided (likely November 2027)"."""


def empty(value: str) -> bool:
    """Whether a value says nothing yet: TBC, a dash, a blank."""
    return "✓" not in value and "✗" not in value and bool(_NOTHING.fullmatch(value))


def heads_columns(text: str) -> bool:
    """Whether a line is but the headings of a timeline's or table's columns, glued or not: "EventDate"."""
    return bool(_COLUMN_HEADS.fullmatch(text)) and not role(text)


def pairs(text: str) -> list[Pair]:
    """Return the labels and values of a piece of text, [] where it is something else.

    A value may be empty: then the label stands alone and its value comes in the pieces below.
    """
    return list(_pairs(text))


@remembered
def _pairs(text: str) -> tuple[Pair, ...]:
    """Return the pairs of a text, of which a reading asks several times."""
    if alone := role(text):
        blank = re.search(r"\w\s*(?P<dash>[–—-]+|:\s*[–—-]+)\s*$", text)
        return (Pair(alone, text, blank["dash"].strip(": ") if blank else ""),)
    return tuple(_parted(text) or _glued(text) or _spaced(text))


def _parted(text: str) -> list[Pair]:
    """Return pairs that a colon, a question mark or a dash part; several where known labels follow one another."""
    inline = list(_INLINE.finditer(text)) if text.count(":") > 1 else []
    if len(inline) > 1 and inline[0].start() == 0:
        return list(_cut(text, inline))
    if (dated := _DATED_LABEL.fullmatch(text)) and role(dated["label"]) == "update" and dates.whole(dated["day"]):
        return [Pair("update", dated["label"], dated["day"])]
    label, bar, beside = text.partition(" | ")
    if bar and " | " not in beside and (barred := role(label)):
        return [Pair(barred, label, beside.strip())]
    match = _COLON.fullmatch(text)
    if match is None or not (name := role(match["label"])):
        return []
    value = match["value"] or ""
    dash = bool(re.match(r"\s+[–—-]\s", text[match.end("label") :]))
    if dash and name == "date" and not dates.find(value) and not empty(value):
        return []  # an event's name goes on: "Change Board vote – approved"
    return [Pair(name, match["label"], value)]


def _glued(text: str) -> list[Pair]:
    """Return pairs that nothing parts ("StageImplementedProposerEDF"): the first label is any that is known."""
    glue = _GLUE.search(text, 0, _BEGINNING)
    first = _GLUED.search(text, 0, _BEGINNING) if glue else None
    if first and first.start() < _CAPTION:
        known = list(_GLUED.finditer(text))
        if not first.start() or len(known) > 2:
            return list(_cut(text, known))
    for seam in _SEAM.finditer(text[:80]) if not MODIFICATION.match(text) else ():
        if name := role(text[: seam.start()]):
            found = [match for match in _GLUED.finditer(text) if match.start() > seam.start()]
            end = found[0].start() if found else len(text)
            return [Pair(name, text[: seam.start()], text[seam.start() : end].strip()), *_cut(text, found)]
    return []


def _spaced(text: str) -> list[Pair]:
    """Return pairs that only a space parts ("Stage Implemented Proposer EDF"): each value must fit its label."""
    if len(text) > 400 or re.search(r"[.!?](?:\s|$)", text):
        return []
    if not _SPACED.match(text):
        return _worded(text)
    found = list(_SPACED.finditer(text))
    cut = list(_cut(text, found))
    return cut if all(fits(pair) for pair in cut) else []


def _worded(text: str) -> list[Pair]:
    """Return the pair of any label that a space alone parts from its value: the longest label that the rest fits."""
    words = text.split(" ")
    if not _may_hold_label(text):
        return []
    for n in range(min(_LONGEST_LABEL, len(words) - 1), 0, -1):
        label, value = " ".join(words[:n]), " ".join(words[n:])
        if (name := role(label)) and not vague(label) and fits(Pair(name, label, value)) and not empty(value):
            return [Pair(name, label, value)]
    return []


def _cut(text: str, found: list[re.Match[str]]) -> Iterator[Pair]:
    ends = [match.start() for match in found[1:]] + [len(text)] if found else []
    for match, end in zip(found, ends, strict=True):
        yield Pair(role(match["label"]), match["label"], text[match.end() : end].strip(" ;,|:"))


def fits(pair: Pair) -> bool:
    """Whether a value is plainly of the kind that its label asks for."""
    value = pair.value
    if empty(value):
        return True
    if pair.role == "status":
        return stages.named(value) is not None
    if pair.role == "path":
        return bool(columns.path(value) or (len(value) < _LONGEST_PATH and columns.path_within(value)))
    if pair.role == "date":
        return bool(dates.whole(value)) or bool(events.whole_range(value))
    if pair.role in ("proposer", "analyst"):
        return bool(re.fullmatch(r"[A-Z][\w&’'.-]*(?: (?:[A-Z&][\w&’'.-]*|of|and|for|on behalf of)){0,6}", value))
    if pair.role == "parties":
        return impacts.are_parties(value)
    if pair.role == "systems":
        return impacts.are_systems(value)
    if pair.role == "parts":
        return bool(impacts.parts(value))
    return pair.role in ("id", "release") and bool(re.match(r"SECMP|[MD]P\s?\d|[A-Z][a-z]+ 20\d\d", value))
