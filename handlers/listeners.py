"""What the Bolt app listens to; each listener only carries a question to the desk and the message back."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse, Respond
from slack_sdk import WebClient

from bot.asking import Answered
from bot.slack.desk import Desk
from handlers import actions, channels, events, home, modals
from handlers.desk import blocks, place, proof, send

log = logging.getLogger(__name__)

COMMAND = "/sec"
PATIENCE = 2.0
"""Seconds, for a form and the words in its stead together; Slack gives up on a command that is not acknowledged in
three.
"""
WAIT = "This takes longer than it should; the answer comes as soon as it is there."


def _once(desk: Desk, req: BoltRequest, body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt asks for this name
    """Let what came over Socket Mode pass in one process alone: each that is connected may be sent it.

    Events are looked at where they are answered, by an id of their own, which also holds for HTTP.
    """
    pressed = body.get("trigger_id") if req.mode == "socket_mode" else None
    return next() if not pressed or desk.takes(f"trigger:{pressed}") else BoltResponse(status=200, body="")


def listen(app: App, desk: Desk) -> None:
    """Listen to the command, buttons, Home, forms, mentions and direct messages; take everything else quietly."""
    pool = app.listener_runner.listener_executor
    app.use(partial(_once, desk))

    def opening(command: dict[str, Any], form: str, client: WebClient) -> Future[bool] | None:
        """Open a form, where there is one to open."""
        if not form or desk.asks is None or not command.get("trigger_id"):
            return None
        where = {"user": {"id": command["user_id"]}, "channel": {"id": command["channel_id"]}}
        pressed = {**where, "trigger_id": command["trigger_id"]}
        return pool.submit(modals.opened, client, desk, pressed, form)

    def sec(ack: Ack, command: dict[str, Any], req: BoltRequest, respond: Respond, client: WebClient) -> None:
        question, user, channel = command.get("text") or "", command["user_id"], command["channel_id"]
        until = time.monotonic() + PATIENCE
        if form := opening(command, modals.bare(question), client):
            try:
                if form.result(timeout=PATIENCE):
                    ack()
                    return
            except TimeoutError:
                # It may still open: words are said only where it does not, so that there is never both.
                ack()
                later = partial(desk.answer, question, user, channel, proof(req))
                form.add_done_callback(lambda done: None if done.result() else send(respond, later()))
                return
        coming: Future[Answered] = pool.submit(desk.answer, question, user, channel, proof(req))
        try:
            # The answer travels in the acknowledgement: one way instead of two, and no response_url is used up.
            answered = coming.result(timeout=max(until - time.monotonic(), 0))
            ack(text=answered.message.text, blocks=blocks(answered.message), response_type=place(answered))
        except TimeoutError:
            log.warning("an answer took longer than %s seconds", PATIENCE)
            ack(text=WAIT, response_type="ephemeral")
            coming.add_done_callback(lambda done: send(respond, done.result()))

    app.command(COMMAND)(sec)
    if desk.asks is not None:
        home.register(app, desk, desk.asks)
        modals.register(app, desk, desk.asks)
        channels.register(app, desk, desk.asks)
    actions.register(app, desk)
    events.register(app, desk)
