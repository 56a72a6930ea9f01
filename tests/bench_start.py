"""`make bench-start`: how soon secbot is ready and how much memory it holds, beside importing what it is built on.

Each is a process of its own, several times; the medians are compared. Times are CPU of the whole process up to the
moment: when the imports are done, when `/healthz` answers, when the help is printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx

READY_TIMES, MEMORY_TIMES, HELP_TIMES = 1.5, 1.3, 0.15
RUNS = 5
SECBOT = (sys.executable, "-c", "from bot.cli import main; main()")
"""What the command `secbot` runs, of this folder whatever is installed."""
LONGEST = 120.0
CORE = (
    *("apscheduler.schedulers.background", "dotenv", "httpx", "jinja2", "protego", "rapidfuzz", "selectolax.lexbor"),
    *("slack_bolt", "slack_sdk", "sniffio", "sqlmodel", "starlette.applications", "typer", "uvicorn", "websocket"),
)
"""What secbot is built on, without what is imported only where it is used: alembic, feedparser, pdfplumber, psycopg."""
RESIDENT = "next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS'))"


class Took(NamedTuple):
    """Seconds of CPU, and MB of memory that is resident."""

    cpu: float
    memory: float


def imports() -> Took:
    """Return what importing the core takes."""
    program = f"import {', '.join(CORE)}, os; t = os.times(); print(t.user + t.system, {RESIDENT})"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    cpu, memory = done.stdout.split()
    return Took(float(cpu), int(memory) / 1024)


def started(folder: Path) -> Took:
    """Return what `secbot run` takes until it answers, and what it holds then. It watches one page that is not there."""
    sources, port = folder / "sources.toml", free_port()
    sources.write_text('[[source]]\nname = "one"\nurl = "http://127.0.0.1:9/"\nkind = "release-page"\n')
    given = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/start.db", "PORT": str(port)}
    given |= {"SECBOT_SOURCES": str(sources)}
    with subprocess.Popen(
        [*SECBOT, "run"],
        env=given,
        cwd=Path.cwd(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            answered(process, port)
            return of_process(process.pid)
        finally:
            process.terminate()
            process.communicate(timeout=LONGEST)


def answered(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until /healthz answers.

    Raises:
        SystemExit: it never does.
    """
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=1)
        except httpx.TransportError:
            time.sleep(0.01)
        else:
            return
    process.kill()
    sys.exit(f"secbot run never answered: {process.stderr.read().decode() if process.stderr else ''}")


def of_process(pid: int) -> Took:
    """Return the CPU that a process has had and the memory it holds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    held = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return Took(ticks / os.sysconf("SC_CLK_TCK"), int(held.split()[1]) / 1024)


def helped() -> Took:
    """Return what `secbot --help` takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*SECBOT, "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 0.0)


def free_port() -> int:
    """Return a port of loopback that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def middle(runs: Sequence[Took]) -> Took:
    """Return the medians of runs."""
    return Took(median(run.cpu for run in runs), median(run.memory for run in runs))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure; exit 1 when a bound is missed and `--strict` is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_start", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="the bounds decide the exit code")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        rounds = [(imports(), started(Path(folder)), helped()) for _ in range(options.runs + 1)][1:]
    core, ready, printed = (middle(runs) for runs in zip(*rounds, strict=True))
    print(f"importing the core: {core.cpu:.2f} s of CPU, {core.memory:.0f} MB")
    print(f"secbot run, until it answers: {ready.cpu:.2f} s of CPU, {ready.memory:.0f} MB")
    print(f"secbot --help: {printed.cpu:.2f} s of CPU")
    figures = (
        ("ready", ready.cpu / core.cpu, READY_TIMES),
        ("idle memory", ready.memory / core.memory, MEMORY_TIMES),
        ("--help", printed.cpu / core.cpu, HELP_TIMES),
    )
    for name, times, most in figures:
        print(f"  {name:<14}{times:6.2f} × the imports, at most {most:g} ×: {'kept' if times <= most else 'MISSED'}")
    sys.exit(options.strict and any(times > most for _, times, most in figures))


if __name__ == "__main__":
    main()
