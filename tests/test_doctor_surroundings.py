"""What `secbot doctor` finds around secbot, one slip at a time, and what it says is to be done."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace

import pytest

import storage
from bot import surroundings
from bot.ports import Store, StoreError
from bot.slack import checkup, web
from tests.listening import Listening
from tests.running import ROOT, Ran, secbot
from tests.slackish import Slack, installed
from tests.test_http import PATIENCE, now


def test_a_folder_in_which_no_file_can_be_made_is_named_before_secbot_runs(tmp_path: Path) -> None:
    run = secbot("doctor", cwd=tmp_path, DATABASE_URL="sqlite:////proc/self/new.db")
    assert "can't be made" in " ".join(run.stdout.split())
    assert run.returncode == 1


class Site:
    """A site with a robots.txt, which also hears heartbeats."""

    def __init__(self) -> None:
        self.robots, self.status = "", 200
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                said = site.robots.encode()
                self.send_response(site.status)
                self.send_header("content-type", "text/plain")
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        self.server = Listening(Handler)
        self.url = self.server.url


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.close()


@pytest.fixture
def web_api() -> Iterator[Slack]:
    with closing(installed()) as api:
        yield api


def examined(tmp_path: Path, site: Site | None = None, api: Slack | None = None, **more: str) -> Ran:
    """Run the doctor where all is well but what is given."""
    url = site.url if site else "http://127.0.0.1:9"
    source = f'[[source]]\nname = "mine"\nkind = "release-page"\nurl = "{url}/x/"\n'
    (tmp_path / "s.toml").write_text(source, encoding="utf-8")
    given = {"SECBOT_SOURCES": "s.toml", "SECBOT_CONTACT": "me@example.org", "SECBOT_CHANNEL": "C0123456789"}
    if api:
        given |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": f"{api.url}api/"}
    return secbot("doctor", cwd=tmp_path, **{**given, **more})


def wrong(run: Ran) -> list[str]:
    return [line for line in run.stdout.splitlines() if line.startswith("WRONG")]


def test_where_all_is_well_nothing_is_wrong_and_no_database_is_made(tmp_path: Path, site: Site, web_api: Slack) -> None:
    run = examined(tmp_path, site, web_api, SECBOT_HEARTBEAT_URL=f"{site.url}/ping/1", PORT=str(free_port()))
    assert (run.returncode, wrong(run)) == (0, [])
    for words in (
        "heartbeat: is heard",
        "is free",
        "clock: goes with Slack's",
        "lets secbot read",
        "secbot run` makes",
    ):
        assert f"{words}" in run.stdout
    assert not (tmp_path / "secbot.db").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN should begin with xoxb-, and holds an app-level token"),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN should begin with xapp-, and holds a bot token"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "and holds a person's token"),
        ({"SLACK_BOT_TOKEN": '"xoxb-1"'}, 'SLACK_BOT_TOKEN has " in it'),
        ({"SLACK_BOT_TOKEN": "xoxb-1 2"}, "SLACK_BOT_TOKEN has a space in it"),
        ({"SLACK_SIGNING_SECRET": "’0123"}, "SLACK_SIGNING_SECRET has ’ in it"),
        ({"SECBOT_CHANNEL": "#sec"}, "give the channel's id"),
        ({"SECBOT_TIMEZONE": "GMT+1"}, "give a zone such as Europe/London"),
        ({"SECBOT_LOG": "xml"}, "give text or json"),
        ({"SECBOT_HEARTBEAT_URL": "ftp://x/"}, "SECBOT_HEARTBEAT_URL should be a URL"),
        ({"DYNO": "worker.1"}, "a dyno's disk dies with the dyno"),
        ({"SECBOT_CHANEL": "C1"}, "SECBOT_CHANEL: means nothing to secbot; is SECBOT_CHANNEL meant?"),
        ({"DATABASE_URI": "sqlite:///x.db"}, "is DATABASE_URL meant?"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not set, so the other settings of Slack do nothing"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "/no/such/folder"),
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:9/x"}, "is not reachable"),
    ],
)
def test_each_slip_in_a_setting_is_named_with_what_to_do(tmp_path: Path, given: dict[str, str], said: str) -> None:
    run = examined(tmp_path, **given)
    assert run.returncode == 1
    assert any(said in line for line in wrong(run)), run.stdout


def test_a_fault_in_the_file_of_sources_names_the_entry(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('[[source]]\nname = "mine"\nurl = "ftp://x/"\n', encoding="utf-8")
    assert any("“mine”" in line for line in wrong(examined(tmp_path, SECBOT_SOURCES="bad.toml")))


def test_a_variable_that_is_set_twice_differently_is_wrong_and_its_secret_not_shown(tmp_path: Path) -> None:
    written = "DATABASE_URL=postgres://u:hunter2@h/one\nSECBOT_LOG=text\nSECBOT_CONTACT=a@example.org\n"
    (tmp_path / ".env").write_text(written, encoding="utf-8")
    run = examined(tmp_path, DATABASE_URL="sqlite:///two.db", SECBOT_LOG="text")
    [line] = wrong(run)
    assert (
        "hint  SECBOT_CONTACT: is set twice, in the environment me@example.org, and in .env a@example.org" in run.stdout
    )
    assert "SECBOT_LOG: is set twice" not in run.stdout
    assert line.startswith("WRONG DATABASE_URL: is set twice")
    assert "hunter2" not in run.stdout


def test_a_clock_that_stands_still_beside_slack_is_wrong(tmp_path: Path, web_api: Slack) -> None:
    run = examined(tmp_path, api=web_api, SECBOT_AS_OF="2021-11-05")
    assert any("the clock stands still at 2021-11-05" in line for line in wrong(run))


@pytest.mark.parametrize(
    ("seconds", "said"), [(61, "61 seconds ahead of Slack's"), (-90, "90 seconds behind Slack's"), (59, "")]
)
def test_a_clock_that_is_wrong_by_more_than_a_minute_is_found(seconds: int, said: str) -> None:
    slacks = datetime(2021, 11, 5, tzinfo=UTC)
    found = checkup.clocks(slacks + timedelta(seconds=seconds), slacks)
    assert (found.good, said in found.detail) == (not said, True)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("token_revoked", "install the app again"),
        ("account_inactive", "install the app again"),
        ("invalid_auth", "copy the Bot User OAuth Token again"),
        ("token_expired", "switch token rotation off"),
    ],
)
def test_a_token_that_slack_takes_no_more_says_what_to_do(
    tmp_path: Path, web_api: Slack, error: str, said: str
) -> None:
    web_api.refuses["auth.test"] = error
    run = examined(tmp_path, api=web_api)
    assert any(f"({error})" in line and said in line for line in wrong(run))


def test_a_robots_txt_that_forbids_is_wrong_and_a_silent_site_is_tried_again(tmp_path: Path, site: Site) -> None:
    site.robots = "User-agent: secbot\nDisallow: /\n"
    run = examined(tmp_path, site)
    assert any("its robots.txt asks not to read mine" in line for line in wrong(run))
    assert "could not be read, so its pages are left alone" in examined(tmp_path).stdout


def test_a_heartbeat_that_nobody_hears_is_wrong_and_its_address_not_shown(tmp_path: Path, site: Site) -> None:
    site.status = 404
    run = examined(tmp_path, SECBOT_HEARTBEAT_URL=f"{site.url}/ping/a-secret-id")
    assert any("heartbeat: status 404" in line for line in wrong(run))
    assert "a-secret-id" not in run.stdout


# --- database and disk -----------------------------------------------------------------------------------------------


def test_a_database_of_an_older_secbot_says_to_migrate(tmp_path: Path, store: Store, database: str) -> None:
    import sqlite3

    with sqlite3.connect(database.removeprefix("sqlite:///")) as other:
        other.execute("UPDATE alembic_version SET version_num = '0001'")
    other.close()
    assert any("Run: secbot migrate" in line for line in wrong(examined(tmp_path, DATABASE_URL=database)))


def test_a_database_that_can_only_be_read_is_wrong(database: str, store: Store) -> None:
    storage.check_writable(database)
    file = database.removeprefix("sqlite:///")
    with pytest.raises(StoreError, match="can't be written"):
        storage.check_writable(f"sqlite:///file:{file}?mode=ro&uri=true")


MOUNTS_SEEN = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
host:/data /mnt/data nfs4 rw 0 0
host:/more /mnt/my\\040data cifs rw 0 0
/dev/sdb1 /mnt/data/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/mnt/data", "nfs4"),
        ("/mnt/data/x", "nfs4"),
        ("/mnt/data/local/x", "ext4"),
        ("/mnt/my data", "cifs"),
        ("/mnt/data2", "ext4"),
        ("/run", "tmpfs"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_closest_mount(folder: str, kind: str) -> None:
    assert surroundings.file_system(Path(folder), MOUNTS_SEEN) == kind
    assert surroundings.file_system(Path(folder), "") == ""


@pytest.mark.parametrize(
    ("kind", "free", "mark", "said"),
    [
        ("nfs4", 10**12, "WRONG", "is on a network (nfs4), where SQLite breaks"),
        ("tmpfs", 10**12, "hint", "may end with its container (tmpfs)"),
        ("ext4", 10**7, "WRONG", "0.0 GB free for secbot.db: free some space"),
        ("ext4", 5 * 10**8, "hint", "0.5 GB free for secbot.db: free some space in time"),
        ("ext4", 10**12, "ok", "1000.0 GB free"),
    ],
)
def test_a_disk_that_sqlite_breaks_on_or_that_is_nearly_full_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, free: int, mark: str, said: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"x / {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(surroundings, "MOUNTS", mounts)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    found = list(surroundings.disk(tmp_path / "secbot.db"))
    assert [one.mark for one in found if said in one.detail] == [mark]


# --- port and Python -------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_port_of_another_program_is_wrong_and_that_of_a_running_secbot_is_not(
    tmp_path: Path, store: Store, site: Site
) -> None:
    run = examined(tmp_path, PORT=site.url.rpartition(":")[2])
    assert any("is taken by another program" in line for line in wrong(run))
    server = web.Web(web.build(store, now), 0, "127.0.0.1")
    try:
        run = examined(tmp_path, PORT=str(server.start(PATIENCE)))
    finally:
        server.stop()
    assert wrong(run) == []
    assert "is answered by a secbot that runs" in run.stdout


def test_a_python_that_is_too_old_is_told_so_in_a_sentence() -> None:
    program = "import sys; sys.version_info = (3, 9); sys.version = '3.9.1 x'; import bot"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "secbot needs Python 3.11 or later; this is 3.9.1. Try: make PYTHON=python3.11\n"
