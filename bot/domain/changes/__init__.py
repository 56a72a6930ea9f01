"""Kinds of change, one a file; the folder is the registry.

A kind is a module with `KIND` (its name, also that of its template `templates/changes/KIND.j2`), `ORDER` (lower looks
first) and `find(differences) -> Iterator[Change]`. What a change explains is not looked at again by later kinds, so
"removed here and added there" is told as one move, never as two changes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from bot.domain.claims import Claim
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences


@dataclass(frozen=True, slots=True)
class Delta:
    """One value that differs between two readings: `before` or `after` is None where it is not there at all."""

    subject: str
    attribute: str
    before: str | None
    after: str | None
    was: Claim | None = field(default=None, compare=False)
    now: Claim | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened in the field, as people would say it.

    `about` names every subject that it concerns (for following), `facts` the words its template needs beyond before and
    after (title, release …), `explains` the differences it stands for; the first of these is the change itself.
    """

    kind: str
    subject: str
    attribute: str
    before: str | None
    after: str | None
    weight: Weight
    about: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    quote_before: str = ""
    quote_after: str = ""
    explains: tuple[Delta, ...] = field(default=(), compare=False)

    @property
    def quote(self) -> str:
        """The sentence that proves it: the new one where there is one."""
        return self.quote_after or self.quote_before


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is kept: `id` is stable over restarts, `seq` grows with each. `known_from` names the source that had
    said the same before, in which case nobody was alerted; empty for news.
    """

    id: str
    change: Change
    source: str
    url: str
    found_at: datetime
    seq: int = 0
    known_from: str = ""


class Kind(Protocol):
    """What a module of this folder offers."""

    KIND: str
    ORDER: int

    def find(self, differences: Differences) -> Iterator[Change]:
        """Yield the changes of this kind among the differences."""


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all kinds of change in the order in which they look."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules: list[ModuleType] = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(
        sorted((cast(Kind, m) for m in modules if hasattr(m, "KIND")), key=lambda kind: (kind.ORDER, kind.KIND))
    )
