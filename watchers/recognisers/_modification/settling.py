"""Which of the claims of a modification's page stand: labels before events before prose, decisions before hopes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain import statuses
from bot.domain.claims import Claim

LABELLED, TIMELINE, PROSE = "label", "timeline", "sentence"
RULES = (LABELLED, TIMELINE, PROSE)
"""What reads a claim; where two differ on what has one value, the earlier counts."""
_RANK = {LABELLED: 0, "origin": 0, TIMELINE: 1, "release named": 2, PROSE: 2, "release": 3}
_LATEST = ("change_board_vote_on", "panel_presentation_on", "approved_on")
"""Attributes of which the latest date counts: a vote put off, the Authority's approval after the Change Board's."""


def without_hopes(claims: Iterable[Claim], status: str) -> list[Claim]:
    """Return claims less what is not so: decisions dated ahead of the stage, releases whose day is printed."""
    kept = list(claims)
    undecided = status in statuses.LIFE[: statuses.LIFE.index("approved")]
    if undecided:
        kept = [
            c
            for c in kept
            if c.attribute not in ("approved_on", "authority_decided_on")
            or (status == "authority_decision" and c.evidence.rule == PROSE)
        ]
    days = [
        c
        for c in kept
        if c.attribute == "implementation" and c.evidence.rule != "release named" and len(c.value) > len("2021-11")
    ]
    months = {c.value[: len("2021-11")] for c in days}
    labelled_days = any(c.evidence.rule in (LABELLED, TIMELINE) for c in days)
    kept = [
        c
        for c in kept
        if c.attribute != "implementation"
        or len(c.value) > len("2021-11")
        or not (c.value in months or (labelled_days and c.evidence.rule == "release named"))
    ]
    target = [c for c in kept if c.attribute == "targeted_release" and c.evidence.rule == "release"]
    if target and (days or status in ("approved", "pending_implementation", "implemented", "rejected", "withdrawn")):
        kept = [c for c in kept if c not in target]
        if not any(c.attribute == "implementation" for c in kept) and status not in ("rejected", "withdrawn"):
            kept += [replace(c, attribute="implementation") for c in target]
    return _ranked(kept)


def _ranked(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims in page order, of what has one value the best rule's alone; of votes and the like the latest."""
    from bot.domain import vocabulary

    best: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if vocabulary.attribute(claim.subject, claim.attribute).many:
            continue
        key = (claim.subject, claim.attribute)
        held = best.get(key)
        if held is None or _place(claim) < _place(held) or (_place(claim) == _place(held) and _later(claim, held)):
            best[key] = claim
    return [
        c for c in claims if (c.subject, c.attribute) not in best or best[(c.subject, c.attribute)].value == c.value
    ]


def _place(claim: Claim) -> int:
    return 0 if claim.attribute in _LATEST else _RANK.get(claim.evidence.rule, 2)


def _later(claim: Claim, held: Claim) -> bool:
    if claim.attribute in _LATEST:
        return claim.value > held.value
    return claim.attribute in ("raised_on",) and claim.value < held.value
