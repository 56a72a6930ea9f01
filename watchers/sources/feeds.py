"""The feeds that WordPress offers. Not known to be switched on, so a missing one is no trouble; an entry makes secbot
read the page that it links.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.ports import Source
from watchers.sources import SITE


def sources(today: date) -> Iterable[Source]:  # noqa: ARG001 - the same on any day
    """Return the feeds; their entries' pages belong to the archives of news."""
    return (
        Source("feed", f"{SITE}/feed/", "feed", every=30, stream="latest-news", expected=True),
        Source("feed-latest-news", f"{SITE}/latest-news/feed/", "feed", every=15, stream="latest-news", expected=True),
        Source(
            "feed-sec-release",
            f"{SITE}/tag/sec-release/feed/",
            "feed",
            every=30,
            stream="news-sec-release",
            expected=True,
        ),
    )
