"""Flapping: how far back one must look to know which of the last changes took back another one, and what goes to and
fro so often that it is told no more.

A→B is news, B→A takes it back, A→B again says that it is unstable; what follows is kept and told to nobody. When it has
rested for a day, who was told something else hears where it stands (`pipeline.settled`), and what comes then is news.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.changes import Told
from bot.domain.undone import LOOK_BACK, WITHIN, concerned, turns
from bot.ports import Store

UNSTABLE = 2
"""Turns after which the next one is told as unstable, and those after it are not told."""
MOST = 5_000
"""Changes about the same that are looked at."""
LONGEST = timedelta(days=128)
"""What goes to and fro for longer is paired as if it had begun then."""


def since(store: Store, news: Sequence[Told], at: datetime, until: datetime | None = None) -> list[Told]:
    """Return the changes before some news, from so far back that none of what the news may take back begins in the
    middle of a to and fro: which one takes back which is told by all of it. Only of what the news are about: nothing
    else can be taken back by them.
    """
    about = sorted({subject for one in news for subject in concerned(one)})
    ways = {(one.change.subject, one.change.attribute) for one in news}
    back = LOOK_BACK
    while True:
        kept = store.changes(since=at - back, until=until, about=about, limit=MOST)
        early = at - back + WITHIN
        begun = any(one.found_at <= early and (one.change.subject, one.change.attribute) in ways for one in kept)
        if not begun or back >= LONGEST:
            return kept
        back *= 2


def unstable(news: Sequence[Told], recent: Sequence[Told]) -> tuple[set[str], set[str]]:
    """Return the ids of the news that are to be told as unstable, and of those that are told no more; `recent`: the
    changes before them (`since`).
    """
    counts = {one.id: turns(one, recent) for one in news}
    first = {id_ for id_, count in counts.items() if count == UNSTABLE}
    return first, {id_ for id_, count in counts.items() if count > UNSTABLE}
