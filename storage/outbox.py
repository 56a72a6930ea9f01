"""The outbox: messages in the order of their creation, leased to whoever sends them.

    queued --lease--> sending --sent--> sent, or skipped where there is nothing to say any more
       ^                 | |
       +-put back, hold--+ +--failed--> failed, or ambiguous where it may have been sent --resend--> queued

A lease that ends without a word leaves the message "sending"; it is leased again, with the hint to look in the channel
first. Messages of one channel keep their order: while an older one is leased or was put back, no later one is leased,
so whoever sends has one of each channel in hand and can drop none by passing another. A message that only has a later
time of its own to be sent (`not_before`) keeps nobody waiting. Slack takes a message a second for a channel, so
messages of one are kept `apart`, whoever sends them; and nobody sends any while it asked for a `back_off`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot import trace
from bot.domain.channel import PAUSES, REFUSALS
from bot.ports import GIVEN_UP, Card, Leased, Outgoing
from storage import cards
from storage import tables as t
from storage.upsert import insert_for

_o = t.outbox.c


def queue(connection: Connection, outgoing: Iterable[Outgoing], now: datetime) -> int:
    """See `Store.enqueue`."""
    given: dict[str, Outgoing] = {}
    for message in outgoing:
        given.setdefault(message.key, message)
    if not given:
        return 0
    kept = set(connection.execute(select(_o.key).where(_o.key.in_(given))).scalars())
    rows = [_row(message, now) for key, message in given.items() if key not in kept]
    if rows:
        connection.execute(insert(t.outbox), rows)
        _tell(connection, [message for key, message in given.items() if key not in kept])
    return len(rows)


TELLING = ("alert", "reverted")
"""Kinds of message that tell changes at once, of which is kept what each tells."""


def _tell(connection: Connection, messages: Iterable[Outgoing]) -> None:
    """Keep which message tells a change."""
    telling = {one.key: one for one in messages if one.kind in TELLING and one.payload.get("changes")}
    if not telling:
        return
    numbers = connection.execute(select(_o.key, _o.id).where(_o.key.in_(telling)))
    rows = [
        {"change": change, "channel": telling[row.key].channel, "outbox": row.id}
        for row in numbers
        for change in dict.fromkeys(telling[row.key].payload["changes"])
    ]
    connection.execute(insert(t.telling), rows)


def _untell(connection: Connection, leased: Leased) -> None:
    """Forget that a message tells what it was queued to tell and was sent without."""
    if leased.message.kind in TELLING:
        left_out = t.telling.c.change.not_in(leased.message.payload.get("changes", ()))
        connection.execute(delete(t.telling).where(t.telling.c.outbox == leased.id, left_out))


def _row(message: Outgoing, now: datetime) -> dict[str, Any]:
    return {
        "key": message.key,
        "channel": message.channel,
        "kind": message.kind,
        "payload": trace.stamped(message.payload),  # who sends it, another day, logs under the same id
        "why": message.why,
        "not_before": message.not_before,
        "created_at": now,
        "state": "queued",
        "due_at": max(now, message.not_before) if message.not_before else now,
        "fence": 0,
        "attempts": 0,
        "look_first": False,
        "error": "",
        "ts": "",
        "thread": message.thread,
        "broadcast": message.broadcast,
        "place": "",
        "card": "",
    }


def lease(connection: Connection, now: datetime, limit: int, seconds: float, apart: float = 0.0) -> list[Leased]:
    """See `Store.lease`. Of each channel it is one message at a time: the next has its turn when this one is done."""
    if backing_off(connection, now):
        return []
    mine = _paced(_free(now, limit), now, apart).with_for_update(skip_locked=True, of=t.outbox)
    rows = connection.execute(mine).all()
    if not rows:
        return []
    until = now + timedelta(seconds=seconds)
    take = update(t.outbox).where(_o.id == bindparam("the_id"))
    take = take.values(
        state="sending", fence=_o.fence + 1, attempts=_o.attempts + 1, leased_until=until, look_first=bindparam("look")
    )
    connection.execute(take, [{"the_id": row.id, "look": must_look(row)} for row in rows])
    return [_leased(row) for row in rows]


def _free(now: datetime, limit: int) -> Select[Any]:
    """The messages that may be leased: due, not leased, and the first of their channel that was tried or is due."""
    older = t.outbox.alias("older")
    held = func.coalesce(older.c.not_before, older.c.created_at) > now
    in_the_way = (
        select(older.c.id)
        .where(older.c.done_at.is_(None), older.c.channel == _o.channel, older.c.id < _o.id)
        .where(or_(and_(older.c.attempts > 0, ~held), older.c.due_at <= now))
        .exists()
    )
    return (
        select(t.outbox)
        .where(_o.done_at.is_(None), _o.due_at <= now, or_(_o.state == "queued", _o.leased_until <= now), ~in_the_way)
        .order_by(_o.id)
        .limit(limit)
    )


def _paced(free: Select[Any], now: datetime, apart: float) -> Select[Any]:
    """Of these messages those whose channel was told nothing in so many seconds."""
    if not apart:
        return free
    # What was sent in a time yet to come was sent before the clock was set back.
    of_late = select(_o.channel).where(_o.done_at > now - timedelta(seconds=apart), _o.done_at <= now)
    of_late = of_late.where(_o.state == "sent")
    return free.where(_o.channel.not_in(of_late.correlate(None)))


def waits_its_turn(connection: Connection, now: datetime, apart: float) -> bool:
    """See `Store.waits_its_turn`."""
    free = _free(now, 1)
    return bool(connection.execute(free).first()) and not connection.execute(_paced(free, now, apart)).first()


_POSTING = "posting"
LONGEST_BACK_OFF = timedelta(hours=1)
"""So long nobody posts at most, whatever was asked for."""


def back_off(connection: Connection, until: datetime) -> None:
    """See `Store.back_off`."""
    said = insert_for(connection, t.back_off).values(what=_POSTING, until=until)
    set_, earlier = {"until": until}, (t.back_off.c.until < until) | (t.back_off.c.until > until + LONGEST_BACK_OFF)
    connection.execute(said.on_conflict_do_update(index_elements=["what"], set_=set_, where=earlier))


def backing_off(connection: Connection, now: datetime) -> bool:
    """Whether nothing is to be posted now."""
    until = connection.execute(select(t.back_off.c.until).where(t.back_off.c.what == _POSTING)).scalar()
    # What lies further ahead than Slack is believed was kept by a clock that was wrong.
    return until is not None and now < until <= now + LONGEST_BACK_OFF


def must_look(row: Row[Any]) -> bool:
    return bool(row.look_first or row.state == "sending")


def _leased(row: Row[Any]) -> Leased:
    return Leased(row.id, row.fence + 1, message_of(row), row.attempts, must_look(row), row.created_at)


def _held(leased: Leased) -> Update:
    """The message while the lease is still its holder's: nobody leased it since, and it was not finished."""
    return update(t.outbox).where(_o.id == leased.id, _o.fence == leased.fence, _o.state == "sending")


def sent(
    connection: Connection,
    leased: Leased,
    ts: str,
    now: datetime,
    *,
    place: str,
    card: str,
    made: Card | None,
    then: Iterable[Outgoing],
) -> bool:
    """See `Store.sent`."""
    message = leased.message
    done = _held(leased).values(state="sent", ts=ts, place=place, card=card, done_at=now, leased_until=None, error="")
    done = done.values(payload=dict(message.payload), why=message.why, broadcast=message.broadcast)
    if connection.execute(done).rowcount != 1:
        return False
    _untell(connection, leased)
    if made is not None:
        cards.keep(connection, made)
    queue(connection, then, now)
    return True


def skipped(connection: Connection, leased: Leased, why: str, now: datetime) -> bool:
    """See `Store.skipped`."""
    done = _held(leased).values(state="skipped", error=why, done_at=now, leased_until=None)
    return connection.execute(done).rowcount == 1


def hold(connection: Connection, leased: Leased, until: datetime) -> bool:
    """See `Store.hold`."""
    waits = _held(leased).values(state="queued", leased_until=None, attempts=_o.attempts - 1)
    return connection.execute(waits.values(not_before=until, due_at=until)).rowcount == 1


def release(connection: Connection, channel: str, now: datetime) -> None:
    """Let go what is held for a channel: whether it still has to wait is looked at anew."""
    held = update(t.outbox).where(_o.done_at.is_(None), _o.channel == channel, _o.state == "queued")
    connection.execute(held.where(_o.not_before > now).values(not_before=None, due_at=now))


def edited_later(connection: Connection, leased: Leased) -> bool:
    """See `Store.edited_later`."""
    mine = leased.message
    later = select(_o.id).where(_o.done_at.is_(None), _o.channel == mine.channel, _o.id > leased.id)
    return bool(connection.execute(later.where(_o.kind == "edit", _o.thread == mine.thread).limit(1)).first())


def waiting(connection: Connection, channel: str, kind: str) -> list[Outgoing]:
    """See `Store.waiting`."""
    mine = select(t.outbox).where(_o.done_at.is_(None), _o.channel == channel, _o.kind == kind)
    return [message_of(row) for row in connection.execute(mine.order_by(_o.id))]


def put_back(connection: Connection, leased: Leased, error: str, again_at: datetime, *, unknown: bool) -> bool:
    """See `Store.put_back`. Once a message may have been sent, it is looked for before every later attempt."""
    waits = _held(leased).values(state="queued", due_at=again_at, leased_until=None, error=error)
    if unknown:
        waits = waits.values(look_first=True)
    return connection.execute(waits).rowcount == 1


def hand_back(connection: Connection, leased: Leased) -> bool:
    """See `Store.hand_back`."""
    waits = _held(leased).values(state="queued", leased_until=None, attempts=_o.attempts - 1)
    return connection.execute(waits).rowcount == 1


def failed(connection: Connection, leased: Leased, error: str, now: datetime, *, unknown: bool) -> bool:
    """See `Store.failed`. What may have been sent for all we know is ambiguous."""
    done = _held(leased).values(state="failed", error=error, done_at=now, leased_until=None)
    if unknown:
        done = done.values(state="ambiguous", look_first=True)
    return connection.execute(done).rowcount == 1


def give_up(connection: Connection, channel: str, error: str, now: datetime) -> None:
    """Mark what waits for a channel as failed; what is being sent is left to whoever sends it."""
    waiting = update(t.outbox).where(_o.done_at.is_(None), _o.channel == channel, _o.state == "queued")
    connection.execute(waiting.values(state="failed", error=error, done_at=now))


LATER = "the next digest tells it"
STALE = timedelta(days=1)
"""A digest that a pause held up for longer is not sent any more: the next one tells what it would have told."""


def take_up(connection: Connection, channel: str, now: datetime) -> list[str]:
    """Queue again what failed because its channel took no messages; a number of days left is out of date by then.

    Return the keys of the digests that are too old for it, and are the next one's to tell.
    """
    failed = (_o.channel == channel) & (_o.state == "failed") & _o.error.in_([*REFUSALS, *PAUSES])
    old = failed & (_o.kind == "digest") & (_o.created_at < now - STALE) & ~_o.look_first
    keys = list(connection.execute(select(_o.key).where(old)).scalars())
    connection.execute(update(t.outbox).where(old).values(state="skipped", error=LATER, done_at=now))
    again = update(t.outbox).where(failed, _o.kind != "countdown")
    connection.execute(again.values(state="queued", due_at=now, attempts=0, done_at=None, error=""))
    return keys


def resend(
    connection: Connection, now: datetime, states: Collection[str], ids: Collection[int] | None, *, look: bool
) -> int:
    """See `Store.resend`."""
    again = update(t.outbox).where(_o.state.in_([one for one in states if one in GIVEN_UP]))
    if ids is not None:
        again = again.where(_o.id.in_(ids))
    again = again.values(state="queued", due_at=now, attempts=0, done_at=None)
    return connection.execute(again if look else again.values(look_first=False)).rowcount


def drop(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """See `Store.drop`."""
    mine = update(t.outbox).where(_o.state.in_(GIVEN_UP), _o.id.in_(ids))
    return connection.execute(mine.values(state="skipped", error="dropped by hand", done_at=now)).rowcount


def message_of(row: Row[Any]) -> Outgoing:
    return Outgoing(row.key, row.channel, row.kind, row.payload, row.why, row.not_before, row.thread, row.broadcast)
