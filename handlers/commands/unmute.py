"""unmute WHAT: ends a mute; "unmute all" ends all of them

What was muted is never told afterwards; the answer has a button that shows it.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import RULE, Mute, label, same, spoken, wishes
from bot.domain.follow.groups import Misunderstood
from handlers import following, unclear
from handlers.rights import refused

GROUP = "follow"
ORDER = 65
ALIASES = ("unsnooze", "unhush")
EXAMPLES = unclear.EXAMPLES["unmute"]
WRITES = True
_ALL = re.compile(r"(?:all|everything|all mutes|it all|all of (?:it|them))", re.IGNORECASE)


def run(ask: Ask) -> Reply:
    """End the mutes that are named."""
    return following.for_whom(ask, _run)


def _run(ask: Ask) -> Reply:
    if answered := refused(ask):
        return answered
    mutes = following.following(ask).mutes
    ending = _named(ask.words, mutes)
    if not ending:
        held = [_typed(one) for one in mutes]
        facts = {"said": ask.words, "held": held, **following.common(ask)}
        return Reply("not_muted", facts, tuple(Suggestion(f"Unmute {one}", f"unmute {one}") for one in held[:5]))
    for one in ending:
        ask.store.unmute(ask.channel, one.selector, ask.user, ask.now)
    first = min(one.made_at for one in ending).astimezone(ask.zone).date()
    facts = {
        "labels": list(dict.fromkeys(label(one.selector.removeprefix(RULE)) for one in ending)),
        "since": first.isoformat(),
        **following.common(ask),
    }
    meanwhile = Suggestion("What changed meanwhile", f"since {first.isoformat()}")
    return Reply("unmuted", facts, (meanwhile, Suggestion("What is followed here", "list")))


def _named(words: str, mutes: tuple[Mute, ...]) -> list[Mute]:
    """Return the mutes that words name; a thing is unmuted with the rule of its name."""
    if _ALL.fullmatch(words.strip()):
        return list(mutes)
    bare, rule_alone = following.RULE_SAID.sub("", words).strip(), bool(following.RULE_SAID.match(words))
    found = [one for one in mutes if bare.casefold() == spoken(one.selector.removeprefix(RULE)).casefold()]
    named = wishes.named(bare) if bare and not found else ()
    if not isinstance(named, Misunderstood):
        found += [one for one in mutes if any(same(one.selector.removeprefix(RULE), n) for n in named)]
    return [one for one in found if one.selector.startswith(RULE) or not rule_alone]


def _typed(one: Mute) -> str:
    bare = spoken(one.selector.removeprefix(RULE))
    return f"rule {bare}" if one.selector.startswith(RULE) else bare
