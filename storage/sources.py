"""Sources and how they fare: `source`, the pages that feeds asked for (`next_page`), which pages answered (`answer`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bot.ports import Overtaken, Poll, Source, StoreError, Watch
from storage import tables as t
from storage.upsert import insert_for

_OF_SOURCE = tuple(f.name for f in fields(Source))
_OF_WATCH = tuple(f.name for f in fields(Watch) if f.name not in {"source", "next_url", "turn"})
_OF_URL = {"due_at": None, "etag": "", "last_modified": "", "body_sha": "", "claims_sha": ""}
"""What belongs to the source's own URL and not to another page of its stream; with what stands for "nothing known"."""


def watch(connection: Connection, sources: Iterable[Source], now: datetime) -> list[Source]:
    """See `Store.watch`. A source that isn't given stays as it is: what it said must stay answerable."""
    kept = {row["name"]: row for row in connection.execute(select(t.source)).mappings()}
    new: dict[str, Source] = {}
    for source in sources:
        if source.name in kept:
            _bring_up_to_date(connection, source, kept[source.name], now)
        else:
            new[source.name] = source
    return add(connection, new.values(), now)


def _bring_up_to_date(connection: Connection, source: Source, row: RowMapping, now: datetime) -> None:
    if _source(row) == source:
        return
    values = asdict(source)
    if (row["url"], row["kind"]) != (source.url, source.kind):
        # What the server said of another address, or another recogniser of this page, says nothing of this one.
        values |= _OF_URL | {"due_at": now}
    elif row["due_at"] is not None:
        values["due_at"] = min(row["due_at"], now + timedelta(minutes=source.every))
    connection.execute(update(t.source).where(t.source.c.name == source.name).values(values))


def add(connection: Connection, sources: Iterable[Source], now: datetime) -> list[Source]:
    """Begin to watch sources, due at once; return them."""
    new = list(sources)
    if new:
        connection.execute(insert(t.source), [_row(Watch(source, due_at=now)) | {"turn": 0} for source in new])
    return new


def discover(connection: Connection, sources: Iterable[Source], now: datetime) -> None:
    """Begin to watch what was discovered, unless a source of that name or address is watched already."""
    given = {source.name: source for source in sources}
    if not given:
        return
    rows = connection.execute(select(t.source.c.name, t.source.c.url)).all()
    names, urls = {row.name for row in rows}, {_same(row.url) for row in rows}
    new = (source for source in given.values() if source.name not in names and _same(source.url) not in urls)
    add(connection, {_same(source.url): source for source in new}.values(), now)


def _same(url: str) -> str:
    return url.partition("#")[0].rstrip("/")


def watches(connection: Connection) -> list[Watch]:
    """See `Store.watches`."""
    rows = connection.execute(select(t.source)).mappings()
    return sorted((_watch(row) for row in rows), key=lambda watch: watch.source.name)


def due(connection: Connection, now: datetime) -> list[Watch]:
    """See `Store.due`: each source that is due, and each page that a feed asked for."""
    own = connection.execute(select(t.source).where(t.source.c.due_at <= now)).mappings()
    asked = connection.execute(
        select(t.source, t.next_page.c.url.label("next_url"), t.next_page.c.at.label("next_at"))
        .join_from(t.next_page, t.source)
        .where(t.next_page.c.at <= now)
        .order_by(t.next_page.c.at, t.next_page.c.id)
    ).mappings()
    found = [_watch(row) for row in own]
    found += [_watch({**row, **_OF_URL, "due_at": row["next_at"]}, row["next_url"]) for row in asked]
    return sorted(found, key=lambda watch: (watch.due_at or now, watch.source.name if not watch.next_url else ""))


def hasten(connection: Connection, name: str, at: datetime, url: str) -> None:
    """See `Store.hasten`.

    Raises:
        StoreError: no source has that name.
    """
    row = connection.execute(select(t.source.c.name, t.source.c.due_at).where(t.source.c.name == name)).first()
    if row is None:
        raise StoreError(f"No source is called {name}; `secbot doctor` lists those that are watched.")
    if url:
        asked = insert_for(connection, t.next_page).values(source=name, url=url, at=at)
        connection.execute(
            asked.on_conflict_do_update(
                index_elements=["source", "url"],
                set_={"at": asked.excluded.at},
                where=t.next_page.c.at > asked.excluded.at,
            )
        )
    elif row.due_at is None or row.due_at > at:
        connection.execute(update(t.source).where(t.source.c.name == name).values(due_at=at))


def owner_of(connection: Connection, name: str) -> str:
    """Return the source whose claims a source's pages make: its stream, else itself."""
    return connection.execute(select(t.source.c.stream).where(t.source.c.name == name)).scalar() or name


def recorded(connection: Connection, poll: Poll) -> None:
    """Keep how a source fares after a poll, and that its page was answered.

    Raises:
        Overtaken: it was recorded by another process since the poll's watch was read.
    """
    watch = poll.watch
    before = connection.execute(select(t.source).where(t.source.c.name == watch.source.name)).mappings().first()
    if before is None:
        add(connection, [watch.source], poll.at)
    elif watch.next_url:
        _off_the_queue(connection, watch)
    elif watch.turn is not None and before["turn"] != watch.turn:
        raise Overtaken(f"{watch.source.name} was read by another secbot meanwhile; that reading stands.")
    values = _row(watch, of_url=not watch.next_url)
    connection.execute(
        update(t.source)
        .where(t.source.c.name == watch.source.name)
        .values(values | ({} if watch.next_url else {"turn": t.source.c.turn + 1}))
    )
    if poll.page is not None or watch.last_read_at != (before["last_read_at"] if before else None):
        _answered(connection, watch, poll.at)


def _off_the_queue(connection: Connection, watch: Watch) -> None:
    queued = delete(t.next_page).where(t.next_page.c.source == watch.source.name, t.next_page.c.url == watch.next_url)
    if not connection.execute(queued).rowcount and watch.turn is not None:
        raise Overtaken(f"{watch.next_url} was read by another secbot meanwhile; that reading stands.")


def _answered(connection: Connection, watch: Watch, at: datetime) -> None:
    said = insert_for(connection, t.answer).values(
        source=watch.source.name, url=watch.next_url or watch.source.url, at=at
    )
    connection.execute(
        said.on_conflict_do_update(index_elements=["source", "url"], set_={"at": said.excluded.at})
    )


def reads_since(connection: Connection, since: datetime) -> int:
    """See `Store.reads_since`."""
    return connection.execute(select(func.count()).select_from(t.answer).where(t.answer.c.at >= since)).scalar_one()


def _row(watch: Watch, *, of_url: bool = True) -> dict[str, Any]:
    values = {name: getattr(watch, name) for name in _OF_WATCH if of_url or name not in _OF_URL}
    return asdict(watch.source) | values if of_url else values


def _source(row: RowMapping | dict[str, Any]) -> Source:
    return Source(**{name: row[name] for name in _OF_SOURCE})


def _watch(row: RowMapping | dict[str, Any], next_url: str = "") -> Watch:
    return Watch(_source(row), **{name: row[name] for name in _OF_WATCH}, next_url=next_url, turn=row["turn"])
