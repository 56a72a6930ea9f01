"""Options of a wish to follow, as people type them: how it is told (delivery, layout) and from which weight on.

An option is a phrase of its own somewhere in the text ("weighty only", "in the daily digest", "thread and channel");
what is left of the text without the options names what is followed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.vocabulary import Weight

_ONES = r"(?: (?:ones?|changes?|news|things?|updates?|alerts?))?"
_HEAVY = r"(?:weighty|important|major)"
_LIGHT = r"(?:light|lighter|minor|small)"
_AT_ONCE = (
    r"(?:at once|at one|instantly|instant|immediately|immediate|right away|straight away|asap|"
    r"as (?:it|they) (?:happens?|comes?)|in real time)"
)
_DIGEST = r"(?:digests?|summary|round-?up)"
_ONLY = r"(?:(?:but )?(?:only|just) )?"
_ONLY_AFTER = r"(?: only(?=\s*(?:$|[,;]|and\b)))?"
"""After an option "only" belongs to it where nothing follows that it could be said of."""

_REST = (
    rf"(?:,? (?:and |but )?(?:all )?(?:the )?(?:rest|others?|everything else)"
    rf"(?: (?:comes? )?(?:in (?:the |a )?)?(?:daily(?: {_DIGEST})?|{_DIGEST}|later))?)?"
)


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


UNCLEAR = _phrase(
    rf"(?:only|just) (?:the )?{_LIGHT}{_ONES}|{_LIGHT}{_ONES} only|"
    rf"(?:not|no|without|except|excluding|but not) (?:the )?{_HEAVY}{_ONES}(?: {_AT_ONCE})?"
)
"""What cannot be had: light changes alone."""

PHRASES: tuple[tuple[str, str | int, re.Pattern[str]], ...] = (
    ("delivery", "weighty", _phrase(rf"{_ONLY}(?:the )?{_HEAVY}{_ONES}(?: only)? (?:come )?{_AT_ONCE}{_REST}")),
    (
        "layout",
        "both",
        _phrase(
            r"(?:in )?(?:the |a )?threads? (?:and|\+|&) (?:in )?(?:the )?channel|"
            r"(?:in )?(?:the )?channel (?:and|\+|&) (?:in )?(?:the |a )?threads?|both"
        ),
    ),
    (
        "layout",
        "flat",
        _phrase(
            rf"flat|(?:with)?no threads?|without (?:a )?threads?|not (?:in (?:a )?threads?|threaded)|unthreaded|"
            rf"{_ONLY}in (?:the )?channel{_ONLY_AFTER}"
        ),
    ),
    ("layout", "thread", _phrase(rf"{_ONLY}(?:in )?(?:the |a |its )?threads?{_ONLY_AFTER}|threaded")),
    (
        "delivery",
        "weekly",
        _phrase(
            rf"{_ONLY}(?:in (?:the|a|its|my) )?weekly(?: {_DIGEST})?{_ONLY_AFTER}|(?:once (?:a|per)|every|each) week"
        ),
    ),
    (
        "delivery",
        "daily",
        _phrase(
            rf"not {_AT_ONCE}|{_ONLY}(?:in (?:the|a|its|my) )?"
            rf"(?:daily {_DIGEST}|{_DIGEST}|(?:once )?daily){_ONLY_AFTER}|"
            r"(?:once (?:a|per)|every|each) day"
        ),
    ),
    ("delivery", "instant", _phrase(rf"{_ONLY}{_AT_ONCE}{_ONLY_AFTER}")),
    (
        "least",
        Weight.NORMAL,
        _phrase(
            rf"(?:not|no|nothing|without|except|excluding|but not|but no) (?:the )?{_LIGHT}{_ONES}|"
            rf"{_ONLY}normal(?: (?:and|or) {_HEAVY})?{_ONES}{_ONLY_AFTER}"
        ),
    ),
    ("least", Weight.WEIGHTY, _phrase(rf"{_ONLY}(?:the )?{_HEAVY}{_ONES}{_ONLY_AFTER}")),
    (
        "least",
        Weight.LIGHT,
        _phrase(
            rf"(?:(?:also|even|including|with|and) )?(?:the )?{_LIGHT}{_ONES}(?: (?:too|as well|also|included))?|"
            rf"all weights|(?:of )?any weight|whatever (?:the |its )?weight|every detail"
        ),
    ),
)
"""Options in the order in which they are looked for: what is longer first."""

SPOKEN: Mapping[str, Mapping[str | int, str]] = {
    "least": {Weight.LIGHT: "light too", Weight.NORMAL: "nothing light", Weight.WEIGHTY: "weighty only"},
    "delivery": {"weighty": "weighty at once", "daily": "daily", "weekly": "weekly"},
    "layout": {"flat": "flat", "thread": "in thread", "both": "thread and channel"},
}
"""How each option is typed; what is usual needs no words."""

_THE_REST = _phrase(r"(?:and )?(?:all )?(?:the )?(?:rest|others?|everything else)")

FLAGS = _phrase(
    r"[-–—]*\s?dry[- ]?run(?:ning)?|[-–—]+(?:preview|try|test)|preview|try (?:it|first)|(?:as|for) a (?:test|trial)"
)
"""Words by which somebody wants to see what a wish would bring, and not yet to have it kept."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a wish; empty: not chosen."""

    delivery: str = ""
    least: int = 0
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Phrases of which only one can hold, or one that nothing can keep."""

    phrases: tuple[str, ...]


def taken(text: str) -> tuple[Options | Contradiction, str]:
    """Return the options in a text, and the text without them."""
    if unclear := UNCLEAR.search(text):
        return Contradiction((unclear[0].strip(),)), text
    said: dict[str, dict[str | int, str]] = {"delivery": {}, "least": {}, "layout": {}}
    for name, value, pattern in PHRASES:
        for match in pattern.finditer(text):
            said[name].setdefault(value, match[0].strip(" ,"))
        text = pattern.sub(" ", text)
    if "weighty" in said["delivery"]:
        said["delivery"].pop("daily", None)  # the rest comes in the digest, as it does
        text = _THE_REST.sub(" ", text)
    for found in said.values():
        if len(found) > 1:
            return Contradiction(tuple(found.values())), text
    delivery, least, layout = (next(iter(found), None) for found in said.values())
    return Options(str(delivery or ""), int(least or 0), str(layout or "")), text


def spoken(delivery: str, least: int, layout: str) -> list[str]:
    """Return options as they are typed."""
    chosen = (("least", least), ("delivery", delivery), ("layout", layout))
    return [words for name, value in chosen if (words := SPOKEN[name].get(value))]
