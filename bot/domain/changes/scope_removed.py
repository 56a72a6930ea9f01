"""A modification left the scope of a release without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "scope_removed"
ORDER = 32


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification and release."""
    for delta in differences.removed("in_scope"):
        subject, release = f"modification:{delta.before}", delta.subject.partition(":")[2]
        facts = {
            "title": differences.title_of(subject),
            "release": release,
            "status": differences.was(subject, "status"),
        }
        dated = [d for d in differences.about_subject(subject, "implementation") if (d.before or "")[:7] == release]
        status = [d for d in differences.removed("status") if d.subject == subject]
        companions = [*dated, *status, *(differences.companions(subject) if differences.went(subject) else [])]
        change = made(KIND, [delta], Weight.WEIGHTY, about=(subject,), facts=facts, companions=companions)
        yield replace(change, quote_before=_latest(delta, status) or change.quote_before)


def _latest(delta: Delta, status: Sequence[Delta]) -> str:
    """Return the row as it was seen last: the one that gave the status, if it gave the place in scope too."""
    quotes = [one.was.evidence.quote for one in status if one.was]
    return next((quote for quote in quotes if delta.before and delta.before in quote), "")
