"""What somebody may try: words of a page or a person that act, floods, forged and replayed requests."""

from __future__ import annotations

import asyncio
import html
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt import App

import handlers
from bot.app import assemble
from bot.ports import Message, Source, Store
from bot.render import Renderer
from bot.settings import load
from bot.slack import app as slack
from bot.slack import web
from bot.slack.signature import sign
from handlers.commands import registry
from tests.conftest import SetClock
from tests.knowing import LONDON, NEWS_READ, fill
from tests.limits import faults, live
from tests.slackish import SECRET, Slack, command, said
from tests.test_render import ATTACKS
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

URL = f"{SITE}/november-2021-sec-release/"

# --- words that act --------------------------------------------------------------------------------------------------


def acts(message: Message) -> set[str]:
    """Return what Slack would act upon in a message, besides links to the site."""
    return {one for one in live(message) if not one.startswith(f"{SITE}/")}


@pytest.mark.fault(22)
def test_no_attack_of_a_page_lives_from_fetch_to_slack(
    store: Store, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    assert len(ATTACKS) >= 40
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    hostile = [(f"MP{300 + n}", html.escape(attack), "Targeted") for n, attack in enumerate(ATTACKS)]
    pages = [
        release_page(ROWS),
        release_page((*ROWS, *hostile)),
        release_page(
            (*ROWS, *[(id_, title, html.escape(ATTACKS[n % 9])) for n, (id_, title, _) in enumerate(hostile)])
        ),
        "<h1>" + html.escape(" ".join(ATTACKS)) + "</h1>",
    ]
    for page in pages:
        world.web.pages[URL] = page.encode("utf-8", "replace").decode()
        world.poll_and_deliver()
        clock.now = clock.now.replace(day=clock.now.day + 1)
    sent = [message for _, message, _ in world.slack.sent] + [message for *_, message in world.slack.edited]
    assert sum(len(message.text) for message in sent) > 500
    assert len(store.changes()) >= 40
    assert {one for message in sent for one in acts(message)} == set()
    assert [found for message in sent if (found := faults(message))] == []


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


@pytest.mark.fault(22)
@pytest.mark.parametrize("part", [range(4), pytest.param(range(1), marks=pytest.mark.thorough)], ids=["some", "all"])
@pytest.mark.parametrize(("number", "word"), list(enumerate(["", *sorted(registry())])))
def test_no_attack_of_a_person_lives_in_an_answer(known: Store, number: int, word: str, part: range) -> None:
    for attack in ATTACKS[number % len(part) :: len(part)]:  # some: of four words that follow one another each another
        question = f"{word} {attack}".strip().encode("utf-8", "replace").decode()
        reply = handlers.answer(question, store=known, now=NEWS_READ, zone=LONDON, user="U1", channel="C1")
        message = Renderer(LONDON).reply(reply)
        found = {one for one in live(message) if not one.startswith(("https://example.org/", "@U1"))}
        named = {one for one in found if one in {"@U012AB3CD", "@W012AB3CD"}}
        # Who is named in "settings only @ann" is named in its answer: by an id that Slack itself put there.
        assert found - (named if word in ("settings", "list") else set()) == set(), question
        assert faults(message) == []


# --- floods ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def web_api() -> Iterator[Slack]:
    api = Slack()
    yield api
    api.close()


@pytest.fixture
def app(known: Store, web_api: Slack) -> Iterator[App]:
    now = NEWS_READ
    secbot = assemble(load({}), known, fetch=lambda _: iter(()), poster=FakeSlack(), clock=lambda: now, sources=list)
    built = slack.build(
        "xoxb-1", SECRET, secbot.answer, secbot.renderer, f"{web_api.url}api/",
        register=handlers.register, asks=secbot.ask,
    )  # fmt: skip
    yield built
    slack.close(built)


def p99(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99) - 1]


def asked(app: App, user: str) -> float:
    """Return the seconds that a person waits for an answer."""
    one, begun = command("MP090", user_id=user), time.perf_counter()
    assert app.dispatch(one).status == 200
    return time.perf_counter() - begun


class Flood:
    """Somebody who sends a hundred commands a second, while it is on."""

    def __init__(self, app: App) -> None:
        self.app, self.sent = app, 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        due = time.perf_counter()
        while not self.over.wait(max(0.0, due - time.perf_counter())):
            due += 0.01
            self.app.dispatch(command("MP090", user_id="U0FLOOD"))
            self.sent += 1

    def __enter__(self) -> Flood:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


@pytest.mark.fault(23)
@pytest.mark.thorough
def test_who_sends_a_hundred_commands_a_second_keeps_nobody_waiting(app: App) -> None:
    asked(app, "U0WARM")
    for attempt in range(5):  # a busy machine makes some of them wait; a flood that holds others up does so each time
        calm, flooded, sent = [], [], 0
        for turn in range(5):  # turn by turn, so that both have the same share of whatever else the machine does
            calm += [asked(app, f"U{attempt}A{turn}C{n}") for n in range(40)]
            with Flood(app) as flood:
                flooded += [asked(app, f"U{attempt}B{turn}C{n}") for n in range(40)]
            sent += flood.sent
        if p99(flooded) <= 2 * p99(calm):
            break
    else:
        pytest.fail(f"99 of 100 waited {p99(calm) * 1000:.1f} ms without and {p99(flooded) * 1000:.1f} ms in a flood")
    assert sent > 20
    assert told_to_slow_down(app, "U0FLOOD")


def told_to_slow_down(app: App, user: str) -> bool:
    return "slow" in str(said(app.dispatch(command("MP090", user_id=user)))["text"]).casefold()


@pytest.mark.fault(23)
def test_a_flood_takes_no_memory(app: App) -> None:
    def flood(times: int) -> None:
        for _ in range(times):
            app.dispatch(command("MP090", user_id="U0FLOOD"))

    flood(200)
    tracemalloc.start()
    try:
        flood(100)
        before = tracemalloc.get_traced_memory()[0]
        flood(500)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    # A command that is kept costs a kilobyte at least; a slow machine answers some, which fills what is remembered.
    assert grown < 250_000, f"{grown} bytes more after 500 commands"


# --- forged and replayed ---------------------------------------------------------------------------------------------

WRITES = {
    "subscribe MP090": "unsubscribe MP090",
    "unsubscribe MP102A": "subscribe MP102A",
    "mute MP102A 7d": "unmute MP102A",
    "unmute MP077": "mute MP077 7d",
    "digest weekly monday 9am": "digest daily 08:30",
    "quiet 18:00-08:00": "quiet off",
    "settings threads flat": "settings threads thread",
}
"""Commands that write, each with one that undoes it."""


def kept(store: Store) -> list[Any]:
    """Return all that a command can change."""
    return [store.subscriptions(), store.mutes(), store.channels(), store.deeds(), store.outbox(), store.last_seq()]


def http(store: Store, app: App, body: str, headers: dict[str, str], method: str = "POST") -> httpx.Response:
    application = web.build(store, lambda: datetime.now(UTC), app, SECRET)

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://secbot") as client:
            return await client.request(method, "/slack/events", content=body, headers=headers)

    return asyncio.run(go())


def typed(text: str, at: float | None = None, secret: str = SECRET) -> tuple[str, dict[str, str]]:
    body = urlencode({"command": "/sec", "text": text, "user_id": "U1", "channel_id": "C1", "team_id": "T1"})
    stamp = str(int(time.time() if at is None else at))
    kind = "application/x-www-form-urlencoded"
    signature = sign(secret, stamp, body)
    return body, {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": signature}


def test_each_command_that_writes_is_among_those_that_are_replayed() -> None:
    writing = {name for name, one in registry().items() if one.writes}
    assert {command.partition(" ")[0] for command in WRITES} == writing


@pytest.mark.fault(24)
@pytest.mark.parametrize("text", WRITES)
def test_a_replay_of_a_command_that_writes_changes_nothing(known: Store, app: App, text: str) -> None:
    for first in ("subscribe everything", WRITES[text]):  # so that there is something to mute, and to undo
        http(known, app, *typed(first))
    before = kept(known)
    body, headers = typed(text)
    assert http(known, app, body, headers).status_code == 200
    done = kept(known)
    assert done != before
    http(known, app, *typed(f"{WRITES[text]} "))
    undone = kept(known)
    assert undone[:3] != done[:3]
    for _ in range(2):
        assert http(known, app, body, headers).status_code == 200
        assert kept(known) == undone


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    "forge",
    [
        lambda body, headers: (body + "&x=1", headers),
        lambda body, headers: (body.replace("U1", "U2"), headers),
        lambda body, headers: (body, {**headers, "x-slack-request-timestamp": "abc"}),
        lambda body, headers: (body, {**headers, "x-slack-request-timestamp": str(int(time.time()) - 1)}),
        lambda body, headers: (body, {**headers, "x-slack-signature": headers["x-slack-signature"][:-1]}),
        lambda body, headers: (
            body,
            {**headers, "x-slack-signature": headers["x-slack-signature"].replace("v0", "v1")},
        ),
        lambda body, headers: (body, {name: value for name, value in headers.items() if "slack" not in name}),
        lambda _body, _headers: typed("subscribe MP090", secret=""),
        lambda _body, _headers: typed("subscribe MP090", at=time.time() - 301),
        lambda _body, _headers: typed("subscribe MP090", at=time.time() + 301),
    ],
)
def test_what_is_forged_or_stale_is_refused_with_401_and_changes_nothing(known: Store, app: App, forge: Any) -> None:
    before = kept(known)
    assert http(known, app, *forge(*typed("subscribe MP090"))).status_code == 401
    assert kept(known) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_way_in_takes_posts_alone(known: Store, app: App, method: str) -> None:
    assert http(known, app, *typed("subscribe MP090"), method=method).status_code == 405


def test_nothing_is_routed_but_health_and_slack_and_health_only_by_get(known: Store, app: App) -> None:
    routes: list[Any] = list(web.build(known, lambda: NEWS_READ, app, SECRET).routes)
    found = {route.path: route.methods for route in routes}
    assert found.pop("/slack/events") == {"POST"}
    assert set(found) == {"/healthz", "/readyz", "/metrics"}
    assert all(methods == {"GET", "HEAD"} for methods in found.values())


def test_a_page_that_names_no_web_address_is_never_a_source() -> None:
    from watchers.guard import Guard, Refused

    for url in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://a:b@example.org/", "//x/"):
        with pytest.raises(Refused):
            Guard(["example.org"]).url(url)
    assert Source("a", "https://example.org/", "auto").url == str(Guard(["example.org"]).url("https://example.org/"))
