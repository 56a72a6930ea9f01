"""Where everything is put together: the one place that knows the web, the database, Slack and the inside."""

from __future__ import annotations

import logging
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import urlsplit

from bot.asking import Ask, Reply
from bot.clock import clock as make_clock
from bot.domain.claims import Reading
from bot.heartbeat import Heartbeat
from bot.metrics import UNCOUNTED, Metrics
from bot.observed import ObservedPoster
from bot.pipeline.daily import Daily
from bot.pipeline.deliver import APART, Delivered, Deliverer
from bot.pipeline.leading import Leader
from bot.pipeline.outage import Outage
from bot.pipeline.poll import Audience, Poller, Report
from bot.ports import Clock, Fetch, Message, Page, Poster, Source, Store, StoreError
from bot.render import Renderer
from bot.schedule import DAILY_EVERY, DELIVER_EVERY, HEARTBEAT_EVERY, LEAD_EVERY, POLL_EVERY, Timetable
from bot.settings import Settings
from bot.vitals import Vitals

if TYPE_CHECKING:
    from slack_bolt import App as BoltApp

    from bot.prometheus import PrometheusMetrics
    from watchers.fetch import Web

log = logging.getLogger(__name__)

WATCHDOG_EVERY = timedelta(seconds=30)
"""How often it is looked whether the jobs make headway."""


FIRST_QUESTIONS = (
    *("MP090", "MP090 history", "next", "cutoffs", "release november 2021", "release november 2021 timeline"),
    *("releases", "search sec release", "part Section H", "zzz", "list"),
)
FIRST_PAGE = b"<html><body><main><h1>November 2021 SEC Release</h1><p>MP001 is in scope.</p></main></body></html>"
"""What is asked and read before anybody asks."""


@runtime_checkable
class Halts(Protocol):
    """What can be told to begin nothing more."""

    def halt(self) -> None:
        """Begin nothing more, and end what would be waited for; from any thread."""


@dataclass(slots=True)
class App:
    """Secbot, put together.

    Every command of the CLI is a few calls of it.
    """

    settings: Settings
    store: Store
    clock: Clock
    renderer: Renderer
    poller: Poller
    deliverer: Deliverer
    daily: Daily
    leader: Leader
    sources: Callable[[], Sequence[Source]]
    metrics: Metrics = UNCOUNTED
    vitals: Vitals = field(default_factory=Vitals)
    heartbeat: Heartbeat = field(default_factory=lambda: Heartbeat(""))

    def watch_sources(self, store: Store | None = None) -> list[Source]:
        """Watch the sources of the settings, or the built-in ones; return the new ones.

        What was listed before and is no more, is watched no longer.
        """
        store = store or self.store
        listed = list(self.sources())
        if stopped := store.keep_only({source.name for source in listed}):
            log.info("no longer watched: %s", ", ".join(stopped))
        return store.watch(listed, self.clock())

    def poll_under(self, store: Store) -> Report:
        """Read what is due, on a store of the leader's; where the list of sources broke, by the one before."""
        from watchers.sources import SourcesError

        try:
            self.watch_sources(store)
        except SourcesError as error:
            log.error("%s; the sources of before are read on", str(error).rstrip("."))  # noqa: TRY400 - it says all
        return replace(self.poller, store=store)(progress=lambda: self.vitals.beat("poll"))

    def daily_under(self, store: Store) -> tuple[int, int]:
        """Queue what is due today, on a store of the leader's."""
        return replace(self.daily, store=store)()

    def deliver(self) -> Delivered:
        """Send what waits."""
        return self.deliverer(lambda: self.vitals.beat("deliver"))

    def halt(self) -> None:
        """Begin no further page or message: secbot is being stopped."""
        self.deliverer.halt()
        if isinstance(self.poller.fetch, Halts):
            self.poller.fetch.halt()

    def deliver_all(self) -> Delivered:
        """Send what waits, also what waits only for its channel's pace."""
        return self.deliverer.through(time.sleep)

    def answer(self, question: str, *, user: str = "terminal", channel: str = "terminal", again: bool = False) -> Reply:
        """Return the answer to what was typed after `/sec`; `again`: this very request was answered before."""
        import handlers

        return handlers.answer(
            question,
            store=self.store,
            now=self.clock(),
            zone=self.settings.zone,
            user=user,
            channel=channel,
            digest_at=self.settings.digest_at,
            default_channel=self.settings.channel,
            read=self.poller.read,
            again=again,
        )

    def ask(self, *, user: str, channel: str) -> Ask:
        """Return what a command gets, still without words; a direct message is the person, wherever they read it."""
        given = self.settings
        audience = user if channel.startswith("D") else channel
        return Ask(
            "",
            self.store,
            self.clock(),
            given.zone,
            user=user,
            channel=audience,
            digest_at=given.digest_at,
            default_channel=given.channel,
            read=self.poller.read,
            operators=given.ops_channel,
        )

    def render(self, reply: Reply) -> Message:
        """Return a reply in Slack's form."""
        return self.renderer.reply(reply)

    def timetable(self) -> Timetable:
        """Return the jobs of a worker, each watched."""
        # Of several workers the one that led last tells of an outage.
        tells, ops = (lambda: self.leader.term is not None), self.settings.ops_channel
        outage = Outage(self.deliverer.poster, self.renderer, self.clock, ops, tells)
        jobs: dict[str, tuple[timedelta, Callable[[], object]]] = {
            "poll": (POLL_EVERY, partial(self.leader.do, self.poll_under)),
            "daily": (DAILY_EVERY, partial(self.leader.do, self.daily_under)),
            "deliver": (DELIVER_EVERY, self.deliver),
        }
        return Timetable(
            {
                **{name: (every, self.watched(name, outage, job)) for name, (every, job) in jobs.items()},
                "lead": (LEAD_EVERY, outage.watched("lead", self.keep_lead)),
                "watchdog": (WATCHDOG_EVERY, self.vitals.look),
                # A job of its own: an address that answers slowly keeps no message waiting.
                "heartbeat": (HEARTBEAT_EVERY, self.beat),
            }
        )

    def watched(self, name: str, outage: Outage, job: Callable[[], object]) -> Callable[[], object]:
        """Return a job that is counted, and whose failing for the database is told."""
        return self.vitals.watched(name, outage.watched(name, job))

    def keep_lead(self) -> None:
        """Keep the lead, or try to get it; where our own reading hangs, leave it to another."""
        if "poll" in self.vitals.late():
            self.leader.resign()
        else:
            self.leader.renew()

    def beat(self) -> None:
        """Send the heartbeat while all goes well."""
        if not (self.vitals.working() or self.vitals.slack() or self.deliverer.waits()):
            self.heartbeat()

    def checks(self, *, work: bool) -> dict[str, Callable[[], str]]:
        """Return what must be right to be ready, besides the database; what only a worker knows where it works."""
        return {"work": self.vitals.working, "Slack": self.vitals.slack} if work else {}

    def counted(self) -> PrometheusMetrics:
        """Return what was counted, for those who scrape it."""
        from bot.prometheus import PrometheusMetrics

        return self.metrics if isinstance(self.metrics, PrometheusMetrics) else PrometheusMetrics()

    def first(self, key: str) -> bool:
        """Whether no other process took a request of Slack's."""
        return self.store.first(key, self.clock())

    def warm(self) -> None:
        """Make ready what answers need, so that the first one comes as soon as the others.

        Templates, commands, the reading of kept pages and what is called what are loaded, and a few questions are asked
        that write nothing.
        """
        from bot.render import words
        from watchers.read import read_page

        words.load(self.settings.zone)
        read_page(Page("", FIRST_PAGE, "text/html", self.clock()))
        try:
            for question in FIRST_QUESTIONS:
                self.render(self.answer(question, user="", channel=""))
        except StoreError as error:
            log.warning("answers may be slow at first: %s", error)

    def bolt(self) -> BoltApp:
        """Return the Bolt app that answers in Slack, ready to answer at once."""
        import handlers
        from bot.slack.app import build

        self.warm()
        given = self.settings
        return build(
            given.bot_token,
            given.signing_secret,
            self.answer,
            self.renderer,
            given.api_url or None,
            register=handlers.register,
            asks=self.ask,
            first=self.first if self.store.is_shared else None,
            metrics=self.metrics,
        )


def assemble(
    settings: Settings,
    store: Store,
    *,
    fetch: Fetch | None = None,
    poster: Poster | None = None,
    clock: Clock | None = None,
    sources: Callable[[], Sequence[Source]] | None = None,
    metrics: Metrics = UNCOUNTED,
) -> App:
    """Put secbot together around a store; the other parts are the real ones where none is given."""
    vitals = Vitals(metrics=metrics)
    clock = clock or make_clock(settings.as_of, settings.zone)
    sources = sources or (lambda: configured_sources(settings, clock))
    renderer = Renderer(settings.zone)
    audience = Audience(settings.channel, settings.ops_channel)
    from watchers.gist import gist
    from watchers.read import read_page

    poller = Poller(
        fetch or web(settings, sources(), clock, metrics),
        read_page,
        store,
        clock,
        audience,
        discover,
        lambda: random.uniform(-1, 1),  # noqa: S311 - spreads requests, keeps no secret
        metrics=metrics,
        gist=gist,
    )
    deliverer = Deliverer(
        store,
        ObservedPoster(poster or make_poster(settings), metrics, vitals),
        renderer,
        clock,
        settings.ops_channel,
        settings.channel,
        # A clock that stands would never let the next message of a channel pass.
        apart=APART if settings.has_slack and settings.as_of is None else 0.0,
    )
    daily = Daily(store, clock, settings.zone, audience, settings.digest_at)
    return App(
        settings,
        store,
        clock,
        renderer,
        poller,
        deliverer,
        daily,
        Leader(store, make_clock(None, settings.zone)),
        sources,
        metrics,
        vitals,
        Heartbeat(settings.heartbeat_url),
    )


def configured_sources(settings: Settings, clock: Clock) -> list[Source]:
    """Return the sources of the settings' file, else the built-in ones as of today."""
    from watchers import sources

    if settings.sources:
        return sources.from_file(settings.sources)
    return sources.built_in(clock().astimezone(settings.zone).date())


def web(settings: Settings, sources: Sequence[Source], clock: Clock, metrics: Metrics = UNCOUNTED) -> Web:
    """Return the web, as far as it may be asked."""
    from watchers.fetch import Web, user_agent
    from watchers.sources import hosts

    allowed = settings.allow_hosts or hosts(sources)
    return Web(allowed, user_agent(settings.contact), clock, took=metrics.fetched)


def make_poster(settings: Settings) -> Poster:
    """Return Slack, or the terminal where no token is set."""
    if settings.has_slack:
        from bot.slack.poster import SlackPoster

        return SlackPoster(settings.bot_token, base_url=settings.api_url or None)
    from bot.terminal import TerminalPoster

    return TerminalPoster(sys.stdout)


def discover(reading: Reading, url: str) -> list[Source]:
    """Return the release pages that a reading names, at the site of the page that named them."""
    from watchers import sources

    parts = urlsplit(url)
    keys = {claim.key for claim in reading.claims if claim.kind == "release"}
    keys |= {c.value for c in reading.claims if c.attribute in ("targeted_release", "implements_release")}
    base = f"{parts.scheme}://{parts.netloc}/"
    return [sources.release_source(key, base) for key in sorted(keys)] if parts.scheme.startswith("http") else []
