"""What touches one part of the SEC: modifications, versions that changed it, drafts of it on releases' pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain import identifiers, parts, statuses, views
from bot.domain.claims import Statement
from bot.pipeline.answers import directory, steps
from bot.pipeline.answers.days import Day, day
from bot.ports import Store

Words = tuple[str, str, str]
"""A fact in words alone, subject, attribute and value, where not each needs its proof."""

SHOWN = 10
"""Modifications, versions, drafts that are shown, each; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Touching:
    """A modification that touches a part: how it stands, which releases have it in scope now, what says that it does.

    `maybe`: that is to be confirmed yet. `part_on`: a part is implemented, another comes on that date.
    """

    id: str
    title: str
    status: str
    releases: tuple[str, ...]
    version: str
    statement: Statement
    maybe: bool = False
    part_on: str = ""


@dataclass(frozen=True, slots=True)
class Changing:
    """A version of the SEC that changed a part, or brought it (`adds`)."""

    number: str
    effective: Day | None
    implements: tuple[str, ...]
    statement: Statement
    adds: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a part on a release's page; `release` is empty where none is named."""

    release: str
    version: str
    draft: str
    published_on: str
    statement: Statement


def facts(store: Store, part: str, today: date) -> dict[str, Any]:
    """Return what is known of a part. Nothing may be."""
    said = store.saying(part)
    touching = _touching(store, part, said)
    changing = _of(said, "version", ("affects_part", "adds_part"))
    drafts = _drafts(store, part, said)
    return {
        "part": part,
        "title": _title(store, part, drafts) or parts.TITLES.get(part, ""),
        "touching": _modifications(store, touching[:SHOWN], today),
        "touched": len(touching),
        "settled": {"implemented", "approved", *statuses.ENDED},
        "versions": _versions(store, {number: changing[number] for number in _newest(changing)[:SHOWN]}, today),
        "changed": len(changing),
        "drafts": drafts[:SHOWN],
        "variations": sorted(_of(said, "variation", ("affects_part",)), reverse=True)[:SHOWN],
        "told": [one for one in store.changes(about=f"part:{part}", limit=SHOWN) if not one.known_from],
        "today": today,
    }


def _of(said: Iterable[Words], kind: str, attributes: tuple[str, ...]) -> dict[str, Words]:
    pairs = ((one[0].partition(":"), one) for one in said if one[1] in attributes)
    return {key: one for (kind_, _, key), one in pairs if kind_ == kind}


def _newest(numbers: Iterable[str]) -> list[str]:
    return sorted(numbers, key=identifiers.version_order, reverse=True)


def _touching(store: Store, part: str, said: Iterable[Words]) -> list[tuple[str, Words]]:
    """Return the modifications that touch a part with what says so, each once, the newest first.

    What papers tick as affected by its short name counts as well: DUIS is Appendix AD.
    """
    impact = parts.impact(part)
    ticked = store.saying(impact) if impact else []
    found: dict[identifiers.Modification, tuple[str, Words]] = {}
    for attribute, named in (("may_affect", ticked), ("affects", ticked), ("affects_part", said)):
        for id_, one in _of(named, "modification", (attribute,)).items():
            who = identifiers.identity(id_)
            later = id_ if who not in found or not identifiers.is_draft_proposal(id_) else found[who][0]
            found[who] = (later, one)
    return sorted(found.values(), key=lambda pair: directory.by_number(pair[0]), reverse=True)


def _proofs(store: Store, said: Iterable[Words]) -> dict[Words, Statement]:
    """Return the newest statement of each of some facts, asked for at once."""
    facts_ = list(said)
    wanted = [list(dict.fromkeys(values)) for values in zip(*facts_, strict=True)] or [[], [], []]
    found = [one for one in store.statements(*wanted) if one.current]
    return {(one.claim.subject, one.claim.attribute, one.claim.value): one for one in found}


def _modifications(store: Store, touching: Sequence[tuple[str, Words]], today: date) -> list[Touching]:
    proofs = _proofs(store, [fact for _, fact in touching])
    briefs = directory.briefs(store, [id_ for id_, _ in touching])
    spelt = {id_: views.spellings(id_) for id_, _ in touching}
    naming = store.saying([name for names in spelt.values() for name in names])
    listed = {subject for subject, attribute, _ in naming if attribute == "in_scope"}
    scopes = _scopes(store, [subject.partition(":")[2] for subject in listed])
    dated = steps.coming(store, [one.id for one in briefs if one.status == "implemented"], today)
    return [
        replace(
            _modification(brief, proofs[fact], [one for one in naming if one[2] in spelt[brief.id]], scopes),
            part_on=dated.get(brief.id, ""),
        )
        for brief, (_, fact) in zip(briefs, touching, strict=True)
    ]


def _modification(
    brief: directory.Brief, proof: Statement, naming: Sequence[Words], scopes: Mapping[str, set[Any]]
) -> Touching:
    who = identifiers.identity(brief.id)
    releases = [key for key in _of(naming, "release", ("in_scope",)) if who in scopes[key]]
    versions = [subject.partition(":")[2] for subject, attribute, _ in naming if attribute == "implements"]
    last = max(versions, key=identifiers.version_order, default="")
    maybe = proof.claim.attribute == "may_affect"
    return Touching(brief.id, brief.title, brief.status, tuple(sorted(releases)), last, proof, maybe)


def _scopes(store: Store, keys: Sequence[str]) -> dict[str, set[Any]]:
    """Return the modifications in scope of releases now."""
    said: dict[str, list[Statement]] = {key: [] for key in keys}
    for one in store.statements([f"release:{key}" for key in keys], ("in_scope", "out_of_scope", "may_include")):
        said[one.claim.key].append(one)
    return {
        key: {identifiers.identity(one) for one in views.scope_of(key, mine) if identifiers.is_modification(one)}
        for key, mine in said.items()
    }


def _versions(store: Store, changing: Mapping[str, Words], today: date) -> list[Changing]:
    proofs = _proofs(store, changing.values())
    said: dict[str, list[Statement]] = {}
    for one in store.statements([f"version:{number}" for number in changing], ("effective_on", "implements")):
        said.setdefault(one.claim.key, []).append(one)
    return [_version(number, proofs[fact], said.get(number, []), today) for number, fact in changing.items()]


def _version(number: str, proof: Statement, said: Sequence[Statement], today: date) -> Changing:
    effective = views.newest(one for one in said if one.claim.attribute == "effective_on")
    implements = dict.fromkeys(one.claim.value for one in said if one.claim.attribute == "implements" and one.current)
    on = day("effective", effective, today) if effective else None
    return Changing(number, on, tuple(implements), proof, proof.claim.attribute == "adds_part")


def _drafts(store: Store, part: str, said: Iterable[Words]) -> list[Draft]:
    """Return the drafts of a part, those of the latest release first."""
    listing = dict(sorted(_of(said, "release", ("document",)).items(), reverse=True))
    proofs = _proofs(store, listing.values())
    listed = [(key, f"document:{key}/{part}", proofs[fact]) for key, fact in listing.items()]
    alone = store.statements(f"document:{part}", "version")
    listed += [("", f"document:{part}", alone[-1])] if alone else []
    return [_draft(store, key, subject, proof) for key, subject, proof in listed]


def _draft(store: Store, key: str, subject: str, proof: Statement) -> Draft:
    said = store.statements(subject)

    def value(attribute: str) -> str:
        fact = views.newest(one for one in said if one.claim.attribute == attribute)
        return fact.value if fact else ""

    newest = views.newest(one for one in said if one.claim.attribute in ("version", "draft", "published_on"))
    standing = newest.statement if newest else proof
    return Draft(key, value("version"), value("draft"), value("published_on"), standing)


def _title(store: Store, part: str, drafts: Iterable[Draft]) -> str:
    """Return the title of the newest draft that has one: titles drift."""
    for one in drafts:
        subject = f"document:{one.release}/{part}" if one.release else f"document:{part}"
        if fact := views.newest(store.statements(subject, "title")):
            return fact.value
    return ""
