"""Poll: ask the web for what is due, and write down what each answer changes.

    due sources → fetch ─┬─ 304, or the same body → nothing new (a removal that waited is confirmed by it)
                         ├─ trouble → back off
                         └─ page → of the same gist as before → kept, nothing new
                                 → read ─┬─ not believable → quarantined, nothing else
                                         ├─ first sight → baseline and a card
                                         └─ compare with what is believed → changes → known already? → who follows
    → one transaction an answer, or one for many that tell nothing new
    → trouble and recovery are told once, at the end of the pass

A pass that was cut off anywhere is simply made again: what was recorded is recorded with its messages, the rest is due.
That holds for answers with nothing new too, so these may wait for one another before they are written.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot import trace
from bot.domain import bodies, checks, diff, drift, follow, state
from bot.domain.changes import Told
from bot.domain.claims import Passage, Reading
from bot.masking import masked
from bot.metrics import UNCOUNTED, Metrics, ReadingState
from bot.pipeline import alerts, followed, placing
from bot.ports import (
    Accepted,
    Capture,
    Clock,
    Fetch,
    Fetched,
    Outgoing,
    Overtaken,
    Page,
    Poll,
    Read,
    Request,
    Source,
    Store,
    StoreError,
    Trouble,
    Unchanged,
    Watch,
)

log = logging.getLogger(__name__)

FAST_REREAD = timedelta(minutes=5)
"""A removal waits for a second clean reading; this soon it is asked for."""

TELL_AFTER = {"doubtful": 1, "failing": 3}
"""Operators hear of a page in doubt at once, of one that cannot be reached when it is not just a hiccup."""

SUSPECT_ITSELF = 3
"""When more sources than this, and more than half of those asked, get into trouble in one pass, secbot suspects
itself."""

MOST_WAITING = 100
LONGEST_WAITING = timedelta(seconds=0.5)
"""So many answers that tell nothing new are written together, or those of so long a time."""

WHY_TROUBLE = "this channel hears of trouble with sources"
LONGEST_BACK_OFF = timedelta(hours=12)
REBUILDING = timedelta(hours=1)
"""A page with half of its rows may be one that is being edited, or a site that is being rebuilt: not for so long."""
TRUE_WHEN_SEEN_AGAIN = {"half_gone": 2, "count_differs": 1, "cut_off": 6, "drift": 6}
"""Doubts that go when a page says the same again, after so many readings in doubt. A page that is served by halves, or
that secbot reads wrongly, is so for more than one reading; for a day's quarter nobody keeps a page in such a state."""
MOST_NOTED = 5
"""Light doubts of one reading that the operators are told of."""
MOST_TRIGGERED = 10
"""A feed that changes all its identities at once must not make secbot ask for hundreds of pages."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told: `channel` follows everything until it subscribes itself, `operators` hear of trouble."""

    channel: str = ""
    operators: str = ""

    def following(self, store: Store, now: datetime) -> follow.Following:
        """Return what all channels follow now."""
        return followed.by_all(store, self.channel, now)


@dataclass(slots=True)
class Report:
    """What one pass did, for the terminal and the log."""

    asked: int = 0
    unchanged: int = 0
    read: int = 0
    baselines: int = 0
    changes: list[Told] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[Watch, Poll]] = field(default_factory=list)
    """What is not written yet, each with the watch as it was before."""
    counts: list[Callable[[], None]] = field(default_factory=list)
    """What the answer that is looked at is to be counted as, once nothing can come in between any more."""

    def is_full(self) -> bool:
        """Whether what waits has waited for enough others, or long enough."""
        asked = [poll.at for _, poll in self.waiting]
        return len(asked) >= MOST_WAITING or bool(asked and asked[-1] - asked[0] >= LONGEST_WAITING)

    def by_reason(self) -> dict[str, list[str]]:
        """Return the sources in trouble by its reason: without a network all have the same."""
        found: dict[str, list[str]] = {}
        for name, reason in self.troubles:
            found.setdefault(reason, []).append(name)
        return found


def some_of(names: Sequence[str], most: int = 3) -> str:
    """Return names in words, of many the first few."""
    return ", ".join(names) if len(names) <= most + 1 else f"{', '.join(names[:most])} and {len(names) - most} more"


def no_jitter() -> float:
    """Return no jitter."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of a source's page while the process runs: the body that was read last, its gist, its own
    heading.
    """

    sha: str
    gist: str
    heading: str


@dataclass(frozen=True, slots=True)
class Poller:
    """The pass over the sources that are due.

    `discover` returns the sources that a reading names; `jitter` a number from -1 to 1 that spreads the next reads.
    `quiet`: what is new belongs to the baseline, so nothing is a change. `gist` returns a digest that two pages
    of a kind share only when their readings are equal, "" where it can't tell.
    """

    fetch: Fetch
    read: Read
    store: Store
    clock: Clock
    audience: Audience
    discover: Callable[[Reading, str], Sequence[Source]] = lambda _reading, _url: ()
    jitter: Callable[[], float] = no_jitter
    quiet: bool = False
    metrics: Metrics = UNCOUNTED
    gist: Callable[[Page, str], str] = lambda _page, _kind: ""
    seen: dict[str, Seen] = field(default_factory=dict)

    def __call__(self, watches: Sequence[Watch] | None = None, progress: Callable[[], object] = lambda: None) -> Report:
        """Read what is due (or `watches`); `progress` is called after each answer."""
        report = Report()
        # What failed goes last: a server that lets us wait holds up what is well no longer than once.
        due = sorted(self.store.due(self.clock()) if watches is None else watches, key=lambda watch: watch.failures)
        waiting = {(w.source.name, w.next_url or w.source.url): w for w in due}
        requests = [self.request(watch) for watch in waiting.values()]
        report.asked = len(requests)
        for request, fetched in self.fetch(requests):
            with trace.about(trace=request.trace, source=request.source):
                self.take(waiting[request.source, request.url], fetched, report)
            if report.is_full():
                self.write(report)
            progress()
        self.write(report)
        self.tell_trouble()
        for reason, names in report.by_reason().items():
            log.info("no page from %s: %s", some_of(names), reason)
        return report

    def request(self, watch: Watch) -> Request:
        """Return what to ask for; a page that a feed pointed to has no validators."""
        if watch.next_url:
            return Request(watch.source.name, watch.next_url, trace=trace.new())
        return Request(watch.source.name, watch.source.url, watch.etag, watch.last_modified, trace.new())

    def take(self, watch: Watch, fetched: Fetched, report: Report) -> None:
        """Write down what one answer changes; what goes wrong with it keeps us from no other.

        Raises:
            StoreError: the database can't be used.
        """
        report.counts.clear()
        with self.alone(watch, report):
            self.settle(watch, fetched, report)

    @contextmanager
    def alone(self, watch: Watch, report: Report) -> Iterator[None]:
        """Let what goes wrong with one page be that page's.

        Raises:
            StoreError: the database can't be used.
        """
        try:
            yield
        except Overtaken as error:
            # Another process read the page meanwhile and has recorded it: that is as good.
            log.info("%s: %s", watch.source.name, error)
        except StoreError:
            raise
        except Exception as error:
            # The edge: what we can't read of one page must not keep us from the others.
            log.exception("%s could not be read", watch.source.name)
            report.counts.clear()
            self.stumble(watch, error, report)
        counts, report.counts = report.counts, []
        for count in counts:
            count()

    def settle(self, watch: Watch, fetched: Fetched, report: Report) -> Poll:
        """Write down what one answer changes, in one transaction; what changes nothing may wait for others."""
        poll = self.outcome(watch, fetched, report)
        if watch.source.kind == "feed" and watch.baselined and poll.items:
            self.write(report)  # what waits says when its source is due, and must not undo that it is due now
            self.trigger(poll)  # before recording: asking twice is harmless, forgetting to ask is not
        capture = self.record(watch, poll, report)
        report.changes += poll.changes
        self.metrics.changed(told.change.kind for told in poll.changes)
        if capture is not None:
            found = ", ".join(told.id for told in poll.changes) or "none"
            log.info(
                "kept as capture %d, %s; changes: %s; messages: %d", capture, poll.state, found, len(poll.outgoing)
            )
        return poll

    def record(self, watch: Watch, poll: Poll, report: Report) -> int | None:
        """Write a poll and return its capture's number; let it wait for others where it tells nothing new: a commit
        costs more than an answer.
        """
        if not poll.plain:
            return self.store.record(poll)
        report.waiting.append((watch, poll))
        return None

    def write(self, report: Report) -> None:
        """Write what waits; where one of these can't be written, each alone, so that it keeps none of the others.

        Raises:
            StoreError: the database can't be used.
        """
        waited, report.waiting = report.waiting, []
        try:
            overtaken = self.store.record_plain([poll for _, poll in waited]) if waited else []
        except StoreError:
            raise
        except Exception:
            # The edge, as in `alone`: nothing of it is written, and whose fault it was shows when each is.
            log.info("%d answers could not be written together, so each is alone", len(waited), exc_info=True)
            self.write_each(waited, report)
            return
        for poll in overtaken:
            log.info("%s was read by another process meanwhile, which has recorded it", poll.watch.source.name)

    def write_each(self, waited: Sequence[tuple[Watch, Poll]], report: Report) -> None:
        """Write answers one by one.

        Raises:
            StoreError: the database can't be used.
        """
        for watch, poll in waited:
            with self.alone(watch, report):
                self.store.record(poll)

    def stumble(self, watch: Watch, error: Exception, report: Report) -> None:
        """Write down that secbot itself failed at a page: it is tried again later, and the operators hear of it."""
        detail = masked(f"secbot failed at this page ({type(error).__name__}: {error}); the log has more.")
        try:
            self.store.record(self.trouble(watch, Trouble("fault", detail, self.clock()), report))
        except Overtaken as overtaken:
            log.info("%s: %s", watch.source.name, overtaken)

    def outcome(self, watch: Watch, fetched: Fetched, report: Report) -> Poll:
        """Return what one answer changes."""
        if isinstance(fetched, Trouble):
            return self.trouble(watch, fetched, report)
        if isinstance(fetched, Unchanged):
            return self.unchanged(watch, fetched.fetched_at, report)
        sha = hashlib.sha256(fetched.body).hexdigest()
        if sha == watch.body_sha and watch.health != "doubtful" and not watch.next_url:
            # Validators of a body that is still the same go on naming it where the server forgets to send any.
            named = fetched.etag or fetched.last_modified
            return self.unchanged(with_validators(watch, fetched) if named else watch, fetched.fetched_at, report)
        return self.page(watch, fetched, sha, report)

    # --- nothing new ------------------------------------------------------------------------------------------------

    def unchanged(self, watch: Watch, at: datetime, report: Report) -> Poll:
        """The page still says what it said; that confirms a removal that waited.

        A page in doubt stays in doubt.
        """
        report.unchanged += 1
        report.counts.append(partial(self.metrics.polled, "unchanged"))
        if watch.health == "doubtful":
            return Poll(self.again(watch, at), at)
        watch = self.good(watch, at)
        if watch.waits is False:
            return Poll(watch, at)
        accepted = self.store.accepted(watch.source.name)
        if not accepted.held:
            return Poll(watch, at)
        last = self.kept(watch, watch.body_sha)
        if last is None:
            return Poll(watch, at)
        return self.found(watch, last.url, accepted, self.read(last, watch.source.kind), at)

    def kept(self, watch: Watch, sha: str) -> Page | None:
        """Return the last believed page of a source with that body, as it was kept."""
        last = self.store.last_capture(watch.source.name, state="accepted", sha=sha)
        return self.page_of(last) if last else None

    def page_of(self, capture: Capture) -> Page:
        """Return a capture as the page that it was."""
        return Page(capture.url, self.store.body(capture.body_sha), capture.content_type, capture.fetched_at)

    # --- trouble ----------------------------------------------------------------------------------------------------

    def trouble(self, watch: Watch, trouble: Trouble, report: Report) -> Poll:
        """No page came: ask again later, the longer the oftener it failed."""
        at = trouble.fetched_at
        report.counts.append(partial(self.metrics.polled, "trouble", trouble.kind))
        if watch.next_url:
            if trouble.kind not in ("missing", "refused", "too_large", "fault"):
                self.store.hasten(watch.source.name, at + self.every(watch), watch.next_url)
            return Poll(watch, at)
        if trouble.kind == "missing" and not watch.baselined and (watch.source.expected or not self.named(watch)):
            absent = replace(watch, health="absent", reason=trouble.detail, last_asked_at=at, failures=0, told=False)
            return Poll(replace(absent, due_at=at + self.every(watch, 6)), at)
        failures = watch.failures + 1
        wait = min(self.every(watch) * 2 ** min(failures - 1, 6), LONGEST_BACK_OFF)
        if trouble.retry_after is not None:
            wait = max(wait, timedelta(seconds=trouble.retry_after))
        report.troubles.append((watch.source.name, trouble.detail))
        since = watch.since if watch.health == "failing" else at
        failing = replace(watch, health="failing", reason=trouble.detail, since=since, failures=failures)
        return Poll(replace(failing, last_asked_at=at, due_at=at + wait), at)

    def named(self, watch: Watch) -> bool:
        """Whether a person named the source; of those that secbot thinks of, some never had a page."""
        return watch.source.origin == "settings"

    # --- a page -----------------------------------------------------------------------------------------------------

    def page(self, watch: Watch, page: Page, sha: str, report: Report) -> Poll:
        """A body that is new: read it, and if it can be believed compare it with what was believed before."""
        at = page.fetched_at
        gist = "" if watch.next_url else self.gist(page, watch.source.kind)
        if gist and self.says_the_same(watch, gist):
            return self.reworded(watch, page, sha, report)
        reading = self.read(page, watch.source.kind)
        accepted = self.store.accepted(watch.source.name)
        reading = self.held_against(accepted, reading, page)
        report.read += 1
        report.counts.append(partial(self.metrics.polled, "page"))
        again = self.seen_again(watch, reading)
        if again:
            reading = replace(reading, doubts=tuple(d for d in reading.doubts if d.reason not in TRUE_WHEN_SEEN_AGAIN))
        state: ReadingState = "accepted" if reading.believable else "quarantined"
        report.counts.append(partial(self.metrics.read, state, [doubt.reason for doubt in reading.doubts]))
        if watch.next_url and not watch.baselined:
            # The stream itself has not been seen yet: what a feed pointed to belongs to its baseline.
            return Poll(watch, at)
        if not reading.believable:
            return self.quarantined(watch, page, reading, report)
        if not watch.next_url:
            self.seen[watch.source.name] = Seen(sha, gist, reading.heading)
        read = self.good(replace(with_validators(watch, page), body_sha=sha), at) if not watch.next_url else watch
        if not watch.baselined:
            return self.baseline(read, page, reading, report)
        poll = self.found(read, page.url, accepted, reading, at, self.passages(watch, accepted, reading), sure=again)
        changed = bool(poll.opened or poll.closed)
        return replace(
            poll,
            watch=replace(poll.watch, last_changed_at=at if changed else read.last_changed_at),
            page=page,
            outgoing=(*poll.outgoing, *self.noted(watch, page, reading)),
            discovered=tuple(self.discover(reading, page.url)),
            heading=reading.heading,
        )

    def says_the_same(self, watch: Watch, gist: str) -> bool:
        """Whether a page has the gist of the one that was believed last, and nothing waits for it to be read."""
        seen = self.seen.get(watch.source.name)
        settled = watch.health == "good" and watch.baselined and watch.waits is False
        return settled and seen is not None and (seen.sha, seen.gist) == (watch.body_sha, gist)

    def reworded(self, watch: Watch, page: Page, sha: str, report: Report) -> Poll:
        """Other bytes that say the same: they are kept, as every body is."""
        report.unchanged += 1
        report.counts.append(partial(self.metrics.polled, "unchanged"))
        seen = self.seen[watch.source.name] = replace(self.seen[watch.source.name], sha=sha)
        read = self.good(replace(with_validators(watch, page), body_sha=sha), page.fetched_at)
        return Poll(read, page.fetched_at, page, heading=seen.heading)

    def held_against(self, accepted: Accepted, reading: Reading, page: Page) -> Reading:
        """Return a reading that can be believed by itself with the doubts that what was believed before raises."""
        if not reading.believable or not accepted.claims:
            return reading
        doubts = checks.believe(reading, accepted.claims, page.fetched_at.date())
        if not reading.stream and accepted.capture and (last := self.store.capture(accepted.capture)):
            before = self.store.body(last.body_sha)
            doubts = bodies.cut_off(before, page.body, accepted.claims, reading) or doubts
        return replace(reading, doubts=(*reading.doubts, *doubts))

    def noted(self, watch: Watch, page: Page, reading: Reading) -> list[Outgoing]:
        """Return what the operators are told once of a reading that is believed all the same: a status never seen, rows
        that were not understood, a count that differs by one.
        """
        if not self.audience.operators:
            return []
        details = [*self.moved(watch, page), *light(reading)]
        details = details and [detail for detail in details if detail not in self.noted_before(watch, page)]
        return [
            Outgoing(
                f"notice:noted:{watch.source.name}:{digest(detail)}:{page.fetched_at.isoformat()}",
                self.audience.operators,
                "notice",
                {"name": "noted", "source": watch.source.name, "url": page.url, "reason": detail},
                WHY_TROUBLE,
            )
            for detail in details[:MOST_NOTED]
        ]

    def noted_before(self, watch: Watch, page: Page) -> list[str]:
        """Return what was noted of the page when it was read last: that is known, what comes back later is not."""
        last = self.last_of(watch, page)
        return light(self.read(self.page_of(last), watch.source.kind)) if last else []

    def last_of(self, watch: Watch, page: Page) -> Capture | None:
        """Return the last believed capture of a page: of the source's own, or of one that a feed pointed to."""
        if watch.next_url:
            return self.store.last_capture(watch.source.name, state="accepted", url=page.url)
        return (
            self.store.last_capture(watch.source.name, state="accepted", sha=watch.body_sha) if watch.body_sha else None
        )

    def moved(self, watch: Watch, page: Page) -> list[str]:
        """Return, in words, that a page answers at another address than the last time. A file is no address."""
        if page.url.startswith("file:"):
            return []
        if watch.next_url or watch.source.stream:
            return []
        last = self.last_of(watch, page)
        if last is None or same_address(last.url, page.url):
            return []
        return [f"The page has moved: it answers at {page.url} now, and did at {last.url}."]

    def seen_again(self, watch: Watch, reading: Reading) -> bool:
        """Whether a page in doubt said exactly the same the last time, and long enough: then it means it."""
        grave = {doubt.reason for doubt in reading.doubts if doubt.grave}
        if watch.health != "doubtful" or not grave or not grave <= TRUE_WHEN_SEEN_AGAIN.keys():
            return False
        if watch.failures < max(TRUE_WHEN_SEEN_AGAIN[reason] for reason in grave):
            return False
        if "half_gone" in grave and not self.lasted(watch):
            return False
        last = self.store.last_capture(watch.source.name)
        if last is None or last.state != "quarantined":
            return False
        before = self.read(self.page_of(last), watch.source.kind)
        return diff.fingerprint(before.claims) == diff.fingerprint(reading.claims)

    def lasted(self, watch: Watch) -> bool:
        """Whether a page has been in doubt for longer than a site takes to be rebuilt."""
        return watch.since is not None and self.clock() - watch.since >= REBUILDING

    def quarantined(self, watch: Watch, page: Page, reading: Reading, report: Report) -> Poll:
        """Keep what cannot be believed, and compare it with nothing."""
        at = page.fetched_at
        report.troubles.append((watch.source.name, reading.reason))
        log.warning("not believed: %s: %s", watch.source.name, reading.reason)
        if watch.next_url:
            return Poll(watch, at, page, "quarantined", reading.reason)
        # A page that could not be reached and now can't be believed is another trouble: counted and told anew.
        still = watch.health == "doubtful"
        doubtful = replace(
            watch,
            health="doubtful",
            reason=reading.reason,
            since=watch.since if still else at,
            failures=watch.failures + 1 if still else 1,
            told=watch.told and watch.health != "failing",
        )
        # Without validators: the next answer must be the page itself, not "as you know it".
        again = self.again(replace(doubtful, etag="", last_modified=""), at)
        if {d.reason for d in reading.doubts if d.grave} <= TRUE_WHEN_SEEN_AGAIN.keys() and watch.health == "good":
            again = replace(again, due_at=at + FAST_REREAD)
        return Poll(again, at, page, "quarantined", reading.reason)

    def baseline(self, watch: Watch, page: Page, reading: Reading, report: Report) -> Poll:
        """First sight: everything is believed, nobody is alerted; one card says that secbot tracks it now."""
        report.baselines += 1
        at = page.fetched_at
        payload = {
            "source": watch.source.name,
            "url": page.url,
            "heading": reading.heading or watch.source.name,
            "about": reading.about,
            "claims": len(reading.claims),
            "summary": summary(reading),
            "read_at": at.isoformat(),
        }
        following = self.audience.following(self.store, at)
        cards = (
            alerts.tracking(self.store, following, reading.about, watch.source.name, payload)
            if watch.source.kind != "feed"
            else []
        )
        return Poll(
            replace(watch, baselined=True, claims_sha=diff.fingerprint(reading.claims), last_changed_at=at),
            at,
            page,
            opened=reading.claims if watch.source.kind != "feed" else (),
            items=reading.items,
            outgoing=(*cards, *self.noted(watch, page, reading)),
            discovered=tuple(self.discover(reading, page.url)),
            heading=reading.heading,
        )

    def passages(self, watch: Watch, accepted: Accepted, reading: Reading) -> Sequence[Passage]:
        """Return the watched prose of the capture before: prose is no claim, so it is read again where it matters."""
        if reading.stream or not reading.passages:
            return ()
        before = self.store.capture(accepted.capture) if accepted.capture else None
        return self.read(self.page_of(before), watch.source.kind).passages if before else ()

    def found(
        self,
        watch: Watch,
        url: str,
        accepted: Accepted,
        reading: Reading,
        at: datetime,
        passages: Sequence[Passage] = (),
        *,
        sure: bool = False,
    ) -> Poll:
        """Compare a reading with what is believed; return what begins, ends, waits, changed and is to be told.

        `sure`: the same reading came twice, so its removals need not wait.
        """
        sha = diff.fingerprint(reading.claims)
        same = sha == watch.claims_sha and tuple(passages) == (reading.passages if passages else ())
        if watch.source.kind == "feed" or (same and not accepted.held):
            return Poll(watch, at, items=reading.items)
        believed = (*accepted.claims, *accepted.held)
        certain, waiting = diff.split_removals(
            diff.changes(state.differences(believed, reading, accepted.items, passages)), at.date()
        )
        confirmed = [change for change in waiting if sure or state.removed_by(change) <= set(accepted.held)]
        whole = state.whole_items(reading)
        held = tuple(claim for change in waiting if change not in confirmed for claim in state.removed_by(change))
        if reading.stream:
            # What waits of an item that this page does not show goes on waiting for one that does.
            held += tuple(claim for claim in accepted.held if claim.item not in whole)
        opened, closed = state.advance(believed, reading.claims, held, stream=reading.stream, whole_items=whole)
        news = [] if self.quiet else [*certain, *confirmed]
        told = placing.told(self.store, news, watch.source.name, url, at) if news else []
        if not watch.next_url:
            due = min(watch.due_at or at, at + FAST_REREAD) if held else watch.due_at
            watch = replace(watch, claims_sha=sha, due_at=due)
        return Poll(
            watch,
            at,
            opened=opened,
            closed=closed,
            held=held,
            items=reading.items,
            changes=tuple(told),
            outgoing=tuple(self.alerts(told, watch.source.name, url, reading.heading or watch.source.name, at)),
        )

    def alerts(self, told: Sequence[Told], source: str, url: str, heading: str, at: datetime) -> list[Outgoing]:
        """Return the messages for all that one reading changed and channels follow."""
        if not told:
            return []
        following = self.audience.following(self.store, at)
        return alerts.alerts(self.store, following, told, alerts.Reading(source, url, heading, at))

    # --- feeds ------------------------------------------------------------------------------------------------------

    def trigger(self, poll: Poll) -> None:
        """Ask for the pages that a feed's new entries link to, and for the stream that they belong to."""
        feed = poll.watch.source
        known = {item.key for item in self.store.accepted(feed.name).items}
        new = [item for item in poll.items if item.key not in known][:MOST_TRIGGERED]
        if new and feed.stream:
            self.store.hasten(feed.stream, poll.at)
        for item in new:
            if item.url and feed.stream:
                self.store.hasten(feed.stream, poll.at, item.url)

    # --- health -----------------------------------------------------------------------------------------------------

    def good(self, watch: Watch, at: datetime) -> Watch:
        """Return the watch of a page that was read and believed.

        `told` stays until recovery has been told.
        """
        since = watch.since if watch.health == "good" or watch.told else at
        good = replace(watch, health="good", reason="", since=since, failures=0)
        return replace(good, last_asked_at=at, last_read_at=at, due_at=at + self.every(watch))

    def again(self, watch: Watch, at: datetime) -> Watch:
        """Return the watch of a page to be asked for again at its usual pace."""
        return replace(watch, last_asked_at=at, due_at=at + self.every(watch))

    def every(self, watch: Watch, times: int = 1) -> timedelta:
        """Return how long until the next read: the source's own pace, a tenth sooner or later."""
        return timedelta(minutes=watch.source.every * times * (1 + self.jitter() / 10))

    def tell_trouble(self) -> None:
        """Tell the operators once of each trouble and once of its end; of many at once in one notice.

        Sources are not read in one pass, so what counts is how many are in trouble now: when one of them is to be told
        and most are, all are told together, and their recovery when (nearly) all are well again.
        """
        if not self.audience.operators:
            return
        watches = [w for w in self.store.watches() if w.health != "absent"]
        troubled = [w for w in watches if w.health in TELL_AFTER]
        untold = [w for w in troubled if not w.told]
        ready = [w for w in untold if w.failures >= TELL_AFTER[w.health]]
        if ready and len(troubled) > max(SUSPECT_ITSELF, len(watches) / 2):
            self.notice("suspects_itself", untold, told=True)
        else:
            for watch in ready:
                self.notice(watch.health, [watch], told=True)
        self.tell_recovery(watches)

    def tell_recovery(self, watches: Sequence[Watch]) -> None:
        """Tell the operators of what is well again; after a trouble of many in one notice, when few are left."""
        told = [w for w in watches if w.told]
        mended = [w for w in told if w.health == "good"]
        if len(told) > SUSPECT_ITSELF:
            if mended and len(told) - len(mended) <= SUSPECT_ITSELF:
                self.notice("all_recovered", mended, told=False)
            return
        for watch in mended:
            self.notice("recovered", [watch], told=False)

    def notice(self, name: str, watches: Sequence[Watch], *, told: bool) -> None:
        """Queue one notice for the operators about those sources, and remember that it was told."""
        first, now = watches[0], self.clock()
        payload = {
            "name": name,
            "source": first.source.name,
            "sources": [w.source.name for w in watches],
            "url": first.source.url,
            "reason": first.reason,
            "since": (first.since or now).isoformat(),
            "last_good": first.last_read_at.isoformat() if first.last_read_at else "",
            "count": len(watches),
            **(self.excerpts(first) if name == "doubtful" else {}),
        }
        key = f"notice:{name}:{first.source.name}:{now.isoformat()}"
        outgoing = Outgoing(key, self.audience.operators, "notice", payload, WHY_TROUBLE)
        waiting: tuple[Outgoing, ...] = (outgoing,)
        for watch in watches:
            try:
                self.store.record(Poll(self.heard(watch, now, told=told), now, outgoing=waiting))
            except Overtaken:
                log.info("%s is being read by another process, which will tell", watch.source.name)
            else:
                waiting = ()  # it goes with the first that is recorded, so that none counts as told without it

    def excerpts(self, watch: Watch) -> dict[str, str]:
        """Return the last good evidence of what a page no longer says, and what stands there now."""
        accepted = self.store.accepted(watch.source.name)
        last = self.store.last_capture(watch.source.name)
        if last is None or last.state == "accepted" or watch.source.kind == "feed":
            return {}
        reading = self.read(self.page_of(last), watch.source.kind)
        found = drift.excerpts(accepted.claims, reading.claims, reading.pieces)
        return {"good": found.good, "present": found.present} if found and not reading.stream else {}

    def heard(self, watch: Watch, now: datetime, *, told: bool) -> Watch:
        """Return the watch of a source whose trouble, or its end, the operators know of now."""
        return replace(watch, told=told, since=watch.since if told else now)


def light(reading: Reading) -> list[str]:
    """Return the doubts of a reading that is believed all the same, in words."""
    return [doubt.detail for doubt in reading.doubts if not doubt.grave]


def digest(text: str) -> str:
    """Return a short hash of a text, for a key."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one but for the scheme, "www." and a slash at the end."""
    bare = [re.sub(r"^https?://(?:www\.)?", "", url).partition("#")[0].rstrip("/") for url in (one, other)]
    return bare[0] == bare[1]


def with_validators(watch: Watch, page: Page) -> Watch:
    """Return the watch with what the server wants to be asked with next time."""
    return replace(watch, etag=page.etag, last_modified=page.last_modified)


def summary(reading: Reading) -> dict[str, object]:
    """Return what a first reading found, for the card."""

    def count(attribute: str) -> int:
        return len(
            {
                c.value
                for c in reading.claims
                if c.attribute == attribute and (not reading.about or c.subject == reading.about)
            }
        )

    go_live = next((c.value for c in reading.claims if c.subject == reading.about and c.attribute == "go_live"), "")
    versions = [c.key for c in reading.claims if c.kind == "version"]
    return {
        "go_live": go_live,
        "in_scope": count("in_scope"),
        "documents": count("document"),
        "version": versions[0] if versions else "",
        "items": len(reading.items),
    }
