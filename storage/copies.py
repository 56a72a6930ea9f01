"""Backup and restoration of an SQLite file: whole or not at all, while secbot runs, never over what is there.

    backup:  database --VACUUM INTO--> a file beside the target --looked through--> renamed
    restore: backup --VACUUM INTO--> a file beside the database --looked through, migrated, marked (`lost`)--
             is the database in use? → refused, else: the old one is kept beside it → renamed

`VACUUM INTO` rather than SQLite's backup in steps: that begins anew each time somebody else writes between two steps,
and so may never end beside a busy writer. This is one reading transaction, for which no writer waits (WAL), the copy
is of one moment, holds no free pages, and needs no journal beside it.

Restoration takes the place of the file and does not write into it: the old one may be damaged, and is to be kept.
PostgreSQL has programs of its own for both; they are named where somebody asks here.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from bot.ports import StoreError
from storage import lost
from storage import tables as t
from storage.engine import Database, parse
from storage.errors import sqlite_advice
from storage.schema import named, require_ours, state_of, upgrade

KEPT = ".before-restore"
"""What the name of a database that was replaced ends with; a number follows where there is one already."""
_BESIDE = ("-wal", "-shm")
"""What stands beside an SQLite file that is open, or that was not closed."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made and looked through: its size in bytes, its schema, and how many rows it holds.

    `until`: the last moment at which a page was asked for, None for never.
    """

    file: Path
    size: int
    revision: str
    sources: int
    captures: int
    changes: int
    messages: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration did. `copy` is of the backup as it was brought to the present schema; `kept`: where the
    database is that it replaced, None where there was none; `unsure`: how many messages are looked for before they are
    sent; `migrated`: the revisions that were applied.
    """

    copy: Copy
    kept: Path | None
    unsure: int
    migrated: tuple[str, ...]


def backup(url: str, target: Path, *, force: bool, wait: float) -> Copy:
    """Copy the database at a URL into a file, while others read and write it.

    Raises:
        StoreError: it can't be; the message says why. Then there is no file, or the one that was there before.
    """
    with Database(url, wait=wait) as database:
        source = _file_of(database, f"pg_dump --format=custom --file={shlex.quote(str(target))} ")
        _refuse_target(source, target, force=force)
        with _beside(target) as part:
            _copied(source, part, wait)
            copy = _looked_through(part, wait)
            _replace(part, target)
    return replace(copy, file=target)


def restore(url: str, file: Path, now: datetime, *, wait: float) -> Restored:
    """Put a backup in the place of the database at a URL. Start no secbot while this runs.

    Raises:
        StoreError: it can't be; the message says why. Then the database is as it was.
    """
    with Database(url, wait=wait) as database:
        target = _file_of(database, "pg_restore --clean --if-exists ", f" {shlex.quote(str(file))}")
    _refuse_backup(file, target)
    with _beside(target) as part:
        _copied(file, part, wait)
        _looked_through(part, wait)
        with Database(f"sqlite:///{part}", wait=wait) as fresh:
            migrated = upgrade(fresh)
            with fresh.writing() as connection:
                unsure = lost.mark(connection, now)
        copy = _looked_through(part, wait)
        with _unused(target, wait):
            kept = _keep(target) if target.exists() else None
            _replace(part, target)
    return Restored(replace(copy, file=target), kept, unsure, tuple(migrated))


def mark(url: str, now: datetime, *, wait: float) -> int:
    """Mark a database that was put back by other means (pg_restore, a snapshot): return how many messages are looked
    for before they are sent.

    Raises:
        StoreError: it can't be written, or has not the present schema.
    """
    with Database(url, wait=wait) as database, database.writing() as connection:
        state = state_of(connection)
        if state.state != "current":
            raise StoreError(f"The database {named(database)} has not the present tables. Run: secbot migrate")
        return lost.mark(connection, now)


# --- what is refused -------------------------------------------------------------------------------------------------


def _file_of(database: Database, program: str, last: str = "") -> Path:
    if database.file is not None:
        return database.file
    if database.is_sqlite:
        raise StoreError("DATABASE_URL names no file of an SQLite database: there is nothing to copy or to replace.")
    secretless = database.url._replace(password=None).difference_update_query(["password", "sslpassword"])
    plain = secretless.set(drivername="postgresql").render_as_string()
    then = "; then: secbot restore --after" if last else ""
    raise StoreError(
        f"PostgreSQL is copied by its own programs. Run: {program}--dbname={shlex.quote(plain)}{last}{then} "
        "(the password comes from ~/.pgpass or PGPASSWORD)."
    )


def _refuse_target(source: Path, target: Path, *, force: bool) -> None:
    if not source.exists():
        raise StoreError(f"There is no database {source}: nothing to back up.")
    if not target.parent.is_dir():
        raise StoreError(f"The folder {target.parent} does not exist; create it or name another file.")
    if target.is_dir():
        raise StoreError(f"{target} is a folder; name a file.")
    if target.exists() and target.samefile(source):
        raise StoreError(f"{target} is the database itself; name another file.")
    if target.exists() and not force:
        raise StoreError(f"{target} exists; name another file, or add --force to replace it.")


def _refuse_backup(file: Path, target: Path) -> None:
    if not file.is_file():
        raise StoreError(f"There is no file {file}.")
    if target.exists() and file.samefile(target):
        raise StoreError(f"{file} is the database itself; name a backup of it.")
    if not target.parent.is_dir():
        raise StoreError(f"The folder {target.parent} does not exist; create it or name another one in DATABASE_URL.")


# --- copying ---------------------------------------------------------------------------------------------------------


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Name a file in the folder of one that is to be made, which is gone in the end: only a whole one is renamed."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    _remove(part)
    try:
        yield part
    finally:
        _remove(part)


def _remove(file: Path) -> None:
    for end in ("", "-journal", *_BESIDE):
        Path(f"{file}{end}").unlink(missing_ok=True)


@contextmanager
def _in_words(file: Path, wait: float) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(sqlite_advice(error, parse(f"sqlite:///{file}"), wait) or f"{file}: {error}.") from error
    except OSError as error:
        raise StoreError(
            f"{error.filename or file} can't be written: {(error.strerror or str(error)).lower()}."
        ) from error


def _copied(source: Path, part: Path, wait: float) -> None:
    with _in_words(source, wait), closing(_open(source, wait, "ro")) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


def _open(file: Path, wait: float, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None)


def _looked_through(file: Path, wait: float) -> Copy:
    """Return what a copy holds.

    Raises:
        StoreError: it is damaged, or none of secbot's.
    """
    with _in_words(file, wait), closing(_open(file, wait, "ro")) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
        astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != ["ok"] or astray:
        raise StoreError(f"The copy is damaged ({'; '.join(found)}): what it was made of is, too. Nothing was changed.")
    with Database(f"sqlite:///{file}", wait=wait) as database, database.reading() as connection:
        state = state_of(connection)
        if state.state == "empty":
            raise StoreError("It has no tables of secbot: it is no backup.")
        require_ours(state, named(database))
        return Copy(
            file,
            file.stat().st_size,
            state.revision or "",
            sources=_count(connection, t.source),
            captures=_count(connection, t.capture),
            changes=_count(connection, t.change),
            messages=_count(connection, t.outbox),
            until=lost.last_moment(connection),
        )


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


# --- replacing -------------------------------------------------------------------------------------------------------


@contextmanager
def _unused(database: Path, wait: float) -> Iterator[None]:
    """Hold a database that nobody else has open, whole in its one file.

    To leave WAL takes a lock that every open connection of any process stands in the way of, and puts into the file
    what stood beside it. A file that is damaged can't be asked who uses it.

    Raises:
        StoreError: it is in use.
    """
    if not database.exists():
        yield
        return
    with closing(_open(database, 0, "rw")) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if (name := getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreError(f"The database {database} is in use: stop secbot first, then restore.") from error
            if name not in _DAMAGED:
                raise StoreError(sqlite_advice(error, parse(f"sqlite:///{database}"), wait) or str(error)) from error
        yield


def _keep(database: Path) -> Path:
    """Give a database that is to be replaced a second name, and what stands beside it there; it never lacks its own."""
    kept = database.with_name(database.name + KEPT)
    number = 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{database.name}{KEPT}-{number}")
    with _in_words(database, 0):
        for end in _BESIDE:
            # Of a file that was not closed well. Beside the new one it would be taken for that one's.
            if (file := Path(f"{database}{end}")).exists():
                file.rename(f"{kept}{end}")
        try:
            os.link(database, kept)
        except OSError:  # a file system without hard links
            shutil.copy2(database, kept)
    return kept


def _replace(part: Path, target: Path) -> None:
    """Rename a whole file to its place, so that it is there after a loss of power too."""
    with _in_words(target, 0):
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
