"""How many examples a property draws: a few each time the suite is run, all of them in `make thorough`."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("THOROUGH"))

SHARE = 4
"""Of so many examples `make test` draws one."""


def examples(count: int) -> int:
    """Return how many of a property's examples this run draws."""
    return count if THOROUGH else -(-count // SHARE)
