"""Claims as intervals: opened by a capture, closed by a capture; what is open is believed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, bindparam, select, text, update

from bot.domain.claims import Claim, Evidence
from bot.ports import Accepted
from storage import items, wordindex
from storage import tables as t
from storage.upsert import insert_for

OPEN = t.claim.c.closed_by.is_(None)
HELD = text("held")  # in the words of its index, which SQLite would not use for "held = 1"


def key_of(claim: Claim) -> str:
    """Return what makes a kept claim itself, short enough for an index: a digest of its item and what it says."""
    parts = (claim.item, claim.subject, claim.attribute, claim.value)
    return hashlib.sha256("\x1f".join(map(t.storable, parts)).encode()).hexdigest()[:32]


def row_of(claim: Claim, source: str, capture: int, at: datetime) -> dict[str, Any]:
    """Return the row of a claim that a capture opens."""
    return {
        "source": source,
        "item": claim.item,
        "subject": claim.subject,
        "attribute": claim.attribute,
        "value": claim.value,
        "value_start": claim.value[: t.VALUE_START],
        "quote": claim.evidence.quote,
        "block": claim.evidence.block,
        "heading": claim.evidence.heading,
        "rule": claim.evidence.rule,
        "key": key_of(claim),
        "opened_by": capture,
        "closed_by": None,
        "closed_at": None,
        "held": False,
        "stated_at": at,
    }


def claim_of(row: Row[Any]) -> Claim:
    """Return the claim of a row."""
    evidence = Evidence(row.quote, row.block, row.heading, row.rule)
    return Claim(row.subject, row.attribute, row.value, evidence, row.item)


def accepted(connection: Connection, source: str) -> Accepted:
    """See `Store.accepted`."""
    rows = connection.execute(select(t.claim).where(t.claim.c.source == source, OPEN).order_by(t.claim.c.id)).all()
    last = select(t.capture.c.id).where(t.capture.c.source == source, t.capture.c.state == "accepted")
    return Accepted(
        claims=tuple(claim_of(row) for row in rows if not row.held),
        held=tuple(claim_of(row) for row in rows if row.held),
        items=items.items(connection, source),
        capture=connection.execute(last.order_by(t.capture.c.id.desc()).limit(1)).scalar(),
    )


def open_(connection: Connection, source: str, claims: Iterable[Claim], capture: int, at: datetime) -> None:
    """Let claims begin. One that is open already goes on as it is."""
    rows = [row_of(claim, source, capture, at) for claim in claims]
    if rows:
        last = wordindex.last_claim(connection)
        begin = insert_for(connection, t.claim)
        connection.execute(begin.on_conflict_do_nothing(index_elements=["source", "key"], index_where=OPEN), rows)
        wordindex.add(connection, last)
        keep_subjects(connection, {row["subject"] for row in rows})


def close(connection: Connection, source: str, claims: Iterable[Claim], capture: int, at: datetime) -> None:
    """Let claims end."""
    keys = _keys(claims)
    if keys:
        wordindex.drop(connection, source, keys)
        end = _one_open(source).values(closed_by=capture, closed_at=at, held=False)
        connection.execute(end, [{"the_key": key} for key in keys])


def hold(connection: Connection, source: str, claims: Iterable[Claim]) -> None:
    """Mark these of a source's open claims, and no others, as waiting for a second reading."""
    connection.execute(update(t.claim).where(t.claim.c.source == source, HELD).values(held=False))
    keys = _keys(claims)
    if keys:
        connection.execute(_one_open(source).values(held=True), [{"the_key": key} for key in keys])


def _keys(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(key_of(claim) for claim in claims))


def _one_open(source: str) -> Update:
    return update(t.claim).where(t.claim.c.source == source, t.claim.c.key == bindparam("the_key"), OPEN)


def keep_subjects(connection: Connection, subjects: Iterable[str]) -> None:
    """Remember that something was said about subjects."""
    rows = [{"subject": subject, "kind": subject.partition(":")[0]} for subject in sorted(subjects)]
    if rows:
        connection.execute(insert_for(connection, t.subject).on_conflict_do_nothing(), rows)


def subjects(connection: Connection, kind: str) -> list[str]:
    """See `Store.subjects`."""
    return sorted(connection.execute(select(t.subject.c.subject).where(t.subject.c.kind == kind)).scalars())
