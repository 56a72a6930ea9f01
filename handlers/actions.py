"""Buttons: one below an answer asks its question, whatever it stands in.

In a message the answer comes to the person who pressed it, or to all where it is shared. In Home what changes something
is done and Home shown anew; everything else is answered in a modal, as is what is asked in one.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Respond
from slack_sdk import WebClient

from bot.asking import Answered
from bot.ports import Message
from bot.render import forms
from bot.render.sharing import signed
from bot.render.text import plain
from bot.slack import errors
from bot.slack.desk import Desk
from handlers import home, modals
from handlers.desk import answered, blocks, send, tell
from handlers.modals.meta import Stale
from handlers.routing import writes

log = logging.getLogger(__name__)

ASK = re.compile(r"^ask:\d+$")
TITLE = "secbot"


def register(app: App, desk: Desk) -> None:
    """Listen to buttons. Slack waits for the acknowledgement only; the answer follows."""

    def ask(
        action: dict[str, Any], body: dict[str, Any], req: BoltRequest, respond: Respond, client: WebClient
    ) -> None:
        question, user, view = action.get("value") or "", body["user"]["id"], body.get("view") or {}
        try:
            channel = modals.channel_of(desk, body)
        except Stale as stale:
            if not modals.show(client, body, modals.unbelieved(desk, stale, user)):
                tell(client, respond, body, Message(modals.PRESS_AGAIN))
            return
        reply = answered(desk, body, question, user, channel, req)
        if reply.shared:
            reply = replace(reply, message=signed(reply.message, user))
        if not view:
            send(respond, reply)
        elif view.get("type") == "home" and desk.asks and writes(question):
            before = home.glance(view.get("private_metadata") or "", user)
            said = plain(reply.message.text)
            home.publish(client, desk, desk.asks, user, before, said=said, again=True)
        else:
            shown = _shared(client, channel, reply) if reply.shared and channel != user else reply.message
            meta = view.get("private_metadata") or "" if view.get("type") == "modal" else ""
            if not modals.show(client, body, forms.told(TITLE, shown, meta)):
                tell(client, respond, body, shown)
            before = home.glance(modals.remembered(view, "home"), user)
            if before and desk.asks and writes(question):
                home.publish(client, desk, desk.asks, user, before, again=True)

    app.action(ASK)(ack=_acknowledge, lazy=[ask])
    # A button that is a link reports its being pressed, too.
    app.action(re.compile(".*"))(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()


def _shared(client: WebClient, channel: str, answered: Answered) -> Message:
    """Post what is shared from a modal, which has no way of its own into the channel; return what to show there."""
    try:
        client.chat_postMessage(
            channel=channel, text=answered.message.text, blocks=blocks(answered.message), unfurl_links=False
        )
    except errors.ANY as error:
        log.warning("an answer could not be shared in %s: %s", channel, error)
        return Message("That could not be shared: invite secbot to the channel first, with `/invite @secbot`.")
    return Message("It is in the channel now.")
