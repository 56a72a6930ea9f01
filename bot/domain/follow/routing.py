"""Who is told what: rules and mutes against changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.changes import Told
from bot.domain.channel import is_person
from bot.domain.follow.rules import Mute, Subscription, at_once, concerns, leaves_nothing, matches, quiets, silences
from bot.domain.follow.selectors import label
from bot.domain.follow.topics import EVERYTHING
from bot.domain.vocabulary import Weight
from bot.domain.wording import in_a_sentence


@dataclass(frozen=True, slots=True)
class Routed:
    """What one channel is told of one reading: its changes in their order, and the rules that bring them."""

    channel: str
    told: tuple[Told, ...]
    rules: tuple[Subscription, ...]

    @property
    def why(self) -> str:
        """The rules in words."""
        return why(self.rules)


@dataclass(frozen=True, slots=True)
class Following:
    """All rules, and all mutes, at a moment."""

    rules: tuple[Subscription, ...]
    mutes: tuple[Mute, ...] = ()

    def of(self, channel: str) -> Following:
        """Return those of one channel."""
        mine = tuple(one for one in self.rules if one.channel == channel)
        return Following(mine, tuple(one for one in self.mutes if one.channel == channel))

    def bringing(self, told: Told, now: datetime) -> list[Subscription]:
        """Return the rules that tell a change: they follow it, and nothing silences it now or when it was found."""
        if told.known_from:
            return []
        return [
            rule
            for rule in self.rules
            if matches(rule, told.change) and not silences(self.mutes, rule, told.change, told.found_at, now)
        ]


def route(changes: Sequence[Told], following: Following, now: datetime) -> list[Routed]:
    """Return what each channel is told at once: news that it follows and that is worth an interruption.

    Light changes, and all that a channel follows in its digest alone, wait for that; what another source had said
    before is no news.
    """
    brought: dict[str, dict[Told, list[Subscription]]] = {}
    for one in changes:
        for rule in following.bringing(one, now):
            if at_once(rule, one.change):
                brought.setdefault(rule.channel, {}).setdefault(one, []).append(rule)
    return [
        Routed(channel, tuple(told), tuple(dict.fromkeys(rule for rules in told.values() for rule in rules)))
        for channel, told in brought.items()
    ]


def channels(about: str | Iterable[str], following: Following, now: datetime) -> list[tuple[str, str]]:
    """Return the channels that are told of a subject (or one of several) at once, each with the words that say why.

    What a channel follows in its digest alone waits for that.
    """
    told = [one for one in follows(about, following, now) if one.is_heard_at_once]
    return [(channel, why(used)) for channel, used in by_channel(told).items()]


def follows(about: str | Iterable[str], following: Following, now: datetime) -> list[Subscription]:
    """Return the rules that follow a subject (the first) or what else is named with it, less those muted now.

    Their filters hold as for changes: the kinds of what is told are named too ("kind:go-live").
    """
    subjects = (about,) if isinstance(about, str) else tuple(about)

    def is_meant(selector: str) -> bool:
        return selector == EVERYTHING or concerns(selector, subjects)

    def is_out(selectors: Sequence[str]) -> bool:
        kinds = (one for one in selectors if one == EVERYTHING or one.startswith("kind:"))
        return any(map(is_meant, kinds)) or leaves_nothing(selectors, subjects[0], subjects)

    def silent(rule: Subscription) -> bool:
        of = [one.selector for one in following.mutes if one.channel == rule.channel and one.holds(now)]
        return quiets(of, rule) or is_out(of)

    def let_through(rule: Subscription) -> bool:
        return (not rule.only or any(map(is_meant, rule.only))) and not is_out(rule.but_not)

    return [one for one in following.rules if is_meant(one.selector) and let_through(one) and not silent(one)]


def by_channel(subscriptions: Iterable[Subscription]) -> dict[str, list[Subscription]]:
    """Return each channel's subscriptions, in their order."""
    grouped: dict[str, list[Subscription]] = {}
    for one in subscriptions:
        grouped.setdefault(one.channel, []).append(one)
    return grouped


def why(subscriptions: Sequence[Subscription]) -> str:
    """Return the rules by which a channel or a person is told something, in words."""
    person = bool(subscriptions) and is_person(subscriptions[0].channel)
    return f"{'you follow' if person else 'this channel follows'} {labels(subscriptions)}"


def labels(subscriptions: Sequence[Subscription]) -> str:
    """Return what subscriptions follow, in words: "MP090 and the November 2021 SEC Release"."""
    return in_a_sentence(named(subscriptions))


def named(subscriptions: Sequence[Subscription]) -> list[str]:
    """Return what each subscription follows, with its filters: "everything, except MP090"; where there are several, the
    filters stand in brackets.

    What follows everything leaves nothing for others to add.
    """
    if any(one.selector == EVERYTHING and not _filters(one) for one in subscriptions):
        return [EVERYTHING]
    rules = {one: _filters(one) for one in subscriptions}
    alone = len(rules) == 1
    words = (
        ", ".join((label(one.selector), *said)) if alone else _bracketed(label(one.selector), said)
        for one, said in rules.items()
    )
    return list(dict.fromkeys(words))


def _filters(one: Subscription) -> list[str]:
    """Return what a rule leaves out, in words; how and when it tells is no matter of what it follows."""
    roles = (("only", one.only), ("except", one.but_not))
    said = [f"{word} {in_a_sentence([label(selector) for selector in chosen])}" for word, chosen in roles if chosen]
    return [*said, "weighty changes only"] if one.least >= Weight.WEIGHTY else said


def _bracketed(name: str, said: Sequence[str]) -> str:
    return f"{name} ({', '.join(said)})" if said else name
