"""Still wanted: what waits to be sent, as it is to be sent now, by the rules, mutes and settings of this moment.

What waits may wait long: for the end of quiet hours, of a pause, for Slack. Who ends a rule or mutes it in between
hears nothing of it any more, and what is left names the rules that bring it now. That something does not hold which was
told is said all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.domain import countdown, follow
from bot.domain.calendar import working_days_left
from bot.domain.changes import Told
from bot.domain.follow import Following, Subscription
from bot.domain.net import parts
from bot.domain.vocabulary import Weight
from bot.pipeline import cards, dated
from bot.ports import Outgoing, Store

UNFOLLOWED = "it is not followed any more, or muted"
NO_DIGEST = "no digest is wanted any more"
PAST = "its date is past"
MOVED = "its date was moved or taken back, or the decision is taken"
NEARER = "a later reminder of the same date waits"
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
    """What messages are held against: what is kept, and what their channel follows at this moment. `today` is the
    channel's local date.
    """

    store: Store
    mine: Following
    now: datetime
    today: date

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
        named = [one for one in self.mine.rules if one.selector in message.payload.get("rules", ())]
        coming = message.payload.get("coming", ())
        found = dated.reach(self.store, [one["subject"] for one in coming])
        ahead = {
            "coming": [{**one, **left} for one in coming if (left := self._ahead(one, found))],
            "groups": [self._group(one) for one in message.payload.get("groups", ())],
        }
        fresh = _by(message, named or self.mine.rules)
        wanted = self._net_wanted(message)
        payload = {**fresh.payload, **ahead}
        return Wanted(replace(fresh, payload=payload), [one for one in told if one.id in wanted])

    def _net_wanted(self, digest: Outgoing) -> set[str]:
        """Return the net changes of a digest in which a change is that the channel follows."""
        own = digest.payload.get("changes", ())
        kept = cards.changes(self.store, [*own, *digest.payload.get("beside", ())])
        brought = {one.id for one in kept if one.id in own and self.mine.bringing(one, self.now)}
        return {one.id for one, of in parts(kept) if brought & {each.id for each in of}}

    def _ahead(self, one: Mapping[str, Any], found: dated.Reach) -> dict[str, Any]:
        """Return how many days are left until a date of a digest; empty for one that is past, or not followed."""
        listed_for = dated.listed_for(one["subject"], one["attribute"], found)
        return self.counted(one) if follow.follows(listed_for, self.mine, self.now) else {}

    def _group(self, group: Mapping[str, Any]) -> dict[str, Any]:
        """Return a group of a digest with the days that are left until its go-live; without that where it moved."""
        if "go_live" not in group:
            return dict(group)
        go_live = {"subject": f"release:{group['release']}", "attribute": "go_live", "on": group["go_live"]}
        without = {name: value for name, value in group.items() if name not in ("go_live", "days", "working_days")}
        left = self.counted(go_live)
        return {**without, "go_live": group["go_live"], **left} if left else without

    def _countdown(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        payload = message.payload
        subject = payload["subject"]
        told_to = dated.told_to(subject, payload["attribute"], dated.reach(self.store, [subject]))
        followed = follow.follows(told_to, self.mine, self.now)
        rules = [one for one in followed if one.is_heard_at_once]
        if not rules:
            return Unwanted(UNFOLLOWED)
        if date.fromisoformat(payload["on"]) < self.today:
            return Unwanted(PAST)
        left = self.counted(payload)
        if not left:
            return Unwanted(MOVED)
        if any(_is_nearer(one.payload, payload) for one in self.store.waiting(message.channel, "countdown")):
            return Unwanted(NEARER)
        fresh = _by(message, rules)
        return Wanted(replace(fresh, payload={**fresh.payload, **left}), list(told))

    def counted(self, one: Mapping[str, Any]) -> dict[str, Any]:
        """Return how many days are left until a date that a message names; empty where it is past, was moved or taken
        back since, or does not matter any more.
        """
        subject, attribute, on = one["subject"], one["attribute"], date.fromisoformat(one["on"])
        said = self.store.statements(subject, attribute)
        stands = any(ahead.on == on for ahead in countdown.ahead(said, self.today, max((on - self.today).days, 0)))
        if not stands or not countdown.is_open(attribute, self.store.statements(subject, "status")):
            return {}
        return {"days": (on - self.today).days, "working_days": working_days_left(self.today, on)}

    def _card(self, message: Outgoing, told: Sequence[Told]) -> Wanted | Unwanted:
        if "rules" not in message.payload:
            return Wanted(message, list(told))
        # The rules that brought it, less those that are muted: by themselves, or as what they follow.
        named = [one.selector for one in self.mine.rules if one.selector in message.payload["rules"]]
        loud = [one for one in follow.follows(named, self.mine, self.now) if one.selector in named]
        return Wanted(_by(message, loud), list(told)) if loud else Unwanted(UNFOLLOWED)


def _is_nearer(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a reminder is a later one of the same date than another."""
    same = all(one[name] == other[name] for name in ("subject", "attribute", "on"))
    return same and one["threshold"] < other["threshold"]


def _by(message: Outgoing, rules: Iterable[Subscription], otherwise: str = "") -> Outgoing:
    """Return a message that says that these rules bring it; `otherwise`: why it comes where there is none."""
    used = list(dict.fromkeys(rules))
    payload = {**message.payload, "rules": [rule.selector for rule in used]}
    return replace(message, payload=payload, why=follow.why(used) if used else otherwise)
