"""A world of ten lines for the tests: a web of pages that a test sets, a Slack that keeps what it was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.pipeline.daily import Daily
from bot.pipeline.deliver import Deliverer
from bot.pipeline.poll import Audience, Poller
from bot.ports import Fetched, Gone, Heard, Message, Page, Posted, PostFailed, Request, Source, Store, Trouble
from bot.render import Renderer
from watchers.read import read_page

LONDON = ZoneInfo("Europe/London")
SITE = "https://sec.example"


@dataclass
class FakeWeb:
    """Answers with what a test has put at a URL; nothing there is a 404."""

    clock: Callable[[], datetime]
    pages: dict[str, str | Trouble] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, requests: Sequence[Request]) -> Iterator[tuple[Request, Fetched]]:
        for request in requests:
            self.asked.append(request.url)
            yield request, self.answer(request.url)

    def answer(self, url: str) -> Fetched:
        held = self.pages.get(url)
        if held is None:
            return Trouble("missing", "404 Not Found", self.clock())
        if isinstance(held, Trouble):
            return Trouble(held.kind, held.detail, self.clock(), held.retry_after)
        kind = "application/rss+xml" if held.lstrip().startswith("<?xml") else "text/html; charset=utf-8"
        return Page(url, held.encode(), kind, self.clock())


@dataclass
class FakeSlack:
    """Keeps what it was sent, in order; fails as a test says.

    The ts of a message is its number. `below`: of a reply, by its key, the ts of the message that it is below;
    `broadcast`: the keys of replies that show in the channel; `gone`: the ts of messages that somebody deleted.
    """

    sent: list[tuple[str, Message, str]] = field(default_factory=list)
    fails: list[PostFailed] = field(default_factory=list)
    refuses: dict[str, PostFailed] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)
    broadcast: set[str] = field(default_factory=set)
    edited: list[tuple[str, str, Message]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    loses_answers: bool = False

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        if channel in self.refuses:
            raise self.refuses[channel]
        if self.fails and not self.loses_answers:
            raise self.fails.pop(0)
        if below in self.gone:
            raise Gone("thread_not_found", permanent=True)
        self.below |= {key: below} if below else {}
        self.broadcast |= {key} if broadcast else set()
        self.sent.append((channel, message, key))
        if self.fails:
            raise self.fails.pop(0)
        return Posted(str(len(self.sent)), channel)

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        if below in self.gone:
            raise Gone("thread_not_found", permanent=True)
        found = (str(n) for n, (c, _, k) in enumerate(self.sent, 1) if (c, k) == (channel, key))
        return next((Posted(ts, channel) for ts in found if self.below.get(key, "") == below), None)

    def heard(self, channel: str, since: datetime, until: datetime, *, below: str = "") -> list[Heard]:
        if below in self.gone:
            raise Gone("thread_not_found", permanent=True)
        ours = [(str(n), message, key) for n, (c, message, key) in enumerate(self.sent, 1) if c == channel]
        here = [one for one in ours if self.below.get(one[2], "") == below or (not below and one[2] in self.broadcast)]
        answered = set(self.below.values())
        return [Heard(Posted(ts, channel), key, message.marks, ts in answered) for ts, message, key in here]

    def edit(self, place: str, ts: str, message: Message) -> None:
        if ts in self.gone:
            raise Gone("message_not_found", permanent=True)
        self.edited.append((place, ts, message))

    def texts(self, prefix: str = "") -> list[str]:
        return [message.text for _, message, key in self.sent if key.startswith(prefix)]


@dataclass
class World:
    """secbot with a fake web and a fake Slack; database, reading and words are real."""

    store: Store
    clock: Callable[[], datetime]
    web: FakeWeb
    slack: FakeSlack
    audience: Audience = field(default_factory=lambda: Audience("C0ALERTS", "C0OPS"))
    discover: Callable[..., Sequence[Source]] = lambda _reading, _url: ()

    @property
    def poller(self) -> Poller:
        return Poller(self.web, read_page, self.store, self.clock, self.audience, self.discover)

    @property
    def deliverer(self) -> Deliverer:
        return Deliverer(
            self.store, self.slack, Renderer(LONDON), self.clock, self.audience.operators, self.audience.channel
        )

    @property
    def daily(self) -> Daily:
        return Daily(self.store, self.clock, LONDON, self.audience)

    def watch(self, *sources: Source) -> None:
        self.store.watch(sources, self.clock())

    def poll(self) -> None:
        """Read every source, due or not."""
        self.poller(self.store.watches())

    def poll_and_deliver(self) -> list[str]:
        """Read, send, and return the texts of what was sent by this."""
        before = len(self.slack.sent)
        self.poll()
        self.deliverer()
        return [message.text for _, message, _ in self.slack.sent[before:]]


def release_source(key: str = "2021-11", name: str = "november-2021") -> Source:
    return Source(name, f"{SITE}/{name}-sec-release/", "release-page")


def release_page(
    rows: Sequence[tuple[str, str, str]],
    *,
    name: str = "November 2021",
    go_live: str = "4 November 2021",
    more: str = "",
    nonce: str = "",
) -> str:
    """Return a release page in HTML with these rows (id, title, status)."""
    cells = "".join(f"<tr><td>{id_} ‘{title}’</td><td>{status}</td></tr>" for id_, title, status in rows)
    return f"""<!doctype html><html><head><title>{name} SEC Release</title></head><body><main>
<h1>{name} SEC Release</h1>
<p>The {name} SEC Release goes live on {go_live}. These modifications are currently in scope:</p>
<table><tr><th>Modification</th><th>Status</th></tr>{cells}</table>
{more}</main><!-- {nonce} --></body></html>"""


ROWS = (
    ("MP077", "DCC Service Flagging", "Targeted"),
    ("MP090", "Incorporation of Non GBCS Non-Mandated Alerts into the SEC", "Approved"),
    ("MP105", "Sending SR11.2 to Devices in Suspended State", "Approved"),
    ("MP129", "Allocation of Devices", "Targeted"),
)
