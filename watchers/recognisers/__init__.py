"""Kinds of page, one a file; the folder is the registry.

A recogniser is a module with `KIND` (the word for `--kind`), `recognises(outline) -> float` (from 0 to 1, how sure it
is that a page is of its kind) and `read(outline) -> Reading`. Modules whose name begins with "_" are shared by them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Protocol, cast

from bot.domain.claims import Reading
from watchers.outline import Outline

UNSURE = 0.25
"""Below this a page is of no known kind."""


class Recogniser(Protocol):
    """What a module of this folder offers."""

    KIND: str

    def recognises(self, outline: Outline) -> float:
        """Return from 0 to 1 how sure it is that a page is of its kind."""

    def read(self, outline: Outline) -> Reading:
        """Return what the page claims."""


def kinds() -> list[str]:
    """Return the kinds by the names of their files, sorted; none is loaded for that, which would take a second."""
    return sorted(name.replace("_", "-") for name in _names())


def _names() -> list[str]:
    return sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))


@cache
def recognisers() -> dict[str, Recogniser]:
    """Return the recognisers by their kind."""
    names = _names()
    modules: list[ModuleType] = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {module.KIND: cast(Recogniser, module) for module in modules if hasattr(module, "KIND")}


def of_kind(kind: str) -> Recogniser:
    """Return the recogniser for a kind of page.

    Raises:
        ValueError: no such kind is known; the message names those that are.
    """
    known = recognisers()
    if kind not in known:
        raise ValueError(f"{kind} is no kind of page; known: auto, {', '.join(sorted(known))}.")
    return known[kind]


def likeliest(outline: Outline) -> Recogniser | None:
    """Return the recogniser that is surest of a page, None where none is sure enough."""
    from watchers.recognisers._weights import surest

    kind = surest(outline, _found(outline), UNSURE)
    return recognisers()[kind] if kind else None


def another(kind: str, outline: Outline) -> str:
    """Return the kind that a page plainly is, where it is not of the kind that it is said to be; "" where it may be."""
    from watchers.recognisers._weights import is_at_least

    if is_at_least(outline, kind, of_kind(kind).recognises(outline) or _SLIGHT, UNSURE):
        return ""
    best, score = next(iter(scores(outline).items()))
    alike = best == kind or {best, kind} <= _STREAMS
    return "" if alike or score < PLAIN else best


PLAIN = 0.6
"""From this on a page is plainly of a kind, whatever it is said to be."""
_SLIGHT = 0.01
_STREAMS = frozenset({"news", "feed"})
"""Kinds that are read alike."""


def scores(outline: Outline) -> dict[str, float]:
    """Return how sure each recogniser is of a page, the surest first."""
    from watchers.recognisers._weights import weighed

    sure = weighed(outline, _found(outline))
    return dict(sorted(sure.items(), key=lambda score: -score[1]))


def _found(outline: Outline) -> dict[str, float]:
    """Return how much each recogniser finds of its own kind."""
    return {kind: one.recognises(outline) for kind, one in recognisers().items()}
