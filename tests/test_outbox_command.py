"""`secbot outbox`: at every moment it is known of each message where it stands, and what was given up can be sent again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import storage
from bot.ports import Outgoing
from tests.running import Ran, secbot

NOW = datetime.now(UTC)


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """A database with a message in each state."""
    url = f"sqlite:///{tmp_path}/kept.db"
    names = ("sent", "skipped", "sending", "failed", "ambiguous", "queued")
    payload = {"name": "undeliverable", "channel": "C9", "reason": "is_archived", "since": NOW.isoformat()}
    with storage.open_store(url) as store:
        store.enqueue([Outgoing(name, f"C{n}", "notice", payload) for n, name in enumerate(names)], NOW)
        sent, skipped, _, failed, ambiguous = store.lease(NOW, 5, 60)
        store.sent(sent, "1.0", NOW)
        store.skipped(skipped, "nothing to say", NOW)
        store.failed(failed, "channel_not_found", NOW)
        store.failed(ambiguous, "may have been sent, and can't look: missing_scope", NOW, unknown=True)
    return url


def outbox(kept: str, *words: str, cwd: Path) -> Ran:
    return secbot("outbox", *words, cwd=cwd, DATABASE_URL=kept)


def test_each_message_that_is_not_delivered_is_shown_with_its_state_and_reason(kept: str, tmp_path: Path) -> None:
    said = outbox(kept, cwd=tmp_path).stdout
    assert said.startswith("1 queued, 1 being sent, 1 sent in the last day, 1 ambiguous, 1 failed.")
    for words in (
        "failed: was given up",
        "channel_not_found",
        "ambiguous: may have been sent",
        "sending: is being sent",
    ):
        assert words in said
    assert "skipped" not in said
    assert "secbot outbox --resend" in said


def test_machines_get_one_object_a_message(kept: str, tmp_path: Path) -> None:
    rows = [
        json.loads(line) for line in outbox(kept, "--json", "--state", "ambiguous", cwd=tmp_path).stdout.splitlines()
    ]
    assert [(row["key"], row["state"], row["may_have_been_sent"]) for row in rows] == [("ambiguous", "ambiguous", True)]


@pytest.mark.parametrize(
    ("words", "look_first"),
    [
        (("failed",), {"failed": False}),
        (("all",), {"failed": False, "ambiguous": True}),
        (("all", "--anyway"), {"failed": False, "ambiguous": False}),
    ],
)
def test_what_was_given_up_is_queued_again_when_asked(
    kept: str, tmp_path: Path, words: tuple[str, ...], look_first: dict[str, bool]
) -> None:
    said = outbox(kept, "--resend", *words, cwd=tmp_path)
    assert said.returncode == 0
    assert said.stdout.startswith(f"{len(look_first)} message")
    with storage.open_store(kept) as store:
        again = {entry.message.key: entry.unsure for entry in store.entries(["queued"])}
    assert {key: again[key] for key in look_first} == look_first


def test_one_message_is_named_by_its_id(kept: str, tmp_path: Path) -> None:
    with storage.open_store(kept) as store:
        [failed] = store.entries(["failed"])
    assert outbox(kept, "--resend", str(failed.id), cwd=tmp_path).stdout == "1 message is queued again.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--state", "lost"), "'lost' is no state of a message"),
        (("--resend", "yesterday"), "'yesterday' is no id of a message"),
        (("--anyway",), "add --resend ID"),
        (("--resend", "9" * 20), "is no id of a message"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(
    kept: str, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    run = outbox(kept, *words, cwd=tmp_path)
    assert run.returncode == 2
    assert said in run.stderr


def test_what_stands_in_its_channel_after_all_is_dropped_and_never_sent_again(kept: str, tmp_path: Path) -> None:
    with storage.open_store(kept) as store:
        [ambiguous] = store.entries(["ambiguous"])
    assert "--drop ID" in outbox(kept, cwd=tmp_path).stdout
    assert outbox(kept, "--drop", str(ambiguous.id), cwd=tmp_path).stdout == "1 message is dropped.\n"
    outbox(kept, "--resend", "all", "--anyway", cwd=tmp_path)
    with storage.open_store(kept) as store:
        assert "ambiguous" not in [entry.message.key for entry in store.entries(["queued"])]
        assert store.outbox().ambiguous == 0


@pytest.mark.parametrize("how", ["--resend", "--drop"])
def test_what_was_not_given_up_can_neither_be_sent_again_nor_dropped(kept: str, tmp_path: Path, how: str) -> None:
    run = outbox(kept, how, "9999", cwd=tmp_path)
    assert run.returncode == 2
    assert "nothing of 9999 was given up" in run.stderr
