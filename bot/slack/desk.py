"""The front desk: a question comes in from Slack, a message goes back, whatever happens.

question → is this person asking too often? → answer (a Reply) → render (a Message)

What is no question (Home, forms) asks the desk for its `Ask`, and does by `safely` what must not fail without a word.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol, TypeVar

from bot import trace
from bot.asking import Answered, Ask, Reply
from bot.metrics import UNCOUNTED, AnswerOutcome, Metrics
from bot.ports import Message, StoreError
from bot.slack.pace import Pace

log = logging.getLogger(__name__)
T = TypeVar("T")

REMEMBERED = 600.0
"""Seconds for which a signature is remembered: a signed request can come again for five minutes either way."""
MOST = 20_000
SLOW_DOWN = "slow_down"
"""The reply to who asks too often."""
SORRY = (
    "Sorry, that could not be answered just now. Try again in a minute; if it goes on, tell whoever runs secbot this "
    "reference: {}."
)


class Answer(Protocol):
    """Answers a question."""

    def __call__(self, question: str, *, user: str, channel: str, again: bool) -> Reply:
        """Return the answer; `again`: this very request was answered before, so nothing may be written."""


class Asks(Protocol):
    """Puts into a person's hands what a command gets."""

    def __call__(self, *, user: str, channel: str) -> Ask:
        """Return an `Ask` without words; of a direct message the channel is the person."""


class Render(Protocol):
    """Makes messages of replies."""

    def reply(self, reply: Reply) -> Message:
        """Return the message that answers a question."""


class Desk:
    """Answers whoever asks in Slack. Never raises: what goes wrong is logged, and the user gets a reference to it."""

    def __init__(
        self,
        answer: Answer,
        renderer: Render,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        asks: Asks | None = None,
        first: Callable[[str], bool] | None = None,
        metrics: Metrics = UNCOUNTED,
    ) -> None:
        """Answer with `answer`, in the words of `renderer`; `clock` in seconds. `asks` None: there is no store behind
        it, so Home, forms and the life of channels are left aside. `first`: whether no other process took what has
        that key; without it there is no other.
        """
        self._metrics = metrics
        self.asks = asks
        self._first = first
        self._answer = answer
        self._renderer = renderer
        self._pace = pace or Pace(clock=clock)
        self._clock = clock
        self._proofs: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, question: str, user: str, channel: str, proof: str = "") -> Answered:
        """Return the message that answers a question, and whether it is for all.

        `proof`: the request's signature, unique to it; empty for none.
        """
        begun = self._clock()
        outcome: AnswerOutcome = "failed"

        def answered() -> Answered:
            nonlocal outcome
            reply = self._reply(question, user, channel, proof)
            message = self._renderer.reply(reply)
            outcome = "slow_down" if reply.template == SLOW_DOWN else "answered"
            return Answered(message, reply.shared)

        with trace.about(trace=trace.new()):
            said = self.safely(answered, lambda sorry: Answered(Message(sorry)))
        self._metrics.answered(outcome, self._clock() - begun)
        return said

    def says(self, reply: Reply) -> Message:
        """Return a reply that answers no question in its words."""
        return self._renderer.reply(reply)

    def safely(self, do: Callable[[], T], otherwise: Callable[[str], T]) -> T:
        """Return what is done; where it fails, log that, and return what is made of the sentence that says so."""
        try:
            return do()
        except Exception as error:  # noqa: BLE001  (the edge: a person waits for an answer, and the log has the rest)
            return otherwise(_sorry(error))

    def allows(self, user: str) -> bool:
        """Whether a person has not asked too often; what they send now counts."""
        return self._pace.allows(user)

    def came_before(self, proof: str) -> bool:
        """Whether a request with that signature was seen in the last minutes; what it asks for is not done again."""
        if not proof:
            return False
        with self._lock:
            now = self._clock()
            while self._proofs and (len(self._proofs) > MOST or _first(self._proofs) < now - REMEMBERED):
                self._proofs.popitem(last=False)
            if proof in self._proofs:
                return True
            self._proofs[proof] = now
        return not self.takes(f"proof:{hashlib.sha256(proof.encode()).hexdigest()[:32]}")

    def takes(self, key: str) -> bool:
        """Whether this process is the one that handles what has that key: all that run share what they took."""
        if self._first is None:
            return True
        try:
            return self._first(key)
        except StoreError as error:
            # Rather twice than not at all: whoever asked waits for an answer.
            log.warning("can't tell whether another process has taken a request: %s", error)
            return True

    def _reply(self, question: str, user: str, channel: str, proof: str) -> Reply:
        if not self.allows(user):
            return Reply(SLOW_DOWN)
        return self._answer(question, user=user, channel=channel, again=self.came_before(proof))


def _sorry(error: Exception) -> str:
    reference = trace.current() or trace.new()
    log.error("a question could not be answered, reference %s", reference, exc_info=error)
    return SORRY.format(reference)


def _first(moments: OrderedDict[str, float]) -> float:
    return next(iter(moments.values()))
