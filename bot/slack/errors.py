"""What a failed post means: for good or for now, here or everywhere, surely not sent or nobody knows.

Source: the error tables of chat.postMessage and conversations.history in Slack's Web API reference.
"""

from __future__ import annotations

import errno
import socket
import ssl
from http.client import HTTPException
from math import isfinite
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.ports import Gone, PostFailed

EVERYWHERE = {
    "access_denied",
    "account_inactive",
    "invalid_auth",
    "invalid_token",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
"""The token or the workspace says no: no channel will take anything until somebody mends it."""

FOR_NOW = {
    "accesslimited",
    "message_limit_exceeded",
    "org_login_required",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "team_added_to_org",
}
"""Not sent, and trying again may mend it."""

UNKNOWN = {"fatal_error", "internal_error", "service_unavailable"}
"""Slack says that some part of the operation may have succeeded."""

GONE = {
    "cannot_reply_to_message",
    "invalid_thread_ts",
    "message_not_found",
    "restricted_action_thread_locked",
    "thread_not_found",
}
"""The message that was to be edited or replied to is no more, or takes no replies."""

RATE_LIMITED = 429
RETRY_AFTER = 30.0
"""Seconds to wait where Slack names none."""
LONGEST_WAIT = 3600.0
"""Seconds that are waited at most, whatever is named: Slack names seconds, at most a few minutes."""

_UNREACHABLE = {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL}


def refused(error: SlackApiError) -> PostFailed:
    """Return what Slack's answer means. An error that is not known here is for good: Slack answered, and said no."""
    status, data = error.response.status_code, error.response.data
    word = data.get("error") if isinstance(data, dict) else None
    code = word if isinstance(word, str) and word.replace("_", "").isalnum() else ""
    if status == RATE_LIMITED or code in {"ratelimited", "rate_limited"}:
        return PostFailed("ratelimited", retry_after=_retry_after(error))
    if code in UNKNOWN or status >= 500:
        return PostFailed(code or f"http_{status}", unknown=True)
    if not code:
        # No answer of Slack's: a proxy's page. With status 200 the message may have gone through behind it.
        return PostFailed(f"http_{status}", unknown=status < 300, everywhere=True)
    if code == "missing_scope" and data.get("needed"):
        return PostFailed(f"missing_scope ({data['needed']})", permanent=True, everywhere=True)
    if code in GONE:
        return Gone(code, permanent=True)
    return PostFailed(code, permanent=code not in FOR_NOW, everywhere=code in EVERYWHERE)


def unreached(error: Exception) -> PostFailed:
    """Return what a failure below Slack's answer means: only what never got through is surely not sent."""
    reason = error.reason if isinstance(error, URLError) else error
    name = type(reason).__name__ if isinstance(reason, Exception) else type(error).__name__
    if isinstance(reason, (socket.gaierror, ssl.SSLCertVerificationError)) or (
        isinstance(error, URLError) and isinstance(reason, OSError) and reason.errno in _UNREACHABLE
    ):
        return PostFailed(f"no connection to Slack ({name})", everywhere=True)
    if isinstance(reason, TimeoutError):
        return PostFailed("no answer from Slack in time", unknown=True)
    return PostFailed(f"connection to Slack lost ({name})", unknown=True)


BELOW_SLACK = (OSError, HTTPException, ValueError, LookupError, AttributeError)
"""What slack_sdk lets through: sockets and TLS, broken HTTP, a body that is no text or no JSON object."""

ANY = (SlackClientError, *BELOW_SLACK)
"""All that a call of Slack's Web API can raise."""


def _retry_after(error: SlackApiError) -> float:
    headers = {str(name).lower(): value for name, value in dict(error.response.headers).items()}
    try:
        seconds = float(headers["retry-after"])
    except (KeyError, TypeError, ValueError):
        return RETRY_AFTER
    return min(max(seconds, 0.0), LONGEST_WAIT) if isfinite(seconds) else RETRY_AFTER
