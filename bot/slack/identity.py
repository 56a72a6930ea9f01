"""Who the bot is in Slack, and what it may do there."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

TIMEOUT = 10


def asking(token: str, base_url: str | None = None) -> WebClient:
    """Return a Web API client that asks once; what goes wrong is told by whoever asks, not by the SDK's log as well."""
    quiet = logging.getLogger("bot.slack.asking")
    quiet.setLevel(logging.CRITICAL)
    base_url = base_url or WebClient.BASE_URL
    return WebClient(token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=quiet)


def who_am_i(token: str, base_url: str | None = None) -> tuple[str, str, frozenset[str]]:
    """Return the team's name, the bot's name and the scopes of its token (none where Slack does not say).

    Raises:
        slack_sdk.errors.SlackClientError: Slack refuses the token.
        OSError: Slack can't be reached.
    """
    said = asking(token, base_url).auth_test()
    headers = {name.casefold(): value for name, value in said.headers.items()}
    scopes = str(headers.get("x-oauth-scopes") or "")
    return str(said["team"]), str(said["user"]), frozenset(s.strip() for s in scopes.split(",") if s.strip())
