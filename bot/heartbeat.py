"""The dead man's switch: an address that is asked as long as all goes well, so that somebody hears when it is silent.

Services for it (healthchecks.io, Better Stack, Cronitor) give an address that nobody else knows: it is a secret.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two beats, at least."""
PATIENCE = 5.0
"""Seconds for connecting, and for each answer."""


class Heartbeat:
    """Asks an address, at most once a minute; never raises, and says once that it can't be reached."""

    def __init__(self, url: str, *, now: Callable[[], float] = time.monotonic, patience: float = PATIENCE) -> None:
        """Ask an address; empty for none. Seconds are those of a monotonic clock."""
        self._url = url
        self._now = now
        self._patience = patience
        self._next = 0.0
        self._failing = False
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Say whether there is an address, not which."""
        return f"Heartbeat({'on' if self._url else 'off'})"

    def __call__(self) -> bool:
        """Beat if it is time; return whether it was heard."""
        return bool(self._url) and self._is_time() and self._beat()

    def _is_time(self) -> bool:
        with self._lock:
            now = self._now()
            if now < self._next:
                return False
            self._next = now + EVERY
            return True

    def _beat(self) -> bool:
        if wrong := ask(self._url, self._patience):
            if not self._failing:
                log.warning("the heartbeat was not heard: %s", wrong)
            self._failing = True
            return False
        if self._failing:
            log.info("the heartbeat is heard again")
        self._failing = False
        return True


def ask(url: str, patience: float = PATIENCE) -> str:
    """Ask a heartbeat's address; return what went wrong, without the address, empty for nothing."""
    import httpx

    try:
        with httpx.stream("GET", url, timeout=patience, headers={"User-Agent": "secbot"}) as answer:
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # Its words may quote the address, which is a secret.
        return f"no answer ({type(error).__name__})"
    return "" if status < 300 else f"status {status}"
