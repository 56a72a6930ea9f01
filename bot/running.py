"""Running for good: a worker's timetable, Slack's ways in, health for those who ask; and an end that is bounded."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app import App
from bot.schedule import Timetable
from bot.settings import Settings, SettingsError
from bot.stopping import Stop

if TYPE_CHECKING:
    from slack_bolt import App as BoltApp

    from bot.slack.socket import SocketKeeper

log = logging.getLogger(__name__)

SOCKET_EVERY = timedelta(seconds=30)
"""How often the connection to Slack is looked at."""


def run(app: App, *, work: bool = True, serve: bool = True, stop: Stop | None = None) -> None:
    """Run until told to stop: the worker's timetable, Slack's ways in, or both.

    Raises:
        SettingsError: what is to be served needs a setting that is missing, or the port is taken.
    """
    stop = stop or Stop()
    stop.listen()
    stop.first(app.halt)
    if serve and not work:
        check_web(app.settings)
    with ExitStack() as running:
        bolt = app.bolt() if app.settings.has_slack else None
        if bolt is not None:
            running.callback(close_bolt, bolt)
        if app.settings.port_given or (serve and app.settings.signing_secret):
            running.callback(start_http(app, bolt, work=work, serve=serve))
        if bolt is not None and work and app.settings.app_token:
            keeper = socket_keeper(bolt, app)
            running.callback(keeper.stop)
            running.enter_context(Timetable({"socket": (SOCKET_EVERY, keeper)}))
        if work:
            running.callback(app.leader.resign)
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


def start_http(app: App, bolt: BoltApp | None, *, work: bool, serve: bool) -> Callable[[], None]:
    """Serve how secbot fares and, where they can be verified, Slack's requests; return what stops it."""
    from bot.slack import web as http

    secret = app.settings.signing_secret if serve else ""
    slack = bolt if secret else None
    application = http.build(app.store, app.clock, slack, secret, app.checks(work=work), app.counted())
    server = http.Web(application, app.settings.port)
    try:
        port = server.start()
    except OSError as error:
        if serve:
            raise SettingsError(f"{error}.") from error
        # A worker has other work; beside a web process on one machine the port is that one's.
        log.warning("%s; the worker's own health is not served", error)
    else:
        log.info("port %d answers /healthz, /readyz, /metrics%s", port, " and Slack's /slack/events" if slack else "")
    return server.stop


def socket_keeper(bolt: BoltApp, app: App) -> SocketKeeper:
    """Return what keeps Socket Mode connected."""
    from bot.slack.socket import SocketKeeper

    return SocketKeeper(bolt, app.settings.app_token, app.metrics)
