"""What a PostgreSQL database says that can't be used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import storage
from bot.ports import StoreError
from storage import schema
from storage.engine import Database
from storage.tables import Row
from tests.postgres import Postgres


def refusal(url: str) -> str:
    """Return what opening a database says when it refuses."""
    with pytest.raises(StoreError) as refused:
        storage.open_store(url).close()
    return str(refused.value)


@pytest.fixture
def migrated(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


def test_a_postgresql_database_is_never_changed_unasked(migrated: str) -> None:
    with Database(migrated, wait=5) as own, own.writing() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert storage.schema_state(migrated).state == "foreign"
    with Database(migrated, wait=5) as own, own.writing() as connection:
        for table in ("alembic_version", *reversed(Row.metadata.sorted_tables)):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    assert refusal(migrated).endswith("Run: secbot migrate")
    assert storage.migrate(migrated) == list(schema.REVISIONS)


def test_a_user_that_is_unknown_is_told_by_name(migrated: str) -> None:
    assert "nobody_at_all" in refusal(migrated.replace("//secbot@", "//nobody_at_all@"))


def test_a_writing_that_was_stopped_for_another_says_to_try_again(migrated: str) -> None:
    stopped = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$"
    with (
        Database(migrated, wait=5) as own,
        pytest.raises(StoreError, match="another writing; try again"),
        own.writing() as connection,
    ):
        connection.exec_driver_sql(stopped)
