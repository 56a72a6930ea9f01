"""What commands share: secbot put together for one of them, and the error that is mended by typing otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import App
    from bot.metrics import Metrics
    from bot.ports import Store
    from bot.settings import Settings


class UsageError(Exception):
    """What was asked for can't be done as it was asked; the message says what to do."""


@contextmanager
def assembled(settings: Settings | None = None, metrics: Metrics | None = None) -> Iterator[App]:
    """Put secbot together, from the environment where no settings are given; close the database at the end."""
    from bot.app import assemble
    from bot.metrics import UNCOUNTED
    from bot.settings import load

    settings = settings or load()
    with opened(settings) as store:
        yield assemble(settings, store, metrics=metrics or UNCOUNTED)


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the database of the settings."""
    import storage

    with storage.open_store(settings.database_url) as store:
        yield store
