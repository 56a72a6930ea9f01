"""What sources say or said: claims with their captures and items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from bot.domain.claims import Statement
from storage import tables as t
from storage.claims import claim_of

_OF_CLAIM = (
    "id",
    "source",
    "item",
    "subject",
    "attribute",
    "value",
    "quote",
    "block",
    "heading",
    "rule",
    "opened_by",
    "closed_by",
    "stated_at",
)

_SAID: Select[Any] = (
    select(
        *(t.claim.c[name] for name in _OF_CLAIM),
        t.capture.c.url,
        t.capture.c.heading.label("page_heading"),
        t.item.c.title.label("item_title"),
        t.item.c.posted_on,
    )
    .join_from(t.claim, t.capture, t.claim.c.opened_by == t.capture.c.id)
    .outerjoin(t.item, (t.item.c.source == t.claim.c.source) & (t.item.c.key == t.claim.c.item))
)
"""All that makes a statement: a claim, the capture that opened it, the item that says it."""


def statement_of(row: Row[Any]) -> Statement:
    """Return the statement of a row."""
    return Statement(
        claim=claim_of(row),
        source=row.source,
        url=row.url,
        stated_at=row.stated_at,
        current=row.closed_by is None,
        heading=row.item_title or row.page_heading,
        posted_on=row.posted_on or "",
        capture=row.opened_by,
    )


def statements(
    connection: Connection, subject: str | None, attribute: str | None, value: str | None
) -> list[Statement]:
    """See `Store.statements`."""
    query = _SAID
    if subject is not None:
        query = query.where(t.claim.c.subject == subject)
    if attribute is not None:
        query = query.where(t.claim.c.attribute == attribute)
    if value is not None:
        query = query.where(t.claim.c.value_start == value[: t.VALUE_START], t.claim.c.value == value)
    return [statement_of(row) for row in connection.execute(query.order_by(t.claim.c.stated_at, t.claim.c.id))]


def numbered(connection: Connection, ids: Sequence[int]) -> dict[int, Statement]:
    """Return the statements of claims by their row numbers."""
    rows = connection.execute(_SAID.where(t.claim.c.id.in_(ids)))
    return {row.id: statement_of(row) for row in rows}
