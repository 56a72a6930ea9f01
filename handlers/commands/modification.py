"""modification ID [history|evidence|share]: where it stands, its life across all sources

The word itself may be left out: MP090 is enough. Ids may be typed as you like: mp90, MP-090, secmp7, DP124. With
"history" it lists every change that was found, with "evidence" the proof of each fact; with "share" all see the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.pipeline.answers import directory, modification
from handlers.commands import evidence
from handlers.suggest import nearest, suggest

GROUP = "ask"
ORDER = 10
SHOWN = "MP090 [history|evidence|share]"
ALIASES = ("mod", "mods", "modifications", "proposal", "proposals")
EXAMPLES = ("MP090", "mp102a", "secmp7 history")
_HISTORY = re.compile(r"^(?:of|history)\s+(?:of\s+)?|\s+(?:history|changes|log|life|timeline)$", re.IGNORECASE)
_EVIDENCE = re.compile(r"^evidence\s+(?:of\s+)?|\s+(?:evidence|proof|source)$", re.IGNORECASE)


def run(ask: Ask) -> Reply:
    """Answer with a modification, with its siblings, or with ids that are like the one that was typed."""
    proven = _EVIDENCE.sub("", ask.words).strip()
    if proven != ask.words and proven:
        return evidence.run(replace(ask, words=proven))
    words = _HISTORY.sub("", ask.words).strip()
    if not words:
        return Reply("ask_for", {"wanted": "Which modification?", "examples": EXAMPLES})
    typed = identifiers.typed(words)
    if typed is None:
        return suggest(words, ask.store)
    known = directory.resolved(ask.store, typed)
    if known is None:
        return _unknown(ask, typed)
    today = ask.now.astimezone(ask.zone).date()
    facts = modification.facts(ask.store, known, today)
    if facts is None:
        return _unknown(ask, typed)
    template = "history" if words != ask.words else "modification"
    return Reply(template, {**facts, "typed": typed}, _next(facts, template))


def _next(facts: Mapping[str, Any], template: str) -> tuple[Suggestion, ...]:
    """Return what to ask next: the releases it is in, the version that has it, what it was split into."""
    id_ = facts["id"]
    names = [identifiers.release_name(place.release) for place in facts["places"]]
    numbers = [number for number, _ in facts["versions"]]
    found = [Suggestion(other, other) for other in facts["siblings"]]
    found += [Suggestion(f"{name} release", f"release {name}") for name in names[-2:]]
    found += [Suggestion(f"SEC v{number}", f"version {number}") for number in numbers[-1:]]
    found += [Suggestion(id_, id_)] if template == "history" else [Suggestion("All changes", f"{id_} history")]
    found += [Suggestion("Evidence", f"evidence {id_}")]
    return (*found, Suggestion(f"Follow {id_}", f"subscribe {id_}"))


def _unknown(ask: Ask, typed: str) -> Reply:
    parts = directory.siblings(ask.store, typed)
    if parts:
        facts = {"id": typed, "parts": [directory.brief(ask.store, one) for one in parts]}
        return Reply("split", facts, tuple(Suggestion(one, one) for one in parts))
    near = nearest(typed, ask.store)
    facts = {"id": typed, "near": [directory.brief(ask.store, one) for one in near]}
    follow = Suggestion(f"Follow {typed}", f"subscribe {typed}")
    return Reply("not_known", facts, (*(Suggestion(one, one) for one in near), follow))
