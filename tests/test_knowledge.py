"""Knowledge across sources: one modification under its names, one post on two pages, moves, disagreements; all from real
pages, through the poll.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Message, Source, Store
from bot.render import Renderer
from handlers import answer
from tests.conftest import SetClock
from tests.limits import read
from tests.test_poll import NEWS, archive, feed, post
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.read import read_page

NOVEMBER = release_source()
LATER = release_source("2022-11", "november-2022")
MP124 = ("MP124", "Consumer access to devices", "Targeted")
DP124 = ("DP124", "Access to devices for consumers", "Draft Proposal")


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(NOVEMBER, LATER)
    world.web.pages |= {
        NOVEMBER.url: release_page(ROWS),
        LATER.url: release_page(
            (("MP200", "Faster Switching", "Targeted"),), name="November 2022", go_live="3 November 2022"
        ),
    }
    world.poll_and_deliver()
    return world


def later(world: World, clock: SetClock, by: timedelta = timedelta(hours=1)) -> list[str]:
    clock.now += by
    return world.poll_and_deliver()


def asked(world: World, question: str) -> Message:
    return Renderer(LONDON).reply(answer(question, store=world.store, now=world.clock(), zone=LONDON, read=read_page))


def told(world: World) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (t.change.kind, t.change.subject, t.change.before, t.change.after)
        for t in world.store.changes()
        if not t.known_from
    ]


def november_2022(*rows: tuple[str, str, str]) -> str:
    return release_page(
        (("MP200", "Faster Switching", "Targeted"), *rows), name="November 2022", go_live="3 November 2022"
    )


# --- one item, several names -----------------------------------------------------------------------------------------


def test_a_draft_proposal_that_was_converted_is_one_item_with_a_history_of_names(world: World, clock: SetClock) -> None:
    world.web.pages[NOVEMBER.url] = release_page((*ROWS, DP124))
    later(world, clock)
    world.web.pages[NOVEMBER.url] = release_page((*ROWS, MP124))
    later(world, clock)
    assert [kind for kind, *_ in told(world)] == ["scope_added", "converted"]
    for question in ("MP124", "DP124", "dp 124"):
        text = read(asked(world, question))
        assert text.startswith("MP124 ‘Consumer access to devices’")
        assert "DP124" in text
    history = read(asked(world, "history DP124"))
    assert "DP124 becomes MP124" in history
    assert "Access to devices for consumers" in history


def test_asking_for_a_number_that_was_split_offers_its_parts(world: World, clock: SetClock) -> None:
    parts = (("MP128A", "Gas Network Operators", "Targeted"), ("MP128B", "Incorrect Certificates", "Targeted"))
    world.web.pages[NOVEMBER.url] = release_page((*ROWS, *parts))
    later(world, clock)
    text = read(asked(world, "MP128"))
    assert text.startswith("MP128 was split: MP128A and MP128B")


# --- here and there --------------------------------------------------------------------------------------------------


def test_removed_here_and_added_there_is_a_move(world: World, clock: SetClock) -> None:
    world.web.pages[NOVEMBER.url] = release_page(ROWS[:3])
    later(world, clock)
    later(world, clock)
    world.web.pages[LATER.url] = november_2022(ROWS[3])
    later(world, clock)
    assert told(world)[-1] == ("moved", "modification:MP129", "2021-11", "2022-11")


def test_a_part_brought_forward_is_no_move(world: World, clock: SetClock) -> None:
    part = "<h2>Implementation approach</h2><p>The CTSD text of MP129 will be implemented early, on 24 June 2021.</p>"
    world.web.pages[NOVEMBER.url] = release_page(ROWS, more=part)
    later(world, clock)
    kinds = [kind for kind, *_ in told(world)]
    assert "moved" not in kinds
    assert "scope_removed" not in kinds
    assert ("implementation_moved", "modification:MP129", None, "2021-06-24") in told(world)


# --- one post, several pages -----------------------------------------------------------------------------------------

OLD = post("45.0", "MP161", "Retail Code Consolidation", "1 September 2021")
NEWEST = post("51.0", "MP128B", "Incorrect Gas Network Operator Certificates", "11 November 2021")


def test_a_post_its_archive_and_its_feed_tell_it_once(store: Store, clock: SetClock) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    tag = Source("tag-archive", f"{SITE}/tag/sec-release/", "news")
    entries = Source("news-feed", f"{SITE}/latest-news/feed/", "feed", stream="news")
    link = f"{SITE}/latest-news/sec-v51-0/"
    world.watch(NEWS, tag, entries)
    older = ("Older", f"{SITE}/latest-news/old/")
    world.web.pages |= {NEWS.url: archive(OLD), tag.url: archive(OLD), entries.url: feed(older)}
    world.poll_and_deliver()
    world.web.pages |= {link: archive(NEWEST), entries.url: feed(("SEC v51.0", link), older)}
    later(world, clock)
    world.poller()
    world.web.pages |= {NEWS.url: archive(NEWEST, OLD), tag.url: archive(NEWEST, OLD)}
    later(world, clock)
    later(world, clock)
    assert [kind for kind, *_ in told(world)] == ["version_published"]
    assert len(world.slack.texts("alert:")) == 1


# --- sources that disagree -------------------------------------------------------------------------------------------


def disagreeing(world: World, clock: SetClock) -> list[str]:
    """A later page says of MP200 what its own page does not."""
    world.web.pages[LATER.url] = november_2022(("MP077", "DCC Service Flagging", "Withdrawn"))
    return later(world, clock)


def test_sources_that_disagree_are_shown_with_both_sentences_the_newer_first(world: World, clock: SetClock) -> None:
    disagreeing(world, clock)
    text = read(asked(world, "MP077"))
    assert "Sources differ" in text
    line = next(line for line in text.splitlines() if line.startswith("• Status:"))
    assert line.index("Withdrawn") < line.index("Targeted")
    assert "MP077 ‘DCC Service Flagging’ | Withdrawn" in text
    assert "MP077 ‘DCC Service Flagging’ | Targeted" in text


def test_operators_are_told_once_that_sources_disagree_with_both_sentences(world: World, clock: SetClock) -> None:
    disagreeing(world, clock)
    for _ in range(4):
        world.daily()
        world.web.pages[LATER.url] += "<!-- again -->"
        later(world, clock, timedelta(days=1))
    notices = [(channel, read(m)) for channel, m, key in world.slack.sent if key.startswith("notice:disagreement")]
    [(channel, text)] = notices
    assert channel == "C0OPS"
    assert "Sources disagree: status of MP077 ‘DCC Service Flagging’" in text
    assert text.index("MP077 ‘DCC Service Flagging’ | Withdrawn") < text.index(
        "MP077 ‘DCC Service Flagging’ | Targeted"
    )


def test_a_page_that_lags_behind_for_less_than_a_day_is_no_disagreement_to_tell(world: World, clock: SetClock) -> None:
    world.web.pages[LATER.url] = november_2022(("MP077", "DCC Service Flagging", "Approved"))
    later(world, clock)
    world.daily()
    world.web.pages[NOVEMBER.url] = release_page([(i, t, "Approved" if i == "MP077" else s) for i, t, s in ROWS])
    later(world, clock)
    for _ in range(3):
        later(world, clock, timedelta(days=1))
        world.daily()
    assert world.slack.texts("notice:disagreement") == []


def test_a_disagreement_that_comes_back_after_the_sources_agreed_is_told_again(world: World, clock: SetClock) -> None:
    for row in ("Withdrawn", "Targeted", "Withdrawn"):
        world.web.pages[LATER.url] = november_2022(("MP077", "DCC Service Flagging", row))
        for _ in range(3):
            later(world, clock, timedelta(days=1))
            world.daily()
            world.web.pages[LATER.url] += "<!-- again -->"
    later(world, clock, timedelta(days=1))
    assert len(world.slack.texts("notice:disagreement")) == 2


# --- one modification in two steps -----------------------------------------------------------------------------------


def in_two_steps(world: World, clock: SetClock) -> None:
    """A part of MP129 goes live with November 2021, the rest with November 2022."""
    clock.now = datetime(2021, 11, 5, 9, tzinfo=UTC)
    more = "".join(
        f"<p>The {what} of MP129 will be implemented on {on}.</p>"
        for what, on in (("text", "4 November 2021"), ("function", "3 November 2022"))
    )
    world.web.pages[NOVEMBER.url] = release_page([(i, t, "Implemented") for i, t, _ in ROWS], more=more)
    world.web.pages[LATER.url] = november_2022(("MP129", "Allocation of Devices", "Targeted"))
    for _ in range(3):
        later(world, clock, timedelta(days=1))
        world.daily()


@pytest.mark.parametrize("question", ["november 2021", "november 2021 scope"])
def test_what_is_implemented_in_part_is_told_so_wherever_it_is_listed(
    world: World, clock: SetClock, question: str
) -> None:
    in_two_steps(world, clock)
    text = read(asked(world, question))
    assert "*MP129* ‘Allocation of Devices’: a part; another comes on 3 November 2022" in text
    assert "*MP077* ‘DCC Service Flagging’: a part" not in text


def test_steps_of_one_modification_are_no_disagreement_to_tell(world: World, clock: SetClock) -> None:
    in_two_steps(world, clock)
    assert world.slack.texts("notice:disagreement") == []
    text = read(asked(world, "MP129"))
    assert "partly implemented; a part comes on 3 November 2022" in text
    assert "Sources differ" not in text
