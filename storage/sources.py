"""Sources and how they fare (`source`), pages that feeds asked for (`next_page`), which pages answered (`answer`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, text, update

from bot.ports import Overtaken, Poll, Source, StoreError, Watch
from storage import tables as t
from storage.upsert import insert_for

_OF_SOURCE = tuple(f.name for f in fields(Source))
_OF_WATCH = tuple(f.name for f in fields(Watch) if f.name not in {"source", "next_url", "turn", "waits"})
COLUMNS = tuple(name for name in (*_OF_SOURCE, *_OF_WATCH) if name != "name")
"""What a poll may write of its source; not the turn, which counts by itself."""
_OF_URL = {"due_at": None, "etag": "", "last_modified": "", "body_sha": "", "claims_sha": ""}
"""What belongs to the source's own URL and not to another page of its stream; with what stands for "nothing known"."""
_LISTED = ("built in", "settings")
"""The origins of sources that are given in full each time; others come of what pages say."""
_IN_TROUBLE = ("doubtful", "failing")
_NO_TROUBLE = {"health": "new", "reason": "", "since": None, "failures": 0, "told": False}


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
    if _source(row) == source and row["due_at"] is not None:
        return
    values = _but_its_name(asdict(source))
    if row["due_at"] is None:
        values["due_at"] = now
    if (row["url"], row["kind"]) != (source.url, source.kind):
        # What the server said of another address, or another recogniser of this page, says nothing of this one.
        values |= _OF_URL | {"due_at": now}
    elif row["due_at"] is not None:
        values["due_at"] = min(row["due_at"], now + timedelta(minutes=source.every))
    connection.execute(update(t.source).where(t.source.c.name == source.name).values(values))


def keep_only(connection: Connection, names: Collection[str]) -> list[str]:
    """See `Store.keep_only`. Of a page that is no longer read no trouble is reported either."""
    listed = select(t.source.c.name, t.source.c.due_at, t.source.c.health).where(t.source.c.origin.in_(_LISTED))
    gone = [row for row in connection.execute(listed) if row.name not in names]
    if gone:
        connection.execute(delete(t.next_page).where(t.next_page.c.source.in_([row.name for row in gone])))
    for row in (row for row in gone if row.due_at is not None):
        # Its turn grows: a poll that is under way must not make it due again.
        values = {"due_at": None, "turn": t.source.c.turn + 1} | (_NO_TROUBLE if row.health in _IN_TROUBLE else {})
        connection.execute(update(t.source).where(t.source.c.name == row.name).values(values))
    return sorted(row.name for row in gone if row.due_at is not None)


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


_WAITS = select(t.claim.c.id).where(t.claim.c.source == t.source.c.name, text("held")).exists()
"""Whether a claim of the source waits for confirmation; in the words of the index, see `storage.claims.HELD`."""
_ALL = select(t.source, _WAITS.label("waits"))


def watches(connection: Connection) -> list[Watch]:
    """See `Store.watches`."""
    rows = connection.execute(_ALL).mappings()
    return sorted((_watch(row) for row in rows), key=lambda watch: watch.source.name)


def due(connection: Connection, now: datetime) -> list[Watch]:
    """See `Store.due`: each source that is due, and each page that a feed asked for."""
    own = connection.execute(_ALL.where(t.source.c.due_at <= now).order_by(t.source.c.name)).mappings()
    asked = connection.execute(
        select(
            t.source,
            _WAITS.label("waits"),
            t.next_page.c.url.label("next_url"),
            func.min(t.next_page.c.at).label("next_at"),
        )
        .join_from(t.next_page, t.source)
        .where(t.next_page.c.at <= now)
        .group_by(t.source.c.name, t.next_page.c.url)
        .order_by(func.min(t.next_page.c.id))
    ).mappings()
    found = [_watch({**row, **_OF_URL, "due_at": row["next_at"]}, row["next_url"]) for row in asked]
    found += [_watch(row) for row in own]
    return sorted(found, key=lambda watch: watch.due_at or now)


def hasten(connection: Connection, name: str, at: datetime, url: str) -> None:
    """See `Store.hasten`.

    Raises:
        StoreError: no source has that name.
    """
    row = connection.execute(select(t.source.c.name, t.source.c.due_at).where(t.source.c.name == name)).first()
    if row is None:
        raise StoreError(f"No source is called {name}; `secbot doctor` lists those that are watched.")
    if url:
        asked = insert_for(connection, t.next_page).on_conflict_do_nothing()
        connection.execute(asked, {"source": name, "url": url, "at": at})
    elif row.due_at is None or row.due_at > at:
        connection.execute(update(t.source).where(t.source.c.name == name).values(due_at=at))


def recorded(connection: Connection, poll: Poll) -> None:
    """Keep how a source fares after a poll, and that its page was answered.

    Raises:
        Overtaken: another process recorded it since the poll's watch was read.
    """
    watch, is_source = poll.watch, t.source.c.name == poll.watch.source.name
    before = connection.execute(select(t.source).where(is_source)).mappings().first()
    if before is None:
        add(connection, [watch.source], poll.at)
    elif watch.next_url:
        _read_once(connection, poll)
    elif watch.turn not in {None, before["turn"]}:
        raise Overtaken(f"{watch.source.name} was read by another secbot meanwhile; that reading stands.")
    values = _of_page(watch, before) if watch.next_url else _but_its_name(_row(watch)) | {"turn": t.source.c.turn + 1}
    connection.execute(update(t.source).where(is_source).values(values))
    unchanged = not watch.next_url and watch.last_read_at != (before["last_read_at"] if before else None)
    if poll.page is not None or unchanged:
        _answered(connection, watch, poll.at)


def _of_page(watch: Watch, before: RowMapping | None) -> dict[str, Any]:
    """What another page of the stream tells of the source: that something changed. The rest is of its own URL."""
    known = before["last_changed_at"] if before else None
    changed = [moment for moment in (watch.last_changed_at, known) if moment]
    return {"last_changed_at": max(changed, default=None)}


def _read_once(connection: Connection, poll: Poll) -> None:
    """Take a page off the queue; if it was asked for again at a later time, that stays."""
    of_page = (t.next_page.c.source == poll.watch.source.name) & (t.next_page.c.url == poll.watch.next_url)
    first = connection.execute(select(func.min(t.next_page.c.at)).where(of_page)).scalar()
    if first is not None:
        connection.execute(delete(t.next_page).where(of_page, t.next_page.c.at <= max(first, poll.at)))
    elif poll.watch.turn is not None:
        raise Overtaken(f"{poll.watch.next_url} was read by another secbot meanwhile; that reading stands.")


def _answered(connection: Connection, watch: Watch, at: datetime) -> None:
    url = watch.next_url or watch.source.url
    said = insert_for(connection, t.answer).values(source=watch.source.name, url=url, at=at)
    connection.execute(said.on_conflict_do_update(index_elements=["source", "url"], set_={"at": said.excluded.at}))


def reads_since(connection: Connection, since: datetime) -> int:
    """See `Store.reads_since`."""
    return connection.execute(select(func.count()).select_from(t.answer).where(t.answer.c.at >= since)).scalar_one()


def _but_its_name(row: dict[str, Any]) -> dict[str, Any]:
    """What may be updated: to set the name, even to what it is, makes SQLite look at all rows that refer to it."""
    return {name: value for name, value in row.items() if name != "name"}


def columns(watch: Watch) -> dict[str, Any]:
    """Return what `COLUMNS` hold of a watch."""
    return _but_its_name(_row(watch))


def _row(watch: Watch) -> dict[str, Any]:
    source = {name: getattr(watch.source, name) for name in _OF_SOURCE}
    return source | {name: getattr(watch, name) for name in _OF_WATCH}


def _source(row: RowMapping | dict[str, Any]) -> Source:
    return Source(**{name: row[name] for name in _OF_SOURCE})


def _watch(row: RowMapping | dict[str, Any], next_url: str = "") -> Watch:
    fares = {name: row[name] for name in _OF_WATCH}
    return Watch(_source(row), **fares, next_url=next_url, turn=row["turn"], waits=bool(row["waits"]))
