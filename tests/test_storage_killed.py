"""A migration that is killed at a statement or its commit has done nothing, and the next one does all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import storage
from storage import schema
from tests.postgres import HOUSE, Postgres
from tests.storing import NOON, RELEASE, upgrade

Kill = Callable[[str, str], str]
"""Migrate a database and be killed; return where."""

WHERE = ["6", "commit"]
"""A migration is killed when it is about to begin its sixth statement, and when all is done but the commit."""

BEGINS = ["nothing", schema.REVISIONS[-2]]
"""What a migration begins with: nothing, or the tables of the release before."""


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    command = [sys.executable, "-m", "tests.killed_migration"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as forking:

        def killed(url: str, where: str) -> str:
            assert forking.stdin
            assert forking.stdout
            print(url, where, file=forking.stdin, flush=True)
            return forking.stdout.readline().strip()

        yield killed


def assert_all_or_nothing(url: str, begin: str, kill: Kill, where: str) -> None:
    if begin in schema.REVISIONS:
        upgrade(url, begin)
    before = storage.schema_state(url)
    assert kill(url, where) == f"killed at {where}"
    assert storage.schema_state(url) == before
    assert storage.migrate(url) == [one for one in schema.REVISIONS if one > (before.revision or "")]
    with storage.open_store(url) as store:
        assert store.watch([RELEASE], NOON) == [RELEASE]


@pytest.mark.parametrize("begin", BEGINS)
@pytest.mark.parametrize("where", WHERE)
def test_a_migration_of_a_file_that_is_killed_did_nothing_and_the_next_does_all(
    tmp_path: Path, kill: Kill, begin: str, where: str
) -> None:
    assert_all_or_nothing(f"sqlite:///{tmp_path}/killed.db", begin, kill, where)


@pytest.mark.parametrize("begin", BEGINS)
@pytest.mark.parametrize("where", WHERE)
def test_a_migration_on_postgresql_that_is_killed_did_nothing_and_the_next_does_all(
    postgres: Postgres, kill: Kill, begin: str, where: str
) -> None:
    with postgres.database(empty=True) as url:
        assert_all_or_nothing(url, begin, kill, where)
