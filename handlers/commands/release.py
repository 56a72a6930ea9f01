"""release NAME [scope|docs|timeline]: go-live, scope, what is still to be decided

The word itself may be left out: november 2021 is enough. Names may be typed as you like: nov 21, 2021-11, 11/2021. A
year alone shows all releases of that year. "scope" lists the modifications with their titles, "docs" the draft
specifications and how they moved, "timeline" every date of the release, past and to come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import dates, identifiers
from bot.pipeline.answers import directory, release, specifications, timeline
from bot.ports import Store
from handlers import aspects
from handlers.commands import evidence

GROUP = "ask"
ORDER = 20
SHOWN = "nov 21 [scope|docs|timeline]"
ALIASES = ("releases", "rel", "rls")
EXAMPLES = ("release november 2021", "nov 21 scope", "nov 21 docs", "nov 21 timeline", "release 2022")


def run(ask: Ask) -> Reply:
    """Answer with a release or what of it is asked for, with those of a year, or with the known ones."""
    words, aspect = aspects.parted(ask.words)
    if year := re.fullmatch(r"20\d\d", words):
        return _choice(ask.store, release.of_year(ask.store, year[0]), words)
    key = identifiers.typed_release(words)
    if key is None:
        return _choice(ask.store, _of_month(ask.store, words), words, aspect)
    if aspect == "evidence":
        return evidence.run(replace(ask, words=words))
    today = ask.now.astimezone(ask.zone).date()
    facts = release.facts(ask.store, key, today)
    if facts is None and (named := release.named_elsewhere(ask.store, key, today)):
        versions = tuple(Suggestion(f"SEC v{one.number}", f"version {one.number}") for one in named["brought"][:3])
        return Reply("release_named", named, (*versions, *_buttons(_near(ask.store, key))))
    if facts is None:
        return Reply("release_not_known", {"name": identifiers.release_name(key)}, _buttons(_near(ask.store, key)))
    return _part(ask, facts, key, "timeline" if aspect == "history" else aspect)


def _part(ask: Ask, facts: Mapping[str, Any], key: str, aspect: str) -> Reply:
    """Return a release, or its scope, documents or timeline alone."""
    if aspect == "docs":
        told = {**facts, "specifications": specifications.of(ask.store, facts["r"])}
        return Reply("release_docs", told, (*_parts_of(facts), *_others(key, aspect)))
    if aspect == "timeline":
        told = {**facts, "entries": _timeline(ask, facts)}
        return Reply("release_timeline", told, _others(key, aspect))
    if aspect == "scope":
        return Reply("release_scope", facts, (*_undecided(facts), *_others(key, aspect)))
    return Reply("release", facts, _next(facts, key))


def _timeline(ask: Ask, facts: Mapping[str, Any]) -> list[timeline.Entry]:
    one = facts["r"]
    proposed = facts["proposed"] if one.go_live else one.proposed_go_live
    return timeline.entries(ask.store, one, proposed, facts["today"], ask.zone)


def _others(key: str, shown: str = "") -> tuple[Suggestion, ...]:
    """Return buttons for a release and for the other things that can be asked of it."""
    name = identifiers.release_name(key)
    labels = {"": f"{name} release", "scope": "Scope", "docs": "Documents", "timeline": "Timeline"}
    found = [Suggestion(label, f"release {name} {one}".strip()) for one, label in labels.items() if one != shown]
    return (*found, Suggestion(f"Follow {name}", f"subscribe {name}"))


def _parts_of(facts: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(one.part, f"part {one.part}") for one in facts["r"].documents[:4])


def _of_month(store: Store, words: str) -> list[str]:
    """Return the known releases of a month without its year ("november"); all, where none is named."""
    known = directory.releases(store)
    word = re.sub(r"\b(?:the|sec|releases?|next|last|all|list|in|of)\b", "", words.casefold()).strip()
    month = dates.month_number(word)
    return [key for key in known if key.endswith(f"-{month:02d}")] if month else known


def _choice(store: Store, keys: list[str], said: str, aspect: str = "") -> Reply:
    """Return the releases that may be meant, each with a button that asks the same of it; all, where none may."""
    missing = "" if keys else said
    keys = keys or directory.releases(store)
    briefs = [release.brief(store, key) for key in keys[-MOST:]]
    return Reply("releases", {"releases": briefs, "said": said, "missing": missing}, _buttons(keys[-MOST:], aspect))


MOST = 10
DECIDED = ("approved", "implemented", "pending_implementation")


def _near(store: Store, key: str) -> list[str]:
    """Return the known releases nearest in time."""

    def months(one: str) -> int:
        return abs(int(one[:4]) * 12 + int(one[5:7]) - int(key[:4]) * 12 - int(key[5:7]))

    return sorted(sorted(set(directory.releases(store)) - {key}, key=months)[:4])


def _buttons(keys: list[str], aspect: str = "") -> tuple[Suggestion, ...]:
    names = [identifiers.release_name(key) for key in keys]
    return tuple(Suggestion(f"{name} {aspect or 'release'}", f"release {name} {aspect}".strip()) for name in names)


def _next(facts: Mapping[str, Any], key: str) -> tuple[Suggestion, ...]:
    """Return what to ask next: the version that carries it, what is still to be decided, more of the release."""
    versions = [Suggestion(f"SEC v{number}", f"version {number}") for number in facts["r"].versions[:2]]
    return (*versions, *_undecided(facts), *_others(key))


def _undecided(facts: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    undecided = [one.id for one in facts["r"].scope if one.status is None or one.status.value not in DECIDED]
    return tuple(Suggestion(id_, id_) for id_ in undecided[:3])
