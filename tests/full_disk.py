"""What a full disk does to secbot: an hour before, while nothing more can be written, and when there is room again.

As a program it makes the disk itself: a real one of a few megabytes, in a mount namespace of its own.

    unshare --mount python -m tests.full_disk FOLDER EMPTY_DATABASE
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import storage
from bot.pipeline.outage import Outage
from bot.render import Renderer
from bot.schedule import guarded
from tests.conftest import SetClock
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

MEGABYTES = 4
CYCLES = 3
"""Minutes for which nothing can be written, and again minutes in which it can."""


@dataclass
class Cycles:
    """A worker's jobs, once a minute."""

    world: World
    clock: SetClock

    def __post_init__(self) -> None:
        outage = Outage(self.world.slack, Renderer(LONDON), self.clock, self.world.audience.operators)
        jobs: dict[str, Callable[[], object]] = {
            "poll": self.world.poll,
            "daily": self.world.daily,
            "deliver": self.world.deliverer,
        }
        self.jobs = {name: outage.watched(name, job) for name, job in jobs.items()}

    def run(self) -> None:
        for _ in range(CYCLES):
            for name, job in self.jobs.items():
                guarded(name, job)
            self.clock.now += timedelta(minutes=1)


def story(world: World, clock: SetClock, fill: Callable[[], object], free: Callable[[], object]) -> dict[str, Any]:
    """Tell it; return what was in the channels and in the database while the disk was full, and afterwards."""
    cycles = Cycles(world, clock)
    page = f"{SITE}/november-2021-sec-release/"
    world.web.pages[page] = release_page(ROWS)
    world.watch(release_source())
    cycles.run()
    begun = len(world.slack.sent)
    fill()
    world.web.pages[page] = release_page(ROWS, go_live="11 November 2021", nonce=incompressible(400_000))
    cycles.run()
    full = seen(world, begun)
    free()
    cycles.run()
    return {"full": full, "after": seen(world, begun)}


def seen(world: World, begun: int) -> dict[str, Any]:
    """Return what was said since, and what is kept."""
    said = [message.text for _, message, _ in world.slack.sent[begun:]]
    return {
        "alerts": [text for text in said if "11 November 2021" in text],
        "notices": [text for text in said if "database" in text],
        "all": len(said),
        "edited": [message.text for _, _, message in world.slack.edited if "database" in message.text],
        "changes": len(world.store.changes()),
        "captures": len(world.store.captures()),
        "answers": len(world.store.statements(value="MP090")),
    }


def incompressible(size: int) -> str:
    """Return text that takes its room however it is packed."""
    return "".join(hashlib.sha256(b"%d" % n).hexdigest() for n in range(size // 64))


def main(folder: Path, empty: Path) -> None:
    """Tell it on a disk of a few megabytes."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", folder], check=True)
    shutil.copyfile(empty, folder / "secbot.db")
    clock = SetClock(datetime(2021, 3, 1, 9, 0, tzinfo=UTC))
    ballast = folder / "ballast"

    def fill() -> None:
        with closing(ballast.open("wb", buffering=0)) as file:
            for piece in (65536, 512):
                try:
                    while True:
                        file.write(bytes(piece))
                except OSError:
                    continue

    logging.disable(logging.CRITICAL)
    with storage.open_store(f"sqlite:///{folder}/secbot.db") as store:
        world = World(store, clock, FakeWeb(clock), FakeSlack())
        sys.stdout.write(json.dumps(story(world, clock, fill, ballast.unlink)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
