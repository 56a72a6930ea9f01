"""Which channel follows what, and which digests were begun."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, delete, select, update

from bot.domain.follow import Subscription
from storage import tables as t
from storage.upsert import insert_for


def subscriptions(connection: Connection, channel: str | None) -> list[Subscription]:
    """See `Store.subscriptions`."""
    query = select(t.subscription).order_by(t.subscription.c.id)
    if channel is not None:
        query = query.where(t.subscription.c.channel == channel)
    return [
        Subscription(row.channel, row.selector, row.made_by, row.made_at, row.delivery)
        for row in connection.execute(query)
    ]


def subscribe(connection: Connection, subscription: Subscription) -> bool:
    """See `Store.subscribe`. The same with another delivery is a new wish: it takes the place of the old one."""
    kept = t.subscription.c
    same = (kept.channel == subscription.channel) & (kept.selector == subscription.selector)
    delivery = connection.execute(select(kept.delivery).where(same)).scalar()
    if delivery == subscription.delivery:
        return False
    if delivery is not None:
        connection.execute(update(t.subscription).where(same).values(asdict(subscription)))
        return True
    made = insert_for(connection, t.subscription).on_conflict_do_nothing().returning(kept.id)
    return connection.execute(made, asdict(subscription)).first() is not None


def unsubscribe(connection: Connection, channel: str, selector: str) -> bool:
    """See `Store.unsubscribe`."""
    kept = t.subscription.c
    gone = delete(t.subscription).where(kept.channel == channel, kept.selector == selector)
    return connection.execute(gone).rowcount == 1


def digest_before(connection: Connection, channel: str, on: date) -> tuple[date, int] | None:
    """See `Store.digest_before`."""
    run = t.digest_run.c
    query = select(run.local_date, run.upto).where(run.channel == channel, run.local_date < on)
    row = connection.execute(query.order_by(run.local_date.desc()).limit(1)).first()
    return None if row is None else (row.local_date, row.upto)


def digest_sent(connection: Connection, channel: str, on: date) -> bool:
    """See `Store.digest_sent`."""
    run = t.digest_run.c
    return connection.execute(select(run.upto).where(run.channel == channel, run.local_date == on)).first() is not None


def begin_digest(connection: Connection, channel: str, on: date, upto: int, now: datetime) -> bool:
    """Keep that the channel's digest of a local date was begun; False where it was before."""
    begun = insert_for(connection, t.digest_run).on_conflict_do_nothing().returning(t.digest_run.c.upto)
    row = {"channel": channel, "local_date": on, "upto": upto, "made_at": now}
    return connection.execute(begun, row).first() is not None
