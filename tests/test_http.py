"""The HTTP server: Slack's signed requests in, health and figures out."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt import App

import handlers
from bot.app import assemble
from bot.asking import Reply
from bot.ports import Message, Source, Store, StoreError
from bot.running import run
from bot.settings import load
from bot.slack import app as slack
from bot.slack import web
from bot.slack.signature import sign
from bot.stopping import Stop
from handlers import listeners
from tests.world import FakeSlack

SECRET = "a-signing-secret"
PATIENCE = 120.0
"""Seconds for what comes at once, so that it comes on however slow a machine."""
NOW = datetime(2021, 11, 5, 9, 0, tzinfo=UTC)
BODY = urlencode({"command": "/sec", "text": "MP090", "user_id": "U1", "channel_id": "C1", "team_id": "T1"})


def now() -> datetime:
    return NOW


class Plain:
    """Renders a reply as its name."""

    def reply(self, reply: Reply) -> Message:
        return Message(reply.template)


def echo(question: str, *, user: str, channel: str, again: bool) -> Reply:
    return Reply(f"{user} asked {question}")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr(listeners, "PATIENCE", PATIENCE)
    # Nothing listens there: a command is answered without asking Slack anything.
    built = slack.build("xoxb-1", SECRET, echo, Plain(), "http://127.0.0.1:9/api/", register=handlers.register)
    yield built
    slack.close(built)


def send(store: Store, method: str, path: str, app: App | None = None, **request: object) -> httpx.Response:
    application = web.build(store, now, app, SECRET if app else "")

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://secbot") as client:
            return await client.request(method, path, **request)  # type: ignore[arg-type]

    return asyncio.run(go())


def signed(body: str, at: str | None = None, secret: str = SECRET) -> dict[str, str]:
    at = str(int(time.time())) if at is None else at
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": at,
        "x-slack-signature": sign(secret, at, body),
    }


def test_a_signed_command_is_answered(store: Store, app: App) -> None:
    response = send(store, "POST", "/slack/events", app, content=BODY, headers=signed(BODY))
    assert response.status_code == 200
    assert response.json() == {"text": "U1 asked MP090", "response_type": "ephemeral"}


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, secret="another"),
        signed(BODY, at="abc"),
        signed(BODY, at=""),
        signed(BODY, at=str(int(time.time()) - 4000)),
        signed(BODY, at=str(int(time.time()) + 4000)),
        {**signed(BODY), "x-slack-signature": "v0=" + "0" * 64},
        {**signed(BODY), "x-slack-signature": ""},
        {**signed(BODY), "x-slack-signature": "v0=\xe9"},
    ],
)
def test_what_slack_did_not_sign_just_now_is_refused(store: Store, app: App, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    response = send(store, "POST", "/slack/events", app, content=BODY, headers=raw)
    assert response.status_code == 401
    assert "asked" not in response.text


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"text=%zz", b"a" * 1000])
def test_a_body_that_is_none_is_refused_cleanly(store: Store, app: App, content: bytes) -> None:
    headers = signed("another body")
    assert send(store, "POST", "/slack/events", app, content=content, headers=headers).status_code == 401


def test_a_body_of_another_shape_with_a_good_signature_does_no_harm(
    store: Store, app: App, expected_warnings: list[str]
) -> None:
    expected_warnings += ["was not understood", "Unhandled request"]
    for body in ("{", "[]", "payload=1", "payload={}", "x"):
        response = send(store, "POST", "/slack/events", app, content=body, headers=signed(body))
        assert response.status_code < 500, body


def test_a_body_that_never_ends_is_cut_off(store: Store, app: App) -> None:
    response = send(store, "POST", "/slack/events", app, content=b"a" * (web.LARGEST + 1), headers=signed(""))
    assert response.status_code == 413


def test_a_body_that_drips_is_not_waited_for(store: Store, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SLOWEST", 0.05)
    never = asyncio.Event

    async def drips() -> object:
        yield b"a"
        await never().wait()

    response = send(store, "POST", "/slack/events", app, content=drips(), headers=signed(""))
    assert response.status_code == 408


@pytest.mark.fault(24)
def test_an_empty_secret_refuses_to_start(store: Store, app: App) -> None:
    for secret in ("", "  "):
        with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET is empty"):
            web.build(store, now, app, secret)


def test_in_socket_mode_there_is_no_way_in_by_http(store: Store) -> None:
    assert send(store, "POST", "/slack/events", content=BODY, headers=signed(BODY)).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_is_read_only(store: Store, path: str) -> None:
    assert send(store, "GET", path).status_code == 200
    assert send(store, "POST", path).status_code == 405


def test_metrics_count_sources_by_health_and_messages_by_state(store: Store) -> None:
    store.watch([Source("november-2021", "https://example.org/november-2021/", "release-page")], NOW)
    lines = send(store, "GET", "/metrics").text.splitlines()
    assert 'secbot_sources{health="new"} 1.0' in lines
    assert 'secbot_outbox{state="queued"} 0.0' in lines
    assert "secbot_outbox_oldest_seconds 0.0" in lines
    assert "secbot_database_up 1.0" in lines


class Shut:
    """A store whose database is gone."""

    def __getattr__(self, name: str) -> object:
        raise StoreError("the database cannot be reached")


def test_without_a_database_it_lives_and_is_not_ready() -> None:
    store: Store = Shut()  # type: ignore[assignment]
    assert send(store, "GET", "/healthz").status_code == 200
    ready = send(store, "GET", "/readyz")
    assert (ready.status_code, ready.json()["wrong"]) == (503, {"database": "the database cannot be reached"})
    figures = send(store, "GET", "/metrics")
    assert (figures.status_code, "secbot_database_up 0.0" in figures.text) == (200, True)


def test_what_else_must_be_right_is_asked(store: Store) -> None:
    application = web.build(store, now, checks={"slack": lambda: "not connected", "clock": lambda: ""})
    server = web.Web(application, 0, "127.0.0.1")
    port = server.start(PATIENCE)
    try:
        response = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE)
        assert response.status_code == 503
        assert response.json() == {"ready": False, "wrong": {"slack": "not connected"}}
    finally:
        server.stop()


def test_a_taken_port_is_said_in_a_sentence(store: Store, expected_warnings: list[str]) -> None:
    expected_warnings.append("address already in use")
    first = web.Web(web.build(store, now), 0, "127.0.0.1")
    port = first.start(PATIENCE)
    try:
        with pytest.raises(OSError, match=f"port {port} can't be served"):
            web.Web(web.build(store, now), port, "127.0.0.1").start()
    finally:
        first.stop()


@contextmanager
def running(store: Store, *, serve: bool = True, port: int = 0, **environment: str) -> Iterator[int]:
    """Run secbot without sources on a free port until the block ends; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = port or free.getsockname()[1]
    settings = replace(load(environment), port=port)
    app = assemble(settings, store, fetch=lambda _: iter(()), poster=FakeSlack(), clock=now, sources=list)
    stop = Stop()
    thread = threading.Thread(target=run, args=(app,), kwargs={"stop": stop, "serve": serve})
    thread.start()
    try:
        yield port
    finally:
        stop.tell()
        thread.join()


def test_run_tells_how_it_fares_where_a_port_is_given_and_takes_nothing_of_slack_unverified(store: Store) -> None:
    patient = httpx.HTTPTransport(retries=5)
    with running(store, PORT="3000") as port, httpx.Client(transport=patient, timeout=PATIENCE) as client:
        url = f"http://127.0.0.1:{port}"
        assert [client.get(url + path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 200]
        assert client.post(f"{url}/slack/events", content=BODY, headers=signed(BODY)).status_code == 404


def test_a_worker_tells_how_it_fares_where_a_port_is_given_and_takes_nothing_of_slack(store: Store) -> None:
    patient = httpx.HTTPTransport(retries=5)
    given = {"PORT": "3000", "SLACK_SIGNING_SECRET": SECRET}
    with running(store, serve=False, **given) as port, httpx.Client(transport=patient, timeout=PATIENCE) as client:
        url = f"http://127.0.0.1:{port}"
        assert client.get(f"{url}/readyz").json() == {"ready": True, "wrong": {}}
        assert client.get(f"{url}/metrics").status_code == 200
        assert client.post(f"{url}/slack/events", content=BODY, headers=signed(BODY)).status_code == 404


def test_a_worker_whose_port_is_taken_works_all_the_same(store: Store, expected_warnings: list[str]) -> None:
    expected_warnings += ["address already in use", "can't be served"]
    web_process = web.Web(web.build(store, now), 0, "0.0.0.0")
    port = web_process.start(PATIENCE)
    try:
        with running(store, serve=False, port=port, PORT="3000"):
            pass
    finally:
        web_process.stop()


@pytest.mark.parametrize(("environment", "opened"), [({}, 0), ({"PORT": "3000"}, 1)])
def test_run_opens_no_port_that_nobody_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], opened: int
) -> None:
    asked = []
    monkeypatch.setattr("bot.running.start_http", lambda *given, **_: asked.append(given) or (lambda: None))
    with running(store, **environment):
        pass  # `run` opens what it opens before it waits to be stopped
    assert len(asked) == opened
