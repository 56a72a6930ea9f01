"""Rules of following: what a channel or a person asked to be told, and what it asked not to be told for a while."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import identifiers
from bot.domain.changes import Change, Delta
from bot.domain.follow.topics import DATES, EVERYTHING, TOPICS
from bot.domain.vocabulary import TABLE, Type, Weight

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
    rule tells that for which one of `only` holds (all, where there is none), less what `but_not` leaves out (see
    `leaves_out`). `least`: the least weight that is told at all; 0: alerts from `Weight.NORMAL` on, digests all.
    `delivery`: one of `DELIVERIES`. `layout`: one of `LAYOUTS`, empty for the channel's own.
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

    @property
    def is_heard_at_once(self) -> bool:
        """Whether it tells anything before the digest does."""
        return self.delivery in ("instant", "weighty")


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
    return not leaves_out(subscription.but_not, change)


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


def covered(selector: str, by: Iterable[str]) -> bool:
    """Whether some selectors leave nothing of what another one selects."""
    return any(covers(one, selector) for one in by)


def concerns(selector: str, about: Iterable[str]) -> bool:
    """Whether one of the subjects is the one that a selector names."""
    kind, _, key = selector.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return selector in about
    followed = identifiers.identity(key)
    return any(
        other.number == followed.number and followed.letter in ("", other.letter) for other in _modifications(about)
    )


def leaves_out(selectors: Collection[str], change: Change) -> bool:
    """Whether exceptions, or what is muted, leave a change out: its kind, or all that it is of."""
    if any(selects(one, change) for one in selectors if one == EVERYTHING or one.startswith("kind:")):
        return True
    return leaves_nothing(selectors, change.subject, change.about, _named(change))


def leaves_nothing(selectors: Collection[str], subject: str, about: Iterable[str], named: Sequence[str] = ()) -> bool:
    """Whether nothing is left of a subject that something is said of, when selectors are taken out.

    What is said of a release or version whole is about all its modifications, so that who follows one hears of it: it
    stays unless that release or version is taken out, or it is `named`, value by value, what is said of it (a
    modification in scope). Anything else stays while it is about a modification or a release that is left.
    """

    def is_out(one: str) -> bool:
        return any(concerns(selector, (one,)) for selector in selectors)

    if not selectors or is_out(subject):
        return bool(selectors)
    if subject.startswith(("release:", "version:")):
        return bool(named) and all(map(is_out, named))
    whose: dict[str, list[bool]] = {}
    for one in about:
        whose.setdefault(one.partition(":")[0], []).append(is_out(one))
    alone = any(all(whose[kind]) for kind in ("modification", "release") if kind in whose)
    return alone or any(any(whose.get(kind, ())) for kind in ("part", "impact"))


_NAMING = {Type.MODIFICATION: "modification", Type.PART: "part"}
"""What a value of a type is the name of."""


def _named(change: Change) -> list[str]:
    """Return the subjects that a change names as its values; none where it tells anything else besides, as a date."""
    itself = Delta(change.subject, change.attribute, change.before, change.after)
    found: list[str] = []
    for told in [one for one in change.explains if not one.companion] or [itself]:
        row = TABLE.get((told.subject.partition(":")[0], told.attribute))
        kind = _NAMING.get(row.type) if row else None
        if kind is None:
            return []
        found += [f"{kind}:{value}" for value in (told.before, told.after) if value]
    return found


def silences(mutes: Iterable[Mute], rule: Subscription, change: Change, *moments: datetime) -> bool:
    """Whether, at one of the moments, the mutes of the rule's channel keep it from telling a change."""
    own = [one for one in mutes if one.channel == rule.channel]
    muted = ([one.selector for one in own if one.holds(at)] for at in moments)
    return any(quiets(selectors, rule) or leaves_out(selectors, change) for selectors in muted)


def quiets(selectors: Iterable[str], rule: Subscription) -> bool:
    """Whether what is muted silences a rule whole."""
    return any(is_of(one, rule.selector) for one in selectors)


def _kinds(name: str) -> tuple[str, ...]:
    """Return the kinds of change that a topic is made of, or the one kind of that name."""
    return TOPICS.get(name, ("", (name,)))[1]


def is_of(muted: str, rule: str) -> bool:
    """Whether a mute silences all that a rule brings: it itself, what it follows, or everything."""
    return muted == RULE + rule or covers(muted, rule)


def same(one: str, other: str) -> bool:
    """Whether two selectors are one: MP124 and DP124 are."""
    return one == other or _identity(one) == _identity(other) != ""


def _identity(selector_: str) -> str:
    kind, _, key = selector_.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return ""
    return str(identifiers.identity(key))


def _modifications(about: Iterable[str]) -> Iterator[identifiers.Modification]:
    for subject in about:
        kind, _, key = subject.partition(":")
        if kind == "modification" and identifiers.is_modification(key):
            yield identifiers.identity(key)
