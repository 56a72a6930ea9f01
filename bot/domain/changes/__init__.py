"""Kinds of change, one a file; the folder is the registry.

A kind is a module with `KIND` (its name, also that of its template `templates/changes/KIND.j2`), `ORDER` (lower looks
first) and `find(differences) -> Iterator[Change]`. What a change explains is not looked at again by later kinds, so
"removed here and added there" is told as one move, never as two changes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, cast

from bot.domain.claims import Claim
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences


SHORT_ID = 8
"""So much of a change's id is shown to people."""


@dataclass(frozen=True, slots=True)
class Delta:
    """One value that differs between two readings: `before` or `after` is None where it is not there at all.

    A `companion` goes without saying (the title of a modification that came into scope): explained, never told.
    """

    subject: str
    attribute: str
    before: str | None
    after: str | None
    was: Claim | None = field(default=None, compare=False)
    now: Claim | None = field(default=None, compare=False)
    companion: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened in the field, as people would say it.

    `about` names every subject that it concerns (for following), `facts` the words its template needs beyond before
    and after (title, release …), `explains` the differences it stands for; the first of these is the change itself.
    `steps`: the same one by one, where it takes away a value among many besides telling what is certain; else empty.
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
    steps: tuple[Change, ...] = field(default=(), compare=False, repr=False)

    @property
    def quote(self) -> str:
        """The sentence that proves it: the new one where there is one."""
        return self.quote_after or self.quote_before


class KeptFacts(dict[str, str]):
    """The facts of a change as they were kept, maybe by an older secbot: what a newer one adds is not among them, and
    its templates find nothing there rather than fail.
    """


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is kept: `id` is stable over restarts, `seq` grows with each.

    `known_from` names the source that had said the same before, in which case nobody was alerted; empty for news.
    """

    id: str
    change: Change
    source: str
    url: str
    found_at: datetime
    seq: int = 0
    known_from: str = ""


def made(
    kind: str,
    deltas: Sequence[Delta],
    weight: Weight,
    *,
    about: Iterable[str] = (),
    facts: Mapping[str, str] | None = None,
    companions: Iterable[Delta] = (),
    **said: str | None,
) -> Change:
    """Return a change made of deltas, the first of which is the change itself.

    `said` replaces its subject, attribute, before or after where the change says more than its first delta (a move).
    """
    first = deltas[0]
    change = Change(
        kind,
        first.subject,
        first.attribute,
        first.before,
        first.after,
        weight,
        facts=dict(facts or {}),
        quote_before=next((delta.was.evidence.quote for delta in deltas if delta.was), ""),
        quote_after=next((delta.now.evidence.quote for delta in deltas if delta.now), ""),
        explains=(
            *deltas,
            *(replace(delta, companion=True) for delta in dict.fromkeys(companions) if delta not in deltas),
        ),
    )
    change = replace(change, **cast("dict[str, Any]", said))
    return replace(change, about=concerned((change.subject, *about)))


def concerned(subjects: Iterable[str]) -> tuple[str, ...]:
    """Return what can be followed of subjects, each once: of a document also its release and its SEC part."""
    found: list[str] = []
    for subject in subjects:
        found.append(subject)
        kind, _, key = subject.partition(":")
        if kind in ("document", "variation"):
            first, _, part = key.rpartition("/")
            found += [f"release:{first}"] if first and kind == "document" else []
            found.append(f"part:{part}")
    return tuple(dict.fromkeys(found))


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
