"""Scope baselined: whole, or on the DCC Systems; or to be baselined. And the Release Implementation Document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE, clauses
from watchers.phrases.marks import Marked, pattern

_BASELINE = pattern(r"\bbase-?lin(?:e|ed|es|ing)\b")
_TO_COME = re.compile(
    r"\b(?:will|due|expected|scheduled|planned|to be|would|aims?|intends?|should|to baseline|target(?:ed)?)\b",
    re.IGNORECASE,
)
_SYSTEMS = re.compile(
    r"\bDCC(?:’s|'s)? (?:Total )?Systems?\b(?!\s+impacting)|\bDCC[- ]System[- ]impacting\b", re.IGNORECASE
)
_DATED = (
    pattern(
        r"\bbase-?lin\w+(?P<gap>[^⟦⟧]{0,70}?(?:⟦R\d+⟧[^⟦⟧]{0,60}?)?)\b(?:on|by|in|at its|at the|for|as of|"
        r"[:–-])\s*(?:the )?{D}"
    ),
    pattern(
        r"(?:^|\b(?:on|at its|at the|in|by))\W*{D}(?P<gap>(?:\)|,)?[^⟦⟧]{0,70}?(?:⟦R\d+⟧[^⟦⟧]{0,50}?)?)\bbase-?lin\w+"
    ),
    pattern(r"\bbase-?lin\w+(?: date)?(?P<gap>)\W{0,4}{D}"),
)
_AND_THE_REST = pattern(r"\b(?P<gap>scope|rest|remainder|documents?|documentation)\b[^⟦⟧]{0,50}?\bon {D}")
_BEFORE_GO_LIVE = re.compile(r"\bgo[- ]live\b", re.IGNORECASE)


@reads(_BASELINE)
def baselined(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The full scope was baselined by the Panel on 14 May 2021", "… on the DCC Systems on 13 November 2020"."""
    if not _BASELINE.search(sentence.text):
        return
    release = next((m.value for m in sentence.of("R")), context.release)
    to_come, begun = False, False
    for piece in clauses(sentence.text):
        begun = begun or bool(_BASELINE.search(piece))
        if _BASELINE.search(piece):
            to_come = bool(_TO_COME.search(piece)) or bool(HEDGE.search(piece))
        forms = _DATED if _BASELINE.search(piece) else (_AND_THE_REST,)
        match = next((m for form in forms if begun and (m := form.search(piece))), None)
        if not match or _BEFORE_GO_LIVE.search(match["gap"]):
            continue
        value = sentence.at(match, "D")
        parts = sentence.values("P", piece)
        if parts and not re.search(r"\bscope\b", piece, re.IGNORECASE):
            yield from _documents(parts, release, value, to_come=to_come)
        elif release:
            yield f"release:{release}", _attribute(piece, to_come=to_come), value, "baseline"


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


_DOCUMENT = pattern(r"\bImplementation Document\b|\bRIDs?\b")
_THIS_DOCUMENT = re.compile(r"^\W*(?:(?:the|this|that) document|it)\b|\b(?:the|this) (?:document|RID)\b", re.IGNORECASE)
_UPDATED = (
    pattern(
        r"\blast (?:updated|revised|amended|reissued|re-issued|republished|re-published|changed|"
        r"refreshed)\b[^⟦⟧]{0,40}?{D}"
    ),
    pattern(
        r"\b(?:updated|revised|amended|reissued|re-issued|republished|re-published|refreshed|updates?)\b[^⟦⟧]{0,40}?{D}"
    ),
    pattern(r"\bon {D},?[^⟦⟧]{0,60}?\b(?:updated|revised|amended|reissued|re-issued|republished|re-published)\b"),
    pattern(
        r"\b(?:new|revised|updated|latest|current) version\b[^⟦⟧]{0,60}?\b(?:published|issued|dated|"
        r"of)\b[^⟦⟧]{0,20}?{D}"
    ),
)


def implementation_document(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "This document was last updated on 22 October 2021": of the Release Implementation Document alone."""
    named = bool(_DOCUMENT.search(sentence.text))
    meant = named or (context.document and bool(_THIS_DOCUMENT.search(sentence.text)))
    context.document = named or (context.document and meant)
    release = next(iter(sentence.values("R")), context.release) if meant else ""
    if not release or re.search(r"\b(?:will|to) be (?:updated|revised|reissued)|\bnext update", sentence.text):
        return
    for form in _UPDATED:
        if match := form.search(sentence.text):
            value = sentence.at(match, "D")
            yield f"release:{release}", "implementation_document_updated_on", value, "Release Implementation Document"
            return


RULES = (baselined, implementation_document)
