"""Figures: each is counted where it happens, described, and told apart from those of another secbot in this process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.asking import Reply
from bot.domain.claims import Reading
from bot.metrics import Metrics, Uncounted
from bot.observed import ObservedPoster
from bot.pipeline.deliver import Deliverer
from bot.ports import Message, Outgoing, PostFailed, Request, Source, Store, Trouble
from bot.prometheus import PrometheusMetrics, code_of
from bot.render import Renderer
from bot.slack.desk import SLOW_DOWN, Desk
from bot.vitals import Vitals
from tests.conftest import SetClock
from tests.listening import Listening
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.fetch import Web
from watchers.gist import gist

URL = f"{SITE}/november-2021-sec-release/"


@pytest.fixture
def metrics() -> PrometheusMetrics:
    return PrometheusMetrics()


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    return World(store, clock, FakeWeb(clock), FakeSlack())


def figures(metrics: PrometheusMetrics, world: World) -> dict[str, float]:
    """Return each sample by its name and labels, as a scraper reads them."""
    text = metrics.text(world.store, world.clock).decode()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {f"{s.name}{{{','.join(s.labels.values())}}}" if s.labels else s.name: s.value for s in samples}


def polled(world: World, metrics: PrometheusMetrics, page: str | Trouble) -> None:
    world.web.pages[URL] = page
    replace(world.poller, metrics=metrics)(world.store.watches())


def test_polls_readings_doubts_and_changes_are_counted_by_what_came(
    world: World, metrics: PrometheusMetrics, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.watch(release_source())
    for page in (release_page(ROWS), release_page(ROWS), release_page(ROWS, go_live="11 November 2021")):
        polled(world, metrics, page)
    polled(world, metrics, "")
    polled(world, metrics, Trouble("timeout", "slow", world.clock()))
    found = figures(metrics, world)
    assert [found[f"secbot_polls_total{{{name}}}"] for name in ("page", "unchanged", "trouble")] == [3, 1, 1]
    assert [found[f"secbot_readings_total{{{name}}}"] for name in ("accepted", "quarantined")] == [2, 1]
    assert found["secbot_poll_troubles_total{timeout}"] == 1
    assert found["secbot_changes_total{go_live_moved}"] == 1
    assert sum(value for name, value in found.items() if name.startswith("secbot_reading_doubts_total{")) >= 1


def test_posts_are_timed_and_refusals_counted_by_slack_s_code(
    world: World, clock: SetClock, metrics: PrometheusMetrics, expected_warnings: list[str]
) -> None:
    expected_warnings += ["waits", "not delivered"]
    payload = {"name": "undeliverable", "channel": "C9", "reason": "x", "since": clock().isoformat()}
    world.store.enqueue([Outgoing(f"n:{n}", "C0OPS", "notice", payload) for n in range(2)], clock())
    world.slack.fails = [PostFailed("ratelimited", retry_after=1), PostFailed("No answer from Slack in time")]
    poster = ObservedPoster(world.slack, metrics, Vitals())
    for _ in range(4):
        Deliverer(world.store, poster, Renderer(LONDON), clock, "C0OPS")()
        clock.now += timedelta(minutes=1)
    found = figures(metrics, world)
    assert found["secbot_slack_errors_total{ratelimited}"] == 1
    assert found["secbot_slack_errors_total{other}"] == 1
    assert found["secbot_post_seconds_count"] == 4
    assert (found["secbot_outbox{sent}"], found["secbot_outbox{queued}"]) == (2, 0)


def test_the_oldest_message_s_wait_is_told(world: World, clock: SetClock, metrics: PrometheusMetrics) -> None:
    world.store.enqueue([Outgoing("one", "C1", "notice", {})], clock())
    clock.now += timedelta(seconds=90)
    assert figures(metrics, world)["secbot_outbox_oldest_seconds"] == 90


def test_answers_are_timed_by_what_people_got(
    world: World, metrics: PrometheusMetrics, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be answered")
    replies = {"good": Reply("words"), "often": Reply(SLOW_DOWN)}

    class Words:
        def reply(self, reply: Reply) -> Message:
            return Message(reply.template)

    desk = Desk(lambda question, **_: replies[question], Words(), metrics=metrics)
    for question in ("good", "often", "breaks"):
        desk.answer(question, "U1", "C1")
    found = figures(metrics, world)
    assert [found[f"secbot_answer_seconds_count{{{name}}}"] for name in ("answered", "slow_down", "failed")] == [
        1,
        1,
        1,
    ]


def test_each_request_to_a_site_is_timed_whatever_came_of_it(
    world: World, clock: SetClock, metrics: PrometheusMetrics
) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(500 if self.path == "/broken" else 404)

    with Listening(Handler) as server:
        host = server.url.removeprefix("http://")
        web = Web([host], "secbot/1.0", clock, took=metrics.fetched)
        requests = [Request(name, f"http://{host}/{name}") for name in ("gone", "broken")]
        answers = [fetched for _, fetched in web(requests)]
    assert {one.kind for one in answers if isinstance(one, Trouble)} == {"missing", "http"}
    assert figures(metrics, world)["secbot_fetch_seconds_count"] == 2


def test_a_job_is_timed_whether_it_ends_well_or_not(world: World, metrics: PrometheusMetrics) -> None:
    def fails() -> None:
        raise ValueError("bad")

    vitals = Vitals(metrics=metrics)
    vitals.watched("poll", lambda: None)()
    with pytest.raises(ValueError, match="bad"):
        vitals.watched("poll", fails)()
    found = figures(metrics, world)
    assert found["secbot_pass_seconds_count{poll,good}"] == found["secbot_pass_seconds_count{poll,failed}"] == 1


def test_every_figure_says_what_it_is(world: World, metrics: PrometheusMetrics) -> None:
    lines = metrics.text(world.store, world.clock).decode().splitlines()
    told = [line.split(" ", 3) for line in lines if line.startswith("# HELP secbot_")]
    assert len(told) >= 14
    assert [name for _, _, name, words in told if not re.fullmatch(r"[A-Z].{15,}\.", words)] == []
    assert any(re.fullmatch(r'secbot_build_info{python="[\d.]+\w*",version="[\w.]+"} 1.0', line) for line in lines)


def test_two_secbots_in_one_process_count_apart(world: World, metrics: PrometheusMetrics) -> None:
    metrics.polled("page")
    assert figures(PrometheusMetrics(), world)["secbot_polls_total{page}"] == 0
    assert figures(metrics, world)["secbot_polls_total{page}"] == 1


def test_a_figure_stands_at_nothing_before_the_first_of_its_kind(world: World, metrics: PrometheusMetrics) -> None:
    found = figures(metrics, world)
    assert found["secbot_changes_total{scope_removed}"] == found["secbot_poll_troubles_total{busy}"] == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("channel_not_found", "channel_not_found"),
        ("missing_scope (chat:write)", "missing_scope"),
        ("http_502", "http_502"),
        ("No answer from Slack in time", "other"),
        ("SlackClientError: xoxb-1", "other"),
        ("a" * 60, "other"),
        ("", "other"),
    ],
)
def test_a_label_is_slack_s_code_and_never_words_of_an_error(error: str, code: str) -> None:
    assert code_of(error) == code


def test_what_counts_nothing_has_all_that_is_counted() -> None:
    names = {name for name in vars(Metrics) if not name.startswith("_")}
    assert names == {name for name in vars(Uncounted) if not name.startswith("_")}
    assert names <= set(dir(PrometheusMetrics))


def test_an_answer_that_says_the_same_in_other_bytes_is_counted_as_unchanged(
    world: World, clock: SetClock, metrics: PrometheusMetrics
) -> None:
    world.watch(release_source())
    poller = replace(world.poller, metrics=metrics, gist=gist)
    for number in range(5):
        world.web.pages[URL] = release_page(ROWS, nonce=str(number))
        clock.now += timedelta(hours=1)
        poller(world.store.watches())
    found = figures(metrics, world)
    assert [found[f"secbot_polls_total{{{name}}}"] for name in ("page", "unchanged", "trouble")] == [1, 4, 0]
    assert found["secbot_readings_total{accepted}"] == 1


def test_an_answer_over_which_secbot_stumbles_is_counted_once_and_as_no_reading(
    world: World, metrics: PrometheusMetrics, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be read")
    world.watch(release_source())

    def stumbles(_reading: Reading, _url: str) -> Sequence[Source]:
        raise RuntimeError("a fault of ours")

    world.web.pages[URL] = release_page(ROWS)
    replace(world.poller, metrics=metrics, discover=stumbles)(world.store.watches())
    found = figures(metrics, world)
    assert [found[f"secbot_polls_total{{{name}}}"] for name in ("page", "unchanged", "trouble")] == [0, 0, 1]
    assert (found["secbot_poll_troubles_total{fault}"], found["secbot_readings_total{accepted}"]) == (1, 0)


def test_what_may_have_been_sent_and_nobody_can_look_for_is_counted(
    world: World, clock: SetClock, metrics: PrometheusMetrics
) -> None:
    payload = {"name": "undeliverable", "channel": "C9", "reason": "x", "since": clock().isoformat()}
    world.store.enqueue([Outgoing("n:1", "C0OPS", "notice", payload)], clock())
    [leased] = world.store.lease(clock(), 1, 60)
    world.store.failed(leased, "nobody knows", clock(), unknown=True)
    assert world.store.outbox().ambiguous == 1
    assert figures(metrics, world)["secbot_outbox{ambiguous}"] == 1


def test_of_what_was_sent_the_last_day_is_counted_so_that_a_scrape_never_looks_at_all(
    world: World, clock: SetClock, metrics: PrometheusMetrics
) -> None:
    payload = {"name": "undeliverable", "channel": "C9", "reason": "x", "since": clock().isoformat()}
    for number in range(3):
        world.store.enqueue([Outgoing(f"n:{number}", "C0OPS", "notice", payload)], clock())
        world.deliverer()
        clock.now += timedelta(hours=13)
    assert figures(metrics, world)["secbot_outbox{sent}"] == 1
    assert "the last 24 hours" in metrics.text(world.store, clock).decode()
