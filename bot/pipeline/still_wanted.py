"""Still wanted: what waits to be sent, as it is to be sent now, by the rules, mutes and settings of this moment.

What waits may wait long: for the end of quiet hours, of a pause, for Slack. Who ends a rule or mutes it in between
hears nothing of it any more, and what is left names the rules that bring it now. That something does not hold which was
told is said all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import follow
from bot.domain.changes import Told
from bot.domain.countdown import about
from bot.domain.follow import Following, Subscription
from bot.domain.vocabulary import Weight
from bot.pipeline import cards
from bot.ports import Outgoing, Store

UNFOLLOWED = "it is not followed any more, or muted"
NO_DIGEST = "no digest is wanted any more"
WHY_REVERTED = "what this takes back was told here"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message as it is to be sent now, and the changes that it tells."""

    message: Outgoing
    told: list[Told]


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Why a message is not to be sent any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Present:
    """What messages are held against: what is kept, and what their channel follows at this moment."""

    store: Store
    mine: Following
    now: datetime

    def wanted(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        """Return a message as it is to be sent now, or why it is not to be sent; `told`: the changes that it names."""
        of = {"alert": self._alert, "reverted": self._reverted, "digest": self._digest, "card": self._card}
        of |= {"countdown": self._countdown}
        return of[message.kind](message, told) if message.kind in of else Wanted(message, list(told))

    def at_once(self, told: Iterable[Told]) -> dict[Told, list[Subscription]]:
        """Return those of some changes that the channel wants at once, each with the rules that bring it."""
        brought = {
            one: [rule for rule in self.mine.bringing(one, self.now) if follow.at_once(rule, one.change)]
            for one in told
        }
        return {one: rules for one, rules in brought.items() if rules}

    def _alert(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        if not told:
            return Wanted(message, [])
        brought = self.at_once(told)
        if not brought:
            return Unwanted(UNFOLLOWED)
        fresh = _by(message, (rule for rules in brought.values() for rule in rules))
        weighty = max(one.change.weight for one in brought) >= Weight.WEIGHTY
        payload = {**fresh.payload, "changes": [one.id for one in brought]}
        return Wanted(replace(fresh, payload=payload, broadcast=message.broadcast and weighty), list(brought))

    def _reverted(self, message: Outgoing, told: Sequence[Told]) -> Wanted:
        both = [*told, *cards.changes(self.store, message.payload.get("undoes", ()))]
        rules = [rule for one in both for rule in self.mine.bringing(one, self.now)]
        return Wanted(_by(message, rules, WHY_REVERTED), list(told))

    def _digest(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        if not self.mine.rules or self.store.channel(message.channel).digest == "off":
            return Unwanted(NO_DIGEST)
        return Wanted(message, list(told))

    def _countdown(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        dated = about(message.payload["subject"], message.payload["attribute"])
        return Wanted(message, list(told)) if follow.channels(dated, self.mine, self.now) else Unwanted(UNFOLLOWED)

    def _card(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        if "rules" not in message.payload:
            return Wanted(message, list(told))
        # The rules that brought it, less those that are muted: by themselves, or as what they follow.
        named = [one.selector for one in self.mine.rules if one.selector in message.payload["rules"]]
        loud = [one for one in follow.follows(named, self.mine, self.now) if one.selector in named]
        return Wanted(_by(message, loud), list(told)) if loud else Unwanted(UNFOLLOWED)


def _by(message: Outgoing, rules: Iterable[Subscription], otherwise: str = "") -> Outgoing:
    """Return a message that says that these rules bring it; `otherwise`: why it comes where there is none."""
    used = list(dict.fromkeys(rules))
    payload = {**message.payload, "rules": [rule.selector for rule in used]}
    return replace(message, payload=payload, why=follow.why(used) if used else otherwise)
