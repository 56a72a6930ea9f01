"""Who the bot is in Slack, and what it may do there."""

from __future__ import annotations

from slack_sdk import WebClient

TIMEOUT = 10


def who_am_i(token: str, base_url: str | None = None) -> tuple[str, str, frozenset[str]]:
    """Return the team's name, the bot's name and the scopes of its token (none where Slack does not say).

    Raises:
        slack_sdk.errors.SlackClientError: Slack refuses the token.
        OSError: Slack can't be reached.
    """
    client = WebClient(token, base_url=base_url or WebClient.BASE_URL, timeout=TIMEOUT, retry_handlers=[])
    said = client.auth_test()
    headers = {name.casefold(): value for name, value in said.headers.items()}
    scopes = str(headers.get("x-oauth-scopes") or "")
    return str(said["team"]), str(said["user"]), frozenset(s.strip() for s in scopes.split(",") if s.strip())
