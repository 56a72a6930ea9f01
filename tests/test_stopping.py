"""Being told to stop: what is in hand is finished or given up in time, nothing is lost, and the process ends well."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

import storage
from bot.app import assemble
from bot.ports import Message, Outgoing, Posted, Request, Store
from bot.settings import load
from bot.stopping import Stop
from tests.conftest import SetClock
from tests.listening import Listening
from tests.running import LONGEST, ROOT, surroundings
from tests.test_deliver import card
from tests.world import FakeSlack, FakeWeb
from watchers.fetch import Web

NOTICE = {"name": "undeliverable", "channel": "C9", "reason": "x", "since": "2021-03-01T09:00:00+00:00"}
BOUND = 1.0
"""Seconds that the process under test has for what is in hand."""


class Hanging:
    """A site whose page drips and never ends, and a Slack that stores a message and never answers."""

    def __init__(self) -> None:
        self.page, self.post, self.over = threading.Event(), threading.Event(), threading.Event()
        hanging = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/robots.txt":
                    self.send_error(404)
                    return
                self.send_response(200)
                self.end_headers()
                hanging.page.set()
                while not hanging.over.wait(0.05):
                    try:
                        self.wfile.write(b" ")
                    except OSError:
                        return

            def do_POST(self) -> None:
                hanging.post.set()
                hanging.over.wait(LONGEST)

        self.server = Listening(Handler)
        self.url = f"{self.server.url}/"


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    made = Hanging()
    yield made
    made.over.set()
    made.server.close()


@pytest.fixture
def worker(hanging: Hanging, tmp_path: Path, store: Store, database: str) -> Iterator[subprocess.Popen[str]]:
    """A worker with a page and a message in hand, neither of which will ever be done."""
    store.enqueue([Outgoing("one", "C0OPS", "notice", NOTICE)], datetime.now(UTC))
    source = f'[[source]]\nname = "mine"\nkind = "release-page"\nurl = "{hanging.url}x/"\n'
    (tmp_path / "s.toml").write_text(source, encoding="utf-8")
    program = f"from bot import stopping; stopping.WITHIN = {BOUND}; from bot.cli import main; main()"
    given = {
        "DATABASE_URL": database,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_API_URL": f"{hanging.url}api/",
        "SECBOT_CHANNEL": "C0OPS",
        "SECBOT_SOURCES": "s.toml",
    }
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, "worker"],
        cwd=tmp_path, env=surroundings(tmp_path, given), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert hanging.page.wait(LONGEST)
        assert hanging.post.wait(LONGEST)
        yield process
    finally:
        process.kill()
        process.communicate()


def test_sigterm_ends_a_worker_well_and_in_time_whatever_hangs_and_loses_nothing(
    worker: subprocess.Popen[str], database: str
) -> None:
    begun = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=LONGEST)
    assert (worker.returncode, "Traceback" in said) == (0, False), said
    assert "not all was finished in 1 seconds" in said
    assert time.monotonic() - begun < BOUND + 10  # as a rule a tenth of a second more than the bound
    with storage.open_store(database) as store:
        [leased] = store.lease(datetime.now(UTC).replace(year=2100), 10, 60)
        [watch] = store.watches()
    # It may have been stored: whoever sends it next looks first. The page is due as it was.
    assert (leased.message.key, leased.look_first) == ("one", True)
    assert (watch.health, watch.failures) == ("new", 0)


def test_a_second_sigterm_ends_it_at_once() -> None:
    program = (
        "from bot.stopping import Stop; s = Stop(); s.listen(); print(flush=True); s.wait(); print(flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.stdout.readline()
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONGEST) == 128 + signal.SIGTERM


# --- within one process ----------------------------------------------------------------------------------------------


def test_a_page_that_drips_is_let_go_and_nothing_more_is_asked(hanging: Hanging, clock: SetClock) -> None:
    web = Web([hanging.url.removeprefix("http://").strip("/")], "secbot/1.0", clock)
    requests = [Request("mine", f"{hanging.url}{n}") for n in range(3)]
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.extend(web(requests)))
    thread.start()
    assert hanging.page.wait(LONGEST)
    web.halt()
    thread.join(LONGEST)
    assert not thread.is_alive()
    assert (answers, list(web(requests))) == ([], [])


def test_a_message_in_hand_is_sent_and_the_rest_handed_back(store: Store, clock: SetClock) -> None:
    slack = FakeSlack()
    app = assemble(load({}), store, fetch=FakeWeb(clock), poster=slack, clock=clock, sources=list)
    store.enqueue([card("one", "terminal"), *(card("one", f"C{n}") for n in range(3))], clock())

    class Stopping(FakeSlack):
        def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
            app.halt()
            return slack.post(channel, message, key)

    app.deliverer.poster = Stopping()
    app.deliver()
    assert len(slack.sent) == 1
    state = store.outbox()
    assert (state.sending, state.queued + state.sent) == (0, 4)
    app.deliver()
    assert len(slack.sent) == 1


def test_what_is_to_be_done_first_is_done_before_anything_is_waited_for() -> None:
    done: list[str] = []
    stop = Stop()
    stop.first(lambda: done.append("halted"))
    assert not stop()
    stop.tell()
    stop.wait()
    assert (stop(), done) == (True, ["halted"])


def test_when_the_time_is_over_the_process_ends_well_and_at_a_second_signal_at_once(
    expected_warnings: list[str],
) -> None:
    expected_warnings.append("not all was finished")
    ended, codes = threading.Event(), []
    stop = Stop(within=0.0, end=lambda code: (codes.append(code), ended.set()))
    stop._heard(signal.SIGTERM, None)
    assert ended.wait(LONGEST)
    stop._heard(signal.SIGTERM, None)
    assert codes == [0, 143]
