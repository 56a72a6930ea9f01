"""Items of streams: posts of an archive, entries of a feed, papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from bot.domain.claims import Item
from storage import tables as t
from storage.upsert import insert_for


def items(connection: Connection, source: str) -> tuple[Item, ...]:
    """Return the items of a stream, in the order in which they were seen first."""
    seen = select(t.item).where(t.item.c.source == source).order_by(t.item.c.capture, t.item.c.key)
    rows = connection.execute(seen)
    return tuple(Item(row.key, row.title, row.posted_on, row.truncated, row.url) for row in rows)


def see(connection: Connection, source: str, seen: Iterable[Item], capture: int) -> None:
    """Keep items as they are seen now. One that was seen whole once stays so, and keeps what a teaser leaves out."""
    kept = {item.key: item for item in items(connection, source)}
    rows = {item.key: _item_row(_known(kept.get(item.key), item), source, capture) for item in seen}
    if rows:
        write = insert_for(connection, t.item)
        now = {name: write.excluded[name] for name in ("title", "posted_on", "truncated", "url")}
        connection.execute(write.on_conflict_do_update(index_elements=["source", "key"], set_=now), list(rows.values()))


def _known(before: Item | None, now: Item) -> Item:
    if before is None:
        return now
    worse = now.truncated and not before.truncated
    return Item(
        now.key,
        before.title if worse or not now.title else now.title,
        now.posted_on or before.posted_on,
        now.truncated and before.truncated,
        now.url or before.url,
    )


def _item_row(item: Item, source: str, capture: int) -> dict[str, Any]:
    return {
        "source": source,
        "key": item.key,
        "title": item.title,
        "posted_on": item.posted_on,
        "truncated": item.truncated,
        "url": item.url,
        "capture": capture,
    }
