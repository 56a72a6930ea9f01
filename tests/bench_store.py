"""`make bench-store`: what a row costs that the store writes in bulk, beside the same row through sqlite3's executemany.

The store writes readings, changes and messages by its own functions; then the very rows that came of it are written to
an empty database of the same schema by sqlite3 alone, in one transaction, indexes and all. Figures are CPU.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import storage
from bot.ports import Outgoing, Page, Poll, Source, Watch
from tests import large_store
from tests.large_store import NOW

TIMES = 5.0
CLAIMS, CHANGES, MESSAGES = 2000, 2000, 2000
ROUNDS = 3
TABLES = ("claim", "subject", "change", "change_about", "outbox")
SOURCE = Source("release-2026-11", "https://example.org/2026-11/", "release-page")


def polls() -> dict[str, Poll]:
    """Return what is written: a page of many claims, many changes, many messages."""
    watch = Watch(SOURCE, "good", due_at=NOW, baselined=True)
    said = tuple(islice((c for n in range(1, CLAIMS) for c in large_store.claims(n)), CLAIMS))
    told = tuple(islice(large_store.changes(CHANGES), CHANGES))
    sent = tuple(
        Outgoing(f"alert:{n}", f"C{n % 50}", "alert", {"changes": [f"{n:016x}"]}, "you follow it")
        for n in range(MESSAGES)
    )
    page = Page(SOURCE.url, b"<h1>Release</h1>", "text/html", NOW)
    return {
        "claims": Poll(watch, NOW, page, opened=said),
        "changes": Poll(watch, NOW, changes=told),
        "messages": Poll(watch, NOW, outgoing=sent),
    }


def written(file: Path) -> dict[str, float]:
    """Write all through the store; return the CPU of each kind."""
    took: dict[str, float] = {}
    with storage.open_store(f"sqlite:///{file}") as store:
        store.watch([SOURCE], NOW)
        for name, poll in polls().items():
            worked = time.process_time()
            store.record(poll)
            took[name] = time.process_time() - worked
    return took


def copied(file: Path, to: Path) -> dict[str, tuple[int, float]]:
    """Write the rows of each table to another file by sqlite3 alone; return how many, and the CPU."""
    took: dict[str, tuple[int, float]] = {}
    storage.migrate(f"sqlite:///{to}")
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(to, isolation_level=None)) as new:
        for table in TABLES:
            rows = old.execute(f"SELECT * FROM {table}").fetchall()
            places = ", ".join("?" * len(rows[0]))
            worked = time.process_time()
            new.execute("BEGIN IMMEDIATE")
            new.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            new.execute("COMMIT")
            took[table] = len(rows), time.process_time() - worked
    return took


KINDS = {"claims": ("claim", "subject"), "changes": ("change", "change_about"), "messages": ("outbox",)}


def measure(folder: Path) -> list[str]:
    """Print what a row of each kind costs both ways, the least of a few rounds; return the bounds that are missed."""
    ours: dict[str, float] = {}
    theirs: dict[str, tuple[int, float]] = {}
    for n in range(ROUNDS + 1):  # the first, in which statements are compiled for the first time, does not count
        by_store = written(folder / f"{n}.db")
        by_hand = copied(folder / f"{n}.db", folder / f"{n}-copy.db")
        if n:
            ours = {name: min(ours.get(name, cpu), cpu) for name, cpu in by_store.items()}
            theirs = {name: min(theirs.get(name, one), one, key=lambda it: it[1]) for name, one in by_hand.items()}
    missed = []
    print(f"{'':<12}{'rows':>8}{'store µs/row':>14}{'sqlite3 µs/row':>16}{'ratio':>9}")
    for name, tables in KINDS.items():
        rows, cpu = (sum(theirs[table][n] for table in tables) for n in (0, 1))
        ratio = ours[name] / cpu
        print(f"{name:<12}{rows:8.0f}{ours[name] / rows * 1e6:14.1f}{cpu / rows * 1e6:16.1f}{ratio:8.2f} ×")
        if ratio > TIMES:
            missed.append(f"{name}: {ratio:.2f} ×")
    total = sum(ours.values()) / sum(cpu for _, cpu in theirs.values())
    print(f"{'all':<60}{total:.2f} ×, at most {TIMES:g} ×: {'kept' if total <= TIMES else 'MISSED'}")
    return missed + ([f"all: {total:.2f} ×"] if total > TIMES else [])


def main(argv: Sequence[str] | None = None) -> None:
    """Measure; exit 1 when the bound is missed and `--strict` is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_store", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="the bound decides the exit code")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        missed = measure(Path(folder))
    print("\n".join(f"missed: {one}" for one in missed) or "all bounds are kept")
    sys.exit(bool(missed) and options.strict)


if __name__ == "__main__":
    main()
