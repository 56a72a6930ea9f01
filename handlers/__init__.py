"""In from Slack: which command a question means, what it answers, and the listeners that bring it.

question → route (words only) → command → facts from the store → Reply; nothing fits → suggestions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.routing import answer

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.slack.desk import Desk

__all__ = ["answer", "register"]


def register(app: App, desk: Desk) -> None:
    """Make a Bolt app bring what it hears to the desk."""
    from handlers.listeners import listen

    listen(app, desk)
