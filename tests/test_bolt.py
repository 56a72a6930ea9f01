"""Slack's requests, as Bolt gets them: signed, answered at once, in the words of a fake desk."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from slack_bolt import App, BoltRequest

import handlers
from bot.asking import Reply
from bot.ports import Message, StoreError
from bot.slack import app as slack
from bot.slack.desk import Desk
from bot.slack.pace import Pace
from bot.slack.signature import sign, verified
from bot.slack.socket import Socket
from handlers import listeners
from tests.pace import takes_at_most
from tests.slackish import LONGEST, SECRET, Slack, button, command, event, request, said

BLOCKS = ({"type": "section", "text": {"type": "mrkdwn", "text": "*MP090*"}},)


class Asked:
    """Answers everything, and remembers who asked what."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, str, str, bool]] = []
        self.ready = threading.Event()

    def __call__(self, question: str, *, user: str, channel: str, again: bool) -> Reply:
        self.questions.append((question, user, channel, again))
        if question == "break":
            raise KeyError("xoxb-secret")
        if question == "slowly":
            self.ready.wait(LONGEST)
        if question == "locked":
            raise StoreError("the database is locked")
        return Reply("anything", {"question": question}, shared=question.endswith("share"))


class Plain:
    """Renders a reply as its name."""

    def reply(self, reply: Reply) -> Message:
        return Message(f"{reply.template}: {reply.facts.get('question', '')}", BLOCKS)


@pytest.fixture
def web_api() -> Iterator[Slack]:
    api = Slack()
    yield api
    api.close()


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def app(web_api: Slack, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr(listeners, "PATIENCE", LONGEST)
    built = slack.build("xoxb-1", SECRET, asked, Plain(), f"{web_api.url}api/", register=handlers.register)
    yield built
    slack.close(built)


def test_a_command_is_answered_in_its_acknowledgement_for_the_one_who_asked(app: App, asked: Asked) -> None:
    response = app.dispatch(command("MP090"))
    assert response.status == 200
    assert said(response) == {"text": "anything: MP090", "blocks": list(BLOCKS), "response_type": "ephemeral"}
    assert asked.questions == [("MP090", "U1", "C1", False)]


def test_an_answer_that_is_shared_shows_to_the_channel(app: App, web_api: Slack) -> None:
    assert said(app.dispatch(command("MP090 share")))["response_type"] == "in_channel"
    app.dispatch(button("MP090 share", "ask:0", f"{web_api.url}respond"))
    pressed = web_api.called("respond")
    assert (pressed["response_type"], pressed["replace_original"]) == ("in_channel", False)
    assert pressed["blocks"][-1]["elements"][0]["text"] == "Shared by <@U1>"
    app.dispatch(event(text="<@U0BOT> MP090 share", thread_ts="1.1"))
    posted = web_api.called("chat.postMessage")
    assert (posted["channel"], posted["thread_ts"]) == ("C1", "1.1")


def test_a_command_is_answered_while_slack_itself_is_down(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-the-environment")
    app = slack.build("xoxb-1", SECRET, asked, Plain(), "http://127.0.0.1:9/api/", register=handlers.register)
    assert app.dispatch(command("MP090")).status == 200
    assert not caplog.records
    slack.close(app)


def test_answers_are_sent_with_the_token_that_was_given(app: App, web_api: Slack) -> None:
    app.dispatch(event(text="<@U0BOT> MP090"))
    web_api.called("chat.postEphemeral")
    assert web_api.tokens == ["Bearer xoxb-1"]


def test_a_failure_gives_the_user_a_reference_that_stands_in_the_log(
    app: App, caplog: pytest.LogCaptureFixture, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be answered")
    response = app.dispatch(command("break"))
    text = str(said(response)["text"])
    reference = text.removesuffix(".").rpartition(" ")[2]
    assert response.status == 200
    assert "KeyError" not in text
    assert reference in caplog.text


def test_a_locked_database_gives_a_sentence_not_an_error(
    app: App, caplog: pytest.LogCaptureFixture, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be answered")
    response = app.dispatch(command("locked"))
    assert response.status == 200
    assert "Try again" in str(said(response)["text"])
    assert "the database is locked" in caplog.text


def test_a_slow_answer_is_acknowledged_in_time_and_follows(
    app: App, asked: Asked, web_api: Slack, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str]
) -> None:
    expected_warnings.append("took longer")
    monkeypatch.setattr(listeners, "PATIENCE", 0.05)
    response = app.dispatch(command("slowly", response_url=f"{web_api.url}respond"))
    assert str(said(response)["text"]).startswith("This takes longer")
    assert not web_api.calls or web_api.calls[-1][0] != "respond"
    asked.ready.set()
    assert web_api.called("respond")["text"] == "anything: slowly"


def test_an_answer_that_slack_does_not_take_is_logged(
    app: App, web_api: Slack, expected_warnings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_warnings += ["could not be sent", "Connection refused"]
    app.dispatch(button("MP102A", "ask:0", "http://127.0.0.1:9/respond"))
    slack.close(app)
    assert "an answer could not be sent" in caplog.text


@pytest.mark.fault(24)
def test_the_same_signed_request_again_is_said_to_be_so(app: App, asked: Asked) -> None:
    one = command("subscribe MP090")
    app.dispatch(one)
    app.dispatch(BoltRequest(body=one.raw_body, headers=one.headers))
    assert [again for *_, again in asked.questions] == [False, True]


@pytest.mark.fault(24)
@pytest.mark.parametrize("at", ["abc", "", "-1", "1e9", "１７００００００００", "99999999999999", "0"])
def test_a_timestamp_that_is_none_or_stale_is_refused_with_401(app: App, asked: Asked, at: str) -> None:
    assert app.dispatch(request("command=%2Fsec&text=MP090&user_id=U1&channel_id=C1", at=at)).status == 401
    assert not asked.questions


@pytest.mark.fault(24)
@pytest.mark.parametrize("body", ["ssl_check=1&token=x", "command=%2Fsec&text=x", '{"type": "url_verification"}', ""])
def test_what_is_not_signed_is_refused_whatever_it_is(app: App, asked: Asked, body: str) -> None:
    assert app.dispatch(request(body, secret="another")).status == 401
    assert app.dispatch(request(body, secret="")).status == 401
    assert app.dispatch(BoltRequest(body=body)).status == 401
    assert not asked.questions


@pytest.mark.fault(24)
def test_an_empty_secret_verifies_nothing() -> None:
    now = time.time()
    assert not verified("", str(int(now)), "body", sign("", str(int(now)), "body"), now)
    assert verified(SECRET, str(int(now)), "body", sign(SECRET, str(int(now)), "body"), now + 299)
    assert not verified(SECRET, str(int(now)), "body", sign(SECRET, str(int(now)), "body"), now + 302)


def test_slack_may_check_the_address(app: App) -> None:
    response = app.dispatch(request('{"type": "url_verification", "challenge": "hello"}', form=False))
    assert response.status == 200
    assert said(response) == {"challenge": "hello"}


def test_a_button_asks_its_question_and_leaves_the_message_as_it_is(app: App, asked: Asked, web_api: Slack) -> None:
    response = app.dispatch(button("MP102A", "ask:0", f"{web_api.url}respond"))
    sent = web_api.called("respond")
    assert response.status == 200
    assert (sent["response_type"], sent["replace_original"]) == ("ephemeral", False)
    assert asked.questions == [("MP102A", "U1", "C1", False)]


def test_a_button_that_is_a_link_is_acknowledged(app: App, asked: Asked) -> None:
    assert app.dispatch(button("", "open-page", "http://127.0.0.1:1/respond")).status == 200
    assert not asked.questions


def test_a_mention_is_answered_to_the_one_who_wrote_it_in_its_thread(app: App, web_api: Slack) -> None:
    response = app.dispatch(event(text="<@U0BOT> MP090", thread_ts="1.1"))
    sent = web_api.called("chat.postEphemeral")
    assert response.status == 200
    assert (sent["channel"], sent["user"], sent["thread_ts"]) == ("C1", "U1", "1.1")


def test_a_direct_message_is_answered_in_its_thread(app: App, web_api: Slack) -> None:
    app.dispatch(event(type="message", channel="D1", channel_type="im", text="next", thread_ts="1.1"))
    assert web_api.called("chat.postMessage")["thread_ts"] == "1.1"


@pytest.mark.parametrize("written", [{}, {"subtype": "file_share"}, {"subtype": "thread_broadcast"}])
def test_a_direct_message_is_answered(app: App, asked: Asked, web_api: Slack, written: dict[str, str]) -> None:
    app.dispatch(event(type="message", channel="D1", channel_type="im", text="next", **written))
    assert web_api.called("chat.postMessage")["channel"] == "D1"
    assert asked.questions == [("next", "U1", "D1", False)]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "message", "channel_type": "channel", "text": "MP090"},
        {"type": "message", "channel_type": "im", "text": "hello", "bot_id": "B2"},
        {"type": "message", "channel_type": "im", "subtype": "message_changed"},
        {"type": "member_joined_channel"},
        {"type": "tokens_revoked"},
        {"type": "never_heard_of"},
    ],
)
def test_every_other_event_is_taken_quietly(
    app: App, asked: Asked, fields: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    assert app.dispatch(event(**fields)).status == 200
    assert not asked.questions
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


def test_an_event_that_comes_again_is_answered_once(app: App, asked: Asked, web_api: Slack) -> None:
    app.dispatch(event(text="<@U0BOT> MP090"))
    web_api.called("chat.postEphemeral")
    app.dispatch(event(text="<@U0BOT> MP090 ")).status  # noqa: B018
    app.dispatch(event("Ev2", text="<@U0BOT> next"))
    deadline = time.monotonic() + LONGEST
    while len(asked.questions) < 2 and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    assert [question for question, *_ in asked.questions] == ["<@U0BOT> MP090", "<@U0BOT> next"]


@pytest.mark.fault(23)
def test_who_asks_too_often_is_told_so_and_others_are_not(web_api: Slack, asked: Asked) -> None:
    clock = [0.0]
    desk = Desk(asked, Plain(), Pace(burst=3, per_second=1.0, clock=lambda: clock[0]))
    texts = [desk.answer("MP090", "U1", "C1").message.text for _ in range(5)]
    assert texts[2:] == ["anything: MP090", "slow_down: ", "slow_down: "]
    assert desk.answer("MP090", "U2", "C1").message.text == "anything: MP090"
    clock[0] = 1.0
    assert desk.answer("MP090", "U1", "C1").message.text == "anything: MP090"


@pytest.mark.fault(23)
def test_the_pace_of_many_users_takes_no_more_room_than_that_of_few() -> None:
    pace = Pace(most=100)
    assert all(pace.allows(f"U{number}") for number in range(1000))
    assert len(pace._buckets) == 100


def test_bolt_takes_little_of_a_command_and_asks_slack_nothing(app: App, web_api: Slack) -> None:
    app.dispatch(command("MP090"))
    before = len(web_api.calls)
    assert takes_at_most(20, lambda: app.dispatch(command("MP090", user_id="U2")))  # one or two as a rule
    assert len(web_api.calls) == before


@dataclass
class Connection:
    """A connection as websocket-client has it: a socket that is open, and when it heard from the other side last."""

    last_pong_tm: float
    sock: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(connected=True, sock=None))


@pytest.fixture
def connection(app: App) -> Iterator[Socket]:
    made = Socket(app, "xapp-1")
    yield made
    made._client.current_session = None
    made.stop()


def test_a_connection_that_answers_pings_is_left_alone(connection: Socket) -> None:
    assert not connection.connected()
    assert not connection.revive()
    connection._opened_at = time.time() - 100
    connection._client.current_session = Connection(time.time() - 1)
    assert connection.connected()
    assert not connection.revive()
