"""Labels of a modification's page and what they give to the value beside, below or glued to them."""

from __future__ import annotations

import re

from bot.domain.forms import fitting, worded
from bot.domain.remembered import remembered
from watchers.phrases import events
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


def may_stand_in(text: str) -> bool:
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
