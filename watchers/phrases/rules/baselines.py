"""Scope baselined: whole, or on the DCC Systems; or to be baselined. And the Release Implementation Document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE, clauses
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.stance import stance

_SETTLED = r"(?:set(?! out)|fix(?:ed)?|fr[eo]ze|frozen|lock(?:ed)?(?: down)?|finalised?|settled|sign(?:ed)? off)"
_FREEZE = r"\bscope freeze\b|\bfreeze of (?:the )?scope\b"
_WORD = (
    rf"(?:\bbase-?lin\w+|{_FREEZE}|\b{_SETTLED}\b(?=[^⟦⟧.;]{{0,60}}\bscope\b)|"
    rf"\bscope\b[^⟦⟧.;]{{0,40}}(?:⟦R\d+⟧[^⟦⟧.;]{{0,30}})?(?:\b(?:was|were|is|been|be)\b |: )?{_SETTLED}\b)"
)
_BASELINE = pattern(_WORD)
"""A scope is baselined; pages also say that it was set, fixed, frozen, locked or signed off."""
_TO_COME = re.compile(
    r"\b(?:will|due|expected|scheduled|planned|to be|would|aims?|intends?|should|to baseline|target(?:ed)?)\b",
    re.IGNORECASE,
)
_SYSTEMS = re.compile(
    r"\bDCC(?:’s|'s)? (?:Total )?Systems?\b(?!\s+impacting)|\bDCC[- ]System[- ]impacting\b|\bDCC scope\b|"
    r"\(Systems?\)|"
    r"\bSystems? (?:scope|part)\b",
    re.IGNORECASE,
)
_DATED = (
    pattern(
        _WORD + r"(?P<gap>[^⟦⟧]{0,70}?(?:⟦R\d+⟧[^⟦⟧]{0,60}?)?)(?:\b(?:on|by|in|at its|at the|at (?:its|the) meeting of|"
        r"for|as of)\b|"
        r"[:–-])\s*(?:the )?{D}"
    ),
    pattern(
        r"(?:^|:\s|\b(?:on|at its|at the|in|by))\W*{D}(?P<gap>(?:\)|,)?[^⟦⟧]{0,70}?(?:⟦R\d+⟧[^⟦⟧]{0,50}?)?)" + _WORD
    ),
    pattern(r"\bbase-?lin\w+(?: date)?(?P<gap>)\W{0,4}{D}"),
    pattern(r"\bbase-?lined?\b(?P<gap>[^⟦⟧;]{0,40}?)(?:⟦P\d+⟧[^⟦⟧;]{0,25}?)+\b(?:on|at its meeting (?:on|of))\s+{D}"),
    pattern(r"\bbase-?line(?: date)? (?P<gap>)(?:was|is|fell on|came on|will be|follows? on)\s+{D}"),
    pattern(rf"(?:{_FREEZE})(?P<gap>[^⟦⟧]{{0,30}}?)\s{{D}}"),
)
_DATED_LABEL = pattern(r"^[^⟦⟧]{0,50}:\s[^⟦⟧]{0,60}(?P<gap>){D}\W*$")
_AND_THE_REST = pattern(
    r"\b(?P<gap>scope|rest|remainder|documents?|documentation|that|those|systems?|whole|everything|"
    r"all (?:of )?(?:its|the|that) contents?|(?:complete|full|whole) list)\b(?:[^⟦⟧]|"
    r"⟦R\d+⟧){0,60}?"
    r"(?:\b(?:on|at its meeting of|meeting of)|[:(–-]|\s(?=⟦))\s*{D}"
)
_ELSE = re.compile(
    r"⟦M|\b(?:add(?:ed|ition)|remov\w+|chang\w+|review\w*|publish\w*|updat\w*|consult\w*|vot\w+|approv\w+|"
    r"join\w*|test\w*|(?:re-?)?issu(?:ed|es?|ing)|revis\w+|amend\w*|refresh\w*|circulat\w+|sent|present\w*|"
    r"draft(?:ed|s|ing)|re-?open\w*|discuss\w*|Release Implementation Document|RIDs?)\b",
    re.IGNORECASE,
)
"""What else may have happened to a scope, or to a document, on a date told of after its baseline."""
_BUT_FOR = re.compile(
    r",?\s\(?(?:except(?:ing)?(?: for)?|with the exception of|apart from|aside from|other than|save for|but not|bar)\s"
    r"(?=(?:[^⟦⟧;]|⟦[PM]\d+⟧){0,80}?\bbase-?lin)[^;]*$",
    re.IGNORECASE,
)
"""What is left out of a baseline, with a day of its own."""
_ASIDE_AFTER = pattern(r"^\W*(?:on )?{D}\s*\((?P<gap>[^()⟦⟧]{3,40})\)")
_ANOTHER = re.compile(
    r"⟧(?:\s*\([^()⟦⟧]{3,40}\))?\)?,?(?P<cut>\s*(?:;|,(?: then\b)?|\bthen\b|\band\b|\bwhile\b|\bbut\b|\bwith\b)\s+)"
    r"(?=(?:[^⟦⟧]|⟦R\d+⟧){0,90}⟦D)"
)
"""Where one date has been told of and another is to come."""
_DAY_FIRST = re.compile(r"^\W*(?P<day>⟦D\d+⟧)\s*(?:[:–—|]|-(?= ))\s*(?=[A-Z])")
"""How a line of a history begins: "9 May 2025: Panel baselined the scope"."""
_OPEN = re.compile(
    r"\b(?:not (?:yet )?been|yet to be|not yet|is not|awaits) [^;.]{0,20}base-?lin|\bbase-?lin\w+ (?:yet|is still)\b|"
    r"\bno (?:scope )?baseline\b",
    re.IGNORECASE,
)
_PLANNED = pattern(
    r"^\W*(?:this|it|that|the baseline|(?:the )?baselining) (?:is|will|should)\b[^⟦⟧;.]{0,30}?"
    r"\b(?:planned|due|expected|scheduled|set|intended|happen|follow|take place|be done|done)\b[^⟦⟧;]{0,40}?{D}"
)
_NOT = re.compile(r"\b(?:not|never|yet to be|cannot)\b[^⟦⟧]{0,30}$", re.IGNORECASE)
_LABEL = re.compile(r"\W*[A-Z][^:.;⟦⟧]{2,50}:\s")
_BEFORE_GO_LIVE = re.compile(r"\bgo[- ]live\b", re.IGNORECASE)


_OF_DOCUMENTS = re.compile(
    r"^(?!.*\bscope\b)\W*(?:the |all |these |both )+(?:[\w-]+ )?(?:drafts|draft documents|documents)(?: "
    r"(?:below|above|listed|here))? "
    r"(?:were|was|are|have been|will be) (?:all |both )?base-?lined\b",
    re.IGNORECASE,
)
"""What was baselined are the drafts of a table, not the release."""


@reads(_BASELINE, _PLANNED)
def baselined(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The full scope was baselined by the Panel on 14 May 2021", "… on the DCC Systems on 13 November 2020"."""
    if not _BASELINE.search(sentence.text):
        yield from _planned(sentence, context)
        return
    context.unbaselined = bool(_OPEN.search(sentence.text))
    release = next((m.value for m in sentence.of("R")), context.release)
    to_come, begun = False, False
    for piece in _clauses(_DAY_FIRST.sub(r"On \g<day>, ", _BUT_FOR.sub("", sentence.text))):
        begun = begun or bool(_BASELINE.search(piece))
        told = _BASELINE.search(piece)
        if told or _TO_COME.search(piece):
            held = re.split(r",? (?:which|so that|provided)\b", piece)[0]
            to_come = bool(_TO_COME.search(held)) or bool(HEDGE.search(held))
        forms = (*_DATED, _DATED_LABEL) if told else (_AND_THE_REST, _ASIDE_AFTER)
        match = next((m for form in forms if begun and (m := form.search(piece))), None)
        if not told and _ELSE.search(piece):
            continue
        if not match or _BEFORE_GO_LIVE.search(match["gap"]) or (told and _NOT.search(piece[: told.end()])):
            continue
        if told and stance(piece, told.start(), match.end()) == "refused":
            continue
        value = sentence.at(match, "D")
        parts = sentence.values("P", piece)
        if parts and not re.search(r"\bscope\b", piece, re.IGNORECASE):
            yield from _documents(parts, release, value, to_come=to_come)
        elif release and not _OF_DOCUMENTS.search(piece):
            yield f"release:{release}", _attribute(piece, to_come=to_come), value, "baseline"


def _planned(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "This is planned for the Panel meeting of 26 August 2022" where the scope is not baselined yet."""
    match = _PLANNED.search(sentence.text) if context.unbaselined and context.release else None
    context.unbaselined = False
    if match and not sentence.of("M"):
        yield f"release:{context.release}", "baseline_due", sentence.at(match, "D"), "baseline"


_SEVERAL_PARTS = re.compile(r"(?P<one>⟦P\d+⟧),? and (?=⟦P)")


def _clauses(text: str) -> list[str]:
    """Return the clauses of a sentence, the first with the label that it follows ("DCC Systems: baselined on …")."""
    text = _SEVERAL_PARTS.sub(r"\g<one>, ", text)
    label = _LABEL.match(text)
    first, *rest = (clauses(text[label.end() :]) if label else clauses(text)) or [""]
    whole = [text[: label.end()] + first if label else first, *rest]
    return [piece for one in whole for piece in _dated_pieces(one)]


def _dated_pieces(clause: str) -> Iterator[str]:
    """Yield a clause in pieces of one date each."""
    at = 0
    for match in _ANOTHER.finditer(clause):
        if "⟦D" in clause[at : match.end()]:
            yield clause[at : match.start("cut")]
            at = match.end("cut")
    yield clause[at:]


def _documents(parts: list[str], release: str, value: str, *, to_come: bool) -> Iterator[Said]:
    for part in parts if not to_come else ():
        yield (
            f"document:{release}/{part}" if release else f"document:{part}",
            "baselined_on",
            value,
            "document baselined",
        )


def _attribute(piece: str, *, to_come: bool) -> str:
    if to_come:
        return "baseline_due"
    return "dcc_systems_baselined_on" if _SYSTEMS.search(piece) else "baselined_on"


_REISSUED = (
    r"(?:(?:last |most recently )?(?:updated|revised|amended|re-?issued|re-?published|refreshed|changed)|"
    r"(?:last|most recently) (?:issued|published)|brought up to date)"
)
"""What is done to the document, as pages word it."""
_NEWEST = r"(?:new|newest|latest|last|current|present|most recent|revised|updated)"
_DOCUMENT = pattern(r"\bImplementation Document\b|\bRIDs?\b")
_UPDATED_BELOW = re.compile(
    rf"(?:[^⟦⟧]|⟦D\d+⟧){{0,50}}?\b(?:{_REISSUED}|issue date|{_NEWEST} (?:update|issue|version|revision))\b|"
    r"\W*(?:(?:the )?(?:latest|current|present)\b[^⟦⟧]{0,20})?\b(?:version|issue|v)\W{0,2}\d[\d.]*\W+"
    r"(?:of|dated|(?:was )?(?:issued|published|released)(?: on)?)?\W*⟦D",
    re.IGNORECASE,
)
"""What may stand alone below a heading that names the document: "Last updated: 21 July 2023"."""
_THIS_DOCUMENT = re.compile(r"^\W*(?:(?:the|this|that) document|it)\b|\b(?:the|this) (?:document|RID)\b", re.IGNORECASE)
_UPDATED = (
    pattern(rf"\b{_REISSUED}\b[^⟦⟧]{{0,40}}?{{D}}"),
    pattern(r"\bupdates?\b[^⟦⟧]{0,40}?{D}"),
    pattern(
        r"\b(?:second|third|fourth|fifth|sixth|further) (?:issue|version|edition|revision)\b[^⟦⟧;.]{0,50}?"
        r"\b(?:came out|appeared|followed|(?:was|has been) (?:issued|published|released)) on {D}"
    ),
    pattern(rf"\b{_NEWEST} (?:issue|version|edition|revision|update)\b[^⟦⟧]{{0,70}}?{{D}}"),
    pattern(
        rf"\b{_NEWEST} (?:SEC )?(?:Release )?(?:Implementation Document|"
        rf"RID)\b[^⟦⟧;.]{{0,50}}?(?:⟦R\d+⟧[^⟦⟧;.]{{0,20}}?)?"
        r"\b(?:issued|published|released|posted|circulated|uploaded|available)\b[^⟦⟧;.]{0,20}?{D}"
    ),
    pattern(
        rf"\b(?:issued|published|released|posted|circulated|uploaded) (?:an? |the |its |our )?{_NEWEST} "
        r"(?:issue of the |version of the )?(?:Release )?(?:Implementation Document|"
        r"RID)\b[^⟦⟧;.]{0,40}?(?:⟦R\d+⟧[^⟦⟧;.]{0,20}?)?"
        r"\b(?:on|dated) {D}"
    ),
    pattern(rf"\bon {{D}},?[^⟦⟧]{{0,60}}?\b{_REISSUED}\b"),
    pattern(rf"\bon {{D}},?[^⟦⟧]{{0,40}}?\b(?:issued|published|released)\b[^⟦⟧]{{0,10}}?\b{_NEWEST}\b"),
    pattern(rf"^\W*{{D}}\W{{1,4}}[^⟦⟧]{{0,50}}?\b(?:{_REISSUED}|{_NEWEST} (?:version|issue))\b"),
    pattern(
        r"^\W*{D}\W{1,4}(?:[\w ]{0,20})?\b(?:Implementation Document|RID)\b,?(?: \(?v(?:ersion )?\d[\d.]*\)?)? "
        r"(?:was )?"
        r"(?:issued|published|released)\b"
    ),
    pattern(
        r"\bversion (?:⟦V\d+⟧|[\d.]+) of\b[^⟦⟧]{0,80}?(?:⟦R\d+⟧[^⟦⟧]{0,30}?)?\b(?:was|has been) "
        r"(?:published|issued|released) on {D}"
    ),
    pattern(r"\b(?:version |v)\d[\d.]*\b[^⟦⟧]{0,30}?\b(?:issued|published|dated|released|of)\b[^⟦⟧]{0,20}?{D}"),
    pattern(
        r"\b(?:Implementation Document|RID)\b\W{0,2}(?:v(?:ersion )?\d[\d.]*)?\W*"
        r"(?:[:,(–—-]|(?:is |was )?(?:that |the one )?(?:of|dated|dates from))\s*{D}"
    ),
)
_NOT_UPDATED = re.compile(
    r"\b(?:will|to|due to|expected to|should|may|might) (?:(?:next|then|now|also|next be|be next) )?(?:be )?(?:next "
    r")?(?:updated|revised|reissued|issued|published|updates?)|"
    r"\bnext (?:update|issue|version|reissue)"
    r"(?![^;]*\blast\b)",
    re.IGNORECASE,
)


def is_about_baselines(heading: str) -> bool:
    """Whether a heading is about the dates on which scope is baselined, so that "DCC Systems: …" below is one."""
    return bool(_BASELINE.search(heading))


def names_implementation_document(heading: str) -> bool:
    """Whether a heading is about the Release Implementation Document, so that "Last updated: …" below is of it."""
    return bool(_DOCUMENT.search(heading))


def implementation_document(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "This document was last updated on 22 October 2021": of the Release Implementation Document alone."""
    named = bool(_DOCUMENT.search(sentence.text))
    if not (named or context.document):
        return
    below = _UPDATED_BELOW.match(sentence.text) if context.document else None
    meant = named or (context.document and bool(below or _THIS_DOCUMENT.search(sentence.text)))
    context.document = named or (context.document and meant)
    release = next(iter(sentence.values("R")), context.release) if meant else ""
    if not release or _NOT_UPDATED.search(sentence.text):
        return
    for form in _UPDATED:
        if matches := list(form.finditer(sentence.text)):
            value = max(sentence.at(match, "D") for match in matches)
            yield f"release:{release}", "implementation_document_updated_on", value, "Release Implementation Document"
            return


RULES = (baselined, implementation_document)
