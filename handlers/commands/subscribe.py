"""subscribe WHAT [daily]: tells this channel of changes to a modification, a release, a SEC part, or everything

With "daily" they come in the daily digest alone. WHAT can be MP090, november 2021, Appendix AD, everything, or a kind
of change, such as "go-live moved".
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import Subscription, label, selector, spoken
from bot.pipeline.answers import directory
from handlers.suggest import named_elsewhere, suggest

GROUP = "follow"
ORDER = 60
ALIASES = ("follow", "watch", "sub", "track")
EXAMPLES = ("subscribe MP090", "subscribe november 2021", "subscribe Appendix AD daily", "subscribe everything")
WRITES = True


def run(ask: Ask) -> Reply:
    """Keep a subscription of the channel in which it is asked."""
    words = re.sub(r"^(?:to|this channel to)\s+", "", ask.words, flags=re.IGNORECASE)
    what = re.sub(r"\s*\b(?:daily|digest(?: only)?)$", "", words, flags=re.IGNORECASE)
    chosen = selector(what)
    if chosen is None and named_elsewhere(what.strip()):
        return suggest(what.strip(), ask.store)
    if chosen is None:
        wanted = {"wanted": "What should this channel follow?", "said": ask.words, "examples": EXAMPLES}
        return Reply("ask_for", wanted, (Suggestion("Everything", "subscribe everything"),))
    before = ask.store.subscriptions(ask.channel)
    delivery = "daily" if what != words else "instant"
    made = ask.store.subscribe(Subscription(ask.channel, chosen, ask.user, ask.now, delivery))
    facts = {
        "label": label(chosen),
        "spoken": spoken(chosen),
        "delivery": delivery,
        "made": made,
        "known": directory.anything_of(ask.store, chosen),
        "everything_before": not before and ask.channel == ask.default_channel and chosen != "everything",
        "digest_at": f"{ask.digest_at:%H:%M}",
    }
    return Reply("subscribed", facts, (Suggestion("What this channel follows", "list"),))
