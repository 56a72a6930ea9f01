"""The database as `storage` sees it: one engine, two kinds of transaction, errors in words that a person can act on.

SQLite: readers never wait (WAL), a writer takes its place at the start (BEGIN IMMEDIATE), since a transaction that
begins by reading and then writes loses updates or fails. PostgreSQL: writers that number rows go one after another, so
that numbers become visible in their order and nobody who reads "after 7" can miss the 6 that was committed later.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

from bot.ports import StoreError
from storage.errors import advice, sqlite_advice

THREADS = 60
"""Slack's handlers run in up to 50 threads; a connection to a file costs next to nothing."""

WRITERS = 0x5EC_B07
"""The PostgreSQL advisory lock that writers take."""


class Database:
    """An engine and its transactions; to be closed."""

    def __init__(self, url: str, *, wait: float) -> None:
        """Prepare to use the database at a URL; connects to nothing yet.

        Raises:
            StoreError: it is not a URL of a database that secbot can use.
        """
        self.url = parse(url)
        self.wait = wait
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.in_memory = self.is_sqlite and self.url.database in {None, "", ":memory:"}
        self._engine = _engine(self.url, wait, in_memory=self.in_memory)
        # All threads share the one connection of a database in memory.
        self._turn: AbstractContextManager[Any] = threading.RLock() if self.in_memory else nullcontext()

    @property
    def file(self) -> Path | None:
        """The SQLite file; None where there is none, or it is named as a URI."""
        if not self.is_sqlite or self.in_memory or str(self.url.database).startswith("file:"):
            return None
        return Path(str(self.url.database))

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that only reads and waits for nobody."""
        with self._transaction(writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self, *, numbering: bool = True) -> Generator[Connection]:
        """A transaction that writes, whole or not at all; `numbering` says that it adds rows whose order matters."""
        with self._transaction(writing=True) as connection:
            if numbering and not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
            yield connection

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        with (
            self._turn,
            self._in_words(),
            self._engine.connect() as connection,
            connection.execution_options(writing=writing).begin(),
        ):
            yield connection

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            words = advice(error, self.url, self.wait)
            if words is None:
                raise
            raise StoreError(words) from error
        except PoolTimeout as error:
            raise StoreError("All connections to the database are busy; try again in a moment.") from error

    def journal_ahead(self) -> None:
        """Let readers and the writer of an SQLite file go their ways (WAL). The file keeps it, so this is done once.

        To change the journal takes the whole file, for which SQLite doesn't wait by itself.

        Raises:
            StoreError: the file can't be written, or is locked.
        """
        deadline = time.monotonic() + self.wait
        with self._turn, closing(self._engine.raw_connection()) as connection:
            while True:
                try:
                    connection.cursor().execute("PRAGMA journal_mode = WAL").close()
                except sqlite3.OperationalError as error:
                    if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                        raise StoreError(sqlite_advice(error, self.url, self.wait) or str(error)) from error
                    time.sleep(0.05)
                else:
                    return

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close."""
        self.close()


def parse(url: str) -> URL:
    """Return the URL of a database with its driver named.

    Raises:
        StoreError: it is none, or of a database that secbot doesn't know.
    """
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        # The URL itself is not shown: it may hold a password.
        raise StoreError(
            "DATABASE_URL is not a URL; write sqlite:///secbot.db or postgresql://user:password@host/name."
        ) from None
    scheme = parsed.drivername
    if scheme == "sqlite" or scheme.startswith("sqlite+pysqlite"):
        return _sqlite_url(parsed)
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(f"DATABASE_URL begins with {scheme}:, which secbot can't use; write sqlite:/// or postgresql://.")


def _sqlite_url(url: URL) -> URL:
    if url.host:
        raise StoreError(
            f"DATABASE_URL has two slashes before {url.host!r}; write sqlite:///FILE, or sqlite:////PATH from the root."
        )
    return url.set(drivername="sqlite+pysqlite")


def _engine(url: URL, wait: float, *, in_memory: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, wait, in_memory=in_memory)
    return _postgres_engine(url, wait)


def _postgres_engine(url: URL, wait: float) -> Engine:
    connect_args = {"connect_timeout": max(2, round(wait)), "application_name": "secbot"}
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=wait, connect_args=connect_args)

    def on_connect(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {max(1, round(wait * 1000))}")
        # Who is stopped in the midst of a transaction must not keep the others from writing.
        connection.execute(f"SET idle_in_transaction_session_timeout = {max(1, round(wait * 1000))}")
        connection.commit()

    event.listen(engine, "connect", on_connect)
    return engine


def _sqlite_engine(url: URL, wait: float, *, in_memory: bool) -> Engine:
    connect_args = {"timeout": wait, "check_same_thread": False}
    if in_memory:
        engine = create_engine(url, connect_args=connect_args, poolclass=StaticPool)
    else:
        engine = create_engine(url, connect_args=connect_args, pool_timeout=wait, max_overflow=THREADS)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _on_begin does
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
