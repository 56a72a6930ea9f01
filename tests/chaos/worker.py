"""The processes of a secbot on many machines: workers that watch and deliver, and webs that answer. Each has its own name.

They are secbot as it runs, with shorter leases and quicker paces, so that a run of minutes sees many kills.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Engine, event

import storage
from bot.app import App, assemble
from bot.pipeline.leading import Leader
from bot.ports import Source, Store
from bot.schedule import Timetable
from bot.settings import load
from bot.slack.poster import SlackPoster
from bot.slack.web import Web, build
from tests.chaos.slack import TOKEN

LEASE = 4.0
"""Seconds of the leader's lease."""
OUTBOX_LEASE = 6.0
TICK = 0.5
"""Seconds between two tries to lead."""
PATIENCE = 2
"""Seconds that Slack has for an answer."""
WAIT = 2.0
"""Seconds that a write waits for another's; as long one that is stopped in its midst keeps the others waiting."""
SECRET = "a-signing-secret"
NEVER = datetime.min.replace(tzinfo=UTC)


def app_of(database: str, slack: str, site: str, sources: Sequence[Source], name: str) -> App:
    """Return a secbot that is called so, in the database too."""

    def called(connection: object, _record: object) -> None:
        connection.execute(f"SET application_name = '{name}'")  # type: ignore[attr-defined]
        connection.commit()  # type: ignore[attr-defined]

    event.listen(Engine, "connect", called)
    logging.basicConfig(level=os.environ.get("CHAOS_LOG", "CRITICAL"), format=f"%(asctime)s {name} %(message)s")
    settings = load(
        {
            "DATABASE_URL": database,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{slack}/api/",
            "SECBOT_ALLOW_HOSTS": site.removeprefix("http://"),
        }
    )
    store = storage.open_store(database, wait=WAIT)
    poster = SlackPoster(TOKEN, base_url=f"{slack}/api/", timeout=PATIENCE)
    app = assemble(settings, store, poster=poster, sources=lambda: list(sources))
    app.deliverer.lease = OUTBOX_LEASE
    app.leader = Leader(store, app.clock, name, LEASE)
    return app


def worker(database: str, slack: str, site: str, sources: Sequence[Source], name: str) -> None:
    """Watch where no other does, and deliver, until killed."""
    app = app_of(database, slack, site, sources, name)

    def poll(store: Store) -> None:
        # As at work a leader goes on where the one before it stopped: with what was asked longest ago.
        replace(app.poller, store=store)(
            sorted(store.watches(), key=lambda one: one.last_asked_at or one.due_at or NEVER)
        )

    jobs = {
        "lead": (timedelta(seconds=TICK), app.leader.renew),
        "poll": (timedelta(seconds=TICK), partial(app.leader.do, poll)),
        "deliver": (timedelta(seconds=0.2), app.deliver),
    }
    with Timetable(jobs):  # type: ignore[arg-type]
        until_told()


def web(database: str, slack: str, site: str, sources: Sequence[Source], name: str, port: int) -> None:
    """Answer Slack over HTTP, until killed."""
    app = app_of(database, slack, site, sources, name)
    server = Web(build(app.store, app.clock, app.bolt(), SECRET), port, "127.0.0.1")
    server.start()
    until_told()


def until_told() -> None:
    """Wait for SIGTERM."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait()
