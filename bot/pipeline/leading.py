"""Leading: of many processes one watches the pages and makes the digests; all deliver.

lead? ─┬─ another does → nothing
       └─ we do → the work, on a store that refuses its writes once another process leads

The lease is renewed every few seconds, so whoever is killed or stopped is followed within it and a tick.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.ports import Clock, Deposed, Store, StoreError, Term

log = logging.getLogger(__name__)
T = TypeVar("T")

TASK = "watching"
LEASE_SECONDS = 30.0
"""How long nobody watches after a leader died."""


def own_name() -> str:
    """Return a name for this process that no other has, nor had."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class Leader:
    """Leads, or waits for its turn. `seconds`: a lease that is not renewed ends after so many."""

    store: Store
    clock: Clock
    holder: str = field(default_factory=own_name)
    seconds: float = LEASE_SECONDS
    term: Term | None = field(default=None, init=False)
    _led: bool | None = field(default=None, init=False, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def renew(self) -> Term | None:
        """Take or keep the lead; None where another process has it."""
        with self._turn:
            term = self.store.lead(TASK, self.holder, self.clock(), self.seconds)
            before, self.term = self.term, term
            if term is not None and (before is None or before.fence != term.fence):
                log.info("this process watches the pages now (term %d)", term.fence)
            elif term is None and self._led is not False:
                log.info("another process watches the pages; this one delivers, and takes over when that is gone")
            self._led = term is not None
            return self.term

    def do(self, work: Callable[[Store], T]) -> T | None:
        """Do what only the leader does, on a store that refuses its writes once another leads; None where one does."""
        term = self.renew()
        if term is None:
            return None
        try:
            return work(self.store.under(term))
        except Deposed as deposed:
            log.info("%s", deposed)
            return None

    def resign(self) -> None:
        """Let another process take over at once."""
        if self.term is None:
            return
        try:
            self.store.resign(self.term, self.clock())
        except StoreError as error:
            log.warning("the lead can't be given back, and ends by itself: %s", error)
        self.term = None
