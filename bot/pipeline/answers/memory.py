"""What is called what: known ids, titles and releases, remembered between questions.

They are what suggestions are made of. To gather them takes a look at a claim of each modification, so it is done anew
only when something new is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from rapidfuzz.utils import default_process

from bot.domain import identifiers
from bot.ports import Store

NAMING = ("in_scope", "out_of_scope", "may_include", "implements")
"""Attributes whose values are modifications; of some of these nothing else is ever said."""


@dataclass(frozen=True, slots=True)
class Names:
    """What there is to be asked about: ids of modifications by number, their latest titles, keys of releases.

    `plain` are the same titles as likeness is measured: in lower case, without marks.
    """

    modifications: tuple[str, ...]
    titles: Mapping[str, str]
    plain: Mapping[str, str]
    releases: tuple[str, ...]


_remembered: WeakKeyDictionary[Store, tuple[int, Names]] = WeakKeyDictionary()
_lock = Lock()


def names(store: Store) -> Names:
    """Return what is known by name, as of the newest claim."""
    last = store.last_claim()
    known = _remembered.get(store)
    if known is None or known[0] != last:
        with _lock:
            known = _remembered.get(store)
            if known is None or known[0] != last:
                known = _remembered[store] = (last, _gathered(store))
    return known[1]


def _gathered(store: Store) -> Names:
    ids = _keys(store, "modification")
    releases = _keys(store, "release")
    titles: dict[str, str] = {}
    for subject, attribute, value in store.values((*NAMING, "implements_release", "title")):
        kind, _, key = subject.partition(":")
        if attribute in NAMING:
            ids.add(value)
        elif attribute == "implements_release":
            releases.add(value)
        elif kind == "modification":
            titles[key] = value
    known = sorted(filter(identifiers.is_modification, ids), key=by_number)
    plain = {id_: default_process(title) for id_, title in titles.items()}
    return Names(tuple(known), titles, plain, tuple(sorted(releases)))


def _keys(store: Store, kind: str) -> set[str]:
    return {one.partition(":")[2] for one in store.subjects(kind)}


def by_number(id_: str) -> tuple[int, str, str]:
    """Return what to sort modifications by."""
    one = identifiers.identity(id_)
    return (one.number, one.letter, id_)
