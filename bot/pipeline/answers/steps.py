"""Which of several modifications are implemented in part only, and when the next part comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.domain import identifiers, views
from bot.domain.steps import next_step
from bot.ports import Store


def coming(store: Store, ids: Iterable[str], today: date) -> dict[str, str]:
    """Return, by the ids of modifications, the date of the next part to come; without those that are whole."""
    spelt = {id_: views.spellings(id_) if identifiers.is_modification(id_) else (id_,) for id_ in ids}
    subjects = [f"modification:{name}" for names in spelt.values() for name in names]
    dated: dict[str, set[str]] = {}
    for one in store.statements(subjects, "implementation") if subjects else ():
        if one.current:
            dated.setdefault(one.claim.key, set()).add(one.claim.value)
    found = {
        id_: next_step({on for name in names for on in dated.get(name, ())}, today) for id_, names in spelt.items()
    }
    return {id_: on for id_, on in found.items() if on}
