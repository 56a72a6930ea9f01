"""What secbot holds after many cycles: its memory, open files and threads at one cycle and at a later one, as JSON.

    python -m tests.leaks --cycles 200

A process of its own, over real connections and a real database: a page that is new each time and changes now and then,
one that answers 304, one that is out of order, and a feed; each cycle is polled and delivered.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import socket
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, event

import storage
from bot.ports import Source
from tests.conftest import SetClock, unsynchronised
from tests.going_wrong import Answer, Server, reset, serving, whole
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page
from watchers.fetch import Web

EARLY = 20
"""The cycle after which all is loaded and cached that ever will be."""
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>SEC v51.0</title><guid>1</guid></item><!-- {} --></channel></rss>'


def held() -> dict[str, int]:
    """Return the bytes in memory, and the open files and threads of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - one that opens none besides
    return {"memory": pages * os.sysconf("SC_PAGE_SIZE"), "files": files, "threads": threading.active_count()}


def unchanged(etag: bytes) -> Answer:
    """Answer 304 to who has it, else 200."""

    def answer(wire: socket.socket) -> None:
        body = release_page(ROWS).encode()
        whole(body, f"ETag: {etag.decode()}")(wire)

    return answer


def serve(server: Server, cycle: int) -> None:
    """Put on the site what it says in a cycle."""
    go_live = f"{cycle // 10 % 27 + 1} November 2021"
    server.answers |= {
        "/new": whole(release_page(ROWS, go_live=go_live, nonce=f"{cycle:x}").encode()),
        "/304": whole(b"", status="304 Not Modified"),
        "/broken": reset,
        "/feed": whole(FEED.format(cycle // 10).encode()),
    }


def run(cycles: int, database: str) -> dict[str, dict[str, int]]:
    """Return what is held at the early cycle and at the last one."""
    clock = SetClock(datetime(2021, 3, 1, 9, tzinfo=UTC))
    found = {}
    storage.migrate(database)
    with storage.open_store(database) as store, serving() as server:
        web = Web(["127.0.0.1"], "secbot/1.0", clock)
        world = World(store, clock, FakeWeb(clock), FakeSlack())
        world.web = web  # type: ignore[assignment]
        pages = [Source(name, f"{server.url}/{name}", "release-page") for name in ("new", "304", "broken")]
        world.watch(*pages, Source("feed", f"{server.url}/feed", "feed"))
        server.answers["/304"] = unchanged(b'"1"')
        for cycle in range(1, cycles + 1):
            if cycle > 1:
                serve(server, cycle)
            clock.now += timedelta(hours=1)
            world.poll_and_deliver()
            world.slack.sent.clear()  # Slack's memory is not ours
            if cycle in (EARLY, cycles):
                found["early" if cycle == EARLY else "late"] = held()
        assert len(store.changes()) >= cycles // 10 - 1, "the page did change"
    return found


def main() -> None:
    """Run, print what is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200)
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    event.listen(Engine, "connect", unsynchronised)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(run(given.cycles, f"sqlite:///{folder}/leaks.db")))


if __name__ == "__main__":
    main()
