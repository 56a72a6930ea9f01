"""What there is: the known ids, releases and versions, what they are called, and what to ask to see all of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.domain import dates, identifiers, views
from bot.domain.claims import Statement
from bot.pipeline.answers.memory import NAMING, by_number, names
from bot.ports import Store

__all__ = ["NAMING", "by_number"]


def modifications(store: Store) -> Sequence[str]:
    """Return the ids of the known modifications, by number."""
    return names(store).modifications


def releases(store: Store) -> list[str]:
    """Return the keys of the known releases, oldest first."""
    return list(names(store).releases)


def versions(store: Store) -> list[str]:
    """Return the known SEC versions, oldest first."""
    return sorted((one.partition(":")[2] for one in store.subjects("version")), key=identifiers.version_order)


def titles(store: Store) -> Mapping[str, str]:
    """Return the latest title of each modification that has one."""
    return names(store).titles


def plain_titles(store: Store) -> Mapping[str, str]:
    """Return the same in lower case and without marks, as likeness is measured."""
    return names(store).plain


def resolved(store: Store, id_: str) -> str | None:
    """Return the known id of the modification that an id names, None where none is known.

    A Draft Proposal and the modification that it became are one, as are MP007 and SECMP0007.
    """
    spelt = views.spellings(id_)
    known = store.named("modification", spelt)
    found = [one for one in spelt if one in known]
    modified = [one for one in found if not identifiers.is_draft_proposal(one)]
    if id_ in found and not (modified and identifiers.is_draft_proposal(id_)):
        return id_
    return next(iter(modified or found), None)


def latest(store: Store, subject_: str) -> str:
    """Return a subject by its latest name: of a Draft Proposal the modification that it became."""
    kind, _, key = subject_.partition(":")
    if kind != "modification" or not identifiers.is_draft_proposal(key):
        return subject_
    return f"modification:{resolved(store, key) or key}"


def siblings(store: Store, id_: str) -> list[str]:
    """Return the known ids with the same number: the others that a modification was split into, or all of them."""
    meant = identifiers.identity(id_)
    other = [f"{id_.rstrip('ABCD')}{letter}" for letter in ("", *"ABCD") if letter != meant.letter]
    known = store.named("modification", other)
    return [one for one in other if one in known]


def unread(store: Store) -> bool:
    """Whether no page has been read yet, so that nothing can be known."""
    return not (store.last_claim() or any(watch.baselined or watch.last_read_at for watch in store.watches()))


def anything_of(store: Store, selector: str) -> bool:
    """Whether anything is known of what a subscription selects."""
    kind, _, key = selector.partition(":")
    if kind == "modification":
        return bool(resolved(store, key) or siblings(store, key))
    return kind != "release" or bool(store.statements(selector))


@dataclass(frozen=True, slots=True)
class Brief:
    """A modification in one line."""

    id: str
    title: str
    status: str


def brief(store: Store, id_: str) -> Brief:
    """Return a known modification in one line."""
    return briefs(store, [id_])[0]


def briefs(store: Store, ids: Sequence[str]) -> list[Brief]:
    """Return known modifications in one line each, asked for at once."""
    said: dict[tuple[str, str], list[Statement]] = {}
    for one in store.statements([f"modification:{id_}" for id_ in ids], ("title", "status")):
        said.setdefault((one.claim.key, one.claim.attribute), []).append(one)
    return [_brief(id_, said.get((id_, "title"), []), said.get((id_, "status"), [])) for id_ in ids]


def _brief(id_: str, titled: Sequence[Statement], standing: Sequence[Statement]) -> Brief:
    title_, status = views.newest(titled, also_past=True), views.newest(standing)
    return Brief(id_, title_.value if title_ else "", status.value if status else "")


def title(store: Store, subject_: str) -> str:
    """Return the latest title of a modification, empty for none and for what has a name by itself."""
    return titles_of(store, [subject_]).get(subject_, "")


def titles_of(store: Store, subjects: Collection[str]) -> dict[str, str]:
    """Return the latest titles of the modifications among subjects; the others have names by themselves."""
    said: dict[str, list[Statement]] = {}
    for one in store.statements([one for one in subjects if one.startswith("modification:")], "title"):
        said.setdefault(one.claim.subject, []).append(one)
    facts = {subject: views.newest(titled, also_past=True) for subject, titled in said.items()}
    return {subject: fact.value for subject, fact in facts.items() if fact}


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
