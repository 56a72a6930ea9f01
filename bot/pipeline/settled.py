"""Settled: where that stands which went to and fro until nobody was told of it any more, once it has rested for a day.

changes of the last days → the last of a to and fro, which nobody was told → its page was read a day later and goes on
                         → who follows it and was told something else last → a message, once for a channel and change
Only the store is asked, so this may run as often and as late as it likes: what was told has no difference any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import follow
from bot.domain.changes import Told
from bot.domain.follow import BY_DEFAULT, Following
from bot.domain.undone import WITHIN, course, goes_on, way
from bot.pipeline import alerts, flapping
from bot.ports import Outgoing, Store, Watch

LATEST = timedelta(days=14)
"""What came to rest longer ago is told no more: so long secbot may stand still, or a page be out of reach."""
SHORTEST = flapping.UNSTABLE + 2
"""Changes in a to and fro of which the last was told to nobody."""


@dataclass(frozen=True, slots=True)
class Rested:
    """A to and fro that has come to rest: all of it, oldest first, and the page that says how it stands."""

    course: tuple[Told, ...]
    watch: Watch

    @property
    def last(self) -> Told:
        """The change that led to where it stands."""
        return self.course[-1]


def tell(store: Store, following: Following, now: datetime) -> int:
    """Queue what each channel must hear of what has come to rest; return how many messages."""
    by_page: dict[str, list[Rested]] = {}
    for one in rested(store, now):
        by_page.setdefault(one.watch.source.name, []).append(one)
    outgoing = [message for here in by_page.values() for message in _of_page(store, following, here, now)]
    return store.enqueue(outgoing, now) if outgoing else 0


def rested(store: Store, now: datetime) -> Iterator[Rested]:
    """Yield what went to and fro, its last turns told to nobody, and whose page still said so a day later."""
    begin = now - LATEST - SHORTEST * WITHIN
    if len(store.glimpses(since=begin, until=now - WITHIN, limit=SHORTEST)) < SHORTEST:
        return
    kept = [one for one in store.changes(since=begin, limit=flapping.MOST) if not one.known_from]
    watches = {watch.source.name: watch for watch in store.watches()}
    for last in _lasts(kept, now):
        watch = watches.get(last.source)
        if watch and watch.last_read_at and watch.last_read_at >= last.found_at + WITHIN:
            whole = course(last, flapping.since(store, [last], last.found_at))
            yield Rested(tuple(whole), watch)


def _lasts(kept: Sequence[Told], now: datetime) -> Iterator[Told]:
    """Yield the last change of each to and fro that is long enough, and that nothing went on from."""
    ways: dict[object, list[Told]] = {}
    for one in kept:
        ways.setdefault(way(one.change), []).append(one)
    for same in ways.values():
        last = same[-1]
        silent = len(same) >= SHORTEST and len(course(last, same)) >= SHORTEST
        if silent and last.found_at + WITHIN <= now and not any(goes_on(one, last) for one in kept):
            yield last


def _of_page(store: Store, following: Following, here: Sequence[Rested], now: datetime) -> Iterator[Outgoing]:
    """Yield the messages about what has come to rest on one page."""
    watch = here[0].watch
    by_last = {one.last: one for one in here}
    called = heading(store, here[0].last)
    reading = alerts.Reading(watch.source.name, here[0].last.url, called, watch.last_read_at or now)
    for routed in follow.route(list(by_last), following, now):
        mine = following.of(routed.channel)
        told = [last for last in routed.told if differs(store, routed.channel, mine, by_last[last], now)]
        marked = {"settled": {one.id for one in told}}
        yield from alerts.messages(store, routed.channel, told, mine, reading, marked, "settled")


def heading(store: Store, last: Told) -> str:
    """Return the heading of the page that says how something stands; its source's name where it says it no more."""
    said = store.statements(last.change.subject, last.change.attribute)
    headings = [one.heading for one in said if one.source == last.source and one.heading]
    return headings[-1] if headings else last.source


def differs(store: Store, channel: str, mine: Following, one: Rested, now: datetime) -> bool:
    """Whether a channel must be told where something stands: that was not told it, and is not what it heard last.

    Each turn takes back the one before, so it stands as it did after every second of them.
    """
    if store.tellings(channel, one.last.id):
        return False
    return (len(one.course) - 1 - _heard(store, channel, mine, one, now)) % 2 == 1


def _heard(store: Store, channel: str, mine: Following, one: Rested, now: datetime) -> int:
    """Return which turn a channel was told last; where it was told none the last one before it began to follow, -1 for
    what was before them all.
    """
    turns = list(enumerate(one.course))
    for number, turn in reversed(turns):
        if any(telling.ts for telling in store.tellings(channel, turn.id)):
            return number
    began = _began(mine.bringing(one.last, now))
    return max((number for number, turn in turns if began and turn.found_at <= began), default=-1)


def _began(rules: Iterable[follow.Subscription]) -> datetime | None:
    """Return when the first of some rules was made; None: one of them always was."""
    made = list(rules)
    if any(rule.made_by == BY_DEFAULT for rule in made):
        return None
    return min((rule.made_at for rule in made), default=None)
