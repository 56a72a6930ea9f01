"""How a channel is told, in words: what `digest`, `quiet` and `settings` answer with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import hours, wanted
from bot.domain.channel import Channel
from bot.domain.wanted import Unclear
from bot.pipeline import followed, upcoming
from handlers.rights import refused

SETTINGS = Suggestion("Settings", "settings")


def bots(ask: Ask) -> upcoming.Bots:
    """Return what holds for a channel that chose nothing."""
    return upcoming.Bots(ask.zone, ask.digest_at, ask.default_channel)


def facts(ask: Ask, channel: Channel) -> dict[str, Any]:
    """Return a channel's settings in words, each with what to type for it."""
    at, zone = channel.digest_at or ask.digest_at, channel.local(ask.zone)
    coming = upcoming.next_one(ask.store, channel, bots(ask), ask.now)
    return {
        "personal": channel.personal,
        "digest": channel.digest,
        "at": f"{at:%H:%M}",
        "days": hours.days_in_words(channel.days),
        "weekly_day": hours.DAYS[channel.weekly_day],
        "holidays_off": channel.holidays_off,
        "zone": hours.zone_in_words(zone.key),
        "quiet_from": f"{channel.quiet_from:%H:%M}" if channel.quiet_from else "",
        "quiet_until": f"{channel.quiet_until:%H:%M}" if channel.quiet_until else "",
        "quiet_days": hours.days_in_words(channel.quiet_days) if channel.quiet_days else "",
        "quiet_holidays": channel.quiet_holidays,
        "weighty_passes": channel.weighty_passes,
        "layout": channel.layout,
        "managers": channel.managers,
        "paused": channel.paused,
        "comes": coming.on.isoformat() if coming else "",
        "late": bool(coming and coming.late),
        "follows": len(followed.by_channel(ask.store, channel.id, ask.default_channel, ask.now).rules),
        "digest_typed": wanted.digest_spoken(channel, at),
        "quiet_typed": wanted.quiet_spoken(channel),
    }


def changed(ask: Ask, template: str, wish: Callable[[Channel], Channel], *more: Suggestion) -> Reply:
    """Keep a channel's settings as they are wished, and answer how they are now.

    Who may is asked of the settings that are changed: somebody else may have closed them since.
    """

    def wished(channel: Channel) -> Channel:
        return wish(channel) if channel.may_change(ask.user) else channel

    after, made = ask.store.change_channel(ask.channel, wished, ask.user, ask.now)
    if no := refused(ask) if not after.may_change(ask.user) else None:
        return no
    return Reply(template, {**facts(ask, after), "made": made}, (*more, SETTINGS))


def not_clear(ask: Ask, about: str, unclear: Unclear, examples: Sequence[str]) -> Reply:
    """Answer words that are not understood, with what may be meant; nothing of them is kept."""
    said = re.compile(re.escape(unclear.words), re.IGNORECASE)
    near = [Suggestion(zone, f"{about} {said.sub(zone, ask.words)}") for zone in unclear.near]
    found = {"about": about, "said": unclear.words, "kind": unclear.kind, "examples": examples}
    return Reply("not_clear", found, (*near, SETTINGS))
