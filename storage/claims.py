"""Claims as intervals: opened by a capture, closed by a capture; what is open is believed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, false, insert, null, select, true, update

from bot.domain.claims import Claim, Evidence, Item, Statement
from bot.ports import Accepted
from storage import tables as t
from storage.upsert import insert_for

_OPEN = t.claim.c.closed_by.is_(None)


def key_of(claim: Claim) -> str:
    """Return what makes a kept claim itself, short enough for an index: a digest of its item and what it says."""
    parts = (claim.item, claim.subject, claim.attribute, claim.value)
    return hashlib.sha256("\x1f".join(map(t.storable, parts)).encode()).hexdigest()[:32]


def row_of(claim: Claim, owner: str, capture: int, at: datetime) -> dict[str, Any]:
    """Return the row of a claim that a capture opens."""
    return {
        "owner": owner,
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


def accepted(connection: Connection, owner: str) -> Accepted:
    """See `Store.accepted`."""
    rows = connection.execute(select(t.claim).where(t.claim.c.owner == owner, _OPEN).order_by(t.claim.c.id)).all()
    last = select(t.capture.c.id).where(t.capture.c.owner == owner, t.capture.c.state == "accepted")
    return Accepted(
        claims=tuple(claim_of(row) for row in rows),
        held=tuple(claim_of(row) for row in rows if row.held),
        items=items(connection, owner),
        capture=connection.execute(last.order_by(t.capture.c.id.desc()).limit(1)).scalar(),
    )


def open_(connection: Connection, owner: str, claims: Iterable[Claim], capture: int, at: datetime) -> None:
    """Let claims begin. One that is open already only gets its new evidence."""
    rows = [row_of(claim, owner, capture, at) for claim in claims]
    if not rows:
        return
    begin = insert_for(connection, t.claim)
    evidence = {name: begin.excluded[name] for name in ("quote", "block", "heading", "rule")}
    connection.execute(
        begin.on_conflict_do_update(index_elements=["owner", "key"], index_where=_OPEN, set_=evidence), rows
    )
    keep_subjects(connection, {row["subject"] for row in rows})


def close(connection: Connection, owner: str, claims: Iterable[Claim], capture: int, at: datetime) -> None:
    """Let claims end."""
    keys = [{"the_key": key_of(claim)} for claim in claims]
    if keys:
        end = update(t.claim).where(t.claim.c.owner == owner, t.claim.c.key == bindparam("the_key"), _OPEN)
        connection.execute(end.values(closed_by=capture, closed_at=at, held=False), keys)


def hold(connection: Connection, owner: str, claims: Iterable[Claim]) -> None:
    """Mark these of an owner's open claims, and no others, as waiting for a second reading."""
    held = t.claim.c.held.is_(true())
    connection.execute(update(t.claim).where(t.claim.c.owner == owner, held).values(held=False))
    keys = [{"the_key": key_of(claim)} for claim in claims]
    if keys:
        mark = update(t.claim).where(t.claim.c.owner == owner, t.claim.c.key == bindparam("the_key"), _OPEN)
        connection.execute(mark.values(held=True), keys)


def keep_subjects(connection: Connection, subjects: Iterable[str]) -> None:
    """Remember that something was said about subjects."""
    rows = [{"subject": subject, "kind": subject.partition(":")[0]} for subject in sorted(subjects)]
    if rows:
        connection.execute(insert_for(connection, t.subject).on_conflict_do_nothing(), rows)


def subjects(connection: Connection, kind: str) -> list[str]:
    """See `Store.subjects`."""
    return sorted(connection.execute(select(t.subject.c.subject).where(t.subject.c.kind == kind)).scalars())


# --- items of a stream -----------------------------------------------------------------------------------------------


def items(connection: Connection, owner: str) -> tuple[Item, ...]:
    """Return the items of a stream, in the order in which they were seen first."""
    seen = select(t.item).where(t.item.c.owner == owner).order_by(t.item.c.capture, t.item.c.key)
    rows = connection.execute(seen)
    return tuple(Item(row.key, row.title, row.posted_on, row.truncated, row.url) for row in rows)


def see(connection: Connection, owner: str, seen: Iterable[Item], capture: int) -> None:
    """Keep items as they are seen now. One that was seen whole once stays so, and keeps what a teaser leaves out."""
    kept = {item.key: item for item in items(connection, owner)}
    rows = {item.key: _item_row(_known(kept.get(item.key), item), owner, capture) for item in seen}
    if rows:
        write = insert_for(connection, t.item)
        now = {name: write.excluded[name] for name in ("title", "posted_on", "truncated", "url")}
        connection.execute(
            write.on_conflict_do_update(index_elements=["owner", "key"], set_=now), list(rows.values())
        )


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


def _item_row(item: Item, owner: str, capture: int) -> dict[str, Any]:
    return {
        "owner": owner,
        "key": item.key,
        "title": item.title,
        "posted_on": item.posted_on,
        "truncated": item.truncated,
        "url": item.url,
        "capture": capture,
    }


# --- what was said ---------------------------------------------------------------------------------------------------


def _said() -> Select[Any]:
    """All that makes a statement: a claim, the capture that opened it, the item that says it."""
    of_item = (t.item.c.owner == t.claim.c.owner) & (t.item.c.key == t.claim.c.item)
    return (
        select(
            t.claim,
            t.capture.c.url,
            t.capture.c.heading.label("page_heading"),
            t.item.c.title.label("item_title"),
            t.item.c.posted_on,
        )
        .join_from(t.claim, t.capture, t.claim.c.opened_by == t.capture.c.id)
        .outerjoin(t.item, of_item)
    )


def statement_of(row: Row[Any]) -> Statement:
    """Return the statement of a row."""
    return Statement(
        claim=claim_of(row),
        source=row.owner,
        url=row.url,
        stated_at=row.stated_at,
        current=row.closed_by is None,
        heading=row.item_title or row.page_heading,
        posted_on=row.posted_on or "",
    )


def statements(connection: Connection, subject: str | None, attribute: str | None, value: str | None) -> list[Statement]:
    """See `Store.statements`."""
    query = _said()
    if subject is not None:
        query = query.where(t.claim.c.subject == subject)
    if attribute is not None:
        query = query.where(t.claim.c.attribute == attribute)
    if value is not None:
        query = query.where(t.claim.c.value_start == value[: t.VALUE_START], t.claim.c.value == value)
    return [statement_of(row) for row in connection.execute(query.order_by(t.claim.c.stated_at, t.claim.c.id))]


def numbered(connection: Connection, ids: Sequence[int]) -> dict[int, Statement]:
    """Return the statements of claims by their row numbers."""
    rows = connection.execute(_said().where(t.claim.c.id.in_(ids)))
    return {row.id: statement_of(row) for row in rows}


# --- reading anew ----------------------------------------------------------------------------------------------------

State = tuple[int, Sequence[Claim], Sequence[Item]]


def replace(connection: Connection, owner: str, states: Iterable[State]) -> None:
    """See `Store.reread`. A claim that waited for confirmation goes on waiting if the last capture still lacks it."""
    states = list(states)
    of_owner = t.claim.c.owner == owner
    waiting = set(connection.execute(select(t.claim.c.key).where(of_owner, t.claim.c.held.is_(true()))).scalars())
    known = set(connection.execute(select(t.claim.c.subject).where(of_owner).distinct()).scalars())
    at = dict(connection.execute(select(t.capture.c.id, t.capture.c.fetched_at).where(t.capture.c.owner == owner)).all())
    rows = intervals(owner, states, at, waiting)
    connection.execute(delete(t.claim).where(of_owner))
    connection.execute(delete(t.item).where(t.item.c.owner == owner))
    if rows:
        connection.execute(insert(t.claim), rows)
    for capture, _, seen in states:
        see(connection, owner, seen, capture)
    keep_subjects(connection, {row["subject"] for row in rows})
    _forget_subjects(connection, known - {row["subject"] for row in rows})


def _forget_subjects(connection: Connection, subjects: set[str]) -> None:
    if subjects:
        said = select(t.claim.c.id).where(t.claim.c.subject == t.subject.c.subject).exists()
        gone = delete(t.subject).where(t.subject.c.subject == bindparam("gone"), ~said)
        connection.execute(gone, [{"gone": subject} for subject in sorted(subjects)])


def intervals(
    owner: str, states: Iterable[State], at: dict[int, datetime], waiting: set[str]
) -> list[dict[str, Any]]:
    """Return the rows that captures leave when they are read one after another.

    A capture of a page replaces what the one before said; of a stream it speaks for the items that it shows whole.
    """
    rows: list[dict[str, Any]] = []
    believed: dict[str, dict[str, Any]] = {}
    for capture, claims, items in states:
        says = {key_of(claim): claim for claim in reversed(claims)}
        whole = {item.key for item in items if not item.truncated} or ({""} if not items else set())
        for key in [key for key, row in believed.items() if row["item"] in whole and key not in says]:
            believed.pop(key).update(closed_by=capture, closed_at=at[capture])
        for key, claim in reversed(says.items()):
            if key not in believed:
                believed[key] = row_of(claim, owner, capture, at[capture])
                rows.append(believed[key])
    last = {row["key"]: row for row in rows}
    for key in waiting & last.keys():
        if last[key]["closed_by"] is not None:
            last[key].update(closed_by=None, closed_at=None, held=True)
    return rows
