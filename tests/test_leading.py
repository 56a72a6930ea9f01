"""Of many workers on one database one watches; the others take over when it is gone."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.pipeline.leading import LEASE_SECONDS, Leader, own_name
from bot.ports import Store
from tests.conftest import SetClock
from tests.storing import RELEASE


@pytest.fixture
def two(store: Store, clock: SetClock) -> tuple[Leader, Leader]:
    return Leader(store, clock), Leader(store, clock)


def test_one_of_two_does_the_work_and_the_other_after_it_is_gone(two: tuple[Leader, Leader], clock: SetClock) -> None:
    one, other = two
    assert one.do(lambda _: "done") == "done"
    assert other.do(lambda _: "done") is None
    clock.now += timedelta(seconds=LEASE_SECONDS)
    assert other.do(lambda _: "done") == "done"
    assert one.do(lambda _: "done") is None


def test_who_stops_lets_the_other_take_over_at_once(two: tuple[Leader, Leader]) -> None:
    one, other = two
    one.renew()
    one.resign()
    assert other.do(lambda _: "done") == "done"
    one.resign()
    assert other.renew() is not None


def test_what_a_deposed_leader_has_in_hand_is_not_written_and_nothing_breaks(
    two: tuple[Leader, Leader], clock: SetClock, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = two

    def slow(mine: Store) -> str:
        clock.now += timedelta(minutes=5)  # stopped, and woken
        assert other.renew() is not None
        mine.watch([RELEASE], clock())
        return "never"

    with caplog.at_level(logging.INFO):
        assert one.do(slow) is None
    assert store.watches() == []
    assert "nothing was written" in caplog.text


def test_no_two_processes_have_one_name() -> None:
    assert own_name() != own_name()
