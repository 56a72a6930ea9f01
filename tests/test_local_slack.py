"""The bot in a Slack that runs on this machine, over Socket Mode and over signed HTTP.

Runs where $LOCAL_SLACK names the binary of npm's local-slack (local-slack-linux-x64/bin/local-slack). It listens on all
interfaces, so run it where nothing can reach it: `unshare -rn bash -c 'ip link set lo up; exec "$@"' _ pytest …`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.ports import Outgoing, Store
from bot.render import Renderer
from bot.slack import app as slack
from bot.slack import web
from bot.slack.poster import SlackPoster
from bot.slack.signature import sign
from bot.slack.socket import Socket
from tests.knowing import LONDON, NEWS_READ, fill, implemented
from tests.local_slack import HTTP_TOKEN, NEEDED, SECRET, TOKEN, LocalSlack, bolt, running, until

pytestmark = NEEDED


@pytest.fixture
def local_slack(tmp_path: Path) -> Iterator[LocalSlack]:
    with running(tmp_path) as emulator:
        yield emulator


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


@pytest.fixture
def over_socket(local_slack: LocalSlack, known: Store) -> Iterator[Socket]:
    app = bolt(known, TOKEN, local_slack.api)
    connection = Socket(app, "xapp-socket")
    connection.start()
    until(connection.connected, lambda: "the socket does not connect")
    yield connection
    connection.stop()
    slack.close(app)


@pytest.fixture
def over_http(local_slack: LocalSlack, known: Store) -> Iterator[str]:
    app = bolt(known, HTTP_TOKEN, local_slack.api)
    server = web.Web(web.build(known, lambda: NEWS_READ, app, SECRET), local_slack.bot_port, "127.0.0.1")
    port = server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()
    slack.close(app)


def life_of_mp090(message: dict[str, object]) -> None:
    blocks = json.dumps(message["blocks"], ensure_ascii=False)
    assert message["text"].endswith("Implemented")
    assert "Candidate for 2021; GBCS; DUIS to be confirmed" in blocks
    assert "SEC v50.0 on 4 November 2021" in blocks


@pytest.mark.usefixtures("over_socket")
def test_a_command_is_answered_over_socket_mode_to_the_one_who_asked(local_slack: LocalSlack) -> None:
    local_slack.command("MP090", "A1", "C2")
    message = local_slack.seen("C2", "MP090")
    life_of_mp090(message)
    assert (message["subtype"], message["ephemeral_to"]) == ("ephemeral", "U1")


@pytest.mark.usefixtures("over_socket")
def test_a_button_below_an_answer_is_answered_and_the_answer_stays(local_slack: LocalSlack) -> None:
    local_slack.command("MP102", "A1", "C2")
    message = local_slack.seen("C2", "MP102 was split")
    (row,) = [block for block in message["blocks"] if block["type"] == "actions"]
    action = {**row["elements"][0], "block_id": row.get("block_id", "b")}
    local_slack.act("interact", channel="C2", messageTs=message["ts"], user="U1", action=action)
    assert local_slack.seen("C2", "MP102A ‘Power")["subtype"] == "ephemeral"
    assert local_slack.seen("C2", "MP102 was split")["ts"] == message["ts"]


@pytest.mark.usefixtures("over_socket")
def test_a_mention_is_answered(local_slack: LocalSlack) -> None:
    local_slack.act("message", channel="C2", user="U1", text="<@UB1> what about mp-090?")
    life_of_mp090(local_slack.seen("C2", "MP090"))


@pytest.mark.usefixtures("over_socket")
def test_home_is_shown_and_a_command_without_words_opens_its_form(local_slack: LocalSlack) -> None:
    def stated() -> str:
        return local_slack.web.get(f"{local_slack.url}/_control/log").text

    local_slack.act("open-home", user="U1", appId="A1")
    until(lambda: "What you follow" in stated(), lambda: f"no Home in {stated()[:2000]}")
    local_slack.command("subscribe", "A1", "C2")
    until(lambda: "Who is told" in stated(), lambda: f"no form in {stated()[:2000]}")


@pytest.mark.usefixtures("over_http")
def test_a_command_is_answered_over_signed_http(local_slack: LocalSlack) -> None:
    local_slack.command("MP090", "A2", "C1")
    life_of_mp090(local_slack.seen("C1", "MP090"))


def test_a_request_with_a_wrong_signature_is_refused(over_http: str, local_slack: LocalSlack) -> None:
    at, body = str(int(time.time())), "command=%2Fsec&text=subscribe+everything&user_id=U1&channel_id=C1&team_id=T1"
    headers = {"x-slack-request-timestamp": at, "x-slack-signature": sign("another-secret", at, body)}
    headers["content-type"] = "application/x-www-form-urlencoded"
    assert httpx.post(f"{over_http}/slack/events", content=body, headers=headers).status_code == 401
    headers["x-slack-signature"] = sign(SECRET, at, body)
    assert httpx.post(f"{over_http}/slack/events", content=body, headers=headers).status_code == 200
    assert not [one for one in local_slack.messages("C1") if "follows" in one["text"]]


def test_a_workspace_with_another_secret_gets_no_answer(local_slack: LocalSlack, known: Store) -> None:
    app = bolt(known, HTTP_TOKEN, local_slack.api, "another-secret")
    application = web.build(known, lambda: NEWS_READ, app, "another-secret")
    server = web.Web(application, local_slack.bot_port, "127.0.0.1")
    server.start()
    local_slack.command("MP090", "A2", "C1")
    server.stop()
    slack.close(app)
    assert not [one for one in local_slack.messages("C1") if one["text"].startswith("MP090")]


def test_an_alert_and_a_digest_are_posted(local_slack: LocalSlack) -> None:
    poster, renderer, told = SlackPoster(TOKEN, base_url=local_slack.api), Renderer(LONDON), [implemented()]
    alert = Outgoing("alert:one", "C2", "alert", {"changes": ["one"]}, "this channel follows MP090")
    groups = [{"release": "2021-11", "name": "", "changes": ["one"]}]
    payload = {"date": "2021-11-06", "groups": groups, "changes": ["one"], "pages_read": 3}
    digest = Outgoing("digest:C2:2021-11-06", "C2", "digest", payload, "this channel follows everything")
    for outgoing in (alert, digest):
        assert poster.post("C2", renderer.outgoing(outgoing, told, NEWS_READ), outgoing.key)
    assert "Approved → Implemented" in local_slack.seen("C2", "MP090 ‘")["text"]
    assert "1 change" in local_slack.seen("C2", "SEC digest, Saturday 6 November 2021")["text"]


def test_the_socket_says_when_its_connection_is_gone(over_socket: Socket, expected_warnings: list[str]) -> None:
    expected_warnings.append("")
    assert over_socket.connected()
    assert not over_socket.revive()
    over_socket.stop()
    assert not over_socket.connected()
