"""Secbot as somebody sees it in a browser: local-slack's web page, driven with mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.follow import Subscription
from bot.pipeline.poll import Audience
from bot.ports import Store
from bot.slack.poster import SlackPoster
from tests.chromium import BROWSER, Page, browsing
from tests.conftest import SetClock
from tests.local_slack import NEEDED, Driven, driven, running, until
from tests.world import ROWS, SITE, FakeWeb, World, release_page, release_source

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: nothing is looked at in a browser"),
]
URL = f"{SITE}/november-2021-sec-release/"
COMPOSER = "textarea.composer-input"


@pytest.fixture
def at_work(tmp_path: Path, store: Store, clock: SetClock) -> Iterator[Driven]:
    with running(tmp_path) as emulator, driven("socket", emulator, store, clock) as found:
        yield found


@pytest.fixture
def world(at_work: Driven, store: Store, clock: SetClock) -> World:
    poster = SlackPoster(at_work.token, base_url=at_work.emulator.api)
    found = World(store, clock, FakeWeb(clock), poster, Audience("", ""))  # type: ignore[arg-type]
    found.watch(release_source())
    found.web.pages[URL] = release_page(ROWS)
    store.subscribe(Subscription("C1", "release:2021-11", "U1", clock() - timedelta(days=1)))
    found.poll()
    found.deliverer()
    return found


@pytest.fixture
def page(at_work: Driven, world: World, tmp_path: Path) -> Iterator[Page]:
    with browsing(tmp_path) as found:
        found.goes_to(at_work.emulator.url)
        found.clicks("button.sidebar-item", "#general")
        found.waits_for(".msg-body")
        yield found


def test_the_form_for_following_is_opened_refused_filled_in_and_kept(page: Page, store: Store) -> None:
    page.types(COMPOSER, "/sec subscribe")
    page.waits_for(".modal-title", "Follow something")
    # The web page draws no list in which one types: left empty, the form says what is wrong.
    page.clicks(".modal-btn.primary", "Follow")
    page.waits_for(".modal-error", "what: Choose what to follow")
    page.clicks(".modal-btn", "Cancel")
    page.types(COMPOSER, "/sec subscribe MP090")
    page.waits_for(".bk-header", "This channel now follows MP090")
    page.types(COMPOSER, "/sec list")
    page.clicks(".bk-actions button", "Change MP090")
    page.waits_for(".modal-title", "Change what you follow")
    page.chooses("When", "In the digest")
    page.chooses("How weighty", "No light ones")
    page.clicks(".modal-btn.primary", "Keep")
    page.waits_for(".modal .bk-header", "This channel now follows MP090")
    kept = {one.selector: one for one in store.subscriptions("C1")}["modification:MP090"]
    assert (kept.delivery, kept.least) == ("daily", 2)


def test_an_alert_says_why_it_came_and_one_press_mutes_its_rule(
    page: Page, world: World, clock: SetClock, store: Store
) -> None:
    clock.now += timedelta(hours=1)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    world.poll()
    world.deliverer()
    page.waits_for(".bk-header", "November 2021")
    assert "11 November 2021" in page.reads()
    page.clicks(".bk-actions button", "Why")
    page.waits_for(".bk-actions button", "Mute this rule for 7 days")
    page.clicks(".bk-actions button", "Mute this rule for 7 days")
    page.waits_for(".bk-header", "The rule for the November 2021 SEC Release is muted until")
    muted = until(lambda: store.mutes("C1"), lambda: "nothing is muted")
    assert [one.selector for one in muted] == ["rule:release:2021-11"]
