"""Who changed which subscriptions and settings, and when: one row a deed, never changed."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from bot.ports import Deed
from storage import tables as t


def keep(connection: Connection, deed: Deed) -> None:
    """Keep a deed; it is written in the transaction that does it."""
    row = asdict(deed)
    del row["id"]
    connection.execute(insert(t.deed), row)


def deeds(connection: Connection, channel: str | None, limit: int) -> list[Deed]:
    """See `Store.deeds`."""
    query = select(t.deed).order_by(t.deed.c.id.desc()).limit(limit)
    if channel is not None:
        query = query.where(t.deed.c.channel == channel)
    return [
        Deed(row.at, row.user, row.channel, row.what, row.subject, row.before, row.after, row.id)
        for row in reversed(connection.execute(query).all())
    ]
