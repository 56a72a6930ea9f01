"""How many examples a property draws: a few each time the suite is run, all of them in `make thorough`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest

THOROUGH = bool(os.environ.get("THOROUGH"))

SHARE = 4
"""Of so many examples `make test` draws one."""


def examples(count: int) -> int:
    """Return how many of a property's examples this run draws."""
    return count if THOROUGH else -(-count // SHARE)


def one_in(count: int, members: Iterable[Any], *, of: Callable[[Any], object] = lambda _: None) -> list[Any]:
    """Return the members of a large family as parameters: one in so many for `make test`, the first of each group (`of`)
    among them, all others `thorough`.
    """
    seen: dict[object, int] = {}
    found = []
    for one in members:
        number = seen[of(one)] = seen.get(of(one), -1) + 1
        found.append(pytest.param(one, marks=[pytest.mark.thorough] if number % count else []))
    return found
