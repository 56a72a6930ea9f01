"""Which channel follows what, what it muted, and which digests were begun. Each deed of a person is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.domain import digest
from bot.domain.follow import Mute, Subscription
from bot.ports import Deed, DigestRun
from storage import tables as t
from storage.deeds import keep
from storage.upsert import insert_for


def subscriptions(connection: Connection, channel: str | None) -> list[Subscription]:
    """See `Store.subscriptions`."""
    query = select(t.subscription).order_by(t.subscription.c.id)
    if channel is not None:
        query = query.where(t.subscription.c.channel == channel)
    return [_subscription(row) for row in connection.execute(query)]


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        row.channel,
        row.selector,
        row.made_by,
        row.made_at,
        row.delivery,
        tuple(row.only),
        tuple(row.but_not),
        row.least,
        row.layout,
    )


def subscribe(
    connection: Connection,
    subscription: Subscription,
    instead_of: Callable[[Subscription | None], None] | None = None,
) -> bool:
    """See `Store.subscribe`. The same with other options is a new wish: it takes the place of the old one."""
    kept = t.subscription.c
    same = (kept.channel == subscription.channel) & (kept.selector == subscription.selector)
    row = connection.execute(select(t.subscription).where(same)).first()
    held = _subscription(row) if row else None
    if instead_of is not None:
        instead_of(held)
    before = terms(held) if held else ""
    if before == terms(subscription):
        return False
    values = {**asdict(subscription), "only": list(subscription.only), "but_not": list(subscription.but_not)}
    if row is not None:
        connection.execute(update(t.subscription).where(same).values(values))
    else:
        made = insert_for(connection, t.subscription).on_conflict_do_nothing().returning(kept.id)
        if connection.execute(made, values).first() is None:
            return False
    keep(connection, _deed(subscription, "subscribed", before, terms(subscription)))
    return True


def terms(subscription: Subscription) -> str:
    """Return the options of a subscription, as the audit shows them."""
    found = [f"delivery={subscription.delivery}"]
    found += [f"only={','.join(subscription.only)}"] if subscription.only else []
    found += [f"but_not={','.join(subscription.but_not)}"] if subscription.but_not else []
    found += [f"least={subscription.least}"] if subscription.least else []
    return " ".join([*found, *([f"layout={subscription.layout}"] if subscription.layout else [])])


def _deed(one: Subscription, what: str, before: str, after: str) -> Deed:
    return Deed(one.made_at, one.made_by, one.channel, what, one.selector, before, after)


def unsubscribe(connection: Connection, channel: str, selector: str, by: str, at: datetime) -> bool:
    """See `Store.unsubscribe`."""
    kept = t.subscription.c
    same = (kept.channel == channel) & (kept.selector == selector)
    row = connection.execute(select(t.subscription).where(same)).first()
    if row is None or connection.execute(delete(t.subscription).where(same)).rowcount != 1:
        return False
    keep(connection, Deed(at, by, channel, "unsubscribed", selector, terms(_subscription(row))))
    return True


# --- mutes -----------------------------------------------------------------------------------------------------------


def mutes(connection: Connection, channel: str | None, since: datetime | None) -> list[Mute]:
    """See `Store.mutes`."""
    query = select(t.mute)
    if channel is not None:
        query = query.where(t.mute.c.channel == channel)
    if since is not None:
        query = query.where(t.mute.c.until > since)
    # Sorted here: for the order SQLite would look through all that ever were, by number, instead of the few that hold.
    rows = sorted(connection.execute(query), key=lambda row: row.id)
    return [Mute(row.channel, row.selector, row.until, row.made_by, row.made_at) for row in rows]


def mute(connection: Connection, one: Mute) -> None:
    """See `Store.mute`. What was muted before by the same name ends where this begins."""
    before = _end(connection, one.channel, one.selector, one.made_at)
    connection.execute(insert(t.mute), asdict(one))
    deed = Deed(one.made_at, one.made_by, one.channel, "muted", one.selector, before, f"until {one.until.isoformat()}")
    keep(connection, deed)


def unmute(connection: Connection, channel: str, selector: str, by: str, at: datetime) -> bool:
    """See `Store.unmute`."""
    before = _end(connection, channel, selector, at)
    if before:
        keep(connection, Deed(at, by, channel, "unmuted", selector, before))
    return bool(before)


def _end(connection: Connection, channel: str, selector: str, at: datetime) -> str:
    """End what is muted by a name at a time; return until when it was, in words, empty where nothing was."""
    kept = t.mute.c
    holding = (kept.channel == channel) & (kept.selector == selector) & (kept.until > at)
    until = connection.execute(select(kept.until).where(holding)).scalar()
    if until is None:
        return ""
    connection.execute(update(t.mute).where(holding).values(until=at))
    return f"until {until.isoformat()}"


# --- digests ---------------------------------------------------------------------------------------------------------

WEEKLY = "#weekly"
"""Behind a channel's id it names the runs of what is told weekly: on its weekday the daily digest tells that too."""


def digest_before(connection: Connection, channel: str, on: date, *, weekly: bool) -> tuple[date, int] | None:
    """See `Store.digest_before`."""
    run, name = t.digest_run.c, channel + WEEKLY if weekly else channel
    query = select(run.local_date, run.upto).where(run.channel == name, run.local_date < on)
    row = connection.execute(query.order_by(run.local_date.desc()).limit(1)).first()
    return None if row is None else (row.local_date, row.upto)


def digests_begun(connection: Connection, channels: Collection[str], since: date) -> dict[str, date]:
    """See `Store.digests_begun`."""
    run = t.digest_run.c
    query = select(run.channel, func.max(run.local_date).label("last")).group_by(run.channel)
    rows = connection.execute(query.where(run.channel.in_(list(channels)), run.local_date >= since))
    return {row.channel: row.last for row in rows}


def digests(connection: Connection, channel: str, since: date) -> list[DigestRun]:
    """See `Store.digests`."""
    run = t.digest_run.c
    query = select(t.digest_run).where(run.channel == channel, run.local_date >= since).order_by(run.local_date)
    rows = {digest.key(channel, row.local_date): row for row in connection.execute(query)}
    kept = select(t.outbox.c.key, t.outbox.c.payload).where(t.outbox.c.key.in_(list(rows)))
    told = {row.key: frozenset(row.payload.get("changes", ())) for row in connection.execute(kept)}
    return [DigestRun(row.local_date, row.upto, row.made_at, told.get(key, frozenset())) for key, row in rows.items()]


def begin_digest(
    connection: Connection, channel: str, on: date, upto: int, now: datetime, *, weekly: int | None
) -> bool:
    """Keep that the channel's digest of a local date was begun; False where it was before."""
    begun = insert_for(connection, t.digest_run).on_conflict_do_nothing().returning(t.digest_run.c.upto)
    row = {"channel": channel, "local_date": on, "upto": upto, "made_at": now}
    if connection.execute(begun, row).first() is None:
        return False
    if weekly is not None:
        connection.execute(begun, {**row, "channel": channel + WEEKLY, "upto": weekly})
    return True


def forget_digests(connection: Connection, channel: str, keys: Collection[str]) -> None:
    """Forget that those digests of a channel were begun, by their messages' keys, so that the next one tells what they
    would have told.
    """
    run = t.digest_run.c
    begun = select(run.local_date).where(run.channel == channel)
    dates = [on for on in connection.execute(begun).scalars() if digest.key(channel, on) in keys] if keys else []
    named = run.channel.in_([channel, channel + WEEKLY]) & run.local_date.in_(dates)
    connection.execute(delete(t.digest_run).where(named))
