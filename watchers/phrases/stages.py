"""What a labelled stage or status says: a status, perhaps with the day since which it is so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import statuses
from watchers.phrases.marks import marked

_LEADS = re.compile(
    r"^(?:(?:stage|step|phase)\s*\d\s*[:–—-]?|currently|now|presently|"
    r"at|in|is|the|this|modification|draft proposal|has been|was|"
    r"still|undergoing|:|[–—-])\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:,|\(|[–—-])?\s*(?:on|since|from|as of|as at|in|with effect from|by)?\s*⟦[DRV]\d+⟧\W*$", re.IGNORECASE
)
_PIECES = re.compile(r"\s*(?:[;|/(),]|:\s|\s[–—-]\s|[–—])\s*")
_BY = re.compile(
    r"^(approved|rejected|withdrawn)\s+by\s+(?:the\s+)?(?:sec\s+)?(?:authority|"
    r"ofgem|gema|change board|proposer|panel)$",
    re.IGNORECASE,
)
_DATED = {"implemented": "implementation", "approved": "approved_on", "withdrawn": "withdrawn_on"}
_ALIASES = {
    "refinement phase": "refinement",
    "refinement process stage": "refinement",
    "development phase": "development",
    "development process": "development",
    "draft proposal stage": "draft_proposal",
    "report": "report_phase",
    "reporting phase": "report_phase",
    "modification report phase": "report_phase",
    "modification report stage": "report_phase",
    "with change board": "change_board_vote",
    "with the change board": "change_board_vote",
    "awaiting change board vote": "change_board_vote",
    "change board decision": "change_board_vote",
    "with ofgem": "authority_decision",
    "with ofgem for decision": "authority_decision",
    "with the authority for determination": "authority_decision",
    "ofgem decision": "authority_decision",
    "awaiting ofgem decision": "authority_decision",
    "awaiting ofgem’s decision": "authority_decision",
    "awaiting the authority’s decision": "authority_decision",
    "awaiting authority determination": "authority_decision",
    "authority determination": "authority_decision",
    "pending authority decision": "authority_decision",
    "awaiting decision from the authority": "authority_decision",
    "on-hold": "on_hold",
    "paused": "on_hold",
    "closed - withdrawn": "withdrawn",
    "approved - awaiting implementation": "pending_implementation",
    "approved, awaiting implementation": "pending_implementation",
    "approved awaiting implementation": "pending_implementation",
    "approved pending implementation": "pending_implementation",
    "not approved": "rejected",
}
_FIRST = (*statuses.ENDED, *statuses.HELD)


@dataclass(frozen=True, slots=True)
class Stage:
    """A status with what else its words give."""

    status: str
    fields: tuple[tuple[str, str], ...] = ()


def named(words: str) -> str | None:
    """Return the status that words name, whatever leads to it ("Currently in the Refinement Process")."""
    plain = " ".join(words.replace("'", "’").replace("–", "-").split()).strip(" .:;*-()✓|").casefold()
    while plain:
        if status := statuses.named(plain.replace("’", "'")) or _ALIASES.get(plain):
            return status
        if by := _BY.match(plain):
            return statuses.named(by[1])
        shorter = _LEADS.sub("", plain)
        if shorter == plain:
            return None
        plain = shorter
    return None


def stage(value: str) -> Stage | None:
    """Return what a labelled stage says, None where its words name no status."""
    whole = marked(value)
    words = whole.text
    days: list[str] = []
    while tail := _TAIL.search(words):
        days += whole.values("D", tail[0])
        words = words[: tail.start()]
    status = named(whole.plain(words)) or _of_pieces([whole.plain(piece) for piece in _PIECES.split(words)])
    if status is None:
        return None
    dated = _DATED.get(status, "")
    since = bool(re.search(r"\b(?:since|as of|as at)\b", value, re.IGNORECASE)) and status != "implemented"
    found = [(dated, day) for day in days[:1] if dated and len(day) >= len("2021-11") and not since]
    if status == "approved" and re.search(r"\bby (?:the )?(?:authority|ofgem|gema)\b", value, re.IGNORECASE):
        found += [("authority_decided_on", day) for day in days[:1]]
    return Stage(status, tuple(found))


def _of_pieces(pieces: Sequence[str]) -> str | None:
    """Return the status that counts of several pieces: what ended or holds it, what was decided, the first."""
    found = [status for piece in pieces if (status := named(piece))]
    for status in found:
        if status in _FIRST:
            return status
    decided = [status for status in found if status in statuses.LIFE[statuses.LIFE.index("approved") :]]
    return max(decided, key=statuses.LIFE.index) if decided else next(iter(found), None)


def other(value: str) -> str | None:
    """Return a status that is not known as it is printed, None where the words are no status at all."""
    plain = " ".join(value.split()).strip(" .:")
    if len(plain.split()) > 5 or len(plain) > 50 or not plain[:1].isupper() or re.search(r"20\d\d", plain):
        return None
    return f"other:{plain}"


@dataclass(frozen=True, slots=True)
class Told:
    """A status that running text tells: when (the date of its update, "" for none), whether it says "now"."""

    status: str
    dated: str = ""
    now: bool = False


def settled(labelled: str, told: Sequence[Told]) -> str:
    """Return the status that counts of a labelled one and of those that running text tells.

    The label is kept by hand and can lag behind the latest update, so what ends or holds a modification is believed
    from prose; the label can also be ahead of old prose, so what lies later in life is. Of several updates the newest
    counts; of sentences without a date what says "now", then what lies furthest in life.
    """
    prose = _latest(told)
    if prose is None or not labelled or prose.status == labelled:
        return labelled or (prose.status if prose else "")
    if labelled in (*statuses.ENDED, "implemented"):
        return labelled
    if prose.status in _FIRST:
        past = ("approved", "pending_implementation")
        return (
            labelled
            if labelled in past and prose.status in ("on_hold", "sent_back") and not prose.now
            else prose.status
        )
    if labelled in statuses.HELD or labelled.startswith("other:"):
        return prose.status if prose.now or (prose.dated and labelled in statuses.HELD) else labelled
    decided = ("approved", "pending_implementation")
    if prose.now and labelled not in decided:
        return prose.status
    return max(labelled, prose.status, key=_place)


def _place(status: str) -> int:
    return statuses.LIFE.index(status) if status in statuses.LIFE else len(statuses.LIFE)


def _latest(told: Sequence[Told]) -> Told | None:
    """Return what running text tells last."""
    if not told:
        return None
    newest = max(one.dated for one in told)
    last = [one for one in told if one.dated == newest]
    ahead = [one for one in told if not one.dated and one.now and newest]
    order = (*statuses.LIFE, *statuses.HELD, *statuses.ENDED)
    return max(last + ahead, key=lambda one: (one.now, order.index(one.status) if one.status in order else -1))
