"""What is no change: each by its name, from real pages through the poll; nobody is told of any, then or on recovery."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ports import Store, Trouble
from tests.conftest import SetClock
from tests.test_poll import NEWS, archive, post
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source

SOURCE = release_source()
MORE = (
    "<h2>Implementation approach</h2><p>The firmware of Communications Hubs follows in spring. Users need do nothing.</p>"
    "<h2>Draft Technical Specifications</h2><table><tr><th>Document name</th><th>Date published</th></tr>"
    "<tr><td>SEC Schedule 8 ‘GB Companion Specification’ v4.1 (draft 5)</td><td>22 September 2021</td></tr></table>"
)
PAGE = release_page(ROWS, more=MORE)


def items(rows: tuple[tuple[str, str, str], ...]) -> str:
    listed = "".join(f"<li>{id_} ‘{title}’ – {status}</li>" for id_, title, status in rows)
    before, _, rest = PAGE.partition("<table>")
    return f"{before}<ul>{listed}</ul>{rest.partition('</table>')[2]}"


STAYS_THE_SAME = {
    "order of rows": release_page(ROWS[::-1], more=MORE),
    "quotes": PAGE.replace("‘", "'").replace("’", "'"),
    "double quotes": PAGE.replace("‘", "“").replace("’", "”"),
    "dashes": PAGE.replace("Non-Mandated", "Non\N{EN DASH}Mandated"),
    "non-breaking spaces": PAGE.replace("DCC Service", "DCC&nbsp;Service").replace("4 November", "4&nbsp;November"),
    "capitals": PAGE.replace("DCC Service Flagging", "DCC service flagging"),
    "a cookie notice": PAGE.replace(
        "</main>", "</main><div id='cookie-notice' role='dialog'><p>We use cookies.</p></div>"
    ),
    "“No files”": PAGE.replace("</main>", "<p>No files</p></main>"),
    "a nonce": release_page(ROWS, more=MORE, nonce="8f3a"),
    "another form": items(ROWS),
    "another form in another order": items(ROWS[::-1]),
}

NOT_THE_PAGE = {
    "an error page": "<html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>",
    "a page not found": "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>",
    "a log-in page": "<html><head><title>Log in</title></head><body><h1>Log in</h1><p>Username Password</p></body></html>",
    "an empty page": "<html><head></head><body></body></html>",
    "no page at all": "",
    "a challenge": "<html><head><title>Just a moment...</title></head><body><p>Verify you are human.</p></body></html>",
}


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(SOURCE)
    world.web.pages[SOURCE.url] = PAGE
    world.poll_and_deliver()
    return world


def answered(world: World, clock: SetClock, *answers: str | Trouble) -> list[str]:
    """What is told of changes while a page answers so, each answer twice, and when it answers as before again."""
    for answer in (*answers, PAGE + "<!-- again -->"):
        world.web.pages[SOURCE.url] = answer
        for _ in range(2):
            clock.now += timedelta(hours=1)
            world.poll_and_deliver()
    return [f"{told.change.kind} {told.change.subject}" for told in world.store.changes()]


@pytest.mark.parametrize("what", STAYS_THE_SAME)
@pytest.mark.fault(14)
def test_nothing_is_told_of(world: World, clock: SetClock, what: str) -> None:
    assert answered(world, clock, STAYS_THE_SAME[what]) == []
    assert world.slack.texts("notice:") == []


@pytest.mark.parametrize("what", NOT_THE_PAGE)
@pytest.mark.fault(12)
def test_nothing_changed_by(world: World, clock: SetClock, expected_warnings: list[str], what: str) -> None:
    expected_warnings.append("not believed")
    assert answered(world, clock, NOT_THE_PAGE[what]) == []
    assert world.slack.texts("alert:") == []


def test_nothing_changed_by_a_server_that_does_not_answer(world: World, clock: SetClock) -> None:
    assert answered(world, clock, Trouble("timeout", "no answer within 30 s", clock.now)) == []


POSTS = [
    post("51.0", "MP128B", "Incorrect Gas Network Operator Certificates", "11 November 2021"),
    post("47.0", "MP134A", "Use of SMKI Certificates relating to a SoLR event", "4 October 2021"),
    post("45.0", "MP161", "Retail Code Consolidation", "1 September 2021"),
]
TEASER = (
    "<article><h2>SEC v45.0 released to implement MP161</h2><p>1 September 2021</p><p>A new version of the SEC came into "
    "effect on 1 September 2021. It …</p><p><a href='/x/'>Continue reading</a></p></article>"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(POSTS[1:], POSTS[1:2], id="a post sliding to page 2"),
        pytest.param(POSTS, POSTS[::-1], id="order of posts"),
        pytest.param(POSTS, [*POSTS[:2], TEASER], id="a teaser cut shorter"),
        pytest.param(POSTS, [*POSTS[:2], TEASER.replace("It …", "…")], id="a teaser cut shorter still"),
    ],
)
@pytest.mark.fault(14)
def test_an_archive_has_not_changed_by(store: Store, clock: SetClock, before: list[str], after: list[str]) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(NEWS)
    for posts in (before, after, after, before):
        world.web.pages[NEWS.url] = archive(*posts) + f"<!-- {clock.now} -->"
        world.poll_and_deliver()
        clock.now += timedelta(hours=1)
    assert [told.change.kind for told in store.changes()] == []
