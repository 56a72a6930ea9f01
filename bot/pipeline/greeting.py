"""The hello of a channel that invited secbot, once: what it follows, or what to press so that it follows something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.follow import labels
from bot.ports import Outgoing, Store

BUTTONS = (
    {"label": "Follow everything", "question": "subscribe everything"},
    {"label": "Choose…", "question": "", "opens": "subscribe"},
    {"label": "Help", "question": "help"},
)
"""What can be pressed below the hello of a channel that follows nothing yet."""
WHY = "secbot was invited here"


def greet(store: Store, channel: str, name: str, now: datetime, *, default: str = "") -> bool:
    """Queue a channel's hello; False where it was greeted before, whenever that was.

    `default`: the channel that follows everything until it subscribes itself.
    """
    rules = store.subscriptions(channel)
    follows = labels(rules) if rules else "everything" if channel == default else ""
    payload: dict[str, Any] = {
        "name": "hello",
        "channel": channel,
        "source": name,
        "heading": follows,
        "buttons": BUTTONS[2:] if follows else BUTTONS,
    }
    return store.enqueue([Outgoing(f"notice:hello:{channel}", channel, "notice", payload, WHY)], now) == 1
