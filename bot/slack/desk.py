"""The front desk: a question comes in from Slack, a message goes back, whatever happens.

question → is this person asking too often? → answer (a Reply) → render (a Message)
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from bot.asking import Reply
from bot.ports import Message
from bot.slack.pace import Pace

log = logging.getLogger(__name__)

REMEMBERED = 600.0
"""Seconds for which a signature is remembered: a signed request can come again for five minutes either way."""
MOST = 20_000
SORRY = (
    "Sorry, that could not be answered just now. Try again in a minute; if it goes on, tell whoever runs secbot this "
    "reference: {}."
)


class Answer(Protocol):
    """Answers a question."""

    def __call__(self, question: str, *, user: str, channel: str, again: bool) -> Reply:
        """Return the answer; `again`: this very request was answered before, so nothing may be written."""


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
    ) -> None:
        """Answer with `answer`, in the words of `renderer`; `clock` in seconds."""
        self._answer = answer
        self._renderer = renderer
        self._pace = pace or Pace(clock=clock)
        self._clock = clock
        self._proofs: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def message(self, question: str, user: str, channel: str, proof: str = "") -> Message:
        """Return the message that answers a question.

        `proof`: the request's signature, unique to it; empty for none.
        """
        try:
            return self._renderer.reply(self._reply(question, user, channel, proof))
        except Exception as error:  # noqa: BLE001  (the edge: a person waits for an answer, and the log has the rest)
            return self._sorry(error)

    def _reply(self, question: str, user: str, channel: str, proof: str) -> Reply:
        if not self._pace.allows(user):
            return Reply("slow_down")
        return self._answer(question, user=user, channel=channel, again=self._came_before(proof))

    def _came_before(self, proof: str) -> bool:
        if not proof:
            return False
        with self._lock:
            now = self._clock()
            while self._proofs and (len(self._proofs) > MOST or _first(self._proofs) < now - REMEMBERED):
                self._proofs.popitem(last=False)
            if proof in self._proofs:
                return True
            self._proofs[proof] = now
            return False

    def _sorry(self, error: Exception) -> Message:
        reference = secrets.token_hex(3)
        log.error("a question could not be answered, reference %s", reference, exc_info=error)
        return Message(SORRY.format(reference))


def _first(moments: OrderedDict[str, float]) -> float:
    return next(iter(moments.values()))
