"""A modification that comes in several steps: what is implemented of it, and what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bot.domain import dates
from bot.domain.claims import Statement
from bot.domain.folding import Disagreement


def next_step(implementation: Iterable[str], today: date) -> str:
    """Return the nearest implementation date to come, one known to the day before a vague one; empty for none."""
    coming = sorted(value for value in implementation if dates.earliest(value) > today)
    return next(iter([value for value in coming if dates.exact(value)] or coming), "")


def is_of_steps(one: Disagreement, said: Sequence[Statement], names: Collection[str]) -> bool:
    """Whether sources only tell of different steps of one modification: it is implemented by one release and comes on
    another day too, and each source speaks of the release whose scope it lists. `said`: what is said of it and of
    releases' scopes, `names`: its ids.
    """
    if one.attribute != "status" or one.facts[0].value != "implemented":
        return False
    days = {
        s.claim.value
        for s in said
        if s.current and s.claim.attribute == "implementation" and s.claim.key in names and dates.exact(s.claim.value)
    }
    first, *others = [_listing(fact.statement.source, said, names) for fact in one.facts]
    return len(days) > 1 and bool(first) and all(other and not other & first for other in others)


def _listing(source: str, said: Iterable[Statement], names: Collection[str]) -> set[str]:
    """Return the releases in whose scope a source lists a modification today."""
    return {
        s.claim.key
        for s in said
        if s.current and s.source == source and s.claim.attribute == "in_scope" and s.claim.value in names
    }
