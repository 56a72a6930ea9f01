"""Everything that secbot keeps: the `Store` of `bot.ports` on SQLite or PostgreSQL.

Importing this is cheap; SQLAlchemy and Alembic are loaded by the calls that need them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.ports import StoreError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storage.copies import Copy, Restored
    from storage.pruning import Pruned
    from storage.schema import SchemaState
    from storage.store import SqlStore

WAIT = 10.0
"""Seconds that a write waits for another writer before it gives up."""


def open_store(url: str, *, create: bool = True, wait: float = WAIT) -> SqlStore:
    """Open the database at a URL; close it after use (it is a context manager too).

    With `create`, an SQLite file that is new or empty gets the present schema; a PostgreSQL never does by itself.

    Raises:
        StoreError: it can't be used; the message says why and what to do.
    """
    from storage.store import SqlStore

    return SqlStore.open(url, create=create, wait=wait)


def migrate(url: str, *, wait: float = WAIT) -> list[str]:
    """Bring the database to the present schema; return the revisions that were applied, oldest first.

    Raises:
        StoreError: it can't be reached or written, isn't secbot's, or a newer secbot made it.
    """
    from storage.engine import Database
    from storage.schema import upgrade

    with Database(url, wait=wait) as database:
        return upgrade(database)


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite database, None of any other.

    Raises:
        StoreError: it is not a URL of a database that secbot can use.
    """
    from storage.engine import Database

    with Database(url, wait=WAIT) as database:
        return database.file


def check_writable(url: str, *, wait: float = WAIT) -> None:
    """Begin to write, and take it back.

    Raises:
        StoreError: it can't be reached or written.
    """
    from storage.engine import Database

    with Database(url, wait=wait) as database, suppress(_Enough), database.writing(numbering=False) as connection:
        if database.is_sqlite:
            # To begin is not enough: of a file that can only be read SQLite lets a transaction begin that writes.
            version = connection.exec_driver_sql("PRAGMA user_version").scalar()
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        elif connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
            raise StoreError("The database can only be read; name the primary server in DATABASE_URL.")
        raise _Enough


class _Enough(Exception):
    """Ends a trial, and rolls it back."""


def schema_state(url: str, *, wait: float = WAIT) -> SchemaState:
    """Return how the database's schema stands to this secbot's; creates no file.

    Raises:
        StoreError: it can't be reached.
    """
    from storage.engine import Database
    from storage.schema import look

    with Database(url, wait=wait) as database:
        return look(database)


def backup(url: str, target: Path, *, force: bool = False, wait: float = WAIT) -> Copy:
    """Copy an SQLite database into a file while others use it; see `storage.copies`.

    Raises:
        StoreError: it can't be copied; the message says why and what to do.
    """
    from storage import copies

    return copies.backup(url, target, force=force, wait=wait)


def restore(url: str, file: Path, now: datetime, *, wait: float = WAIT) -> Restored:
    """Put a backup in the place of an SQLite database that nobody uses; see `storage.copies`.

    Raises:
        StoreError: it can't be restored; the message says why and what to do.
    """
    from storage import copies

    return copies.restore(url, file, now, wait=wait)


def mark_restored(url: str, now: datetime, *, wait: float = WAIT) -> int:
    """Mark a database that was put back by other means; return how many messages are looked for before they are sent.

    Raises:
        StoreError: it can't be written, or has not the present schema.
    """
    from storage import copies

    return copies.mark(url, now, wait=wait)


def prune(url: str, before: datetime, now: datetime, *, dry_run: bool, wait: float = WAIT) -> Pruned:
    """Delete what proves nothing of what is older than a time, or only count it; see `bot.domain.retention`.

    Raises:
        StoreError: the database can't be written, or has not the present schema.
    """
    from storage import pruning
    from storage.engine import Database
    from storage.schema import look, named, require_current

    with Database(url, wait=wait, references=False) as database:
        require_current(look(database), named(database))
        return pruning.prune(database, before, now, dry_run=dry_run)
