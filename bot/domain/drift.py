"""Drift: a recogniser finds much less than it used to on rows that are still there; and what to show of it.

Statuses of all rows gone while the rows stay, documents without their versions: pages do not lose these, readers do.
What a row says of its plans (votes, cut-offs) goes with a decision and is no drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.claims import Claim
from bot.domain.values import row
from bot.domain.wording import words

STAYS = ("status", "version", "published_on", "affects")
"""Attributes that a row keeps as long as it is there, one value or another. (A draft's number goes with time.)"""

LEAST = 4
"""Of fewer rows nobody can tell."""

AROUND = 1
"""Pieces of the page that are shown beside the one that fits."""
LONGEST = 400
"""Characters of an excerpt."""


@dataclass(frozen=True, slots=True)
class Drift:
    """An attribute that was read of `before` rows which are still there, and is read of `now` of them; `lost` are the
    claims that are missing.
    """

    attribute: str
    label: str
    before: int
    now: int
    lost: tuple[Claim, ...]


def found(accepted: Sequence[Claim], claims: Sequence[Claim]) -> Iterator[Drift]:
    """Yield each attribute that half of the rows or more have lost though they are still on the page."""
    present = {claim.subject for claim in claims} | {
        f"modification:{claim.value}"
        for claim in claims
        if claim.attribute in ("in_scope", "may_include", "out_of_scope")
    }
    for attribute in STAYS:
        had = {c.subject: c for c in reversed(accepted) if c.attribute == attribute and c.subject in present}
        have = {c.subject for c in claims if c.attribute == attribute}
        lost = [claim for subject, claim in had.items() if subject not in have]
        if len(had) >= LEAST and len(lost) * 2 >= len(had):
            label = row(lost[0].subject, attribute).label
            yield Drift(attribute, label, len(had), len(had) - len(lost), tuple(reversed(lost)))


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The piece of the page by which something was read last, and the piece that stands in its place now."""

    good: str
    present: str


def excerpts(accepted: Sequence[Claim], claims: Sequence[Claim], pieces: Sequence[str]) -> Excerpts | None:
    """Return the last good evidence of what a page no longer says, and what stands there now; None where nothing is
    lost. `pieces` are those of the page as it is now.
    """
    lost = _lost(accepted, claims)
    if lost is None:
        return None
    good = lost.evidence.quote
    at = _nearest(good, lost.evidence.heading, pieces)
    near = pieces[max(0, at - AROUND) : at + AROUND + 1] if at is not None else pieces[: AROUND + 1]
    return Excerpts(good[:LONGEST], " ⏎ ".join(near)[:LONGEST])


def _lost(accepted: Sequence[Claim], claims: Sequence[Claim]) -> Claim | None:
    """Return the claim to show: the first that drifted, else the first of those that are gone."""
    drifted = [claim for one in found(accepted, claims) for claim in one.lost]
    said = {(c.subject, c.attribute, c.value) for c in claims}
    gone = [c for c in accepted if (c.subject, c.attribute, c.value) not in said]
    rows = [c for c in gone if "row" in c.evidence.rule]
    return next(iter([*drifted, *rows, *gone]), None)


def _nearest(quote: str, heading: str, pieces: Sequence[str]) -> int | None:
    """Return the piece that has most words of a quote, else the one below the same heading; None for neither."""
    wanted = {word for word in words(quote) if len(word) > 1}
    shared = [len(wanted.intersection(words(piece))) for piece in pieces]
    best = max(range(len(pieces)), key=lambda n: (shared[n], -n), default=None)
    if best is not None and shared[best] * 2 >= len(wanted):
        return best
    below = next((n + 1 for n, piece in enumerate(pieces[:-1]) if heading and piece == heading), None)
    return below if below is not None else best if best is not None and shared[best] else None
