"""Statuses of a modification, in the order of its life, and the words that pages use for them."""

from __future__ import annotations

import re

from bot.domain.remembered import remembered

LIFE = (
    "draft_proposal",
    "development",
    "refinement",
    "report_phase",
    "change_board_vote",
    "authority_decision",
    "targeted",
    "approved",
    "pending_implementation",
    "implemented",
)
"""The way forward. `targeted` says only that a release page hopes for it, so it stands before a decision."""

ENDED = ("rejected", "withdrawn")
HELD = ("on_hold", "sent_back")
ALL = (*LIFE, *ENDED, *HELD)
DECIDED = ("approved", "rejected")

LABELS = {
    "draft_proposal": "Draft Proposal",
    "development": "Development Stage",
    "refinement": "Refinement Process",
    "report_phase": "Report Phase",
    "change_board_vote": "Change Board vote",
    "authority_decision": "with the Authority for decision",
    "targeted": "Targeted",
    "approved": "Approved",
    "pending_implementation": "pending implementation",
    "implemented": "Implemented",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "on_hold": "On hold",
    "sent_back": "Sent back",
}

WORDS = {
    "draft proposal": "draft_proposal",
    "development": "development",
    "development stage": "development",
    "refinement": "refinement",
    "refinement process": "refinement",
    "refinement stage": "refinement",
    "refinement phase": "refinement",
    "refinement (working group)": "refinement",
    "report phase": "report_phase",
    "report stage": "report_phase",
    "modification report": "report_phase",
    "modification report phase": "report_phase",
    "modification report stage": "report_phase",
    "modification report consultation": "report_phase",
    "change board vote": "change_board_vote",
    "change board": "change_board_vote",
    "change board decision": "change_board_vote",
    "authority decision": "authority_decision",
    "awaiting authority decision": "authority_decision",
    "awaiting authority determination": "authority_decision",
    "pending authority decision": "authority_decision",
    "pending authority determination": "authority_decision",
    "authority decision awaited": "authority_decision",
    "awaiting a decision by the authority": "authority_decision",
    "with the authority": "authority_decision",
    "with the authority for decision": "authority_decision",
    "with the authority for determination": "authority_decision",
    "with ofgem": "authority_decision",
    "with ofgem for decision": "authority_decision",
    "awaiting change board vote": "change_board_vote",
    "in refinement": "refinement",
    "targeted": "targeted",
    "approved": "approved",
    "approved for inclusion": "approved",
    "approved for implementation": "approved",
    "awaiting implementation": "pending_implementation",
    "pending implementation": "pending_implementation",
    "approved - pending implementation": "pending_implementation",
    "approved, pending implementation": "pending_implementation",
    "approved (pending implementation)": "pending_implementation",
    "implementation": "pending_implementation",
    "implemented": "implemented",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
    "on hold": "on_hold",
    "sent back": "sent_back",
    "send back": "sent_back",
}


@remembered
def named(words: str) -> str | None:
    """Return the status that a status cell names ("Approved for inclusion."), None where the words are not a status."""
    plain = " ".join(words.replace("–", "-").split()).strip(" .:;*-").casefold()
    return WORDS.get(plain) or _ALONE.get(plain) or WORDS.get(_HOW.sub("", plain)) or _awaited(plain)


def _awaited(plain: str) -> str | None:
    """Return the status of what awaits a body, is with it or in a stage: "with Ofgem for determination"."""
    if match := _BEFORE_A_BODY.fullmatch(plain):
        return "change_board_vote" if "change board" in match.groupdict().values() else "authority_decision"
    stage = _IN_A_STAGE.fullmatch(plain)
    status = WORDS.get(stage["stage"]) if stage else None
    return status if status in _STAGES else None


_ALONE = {"draft": "draft_proposal"}
"""Words that are a status where a cell holds nothing else, and say too little elsewhere."""
_BODY = r"(?P<body>authority|ofgem|gema|change board)"
_JUDGED = r"(?:decision|determination|vote|approval)"
_NOW = r"(?:currently |now |still )?"
_BEFORE_A_BODY = re.compile(
    rf"{_NOW}(?:with|before) (?:the )?{_BODY}(?: for (?:an? |its )?{_JUDGED})?|"
    rf"{_NOW}(?:awaiting|awaits|pending) (?:the )?{_BODY.replace('body', 'of')}(?:[’']s)? {_JUDGED}|"
    rf"{_NOW}(?:awaiting|awaits|pending) (?:an? |the )?{_JUDGED} (?:by|of|from) (?:the )?{_BODY.replace('body', 'by')}|"
    rf"{_BODY.replace('body', 'whose')}(?:[’']s)? {_JUDGED} (?:is )?(?:awaited|pending|outstanding)|"
    rf"(?:the )?{_BODY.replace('body', 'yet')} (?:has yet to|has not yet|is yet to|is still to) (?:decide|decided|"
    rf"determined?|vote|voted)(?: on (?:it|this))?|"
    rf"(?:not yet|awaiting|yet to be) (?:approved|decided|approval|decision),? \(?(?:is |still )?(?:with|by) (?:the )?"
    rf"{_BODY.replace('body', 'still')}\)?"
)
_IN_A_STAGE = re.compile(rf"{_NOW}(?:in|at) (?:the )?(?P<stage>.+)")
_STAGES = ("development", "refinement", "report_phase")
_HOW = re.compile(
    r"^(?:now|fully|successfully|formally|already|all|both) |"
    r" (?:in full|in (?:its|their) entirety|fully|successfully|unanimously|as planned|on time)$"
)
"""What words say of how a status came about."""


def label(status: str) -> str:
    """Return the status in words for people; one not known as the page printed it."""
    return LABELS.get(status, status.removeprefix("other:"))


def went_back(before: str, after: str) -> bool:
    """Whether the life went backwards from one status to the other."""
    return before in LIFE and after in LIFE and LIFE.index(after) < LIFE.index(before)
