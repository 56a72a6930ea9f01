"""How the outbox fares, for whoever looks after it. Nothing here grows with what was sent, but for counting it all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.ports import GIVEN_UP, Entry, OutboxState
from storage import tables as t
from storage.outbox import message_of, must_look

_o = t.outbox.c
_FAILURES_SHOWN = 20
_UNDONE = ("queued", "sending", *GIVEN_UP)


def state(connection: Connection, since: datetime | None) -> OutboxState:
    """See `Store.outbox`. `failures`: the newest that failed, as "channel: error", each once."""
    by_state = select(_o.state, func.count().label("n")).where(_o.state.in_(_UNDONE)).group_by(_o.state)
    counts = {row.state: row.n for row in connection.execute(by_state)}
    sent = select(func.count()).where(_o.state == "sent")
    sent = sent.where(_o.done_at >= since) if since else sent
    newest = reversed(entries(connection, GIVEN_UP, _FAILURES_SHOWN))
    oldest = select(_o.created_at).where(_o.done_at.is_(None)).order_by(_o.id).limit(1)
    return OutboxState(
        queued=counts.get("queued", 0),
        sending=counts.get("sending", 0),
        sent=connection.execute(sent).scalar_one(),
        ambiguous=counts.get("ambiguous", 0),
        failed=counts.get("failed", 0),
        oldest_at=connection.execute(oldest).scalar(),
        failures=tuple(dict.fromkeys(f"{one.message.channel}: {one.error}" for one in newest)),
    )


def entries(connection: Connection, states: Collection[str], limit: int) -> list[Entry]:
    """See `Store.entries`."""
    rows: list[Row[Any]] = []
    for one in states:
        newest = select(t.outbox).where(_o.state == one).order_by(_o.id.desc()).limit(limit)
        rows += connection.execute(newest)
    return [_entry(row) for row in sorted(rows, key=lambda row: row.id)[-limit:]]


def _entry(row: Row[Any]) -> Entry:
    unsure = (not row.done_at and must_look(row)) or row.state == "ambiguous"
    times = (row.created_at, row.due_at, row.done_at)
    return Entry(row.id, message_of(row), row.state, row.attempts, unsure, row.error, *times, row.ts)
