"""A release at work beside the one before it: while one starts, the other still writes, across each migration.

What the release before says to the database is known from its tables: it inserts, reads and updates the columns that
it knows, by name, and no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, select, update

import storage
from bot.domain.channel import Channel
from bot.domain.claims import Item
from bot.domain.follow import Mute, Subscription
from bot.ports import Card, Store
from storage import schema
from storage.engine import Database
from storage.tables import Row
from tests.postgres import Postgres
from tests.storing import NEWS, NOON, RELEASE, claim, in_scope, later, message, poll, told, upgrade

Rows = dict[str, list[dict[str, Any]]]

STEPS = list(zip(schema.REVISIONS, schema.REVISIONS[1:], strict=False))


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path, backend: str) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path}/upgraded.db"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.database(empty=True) as fresh:
            yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def known(url: str) -> MetaData:
    """Return the tables as they are in a database: all that the release of that schema knows."""
    found = MetaData()
    with Database(url, wait=5) as own, own.reading() as connection:
        found.reflect(connection, only=lambda name, _: name in Row.metadata.tables)
    return found


def live(store: Store) -> None:
    """Put something in every table, as this release does."""
    post = Item("post", "A post", "2021-11-05", url="https://example.org/post/")
    claims = (*in_scope("MP090"), claim("modification:MP090", "status", "targeted"))
    store.watch([RELEASE, NEWS], NOON)
    store.record(poll(opened=claims, changes=(told("a"),), outgoing=(message("a", thread="release:2021-11"),)))
    store.record(poll(NEWS, body=b"news", items=(post,)))
    store.hasten("news", NOON, "https://example.org/post/")
    store.subscribe(Subscription("C1", "release:2021-11", "U1", NOON, only=("kind:decisions",), least=2))
    store.mute(Mute("C1", "modification:MP090", later(60), "U1", NOON))
    store.keep_channel(Channel("C1", digest="weekly"), "U1", NOON)
    store.looked("U1", 1, NOON)
    (leased,) = store.lease(NOON, 10, 60)
    store.sent(leased, "1.0", NOON, place="C1", card="1.0", made=Card("C1", "release:2021-11", "1.0", "C1", NOON))
    store.begin_digest("C1", NOON.date(), 1, message("digest"), NOON)


def rows_of(url: str, tables: MetaData) -> Rows:
    """Return all rows, each column by its name, in their order."""
    with Database(url, wait=5) as own, own.reading() as connection:
        return {name: rows(connection, table) for name, table in tables.tables.items()}


def rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
    return [{name: aware(value) for name, value in row.items()} for row in found]


def aware(value: Any) -> Any:
    """SQLite keeps times in UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows of such a life."""
    url = f"sqlite:///{tmp_path_factory.mktemp('lived')}/lived.db"
    with storage.open_store(url) as store:
        live(store)
    return rows_of(url, Row.metadata)


def narrowed(lived: Rows, tables: MetaData) -> Rows:
    """Return what of the rows a release knows."""
    return {
        name: [{column: value for column, value in row.items() if column in table.c} for row in lived[name]]
        for name, table in tables.tables.items()
    }


def write(url: str, tables: MetaData, lived: Rows) -> None:
    """Insert rows as a release does that knows these tables; the database numbers them."""
    with Database(url, wait=5) as own, own.writing() as connection:
        for table in tables.sorted_tables:
            numbered = Row.metadata.tables[table.name].autoincrement_column
            for row in narrowed(lived, tables)[table.name]:
                own_number = {numbered.name} if numbered is not None else set()
                connection.execute(insert(table).inline(), {k: v for k, v in row.items() if k not in own_number})


def seen(store: Store) -> list[object]:
    """Return what this release makes of what is kept; only of what there has been since the first one."""
    return [
        store.watches(),
        store.due(later(1)),
        store.captures(),
        store.statements(),
        [store.accepted(name) for name in ("november-2021", "news")],
        store.changes(about="modification:MP090"),
        store.subjects("modification"),
        [(one.channel, one.selector, one.made_by, one.made_at, one.delivery) for one in store.subscriptions()],
        store.digest_before("C1", date(2021, 11, 6)),
        store.reads_since(NOON),
        store.outbox(),
        [one.message for one in store.lease(later(5), 10, 60)],
    ]


def test_the_life_that_is_tried_puts_something_in_every_table_that_the_release_before_knows(
    tmp_path: Path, lived: Rows
) -> None:
    upgrade(f"sqlite:///{tmp_path}/old.db", STEPS[-1][0])
    old = known(f"sqlite:///{tmp_path}/old.db")
    assert [name for name in old.tables if not lived[name]] == []


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids="-".join)
def test_what_the_release_before_writes_before_a_migration_or_after_it_is_understood(
    url: str, lived: Rows, step: tuple[str, str], when: str, tmp_path: Path
) -> None:
    upgrade(url, step[0])
    old = known(url)
    if when == "after":
        upgrade(url, step[1])
    write(url, old, lived)
    upgrade(url, "head")
    assert rows_of(url, old) == narrowed(lived, old)
    with storage.open_store(url) as store, storage.open_store(f"sqlite:///{tmp_path}/present.db") as present:
        live(present)
        assert seen(store) == seen(present)


def test_what_this_release_writes_does_not_stop_the_one_before(url: str) -> None:
    upgrade(url, STEPS[-1][0])
    old = known(url)
    upgrade(url, "head")
    with storage.open_store(url) as store:
        live(store)
    found = rows_of(url, old)
    assert all(found.values())
    for name, table in old.tables.items():
        required = [column.name for column in table.c if not column.nullable]
        assert not [row for row in found[name] for column in required if row[column] is None]
        update_all(url, table)
    assert rows_of(url, old) == found


def update_all(url: str, table: Table) -> None:
    """Write back every column that is no part of a key, as the release does that knows the table."""
    same = {column: column for column in table.c if not column.primary_key}
    if same:
        with Database(url, wait=5) as own, own.writing() as connection:
            connection.execute(update(table).values(same))


def test_one_who_began_before_a_migration_and_ends_after_it_is_not_locked_out(url: str, lived: Rows) -> None:
    """A process of the release before has its connections open while the migration runs."""
    upgrade(url, STEPS[-1][0])
    old = known(url)
    with Database(url, wait=5) as own:
        with own.reading() as connection:
            before = [len(rows(connection, table)) for table in old.sorted_tables]
        upgrade(url, "head")
        write(url, old, lived)
        with own.reading() as connection:
            after = [len(rows(connection, table)) for table in old.sorted_tables]
    assert (set(before), 0 in after) == ({0}, False)
