"""Outage: the database can't be used, so nothing can be queued either. Said once, past the outbox.

a job fails for the database → logged, once → it still fails a minute later → the operators are told, once
every job that failed goes well again → logged → the notice says from when until when, and that nothing is lost

What a full disk or a stopped server loses is time: each answer of the web is one transaction, so a pass that failed is
made again, whole, from where it stood.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports import Clock, Message, Outgoing, Overtaken, Posted, Poster, PostFailed, StillDown, StoreError
from bot.render import Renderer

log = logging.getLogger(__name__)

TELL_AFTER = timedelta(minutes=1)
"""What is over sooner is a hiccup: a restart of the server, a long transaction of another program."""
WHY = "this channel hears of trouble with the database"


@dataclass(slots=True)
class Outage:
    """What is known of the present outage; all jobs of a worker share it.

    `tells`: whether it is this one of several workers that tells the operators.
    """

    poster: Poster
    renderer: Renderer
    clock: Clock
    operators: str = ""
    tells: Callable[[], bool] = lambda: True
    failing: set[str] = field(default_factory=set, init=False)
    since: datetime | None = field(default=None, init=False)
    reason: str = field(default="", init=False)
    told: bool = field(default=False, init=False)
    notice: Posted | None = field(default=None, init=False)
    _turn: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    def watched(self, name: str, job: Callable[[], object]) -> Callable[[], object]:
        """Return a job that tells when the database fails it, and when it does so no more.

        It raises what the job raises; where that is known already, as `StillDown`.
        """

        def run() -> object:
            try:
                result = job()
            except Overtaken:
                raise
            except StoreError as error:
                if self.failed(name, str(error)):
                    raise StillDown(str(error)) from error
                raise
            self.went_well(name)
            return result

        return run

    def failed(self, name: str, reason: str) -> bool:
        """Keep that the database failed a job; return whether it had failed it before."""
        with self._turn:
            known, now = name in self.failing, self.clock()
            self.failing.add(name)
            self.reason, self.since = reason, self.since or now
            if not self.told and self.operators and now - self.since >= TELL_AFTER and self.tells():
                self.tell()
        return known

    def went_well(self, name: str) -> None:
        """Keep that a job went well; with the last of those that had failed the outage is over."""
        with self._turn:
            if name not in self.failing:
                return
            self.failing.remove(name)
            if not self.failing and self.since:
                log.info("the database can be used again; since %s UTC it could not", f"{self.since:%-d %B %Y, %H:%M}")
                self.end()

    def tell(self) -> None:
        """Tell the operators. Where Slack fails too it is tried again; where nobody knows, it was told."""
        message = self.rendered()
        try:
            self.notice = self.poster.post(self.operators, message, self.key())
        except PostFailed as failure:
            self.told = failure.unknown or failure.permanent
            log.warning("the operators are not told that the database can't be used: %s", failure.error)
        else:
            self.told = True

    def end(self) -> None:
        """Say in the notice that it is over, and forget the outage."""
        if self.notice:
            try:
                self.poster.edit(self.notice.place or self.operators, self.notice.ts, self.rendered(self.clock()))
            except PostFailed as failure:
                log.warning("the notice that the database can't be used stays as it is: %s", failure.error)
        self.since, self.reason, self.told, self.notice = None, "", False, None

    def key(self) -> str:
        """Return the notice's key."""
        return f"notice:database:{self.since.isoformat() if self.since else ''}"

    def rendered(self, until: datetime | None = None) -> Message:
        """Return the notice; `until`: the outage ended then."""
        since = self.since.isoformat() if self.since else ""
        ended = {"until": until.isoformat()} if until else {}
        payload = {"name": "database", "reason": self.reason, "since": since, **ended}
        return self.renderer.outgoing(Outgoing(self.key(), self.operators, "notice", payload, WHY), (), self.clock())
