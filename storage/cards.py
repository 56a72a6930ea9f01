"""Cards: the messages below which later changes are told, and which message told what."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, text

from bot.domain.channel import PAUSES, REFUSALS
from bot.ports import Card, Outgoing, Telling
from storage import tables as t
from storage.upsert import insert_for

_state = t.outbox.c.state
TELLS = _state.not_in(("skipped", "failed")) | ((_state == "failed") & t.outbox.c.error.in_([*REFUSALS, *PAUSES]))
"""Whether a message told what it tells, or will: it was not left unsent, nor refused, but for a pause of its channel,
after which it is sent.
"""


def card(connection: Connection, channel: str, subject: str) -> Card | None:
    """See `Store.card`."""
    return next(iter(cards(connection, [channel], [subject])), None)


def cards(connection: Connection, channels: Collection[str], subjects: Collection[str]) -> list[Card]:
    """See `Store.cards`."""
    mine = select(t.card).where(t.card.c.channel.in_(channels), t.card.c.subject.in_(subjects))
    rows = connection.execute(mine.order_by(t.card.c.channel, t.card.c.subject)) if channels and subjects else ()
    return [Card(row.channel, row.subject, row.ts, row.place, row.made_at) for row in rows]


def keep(connection: Connection, one: Card) -> None:
    """Keep a card; it takes the place of the channel's old one of that subject."""
    row = {
        "channel": one.channel,
        "subject": one.subject,
        "ts": one.ts,
        "place": one.place,
        "made_at": one.made_at,
    }
    put = insert_for(connection, t.card).on_conflict_do_update(
        index_elements=["channel", "subject"], set_={name: row[name] for name in ("ts", "place", "made_at")}
    )
    connection.execute(put.values(row))


def drop(connection: Connection, channel: str, subject: str) -> None:
    """See `Store.drop_card`."""
    connection.execute(delete(t.card).where(t.card.c.channel == channel, t.card.c.subject == subject))


def tellings(connection: Connection, channel: str, change_id: str) -> list[Telling]:
    """See `Store.tellings`."""
    query = (
        select(t.outbox)
        .join_from(t.telling, t.outbox, t.telling.c.outbox == t.outbox.c.id)
        .where(t.telling.c.change == change_id, t.telling.c.channel == channel, TELLS)
        .order_by(t.outbox.c.id)
    )
    return [_telling(row) for row in connection.execute(query)]


def thread(connection: Connection, card: Card) -> list[Telling]:
    """See `Store.thread`."""
    o = t.outbox.c
    mine = select(t.outbox).where(o.channel == card.channel, o.thread == card.subject, text("outbox.thread <> ''"))
    mine = mine.where(o.state == "sent", or_(o.ts == card.ts, o.card == card.ts)).order_by(o.id)
    return [_telling(row) for row in connection.execute(mine)]


def told_to(connection: Connection, change_id: str) -> list[str]:
    """See `Store.told_to`."""
    query = select(t.telling.c.channel).join_from(t.telling, t.outbox, t.telling.c.outbox == t.outbox.c.id)
    query = query.where(t.telling.c.change == change_id, TELLS).distinct()
    return sorted(connection.execute(query).scalars())


def _telling(row: Row[Any]) -> Telling:
    message = Outgoing(row.key, row.channel, row.kind, row.payload, row.why, row.not_before, row.thread, row.broadcast)
    return Telling(message, row.ts, row.place, row.card, row.created_at)
