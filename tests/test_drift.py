"""Drift: much less is read of rows that are still there; people are shown the last good piece and the present one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import checks, drift
from bot.domain.claims import Claim, Evidence, Reading
from bot.ports import Store
from bot.terminal import as_text
from tests.conftest import SetClock
from tests.saying import scope
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

URL = f"{SITE}/november-2021-sec-release/"
IDS = ("MP077", "MP090", "MP105", "MP129", "MP138")


def reading(*claims: Claim) -> Reading:
    return Reading("release-page", claims, about="release:2021-11")


def without(claims: tuple[Claim, ...], attribute: str, count: int) -> tuple[Claim, ...]:
    """Claims of which so many of an attribute are missing."""
    gone = [claim for claim in claims if claim.attribute == attribute][:count]
    return tuple(claim for claim in claims if claim not in gone)


def test_statuses_that_are_gone_while_the_rows_stay_are_a_drift() -> None:
    before = scope("2021-11", *IDS)
    [one] = drift.found(before, without(before, "status", 5))
    assert (one.attribute, one.before, one.now) == ("status", 5, 0)
    [doubt] = checks.believe(reading(*without(before, "status", 3)), before)
    assert (doubt.reason, doubt.grave) == ("drift", True)


def test_a_few_that_are_gone_or_a_page_of_few_rows_are_no_drift() -> None:
    before = scope("2021-11", *IDS)
    assert list(drift.found(before, without(before, "status", 2))) == []
    few = scope("2021-11", *IDS[:3])
    assert list(drift.found(few, without(few, "status", 3))) == []


def test_other_values_and_rows_that_went_whole_are_no_drift() -> None:
    before = scope("2021-11", *IDS)
    assert list(drift.found(before, scope("2021-11", *IDS, status="implemented"))) == []
    assert list(drift.found(before, scope("2021-11", *IDS[:1]))) == []


def test_plans_that_go_with_a_decision_are_no_drift() -> None:
    votes = tuple(Claim(f"modification:{id_}", "change_board_vote_on", "2021-06-23", Evidence("a vote")) for id_ in IDS)
    before = (*scope("2021-11", *IDS), *votes)
    assert list(drift.found(before, scope("2021-11", *IDS, status="approved"))) == []


def test_the_excerpts_are_the_last_good_row_and_what_is_nearest_to_it_now() -> None:
    row = Evidence("MP090 ‘Non GBCS Alerts’ | Approved", 3, "Scope", "row")
    before = [Claim("modification:MP090", "status", "approved", row)]
    pieces = ("Scope", "Intro", "MP077 ‘Flagging’", "MP090 ‘Non GBCS Alerts’", "Contact")
    found = drift.excerpts(before, [], pieces)
    assert found == drift.Excerpts(row.quote, "MP077 ‘Flagging’ ⏎ MP090 ‘Non GBCS Alerts’ ⏎ Contact")


def test_without_anything_alike_the_piece_below_the_same_heading_is_shown() -> None:
    row = Evidence("MP090 ‘Alerts’ | Approved", 3, "Scope", "row")
    found = drift.excerpts(
        [Claim("modification:MP090", "status", "approved", row)], [], ("Intro", "Scope", "See the register.", "End")
    )
    assert found is not None
    assert found.present == "Scope ⏎ See the register. ⏎ End"


def test_nothing_lost_has_no_excerpts() -> None:
    claims = scope("2021-11", *IDS)
    assert drift.excerpts(claims, claims, ("x",)) is None


# --- through the poll ------------------------------------------------------------------------------------------------


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll_and_deliver()
    return world


PICTURES = release_page([(id_, title, "") for id_, title, _ in ROWS])
"""The page after a redesign that shows statuses as coloured dots."""


def later(world: World, clock: SetClock) -> list[str]:
    clock.now += timedelta(hours=1)
    return world.poll_and_deliver()


def test_a_drift_is_told_once_with_both_excerpts_its_end_once_and_no_change_at_all(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.web.pages[URL] = PICTURES
    assert [len(later(world, clock)), len(later(world, clock))] == [1, 0]
    notice = as_text(next(message for _, message, key in world.slack.sent if key.startswith("notice:")))
    assert "Status was read of 4 rows, and is read of 0 now" in " ".join(notice.split())
    assert "MP077 ‘DCC Service Flagging’ | Targeted" in notice
    assert "MP077 ‘DCC Service Flagging’ | ⏎ MP090" in " ".join(notice.replace("│", "").split())
    world.web.pages[URL] = release_page(ROWS, nonce="mended")
    assert "reads well again" in later(world, clock)[0]
    assert world.store.changes() == []


def test_a_page_that_stays_as_it_is_for_hours_is_believed_in_the_end(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.web.pages[URL] = PICTURES
    for _ in range(8):
        later(world, clock)
    assert world.store.watches()[0].health == "good"
    assert {told.change.kind for told in world.store.changes()} == {"status_changed"}
