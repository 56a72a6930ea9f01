"""Home: its words (`templates/home`) with the buttons between them.

head · buttons · what changed since I looked · the next releases · my rules, each with its buttons · what is muted
besides · the pages' health

Who follows nothing yet is invited to that first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking import Suggestion
from bot.domain.follow import RULE
from bot.domain.follow.spans import MUTED_FOR
from bot.render import blocks as kit
from bot.render import views
from bot.render.words import release, words

RULES = 15
"""Rules that are shown with their buttons; a Home holds a hundred blocks, and nobody reads them all."""

MUTES = 5
"""Mutes besides those of rules that are shown, each with its button."""

TOP = (
    Suggestion("Follow something", "", "subscribe"),
    Suggestion("Search", "", "search"),
    Suggestion("Settings", "", "settings"),
    Suggestion("Help", "help"),
)
PER_ROW = 10
"""Numbers of buttons that one row of Home may use up, so that no two have the same."""


def view(facts: Mapping[str, Any], zone: ZoneInfo, *, said: str = "", meta: str = "") -> views.View:
    """Return a person's Home; `said`: what was done a moment ago, in words."""
    return views.home(list(_blocks({**facts, "said": said}, zone)), meta)


def _blocks(facts: Mapping[str, Any], zone: ZoneInfo) -> Iterator[kit.Block]:
    def say(template: str, **more: Any) -> list[kit.Block]:
        return kit.blocks(words(f"home/{template}", {**facts, **more}, zone))

    yield from say("head")
    yield from kit.buttons(TOP)
    if not facts["rules"]:
        yield from say("following")
    for number, part in enumerate(("news", "releases"), 1):
        yield {"type": "divider"}
        yield from say(part)
        yield from kit.buttons(_below(part, facts, zone), number * PER_ROW)
    if facts["rules"]:
        yield {"type": "divider"}
        yield from say("following", at=_at(facts))
    for number, one in enumerate(facts["rules"][:RULES], 4):
        yield from say("rule", one=one)
        yield from kit.buttons(_of_rule(one), number * PER_ROW)
    if (left := len(facts["rules"]) - RULES) > 0:
        yield from say("rules_left", left=left)
    if facts["mutes"]:
        yield from say("mutes", shown=facts["mutes"][:MUTES])
        yield from kit.buttons(map(_unmute, facts["mutes"][:MUTES]), (4 + RULES) * PER_ROW)
    yield {"type": "divider"}
    yield from say("sources")
    yield from kit.buttons(_below("sources", facts, zone), 3 * PER_ROW)


def _below(part: str, facts: Mapping[str, Any], zone: ZoneInfo) -> Iterator[Suggestion]:
    if part == "news" and facts["news"].total + facts["news"].others:
        since = facts["news"].looked.looked_at or facts["now"] - timedelta(days=7)
        yield Suggestion("All changes", f"since {since.astimezone(zone).date().isoformat()}")
    if part == "releases":
        for one in facts["releases"]:
            name = release(one.key)
            yield Suggestion(f"{name} release", f"release {name}")
        yield Suggestion("More dates", "next 10")
    if part == "sources" and facts["health"]["in_trouble"]:
        yield Suggestion("All pages", "status")


def _of_rule(one: Any) -> Iterator[Suggestion]:
    yield Suggestion("Edit", one.spoken, "subscribe")
    if one.mute_is_of_all:
        yield Suggestion("Unmute everything", "unmute everything")
    elif one.muted:
        rule = "rule " if one.muted.selector.startswith(RULE) else ""
        yield Suggestion("Unmute", f"unmute {rule}{one.spoken}")
    else:
        yield Suggestion("Mute 7 days", f"mute rule {one.spoken} {MUTED_FOR}")
    yield Suggestion("Unsubscribe", f"unsubscribe {one.spoken}")


def _unmute(one: Any) -> Suggestion:
    return Suggestion(f"Unmute {one.spoken}", f"unmute {one.spoken}")


def _at(facts: Mapping[str, Any]) -> str:
    at = facts["channel"].digest_at or facts.get("digest_at")
    return f"{at:%H:%M}" if at else ""
