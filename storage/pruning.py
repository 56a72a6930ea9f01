"""Pruning: what proves nothing goes, in small transactions, so that nobody waits for it.

read who needs what → `bot.domain.retention` says which captures may go, source by source → delete so many at a time,
each time looking again whether a claim names one by now → then the bodies that no capture has any more

Of messages only edits and notices go that were done with before the time: what told people anything stays, since a key
is unique for ever and each alert is to be accounted for. Of answers (when a page was answered last) those before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import Column, Connection, Table, delete, func, or_, select

from bot.domain.retention import Kept, Needed, may_go
from storage import tables as t
from storage.engine import Database

BATCH = 200
"""Rows that one transaction deletes."""
PASSING = ("edit", "notice")
"""Kinds of message that tell no change."""
_DONE = ("sent", "skipped")

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Pruned:
    """What may go, or went: how many captures, bodies (with their bytes as they are kept), messages and answers; how
    many captures stay.
    """

    captures: int
    bodies: int
    size: int
    messages: int
    answers: int
    stay: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What may go, by number; of bodies by their sha."""

    captures: Sequence[int]
    bodies: Sequence[str]
    messages: Sequence[int]
    stay: int


def prune(database: Database, before: datetime, now: datetime, *, dry_run: bool) -> Pruned:
    """Delete what may go of what is older than a time, or only count it.

    The database is one whose references are not looked at (`Database`): that would be a look through all claims for
    each capture; it is done for each batch here.
    """
    with database.reading() as connection:
        plan = planned(connection, before, now)
        size = sum(_size(connection, some) for some in _batches(plan.bodies))
        answers = connection.execute(
            select(func.count()).select_from(t.answer).where(t.answer.c.at < before)
        ).scalar_one()
    if dry_run:
        return Pruned(len(plan.captures), len(plan.bodies), size, len(plan.messages), answers, plan.stay)
    gone = sum(_forget(database, some) for some in _batches(plan.captures))
    bodies = [_drop_bodies(database, some) for some in _batches(plan.bodies)]
    messages = sum(_delete(database, t.outbox, t.outbox.c.id, some) for some in _batches(plan.messages))
    with database.writing(numbering=False) as connection:
        answers = connection.execute(delete(t.answer).where(t.answer.c.at < before)).rowcount
    stay = plan.stay + len(plan.captures) - gone
    return Pruned(gone, sum(n for n, _ in bodies), sum(s for _, s in bodies), messages, answers, stay)


# --- what may go -----------------------------------------------------------------------------------------------------


def planned(connection: Connection, before: datetime, now: datetime) -> Plan:
    """Return what may go."""
    going: list[Kept] = []
    shas: set[str] = set()
    stay = 0
    for source, needed in _needed(connection).items():
        captures = list(_captures(connection, source))
        go = may_go(captures, needed, before, now)
        ids = {one.id for one in go}
        shas |= {one.sha for one in captures if one.id not in ids} | {needed.sha}
        going += go
        stay += len(captures) - len(go)
    bodies = sorted({one.sha for one in going} - shas)
    return Plan([one.id for one in going], bodies, _passing(connection, before), stay)


def _needed(connection: Connection) -> dict[str, Needed]:
    """Return, by source, what depends on its captures."""
    named: dict[str, set[int]] = defaultdict(set)
    for column, table in ((t.claim.c.opened_by, t.claim), (t.claim.c.closed_by, t.claim), (t.item.c.capture, t.item)):
        rows = connection.execute(select(table.c.source, column).where(column.is_not(None)).distinct())
        for source, capture in rows:
            named[source].add(capture)
    found: dict[str, set[tuple[str, datetime]]] = defaultdict(set)
    for source, url, at in connection.execute(select(t.change.c.source, t.change.c.url, t.change.c.found_at)):
        found[source].add((url, at))
    s = t.source.c
    rows = connection.execute(select(s.name, s.health, s.since, s.body_sha))
    return {
        row.name: Needed(
            named[row.name], found[row.name], row.since if row.health == "doubtful" else None, row.body_sha
        )
        for row in rows
    }


def _captures(connection: Connection, source: str) -> Iterator[Kept]:
    c = t.capture.c
    rows = connection.execute(
        select(c.id, c.url, c.fetched_at, c.state, c.body_sha).where(c.source == source).order_by(c.id)
    )
    return (Kept(row.id, row.url, row.fetched_at, row.state == "accepted", row.body_sha) for row in rows)


def _passing(connection: Connection, before: datetime) -> list[int]:
    o = t.outbox.c
    return list(
        connection.execute(select(o.id).where(o.kind.in_(PASSING), o.state.in_(_DONE), o.done_at < before)).scalars()
    )


def _size(connection: Connection, shas: Sequence[str]) -> int:
    """Return how many bytes bodies take as they are kept."""
    query = select(func.sum(func.length(t.body.c.data))).where(t.body.c.sha.in_(shas))
    return connection.execute(query).scalar() or 0


# --- deleting --------------------------------------------------------------------------------------------------------


def _batches(some: Iterable[One]) -> Iterator[list[One]]:
    every = iter(some)
    while batch := list(islice(every, BATCH)):
        yield batch


def _forget(database: Database, captures: Sequence[int]) -> int:
    """Delete captures that no claim and no item names by now."""
    with database.writing(numbering=False) as connection:
        c, i = t.claim.c, t.item.c
        rows = connection.execute(
            select(c.opened_by, c.closed_by).where(or_(c.opened_by.in_(captures), c.closed_by.in_(captures)))
        )
        named = {number for row in rows for number in row}
        named |= set(connection.execute(select(i.capture).where(i.capture.in_(captures))).scalars())
        free = [one for one in captures if one not in named]
        return connection.execute(delete(t.capture).where(t.capture.c.id.in_(free))).rowcount if free else 0


def _drop_bodies(database: Database, shas: Sequence[str]) -> tuple[int, int]:
    """Delete bodies that no capture and no source has; return how many, and the bytes that they took."""
    with database.writing(numbering=False) as connection:
        used = set(connection.execute(select(t.capture.c.body_sha).where(t.capture.c.body_sha.in_(shas))).scalars())
        used |= set(connection.execute(select(t.source.c.body_sha)).scalars())
        free = [sha for sha in shas if sha not in used]
        size = _size(connection, free)
        return (connection.execute(delete(t.body).where(t.body.c.sha.in_(free))).rowcount if free else 0), size


def _delete(database: Database, table: Table, column: Column[int], numbers: Sequence[int]) -> int:
    with database.writing(numbering=False) as connection:
        return connection.execute(delete(table).where(column.in_(numbers))).rowcount
