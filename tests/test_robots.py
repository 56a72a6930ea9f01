"""What robots.txt asks of us."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.ports import Page, Trouble
from tests.conftest import SetClock
from watchers.robots import KEPT, LARGEST_GAP, RETRIED, Robots

SITE = "https://sec.example"
NOW = datetime(2021, 11, 4, 9, tzinfo=UTC)


def page(text: str) -> Page:
    return Page(f"{SITE}/robots.txt", text.encode(), "text/plain", NOW)


def test_what_is_disallowed_for_us_or_for_all_is_not_read() -> None:
    robots = Robots("secbot/1.0 (+a@b.example)", SetClock(NOW))
    rules = robots.learn(SITE, page("User-agent: *\nDisallow: /all/\n\nUser-agent: secbot\nDisallow: /private/\n"), 200)
    assert not robots.allows(rules, f"{SITE}/private/x")
    assert robots.allows(rules, f"{SITE}/all/x")
    assert robots.allows(rules, f"{SITE}/november-2021-sec-release/")


def test_a_site_without_rules_may_be_read() -> None:
    for status in (404, 401, 403, 410):
        robots = Robots("secbot/1.0", SetClock(NOW))
        assert robots.allows(robots.learn(SITE, Trouble("http", "no", NOW), status), f"{SITE}/x")


def test_rules_that_cannot_be_read_close_the_site_for_a_short_time() -> None:
    clock = SetClock(NOW)
    robots = Robots("secbot/1.0", clock)
    for status in (500, 503, 429, 0):
        rules = robots.learn(SITE, Trouble("timeout", "Nothing came for 20 seconds.", NOW, retry_after=7.0), status)
        assert not robots.allows(rules, f"{SITE}/x")
        assert rules.trouble == Trouble("timeout", rules.trouble.detail, NOW, 7.0) if rules.trouble else False
        assert "robots.txt could not be read" in rules.trouble.detail if rules.trouble else False
    clock.now += RETRIED
    assert robots.known(SITE) is None


def test_rules_are_kept_for_a_day_by_the_clock() -> None:
    clock = SetClock(NOW)
    robots = Robots("secbot/1.0", clock)
    rules = robots.learn(SITE, page("User-agent: *\nDisallow:"), 200)
    clock.now += KEPT - timedelta(seconds=1)
    assert robots.known(SITE) is rules
    clock.now += timedelta(seconds=1)
    assert robots.known(SITE) is None


def test_a_crawl_delay_is_honoured_up_to_a_bound() -> None:
    robots = Robots("secbot/1.0", SetClock(NOW))
    assert robots.learn(SITE, page("User-agent: *\nCrawl-delay: 5\n"), 200).gap == 5.0
    assert robots.learn(SITE, page("User-agent: *\nCrawl-delay: 9999\n"), 200).gap == LARGEST_GAP
    assert robots.learn(SITE, page("User-agent: *\nCrawl-delay: soon\n"), 200).gap == 0.0


def test_a_page_in_place_of_the_rules_forbids_nothing() -> None:
    robots = Robots("secbot/1.0", SetClock(NOW))
    rules = robots.learn(SITE, page("<!doctype html><title>Welcome</title><p>Disallow: nothing"), 200)
    assert robots.allows(rules, f"{SITE}/x")
