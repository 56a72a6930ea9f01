"""Answers as they show in a form."""

from __future__ import annotations

from bot.asking import Ask, Reply
from bot.ports import Message
from bot.render import Renderer


def said(reply: Reply, ask: Ask) -> Message:
    """Return a reply as it shows in a form."""
    return Renderer(ask.zone).reply(reply)
