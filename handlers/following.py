"""What commands and forms of following share: the rules of where somebody asks; how new ones are kept and tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain.channel import is_person
from bot.domain.follow import (
    BY_DEFAULT,
    EVERYTHING,
    Following,
    Mute,
    Subscription,
    is_of,
    label,
    same,
    spoken,
    wishes,
)
from bot.domain.follow.groups import Misunderstood
from bot.domain.follow.wishes import Wanted, Wish
from bot.domain.hours import DAYS
from bot.pipeline import followed, pausing
from bot.pipeline.answers import directory
from bot.pipeline.rehearsal import DAYS as REHEARSED
from bot.pipeline.rehearsal import rehearse
from handlers.rights import refused


def following(ask: Ask) -> Following:
    """Return the rules of where somebody asks, with that of the default channel, and the mutes that hold."""
    here = followed.by_channel(ask.store, ask.channel, ask.default_channel, ask.now)
    return replace(here, mutes=tuple(one for one in here.mutes if one.holds(ask.now)))


def common(ask: Ask) -> dict[str, Any]:
    """Return what every answer about following needs: whose it is, and when the digest comes."""
    channel = ask.store.channel(ask.channel)
    return {
        "personal": is_person(ask.channel),
        "digest": channel.digest,
        "digest_at": f"{channel.digest_at or ask.digest_at:%H:%M}",
        "digest_day": DAYS[channel.weekly_day],
        "layout_here": channel.layout,
        "for_me": "",
    }


_FOR_ME = re.compile(
    r"(?<![\w-])(?:(?:only |just )?for (?:me|myself)(?: only| alone)?|"
    r"(?:by|as a|in a|in) (?:dm|direct message)|privately|mine)"
    r"(?![\w-])",
    re.IGNORECASE,
)
RULE_SAID = re.compile(r"^(?:(?:this|the|my|our) )?rule\b[\s:]*", re.IGNORECASE)
"""What stands before the name of a rule that is meant itself, not what it follows."""
COMMANDS = ("subscribe", "unsubscribe", "preview", "list", "mute", "unmute", "why")


def for_whom(ask: Ask, run: Callable[[Ask], Reply]) -> Reply:
    """Answer for where it is asked or, with "for me", for the one who asks; the buttons go on for the same."""
    words = without_for_me(ask.words)
    if words is None or not is_person(ask.user):
        return _local(ask, run)
    reply = _local(replace(ask, words=words, channel=ask.user), run)
    if is_person(ask.channel):
        return reply
    facts = {**reply.facts, "for_me": " for me"}
    return replace(reply, facts=facts, suggestions=tuple(map(_for_me, reply.suggestions)))


def _local(ask: Ask, run: Callable[[Ask], Reply]) -> Reply:
    """Answer with the times of the zone that the channel or person chose: "until friday" ends as it begins there."""
    return replace(run(ask), zone=ask.store.channel(ask.channel).local(ask.zone))


def without_for_me(words: str) -> str | None:
    """Return words without the "for me" in them; None where nobody says it."""
    return re.sub(r"\s+", " ", _FOR_ME.sub(" ", words)).strip(" ,") if _FOR_ME.search(words) else None


def _for_me(one: Suggestion) -> Suggestion:
    known = one.question.partition(" ")[0] in COMMANDS
    return replace(one, question=f"{one.question} for me") if known and not one.opens else one


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule in the words of its template: what it follows, its filters, and what is typed for it.

    `typed`: what it is called by ("MP090"); `whole`: with its filters and options. `until`: it is muted, by itself or
    as what it follows, until then.
    """

    rule: Subscription
    label: str
    only: tuple[str, ...]
    but_not: tuple[str, ...]
    typed: str
    whole: str
    until: datetime | None = None
    by_default: bool = False


def shown(rules: Iterable[Subscription], mutes: Sequence[Mute] = ()) -> list[Shown]:
    """Return rules as facts."""
    return [_shown(rule, mutes) for rule in rules]


def _shown(rule: Subscription, mutes: Sequence[Mute]) -> Shown:
    ends = [one.until for one in mutes if is_of(one.selector, rule.selector)]
    return Shown(
        rule,
        label(rule.selector),
        tuple(map(label, rule.only)),
        tuple(map(label, rule.but_not)),
        spoken(rule.selector),
        wishes.spoken(rule),
        max(ends, default=None),
        rule.made_by == BY_DEFAULT,
    )


def meant(text: str, rules: Sequence[Subscription]) -> list[Subscription] | Misunderstood:
    """Return the rules that a text names ("MP090", "DP124 and november 2021", a rule whole as it is listed)."""
    plain = re.sub(r"\s+", " ", text).strip(" .,;:!?").casefold()
    named = [one for one in rules if plain in (spoken(one.selector).casefold(), wishes.spoken(one).casefold())]
    if named:
        return named
    found = wishes.named(text)
    if isinstance(found, Misunderstood):
        return found
    return [one for one in rules if any(same(one.selector, selector_) for selector_ in found)]


# --- new rules -------------------------------------------------------------------------------------------------------


def kept(
    ask: Ask, rules: Sequence[Subscription], instead_of: Callable[[Subscription | None], None] | None = None
) -> Reply:
    """Keep rules of one wish, where the one who asks may; answer with what is followed now.

    `instead_of`: looks at the rule whose place one takes; what it raises leaves that.
    """
    if answered := refused(ask):
        instead = [Suggestion("Follow it for myself", f"subscribe {words} for me")] if (words := typed(rules)) else []
        return replace(answered, suggestions=(*instead, *answered.suggestions))
    back = pausing.resume_person(ask.store, ask.channel, ask.now)
    before = {one.selector: one for one in ask.store.subscriptions(ask.channel)}
    made = [ask.store.subscribe(rule, instead_of) for rule in rules]
    everything = any(one.selector == EVERYTHING for one in rules)
    facts = {
        "rules": shown(rules, following(ask).mutes),
        "made": any(made),
        "back": back,
        "instead": [wishes.spoken(before[one.selector]) for one in rules if _differs(one, before)],
        "unknown": [label(one.selector) for one in rules if not directory.anything_of(ask.store, one.selector)],
        "everything_before": not before and ask.channel == ask.default_channel and not everything,
        "everything_too": EVERYTHING in before and not everything,
        **common(ask),
    }
    return Reply("subscribed", facts, tuple(_next(facts["rules"], typed(rules))))


def _differs(rule: Subscription, before: dict[str, Subscription]) -> bool:
    """Whether a rule takes the place of another with the same name and other filters or options."""
    was = before.get(rule.selector)
    return was is not None and replace(was, made_by=rule.made_by, made_at=rule.made_at) != rule


def _next(rules: Sequence[Shown], words: str) -> Iterable[Suggestion]:
    yield Suggestion("What is followed here", "list")
    if words:
        yield Suggestion("What would it have brought?", f"subscribe {words} --dry-run")
    yield from (Suggestion(f"Unmute {one.typed}", f"unmute {one.typed}") for one in rules[:2] if one.until)
    yield from (Suggestion(f"Stop {one.typed}", f"unsubscribe {one.typed}") for one in rules[:2])


def tried(ask: Ask, rules: Sequence[Subscription]) -> Reply:
    """Answer with what rules of one wish would have sent; nothing is kept."""
    words, first = typed(rules), rules[0]
    found = rehearse(ask.store, rules, ask.now, ask.zone, ask.digest_at)
    facts = {"rules": shown(rules), "found": found, "asked": REHEARSED, "typed": words, **common(ask)}
    plain = bool(words) and not first.least and first.delivery == "instant"
    narrower = [f"{words}, weighty only", f"{words}, daily"] if plain else []
    keep = (Suggestion("Follow this", f"subscribe {words}"),) if words else ()
    return Reply("dry_run", facts, (*keep, *(Suggestion(f"Try “{n}”", f"subscribe {n} --dry-run") for n in narrower)))


def typed(rules: Sequence[Subscription]) -> str:
    """Return what is typed for rules of one wish in one go; empty where that takes more than one go."""
    first = rules[0]
    wanted = tuple(Wanted(one.selector, one.only, one.but_not) for one in rules)
    return wishes.spoken_wish(Wish(wanted, first.delivery, first.least, first.layout))
