"""In from Slack: which command a question means, what it answers, and the listeners that bring it.

question → route (words only) → command → facts from the store → Reply; nothing fits → suggestions
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.asking import Ask, Reply, Suggestion
from bot.ports import Store
from handlers.commands import commands, words
from handlers.listeners import register
from handlers.routing import cleaned, route
from handlers.suggest import suggest

__all__ = ["answer", "register"]


def answer(
    question: str,
    *,
    store: Store,
    now: datetime,
    zone: ZoneInfo,
    user: str = "terminal",
    channel: str = "terminal",
    digest_at: time = time(8, 30),
    default_channel: str = "",
    again: bool = False,
) -> Reply:
    """Return the answer to a question, as it is typed after `/sec`. Whatever is typed, there is one.

    `again`: this very request was answered before, so a command that writes is not run for it once more.

    Raises:
        StoreError: the database can't be asked.
    """
    ask = Ask("", store, now, zone, user, channel, digest_at, default_channel)
    meant = route(question, words(), now.astimezone(zone).date())
    if meant is None:
        return suggest(cleaned(question), store)
    command = commands()[meant.command]
    if again and command.writes:
        return Reply("again", {"command": command.word})
    return _with(command.run(replace(ask, words=meant.words)), meant.others)


def _with(reply: Reply, others: tuple[str, ...]) -> Reply:
    """Return a reply with buttons for what else the question named."""
    asked = {suggestion.question for suggestion in reply.suggestions}
    more = tuple(Suggestion(one, one) for one in others[:5] if one not in asked)
    return replace(reply, suggestions=(*more, *reply.suggestions))
