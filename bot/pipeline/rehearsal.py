"""Rehearsal: what a wish to follow would have sent, had it been kept a while ago. Nothing is kept.

changes of those days → that the rules follow → at once, or in digests → how many, a week on average, the newest
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import identifiers
from bot.domain.changes import Told
from bot.domain.follow import Following, Subscription, at_once
from bot.domain.views import spellings
from bot.ports import Store

DAYS = 90
NEWEST = 10
MOST = 1000
"""Changes that are looked at; more would keep the one who asks waiting."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """A change that would have been told; `at_once`: when it was found, else in the next digest."""

    told: Told
    at_once: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would have been sent since a moment: how many changes at once (in so many `messages`) and how many only in
    digests; the newest of both, newest first. `a_week` counts messages at once on an average week, `a_week_in_digests`
    changes in digests. `since` is later than was asked for where secbot watches no longer, or where there was too much
    to look at (`cut`).
    """

    since: datetime
    days: int
    at_once: int = 0
    messages: int = 0
    in_digests: int = 0
    a_week: float = 0.0
    a_week_in_digests: float = 0.0
    newest: tuple[Sent, ...] = ()
    cut: bool = False

    @property
    def total(self) -> int:
        """All changes that would have been told."""
        return self.at_once + self.in_digests


def rehearse(
    store: Store, subscription: Subscription | Sequence[Subscription], now: datetime, days: int = DAYS
) -> Rehearsal:
    """Return what a rule, or several of one wish, would have sent in the last days, mutes left aside."""
    rules = (subscription,) if isinstance(subscription, Subscription) else tuple(subscription)
    kept, later = _changes(store, rules, now - timedelta(days=days))
    since = later or _since(store, now - timedelta(days=days))
    sent = list(_sent(kept, Following(rules), now))
    soon = [one for one in sent if one.at_once]
    messages = len({(one.told.source, one.told.found_at) for one in soon})
    weeks = max((now - since) / WEEK, 1.0)
    newest = sorted(sent, key=lambda one: (one.told.found_at, one.told.seq), reverse=True)[:NEWEST]
    waiting = len(sent) - len(soon)
    return Rehearsal(
        since,
        max((now - since).days, 1),
        len(soon),
        messages,
        waiting,
        messages / weeks,
        waiting / weeks,
        tuple(newest),
        later is not None,
    )


def _sent(kept: Sequence[Told], following: Following, now: datetime) -> list[Sent]:
    return [
        Sent(told, any(at_once(rule, told.change) for rule in bringing))
        for told in kept
        if (bringing := following.bringing(told, now))
    ]


def _changes(store: Store, rules: Sequence[Subscription], since: datetime) -> tuple[list[Told], datetime | None]:
    """Return the changes that rules may follow, oldest first; where there were too many, those since a later time, and
    that time.
    """
    subjects = {subject for rule in rules for subject in _subjects(rule.selector)}
    about: Sequence[str | None] = [None] if "" in subjects else sorted(subjects)
    found = [store.changes(about=subject, since=since, limit=MOST) for subject in about]
    later = max((some[0].found_at for some in found if len(some) >= MOST), default=None)
    kept = {told.id: told for some in found for told in some if later is None or told.found_at >= later}
    return sorted(kept.values(), key=lambda one: (one.found_at, one.seq)), later


def _subjects(selector: str) -> list[str]:
    """Return the subjects by which the store finds all that a selector selects; "" where it has to look at all."""
    kind, _, key = selector.partition(":")
    if kind == "modification" and identifiers.is_modification(key):
        letters = ("",) if identifiers.identity(key).letter else ("", *"ABCD")
        return [f"modification:{name}{letter}" for name in spellings(key) for letter in letters]
    return [selector] if kind in ("release", "version", "part", "impact") else [""]


def _since(store: Store, asked: datetime) -> datetime:
    """Return since when changes are known: not before the first page was read."""
    if store.glimpses(until=asked, limit=1):
        return asked
    first = store.first_capture()
    return max(asked, first.fetched_at) if first else asked
