"""The command line as a person meets it: what it prints, its exit codes, and one clear sentence for each slip."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import storage
from bot.cli import KINDS, UsageError, exit_code
from bot.ports import Outgoing, Overtaken, StoreError
from bot.replay import ReplayError
from bot.settings import SettingsError
from tests.running import LONGEST, ROOT, Ran, as_process, secbot
from tests.world import ROWS, release_page
from watchers.recognisers import recognisers
from watchers.sources import SourcesError


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "november-2021.html"
    path.write_text(release_page(ROWS), encoding="utf-8")
    return path


def refused(run: Ran, code: int, *words: str) -> None:
    """One sentence on stderr, no traceback, the right exit code."""
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    for one in words:
        assert one in run.stderr
    assert run.stdout == ""


def test_the_kinds_of_the_help_are_those_of_the_registry() -> None:
    assert ", ".join(("auto", *sorted(recognisers()))) == KINDS


def test_read_prints_one_claim_a_line_and_nothing_else(page: Path, tmp_path: Path) -> None:
    run = as_process("read", str(page), "--json", cwd=tmp_path)
    claims = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0
    assert {"subject": "release:2021-11", "attribute": "go_live", "value": "2021-11-04"}.items() <= next(
        claim for claim in claims if claim["attribute"] == "go_live"
    ).items()
    assert all(claim["evidence"]["quote"] for claim in claims)


def test_a_page_that_is_not_believable_exits_3(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    refused(secbot("read", "empty.html", "--json", cwd=tmp_path), 3, "empty.html: not believable")


def test_a_file_that_is_not_there_exits_2(tmp_path: Path) -> None:
    refused(as_process("read", "nowhere.html", cwd=tmp_path), 2, "nowhere.html can't be read: no such file")


def test_a_folder_is_pointed_to_replay(tmp_path: Path) -> None:
    refused(secbot("read", ".", cwd=tmp_path), 2, "is a folder", "secbot replay")


def test_an_unknown_kind_exits_2_and_names_the_known_ones(page: Path, tmp_path: Path) -> None:
    refused(secbot("read", str(page), "--kind", "poem", cwd=tmp_path), 2, "poem", "release-page")


def test_diff_prints_one_row_a_value(page: Path, tmp_path: Path) -> None:
    after = tmp_path / "after.html"
    after.write_text(release_page(ROWS, go_live="11 November 2021"), encoding="utf-8")
    run = secbot("diff", str(page), str(after), "--json", cwd=tmp_path)
    [row] = [json.loads(line) for line in run.stdout.splitlines()]
    assert (row["kind"], row["subject"], row["before"], row["after"]) == (
        "go_live_moved",
        "release:2021-11",
        "2021-11-04",
        "2021-11-11",
    )


def test_diff_of_a_page_in_doubt_prints_no_row_and_exits_3(page: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    refused(secbot("diff", str(page), "empty.html", "--json", cwd=tmp_path), 3, "empty.html: not believable")


def test_diff_of_two_different_pages_is_refused(page: Path, tmp_path: Path) -> None:
    (tmp_path / "june.html").write_text(release_page(ROWS, name="June 2022"), encoding="utf-8")
    refused(secbot("diff", str(page), "june.html", cwd=tmp_path), 2, "not two readings of one page")


def test_a_bad_date_exits_2(tmp_path: Path) -> None:
    refused(secbot("digest", "--date", "tomorrow", cwd=tmp_path), 2, "'tomorrow' is not a date")


def test_a_wrong_setting_exits_2(tmp_path: Path) -> None:
    refused(secbot("ask", "next", cwd=tmp_path, SECBOT_CHANNEL="#sec"), 2, "SECBOT_CHANNEL")


def test_a_database_that_cannot_be_made_exits_1_and_says_why(tmp_path: Path) -> None:
    refused(
        as_process("ask", "next", cwd=tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/no/such/folder/x.db"), 1, "secbot:"
    )


def test_a_file_that_is_no_database_exits_1(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database, but long enough to be read as one" * 40, encoding="utf-8")
    refused(secbot("ask", "next", cwd=tmp_path, DATABASE_URL="sqlite:///x.db"), 1, "secbot:")


def test_bad_sources_exit_2_and_name_the_entry(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        '[[source]]\nname = "mine"\nkind = "poem"\nurl = "https://sec.example/"\n', encoding="utf-8"
    )
    refused(secbot("poll", cwd=tmp_path, SECBOT_SOURCES="s.toml"), 2, "mine", "poem")


def test_no_network_is_one_sentence_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        '[[source]]\nname = "mine"\nkind = "release-page"\nurl = "http://127.0.0.1:9/x/"\n', encoding="utf-8"
    )
    run = as_process("poll", cwd=tmp_path, SECBOT_SOURCES="s.toml", SECBOT_ALLOW_HOSTS="127.0.0.1")
    assert run.returncode == 1
    assert "mine:" in run.stderr
    assert "Traceback" not in run.stderr


def test_ask_on_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    run = secbot("ask", "MP090", cwd=tmp_path)
    assert run.returncode == 0
    assert "MP090" in run.stdout


def test_ask_json_is_a_slack_payload(tmp_path: Path) -> None:
    payload = json.loads(secbot("ask", "help", "--json", cwd=tmp_path).stdout)
    assert payload["text"]
    assert payload["blocks"]


def test_web_without_a_signing_secret_says_what_is_missing(tmp_path: Path) -> None:
    refused(secbot("web", cwd=tmp_path, SLACK_BOT_TOKEN="xoxb-1"), 2, "SLACK_SIGNING_SECRET")


def test_web_without_a_bot_token_says_what_is_missing(tmp_path: Path) -> None:
    refused(secbot("web", cwd=tmp_path, SLACK_SIGNING_SECRET="0123456789abcdef"), 2, "SLACK_BOT_TOKEN")


def test_a_digest_of_a_date_to_come_is_refused(tmp_path: Path) -> None:
    run = secbot("digest", "--date", "2021-11-03", cwd=tmp_path, SECBOT_AS_OF="2021-11-02")
    refused(run, 2, "2021-11-03 is yet to come", "2021-11-02")


def test_a_digest_of_a_past_date_with_nothing_to_tell_says_so(tmp_path: Path) -> None:
    run = secbot("digest", "--date", "2021-11-01", cwd=tmp_path, SECBOT_AS_OF="2021-11-02")
    assert run.returncode == 0
    assert run.stdout.startswith("Nothing to send: the digests of 2021-11-01")


def test_what_failed_is_sent_again_when_asked(tmp_path: Path) -> None:
    url, now = f"sqlite:///{tmp_path}/kept.db", datetime.now(UTC)
    payload = {"name": "undeliverable", "channel": "C1", "reason": "is_archived", "since": now.isoformat()}
    with storage.open_store(url) as store:
        store.enqueue([Outgoing("mine", "terminal", "notice", payload)], now)
        store.failed(store.lease(now, 1, 60)[0], "channel_not_found", now)
    assert "0 sent" in secbot("deliver", cwd=tmp_path, DATABASE_URL=url).stderr
    again = secbot("deliver", "--failed", cwd=tmp_path, DATABASE_URL=url)
    assert again.returncode == 0
    assert "1 failed message is queued again" in again.stderr
    assert "1 sent" in again.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoreError("shut"), 1),
        (Overtaken("read by another"), 1),
        (SettingsError("wrong"), 2),
        (UsageError("wrong"), 2),
        (SourcesError("wrong"), 2),
        (ReplayError("wrong"), 2),
        (ValueError("a fault of ours"), None),
    ],
)
def test_what_a_person_can_mend_has_an_exit_code_whatever_its_class(error: Exception, code: int | None) -> None:
    assert exit_code(error) == code


def test_a_source_that_was_taken_out_is_asked_no_more(tmp_path: Path) -> None:
    entry = '[[source]]\nname = "{0}"\nkind = "release-page"\nurl = "http://127.0.0.1:9/{0}/"\n'
    given = {"SECBOT_SOURCES": "s.toml", "SECBOT_ALLOW_HOSTS": "127.0.0.1"}
    (tmp_path / "s.toml").write_text(entry.format("one") + entry.format("two"), encoding="utf-8")
    assert "2 asked" in secbot("poll", "--all", cwd=tmp_path, **given).stdout
    (tmp_path / "s.toml").write_text(entry.format("two"), encoding="utf-8")
    assert "1 asked" in secbot("poll", "--all", cwd=tmp_path, **given).stdout
    refused(secbot("poll", "--source", "one", cwd=tmp_path, **given), 2, "no source is called 'one'", "two")


def test_replay_of_a_folder_that_is_none_exits_2(tmp_path: Path) -> None:
    refused(secbot("replay", "nowhere", cwd=tmp_path), 2, "nowhere is not a folder")
    (tmp_path / "captures/someday").mkdir(parents=True)
    refused(secbot("replay", "captures", cwd=tmp_path), 2, "someday is not named by a date")


def test_replay_keeps_no_database_over_another(tmp_path: Path, page: Path) -> None:
    day = tmp_path / "captures/2021-03-01"
    day.mkdir(parents=True)
    (day / page.name).write_bytes(page.read_bytes())
    (tmp_path / "kept.db").write_text("mine", encoding="utf-8")
    refused(secbot("replay", "captures", "--keep", "kept.db", cwd=tmp_path), 2, "kept.db exists already")


def test_replay_prints_the_alerts_and_keeps_the_database(tmp_path: Path, page: Path) -> None:
    for day, go_live in (("2021-03-01", "4 November 2021"), ("2021-03-02", "11 November 2021")):
        folder = tmp_path / "captures" / day
        folder.mkdir(parents=True)
        (folder / page.name).write_text(release_page(ROWS, go_live=go_live), encoding="utf-8")
    run = secbot("replay", "captures", "--json", "--keep", "life.db", cwd=tmp_path)
    [alert] = [json.loads(line) for line in run.stdout.splitlines()]
    assert alert["date"] == "2021-03-02"
    assert alert["changes"][0]["after"] == "2021-11-11"
    asked = secbot("ask", "november 2021", cwd=tmp_path, DATABASE_URL="sqlite:///life.db", SECBOT_AS_OF="2021-03-03")
    assert "11 November 2021" in asked.stdout


def test_help_is_quick_to_come_and_imports_nothing_of_the_core(tmp_path: Path) -> None:
    program = "import sys; sys.argv = ['secbot', '--help']\ntry:\n    from bot.cli import main; main()\nexcept SystemExit: pass\nprint([m for m in ('sqlmodel', 'slack_sdk', 'httpx', 'jinja2', 'selectolax') if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert run.stdout.splitlines()[-1] == "[]"
    for command in (
        "read",
        "diff",
        "run",
        "web",
        "worker",
        "poll",
        "deliver",
        "digest",
        "ask",
        "export",
        "replay",
        "demo",
        "doctor",
        "migrate",
    ):
        assert command in run.stdout
