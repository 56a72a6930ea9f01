"""The `Fetch` port over httpx: one pool of connections, conditional GETs, a bound on all that a server can make long.

request → guard → robots.txt → gap → [hop: guard → GET → 304 | redirect | refusal | body, inflated under a cap] → answer

`limits` says how much and how long, `places` who goes first, `guard` where to, `transport` connects to what the guard
saw, `inflate` unpacks under a cap, `answers` says what came of it.

Each request ends as a Page, Unchanged or a Trouble within its deadline; none ends the others. Redirects are followed by
hand so that each hop is checked; no cookie is kept; no proxy is used.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import queue
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

import httpx

from bot import trace
from bot.ports import Clock, Fetched, Request
from watchers.answers import FAILURES, REDIRECTS, Answers, next_hop, validators
from watchers.guard import Guard, Refused
from watchers.limits import LONGEST_DRAINED, MOST_DRAINED, Limits
from watchers.places import Places
from watchers.robots import Robots, Rules
from watchers.transport import CheckedTransport, Resolve, resolve

log = logging.getLogger(__name__)

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf;q=0.9,*/*;q=0.5"


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
        return CheckedTransport(self.guard, self.resolve, self._tls, self.limits.connections + self.limits.slow)

    def get(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Request:
        """Return the GET for a URL, with a few headers more. It carries no cookies, ever."""
        limits = self.limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect, pool=limits.deadline)
        sent = {"User-Agent": self.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip", **headers}
        return httpx.Request("GET", url, headers=sent, extensions={"timeout": timeout.as_dict()})

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


@dataclass(slots=True)
class _Host:
    """What the requests to one host share within a cycle."""

    places: Places
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
        self._answers = Answers(web.limits, web.clock, web.busy)
        self._hosts: dict[str, _Host] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopped = threading.Event()
        self._connections = Places(web.limits.connections, web.limits.slow, web.limits.patience)
        self._room = asyncio.Semaphore(web.limits.unread)
        self._taken = 0

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
        """Make room for other answers, from another thread: for several at once, since waking the loop costs time."""
        self._taken += given.roomy
        if self._loop is not None and self._taken >= max(1, self._web.limits.unread // 4):
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._make_room, self._taken)
            self._taken = 0

    def _make_room(self, places: int) -> None:
        for _ in range(places):
            self._room.release()

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
        given = _Given(request, self._answers.trouble("network", "Nothing came of it."), roomy=False)
        try:
            given.fetched = await self._fetched(given)
        except Refused as refused:
            given.fetched = self._answers.trouble("refused", str(refused))
        except Exception as error:  # noqa: BLE001 - the edge: one page must not end the others
            log.error("fetching %s failed in an unforeseen way: %s: %s", request.url, type(error).__name__, error)  # noqa: TRY400
            given.fetched = self._answers.trouble(
                "network", f"Fetching failed in an unforeseen way: {type(error).__name__}."
            )
        return given

    async def _fetched(self, given: _Given) -> Fetched:
        url = self._web.guard.url(given.request.url)
        host = self._host(url)
        async with host.places.one() as place:
            rules = await self._rules(host, url)
            if rules.trouble:
                return rules.trouble
            self._check_robots(url, rules)
            await self._turn(host, min(rules.gap, self._web.limits.longest_gap))
            await self._room.acquire()
            given.roomy = True
            place.be_timed()
            begun = asyncio.get_running_loop().time()
            answer = await self._got(url, given.request)
            self._web.took(asyncio.get_running_loop().time() - begun)
            return answer.fetched

    def _host(self, url: httpx.URL) -> _Host:
        name, limits = url.netloc.decode("ascii"), self._web.limits
        if name not in self._hosts:
            self._hosts[name] = _Host(Places(limits.per_host, limits.slow_per_host, limits.patience))
        return self._hosts[name]

    async def _rules(self, host: _Host, url: httpx.URL) -> Rules:
        site = _site(url)
        async with host.reading_rules:
            if rules := self._web.robots.known(site):
                return rules
            answer = await self._got(self._web.guard.url(f"{site}/robots.txt"), None)
            # in a thread of its own: thousands of rules take long to read, and all others would wait
            return await asyncio.to_thread(self._web.robots.learn, site, answer.fetched, answer.status)

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
        async with self._connections.one() as place:
            place.be_timed()
            try:
                async with asyncio.timeout(self._web.limits.deadline):
                    return await self._followed(url, request)
            except FAILURES as error:
                return _Answer(0, self._answers.failed(url, error))

    async def _followed(self, url: httpx.URL, request: Request | None) -> _Answer:
        begun = url
        for _ in range(self._web.limits.hops + 1):
            if busy := self._answers.still_busy(url):
                return _Answer(0, busy)
            response = await self._asked(self._web.get(url, validators(request)))
            try:
                if response.status_code not in REDIRECTS:
                    fetched = await self._answers.read(url, response, request)
                    if response.status_code != 200:
                        await _drained(response)
                    return _Answer(response.status_code, fetched)
                url = next_hop(self._web.guard, url, response)
                if request is not None:
                    self._check_robots(url, self._web.robots.known(_site(url)))
                await _drained(response)
            finally:
                await response.aclose()
        raise Refused(f"{begun} leads through more than {self._web.limits.hops} redirects.")

    async def _asked(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to a GET, asked once more where the connection broke before any came.

        A server may close a connection that was kept alive at the very moment when we use it again.
        """
        try:
            return await self._transport.handle_async_request(request)
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            return await self._transport.handle_async_request(request)


async def _drained(response: httpx.Response) -> None:
    """Read to its end an answer that holds no page, so that the next request can have its connection.

    A 304 has no body, and yet its connection is closed unless its end is read. What is long or slow is left, at the
    cost of a connection.
    """
    left = MOST_DRAINED
    with suppress(httpx.TransportError, TimeoutError):
        async with asyncio.timeout(LONGEST_DRAINED):
            async for piece in response.aiter_raw():
                left -= len(piece)
                if left < 0:
                    return


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
