"""Threads: where a message goes, which messages change with it, and what those say then. Reads only.

message → has its subject a card? ─┬─ no → into the channel; it becomes the card
                                   └─ yes → below it, and the card is edited
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import digest
from bot.domain.changes import Told
from bot.domain.net import family
from bot.domain.undone import WITHIN, concerned
from bot.pipeline import alerts, cards, flapping
from bot.ports import Card, Leased, Outgoing, Posted, Store
from bot.render import Beside


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: `below` is the ts of the message whose thread it is a reply in, empty for the channel.

    `first`: it is the first of its subject, and becomes the card.
    """

    place: str
    below: str = ""
    broadcast: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that was sent, and what it is to say now; `card`: the subject whose card it is, empty for none."""

    at: Posted
    message: Outgoing
    told: list[Told]
    beside: Beside
    card: str = ""


def told_in(store: Store, outgoing: Outgoing) -> list[Told]:
    """Return the changes that a message tells, in the order in which it names them; net for a digest, and for what a
    pause kept from being told.
    """
    payload = outgoing.payload
    told = cards.changes(store, [*payload.get("changes", ()), *payload.get("beside", ())])
    if outgoing.kind != "digest" and not payload.get("beside"):
        return told
    groups = payload.get("groups", ()) if outgoing.kind == "digest" else (payload,)
    named = {id_ for group in groups for id_ in group["changes"]}
    return [one for one in digest.net(told) if one.id in named]


def in_channel(message: Outgoing) -> Spot:
    """Return the place of a message that is below none."""
    return Spot(message.channel, first=bool(message.thread))


def spot(store: Store, message: Outgoing) -> Spot | None:
    """Return where a message goes; None where there is nothing to say, for what it takes back was never told."""
    first = _taken_back(store, message) if message.kind == "reverted" else None
    if message.kind == "reverted" and first is None:
        return None
    if not message.thread:
        return Spot(first.place, first.ts, message.broadcast) if first else in_channel(message)
    card = store.card(message.channel, message.thread)
    return Spot(card.place, card.ts, message.broadcast) if card else in_channel(message)


def _taken_back(store: Store, message: Outgoing) -> Posted | None:
    """Return where the alert is that told what a message takes back; None where none was sent."""
    for change in message.payload.get("undoes", ()):
        telling = alerts.first_telling(store, message.channel, change)
        if telling and telling.ts:
            return Posted(telling.ts, telling.place or message.channel)
    return None


def is_idle(store: Store, message: Outgoing, told: Sequence[Told]) -> bool:
    """Whether all that an alert would tell was taken back before it could be sent, or is out of date by then."""
    if message.kind != "alert" or not told:
        return False
    back = cards.taken_back(store, told)
    return all(one.id in back or _is_out_of_date(store, message.channel, one) for one in told)


def _is_out_of_date(store: Store, channel: str, one: Told) -> bool:
    """Whether a change waited until, a day later or more, what it tells had changed again, and no alert tells that
    here: then it is not to be the last word. What both come to is the digest's to tell.
    """
    since = store.changes(since=one.found_at, about=sorted(concerned(one)), limit=flapping.MOST)
    later = [each for each in since if each.seq > one.seq and family(each.change) == family(one.change)]
    later = [each for each in later if not each.known_from]
    if not later or later[-1].found_at <= one.found_at + WITHIN:
        return False
    if any(store.tellings(channel, each.id) for each in later):
        return False
    return not digest.net([one, *later]) or store.channel(channel).digest != "off"


# --- what changes with a message -------------------------------------------------------------------------------------


def edits(store: Store, message: Outgoing, where: Spot) -> Iterator[Outgoing]:
    """Yield the edits that a message brings with it: of its card, of those of what else it is about, and of the alert
    that it takes back.
    """
    is_reply = bool(message.thread and where.below and message.kind in cards.TELLING)
    if is_reply:
        yield Outgoing(f"edit:{message.key}", message.channel, "edit", {}, message.why, thread=message.thread)
    for subject in _other_cards(store, message):
        yield Outgoing(f"edit:{message.key}:{subject}", message.channel, "edit", {}, message.why, thread=subject)
    for change in message.payload.get("undoes", ())[:1]:
        telling = alerts.first_telling(store, message.channel, change)
        if telling and not (is_reply and telling.ts == where.below):
            yield alerts.edit_of(telling.message, change, message.key)


def _other_cards(store: Store, message: Outgoing) -> list[str]:
    """Return the other subjects with a card in the channel that a message's changes are about: a modification that
    moves to another release leaves one behind.
    """
    told = told_in(store, message) if message.kind in cards.TELLING else []
    about = {subject for one in told for subject in one.change.about if subject.startswith(alerts.CARDS)}
    return [one for one in sorted(about - {message.thread}) if store.card(message.channel, one)]


def edit(store: Store, leased: Leased, today: date) -> Edit | None:
    """Return what an edit does, made of what is kept now; None for nothing, or where a later one will do."""
    message = leased.message
    if not message.thread:
        return _alert_now(store, message, today)
    card = store.card(message.channel, message.thread)
    return _card_now(store, card, today) if card and not store.edited_later(leased) else None


def _card_now(store: Store, card: Card, today: date) -> Edit | None:
    found = cards.latest(store, card, today)
    return Edit(Posted(card.ts, card.place), *found, card=card.subject) if found else None


def _alert_now(store: Store, message: Outgoing, today: date) -> Edit | None:
    """Return the edit of the alert that told a change that was taken back since."""
    telling = alerts.first_telling(store, message.channel, message.payload.get("of", ""))
    if telling is None or not telling.ts:
        return None
    subject, told = telling.message.thread, told_in(store, telling.message)
    card = store.card(message.channel, subject) if subject else None
    if card and card.ts == telling.ts:
        return _card_now(store, card, today)
    beside = cards.beside(store, telling.message, told, today, card=bool(subject) and not telling.card)
    return Edit(Posted(telling.ts, telling.place or message.channel), telling.message, told, beside)
