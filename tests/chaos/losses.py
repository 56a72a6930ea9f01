"""A thousand deliveries through a proxy that loses answers: each comes once, in its channel's order."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import storage
from bot.pipeline.deliver import APART, Deliverer
from bot.ports import Outgoing
from bot.render import Renderer
from bot.slack.poster import SlackPoster
from tests.chaos.proxy import Faults, faulty
from tests.chaos.slack import TOKEN, Workspace, workspace
from tests.world import LONDON

CHANNELS = 50
PATIENCE = 1
"""Seconds that the poster waits for an answer."""
LONGEST = 420.0
"""Seconds after which what is not delivered counts as lost."""


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def letter(number: int, channel: str) -> Outgoing:
    """Return a message that tells which one it is."""
    payload = {
        "source": f"page {number}",
        "url": "https://sec.example/",
        "heading": f"Page {number}",
        "about": "",
        "claims": number,
        "read_at": "2021-03-01T09:00:00+00:00",
        "summary": {"go_live": "", "in_scope": 0, "documents": 0, "version": "", "items": 0},
    }
    return Outgoing(f"card:{channel}:{number:04d}", channel, "card", payload, "it follows everything")


def run(folder: Path, deliveries: int = 1000, seed: int = 1) -> dict[str, Any]:
    """Deliver through the faults; return what was found in the channels and what is wrong with it."""
    logging.getLogger("bot.pipeline.deliver").setLevel(logging.CRITICAL)
    names = [f"channel-{n}" for n in range(CHANNELS)]
    faults = Faults(seed, slow=PATIENCE + 0.5)
    began = time.monotonic()
    with (
        workspace(names, folder) as slack,
        faulty(slack.url, faults) as url,
        storage.open_store(f"sqlite:///{folder}/losses.db") as store,
    ):
        queued = [letter(n, slack.channels[names[n % CHANNELS]]) for n in range(deliveries)]
        store.enqueue(queued, now())
        poster = SlackPoster(TOKEN, base_url=f"{url}/api/", timeout=PATIENCE)
        deliverer = Deliverer(store, poster, Renderer(LONDON), now, apart=APART)
        while (store.outbox().oldest_at is not None) and time.monotonic() - began < LONGEST:
            deliverer.through(time.sleep)
            time.sleep(0.05)
        state = store.outbox()
        found = counted(slack, names, queued)
    return {
        "slack": slack.what,
        "deliveries": deliveries,
        "channels": CHANNELS,
        "posts": faults.posts,
        "faults": dict(faults.met),
        **found,
        "posted while asked not to": faults.within,
        "left in the outbox": state.queued + state.sending + state.failed + state.ambiguous,
        "seconds": round(time.monotonic() - began),
    }


def counted(slack: Workspace, names: list[str], queued: list[Outgoing]) -> dict[str, int]:
    """Count in the channels what was lost, what came twice, and the channels that have another order."""
    lost = twice = disordered = 0
    for name in names:
        expected = [one.key for one in queued if one.channel == slack.channels[name]]
        keys = slack.keys(name)
        times = Counter(keys)
        lost += sum(not times[key] for key in expected)
        twice += sum(number - 1 for number in times.values())
        disordered += list(dict.fromkeys(keys)) != expected
    return {"lost": lost, "twice": twice, "out of order": disordered}


def wrong(result: dict[str, Any]) -> list[str]:
    """Return what breaks a promise."""
    must_be_none = ("lost", "twice", "out of order", "posted while asked not to", "left in the outbox")
    return [f"{name}: {result[name]}" for name in must_be_none if result[name]]
