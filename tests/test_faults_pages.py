"""What sites do wrong with their pages, from the page to what is told, and the figure by which each fault is borne.

A fault's number is that of its row in the table of faults. "Told" is what stands in the channels, to whomever.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.diff import fingerprint
from bot.pipeline.poll import FAST_REREAD, REBUILDING, TELL_AFTER
from bot.ports import Page, Source, Store, Trouble
from tests.conftest import SetClock
from tests.drawing import one_in
from tests.limits import read
from tests.storing import NOON
from tests.test_poll import FEED, NEWS, archive, post
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.read import read_page

SOURCE = release_source()
HOUR = timedelta(hours=1)
TEN = [(f"MP{n}", f"Title {n}", "Approved") for n in range(100, 110)]


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    return World(store, clock, FakeWeb(clock), FakeSlack())


def begun(world: World, page: str = "") -> World:
    """secbot with one page that is well."""
    world.watch(SOURCE)
    world.web.pages[SOURCE.url] = page or release_page(ROWS)
    world.poll_and_deliver()
    return world


def shows(world: World, clock: SetClock, page: str | Trouble, after: timedelta = HOUR) -> None:
    clock.now += after
    world.web.pages[SOURCE.url] = page
    world.poll_and_deliver()


def alerts(world: World) -> list[str]:
    """The texts that were sent of changes, whatever the form: replies below cards and what stands alone."""
    told = ("alert:", "reverted:", "unstable:")
    return [message.text for _, message, key in world.slack.sent if key.startswith(told)]


def notices(world: World) -> list[str]:
    """The names of the notices that the operators got."""
    return [key.split(":")[1] for _, _, key in world.slack.sent if key.startswith("notice:")]


# --- 12: what stands in a page's place -------------------------------------------------------------------------------


def framed(title: str, words: str) -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body><main><h1>{title}</h1>{words}</main></body></html>"


NO_TABLE = release_page(ROWS).partition("<table>")[0] + release_page(ROWS).partition("</table>")[2]
CHALLENGE = framed("Just a moment...", "<p>Checking your browser before accessing. Verify you are human.</p>")
IN_ITS_PLACE: dict[str, str | Trouble] = {
    "table gone": NO_TABLE,
    "table without rows": release_page(()),
    "empty 200": "",
    "only white space": " \n\t \n",
    "empty body": "<html><head></head><body></body></html>",
    "challenge with 200": CHALLENGE,
    "challenge with 403": Trouble("http", "sec.example does not let secbot have the page (status 403).", None),  # type: ignore[arg-type]
    "challenge with 503": Trouble("busy", "sec.example is busy (status 503).", None, 30.0),  # type: ignore[arg-type]
    "log-in": framed("Log in", "<form>Username <input> Password <input type=password></form>"),
    "log-in of WordPress": framed("Log In ‹ Smart Energy Code — WordPress", "<form><label>Username or Email Address</label><input><label>Password</label><input></form>"),
    "maintenance": framed("Maintenance", "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"),
    "maintenance of the site": framed("Smart Energy Code", "<p>Our website is currently undergoing scheduled maintenance. We should be back shortly. Thank you for your patience.</p>"),
    "an error of the database": "<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>",
    "an error of PHP": "<br />\n<b>Fatal error</b>:  Allowed memory size of 268435456 bytes exhausted in <b>/var/www/html/wp-includes/post.php</b> on line <b>99</b><br />",
    "not found with 200": framed("Page not found", "<p>It looks like nothing was found at this location.</p>"),
    "the site's front page": framed("Smart Energy Code", "<p>Welcome to the Smart Energy Code website.</p><p>Latest news</p>"),
    "JSON": '{"code":"rest_no_route","message":"No route was found","data":{"status":404}}',
    "parked": framed("sec.example", "<p>This domain is for sale.</p>"),
}  # fmt: skip


@pytest.mark.fault(12)
@pytest.mark.parametrize("what", IN_ITS_PLACE)
def test_nobody_is_told_of_changes_while_it_lasts_nor_on_recovery(
    world: World, clock: SetClock, expected_warnings: list[str], what: str
) -> None:
    expected_warnings.append("not believed")
    begun(world)
    before = len(world.slack.sent)
    for n in range(4):
        answer = IN_ITS_PLACE[what]
        shows(world, clock, f"{answer}<!-- {n} -->" if n % 2 and isinstance(answer, str) and answer.strip() else answer)
    good = world.store.accepted(SOURCE.name)
    assert {claim.value for claim in good.claims if claim.attribute == "in_scope"} == {id_ for id_, _, _ in ROWS}
    shows(world, clock, release_page(ROWS, nonce="back"))
    shows(world, clock, release_page(ROWS, nonce="back"))
    assert (alerts(world), world.store.changes()) == ([], [])
    assert len(world.slack.sent) - before == 2  # the trouble, and its end
    assert notices(world) in (["doubtful", "recovered"], ["failing", "recovered"])


@pytest.mark.fault(12)
@pytest.mark.parametrize("how_many", [18, pytest.param(64, marks=pytest.mark.thorough)])
def test_many_sources_at_once_are_one_notice_and_one_of_recovery(
    world: World, clock: SetClock, expected_warnings: list[str], how_many: int
) -> None:
    expected_warnings.append("not believed")
    wrong = list(IN_ITS_PLACE.values())
    sources = [Source(f"page-{n}", f"{SITE}/{n}/", "release-page", origin="settings") for n in range(how_many)]
    world.watch(*sources)
    world.web.pages |= {one.url: release_page(ROWS) for one in sources}
    world.poll_and_deliver()
    for answers in (wrong,) * (max(TELL_AFTER.values()) + 1) + ([release_page(ROWS, nonce="back")],) * 2:
        clock.now += 13 * HOUR
        world.web.pages |= {one.url: answers[n % len(answers)] for n, one in enumerate(sources)}
        world.poll_and_deliver()
    assert notices(world) == ["suspects_itself", "all_recovered"]
    assert (alerts(world), world.store.changes()) == ([], [])


# --- 13: half a page -------------------------------------------------------------------------------------------------


@pytest.mark.fault(13)
@pytest.mark.parametrize("kept", range(10))
def test_one_reading_of_a_part_of_a_page_is_never_told(
    world: World, clock: SetClock, expected_warnings: list[str], kept: int
) -> None:
    expected_warnings.append("not believed")
    begun(world, release_page(TEN))
    shows(world, clock, release_page(TEN[:kept]))
    shows(world, clock, release_page(TEN, nonce="whole"), FAST_REREAD)
    shows(world, clock, release_page(TEN, nonce="whole again"))
    assert (alerts(world), world.store.changes()) == ([], [])


@pytest.mark.fault(13)
@pytest.mark.parametrize("kept", [1, 3, 4, 5, 7, 9])
def test_a_real_removal_of_many_is_told_within_two_cycles(
    world: World, clock: SetClock, expected_warnings: list[str], kept: int
) -> None:
    """Two cycles after the one that saw it first: each confirms it, the second one that nobody is still editing."""
    expected_warnings.append("not believed")
    begun(world, release_page(TEN))
    shows(world, clock, release_page(TEN[:kept]))
    for _ in range(2):
        clock.now += REBUILDING
        world.poll_and_deliver()
    assert len(alerts(world)) == 1
    gone = {one for told in world.store.changes() for one in told.change.about if one.startswith("modification:")}
    gone |= {told.change.subject for told in world.store.changes()}
    assert gone >= {f"modification:{id_}" for id_, _, _ in TEN[kept:]}
    assert not gone & {f"modification:{id_}" for id_, _, _ in TEN[:kept]}


# --- 14: noise -------------------------------------------------------------------------------------------------------

SOURCES = 1_100
DISTINCT = 50
"""Sources that go the whole way through the store; of the others the readings are compared."""


def noisy(page: str, rng: random.Random) -> str:
    """Return a page as its site would serve it another time: other nonces, dates of making, classes, spaces, order."""
    token = f"{rng.getrandbits(64):x}"
    before, _, rest = page.partition("<tr><td>")
    rows, _, after = rest.partition("</table>")
    shuffled = [f"<tr><td>{row}" for row in rows.split("<tr><td>")]
    rng.shuffle(shuffled)
    page = f"{before}{''.join(shuffled)}</table>{after}"
    for tag in ("main", "table", "tr", "td", "p", "h1"):
        given = rng.choice([f' class="css-{token[:6]}"', f" id='b{token[:4]}'", f" data-nonce={token}", ""])
        page = page.replace(f"<{tag}>", f"<{tag}{given}>")
    page = page.replace("><", f">{rng.choice(['', ' ', chr(10), chr(9) * 3])}<")
    head = (
        f"<meta name='csrf' content='{token}'><script>var nonce='{token}';</script><style>.css-{token[:6]}{{}}</style>"
    )
    foot = f"<!-- Cached {rng.randrange(28) + 1} March 2021 {token[:2]}:{token[2:4]} in 0.{rng.randrange(999)} seconds --><input type=hidden value={token}>"
    return page.replace("</head>", f"{head}</head>").replace("</body>", f"{foot}</body>")


def various(n: int) -> str:
    """Return the page of a source: as many as there are, no two alike."""
    rows = [(f"MP{100 + n % 90 + k}", f"Title {n} of {k}", ("Approved", "Targeted")[k % 2]) for k in range(3)]
    return release_page(rows, go_live=f"{n % 27 + 1} November 2021")


@pytest.mark.fault(14)
@pytest.mark.thorough
def test_noise_on_eleven_hundred_pages_changes_no_reading() -> None:
    rng = random.Random(14)
    said = [compared(various(n)) for n in range(DISTINCT)]
    false = [n for n in range(SOURCES) if compared(noisy(various(n % DISTINCT), rng)) != said[n % DISTINCT]]
    assert false == []
    assert len(set(said)) == DISTINCT  # what is compared does tell pages apart


@pytest.mark.fault(14)
def test_noise_on_fifty_sources_is_told_to_nobody(world: World, clock: SetClock) -> None:
    rng = random.Random(15)
    sources = [Source(f"page-{n}", f"{SITE}/{n}/", "release-page", origin="settings") for n in range(DISTINCT)]
    world.watch(*sources)
    world.web.pages |= {one.url: various(n) for n, one in enumerate(sources)}
    world.poll_and_deliver()
    before = len(world.slack.sent)
    clock.now += HOUR
    world.web.pages |= {one.url: noisy(various(n), rng) for n, one in enumerate(sources)}
    report = world.poller(world.store.watches())
    world.deliverer()
    assert report.read == DISTINCT  # each body was new
    assert (world.store.changes(), len(world.slack.sent) - before) == ([], 0)


def compared(body: str) -> str:
    """Return what a poll compares of a page."""
    page = Page(SOURCE.url, body.encode(), "text/html; charset=utf-8", NOON)
    return fingerprint(read_page(page, "release-page").claims)


# --- 15: to and fro --------------------------------------------------------------------------------------------------

MOVED = release_page(ROWS, go_live="11 November 2021")
FLIPS: dict[str, str] = {
    "a date": MOVED,
    "a status": release_page([(ROWS[0][0], ROWS[0][1], "Implemented"), *ROWS[1:]]),
    "a row": release_page([*ROWS, ("MP138", "DCC Service Testing in ETAD", "Targeted")]),
}


@pytest.mark.fault(15)
@pytest.mark.parametrize("what", FLIPS)
def test_ten_flips_are_an_alert_its_revert_and_that_it_is_unstable(world: World, clock: SetClock, what: str) -> None:
    begun(world)
    for n in range(10):
        shows(world, clock, release_page(ROWS, nonce=str(n)) if n % 2 else FLIPS[what])
        shows(world, clock, world.web.pages[SOURCE.url], FAST_REREAD)  # a removal waits for it
    told = [key.split(":")[0] for _, _, key in world.slack.sent if key.startswith(("alert:", "reverted:"))]
    assert told == ["alert", "reverted", "alert"]
    said = [read(message) for _, message, key in world.slack.sent if key.startswith("alert:")]
    assert ["goes to and fro here" in text for text in said] == [False, True]
    assert len(world.store.changes()) == 10  # none is lost: they are kept, and found by /sec since


@pytest.mark.fault(15)
def test_what_has_rested_for_a_day_is_news_again(world: World, clock: SetClock) -> None:
    begun(world)
    for n in range(10):
        shows(world, clock, release_page(ROWS, nonce=str(n)) if n % 2 else MOVED)
    before = len(alerts(world))
    shows(world, clock, MOVED, timedelta(hours=25))
    assert len(alerts(world)) - before == 1
    assert "11 November 2021" in alerts(world)[-1]


@pytest.mark.fault(15)
def test_what_is_unstable_keeps_no_other_change_of_the_page_from_being_told(world: World, clock: SetClock) -> None:
    begun(world)
    for n in range(6):
        shows(world, clock, release_page(ROWS, nonce=str(n)) if n % 2 else MOVED)
    before = len(alerts(world))
    shows(world, clock, release_page([*ROWS, ("MP138", "Testing in ETAD", "Targeted")], go_live="11 November 2021"))
    [text] = alerts(world)[before:]
    assert "MP138" in text
    assert "11 November" not in text


# --- 16: feeds -------------------------------------------------------------------------------------------------------


def entry(n: int, *, guid: str = "", dated: int = 1, link: str = "") -> str:
    url = link or f"{SITE}/latest-news/sec-v{n}-0/"
    named = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    date = f"<pubDate>{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][(dated - 1) % 7]}, {dated:02} Mar 2021 09:00:00 +0000</pubDate>"
    title = f"SEC v{n}.0 released to implement MP{100 + n}" if n % 2 else f"Update number {n} of the Panel"
    return f"<item><title>{title}</title><link>{url}</link>{named}{date}<description>A new version of the SEC …</description></item>"


def stream(entries: Sequence[str], built: int = 0) -> str:
    head = f"<title>News</title><lastBuildDate>{built}</lastBuildDate>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'


def guids(n: int) -> str:
    return f"{SITE}/?p={n}"


def shuffled(rng: random.Random, turn: int) -> list[str]:
    numbers = list(range(40, 50))
    rng.shuffle(numbers)
    return [entry(n, guid=guids(n)) for n in numbers]


def redated(rng: random.Random, turn: int) -> list[str]:
    return [entry(n, guid=guids(n), dated=rng.randrange(1, 28)) for n in range(40, 50)]


def guids_changed(rng: random.Random, turn: int) -> list[str]:
    return [entry(n, guid=f"urn:{turn}:{n}") for n in range(40, 50)]


def guids_lost_and_found(rng: random.Random, turn: int) -> list[str]:
    return [entry(n, guid=guids(n) if turn % 2 else "") for n in range(40, 50)]


def guids_doubled(rng: random.Random, turn: int) -> list[str]:
    return [entry(n, guid=guids(n)) for n in range(40, 50) for _ in range(2)]


def one_guid_for_all(rng: random.Random, turn: int) -> list[str]:
    return [entry(n, guid=f"same-{turn}") for n in range(40, 50)]


def window_slides(rng: random.Random, turn: int) -> list[str]:
    first = 40 + turn % 4
    return [entry(n, guid=guids(n)) for n in range(first, first + 6)]


def links_marked(rng: random.Random, turn: int) -> list[str]:
    return [entry(n, guid=guids(n), link=f"{SITE}/latest-news/sec-v{n}-0/?utm_source=feed&amp;t={turn}") for n in range(40, 50)]  # fmt: skip


def emptied(rng: random.Random, turn: int) -> list[str]:
    return [] if turn % 2 else [entry(n, guid=guids(n)) for n in range(40, 50)]


FEEDS: tuple[Callable[[random.Random, int], list[str]], ...] = (
    *(shuffled, redated, guids_changed, guids_lost_and_found, guids_doubled),
    *(one_guid_for_all, window_slides, links_marked, emptied),
)


@pytest.mark.fault(16)
@pytest.mark.parametrize("served", one_in(3, FEEDS))
def test_a_feed_served_otherwise_ten_times_tells_of_nothing(
    world: World, clock: SetClock, expected_warnings: list[str], served: Callable[[random.Random, int], list[str]]
) -> None:
    """All posts that it leads to stand in the archive that is known, as they would."""
    rng = random.Random(16)
    posts = [post(f"{n}.0", f"MP{100 + n}", f"Title {n}", f"{n - 39} February 2021") for n in range(49, 39, -1)]
    world.watch(NEWS, FEED)
    world.web.pages |= {NEWS.url: archive(*posts), FEED.url: stream([entry(n, guid=guids(n)) for n in range(40, 50)])}
    world.web.pages |= {f"{SITE}/latest-news/sec-v{49 - k}-0/": archive(one) for k, one in enumerate(posts)}
    world.poll_and_deliver()
    before = len(world.slack.sent)
    for turn in range(10):
        clock.now += HOUR
        world.web.pages[FEED.url] = stream(served(rng, turn), turn)
        world.poll_and_deliver()
        world.poller()  # what the feed pointed to
        world.deliverer()
    assert (world.store.changes(), alerts(world)) == ([], [])
    assert len(world.slack.sent) == before


@pytest.mark.fault(16)
@pytest.mark.parametrize("served", one_in(3, FEEDS))
def test_a_feed_served_otherwise_asks_for_no_page_again_and_again(
    world: World, clock: SetClock, served: Callable[[random.Random, int], list[str]]
) -> None:
    rng = random.Random(16)
    world.watch(NEWS, FEED)
    world.web.pages |= {NEWS.url: archive(*[post("40.0", "MP140", "Title", "1 February 2021")])}
    world.web.pages[FEED.url] = stream([entry(n, guid=guids(n)) for n in range(40, 50)])
    world.poll_and_deliver()
    world.web.asked.clear()
    for turn in range(10):
        clock.now += HOUR
        world.web.pages[FEED.url] = stream(served(rng, turn), turn)
        world.poller()
        world.poller()
    assert {*world.web.asked} == {NEWS.url, FEED.url}


# --- 27: two hundred cycles ------------------------------------------------------------------------------------------


@pytest.mark.fault(27)
@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read where Linux tells it")
def test_two_hundred_cycles_take_no_more_memory_and_files_than_twenty() -> None:
    command = [sys.executable, "-m", "tests.leaks", "--cycles", "200"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    early, late = found["early"], found["late"]
    assert late["memory"] <= 1.05 * early["memory"]
    assert (late["files"], late["threads"]) == (early["files"], early["threads"])


# --- 17: a clock that is wrong ---------------------------------------------------------------------------------------


@pytest.mark.fault(17)
@pytest.mark.parametrize("wrong", [timedelta(hours=-1), timedelta(hours=1), timedelta(hours=-13), timedelta(days=3)])
def test_each_change_is_told_once_while_the_clock_is_wrong_and_when_it_is_set_right(
    world: World, clock: SetClock, wrong: timedelta
) -> None:
    begun(world)
    dates = ["8 November 2021", "9 November 2021", "10 November 2021", "11 November 2021"]
    for date, by in zip(dates, [HOUR, wrong, -wrong, HOUR], strict=True):
        shows(world, clock, release_page(ROWS, go_live=date), by)
        shows(world, clock, release_page(ROWS, go_live=date, nonce="again"), FAST_REREAD)
    told = [message.text for _, message, key in world.slack.sent if key.startswith("alert:")]
    assert [date in text for date, text in zip(dates, told, strict=True)] == [True] * 4


@pytest.mark.fault(17)
def test_a_page_is_due_again_within_its_pace_and_the_hour_by_which_the_clock_was_wrong(
    world: World, clock: SetClock
) -> None:
    clock.now += HOUR  # an hour fast
    begun(world)
    clock.now -= HOUR
    right = clock.now
    while not world.store.due(clock.now):
        clock.now += timedelta(minutes=1)
    assert clock.now - right <= 2 * HOUR
