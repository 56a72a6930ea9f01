"""mute WHAT [7d]: silences what you name here for a while: 7d, 2 weeks, until friday, until 3 March

Without a time it is 7 days. What is muted is never told afterwards. "mute rule MP090 7d" silences that one rule, and
leaves what other rules bring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import EVERYTHING, RULE, Mute, is_of, label, named, spans, spoken, wishes
from bot.domain.follow.groups import Misunderstood
from handlers import following, unclear
from handlers.commands import list as list_
from handlers.rights import refused

GROUP = "follow"
ORDER = 64
ALIASES = ("snooze", "hush")
EXAMPLES = unclear.EXAMPLES["mute"]
WRITES = True
_LISTS = re.compile(r"(?:list|show|status|which|what)(?: (?:all|mutes|is|mine))*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Muted:
    """What is to be muted: a selector, or `rule:` with a rule's."""

    selector: str

    @property
    def typed(self) -> str:
        """What is typed for it."""
        bare = spoken(self.selector.removeprefix(RULE))
        return f"rule {bare}" if self.selector.startswith(RULE) else bare

    @property
    def label(self) -> str:
        """What it is called."""
        return label(self.selector.removeprefix(RULE))


def run(ask: Ask) -> Reply:
    """Silence what is named until a time."""
    return following.for_whom(ask, _run)


def _run(ask: Ask) -> Reply:
    if _LISTS.fullmatch(ask.words):
        return list_.run(replace(ask, words=""))
    if answered := refused(ask):
        return answered
    what, time = spans.split(ask.words)
    if spans.FOR_EVER.search(time):
        return _for_ever(ask, what)
    local = ask.now.astimezone(ask.store.channel(ask.channel).local(ask.zone))
    until = spans.until(time, local)
    if until is None or until - local > spans.LONGEST:
        return _no_time(ask, what, time, late=until is not None)
    chosen = _chosen(ask, what)
    return chosen if isinstance(chosen, Reply) else _muted(ask, chosen, until.astimezone(UTC))


def _chosen(ask: Ask, what: str) -> list[Muted] | Reply:
    """Return what is to be muted, or the answer that asks for it."""
    rules = following.following(ask).rules
    if not rules:
        return Reply("mute_nothing", following.common(ask), (Suggestion("Follow something…", "", opens="subscribe"),))
    bare = following.RULE_SAID.sub("", what)
    if not bare or bare.casefold() in ("this", "that", "it"):
        return _which(ask)
    if following.RULE_SAID.match(what):
        found = following.meant(bare, rules)
        alone = [] if isinstance(found, Misunderstood) else [Muted(RULE + one.selector) for one in found]
        return alone or _which(ask, bare)
    wish = wishes.parse(bare)
    if isinstance(wish, Misunderstood):
        return unclear.unclear(ask, wish, "mute")
    filtered = [one for one in wish.wanted if one.only or one.but_not]
    if filtered:
        return unclear.unclear(ask, Misunderstood("together", bare, "what"), "mute")
    return [Muted(one.selector) for one in wish.wanted]


def _which(ask: Ask, said: str = "") -> Reply:
    held = following.following(ask).rules[:5]
    rules = following.shown(held)
    facts = {"said": said, "examples": EXAMPLES, "held": named(held), **following.common(ask)}
    buttons = (Suggestion(f"Mute {one.typed} for 7 days", f"mute rule {one.typed} 7d") for one in rules)
    return Reply("mute_which", facts, tuple(buttons))


def _no_time(ask: Ask, what: str, time: str, *, late: bool) -> Reply:
    facts = {"said": time, "late": late, "what": what, "for_ever": False, **following.common(ask)}
    return Reply("mute_until", facts, _spans(what))


def _spans(what: str) -> tuple[Suggestion, ...]:
    choices = (("7 days", "7d"), ("2 weeks", "2 weeks"), ("until Monday", "until monday"))
    return tuple(Suggestion(f"Mute {label_}", f"mute {what} {said}".replace("  ", " ")) for label_, said in choices)


def _for_ever(ask: Ask, what: str) -> Reply:
    """Answer that a mute ends, with what does not: an exception, or to stop following."""
    facts = {"said": "", "late": False, "what": what, "for_ever": True, **following.common(ask)}
    rules = following.following(ask).rules
    found = wishes.named(following.RULE_SAID.sub("", what))
    meant = () if isinstance(found, Misunderstood) else found
    stop = [f"unsubscribe {spoken(one.selector)}" for one in rules if one.selector in meant]
    every = [one for one in rules if one.selector == EVERYTHING and one.selector not in meant]
    excepted = [f"subscribe {_except(wishes.spoken(one), meant)}" for one in every if meant and not one.but_not]
    questions = [Suggestion(one, one) for one in (*stop, *excepted)]
    return Reply("mute_until", facts, (*questions, Suggestion("Mute for 2 weeks", f"mute {what} 2 weeks")))


def _except(rule: str, named: tuple[str, ...]) -> str:
    head, comma, rest = rule.partition(", ")
    return f"{head} except {' and '.join(map(spoken, named))}{comma}{rest}"


def _muted(ask: Ask, chosen: list[Muted], until: datetime) -> Reply:
    before = following.following(ask)
    for one in chosen:
        ask.store.mute(Mute(ask.channel, one.selector, until, ask.user, ask.now))
    silent = {one.selector for one in chosen} | {one.selector for one in before.mutes}
    others = [one for one in before.rules if not any(is_of(muted, one.selector) for muted in silent)]
    all_until = max((one.until for one in before.mutes if one.selector == EVERYTHING), default=None)
    facts = {
        "labels": [one.label for one in chosen],
        "rule": all(one.selector.startswith(RULE) for one in chosen),
        "until": until,
        "others": named(others),
        "all_until": None if EVERYTHING in {one.selector for one in chosen} else all_until,
        "instead": [old.until for old in before.mutes if old.selector in {one.selector for one in chosen}],
        **following.common(ask),
    }
    undo = (Suggestion(f"Unmute {one.typed}", f"unmute {one.typed}") for one in chosen[:3])
    return Reply("muted", facts, (*undo, Suggestion("What is followed here", "list")))
