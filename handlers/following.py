"""What the commands of following have in common: the rules of where somebody asks, and what is not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers, impacts
from bot.domain.channel import EVERY_DAY, is_person
from bot.domain.follow import EVERYTHING, RULE, TOPICS, Following, Mute, Subscription, label, selector, spoken, wishes
from bot.domain.follow.topics import PARTS, WORDS
from bot.domain.follow.wishes import Misunderstood
from handlers.suggest import named_elsewhere, suggest

BY_DEFAULT = "settings"
"""Who "made" the rule of the channel that follows everything by default."""

LIKELY = 72
"""Of 100, how alike words must be to be offered for one another."""

SURE = 88
"""So alike that it is a slip of the finger, and nothing else needs be offered."""

OFFERED = 4
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def following(ask: Ask) -> Following:
    """Return the rules of where somebody asks, with that of the default channel, and the mutes that hold."""
    rules = ask.store.subscriptions(ask.channel)
    if not rules and ask.channel == ask.default_channel:
        rules = [Subscription(ask.channel, EVERYTHING, BY_DEFAULT, ask.now)]
    mutes = (one for one in ask.store.mutes(ask.channel, ask.now) if one.holds(ask.now))
    return Following(tuple(rules), tuple(mutes))


def common(ask: Ask) -> dict[str, Any]:
    """Return what every answer about following needs: whose it is, and when the digest comes."""
    channel = ask.store.channel(ask.channel)
    return {
        "personal": is_person(ask.channel),
        "digest": channel.digest,
        "digest_at": f"{channel.digest_at or ask.digest_at:%H:%M}",
        "digest_day": DAYS[0 if channel.days in ((), EVERY_DAY) else channel.days[0]],
        "layout_here": channel.layout,
    }


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
    ends = [one.until for one in mutes if _is_of(one.selector, rule.selector)]
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


def _is_of(muted: str, rule: str) -> bool:
    """Whether a mute silences all that a rule brings: it itself, what it follows, or everything."""
    return muted in (RULE + rule, EVERYTHING) or same(muted, rule)


def same(one: str, other: str) -> bool:
    """Whether two selectors are one: MP124 and DP124 are."""
    return one == other or _identity(one) == _identity(other) != ""


def _identity(selector_: str) -> str:
    kind, _, key = selector_.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return ""
    return str(identifiers.identity(key))


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


# --- what is not understood ------------------------------------------------------------------------------------------

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "subscribe": (
        "subscribe MP090",
        "subscribe november 2021 except documents, daily",
        "subscribe impact DUIS only decisions",
        "subscribe everything, weighty only",
    ),
    "unsubscribe": ("unsubscribe MP090", "unsubscribe everything", "unsubscribe all"),
    "mute": ("mute MP090 7d", "mute november 2021 until friday", "mute rule everything 2 weeks"),
    "unmute": ("unmute MP090", "unmute all"),
}

FILTERED = (
    "subscribe everything except MP090",
    "subscribe november 2021 except documents",
    "subscribe impact DUIS only decisions",
)


def unclear(ask: Ask, why: Misunderstood, command: str = "subscribe") -> Reply:
    """Return the answer to a wish that is not understood: what of it, and buttons that say it otherwise. Nothing is
    kept.
    """
    if why.reason == "unknown" and named_elsewhere(why.said):
        return suggest(why.said, ask.store)
    guesses = list(dict.fromkeys(_otherwise(ask, why, command)))[:OFFERED]
    facts = {
        "reason": why.reason,
        "said": why.said,
        "role": why.role,
        "command": command,
        "whole": ask.words,
        "examples": guesses or (FILTERED if why.role in ("only", "except") else EXAMPLES[command]),
        "most": wishes.MOST,
        **common(ask),
    }
    buttons = [Suggestion(one, one) for one in guesses]
    opens = (Suggestion("Choose…", "", opens="subscribe"),) if command == "subscribe" else ()
    default = (Suggestion("Everything", "subscribe everything"),) if why.role == "what" else ()
    return Reply("wish_unclear", facts, (*buttons, *(default if command == "subscribe" else ()), *opens))


def _otherwise(ask: Ask, why: Misunderstood, command: str) -> Iterable[str]:
    """Yield questions that say a wish in words that are understood."""
    guesses: Iterable[str]
    if why.reason == "unknown":
        guesses = (_replaced(ask.words, why.said, one) for one in likely(ask, why.said))
    elif why.reason == "together":
        guesses = (_replaced(ask.words, why.said, one) for one in _each(why.said))
    elif why.reason == "contradiction" and " / " in why.said:
        phrases = why.said.split(" / ")
        guesses = (_replaced(ask.words, other, "") for other in phrases)
    elif why.reason == "nothing" and ask.words:
        guesses = (f"everything {ask.words}",)
    else:
        return
    for guess in guesses:
        if guess and (command != "subscribe" or isinstance(wishes.wish(guess)[0], wishes.Wish)):
            yield f"{command} {guess}"


def _replaced(text: str, said: str, instead: str) -> str:
    """Return a text with other words in the place of some."""
    found = re.sub(re.escape(said).replace(r"\ ", r"\s+"), lambda _: instead, text, count=1, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", re.sub(r"\s+,", ",", found)).strip(" ,")


def _each(said: str) -> list[str]:
    """Return the single things that a text names."""
    found = wishes.parse(said)
    if isinstance(found, Misunderstood):
        return []
    named = (selector_ for one in found.wanted for selector_ in (one.selector, *one.only))
    return [spoken(one) for one in dict.fromkeys(named)]


def likely(ask: Ask, said: str) -> list[str]:
    """Return what may have been meant by words that name nothing: what can be followed, titles, ids."""
    words = {word: word for word in (*TOPICS, *WORDS, *PARTS, EVERYTHING)}
    words |= {f"impact {name}".casefold(): f"impact {name}" for name in impacts.KNOWN}
    near = process.extract(said.casefold(), words, scorer=fuzz.ratio, limit=3, score_cutoff=LIKELY)
    known = [spoken(found) for _, _, key in near if (found := selector(words[key]))]
    if near and near[0][1] >= SURE:
        return list(dict.fromkeys(known))[:2]
    offered = (selector(one.question) for one in suggest(said, ask.store).suggestions)
    return list(dict.fromkeys([*known, *(spoken(one) for one in offered if one)]))[:OFFERED]
