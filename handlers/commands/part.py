"""part NAME: which modifications and versions touch it

NAME can be Appendix AD, Schedule 8, Section H, a specification such as DUIS or GBCS, or a part's title. The word may be
left out: appendix ad.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.domain.parts import TITLES, may_be
from bot.pipeline.answers import part
from handlers import parts

GROUP = "ask"
ORDER = 26
SHOWN = "appendix ad"
ALIASES = ("parts", "appendices", "schedules", "sections")
EXAMPLES = ("part Appendix AD", "part duis", "schedule 8", "section D")
FAMILIAR = ("Appendix AD", "Schedule 8", "Schedule 9", "Appendix AF", "Section D")


def run(ask: Ask) -> Reply:
    """Answer with what touches a part, with the parts that may be meant, or with those of which anything is known."""
    named = parts.meant(ask.words) if ask.words else []
    meant = [one for one in named if may_be(one)]
    known = [facts for one in meant if _is_known(facts := part.facts(ask.store, one, _today(ask)))]
    if len(known) == 1 or len(meant) == 1:
        facts = (known or [part.facts(ask.store, meant[0], _today(ask))])[0]
        return Reply("part", {**facts, "known": bool(known)}, _next(facts))
    near = (meant or ([] if named else parts.nearest(ask.words))) if ask.words else list(FAMILIAR)
    facts = {"said": ask.words, "near": [(one, TITLES.get(one, "")) for one in near]}
    return Reply("parts", facts, _buttons(near or list(FAMILIAR)))


def _today(ask: Ask) -> Any:
    return ask.now.astimezone(ask.zone).date()


def _is_known(facts: Mapping[str, Any]) -> bool:
    return any(facts[name] for name in ("touching", "versions", "drafts", "variations", "told"))


def _buttons(found: list[str]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(one, f"part {one}") for one in found)


def _next(facts: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    found = [Suggestion(one.id, one.id) for one in facts["touching"][:3]]
    found += [Suggestion(f"SEC v{one.number}", f"version {one.number}") for one in facts["versions"][:1]]
    for one in facts["drafts"][:1]:
        if one.release:
            name = identifiers.release_name(one.release)
            found.append(Suggestion(f"Drafts of {name}", f"release {name} docs"))
    return (*found, Suggestion(f"Follow {facts['part']}", f"subscribe {facts['part']}"))
