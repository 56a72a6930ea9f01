"""A draft Technical Specification was revised: another version, draft or date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.changes.specification_listed import described
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "specification_revised"
ORDER = 74
ATTRIBUTES = ("version", "draft", "published_on", "baselined_on", "expires_on")


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each document, whatever of it is new."""
    subjects = dict.fromkeys(d.subject for name in ATTRIBUTES for d in differences.of(name, "document"))
    for subject in subjects:
        deltas = [d for name in ATTRIBUTES for d in differences.about_subject(subject, name)]
        deltas.sort(key=lambda d: d.after is None)
        facts = described(differences, subject) | {
            "version_before": differences.was(subject, "version"),
            "draft_before": differences.was(subject, "draft"),
            "revised": ", ".join(d.attribute for d in deltas),
            "baselined_on": differences.now(subject, "baselined_on"),
            "expires_on": differences.now(subject, "expires_on"),
        }
        yield made(KIND, deltas, Weight.NORMAL, facts=facts)
