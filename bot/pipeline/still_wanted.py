"""Still wanted: whether what waits to be sent is still followed, by the rules, mutes and settings as they are now.

What waits may wait long: for the end of quiet hours, of a pause, for Slack. Who ends a rule or mutes it in between
hears nothing of it any more. That something does not hold which was told is said all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain import follow
from bot.domain.changes import Told
from bot.domain.countdown import about
from bot.ports import Outgoing, Store


def told_still(message: Outgoing, told: Sequence[Told], mine: follow.Following, now: datetime) -> list[Told]:
    """Return those changes of a message that a channel still wants at once; all, where it is no alert."""
    if message.kind != "alert":
        return list(told)
    return [one for one in told if any(follow.at_once(rule, one.change) for rule in mine.bringing(one, now))]


def is_wanted(store: Store, message: Outgoing, told: Sequence[Told], mine: follow.Following, now: datetime) -> bool:
    """Whether a channel still wants a message."""
    if message.kind == "alert":
        return not told or bool(told_still(message, told, mine, now))
    if message.kind == "digest":
        return bool(mine.rules) and store.channel(message.channel).digest != "off"
    if message.kind == "countdown":
        dated = about(message.payload["subject"], message.payload["attribute"])
        return bool(follow.channels(dated, mine, now))
    if message.kind == "card" and "rules" in message.payload:
        # The rules that brought it, less those that are muted: by themselves, or as what they follow.
        named = [one.selector for one in mine.rules if one.selector in message.payload["rules"]]
        return any(one.selector in named for one in follow.follows(named, mine, now))
    return True
