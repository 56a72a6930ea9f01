"""Deliver: send what waits in the outbox.

    lease → quiet now? → held until its channel wakes
      └─ sent before? (look where it would be; after a backup was restored for what it tells, too: `lost`)
                      → wanted still, and as it stands now? (`still_wanted`) ─ no → skipped, with the reason
                      → render → post, in the channel or below its card → mark sent
                                                            └─ its card is to be edited, too
                      └─ refused: for good → failed, operators told once; of a channel that takes none: paused
                                  for now → put back
                                  too many at once → put back; nobody posts anything for the time Slack named
                                  nobody knows → put back, look first next time; where nobody can look: ambiguous
                                  everywhere → all delivery waits, longer each time

What goes wrong with one message in a way that nobody foresaw is that message's own failure: the others go on. One that
was leased by a process that died comes back when its lease ends, and is looked for before it is sent.

The outbox leases one message of a channel at a time, to one process. So between looking for a subject's card and
posting what becomes it nobody else posts there: a channel has at most one card of a subject, however many workers run.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta

from bot import trace
from bot.domain import marks
from bot.domain.changes import Told
from bot.domain.channel import REFUSALS, wakes
from bot.domain.vocabulary import Weight
from bot.masking import masked
from bot.pipeline import cards, followed, pausing, threads
from bot.pipeline.lost import Memory
from bot.pipeline.still_wanted import Present, Unwanted, Wanted
from bot.pipeline.threads import Spot, told_in
from bot.ports import Card, Clock, Gone, Leased, Message, Outgoing, Posted, Poster, PostFailed, Store, StoreError
from bot.render import Renderer

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
SAFE = 0.5
"""No message is posted later than this part of its lease: the rest of the time is for the post itself."""
APART = 1.0
"""Seconds between two messages in a channel: Slack takes one a second."""
BATCH = 20
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)
LOOK_BACK = timedelta(minutes=5)
"""Clocks differ: look for a message from a little before it was queued."""
TAKEN_BACK = "it was taken back before it was told"
LONGEST_REASON = 200
"""Characters of an unforeseen error that are kept."""


@dataclass(slots=True)
class Delivered:
    """What one pass of delivery did.

    `waiting` messages were put back, `held` wait for the end of quiet hours, `skipped` had nothing to say any more.
    """

    sent: int = 0
    found: int = 0
    edited: int = 0
    waiting: int = 0
    held: int = 0
    skipped: int = 0
    failed: int = 0

    def add(self, other: Delivered) -> None:
        """Add what another pass did."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass(slots=True)
class Deliverer:
    """The pass over the outbox.

    `default`: the channel that follows everything until it chooses. `apart`: seconds between two messages in a channel;
    `lease`: seconds for which messages are taken: as long those of a process that died wait.
    `waits_until`: nothing is tried before, because Slack took nothing from us anywhere, `refusals` times in a row.
    `halted`: secbot is being stopped, so no further message is begun.
    """

    store: Store
    poster: Poster
    renderer: Renderer
    clock: Clock
    operators: str = ""
    default: str = ""
    apart: float = 0.0
    lease: float = LEASE_SECONDS
    waits_until: datetime | None = field(default=None, init=False)
    refusals: int = field(default=0, init=False)
    halted: bool = field(default=False, init=False)
    memory: Memory = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Begin to remember what channels say of a time that the database lost."""
        self.memory = Memory(self.store, self.poster)

    def __call__(self, progress: Callable[[], object] = lambda: None) -> Delivered:
        """Send what can be sent now."""
        done = Delivered()
        while not self.waits():
            safe_until = self.clock() + timedelta(seconds=self.lease * SAFE)
            leased = self.store.lease(self.clock(), BATCH, self.lease, self.apart)
            if not leased:
                break
            self.send_all(deque(leased), safe_until, done, progress)
        return done

    def waits(self) -> bool:
        """Whether delivery as a whole waits."""
        return self.halted or (self.waits_until is not None and self.clock() < self.waits_until)

    def halt(self) -> None:
        """Begin no further message: what was leased for it is handed back."""
        self.halted = True

    def through(self, sleep: Callable[[float], object], progress: Callable[[], object] = lambda: None) -> Delivered:
        """Send all that is due, at a channel's pace: with `sleep` (in seconds) between passes."""
        done = self(progress)
        while self.apart and not self.waits() and self.store.waits_its_turn(self.clock(), self.apart):
            sleep(self.apart / 4)
            done.add(self(progress))
        return done

    def send_all(
        self, untried: deque[Leased], safe_until: datetime, done: Delivered, progress: Callable[[], object]
    ) -> None:
        """Send a batch as far as its lease safely lasts; hand back what was not tried, whatever ends it."""
        try:
            while untried and self.clock() < safe_until and not self.waits():
                one = untried.popleft()
                with trace.resumed(one.message.payload, key=one.message.key):
                    self.send(one, safe_until, done)
                progress()
        finally:
            for one in untried:
                self.store.hand_back(one)

    def send(self, leased: Leased, safe_until: datetime, done: Delivered) -> None:
        """Send one message; what goes wrong with it is kept with it."""
        if until := self.quiet_until(leased.message):
            done.held += 1
            self.store.hold(leased, until)
            return
        try:
            if leased.message.kind == "edit":
                self.edit(leased, done)
            else:
                self.tell_channel(leased, safe_until, done)
        except PostFailed as failure:
            self.put_back(leased, failure, done)
            return
        self.refusals, self.waits_until = 0, None

    def quiet_until(self, message: Outgoing) -> datetime | None:
        """Return when a message may be sent that comes in quiet hours; None: now.

        Nobody hears an edit, and operators' notices never wait. A digest is never weighty: what is, was told before.
        """
        if message.kind == "edit" or (message.kind == "notice" and message.channel == self.operators):
            return None
        channel, now, zone = self.store.channel(message.channel), self.clock(), self.renderer.zone
        until = wakes(channel, now, zone, weighty=False)
        if until is None or message.kind not in cards.TELLING:
            return until
        told: Iterable[Told] = told_in(self.store, message)
        if message.kind == "alert":
            told = self.present(message.channel).at_once(told)
        weighty = any(one.change.weight >= Weight.WEIGHTY for one in told)
        return wakes(channel, now, zone, weighty=weighty)

    # --- posts ------------------------------------------------------------------------------------------------------

    def tell_channel(self, leased: Leased, safe_until: datetime, done: Delivered) -> None:
        """Post a message where it belongs, unless it is there already or has nothing to say any more.

        Raises:
            PostFailed: it was refused, nobody knows, or a fault of ours kept it from being sent.
        """
        with ours(leased, unknown=leased.look_first):
            told = told_in(self.store, leased.message)
            spot = threads.spot(self.store, leased.message)
            at = self.sent_before(leased, told, spot) if spot else None
        if spot is None:
            self.skip(leased, TAKEN_BACK, done)
            return
        if at:
            done.found += 1
        else:
            wanted = self.wanted(leased, told)
            if isinstance(wanted, Unwanted):
                self.skip(leased, wanted.why, done)
                return
            # From here on, and in what is kept of it, it is what it is sent as.
            leased = replace(leased, message=wanted.message)
            there = replace(spot, broadcast=spot.broadcast and wanted.message.broadcast)
            spot, at = self.posted(leased, wanted.told, there, safe_until)
            done.sent += 1
        self.keep(leased, spot, at)

    def wanted(self, leased: Leased, told: Sequence[Told]) -> Wanted | Unwanted:
        """Return a message as it is to be sent now, or why it is not: rules, mutes and settings may have changed while
        it waited, and what it tells may have been taken back.

        Raises:
            PostFailed: a fault of ours.
        """
        with ours(leased, unknown=False):
            found = self.present(leased.message.channel).wanted(leased.message, told)
            if isinstance(found, Wanted) and threads.is_idle(self.store, found.message, found.told):
                return Unwanted(TAKEN_BACK)
            return found

    def present(self, channel: str) -> Present:
        """Return what a channel's messages are held against."""
        now = self.clock()
        today = now.astimezone(self.store.channel(channel).local(self.renderer.zone)).date()
        return Present(self.store, followed.by_channel(self.store, channel, self.default, now), now, today)

    def posted(self, leased: Leased, told: Sequence[Told], spot: Spot, safe_until: datetime) -> tuple[Spot, Posted]:
        """Post a message and return where it is; where the card was deleted that it belongs below, it becomes the new
        one.

        Raises:
            PostFailed: it was refused, nobody knows, or a fault of ours kept it from being sent.
        """
        message = leased.message
        with ours(leased, unknown=False):
            known = self.memory.told(leased, spot.place, spot.below, told)
            rendered = self.rendered(message, told, card=spot.first, known=known)
        if self.clock() >= safe_until:
            raise PostFailed("looking for it took too long")
        try:
            with ours(leased, unknown=True):
                post = self.poster.post
                return spot, post(spot.place, rendered, message.key, below=spot.below, broadcast=spot.broadcast)
        except Gone:
            if not spot.below:
                raise
        if message.thread:
            self.store.drop_card(message.channel, message.thread)
        return self.posted(leased, told, threads.in_channel(message), safe_until)

    def sent_before(self, leased: Leased, told: Sequence[Told], spot: Spot) -> Posted | None:
        """Return where the message is where it may have been sent already and was."""
        message = leased.message
        try:
            found = None
            if leased.look_first:
                found = self.poster.find(spot.place, message.key, leased.created_at - LOOK_BACK, below=spot.below)
            return found or self.memory.stands(leased, spot.place, spot.below, told)
        except Gone:
            if not spot.below:
                raise
            # Where its thread is gone it is not, and `posted` will find the same.
            return None

    def keep(self, leased: Leased, spot: Spot, at: Posted) -> None:
        """Keep that a message was sent, and in the same step that it is a card, or which messages change with it."""
        message, now = leased.message, self.clock()
        with ours(leased, unknown=True):
            then = list(threads.edits(self.store, message, spot))
        made = Card(message.channel, message.thread, at.ts, at.place or message.channel, now) if spot.first else None
        self.store.sent(leased, at.ts, now, place=at.place, card=spot.below, made=made, then=then)
        if self.store.channel(message.channel).paused:
            # It was invited again, and nobody told us: what Slack takes there is proof enough.
            default = pausing.Default(self.default, self.operators)
            pausing.resume(self.store, message.channel, pausing.OURSELVES, now, default)

    def rendered(
        self, outgoing: Outgoing, told: Sequence[Told], *, card: bool = False, known: Collection[str] = ()
    ) -> Message:
        """Return the message that tells these changes in Slack's form; a card says where its subject stands. Changes
        that its channel knows are left out (`known`, by their ids).
        """
        told = [one for one in told if one.id not in known]
        beside = cards.beside(self.store, outgoing, told, self.today(), card=card)
        return replace(self.renderer.outgoing(outgoing, told, self.clock(), beside), marks=marks.of(told))

    def today(self) -> date:
        """Return the local date."""
        return self.clock().astimezone(self.renderer.zone).date()

    # --- edits ------------------------------------------------------------------------------------------------------

    def edit(self, leased: Leased, done: Delivered) -> None:
        """Bring a message up to date that was sent before: a card, or what told a change that was taken back.

        It is made of what is kept now, so it can be made twice, and one does for several.

        Raises:
            PostFailed: nobody knows, or it is to be tried again.
        """
        message = leased.message
        with ours(leased, unknown=False):
            found = threads.edit(self.store, leased, self.today())
            rendered = self.renderer.outgoing(found.message, found.told, self.clock(), found.beside) if found else None
        if found is None or rendered is None:
            self.skip(leased, "there is nothing to edit, or a later edit will do", done)
            return
        try:
            with ours(leased, unknown=False):
                self.poster.edit(found.at.place, found.at.ts, rendered)
        except Gone as gone:
            if found.card:
                self.store.drop_card(message.channel, found.card)
            self.skip(leased, gone.error, done)
        except PostFailed as failure:
            if not failure.permanent or failure.everywhere or failure.error in REFUSALS:
                raise
            # What it would say was told, only not there.
            log.warning("not edited in %s: %s", message.channel, failure.error)
            self.skip(leased, failure.error, done)
        else:
            done.edited += 1
            self.store.sent(leased, found.at.ts, self.clock(), place=found.at.place)

    def skip(self, leased: Leased, why: str, done: Delivered) -> None:
        """Leave a message unsent that has nothing to say any more."""
        done.skipped += 1
        self.store.skipped(leased, why, self.clock())

    # --- what goes wrong --------------------------------------------------------------------------------------------

    def put_back(self, leased: Leased, failure: PostFailed, done: Delivered) -> None:
        """Keep what was not sent: for later, or as failed with its reason."""
        now, outgoing = self.clock(), leased.message
        if failure.permanent and not failure.everywhere:
            done.failed += 1
            self.store.failed(leased, failure.error, now, unknown=failure.unknown)
            log.error("not delivered to %s: %s", outgoing.channel, failure.error)
            if reason := REFUSALS.get(failure.error):
                pausing.pause(self.store, outgoing.channel, reason, pausing.OURSELVES, now)
            self.tell(outgoing, failure)
            return
        done.waiting += 1
        wait = self.hold(now) if failure.everywhere else growing(leased.attempts)
        if failure.retry_after is not None:
            wait = timedelta(seconds=failure.retry_after)
            self.waits_until = now + wait
            self.store.back_off(now + wait)
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
            "paused": error in REFUSALS,
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
        said = masked(f"{type(error).__name__}: {error}")[:LONGEST_REASON]
        raise Fault(said, permanent=True, unknown=unknown) from error


def growing(before: int) -> timedelta:
    """Return how long to wait after so many failures before: twice as long each time, a quarter of an hour at most."""
    return min(FIRST_RETRY * (1 << min(before, 10)), LONGEST_RETRY)
