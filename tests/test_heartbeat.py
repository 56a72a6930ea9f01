"""The dead man's switch: heard while all goes well, silent when it does not, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from bot.app import assemble
from bot.heartbeat import EVERY, Heartbeat, ask
from bot.ports import PostFailed, Store
from bot.settings import SettingsError, load
from bot.vitals import LONGEST, Vitals
from tests.conftest import SetClock
from tests.listening import Listening
from tests.test_deliver import card
from tests.world import FakeSlack, FakeWeb


class Switch:
    """A service that waits for beats; `status` is what it answers."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.status = 200
        switch = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                switch.heard.append(self.path)
                self.send_response(switch.status)
                self.send_header("content-length", "0")
                self.end_headers()

        self.server = Listening(Handler)
        self.url = f"{self.server.url}/ping/a-secret-id"


@pytest.fixture
def switch() -> Iterator[Switch]:
    made = Switch()
    yield made
    made.server.close()


def test_it_beats_at_most_once_a_minute(switch: Switch) -> None:
    seconds = [0.0]
    beat = Heartbeat(switch.url, now=lambda: seconds[0])
    assert [beat(), beat()] == [True, False]
    seconds[0] = EVERY - 1
    assert not beat()
    seconds[0] = EVERY
    assert beat()
    assert switch.heard == ["/ping/a-secret-id"] * 2


def test_without_an_address_nothing_is_asked() -> None:
    assert not Heartbeat("")()


@pytest.mark.parametrize("status", [500, 404])
def test_what_is_not_heard_is_said_once_without_the_address(
    switch: Switch, status: int, expected_warnings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_warnings.append("the heartbeat was not heard")
    seconds = [0.0]
    beat = Heartbeat(switch.url, now=lambda: seconds[0])
    switch.status = status
    for seconds[0] in (0.0, 60.0, 120.0):
        assert not beat()
    assert [record.message for record in caplog.records] == [f"the heartbeat was not heard: status {status}"]
    switch.status, seconds[0] = 200, 180.0
    assert beat()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a-secret-id", "http://[::bad/a-secret-id", "http://\x00/"])
def test_an_address_that_cannot_be_asked_raises_nothing_and_is_not_shown(url: str) -> None:
    assert ask(url).startswith("no answer (")
    assert "a-secret-id" not in ask(url)


def test_an_answer_that_never_comes_is_not_waited_for() -> None:
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", patience=0.05) == "no answer (ReadTimeout)"


def test_a_worker_beats_while_all_goes_well_and_not_when_the_pages_or_slack_stand_still(
    store: Store, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("waits")
    slack, beats, seconds = FakeSlack(), [], [0.0]
    app = assemble(load({}), store, fetch=FakeWeb(clock), poster=slack, clock=clock, sources=list)
    app.vitals = Vitals(now=lambda: seconds[0])
    app.heartbeat = lambda: beats.append(seconds[0])  # type: ignore[assignment]
    jobs = app.timetable().jobs

    def deliver() -> None:
        jobs["deliver"][1]()
        jobs["heartbeat"][1]()

    deliver()
    assert beats == [0.0]
    seconds[0] = LONGEST["poll"] + 1  # messages go out, and no page was read for ten minutes
    app.vitals.beat("daily")
    deliver()
    assert beats == [0.0]
    app.vitals.beat("poll")
    store.enqueue([card("one", "terminal")], clock())
    slack.fails = [PostFailed("token_revoked", permanent=True, everywhere=True)]
    deliver()
    assert beats == [0.0]


@pytest.mark.parametrize("url", ["ftp://hc.example/a-secret-id", "hc.example/a-secret-id", "https://", "http://[x/"])
def test_an_address_of_another_kind_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="SECBOT_HEARTBEAT_URL") as raised:
        load({"SECBOT_HEARTBEAT_URL": url})
    assert "a-secret-id" not in str(raised.value)
