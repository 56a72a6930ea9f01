"""Socket Mode: questions come over a connection that secbot opens, so that nothing of it need be reachable.

With the websocket-client library, which is back in a second after Slack drops the connection; the SDK's own takes up to
a minute. A connection can be open and deaf, so its last pong counts; `revive` opens another then.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from socket import SHUT_RDWR

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.errors import SlackApiError
from websocket import WebSocketApp

from bot.metrics import UNCOUNTED, Metrics

log = logging.getLogger(__name__)

PING_EVERY = 5.0
"""Seconds between two pings; after four without a pong an open connection counts as deaf."""
STOP_WITHIN = 5.0


class Socket:
    """A connection to Slack for an app."""

    def __init__(
        self, app: App, app_token: str, *, ping_every: float = PING_EVERY, metrics: Metrics = UNCOUNTED
    ) -> None:
        """Prepare a connection with an app-level token (xapp-…); a ping every so many seconds."""
        self._metrics = metrics
        self._deaf_after = 4 * ping_every
        self._handler = SocketModeHandler(app, app_token, ping_interval=ping_every)
        self._client = self._handler.client
        self._opened_at = 0.0
        self._client.on_open_listeners.append(self._opened)

    def start(self) -> None:
        """Connect, and stay connected in the background.

        Raises:
            slack_sdk.errors.SlackApiError: Slack refuses the token.
            OSError: Slack can't be reached; call again later.
        """
        self._client.connect()

    def stop(self) -> None:
        """Disconnect, and wait a while for what is being answered."""
        self._client.auto_reconnect_enabled = False
        self._wake()
        closing = threading.Thread(target=self._client.close, name="socket-close", daemon=True)
        closing.start()
        closing.join(STOP_WITHIN)

    def _wake(self) -> None:
        """End the reading of the connection; closing it alone would leave its thread asleep for up to ten seconds."""
        session = self._client.current_session
        if session is None or session.sock is None or session.sock.sock is None:
            return
        session.keep_running = False
        with suppress(OSError):
            session.sock.sock.shutdown(SHUT_RDWR)

    def connected(self) -> bool:
        """Whether the connection is open and answers pings."""
        session = self._client.current_session
        if session is None or session.sock is None or not session.sock.connected:
            return False
        heard = max(session.last_pong_tm, self._opened_at)
        return bool(heard) and time.time() - heard < self._deaf_after

    def revive(self) -> bool:
        """Open another connection where this one is open and deaf (one that is closed comes back by itself).

        Call it every half minute or so. Return whether one had to be opened.
        """
        session = self._client.current_session
        if self._client.closed or session is None or session.sock is None or self.connected() or not self._opened_at:
            return False
        log.warning("the connection to Slack is open but silent; opening another")
        self._metrics.reopened()
        # The SDK opens none while it has one that looks open; of one that ends it opens the next by itself.
        self._wake()
        return True

    def _opened(self, _session: WebSocketApp) -> None:
        self._opened_at = time.time()


class SocketKeeper:
    """Keeps Socket Mode connected: each call opens what is not open yet, or reopens what has gone deaf."""

    def __init__(self, bolt: App, app_token: str, metrics: Metrics = UNCOUNTED) -> None:
        """Prepare; nothing is opened yet, so that Slack being down keeps nobody from watching."""
        self.socket = Socket(bolt, app_token, metrics=metrics)
        self.started = False

    def __call__(self) -> None:
        """Open or reopen the connection where it is not alive."""
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
