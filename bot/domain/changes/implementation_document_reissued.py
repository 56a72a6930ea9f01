"""The Release Implementation Document (RID) of a release was reissued."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "implementation_document_reissued"
ORDER = 76


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release."""
    for delta in differences.of("implementation_document_updated_on"):
        facts = {"release": delta.subject.partition(":")[2]}
        yield made(KIND, [delta], Weight.NORMAL, facts=facts)
