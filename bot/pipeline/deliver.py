"""Deliver: send what waits in the outbox.

    lease → sent before? (look in the channel) → render → post → mark sent
                                                          └─ refused: for good → failed, operators told once
                                                                      for now → put back, after the time Slack named
                                                                      nobody knows → put back, look first next time
                                                                      everywhere → all delivery waits, longer each time

What goes wrong with one message in a way that nobody foresaw is that message's own failure: the others go on. One that
was leased by a process that died comes back when its lease ends, and is looked for before it is sent.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import digest
from bot.domain.changes import Told
from bot.ports import Clock, Leased, Message, Outgoing, Posted, Poster, PostFailed, Store, StoreError
from bot.render import Renderer

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
SAFE = timedelta(seconds=LEASE_SECONDS / 2)
"""No message is posted later than this after its lease began: the rest of the time is for the post itself."""
BATCH = 20
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)
LOOK_BACK = timedelta(minutes=5)
"""Clocks differ: look for a message from a little before it was queued."""
LONGEST_REASON = 200
"""Characters of an unforeseen error that are kept."""


@dataclass(slots=True)
class Delivered:
    """What one pass of delivery did.

    `waiting` messages were put back.
    """

    sent: int = 0
    found: int = 0
    waiting: int = 0
    failed: int = 0


@dataclass(slots=True)
class Deliverer:
    """The pass over the outbox.

    `waits_until`: nothing is tried before, because Slack took nothing from us anywhere, `refusals` times in a row.
    """

    store: Store
    poster: Poster
    renderer: Renderer
    clock: Clock
    operators: str = ""
    waits_until: datetime | None = field(default=None, init=False)
    refusals: int = field(default=0, init=False)

    def __call__(self, progress: Callable[[], object] = lambda: None) -> Delivered:
        """Send what can be sent now."""
        done = Delivered()
        while not self.waits():
            safe_until = self.clock() + SAFE
            leased = self.store.lease(self.clock(), BATCH, LEASE_SECONDS)
            if not leased:
                break
            self.send_all(deque(leased), safe_until, done, progress)
        return done

    def waits(self) -> bool:
        """Whether delivery as a whole waits."""
        return self.waits_until is not None and self.clock() < self.waits_until

    def send_all(
        self, untried: deque[Leased], safe_until: datetime, done: Delivered, progress: Callable[[], object]
    ) -> None:
        """Send a batch as far as its lease safely lasts; hand back what was not tried, whatever ends it."""
        try:
            while untried and self.clock() < safe_until and not self.waits():
                self.send(untried.popleft(), safe_until, done)
                progress()
        finally:
            for one in untried:
                self.store.hand_back(one)

    def send(self, leased: Leased, safe_until: datetime, done: Delivered) -> None:
        """Send one message; what goes wrong with it is kept with it."""
        try:
            with ours(leased, unknown=leased.look_first):
                at = self.sent_before(leased)
            if at:
                done.found += 1
            else:
                at = self.posted(leased, safe_until)
                done.sent += 1
        except PostFailed as failure:
            self.put_back(leased, failure, done)
            return
        self.refusals, self.waits_until = 0, None
        self.store.sent(leased, at.ts, self.clock(), place=at.place)

    def posted(self, leased: Leased, safe_until: datetime) -> Posted:
        """Post a message and return where it is.

        Raises:
            PostFailed: it was refused, nobody knows, or a fault of ours kept it from being sent.
        """
        with ours(leased, unknown=False):
            message = self.rendered(leased.message)
        if self.clock() >= safe_until:
            raise PostFailed("looking for it took too long")
        with ours(leased, unknown=True):
            return self.poster.post(leased.message.channel, message, leased.message.key)

    def sent_before(self, leased: Leased) -> Posted | None:
        """Return where the message is where it may have been sent already and was."""
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
            self.store.failed(leased, failure.error, now, unknown=failure.unknown)
            log.error("not delivered to %s: %s", outgoing.channel, failure.error)
            self.tell(outgoing, failure)
            return
        done.waiting += 1
        wait = self.hold(now) if failure.everywhere else growing(leased.attempts)
        if failure.retry_after is not None:
            wait = timedelta(seconds=failure.retry_after)
        log.warning("delivery to %s waits %s: %s", outgoing.channel, wait, failure.error)
        self.store.put_back(leased, failure.error, now + wait, unknown=failure.unknown)

    def hold(self, now: datetime) -> timedelta:
        """Let all delivery wait; return how long."""
        wait = growing(self.refusals)
        self.refusals += 1
        self.waits_until = now + wait
        return wait

    def tell(self, outgoing: Outgoing, failure: PostFailed) -> None:
        """Tell the operators once a day of a channel that takes no messages, or of a fault of ours with one.

        Never in a channel that takes none about itself, nor of a fault with a notice in a notice.
        """
        fault = isinstance(failure, Fault)
        if not self.operators or (outgoing.channel == self.operators and (not fault or outgoing.kind == "notice")):
            return
        now, error = self.clock(), failure.error
        payload = {
            "name": "undeliverable",
            "channel": outgoing.channel,
            "reason": error,
            "since": now.isoformat(),
            "fault": fault,
        }
        key = f"notice:undeliverable:{outgoing.channel}:{error}:{now.date()}"
        why = "this channel hears of trouble with delivery"
        self.store.enqueue([Outgoing(key, self.operators, "notice", payload, why)], now)


class Fault(PostFailed):
    """A fault of ours kept a message from being sent."""


@contextmanager
def ours(leased: Leased, *, unknown: bool) -> Iterator[None]:
    """Make what nobody foresaw the failure of this message; `unknown`: it may have been sent.

    Raises:
        Fault: with the error's class and words.
    """
    try:
        yield
    except (PostFailed, StoreError):
        raise
    except Exception as error:
        log.exception("a fault of ours with %s", leased.message.key)
        raise Fault(f"{type(error).__name__}: {error}"[:LONGEST_REASON], permanent=True, unknown=unknown) from error


def growing(before: int) -> timedelta:
    """Return how long to wait after so many failures before: twice as long each time, a quarter of an hour at most."""
    return min(FIRST_RETRY * (1 << min(before, 10)), LONGEST_RETRY)


def told_in(store: Store, outgoing: Outgoing) -> list[Told]:
    """Return the changes that a message tells, in the order in which it names them; net for a digest."""
    ids = list(outgoing.payload.get("changes", ()))
    if not ids:
        return []
    kept = {told.id: told for told in store.changes(ids=ids, limit=len(ids))}
    told = [kept[one] for one in ids if one in kept]
    return digest.net(told) if outgoing.kind == "digest" else told
