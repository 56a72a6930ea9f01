"""The `Fetch` port over httpx: one pool of connections, conditional GETs, a bound on all that a server can make long.

request → guard → robots.txt → gap → [hop: guard → GET → 304 | redirect | refusal | body, inflated under a cap] → answer

Each request ends as a Page, Unchanged or a Trouble within its deadline; none ends the others. Redirects are followed by
hand so that each hop is checked; no cookie is kept; no proxy is used.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import queue
import re
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

import httpx

from bot import trace
from bot.ports import Clock, Fetched, Page, Request, Trouble, Unchanged
from watchers.guard import Guard, Refused
from watchers.inflate import Garbled, Inflater, TooLarge
from watchers.robots import Robots, Rules
from watchers.transport import CheckedTransport, Resolve, resolve

log = logging.getLogger(__name__)

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf;q=0.9,*/*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_GONE = (404, 410)
_LONGEST_VALIDATOR = 500
LONGEST_WAIT = 7 * 24 * 3600
"""Seconds that a Retry-After may ask for; a longer one is taken for this."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one cycle and one page may take. Times in seconds, sizes in bytes."""

    connections: int = 10
    per_host: int = 2
    connect: float = 10.0
    read: float = 20.0
    deadline: float = 60.0  # for a page with all its hops, from the first byte sent to the last received
    wire: int = 8_000_000
    inflated: int = 8_000_000
    hops: int = 5
    longest_gap: float = 30.0  # between two requests to a host that asks for one in its robots.txt
    unread: int = 32  # answers that wait for whoever asked


def user_agent(contact: str) -> str:
    """Return how secbot names itself to servers: "secbot/1.0 (+contact)"."""
    try:
        number = version("secbot")
    except PackageNotFoundError:
        number = "0"
    return f"secbot/{number} (+{contact})" if contact else f"secbot/{number}"


class Web:
    """Fetches pages. Calls follow one another, from any thread, one at a time; what robots.txt said is kept."""

    def __init__(
        self,
        allow_hosts: Iterable[str],
        user_agent: str,
        clock: Clock,
        *,
        limits: Limits | None = None,
        resolve: Resolve = resolve,
        took: Callable[[float], object] = lambda _seconds: None,
    ) -> None:
        """Fetch from the hosts of the allow-list (see `watchers.guard`); `resolve` gives the addresses of names, `took`
        hears how many seconds each request took, whatever came of it.
        """
        self.guard = Guard(allow_hosts)
        self.limits = limits or Limits()
        self.clock = clock
        self.user_agent = user_agent
        self.robots = Robots(user_agent, clock)
        self.resolve = resolve
        self.took = took
        self.busy: dict[str, datetime] = {}
        self._halted = threading.Event()
        self._running: _Cycle | None = None

    def __call__(self, requests: Sequence[Request]) -> Iterator[tuple[Request, Fetched]]:
        """Yield each request with what came of it, as answers arrive."""
        if not requests:
            return
        answers: queue.SimpleQueue[_Given | BaseException | None] = queue.SimpleQueue()
        self._running = cycle = _Cycle(self, requests, answers.put)
        if self._halted.is_set():
            return
        within = contextvars.copy_context()
        thread = threading.Thread(target=within.run, args=(cycle.run,), name="fetch", daemon=True)
        thread.start()
        try:
            while (answer := answers.get()) is not None and not self._halted.is_set():
                if isinstance(answer, BaseException):
                    raise answer
                yield answer.request, answer.fetched
                cycle.taken(answer)
        finally:
            cycle.stop()
            thread.join()

    def halt(self) -> None:
        """End what is under way and fetch nothing more, from any thread: what was not answered is due as before."""
        self._halted.set()
        if self._running is not None:
            self._running.stop()

    def transport(self) -> CheckedTransport:
        """Return what opens connections, each of them checked."""
        return CheckedTransport(self.guard, self.resolve, self._tls, self.limits.connections)

    def get(self, url: httpx.URL, validators: Mapping[str, str]) -> httpx.Request:
        """Return the GET for a URL. It carries no cookies, ever."""
        limits = self.limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect, pool=limits.deadline)
        headers = {"User-Agent": self.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip", **validators}
        return httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout.as_dict()})

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


@dataclass(slots=True)
class _Host:
    """What the requests to one host share within a cycle."""

    slots: asyncio.Semaphore
    reading_rules: asyncio.Lock = field(default_factory=asyncio.Lock)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a GET; the status is 0 where none came."""

    status: int
    fetched: Fetched


@dataclass(slots=True)
class _Given:
    """A request on its way to its answer; `roomy` while it takes a place among the answers that wait."""

    request: Request
    fetched: Fetched
    roomy: bool


class _Cycle:
    """One call of `Web`: an event loop in a thread of its own, and the tasks of its requests."""

    def __init__(
        self, web: Web, requests: Sequence[Request], put: Callable[[_Given | BaseException | None], None]
    ) -> None:
        self._web = web
        self._requests = requests
        self._put = put
        self._hosts: dict[str, _Host] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopped = threading.Event()
        self._connections = asyncio.Semaphore(web.limits.connections)
        self._room = asyncio.Semaphore(web.limits.unread)

    # --- the thread's ends ---

    def run(self) -> None:
        """Fetch all; say that it is over whatever happens."""
        try:
            asyncio.run(self._all())
        except asyncio.CancelledError:
            log.debug("the cycle was stopped before its end")
        except BaseException as error:  # noqa: BLE001 - it is raised again where the answers are awaited
            self._put(error)
        finally:
            self._put(None)

    def stop(self) -> None:
        """Cancel what is under way, from another thread."""
        self._stopped.set()
        if self._loop is not None and self._main is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._main.cancel)

    def taken(self, given: _Given) -> None:
        """Make room for another answer, from another thread."""
        if given.roomy and self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._room.release)

    async def _all(self) -> None:
        self._loop, self._main = asyncio.get_running_loop(), asyncio.current_task()
        if self._stopped.is_set():
            return
        async with self._web.transport() as self._transport, asyncio.TaskGroup() as tasks:
            for request in self._requests:
                tasks.create_task(self._one(request))

    # --- one request ---

    async def _one(self, request: Request) -> None:
        with trace.about(trace=request.trace, source=request.source):
            self._put(await self._given(request))

    async def _given(self, request: Request) -> _Given:
        given = _Given(request, self._trouble("network", "Nothing came of it."), roomy=False)
        try:
            given.fetched = await self._fetched(given)
        except Refused as refused:
            given.fetched = self._trouble("refused", str(refused))
        except Exception as error:  # noqa: BLE001 - the edge: one page must not end the others
            log.error("fetching %s failed in an unforeseen way: %s: %s", request.url, type(error).__name__, error)  # noqa: TRY400
            given.fetched = self._trouble("network", f"Fetching failed in an unforeseen way: {type(error).__name__}.")
        return given

    async def _fetched(self, given: _Given) -> Fetched:
        url = self._web.guard.url(given.request.url)
        host = self._hosts.setdefault(url.netloc.decode("ascii"), _Host(asyncio.Semaphore(self._web.limits.per_host)))
        async with host.slots:
            rules = await self._rules(host, url)
            if rules.trouble:
                return rules.trouble
            self._check_robots(url, rules)
            await self._turn(host, min(rules.gap, self._web.limits.longest_gap))
            await self._room.acquire()
            given.roomy = True
            begun = asyncio.get_running_loop().time()
            answer = await self._got(url, given.request)
            self._web.took(asyncio.get_running_loop().time() - begun)
            return answer.fetched

    async def _rules(self, host: _Host, url: httpx.URL) -> Rules:
        site = _site(url)
        async with host.reading_rules:
            if rules := self._web.robots.known(site):
                return rules
            answer = await self._got(self._web.guard.url(f"{site}/robots.txt"), None)
            return self._web.robots.learn(site, answer.fetched, answer.status)

    def _check_robots(self, url: httpx.URL, rules: Rules | None) -> None:
        if rules and not self._web.robots.allows(rules, str(url)):
            raise Refused(f"{url.host}/robots.txt asks not to read {url.path}.")

    async def _turn(self, host: _Host, gap: float) -> None:
        """Wait until the host's gap between two requests has passed."""
        if gap:
            async with host.turn:
                await asyncio.sleep(max(0.0, host.free_at - asyncio.get_running_loop().time()))
                host.free_at = asyncio.get_running_loop().time() + gap

    async def _got(self, url: httpx.URL, request: Request | None) -> _Answer:
        """Get a page within the deadline, whatever hops it takes."""
        limits = self._web.limits
        async with self._connections:
            try:
                async with asyncio.timeout(limits.deadline):
                    return await self._followed(url, request)
            except TimeoutError:
                return _Answer(
                    0, self._trouble("timeout", f"The answer was not whole after {limits.deadline:g} seconds.")
                )
            except httpx.TimeoutException as error:
                return _Answer(0, self._trouble("timeout", _waited(error, limits)))
            except TooLarge:
                most = max(limits.wire, limits.inflated)
                return _Answer(0, self._trouble("too_large", f"The answer is larger than {most // 1_000_000 or 1} MB."))
            except Garbled as error:
                return _Answer(0, self._trouble("network", str(error)))
            except (httpx.TransportError, httpx.InvalidURL) as error:
                return _Answer(0, self._trouble("network", _failed(url, error)))
            except Refused as refused:
                return _Answer(0, self._trouble("refused", str(refused)))

    async def _followed(self, url: httpx.URL, request: Request | None) -> _Answer:
        begun = url
        for _ in range(self._web.limits.hops + 1):
            if until := self._busy_until(url):
                wait = (until - self._web.clock()).total_seconds()
                detail = f"{url.host} asked to be left alone until {until:%H:%M} UTC."
                return _Answer(0, self._trouble("busy", detail, wait))
            response = await self._transport.handle_async_request(self._web.get(url, _validators(request)))
            try:
                if response.status_code not in _REDIRECTS:
                    return _Answer(response.status_code, await self._read(url, response, request))
                url = self._next(url, response)
                if request is not None:
                    self._check_robots(url, self._web.robots.known(_site(url)))
            finally:
                await response.aclose()
        raise Refused(f"{begun} leads through more than {self._web.limits.hops} redirects.")

    def _next(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        """Return where a redirect leads, when it may be followed."""
        location = response.headers.get("Location", "").strip()
        if not location:
            raise Refused(f"{url} redirects (status {response.status_code}) without saying where.")
        try:
            target = url.join(location)
        except (httpx.InvalidURL, ValueError) as error:
            raise Refused(f"{url} redirects to something that is no URL.") from error
        try:
            checked = self._web.guard.url(str(target))
        except Refused as refused:
            raise Refused(f"{url} redirects to where it may not be followed. {refused}") from refused
        if url.scheme == "https" and checked.scheme == "http":
            raise Refused(f"{url} redirects to {checked.host} without encryption.")
        return checked

    # --- one response ---

    async def _read(self, url: httpx.URL, response: httpx.Response, request: Request | None) -> Fetched:
        status = response.status_code
        if status == 304 and request is not None and (request.etag or request.last_modified):
            return Unchanged(self._web.clock())
        if status != 200:
            return self._not_had(url, response)
        return Page(
            url=str(url),
            body=await self._body(response),
            content_type=response.headers.get("Content-Type", ""),
            fetched_at=self._web.clock(),
            etag=_validator(response.headers.get("ETag", "")),
            last_modified=_validator(response.headers.get("Last-Modified", "")),
        )

    async def _body(self, response: httpx.Response) -> bytes:
        """Read a body under the caps on what comes over the wire and on what that inflates to."""
        limits = self._web.limits
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
            return self._trouble("missing", f"There is no page at {url} (status {status}).")
        if status in _BUSY:
            wait = _seconds(response.headers.get("Retry-After", ""), self._web.clock())
            if wait is not None and status == 429:
                self._web.busy[url.host] = self._web.clock() + timedelta(seconds=wait)
            return self._trouble("busy", f"{url.host} is busy or asks to be left alone (status {status}).", wait)
        if status in (401, 403, 407):
            return self._trouble("http", f"{url.host} does not let secbot have the page (status {status}).")
        if status >= 500:
            return self._trouble("http", f"{url.host} has a fault of its own (status {status}).")
        return self._trouble("http", f"{url.host} gave an answer that is no page (status {status}).")

    def _busy_until(self, url: httpx.URL) -> datetime | None:
        until = self._web.busy.get(url.host)
        return until if until and self._web.clock() < until else None

    def _trouble(self, kind: str, detail: str, retry_after: float | None = None) -> Trouble:
        return Trouble(kind, detail, self._web.clock(), retry_after)


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _validators(request: Request | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed."""
    if request is None:
        return {}
    given = {"If-None-Match": _validator(request.etag), "If-Modified-Since": _validator(request.last_modified)}
    return {name: value for name, value in given.items() if value}


def _validator(value: str) -> str:
    """Return a validator that can be sent back as it came, "" for one that can't."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""


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


def _waited(error: httpx.TimeoutException, limits: Limits) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return f"No connection within {limits.connect:g} seconds."
    return f"Nothing came for {limits.read:g} seconds."


def _failed(url: httpx.URL, error: Exception) -> str:
    """Return a sentence for what went wrong on the wire."""
    said = " ".join(str(error).split())[:200]
    if isinstance(error, httpx.ConnectError):
        return f"No connection to {url.host}: {said or 'refused'}."
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return f"The URL can't be fetched: {said}."
    return f"The connection to {url.host} broke off: {said or type(error).__name__}."
