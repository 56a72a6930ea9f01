"""unsubscribe WHAT: stops telling this channel of a modification, a release, a SEC part, or everything

"unsubscribe all" drops all that the channel follows.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.domain.follow import Subscription, label, selector, spoken

GROUP = "follow"
ORDER = 61
ALIASES = ("unfollow", "unwatch", "unsub", "stop", "mute")
EXAMPLES = ("unsubscribe MP090", "unsubscribe everything", "unsubscribe all")
WRITES = True


def run(ask: Ask) -> Reply:
    """Drop a subscription of the channel in which it is asked."""
    words = re.sub(r"^(?:from|to)\s+", "", ask.words, flags=re.IGNORECASE)
    held = ask.store.subscriptions(ask.channel)
    if words.casefold() == "all" and held:
        return _dropped(ask, [one.selector for one in held])
    chosen = selector(words)
    dropping = [one.selector for one in held if chosen and _same(one, chosen)]
    if dropping:
        return _dropped(ask, dropping)
    facts = {
        "said": ask.words,
        "label": label(chosen) if chosen else "",
        "held": [label(one.selector) for one in held],
        "by_default": not held and ask.channel == ask.default_channel,
    }
    return Reply("not_followed", facts, tuple(_button(one) for one in held[:5]))


def _same(held: Subscription, chosen: str) -> bool:
    """Whether a subscription is the one that is meant; MP124 and DP124 are one."""
    return held.selector == chosen or _identity(held.selector) == _identity(chosen) != ""


def _identity(selector_: str) -> str:
    kind, _, key = selector_.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return ""
    return str(identifiers.identity(key))


def _dropped(ask: Ask, selectors: list[str]) -> Reply:
    dropped = [one for one in selectors if ask.store.unsubscribe(ask.channel, one, ask.user, ask.now)]
    left = ask.store.subscriptions(ask.channel)
    facts = {
        "dropped": [label(one) for one in dropped],
        "left": [label(one.selector) for one in left],
        "everything_again": not left and ask.channel == ask.default_channel,
    }
    return Reply("unsubscribed", facts, (Suggestion("What this channel follows", "list"),))


def _button(held: Subscription) -> Suggestion:
    return Suggestion(f"Stop {spoken(held.selector)}", f"unsubscribe {spoken(held.selector)}")
