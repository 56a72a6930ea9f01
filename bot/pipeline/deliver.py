"""Deliver: send what waits in the outbox.

    lease → quiet now? → held until its channel wakes
      └─ sent before? (look where it would be) → render → post, in the channel or below its card → mark sent
                                                            └─ its card is to be edited, too
                      └─ refused: for good → failed, operators told once; of a channel that takes none: paused
                                  for now → put back, after the time Slack named
                                  nobody knows → put back, look first next time
                                  everywhere → all delivery waits, longer each time

What goes wrong with one message in a way that nobody foresaw is that message's own failure: the others go on. One that
was leased by a process that died comes back when its lease ends, and is looked for before it is sent.

The outbox leases one message of a channel at a time, to one process. So between looking for a subject's card and
posting what becomes it nobody else posts there: a channel has at most one card of a subject, however many workers run.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain import digest
from bot.domain.changes import Told
from bot.domain.channel import Channel, wakes
from bot.domain.vocabulary import Weight
from bot.pipeline import alerts, cards, pausing
from bot.ports import Card, Clock, Gone, Leased, Message, Outgoing, Posted, Poster, PostFailed, Store, StoreError
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

    `waiting` messages were put back, `held` wait for the end of quiet hours, `skipped` had nothing to say any more.
    """

    sent: int = 0
    found: int = 0
    edited: int = 0
    waiting: int = 0
    held: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: `below` is the ts of the message whose thread it is a reply in, empty for the channel.

    `first`: it is the first of its subject, and becomes the card.
    """

    place: str
    below: str = ""
    broadcast: bool = False
    first: bool = False


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
        channel = self.store.channel(leased.message.channel)
        if until := self.quiet_until(leased.message, channel):
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
        if channel.paused and leased.message.kind != "edit":
            # It was invited again, and nobody told us: what Slack takes there is proof enough.
            pausing.resume(self.store, channel.id, pausing.OURSELVES, self.clock())

    def quiet_until(self, message: Outgoing, channel: Channel) -> datetime | None:
        """Return when a message may be sent that comes in quiet hours; None: now.

        Nobody hears an edit, and operators' notices never wait. A digest is never weighty: what is, was told before.
        """
        if message.kind == "edit" or (message.kind == "notice" and message.channel == self.operators):
            return None
        now, zone = self.clock(), self.renderer.zone
        until = wakes(channel, now, zone, weighty=False)
        if until is None or message.kind not in cards.TELLING:
            return until
        weighty = any(one.change.weight >= Weight.WEIGHTY for one in told_in(self.store, message))
        return wakes(channel, now, zone, weighty=weighty)

    # --- posts ------------------------------------------------------------------------------------------------------

    def tell_channel(self, leased: Leased, safe_until: datetime, done: Delivered) -> None:
        """Post a message where it belongs, unless it is there already or has nothing to say any more.

        Raises:
            PostFailed: it was refused, nobody knows, or a fault of ours kept it from being sent.
        """
        with ours(leased, unknown=leased.look_first):
            spot = self.spot(leased.message)
            at = self.sent_before(leased, spot) if spot else None
        if at:
            done.found += 1
        elif spot is None or self.is_idle(leased.message):
            done.skipped += 1
            self.store.skipped(leased, "it was taken back before it was told", self.clock())
            return
        else:
            spot, at = self.posted(leased, spot, safe_until)
            done.sent += 1
        self.keep(leased, spot or Spot(at.place), at)

    def spot(self, message: Outgoing) -> Spot | None:
        """Return where a message goes; None where there is nothing to say, for what it takes back was never told."""
        first = self.taken_back(message) if message.kind == "reverted" else None
        if message.kind == "reverted" and first is None:
            return None
        if not message.thread:
            return Spot(first.place, first.ts, message.broadcast) if first else Spot(message.channel)
        card = self.store.card(message.channel, message.thread)
        return Spot(card.place, card.ts, message.broadcast) if card else Spot(message.channel, first=True)

    def taken_back(self, message: Outgoing) -> Posted | None:
        """Return where the alert is that told what a message takes back; None where none was sent."""
        for change in message.payload.get("undoes", ()):
            telling = alerts.first_telling(self.store, message.channel, change)
            if telling and telling.ts:
                return Posted(telling.ts, telling.place or message.channel)
        return None

    def is_idle(self, message: Outgoing) -> bool:
        """Whether all that an alert would tell was taken back before it could be sent."""
        told = told_in(self.store, message) if message.kind == "alert" else []
        return bool(told) and len(cards.taken_back(self.store, told)) == len(told)

    def posted(self, leased: Leased, spot: Spot, safe_until: datetime) -> tuple[Spot, Posted]:
        """Post a message and return where it is; where the card was deleted that it belongs below, it becomes the new
        one.

        Raises:
            PostFailed: it was refused, nobody knows, or a fault of ours kept it from being sent.
        """
        message = leased.message
        with ours(leased, unknown=False):
            rendered = self.rendered(message, card=spot.first)
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
        return self.posted(leased, Spot(message.channel, first=bool(message.thread)), safe_until)

    def sent_before(self, leased: Leased, spot: Spot) -> Posted | None:
        """Return where the message is where it may have been sent already and was."""
        if not leased.look_first:
            return None
        since = leased.created_at - LOOK_BACK
        return self.poster.find(spot.place, leased.message.key, since, below=spot.below)

    def keep(self, leased: Leased, spot: Spot, at: Posted) -> None:
        """Keep that a message was sent, and in the same step that it is a card, or which messages change with it."""
        message, now = leased.message, self.clock()
        made = Card(message.channel, message.thread, at.ts, at.place or message.channel, now) if spot.first else None
        then = [*self.edits(message, spot)]
        self.store.sent(leased, at.ts, now, place=at.place, card=spot.below, made=made, then=then)

    def edits(self, message: Outgoing, spot: Spot) -> Iterator[Outgoing]:
        """Yield the edits that a message brings with it: of its card, of those of what else it is about, and of the
        alert that it takes back.
        """
        is_reply = bool(message.thread and spot.below and message.kind in cards.TELLING)
        if is_reply:
            yield Outgoing(f"edit:{message.key}", message.channel, "edit", {}, message.why, thread=message.thread)
        for subject in self.other_cards(message):
            yield Outgoing(f"edit:{message.key}:{subject}", message.channel, "edit", {}, message.why, thread=subject)
        for change in message.payload.get("undoes", ())[:1]:
            telling = alerts.first_telling(self.store, message.channel, change)
            if telling and not (is_reply and telling.ts == spot.below):
                yield alerts.edit_of(telling.message, change, message.key)

    def other_cards(self, message: Outgoing) -> list[str]:
        """Return the other subjects with a card in the channel that a message's changes are about: a modification that
        moves to another release leaves one behind.
        """
        told = told_in(self.store, message) if message.kind in cards.TELLING else []
        about = {subject for one in told for subject in one.change.about if subject.startswith(alerts.CARDS)}
        return [one for one in sorted(about - {message.thread}) if self.store.card(message.channel, one)]

    def rendered(self, outgoing: Outgoing, *, card: bool = False) -> Message:
        """Return the message in Slack's form; a digest tells net changes, a card where its subject stands."""
        told = told_in(self.store, outgoing)
        beside = cards.beside(self.store, outgoing, told, self.today(), card=card)
        return self.renderer.outgoing(outgoing, told, self.clock(), beside)

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
            found = self.card_now(leased) if message.thread else self.told_now(message)
        if found is None:
            done.skipped += 1
            self.store.skipped(leased, "nothing to edit", self.clock())
            return
        at, rendered, subject = found
        try:
            with ours(leased, unknown=False):
                self.poster.edit(at.place, at.ts, rendered)
        except Gone as gone:
            if subject:
                self.store.drop_card(message.channel, subject)
            self.skip(leased, gone, done)
        except PostFailed as failure:
            if not failure.permanent or failure.everywhere or failure.error in pausing.REASONS:
                raise
            log.warning("not edited in %s: %s", message.channel, failure.error)
            self.skip(leased, failure, done)
        else:
            done.edited += 1
            self.store.sent(leased, at.ts, self.clock(), place=at.place)

    def skip(self, leased: Leased, failure: PostFailed, done: Delivered) -> None:
        """Give up an edit that can't be made: what it would say was told, only not there."""
        done.skipped += 1
        self.store.skipped(leased, failure.error, self.clock())

    def card_now(self, leased: Leased) -> tuple[Posted, Message, str] | None:
        """Return a card, what it says now and its subject; None where there is none, or a later edit will do."""
        message = leased.message
        card = self.store.card(message.channel, message.thread)
        if card is None or self.store.edited_later(leased):
            return None
        return self.latest(card)

    def latest(self, card: Card) -> tuple[Posted, Message, str] | None:
        """Return a card, what it says now and its subject."""
        found = cards.latest(self.store, card, self.today())
        if found is None:
            return None
        outgoing, told, beside = found
        return Posted(card.ts, card.place), self.renderer.outgoing(outgoing, told, self.clock(), beside), card.subject

    def told_now(self, message: Outgoing) -> tuple[Posted, Message, str] | None:
        """Return the message that told a change, what it says now and, of a card, its subject; None where none was
        sent.
        """
        telling = alerts.first_telling(self.store, message.channel, message.payload.get("of", ""))
        if telling is None or not telling.ts:
            return None
        subject = telling.message.thread
        card = self.store.card(message.channel, subject) if subject else None
        if card and card.ts == telling.ts:
            return self.latest(card)
        at = Posted(telling.ts, telling.place or message.channel)
        return at, self.rendered(telling.message, card=bool(subject) and not telling.card), ""

    # --- what goes wrong --------------------------------------------------------------------------------------------

    def put_back(self, leased: Leased, failure: PostFailed, done: Delivered) -> None:
        """Keep what was not sent: for later, or as failed with its reason."""
        now, outgoing = self.clock(), leased.message
        if failure.permanent and not failure.everywhere:
            done.failed += 1
            self.store.failed(leased, failure.error, now, unknown=failure.unknown)
            log.error("not delivered to %s: %s", outgoing.channel, failure.error)
            if reason := pausing.REASONS.get(failure.error):
                pausing.pause(self.store, outgoing.channel, reason, pausing.OURSELVES, now)
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
            "paused": error in pausing.REASONS,
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
    told = cards.changes(store, outgoing.payload.get("changes", ()))
    return digest.net(told) if outgoing.kind == "digest" else told
