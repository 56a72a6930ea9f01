"""Buttons: one below an answer asks its question; the answer comes to the person who pressed it."""

from __future__ import annotations

import logging
import re
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Respond

from handlers.desk import Answer, proof

log = logging.getLogger(__name__)

ASK = re.compile(r"^ask:\d+$")


def register(app: App, answer: Answer) -> None:
    """Listen to buttons. Slack waits for the acknowledgement only; the answer follows by response_url."""

    def ask(action: dict[str, Any], body: dict[str, Any], req: BoltRequest, respond: Respond) -> None:
        channel = body.get("channel", {}).get("id", "")
        message = answer(action.get("value") or "", body["user"]["id"], channel, proof(req))
        try:
            said = respond(
                text=message.text, blocks=list(message.blocks), response_type="ephemeral", replace_original=False
            )
        except OSError as error:
            log.warning("an answer to a button could not be sent: %s", error)
        else:
            if said.status_code != 200:
                log.warning("an answer to a button was refused: %s %s", said.status_code, said.body)

    app.action(ASK)(ack=_acknowledge, lazy=[ask])
    # A button that is a link reports its being pressed, too.
    app.action(re.compile(".*"))(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()
