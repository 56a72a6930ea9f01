"""Something has another title: its words differ, not only its quotes, dashes or capitals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "retitled"
ORDER = 70


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each title that took another's place."""
    for delta in differences.changed("title"):
        yield made(KIND, [delta], Weight.LIGHT, facts={"title": delta.after or ""})
