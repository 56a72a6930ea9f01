"""Pages fetched: ordinary answers by respx, the ways in which servers go wrong by a real server on loopback."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle

import httpx
import pytest
import respx

from bot.ports import Fetched, Page, Request, Trouble, Unchanged
from tests.conftest import SetClock
from tests.going_wrong import Answer, Server, dripping, reset, whole
from watchers.fetch import Web, user_agent
from watchers.limits import Limits

SITE = "https://sec.example"
URL = f"{SITE}/november-2021-sec-release/"
NOW = datetime(2021, 11, 4, 9, tzinfo=UTC)
LONGEST = 120.0
"""Seconds after which what is waited for does not come; whatever comes comes in time, on however slow a machine."""
PATIENT = Limits(connect=LONGEST, read=LONGEST, deadline=LONGEST, wire=300_000, inflated=400_000, longest_gap=0.0)
HASTY = replace(PATIENT, deadline=0.3)
"""For answers that never end: it is the deadline that ends them, since nothing else would for two minutes."""
MODIFIED = "Thu, 04 Nov 2021 08:00:00 GMT"


def web(*hosts: str, limits: Limits = PATIENT, resolve: Callable[[str, int], list[str]] | None = None) -> Web:
    given = {"resolve": resolve} if resolve else {}
    made = Web(hosts or ("sec.example",), "secbot/1.0 (+ops@example.org)", SetClock(NOW), limits=limits, **given)
    made._tls = tls()
    return made


@cache
def tls() -> ssl.SSLContext:
    """The certificates of the system, which take long to load: once for all that fetches here."""
    return httpx.create_ssl_context()


def get(fetch: Web, url: str = URL, **validators: str) -> Fetched:
    [(_, fetched)] = fetch([Request("a", url, **validators)])
    return fetched


def trouble(fetched: Fetched) -> Trouble:
    assert isinstance(fetched, Trouble), fetched
    return fetched


@pytest.fixture
def site() -> Iterator[respx.Router]:
    with respx.mock(base_url=SITE, assert_all_called=False) as router:
        router.get("/robots.txt").respond(404)
        yield router


# --- ordinary answers ------------------------------------------------------------------------------------------------


def test_a_page_comes_whole_with_its_validators(site: respx.Router) -> None:
    headers = {"ETag": 'W/"1"', "Last-Modified": MODIFIED, "Content-Type": "text/html; charset=utf-8"}
    route = site.get("/november-2021-sec-release/").respond(
        200, headers=headers, content="go-live – 4 November".encode()
    )
    page = get(web())
    assert page == Page(URL, "go-live – 4 November".encode(), "text/html; charset=utf-8", NOW, 'W/"1"', MODIFIED)
    sent = route.calls.last.request.headers
    assert (sent["user-agent"], sent["accept-encoding"]) == ("secbot/1.0 (+ops@example.org)", "gzip")
    assert "cookie" not in sent
    assert "if-none-match" not in sent


def test_what_did_not_change_is_not_sent_again(site: respx.Router) -> None:
    route = site.get("/november-2021-sec-release/").respond(304)
    assert get(web(), etag='"1"', last_modified=MODIFIED) == Unchanged(NOW)
    sent = route.calls.last.request.headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"1"', MODIFIED)
    assert trouble(get(web())).kind == "http"


def test_a_validator_that_cannot_be_sent_back_is_dropped(site: respx.Router) -> None:
    site.get("/november-2021-sec-release/").respond(200, headers=[(b"ETag", b'"\xe9"'), (b"Last-Modified", b"x" * 600)])
    page = get(web(), etag="“1”", last_modified="a\nb")
    assert isinstance(page, Page)
    assert (page.etag, page.last_modified) == ("", "")


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (404, "missing", "There is no page"),
        (410, "missing", "There is no page"),
        (401, "http", "does not let"),
        (403, "http", "does not let"),
        (500, "http", "fault of its own"),
        (502, "http", "fault of its own"),
        (204, "http", "no page"),
        (206, "http", "no page"),
        (418, "http", "status 418"),
        (503, "busy", "busy"),
        (429, "busy", "busy"),
    ],
)
def test_any_other_status_is_a_trouble_in_words(site: respx.Router, status: int, kind: str, says: str) -> None:
    site.get("/november-2021-sec-release/").respond(status, text="<h1>Oops</h1>")
    fetched = trouble(get(web()))
    assert fetched.kind == kind
    assert says in fetched.detail


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("120", 120.0),
        ("Thu, 04 Nov 2021 09:05:00 GMT", 300.0),
        ("Thu, 04 Nov 2021 08:00:00 GMT", 0.0),
        ("99999999999", 604800.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_server_may_say_when_to_come_again(site: respx.Router, given: str, seconds: float | None) -> None:
    site.get("/november-2021-sec-release/").respond(503, headers={"Retry-After": given})
    assert trouble(get(web())).retry_after == seconds


def test_a_host_that_asks_to_be_left_alone_is_not_asked_before_that_time(site: respx.Router) -> None:
    route = site.get("/november-2021-sec-release/").respond(429, headers={"Retry-After": "60"})
    fetch = web()
    assert trouble(get(fetch)).retry_after == 60.0
    assert (trouble(get(fetch)).kind, route.call_count) == ("busy", 1)
    assert isinstance(fetch.clock, SetClock)
    fetch.clock.now += timedelta(seconds=61)
    get(fetch)
    assert route.call_count == 2


def test_redirects_are_followed_to_the_page(site: respx.Router) -> None:
    site.get("/november-2021-sec-release/").respond(301, headers={"Location": "../nov-2021/"})
    site.get("/nov-2021/").respond(302, headers={"Location": f"{SITE}/nov-2021-release/"})
    site.get("/nov-2021-release/").respond(200, text="here")
    page = get(web())
    assert isinstance(page, Page)
    assert (page.url, page.body) == (f"{SITE}/nov-2021-release/", b"here")


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is not a host that may be fetched"),
        ("https://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("http://sec.example/november-2021-sec-release/", "without encryption"),
        ("file:///etc/passwd", "Only http and https"),
        ("https://a:b@sec.example/", "password"),
        ("https://2130706433/", "form"),
        ("javascript:alert(1)", "Only http and https"),
        ("", "without saying where"),
        ("https://[::1", "no URL"),
    ],
)
def test_a_redirect_to_where_it_may_not_go_is_refused(site: respx.Router, location: str, says: str) -> None:
    site.get("/november-2021-sec-release/").respond(302, headers={"Location": location})
    fetched = trouble(get(web()))
    assert fetched.kind == "refused"
    assert says in fetched.detail


def test_a_circle_of_redirects_ends(site: respx.Router) -> None:
    route = site.get("/november-2021-sec-release/").respond(302, headers={"Location": URL})
    assert "more than 5 redirects" in trouble(get(web())).detail
    assert route.call_count == 6


def test_what_robots_txt_forbids_is_not_asked_for(site: respx.Router) -> None:
    site.get("/robots.txt").respond(200, text="User-agent: *\nDisallow: /november-2021-sec-release/\n")
    page = site.get("/november-2021-sec-release/").respond(200)
    site.get("/old/").respond(301, headers={"Location": URL})
    fetched = trouble(get(web()))
    assert (fetched.kind, page.called) == ("refused", False)
    assert "robots.txt" in fetched.detail
    assert "robots.txt" in trouble(get(web(), f"{SITE}/old/")).detail


def test_robots_txt_is_read_once_a_day_for_all_pages_of_a_site(site: respx.Router) -> None:
    robots = site.get("/robots.txt").respond(200, text="User-agent: *\nAllow: /\n")
    site.get(path__startswith="/p").respond(200)
    fetch = web()
    for _ in range(2):
        assert len(list(fetch([Request(f"p{n}", f"{SITE}/p{n}") for n in range(6)]))) == 6
    assert robots.call_count == 1


def test_a_site_whose_robots_txt_fails_is_left_alone_for_now(site: respx.Router) -> None:
    site.get("/robots.txt").respond(500)
    page = site.get("/november-2021-sec-release/").respond(200)
    fetched = trouble(get(web()))
    assert (fetched.kind, page.called) == ("http", False)
    assert "left alone for now" in fetched.detail


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (httpx.ConnectError("refused"), "network", "No connection to sec.example"),
        (httpx.ConnectTimeout("slow"), "timeout", "No connection within"),
        (httpx.ReadTimeout("slow"), "timeout", "Nothing came for"),
        (httpx.RemoteProtocolError("Server disconnected"), "network", "broke off"),
        (RuntimeError("a fault of ours"), "network", "RuntimeError"),
    ],
)
def test_one_failing_page_does_not_end_the_others(
    site: respx.Router, expected_warnings: list[str], error: Exception, kind: str, says: str
) -> None:
    expected_warnings.append("in an unforeseen way")
    site.get("/november-2021-sec-release/").mock(side_effect=error)
    site.get("/good/").respond(200, text="good")
    found = {
        request.source: fetched for request, fetched in web()([Request("bad", URL), Request("good", f"{SITE}/good/")])
    }
    assert isinstance(found["good"], Page)
    assert trouble(found["bad"]).kind == kind
    assert says in trouble(found["bad"]).detail


def test_urls_that_may_not_be_fetched_are_refused_before_anything_is_sent(site: respx.Router) -> None:
    urls = (
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "https://u:p@sec.example/",
        "http://127.1/",
        "nonsense",
        "https://[",
    )
    found = list(web()([Request(url, url) for url in urls]))
    assert [trouble(fetched).kind for _, fetched in found] == ["refused"] * len(urls)
    assert site.calls.call_count == 0


def test_nothing_asked_is_nothing_done() -> None:
    assert list(web()([])) == []


def test_secbot_says_who_it_is_and_whom_to_write_to() -> None:
    assert user_agent("https://example.org/secbot").startswith("secbot/")
    assert user_agent("ops@example.org").endswith(" (+ops@example.org)")
    assert "(" not in user_agent("")


# --- a server that goes wrong ----------------------------------------------------------------------------------------


def local(server: Server, **given: object) -> Web:
    return web("127.0.0.1", **given)  # type: ignore[arg-type]


def hasty(server: Server, limits: Limits = HASTY) -> Web:
    """What fetches with little patience, once it knows the robots.txt."""
    fetch = local(server)
    get(fetch, f"{server.url}/nothing")
    fetch.limits = limits
    return fetch


def test_headers_that_drip_end_at_the_deadline(server: Server) -> None:
    server.answers["/"] = dripping(server, b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n")
    fetched = trouble(get(hasty(server), f"{server.url}/"))
    assert (fetched.kind, "not whole after 0.3 seconds" in fetched.detail) == ("timeout", True)


def test_a_body_that_drips_ends_at_the_deadline(server: Server) -> None:
    server.answers["/"] = dripping(server, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b".")
    fetched = trouble(get(hasty(server), f"{server.url}/"))
    assert (fetched.kind, "not whole after 0.3 seconds" in fetched.detail) == ("timeout", True)


def test_a_body_that_drips_holds_nobody_up(server: Server) -> None:
    server.answers["/slow"] = dripping(server, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b".")
    server.answers["/quick"] = whole(b"quick")
    came = {}
    for request, fetched in local(server)([Request(path, f"{server.url}{path}") for path in ("/slow", "/quick")]):
        came[request.source] = fetched
        server.over.set()  # the slow one ends when the quick one is here
    assert list(came) == ["/quick", "/slow"]
    assert [type(fetched) for fetched in came.values()] == [Page, Trouble]


def test_a_robots_txt_that_drips_ends_too(server: Server) -> None:
    server.answers["/robots.txt"] = dripping(server, b"HTTP/1.1 200 OK\r\n\r\n", b"#")
    fetched = trouble(get(local(server, limits=HASTY), f"{server.url}/"))
    assert (fetched.kind, "robots.txt" in fetched.detail) == ("timeout", True)


def test_silence_ends_at_the_read_time_out(server: Server) -> None:
    server.answers["/"] = lambda wire: bool(server.over.wait(LONGEST)) and None
    fetch = hasty(server, replace(PATIENT, read=0.3))
    assert trouble(get(fetch, f"{server.url}/")).detail == "Nothing came for 0.3 seconds."


def test_a_bomb_is_not_inflated(server: Server) -> None:
    limits = replace(PATIENT, inflated=1_000_000)
    server.answers["/bomb"] = whole(gzip.compress(bytes(40_000_000), 9, mtime=0), "Content-Encoding: gzip")
    fetch = local(server, limits=limits)
    get(fetch, f"{server.url}/")
    tracemalloc.start()
    fetched = trouble(get(fetch, f"{server.url}/bomb"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert fetched.kind == "too_large"
    assert peak < 4 * limits.inflated


def test_a_body_without_end_is_cut(server: Server) -> None:
    def endless(wire: socket.socket) -> None:
        wire.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.over.is_set():
            wire.sendall(b"x" * 65536)

    server.answers["/"] = endless
    assert trouble(get(local(server), f"{server.url}/")).kind == "too_large"


def test_a_body_announced_too_large_is_not_read(server: Server) -> None:
    server.answers["/"] = lambda wire: wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n")
    assert trouble(get(local(server), f"{server.url}/")).kind == "too_large"  # "network" where it is read to its end


def raw_deflated(body: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(body) + deflater.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"page " * 1000, mtime=0)),
        ("gzip", gzip.compress(b"page " * 400, mtime=0) + gzip.compress(b"page " * 600, mtime=0)),
        ("gzip", gzip.compress(b"page " * 1000, mtime=0) + bytes(8)),
        ("x-gzip", gzip.compress(b"page " * 1000, mtime=0)),
        ("deflate", zlib.compress(b"page " * 1000)),
        ("deflate", raw_deflated(b"page " * 1000)),
        ("identity", b"page " * 1000),
    ],
)
def test_what_is_packed_is_unpacked(server: Server, encoding: str, body: bytes) -> None:
    server.answers["/"] = whole(body, f"Content-Encoding: {encoding}")
    page = get(local(server), f"{server.url}/")
    assert isinstance(page, Page), page
    assert page.body == b"page " * 1000


@pytest.mark.parametrize(
    ("encoding", "body", "says"),
    [
        ("gzip", gzip.compress(b"page " * 1000, mtime=0)[:-20], "breaks off"),
        ("gzip", b"<p>not packed at all", "damaged"),
        ("deflate", b"\xff\xff\xff\xff" * 9, "damaged"),
        ("br", b"anything", "not asked for"),
    ],
)
def test_what_cannot_be_unpacked_is_a_trouble(server: Server, encoding: str, body: bytes, says: str) -> None:
    server.answers["/"] = whole(body, f"Content-Encoding: {encoding}")
    fetched = trouble(get(local(server), f"{server.url}/"))
    assert (fetched.kind, says in fetched.detail) == ("network", True)


def test_an_empty_body_is_an_empty_page(server: Server) -> None:
    server.answers["/"] = whole(b"", "Content-Encoding: gzip")
    page = get(local(server), f"{server.url}/")
    assert isinstance(page, Page)
    assert page.body == b""


@pytest.mark.parametrize(
    "answer",
    [
        reset,
        lambda wire: wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        lambda wire: wire.sendall(b"SSH-2.0-OpenSSH_9.6\r\n"),
        lambda wire: wire.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n"),
    ],
)
def test_a_connection_that_breaks_is_a_trouble(server: Server, answer: Answer) -> None:
    server.answers["/"] = answer
    fetched = trouble(get(local(server), f"{server.url}/"))
    assert (fetched.kind, "broke off" in fetched.detail) == ("network", True)


def test_a_port_where_nobody_listens_is_a_trouble() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fetched = trouble(get(web("127.0.0.1"), f"http://127.0.0.1:{port}/"))
    assert (fetched.kind, "No connection" in fetched.detail) == ("network", True)


# --- connections -----------------------------------------------------------------------------------------------------


@pytest.mark.fault(10)
def test_a_name_that_leads_home_opens_no_connection(server: Server) -> None:
    port = server.server_address[1]
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0"):
        fetch = web("sec.example", resolve=lambda host, port, address=address: [address])  # type: ignore[misc]
        fetched = trouble(get(fetch, f"http://sec.example:{port}/"))
        assert (fetched.kind, "no address of the public Internet" in fetched.detail) == ("refused", True)
    assert server.connections == 0


@pytest.mark.fault(10)
def test_dns_that_flips_after_the_check_does_not_get_through(server: Server) -> None:
    port, asked = server.server_address[1], []
    flips = cycle([["192.0.2.1"], ["127.0.0.1"]])

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(flips)

    for _ in range(4):
        assert trouble(get(web("sec.example", resolve=resolve), f"http://sec.example:{port}/")).kind == "refused"
    assert (server.connections, asked) == (0, ["sec.example"] * 4)


@pytest.mark.fault(10)
def test_the_address_that_was_checked_is_the_one_connected_to(server: Server) -> None:
    server.answers["/"] = whole(b"here")
    port, asked = server.server_address[1], []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.9", "127.0.0.1"]

    page = get(web("sec.example", "127.0.0.1", resolve=resolve), f"http://sec.example:{port}/")
    assert isinstance(page, Page)
    assert set(asked) == {"sec.example"}


def test_a_name_that_nobody_knows_is_a_trouble() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    fetched = trouble(get(web(resolve=resolve)))
    assert (fetched.kind, "could not be resolved" in fetched.detail) == ("network", True)


@pytest.mark.fault(6)
def test_dns_that_never_answers_ends_at_the_deadline() -> None:
    over = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        over.wait(LONGEST)
        return []

    assert trouble(get(web(limits=HASTY, resolve=resolve))).kind == "timeout"  # "network" where it is waited for
    over.set()


def test_a_host_is_asked_for_two_pages_at_a_time_and_no_more(server: Server) -> None:
    def slowly(wire: socket.socket) -> None:
        server.over.wait(0.03)
        whole(b"page")(wire)

    server.answers |= {f"/{n}": slowly for n in range(12)}
    found = list(local(server)([Request(str(n), f"{server.url}/{n}") for n in range(12)]))
    assert all(isinstance(fetched, Page) for _, fetched in found)
    assert server.most_at_once == 2


def test_a_crawl_delay_parts_the_requests(server: Server) -> None:
    server.answers["/robots.txt"] = whole(b"User-agent: *\nCrawl-delay: 20\n")
    server.answers |= {f"/{n}": whole(b"page") for n in range(3)}
    begun = time.monotonic()
    fetch = local(server, limits=Limits(longest_gap=0.1))
    assert len(list(fetch([Request(str(n), f"{server.url}/{n}") for n in range(3)]))) == 3
    assert 0.2 <= time.monotonic() - begun < 30  # two gaps that were cut from the 20 seconds that are asked for


def test_answers_wait_for_a_slow_reader_without_timing_out(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = [0]
    monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda _: time.monotonic() + hours[0] * 3600)
    server.answers |= {f"/{n}": whole(b"page") for n in range(6)}
    kinds = []
    for _, fetched in local(server, limits=replace(PATIENT, unread=1))(
        [Request(str(n), f"{server.url}/{n}") for n in range(6)]
    ):
        kinds.append(type(fetched))
        hours[0] += 1  # while this answer is unread, none is under way
    assert kinds == [Page] * 6


def test_one_who_stops_reading_ends_the_cycle(server: Server) -> None:
    server.answers["/quick"] = whole(b"page")
    server.answers["/slow"] = dripping(server, b"HTTP/1.1 200 OK\r\n\r\n", b".")
    answers = local(server, limits=Limits())([Request(path, f"{server.url}{path}") for path in ("/quick", "/slow")])
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert not any(thread.name == "fetch" for thread in threading.enumerate())
