"""Two pages of one gist have one reading: against every sample, with all that changes on pages and means nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from bot.domain import diff
from bot.domain.claims import Reading
from bot.ports import Page, Store
from tests import bench_site
from tests.conftest import SetClock
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source
from watchers import recognisers
from watchers.gist import RELEASE, free, gist, settled
from watchers.outline import Outline
from watchers.read import outlined, read_page

NOW = datetime(2026, 11, 26, tzinfo=UTC)
SOURCES = Path(__file__).parent / "sources"
FORMS = {".html": "text/html", ".txt": "text/plain", ".xml": "application/rss+xml"}
SAMPLES = sorted(file for file in SOURCES.rglob("*") if file.suffix in FORMS)


def page(body: str | bytes, kind: str = "text/html") -> Page:
    return Page("https://sec.example/page/", body.encode() if isinstance(body, str) else body, kind, NOW)


def shuffled(outline: Outline, chance: Random) -> Outline:
    """Return an outline with the rows in another order of which it is thought that their order says nothing."""
    blocks = []
    for table, run in groupby(outline.blocks, key=lambda block: block.table if block.kind == "row" else 0):
        rows = list(run)
        if table and free(rows):
            chance.shuffle(rows)
        blocks += rows
    return replace(outline, blocks=tuple(blocks))


def said(reading: Reading) -> tuple[object, ...]:
    doubts = sorted(doubt.reason for doubt in reading.doubts)
    return reading.kind, reading.about, reading.heading, diff.fingerprint(reading.claims), set(reading.items), doubts


@cache
def with_free_rows() -> list[tuple[str, str, Outline]]:
    """Return the samples of releases' pages in which rows may stand in any order."""
    found = []
    for file in (sample for sample in SAMPLES if sample.parent.name == RELEASE):
        outline = outlined(page(file.read_bytes(), FORMS[file.suffix]))
        if not outline.trouble and shuffled(outline, Random(1)) != outline:
            found.append((file.stem, file.parent.name, outline))
    return found


def test_the_order_of_rows_that_the_gist_leaves_out_says_nothing_in_any_sample() -> None:
    samples = with_free_rows()
    assert len(samples) > 20
    for name, kind, outline in samples:
        recogniser = recognisers.of_kind(kind)
        for seed in range(3):
            other = shuffled(outline, Random(seed))
            assert repr(settled(other)) == repr(settled(outline)), name
            assert said(recogniser.read(other)) == said(recogniser.read(outline)), name


NOISE: dict[str, Callable[[str], str]] = {
    "a nonce": lambda text: text.replace("<head>", '<head><meta name="csrf-token" content="8d1f">', 1),
    "a comment": lambda text: text.replace("</body>", "<!-- cached 2026-11-26T09:01:07Z in 0.31 s --></body>", 1),
    "classes": lambda text: re.sub(r"<(p|td|tr|li|h2)>", r'<\1 class="css-9f31a">', text),
    "white space": lambda text: re.sub(r"(</(?:p|tr|li|td|h1|h2)>)", r"\1  \n\t", text),
    "a script": lambda text: text.replace("</head>", '<script nonce="8d1f">var at = 1764151267;</script></head>', 1),
}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_changes_no_gist(noise: str) -> None:
    for n in (0, 300, 999):
        text = bench_site.page(n)
        noisy = NOISE[noise](text)
        assert noisy != text
        assert gist(page(noisy)) == gist(page(text)) != ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Targeted", "Approved"),
        ("4 January 2012", "5 January 2012"),
        ("<td>MP1003</td>", "<td><s>MP1003</s></td>"),
        ("<td>MP1003</td>", '<td><span style="display:none">MP1003</span></td>'),
        ("</tbody>", "<tr><td>MP1099</td><td>New</td><td>Targeted</td></tr></tbody>"),
        ("</body></html>", "<a hre"),
    ],
)
def test_what_a_page_may_mean_changes_its_gist(before: str, after: str) -> None:
    text = bench_site.page(0)
    assert before in text
    assert gist(page(text.replace(before, after, 1))) != gist(page(text))


def test_the_order_of_rows_with_an_id_each_changes_no_gist_of_a_release_s_page() -> None:
    rows = [f"<tr><td>MP{n}</td><td>Targeted</td></tr>" for n in (101, 102, 103)]
    pages = [
        f"<h1>Scope</h1><table><tr><th>Id</th><th>Status</th></tr>{''.join(r)}</table>" for r in (rows, rows[::-1])
    ]
    assert gist(page(pages[0]), RELEASE) == gist(page(pages[1]), RELEASE) != ""
    assert gist(page(pages[0]), "news") != gist(page(pages[1]), "news")


def test_rows_that_lean_on_one_another_keep_their_order() -> None:
    rows = ("<tr><td>MP090</td><td>Targeted</td></tr>", "<tr><td></td><td>Approved</td></tr>")
    pages = [f"<h1>Scope</h1><table><tr><th>Id</th><th>Status</th></tr>{a}{b}</table>" for a, b in (rows, rows[::-1])]
    assert gist(page(pages[0])) != gist(page(pages[1]))


def test_a_page_that_cannot_be_outlined_has_no_gist() -> None:
    assert gist(page("<div>" * 300)) == ""
    assert gist(page("not a PDF", "application/pdf")) == ""


# --- a pass ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def reads(store: Store, clock: SetClock) -> tuple[World, list[str], Callable[[str], None]]:
    """A world of one page, what was read in it, and how to poll it with a body."""
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    read: list[str] = []

    def reading(given: Page, kind: str) -> Reading:
        read.append(given.url)
        return read_page(given, kind)

    poller = replace(world.poller, read=reading, gist=gist)

    def poll(text: str) -> None:
        read.clear()
        world.web.pages[release_source().url] = text
        clock.now += timedelta(hours=1)
        poller(store.watches())

    poll(release_page(ROWS))
    return world, read, poll


def test_a_page_of_the_same_gist_is_kept_and_not_read(
    reads: tuple[World, list[str], Callable[[str], None]], clock: SetClock
) -> None:
    world, read, poll = reads
    for nonce in ("one", "two"):
        poll(release_page(ROWS, nonce=nonce))
        assert read == []
    captures = world.store.captures()
    assert [capture.state for capture in captures] == ["accepted"] * 3
    assert world.store.body(captures[-1].body_sha).decode() == release_page(ROWS, nonce="two")
    [watch] = world.store.watches()
    assert (watch.health, watch.last_read_at, watch.body_sha) == ("good", clock.now, captures[-1].body_sha)


def test_a_removal_that_waits_is_confirmed_by_a_page_of_the_same_gist(
    reads: tuple[World, list[str], Callable[[str], None]],
) -> None:
    world, read, poll = reads
    poll(release_page(ROWS[:3]))
    assert world.store.changes() == []
    poll(release_page(ROWS[:3], nonce="other"))
    assert read
    assert [told.change.kind for told in world.store.changes()] == ["scope_removed"]


def test_a_page_that_comes_back_after_doubt_is_read(
    reads: tuple[World, list[str], Callable[[str], None]], expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    world, read, poll = reads
    poll("<html><body><h1>Log in</h1><form><input type=password></form></body></html>")
    assert [watch.health for watch in world.store.watches()] == ["doubtful"]
    poll(release_page(ROWS, nonce="other"))
    assert read
    assert [watch.health for watch in world.store.watches()] == ["good"]


# --- made-up pages ---------------------------------------------------------------------------------------------------

TITLES = ("", "November 2021 SEC Release", "Scope", "MP090 Incorporation", "Consultations", "Latest News",
          "SEC Variation Requests", "SEC v50.0 released", "Change Board update")  # fmt: skip
SENTENCES = (
    "",
    "These modifications are in scope of the November 2021 SEC Release, which goes live on 4 November 2021:",
    "The following modifications were approved by the Change Board on 5 May 2021:",
    "The following were withdrawn",
    "The Panel agreed the following go to the June 2022 Release:",
    "This release implements:",
)
HEADS = ((), ("Modification", "Title", "Status"), ("MP", "Release", "Date"), ("ID", "Opens", "Closes"))
CELLS = ("Targeted", "Approved", "Withdrawn", "4 November 2021", "June 2022", "November 2021 SEC Release", "In scope", "",
         "as above", "see below", "Section H", "Closes 5 May 2021", "Change Board 12 May 2021", "25 February",
         "the same date", "likewise", "moved to June 2022", "deferred", "Version 3.0", "CR1145", "it replaces DP124",
         "Draft Proposal", "SEC v20.0", "Title one")  # fmt: skip


def made_up(chance: Random) -> tuple[Page, Page]:
    """Return a page with a table of ids, and the same with its rows in another order."""
    ids = chance.sample(range(10, 99), chance.randint(2, 5))
    width = chance.randint(1, 4)
    rows = [[f"MP0{id_}{chance.choice(('', ': The title'))}", *chance.choices(CELLS, k=width)] for id_ in ids]
    title, above, below, head = (chance.choice(some) for some in (TITLES, SENTENCES, SENTENCES, HEADS))
    pages = []
    for some in (rows, chance.sample(rows, len(rows))):
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in some)
        heads = "".join(f"<th>{name}</th>" for name in head)
        table = f"<table><tr>{heads}</tr>{cells}</table>"
        pages.append(
            page(f"<html><body><main><h1>{title}</h1><p>{above}</p>{table}<p>{below}</p></main></body></html>")
        )
    return pages[0], pages[1]


def test_made_up_pages_of_one_gist_have_one_reading_whatever_they_are_read_as() -> None:
    chance = Random(15)
    kinds = ("auto", *recognisers.recognisers())
    alike: dict[str, int] = dict.fromkeys(kinds, 0)
    for _ in range(100):
        one, other = made_up(chance)
        for kind in kinds:
            if one.body != other.body and gist(one, kind) == gist(other, kind) != "":
                alike[kind] += 1
                assert said(read_page(one, kind)) == said(read_page(other, kind)), (kind, one.body, other.body)
    assert {kind for kind, count in alike.items() if count} == {"auto", "release-page"}
    assert min(alike["auto"], alike["release-page"]) > 4
