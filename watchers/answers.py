"""What the answer to a GET means: a page, nothing new, or a trouble in words.

status → 304 | redirect | refusal | body, inflated under a cap
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from bot.ports import Clock, Fetched, Page, Request, Trouble, Unchanged
from watchers.guard import Guard, Refused
from watchers.inflate import Garbled, Inflater, TooLarge
from watchers.limits import LONGEST_VALIDATOR, LONGEST_WAIT, Limits

REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_GONE = (404, 410)

FAILURES = (TimeoutError, httpx.TransportError, httpx.InvalidURL, TooLarge, Garbled, Refused)
"""How a GET ends without an answer that can be used; `Answers.failed` puts each in words."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Reads answers, within limits. `busy`: until when hosts asked to be left alone, by their names."""

    limits: Limits
    clock: Clock
    busy: dict[str, datetime]

    async def read(self, url: httpx.URL, response: httpx.Response, request: Request | None) -> Fetched:
        """Return what came of a request (None: of asking for a robots.txt).

        Raises:
            TooLarge: the body is larger than is read.
            Garbled: the body can't be inflated.
        """
        status = response.status_code
        if status == 304 and request is not None and (request.etag or request.last_modified):
            return Unchanged(self.clock())
        if status != 200:
            return self._not_had(url, response)
        return Page(
            url=str(url),
            body=await self._body(response),
            content_type=response.headers.get("Content-Type", ""),
            fetched_at=self.clock(),
            etag=_validator(response.headers.get("ETag", "")),
            last_modified=_validator(response.headers.get("Last-Modified", "")),
        )

    async def _body(self, response: httpx.Response) -> bytes:
        """Read a body under the caps on what comes over the wire and on what that inflates to."""
        limits = self.limits
        announced = response.headers.get("Content-Length", "")
        if re.fullmatch(r"[0-9]+", announced) and _at_most(announced, limits.wire + 1) > limits.wire:
            raise TooLarge
        inflater = Inflater(response.headers.get("Content-Encoding", ""), limits.inflated)
        pieces: list[bytes] = []
        wire = 0
        async for piece in response.aiter_raw():
            wire += len(piece)
            if wire > limits.wire:
                raise TooLarge
            pieces.append(inflater.feed(piece))
        inflater.end()
        return b"".join(pieces)

    def _not_had(self, url: httpx.URL, response: httpx.Response) -> Trouble:
        """Say what a status other than 200 means."""
        status = response.status_code
        if status in _GONE:
            return self.trouble("missing", f"There is no page at {url} (status {status}).")
        if status in _BUSY:
            wait = _seconds(response.headers.get("Retry-After", ""), self.clock())
            if wait is not None and status == 429:
                self.busy[url.host] = self.clock() + timedelta(seconds=wait)
            return self.trouble("busy", f"{url.host} is busy or asks to be left alone (status {status}).", wait)
        if status in (401, 403, 407):
            return self.trouble("http", f"{url.host} does not let secbot have the page (status {status}).")
        if status >= 500:
            return self.trouble("http", f"{url.host} has a fault of its own (status {status}).")
        return self.trouble("http", f"{url.host} gave an answer that is no page (status {status}).")

    def still_busy(self, url: httpx.URL) -> Trouble | None:
        """Return the trouble of a host that asked to be left alone until later than now."""
        until = self.busy.get(url.host)
        if until is None or self.clock() >= until:
            return None
        wait = (until - self.clock()).total_seconds()
        return self.trouble("busy", f"{url.host} asked to be left alone until {until:%H:%M} UTC.", wait)

    def failed(self, url: httpx.URL, error: Exception) -> Trouble:
        """Return the trouble of a GET that ended as one of `FAILURES`."""
        if isinstance(error, httpx.TimeoutException):
            return self.trouble("timeout", self._waited(error))
        if isinstance(error, TimeoutError):
            return self.trouble("timeout", f"The answer was not whole after {self.limits.deadline:g} seconds.")
        if isinstance(error, TooLarge):
            most = max(self.limits.wire, self.limits.inflated)
            return self.trouble("too_large", f"The answer is larger than {most // 1_000_000 or 1} MB.")
        if isinstance(error, Refused):
            return self.trouble("refused", str(error))
        return self.trouble("network", str(error) if isinstance(error, Garbled) else _broke(url, error))

    def trouble(self, kind: str, detail: str, retry_after: float | None = None) -> Trouble:
        """Return a trouble as of now."""
        return Trouble(kind, detail, self.clock(), retry_after)

    def _waited(self, error: httpx.TimeoutException) -> str:
        if isinstance(error, httpx.ConnectTimeout):
            return f"No connection within {self.limits.connect:g} seconds."
        return f"Nothing came for {self.limits.read:g} seconds."


def next_hop(guard: Guard, url: httpx.URL, response: httpx.Response) -> httpx.URL:
    """Return where a redirect leads.

    Raises:
        Refused: it may not be followed there.
    """
    location = response.headers.get("Location", "").strip()
    if not location:
        raise Refused(f"{url} redirects (status {response.status_code}) without saying where.")
    try:
        target = url.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(f"{url} redirects to something that is no URL.") from error
    try:
        checked = guard.url(str(target))
    except Refused as refused:
        raise Refused(f"{url} redirects to where it may not be followed. {refused}") from refused
    if url.scheme == "https" and checked.scheme == "http":
        raise Refused(f"{url} redirects to {checked.host} without encryption.")
    return checked


def validators(request: Request | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed."""
    if request is None:
        return {}
    given = {"If-None-Match": _validator(request.etag), "If-Modified-Since": _validator(request.last_modified)}
    return {name: value for name, value in given.items() if value}


def _validator(value: str) -> str:
    """Return a validator that can be sent back as it came, "" for one that can't."""
    return value if value.isascii() and value.isprintable() and len(value) <= LONGEST_VALIDATOR else ""


def _at_most(digits: str, most: int) -> int:
    """Return a number, but never more than the most; Python refuses to read one of thousands of digits."""
    plain = digits.lstrip("0")
    return most if len(plain) > len(str(most)) else min(int(plain or "0"), most)


def _seconds(retry_after: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After names, as a number or as a date; None where it names none."""
    if re.fullmatch(r"[0-9]+", stated := retry_after.strip()):
        return float(_at_most(stated, LONGEST_WAIT))
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), float(LONGEST_WAIT))


def _broke(url: httpx.URL, error: Exception) -> str:
    """Return a sentence for what went wrong on the wire."""
    said = " ".join(str(error).split())[:200]
    if isinstance(error, httpx.ConnectError):
        return f"No connection to {url.host}: {said or 'refused'}."
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return f"The URL can't be fetched: {said}."
    return f"The connection to {url.host} broke off: {said or type(error).__name__}."
