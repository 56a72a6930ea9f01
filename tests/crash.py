"""Kills secbot between any two steps and starts it again: `python -m tests.crash FOLDER [EVERY [SHARE]]`.

One process imports everything and forks: a child that polls and delivers and is killed (SIGKILL) at its Nth step, then a
child that does the same to the end. A step is the time before or after a call of a port, and before each statement that
goes to the database. All that a kill leaves is the files: it is killed at each step at which they differ from those of the
step before (or at one in SHARE of them), and of the others, where a kill leaves what it left before, at one in EVERY (20;
1 kills at each). Prints one JSON object: how many steps and kills there were and at which something was lost, doubled or broken, or a
thread or its card was.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import storage
from bot.domain.follow import EVERYTHING, Subscription
from bot.ports import Heard, Message, Posted
from tests.conftest import SetClock
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)
LEASE_IS_OVER = timedelta(minutes=10)


class Steps:
    """Counts steps and kills this process at one of them; notes at which the files of a folder had changed."""

    def __init__(self, kill_at: int, folder: Path | None = None) -> None:
        self.kill_at, self.count, self.folder = kill_at, 0, folder
        self.changed: list[int] = []
        self._files: list[bytes] = []

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.folder is not None:
            self.note(files(self.folder))

    def note(self, now: list[bytes]) -> None:
        if now != self._files:
            self.changed.append(self.count)
        self._files = now

    def around(self, port: Any) -> Any:
        """Return the port with a step before and after each call."""
        return Stepped(port, self)


class Stepped:
    """A port whose every call is two steps."""

    def __init__(self, port: Any, steps: Steps) -> None:
        self.port, self.steps = port, steps

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.port, name)
        return self.stepped(value) if callable(value) else value

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self.stepped(self.port)(*args, **named)

    def stepped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **named: Any) -> Any:
            self.steps()
            result = call(*args, **named)
            self.steps()
            return result

        return wrapped


class FileSlack(FakeSlack):
    """A Slack that outlives us: each message is a line of a file, with what it is below; each edit too."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def lines(self) -> list[list[str]]:
        """Return the channel, the key, what it is below of each message, or the ts of each edit."""
        return [line.split(" ") for line in self.path.read_text("utf-8").splitlines()] if self.path.exists() else []

    def write(self, *words: str) -> int:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(" ".join(words) + "\n")
        return len(self.lines())

    def keys(self) -> list[str]:
        return [line[2] for line in self.lines() if line[0] == "post"]

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        return Posted(str(self.write("post", channel, key, below)), channel)

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        at = (n for n, line in enumerate(self.lines(), 1) if line == ["post", channel, key, below])
        return next((Posted(str(n), channel) for n in at), None)

    def heard(self, channel: str, since: datetime, until: datetime, *, below: str = "") -> list[Heard]:
        return []  # no backup is restored here

    def edit(self, place: str, ts: str, message: Message) -> None:
        self.write("edit", place, ts)


def files(folder: Path) -> list[bytes]:
    """Return what the next start finds: the database, its journal, what was posted. What readers share is made anew."""
    return [path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.endswith("-shm")]


def world(folder: Path, now: datetime, store: Any, steps: Steps) -> World:
    """Return secbot on a folder's database with a page that has changed."""
    clock = SetClock(now)
    web = FakeWeb(clock)
    changed = release_page((*ROWS, ("MP138", "DCC Service Testing in ETAD", "Targeted")), go_live="11 November 2021")
    web.pages[f"{SITE}/november-2021-sec-release/"] = changed
    return World(steps.around(store), clock, steps.around(web), steps.around(FileSlack(folder / "slack")))  # type: ignore[arg-type]


def work(folder: Path, now: datetime, steps: Steps) -> None:
    """Poll, send, make the digest, send."""
    from sqlalchemy import Engine, event

    event.listen(Engine, "before_cursor_execute", steps)
    with storage.open_store(f"sqlite:///{folder}/secbot.db") as store:
        one = world(folder, now, store, steps)
        one.poll()
        one.deliverer()
        one.daily()
        one.deliverer()
    event.remove(Engine, "before_cursor_execute", steps)


def prepare(folder: Path) -> None:
    """Make a database in which the page's first reading has been told."""
    with storage.open_store(f"sqlite:///{folder}/secbot.db") as store:
        one = world(folder, NOW - timedelta(days=1), store, Steps(0))
        one.web.port.pages[f"{SITE}/november-2021-sec-release/"] = release_page(ROWS)  # type: ignore[attr-defined]
        # One channel has a card already, below which the changes are told; in the other the first alert becomes one.
        for channel, selector in (("C0ALERTS", EVERYTHING), ("C0OTHER", "modification:MP138")):
            store.subscribe(Subscription(channel, selector, "U0ALICE", NOW - timedelta(days=2)))
        one.watch(release_source())
        one.poll()
        one.deliverer()


def in_child(run: Callable[[], object]) -> bool:
    """Run in a fork; return whether it came to its end."""
    pid = os.fork()
    if pid == 0:
        try:
            run()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - the child says what went wrong and is gone
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def verdict(folder: Path, expected: set[str]) -> str:
    """Return what is wrong after a kill and a new start, empty for nothing."""
    slack = FileSlack(folder / "slack")
    keys, below = slack.keys(), {line[2]: line[3] for line in slack.lines() if line[0] == "post"}
    with sqlite3.connect(folder / "secbot.db") as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        waiting = connection.execute("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'skipped')").fetchone()[0]
        cards = connection.execute("SELECT channel, ts FROM card ORDER BY channel").fetchall()
    connection.close()
    told = [below[key] for key in sorted(below) if key.startswith("alert:")]
    threads = told == ["1", ""] and [channel for channel, _ in cards] == ["C0ALERTS", "C0OTHER"] and cards[0][1] == "1"
    edited = ["edit", "C0ALERTS", "1"] in slack.lines()
    twice = len(keys) - len(set(keys))
    kinds = {key.partition(":")[0] for key in keys}
    lost = expected - kinds
    if sound and not waiting and not twice and not lost and threads and edited:
        return ""
    return f"{sound=} {waiting=} {twice=} {lost=} {told=} {cards=} {edited=}"


def main(base: Path, every: int = 20, share: int = 1) -> dict[str, Any]:
    """Kill at each step that leaves other files than the one before, or a share of them, and at one in so many of all."""
    start = base / "start"
    start.mkdir()
    prepare(start)
    warm = base / "warm"
    shutil.copytree(start, warm)
    steps = Steps(0, warm)
    work(warm, NOW, steps)  # everything is imported once, here, and every child has it
    gc.freeze()  # nor does a child copy all that is imported, by looking through it for what can be thrown away
    chosen = sorted({*steps.changed[::share], *range(1, steps.count + 1, every)})
    # Forks of this process, so that they have what it imported; more than there are cores would only wait.
    with get_context("fork").Pool(os.cpu_count()) as pool:
        found = pool.starmap(kill, [(start, base / str(step), step) for step in chosen], chunksize=1)
    wrong = {step: fault for step, fault in zip(chosen, found, strict=True) if fault}
    return {"steps": steps.count, "kills": len(found), "wrong": wrong}


def kill(start: Path, folder: Path, step: int) -> str:
    """Kill at a step and start again; return what is wrong then."""
    shutil.copytree(start, folder)
    if in_child(lambda: work(folder, NOW, Steps(step))):
        return "was not killed"
    if not in_child(lambda: work(folder, NOW + LEASE_IS_OVER, Steps(0))):
        return "the new start failed"
    said = verdict(folder, {"card", "alert", "digest"})
    shutil.rmtree(folder)
    return said


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
