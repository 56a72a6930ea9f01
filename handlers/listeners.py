"""What the Bolt app listens to; each listener only carries a question to the desk and the message back."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Respond
from slack_sdk import WebClient

from bot.asking import Answered
from bot.slack.desk import Desk
from handlers import actions, events, home, modals
from handlers.desk import blocks, place, proof, send

log = logging.getLogger(__name__)

COMMAND = "/sec"
PATIENCE = 2.0
"""Seconds; Slack gives up on a command that is not acknowledged in three."""
OPENING = 1.0
"""Seconds that opening a form may take of those three."""
WAIT = "This takes longer than it should; the answer comes as soon as it is there."


def listen(app: App, desk: Desk) -> None:
    """Listen to the command, buttons, Home, forms, mentions and direct messages; take everything else quietly."""
    pool = app.listener_runner.listener_executor

    def opened(command: dict[str, Any], form: str, client: WebClient) -> bool:
        """Open a form in good time; where Slack does not take it, the command is answered in words instead."""
        if desk.asks is None or not command.get("trigger_id"):
            return False
        where = {"user": {"id": command["user_id"]}, "channel": {"id": command["channel_id"]}}
        pressed = {**where, "trigger_id": command["trigger_id"]}
        coming: Future[bool] = pool.submit(modals.opened, client, desk, pressed, form)
        try:
            return coming.result(timeout=OPENING)
        except TimeoutError:
            return False

    def sec(ack: Ack, command: dict[str, Any], req: BoltRequest, respond: Respond, client: WebClient) -> None:
        question, user, channel = command.get("text") or "", command["user_id"], command["channel_id"]
        if (form := modals.bare(question)) and opened(command, form, client):
            ack()
            return
        coming: Future[Answered] = pool.submit(desk.answer, question, user, channel, proof(req))
        try:
            # The answer travels in the acknowledgement: one way instead of two, and no response_url is used up.
            answered = coming.result(timeout=PATIENCE)
            ack(text=answered.message.text, blocks=blocks(answered.message), response_type=place(answered))
        except TimeoutError:
            log.warning("an answer took longer than %s seconds", PATIENCE)
            ack(text=WAIT, response_type="ephemeral")
            coming.add_done_callback(lambda done: send(respond, done.result()))

    app.command(COMMAND)(sec)
    if desk.asks is not None:
        home.register(app, desk, desk.asks)
        modals.register(app, desk, desk.asks)
    actions.register(app, desk)
    events.register(app, desk)
