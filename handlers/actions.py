"""Buttons: one below an answer asks its question; the answer comes to the person who pressed it."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Respond

from bot.slack.desk import Desk
from handlers.desk import proof, send

ASK = re.compile(r"^ask:\d+$")


def register(app: App, desk: Desk) -> None:
    """Listen to buttons. Slack waits for the acknowledgement only; the answer follows by response_url."""

    def ask(action: dict[str, Any], body: dict[str, Any], req: BoltRequest, respond: Respond) -> None:
        channel = body.get("channel", {}).get("id", "")
        send(respond, desk.answer(action.get("value") or "", body["user"]["id"], channel, proof(req)))

    app.action(ASK)(ack=_acknowledge, lazy=[ask])
    # A button that is a link reports its being pressed, too.
    app.action(re.compile(".*"))(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()
