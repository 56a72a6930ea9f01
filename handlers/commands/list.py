"""list: what this channel follows"""

from __future__ import annotations

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import label, spoken

GROUP = "follow"
ORDER = 62
ALIASES = ("subscriptions", "following", "followed")


def run(ask: Ask) -> Reply:
    """Answer with the channel's subscriptions."""
    held = ask.store.subscriptions(ask.channel)
    facts = {
        "followed": [(label(one.selector), one.delivery) for one in held],
        "by_default": not held and ask.channel == ask.default_channel,
        "digest_at": f"{ask.digest_at:%H:%M}",
    }
    stops = tuple(Suggestion(f"Stop {spoken(one.selector)}", f"unsubscribe {spoken(one.selector)}") for one in held[:5])
    more = stops or (Suggestion("Follow everything", "subscribe everything"),)
    return Reply("list", facts, more)
