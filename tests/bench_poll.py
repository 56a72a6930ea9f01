"""`make bench-poll`: what a cycle over 1,000 pages and 100 feeds costs, beside a bare httpx loop and urlwatch.

    first → unchanged (all 304) → same (the same bodies, no validators) → changed (5 in 100) → noise → faulty → recovered

All figures are seconds of CPU (user and system) of the process that does the work: a busy machine weighs on none of
them. The site is a process of its own (`tests.bench_site`). What is found, missed, told and connected is counted, and
decides the exit code; times do so with `--strict`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

import storage
from bot.domain.claims import Reading
from bot.pipeline.poll import Audience, Poller, Report
from bot.ports import Page, Source, Store
from tests import bench_site
from watchers.fetch import Web
from watchers.gist import gist
from watchers.read import read_page

BARE_TIMES, URLWATCH_TIMES = 1.25, 0.40
SAME_TIMES, CHANGED_TIMES, NOISE_TIMES = 1.5, 1.5, 3.0
CONNECTIONS = 10
STARTED = datetime(2026, 11, 26, 9, tzinfo=UTC)
EVERY = timedelta(minutes=65)
PEERS = Path(".venv/bench-peers")
URLWATCH = "urlwatch==2.29"
LONGEST = 600
"""Seconds that a peer may take to be installed or to make a cycle."""


@dataclass(slots=True)
class Took:
    """What a cycle took and did."""

    cpu: float
    report: Report
    parsed: int
    alerts: int
    notices: int
    requests: int
    connections: int

    @property
    def found(self) -> set[str]:
        """The sources in which a change was found."""
        return {told.source for told in self.report.changes}


@dataclass(slots=True)
class Verdict:
    """What is held against its bound."""

    missed: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)

    def count(self, what: str, value: int, bound: int, *, most: bool = False) -> None:
        """Hold a count against what it must be, or may be at most."""
        kept = value <= bound if most else value == bound
        self._say(f"{what}: {value}", f"{'at most ' if most else ''}{bound}", kept=kept, where=self.missed)

    def ratio(self, what: str, value: float, beside: float, most: float) -> None:
        """Hold a time against so many times another."""
        times = value / beside
        self._say(f"{what}: {times:.2f} ×", f"at most {most:g} ×", kept=times <= most, where=self.slow)

    def _say(self, figure: str, bound: str, *, kept: bool, where: list[str]) -> None:
        print(f"  {figure:<68} {bound:<14} {'kept' if kept else 'MISSED'}")
        if not kept:
            where.append(figure)


# --- the site --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Site:
    """The site, from outside."""

    base: str

    def begin(self, cycle: str) -> None:
        """Say which cycle begins."""
        httpx.get(f"{self.base}/-/cycle/{cycle}", trust_env=False).raise_for_status()

    def counts(self) -> dict[str, int]:
        """Return what the site counted since then."""
        counted: dict[str, int] = httpx.get(f"{self.base}/-/counts", trust_env=False).json()
        return counted


@contextmanager
def site() -> Iterator[Site]:
    """Run the site; it ends with this process, whatever happens to it."""
    command = [sys.executable, "-m", "tests.bench_site"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Site(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.stdin.close()


# --- secbot ----------------------------------------------------------------------------------------------------------


class Counted:
    """Reading, counted."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, page: Page, kind: str) -> Reading:
        self.calls += 1
        return read_page(page, kind)


def sources(base: str) -> list[Source]:
    """Return all pages and feeds as sources."""
    kinds = {"feed": "news"}
    found = []
    for path in bench_site.paths():
        _, kind, number, _ = path.split("/")
        of_page = "release-page" if int(number) < bench_site.RELEASES else "modification-page"
        found.append(Source(f"{kind}-{number}", f"{base}{path}", kinds.get(kind, of_page)))
    return found


class Cycles:
    """secbot's cycles, one after another, over an hour apart."""

    def __init__(self, store: Store, where: Site) -> None:
        self.store, self.site, self.now, self.read = store, where, STARTED, Counted()
        web = Web(["127.0.0.1"], "secbot-bench", lambda: self.now)
        self.poller = Poller(web, self.read, store, lambda: self.now, Audience("C0ALERTS", "C0OPS"), gist=gist)

    def __call__(self, cycle: str) -> Took:
        self.site.begin(cycle)
        before, parsed = self.told(), self.read.calls
        worked = time.process_time()
        report = self.poller()
        cpu = time.process_time() - worked
        counted, after = self.site.counts(), self.told()
        self.now += EVERY
        alerts, notices = (sum(key.startswith(kind) for key in after - before) for kind in ("alert", "notice"))
        parsed = self.read.calls - parsed
        return Took(cpu, report, parsed, alerts, notices, counted["requests"], counted["connections"])

    def told(self) -> set[str]:
        """Return the keys of all messages, taking them from the outbox as a deliverer would."""
        keys = set[str]()
        while leased := self.store.lease(self.now, 1000, 3600):
            for one in leased:
                keys.add(one.message.key)
                self.store.sent(one, one.message.key, self.now)
        self._told = getattr(self, "_told", set[str]()) | keys
        return set(self._told)


def run_secbot(where: Site) -> dict[str, Took]:
    """Make all cycles and print what each took."""
    took: dict[str, Took] = {}
    print(
        f"\n{'cycle':<12}{'CPU s':>8}{'asked':>8}{'304/same':>10}{'read':>7}{'found':>7}{'alerts':>8}{'notices':>9}{'conn.':>7}"
    )
    with tempfile.TemporaryDirectory() as folder, storage.open_store(f"sqlite:///{folder}/bench.db") as store:
        store.watch(sources(where.base), STARTED)
        cycle = Cycles(store, where)
        for name in bench_site.CYCLES:
            one = took[name] = cycle(name)
            print(
                f"{name:<12}{one.cpu:8.2f}{one.requests:8}{one.report.unchanged:10}{one.parsed:7}{len(one.found):7}"
                f"{one.alerts:8}{one.notices:9}{one.connections:7}",
                flush=True,
            )
    return took


# --- the others ------------------------------------------------------------------------------------------------------


async def bare(base: str) -> None:
    """Ask for all twice with one client of httpx and print the CPU that the second time took, all 304."""
    validators: dict[str, str] = {}
    turns = asyncio.Semaphore(10)
    limits = httpx.Limits(max_connections=10)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def get(url: str) -> int:
            async with turns:
                headers = {"If-None-Match": validators[url]} if url in validators else {}
                answer = await client.get(url, headers=headers)
            validators[url] = answer.headers.get("ETag", "")
            return answer.status_code

        urls = [f"{base}{path}" for path in bench_site.paths()]
        await asyncio.gather(*map(get, urls))
        worked = time.process_time()
        statuses = await asyncio.gather(*map(get, urls))
    print(time.process_time() - worked if set(statuses) == {304} else f"answers: {set(statuses)}")


def run_bare(where: Site) -> float:
    """Return the CPU of a bare loop over the same URLs, all 304, in a process of its own; the least of three."""
    command = [sys.executable, "-m", "tests.bench_poll", "--bare", where.base]
    where.begin("unchanged")
    done = [subprocess.run(command, check=True, capture_output=True, text=True, timeout=LONGEST) for _ in range(3)]
    return min(float(one.stdout) for one in done)


class LeftOut(Exception):
    """A peer could not be measured; the message says why."""


def run_urlwatch(where: Site, peers: Path) -> float:
    """Return the CPU that urlwatch takes for all URLs when nothing changed (304).

    Raises:
        LeftOut: it can't be installed or does not end.
    """
    program = installed(peers / "urlwatch", URLWATCH, "urlwatch")
    with tempfile.TemporaryDirectory() as folder:
        jobs, home = Path(folder) / "urls.yaml", Path(folder)
        jobs.write_text("---\n".join(f"url: {where.base}{path}\n" for path in bench_site.paths()))
        files = ("--urls", str(jobs), "--config", str(home / "urlwatch.yaml"), "--cache", str(home / "cache.db"))
        where.begin("first")
        spent([str(program), *files], home)
        where.begin("unchanged")
        cpu = spent([str(program), *files], home)
        if (asked := where.counts()["requests"]) < len(bench_site.paths()):
            raise LeftOut(f"it asked for {asked} pages only")
        return cpu


def installed(venv: Path, package: str, program: str) -> Path:
    """Return a program in a virtual environment of its own, made on demand.

    Raises:
        LeftOut: it can't be installed.
    """
    found = venv.absolute() / "bin" / program
    try:
        if not found.exists():
            subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, timeout=LONGEST)
            pip = [str(venv / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", package]
            subprocess.run(pip, check=True, capture_output=True, timeout=LONGEST)
    except (subprocess.SubprocessError, OSError) as error:
        raise LeftOut(f"{package} could not be installed ({type(error).__name__})") from error
    return found


def spent(command: Sequence[str], home: Path) -> float:
    """Return the CPU that a command takes, with all that it starts.

    Raises:
        LeftOut: it does not end, or fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    given = {**os.environ, "HOME": str(home)}
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST, env=given)
    except (subprocess.SubprocessError, OSError) as error:
        said = (getattr(error, "stderr", b"") or b"").decode(errors="replace").strip().splitlines()[-1:]
        raise LeftOut(f"{Path(command[0]).name} did not end well: {type(error).__name__} {' '.join(said)}") from error
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(name: str, measure: Callable[[], float]) -> float | None:
    """Print what a peer takes; None where it is left out."""
    try:
        cpu = measure()
    except LeftOut as left:
        print(f"{name}: left out: {left}", flush=True)
        return None
    print(f"{name}: {cpu:.2f} s of CPU when nothing changed", flush=True)
    return cpu


# --- what must hold --------------------------------------------------------------------------------------------------


def judge(took: dict[str, Took], alone: float, urlwatch: float | None) -> Verdict:
    """Hold all figures against their bounds."""
    verdict = Verdict()
    meant = {f"page-{n}" for n in range(bench_site.PAGES) if bench_site.changes(n, feed=False)}
    meant |= {f"feed-{n}" for n in range(bench_site.FEEDS) if bench_site.changes(n, feed=True)}
    found = took["changed"].found
    print("\nwhat is found and told")
    verdict.count("found where 5 in 100 changed", len(found & meant), sum(bench_site.CHANGED))
    verdict.count("missed", len(meant - found), 0)
    verdict.count("false", sum(len(took[name].found - (meant if name == "changed" else set())) for name in took), 0)
    for name in ("noise", "faulty", "recovered"):
        verdict.count(f"alerts, {name}", took[name].alerts, 0)
    for name in ("unchanged", "same"):
        verdict.count(f"pages read, {name}", took[name].parsed, 0)
    for name, one in took.items():
        verdict.count(f"connections, {name}", one.connections, CONNECTIONS, most=True)
    unchanged, same = took["unchanged"].cpu, took["same"].cpu
    print("\nCPU")
    verdict.ratio("all 304, of a bare httpx loop", unchanged, alone, BARE_TIMES)
    if urlwatch:
        verdict.ratio("all 304, of urlwatch", unchanged, urlwatch, URLWATCH_TIMES)
    verdict.ratio("same bodies without validators, of all 304", same, unchanged, SAME_TIMES)
    verdict.ratio("5 in 100 changed, of all 304", took["changed"].cpu, unchanged, CHANGED_TIMES)
    verdict.ratio("noise, of same bodies", took["noise"].cpu, same, NOISE_TIMES)
    return verdict


def main(argv: Sequence[str] | None = None) -> None:
    """Measure all; exit 1 when a count is missed, with `--strict` when a time is."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_poll", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="times decide the exit code too")
    parser.add_argument("--peers", type=Path, default=PEERS, help="where the others are installed")
    parser.add_argument("--alone", action="store_true", help="without urlwatch")
    parser.add_argument("--bare", metavar="BASE", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.bare:
        asyncio.run(bare(options.bare))
        return
    with site() as where:
        alone = run_bare(where)
        print(f"bare httpx loop: {alone:.2f} s of CPU when nothing changed", flush=True)
        urlwatch = None if options.alone else measured("urlwatch", lambda: run_urlwatch(where, options.peers))
        print("changedetection.io: left out: a cycle takes it minutes (107 s of CPU when it was measured apart)")
        took = run_secbot(where)
    verdict = judge(took, alone, urlwatch)
    missed = verdict.missed + (verdict.slow if options.strict else [])
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
