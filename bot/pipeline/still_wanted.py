"""Still wanted: whether what waits to be sent is still followed, by the rules, mutes and settings as they are now.

What waits may wait long: for the end of quiet hours, of a pause, for Slack. Who ends a rule or mutes it in between
hears nothing of it any more. That something does not hold which was told is said all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain import follow
from bot.domain.changes import Told
from bot.pipeline import dated
from bot.ports import Outgoing, Store


def following(store: Store, channel: str, default: str, now: datetime) -> follow.Following:
    """Return what a channel follows now, and what it muted."""
    rules = follow.in_force(store.subscriptions(channel), channel, default, now)
    return follow.Following(rules, tuple(store.mutes(channel, now)))


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
        subject = message.payload["subject"]
        about = dated.told_to(subject, message.payload["attribute"], dated.reach(store, [subject]))
        return bool(follow.channels(about, mine, now))
    if message.kind == "card" and "rules" in message.payload:
        # The rules that brought it, less those that ended or are muted: by themselves, or as what they follow.
        wanted = follow.follows(message.payload["about"], mine, now)
        return any(one.selector in message.payload["rules"] for one in wanted)
    return True
