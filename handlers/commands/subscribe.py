"""subscribe WHAT [only X] [except Y] [weighty] [daily]: tells this channel (or you) of changes to what you name

WHAT can be MP090, november 2021, Appendix AD, impact DUIS, decisions, everything, or several of them. Weight: weighty
only, light too. When: at once, daily, weekly, or weighty at once (the rest in the digest). Where: flat, in thread, or
thread and channel. With "for me" it comes to you alone, as a direct message. With --dry-run it shows what the last 90
days would have sent and keeps nothing.
"""

from __future__ import annotations

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import wishes
from bot.domain.follow.wishes import Wish
from handlers import following
from handlers.unclear import unclear

GROUP = "follow"
SHOWN = "subscribe WHAT"
ORDER = 60
ALIASES = ("follow", "watch", "sub", "track")
EXAMPLES = (
    "subscribe MP090",
    "subscribe november 2021 except documents, daily",
    "subscribe impact DUIS only decisions",
    "subscribe everything, weighty at once",
    "subscribe november 2021 --dry-run",
)
WRITES = True


def run(ask: Ask) -> Reply:
    """Keep what is wished for where it is asked, or show what it would bring."""
    return following.for_whom(ask, _run)


def _run(ask: Ask) -> Reply:
    if not ask.words:
        return _explained(ask)
    wish, trial = wishes.wish(ask.words)
    if not isinstance(wish, Wish):
        return unclear(ask, wish)
    rules = wish.rules(ask.channel, ask.user, ask.now)
    return following.tried(ask, rules) if trial else following.kept(ask, rules)


def _explained(ask: Ask) -> Reply:
    buttons = (
        Suggestion("Choose…", "", opens="subscribe"),
        Suggestion("Follow everything", "subscribe everything"),
        Suggestion("What would everything bring?", "subscribe everything --dry-run"),
        Suggestion("What is followed here", "list"),
    )
    return Reply("subscribe", following.common(ask), buttons)
