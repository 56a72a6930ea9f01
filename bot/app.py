"""Where everything is put together: the one place that knows the web, the database, Slack and the inside."""

from __future__ import annotations

import logging
import random
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.asking import Ask, Reply
from bot.clock import clock as make_clock
from bot.domain.claims import Reading
from bot.pipeline.daily import Daily
from bot.pipeline.deliver import Delivered, Deliverer
from bot.pipeline.poll import Audience, Poller, Report
from bot.ports import Clock, Fetch, Message, Page, Poster, Source, Store, StoreError
from bot.render import Renderer
from bot.schedule import DAILY_EVERY, DELIVER_EVERY, POLL_EVERY, Timetable
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from slack_bolt import App as BoltApp

log = logging.getLogger(__name__)

SOCKET_EVERY = timedelta(seconds=30)
"""How often the connection to Slack is looked at."""


FIRST_QUESTIONS = (
    *("MP090", "MP090 history", "next", "cutoffs", "release november 2021", "release november 2021 timeline"),
    *("releases", "search sec release", "part Section H", "zzz", "list"),
)
FIRST_PAGE = b"<html><body><main><h1>November 2021 SEC Release</h1><p>MP001 is in scope.</p></main></body></html>"
"""What is asked and read before anybody asks."""


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
    sources: Callable[[], Sequence[Source]]

    def watch_sources(self) -> list[Source]:
        """Watch the sources of the settings, or the built-in ones; return the new ones.

        What was listed before and is no more, is watched no longer.
        """
        listed = list(self.sources())
        if stopped := self.store.keep_only({source.name for source in listed}):
            log.info("no longer watched: %s", ", ".join(stopped))
        return self.store.watch(listed, self.clock())

    def poll(self) -> Report:
        """Read what is due."""
        self.watch_sources()
        return self.poller()

    def deliver(self) -> Delivered:
        """Send what waits."""
        return self.deliverer()

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
        )

    def render(self, reply: Reply) -> Message:
        """Return a reply in Slack's form."""
        return self.renderer.reply(reply)

    def timetable(self) -> Timetable:
        """Return the jobs of a worker."""
        return Timetable(
            {
                "poll": (POLL_EVERY, self.poll),
                "daily": (DAILY_EVERY, self.daily),
                "deliver": (DELIVER_EVERY, self.deliver),
            }
        )

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
        )


def assemble(
    settings: Settings,
    store: Store,
    *,
    fetch: Fetch | None = None,
    poster: Poster | None = None,
    clock: Clock | None = None,
    sources: Callable[[], Sequence[Source]] | None = None,
) -> App:
    """Put secbot together around a store; the other parts are the real ones where none is given."""
    clock = clock or make_clock(settings.as_of, settings.zone)
    sources = sources or (lambda: configured_sources(settings, clock))
    renderer = Renderer(settings.zone)
    audience = Audience(settings.channel, settings.ops_channel)
    from watchers.gist import gist
    from watchers.read import read_page

    poller = Poller(
        fetch or web(settings, sources(), clock),
        read_page,
        store,
        clock,
        audience,
        discover,
        lambda: random.uniform(-1, 1),  # noqa: S311 - spreads requests, keeps no secret
        gist=gist,
    )
    deliverer = Deliverer(
        store, poster or make_poster(settings), renderer, clock, settings.ops_channel, settings.channel
    )
    daily = Daily(store, clock, settings.zone, audience, settings.digest_at)
    return App(settings, store, clock, renderer, poller, deliverer, daily, sources)


def configured_sources(settings: Settings, clock: Clock) -> list[Source]:
    """Return the sources of the settings' file, else the built-in ones as of today."""
    from watchers import sources

    if settings.sources:
        return sources.from_file(settings.sources)
    return sources.built_in(clock().astimezone(settings.zone).date())


def web(settings: Settings, sources: Sequence[Source], clock: Clock) -> Fetch:
    """Return the web, as far as it may be asked."""
    from watchers.fetch import Web, user_agent
    from watchers.sources import hosts

    return Web(settings.allow_hosts or hosts(sources), user_agent(settings.contact), clock)


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


def run(app: App, *, work: bool = True, serve: bool = True, stop: threading.Event | None = None) -> None:
    """Run until told to stop: the worker's timetable, Slack's ways in, or both.

    Raises:
        SettingsError: what is to be served needs a setting that is missing, or the port is taken.
    """
    stop = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    if serve and not work:
        check_web(app.settings)
    with ExitStack() as running:
        bolt = app.bolt() if app.settings.has_slack else None
        if bolt is not None:
            running.callback(close_bolt, bolt)
        if serve and (app.settings.signing_secret or app.settings.port_given):
            running.callback(start_http(app, bolt))
        if bolt is not None and work and app.settings.app_token:
            keeper = SocketKeeper(bolt, app.settings.app_token)
            running.callback(keeper.stop)
            running.enter_context(Timetable({"socket": (SOCKET_EVERY, keeper)}))
        if work:
            running.enter_context(app.timetable())
        stop.wait()
        log.info("stopping; what is in hand is finished first")


def check_web(settings: Settings) -> None:
    """Refuse to answer Slack over HTTP without what it takes.

    Raises:
        SettingsError: a setting is missing.
    """
    if not settings.signing_secret:
        raise SettingsError("SLACK_SIGNING_SECRET is not set: `secbot web` verifies Slack's requests with it.")
    if not settings.has_slack:
        raise SettingsError("SLACK_BOT_TOKEN is not set: `secbot web` answers Slack with it.")


def close_bolt(bolt: BoltApp) -> None:
    """Wait for the answers that are on their way."""
    from bot.slack.app import close

    close(bolt)


def start_http(app: App, bolt: BoltApp | None) -> Callable[[], None]:
    """Serve how secbot fares and, where they can be verified, Slack's requests; return what stops it."""
    from bot.slack import web as http

    secret = app.settings.signing_secret
    slack = bolt if secret else None
    server = http.Web(http.build(app.store, app.clock, slack, secret), app.settings.port)
    try:
        port = server.start()
        log.info("port %d answers /healthz, /readyz, /metrics%s", port, " and Slack's /slack/events" if slack else "")
    except OSError as error:
        raise SettingsError(f"{error}.") from error
    return server.stop


class SocketKeeper:
    """Keeps Socket Mode connected: each call opens what is not open yet, or reopens what has gone deaf."""

    def __init__(self, bolt: BoltApp, app_token: str) -> None:
        """Prepare; nothing is opened yet, so that Slack being down keeps nobody from watching."""
        from bot.slack.socket import Socket

        self.socket = Socket(bolt, app_token)
        self.started = False

    def __call__(self) -> None:
        """Open or reopen the connection where it is not alive."""
        from slack_sdk.errors import SlackApiError

        if self.started:
            self.socket.revive()
            return
        try:
            self.socket.start()
        except SlackApiError as error:
            log.error("Slack refuses the app-level token (%s): copy it again, SLACK_APP_TOKEN", error.response["error"])  # noqa: TRY400
        except OSError as error:
            log.warning("Slack can't be reached (%s); it is tried again", error)
        else:
            self.started = True
            log.info("/sec is answered over Socket Mode")

    def stop(self) -> None:
        """Disconnect."""
        if self.started:
            self.socket.stop()
