"""What forms keep, by the same way as the commands: who may, what is written, what is answered."""

from __future__ import annotations

from bot.asking import Ask, Reply
from bot.domain.channel import Channel
from bot.ports import Message
from bot.render import Renderer
from handlers.rights import refused


def message(reply: Reply, ask: Ask) -> Message:
    """Return a reply as it shows in a form."""
    return Renderer(ask.zone).reply(reply)


def settle(ask: Ask, channel: Channel) -> Reply:
    """Keep how a channel wants to be told, and answer with what is so now."""
    if reply := refused(ask):
        return reply
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    facts = {
        "changed": ask.store.keep_channel(channel, ask.user, ask.now),
        "channel": channel,
        "days": [days[day] for day in channel.days],
        "at": f"{channel.digest_at or ask.digest_at:%H:%M}",
        "zone": channel.zone or ask.zone.key,
    }
    return Reply("settings_kept", facts)
