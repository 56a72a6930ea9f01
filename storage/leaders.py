"""Who does what one process must do alone (`leader`), and which requests one of several has taken (`handled`).

A lease ends by itself, so whoever was killed is followed by another. Whoever was only stopped, and wakes, still
believes that it leads: its fence is older than the one kept here, and each of its transactions is refused.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.ports import Deposed, Term
from storage import tables as t
from storage.upsert import insert_for

_l = t.leader.c
SKEW = timedelta(minutes=1)
"""How far apart the clocks of two processes may be."""
REMEMBERED = timedelta(hours=1)
"""Slack sends a request again for at most so long."""


def lead(connection: Connection, task: str, holder: str, now: datetime, seconds: float) -> Term | None:
    """See `Store.lead`."""
    until = now + timedelta(seconds=seconds)
    first = insert_for(connection, t.leader).values(task=task, holder=holder, fence=1, until=until)
    if connection.execute(first.on_conflict_do_nothing().returning(_l.task)).first():
        return Term(task, holder, 1, until)
    kept = connection.execute(select(t.leader).where(_l.task == task).with_for_update()).one()
    # A lease that ends later than any can was taken by a clock that was wrong.
    if kept.holder != holder and now < kept.until <= until + SKEW:
        return None
    # Nobody else can have written since while the holder is the same, however late it renews.
    fence = kept.fence if kept.holder == holder else kept.fence + 1
    connection.execute(update(t.leader).where(_l.task == task).values(holder=holder, fence=fence, until=until))
    return Term(task, holder, fence, until)


def resign(connection: Connection, term: Term, now: datetime) -> None:
    """See `Store.resign`."""
    mine = (_l.task == term.task) & (_l.fence == term.fence) & (_l.holder == term.holder)
    connection.execute(update(t.leader).where(mine).values(until=now))


def require(connection: Connection, term: Term) -> None:
    """Make sure that a term is the present one, until the transaction's end.

    Raises:
        Deposed: another holder has begun one since.
    """
    mine = (_l.task == term.task) & (_l.fence == term.fence) & (_l.holder == term.holder)
    if connection.execute(select(_l.task).where(mine).with_for_update(read=True)).first() is None:
        raise Deposed(f"Another process does the {term.task} since {term.until:%H:%M:%S} UTC; nothing was written.")


def first(connection: Connection, key: str, now: datetime) -> bool:
    """See `Store.first`."""
    connection.execute(delete(t.handled).where(t.handled.c.at < now - REMEMBERED))
    taken = insert_for(connection, t.handled).values(key=key, at=now).on_conflict_do_nothing()
    return connection.execute(taken.returning(t.handled.c.key)).first() is not None
