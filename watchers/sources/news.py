"""The archives of news posts: the newest posts whole, one after another; older ones slide off the first page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.ports import Source
from watchers.sources import SITE


def sources(today: date) -> Iterable[Source]:  # noqa: ARG001 - the same on any day
    """Return the archive of all news and that of posts on releases."""
    return (
        Source("latest-news", f"{SITE}/latest-news/", "news", every=30),
        Source("news-sec-release", f"{SITE}/tag/sec-release/", "news", every=60),
    )
