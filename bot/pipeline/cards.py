"""Cards: what the messages of a thread show beside the change that they tell, from the store as it is now.

a card is rendered anew from: its newest message's changes · where its subject stands · how much its thread holds
so an edit can be made twice, late, or for several replies at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from bot.asking import Suggestion
from bot.domain import countdown, follow
from bot.domain.changes import SHORT_ID, Told
from bot.domain.follow.spans import MUTED_FOR
from bot.domain.undone import WITHIN, concerned, onward, undone
from bot.pipeline import flapping
from bot.pipeline.answers import directory, modification, release, version
from bot.ports import Card, Outgoing, Store, Telling
from bot.render import Beside

TELLING = ("alert", "reverted")
"""Kinds of message that tell changes at once."""

FOLLOWED = ("modification:", "release:", "version:")
"""Kinds of subject that a button offers to follow."""

MOST_BUTTONS = 6
MOST_RULES = 3
"""So many rules that bring one message have a button each; with more, "Why" shows them all."""


def beside(store: Store, message: Outgoing, told: Sequence[Told], today: date, *, card: bool) -> Beside:
    """Return what a message shows beside its changes; `card`: it is one, or becomes one."""
    if message.kind not in (*TELLING, "card", "countdown"):
        return Beside()
    return Beside(
        standing=standing(store, message.thread, today) if card and message.thread else {},
        undone=taken_back_now(store, message, told) if message.kind == "alert" else {},
        undoes=taking_back(store, message),
        suggestions=tuple(suggestions(message, told)),
    )


def taken_back(store: Store, told: Sequence[Told]) -> dict[str, Told]:
    """Return those of some changes that were taken back since, each with what took it back."""
    if not told:
        return {}
    begin, end = min(one.found_at for one in told), max(one.found_at for one in told) + WITHIN
    ids = {one.id for one in told}
    pairs = undone(flapping.since(store, told, begin, until=end))
    return {first: later for first, later in pairs.items() if first in ids}


def taken_back_now(store: Store, message: Outgoing, told: Sequence[Told]) -> dict[str, Told]:
    """Return the same of an alert; of what it told as unstable, what came of it by all that turned since."""
    pairs = taken_back(store, told)
    for one in told:
        if one.id in message.payload.get("unstable", ()):
            pairs.pop(one.id, None)
            turned = onward(one, store.changes(since=one.found_at, about=sorted(concerned(one)), limit=flapping.MOST))
            if len(turned) % 2:
                pairs[one.id] = turned[-1]
    return pairs


def taking_back(store: Store, message: Outgoing) -> dict[str, Told]:
    """Return, by the id of each change of a "reverted", the earlier one that it takes back."""
    ids, earlier = message.payload.get("changes", ()), message.payload.get("undoes", ())
    kept = {one.id: one for one in store.changes(ids=list(earlier))} if earlier else {}
    return {later: kept[first] for later, first in zip(ids, earlier, strict=False) if first in kept}


def changes(store: Store, ids: Iterable[str]) -> list[Told]:
    """Return the changes of those ids that are kept, in the order of the ids."""
    wanted = list(ids)
    kept = {told.id: told for told in store.changes(ids=wanted, limit=len(wanted))} if wanted else {}
    return [kept[one] for one in wanted if one in kept]


# --- a card as it is now ---------------------------------------------------------------------------------------------


def latest(store: Store, card: Card, today: date) -> tuple[Outgoing, list[Told], Beside] | None:
    """Return what a card says now: the newest message of its thread, its changes, and what stands beside them; None
    where nothing is kept of it.
    """
    told = _told_in_all(store, store.thread(card))
    telling = [(one, of) for one, of in told if of]
    if not telling:
        own = next((one.message for one, _ in told if one.ts == card.ts), None)
        return (own, [], beside(store, own, [], today, card=True)) if own else None
    newest, of = max(telling, key=lambda pair: max((one.found_at, one.seq) for one in pair[1]))
    here = beside(store, newest.message, of, today, card=True)
    return newest.message, of, _with_thread(here, card, telling)


def _told_in_all(store: Store, tellings: Sequence[Telling]) -> list[tuple[Telling, list[Told]]]:
    """Return each message with the changes that it tells, all of them asked for at once."""
    named = [(one, list(one.message.payload.get("changes", ()))) for one in tellings]
    kept = {one.id: one for one in changes(store, dict.fromkeys(id_ for _, ids in named for id_ in ids))}
    return [(one, [kept[id_] for id_ in ids if id_ in kept]) for one, ids in named]


def _with_thread(here: Beside, card: Card, telling: Sequence[tuple[Telling, list[Told]]]) -> Beside:
    """Return it with how much the card's thread holds and how it began."""
    later = {one.id for message, of in telling if message.card == card.ts for one in of}
    first = [one for message, of in telling if message.ts == card.ts for one in of]
    began = max(first, key=lambda one: one.change.weight, default=None)
    return replace(here, later=len(later), since=card.made_at, began=began)


def standing(store: Store, subject: str, today: date) -> dict[str, Any]:
    """Return where a subject stands now, empty where nothing is known or nothing stands."""
    kind, _, key = subject.partition(":")
    of = {"release": _release, "modification": _modification, "version": _version}.get(kind)
    return of(store, key, today) if of else {}


def _release(store: Store, key: str, today: date) -> dict[str, Any]:
    facts = release.facts(store, key, today)
    if facts is None:
        return {}
    return {
        "kind": "release",
        "go_live": facts["go_live"],
        "in_scope": len(facts["r"].scope),
        "statuses": [(status, len(group)) for status, group in facts["scope"]],
        "next": next(iter(facts["coming"]), None),
    }


def _modification(store: Store, key: str, today: date) -> dict[str, Any]:
    facts = modification.facts(store, directory.resolved(store, key) or key, today)
    if facts is None:
        return {}
    places = [(place.release, place.state) for place in facts["places"] if place.state != "was_proposed"]
    targeted = facts["m"].targeted
    return {
        "kind": "modification",
        "status": facts["status"],
        "state": facts["state"],
        "places": places or ([(targeted.value, "targeted")] if targeted else []),
        "next": next(iter(facts["coming"]), None),
    }


def _version(store: Store, key: str, today: date) -> dict[str, Any]:
    facts = version.facts(store, key, today)
    return {"kind": "version", "effective": facts["effective"]} if facts and facts["effective"] else {}


# --- buttons ---------------------------------------------------------------------------------------------------------


def suggestions(message: Outgoing, told: Sequence[Told]) -> Iterator[Suggestion]:
    """Yield the buttons below a message: what it is about, the proof, why it came, its end for a while, and how to
    follow what it is about where no rule of its own brings it.
    """
    yield from islice(_suggestions(message, told), MOST_BUTTONS)


def _suggestions(message: Outgoing, told: Sequence[Told]) -> Iterator[Suggestion]:
    subjects = _about(message, told)
    yield from (Suggestion(label, question) for label, question in map(directory.asked, subjects) if question)
    if told:
        first = max(told, key=lambda one: one.change.weight)
        yield Suggestion("Evidence", f"evidence {first.id[:SHORT_ID]}")
        yield Suggestion("Why did I get this?", f"why {first.id[:SHORT_ID]}")
    elif topics := _topics(message):
        yield Suggestion("Why did I get this?", f"why {' and '.join(map(follow.spoken, topics))}")
    rules = [follow.spoken(one) for one in message.payload.get("rules", ())]
    for rule in rules[:MOST_RULES]:
        yield Suggestion(f"Mute {rule} 7 days", f"mute rule {rule} {MUTED_FOR}")
    if told:
        yield from _following(subjects, message.payload.get("rules", ()))


def _following(subjects: Sequence[str], rules: Sequence[str]) -> Iterator[Suggestion]:
    """Yield the button that opens the form for what is the closest that a message is about, unless a rule names it."""
    closest = next((one for one in reversed(subjects) if one.startswith(FOLLOWED)), "")
    if closest and not any(follow.concerns(rule, (closest,)) for rule in rules):
        spoken = follow.spoken(closest)
        yield Suggestion(f"Follow {spoken}…", spoken, opens="subscribe")


def _topics(message: Outgoing) -> tuple[str, ...]:
    """Return what can be followed to be sent a message that tells no change."""
    if message.kind == "countdown":
        return countdown.about(message.payload["subject"], message.payload["attribute"])
    return tuple(_about(message, ()))


def _about(message: Outgoing, told: Sequence[Told]) -> list[str]:
    """Return what a message is about: its card's subject, and the modification that it tells of where it is one."""
    own = {"countdown": "subject", "card": "about"}.get(message.kind, "")
    subjects = [one for one in (message.thread, message.payload.get(own, "")) if one]
    named = {subject for one in told for subject in one.change.about if subject.startswith("modification:")}
    subjects += sorted(named) if len(named) == 1 else []
    if not subjects and told:
        subjects = [told[0].change.subject]
    return list(dict.fromkeys(subjects))
