"""Following: who is told what, and why.

what people type → selector → rule (`Subscription`), less what is muted (`Mute`) → which channel is told of a change
"""

from __future__ import annotations

from bot.domain.follow.routing import Following, Routed, by_channel, channels, follows, labels, named, route, why
from bot.domain.follow.rules import (
    BY_DEFAULT,
    DELIVERIES,
    LAYOUTS,
    RULE,
    Mute,
    Subscription,
    at_once,
    by_default,
    concerns,
    covered,
    in_force,
    is_of,
    matches,
    same,
    selects,
    silences,
)
from bot.domain.follow.selectors import label, selector, spoken
from bot.domain.follow.topics import EVERYTHING, TOPICS

__all__ = [
    "BY_DEFAULT",
    "DELIVERIES",
    "EVERYTHING",
    "LAYOUTS",
    "RULE",
    "TOPICS",
    "Following",
    "Mute",
    "Routed",
    "Subscription",
    "at_once",
    "by_channel",
    "by_default",
    "channels",
    "concerns",
    "covered",
    "follows",
    "in_force",
    "is_of",
    "label",
    "labels",
    "matches",
    "named",
    "route",
    "same",
    "selector",
    "selects",
    "silences",
    "spoken",
    "why",
]
