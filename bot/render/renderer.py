"""What the bot has to say → Message.

outgoing (kind, payload, changes) → words of each change → words of the message → blocks within the budget → Message.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import TemplateNotFound

from bot.asking import Reply, Suggestion
from bot.domain import glossary
from bot.domain.changes import Change, Told
from bot.ports import Message, Outgoing
from bot.render import blocks as kit
from bot.render.beside import NOTHING, Beside
from bot.render.budget import TEXT_LIMIT, Cut, cuts, fitted, richest
from bot.render.text import cut, lines
from bot.render.words import Safe, words

QUIET_FACTS: Mapping[str, Any] = {
    "about": "",
    "attribute": "",
    "buttons": (),
    "channel": "",
    "coming": (),
    "count": 0,
    "detail": "",
    "good": "",
    "groups": (),
    "heading": "",
    "headline": "",
    "last_good": None,
    "last_read_at": None,
    "name": "",
    "pages_read": 0,
    "personal": False,
    "present": "",
    "quote": "",
    "read_at": None,
    "reason": "",
    "release": "",
    "since": None,
    "source": "",
    "sources": (),
    "sources_in_trouble": (),
    "stop": "",
    "subject": "",
    "summary": None,
    "title": "",
    "unheard": "",
    "url": "",
    "values": (),
    "weekly": False,
    "working_days": None,
}
"""What a payload may leave out; anything else that a template needs and does not get is an error."""

TERMS_EXPLAINED = 8
"""Abbreviations that a digest explains at its end."""

PROVED = 8
"""Changes of one alert that are told in full, with the page's sentence; nobody reads more of them in a channel."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in words: the sentence that says it, the lines that explain it, the page's sentence that proves it."""

    head: Safe
    detail: Safe
    quote: str
    told: Told


class Renderer:
    """Makes messages. Times are told in the zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Keep the zone in which people are told times."""
        self.zone = zone

    def outgoing(self, message: Outgoing, told: Sequence[Told], now: datetime, beside: Beside = NOTHING) -> Message:
        """Return the message for what waits in the outbox; `told` are the changes that its payload names.

        Raises:
            ValueError: nothing renders that kind.
        """
        builders: dict[str, Callable[[dict[str, Any], Sequence[Told], Beside], Message]] = {
            "alert": self._alert,
            "reverted": self._alert,
            "digest": self._digest,
            "card": self._simple("card"),
            "countdown": self._simple("countdown"),
            "notice": self._notice,
        }
        if message.kind not in builders:
            raise ValueError(f"nothing renders a {message.kind!r}")
        facts = {**QUIET_FACTS, **message.payload, "why": message.why, "now": now, "standing": beside.standing}
        return builders[message.kind](facts, told, beside)

    def reply(self, reply: Reply, *, whole: bool = False) -> Message:
        """Return the message that answers a question; `whole`: for a terminal, which takes more than Slack does."""
        said = words(f"replies/{reply.template}", reply.facts, reply.zone or self.zone)
        if whole:
            return Message(kit.headline(said), tuple(kit.blocks(said)))
        return _message(said, [*kit.blocks(said), *kit.buttons(reply.suggestions)])

    def change(self, change: Change) -> str:
        """Return a change in plain words: the sentence that says it, then the lines that explain it."""
        told = Told("", change, "", "", datetime.min.replace(tzinfo=self.zone))
        entry = self._entry(told)
        return "\n".join(html.unescape(spoken(line)) for line in (entry.head, *str(entry.detail).splitlines()) if line)

    def _simple(self, template: str) -> Callable[[dict[str, Any], Sequence[Told], Beside], Message]:
        def build(facts: dict[str, Any], told: Sequence[Told], beside: Beside) -> Message:
            said = words(template, {**facts, "entries": self._entries(told)}, self.zone)
            return _message(said, [*kit.blocks(said), *kit.buttons(beside.suggestions)])

        return build

    def _notice(self, facts: dict[str, Any], told: Sequence[Told], _: Beside) -> Message:
        entries = {**facts, "entries": self._entries(told)}
        try:
            return self._said(f"notices/{facts['name']}", entries)
        except TemplateNotFound:
            return self._said("notice", entries)

    def _said(self, template: str, facts: Mapping[str, Any]) -> Message:
        said = words(template, facts, self.zone)
        asks = kit.buttons(Suggestion(**one) for one in facts["buttons"])
        return _message(said, [*kit.blocks(said), *asks])

    def _alert(self, facts: dict[str, Any], told: Sequence[Told], beside: Beside) -> Message:
        entries = sorted(self._entries(told), key=_importance)
        undone_now = [self._entry(beside.undone[one.told.id]) for one in entries if one.told.id in beside.undone]
        facts = {
            **facts,
            "unstable": facts.get("unstable", ()),
            "settled": facts.get("settled", ()),
            "undone": beside.undone,
            "undone_now": undone_now,
            "undoes": {id_: self._entry(one) for id_, one in beside.undoes.items()},
            "later": beside.later,
            "since_card": beside.since,
            "began": self._entry(beside.began) if beside.began else None,
        }

        def said(cut_: Cut) -> str:
            proved, brief = entries[: cut_.quoted], entries[cut_.quoted : cut_.shown]
            told_of = {"entries": _once(proved), "brief": brief, "total": len(entries)}
            return words("alert", {**facts, **told_of}, self.zone)

        def built(cut_: Cut) -> list[kit.Block]:
            return [*kit.blocks(said(cut_)), *kit.buttons(beside.suggestions)]

        choices = cuts(len(entries), quoted=PROVED)
        told_too = [spoken(entry.head) for entry in (entries if undone_now else entries[1:])]
        return _message(said(choices[0]), richest(choices, built), told_too)

    def _digest(self, facts: dict[str, Any], told: Sequence[Told], _: Beside) -> Message:
        by_id = {entry.told.id: entry for entry in self._entries(told)}
        groups = [
            {**group, "entries": [by_id[id_] for id_ in group["changes"] if id_ in by_id]} for group in facts["groups"]
        ]
        total = sum(len(group["entries"]) for group in groups)

        def said(cut_: Cut) -> str:
            shown = [group for group in _first(groups, cut_.shown) if group["entries"]]
            found = {**facts, "groups": shown, "total": total, "shown": min(cut_.shown, total), "terms": ()}
            terms = glossary.explained(words("digest", found, self.zone))[:TERMS_EXPLAINED]
            return words("digest", {**found, "terms": terms}, self.zone)

        choices = cuts(total)
        told_here = [spoken(entry.head) for group in groups for entry in group["entries"]]
        asks = kit.buttons(_after_digest(facts["since"] or facts["date"]))
        return _message(said(choices[0]), richest(choices, lambda cut_: [*kit.blocks(said(cut_)), *asks]), told_here)

    def _entries(self, told: Sequence[Told]) -> list[Entry]:
        return [self._entry(one) for one in told]

    def _entry(self, told: Told) -> Entry:
        facts = {"c": told.change, "told": told}
        try:
            said = words(f"changes/{told.change.kind}", facts, self.zone)
        except TemplateNotFound:
            # A kind that this version no longer knows, kept by an earlier one: its facts still speak.
            said = words("change", facts, self.zone)
        head, _, detail = said.strip().partition("\n")
        return Entry(Safe(head.removeprefix("# ")), Safe(detail.strip("\n")), told.change.quote, told)


def spoken(head: str) -> str:
    """Return a change's sentence as mrkdwn in one line."""
    return " ".join(lines(head)).replace("*", "").strip()


def _importance(entry: Entry) -> tuple[int, bool]:
    """Return what to sort by: the weightiest first, of these a release's own go-live, for all else hangs on it."""
    change = entry.told.change
    return (-change.weight, change.attribute != "go_live")


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out a quote that the next change has too: several facts of one sentence are proved once, below the last."""
    following = [*(entry.quote for entry in entries[1:]), ""]
    return [
        replace(entry, quote="") if entry.quote == after else entry
        for entry, after in zip(entries, following, strict=False)
    ]


def _after_digest(since: str) -> tuple[Suggestion, ...]:
    """Return what can be asked after a digest: all that changed since the one before, what comes, how it is sent."""
    return (
        Suggestion("All changes since then", f"since {since[:10]}"),
        Suggestion("What comes next", "next"),
        Suggestion("Settings", "settings"),
    )


def _first(groups: Sequence[Mapping[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return the groups with the first so many of their entries over all."""
    kept = []
    for group in groups:
        entries = group["entries"][:count]
        count -= len(entries)
        kept.append({**group, "entries": entries})
    return kept


def _message(said: str, blocks: list[kit.Block], more: Iterable[str] = ()) -> Message:
    """Return the message. Its `text` is the headline and the sentences of `more`: phones show its beginning, screen
    readers read it instead of the blocks.
    """
    return Message("\n".join(_lines(kit.headline(said), more)), tuple(fitted(blocks)))


def _lines(first: str, more: Iterable[str]) -> Iterator[str]:
    room = TEXT_LIMIT - len("…")
    for line in (cut(first, TEXT_LIMIT // 2), *more):
        room -= len(line) + 1
        if room < 0:
            yield "…"
            return
        yield line
