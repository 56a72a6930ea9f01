"""What servers do wrong while they are asked, and the figure by which each fault is borne.

A fault's number is that of its row in the table of faults.
"""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpcore
import pytest

from bot.domain.claims import Reading
from bot.pipeline.poll import LONGEST_BACK_OFF, Poller
from bot.ports import Page, Request, Source, Store, Trouble
from tests.conftest import SetClock
from tests.drawing import one_in
from tests.going_wrong import Answer, Server, dripping, reset, serving, whole
from tests.pace import cpu
from tests.test_fetch import HASTY, NOW, PATIENT, get, hasty, local, trouble, web
from tests.test_guard import PRIVATE
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page
from watchers.fetch import Web
from watchers.limits import LONGEST_WAIT
from watchers.outline import html
from watchers.read import read_page

SLACK = 0.5
"""Seconds beyond its deadline within which a request has ended."""
TURNS = 3
"""Times that a wall clock is read before it counts: a moment in which the machine did other things ends before."""


def within(seconds: float, work: Callable[[], object]) -> bool:
    """Whether work takes at most so many seconds at one of its turns."""

    def takes() -> float:
        begun = time.monotonic()
        work()
        return time.monotonic() - begun

    return any(takes() <= seconds for _ in range(TURNS))


# --- 5: a server that is out of order --------------------------------------------------------------------------------

OUT_OF_ORDER: dict[str, Answer] = {
    "a reset": reset,
    "500": whole(b"<h1>Internal Server Error</h1>", status="500 Internal Server Error"),
    "502": whole(b"<h1>Bad Gateway</h1>", status="502 Bad Gateway"),
    "503": whole(b"<h1>Maintenance</h1>", status="503 Service Unavailable"),
    "403": whole(b"<h1>Forbidden</h1>", status="403 Forbidden"),
    "429": whole(b"", "Retry-After: 7", status="429 Too Many Requests"),
    "half an answer": lambda wire: wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<h1>November"),
    "half an answer in chunks": lambda wire: wire.sendall(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<h1>N\r\n"
    ),
    "304 to who asked for no such thing": lambda wire: wire.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
}


@pytest.fixture
def polled(server: Server, store: Store, clock: SetClock) -> World:
    """secbot with a page that is well and was read once, over real connections."""
    fetch: Web = web("127.0.0.1")
    fetch.clock = fetch.robots._clock = clock
    world = World(store, clock, fetch, FakeSlack())  # type: ignore[arg-type]
    server.answers["/page"] = whole(release_page(ROWS).encode(), "Content-Type: text/html")
    world.watch(Source("page", f"{server.url}/page", "release-page", origin="settings"))
    world.poll_and_deliver()
    assert [watch.health for watch in store.watches()] == ["good"]
    return world


def told_since(world: World, before: int) -> list[str]:
    """The kinds and names of what was sent after so many messages."""
    return [":".join(key.split(":")[:2]) for _, _, key in world.slack.sent[before:]]


@pytest.mark.fault(5)
@pytest.mark.parametrize("what", OUT_OF_ORDER)
def test_an_outage_is_two_notices_and_no_change(what: str, polled: World, server: Server, clock: SetClock) -> None:
    well, before = server.answers["/page"], len(polled.slack.sent)
    server.answers["/page"] = OUT_OF_ORDER[what]
    for _ in range(5):
        clock.now += timedelta(hours=13)
        polled.poll_and_deliver()
    server.answers["/page"] = well
    for _ in range(2):
        clock.now += timedelta(hours=13)
        polled.poll_and_deliver()
    assert told_since(polled, before) == ["notice:failing", "notice:recovered"]
    assert polled.store.changes() == []


@pytest.mark.fault(5)
@pytest.mark.parametrize("jitter", [-1.0, 0.0, 1.0])
def test_back_off_doubles_up_to_half_a_day_a_tenth_sooner_or_later(
    store: Store, clock: SetClock, jitter: float
) -> None:
    pages = FakeWeb(clock)
    source = Source("page", "https://sec.example/", "release-page", origin="settings")
    world = World(store, clock, pages, FakeSlack())
    world.watch(source)
    pages.pages[source.url] = Trouble("timeout", "Nothing came for 20 seconds.", clock.now)
    poller = Poller(pages, read_page, store, clock, world.audience, jitter=lambda: jitter)
    waits = []
    for _ in range(6):
        poller()
        [watch] = store.watches()
        assert watch.due_at is not None
        waits.append((watch.due_at - clock.now) / timedelta(hours=1))
        clock.now = watch.due_at
    usual = [n * (1 + jitter / 10) for n in (1, 2, 4, 8, 16, 32)]
    assert waits == pytest.approx([min(n, LONGEST_BACK_OFF / timedelta(hours=1)) for n in usual])


@pytest.mark.fault(5)
@pytest.mark.parametrize("given", ["9" * 5000, "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_who_asks_to_be_left_alone_for_ever_is_asked_again_after_a_week(server: Server, given: str) -> None:
    server.answers["/"] = whole(b"", f"Retry-After: {given}", status="503 Service Unavailable")
    assert trouble(get(local(server), f"{server.url}/")).retry_after == LONGEST_WAIT


@pytest.mark.fault(5)
def test_a_connection_that_the_server_closes_between_two_requests_is_no_trouble(server: Server) -> None:
    """Kept alive by the first answer, closed without one when the second request has come: asked once more."""
    asked: list[str] = []

    def kept_alive(wire: socket.socket) -> None:
        body = b"User-agent: *\nAllow: /\n"
        wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        asked.append(wire.recv(65536).split(b" ")[1].decode())  # and hangs up

    server.answers |= {"/robots.txt": kept_alive, "/page": whole(b"page")}
    page = get(local(server), f"{server.url}/page")
    assert isinstance(page, Page)
    assert (asked, server.connections) == (["/page"], 2)


@pytest.mark.fault(5)
def test_a_server_that_only_resets_is_asked_twice_and_no_oftener(server: Server) -> None:
    fetch = hasty(server, PATIENT)
    server.answers["/"], before = reset, server.connections
    assert trouble(get(fetch, f"{server.url}/")).kind == "network"
    assert server.connections - before == 2


# --- 6: drips --------------------------------------------------------------------------------------------------------

DRIPS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n"),
    "a body": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"."),
    "a body without length": (b"HTTP/1.1 200 OK\r\n\r\n", b"."),
    "chunks without end": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n.\r\n"),
    "a chunk's length": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
    "early hints": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "nothing": (b"", b""),
}


@pytest.mark.fault(6)
@pytest.mark.parametrize("what", DRIPS)
def test_what_drips_ends_half_a_second_after_the_deadline_at_the_latest(what: str, server: Server) -> None:
    server.answers["/"] = dripping(server, *DRIPS[what])
    fetch = hasty(server)
    assert within(HASTY.deadline + SLACK, lambda: trouble(get(fetch, f"{server.url}/")))


@pytest.mark.fault(6)
def test_a_robots_txt_that_drips_costs_its_site_one_deadline_and_not_one_a_page(server: Server) -> None:
    server.answers["/robots.txt"] = dripping(server, b"HTTP/1.1 200 OK\r\n\r\n", b"#")
    requests = [Request(str(n), f"{server.url}/{n}") for n in range(20)]
    found: list[object] = []

    def ask() -> None:
        found[:] = [fetched for _, fetched in local(server, limits=HASTY)(requests)]

    assert within(HASTY.deadline + SLACK, ask)
    assert {fetched.kind for fetched in found if isinstance(fetched, Trouble)} == {"timeout"}


BRISK = replace(PATIENT, deadline=2.0, patience=0.05)
"""A deadline far beyond what the pages that are well take, so that none of them has waited for it."""
PAUSE = 0.02
"""Seconds in which a page that is well is sent."""


@pytest.fixture
def servers() -> Iterator[Callable[[], Server]]:
    """Makes as many servers as are wanted, each a host of its own."""
    with ExitStack() as running:
        yield lambda: running.enter_context(serving())


def slowly(server: Server, body: bytes = b"page") -> Answer:
    def answer(wire: socket.socket) -> None:
        server.over.wait(PAUSE)
        whole(body)(wire)

    return answer


def pages_of(server: Server, count: int = 30) -> list[Request]:
    """Requests for pages that are well, of one host."""
    server.answers |= {f"/{n}": slowly(server) for n in range(count)}
    return [Request(str(n), f"{server.url}/{n}") for n in range(count)]


def drips_of(server: Server, count: int) -> list[Request]:
    """Requests for pages that drip, of one host."""
    server.answers |= {f"/drip{n}": dripping(server, *DRIPS["a body"]) for n in range(count)}
    return [Request(f"drip{n}", f"{server.url}/drip{n}") for n in range(count)]


def answered_after(requests: Sequence[Request], pages: int = 30) -> float:
    """Return the seconds until all pages that are well have come."""
    answers = web("127.0.0.1", limits=BRISK)(requests)
    begun, left = time.monotonic(), pages
    while left:
        _, fetched = next(answers)
        left -= isinstance(fetched, Page)
    took = time.monotonic() - begun
    answers.close()  # type: ignore[attr-defined]
    return took


def holds_up(well: Sequence[Request], requests: Sequence[Request], moments: float = 0.0) -> bool:
    """Whether pages that are well come later among others than 1.1 times as late as alone, and so many moments.

    Each turn measures both, one after the other, so that what else the machine does is in both.
    """
    more = moments * BRISK.patience + PAUSE
    return not any(1.1 * answered_after(well) + more >= answered_after(requests) for _ in range(2 * TURNS))


@pytest.mark.fault(6)
def test_pages_that_drip_and_are_asked_last_hold_up_no_other_of_their_host(server: Server) -> None:
    """Last come those that failed before (see the next test): the usual pass while a few pages drip for days."""
    well = pages_of(server)
    assert not holds_up(well, [*well, *drips_of(server, 5)])


@pytest.mark.fault(6)
def test_what_failed_is_asked_after_what_is_well(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    sources = [Source(name, f"https://sec.example/{name}/", "release-page", origin="settings") for name in "abcd"]
    world.watch(*sources)
    world.web.pages |= {one.url: release_page(ROWS) for one in sources}
    world.web.pages[sources[1].url] = Trouble("timeout", "The answer was not whole after 60 seconds.", clock.now)
    world.poll()
    world.web.asked.clear()
    clock.now += timedelta(hours=13)
    world.poller()
    assert [url[-2] for url in world.web.asked] == ["a", "c", "d", "b"]


@pytest.mark.fault(6)
def test_pages_that_begin_to_drip_hold_up_the_others_of_their_host_for_a_moment(server: Server) -> None:
    """Four before all others, at two a time: they step aside two by two."""
    well = pages_of(server)
    assert not holds_up(well, [*drips_of(server, 4), *well], moments=2)


@pytest.mark.fault(6)
def test_more_dripping_hosts_than_there_are_connections_hold_up_no_other(servers: Callable[[], Server]) -> None:
    well = pages_of(servers())
    drips = [request for _ in range(8) for request in drips_of(servers(), 2)]
    assert len(drips) > BRISK.connections
    assert not holds_up(well, [*drips, *well], moments=2)


@pytest.mark.fault(6)
@pytest.mark.parametrize(("drips", "waits"), [(5, False), (6, True)])
def test_however_many_pages_drip_a_host_has_six_connections_and_no_more(
    server: Server, drips: int, waits: bool
) -> None:
    fetch = hasty(server, replace(HASTY, patience=0.01))
    requests = [*drips_of(server, drips), *pages_of(server, 1)]
    came = [type(fetched) for _, fetched in fetch(requests)]
    assert (came[0] is Page, HASTY.per_host + HASTY.slow_per_host) == (not waits, 6)


# --- 7: bombs and bodies without end ---------------------------------------------------------------------------------

CAP = 1_000_000
CAPPED = replace(PATIENT, wire=CAP, inflated=CAP)
BOMB = gzip.compress(bytes(60_000_000), 9, mtime=0)
MEMBERS = gzip.compress(b"", mtime=0) * 40_000 + gzip.compress(bytes(10 * CAP), 9, mtime=0)
FULL = gzip.compress(bytes(CAP), 9, mtime=0)


def endless(begins: bytes, piece: bytes, times: int = 10**9) -> Answer:
    def answer(wire: socket.socket) -> None:
        wire.sendall(begins)
        for _ in range(times):
            wire.sendall(piece)

    return answer


OVERSIZED: dict[str, tuple[Answer, str]] = {
    "a bomb": (whole(BOMB, "Content-Encoding: gzip"), "too_large"),
    "a bomb of many members": (whole(MEMBERS, "Content-Encoding: gzip"), "too_large"),
    "a bomb in chunks": (
        whole(b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOMB), BOMB), "Content-Encoding: gzip", "Transfer-Encoding: chunked"),
        "too_large",
    ),
    "a body without end": (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536), "too_large"),
    "chunks without end": (
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65_536 + b"\r\n"),
        "too_large",
    ),
    "ten megabytes that say so": (
        endless(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n", b"x" * 50_000, 200),
        "too_large",
    ),
    "ten megabytes that say less": (
        endless(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"x" * 50_000, 200),
        "too_large",
    ),
    "headers without end": (endless(b"HTTP/1.1 200 OK\r\n", b"X-Large: " + b"x" * 5_000 + b"\r\n"), "network"),
    "a header without end": (endless(b"HTTP/1.1 200 OK\r\nX-Large: ", b"x" * 65_536), "network"),
    "as much as is read": (whole(FULL, "Content-Encoding: gzip"), "page"),
}


@pytest.mark.fault(7)
@pytest.mark.parametrize("what", OVERSIZED)
def test_what_is_larger_than_is_read_takes_four_times_the_cap_and_a_second_at_the_most(
    what: str, server: Server
) -> None:
    server.answers["/"], kind = OVERSIZED[what]
    fetch = local(server, limits=CAPPED)
    get(fetch, f"{server.url}/nothing")
    found = []
    assert within(1.0, lambda: found.append(get(fetch, f"{server.url}/")))
    assert ("page" if isinstance(found[-1], Page) else trouble(found[-1]).kind) == kind
    tracemalloc.start()
    get(fetch, f"{server.url}/")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 4 * CAP


@pytest.mark.fault(7)
def test_a_robots_txt_of_thousands_of_rules_holds_up_no_other_host(servers: Callable[[], Server]) -> None:
    rules, other = servers(), servers()
    rules.answers["/robots.txt"] = whole(
        b"User-agent: *\n" + b"".join(b"Disallow: /%d*a$\n" % n for n in range(25_000))
    )
    well = pages_of(other)
    assert not holds_up(well, [Request("rules", f"{rules.url}/page"), *well], moments=5)


# --- 10: addresses of the inside -------------------------------------------------------------------------------------

INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://sec.example@127.0.0.1:{port}/",
    "http://sec.example:443@127.0.0.1:{port}/",
    "http://user:secret@sec.example:{port}/",
    "http://sec.example\\@127.0.0.1:{port}/",
    "http:/\\127.0.0.1:{port}/",
    "http://127.0.0.1\t:{port}/",
    "//127.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/",
    "data:text/html,<h1>November 2021 SEC Release</h1>",
    "javascript:alert(1)",
]


@pytest.mark.fault(10)
@pytest.mark.parametrize("form", INSIDE)
def test_no_form_of_an_address_of_the_inside_opens_a_socket(form: str, servers: Callable[[], Server]) -> None:
    """Neither as the URL of a source nor as a redirect of a page that may be fetched, to a server that would answer."""
    outside, inside = servers(), servers()
    url = form.format(port=inside.server_address[1])
    outside.answers["/"] = lambda wire: wire.sendall(
        f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    )
    fetch = web("sec.example", f"127.0.0.1:{outside.server_address[1]}", resolve=lambda *_: ["127.0.0.1"])
    found = [get(fetch, url), get(fetch, f"{outside.url}/")]
    assert [isinstance(one, Trouble) for one in found] == [True, True]
    assert inside.connections == 0


@pytest.mark.fault(10)
@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_opens_no_socket(address: str, connected: list[str]) -> None:
    assert trouble(get(web(resolve=lambda *_: [address]))).kind == "refused"
    assert connected == []


@pytest.mark.fault(10)
def test_of_the_addresses_of_a_name_only_those_outside_are_connected_to(connected: list[str]) -> None:
    get(web(resolve=lambda *_: ["10.0.0.9", "93.184.215.14", "::ffff:127.0.0.1"]))
    assert set(connected) == {"93.184.215.14"}


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses to which a socket was to be opened; none is."""
    opened: list[str] = []

    async def connect_tcp(_: object, host: str, *_more: object) -> httpcore.AsyncNetworkStream:
        opened.append(host)
        raise httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect_tcp)
    return opened


# --- 11: charsets ----------------------------------------------------------------------------------------------------

LABELS = (
    *("", "utf-8", "UTF8", "iso-8859-1", "windows-1252", "us-ascii", "iso-8859-15", "latin-9", "utf-16", "utf-32"),
    *(
        "utf-7",
        "cp500",
        "unicode_escape",
        "raw_unicode_escape",
        "punycode",
        "idna",
        "hex",
        "rot13",
        "x-user-defined",
        "?",
    ),
)
"""Charsets that a page may claim to be in; the first is none."""
ODD = release_page([*ROWS, ("MP138", "DCC’s – “Service” Testing at £5 in café", "Targeted")])
ENCODINGS = {
    "utf-8": ODD.encode(),
    "utf-8 with its mark": b"\xef\xbb\xbf" + ODD.encode(),
    "cp1252": ODD.encode("cp1252"),
    "utf-16-le with its mark": b"\xff\xfe" + ODD.encode("utf-16-le"),
    "utf-16-be with its mark": b"\xfe\xff" + ODD.encode("utf-16-be"),
}


@pytest.mark.fault(11)
@pytest.mark.parametrize("encoding", one_in(2, ENCODINGS))
def test_another_label_on_the_same_bytes_changes_nothing(
    encoding: str, polled: World, server: Server, clock: SetClock
) -> None:
    body, head = ENCODINGS[encoding], "<head>" if "16" not in encoding else "none"
    server.answers["/page"] = whole(body, "Content-Type: text/html")
    clock.now += timedelta(hours=1)
    polled.poll_and_deliver()
    told, before = len(polled.store.changes()), len(polled.slack.sent)
    assert told == 1  # what the page says beside what it said before, read rightly
    for n, label in enumerate(LABELS):
        within_page = f"<head><!-- {n} --><meta charset='{LABELS[-n]}'>".encode()
        declared = f"Content-Type: text/html{label and f'; charset={label}'}"
        server.answers["/page"] = whole(body.replace(head.encode(), within_page), declared)
        clock.now += timedelta(hours=1)
        polled.poll_and_deliver()
    assert (len(polled.store.changes()), told_since(polled, before)) == (told, [])
    assert "DCC’s – “Service” Testing at £5 in café" in str(polled.store.statements("modification:MP138", "title"))


@pytest.mark.fault(11)
def test_the_same_text_in_other_bytes_changes_nothing(polled: World, server: Server, clock: SetClock) -> None:
    for body in (*ENCODINGS.values(), ENCODINGS["utf-8"] + b"<!-- \xff\xfe\x81 -->", ENCODINGS["utf-8"]):
        server.answers["/page"] = whole(body, "Content-Type: text/html")
        clock.now += timedelta(hours=1)
        polled.poll_and_deliver()
    assert len(polled.store.changes()) == 1  # that of the first


# --- 8: what costs more to read than it is worth ---------------------------------------------------------------------

LARGE = 5_000_000
TAGS = html.MOST_TAGS - 50


def much(piece: str, begins: str = "") -> bytes:
    """Return as many pieces as make five megabytes."""
    return (begins + piece * (LARGE // len(piece)))[:LARGE].encode()


def many(piece: str, begins: str = "") -> bytes:
    """Return as many pieces as are read of a page, so that none is refused for their number."""
    times = TAGS // max(1, piece.count("<"))
    return (begins + piece * min(times, (html.LARGEST - 1000) // len(piece))).encode()


RSS = "<rss version='2.0'><channel>"
HEAVY: dict[str, bytes] = {
    "divs in divs": much("<div>"),
    "300,000 unclosed cells": b"<table><tr>" + b"<td>x" * 300_000,
    "a million unclosed cells": much("<td>", "<table>"),
    "as many unclosed cells as are read": many("<td>x", "<table>"),
    "spans of spans": many("<tr><td rowspan=9999 colspan=9999>x", "<table>"),
    "tables in cells": many("<table><tr><td>"),
    "tables one after another": many("<table><td>x</table>"),
    "bold that nothing closes": many("<p><b>"),
    "lists in lists": many("<ul><li>"),
    "hundreds of attributes": ("<html>" + ("<p " + "a=b " * 490 + ">") * 900).encode(),
    "classes": many("<p class='" + "x " * 30 + "'>"),
    "a title without end": much("x ", "<title>"),
    "a comment without end": much("-", "<!--"),
    "a tag without end": much("a=b ", "<p "),
    "quotes without end": much("'", '<p a="'),
    "words": much("word "),
    "one word": much("a"),
    "numbers": much("9 "),
    "identifiers": much("MP090 "),
    "white space": much(" ", "<p>"),
    "entities": much("&CounterClockwiseContourIntegral;", "<p>"),
    "lines": much("a\n\n"),
    "as many lines as are read": ("a\n\n" * 7_400).encode(),
    "nothing but NUL": bytes(LARGE),
    "halves of UTF-16 characters": b"\xff\xfe" + b"\x00\xd8" * (LARGE // 2),
    "no UTF-32": b"\xff\xfe\x00\x00" + b"abcd" * (LARGE // 4),
    "a charset of Python's": b"<meta charset=punycode>" + b"\x93" * LARGE,
    "feed: items": (RSS + "<item><title>x</title><guid>g</guid></item>" * 2_450).encode(),
    "feed: items in items": (RSS + "<item>" * 14_900).encode(),
    "feed: doctypes without end": (RSS + "<!DOCTYPE " * 14_900).encode() + b"x" * 1_700_000,
    "feed: attributes": (RSS + "<item " + "a='b' " * 800_000).encode(),
    "feed: namespaces": ("<rss " + " ".join(f"xmlns:a{n}='u'" for n in range(200_000)) + "><channel>").encode(),
    "feed: references": (RSS + "<item><description>" + "&#1;" * 99_000).encode(),
    "feed: divs": (RSS + "<item><description>" + "&lt;div&gt;" * 49_000).encode(),
    "feed: a date": (RSS + "<item><pubDate>" + "1 " * 900_000).encode(),
}


@contextmanager
def holds() -> Iterator[list[float]]:
    """Measure how long another thread waits for its turn, in CPU seconds of this process: a busy machine adds none."""
    waits: list[float] = []
    over = threading.Event()

    def beat() -> None:
        last = time.process_time()
        while not over.wait(0.005):
            now = time.process_time()
            waits.append(now - last)
            last = now

    thread = threading.Thread(target=beat)
    thread.start()
    yield waits
    over.set()
    thread.join()


def read_of(body: bytes) -> Reading:
    kind = "application/rss+xml" if body.startswith(b"<rss") else "text/html" if body.startswith(b"<") else ""
    return read_page(Page("https://sec.example/page/", body, kind, NOW))


SOME_HEAVY = {
    "divs in divs",
    "spans of spans",
    "hundreds of attributes",
    "words",
    "identifiers",
    "no UTF-32",
    "feed: items",
}
"""Of each way to be heavy one, which `make test` reads; `make thorough` reads all."""


@pytest.mark.fault(8)
@pytest.mark.parametrize(
    "what", [pytest.param(one, marks=[] if one in SOME_HEAVY else [pytest.mark.thorough]) for one in HEAVY]
)
def test_five_megabytes_of_anything_take_a_second_and_hold_up_no_other_thread(what: str) -> None:
    """A second of CPU, so that a busy machine is no fault. Slack is answered by other threads meanwhile: they get their
    turn every quarter of a second, whatever library is at work.
    """
    read_of(b"<h1>November 2021 SEC Release</h1><p>MP001 is in scope.")  # what is loaded once is no part of it
    body = HEAVY[what]
    assert any(is_read_in_time(body) for _ in range(TURNS))


def is_read_in_time(body: bytes) -> bool:
    with holds() as waits:
        took = cpu(lambda: read_of(body))
    return took <= 1.0 and max(waits, default=0.0) <= 0.25


# --- 9: entities -----------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS: dict[str, str] = {
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "one large entity": f'<!DOCTYPE rss [<!ENTITY l9 "{"x" * 100_000}">]>',
    "a file": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "{file}">]>',
    "an address": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "{url}/entity">]>',
    "a DTD": '<!DOCTYPE rss SYSTEM "{url}/rss.dtd">',
    "a DTD and entities": '<!DOCTYPE rss SYSTEM "{url}/rss.dtd" [<!ENTITY l9 "ha">]>',
    "a parameter": '<!DOCTYPE rss [<!ENTITY % l SYSTEM "{url}/rss.dtd"> %l;]>',
    "a stylesheet": '<?xml-stylesheet href="{url}/style.xsl" type="text/xsl"?>',
    "an inclusion": '<!-- --><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>',
}


@pytest.mark.fault(9)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("root", ["rss", "html"])
@pytest.mark.parametrize("what", BOMBS)
def test_entities_take_a_tenth_of_a_second_and_touch_neither_file_nor_network(
    what: str, root: str, encoding: str, server: Server, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("MP999 is approved.", encoding="utf-8")
    head = BOMBS[what].replace("{file}", secret.as_uri()).replace("{url}", server.url).replace("rss", root)
    body = f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><item><title>&l9;</title><description>{'&l9;' * 2_000}</description></item></channel></rss>"
    page = Page("https://sec.example/feed/", body.replace("rss", root).encode(encoding), "", NOW)
    read_page(
        replace(page, body=b"<rss><channel><item><title>SEC v51.0</title></item></channel></rss>")
    )  # loads it once
    found: list[Reading] = []
    assert any(cpu(lambda: found.append(read_page(page))) <= 0.1 for _ in range(TURNS))
    assert "MP999" not in str(found[0])
    assert len(str(found[0])) < 100_000
    assert server.connections == 0
