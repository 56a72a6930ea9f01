"""What is not understood of a wish to follow or to mute: which words, and buttons that say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from bot.asking import Ask, Reply, Suggestion
from bot.domain import hours, impacts
from bot.domain.follow import EVERYTHING, TOPICS, selector, spoken, wishes
from bot.domain.follow.groups import Misunderstood
from bot.domain.follow.topics import PARTS, WORDS
from handlers import slips
from handlers.following import common
from handlers.suggest import named_elsewhere, suggest

_WEEKLY_DAY = re.compile(rf"\bweekly,? (?P<day>(?:on |every |each )?{hours.DAY})(?!\w)", re.IGNORECASE)

LIKELY = 72
"""Of 100, how alike words must be to be offered for one another."""

SURE = 88
"""So alike that it is a slip of the finger, and nothing else needs be offered."""

OFFERED = 4

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
    asks_all = command == "subscribe" and why.role == "what" and "subscribe everything" not in guesses
    default = (Suggestion("Everything", "subscribe everything"),) if asks_all else ()
    return Reply("wish_unclear", facts, (*buttons, *default, *opens))


def _otherwise(ask: Ask, why: Misunderstood, command: str) -> Iterable[str]:
    """Yield questions that say a wish in words that are understood."""
    guesses: Iterable[str]
    if command == "subscribe" and (day := _WEEKLY_DAY.search(ask.words)):
        # The day is one of the whole digest, not of a rule.
        yield f"subscribe {_replaced(ask.words, day['day'], '')}"
        yield f"digest weekly {day['day'].casefold()}"
        return
    if why.reason == "unknown":
        put_right = slips.mended_wish(ask.words, slips.of_the_field())
        guesses = put_right or (_replaced(ask.words, why.said, one) for one in likely(ask, why.said))
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
