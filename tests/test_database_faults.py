"""The database under faults: locked by another process, full, only to be read, written by two at once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

import storage
from bot.domain.follow import Subscription
from bot.ports import Store
from tests.conftest import SetClock, unsynchronised
from tests.full_disk import story
from tests.running import ROOT, secbot
from tests.storing import NOON, PATIENCE, in_scope, later, message, poll
from tests.world import FakeSlack, FakeWeb, World

LOCKED = 3.0
"""Seconds for which another process holds the database."""
HOLD = f"""
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
connection.execute("UPDATE source SET every = every")
print("locked", flush=True)
time.sleep({LOCKED})
connection.execute("COMMIT")
"""


@contextmanager
def held(file: str) -> Iterator[None]:
    """Let another process lock a database; it lets go by itself."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, file], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "locked\n"
    yield
    holder.communicate()
    assert holder.returncode == 0


@pytest.mark.fault(3)
def test_a_database_locked_for_three_seconds_is_waited_for_and_read_meanwhile(store: Store, database: str) -> None:
    store.record(poll(opened=in_scope("MP090")))
    writes = 20
    with held(database.removeprefix("sqlite:///")), ThreadPoolExecutor(4) as pool:
        begun = time.monotonic()
        written = [pool.submit(store.record, poll(at=later(n), body=b"%d" % n)) for n in range(1, writes + 1)]
        read = 0
        while time.monotonic() - begun < LOCKED / 3 and not any(one.done() for one in written):
            assert [one.claim.value for one in store.statements(value="MP090")] == ["MP090"]
            read += 1
        assert not any(one.done() for one in written), "the lock that is waited for is there"
        assert read >= 10, "readers wait for nobody"
        captures = [one.result() for one in written]
    assert len(set(captures)) == writes
    assert len(store.captures()) == writes + 1


def verdict(told: dict[str, Any]) -> None:
    """What must be so while the disk is full and after it, by the table of faults."""
    full, after = told["full"], told["after"]
    assert (full["alerts"], full["changes"], full["captures"]) == ([], 0, 1), "a cycle fails whole"
    assert (full["notices"], full["edited"]) == (["secbot can’t use its database"], []), "and says so once"
    assert full["answers"] == 1, "and answers go on"
    assert (len(after["alerts"]), after["changes"], after["captures"]) == (1, 1, 2), "nothing is lost"
    assert (len(after["notices"]), after["edited"]) == (1, ["Over: secbot could not use its database"])
    assert after["all"] == 2


@pytest.mark.fault(4)
def test_a_database_that_may_not_grow_fails_each_cycle_whole_says_so_once_and_goes_on(
    store: Store, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("can't grow: the disk is full")
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    verdict(story(world, clock, lambda: grows(store, 1), lambda: grows(store, 1_000_000)))


def grows(store: Store, pages: int) -> None:
    """Let the database's file grow to so many pages and no more."""
    with store._database.reading() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


@pytest.mark.fault(4)
def test_a_full_disk_fails_each_cycle_whole_says_so_once_and_goes_on(tmp_path: Path, empty_database: Path) -> None:
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "--mount", "mount", "-t", "tmpfs", "tmpfs", tmp_path], capture_output=True, check=False).returncode:  # fmt: skip
        pytest.skip("a disk can be made only by whoever may mount one")
    run = subprocess.run(
        [unshare, "--mount", sys.executable, "-m", "tests.full_disk", tmp_path, empty_database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    verdict(json.loads(run.stdout))


def test_what_can_only_be_read_answers_and_says_what_to_do(tmp_path: Path, database: str, store: Store) -> None:
    store.record(poll(opened=in_scope("MP090"), outgoing=(message("waits"),)))
    store.close()
    given = {"DATABASE_URL": f"sqlite:///file:{database.removeprefix('sqlite:///')}?mode=ro&uri=true"}
    answer = secbot("ask", "november 2021", cwd=tmp_path, **given)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "MP090" in answer.stdout
    for command in ("poll", "deliver"):
        refused = secbot(command, cwd=tmp_path, **given)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "can't be written; make the file and its folder writable" in refused.stderr


EACH = 200


def count(work: tuple[str, str]) -> None:
    """Write so many times: add one to a setting, follow something, and so on."""
    database, name = work
    event.listen(Engine, "connect", unsynchronised)
    with storage.open_store(database, wait=PATIENCE) as store:
        for n in range(EACH // 2):
            store.change_channel("C1", lambda one: replace(one, name=str(int(one.name or 0) + 1)), name, NOON)
            store.subscribe(Subscription("C1", f"modification:{name}{n}", name, NOON))


@pytest.mark.thorough
def test_two_processes_that_change_the_same_settings_lose_no_update(store: Store, database: str) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(count, [(database, "A"), (database, "B")]))
    assert store.channel("C1").name == str(EACH)
    assert len(store.subscriptions("C1")) == EACH
    assert len(store.deeds("C1")) == 2 * EACH
