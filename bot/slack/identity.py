"""Who the bot is in Slack, and what it may do there."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from slack_sdk import WebClient

TIMEOUT = 10


def asking(token: str, base_url: str | None = None) -> WebClient:
    """Return a Web API client that asks once; what goes wrong is told by whoever asks, not by the SDK's log as well."""
    quiet = logging.getLogger("bot.slack.asking")
    quiet.setLevel(logging.CRITICAL)
    base_url = base_url or WebClient.BASE_URL
    return WebClient(token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=quiet)


class Identity(NamedTuple):
    """Who a token makes us: the team's name, the bot's name, the scopes of the token (none where Slack does not say),
    and what Slack's clock showed (None where it does not say).
    """

    team: str
    user: str
    scopes: frozenset[str]
    slack_time: datetime | None = None


def who_am_i(token: str, base_url: str | None = None) -> Identity:
    """Return who the bot is.

    Raises:
        slack_sdk.errors.SlackClientError: Slack refuses the token.
        OSError: Slack can't be reached.
    """
    said = asking(token, base_url).auth_test()
    headers = {name.casefold(): value for name, value in said.headers.items()}
    scopes = str(headers.get("x-oauth-scopes") or "")
    granted = frozenset(s.strip() for s in scopes.split(",") if s.strip())
    return Identity(str(said["team"]), str(said["user"]), granted, _date(str(headers.get("date") or "")))


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header).replace(tzinfo=UTC)
    except ValueError:
        return None
