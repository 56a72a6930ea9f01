"""Rereading: claims are derived anew from the captures that were kept, and nobody hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pipeline.poll import FAST_REREAD, REBUILDING
from bot.pipeline.reread import reread
from bot.ports import Store
from tests.conftest import SetClock
from tests.storing import database_beside as database  # noqa: F401
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.read import read_page

URL = f"{SITE}/november-2021-sec-release/"


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    return world


def show(world: World, clock: SetClock, page: str, by: timedelta = timedelta(hours=1)) -> None:
    clock.now += by
    world.web.pages[URL] = page
    world.poll_and_deliver()


def believed(store: Store) -> set[tuple[str, str, str, bool]]:
    return {(s.claim.subject, s.claim.attribute, s.claim.value, s.current) for s in store.statements()}


def test_rereading_with_the_same_recogniser_changes_nothing_and_tells_nobody(world: World, clock: SetClock) -> None:
    show(world, clock, release_page(ROWS))
    show(world, clock, release_page(ROWS[:3], go_live="11 November 2021"))
    show(world, clock, release_page(ROWS[:3], go_live="11 November 2021"), FAST_REREAD)
    before, sent, changes = believed(world.store), len(world.slack.sent), world.store.last_seq()
    done = reread(world.store, read_page)
    world.deliverer()
    assert believed(world.store) == before
    assert (len(world.slack.sent), world.store.last_seq(), done.doubtful) == (sent, changes, 0)


def test_a_mass_removal_that_was_believed_stays_believed(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    rows = [(f"MP{n}", f"Title {n}", "Approved") for n in range(100, 110)]
    show(world, clock, release_page(rows))
    show(world, clock, release_page(rows[:3]))
    show(world, clock, release_page(rows[:3], nonce="again"), FAST_REREAD)
    show(world, clock, release_page(rows[:3], nonce="and again"), REBUILDING)
    before = believed(world.store)
    reread(world.store, read_page)
    assert believed(world.store) == before
    assert len([b for b in before if b[1] == "in_scope" and b[3]]) == 3
