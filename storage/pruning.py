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
from time import sleep
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from bot.domain.retention import Kept, Needed, may_go
from storage import tables as t
from storage.engine import Database

BATCH = 200
"""Rows that one transaction deletes."""
BODIES = 20
"""Bodies that one transaction deletes on PostgreSQL, which looks through all captures for each while writers wait: of
100,000 that takes some 14 ms."""
PASSING = ("edit", "notice")
"""Kinds of message that tell no change."""
PAUSE = 0.15
"""Seconds between two transactions: SQLite lets a writer that waits look again after a tenth at the latest, and without
a pause as long as that one could wait until it gives up."""
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
    """What may go; bodies by their sha. `last_claim` and `last_capture`: what is newer than these was not looked at."""

    captures: Sequence[Kept]
    bodies: Sequence[str]
    messages: Sequence[int]
    stay: int
    last_claim: int
    last_capture: int


def prune(database: Database, before: datetime, now: datetime, *, dry_run: bool) -> Pruned:
    """Delete what may go of what is older than a time, or only count it.

    The database is one whose references are not looked at (`Database`): that would be a look through all claims for
    each capture. What came to name one meanwhile is looked for here, among what is newer than the plan.
    """
    with database.reading() as connection:
        plan = planned(connection, before, now)
        size = sum(_size(connection, some) for some in _parts(plan.bodies))
        old = select(func.count()).select_from(t.answer).where(t.answer.c.at < before)
        answers = connection.execute(old).scalar_one()
    if dry_run:
        return Pruned(len(plan.captures), len(plan.bodies), size, len(plan.messages), answers, plan.stay)
    left = [one for some in _turns(plan.captures) for one in _forget(database, some, plan.last_claim)]
    shown = {one.sha for one in left}
    free = [sha for sha in plan.bodies if sha not in shown]
    turns = _turns(free, BATCH if database.is_sqlite else BODIES)
    bodies = [_drop_bodies(database, some, plan.last_capture) for some in turns]
    messages = sum(_delete(database, t.outbox, t.outbox.c.id.in_(some)) for some in _turns(plan.messages))
    answers = _delete(database, t.answer, t.answer.c.at < before)
    count, size = (sum(numbers) for numbers in zip(*bodies, (0, 0), strict=True))
    return Pruned(len(plan.captures) - len(left), count, size, messages, answers, plan.stay + len(left))


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
    return Plan(
        going,
        bodies,
        _passing(connection, before),
        stay,
        last_claim=_last(connection, t.claim.c.id),
        last_capture=_last(connection, t.capture.c.id),
    )


def _last(connection: Connection, number: ColumnElement[int]) -> int:
    return connection.execute(select(func.max(number))).scalar() or 0


def _needed(connection: Connection) -> dict[str, Needed]:
    """Return, by source, what depends on its captures."""
    named: set[int] = set()
    for column in (t.claim.c.opened_by, t.claim.c.closed_by, t.item.c.capture):
        named |= set(connection.execute(select(column).where(column.is_not(None)).distinct()).scalars())
    found: dict[str, set[tuple[str, datetime]]] = defaultdict(set)
    for source, url, at in connection.execute(select(t.change.c.source, t.change.c.url, t.change.c.found_at)):
        found[source].add((url, at))
    s = t.source.c
    rows = connection.execute(select(s.name, s.health, s.since, s.body_sha))
    return {
        row.name: Needed(named, found[row.name], row.since if row.health == "doubtful" else None, row.body_sha)
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


def _parts(some: Iterable[One], most: int = 0) -> Iterator[list[One]]:
    every = iter(some)
    while part := list(islice(every, most or BATCH)):
        yield part


def _turns(some: Iterable[One], most: int = 0) -> Iterator[list[One]]:
    """Yield so many at a time, and let whoever waits to write have their turn in between."""
    for number, part in enumerate(_parts(some, most)):
        if number:
            sleep(PAUSE)
        yield part


def _forget(database: Database, captures: Sequence[Kept], last_claim: int) -> list[Kept]:
    """Delete captures; return those that a claim or an item came to name meanwhile, which stay.

    Claims only come anew, with higher numbers, or are ended by the last capture of their source, which never goes.
    """
    ids = [one.id for one in captures]
    with database.writing(numbering=False) as connection:
        c, i = t.claim.c, t.item.c
        new = select(c.opened_by, c.closed_by).where(c.id > last_claim)
        named = {number for row in connection.execute(new) for number in row}
        named |= set(connection.execute(select(i.capture).where(i.capture.in_(ids))).scalars())
        connection.execute(delete(t.capture).where(t.capture.c.id.in_([one for one in ids if one not in named])))
    return [one for one in captures if one.id in named]


def _drop_bodies(database: Database, shas: Sequence[str], last_capture: int) -> tuple[int, int]:
    """Delete bodies, but not those that came again meanwhile; return how many, and the bytes that they took.

    In turn with those who number captures: one that looked whether a body is kept must find it when it names it.
    """
    with database.writing() as connection:
        used = set(connection.execute(select(t.capture.c.body_sha).where(t.capture.c.id > last_capture)).scalars())
        used |= set(connection.execute(select(t.source.c.body_sha)).scalars())
        free = [sha for sha in shas if sha not in used]
        size = _size(connection, free)
        return connection.execute(delete(t.body).where(t.body.c.sha.in_(free))).rowcount, size


def _delete(database: Database, table: Table, which: ColumnElement[bool]) -> int:
    with database.writing(numbering=False) as connection:
        return connection.execute(delete(table).where(which)).rowcount
