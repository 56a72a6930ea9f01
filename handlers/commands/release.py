"""release NAME: go-live, scope by status, votes and cut-offs to come, documents of a release

The word itself may be left out: november 2021 is enough. Names may be typed as you like: nov 21, 2021-11, 11/2021. A
year alone shows all releases of that year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import dates, identifiers
from bot.pipeline.answers import directory, release
from bot.ports import Store

ORDER = 20
ALIASES = ("releases", "rel")
EXAMPLES = ("release november 2021", "nov 21", "release 2022")


def run(ask: Ask) -> Reply:
    """Answer with a release, with those of a year, or with the known ones."""
    if year := re.fullmatch(r"20\d\d", ask.words.strip()):
        return _choice(ask.store, release.of_year(ask.store, year[0]), ask.words)
    key = identifiers.typed_release(ask.words)
    if key is None:
        return _choice(ask.store, _of_month(ask), ask.words)
    facts = release.facts(ask.store, key, ask.now.astimezone(ask.zone).date())
    if facts is None and (named := release.named_elsewhere(ask.store, key, ask.now.astimezone(ask.zone).date())):
        versions = tuple(Suggestion(f"SEC v{one.number}", f"version {one.number}") for one in named["brought"][:3])
        return Reply("release_named", named, (*versions, *_buttons(_near(ask.store, key))))
    if facts is None:
        return Reply("release_not_known", {"name": identifiers.release_name(key)}, _buttons(_near(ask.store, key)))
    return Reply("release", facts, _next(facts, key))


def _of_month(ask: Ask) -> list[str]:
    """Return the known releases of a month without its year ("november"), else all."""
    known = directory.releases(ask.store)
    word = re.sub(r"\b(?:the|sec|release|next|last)\b", "", ask.words.casefold()).strip()
    month = dates.month_number(word)
    return [key for key in known if month and key.endswith(f"-{month:02d}")] or known


def _choice(store: Store, keys: list[str], said: str) -> Reply:
    keys = keys or directory.releases(store)
    briefs = [release.brief(store, key) for key in keys[-MOST:]]
    return Reply("releases", {"releases": briefs, "said": said}, _buttons(keys[-MOST:]))


MOST = 10


def _near(store: Store, key: str) -> list[str]:
    """Return the known releases nearest in time."""

    def months(one: str) -> int:
        return abs(int(one[:4]) * 12 + int(one[5:7]) - int(key[:4]) * 12 - int(key[5:7]))

    return sorted(sorted(set(directory.releases(store)) - {key}, key=months)[:4])


def _buttons(keys: list[str]) -> tuple[Suggestion, ...]:
    names = [identifiers.release_name(key) for key in keys]
    return tuple(Suggestion(f"{name} release", f"release {name}") for name in names)


def _next(facts: Mapping[str, Any], key: str) -> tuple[Suggestion, ...]:
    """Return what to ask next: the version that carries it, what is still to be decided."""
    release = facts["r"]
    name = identifiers.release_name(key)
    undecided = [
        one.id
        for one in release.scope
        if one.status is None or one.status.value not in ("approved", "implemented", "pending_implementation")
    ]
    found = [Suggestion(f"SEC v{number}", f"version {number}") for number in release.versions[:2]]
    found += [Suggestion(id_, id_) for id_ in undecided[:3]]
    return (*found, Suggestion(f"Follow {name}", f"subscribe {name}"))
