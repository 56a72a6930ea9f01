"""What the words above a list or table make of it: in scope, out of scope, hoped for, or nothing of the kind."""

from __future__ import annotations

import re
from typing import Literal

from bot.domain import dates, statuses
from watchers.phrases.hedges import HEDGE

Role = Literal["in", "out", "may", "targeted", "year", "none", ""]
""" "": the words say nothing; "none": they say that it is no scope at all."""

_NONE = re.compile(
    r"\bconsult\w*|\braised\b|\bwithdrawn\b(?! from)|\brejected\b|\bvot(?:e|ed|ing)\b|"
    r"\bparts? of the SEC\b|\bdocuments? (?:published|affected)|\brelated\b|"
    r"\bother (?:codes?|news|releases)|\bnext steps\b|\bfurther information\b|\brefinement\b|"
    r"\bdevelopment stage\b|\bdraft proposals? (?:raised|under)|"
    r"\bcontacts?\b|\bmeetings?\b|\bfuture releases?\b|\bprevious(?:ly)? |\bglossary\b|"
    r"\bworking groups?\b|\bassessments?\b|\bpopular\b|\bmost read\b|\bsee also\b|\btechnical specifications?\b|"
    r"\basked for\b(?!.*\bagreed to\b)|\bnot ours\b|\bnot affected\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\bout of (?:the )?scope|\bno longer\b|\bremoved\b|\bremovals?\b|\bde-?scoped\b|\bfall(?:en|"
    r"ing)? out\b|\bfell out\b|\bwithdrawn from\b|\bmoved (?:out|to another|to a later)|"
    r"\bdeferred\b|\b(?:ha(?:s|ve|d) )?left (?:it|the|this|since|out)\b|\bha(?:s|ve) (?:since )?left\b|"
    r"\bout of (?:this|the) release|\btaken out\b|\bnot taken forward\b|\bleavers\b|\bnow in other releases\b|"
    r"\bnot (?:be |being )?(?:in scope|included|part)|\bdropped\b|\bexcluded\b|\bpostponed\b",
    re.IGNORECASE,
)
_MAY_BE = (
    r"(?:(?-i:may|MAY)|(?-i:May)(?=\s+(?:also |be |yet |still )*(?:includ|join|be\b|come|follow|add|contain|go\b)))"
)
"""The verb, not the month: "tested between May and September" leaves nothing open."""
_MAY = re.compile(
    rf"\b(?:{_MAY_BE}|might|could)\b(?! (?:still |only )*be (?:made|taken|decided|given|found|seen|read|reached|"
    r"held)\b)|"
    r"\bpotential\w*|\bcandidates?\b|\bpossibl\w+|\bconsider(?:ed|ing)?\b|"
    r"\bpropos(?:ed|ing) (?:for|to)|\bunder consideration\b|\bsuggested\b",
    re.IGNORECASE,
)
_MAY_JOIN = re.compile(
    rf"\b(?:{_MAY_BE}|might|could)\b[^.:;]{{0,30}}\b(?:includ\w+|join\w*|be (?:added|included|brought)|come in(?:to)?|"
    r"follow)\b|"
    r"\bask(?:s|ed|ing) (?:for|that)\b[^.;]{0,40}\b(?:includ|add|join|brought|come)\w*|"
    r"\b(?:candidates?|under consideration|being considered|considered|proposed|suggested|put forward) (?:for|to) "
    r"(?:the |"
    r"this |be )?(?:scope|release|"
    r"inclusion|includ\w+|add\w*|join)",
    re.IGNORECASE,
)
"""Words that say outright what may come into a release, whatever else they speak of."""
_MAY_BE_IN = re.compile(
    rf"\b(?:{_MAY_BE}|might|could|potential(?:ly)?|possibl[ey]|provisional(?:ly)?|propos(?:ed|es|ing)|candidates?|"
    rf"considered|"
    rf"suggested|"
    r"likely)\b(?: to)?(?: yet| also| still)?(?: be| come)? in scope\b|\bin scope\W+(?:if|subject to)\b",
    re.IGNORECASE,
)
_TARGETED = re.compile(
    r"\btarget(?:ed|ing|s)?\b|\bapproved in time\b|\bin time for\b|\bearmarked\b|\baim(?:ed|ing)?\b|\bplanned for\b",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\bscope\b|\binclud\w*|\bcontain\w*|\bcompris\w*|\bconsist\w*|\bmade? up\b|\bmakes? up\b|"
    r"\bdeliver\w*|\bimplement\w*|\bpart of (?:this|the) release|"
    r"\b(?:this|the) release\b|\bmodifications? (?:in|for|covered)|\bcontents?\b|\bwhat(?:’s|'s| is) in\b|"
    r"\bgoing (?:in|live)\b|\bbrings?\b|\bbrought in(?:to)?\b|\bintroduc\w+",
    re.IGNORECASE,
)


_IN_SECTION = re.compile(
    r"\W*(?:the )?(?:(?:current|present|full|final|release) )?(?:scope|contents?)(?: (?:of|in|for) .{3,50})?\W*|"
    r"\W*(?:the )?modifications? (?:in (?:scope|(?:the|this) release)|in (?:the )?scope(?: of .{3,50})?|included)\W*|"
    r"\W*what(?:’s|'s| is) in (?:scope|(?:the|this) release)\W*",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:all|following|these|those|remain\w*|below|each|both|they|modifications?|proposals?|\w+ (?:that|"
    r"which))\b[^.;]{0,60}"
    r"\b(?:are|were|is|was|ha(?:ve|s)(?: (?:now|all|both|each|since|already))* been|stand|now)\b(?: (?:now|all|both|"
    r"each|already|currently|since|"
    r"at present|also)\b)*\s*[:“‘'\"]?"
    r"(?P<status>[A-Za-z ]{6,30}?)\W*$",
    re.IGNORECASE,
)
_STATUS_OF_ALL = re.compile(
    r"\b(?:below|following|listed|these|table)\b[^;]{0,80}?(?:,|–|—|-|and|\()\s*"
    r"(?:all|each|every one) (?:\w+ )?of (?:which|them|these) (?:is|are|was|were|has|have)"
    r"(?: (?:now|all|already|since|been))* (?P<status>[a-z ]{6,30}?)\W*$",
    re.IGNORECASE,
)
"""A sentence that points to the list and says what all in it are: "… below, all of which have been implemented."."""
_IN_THE_SEC = re.compile(
    r"\b(?:all|each|both|these|those|which|that|they|following|modifications?|proposals?)\b[^.:;]{0,30}\b(?:are|is|"
    r"were|"
    r"was|have been|has been|went|took|came)\b (?:now |all |both |already )*(?:part of the (?:SEC|Code)|"
    r"in(?:to)? the (?:SEC|Code)|in(?:to)? (?:force|effect)|live|effect)\W*$",
    re.IGNORECASE,
)
"""A sentence that ends with where its list has gone: "…, all of which are now in the SEC:"."""
_WHEN_TOLD = (
    rf"(?: (?:this|last) (?:week|month|quarter|year)| since .{{3,30}}| in (?:{dates.MONTH})(?: 20\d\d)?|,? (?:on )?"
    rf"\d{{1,2}}\w* (?:{dates.MONTH}) 20\d\d)"
)
_STATUS_HEADING = re.compile(
    rf"\W*(?:(?:modifications?(?: proposals?)?|changes) (?=(?:approved|implemented|rejected|withdrawn){_WHEN_TOLD}))?"
    rf"(?P<status>[A-Za-z ]{{6,30}}?)(?: modifications?(?: proposals?)?)?{_WHEN_TOLD}?\W*",
    re.IGNORECASE,
)


_NEVER_SCOPE = re.compile(
    r"\W*(?:(?:release )?history|timeline|key dates|background|news|updates?|change log|what has changed|"
    r"changes to (?:the )?scope.*|"
    r"changes since .*|decisions(?: so far)?|progress)\W*",
    re.IGNORECASE,
)


def tells_only(heading: str) -> bool:
    """Whether a heading stands above what happened rather than above what is in scope."""
    return bool(_NEVER_SCOPE.fullmatch(heading))


def section(heading: str) -> Role:
    """Return what a heading makes of the modifications that the prose below it introduces."""
    if _IN_SECTION.fullmatch(heading):
        return "in"
    return "out" if _OUT.search(heading) and not _NOT_DONE.search(heading) else ""


def status(words: str) -> str:
    """Return the status that words above a list give to all in it ("The seven that remain are all Implemented:")."""
    last = re.split(r"(?<=[.!?])\s+", words.strip())[-1]
    match = _STATUS.search(last) if last.endswith(":") else None
    if last.endswith(":") and _IN_THE_SEC.search(last) and not HEDGE.search(last):
        return "implemented"
    match = match or _STATUS_OF_ALL.search(last)
    if not match and (alone := status_alone(last)):
        return alone
    found = statuses.named(match["status"]) if match else None
    return found if found in _TOLD_OF_ALL and not HEDGE.search(last) else ""


_DRAFTS = re.compile(
    r"[\W\d]*(?:(?:the|new|current|other|open|recent|live|these|following|any|all|some|latest|several|below|and|early|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|\d+) )*(?:SEC )?Draft Proposals?\b(?P<more>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_DRAFTS = re.compile(
    r"\b(?:convert\w*|conver(?:sion|sions)|became|become\w*|turned|withdrawn|withdrew|reject\w*|clos\w*|renumber\w*|"
    r"former\w*|"
    r"(?:were|was)(?! (?:\w+ )?raised)|had|since|no longer|now|not|until|if|"
    r"and (?:the )?(?:modifications?|change)|from)\b|/|&",
    re.IGNORECASE,
)


def lists_drafts(heading: str, lead: str) -> bool:
    """Whether words above a list say that what is in it are Draft Proposals: "3.2 Draft Proposals", "Two Draft
    Proposals may change the architecture:".
    """
    said = re.split(r"(?<=[.!?])\s+(?=[A-Z])", lead.strip())[-1]
    if match := _DRAFTS.fullmatch(said):
        return not _NO_DRAFTS.search(match["more"])
    headed = _DRAFTS.fullmatch(heading)
    return headed is not None and not (_NO_DRAFTS.search(headed["more"]) or _NO_DRAFTS.search(said))


def status_alone(words: str) -> str:
    """Return the status that is all that words say, as a heading above a list: "Refinement Process"."""
    match = None if words.endswith(".") else _STATUS_HEADING.fullmatch(words)
    found = statuses.named(match["status"]) if match else None
    return found if found in _TOLD_OF_ALL or (found in statuses.ALL and match and _STAGE.search(words)) else ""


_TOLD_OF_ALL = ("approved", "implemented", "rejected", "withdrawn", "on_hold", "targeted")
_STAGE = re.compile(
    r"\b(?:phase|stage|process|refinement|development|awaiting|pending|with|draft proposals?|sent back)\b",
    re.IGNORECASE,
)
"""What a heading has that is a stage and not the body that a section tells of: "Change Board"."""
_NOT_DONE = re.compile(r"\b(?:may|might|could|if|possib\w+|risk|not)\b", re.IGNORECASE)


def role(words: str, *, year: bool = False) -> Role:
    """Return what words above a list make of it. `year`: they name a year's releases and no single one."""
    if re.search(r"\bin scope\b", words, re.IGNORECASE) and not re.search(
        r"\b(?:no longer|not|none|neither)\b", words, re.IGNORECASE
    ):
        return "may" if _MAY_BE_IN.search(words) else "in"
    if re.search(r"\b(?:neither|none|not)\b[^.;]{0,40}?\btarget", words, re.IGNORECASE):
        return "none"
    if _left(words):
        return "out"
    if year and (_TARGETED.search(words) or _IN.search(words) or _MAY.search(words)):
        return "year"
    if _MAY_JOIN.search(words) and not re.search(r"\btarget", words, re.IGNORECASE):
        return "may"
    if _TARGETED.search(words):
        return "targeted"
    if _MAY_JOIN.search(words):
        return "may"
    if _NONE.search(words):
        return "none"
    if _MAY.search(words):
        return "may"
    return "in" if _IN.search(words) else ""


_OF_NONE = re.compile(
    r"(?:^\W*|[,;:]\s+|\b(?:that|since|update|date|far)\W+)(?:no|none|nothing|neither|not one)\b"
    r"(?:(?!\b(?:and|but|so|who|that|which)\b)[^,;.]){0,60}$|"
    r"(?:\bnot|n[’']t)(?: (?:yet|been|be|being|now|currently|all|also))*\W*$",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(r"deferred|postponed|dropped|moved .*", re.IGNORECASE)
_OF_A_DAY = re.compile(
    r"\b(?:releases?|go-?live|dates?|deadlines?|testing|vot(?:e|ing)|decisions?|meetings?|consultations?|publication)\b",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(
    r"\b(?:modifications|proposals|changes|following|below|these|those|they|them|which|that|both|all|each|others?|"
    r"ones|items)\b",
    re.IGNORECASE,
)


def _left(words: str) -> bool:
    """Whether words tell of leaving: not that none left, nor that a day was put off."""
    gone = _OUT.search(words)
    if not gone or _OF_NONE.search(words, 0, gone.start()):
        return False
    subject = words[: gone.start()]
    put_off = _PUT_OFF.fullmatch(gone[0]) and _OF_A_DAY.search(subject) and not _OF_SEVERAL.search(subject)
    return not put_off
