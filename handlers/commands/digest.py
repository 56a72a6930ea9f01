"""digest [daily 08:30 mon-fri|weekly monday 9am|off]: when this channel's digest comes; by itself, what it says so far

Days, time and time zone as you like: "digest daily 8.30am weekdays London". "digest not on bank holidays" leaves those
out; what would have come then is in the next one. In a direct message it is your own digest.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain import wanted
from bot.domain.wanted import DigestWish, Unclear
from bot.pipeline import upcoming
from handlers import chosen

GROUP = "settings"
SHOWN = "digest daily 08:30 mon-fri"
ORDER = 63
ALIASES = ("today", "daily", "summary", "digests")
EXAMPLES = (
    "digest daily 08:30 mon-fri",
    "digest weekly monday 9am",
    "digest off",
    "digest not on bank holidays",
    "digest daily 08:30 Europe/London",
)
WRITES = True
_ASKS = re.compile(r"(?:so far|now|preview|next|today|show|when|please|status|it)?[ ?]*", re.IGNORECASE)

_ON = re.compile(
    r"^(?:(?:turn|switch|put)(?: it)? )?(?:back )?(?:on|start|resume|enable)(?: it)?(?: again)?$", re.IGNORECASE
)


def run(ask: Ask) -> Reply:
    """Set when the digest comes, or answer with it as it stands."""
    is_on = ask.store.channel(ask.channel).digest != "off"
    if _ASKS.fullmatch(ask.words) or (_ON.fullmatch(ask.words) and is_on):
        return _so_far(ask)
    wish = wanted.digest(_ON.sub("daily", ask.words))
    if isinstance(wish, Unclear):
        return chosen.not_clear(ask, "digest", wish, EXAMPLES)
    if wish == DigestWish():
        return _so_far(ask)
    return chosen.changed(ask, "digest_set", wish.of, Suggestion("What it says so far", "digest"))


def _so_far(ask: Ask) -> Reply:
    channel = ask.store.channel(ask.channel)
    said = upcoming.so_far(ask.store, channel, chosen.bots(ask), ask.now)
    facts = {**chosen.facts(ask, channel), **said}
    if not said["follows"]:
        return Reply("digest_none", facts, (Suggestion("Follow everything", "subscribe everything"), chosen.SETTINGS))
    if channel.digest == "off":
        return Reply("digest_set", {**facts, "made": True}, (Suggestion("Turn it on", "digest daily"), chosen.SETTINGS))
    return Reply("digest", facts, (Suggestion("What comes next", "next"), chosen.SETTINGS))
