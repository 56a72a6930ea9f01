"""version N: when it took effect, what it implements and changes

The word may be left out where the number has a v or a point: v50, 50.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.pipeline.answers import directory, version

GROUP = "ask"
ORDER = 25
SHOWN = "v50"
ALIASES = ("v", "versions", "ver")
EXAMPLES = ("version 50", "v62.0")

_OF = r"(?: (?:one|sec|version|of|the|code))*"
_NEWEST = re.compile(rf"(?:(?:the )?(?:latest|newest|last|most recent){_OF})?", re.IGNORECASE)
_IN_FORCE = re.compile(
    rf"(?:the )?(?:current|present){_OF}|(?:is |now )*(?:in force|in effect|live|effective|now)(?: now| today)?",
    re.IGNORECASE,
)


def run(ask: Ask) -> Reply:
    """Answer with a version, or with those that are known."""
    known = directory.versions(ask.store)
    number = identifiers.typed_version(ask.words) or _of_time(ask, known)
    if number is None:
        return Reply("version_not_known", {"number": "", "said": ask.words}, _buttons(known[-3:]))
    facts = version.facts(ask.store, number, ask.now.astimezone(ask.zone).date())
    if facts is None:
        return Reply("version_not_known", {"number": number, "said": ask.words}, _buttons(_near(known, number)))
    return Reply("version", facts, _next(facts))


def _of_time(ask: Ask, known: list[str]) -> str | None:
    """Return the version that is the newest ("latest"), or the newest that has taken effect ("in force")."""
    if not known or not _NEWEST.fullmatch(ask.words):
        return _in_force(ask, known) if _IN_FORCE.fullmatch(ask.words) else None
    return known[-1]


def _in_force(ask: Ask, known: list[str]) -> str | None:
    today = ask.now.astimezone(ask.zone).date()
    for number in reversed(known):
        facts = version.facts(ask.store, number, today)
        effective = facts["effective"] if facts else None
        if effective and effective.days is not None and effective.days <= 0:
            return number
    return None


def _near(known: list[str], number: str) -> list[str]:
    """Return the known versions before and after one."""
    wanted = identifiers.version_order(number)
    before = [one for one in known if identifiers.version_order(one) < wanted]
    after = [one for one in known if identifiers.version_order(one) > wanted]
    return [*before[-2:], *after[:2]]


def _buttons(numbers: list[str]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(f"SEC v{number}", f"version {number}") for number in numbers)


def _next(facts: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    version = facts["v"]
    found = [Suggestion(one.id, one.id) for one in version.implements[:3]]
    if version.release:
        name = identifiers.release_name(version.release.value)
        found.insert(0, Suggestion(f"{name} release", f"release {name}"))
    newer: list[str] = facts["newer"]
    return (*found, *_buttons(newer[-1:]))
