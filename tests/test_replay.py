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


def consultations(*rows: tuple[str, str]) -> str:
    return "Consultations\n\n" + "".join(f"{id_} ‘A title’ Refinement ConsultationCloses {day}\n" for id_, day in rows)


def test_a_list_of_consultations_tells_of_each_once(tmp_path: Path, store: Store) -> None:
    first, other, more = ("MP162", "12 August 2022"), ("MP170", "19 August 2022"), ("MP171", "26 August 2022")
    put(tmp_path, "2022-07-22", "open.txt", consultations(first))
    put(tmp_path, "2022-07-29", "open.txt", consultations(first, other))
    put(tmp_path, "2022-08-05", "open.txt", consultations(("MP162", "15 August 2022"), other, more))
    put(tmp_path, "2022-08-16", "open.txt", consultations(other, other))
    assert told(tmp_path, store) == {
        date(2022, 7, 22): [],
        date(2022, 7, 29): ["consultation_opened"],
        date(2022, 8, 5): ["consultation_moved", "consultation_opened"],
        date(2022, 8, 16): ["consultation_closed", "consultation_closed"],
    }


def test_a_new_row_of_the_list_of_variations_is_a_variation(tmp_path: Path, store: Store) -> None:
    row = "Section LText2 September 2014\n"
    put(tmp_path, "2014-10-01", "sos.txt", f"Secretary of State variations\n\n{row}")
    put(tmp_path, "2014-10-02", "sos.txt", f"Secretary of State variations\n\nSection X3.4Text1 October 2014\n{row}")
    assert told(tmp_path, store) == {date(2014, 10, 1): [], date(2014, 10, 2): ["variation_noticed"]}


def test_a_folder_without_captures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="holds no captures"):
        captures(tmp_path)
