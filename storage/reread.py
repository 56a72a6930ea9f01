"""The claims of a source rebuilt from what its captures claim when they are read anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.claims import Claim, Item
from storage import items, wordindex
from storage import tables as t
from storage.claims import HELD, keep_subjects, key_of, row_of

State = tuple[int, Sequence[Claim], Sequence[Item]]


def reread(connection: Connection, source: str, states: Iterable[State]) -> None:
    """See `Store.reread`. A claim that waited for confirmation goes on waiting if the last capture still lacks it."""
    states = list(states)
    of_source = t.claim.c.source == source
    waiting = set(connection.execute(select(t.claim.c.key).where(of_source, HELD)).scalars())
    known = set(connection.execute(select(t.claim.c.subject).where(of_source).distinct()).scalars())
    captures = select(t.capture.c.id, t.capture.c.fetched_at).where(t.capture.c.source == source)
    at = {row.id: row.fetched_at for row in connection.execute(captures)}
    rows = intervals(source, states, at, waiting)
    wordindex.drop(connection, source)
    connection.execute(delete(t.claim).where(of_source))
    last = wordindex.last_claim(connection)
    connection.execute(delete(t.item).where(t.item.c.source == source))
    if rows:
        connection.execute(insert(t.claim), rows)
        wordindex.add(connection, last)
    for capture, _, seen in states:
        items.see(connection, source, seen, capture)
    keep_subjects(connection, {row["subject"] for row in rows})
    _forget_subjects(connection, known - {row["subject"] for row in rows})


def _forget_subjects(connection: Connection, subjects: set[str]) -> None:
    if subjects:
        said = select(t.claim.c.id).where(t.claim.c.subject == t.subject.c.subject).exists()
        gone = delete(t.subject).where(t.subject.c.subject == bindparam("gone"), ~said)
        connection.execute(gone, [{"gone": subject} for subject in sorted(subjects)])


def intervals(source: str, states: Iterable[State], at: dict[int, datetime], waiting: set[str]) -> list[dict[str, Any]]:
    """Return the rows that captures leave when they are read one after another.

    A capture of a page replaces what the one before said; of a stream it speaks for the items that it shows whole.
    """
    rows: list[dict[str, Any]] = []
    believed: dict[str, dict[str, Any]] = {}
    for capture, claims, seen in states:
        says: dict[str, Claim] = {}
        for claim in claims:
            says.setdefault(key_of(claim), claim)
        whole = {item.key for item in seen if not item.truncated} or ({""} if not seen else set())
        for key in [key for key, row in believed.items() if row["item"] in whole and key not in says]:
            believed.pop(key).update(closed_by=capture, closed_at=at[capture])
        for key, claim in says.items():
            if key not in believed:
                believed[key] = row_of(claim, source, capture, at[capture])
                rows.append(believed[key])
    last = {row["key"]: row for row in rows}
    for key in waiting & last.keys():
        if last[key]["closed_by"] is not None:
            last[key].update(closed_by=None, closed_at=None, held=True)
    return rows
