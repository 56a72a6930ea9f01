"""A local web server that shows the demo's site as it stood at one step after another."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from bot.demo import script
from bot.ports import Clock, Fetch, Source

PAGES = Path(__file__).parent / "pages"
ORIGIN = "https://smartenergycodecompany.co.uk"
"""What the pages call their site; the server puts its own address there, so that links lead back to it."""

RELEASES = ("2020-11", "2021-06", "2021-11", "2022-06", "2022-11")
PAPER = "/wp-content/uploads/2020/05/opsg-33-sec-releases-update.pdf"
ROBOTS = b"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
TYPES = {
    ".html": "text/html; charset=UTF-8",
    ".xml": "application/rss+xml; charset=UTF-8",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}
PUBLISHED_AT = time(6, tzinfo=UTC)
CHECKS_EVERY = 0.02
"""Seconds between looks at whether to stop; so long stopping may take."""


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the site changed. `digest`: the demo sends the daily digest after it."""

    on: date
    title: str
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """A page as it is served."""

    body: bytes
    content_type: str
    etag: str
    modified: datetime


def steps() -> list[Step]:
    """Return the days on which the site changed, in order, with what the script says of each."""
    days = sorted(date.fromisoformat(folder.name) for folder in PAGES.iterdir() if folder.is_dir())
    return [Step(on, script.TITLES[on], on in script.DIGESTS) for on in days]


def sources(base_url: str) -> list[Source]:
    """Return what to watch at the demo's site: release pages, news archive, feed and the stream of papers."""
    from watchers.sources import release_source

    base = base_url.rstrip("/")
    return [
        *(release_source(key, f"{base}/") for key in RELEASES),
        Source("news-sec-release", f"{base}/tag/sec-release/", "news"),
        Source("feed-latest-news", f"{base}/latest-news/feed/", "feed", stream="news-sec-release"),
        Source("papers", f"{base}{PAPER}", "paper", every=24 * 60),
    ]


def web(base_url: str, clock: Clock) -> Fetch:
    """Return a web in which there is nothing but the demo's site; it answers in order, so every run tells the same."""
    from watchers.fetch import Web
    from watchers.limits import Limits

    return Web((urlsplit(base_url).netloc,), "secbot-demo", clock, limits=Limits(connections=1, slow=0))


def address(file: Path) -> str:
    """Return where on the site a file of `pages` stands: "tag--sec-release.html" is /tag/sec-release/."""
    if file.suffix == ".pdf":
        return "/" + file.name.replace("--", "/")
    return "/" + file.stem.replace("--", "/") + "/"


def site_on(day: date) -> dict[str, Path]:
    """Return the file of each address on a day: the newest that was put there by then."""
    folders = sorted(folder for folder in PAGES.iterdir() if folder.is_dir() and folder.name <= day.isoformat())
    return {address(file): file for folder in folders for file in sorted(folder.iterdir()) if file.suffix in TYPES}


class Site:
    """The demo's site at `url`, while the `with` block lasts. It shows nothing until it is told which step to show."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self._files: dict[str, Path] = {}
        self.requests: list[str] = []

    def __enter__(self) -> Site:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(CHECKS_EVERY,), name="demo-site")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()  # waits for answers that are on their way
        self._thread.join()

    @property
    def url(self) -> str:
        """The address of the site, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def show(self, step: Step) -> None:
        """Show the site as it stood on the day of a step."""
        self._files = site_on(step.on)

    def page(self, path: str) -> Served | None:
        """Return what is served at a path now, None where there is nothing (yet)."""
        if path == "/robots.txt":
            return Served(ROBOTS, TYPES[".txt"], _etag(ROBOTS), datetime.combine(date(2020, 1, 1), PUBLISHED_AT))
        file = self._files.get(path)
        if file is None:
            return None
        body = file.read_bytes()
        modified = datetime.combine(date.fromisoformat(file.parent.name), PUBLISHED_AT)
        here = body if file.suffix == ".pdf" else body.replace(ORIGIN.encode(), self.url.encode())
        return Served(here, TYPES[file.suffix], _etag(body), modified)

    def now(self) -> datetime:
        """Return the site's time: that of the demo, or the real one."""
        return self._clock() if self._clock else datetime.now(UTC)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    site: Site


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD. HTTP/1.0: one request a connection, so that stopping never waits for one that is idle."""

    server: _Server
    timeout = 5

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.site.requests.append(path)
        page = self.server.site.page(path)
        if page is None:
            self._answer(HTTPStatus.NOT_FOUND, b"<h1>Not found</h1>\n", {"Content-Type": TYPES[".html"]})
            return
        headers = {"ETag": page.etag, "Last-Modified": format_datetime(page.modified, usegmt=True)}
        if self._known(page):
            self._answer(HTTPStatus.NOT_MODIFIED, b"", headers)
            return
        self._answer(HTTPStatus.OK, page.body, headers | {"Content-Type": page.content_type})

    do_HEAD = do_GET  # noqa: N815 - the name is the standard library's

    def _known(self, page: Served) -> bool:
        """Whether the client has this page already; an ETag counts for more than a date."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return page.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and page.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False  # not a date: serve the page

    def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the site's own time in HTTP's form."""
        if timestamp is not None:
            return super().date_time_string(timestamp)
        return format_datetime(self.server.site.now().astimezone(UTC), usegmt=True)

    def version_string(self) -> str:
        """Return what the server calls itself."""
        return "secbot-demo"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing: the demo's output is what Slack would show."""
