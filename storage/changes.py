"""Changes that were found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, func, insert, select

from bot.domain.changes import Change, Delta, KeptFacts, Told
from bot.domain.views import Some
from bot.domain.vocabulary import Weight
from bot.ports import Glimpse
from storage import tables as t


def keep(connection: Connection, changes: Iterable[Told]) -> None:
    """Keep changes, in their order. One whose id is kept already is left alone."""
    given = {told.id: told for told in changes}
    if not given:
        return
    kept = set(connection.execute(select(t.change.c.id).where(t.change.c.id.in_(given))).scalars())
    new = [told for id_, told in given.items() if id_ not in kept]
    if not new:
        return
    connection.execute(insert(t.change), [_row(told) for told in new])
    ids = [told.id for told in new]
    numbers = connection.execute(select(t.change.c.id, t.change.c.seq).where(t.change.c.id.in_(ids)))
    seq = {row.id: row.seq for row in numbers}
    connection.execute(insert(t.change_about), [row for told in new for row in _about(told, seq[told.id])])


def _row(told: Told) -> dict[str, Any]:
    change = told.change
    return {
        "id": told.id,
        "kind": change.kind,
        "subject": change.subject,
        "attribute": change.attribute,
        "before": change.before,
        "after": change.after,
        "weight": int(change.weight),
        "about": list(change.about),
        "facts": dict(change.facts),
        "explains": [_delta(delta) for delta in change.explains],
        "quote_before": change.quote_before,
        "quote_after": change.quote_after,
        "source": told.source,
        "url": told.url,
        "found_at": told.found_at,
        "known_from": told.known_from,
    }


def _delta(delta: Delta) -> dict[str, Any]:
    """What is kept of a delta: not its claims, which are rows of their own."""
    return {name: getattr(delta, name) for name in ("subject", "attribute", "before", "after", "companion")}


def _about(told: Told, seq: int) -> list[dict[str, Any]]:
    subjects = dict.fromkeys((told.change.subject, *told.change.about))
    return [{"subject": subject, "seq": seq, "found_at": told.found_at} for subject in subjects]


def _told(row: Row[Any]) -> Told:
    change = Change(
        kind=row.kind,
        subject=row.subject,
        attribute=row.attribute,
        before=row.before,
        after=row.after,
        weight=Weight(row.weight),
        about=tuple(row.about),
        facts=KeptFacts(row.facts),
        quote_before=row.quote_before,
        quote_after=row.quote_after,
        explains=tuple(Delta(**delta) for delta in row.explains),
    )
    return Told(row.id, change, row.source, row.url, row.found_at, row.seq, row.known_from)


@dataclass(frozen=True, slots=True)
class Places:
    """Which changes are asked for; see `Store.changes`."""

    since: datetime | None = None
    until: datetime | None = None
    after: int = 0
    about: Some | None = None
    ids: Sequence[str] | None = None
    kinds: Collection[str] | None = None
    limit: int = 1000


def find(connection: Connection, asked: Places) -> list[Told]:
    """See `Store.changes`. Both ends of the time belong to it."""
    if asked.kinds is None and (asked.about is None or isinstance(asked.about, str)):
        query = _chosen(asked, t.change.c)
    else:
        # Of several subjects the newest have to be sorted out: their numbers alone, not all that is kept of them.
        newest = select(_chosen(asked, [_place(asked).c.seq], joined=False).subquery().c.seq)
        order = t.change.c.found_at.desc(), t.change.c.seq.desc()
        query = select(t.change).where(t.change.c.seq.in_(newest)).order_by(*order)
        query = query if asked.kinds is None else query.where(t.change.c.kind.in_(asked.kinds))
    return [_told(row) for row in reversed(connection.execute(query).all())]


_GLIMPSE = ("seq", "id", "subject", "weight", "found_at", "known_from")


def glimpses(connection: Connection, asked: Places) -> list[Glimpse]:
    """See `Store.glimpses`."""
    rows = connection.execute(_chosen(asked, [t.change.c[name] for name in _GLIMPSE])).all()
    return [
        Glimpse(row.seq, row.id, row.subject, Weight(row.weight), row.found_at, row.known_from)
        for row in reversed(rows)
    ]


def _place(asked: Places) -> Table:
    return t.change if asked.about is None else t.change_about


def _chosen(asked: Places, columns: Iterable[Any], *, joined: bool = True) -> Select[Any]:
    """Return the question for columns of the newest changes that are asked for, the newest first.

    Each order has its index: by time where a time is given, else by seq; so that the newest few need no sorting of all.
    """
    place, query = _place(asked), select(*columns)
    if asked.about is not None:
        about = [asked.about] if isinstance(asked.about, str) else list(asked.about)
        if joined:
            query = query.join_from(t.change_about, t.change)
        query = query.where(t.change_about.c.subject.in_(about))
    if asked.since is not None:
        query = query.where(place.c.found_at >= asked.since)
    if asked.until is not None:
        query = query.where(place.c.found_at <= asked.until)
    if asked.after:
        query = query.where(place.c.seq > asked.after)
    if asked.ids is not None:
        query = query.where(t.change.c.id.in_(asked.ids))
    timed = asked.since is not None or asked.until is not None
    order = (place.c.found_at.desc(), place.c.seq.desc()) if timed else (place.c.seq.desc(),)
    return query.order_by(*order).limit(asked.limit)


_COUNT = select(func.count(t.change_about.c.seq.distinct())).where(
    t.change_about.c.subject.in_(bindparam("about", expanding=True))
)


def count(connection: Connection, about: Some) -> int:
    """See `Store.count_changes`."""
    return int(connection.execute(_COUNT, {"about": [about] if isinstance(about, str) else list(about)}).scalar_one())


def called(connection: Connection, start: str, limit: int) -> list[Told]:
    """See `Store.changes_called`. As a range, which the index of ids answers in both databases.

    Ids are hexadecimal: "g" comes after them all, also where a database sorts as a language does.
    """
    query = select(t.change).where(t.change.c.id >= start, t.change.c.id < f"{start}g")
    return [_told(row) for row in connection.execute(query.order_by(t.change.c.seq).limit(limit))]


def last_seq(connection: Connection) -> int:
    """See `Store.last_seq`."""
    return connection.execute(select(func.max(t.change.c.seq))).scalar() or 0
