"""status: how well the pages are read, what waits to be sent"""

from __future__ import annotations

from bot.asking import Ask, Reply
from bot.pipeline.answers import health

GROUP = "proof"
ORDER = 70
ALIASES = ("health", "sources", "ping", "pages")


def run(ask: Ask) -> Reply:
    """Answer with the health of the sources and of delivery."""
    return Reply("status", {**health.facts(ask.store, ask.now, ask.default_channel), "now": ask.now})
