"""What the Bolt app listens to; each listener only carries a question to the desk and the message back."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, BoltRequest

from handlers import actions, events
from handlers.desk import Answer, proof

COMMAND = "/sec"


def register(app: App, answer: Answer) -> None:
    """Listen to the command, the buttons below answers, mentions and direct messages; take everything else quietly."""

    def sec(ack: Ack, command: dict[str, Any], req: BoltRequest) -> None:
        # The answer travels in the acknowledgement: one way instead of two, and no response_url is used up.
        message = answer(command.get("text") or "", command["user_id"], command["channel_id"], proof(req))
        ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")

    app.command(COMMAND)(sec)
    actions.register(app, answer)
    events.register(app, answer)
