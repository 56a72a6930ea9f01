"""A process whose children migrate databases and are killed: python -m tests.killed_migration.

It reads lines "URL WHERE" and answers each with "killed at WHERE" when its child was killed with SIGKILL as it was about
to begin the statement of that number, or to commit; else with what became of it. It is one process for all and has one
thread, so that a child costs a fork and no import.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from alembic import command  # noqa: F401  (loaded once for all children)
from sqlalchemy import Engine, event

import storage
from storage import tables  # noqa: F401


def main() -> None:
    for line in sys.stdin:
        url, where = line.split()
        child = os.fork()
        if child == 0:
            migrate(url, where)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(f"killed at {where}" if killed else f"ended with {status}", flush=True)


def migrate(url: str, where: str) -> None:
    """Migrate, and be killed."""
    numbers = count(1)

    def about_to(*_: object) -> None:
        if where == str(next(numbers)):
            os.kill(os.getpid(), signal.SIGKILL)

    def committing(*_: object) -> None:
        if where == "commit":
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", about_to)
    event.listen(Engine, "commit", committing)
    try:
        storage.migrate(url)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
