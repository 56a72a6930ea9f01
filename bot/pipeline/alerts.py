"""Alerts: the messages for what one reading changed.

news → the cards of what changed show where it stands, whoever is told
     → to and fro all day? → told once that it is unstable, then to nobody (`pipeline.flapping`)
       (what comes to rest is told by `pipeline.settled`)
     → taken back within a day? ─┬─ yes → who was told of the first hears that it is reverted, nobody else of either
                                 └─ no → who follows it (`follow.route`) → a message for each card's subject
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain import digest, follow, views
from bot.domain.changes import Change, Told
from bot.domain.follow import Following, Subscription
from bot.domain.identifiers import is_modification
from bot.domain.undone import concerned, undone
from bot.domain.vocabulary import Weight
from bot.pipeline import flapping
from bot.ports import Outgoing, Store, Telling

CARDS = ("modification", "release", "version")
"""Kinds of subject that a rule can name and a card be about, the closest first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where changes stand: the page's address and heading, and when it was read."""

    source: str
    url: str
    heading: str
    at: datetime

    def payload(self) -> dict[str, Any]:
        """Return what each message about it says of it."""
        return {"source": self.source, "url": self.url, "heading": self.heading, "read_at": self.at.isoformat()}


def alerts(store: Store, following: Following, told: Sequence[Told], reading: Reading) -> list[Outgoing]:
    """Return one message a channel and card's subject for all that one reading changed and the channel follows."""
    news = [one for one in told if not one.known_from]
    if not news:
        return []
    recent = flapping.since(store, news, reading.at)
    unstable, silent = flapping.unstable(news, recent)
    refreshed = _refreshed(store, following, news)
    news = [one for one in news if one.id not in silent]
    back = taken_back(news, recent)
    found: list[Outgoing] = []
    for routed in follow.route(news, following, reading.at):
        fresh = [one for one in routed.told if is_news(store, routed.channel, back.get(one.id))]
        marked = {"unstable": unstable}
        found += messages(store, routed.channel, fresh, following.of(routed.channel), reading, marked)
    return [*found, *_reverted(store, following, back, news, reading), *refreshed]


def taken_back(news: Sequence[Told], recent: Sequence[Told]) -> dict[str, Told]:
    """Return, by the id of each change that only takes back an earlier one, that earlier one; `recent`: those before
    the news (`flapping.since`).
    """
    kept = {one.id: one for one in recent}
    ids = {one.id for one in news}
    pairs = undone([*recent, *news])
    return {later.id: kept[first] for first, later in pairs.items() if later.id in ids and first in kept}


def is_news(store: Store, channel: str, first: Told | None) -> bool:
    """Whether a channel must be told of a change that takes back the first (None: it takes back nothing).

    Who was told of the first is told that it is reverted; who was not, of neither, unless a digest told of it since.
    """
    if first is None:
        return True
    digested = store.digest_before(channel, date.max)
    return first_telling(store, channel, first.id) is None and digested is not None and digested[1] >= first.seq


def first_telling(store: Store, channel: str, change_id: str) -> Telling | None:
    """Return the alert that told a channel a change; None where none did."""
    return next((one for one in store.tellings(channel, change_id) if one.message.kind == "alert"), None)


# --- which card ------------------------------------------------------------------------------------------------------


def lead(rules: Sequence[Subscription], *own: str) -> Subscription | None:
    """Return the rule that says which card is meant, and how: one that names what a change belongs to (`own`, the
    closest first); else one that names nothing, for that leaves the change where it belongs; else one that names
    something else that it is about, the closest first.
    """

    def rank(rule: Subscription) -> tuple[int, bool]:
        kind = rule.selector.partition(":")[0]
        if kind not in CARDS:
            return (len(own), not rule.layout)
        named = (number for number, one in enumerate(own) if follow.concerns(rule.selector, (one,)))
        return (next(named, len(own) + 1 + CARDS.index(kind)), not rule.layout)

    return min(rules, key=rank, default=None)


def layout(usual: str, rule: Subscription | None) -> str:
    """Return how a channel wants to see what a rule brings; `usual`: where the rule does not say."""
    return (rule.layout if rule else "") or usual


def subject(store: Store, channel: str, rule: Subscription | None, own: str) -> str:
    """Return the subject whose card tells what a rule brings: the one that the rule names, else `own`; a modification
    that has a card by another of its ids keeps that.
    """
    named = rule.selector if rule and rule.selector.partition(":")[0] in CARDS else own
    names = _names(named)
    return next((one for one in names if len(names) > 1 and store.card(channel, one)), named)


def belongs_to(change: Change) -> str:
    """Return the subject that a change belongs to by itself: its release, else what it is about."""
    release = digest.release_of(change)
    return f"release:{release}" if release else change.subject


# --- fresh news ------------------------------------------------------------------------------------------------------


def messages(
    store: Store,
    channel: str,
    told: Sequence[Told],
    mine: Following,
    reading: Reading,
    marked: Mapping[str, Collection[str]],
    name: str = "alert",
) -> Iterator[Outgoing]:
    """Yield a channel's messages: one for each card's subject, one for all that it wants to see by themselves.

    `marked`: the ids of changes of which a message says more, by what it says; `name` begins the messages' keys.
    """
    groups: dict[tuple[str, str], dict[Told, list[Subscription]]] = {}
    usual = store.channel(channel).layout if told else ""
    for one in told:
        rules = [rule for rule in mine.bringing(one, reading.at) if follow.at_once(rule, one.change)]
        belongs = belongs_to(one.change)
        first = lead(rules, one.change.subject, belongs)
        wanted = layout(usual, first)
        thread = "" if wanted == "flat" else subject(store, channel, first, belongs)
        groups.setdefault((thread, wanted), {})[one] = rules
    for (thread, wanted), changes in groups.items():
        rules = list(dict.fromkeys(rule for brought in changes.values() for rule in brought))
        weighty = max(one.change.weight for one in changes) >= Weight.WEIGHTY
        yield Outgoing(
            f"{name}:{channel}:{next(iter(changes)).id}",
            channel,
            "alert",
            {
                "changes": [one.id for one in changes],
                **{said: [one.id for one in changes if one.id in ids] for said, ids in marked.items()},
                **reading.payload(),
                "rules": [rule.selector for rule in rules],
            },
            follow.why(rules),
            thread=thread,
            broadcast=bool(thread) and wanted == "both" and weighty,
        )


def _refreshed(store: Store, following: Following, news: Sequence[Told]) -> list[Outgoing]:
    """Return the edits of all cards that show where something stands that changed, whoever is told of it and when:
    nobody hears an edit. Where nothing is followed any more a card stays as it is, and says when that was read.
    """
    about: dict[str, Told] = {}
    for one in news:
        for subject_ in sorted(concerned(one)):
            for name in _names(subject_):
                about.setdefault(name, one)
    channels = {rule.channel for rule in following.rules}
    return [
        Outgoing(
            f"edit:{card.channel}:{about[card.subject].id}:{card.subject}",
            card.channel,
            "edit",
            {},
            thread=card.subject,
        )
        for card in store.cards(channels, about)
    ]


def _names(subject_: str) -> list[str]:
    """Return the subjects by which there may be a card of one: a modification has more than one id."""
    kind, _, key = subject_.partition(":")
    if kind != "modification" or not is_modification(key):
        return [subject_] if kind in CARDS else []
    return [f"modification:{id_}" for id_ in views.spellings(key)]


def tracking(store: Store, following: Following, about: str, name: str, payload: Mapping[str, Any]) -> list[Outgoing]:
    """Return the messages that a page is watched now, for who follows what it is about: each is the card of that."""
    at = datetime.fromisoformat(payload["read_at"])
    followed = [one for one in follow.follows(about, following, at) if one.is_heard_at_once]
    found = []
    for channel, rules in follow.by_channel(followed).items():
        first = lead(rules, about)
        flat = layout(store.channel(channel).layout, first) == "flat"
        thread = "" if flat or not about else subject(store, channel, first, about)
        told = {**payload, "rules": [rule.selector for rule in rules]}
        found.append(Outgoing(f"card:{channel}:{name}", channel, "card", told, follow.why(rules), thread=thread))
    return found


# --- taken back ------------------------------------------------------------------------------------------------------


def _reverted(
    store: Store, following: Following, back: Mapping[str, Told], news: Sequence[Told], reading: Reading
) -> Iterator[Outgoing]:
    """Yield, for each alert that told what is taken back now, the message that says so."""
    alerted: dict[str, tuple[Telling, list[tuple[Told, Told]]]] = {}
    for later in news:
        if first := back.get(later.id):
            for channel in store.told_to(first.id):
                if telling := first_telling(store, channel, first.id):
                    alerted.setdefault(telling.message.key, (telling, []))[1].append((first, later))
    for telling, pairs in alerted.values():
        if not store.channel(telling.message.channel).paused:
            yield _reversal(telling, pairs, following.of(telling.message.channel), reading)


def _reversal(telling: Telling, pairs: Sequence[tuple[Told, Told]], mine: Following, reading: Reading) -> Outgoing:
    """Return the reply that says so; for who follows or hears of it no more, the edit of what was told and no reply."""
    first, message = pairs[0][0], telling.message
    if not any(mine.bringing(one, reading.at) for pair in pairs for one in pair):
        return edit_of(message, first.id, pairs[0][1].id)
    payload: dict[str, Any] = {
        "changes": [later.id for _, later in pairs],
        "undoes": [one.id for one, _ in pairs],
        **reading.payload(),
        "rules": message.payload.get("rules", []),
    }
    return Outgoing(
        f"reverted:{message.channel}:{pairs[0][1].id}",
        message.channel,
        "reverted",
        payload,
        message.why,
        thread=message.thread,
        # Where alerts stand in the channel by themselves nobody looks into threads.
        broadcast=message.broadcast or not message.thread,
    )


def edit_of(told: Outgoing, change_id: str, because: str) -> Outgoing:
    """Return the edit of a message that told a change by itself; `because` makes it one of its own."""
    return Outgoing(f"edit:{told.key}:{because}", told.channel, "edit", {"of": change_id}, told.why)
