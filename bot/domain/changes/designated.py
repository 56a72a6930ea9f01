"""The Secretary of State changed the SEC by designation: a new version that implements no modification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change
from bot.domain.changes.version_published import published, versions_that_came

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "designated"
ORDER = 12


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each new version that somebody designated and that implements no modification."""
    for subject in versions_that_came(differences):
        if differences.now(subject, "designated_by") and not differences.all_now(subject, "implements"):
            yield published(KIND, differences, subject)
