"""The Bolt app: one for Socket Mode and HTTP alike.

What it listens to is added from outside (`handlers.register`); here stand only the settings that Slack's SDK needs to
behave.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.slack.desk import Answer, Asks, Desk, Render
from bot.slack.signature import Verify

log = logging.getLogger(__name__)

LISTENERS = 50
"""Bolt has five threads by itself; the sixth busy command would time out."""
TIMEOUT = 10


def build(
    token: str,
    signing_secret: str,
    answer: Answer,
    renderer: Render,
    base_url: str | None = None,
    *,
    register: Callable[[App, Desk], None],
    asks: Asks | None = None,
    first: Callable[[str], bool] | None = None,
) -> App:
    """Return the app that answers questions from Slack.

    `register` adds the listeners (`handlers.register`), which get the desk. `asks`, `first`: see `Desk`. `base_url` is
    another Web API's (GovSlack, tests). Nothing is asked of Slack here: that Slack is down must not keep secbot from
    watching.
    """
    bolt = logging.getLogger("bot.slack.bolt")
    bolt.setLevel(logging.ERROR)  # it would warn that it finds SLACK_BOT_TOKEN in the environment and does not use it
    app = App(
        client=client(base_url),
        logger=bolt,
        name="secbot",
        signing_secret=signing_secret,
        before_authorize=Verify(signing_secret),
        request_verification_enabled=False,  # `Verify` does it, and answers 401 where Bolt's answers 500
        ssl_check_enabled=False,  # it would let an unsigned request past
        authorize=_authorize(token),
        process_before_response=True,  # Bolt's waiting for its ack costs 10 ms a command otherwise
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="slack"),
    )
    bolt.setLevel(logging.NOTSET)
    register(app, Desk(answer, renderer, asks=asks, first=first))
    app.error(_log)
    return app


def close(app: App) -> None:
    """Wait for the answers that are on their way, and take no more questions."""
    app.listener_runner.listener_executor.shutdown()


def client(base_url: str | None = None) -> WebClient:
    """Return a Web API client that resends after a 429 only: other resending could post twice."""
    return WebClient(
        base_url=base_url or WebClient.BASE_URL,
        timeout=TIMEOUT,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)],
    )


def _authorize(token: str) -> Callable[..., AuthorizeResult]:
    """Return what gives each request its token. Bolt's own asks Slack's auth.test first, so that no command would be
    answered while Slack's Web API is down or the token is revoked; an answer in an acknowledgement needs neither.
    """

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    return authorize


def _log(error: Exception) -> BoltResponse:
    """Log what a listener did not catch; Slack gets a clean answer and sends no retries for it."""
    log.error("a listener failed", exc_info=error)
    return BoltResponse(status=200, body="")
