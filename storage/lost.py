"""Lost time: what was done between a backup and its restoration is not in the database, and was done all the same.

Which time that is, is a deed of no channel: who exports what was done sees it. It begins with the last moment that the
copy knows of, however the copy was made; a little too early costs a look, too late would cost a message told twice.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, or_, select, update

from bot.ports import Deed, LostTime
from storage import deeds
from storage import tables as t

RESTORED = "restored"
_BY, _NO_CHANNEL = "secbot", ""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything can have been sent."""


def last_moment(connection: Connection) -> datetime | None:
    """Return when a page was last asked for; None for never."""
    return connection.execute(select(func.max(t.source.c.last_asked_at))).scalar()


def mark(connection: Connection, now: datetime) -> int:
    """Keep that the database was restored; return how many messages it takes for unsent, to be looked for first."""
    unsent = or_(t.outbox.c.done_at.is_(None), t.outbox.c.state == "failed")
    found = connection.execute(update(t.outbox).where(unsent).values(look_first=True)).rowcount
    begin = last_moment(connection) or _LONG_AGO
    deeds.keep(connection, Deed(now, _BY, _NO_CHANNEL, RESTORED, "", begin.isoformat()))
    return found


def lost_times(connection: Connection, since: datetime) -> list[LostTime]:
    """See `Store.lost_times`."""
    d = t.deed.c
    restored = (d.channel == _NO_CHANNEL) & (d.what == RESTORED)
    rows = connection.execute(select(d.before, d.at).where(restored, d.at > since).order_by(d.id))
    return [LostTime(datetime.fromisoformat(row.before), row.at) for row in rows]
