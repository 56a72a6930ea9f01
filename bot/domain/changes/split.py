"""A modification was split: siblings with letters took its place, each with its own fate from now on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.identifiers import identity, is_modification
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "split"
ORDER = 18


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification that has siblings now and had none.

    Then one for each sibling that was known by itself and of which a page says only now what it was split from.
    """
    told: set[Delta] = set()
    for parent, siblings in _families(differences).items():
        if change := _split(differences, parent, siblings):
            told.update(change.explains)
            yield change
    for delta in differences.of("split_from", "modification"):
        if delta.after and delta not in told:
            yield _said_to_be(differences, delta)


def _families(differences: Differences) -> dict[str, list[str]]:
    """Return the siblings that came of each modification, by its id as it was."""
    parents = {identity(id_).number: id_ for id_ in _mentioned(differences, "before") if not identity(id_).letter}
    parents |= {identity(d.after).number: d.after for d in differences.added("split_from") if d.after}
    own = {d.subject.partition(":")[2] for d in differences.added("split_from") if d.subject == differences.about}
    before = set(_mentioned(differences, "before")) - own  # whose page goes on as that of one part
    families: dict[str, list[str]] = {}
    for id_ in _mentioned(differences, "after"):
        if identity(id_).letter and id_ not in before and identity(id_).number in parents:
            families.setdefault(parents[identity(id_).number], []).append(id_)
    return families


def _mentioned(differences: Differences, side: str) -> list[str]:
    """Return the modifications that a side is about or has in a scope."""
    claims = differences.before if side == "before" else differences.after
    found = [c.key if c.kind == "modification" else c.value for c in claims if _names_one(c.kind, c.attribute)]
    return [id_ for id_ in dict.fromkeys(found) if is_modification(id_)]


def _names_one(kind: str, attribute: str) -> bool:
    return kind == "modification" or attribute in ("in_scope", "may_include")


def _split(differences: Differences, parent: str, siblings: list[str]) -> Change | None:
    subject = f"modification:{parent}"
    subjects = [f"modification:{id_}" for id_ in siblings]
    named = [d for d in differences.added("split_from") if d.subject in subjects]
    left = [d for d in differences.removed("in_scope") if d.before == parent]
    releases = {d.subject for d in left} or {
        f"release:{c.key}" for c in differences.before if c.attribute == "in_scope" and c.value == parent
    }
    joined = [d for d in differences.added("in_scope") if d.after in siblings and d.subject in releases]
    companions = [d for one in subjects for d in differences.companions(one)]
    companions += [d for d in differences.changed("title") if d.subject in subjects and d.subject == differences.about]
    if differences.went(subject):
        companions += differences.companions(subject)
    told = [*named, *left, *joined] or companions
    if not told:
        return None  # an earlier kind (a new version) has told all that shows it
    facts = {
        "title": differences.title_of(subject) or next(filter(None, map(differences.title_of, subjects)), ""),
        "items": ", ".join(siblings),
        "in_scope": ", ".join(d.after for d in joined if d.after),
        "release": next(iter(sorted(releases)), "").partition(":")[2],
    }
    return made(
        KIND,
        told,
        Weight.WEIGHTY,
        about=(*subjects, *sorted(releases)),
        facts=facts,
        companions=_quiet(companions, told),
        subject=subject,
        attribute="split_from",
        before=parent,
        after=facts["items"],
    )


def _said_to_be(differences: Differences, delta: Delta) -> Change:
    """Return the split that one sibling tells; what it was said to come of before is of no account."""
    parent = f"modification:{delta.after}"
    facts = {
        "title": differences.title_of(parent),
        "items": delta.subject.partition(":")[2],
        "in_scope": "",
        "release": "",
    }
    return made(
        KIND,
        [delta],
        Weight.WEIGHTY,
        about=(delta.subject,),
        facts=facts,
        companions=[one for one in differences.changed("title") if one.subject == delta.subject],
        subject=parent,
        before=delta.after,
        after=facts["items"],
    )


def _quiet(companions: list[Delta], told: list[Delta]) -> list[Delta]:
    return [d for d in companions if d not in told]
