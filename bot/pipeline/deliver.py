"""Deliver: send what waits in the outbox.

    lease → sent before? (look in the channel) → render → post → mark sent
                                                          └─ refused: for good → failed, operators told once
                                                                      for now → put back, after the time Slack named
                                                                      nobody knows → put back, look first next time

A message that was leased by a process that died comes back when its lease ends, and is looked for before it is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain import digest
from bot.domain.changes import Told
from bot.ports import Clock, Leased, Message, Outgoing, Poster, PostFailed, Store
from bot.render import Renderer

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
BATCH = 20
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)
LOOK_BACK = timedelta(minutes=5)
"""Clocks differ: look for a message from a little before it was queued."""


@dataclass(slots=True)
class Delivered:
    """What one pass of delivery did.

    `waiting` messages were put back.
    """

    sent: int = 0
    found: int = 0
    waiting: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Deliverer:
    """The pass over the outbox."""

    store: Store
    poster: Poster
    renderer: Renderer
    clock: Clock
    operators: str = ""

    def __call__(self, progress: Callable[[], object] = lambda: None) -> Delivered:
        """Send what can be sent now."""
        done = Delivered()
        while leased := self.store.lease(self.clock(), BATCH, LEASE_SECONDS):
            for number, one in enumerate(leased):
                if not self.send(one, done):
                    for untried in leased[number + 1 :]:
                        self.store.hand_back(untried)
                    return done
                progress()
        return done

    def send(self, leased: Leased, done: Delivered) -> bool:
        """Send one message; False when nothing more can be sent now."""
        outgoing = leased.message
        try:
            ts = self.sent_before(leased)
            if ts:
                done.found += 1
            else:
                ts = self.poster.post(outgoing.channel, self.rendered(outgoing), outgoing.key)
                done.sent += 1
        except PostFailed as failure:
            self.put_back(leased, failure, done)
            return not failure.everywhere
        self.store.sent(leased, ts, self.clock())
        return True

    def sent_before(self, leased: Leased) -> str | None:
        """Return the ts of the message where it may have been sent already and was."""
        if not leased.look_first:
            return None
        return self.poster.find(leased.message.channel, leased.message.key, leased.created_at - LOOK_BACK)

    def rendered(self, outgoing: Outgoing) -> Message:
        """Return the message in Slack's form; a digest tells net changes."""
        return self.renderer.outgoing(outgoing, told_in(self.store, outgoing), self.clock())

    def put_back(self, leased: Leased, failure: PostFailed, done: Delivered) -> None:
        """Keep what was not sent: for later, or as failed with its reason."""
        now, outgoing = self.clock(), leased.message
        if failure.permanent and not failure.everywhere:
            done.failed += 1
            self.store.failed(leased, failure.error, now)
            log.error("not delivered to %s: %s", outgoing.channel, failure.error)
            self.tell(outgoing, failure.error)
            return
        done.waiting += 1
        wait = min(FIRST_RETRY * 2 ** min(leased.attempts, 10), LONGEST_RETRY)
        if failure.retry_after is not None:
            wait = timedelta(seconds=failure.retry_after)
        log.warning("delivery to %s waits %s: %s", outgoing.channel, wait, failure.error)
        self.store.put_back(leased, failure.error, now + wait, unknown=failure.unknown)

    def tell(self, outgoing: Outgoing, error: str) -> None:
        """Tell the operators once a day of a channel that takes no messages; never about their own channel."""
        if not self.operators or outgoing.channel == self.operators:
            return
        now = self.clock()
        payload = {"name": "undeliverable", "channel": outgoing.channel, "reason": error, "since": now.isoformat()}
        key = f"notice:undeliverable:{outgoing.channel}:{error}:{now.date()}"
        why = "this channel hears of trouble with delivery"
        self.store.enqueue([Outgoing(key, self.operators, "notice", payload, why)], now)


def told_in(store: Store, outgoing: Outgoing) -> list[Told]:
    """Return the changes that a message tells, in the order in which it names them; net for a digest."""
    ids = list(outgoing.payload.get("changes", ()))
    if not ids:
        return []
    kept = {told.id: told for told in store.changes(ids=ids, limit=len(ids))}
    told = [kept[one] for one in ids if one in kept]
    return digest.net(told) if outgoing.kind == "digest" else told
