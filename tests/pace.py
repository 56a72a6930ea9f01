"""How long work takes, in beats: the CPU time of a fixed piece of work, measured in the same process, turn by turn.

A slow machine makes the beat longer and a busy one adds no CPU time, so that a bound in beats speaks of the code alone. The
bounds are several times what is usual: they are there for work that grows with the square, or runs where none should.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

_TURNS = 3
"""Times that work is measured before it counts as too long: a moment's noise ends before that, a fault does not."""
_ROWS = [{"id": f"MP{n:03d}", "title": f"Modification number {n} about Devices", "on": n * 7 % 31} for n in range(250)]
_WORD = re.compile(r"\b(?P<word>[A-Z][a-z]+)\b|(?P<number>\d+)")


def _beat() -> None:
    """Do what Python does most: objects, words, patterns, order. Some 3 ms on a machine of 2024."""
    rows = json.loads(json.dumps(_ROWS))
    words = [match.group() for row in rows for match in _WORD.finditer(row["title"])]
    counted: dict[str, int] = {}
    for word in words:
        counted[word] = counted.get(word, 0) + len(word)
    sorted(rows, key=lambda row: (row["on"], counted.get(row["id"], 0), row["title"]))


def cpu(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that work takes, in all threads of this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def beat() -> float:
    """Return the seconds of CPU that a beat takes now: the least of three."""
    return min(cpu(_beat) for _ in range(3))


def takes_at_most(beats: float, work: Callable[[], object]) -> bool:
    """Whether work takes at most so many beats at one of its turns."""
    return any(cpu(work) <= beats * beat() for _ in range(_TURNS))
