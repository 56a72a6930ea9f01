"""What listeners need besides the front desk (`bot.slack.desk`), which is handed to them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltRequest, Respond
from slack_sdk import WebClient

from bot.asking import Answered
from bot.ports import Message
from bot.slack import errors
from bot.slack.desk import Desk
from handlers.rights import OUTSIDE, is_outside
from handlers.routing import changes_settings

log = logging.getLogger(__name__)


def proof(request: BoltRequest) -> str:
    """Return what is unique to a request over HTTP, its signature; empty in Socket Mode: nobody can replay that."""
    return str(request.headers.get("x-slack-signature", [""])[0])


def blocks(message: Message) -> list[dict[str, Any]]:
    """Return a message's blocks as Slack's SDK takes them."""
    return [dict(block) for block in message.blocks]


def place(answered: Answered) -> str:
    """Return where an answer shows: to the one who asked alone, or to everybody in the channel."""
    return "in_channel" if answered.shared else "ephemeral"


def answered(desk: Desk, body: Mapping[str, Any], question: str, user: str, channel: str, req: BoltRequest) -> Answered:
    """Answer a question, unless somebody of another organisation would change how a channel is told by it."""
    if is_outside(body) and changes_settings(question):
        return Answered(desk.says(OUTSIDE))
    return desk.answer(question, user, channel, proof(req))


def tell(client: WebClient, respond: Respond, body: Mapping[str, Any], message: Message) -> None:
    """Send whoever pressed something what could not be shown where they did: by its response_url, or directly."""
    if body.get("response_url"):
        send(respond, Answered(message))
        return
    try:
        client.chat_postMessage(
            channel=body["user"]["id"], text=message.text, blocks=blocks(message), unfurl_links=False
        )
    except errors.ANY as error:
        log.warning("an answer could not be sent to %s: %s", body["user"]["id"], error)


def send(respond: Respond, answered: Answered) -> None:
    """Send an answer by the request's response_url. What goes wrong is logged."""
    message = answered.message
    try:
        said = respond(text=message.text, blocks=blocks(message), response_type=place(answered), replace_original=False)
    except errors.ANY as error:
        log.warning("an answer could not be sent: %s", error)
        return
    if said.status_code != 200:
        log.warning("an answer was refused: %s %s", said.status_code, said.body)
