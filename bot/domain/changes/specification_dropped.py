"""A draft Technical Specification is not listed for a release any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.changes.specification_listed import described
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "specification_dropped"
ORDER = 73


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release and part."""
    for delta in differences.removed("document", "release"):
        subject = f"document:{delta.subject.partition(':')[2]}/{delta.before}"
        companions = differences.companions(subject) if differences.went(subject) else []
        facts = described(differences, subject)
        yield made(KIND, [delta], Weight.NORMAL, about=(subject,), facts=facts, companions=companions)
