"""since WHEN: what changed since a day: monday, yesterday, 2 weeks, 3 days ago, 1 March 2021, 2021-03-01

Without a day it looks back a week. Days begin at midnight in the bot's time zone.
"""

from __future__ import annotations

from datetime import timedelta

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.answers import since
from handlers import when

ORDER = 40
ALIASES = ("changes", "changed", "news", "new", "updates", "what", "recent", "latest")
EXAMPLES = ("since monday", "since 2 weeks", "since 1 March 2021")


def run(ask: Ask) -> Reply:
    """Answer with the changes since a day."""
    today = ask.now.astimezone(ask.zone).date()
    day = when.day(ask.words, today) if ask.words else today - timedelta(days=7)
    if day is None:
        return Reply(
            "ask_for",
            {"wanted": "Since which day?", "said": ask.words, "examples": EXAMPLES},
            (Suggestion("Since yesterday", "since yesterday"), Suggestion("Since a week ago", "since 7 days ago")),
        )
    if day > today:
        return Reply("not_yet", {"day": day.isoformat()}, (Suggestion("What comes next", "next"),))
    return Reply("since", since.facts(ask.store, day, ask.zone))
