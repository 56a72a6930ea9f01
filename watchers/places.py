"""Places for what may be done so many at a time, where one that takes long steps aside for the others.

Without that, two pages that drip until their deadline hold up all that is behind them at their host, and ten hold up
every host.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Places:
    """So many places, and a few aside for those that turn out to be slow."""

    def __init__(self, most: int, aside: int, patience: float) -> None:
        """Offer `most` places; after `patience` seconds a holder goes on in one of `aside` more, if one is free."""
        self.free = asyncio.Semaphore(most)
        self.aside = aside
        self.patience = patience

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Place]:
        """Hold a place; those who wait get theirs in order."""
        await self.free.acquire()
        place = Place(self)
        try:
            yield place
        finally:
            place.leave()


class Place:
    """A place that is held."""

    def __init__(self, places: Places) -> None:
        """Hold one of these."""
        self._places = places
        self._is_aside = False
        self._timer: asyncio.TimerHandle | None = None

    def be_timed(self) -> None:
        """From now on the holder is at work; whoever is longer than others have patience for steps aside."""
        self._timer = asyncio.get_running_loop().call_later(self._places.patience, self._step_aside)

    def leave(self) -> None:
        """Give the place back."""
        if self._timer:
            self._timer.cancel()
        if self._is_aside:
            self._places.aside += 1
        else:
            self._places.free.release()

    def _step_aside(self) -> None:
        if not self._places.aside:
            self.be_timed()
            return
        self._places.aside -= 1
        self._is_aside = True
        self._places.free.release()
