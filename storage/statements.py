"""What sources say or said: claims with their captures and items."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, union

from bot.domain.claims import Statement
from bot.domain.views import Some
from storage import tables as t
from storage.claims import OPEN, claim_of

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
    "closed_at",
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
        ended_at=row.closed_at,
    )


def statements(
    connection: Connection, subject: Some | None, attribute: Some | None, value: Some | None
) -> list[Statement]:
    """See `Store.statements`."""
    asked = {"subject": subject, "attribute": attribute, "value": value}
    given = {name: _several(some) for name, some in asked.items() if some is not None}
    if not all(given.values()):
        return []
    if "value" in given:
        given["value_start"] = list({one[: t.VALUE_START] for one in given["value"]})
    return [statement_of(row) for row in connection.execute(_narrowed(frozenset(given)), given)]


def _several(some: Some) -> list[str]:
    return [some] if isinstance(some, str) else list(some)


@cache
def _narrowed(names: frozenset[str]) -> Select[Any]:
    """Return the question for statements that is narrowed by some columns: made once, as making it takes longer than
    the database takes to answer it.
    """
    query = _SAID.order_by(t.claim.c.stated_at, t.claim.c.id)
    for name in sorted(names):
        query = query.where(t.claim.c[name].in_(bindparam(name, expanding=True)))
    return query


_DATED = select(t.claim.c.subject).where(
    t.claim.c.value_start >= bindparam("begin"),
    t.claim.c.value_start < bindparam("end"),
    func.coalesce(t.claim.c.attribute, "").in_(bindparam("attribute", expanding=True)),
    OPEN,
)
"""Of what a date is said that lies between two. The attribute is hidden from its own index, which holds also all dates
that are over: the one of values leads to those ahead alone.
"""


def dated(connection: Connection, attributes: Collection[str], begin: str, end: str) -> list[Statement]:
    """See `Store.dated`."""
    given = {"attribute": list(attributes), "begin": begin, "end": end}
    subjects = list(connection.execute(_DATED, given).scalars().unique())
    return statements(connection, subjects, attributes, None)


_NAMED = union(
    select(t.subject.c.subject).where(t.subject.c.subject.in_(bindparam("subject", expanding=True))),
    select(t.claim.c.value).where(
        t.claim.c.value_start.in_(bindparam("key", expanding=True)),
        t.claim.c.value.in_(bindparam("key", expanding=True)),
    ),
)


def named(connection: Connection, kind: str, keys: Collection[str]) -> set[str]:
    """See `Store.named`."""
    given = {"subject": [f"{kind}:{key}" for key in keys], "key": list(keys)}
    return {one.removeprefix(f"{kind}:") for one in connection.execute(_NAMED, given).scalars()}


_WORDS = (
    select(t.claim.c.subject, t.claim.c.attribute, t.claim.c.value)
    .where(t.claim.c.attribute.in_(bindparam("attribute", expanding=True)))
    .order_by(t.claim.c.stated_at, t.claim.c.id)
)


def values(connection: Connection, attributes: Collection[str]) -> list[tuple[str, str, str]]:
    """See `Store.values`."""
    rows = connection.execute(_WORDS, {"attribute": list(attributes)})
    return [(subject, attribute, value) for subject, attribute, value in rows]


def numbered(connection: Connection, ids: Sequence[int]) -> dict[int, Statement]:
    """Return the statements of claims by their row numbers."""
    rows = connection.execute(_SAID.where(t.claim.c.id.in_(ids)))
    return {row.id: statement_of(row) for row in rows}


_SAYING = (
    select(t.claim.c.subject, t.claim.c.attribute, t.claim.c.value)
    .where(
        t.claim.c.value_start.in_(bindparam("start", expanding=True)),
        t.claim.c.value.in_(bindparam("value", expanding=True)),
        OPEN,
    )
    .order_by(t.claim.c.stated_at, t.claim.c.id)
)


def saying(connection: Connection, value: Some) -> list[tuple[str, str, str]]:
    """See `Store.saying`."""
    several = _several(value)
    given = {"value": several, "start": list({one[: t.VALUE_START] for one in several})}
    return [(subject, attribute, said) for subject, attribute, said in connection.execute(_SAYING, given)]
