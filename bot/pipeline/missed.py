"""Missed: what a channel whose digest is off would have been told at once while it was paused, net, when it goes on.

where there is a digest, that tells it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import follow
from bot.domain.changes import Told
from bot.domain.net import family, net, parts
from bot.domain.undone import WITHIN
from bot.pipeline import alerts, flapping, followed, settled
from bot.pipeline.began import began
from bot.ports import Outgoing, Store


def missed(store: Store, channel: str, default: str, now: datetime) -> Iterator[Outgoing]:
    """Yield the messages for it; `default`: the channel that follows everything until it chooses."""
    deeds = store.deeds(channel)
    paused = next((one.at for one in reversed(deeds) if one.what == "paused"), None)
    if paused is None or store.channel(channel).digest != "off":
        return
    mine = followed.by_channel(store, channel, default, now)
    mine = replace(mine, rules=tuple(one for one in mine.rules if began(one, deeds, paused) <= paused))
    by_page: dict[tuple[str, str], list[Told]] = {}
    found = {one.id: (one, of) for one, of in _net(store, channel, paused)}
    for routed in follow.route([one for one, _ in found.values()], mine, now):
        for one in routed.told:
            by_page.setdefault((one.source, one.url), []).append(one)
    for (source, url), told in by_page.items():
        reading = alerts.Reading(source, url, settled.heading(store, told[-1]), now)
        for message in alerts.messages(store, channel, told, mine, reading, {}, "missed"):
            ids = message.payload["changes"]
            beside = [each.id for id_ in ids for each in found[id_][1] if each.id != id_]
            yield replace(message, payload={**message.payload, "beside": beside})


def _net(store: Store, channel: str, paused: datetime) -> Sequence[tuple[Told, tuple[Told, ...]]]:
    """Return what changed since a pause began, net; not what takes back an alert that was kept from being sent: neither
    is told.
    """
    kept = [one for one in store.changes(since=paused, limit=flapping.MOST) if not one.known_from]
    fresh = [one for one in kept if one.found_at > paused or not store.tellings(channel, one.id)]
    before = [one for one in store.changes(since=paused - WITHIN, limit=flapping.MOST) if one.found_at <= paused]
    held = [one for one in before if _is_held(store, channel, one)]

    def is_news(told: Told) -> bool:
        fact = family(told.change)
        waits = [one for one in held if family(one.change) == fact]
        return not waits or bool(net([*waits, *(one for one in fresh if family(one.change) == fact)]))

    return [part for part in parts(fresh) if is_news(part[0])]


def _is_held(store: Store, channel: str, told: Told) -> bool:
    """Whether an alert that waits tells a change."""
    tellings = store.tellings(channel, told.id)
    return bool(tellings) and not any(one.ts for one in tellings)
