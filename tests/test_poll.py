"""Polling: what a page that is overwritten, a stream and a feed make of an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pipeline import poll as pipeline
from bot.pipeline.poll import FAST_REREAD, REBUILDING
from bot.ports import Page, Poll, Source, Store, Trouble, Watch
from storage import sources
from tests.conftest import SetClock
from tests.limits import read
from tests.storing import database_beside as database  # noqa: F401
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

URL = f"{SITE}/november-2021-sec-release/"
NEWS = Source("news", f"{SITE}/latest-news/", "news")
FEED = Source("news-feed", f"{SITE}/latest-news/feed/", "feed", stream="news")
LOG_IN = "<html><head><title>Log In</title></head><body><form>Username <input> Password <input></form></body></html>"


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    return world


def later(world: World, clock: SetClock, by: timedelta = timedelta(hours=1)) -> list[str]:
    clock.now += by
    return world.poll_and_deliver()


def statuses(rows: tuple[tuple[str, str, str], ...], status: str) -> list[tuple[str, str, str]]:
    return [(id_, title, status) for id_, title, _ in rows]


def test_first_sight_is_one_card_and_no_alert(world: World) -> None:
    texts = world.poll_and_deliver()
    assert len(texts) == 1
    assert "November 2021" in texts[0]
    assert world.slack.texts("alert:") == []


def test_polling_twice_alerts_once(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = release_page((*ROWS, ("MP138", "DCC Service Testing in ETAD", "Targeted")))
    assert [text for text in later(world, clock) if "MP138" in text]
    assert later(world, clock) == []


def test_several_changes_of_one_reading_are_one_message(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(statuses(ROWS, "Implemented"), go_live="11 November 2021")
    assert len(later(world, clock)) == 1


def test_a_card_that_tells_a_move_of_go_live_names_the_new_date_throughout(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    rows = [*ROWS, ("MP221", "Power outage alerts", "Targeted")]
    world.web.pages[URL] = release_page(rows, go_live="11 November 2021")
    later(world, clock)
    card = str(world.slack.sent[-1][1].blocks)
    assert "Its go-live: 11 November 2021" in card
    assert "Its go-live: 4 November 2021" not in card


def test_a_page_in_another_form_is_no_change(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    rows = "".join(f"<li>{i} '{t}' – {s}</li>" for i, t, s in reversed(ROWS))
    html = release_page((), nonce="x81").replace(
        "<table><tr><th>Modification</th><th>Status</th></tr></table>", f"<ul>{rows}</ul>"
    )
    world.web.pages[URL] = html
    assert later(world, clock) == []
    assert world.store.watches()[0].health == "good"


def test_a_removal_is_told_when_a_second_reading_confirms_it(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(ROWS[:3])
    assert later(world, clock) == []
    due = world.store.watches()[0].due_at
    assert due is not None
    assert due <= clock.now + FAST_REREAD
    texts = later(world, clock, FAST_REREAD)
    assert len(texts) == 1
    assert "MP129" in texts[0]


def test_a_removal_that_was_a_slip_is_never_told(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(ROWS[:3])
    later(world, clock)
    world.web.pages[URL] = release_page(ROWS)
    assert later(world, clock, FAST_REREAD) == []
    assert later(world, clock) == []


@pytest.mark.fault(12)
def test_a_log_in_page_is_quarantined_told_to_operators_once_and_on_recovery(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.poll_and_deliver()
    world.web.pages[URL] = LOG_IN
    first, second = later(world, clock), later(world, clock)
    world.web.pages[URL] = release_page(ROWS, nonce="back")
    recovered = later(world, clock)
    assert (len(first), len(second), len(recovered)) == (1, 0, 1)
    assert {channel for channel, _, key in world.slack.sent if key.startswith("notice:")} == {"C0OPS"}
    assert world.slack.texts("alert:") == []


def test_a_doubt_after_an_outage_is_told_and_counted_anew(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.poll_and_deliver()
    world.web.pages[URL] = Trouble("unavailable", "503 Service Unavailable", clock())
    told = [text for _ in range(8) for text in later(world, clock, timedelta(hours=13))]
    world.web.pages[URL] = LOG_IN
    doubted = [text for _ in range(2) for text in later(world, clock, timedelta(hours=13))]
    assert len(told) == 1
    assert len(doubted) == 1
    assert "Not believed" in doubted[0]
    assert world.store.watches()[0].failures == 2


def test_a_scope_that_says_it_is_empty_is_believed(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    empty = "<p>No modifications remain in scope of this release: all have been moved to the June 2022 SEC Release.</p>"
    world.web.pages[URL] = f"<h1>November 2021 SEC Release</h1><p>Go-live: 4 November 2021.</p>{empty}"
    assert later(world, clock) == []
    assert later(world, clock, FAST_REREAD) != []


@pytest.mark.fault(13)
def test_half_of_the_rows_gone_is_quarantined_and_believed_when_it_is_read_again(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    rows = [(f"MP{n}", f"Title {n}", "Approved") for n in range(100, 110)]
    world.web.pages[URL] = release_page(rows)
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(rows[:3])
    later(world, clock)
    assert world.store.watches()[0].health == "doubtful"
    assert world.slack.texts("alert:") == []
    later(world, clock, FAST_REREAD)
    assert world.slack.texts("alert:") == []  # a site that is being rebuilt is so for more than five minutes
    later(world, clock, REBUILDING)
    assert len(world.slack.texts("alert:")) == 1
    assert world.store.watches()[0].health == "good"


def test_half_of_the_rows_gone_is_believed_at_once_where_the_page_counts_what_is_left(
    world: World, clock: SetClock
) -> None:
    rows = [(f"MP{n}", f"Title {n}", "Approved") for n in range(100, 110)]
    world.web.pages[URL] = release_page(rows)
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(rows[:3], more="<p>The release now has three modifications in its scope.</p>")
    later(world, clock)
    assert world.store.watches()[0].health == "good"
    assert later(world, clock, FAST_REREAD) != []


def test_what_is_noted_of_a_page_is_told_once_and_again_when_it_comes_back(world: World, clock: SetClock) -> None:
    odd, plain = release_page([("MP077", "Alerts", "Simmering"), *ROWS[1:]]), release_page(ROWS)
    world.poll_and_deliver()
    told: list[int] = []
    for page in (odd, odd.replace("</main>", "<!-- 2 --></main>"), plain.replace("</main>", "<!-- 3 --></main>"), odd):
        world.web.pages[URL] = page
        later(world, clock)
        told.append(len(world.slack.texts("notice:noted")))
    assert told == [1, 1, 1, 2]


@pytest.mark.fault(13)
def test_half_a_page_that_comes_back_whole_is_never_told(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    rows = [(f"MP{n}", f"Title {n}", "Approved") for n in range(100, 110)]
    world.web.pages[URL] = release_page(rows)
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(rows[:3])
    later(world, clock)
    world.web.pages[URL] = release_page(rows)
    later(world, clock, FAST_REREAD)
    later(world, clock)
    assert world.slack.texts("alert:") == []


def test_what_changed_while_a_page_was_in_doubt_is_told_on_recovery(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.poll_and_deliver()
    world.web.pages[URL] = ""
    later(world, clock)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    later(world, clock)
    assert "11 November 2021" in world.slack.texts("alert:")[0]


def test_a_page_that_breaks_off_is_quarantined_and_nobody_is_told_of_removals(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(ROWS)[: release_page(ROWS).index("MP129")]
    first, second = later(world, clock), later(world, clock, FAST_REREAD)
    world.web.pages[URL] = release_page(ROWS, nonce="whole")
    recovered = later(world, clock)
    assert (len(first), len(second), len(recovered)) == (1, 0, 1)
    assert "Not believed" in first[0]
    assert world.store.changes() == []


def test_a_status_never_seen_is_told_to_the_operators_once_and_believed(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = release_page([*ROWS[:3], ("MP129", "Allocation of Devices", "Parked")])
    later(world, clock)
    world.web.pages[URL] += "<!-- again -->"
    later(world, clock)
    notes = [(channel, read(message)) for channel, message, key in world.slack.sent if key.startswith("notice:noted")]
    assert [channel for channel, _ in notes] == ["C0OPS"]
    assert "A status never seen before: “Parked” (MP129)." in notes[0][1]
    assert world.store.watches()[0].health == "good"
    assert len(world.slack.texts("alert:")) == 1


def test_that_every_row_s_status_changed_at_once_is_told(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = release_page(statuses(ROWS, "Implemented"))
    later(world, clock)
    assert world.store.watches()[0].health == "good"
    assert len(world.store.changes()) == 4


def test_trouble_backs_off_and_is_told_once(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.web.pages[URL] = Trouble("timeout", "no answer within 30 s", clock.now)
    texts = [text for _ in range(6) for text in later(world, clock)]
    watch = world.store.watches()[0]
    assert len(texts) == 1
    assert watch.failures == 6
    assert watch.due_at is not None
    assert watch.due_at - clock.now > timedelta(hours=2)


def test_retry_after_is_obeyed(world: World, clock: SetClock) -> None:
    world.web.pages[URL] = Trouble("busy", "503", clock.now, retry_after=7200 * 10)
    world.poll()
    due = world.store.watches()[0].due_at
    assert due is not None
    assert due - clock.now >= timedelta(hours=20)


def test_an_expected_page_that_does_not_exist_yet_is_no_trouble(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(Source("february-2023", f"{SITE}/february-2023-sec-release/", "release-page", expected=True))
    texts = [text for _ in range(5) for text in later(world, clock)]
    assert texts == []
    assert store.watches()[0].health == "absent"


def test_a_page_that_secbot_fails_at_keeps_it_from_no_other(
    store: Store, clock: SetClock, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_warnings.append("could not be read")
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(Source("a-bad-kind", f"{SITE}/bad/", "poem"), release_source())
    world.web.pages |= {f"{SITE}/bad/": release_page(ROWS), URL: release_page(ROWS)}
    world.poll()
    health = {watch.source.name: watch.health for watch in store.watches()}
    assert health == {"a-bad-kind": "failing", "november-2021": "good"}
    assert len(store.due(clock.now)) == 0


def test_a_removal_in_a_post_waits_for_a_page_that_shows_the_post(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(NEWS)
    world.web.pages[NEWS.url] = archive(NEXT.replace("</ul>", "<li>Section M ‘General’</li></ul>"))
    world.poll_and_deliver()
    world.web.pages[NEWS.url] = archive(NEXT)
    later(world, clock)
    link = f"{SITE}/latest-news/another/"
    world.web.pages[link] = archive(OLD)
    store.hasten("news", clock.now, link)
    world.poller(store.due(clock.now))
    assert len(store.accepted("news").held) == 1
    texts = later(world, clock)
    assert any("47.0" in text for text in texts)
    assert store.accepted("news").held == ()


def test_when_many_sources_fail_at_once_secbot_suspects_itself(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(*(Source(f"page-{n}", f"{SITE}/{n}/", "release-page") for n in range(8)))
    for n in range(8):
        world.web.pages[f"{SITE}/{n}/"] = Trouble("network", "connection refused", clock.now)
    texts = [text for _ in range(5) for text in later(world, clock)]
    assert len(texts) == 1


@pytest.mark.fault(12)
def test_sources_that_fail_and_recover_one_after_another_are_one_trouble_all_the_same(
    store: Store, clock: SetClock
) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    sources = [Source(f"page-{n}", f"{SITE}/{n}/", "release-page", origin="settings") for n in range(11)]
    world.watch(*sources)
    answers = [Trouble("network", "connection refused", clock.now)] * 4 + [release_page(ROWS)] * 2
    for answer in answers:
        for source in sources:
            world.web.pages[source.url] = answer
            clock.now += timedelta(minutes=5)
            world.poller([watch for watch in store.watches() if watch.source.name == source.name])
    world.deliverer()
    names = [key.split(":")[1] for _, _, key in world.slack.sent if key.startswith("notice:")]
    assert names[0] == "suspects_itself"
    assert len(names) <= 2 + 3
    assert {watch.told for watch in store.watches()} == {False}


def test_a_notice_is_queued_though_another_process_took_its_first_source(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(*(Source(f"page-{n}", f"{SITE}/{n}/", "release-page") for n in range(3)))
    seen = store.watches()
    store.record(Poll(seen[0], clock.now))  # the other process: what was seen of page-0 is out of date now
    world.poller.notice("suspects_itself", seen, told=True)
    world.deliverer()
    assert len(world.slack.texts("notice:suspects_itself")) == 1
    assert [watch.told for watch in store.watches()] == [False, True, True]


def test_several_recoveries_at_once_are_one_notice(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    sources = [Source(f"page-{n}", f"{SITE}/{n}/", "release-page") for n in range(8)]
    world.watch(*sources)
    for source in sources:
        world.web.pages[source.url] = Trouble("network", "connection refused", clock.now)
    for _ in range(4):
        later(world, clock)
    for source in sources:
        world.web.pages[source.url] = release_page(ROWS)
    later(world, clock)
    assert len(world.slack.texts("notice:")) == 2


def post(version: str, id_: str, title: str, date: str) -> str:
    return f"""<article><h2>SEC v{version} released to implement {id_}</h2><p>{date}</p>
<p>A new version of the SEC came into effect on {date}. It implements {id_} ‘{title}’.</p>
<h3>Which parts of the SEC changed?</h3><ul><li>Section A ‘Definitions and Interpretation’</li></ul></article>"""


def archive(*posts: str) -> str:
    return f"<html><head><title>SEC Release</title></head><body><main><h1>SEC Release »</h1>{''.join(posts)}</main></body></html>"


OLD = post("45.0", "MP161", "Significant Code Review – Retail Code Consolidation", "1 September 2021")
NEXT = post("47.0", "MP134A", "Use of SMKI Certificates relating to a SoLR event", "4 October 2021")
NEWEST = post("51.0", "MP128B", "Incorrect Gas Network Operator Certificates", "11 November 2021")


def test_a_new_post_is_news_and_one_that_slides_off_is_not(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(NEWS)
    world.web.pages[NEWS.url] = archive(NEXT, OLD)
    world.poll_and_deliver()
    world.web.pages[NEWS.url] = archive(NEWEST, NEXT)
    texts = later(world, clock)
    assert len(texts) == 1
    assert "51.0" in texts[0]
    assert later(world, clock) == []


def feed(*entries: tuple[str, str]) -> str:
    items = "".join(
        f"<item><title>{t}</title><link>{u}</link><guid>{u}</guid><description>{t} …</description></item>"
        for t, u in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def test_a_new_entry_of_a_feed_triggers_a_read_of_its_page_once(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(NEWS, FEED)
    link = f"{SITE}/latest-news/sec-v51-0/"
    world.web.pages |= {
        NEWS.url: archive(OLD),
        FEED.url: feed(("Older", f"{SITE}/latest-news/old/")),
        link: archive(NEWEST),
    }
    world.poll_and_deliver()
    world.web.pages[FEED.url] = feed(("SEC v51.0", link), ("Older", f"{SITE}/latest-news/old/"))
    later(world, clock)
    world.poller()
    world.deliverer()
    world.poller()
    assert world.web.asked.count(link) == 1
    assert f"{SITE}/latest-news/old/" not in world.web.asked
    assert any("51.0" in text for text in world.slack.texts("alert:"))


def test_a_stream_that_a_feed_makes_due_stays_due_though_it_was_read_in_the_same_pass(
    store: Store, clock: SetClock
) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(NEWS, FEED)
    world.web.pages |= {NEWS.url: archive(OLD), FEED.url: feed(("Older", f"{SITE}/latest-news/old/"))}
    world.poll()
    world.web.pages[FEED.url] = feed(("SEC v51.0", f"{SITE}/latest-news/sec-v51-0/"))
    clock.now += timedelta(hours=2)
    world.poller(sorted(store.watches(), key=lambda watch: watch.source != NEWS))
    assert NEWS.name in [watch.source.name for watch in store.due(clock.now) if not watch.next_url]


def test_answers_that_tell_nothing_new_are_written_together(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(*(Source(f"page-{n}", f"{SITE}/{n}/", "release-page") for n in range(7)))
    world.web.pages |= {f"{SITE}/{n}/": release_page(ROWS) for n in range(7)}
    world.poll()
    together: list[int] = []
    plain = store.record_plain
    store.record_plain = lambda polls: together.append(len(polls)) or plain(polls)  # type: ignore[method-assign,func-returns-value]
    clock.now += timedelta(hours=2)
    world.poll()
    assert together == [7]
    assert {watch.last_read_at for watch in store.watches()} == {clock.now}


DRIVERS_OWN = "psycopg: error ignored terminating"
"""What PostgreSQL's driver says, sometimes, of many rows of which one is refused; the error itself is raised."""


def pages(store: Store, clock: SetClock) -> World:
    """A world of five pages that all were read once."""
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(*(Source(f"page-{n}", f"{SITE}/{n}/", "release-page") for n in range(5)))
    world.web.pages |= {f"{SITE}/{n}/": release_page(ROWS) for n in range(5)}
    world.poll()
    return world


def unwritable(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Let the database refuse what is written of page-1 when it was read well."""
    made = getattr(sources, what)

    def broken(watch: Watch) -> dict[str, object]:
        bad = (watch.source.name, watch.health) == ("page-1", "good")
        return made(watch) | ({"health": None} if bad else {})

    monkeypatch.setattr(sources, what, broken)


@pytest.mark.parametrize("most", [2, 100])
def test_an_answer_that_cannot_be_written_is_in_the_way_of_no_other_and_blamed_on_none(
    store: Store, clock: SetClock, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    expected_warnings += ["page-1 could not be read", DRIVERS_OWN]
    world, began = pages(store, clock), clock.now
    unwritable(monkeypatch, "_row")
    monkeypatch.setattr(pipeline, "MOST_WAITING", most)
    clock.now += timedelta(hours=2)
    world.poll()
    seen = {watch.source.name: (watch.health, watch.last_read_at) for watch in store.watches()}
    assert seen.pop("page-1") == ("failing", began)
    assert set(seen.values()) == {("good", clock.now)}


def test_what_can_only_be_written_alone_is_no_fault_of_its_page(
    store: Store, clock: SetClock, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_warnings.append(DRIVERS_OWN)
    world = pages(store, clock)
    unwritable(monkeypatch, "columns")
    clock.now += timedelta(hours=2)
    world.poll()
    assert {(watch.health, watch.last_read_at) for watch in store.watches()} == {("good", clock.now)}


def test_validators_of_the_same_body_are_kept_when_the_server_sends_none(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    source = release_source()
    world.watch(source)
    bodies = iter(
        [("1", b"<h1>x</h1>" + release_page(ROWS).encode()), ("", b"<h1>x</h1>" + release_page(ROWS).encode())]
    )
    world.web.answer = lambda url: Page(url, (got := next(bodies))[1], "text/html", clock(), etag=got[0])  # type: ignore[method-assign]
    world.poll()
    clock.now += timedelta(hours=2)
    world.poll()
    [watch] = store.watches()
    assert (watch.etag, watch.last_read_at) == ("1", clock.now)


def test_what_another_source_had_said_before_is_kept_and_not_told_again(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    tag = Source("tag-archive", f"{SITE}/tag/sec-release/", "news")
    world.watch(NEWS, tag)
    world.web.pages |= {NEWS.url: archive(OLD), tag.url: archive(OLD)}
    world.poll_and_deliver()
    world.web.pages |= {NEWS.url: archive(NEWEST, OLD), tag.url: archive(NEWEST, OLD)}
    later(world, clock)
    later(world, clock)
    assert len(world.slack.texts("alert:")) == 1
    assert {told.known_from for told in store.changes()} == {"", "news"}
