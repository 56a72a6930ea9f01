"""Who hears of a date to come: who follows what it is of, or what belongs to that, as with changes.

a modification's date → the releases that have it in scope, and what it affects
a release's date → the modifications in its scope, and what these affect

Digests list it for them all. A countdown is a message, and a scope can hold thirty votes: one is for who follows the
date's own subject or dates of its kind; only the go-live, by which all else is planned, is for them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain import countdown
from bot.pipeline.placing import Places, current, grouped
from bot.ports import Store

Reach = Mapping[str, Sequence[str]]
"""By what dates are of: what belongs to it and can be followed."""


def reach(store: Store, subjects: Iterable[str]) -> Reach:
    """Return what belongs to each of some subjects; the store is asked for all at once."""
    asked = sorted(set(subjects))
    if not asked:
        return {}
    said = store.statements([one for one in asked if one.startswith("release:")], "in_scope")
    held = {one: [in_it.claim.value for in_it in some] for one, some in grouped(current(said), "subject").items()}
    places = Places.of(store, {*asked, *(f"modification:{id_}" for ids in held.values() for id_ in ids)}, {})
    return {one: _belonging(places, one, held.get(one, ())) for one in asked}


def _belonging(places: Places, subject: str, held: Sequence[str]) -> list[str]:
    kind, _, key = subject.partition(":")
    ids = [key] if kind == "modification" else held
    nearest = [one.claim.subject for one in places.scopes.get(key, ())] or [f"modification:{id_}" for id_ in held]
    return [*nearest, *(affected for id_ in ids for affected in places.affected(id_))]


def listed_for(subject: str, attribute: str, found: Reach) -> tuple[str, ...]:
    """Return what can be followed to have a date in the digest, its own subject first."""
    return tuple(dict.fromkeys((*countdown.about(subject, attribute), *found[subject])))


def told_to(subject: str, attribute: str, found: Reach) -> tuple[str, ...]:
    """Return what can be followed to be sent the countdown of a date, its own subject first."""
    own = countdown.about(subject, attribute)
    return tuple(dict.fromkeys((*own, *found[subject]))) if attribute == "go_live" else own
