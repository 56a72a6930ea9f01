"""Flapping: how far back one must look to know which of the last changes took back another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.changes import Told
from bot.domain.undone import LOOK_BACK, WITHIN
from bot.ports import Store

LONGEST = timedelta(days=128)
"""What goes to and fro for longer is paired as if it had begun then."""


def since(store: Store, news: Sequence[Told], at: datetime, until: datetime | None = None) -> list[Told]:
    """Return the changes before some news, from so far back that none of what the news may take back begins in the
    middle of a to and fro: which one takes back which is told by all of it.
    """
    ways = {(one.change.subject, one.change.attribute) for one in news}
    back = LOOK_BACK
    while True:
        kept = store.changes(since=at - back, until=until)
        early = at - back + WITHIN
        begun = any(one.found_at <= early and (one.change.subject, one.change.attribute) in ways for one in kept)
        if not begun or back >= LONGEST:
            return kept
        back *= 2
