"""Retention: which captures may go, when somebody asks for it. By itself nothing ever goes.

A site that is overwritten in place has no other memory than ours: that is why everything is kept until an operator
says otherwise, and why even then only what proves nothing may go. For ever stays

- each capture that opened or ended a claim, or in which an item of a stream was seen first,
- the captures before and after each change, in which its evidence is looked for,
- the first and the last capture of a page, the first and the last believed one, and the last of each address,
- what was not believed, while its source is in doubt and for `DOUBTED` after it was read.

What is left are pages whose bytes changed and that said the same. They would be missed by a later recogniser that reads
more of a page: `secbot reread` then finds what they said in the captures around them, not in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DOUBTED = timedelta(days=90)
"""For so long a reading that was not believed may be wanted, to see why."""
LEAST = timedelta(days=30)
"""What is younger never goes: a change may still be waiting for its second reading."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture, as far as it matters here; captures of a source are numbered as they came."""

    id: int
    url: str
    fetched_at: datetime
    believed: bool
    sha: str = ""


@dataclass(frozen=True, slots=True)
class Needed:
    """What depends on the captures of one source.

    `named`: those that a claim or an item names. `found`: the address and moment of each change that was found there.
    `doubt_since`: it is in doubt since then. `sha`: the body that it is asked for with.
    """

    named: Collection[int] = ()
    found: Collection[tuple[str, datetime]] = ()
    doubt_since: datetime | None = None
    sha: str = ""


@dataclass(slots=True)
class _Believed:
    """The believed captures of a source, for the questions that evidence asks of them."""

    captures: Sequence[Kept]
    by_moment: Mapping[tuple[str, datetime], Kept] = field(init=False)

    def __post_init__(self) -> None:
        self.by_moment = {(one.url, one.fetched_at): one for one in self.captures}

    def around(self, found: Iterable[tuple[str, datetime]]) -> Iterator[int]:
        """Yield the captures by which changes were found, and the one before each."""
        place = {one.id: number for number, one in enumerate(self.captures)}
        for url, at in found:
            read = self.by_moment.get((url, at)) or self._until(at)
            if read:
                yield read.id
                yield self.captures[max(place[read.id] - 1, 0)].id

    def _until(self, at: datetime) -> Kept | None:
        """Return the last capture that was fetched by a time; clocks go back, so it is not where a search would end."""
        return next((one for one in reversed(self.captures) if one.fetched_at <= at), None)


def may_go(captures: Sequence[Kept], needed: Needed, before: datetime, now: datetime) -> list[Kept]:
    """Return which captures of one source (all of them, in their order) may go of those fetched before a time."""
    wanted = set(_wanted(captures, needed))
    before = min(before, now - LEAST)
    return [one for one in captures if one.id not in wanted and one.fetched_at < _limit(one, needed, before, now)]


def _limit(one: Kept, needed: Needed, before: datetime, now: datetime) -> datetime:
    if one.believed:
        return before
    limits = [before, now - DOUBTED, *([needed.doubt_since] if needed.doubt_since else [])]
    return min(limits)


def _wanted(captures: Sequence[Kept], needed: Needed) -> Iterator[int]:
    """Yield the captures that are wanted for ever."""
    yield from needed.named
    believed = [one for one in captures if one.believed]
    for some in (captures, believed):
        yield from (one.id for one in (*some[:1], *some[-1:]))
    yield from {(one.url, one.believed): one.id for one in captures}.values()
    yield from (one.id for one in captures if one.sha and one.sha == needed.sha)
    yield from _Believed(believed).around(needed.found)
