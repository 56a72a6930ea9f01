"""Replay: poll a folder of dated captures in order, with the clock at each date, on an empty database.

`DIR/YYYY-MM-DD/NAME.EXT`: captures of one NAME are one page over time. Papers are one stream, as are news posts; what
a capture is, is found out by reading it.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.pipeline.poll import FAST_REREAD, REBUILDING, Audience, Poller, Report
from bot.ports import Fetched, Page, Read, Request, Source, Store, Unchanged, Watch

NOON = 12
STREAMS = {"paper": "papers", "news": "news"}


class ReplayError(Exception):
    """The folder can't be replayed; the message says why."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One capture of the folder."""

    on: date
    path: Path


@dataclass(slots=True)
class SetClock:
    """A clock that is set by hand."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the time it was set to."""
        return self.now


def captures(folder: Path) -> list[Dated]:
    """Return the captures of a folder in order of date and name.

    Raises:
        ReplayError: there is no such folder, or nothing dated in it.
    """
    if not folder.is_dir():
        raise ReplayError(f"{folder} is not a folder; replay takes one that holds YYYY-MM-DD/NAME.EXT.")
    found = []
    for day in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        try:
            on = date.fromisoformat(day.name)
        except ValueError as error:
            raise ReplayError(f"{day} is not named by a date such as 2021-11-05; rename or remove it.") from error
        found += [Dated(on, path) for path in sorted(day.iterdir()) if path.is_file() and not path.name.startswith(".")]
    if not found:
        raise ReplayError(f"{folder} holds no captures; replay takes a folder that holds YYYY-MM-DD/NAME.EXT.")
    return found


@dataclass(slots=True)
class Replay:
    """One run over a folder, a date at a time."""

    store: Store
    read: Read
    clock: SetClock
    audience: Audience
    kinds: dict[str, str] = field(default_factory=dict)
    began: dict[str, date] = field(default_factory=dict)

    def __call__(self, dated: Sequence[Dated]) -> Iterator[tuple[date, Report]]:
        """Yield each date with what its captures changed."""
        for on in sorted({one.on for one in dated}):
            self.clock.now = datetime(on.year, on.month, on.day, NOON, tzinfo=UTC)
            report = Report()
            for one in dated:
                if one.on == on:
                    self.take(one, report)
            self.confirm([one for one in dated if one.on == on], report)
            yield on, report

    def take(self, dated: Dated, report: Report) -> None:
        """Give one capture to the pipeline, as if it had just been fetched."""
        page = Page(self.url(dated), read_file(dated.path), content_type(dated.path), self.clock())
        source = self.source(dated)
        self.store.watch([source], self.clock())
        # A folder's first day is its first sight: of a stream all that stood there then is the baseline.
        first = self.began.setdefault(source.name, dated.on) == dated.on
        done = self.poller(page, quiet=first)(self.watches(source.name))
        report.read += done.read
        report.changes += done.changes
        report.troubles += done.troubles
        report.baselines += done.baselines

    def poller(self, fetched: Fetched, *, quiet: bool = False) -> Poller:
        """Return the pipeline with a web that has one answer."""

        def fetch(requests: Sequence[Request]) -> Iterator[tuple[Request, Fetched]]:
            yield from ((request, fetched) for request in requests)

        return Poller(fetch, self.read, self.store, self.clock, self.audience, quiet=quiet)

    def source(self, dated: Dated) -> Source:
        """Return the source that a capture belongs to; a name keeps the kind of its first capture that can be read."""
        name = dated.path.stem
        if name not in self.kinds:
            page = Page(self.url(dated), read_file(dated.path), content_type(dated.path), self.clock())
            reading = self.read(page, "auto")
            if reading.believable:
                self.kinds[name] = reading.kind
        kind = self.kinds.get(name, "release-page")
        return Source(STREAMS.get(kind, name), self.url(dated), kind, origin="replay")

    def url(self, dated: Dated) -> str:
        """Return an address for a capture: there was a page, the folder does not say where."""
        return dated.path.resolve().as_uri()

    def watches(self, name: str) -> list[Watch]:
        """Return one source's watch."""
        return [watch for watch in self.store.watches() if watch.source.name == name]

    def confirm(self, today: Sequence[Dated], report: Report) -> None:
        """Make the readings that a removal, or many at once, wait for: the page of that date still says the same."""
        for later in (FAST_REREAD, REBUILDING):
            self.clock.now += later + timedelta(seconds=1)
            doubtful = {w.source.name for w in self.store.watches() if w.health == "doubtful"}
            for one in today:
                if self.source(one).name in doubtful:
                    self.take(one, report)
        waiting = [w for w in self.store.watches() if self.store.accepted(w.source.name).held]
        if waiting:
            report.changes += self.poller(Unchanged(self.clock()))(waiting).changes


def read_file(path: Path) -> bytes:
    """Return a file's bytes."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReplayError(f"{path} can't be read: {error.strerror}.") from error


def content_type(path: Path) -> str:
    """Return the type that a server would give for a file."""
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
