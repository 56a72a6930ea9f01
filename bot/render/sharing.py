"""An answer that somebody shares: who did so stands below it, where Slack does not show it by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.ports import Message
from bot.render.blocks import small
from bot.render.budget import fits

_PERSON = re.compile(r"[UW][A-Z0-9]+")


def signed(message: Message, user: str) -> Message:
    """Return a message with the name of who shared it; as it is, where there is no room for more."""
    if not message.blocks or not _PERSON.fullmatch(user):
        return message
    more = [*map(dict, message.blocks), small(f"Shared by <@{user}>")]
    return replace(message, blocks=tuple(more)) if fits(more) else message
