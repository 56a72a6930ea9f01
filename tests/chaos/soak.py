"""`make soak`: a busy day of 24 simulated hours, with faults all day: memory, descriptors, and nothing left to send.

Real fetching from a site on loopback, a real SQLite file, a real Slack client against a Slack of our own behind the
faulty proxy; only the clock is set. Each simulated minute is a tick of the timetable.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import storage
from bot.app import assemble
from bot.domain.follow import EVERYTHING, Subscription
from bot.pipeline.deliver import Deliverer
from bot.ports import Source
from bot.settings import load
from bot.slack.poster import SlackPoster
from tests.chaos.many import months, sources
from tests.chaos.proxy import Faults, faulty
from tests.chaos.slack import TOKEN, serving, workspace
from tests.conftest import SetClock
from tests.world import release_page

HOURS = 24
PAGES = 40
BEGIN = datetime(2029, 10, 1, 0, 0, tzinfo=UTC)
FAULTY = 0.03
"""Which part of the site's answers is a fault: a 5xx, a log-in page, half a page, nothing at all, a broken connection."""
CHANGED = 0.30
"""Which part of the pages changes in an hour."""
QUESTIONS = ("next", "MP1000", "since yesterday", "status", "list", "cutoffs", "no such thing", "define DUIS")
MOST_MEMORY = 1.05
"""How much of what is held after the first hour may be held at the end."""


@dataclass
class Busy:
    """A site that changes all day and often fails."""

    chance: random.Random
    rows: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(PAGES), 3))
    failing: bool = True

    def hour(self) -> None:
        """Let an hour's changes happen."""
        for number in self.rows:
            self.rows[number] += self.chance.random() < CHANGED

    def answer(self, number: int) -> tuple[int, bytes]:
        """Return the status and body of a page."""
        month = months()[number]
        rows = [(f"MP{1000 + number * 100 + n}", f"Title of {n}", "Targeted") for n in range(self.rows[number])]
        nonce = str(self.chance.random())
        page = release_page(rows, name=f"{month:%B %Y}", go_live=f"{month.day} {month:%B %Y}", nonce=nonce).encode()
        if not self.failing or self.chance.random() > FAULTY:
            return 200, page
        return self.chance.choice(
            [
                (503, b"<html>upstream connect error</html>"),
                (200, b"<html><title>Log in</title><form><input type='password' name='pwd'></form></html>"),
                (200, page[: len(page) // 2]),
                (200, b""),
                (0, b""),
            ]
        )


def site(busy: Busy, listed: list[Source]) -> type[BaseHTTPRequestHandler]:
    """Return what serves the site."""
    by_path = {source.url.removeprefix("http://x"): n for n, source in enumerate(listed)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = by_path.get(self.path)
            status, body = busy.answer(number) if number is not None else (200, b"User-agent: *\nAllow: /\n")
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("content-type", "text/html; charset=utf-8" if number is not None else "text/plain")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    return Handler


def run(folder: Path, hours: int = HOURS, seed: int = 1) -> dict[str, Any]:
    """Live through the day; return what was held at its hours and what is left of it."""
    logging.disable(logging.CRITICAL)
    clock, busy, began = SetClock(BEGIN), Busy(random.Random(seed)), time.monotonic()
    faults = Faults(seed, slow=0.4, parts={"drop": 0.05, "delay": 0.01, "5xx": 0.03})
    names = ["alerts", "everything", "operators"]
    os.environ.pop("EMULATE", None)  # an emulator would keep the day's messages in a memory that is not ours
    with (
        workspace(names, folder) as slack,
        faulty(slack.url, faults) as url,
        serving(site(busy, sources("http://x")[:PAGES])) as at,
        storage.open_store(f"sqlite:///{folder}/soak.db") as store,
    ):
        listed = sources(at)[:PAGES]
        settings = load(
            {
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_API_URL": f"{url}/api/",
                "SECBOT_CHANNEL": slack.channels["alerts"],
                "SECBOT_OPS_CHANNEL": slack.channels["operators"],
                "SECBOT_ALLOW_HOSTS": at.removeprefix("http://"),
            }
        )
        poster = SlackPoster(TOKEN, base_url=f"{url}/api/", timeout=0.3)  # type: ignore[arg-type]
        app = assemble(settings, store, poster=poster, clock=clock, sources=lambda: listed)
        app.deliverer.apart = 0.0
        store.subscribe(Subscription(slack.channels["everything"], EVERYTHING, "U0", BEGIN))
        held: list[dict[str, float]] = []
        for hour in range(hours):
            busy.hour()
            busy.failing = hour < hours - 2
            for minute in range(60):
                clock.now = BEGIN + timedelta(hours=hour, minutes=minute)
                app.poll_under(app.store)
                app.daily()
                send(app.deliverer, clock)
                if minute % 5 == 0:
                    app.render(app.answer(QUESTIONS[minute // 5 % len(QUESTIONS)], user="U1", channel="C1"))
            held.append(holding())
        state = store.outbox()
        changes = store.last_seq()
    return {
        "hours": hours,
        "changes": changes,
        "messages": state.sent,
        "faults of Slack": dict(faults.met),
        "left in the outbox": state.queued + state.sending,
        "failed or ambiguous": state.failed + state.ambiguous,
        "memory after the first hour": held[0]["memory"],
        "memory": [one["memory"] for one in held],
        "ratio": round(held[-1]["memory"] / held[0]["memory"], 3),
        "descriptors": sorted({int(one["descriptors"]) for one in held}),
        "seconds": round(time.monotonic() - began),
    }


def send(deliverer: Deliverer, clock: SetClock) -> None:
    """Deliver for a minute, as the timetable would: what was put back has its turn within it."""
    begin = clock.now
    for second in range(0, 60, 6):
        clock.now = begin + timedelta(seconds=second)
        deliverer()
    clock.now = begin


def holding() -> dict[str, float]:
    """Return the memory that this process holds now, in MB, and its open descriptors."""
    gc.collect()
    status = Path("/proc/self/status").read_text("ascii")
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return {"memory": round(kilobytes / 1024, 1), "descriptors": len(list(Path("/proc/self/fd").iterdir()))}


def wrong(result: dict[str, Any]) -> list[str]:
    """Return what breaks a promise."""
    found = [f"{name}: {result[name]}" for name in ("left in the outbox", "failed or ambiguous") if result[name]]
    if result["ratio"] > MOST_MEMORY:
        found.append(f"memory grew to {result['ratio']} × what it was after the first hour")
    if len(result["descriptors"]) > 1:
        found.append(f"descriptors: {result['descriptors']}")
    if not result["changes"]:
        found.append("nothing changed: nothing was tried")
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        result = run(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else HOURS)
    print(json.dumps(result, indent=1))
    sys.exit(bool([print(f"WRONG: {one}") for one in wrong(result)]))
