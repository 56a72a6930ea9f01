"""Rules of following: what a channel or a person asked to be told, and what it asked not to be told for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import identifiers
from bot.domain.changes import Change
from bot.domain.follow.topics import DATES, EVERYTHING, TOPICS
from bot.domain.vocabulary import Weight

DELIVERIES = ("instant", "weighty", "daily", "weekly")
"""At once (and in the digest); what is weighty at once, the rest in the digest; in the daily or weekly digest alone."""

LAYOUTS = ("flat", "thread", "both")
"""Each alert by itself; below the card of what it is about; below the card, the weighty ones in the channel as well."""

RULE = "rule:"
"""A mute of a rule has this before the rule's selector: it silences that rule alone."""


BY_DEFAULT = "settings"
"""Who "made" the rule of the channel that follows everything until it chooses something."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A rule: a channel ("C…", "G…") or a person ("U…", told in a direct message) follows something.

    `selector` is what is followed (see `selectors`); of one channel no two rules have the same. Of what it selects the
    rule tells that for which one of `only` holds (all, where there is none) and none of `but_not`. `least`: the least
    weight that is told at all; 0: alerts from `Weight.NORMAL` on, digests all. `delivery`: one of `DELIVERIES`.
    `layout`: one of `LAYOUTS`, empty for the channel's own.
    """

    channel: str
    selector: str
    made_by: str
    made_at: datetime
    delivery: str = "instant"
    only: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    least: int = 0
    layout: str = ""


def by_default(channel: str, at: datetime) -> Subscription:
    """Return the rule of the channel that follows everything until it chooses something."""
    return Subscription(channel, EVERYTHING, BY_DEFAULT, at)


def in_force(made: Sequence[Subscription], channel: str, default: str, at: datetime) -> tuple[Subscription, ...]:
    """Return the rules of one channel: those it made, or that of the default channel while it has made none."""
    return tuple(made) or ((by_default(channel, at),) if channel == default else ())


@dataclass(frozen=True, slots=True)
class Mute:
    """What a channel or a person is not told until a time: `selector` as of a subscription, or `rule:SELECTOR`."""

    channel: str
    selector: str
    until: datetime
    made_by: str
    made_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it silences at a time."""
        return self.made_at <= at < self.until


def matches(subscription: Subscription, change: Change) -> bool:
    """Whether a rule follows a change: what it selects, less what its filters leave out."""
    if change.weight < subscription.least or not selects(subscription.selector, change):
        return False
    if subscription.only and not any(selects(one, change) for one in subscription.only):
        return False
    return not any(selects(one, change) for one in subscription.but_not)


def at_once(subscription: Subscription, change: Change) -> bool:
    """Whether a rule that follows a change wants it told at once; else it waits for the digest."""
    if subscription.delivery == "weighty":
        return change.weight >= Weight.WEIGHTY
    return subscription.delivery == "instant" and change.weight >= (subscription.least or Weight.NORMAL)


def selects(selector: str, change: Change) -> bool:
    """Whether a selector selects a change.

    MP124 selects DP124 too, for they are one; MP128 selects MP128A and MP128B, for they came of it.
    """
    kind, _, name = selector.partition(":")
    if kind == EVERYTHING:
        return True
    if kind == "kind":
        followed = _kinds(name)
        return change.kind in followed or (change.kind == "sharpened" and DATES.get(change.attribute) in followed)
    return concerns(selector, change.about or (change.subject,))


def covers(selector: str, other: str) -> bool:
    """Whether a selector selects all that another one does: MP124 all of DP124, "versions" all of "designations"."""
    if selector in (EVERYTHING, other):
        return True
    if selector.startswith("kind:") and other.startswith("kind:"):
        return set(_kinds(other.partition(":")[2])) <= set(_kinds(selector.partition(":")[2]))
    return concerns(selector, (other,))


def concerns(selector: str, about: Iterable[str]) -> bool:
    """Whether one of the subjects is the one that a selector names."""
    kind, _, key = selector.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return selector in about
    followed = identifiers.identity(key)
    return any(
        other.number == followed.number and followed.letter in ("", other.letter) for other in _modifications(about)
    )


def silences(mutes: Iterable[Mute], rule: Subscription, change: Change, *moments: datetime) -> bool:
    """Whether, at one of the moments, a mute of the rule's channel keeps it from telling a change."""
    return any(
        mute.channel == rule.channel
        and any(map(mute.holds, moments))
        and (
            mute.selector == RULE + rule.selector if mute.selector.startswith(RULE) else selects(mute.selector, change)
        )
        for mute in mutes
    )


def _kinds(name: str) -> tuple[str, ...]:
    """Return the kinds of change that a topic is made of, or the one kind of that name."""
    return TOPICS.get(name, ("", (name,)))[1]


def _modifications(about: Iterable[str]) -> Iterator[identifiers.Modification]:
    for subject in about:
        kind, _, key = subject.partition(":")
        if kind == "modification" and identifiers.is_modification(key):
            yield identifiers.identity(key)
