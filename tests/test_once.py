"""Several processes listen to Slack, and each request is handled by one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_bolt import App, BoltRequest

import handlers
from bot.asking import Reply
from bot.ports import Message, Store, StoreError
from bot.slack import app as slack
from tests.slackish import SECRET, Slack, command, event, said

NOW = datetime(2021, 11, 5, 12, 0, tzinfo=UTC)


class Plain:
    """Renders a reply as its name."""

    def reply(self, reply: Reply) -> Message:
        return Message(reply.template)


@pytest.fixture
def web_api() -> Iterator[Slack]:
    api = Slack()
    yield api
    api.close()


class Listening:
    """A process that listens: its own Bolt app, the store of all."""

    def __init__(self, api: Slack, first: object) -> None:
        self.answered: list[tuple[str, bool]] = []
        self.app: App = slack.build(
            "xoxb-1",
            SECRET,
            self.answer,
            Plain(),
            api.url,
            register=handlers.register,
            first=first,  # type: ignore[arg-type]
        )

    def answer(self, question: str, *, user: str, channel: str, again: bool) -> Reply:
        self.answered.append((question, again))
        return Reply("anything")

    def hears(self, text: str, trigger: str = "1.2.3") -> str:
        body = {"command": "/sec", "text": text, "user_id": "U1", "channel_id": "C1", "trigger_id": trigger}
        response = self.app.dispatch(BoltRequest(mode="socket_mode", body=body))
        assert response.status == 200
        return str(response.body)


@pytest.fixture
def two(web_api: Slack, store: Store) -> Iterator[tuple[Listening, Listening]]:
    listening = [Listening(web_api, lambda key: store.first(key, NOW)) for _ in range(2)]
    yield listening[0], listening[1]
    for one in listening:
        slack.close(one.app)


def test_a_command_that_every_socket_is_sent_is_answered_by_one(two: tuple[Listening, Listening]) -> None:
    one, other = two
    assert json.loads(one.hears("MP090"))["text"] == "anything"
    assert other.hears("MP090") == ""
    assert other.hears("MP090", trigger="4.5.6") != ""
    assert (len(one.answered), len(other.answered)) == (1, 1)


def test_an_event_that_comes_to_two_processes_is_answered_by_one(
    two: tuple[Listening, Listening], web_api: Slack
) -> None:
    for one in two:
        one.app.dispatch(event(text="<@U0BOT> MP090"))
    for one in two:
        slack.close(one.app)
    assert sum(len(one.answered) for one in two) == 1
    assert [name for name, _ in web_api.calls].count("chat.postEphemeral") == 1


def test_a_signed_request_that_is_replayed_at_another_process_is_known_there(
    two: tuple[Listening, Listening],
) -> None:
    sent = command("subscribe MP090")
    for one in two:
        one.app.dispatch(BoltRequest(body=sent.raw_body, headers=sent.headers))
    assert [one.answered for one in two] == [[("subscribe MP090", False)], [("subscribe MP090", True)]]


def test_where_the_database_cannot_say_who_took_it_a_request_is_answered_all_the_same(
    web_api: Slack, expected_warnings: list[str]
) -> None:
    expected_warnings.append("can't tell whether another process has taken a request")

    def locked(_key: str) -> bool:
        raise StoreError("the database is locked")

    listening = Listening(web_api, locked)
    assert json.loads(listening.hears("MP090"))["text"] == "anything"
    slack.close(listening.app)


def test_what_has_no_trigger_is_never_held_back(two: tuple[Listening, Listening]) -> None:
    asked = command("MP090")
    assert said(two[0].app.dispatch(asked))["text"] == "anything"
