"""What `secbot doctor` finds, and what it says is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.channel import Channel
from bot.ports import Store
from bot.slack.checkup import SCOPES
from tests.running import Ran, secbot
from tests.slackish import Slack, installed

SOURCE = '[[source]]\nname = "mine"\nkind = "release-page"\nurl = "http://127.0.0.1:9/x/"\n'
NOW = datetime(2021, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def web_api() -> Iterator[Slack]:
    with closing(installed()) as api:
        yield api


def examined(tmp_path: Path, api: Slack | None = None, **more: str) -> Ran:
    """Run the doctor in a workspace."""
    (tmp_path / "s.toml").write_text(SOURCE, encoding="utf-8")
    given = {"SECBOT_SOURCES": "s.toml", "SECBOT_CONTACT": "me@example.org", **more}
    if api:
        given |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": f"{api.url}api/"}
    return secbot("doctor", cwd=tmp_path, **{"SECBOT_CHANNEL": "C0123456789", **given})


def test_all_is_well_where_the_token_may_do_what_the_manifest_asks(tmp_path: Path, web_api: Slack) -> None:
    run = examined(tmp_path, web_api)
    assert run.returncode == 0, run.stdout
    assert "ok    scopes: all 9 of the manifest" in run.stdout
    assert "ok    SECBOT_CHANNEL and SECBOT_OPS_CHANNEL: #sec has secbot in it" in run.stdout
    assert "ok    Socket Mode: the app-level token is accepted" in run.stdout


@pytest.mark.parametrize("scope", SCOPES)
def test_a_missing_scope_is_named_with_what_does_not_work_without_it(
    tmp_path: Path, web_api: Slack, scope: str
) -> None:
    web_api.scopes = ", ".join(one for one in SCOPES if one != scope)
    run = examined(tmp_path, web_api)
    assert run.returncode == 1
    assert f"WRONG scope {scope}: missing, so {SCOPES[scope]}: paste manifest.yaml again" in run.stdout
    assert run.stdout.count("WRONG") == 1


def test_a_scope_too_many_is_hinted_at_and_breaks_nothing(tmp_path: Path, web_api: Slack) -> None:
    web_api.scopes += ",users:read"
    run = examined(tmp_path, web_api)
    assert run.returncode == 0
    assert "hint  scopes: more than secbot needs: users:read" in run.stdout


def test_where_slack_does_not_say_the_scopes_nothing_is_called_missing(tmp_path: Path, web_api: Slack) -> None:
    web_api.scopes = ""
    run = examined(tmp_path, web_api)
    assert run.returncode == 0
    assert "hint  scopes: Slack does not say" in run.stdout


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ({"name": "sec", "is_member": False}, "#sec has no secbot in it: /invite @secbot there"),
        ({"name": "sec", "is_member": False, "is_archived": True}, "#sec is archived"),
    ],
)
def test_a_channel_of_the_settings_that_cannot_be_told_is_wrong(
    tmp_path: Path, web_api: Slack, channel: dict[str, object], said: str
) -> None:
    web_api.answers["conversations.info"] = {"channel": channel}
    run = examined(tmp_path, web_api)
    assert run.returncode == 1
    assert said in run.stdout


def test_a_channel_that_slack_does_not_know_is_wrong(tmp_path: Path, web_api: Slack) -> None:
    web_api.refuses["conversations.info"] = "channel_not_found"
    run = examined(tmp_path, web_api)
    assert run.returncode == 1
    assert "C0123456789 is not known, or private and without secbot" in run.stdout


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("auth.test", "the token was not accepted (invalid_auth)"),
        ("apps.connections.open", "the app-level token was not accepted (invalid_auth)"),
    ],
)
def test_a_token_that_slack_refuses_is_named(tmp_path: Path, web_api: Slack, method: str, said: str) -> None:
    web_api.refuses[method] = "invalid_auth"
    run = examined(tmp_path, web_api)
    assert run.returncode == 1
    assert said in run.stdout


def test_a_slack_that_cannot_be_reached_is_wrong_and_said_once(tmp_path: Path) -> None:
    run = examined(tmp_path, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", SLACK_API_URL="http://127.0.0.1:9/")
    assert run.returncode == 1
    assert "WRONG Slack: Slack can't be reached" in run.stdout
    assert run.stderr == ""


def test_the_doctor_posts_and_changes_nothing(tmp_path: Path, web_api: Slack) -> None:
    examined(tmp_path, web_api)
    asked = {method for method, _ in web_api.calls}
    assert asked == {"auth.test", "conversations.info", "apps.connections.open"}


def test_a_paused_channel_is_named_with_the_reason(tmp_path: Path, store: Store, database: str) -> None:
    store.keep_channel(Channel("C7", "old-sec", paused="archived"), "secbot", NOW)
    run = examined(tmp_path, DATABASE_URL=database)
    assert run.returncode == 0
    assert "hint  paused: C7 (#old-sec) is told nothing: archived" in run.stdout
