"""The schema: what the tables say is what the migrations make; databases that can't be used say what to do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON

import storage
from bot.ports import Poll, Store, StoreError
from storage import schema
from storage.engine import Database
from storage.tables import Row
from tests.postgres import Postgres
from tests.storing import RELEASE, in_scope, later, poll


def run_sql(file: Path, *statements: str) -> None:
    connection = sqlite3.connect(file)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def take_back(url: str) -> None:
    """Undo all migrations."""
    from alembic import command

    with Database(url, wait=5) as own, own.writing() as connection:
        command.downgrade(schema._config(connection, []), "base")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database whose schema a test may change; on PostgreSQL it has the present one."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/test.db"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An SQLite file with the present schema and one capture in it."""
    path = tmp_path / "kept.db"
    with storage.open_store(f"sqlite:///{path}") as store:
        store.record(poll(opened=in_scope("MP090")))
    return path


# --- models and migrations -------------------------------------------------------------------------------------------


def defaults_differ(
    _context: object, _found: object, column: Any, found: str | None, _said: object, said: str | None
) -> bool | None:
    """Compare defaults of JSON as they are written, since PostgreSQL compares no JSON; all others as Alembic does."""
    if not isinstance(column.type, JSON) or found is None or said is None:
        return None
    return found.removesuffix("::json").strip("'") != said.strip("'")


def test_the_migrations_make_what_the_tables_say(database: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    storage.migrate(database)
    with Database(database, wait=5) as own, own.reading() as connection:
        options = {"include_name": schema.ours, "compare_server_default": defaults_differ}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Row.metadata) == []


def test_the_list_of_revisions_is_that_of_the_files() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    files = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(files)) == schema.REVISIONS


def test_migrating_applies_what_is_missing_and_then_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    assert storage.schema_state(url).state == "empty"
    assert not (tmp_path / "new.db").exists()
    assert storage.migrate(url) == list(schema.REVISIONS)
    assert storage.migrate(url) == []
    assert storage.schema_state(url) == schema.SchemaState("current", schema.HEAD)


def test_the_first_migration_can_be_taken_back(database: str) -> None:
    storage.migrate(database)
    take_back(database)
    assert storage.schema_state(database).state == "empty"


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(op, "drop_table", fail)
    url = f"sqlite:///{tmp_path}/x.db"
    storage.migrate(url)
    with pytest.raises(RuntimeError, match="in the middle"):
        take_back(url)
    assert storage.schema_state(url).state == "current"
    with storage.open_store(url) as store:
        assert store.search("anything") == []


def test_a_new_revision_is_drafted_from_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import Column

    from storage.tables import Moment, Words

    table = Row.metadata.tables["source"]
    for column in (Column("nickname", Words), Column("seen_at", Moment)):
        table.append_column(column)
    try:
        text = Path(schema.draft("Give sources a nickname", str(tmp_path))).read_text(encoding="utf-8")
    finally:
        for name in ("nickname", "seen_at"):
            table._columns.remove(table.c[name])  # type: ignore[attr-defined]
    assert "sa.Column('nickname', sa.String(), nullable=True)" in text
    assert "sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True)" in text
    assert "claim_words" not in text


def test_two_processes_that_find_no_tables_make_them_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"

    def start(_: int) -> int:
        with storage.open_store(url) as store:
            return len(store.watch([RELEASE], later(0)))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(start, range(4))) == [0, 0, 0, 1]


def printed(program: str) -> str:
    """Return what a Python of its own prints, in which a warning is an error."""
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_importing_storage_loads_nothing_heavy() -> None:
    heavy = {"sqlalchemy", "sqlmodel", "alembic", "psycopg", "pydantic"}
    assert printed(f"import sys, storage; print(sorted({heavy} & set(sys.modules)))") == "[]"


def test_opening_a_present_database_does_not_load_alembic(file: Path) -> None:
    program = f"import sys, storage; storage.open_store('sqlite:///{file}').close(); print('alembic' in sys.modules)"
    assert printed(program) == "False"


# --- databases that can't be used ------------------------------------------------------------------------------------


def refusal(url: str, **how: object) -> str:
    """Return what opening a database says when it refuses."""
    with pytest.raises(StoreError) as refused:
        storage.open_store(url, **how).close()  # type: ignore[arg-type]
    return str(refused.value)


def test_a_newer_schema_is_refused(file: Path) -> None:
    run_sql(file, "UPDATE alembic_version SET version_num = '9999'")
    assert "of a newer secbot (9999" in refusal(f"sqlite:///{file}")
    assert storage.schema_state(f"sqlite:///{file}").state == "newer"
    with pytest.raises(StoreError, match="Update secbot"):
        storage.migrate(f"sqlite:///{file}")


def test_an_older_schema_names_the_command_that_mends_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "REVISIONS", ("0000", *schema.REVISIONS))
    run_sql(file, "UPDATE alembic_version SET version_num = '0000'")
    assert refusal(f"sqlite:///{file}").endswith("Run: secbot migrate")


def test_no_database_is_made_unasked(tmp_path: Path) -> None:
    assert refusal(f"sqlite:///{tmp_path}/none.db", create=False).endswith("Run: secbot migrate")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with storage.open_store(f"sqlite:///{tmp_path}/empty.db") as store:
        assert store.watches() == []


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    run_sql(tmp_path / "cookies.db", "CREATE TABLE cookies (name)")
    before = (tmp_path / "cookies.db").read_bytes()
    assert "another program's tables" in refusal(f"sqlite:///{tmp_path}/cookies.db")
    assert (tmp_path / "cookies.db").read_bytes() == before


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database at all, " * 100, encoding="utf-8")
    assert "is not an SQLite database" in refusal(f"sqlite:///{tmp_path}/notes.txt")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    assert f"The folder {tmp_path}/none does not exist" in refusal(f"sqlite:///{tmp_path}/none/x.db")
    assert "can't be opened" in refusal(f"sqlite:///{tmp_path}")


def test_a_database_that_can_only_be_read_answers_and_refuses_to_write(file: Path) -> None:
    with storage.open_store(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert len(store.statements(value="MP090")) == 1
        with pytest.raises(StoreError, match="can't be written; make the file and its folder writable"):
            store.record(poll(at=later(60)))


def test_a_locked_file_is_waited_for_and_then_named(file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    with storage.open_store(f"sqlite:///{file}", wait=0.1) as store:
        with pytest.raises(StoreError, match="stayed locked by another program for 0"):
            store.record(poll(at=later(60)))
        connection.execute("ROLLBACK")
        assert store.record(poll(at=later(60))) == 2
    connection.close()


def test_a_full_disk_fails_whole_and_goes_on_when_there_is_room(file: Path) -> None:
    with storage.open_store(f"sqlite:///{file}") as store:
        limit(store, 1)
        big = poll(at=later(60), body=bytes(range(256)) * 4000, opened=in_scope("MP138"))
        with pytest.raises(StoreError, match="the disk is full; free some space"):
            store.record(_incompressible(big))
        assert store.statements(value="MP138") == []
        limit(store, 1_000_000)
        assert store.record(_incompressible(big)) == 2


def limit(store: Store, pages: int) -> None:
    """Let the database's file grow to so many pages and no more."""
    with store._database.reading() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def _incompressible(one: Poll) -> Poll:
    import hashlib
    from dataclasses import replace

    body = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(20_000))
    assert one.page
    return replace(one, page=replace(one.page, body=body))


def test_a_damaged_file_is_named(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    file.write_bytes(whole)
    assert "is damaged; put back a copy" in refusal(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("secbot.db", "is not a URL"),
        ("", "is not a URL"),
        ("postgresql://user:s3cret@host:port/x", "is not a URL"),
        ("mysql://user:s3cret@host/x", "begins with mysql:"),
        ("sqlite+aiosqlite:///x.db", "begins with sqlite+aiosqlite:"),
        ("sqlite://data/x.db", "two slashes before 'data'"),
        ("postgres://user:s3cret@127.0.0.1:9/secbot", "is not reachable"),
    ],
)
def test_a_url_that_leads_nowhere_says_so_without_its_password(url: str, words: str) -> None:
    said = refusal(url)
    assert words in said
    assert "s3cret" not in said


def test_a_store_can_be_kept_in_memory() -> None:
    with storage.open_store("sqlite://") as store:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda n: store.record(poll(at=later(n), body=b"%d" % n)), range(20)))
        assert len(store.captures()) == 20


# --- PostgreSQL ------------------------------------------------------------------------------------------------------


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
