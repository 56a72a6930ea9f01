"""The manifest asks for exactly the scopes that secbot needs: none is missing, and without each something fails.

Two proofs. Without any emulator: every method that secbot calls, seen by a recorder, needs a scope of the manifest by
Slack's own reference, and each scope of the manifest is needed by a method, an event or the command. And with `emulate`
(npm; $EMULATE names its dist/index.js), which checks scopes as Slack does: with all of them everything works, and with
each one taken away what the table names is refused for want of just that one.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator

import httpx
import pytest
from slack_bolt import BoltRequest

from bot.domain.follow import Subscription
from bot.ports import Store
from bot.slack.app import close
from bot.slack.checkup import SCOPES
from tests.knowing import NEWS_READ, fill
from tests.local_slack import bolt, free_port, until
from tests.running import ROOT
from tests.slackish import SECRET, Slack, event
from tests.test_manifest import listed
from tests.web_api import ANSWERING, EVENTS, POSTING, Place, Recorder, does

EMULATE, NODE = os.environ.get("EMULATE", ""), os.environ.get("NODE", "") or shutil.which("node") or ""
EMULATED = [
    pytest.mark.emulator,
    pytest.mark.skipif(not EMULATE, reason="$EMULATE does not name emulate's dist/index.js"),
]
UNCHECKED = {
    "commands": "Slack sends a slash command to an app that has it; no method of the Web API asks for it",
    "app_mentions:read": "Slack sends the event app_mention to an app that has it; no method asks for it",
}
"""Scopes that no call needs, with the reason why secbot does."""
COMMAND = "commands"


# --- by Slack's reference --------------------------------------------------------------------------------------------


def test_each_scope_of_the_manifest_is_needed_and_none_that_is_needed_is_missing() -> None:
    by_calls = {scope for _, _, scope in POSTING.values()} | set(ANSWERING.values())
    assert by_calls | set(EVENTS.values()) | {COMMAND} == listed("bot") | {""}
    assert set(UNCHECKED) == listed("bot") - by_calls


def test_each_event_of_the_manifest_comes_for_a_scope_of_it() -> None:
    assert listed("bot_events") == EVENTS.keys()


def test_secbot_calls_no_method_that_is_not_in_the_tables() -> None:
    known = {method for _, method, _ in POSTING.values()} | ANSWERING.keys() | {"apps.connections.open"}
    assert called_in_the_code() == known


def called_in_the_code() -> set[str]:
    """Return the methods of Slack's Web API that the code names: as one of slack_sdk's, or as Slack calls it."""
    found: set[str] = set()
    for folder in ("bot", "handlers"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and METHOD.fullmatch(node.attr.replace("_", ".", 1)):
                    family, _, rest = node.attr.partition("_")
                    found.add(f"{family}.{rest.replace('_', '.')}")
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and METHOD.fullmatch(node.value):
                    found.add(node.value)
    return found


METHOD = re.compile(r"(?:chat|conversations|views|auth|apps|users|files|reactions|pins|bots|team)\.[a-zA-Z_.]+")


@pytest.mark.parametrize("name", POSTING)
def test_what_is_done_calls_the_method_of_the_table(name: str) -> None:
    slack = Slack()
    slack.answers = {
        "chat.postMessage": {"ts": "1.1"},
        "conversations.open": {"channel": {"id": "D1"}},
        "conversations.info": {"channel": {"id": "C1"}},
        "auth.test": {"team": "SEC", "user": "secbot"},
    }
    try:
        does(name, Place(slack.url + "api/", "xoxb-1", "C1", "C2", "U1"))
        assert POSTING[name][1] in {method for method, _ in slack.calls}
    finally:
        slack.close()


# --- by an emulator that checks them ---------------------------------------------------------------------------------


def test_left_out_scopes_have_a_reason() -> None:
    assert UNCHECKED.keys() <= SCOPES.keys()
    assert all(reason for reason in UNCHECKED.values())


@pytest.fixture(scope="module")
def emulate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Slack that checks scopes, with a token for all scopes of the manifest and one for all but each."""
    port, folder = free_port(), tmp_path_factory.mktemp("emulate")
    every = sorted(SCOPES)
    tokens = {"xoxb-all": every, **{f"xoxb-no-{scope}": [one for one in every if one != scope] for scope in every}}
    tokens["xoxb-look"] = [*every, "users:read"]
    seed = {
        "slack": {
            "strict_scopes": True,
            "users": [{"name": "user"}],
            "channels": [{"name": "releases"}, {"name": "inside", "is_private": True}],
            "tokens": [{"token": token, "user": "admin", "scopes": scopes} for token, scopes in tokens.items()],
        }
    }
    # emulate reads JSON by the name of the file.
    file = folder / "emulate.config.json"
    file.write_text(json.dumps(seed))
    command = [NODE, EMULATE, "start", "--service", "slack", "--port", str(port), "--seed", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: is_up(url), lambda: f"emulate does not answer (exit {process.poll()})")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def is_up(url: str) -> bool:
    try:
        return httpx.post(f"{url}/api/auth.test").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def places(emulate: str) -> tuple[str, str, str]:
    """The public and the private channel and a person of the emulator."""
    head = {"authorization": "Bearer xoxb-look"}
    asked = {"types": "public_channel,private_channel"}
    said = httpx.post(f"{emulate}/api/conversations.list", data=asked, headers=head).json()
    named = {one["name"]: one["id"] for one in said["channels"]}
    people = {one["name"]: one["id"] for one in httpx.post(f"{emulate}/api/users.list", headers=head).json()["members"]}
    return named["releases"], named["inside"], people["user"]


def answers(emulate: str, places: tuple[str, str, str], token: str) -> dict[str, list[dict[str, str]]]:
    """Do all that secbot does with a token; return how each was answered."""
    found = {}
    for name in POSTING:
        recorder = Recorder(emulate)
        try:
            does(name, Place(recorder.url, token, *places))
            found[name] = [said for _, said in recorder.seen]
        finally:
            recorder.close()
    return found


def marked(test: Callable[..., None]) -> Callable[..., None]:
    for mark in EMULATED:
        test = mark(test)
    return test


@marked
def test_with_the_scopes_of_the_manifest_everything_works(emulate: str, places: tuple[str, str, str]) -> None:
    for name, said in answers(emulate, places, "xoxb-all").items():
        assert said, f"{name} called nothing"
        assert all(one["ok"] for one in said), (name, said)


@marked
@pytest.mark.parametrize("scope", sorted(SCOPES.keys() - UNCHECKED.keys()))
def test_without_a_scope_what_needs_it_is_refused_for_just_that(
    emulate: str, places: tuple[str, str, str], scope: str
) -> None:
    refused = {
        name: one["needed"]
        for name, said in answers(emulate, places, f"xoxb-no-{scope}").items()
        for one in said
        if not one["ok"]
    }
    assert {name for name, (_, _, needed) in POSTING.items() if needed == scope} <= refused.keys()
    assert set(refused.values()) == {scope}


@marked
@pytest.mark.parametrize("without", ["", "chat:write", "channels:read"])
def test_what_people_do_is_answered_with_the_scopes_of_the_manifest_and_not_without(
    emulate: str, places: tuple[str, str, str], store: Store, expected_warnings: list[str], without: str
) -> None:
    expected_warnings += ["missing_scope", "could not be sent"] if without else []
    fill(store)
    public, _, person = places
    store.subscribe(Subscription(public, "everything", person, NEWS_READ))
    recorder = Recorder(emulate)
    app = bolt(store, f"xoxb-no-{without}" if without else "xoxb-all", recorder.url, SECRET)
    try:
        app.dispatch(signed("app_mention", user=person, channel=public, text="<@U0> MP090"))
        app.dispatch(signed("app_mention", user=person, channel=public, text="<@U0> MP090 share"))
        app.dispatch(signed("app_home_opened", user=person, channel=public, tab="home"))
        app.dispatch(signed("channel_archive", user=person, channel=public))
        until(lambda: len(recorder.seen) == 4, lambda: f"only {recorder.seen}")
    finally:
        close(app)
        recorder.close()
    refused = {method for method, said in recorder.seen if not said["ok"]}
    assert {method for method, _ in recorder.seen} <= ANSWERING.keys()
    assert refused == {method for method, _ in recorder.seen if without and ANSWERING[method] == without}


def signed(type_: str, **fields: str) -> BoltRequest:
    return event(f"Ev{type_}{fields}", type=type_, **fields)
