"""What listeners need of the front desk (`bot.slack.desk`), which is handed to them."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import BoltRequest

from bot.ports import Message

Answer = Callable[[str, str, str, str], Message]
"""(question, user, channel, proof) → the message that answers; raises nothing."""


def proof(request: BoltRequest) -> str:
    """Return what is unique to a request over HTTP, its signature; empty in Socket Mode, where nothing can be replayed."""
    return str(request.headers.get("x-slack-signature", [""])[0])
