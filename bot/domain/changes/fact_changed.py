"""A fact changed that no other kind of change tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.identifiers import is_modification
from bot.domain.values import row
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "fact_changed"
ORDER = 99


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each difference that is left."""
    for delta in differences.deltas:
        about = [f"modification:{value}" for value in (delta.before, delta.after) if value and is_modification(value)]
        facts = {"title": differences.title_of(delta.subject)}
        yield made(KIND, [delta], _weight(delta), about=about, facts=facts)


def _weight(delta: Delta) -> Weight:
    """What plans hang on is weighty, though no kind of change has words of its own for it."""
    weight = row(delta.subject, delta.attribute).weight
    return weight if weight is Weight.WEIGHTY else Weight.LIGHT
