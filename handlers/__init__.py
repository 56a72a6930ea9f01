"""In from Slack: which command a question means, what it answers, and the listeners that bring it.

question → route (words only) → command → facts from the store → Reply; nothing fits → suggestions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.routing import answer

if TYPE_CHECKING:
    from slack_bolt import App

    from handlers.desk import Answer

__all__ = ["answer", "register"]


def register(app: App, answer: Answer) -> None:
    """Make a Bolt app answer with `answer(question, user, channel, proof)`, which raises nothing."""
    from handlers.listeners import listen

    listen(app, answer)
