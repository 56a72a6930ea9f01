"""How often one person may ask: a token bucket each, so that nobody keeps the others waiting."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class Pace:
    """Lets each user ask `burst` questions at once and `per_second` after that. Remembers at most `most` users."""

    def __init__(
        self,
        burst: int = 10,
        per_second: float = 1.0,
        most: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with full buckets; `clock` in seconds."""
        self._burst = burst
        self._per_second = per_second
        self._most = most
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, user: str) -> bool:
        """Take a token of a user's bucket; False where it is empty."""
        with self._lock:
            now = self._clock()
            tokens, since = self._buckets.pop(user, (float(self._burst), now))
            tokens = min(float(self._burst), tokens + (now - since) * self._per_second)
            self._buckets[user] = (tokens - 1 if tokens >= 1 else tokens, now)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return tokens >= 1
