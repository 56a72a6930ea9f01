"""What all tests share: a real store, a clock set by hand, and no warning that nobody expects."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, event

from bot.ports import Store
from tests import postgres as postgres_server
from tests.drawing import examples
from tests.going_wrong import Server, serving
from tests.postgres import Postgres

# A slow machine is no fault: examples have no deadline, and drawing them may take its time.
settings.register_profile(
    "secbot", deadline=None, max_examples=examples(50), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("secbot")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres_server.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres_server.end_run()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is `thorough`, unless it is asked for: by a mark (-m thorough), or a test by its name (FILE::TEST).

    A property whose examples are drawn is `drawn`: `make thorough` draws more of them.
    """
    for item in items:
        if hasattr(getattr(item, "obj", None), "hypothesis"):
            item.add_marker("drawn")
    if config.option.markexpr or any("::" in asked for asked in config.args):
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("thorough")]


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: nobody need look through it again for what can be thrown away."""
    gc.freeze()


class SetClock:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2021, 3, 1, 9, 0, tzinfo=UTC))


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """No database of a test outlives a loss of power, so none waits for the disk. What a kill leaves is the same."""
    event.listen(Engine, "connect", unsynchronised)
    yield
    event.remove(Engine, "connect", unsynchronised)


def unsynchronised(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """An engine compiles each statement that it has not seen, and each test has an engine of its own: a third of what
    a test of the store costs. So the engines of a worker share what they compiled, as one process of secbot does."""
    from storage import engine

    first: dict[str, Engine] = {}

    def create_engine(*given: Any, **named: Any) -> Engine:
        made = sqlalchemy.create_engine(*given, **named)
        kept = first.get(made.dialect.name)
        if kept is None or kept.dialect.default_schema_name is None:  # which it learns when it first connects
            first[made.dialect.name] = made
            made.update_execution_options(compiled_cache={})
        else:
            made.dialect = kept.dialect  # what is compiled is kept by its dialect
            made.update_execution_options(compiled_cache=kept.get_execution_options()["compiled_cache"])
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", create_engine)
        yield


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the present schema, to be copied: the migrations run once and not for each test."""
    import storage

    path = tmp_path_factory.mktemp("template") / "empty.db"
    storage.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this run. Without one its tests are skipped; in CI they fail."""
    if why := postgres_server.lacking():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    with closing(Postgres(postgres_server.server())) as used:
        yield used


@pytest.fixture
def store(database: str, empty_database: Path) -> Iterator[Store]:
    import storage

    if database.startswith("sqlite:///"):
        shutil.copyfile(empty_database, database.removeprefix("sqlite:///"))
    with storage.open_store(database) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback that answers as a test says."""
    with serving() as running:
        yield running


class Warnings(logging.Handler):
    """Collects what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture
def expected_warnings() -> list[str]:
    """Words that this test expects in the log: append to it. A warning with none of them fails the test."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_warning(expected_warnings: list[str]) -> Iterator[None]:
    handler, root = Warnings(), logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    unexpected = [line for line in handler.lines if not any(words in line for words in expected_warnings)]
    assert not unexpected, f"logged, and no test expects it: {unexpected}"
