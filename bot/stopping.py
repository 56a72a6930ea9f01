"""Being told to stop: what is in hand is finished, within a time, and the process ends well.

first SIGTERM or Ctrl-C → no new page or message is begun → jobs in hand end → exit 0
                        └─ after `WITHIN` seconds the process ends all the same, exit 0: what was not finished is in the
                           database as it was before, and goes on at the next start
second one              → the process ends at once
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

log = logging.getLogger(__name__)

WITHIN = 25.0
"""Seconds for what is in hand; platforms kill after thirty."""


class Stop:
    """Whether this process was told to stop. `end` ends it with an exit code, whatever still runs."""

    def __init__(self, within: float | None = None, end: Callable[[int], object] = os._exit) -> None:
        """Begin as not told."""
        self._within = WITHIN if within is None else within
        self._end = end
        self._told = threading.Event()
        self._signalled = False
        self._first: list[Callable[[], object]] = []

    def __call__(self) -> bool:
        """Whether it was told to stop."""
        return self._told.is_set()

    def first(self, do: Callable[[], object]) -> None:
        """Do something as soon as it is told to stop: end what would be waited for."""
        self._first.append(do)

    def tell(self) -> None:
        """Tell it to stop."""
        self._told.set()
        for do in self._first:
            do()

    def wait(self) -> None:
        """Wait until it is told to stop."""
        self._told.wait()

    # --- signals ---

    def listen(self) -> None:
        """Stop on SIGTERM and Ctrl-C. Where this is not the main thread, nobody can listen to signals."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._heard)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        if self._signalled:
            self._end(128 + number)
            return
        self._signalled = True
        # A signal comes in the midst of anything, and with any lock held: the rest is done by threads that may wait.
        threading.Thread(target=self._end_late, name="stop", daemon=True).start()
        threading.Thread(target=self.tell, name="stopping", daemon=True).start()

    def _end_late(self) -> None:
        threading.Event().wait(self._within)
        log.warning("not all was finished in %g seconds; it goes on at the next start", self._within)
        self._end(0)
