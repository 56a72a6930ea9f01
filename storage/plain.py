"""Answers that tell nothing new, many in one transaction: most of what a cycle over many pages writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.ports import Page, Poll
from storage import record, sources
from storage import tables as t
from storage.upsert import insert_for

_MOST_NAMED = 500
"""Names in one query: SQLite takes some 32,000, and some builds of it 999."""
_NAMED = select(t.source.c.name, t.source.c.turn, t.source.c.last_read_at).where(
    t.source.c.name.in_(bindparam("names", expanding=True))
)
_FARES = (
    update(t.source)
    .where(t.source.c.name == bindparam("the_name"))
    .values({name: bindparam(name) for name in sources.COLUMNS} | {"turn": t.source.c.turn + 1})
)


def record_plain(connection: Connection, polls: Sequence[Poll]) -> list[Poll]:
    """See `Store.record_plain`."""
    kept = _kept(connection, [poll.watch.source.name for poll in polls])
    known = [poll for poll in polls if poll.watch.source.name in kept]
    overtaken = [poll for poll in known if poll.watch.turn not in {None, kept[poll.watch.source.name][0]}]
    standing = [poll for poll in known if poll not in overtaken] if overtaken else known
    if standing:
        connection.execute(_FARES, [_row(poll) for poll in standing])
    answered = [p for p in standing if p.page or p.watch.last_read_at != kept[p.watch.source.name][1]]
    if answered:
        _answered(connection, answered)
    _keep(connection, [(poll, poll.page) for poll in standing if poll.page])
    for poll in (poll for poll in polls if poll.watch.source.name not in kept):
        record.record(connection, poll)
    return overtaken


def _kept(connection: Connection, names: Sequence[str]) -> dict[str, tuple[int, Any]]:
    """Return the turn of sources and when they were read last."""
    found: dict[str, tuple[int, Any]] = {}
    for n in range(0, len(names), _MOST_NAMED):
        rows = connection.execute(_NAMED, {"names": names[n : n + _MOST_NAMED]})
        found |= {row.name: (row.turn, row.last_read_at) for row in rows}
    return found


def _row(poll: Poll) -> dict[str, Any]:
    return {"the_name": poll.watch.source.name} | sources.columns(poll.watch)


def _answered(connection: Connection, polls: Sequence[Poll]) -> None:
    said = insert_for(connection, t.answer)
    upsert = said.on_conflict_do_update(index_elements=["source", "url"], set_={"at": said.excluded.at})
    rows = [{"source": poll.watch.source.name, "url": poll.watch.source.url, "at": poll.at} for poll in polls]
    connection.execute(upsert, rows)


_BODIES = select(t.body.c.sha).where(t.body.c.sha.in_(bindparam("shas", expanding=True)))


def _keep(connection: Connection, kept: Sequence[tuple[Poll, Page]]) -> None:
    """Keep bodies that say the same as the ones before."""
    if not kept:
        return
    hashed = [(hashlib.sha256(page.body).hexdigest(), poll, page) for poll, page in kept]
    bodies = {sha: page.body for sha, _, page in hashed}
    captures = [record.capture_row(poll, page, sha) for sha, poll, page in hashed]
    known: set[str] = set()
    for n in range(0, len(captures), _MOST_NAMED):
        shas = [row["body_sha"] for row in captures[n : n + _MOST_NAMED]]
        known |= set(connection.execute(_BODIES, {"shas": shas}).scalars())
    new = [record.body_row(sha, body) for sha, body in bodies.items() if sha not in known]
    if new:
        connection.execute(insert_for(connection, t.body).on_conflict_do_nothing(), new)
    connection.execute(insert(t.capture), captures)
