"""Posting: what travels, what each of Slack's answers means, and that nothing is ever sent twice from here."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from bot.ports import Gone, Heard, Message, Posted, PostFailed
from bot.slack.poster import PAGES, SlackPoster
from tests.listening import Listening

MESSAGE = Message("Head", ({"type": "header", "text": {"type": "plain_text", "text": "Head", "emoji": False}},))
SINCE = datetime(2021, 11, 5, 9, 0, tzinfo=UTC)
TOKEN = "xoxb-secret-token"  # a made-up one


@dataclass(frozen=True)
class Answer:
    """What the server answers: a status, headers and a body; a length of -1 hangs up without one."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False


@dataclass
class FakeSlack:
    """A Web API that keeps what is asked and answers as it was told; the last answer repeats."""

    url: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def will(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def handler(slack: FakeSlack) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            slack.asked.append((self.path, json.loads(body)))
            answer = slack.next()
            if answer.hangs_up:
                self.close_connection = True
                return
            raw = answer.body.encode() if isinstance(answer.body, str) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    return Handler


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    fake = FakeSlack()
    with Listening(handler(fake)) as server:
        fake.url = f"{server.url}/api"
        yield fake


@pytest.fixture
def poster(slack: FakeSlack) -> SlackPoster:
    return SlackPoster(TOKEN, slack.url, timeout=5)


def failure(act: Callable[[], object]) -> PostFailed:
    with pytest.raises(PostFailed) as caught:
        act()
    return caught.value


def post(poster: SlackPoster) -> str:
    return poster.post("C1", MESSAGE, "alert:1").ts


def find(poster: SlackPoster) -> str | None:
    found = poster.find("C1", "alert:1", SINCE)
    return found.ts if found else None


def sent(ts: str, key: str, event_type: str = "secbot") -> dict[str, Any]:
    return {"ts": ts, "metadata": {"event_type": event_type, "event_payload": {"key": key}}}


def test_a_message_travels_with_its_key_its_blocks_and_no_unfurling(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "ts": "1.2"}))
    assert post(poster) == "1.2"
    path, asked = slack.asked[0]
    assert path == "/api/chat.postMessage"
    assert asked["metadata"] == {"event_type": "secbot", "event_payload": {"key": "alert:1"}}
    assert asked["blocks"] == [dict(block) for block in MESSAGE.blocks]
    assert (asked["unfurl_links"], asked["unfurl_media"]) == (False, False)


@pytest.mark.parametrize(
    "error",
    ["channel_not_found", "not_in_channel", "is_archived", "msg_too_long", "msg_blocks_too_long", "invalid_blocks"],
)
def test_what_a_channel_refuses_is_refused_for_good_and_there_alone(
    error: str, slack: FakeSlack, poster: SlackPoster
) -> None:
    slack.will(Answer({"ok": False, "error": error}))
    failed = failure(lambda: post(poster))
    assert (failed.error, failed.permanent, failed.everywhere, failed.unknown) == (error, True, False, False)


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive", "not_authed", "token_expired"])
def test_a_dead_token_stops_delivery_everywhere(error: str, slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": False, "error": error}))
    failed = failure(lambda: post(poster))
    assert (failed.error, failed.permanent, failed.everywhere) == (error, True, True)
    assert TOKEN not in repr(poster) + repr(failed) + str(failed)


def test_a_missing_scope_is_named(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "commands"}))
    failed = failure(lambda: post(poster))
    assert failed.error == "missing_scope (chat:write)"
    assert failed.everywhere


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({}, 30.0),
        ({"retry-after": "x"}, 30.0),
        ({"Retry-After": "31536000"}, 3600.0),
        ({"Retry-After": "inf"}, 30.0),
        ({"Retry-After": "1e400"}, 30.0),
        ({"Retry-After": "nan"}, 30.0),
    ],
)
def test_a_rate_limit_says_how_long_to_wait(
    header: dict[str, str], seconds: float, slack: FakeSlack, poster: SlackPoster
) -> None:
    slack.will(Answer({"ok": False, "error": "ratelimited"}, 429, header))
    failed = failure(lambda: post(poster))
    assert (failed.retry_after, failed.permanent, failed.unknown) == (seconds, False, False)


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"ok": False, "error": "internal_error"}),
        Answer({"ok": False, "error": "fatal_error"}),
        Answer({"ok": False, "error": "service_unavailable"}, 503),
        Answer("upstream is down", 502),
        Answer("<html>", 500, {"Content-Type": "text/html"}),
        Answer("<html>Log in to the hotel", 200),
        Answer("null"),
        Answer('["ok"]'),
        Answer({"ok": True}),
        Answer(hangs_up=True),
        Answer("\x80".encode("latin-1").decode("latin-1"), 200, {"Content-Type": "application/json; charset=no-such"}),
    ],
    ids=lambda answer: f"{answer.status} {str(answer.body)[:20]}",
)
def test_where_nobody_knows_the_outcome_it_is_unknown_and_sent_only_once(
    answer: Answer, slack: FakeSlack, poster: SlackPoster
) -> None:
    slack.will(answer)
    failed = failure(lambda: post(poster))
    assert failed.unknown
    assert not failed.permanent
    assert len(slack.asked) == 1


def test_no_answer_in_time_is_unknown(slack: FakeSlack) -> None:
    release = threading.Event()

    class Slow(FakeSlack):
        def next(self) -> Answer:
            release.wait(120)
            return Answer({"ok": True, "ts": "1.2"})

    with Listening(handler(Slow())) as server:
        try:
            failed = failure(lambda: post(SlackPoster(TOKEN, f"{server.url}/api/", timeout=0.2)))
        finally:
            release.set()
    assert failed.unknown
    assert failed.error == "no answer from Slack in time"


def test_what_never_got_through_was_surely_not_sent(slack: FakeSlack) -> None:
    with Listening(handler(slack)) as closed:
        pass
    failed = failure(lambda: post(SlackPoster(TOKEN, f"{closed.url}/api/")))
    assert (failed.unknown, failed.permanent, failed.everywhere) == (False, False, True)


def test_an_answer_of_a_proxy_that_refuses_is_for_now(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer("<html>Forbidden", 403))
    failed = failure(lambda: post(poster))
    assert (failed.error, failed.permanent, failed.unknown, failed.everywhere) == ("http_403", False, False, True)


def test_a_message_is_found_by_its_key_over_pages(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(
        Answer(
            {"ok": True, "messages": [sent("9.0", "other"), {"ts": "8.0"}], "response_metadata": {"next_cursor": "n"}}
        ),
        Answer({"ok": True, "messages": [sent("7.0", "alert:1", "another_app"), sent("6.0", "alert:1")]}),
    )
    assert find(poster) == "6.0"
    first, second = (asked for _, asked in slack.asked)
    assert (first["include_all_metadata"], first["oldest"]) == (True, f"{SINCE.timestamp():.6f}")
    assert second["cursor"] == "n"


def test_a_reply_names_what_it_is_below_and_whether_the_channel_sees_it(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "ts": "1.2", "channel": "D1"}))
    assert poster.post("U1", MESSAGE, "alert:1", below="1.1", broadcast=True) == Posted("1.2", "D1")
    post(poster)
    replied, posted = (asked for _, asked in slack.asked)
    assert (replied["thread_ts"], replied["reply_broadcast"]) == ("1.1", True)
    assert "thread_ts" not in posted


def test_a_reply_is_looked_for_below_what_it_answers(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "messages": [{"ts": "1.1"}, sent("1.2", "alert:1")]}))
    assert poster.find("C1", "alert:1", SINCE, below="1.1") == Posted("1.2", "C1")
    assert slack.asked[0][0] == "/api/conversations.replies"
    assert slack.asked[0][1]["ts"] == "1.1"


def test_an_edit_puts_text_and_blocks_in_the_place_of_what_was_said(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True}))
    poster.edit("D1", "1.1", MESSAGE)
    [(path, asked)] = slack.asked
    assert (path, asked["channel"], asked["ts"], asked["text"]) == ("/api/chat.update", "D1", "1.1", "Head")
    assert len(asked["blocks"]) == 1


@pytest.mark.parametrize("error", ["message_not_found", "thread_not_found", "cannot_reply_to_message"])
def test_what_is_no_more_or_takes_no_replies_is_gone(error: str, slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": False, "error": error}))
    assert isinstance(failure(lambda: poster.edit("C1", "1.1", MESSAGE)), Gone)


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
def test_what_may_not_be_edited_is_not_gone(error: str, slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": False, "error": error}))
    failed = failure(lambda: poster.edit("C1", "1.1", MESSAGE))
    assert (failed.permanent, isinstance(failed, Gone)) == (True, False)


def test_a_message_that_is_not_there_is_not_found(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "messages": [{"ts": "1.0", "metadata": None}]}))
    assert find(poster) is None


def test_without_the_history_scope_nobody_can_tell_and_posting_goes_on(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": False, "error": "missing_scope", "needed": "channels:history"}))
    failed = failure(lambda: find(poster))
    assert (failed.permanent, failed.everywhere) == (True, False)
    assert failed.error == "may have been sent, and can't look: missing_scope (channels:history)"


def test_a_dead_token_is_a_dead_token_also_when_looking(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": False, "error": "token_revoked"}))
    assert failure(lambda: find(poster)).everywhere


def test_a_channel_is_not_looked_through_for_ever(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "messages": [], "response_metadata": {"next_cursor": "again"}}))
    failed = failure(lambda: find(poster))
    assert failed.permanent
    assert len(slack.asked) == PAGES


# --- what was said in a time -----------------------------------------------------------------------------------------


def test_what_a_message_tells_travels_as_marks_and_is_heard_again(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "ts": "1.2"}))
    poster.post("C1", replace(MESSAGE, marks=("0123456789abcdef",)), "alert:1")
    metadata = slack.asked[0][1]["metadata"]
    others = [{"ts": "9.0"}, sent("8.0", "alert:1", "another's"), {"ts": "7.0", "metadata": None}]
    newest_first = [*others, sent("2.0", "card:1"), {"ts": "1.2", "reply_count": 2, "metadata": metadata}]
    slack.will(Answer({"ok": True, "messages": newest_first}))
    assert list(poster.heard("C1", SINCE, SINCE + timedelta(hours=1))) == [
        Heard(Posted("1.2", "C1"), "alert:1", ("0123456789abcdef",), replied=True),
        Heard(Posted("2.0", "C1"), "card:1"),
    ]
    path, asked = slack.asked[-1]
    assert path == "/api/conversations.history"
    assert float(asked["latest"]) - float(asked["oldest"]) == 3600


def test_replies_are_heard_without_the_message_that_they_are_below(slack: FakeSlack, poster: SlackPoster) -> None:
    slack.will(Answer({"ok": True, "messages": [sent("1.0", "card:1"), sent("2.0", "alert:1")]}))
    heard = poster.heard("C1", SINCE, SINCE, below="1.0")
    assert [one.key for one in heard] == ["alert:1"]
    assert slack.asked[-1][0] == "/api/conversations.replies"
