"""unsubscribe WHAT: stops telling this channel (or you) of what you name

"unsubscribe all" drops all that is followed there. To be told of it again later, mute it instead: mute MP090 7d.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import EVERYTHING, RULE, Subscription, label, named, spoken, wishes
from bot.domain.follow.groups import Misunderstood
from bot.render.blocks import WORDS_LIMIT
from handlers import following, unclear
from handlers.following import Shown, meant, shown
from handlers.plain import LONGEST
from handlers.rights import refused

GROUP = "follow"
ORDER = 61
ALIASES = ("unfollow", "unwatch", "unsub", "stop", "untrack")
EXAMPLES = unclear.EXAMPLES["unsubscribe"]
WRITES = True
_LEAD = re.compile(r"^(?:(?:from|to|following|watching|telling|me|us|about|the|this|rule)\b[\s:]*)+", re.IGNORECASE)


def run(ask: Ask) -> Reply:
    """Drop what is named where it is asked."""
    return following.for_whom(ask, _run)


def _run(ask: Ask) -> Reply:
    if answered := refused(ask):
        return answered
    held = ask.store.subscriptions(ask.channel)
    words = _LEAD.sub("", ask.words)
    if re.fullmatch(r"all|everything|it all|all of (?:it|them)", words, re.IGNORECASE) and held:
        everything = [one for one in held if one.selector == EVERYTHING]
        if words.casefold() != "everything" or everything:
            return _dropped(ask, everything if words.casefold() == "everything" else held)
    found = meant(words, held) if words else []
    if isinstance(found, Misunderstood) or not found:
        return _not_followed(ask, held, words)
    return _dropped(ask, found)


def _not_followed(ask: Ask, held: list[Subscription], words: str) -> Reply:
    said = wishes.named(words)
    facts = {
        "said": words,
        "label": label(said[0]) if not isinstance(said, Misunderstood) and len(said) == 1 else "",
        "held": named(held),
        "by_default": not held and ask.channel == ask.default_channel,
        **following.common(ask),
    }
    return Reply("not_followed", facts, tuple(map(stop, shown(held[:5]))))


def _dropped(ask: Ask, rules: list[Subscription]) -> Reply:
    dropped = [one for one in rules if ask.store.unsubscribe(ask.channel, one.selector, ask.user, ask.now)]
    for one in dropped:
        # A mute of a rule ends with the rule: who follows it anew wants to hear of it.
        ask.store.unmute(ask.channel, RULE + one.selector, ask.user, ask.now)
    left = ask.store.subscriptions(ask.channel)
    facts = {
        "dropped": named(rules),
        "left": named(left),
        "everything_again": not left and ask.channel == ask.default_channel,
        **following.common(ask),
    }
    again = (_again(one) for one in shown(rules[:3]) if len(one.whole) <= WORDS_LIMIT)
    return Reply("unsubscribed", facts, (Suggestion("What is followed here", "list"), *again))


def _again(one: Shown) -> Suggestion:
    """Return the button that follows it anew; by its form, where the words are more than a question may have."""
    question = f"subscribe {one.whole}"
    opens = "" if len(question) <= LONGEST else "subscribe"
    return Suggestion(f"Follow {one.typed} again", one.whole if opens else question, opens)


def stop(one: Shown) -> Suggestion:
    """Return the button that drops a rule."""
    return Suggestion(f"Stop {spoken(one.rule.selector)}", f"unsubscribe {spoken(one.rule.selector)}")
