"""Proof that a request comes from Slack: its signature, made with the signing secret over the body and the time.

Bolt's own check answers 500 to a timestamp that is no number, so this one stands in its place, and no request is let
past it: not Slack's `ssl_check` either, which Slack no longer sends.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

STALE = 300
"""Seconds after which a request is refused; Slack's own advice."""
VERSION = "v0"


def sign(secret: str, timestamp: str, body: str) -> str:
    """Return the signature for a body at a time (seconds since 1970)."""
    given = f"{VERSION}:{timestamp}:{body}".encode()
    return f"{VERSION}={hmac.new(secret.encode(), given, hashlib.sha256).hexdigest()}"


def verified(secret: str, timestamp: str, body: str, signature: str, now: float) -> bool:
    """Whether a signature is Slack's and fresh. An empty secret verifies nothing."""
    if not secret.strip() or not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > STALE:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body).encode(), signature.encode("utf-8", "replace"))


class Verify(Middleware):
    """Refuses what comes over HTTP without Slack's signature. Socket Mode's connection is proof enough."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        """Verify with a signing secret; `now` in seconds since 1970."""
        self._secret = secret
        self._now = now

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002  (Bolt's signature)
        next: Callable[[], BoltResponse],  # noqa: A002  (Bolt's signature)
    ) -> BoltResponse:
        """Pass a request on, or answer 401."""
        timestamp, signature = (_header(req, f"x-slack-{name}") for name in ("request-timestamp", "signature"))
        if req.mode == "socket_mode" or verified(self._secret, timestamp, req.raw_body, signature, self._now()):
            return next()
        return BoltResponse(status=401, body={"error": "not signed by Slack"})


def _header(request: BoltRequest, name: str) -> str:
    return str(request.headers.get(name, [""])[0])
