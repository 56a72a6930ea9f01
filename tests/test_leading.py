"""Of many workers on one database one watches; the others take over when it is gone."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.app import assemble
from bot.pipeline.leading import LEASE_SECONDS, Leader, own_name
from bot.pipeline.outage import Outage
from bot.ports import Source, Store, StoreError
from bot.render import Renderer
from bot.settings import load
from bot.vitals import LONGEST, Vitals
from tests.conftest import SetClock
from tests.storing import RELEASE
from tests.world import LONDON, FakeSlack, FakeWeb
from watchers.sources import SourcesError


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


def test_a_lead_that_cannot_be_given_back_ends_by_itself_and_stops_nobody(
    two: tuple[Leader, Leader], store: Store, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str]
) -> None:
    expected_warnings.append("the lead can't be given back")
    one, _ = two
    one.renew()

    def locked(*_: object) -> None:
        raise StoreError("locked")

    monkeypatch.setattr(type(store), "resign", locked)
    one.resign()
    assert one.term is None


def test_a_worker_whose_reading_hangs_leaves_the_lead_to_another(store: Store, clock: SetClock) -> None:
    seconds = [0.0]
    app = assemble(load({}), store, fetch=FakeWeb(clock), poster=FakeSlack(), clock=clock, sources=list)
    app.vitals, app.leader = Vitals(now=lambda: seconds[0]), Leader(store, clock)
    other = Leader(store, clock)
    keep = app.timetable().jobs["lead"][1]
    keep()
    assert other.renew() is None
    seconds[0] = LONGEST["poll"] + 1
    keep()
    assert other.renew() is not None


def test_where_writers_wait_for_one_another_no_request_is_taken_in_the_database(store: Store) -> None:
    """Another program that locks a file of SQLite would keep each question waiting."""
    assert not store.is_shared


def test_of_several_workers_the_one_that_leads_tells_of_an_outage(store: Store, clock: SetClock) -> None:
    slack, told = FakeSlack(), []
    for leads in (True, False):
        outage = Outage(slack, Renderer(LONDON), clock, "C0OPS", lambda leads=leads: leads)  # type: ignore[misc]
        for _ in range(2):
            outage.failed("poll", "the database is away")
            clock.now += timedelta(minutes=2)
        told.append(outage.told)
    assert told == [True, False]
    assert len(slack.sent) == 1


def test_where_the_list_of_sources_broke_the_one_before_is_read_on(
    store: Store, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("the sources of before are read on")
    web, listed = FakeWeb(clock), [[RELEASE]]

    def sources() -> list[Source]:
        if not listed:
            raise SourcesError("src.toml is not TOML.")
        return listed.pop()

    app = assemble(load({}), store, fetch=web, poster=FakeSlack(), clock=clock, sources=lambda: [RELEASE])
    app.sources = sources
    app.poll_under(store)
    clock.now += timedelta(days=1)
    app.poll_under(store)
    assert web.asked == [RELEASE.url, RELEASE.url]
