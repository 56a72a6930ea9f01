"""Backup and restoration of an SQLite file: whole or not at all, while secbot runs, never over what is there.

    backup:  database --VACUUM INTO--> a file beside the target --looked through--> renamed
    restore: backup --VACUUM INTO--> a file beside the database --looked through, migrated, marked (`lost`)--
             is the database in use? → refused, else: the old one is kept beside it → renamed --looked through

How a whole file comes into its place is in `storage.replacing`.

`VACUUM INTO` rather than SQLite's backup in steps: that begins anew each time somebody else writes between two steps,
and so may never end beside a busy writer. This is one reading transaction, for which no writer waits (WAL), the copy
is of one moment, holds no free pages, and needs no journal beside it.

Restoration takes the place of the file and does not write into it: the old one may be damaged, and is to be kept.
PostgreSQL has programs of its own for both; they are named where somebody asks here.
"""

from __future__ import annotations

import shlex
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from bot.ports import StoreError
from storage import lost, replacing
from storage import tables as t
from storage.engine import Database
from storage.replacing import in_words, opened
from storage.schema import named, require_ours, state_of, upgrade

KEPT = ".before-restore"
"""What the name of a database that was replaced ends with; a number follows where there is one already."""
_ASIDE = ".before-backup"
"""What the name ends with of a journal that stood where a backup was to be, and is none of it."""


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
    """What a restoration did. `copy` is of the database that the backup became, with the present schema; `kept`: where
    the database is that it replaced, None where there was none; `unsure`: how many messages are looked for before they
    are sent; `migrated`: the revisions that were applied.
    """

    copy: Copy
    kept: Path | None
    unsure: int
    migrated: tuple[str, ...]


def backup(url: str, target: Path, *, force: bool, wait: float) -> Copy:
    """Copy the database at a URL into a file, while others read and write it. Whoever may read the database may read
    the copy, and nobody else.

    Raises:
        StoreError: it can't be; the message says why. Then there is no file, or the one that was there before.
    """
    with Database(url, wait=wait) as database:
        source = _file_of(database, f"pg_dump --format=custom --file={shlex.quote(str(target))} ")
        _refuse_target(source, target, force=force)
        place = replacing.meant(target)
        with replacing.beside(place) as part:
            _copied(source, part, wait)
            copy = _looked_through(part, wait)
            with replacing.unused(place, wait, "name another file."):
                replacing.aside(place, _ASIDE)
                replacing.put(part, place, like=source)
    return replace(copy, file=target)


def restore(url: str, file: Path, now: datetime, *, wait: float) -> Restored:
    """Put a backup in the place of the database at a URL. Start no secbot while this runs.

    Raises:
        StoreError: it can't be; the message says why. Then the database is as it was.
    """
    with Database(url, wait=wait) as database:
        target = replacing.meant(_file_of(database, "pg_restore --clean --if-exists ", f" {shlex.quote(str(file))}"))
    _refuse_backup(file, target)
    with replacing.beside(target) as part:
        _copied(file, part, wait)
        _looked_through(part, wait)
        with Database(f"sqlite:///{part}", wait=wait) as fresh:
            migrated = upgrade(fresh)
            with fresh.writing() as connection:
                unsure = lost.mark(connection, now)
        _looked_through(part, wait)
        with replacing.unused(target, wait, "stop secbot first, then restore."):
            like = target if target.exists() else file
            kept = replacing.keep(target, KEPT)
            replacing.put(part, target, like=like)
    was = f" What it replaced is kept: {kept}." if kept else ""
    # The copy was whole. What stands beside its name now may make it otherwise, and who is told must be able to trust.
    copy = _looked_through(target, wait, f"It was whole, and is not in its place.{was}")
    return Restored(copy, kept, unsure, tuple(migrated))


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


def _copied(source: Path, part: Path, wait: float) -> None:
    with in_words(source, wait), closing(opened(source, wait, "ro")) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


_AS_WAS = "What it was made of is, too. Nothing was changed."


def _looked_through(file: Path, wait: float, if_not: str = _AS_WAS) -> Copy:
    """Return what a copy holds; `if_not` says what follows from damage.

    Raises:
        StoreError: it is damaged, or none of secbot's.
    """
    with in_words(file, wait), closing(opened(file, wait, "ro")) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
        astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != ["ok"] or astray:
        raise StoreError(f"The copy is damaged ({'; '.join(found)}). {if_not}")
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
