"""An hour after a backup, restored from it: what was told in that hour is not told again, and nothing is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import storage
from bot.domain.follow import EVERYTHING, Subscription
from bot.ports import Heard, PostFailed, Trouble
from tests.conftest import SetClock
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

PAGE = f"{SITE}/november-2021-sec-release/"
NEW = ("MP138", "DCC Service Testing in ETAD", "Targeted")
HOUR = timedelta(hours=1)


EITHER_LAYOUT = pytest.mark.parametrize("machine", ["flat", "both"], indirect=True)


class Machine:
    """secbot on a file, and what outlives the file: the site, Slack, the time."""

    def __init__(self, folder: Path, empty: Path, clock: SetClock, layout: str) -> None:
        shutil.copyfile(empty, folder / "secbot.db")
        self.url, self.copy = f"sqlite:///{folder}/secbot.db", folder / "copy.db"
        self.clock, self.web, self.slack = clock, FakeWeb(clock), FakeSlack()
        self.show()
        self.start()
        self.world.store.subscribe(Subscription("C0ALERTS", EVERYTHING, "U1", clock(), layout=layout))
        self.world.watch(release_source())
        self.world.poll_and_deliver()
        storage.backup(self.url, self.copy)

    def start(self) -> None:
        self.store = storage.open_store(self.url)
        self.world = World(self.store, self.clock, self.web, self.slack)

    def show(self, rows: tuple[tuple[str, str, str], ...] = ROWS, **more: str) -> None:
        self.web.pages[PAGE] = release_page(rows, **more)

    def later(self, minutes: float = 20, **shown: str) -> list[str]:
        """Let time pass, read and send; return what was sent by this."""
        self.clock.now += timedelta(minutes=minutes)
        return self.world.poll_and_deliver()

    def restored(self, after: timedelta = HOUR) -> None:
        """Put the backup back an hour after it was made, and start again."""
        self.store.close()
        self.clock.now += after
        storage.restore(self.url, self.copy, self.clock())
        self.start()

    def keys(self) -> list[str]:
        return [key for _, _, key in self.slack.sent]


@pytest.fixture
def machine(tmp_path: Path, empty_database: Path, clock: SetClock, request: pytest.FixtureRequest) -> Iterator[Machine]:
    made = Machine(tmp_path, empty_database, clock, getattr(request, "param", "both"))
    yield made
    made.store.close()


@EITHER_LAYOUT
def test_what_the_lost_hour_told_is_found_and_not_told_again(machine: Machine) -> None:
    machine.show((*ROWS, NEW))
    assert len(machine.later()) == 1
    machine.show((*ROWS, NEW), go_live="11 November 2021")
    assert len(machine.later()) == 1
    sent = machine.keys()
    machine.restored()
    assert machine.later() == []
    assert machine.keys() == sent
    assert machine.store.changes()
    assert machine.store.outbox().queued == 0


@EITHER_LAYOUT
def test_of_what_is_found_at_once_only_what_was_not_told_is_told(machine: Machine) -> None:
    machine.show((*ROWS, NEW))
    machine.later()
    machine.restored()
    machine.show((*ROWS, NEW), go_live="11 November 2021")
    [text] = machine.later()
    assert "11 November 2021" in text
    assert "MP138" not in text


def test_what_was_told_and_taken_back_and_is_so_again_is_told(machine: Machine) -> None:
    for rows in ((*ROWS, NEW), ROWS):
        machine.show(rows)
        machine.later()
        machine.later()  # what is gone is believed at the second reading
    assert machine.keys()[-1].startswith("reverted:")
    machine.restored()
    machine.show((*ROWS, NEW))
    assert any("MP138" in text for text in machine.later())


def test_the_same_happening_again_after_the_restoration_is_told(machine: Machine) -> None:
    machine.show(go_live="11 November 2021")
    machine.later()
    machine.restored()
    assert machine.later() == []
    machine.show(go_live="18 November 2021")
    assert len(machine.later(60 * 30)) == 1
    machine.show(go_live="11 November 2021")
    assert len(machine.later(60 * 30)) == 1


def test_several_steps_of_one_date_are_told_when_the_last_was_not(machine: Machine) -> None:
    for day in ("11", "18"):
        machine.show(go_live=f"{day} November 2021")
        machine.later()
    machine.restored()
    assert machine.later() == []
    machine.show(go_live="25 November 2021")
    assert len(machine.later()) == 1


@EITHER_LAYOUT
def test_a_reply_of_after_the_restoration_is_below_the_card_of_the_lost_hour(machine: Machine) -> None:
    machine.show((*ROWS, NEW))
    machine.later()
    lost = machine.keys()[-1]
    machine.restored()
    machine.later()
    machine.show((*ROWS, NEW), go_live="11 November 2021")
    machine.later()
    below = machine.slack.below
    assert below.get(machine.keys()[-1], "") == below.get(lost, "")


def test_a_digest_of_the_lost_hour_is_not_sent_again_nor_what_it_told(machine: Machine) -> None:
    machine.show(go_live="11 November 2021")
    machine.later()
    machine.world.daily(date(2021, 3, 1))
    machine.world.deliverer()
    machine.restored()
    machine.world.daily(date(2021, 3, 1))
    machine.later()
    machine.clock.now += timedelta(days=1)
    machine.world.daily(date(2021, 3, 2))
    machine.world.deliverer()
    digests = [message for _, message, key in machine.slack.sent if key.startswith("digest:")]
    assert len(digests) == 2
    assert "11 November 2021" in repr(digests[0].blocks)
    assert not re.search(r"4 November 2021.{0,20}11 November 2021", repr(digests[1].blocks))


def test_what_the_backup_takes_for_unsent_is_looked_for_first(machine: Machine) -> None:
    machine.show(go_live="11 November 2021")
    machine.clock.now += timedelta(minutes=20)
    machine.world.poll()
    storage.backup(machine.url, machine.copy, force=True)  # with the alert queued
    machine.world.deliverer()
    sent = machine.keys()
    machine.restored()
    machine.world.deliverer()
    assert machine.keys() == sent
    assert machine.store.outbox().queued == 0


def test_what_waited_when_a_second_backup_was_made_is_looked_for_in_the_time_that_the_first_lost(
    machine: Machine,
) -> None:
    machine.show((*ROWS, NEW))
    machine.later()
    sent = machine.keys()
    machine.restored()
    machine.clock.now += timedelta(minutes=20)
    machine.world.poll()
    storage.backup(machine.url, machine.copy, force=True)
    machine.restored(timedelta(minutes=5))
    machine.world.deliverer()
    assert machine.keys() == sent
    assert machine.store.outbox().queued == 0


def test_what_the_first_lost_time_told_and_only_the_second_restoration_finds_is_not_told_again(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, asked = FakeSlack.heard, list[datetime]()

    def only_at_the_time(self: FakeSlack, channel: str, since: datetime, until: datetime, **more: str) -> list[Heard]:
        asked.append(since)
        return heard(self, channel, since, until, **more) if since < told_at < until else []

    machine.show((*ROWS, NEW))
    machine.later()
    told_at, sent = machine.clock(), machine.keys()
    machine.restored()
    machine.web.pages[PAGE] = Trouble("timeout", "no answer", machine.clock())
    machine.later()
    storage.backup(machine.url, machine.copy, force=True)
    machine.restored()
    monkeypatch.setattr(FakeSlack, "heard", only_at_the_time)
    machine.show((*ROWS, NEW))
    machine.later()
    assert machine.store.changes()
    assert len(set(asked)) == 2
    assert machine.keys() == sent


def test_what_was_said_otherwise_after_a_first_lost_time_is_told_when_it_is_so_again(machine: Machine) -> None:
    machine.show(go_live="11 November 2021")
    machine.later()
    machine.restored()
    machine.show(go_live="18 November 2021")
    assert len(machine.later()) == 1
    storage.backup(machine.url, machine.copy, force=True)
    machine.restored()
    machine.show(go_live="11 November 2021")
    assert len(machine.later(60 * 30)) == 1


def test_while_slack_cannot_be_looked_through_nothing_is_told_and_nothing_lost(
    machine: Machine, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    machine.show(go_live="11 November 2021")
    machine.later()
    sent = machine.keys()
    machine.restored()
    with monkeypatch.context() as patch:
        patch.setattr(FakeSlack, "heard", failing(PostFailed("timeout", unknown=True)))
        assert machine.later() == []
    assert len(machine.store.waiting("C0ALERTS", "alert")) == 1
    machine.later()
    assert machine.keys() == sent
    assert machine.store.outbox().queued == 0


def test_without_the_right_to_look_what_is_found_anew_is_told(
    machine: Machine, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_warnings.append("may be told twice what it was told before the restoration: missing_scope")
    machine.restored()
    machine.show(go_live="11 November 2021")
    monkeypatch.setattr(FakeSlack, "heard", failing(PostFailed("missing_scope", permanent=True)))
    assert len(machine.later()) == 1


def test_a_card_that_somebody_deleted_keeps_nothing_from_being_told(machine: Machine) -> None:
    machine.show((*ROWS, NEW))
    machine.later()
    machine.restored()
    machine.slack.gone |= set(machine.slack.below.values())
    machine.show((*ROWS, NEW), go_live="11 November 2021")
    assert any("11 November 2021" in text for text in machine.later())


def test_each_channel_and_thread_is_looked_through_once(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.show((*ROWS, NEW))
    machine.later()
    machine.restored()
    asked: list[tuple[str, str]] = []
    heard = FakeSlack.heard

    def counted(self: FakeSlack, channel: str, *given: datetime, below: str = "") -> list[Heard]:
        asked.append((channel, below))
        return heard(self, channel, *given, below=below)

    monkeypatch.setattr(FakeSlack, "heard", counted)
    deliverer = machine.world.deliverer
    for day in ("11", "18", "25"):
        machine.show((*ROWS, NEW), go_live=f"{day} November 2021")
        machine.clock.now += timedelta(days=2)
        machine.world.poll()
        deliverer()
    assert asked
    assert len(asked) == len(set(asked))


def failing(failure: PostFailed):  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise failure

    return fail
