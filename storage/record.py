"""One answer of the web, whole or not at all."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from bot.ports import Capture, Page, Poll, StoreError
from storage import changes, claims, items, outbox, sources
from storage import tables as t
from storage.upsert import insert_for


def record(connection: Connection, poll: Poll) -> int | None:
    """See `Store.record`: the source, the body, its claims, the changes, the messages, the new sources."""
    sources.recorded(connection, poll)
    capture = _keep(connection, poll, poll.page) if poll.page else None
    _keep_claims(connection, poll, capture)
    changes.keep(connection, poll.changes)
    outbox.queue(connection, poll.outgoing, poll.at)
    sources.discover(connection, poll.discovered, poll.at)
    return capture


def _keep(connection: Connection, poll: Poll, page: Page) -> int:
    sha = hashlib.sha256(page.body).hexdigest()
    if connection.execute(select(t.body.c.sha).where(t.body.c.sha == sha)).first() is None:
        connection.execute(insert_for(connection, t.body).on_conflict_do_nothing(), body_row(sha, page.body))
    values = capture_row(poll, page, sha)
    return int(connection.execute(insert(t.capture).returning(t.capture.c.id), values).scalar_one())


def body_row(sha: str, body: bytes) -> dict[str, Any]:
    """Return the row of a body."""
    return {"sha": sha, "data": zlib.compress(body), "size": len(body)}


def capture_row(poll: Poll, page: Page, sha: str) -> dict[str, Any]:
    """Return the row of a capture, which the database numbers."""
    return {
        "source": poll.watch.source.name,
        "url": page.url,
        "fetched_at": page.fetched_at,
        "body_sha": sha,
        "content_type": page.content_type,
        "state": poll.state,
        "reason": poll.reason,
        "heading": poll.heading,
    }


def _keep_claims(connection: Connection, poll: Poll, capture: int | None) -> None:
    moves = poll.opened or poll.closed or poll.held
    if not (moves or poll.items or (poll.page and poll.state == "accepted")):
        return
    source = poll.watch.source.name
    capture = capture or _last_capture(connection, source)
    at = poll.page.fetched_at if poll.page else poll.at
    items.see(connection, source, poll.items, capture)
    claims.close(connection, source, poll.closed, capture, at)
    claims.open_(connection, source, poll.opened, capture, at)
    claims.hold(connection, source, poll.held)


def _last_capture(connection: Connection, source: str) -> int:
    """What an answer without a body confirms: the body before."""
    last = select(t.capture.c.id).where(t.capture.c.source == source).order_by(t.capture.c.id.desc()).limit(1)
    found = connection.execute(last).scalar()
    if found is None:
        raise ValueError(f"{source} can claim nothing before a page of it was kept")
    return int(found)


def captures(connection: Connection, source: str | None) -> list[Capture]:
    """See `Store.captures`."""
    query = select(t.capture).order_by(t.capture.c.id)
    if source is not None:
        query = query.where(t.capture.c.source == source)
    return [_capture(row) for row in connection.execute(query)]


def first_capture(connection: Connection) -> Capture | None:
    """See `Store.first_capture`."""
    row = connection.execute(select(t.capture).order_by(t.capture.c.id).limit(1)).first()
    return _capture(row) if row else None


def last_capture(
    connection: Connection, source: str, wanted: Mapping[str, Any], until: datetime | None, before: int
) -> Capture | None:
    """See `Store.last_capture`."""
    query = select(t.capture).where(t.capture.c.source == source).order_by(t.capture.c.id.desc()).limit(1)
    for column, value in wanted.items():
        query = query.where(t.capture.c[column] == value) if value else query
    query = query.where(t.capture.c.fetched_at <= until) if until else query
    query = query.where(t.capture.c.id < before) if before else query
    row = connection.execute(query).first()
    return _capture(row) if row else None


def capture(connection: Connection, number: int) -> Capture | None:
    """See `Store.capture`."""
    row = connection.execute(select(t.capture).where(t.capture.c.id == number)).first()
    return _capture(row) if row else None


def _capture(row: Row[Any]) -> Capture:
    return Capture(row.id, row.source, row.url, row.fetched_at, row.body_sha, row.content_type, row.state, row.reason)


def body(connection: Connection, sha: str) -> bytes:
    """See `Store.body`.

    Raises:
        StoreError: there is none.
    """
    data = connection.execute(select(t.body.c.data).where(t.body.c.sha == sha)).scalar()
    if data is None:
        raise StoreError(f"No body {sha} is kept in this database; put back a copy that has it.")
    return zlib.decompress(data)
