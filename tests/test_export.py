"""What `secbot export` prints: whoever has to account for what was chosen in Slack finds it there."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import export
from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription
from bot.ports import Store
from tests.running import Ran, as_process, secbot

NOON = datetime(2021, 7, 5, 12, tzinfo=UTC)


@pytest.fixture
def url(database: str, store: Store) -> str:
    """A database in which two channels chose something."""
    store.subscribe(Subscription("C1", "modification:MP090", "U1", NOON, "weekly", ("kind:decisions",), least=3))
    store.subscribe(Subscription("C2", "everything", "U2", NOON + timedelta(hours=1)))
    store.mute(Mute("C1", "rule:modification:MP090", NOON + timedelta(days=7), "U1", NOON))
    store.keep_channel(Channel("C1", "sec", digest_at=time(7, 45), managers=("U1", "U3")), "U3", NOON)
    store.unsubscribe("C2", "everything", "U9", NOON + timedelta(days=1))
    return database


def exported(url: str, tmp_path: Path, *words: str) -> Ran:
    return secbot("export", *words, cwd=tmp_path, DATABASE_URL=url, SECBOT_AS_OF="2021-07-06")


def rows(url: str, tmp_path: Path, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(url, tmp_path, "--json", *words).stdout.splitlines()]


def test_who_subscribed_what_and_when_is_exported_with_its_options(url: str, tmp_path: Path) -> None:
    [row] = rows(url, tmp_path, "--what", "subscriptions")
    assert (row["channel"], row["selector"], row["by"]) == ("C1", "modification:MP090", "U1")
    assert (row["delivery"], row["only"], row["least"]) == ("weekly", ["kind:decisions"], "weighty")
    assert row["at"] == "2021-07-05T13:00:00+01:00"


def test_what_was_taken_back_is_still_told_by_the_deeds(url: str, tmp_path: Path) -> None:
    found = rows(url, tmp_path, "--what", "deeds")
    did = [(row["by"], row["channel"], row["what"], row["subject"]) for row in found]
    assert ("U2", "C2", "subscribed", "everything") in did
    assert did[-1] == ("U9", "C2", "unsubscribed", "everything")


def test_more_deeds_than_a_page_of_them_are_all_exported(store: Store, database: str, tmp_path: Path) -> None:
    store.subscribe(Subscription("C1", "everything", "U1", NOON))
    columns = "at, user, channel, what, subject, before, after"
    with sqlite3.connect(database.removeprefix("sqlite:///")) as kept:
        for _ in range(11):
            kept.execute(f"INSERT INTO deed ({columns}) SELECT {columns} FROM deed")
    kept.close()
    assert len(rows(database, tmp_path, "--what", "deeds")) == 2048


def test_mutes_say_until_when_and_whether_they_hold(url: str, tmp_path: Path, store: Store) -> None:
    store.mute(Mute("C1", "modification:MP102", NOON + timedelta(minutes=1), "U1", NOON))
    found = rows(url, tmp_path, "--what", "mutes")
    assert [(row["selector"], row["holds"]) for row in found] == [
        ("rule:modification:MP090", True),
        ("modification:MP102", False),
    ]


def test_settings_are_exported_of_each_channel_that_has_any_or_follows_something(
    url: str, tmp_path: Path, store: Store
) -> None:
    store.subscribe(Subscription("C3", "everything", "U2", NOON))
    found = {row["channel"]: row for row in rows(url, tmp_path, "--what", "channels")}
    assert (found["C1"]["name"], found["C1"]["digest_at"], found["C1"]["managers"]) == ("sec", "07:45", ["U1", "U3"])
    assert (found["C3"]["digest"], found["C3"]["digest_at"], found["C3"]["follows"]) == ("daily", None, True)


@pytest.mark.parametrize("called", ["C1", "#sec", "SEC"])
def test_one_channel_is_exported_by_its_id_or_its_name(url: str, tmp_path: Path, called: str) -> None:
    found = rows(url, tmp_path, "--channel", called)
    assert {row["channel"] for row in found} == {"C1"}
    assert {row["record"] for row in found} == {"subscription", "mute", "channel", "deed"}


def test_a_table_has_one_heading_and_the_columns_of_all_records(url: str, tmp_path: Path) -> None:
    run = exported(url, tmp_path, "--csv")
    found = list(csv.DictReader(io.StringIO(run.stdout)))
    assert run.returncode == 0
    assert {row["record"] for row in found} == {"subscription", "mute", "channel", "deed"}
    assert found[0]["only"] == "kind:decisions"
    assert all(None not in row for row in found)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_no_cell_begins_as_a_formula_does(store: Store, database: str, tmp_path: Path, start: str) -> None:
    evil = f'{start}HYPERLINK("https://evil.example","x")'
    store.keep_channel(Channel("C1", name=evil), evil, NOON)
    table = csv.reader(io.StringIO(exported(database, tmp_path, "--csv").stdout, newline=""))
    cells = [one for row in table for one in row]
    assert f"'{evil}" in cells
    assert not [one for one in cells if one.startswith(export.FORMULA)]


@given(st.text())
def test_a_cell_keeps_all_of_what_it_is_made_of(text: str) -> None:
    assert export.cell(text) in (text, f"'{text}")
    assert not export.cell(text).startswith(export.FORMULA)


def test_the_output_is_utf_8_wherever_it_goes(store: Store, database: str, tmp_path: Path) -> None:
    store.keep_channel(Channel("C1", name="smêt-2–alerts"), "U1", NOON)
    run = as_process("export", "--csv", cwd=tmp_path, DATABASE_URL=database, PYTHONIOENCODING="ascii")
    assert run.returncode == 0
    assert "smêt-2–alerts" in run.stdout


def test_without_a_form_it_is_lines_to_read(url: str, tmp_path: Path) -> None:
    run = exported(url, tmp_path)
    assert "SUBSCRIPTIONS\n  channel C1 · selector modification:MP090 · label MP090" in run.stdout
    assert "by U9" in run.stdout


def test_an_empty_database_exports_nothing_and_says_so(database: str, store: Store, tmp_path: Path) -> None:
    assert not store.deeds()
    assert exported(database, tmp_path, "--json").stdout == ""
    assert exported(database, tmp_path, "--csv").stdout == "record,channel\n"
    assert exported(database, tmp_path).stdout == "Nothing is kept yet.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--json", "--csv"), "either --json or --csv"),
        (("--what", "secrets"), "there are: subscriptions, mutes, channels, deeds"),
        (("--channel", "C9"), "nothing is kept of a channel 'C9'"),
    ],
)
def test_what_cannot_be_exported_exits_2_and_prints_nothing(
    url: str, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    run = exported(url, tmp_path, *words)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
