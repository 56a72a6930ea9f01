"""What touches one part of the SEC: modifications, versions that changed it, drafts of it on releases' pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain import identifiers, parts, statuses, views
from bot.domain.claims import Statement
from bot.pipeline.answers import directory
from bot.pipeline.answers.days import Day, day
from bot.ports import Store

SHOWN = 10
"""Modifications, versions, drafts that are shown, each; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Touching:
    """A modification that touches a part: how it stands, which releases have it in scope now, what says that it does.

    `maybe`: that is to be confirmed yet.
    """

    id: str
    title: str
    status: str
    releases: tuple[str, ...]
    version: str
    statement: Statement
    maybe: bool = False


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
    said = [one for one in store.statements(value=part) if one.current]
    touching = _touching(store, part, said)
    changing = _of(said, "version", ("affects_part", "adds_part"))
    drafts = _drafts(store, part, said)
    return {
        "part": part,
        "title": _title(store, part, drafts) or parts.TITLES.get(part, ""),
        "touching": [_modification(store, id_, proof) for id_, proof in touching[:SHOWN]],
        "touched": len(touching),
        "settled": {"implemented", "approved", *statuses.ENDED},
        "versions": [_version(store, number, changing[number], today) for number in _newest(changing)[:SHOWN]],
        "changed": len(changing),
        "drafts": drafts[:SHOWN],
        "variations": sorted(_of(said, "variation", ("affects_part",)), reverse=True)[:SHOWN],
        "told": [one for one in store.changes(about=f"part:{part}", limit=SHOWN) if not one.known_from],
        "today": today,
    }


def _of(said: Iterable[Statement], kind: str, attributes: tuple[str, ...]) -> dict[str, Statement]:
    return {one.claim.key: one for one in said if one.claim.kind == kind and one.claim.attribute in attributes}


def _newest(numbers: Iterable[str]) -> list[str]:
    return sorted(numbers, key=identifiers.version_order, reverse=True)


def _touching(store: Store, part: str, said: Iterable[Statement]) -> list[tuple[str, Statement]]:
    """Return the modifications that touch a part with what says so, each once, the newest first.

    What papers tick as affected by its short name counts as well: DUIS is Appendix AD.
    """
    impact = parts.impact(part)
    ticked = [one for one in store.statements(value=impact) if one.current] if impact else []
    found: dict[identifiers.Modification, tuple[str, Statement]] = {}
    for attribute, named in (("may_affect", ticked), ("affects", ticked), ("affects_part", said)):
        for id_, one in _of(named, "modification", (attribute,)).items():
            who = identifiers.identity(id_)
            later = id_ if who not in found or not identifiers.is_draft_proposal(id_) else found[who][0]
            found[who] = (later, one)
    return sorted(found.values(), key=lambda pair: directory.by_number(pair[0]), reverse=True)


def _modification(store: Store, id_: str, proof: Statement) -> Touching:
    brief = directory.brief(store, id_)
    naming = [one for name in views.spellings(id_) for one in store.statements(value=name) if one.current]
    keys = dict.fromkeys(one.claim.key for one in naming if one.claim.attribute == "in_scope")
    releases = [key for key in keys if _is_in_scope(store, key, id_)]
    versions = [one.claim.key for one in naming if one.claim.attribute == "implements"]
    last = max(versions, key=identifiers.version_order, default="")
    maybe = proof.claim.attribute == "may_affect"
    return Touching(id_, brief.title, brief.status, tuple(sorted(releases)), last, proof, maybe)


def _is_in_scope(store: Store, key: str, id_: str) -> bool:
    subject = f"release:{key}"
    said = [
        one for attribute in ("in_scope", "out_of_scope", "may_include") for one in store.statements(subject, attribute)
    ]
    who = identifiers.identity(id_)
    return any(
        identifiers.identity(one) == who for one in views.scope_of(key, said) if identifiers.is_modification(one)
    )


def _version(store: Store, number: str, proof: Statement, today: date) -> Changing:
    said = store.statements(f"version:{number}")
    effective = views.newest(one for one in said if one.claim.attribute == "effective_on")
    implements = dict.fromkeys(one.claim.value for one in said if one.claim.attribute == "implements" and one.current)
    on = day("effective", effective, today) if effective else None
    return Changing(number, on, tuple(implements), proof, proof.claim.attribute == "adds_part")


def _drafts(store: Store, part: str, said: Iterable[Statement]) -> list[Draft]:
    """Return the drafts of a part, those of the latest release first."""
    keys = sorted(_of(said, "release", ("document",)).items(), reverse=True)
    listed = [(key, f"document:{key}/{part}", proof) for key, proof in keys]
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
