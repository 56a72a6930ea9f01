"""`make chaos`: prints what was done and found, and exits with 1 where a promise is broken. Ends within ten minutes;
with `--short` within two or so, without the many machines, whose paces a busy machine may not keep.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from tests import crash
from tests.chaos import in_folder, losses, many

FEWEST_KILLS = 500


def wrong_kills(result: dict[str, Any], few: int) -> list[str]:
    """Return what breaks a promise."""
    too_few = [f"only {result['kills']} kills"] if result["kills"] < few else []
    return too_few + [f"killed at step {step}: {fault}" for step, fault in result["wrong"].items()]


def main() -> int:
    """Run all parts; the one that waits for Slack most of its time runs beside the kills."""
    short = "--short" in sys.argv
    every, deliveries = (9, 100) if short else (1, 1000)
    few = FEWEST_KILLS // every
    faults: list[str] = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        delivering = beside.submit(in_folder, partial(losses.run, deliveries=deliveries))
        faults += told(
            "kill -9 at every step", in_folder(partial(crash.main, every=every)), partial(wrong_kills, few=few)
        )
        faults += told(f"{deliveries:,} deliveries through a faulty proxy", delivering.result(), losses.wrong)
    if not short:
        faults += told("four workers and two webs on PostgreSQL", in_folder(many.run), many.wrong)
    print(f"\n{len(faults)} promises broken" if faults else "\nnothing lost, nothing twice")
    return bool(faults)


def told(title: str, result: dict[str, Any], wrong: Callable[[dict[str, Any]], list[str]]) -> list[str]:
    """Print what a part found; return what is wrong with it."""
    print(f"\n{title}")
    for name, value in result.items():
        print(f"  {name}: {json.dumps(value) if isinstance(value, dict) else value}")
    found = wrong(result)
    for one in found:
        print(f"  WRONG: {one}")
    sys.stdout.flush()
    return found


if __name__ == "__main__":
    sys.exit(main())
