"""Who may change what a channel follows and how it is told."""

from __future__ import annotations

from bot.asking import Ask, Reply, Suggestion


def refused(ask: Ask) -> Reply | None:
    """Return the answer to somebody who may not change anything where they ask; None where they may.

    Every command that writes asks this before it looks at what is to be written.
    """
    channel = ask.store.channel(ask.channel)
    if channel.may_change(ask.user):
        return None
    shown = (Suggestion("What is followed here", "list"), Suggestion("Settings", "settings"))
    return Reply("refused", {"managers": channel.managers}, shown)
