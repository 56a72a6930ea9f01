"""The log: one id from fetch to Slack, lines for people or machines, and no secret in any."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import trace
from bot.logs import Json, Text
from bot.masking import Mask, masked
from bot.metrics import UNCOUNTED
from bot.observed import ObservedPoster
from bot.pipeline.deliver import Deliverer
from bot.ports import Page, Request, Store
from bot.render import Renderer
from bot.schedule import guarded
from bot.vitals import Vitals
from tests.conftest import SetClock
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.fetch import Web

URL = f"{SITE}/november-2021-sec-release/"
TOKEN = "xoxb-1234-very-secret"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged while a test runs, as JSON."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(Json(Mask(["hunter2!"])))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def rows(lines: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


class Told(FakeWeb):
    """A web that logs what it was asked, as the real one does when something is odd."""

    def __call__(self, requests):  # type: ignore[no-untyped-def]
        for request in requests:
            with trace.about(trace=request.trace, source=request.source):
                logging.getLogger("watchers.fetch").info("asked for %s", request.url)
                answer = self.answer(request.url)
            yield request, answer


def test_one_fact_has_one_id_from_fetch_to_slack_in_every_line(
    store: Store, clock: SetClock, lines: io.StringIO
) -> None:
    world = World(store, clock, Told(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    guarded("poll", world.poll)
    world.deliverer()
    lines.truncate(0)
    lines.seek(0)
    clock.now += timedelta(hours=1)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    guarded("poll", world.poll)
    # Another process, a day later, knows nothing but what is in the database.
    clock.now += timedelta(days=1)
    sender = Deliverer(
        store, ObservedPoster(world.slack, UNCOUNTED, Vitals()), Renderer(LONDON), clock, "C0OPS", "C0ALERTS"
    )
    guarded("deliver", sender)
    told = rows(lines)
    [change] = store.changes()
    steps = {(row["logger"], row["message"].split()[0]): row for row in told if "asked" not in row["message"]}
    kept, sent = steps["bot.pipeline.poll", "kept"], steps["bot.observed", "sent"]
    [asked] = [row for row in told if row["message"].startswith("asked for")]
    assert asked["trace"] == kept["trace"] == sent["trace"] != ""
    assert (kept["source"], sent["key"]) == ("november-2021", f"alert:C0ALERTS:{change.id}")
    assert change.id in kept["message"]
    edits = [row for row in told if row["message"].startswith("edited")]
    assert {row["trace"] for row in edits} == {kept["trace"]}


def test_two_pages_of_one_pass_have_two_ids(store: Store, clock: SetClock, lines: io.StringIO) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    for name in ("november-2021", "june-2022"):
        world.watch(release_source(name=name))
        world.web.pages[f"{SITE}/{name}-sec-release/"] = release_page(ROWS, name=name.replace("-", " ").title())
    guarded("poll", world.poll)
    kept = [row for row in rows(lines) if row["message"].startswith("kept as capture")]
    assert len({row["trace"] for row in kept}) == len(kept) == 2
    assert {row["job"] for row in kept} == {"poll"}


def test_what_fetching_logs_in_its_own_thread_has_the_id_of_its_request(
    clock: SetClock, lines: io.StringIO, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_warnings.append("unforeseen")
    web = Web(["sec.example"], "secbot/1.0", clock)
    monkeypatch.setattr(web, "robots", None)
    [(_, answer)] = list(web([Request("november-2021", URL, trace="3f9c01ab")]))
    assert not isinstance(answer, Page)
    [row] = rows(lines)
    assert (row["trace"], row["source"]) == ("3f9c01ab", "november-2021")


def record(message: str, *args: object, error: Exception | None = None) -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot.x", logging.WARNING, "f.py", 1, message, args, exc_info)


def test_a_line_for_machines_is_one_object_whatever_is_in_it() -> None:
    with trace.about(trace="3f9c01ab", source='a "b"\n'):
        line = Json().format(record("two\nlines of %s", "é", error=ValueError("x")))
    row = json.loads(line)
    assert "\n" not in line
    assert (row["level"], row["logger"], row["message"]) == ("WARNING", "bot.x", "two\nlines of é")
    assert (row["trace"], row["source"], row["ts"][-6:]) == ("3f9c01ab", 'a "b"\n', "+00:00")
    assert row["error"] == "ValueError: x"


def test_a_line_for_people_ends_with_what_it_is_about() -> None:
    with trace.about(trace="3f9c01ab", source="news"):
        line = Text("%(message)s").format(record("kept"))
    assert line == "kept [trace=3f9c01ab source=news]"
    assert Text("%(message)s").format(record("kept")) == "kept"


def test_what_is_worked_on_is_forgotten_at_the_end_even_after_an_error() -> None:
    with pytest.raises(KeyError), trace.about(trace="1"), trace.about(source="x"):
        raise KeyError
    assert trace.fields() == {}


def test_a_message_keeps_the_id_it_has_and_one_without_gets_one() -> None:
    with trace.about(trace="new"):
        assert trace.stamped({"a": 1}) == {"a": 1, "trace": "new"}
        assert trace.stamped({"trace": "old"}) == {"trace": "old"}
    assert trace.stamped({"a": 1}) == {"a": 1}
    with trace.resumed({}):
        assert len(trace.current()) == 8


@pytest.mark.parametrize("formatter", [Text(mask=Mask(["hunter2!"])), Json(Mask(["hunter2!"]))])
def test_no_secret_is_logged_neither_in_words_nor_in_a_traceback(formatter: logging.Formatter) -> None:
    error = ValueError(f"refused: Authorization: Bearer {TOKEN}")
    line = formatter.format(record("connecting to %s with hunter2!", "postgres://bot:pw@h/d", error=error))
    assert not [secret for secret in ("very-secret", "hunter2", "bot:pw") if secret in line]
    assert "ValueError" in line


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("xoxb-1-2-abc!", "xoxb-•••!"),
        ("token=xapp-1-A-2-b&x", "token=xapp-•••&x"),
        ("{'Authorization': 'Bearer abc.def'}", "{'Authorization': 'Bearer •••'}"),
        ("'authorization': 'Basic YW5uOnB3'", "'authorization': 'Basic •••'"),
        ("copy it from Basic Information, App-Level Tokens", "copy it from Basic Information, App-Level Tokens"),
        ("proxy http://me:p@ss@proxy:3128 refused", "proxy http://me:•••@proxy:3128 refused"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:•••@h/d"),
        ("wss://wss.example/link/?ticket=abc-def&app_id=1", "wss://wss.example/link/?ticket=•••&app_id=1"),
        ("to https://hooks.slack.com/commands/T1/2/abc", "to https://hooks.slack.com/•••"),
        ("mail bot@example.org about https://example.org/a@b", "mail bot@example.org about https://example.org/a@b"),
    ],
)
def test_what_looks_like_a_secret_is_masked_and_nothing_else(text: str, left: str) -> None:
    assert masked(text) == left


def test_a_secret_too_short_to_be_one_blots_out_nothing() -> None:
    assert Mask(["", "a", "ab"])("a bad day") == "a bad day"
    assert repr(Mask(["hunter2!"])) == "Mask(1 secrets)"
