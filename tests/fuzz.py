"""`make fuzz`: many broken inputs through the reader, of every kind; none may raise, hang or take much memory.

Inputs are shared out among processes, one for each core. Time is CPU time, so that a busy machine finds no hangs, and
counted in beats, so that a slow one finds none either; memory is the most that a process ever held, which includes what it held before. A failing input is saved with what it
did and shrunk, where `--keep` names a folder.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import FrameType

from bot.ports import Page
from tests.mutations import Input, make
from tests.pace import beat
from watchers.phrases.rules import rules
from watchers.read import read_unguarded

LONGEST = 1_400
"""Beats (see `tests.pace`) in which an input must be read: two seconds of CPU on a machine of 2024."""
MOST_MEMORY = 300
"""MB that a process that reads may hold."""
URL = "https://smartenergycodecompany.co.uk/page/"
CLOCK = datetime(2026, 11, 26, tzinfo=UTC)
_SHRINKS = 300
_SHRINKING = 20.0
"""Seconds and tries that are given to shrinking one input."""


class TooLong(BaseException):
    """An input is not read in time. Nothing that reads may catch it."""


@dataclass
class Tally:
    """What came of a share of the inputs."""

    read: int = 0
    made: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    memory: float = 0.0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what came of another share."""
        self.read, self.claims = self.read + other.read, self.claims + other.claims
        self.made, self.kinds, self.doubts = (
            self.made + other.made,
            self.kinds + other.kinds,
            self.doubts + other.doubts,
        )
        self.slowest, self.memory = max(self.slowest, other.slowest), max(self.memory, other.memory)
        self.faults += other.faults


def fault_of(one: Input, tally: Tally | None = None) -> str:
    """Read an input; return what is wrong, "" for nothing: the exception and where it rose, "hang", "memory"."""
    page = Page(URL, one.body, one.content_type, CLOCK)
    started, longest = time.process_time(), seconds(LONGEST)
    signal.setitimer(signal.ITIMER_PROF, longest)
    try:
        reading = read_unguarded(page, one.kind)
    except TooLong:
        return "hang"
    except Exception as error:  # noqa: BLE001 - whatever rises is what we look for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - started
    if tally is not None:
        tally.claims += len(reading.claims)
        tally.doubts.update(doubt.reason for doubt in reading.doubts)
        tally.slowest = max(tally.slowest, (took, one.number))
    if took > longest:
        return "hang"
    return "memory" if held() > MOST_MEMORY else ""


@cache
def seconds(beats: float) -> float:
    """Return how many seconds of CPU so many beats are here."""
    return beats * beat()


def held() -> float:
    """Return the most MB that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def prepare() -> None:
    """Make ready to read inputs in this process: the alarm, no words on stderr, and what is compiled once."""
    signal.signal(signal.SIGPROF, _ring)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    rules()


def share(seed: int, numbers: range) -> Tally:
    """Read a share of the inputs; ends early where memory is at fault, which every later input would be blamed for."""
    prepare()
    tally = Tally()
    for number in numbers:
        one = make(seed, number)
        tally.made.update(one.made.split(" + "))
        tally.kinds[one.kind] += 1
        tally.read += 1
        if fault := fault_of(one, tally):
            tally.faults.append((number, fault))
            if fault == "memory":
                break
    tally.memory = held()
    return tally


def shrunk(one: Input, fault: str) -> Input:
    """Return a smaller input with the same fault, as far as leaving pieces out goes."""
    alike = fault.partition(":")[0]
    size, tries = len(one.body) // 2, 0
    until = time.monotonic() + _SHRINKING
    while size and tries < _SHRINKS and time.monotonic() < until:
        at = 0
        while at < len(one.body) and tries < _SHRINKS and time.monotonic() < until:
            smaller = replace(one, body=one.body[:at] + one.body[at + size :])
            tries += 1
            if fault_of(smaller).startswith(alike):
                one = smaller
            else:
                at += size
        size //= 2
    return one


def _shares(examples: int, seed: int, size: int) -> Iterator[tuple[int, range]]:
    for start in range(0, examples, size):
        yield seed, range(start, min(start + size, examples))


def fuzz(examples: int, seed: int, processes: int) -> Tally:
    """Read inputs in several processes, each new after some thousand inputs."""
    total, started = Tally(), time.monotonic()
    size = max(50, min(1_000, examples // (processes * 4) or 1))
    with multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=4) as pool:
        for tally in pool.imap_unordered(_share, _shares(examples, seed, size)):
            total.add(tally)
            if total.read % 10_000 < size and total.read >= 10_000:
                print(
                    f"  {total.read:,} read, {len(total.faults)} faults, {time.monotonic() - started:.0f} s", flush=True
                )
    return total


def _share(given: tuple[int, range]) -> Tally:
    return share(*given)


def _save(folder: Path, seed: int, number: int, fault: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    one = make(seed, number)
    (folder / f"{seed}-{number}.whole").write_bytes(one.body)
    if fault != "memory":
        one = shrunk(one, fault)
    (folder / f"{seed}-{number}.shrunk").write_bytes(one.body)
    told = f"{fault}\nread as {one.kind}, declared {one.content_type!r}, made: {one.made}\n"
    (folder / f"{seed}-{number}.txt").write_text(told, "utf-8")


def main() -> None:
    """Read as many inputs as are asked for; exit 1 on a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that fail")
    given = parser.parse_args()
    started = time.monotonic()
    total = fuzz(given.examples, given.seed, given.processes)
    took = time.monotonic() - started
    print(
        f"{total.read:,} of {given.examples:,} inputs read in {took:.0f} s, seed {given.seed}; {total.claims:,} claims"
    )
    for name, counted in (("made", total.made), ("read as", total.kinds), ("doubts", total.doubts)):
        print(f"  {name}: " + ", ".join(f"{what} {number:,}" for what, number in counted.most_common()))
    print(f"  slowest: {total.slowest[0]:.2f} s of CPU (input {total.slowest[1]}); at most {seconds(LONGEST):.1f} s")
    print(f"  memory: {total.memory:.0f} MB; at most {MOST_MEMORY} MB")
    print(f"  faults: {len(total.faults)}")
    prepare()
    for number, fault in total.faults[:20]:
        print(f"  input {number}: {fault}")
        if given.keep:
            _save(given.keep, given.seed, number, fault)
    sys.exit(bool(total.faults) or total.read < given.examples)


if __name__ == "__main__":
    main()
