"""Secrets: whatever secbot prints, logs, keeps, posts or shows in a run of everything, none of them is in it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, assemble
from bot.asking import Reply
from bot.domain.claims import Reading
from bot.heartbeat import Heartbeat
from bot.logs import Json, Text
from bot.masking import Mask
from bot.ports import Message, Page, Posted, Store
from bot.prometheus import PrometheusMetrics
from bot.render import Renderer
from bot.schedule import guarded
from bot.settings import Settings, load
from bot.slack import app as slack
from bot.slack.desk import Desk
from bot.slack.poster import SlackPoster
from bot.slack.socket import SocketKeeper
from tests.conftest import SetClock
from tests.running import secbot
from tests.slackish import Slack
from tests.test_deliver import card
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, release_page, release_source

MARK = "zq7x"
"""Stands in every secret, and nowhere else."""
SECRETS = {
    "SLACK_BOT_TOKEN": f"xoxb-1-{MARK}bot",
    "SLACK_APP_TOKEN": f"xapp-1-{MARK}app",
    "SLACK_SIGNING_SECRET": f"{MARK}5161b1c9e0a4d2",
    "DATABASE_URL": f"postgresql://bot:{MARK}p%40ss@127.0.0.1:9/secbot?sslpassword={MARK}key",
    "SECBOT_HEARTBEAT_URL": f"http://127.0.0.1:9/{MARK}heart",
}
PROXY = f"http://me:{MARK}proxy@127.0.0.1:9"
HEADERS = f"request failed: headers={{'Authorization': 'Bearer {SECRETS['SLACK_BOT_TOKEN']}'}} by way of {PROXY}"
URL = f"{SITE}/november-2021-sec-release/"

pytestmark = pytest.mark.fault(25)


def leaks(seen: str | bytes) -> str:
    """Return the surroundings of the first secret in what was seen, empty for none."""
    text = seen.decode("latin-1") if isinstance(seen, bytes) else seen
    at = text.find(MARK)
    return text[max(0, at - 80) : at + 40] if at >= 0 else ""


class Talkative(Slack):
    """A Slack that repeats in its errors whatever it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses = dict.fromkeys(("auth.test", "apps.connections.open"), f"invalid_auth {HEADERS}")


@pytest.fixture
def api() -> Iterator[Talkative]:
    made = Talkative()
    yield made
    made.close()


@pytest.mark.parametrize(
    "words",
    [["doctor"], ["migrate"], ["ask", "MP090"], ["poll"], ["deliver"], ["digest"], ["export"], ["worker"], ["web"]],
    ids=lambda words: words[0],
)
def test_no_command_prints_one_however_it_fails(tmp_path: Path, api: Talkative, words: list[str]) -> None:
    (tmp_path / "s.toml").write_text('[[source]]\nname = "mine"\nurl = "http://127.0.0.1:9/x/"\n', encoding="utf-8")
    given = {**SECRETS, "SLACK_API_URL": api.url, "SECBOT_SOURCES": "s.toml", "SECBOT_CHANNEL": "C0123456789"}
    run = secbot(*words, cwd=tmp_path, **given, HTTP_PROXY=PROXY, HTTPS_PROXY=PROXY, NO_PROXY="127.0.0.1")
    assert run.returncode in (1, 2)
    assert (leaks(run.stdout), leaks(run.stderr)) == ("", "")


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("spoilt", ["{}\n", "“{}”", "Bearer {}", "x{}", "'{}'"])
def test_no_complaint_about_a_setting_shows_it(tmp_path: Path, name: str, spoilt: str) -> None:
    run = secbot("doctor", cwd=tmp_path, **{name: spoilt.format(SECRETS[name])})
    assert (leaks(run.stdout), leaks(run.stderr)) == ("", "")
    assert "Traceback" not in run.stderr


@pytest.fixture
def settings() -> Settings:
    return load({**SECRETS, "SECBOT_CHANNEL": "C0ALERTS", "SECBOT_OPS_CHANNEL": "C0OPS"})


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    """All that is logged, as people and as machines read it."""
    stream, root, level = io.StringIO(), logging.getLogger(), logging.getLogger().level
    handlers = [logging.StreamHandler(stream) for _ in range(2)]
    for handler, formatter in zip(
        handlers, (Text(mask=Mask(settings.secrets)), Json(Mask(settings.secrets))), strict=True
    ):
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


class Failing(FakeSlack):
    """A Slack whose library fails with the request in its words, now and then."""

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        if channel != "C0OPS" and len(self.sent) < 3:
            raise RuntimeError(HEADERS)
        return super().post(channel, message, key, below=below, broadcast=broadcast)


def unreadable(page: Page, kind: str) -> Reading:
    raise RuntimeError(HEADERS)


def test_a_run_of_everything_logs_keeps_posts_and_counts_none(
    store: Store,
    database: str,
    clock: SetClock,
    settings: Settings,
    log: io.StringIO,
    api: Talkative,
    expected_warnings: list[str],
) -> None:
    expected_warnings += ["a fault of ours", "not delivered", "could not be read", "heartbeat", "could not be answered"]
    expected_warnings += ["Slack refuses", "Failed to retrieve WSS URL", "delivery to", "poll failed"]
    web, shown, metrics = FakeWeb(clock), Failing(), PrometheusMetrics()
    app = assemble(
        settings, store, fetch=web, poster=shown, clock=clock, sources=lambda: [release_source()], metrics=metrics
    )
    for go_live in ("4 November 2021", "11 November 2021"):
        web.pages[URL] = release_page(ROWS, go_live=go_live)
        work(app, clock)
    object.__setattr__(app.poller, "read", unreadable)
    web.pages[URL] = release_page(ROWS, go_live="18 November 2021")
    for _ in range(4):
        work(app, clock)
    store.enqueue([card("one", "C0OTHER")], clock())
    app.deliverer.poster = SlackPoster(settings.bot_token, f"{api.url}api/")
    api.refuses["chat.postMessage"] = f"token_revoked {HEADERS}"
    work(app, clock)
    said: list[str] = []

    def asks(_bolt: object, desk: Desk) -> None:
        said.append(desk.answer("MP090", "U1", "C1").message.text)

    token, secret = settings.bot_token, settings.signing_secret
    bolt = slack.build(token, secret, fails, Renderer(LONDON), api.url, register=asks)
    keeper = SocketKeeper(bolt, settings.app_token)
    keeper()
    keeper.socket.stop()
    slack.close(bolt)
    seen = {
        "log": log.getvalue(),
        "figures": metrics.text(store, clock).decode(),
        "posted": json.dumps([[key, message.text, message.blocks] for _, message, key in shown.sent], default=dict),
        "said": " ".join(said),
        "reprs": " ".join(
            map(repr, (settings, app.settings, app.deliverer.poster, app.heartbeat, Mask(settings.secrets)))
        ),
        "database": b"".join(file.read_bytes() for file in Path(database.removeprefix("sqlite:///")).parent.iterdir()),
    }
    assert {name: found for name, what in seen.items() if (found := leaks(what))} == {}
    # It did go wrong, and that is said.
    assert all(words in seen["log"] for words in ("Traceback", "Bearer •••", "a fault of ours", "could not be read"))
    assert "RuntimeError: request failed" in str(seen["posted"])
    assert b"RuntimeError: request failed" in bytes(seen["database"])  # type: ignore[arg-type]


def work(app: App, clock: SetClock) -> None:
    """Make a pass of each job, an hour later."""
    clock.now += timedelta(hours=1)
    for name, (_, job) in app.timetable().jobs.items():
        guarded(name, job)


def fails(question: str, **_: object) -> Reply:
    raise RuntimeError(HEADERS)


def test_settings_and_what_is_made_of_them_show_none(settings: Settings) -> None:
    made = (settings, SlackPoster(settings.bot_token), Heartbeat(settings.heartbeat_url), Mask(settings.secrets))
    assert [leaks(f"{one!r} {one}") for one in made] == [""] * len(made)
    assert {leaks(Mask(settings.secrets)(secret)) for secret in (*SECRETS.values(), settings.database_url)} == {""}
