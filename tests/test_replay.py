"""Replaying a folder of dated captures: what would have been told, as if it had been polled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.pipeline.poll import Audience
from bot.ports import Store
from bot.replay import Replay, ReplayError, captures
from tests.conftest import SetClock
from tests.world import ROWS, release_page
from watchers.read import read_page

MANY = [(f"MP{n}", f"Title {n}", "Approved") for n in range(100, 110)]


def put(folder: Path, day: str, name: str, text: str) -> None:
    (folder / day).mkdir(parents=True, exist_ok=True)
    (folder / day / name).write_text(text, encoding="utf-8")


def told(folder: Path, store: Store) -> dict[date, list[str]]:
    replay = Replay(store, read_page, SetClock(datetime(2000, 1, 1, tzinfo=UTC)), Audience("C0ALERTS"))  # type: ignore[arg-type]
    return {on: sorted(one.change.kind for one in report.changes) for on, report in replay(captures(folder))}


def test_captures_of_one_name_are_one_page_over_time(tmp_path: Path, store: Store) -> None:
    put(tmp_path, "2021-03-01", "november.html", release_page(ROWS))
    put(tmp_path, "2021-03-02", "november.html", release_page(ROWS, go_live="11 November 2021"))
    assert told(tmp_path, store) == {date(2021, 3, 1): [], date(2021, 3, 2): ["go_live_moved"]}


def test_a_removal_is_told_on_its_day(tmp_path: Path, store: Store) -> None:
    put(tmp_path, "2021-03-01", "november.html", release_page(ROWS))
    put(tmp_path, "2021-03-02", "november.html", release_page(ROWS[:3]))
    assert told(tmp_path, store)[date(2021, 3, 2)] == ["scope_removed"]


def test_half_of_the_rows_gone_is_told_on_its_day(tmp_path: Path, store: Store, expected_warnings: list[str]) -> None:
    expected_warnings.append("not believed")
    put(tmp_path, "2021-03-01", "november.html", release_page(MANY))
    put(tmp_path, "2021-03-02", "november.html", release_page(MANY[:3]))
    assert told(tmp_path, store)[date(2021, 3, 2)] == ["scope_removed"] * 7


def test_a_log_in_page_tells_nothing(tmp_path: Path, store: Store, expected_warnings: list[str]) -> None:
    expected_warnings.append("not believed")
    put(tmp_path, "2021-03-01", "november.html", release_page(ROWS))
    put(tmp_path, "2021-03-02", "november.html", "<title>Log In</title><form>Username <input> Password <input></form>")
    put(tmp_path, "2021-03-03", "november.html", release_page(ROWS))
    assert set(map(tuple, told(tmp_path, store).values())) == {()}


def test_a_folder_without_captures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="holds no captures"):
        captures(tmp_path)
