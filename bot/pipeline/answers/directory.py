"""What there is: the known ids, releases and versions, what they are called, and what to ask to see all of one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import dates, identifiers, views
from bot.ports import Store

NAMING = ("in_scope", "out_of_scope", "may_include", "implements")
"""Attributes whose values are modifications; of some of these nothing else is ever said."""


def modifications(store: Store) -> list[str]:
    """Return the ids of the known modifications, by number."""
    named = {one.claim.value for attribute in NAMING for one in store.statements(attribute=attribute)}
    known_ids = named.union(_keys(store, "modification"))
    return sorted(filter(identifiers.is_modification, known_ids), key=by_number)


def releases(store: Store) -> list[str]:
    """Return the keys of the known releases, oldest first."""
    named = {one.claim.value for one in store.statements(attribute="implements_release")}
    return sorted(named.union(_keys(store, "release")))


def versions(store: Store) -> list[str]:
    """Return the known SEC versions, oldest first."""
    return sorted(_keys(store, "version"), key=identifiers.version_order)


def titles(store: Store) -> dict[str, str]:
    """Return the latest title of each modification that has one."""
    return {
        one.claim.key: one.claim.value
        for one in store.statements(attribute="title")
        if one.claim.kind == "modification"
    }


def resolved(store: Store, id_: str) -> str | None:
    """Return the known id of the modification that an id names, None where none is known.

    A Draft Proposal and the modification that it became are one, as are MP007 and SECMP0007.
    """
    found = [one for one in views.spellings(id_) if _is_named(store, one)]
    modified = [one for one in found if not identifiers.is_draft_proposal(one)]
    if id_ in found and not (modified and identifiers.is_draft_proposal(id_)):
        return id_
    return next(iter(modified or found), None)


def _is_named(store: Store, id_: str) -> bool:
    return bool(store.statements(f"modification:{id_}") or store.statements(value=id_))


def siblings(store: Store, id_: str) -> list[str]:
    """Return the known ids with the same number: the others that a modification was split into, or all of them."""
    meant = identifiers.identity(id_)
    other = (f"{id_.rstrip('ABCD')}{letter}" for letter in ("", *"ABCD") if letter != meant.letter)
    return [one for one in other if _is_named(store, one)]


def unread(store: Store) -> bool:
    """Whether no page has been read yet, so that nothing can be known."""
    return not any(watch.baselined or watch.last_read_at for watch in store.watches())


def anything_of(store: Store, selector: str) -> bool:
    """Whether anything is known of what a subscription selects."""
    kind, _, key = selector.partition(":")
    if kind == "modification":
        return bool(resolved(store, key) or siblings(store, key))
    return kind != "release" or bool(store.statements(selector))


def _keys(store: Store, kind: str) -> list[str]:
    return [one.partition(":")[2] for one in store.subjects(kind)]


def by_number(id_: str) -> tuple[int, str, str]:
    """Return what to sort modifications by."""
    one = identifiers.identity(id_)
    return (one.number, one.letter, id_)


@dataclass(frozen=True, slots=True)
class Brief:
    """A modification in one line."""

    id: str
    title: str
    status: str


def brief(store: Store, id_: str) -> Brief:
    """Return a known modification in one line."""
    status = views.newest(store.statements(f"modification:{id_}", "status"))
    return Brief(id_, title(store, f"modification:{id_}"), status.value if status else "")


def title(store: Store, subject_: str) -> str:
    """Return the latest title of a modification, empty for none and for what has a name by itself."""
    if not subject_.startswith("modification:"):
        return ""
    fact = views.newest(store.statements(subject_, "title"), also_past=True)
    return fact.value if fact else ""


def asked(subject_: str) -> tuple[str, str]:
    """Return what a subject is called and the question that shows all of it; empty for none."""
    kind, _, key = subject_.partition(":")
    if kind == "modification":
        return key, key
    if kind == "release":
        name = identifiers.release_name(key)
        return f"{name} release", f"release {name}"
    if kind == "version":
        return f"SEC v{key}", f"version {key}"
    if kind == "document" and "/" in key:
        release, _, part = key.partition("/")
        name = identifiers.release_name(release)
        return f"{part}, {name} release", f"release {name}"
    if kind == "variation":
        day_, _, part = key.partition("/")
        return f"{part}, varied by notice of {dates.label(day_)}", ""
    return key, ""
