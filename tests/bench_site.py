"""A site of a thousand pages and a hundred feeds for `make bench-poll`: a process of its own, on loopback.

`python -m tests.bench_site` prints its port and serves until its standard input closes, so that it never outlives who
started it. `GET /-/cycle/NAME` says which cycle begins; `GET /-/counts` tells requests and connections since then.
All that varies is worked out from numbers: two runs serve the same bytes.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from tests import large_pages

PAGES, FEEDS = 1000, 100
RELEASES = 240
"""Pages of releases; the others are modifications' pages."""
CHANGED = 50, 5
"""Pages and feeds that change in the cycle "changed": five in a hundred of all."""
POSTS = 8
FAULTY = 64
CYCLES = ("first", "unchanged", "same", "changed", "noise", "faulty", "recovered")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
NAMES = (*MONTHS, "November", "December")
TIMETABLE = (
    ("2 August 2021", "Draft Proposal raised"),
    ("26 October 2021", "Converted to Modification Proposal"),
    ("8 November 2021", "Working Group consultation"),
    ("18 November 2021", "Modification Report presented to the Panel"),
    ("23 December 2021", "Change Board vote"),
)


def paths() -> list[str]:
    """Return the path of every page and feed."""
    return [*(f"/page/{n}/" for n in range(PAGES)), *(f"/feed/{n}/" for n in range(FEEDS))]


def changes(n: int, *, feed: bool) -> bool:
    """Whether a page or feed is one of those that change."""
    most = CHANGED[feed]
    every = (FEEDS if feed else PAGES) // most
    return n % every == every - 1


def faulty(n: int) -> bool:
    """Whether a page is one of those that fail for a cycle."""
    return n % (PAGES // FAULTY) == 3 and n // (PAGES // FAULTY) < FAULTY


# --- pages -----------------------------------------------------------------------------------------------------------


def month_of(n: int) -> str:
    """Return the name of the release that a page is about."""
    return f"{NAMES[n % 12]} {2012 + n // 12}"


def release_article(n: int, *, changed: bool) -> str:
    """Return a release with ten modifications that no other page speaks of."""
    rows = "".join(
        f"<tr><td>MP{1000 + 10 * n + k}</td><td>{large_pages.TOPICS[k % 8]}</td>"
        f"<td>{'Approved' if changed and k == 2 else 'Targeted'}</td></tr>"
        for k in range(10)
    )
    return (
        f"<h1>{month_of(n)} SEC Release</h1><p>The {month_of(n)} SEC Release is due to go live on 4 {month_of(n)}. "
        "These modifications are currently in scope:</p><table><thead><tr><th>Modification</th><th>Title</th>"
        f"<th>Status</th></tr></thead><tbody>{rows}</tbody></table><h2>Devices</h2><p>{large_pages.EXPLAINED}</p>"
    )


def modification_article(n: int, *, changed: bool) -> str:
    """Return a modification as its own page tells of it."""
    timetable = "".join(f"<tr><td>{on}</td><td>{what}</td></tr>" for on, what in TIMETABLE)
    related = "".join(f"<tr><td>MP{900 + k}</td><td>{large_pages.TOPICS[k]}</td></tr>" for k in range(4))
    status = "Modification Report" if changed else "Refinement Process"
    return (
        f"<h1>MP{4000 + n} ‘{large_pages.TOPICS[n % 8]} ({n})’</h1><h2>At a glance</h2><table>"
        "<tr><td>Proposer</td><td>A Large Supplier</td></tr><tr><td>Modification type</td><td>Self-Governance</td></tr>"
        f"<tr><td>Status</td><td>{status}</td></tr></table><h2>Timetable</h2><table><thead><tr><th>Date</th>"
        f"<th>Event</th></tr></thead>{timetable}</table><h2>Parties impacted</h2><ul>"
        "<li>Large Suppliers</li><li>DCC</li></ul><h2>SEC documents</h2><p>Section G and Appendix AB</p><h2>Related "
        f"modifications</h2><table><thead><tr><th>Reference</th><th>Title</th></tr></thead><tbody>{related}</tbody></table>"
        f"<h2>Devices</h2><p>{large_pages.EXPLAINED}</p>"
    )


@cache
def page(n: int, *, changed: bool = False) -> str:
    """Return a page of 50 KB."""
    release = n < RELEASES
    article = (release_article if release else modification_article)(n, changed=changed)
    title = f"{month_of(n)} SEC Release" if release else f"MP{4000 + n}"
    return large_pages.site_page(article, title, 50_500 - len(article) - 3_600)


@cache
def feed(n: int, *, changed: bool = False) -> str:
    """Return a feed of whole posts, each on a version that no other feed speaks of; of one more where it changed."""
    return _rss(list(_entries(n, POSTS + changed)), "Thu, 04 Nov 2021 09:00:00 +0000")


def _entries(n: int, number: int) -> Iterator[str]:
    for k in reversed(range(number)):
        version, day = 90 + (POSTS + 1) * n + k, k % 28 + 1
        listed = "".join(f"<li>MP{5500 + 2 * version + j} ‘{large_pages.TOPICS[j]}’</li>" for j in range(2))
        yield (
            f"<item><title>SEC v{version}.0 released</title><link>https://sec.example/latest-news/sec-v{version}-0/"
            f"</link><guid isPermaLink='false'>https://sec.example/?p={version}</guid><pubDate>Thu, {day:02d} Nov 2021 "
            f"09:00:00 +0000</pubDate><content:encoded><![CDATA[<p>SEC v{version}.0 came into effect on {day} November "
            f"2021. It implements two modifications:</p><ul>{listed}</ul>]]></content:encoded></item>"
        )


def _rss(entries: list[str], built: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        f'content/"><channel><title>News</title><link>https://sec.example/</link><lastBuildDate>{built}</lastBuildDate>'
        f"{''.join(entries)}</channel></rss>"
    )


# --- noise -----------------------------------------------------------------------------------------------------------

_BODY = re.compile(r"(?<=<tbody>).*?(?=</tbody>)", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)


def noisy(n: int, text: str) -> str:
    """Return a page with all that changes and means nothing: nonces, timestamps, class names, space, row order.

    The rows that change places have an id each. Those of a timetable stay: their order can mean something.
    """
    chance = Random(n)
    nonce = f"{chance.getrandbits(64):016x}"

    def shuffled(body: re.Match[str]) -> str:
        rows = _ROW.findall(body[0])
        chance.shuffle(rows)
        return "\n".join(rows)

    text = _BODY.sub(shuffled, text)
    text = text.replace("<script>", f'<script nonce="{nonce}">', 1)
    text = text.replace("<p>", f'<p class="css-{nonce[:6]}">').replace("<td>", f'<td class="sc-{nonce[6:12]}">')
    text = text.replace("</p>", "</p>\n\n").replace("</tr>", "</tr>  \n").replace("<h2>", f'\n<h2 id="h-{nonce[:4]}">')
    stamp = f"2026-11-26T09:{n % 60:02d}:{n % 59:02d}+00:00"
    head = f'<meta name="csrf-token" content="{nonce}"><meta property="og:updated_time" content="{stamp}">'
    head += f'<link rel="stylesheet" href="/app.css?ver={nonce}">'
    foot = f'<input type="hidden" name="_wpnonce" value="{nonce}"><!-- cached {stamp} in 0.{n:04d} s -->'
    return text.replace("</head>", f"{head}</head>", 1).replace("</body>", f"{foot}</body>", 1)


def noisy_feed(n: int) -> str:
    """Return a feed that was built anew."""
    entries = [f"{entry}\n  " for entry in _entries(n, POSTS + changes(n, feed=True))]
    return _rss(entries, f"Thu, 26 Nov 2026 09:{n % 60:02d}:00 +0000")


# --- faults ----------------------------------------------------------------------------------------------------------

_LOGIN = (
    "<html><head><title>Log in</title></head><body><form><input type=password><button>Log in</button></form></body>"
)
_MAINTENANCE = "<html><head><title>Maintenance</title></head><body><h1>Briefly unavailable for maintenance</h1></body>"
_CHALLENGE = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>"


def fault(n: int, text: str) -> tuple[int, str]:
    """Return the status and body that a page fails with: each kind of fault in turn."""
    rows = _BODY.sub("", text)
    kinds = (
        (500, "<h1>Internal Server Error</h1>"),
        (503, _CHALLENGE),
        (403, _CHALLENGE),
        (200, ""),
        (200, _LOGIN),
        (200, _MAINTENANCE),
        (200, text[: len(text) * 4 // 5]),
        (200, rows),
    )
    return kinds[n // (PAGES // FAULTY) % len(kinds)]


# --- the server ------------------------------------------------------------------------------------------------------


def answer(cycle: str, path: str, etag: str) -> bytes:
    """Return the whole answer to a GET in a cycle."""
    if path == "/robots.txt":
        return _response("404 Not Found", b"", "")
    _, kind, number, _ = path.split("/")
    n, is_feed = int(number), kind == "feed"
    status, text = 200, _text(cycle, n, is_feed=is_feed)
    if cycle == "faulty" and not is_feed and faulty(n):
        status, text = fault(n, text)
    mark = "" if cycle == "same" else f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    if mark and mark == etag and status == 200:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {mark}\r\n\r\n".encode()
    named = {200: "200 OK", 403: "403 Forbidden", 500: "500 Internal Server Error", 503: "503 Service Unavailable"}
    kind = "application/rss+xml" if is_feed else "text/html; charset=utf-8"
    return _response(named[status], text.encode(), kind, f"ETag: {mark}\r\n" if mark and status == 200 else "")


@cache
def _text(cycle: str, n: int, *, is_feed: bool) -> str:
    changed = CYCLES.index(cycle) >= CYCLES.index("changed") and changes(n, feed=is_feed)
    if cycle == "noise":
        return noisy_feed(n) if is_feed else noisy(n, page(n, changed=changed))
    return (feed if is_feed else page)(n, changed=changed)


def _response(status: str, body: bytes, kind: str, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


class Site:
    """What the server counts, and the cycle that it plays."""

    def __init__(self) -> None:
        self.cycle = CYCLES[0]
        self.requests = self.connections = 0

    def control(self, path: str) -> bytes:
        """Answer who steers the site."""
        if path.startswith("/-/cycle/"):
            self.cycle = path.rpartition("/")[2]
            self.requests = self.connections = 0
        counted = json.dumps({"requests": self.requests, "connections": self.connections})
        return _response("200 OK", counted.encode(), "application/json")

    def get(self, path: str, etag: str) -> bytes:
        """Answer a GET."""
        self.requests += path != "/robots.txt"
        return answer(self.cycle, path, etag)


_ETAG = re.compile(rb"\r\nif-none-match: *([^\r]*)", re.IGNORECASE)


class Connection(asyncio.Protocol):
    """HTTP/1.1 as far as a GET needs it."""

    def __init__(self, site: Site) -> None:
        self.site, self.rest, self.counted = site, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        *heads, self.rest = (self.rest + data).split(b"\r\n\r\n")
        for head in heads:
            path = head.split(b" ", 2)[1].decode()
            if path.startswith("/-/"):
                self.transport.write(self.site.control(path))
                continue
            self.site.connections += not self.counted
            self.counted = True
            given = _ETAG.search(head)
            self.transport.write(self.site.get(path, given[1].decode() if given else ""))


async def serve(write: Callable[[str], object]) -> None:
    """Serve on a free port of loopback until standard input closes."""
    loop, site = asyncio.get_running_loop(), Site()
    server = await loop.create_server(lambda: Connection(site), "127.0.0.1", 0)
    write(f"{server.sockets[0].getsockname()[1]}\n")
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(_say))
