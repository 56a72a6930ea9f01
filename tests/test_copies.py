"""Backup and restoration: whole or not at all, of one moment, never over what is there, never under whoever uses it."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import storage
from bot.ports import LostTime, StoreError
from storage.copies import KEPT
from tests.running import as_process, secbot
from tests.storing import NOON, RELEASE, in_scope, message, poll

NOW = NOON + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path, empty_database: Path) -> Path:
    """A folder with a database in it that holds one capture and one message that waits."""
    shutil.copyfile(empty_database, tmp_path / "secbot.db")
    with opened(tmp_path) as store:
        store.watch([RELEASE], NOON)
        store.record(poll(opened=in_scope("MP1"), outgoing=(message("a"),)))
    return tmp_path


def url(folder: Path, name: str = "secbot.db") -> str:
    return f"sqlite:///{folder}/{name}"


def opened(folder: Path, name: str = "secbot.db") -> storage.store.SqlStore:  # type: ignore[name-defined]
    return storage.open_store(url(folder, name), create=False)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def change(folder: Path, sql: str, name: str = "secbot.db") -> None:
    with closing(sqlite3.connect(folder / name)) as connection, connection:
        connection.execute(sql)


# --- backup ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_of_one_moment_while_another_process_writes(folder: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with opened(folder) as store:
            number = 0
            while not stop.is_set():
                number += 1
                store.enqueue([message(f"{number}a"), message(f"{number}b")], NOON)  # both or none

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [storage.backup(url(folder), folder / f"{n}.db") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert all(copy.messages % 2 == 1 for copy in copies), "one was there, and each write adds two"
    with opened(folder, "4.db") as store:
        assert [one.claim.subject for one in store.statements()] == ["release:2021-11"]


def test_a_backup_needs_nothing_beside_it_and_leaves_nothing_else(folder: Path) -> None:
    with opened(folder) as store:
        store.enqueue([message("in the journal")], NOON)
        copy = storage.backup(url(folder), folder / "copy.db")
        assert names(folder) == {"secbot.db", "secbot.db-wal", "secbot.db-shm", "copy.db"}
    assert (copy.sources, copy.captures, copy.messages) == (1, 1, 2)
    assert copy.size == (folder / "copy.db").stat().st_size


def test_a_backup_replaces_no_file_unless_it_is_told_to(folder: Path) -> None:
    (folder / "copy.db").write_text("precious")
    with pytest.raises(StoreError, match="--force"):
        storage.backup(url(folder), folder / "copy.db")
    assert (folder / "copy.db").read_text() == "precious"
    assert storage.backup(url(folder), folder / "copy.db", force=True).messages == 1


def test_a_backup_is_never_written_over_the_database_itself(folder: Path) -> None:
    (folder / "link.db").symlink_to(folder / "secbot.db")
    for name in ("secbot.db", "link.db"):
        with pytest.raises(StoreError, match="is the database itself"):
            storage.backup(url(folder), folder / name, force=True)


def test_a_damaged_database_makes_no_backup_and_the_old_one_stays(folder: Path) -> None:
    storage.backup(url(folder), folder / "copy.db")
    before = (folder / "copy.db").read_bytes()
    change(folder, "DELETE FROM body")  # a capture without its body
    with pytest.raises(StoreError, match="damaged"):
        storage.backup(url(folder), folder / "copy.db", force=True)
    assert (folder / "copy.db").read_bytes() == before
    assert not [name for name in names(folder) if name.endswith(".part")]


def test_a_backup_is_not_changed_by_the_journal_of_what_it_replaces(copied: Path) -> None:
    left_by_a_kill(copied, "copy.db")
    storage.backup(url(copied), copied / "copy.db", force=True)
    assert journals(copied, "copy.db") == set()
    with opened(copied, "copy.db") as store:
        assert store.outbox().queued == 2


def test_a_backup_replaces_no_database_that_another_process_uses(copied: Path) -> None:
    with opened(copied, "copy.db") as store:
        store.enqueue([message("in use")], NOON)
        with pytest.raises(StoreError, match=r"copy\.db is in use: name another file"):
            storage.backup(url(copied), copied / "copy.db", force=True)
        assert store.outbox().queued == 2
    with opened(copied, "copy.db") as store:
        assert store.outbox().queued == 2


def test_whoever_may_not_read_the_database_may_not_read_its_backup(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage import replacing

    meanwhile: list[int] = []
    put = replacing.put

    def seen(part: Path, target: Path, *, like: Path) -> None:
        meanwhile.append(mode(part))
        put(part, target, like=like)

    monkeypatch.setattr(replacing, "put", seen)
    (folder / "secbot.db").chmod(0o640)
    storage.backup(url(folder), folder / "copy.db")
    assert (meanwhile, mode(folder / "copy.db")) == ([0o600], 0o640)


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def journals(folder: Path, name: str) -> set[str]:
    return {found for found in names(folder) if found in {f"{name}-wal", f"{name}-shm", f"{name}-journal"}}


def left_by_a_kill(folder: Path, name: str) -> None:
    """Write much to a database, and leave it and its journal as a kill does."""
    with opened(folder, name) as store:
        store.enqueue([message(f"killed {n}", f"C{n}") for n in range(100)], NOON)
        for end in ("", "-wal"):
            shutil.copyfile(folder / f"{name}{end}", folder / f"{end}.left")
    for end in ("", "-wal"):
        (folder / f"{end}.left").rename(folder / f"{name}{end}")


def test_a_backup_into_no_folder_or_of_no_database_says_what_to_do(folder: Path) -> None:
    with pytest.raises(StoreError, match="create it"):
        storage.backup(url(folder), folder / "nowhere" / "copy.db")
    with pytest.raises(StoreError, match="nothing to back up"):
        storage.backup(url(folder, "none.db"), folder / "copy.db")
    assert "none.db" not in names(folder)


# --- restore ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(folder: Path) -> Path:
    storage.backup(url(folder), folder / "copy.db")
    with opened(folder) as store:
        store.enqueue([message("later")], NOON)
    return folder


def test_a_restoration_puts_the_backup_back_and_keeps_what_it_replaced(copied: Path) -> None:
    done = storage.restore(url(copied), copied / "copy.db", NOW)
    assert done.kept == copied / f"secbot.db{KEPT}"
    with opened(copied) as store, opened(copied, done.kept.name) as replaced:
        assert (store.outbox().queued, replaced.outbox().queued) == (1, 2)
    storage.restore(url(copied), copied / "copy.db", NOW)
    assert f"secbot.db{KEPT}-2" in names(copied)


def test_a_restoration_tells_which_time_is_lost_and_what_is_looked_for(copied: Path) -> None:
    done = storage.restore(url(copied), copied / "copy.db", NOW)
    with opened(copied) as store:
        [leased] = store.lease(NOW, 10, 60)
        assert store.lost_times(NOON) == [LostTime(datetime(2000, 1, 1, tzinfo=UTC), NOW)], (
            "no page was asked for: all of it"
        )
        assert (done.unsure, leased.look_first) == (1, True)
        assert [deed.what for deed in store.deeds()] == ["restored"]


def test_a_database_that_another_process_uses_is_not_replaced(copied: Path) -> None:
    before = names(copied)
    with opened(copied) as store:
        assert store.outbox().queued == 2
        with pytest.raises(StoreError, match="in use"):
            storage.restore(url(copied), copied / "copy.db", NOW)
        store.enqueue([message("still written")], NOON)
    assert names(copied) == before
    with opened(copied) as store:
        assert store.outbox().queued == 3


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_what_is_no_backup_is_refused_and_the_database_stays(copied: Path, content: bytes) -> None:
    (copied / "bad.db").write_bytes(content)
    refused(copied, "bad.db", "no backup" if not content else "not an SQLite database")


def test_another_programs_or_a_newer_secbots_database_is_refused(copied: Path) -> None:
    change(copied, "CREATE TABLE notes (words TEXT)", "notes.db")
    refused(copied, "notes.db", "another program's tables")
    change(copied, "UPDATE alembic_version SET version_num = '9999'", "copy.db")
    refused(copied, "copy.db", "of a newer secbot")


def refused(folder: Path, name: str, words: str) -> None:
    before, held = names(folder), (folder / "secbot.db").read_bytes()
    with pytest.raises(StoreError, match=words):
        storage.restore(url(folder), folder / name, NOW)
    assert (folder / "secbot.db").read_bytes() == held
    assert names(folder) == before


def test_an_older_secbots_backup_is_migrated_before_it_is_put_in_place(copied: Path) -> None:
    make_first_schema(copied / "old.db")
    done = storage.restore(url(copied), copied / "old.db", NOW)
    assert done.migrated[0] == "0002"
    with opened(copied) as store:
        assert store.lost_times(NOON)


def make_first_schema(file: Path) -> None:
    from alembic import command

    from storage.engine import Database
    from storage.schema import _config

    with Database(f"sqlite:///{file}", wait=1) as database, database.writing() as connection:
        command.upgrade(_config(connection, []), "0001")


@pytest.mark.parametrize("beside", ["secbot.db-wal", None])
def test_a_damaged_database_can_be_replaced_and_nothing_of_it_stays_beside_the_new_one(
    copied: Path, beside: str | None
) -> None:
    (copied / "secbot.db").write_bytes(b"broken" * 2000)
    if beside:
        (copied / beside).write_bytes(b"of the broken one")
    done = storage.restore(url(copied), copied / "copy.db", NOW)
    assert done.kept
    assert done.kept.read_bytes().startswith(b"broken")
    assert not beside or beside not in names(copied)
    with opened(copied) as store:
        assert store.outbox().queued == 1


def test_where_there_is_no_database_a_backup_becomes_it(copied: Path) -> None:
    done = storage.restore(url(copied, "fresh.db"), copied / "copy.db", NOW)
    assert done.kept is None
    with opened(copied, "fresh.db") as store:
        assert store.outbox().queued == 1


def test_the_journal_of_a_database_that_was_moved_away_is_kept_and_changes_nothing_of_what_is_put_back(
    copied: Path,
) -> None:
    left_by_a_kill(copied, "secbot.db")
    (copied / "secbot.db").rename(copied / "broken.db")
    done = storage.restore(url(copied), copied / "copy.db", NOW)
    assert (done.kept, journals(copied, "secbot.db")) == (None, set())
    with opened(copied) as store:
        assert store.outbox().queued == 1
    (copied / f"secbot.db{KEPT}-wal").rename(copied / "broken.db-wal")
    with opened(copied, "broken.db") as store:
        assert store.outbox().queued == 102, "what was not in its one file yet is not lost either"


def test_a_restoration_that_ends_in_a_damaged_database_says_so(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage import replacing

    def broken(_part: Path, target: Path, **_: Path) -> None:
        target.unlink()
        target.write_bytes(b"broken" * 2000)

    monkeypatch.setattr(replacing, "put", broken)
    with pytest.raises(StoreError, match="not an SQLite database"):
        storage.restore(url(copied), copied / "copy.db", NOW)


def test_a_restoration_replaces_the_file_that_a_link_names_and_who_may_read_it_stays(copied: Path) -> None:
    (copied / "volume").mkdir()
    (copied / "secbot.db").rename(copied / "volume" / "real.db")
    (copied / "secbot.db").symlink_to(copied / "volume" / "real.db")
    (copied / "volume" / "real.db").chmod(0o600)
    (copied / "copy.db").chmod(0o644)
    done = storage.restore(url(copied), copied / "copy.db", NOW)
    assert done.kept == copied / "volume" / f"real.db{KEPT}"
    assert (copied / "secbot.db").is_symlink()
    assert mode(copied / "volume" / "real.db") == 0o600
    with opened(copied / "volume", "real.db") as store:
        assert store.outbox().queued == 1


def test_a_kill_just_before_the_new_file_gets_its_name_leaves_the_old_database(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage import replacing

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(replacing, "put", die)
    with pytest.raises(KeyboardInterrupt):
        storage.restore(url(copied), copied / "copy.db", NOW)
    with opened(copied) as store:
        assert store.outbox().queued == 2


# --- commands --------------------------------------------------------------------------------------------------------


def test_the_commands_say_what_was_copied_and_what_is_lost(copied: Path) -> None:
    run = as_process("backup", "second.db", cwd=copied)
    assert run.returncode == 0, run.stderr
    assert "second.db: 0." in run.stdout
    assert "It holds 1 sources, 1 captures, 0 changes, 2 messages" in run.stdout
    run = as_process("restore", "copy.db", cwd=copied)
    assert run.returncode == 0, run.stderr
    assert f"What it replaced is kept: secbot.db{KEPT}" in run.stdout
    assert "1 that waits, and those about what is found anew are looked for in Slack first" in run.stdout


def test_the_commands_refuse_in_one_sentence(copied: Path) -> None:
    run = secbot("backup", "copy.db", cwd=copied)
    assert (run.returncode, run.stdout) == (1, "")
    assert "copy.db exists; name another file, or add --force" in run.stderr
    assert secbot("restore", cwd=copied).returncode == 2
    assert secbot("restore", "copy.db", "--after", cwd=copied).returncode == 2


def test_on_postgresql_they_name_its_own_programs_and_no_password(tmp_path: Path) -> None:
    given = "postgresql://ann:hush@db.example:5433/secbot?sslmode=require"
    run = secbot("backup", "copy.dump", cwd=tmp_path, DATABASE_URL=given)
    where = "--dbname='postgresql://ann@db.example:5433/secbot?sslmode=require'"
    assert (run.returncode, run.stdout) == (1, "")
    assert f"pg_dump --format=custom --file=copy.dump {where}" in run.stderr
    run = secbot("restore", "copy.dump", cwd=tmp_path, DATABASE_URL=given)
    assert f"pg_restore --clean --if-exists {where} copy.dump; then: secbot restore --after" in run.stderr
    assert "hush" not in run.stderr


def test_a_database_put_back_by_other_means_is_marked(copied: Path) -> None:
    run = secbot("restore", "--after", cwd=copied)
    assert run.returncode == 0, run.stderr
    assert "Marked as restored" in run.stdout
    with opened(copied) as store:
        assert store.lost_times(NOON)
