"""Evidence: what a claim quotes stands on its page, and people are shown where, when and in which capture."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import storage
from bot.domain.changes import SHORT_ID
from bot.domain.claims import Evidence
from bot.domain.evidence import placed, stands
from bot.pipeline import evidence
from bot.pipeline.evidence import Found, NotFound
from bot.pipeline.poll import FAST_REREAD
from bot.ports import Page, Store
from bot.render import Renderer
from bot.terminal import as_text
from handlers import answer
from tests.conftest import SetClock
from tests.running import Ran, secbot
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.read import read_page

LONDON = ZoneInfo("Europe/London")
URL = f"{SITE}/november-2021-sec-release/"


# --- on the page (that each claim of every page can be found again: test_recognise_pages) -----------------------------------------------------------------------------------------------------


def test_a_quote_stands_only_in_the_piece_that_the_evidence_names() -> None:
    pieces = ("MP077 ‘DCC Service  Flagging’", "Status: Targeted", "It went live on 4 November 2021.")
    assert stands(Evidence("went live on 4 November", 2), pieces)
    assert not stands(Evidence("went live on 4 November", 1), pieces)
    assert not stands(Evidence("went live on 5 November", 2), pieces)
    assert not stands(Evidence("", 2), pieces)
    assert not stands(Evidence("Status: Targeted", 9), pieces)


def test_a_quote_of_a_card_has_its_name_above_and_its_fact_in_its_own_piece() -> None:
    pieces = ("MP077 ‘DCC Service Flagging’", "Status: Targeted", "MP090 ‘Alerts’", "Status: Approved")
    assert stands(Evidence("MP077 ‘DCC Service Flagging’ | Status: Targeted", 1), pieces)
    assert not stands(Evidence("MP090 ‘Alerts’ | Status: Targeted", 1), pieces)
    assert not stands(Evidence("MP077 ‘DCC Service Flagging’ | Status: Withdrawn", 3), pieces)


@pytest.mark.parametrize(
    ("quote", "block", "placed_at", "placed_quote"),
    [
        ("Proposer: EDF", 9, 2, "Proposer | EDF"),
        ("Stage Implemented", 3, 3, "StageImplemented"),
        ("Converted 27 October 2020", 5, 5, "Converted | 27 October 2020"),
        ("EDF", 0, 2, "EDF"),
        ("stands nowhere", 1, 1, "stands nowhere"),
    ],
)
def test_a_quote_that_a_reader_put_together_is_placed_where_it_stands(
    quote: str, block: int, placed_at: int, placed_quote: str
) -> None:
    pieces = ("MP207", "Proposer", "EDF", "StageImplemented", "Converted", "27 October 2020")
    found = placed(Evidence(quote, block), pieces)
    assert (found.block, found.quote) == (placed_at, placed_quote)
    assert stands(found, pieces) is (quote != "stands nowhere")


# --- of what was found -----------------------------------------------------------------------------------------------


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll_and_deliver()
    return world


def changed(world: World, clock: SetClock, html: str, by: timedelta = timedelta(hours=1)) -> Found:
    """The evidence of the one change that a page brings, when it is asked for by the id that its alert shows."""
    world.web.pages[URL] = html
    for step in (by, FAST_REREAD):
        clock.now += step
        world.poll_and_deliver()
    [told] = world.store.changes()
    found = evidence.asked(world.store, told.id[:SHORT_ID], read_page)
    assert isinstance(found, Found)
    return found


def sha(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


def test_the_evidence_of_a_change_is_what_was_read_before_and_after(world: World, clock: SetClock) -> None:
    html = release_page(ROWS, go_live="11 November 2021")
    before, after = changed(world, clock, html).exhibits
    assert [one.side for one in (before, after)] == ["before", "after"]
    assert (before.capture.body_sha, after.capture.body_sha) == (sha(release_page(ROWS)), sha(html))
    assert "goes live on 4 November 2021" in before.quotes[0].evidence.quote
    assert "goes live on 11 November 2021" in after.quotes[0].evidence.quote
    assert {quote.found for one in (before, after) for quote in one.quotes} == {True}
    assert after.capture.fetched_at - before.capture.fetched_at == timedelta(hours=1)


def test_the_evidence_of_a_removal_shows_the_row_and_that_it_is_gone(world: World, clock: SetClock) -> None:
    before, after = changed(world, clock, release_page(ROWS[:3])).exhibits
    assert "MP129" in before.quotes[0].evidence.quote
    assert after.quotes == ()
    assert [quote.found for quote in after.gone] == [False]
    assert after.capture.body_sha == sha(release_page(ROWS[:3]))


def test_the_evidence_of_reworded_prose_is_found_sentence_by_sentence(world: World, clock: SetClock) -> None:
    prose = "<h2>Implementation approach</h2><p>The hub firmware comes in {}. Nothing else moves.</p>"
    world.web.pages[URL] = release_page(ROWS, more=prose.format("spring"))
    world.poll()
    found = changed(world, clock, release_page(ROWS, more=prose.format("autumn")))
    assert [quote.found for one in found.exhibits for quote in one.quotes] == [True, True]
    assert "comes in spring" in found.exhibits[0].quotes[0].evidence.quote


def test_a_quote_that_a_recogniser_of_today_does_not_find_is_said_to_be_lost(world: World) -> None:
    def blind(page: Page, kind: str) -> object:
        reading = read_page(page, kind)
        return type(reading)(reading.kind, reading.claims, pieces=("another page",))

    found = evidence.asked(world.store, "MP077", blind)  # type: ignore[arg-type]
    assert isinstance(found, Found)
    assert found.lost == 1
    assert "not found again" in as_text(shown(world, "evidence MP077", blind))


def test_what_is_known_of_a_subject_is_proven_by_present_claims_alone(world: World, clock: SetClock) -> None:
    changed(world, clock, release_page([(i, t, "Implemented" if i == "MP077" else s) for i, t, s in ROWS]))
    found = evidence.asked(world.store, "mp 077 status", read_page)
    assert isinstance(found, Found)
    [said] = [said for one in found.exhibits for quote in one.quotes for said in quote.proves]
    assert (said.subject, said.attribute, said.value) == ("modification:MP077", "status", "implemented")


@pytest.mark.parametrize("typed", ["november 2021", "2021-11", "Nov 21 go-live"])
def test_a_release_s_evidence_is_asked_for_however_its_name_is_typed(world: World, typed: str) -> None:
    found = evidence.asked(world.store, typed, read_page)
    assert isinstance(found, Found)
    assert found.about == "release:2021-11"
    assert found.lost == 0


@pytest.mark.parametrize("typed", ["MP999", "deadbeef", "v50.0", "a poem", "MP077 colour"])
def test_what_is_not_known_has_no_evidence(world: World, typed: str) -> None:
    assert evidence.asked(world.store, typed, read_page) == NotFound(typed)
    assert "No evidence of" in as_text(shown(world, f"evidence {typed}"))


def test_ids_that_begin_alike_are_all_offered(world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(world, clock, release_page(ROWS, go_live="11 November 2021"))
    [told] = world.store.changes()
    monkeypatch.setattr(type(world.store), "changes_called", lambda *_: [told, told])
    text = as_text(shown(world, f"evidence {told.id[:6]}"))
    assert "2 changes with ids that begin with" in text
    assert told.id[:12] in text


# --- as people see it ------------------------------------------------------------------------------------------------


def shown(world: World, question: str, read=read_page):  # type: ignore[no-untyped-def]
    reply = answer(question, store=world.store, now=world.clock(), zone=LONDON, read=read)
    return Renderer(LONDON).reply(reply)


def test_an_alert_shows_the_id_by_which_its_evidence_is_asked_for(world: World, clock: SetClock) -> None:
    changed(world, clock, release_page(ROWS, go_live="11 November 2021"))
    [told] = world.store.changes()
    [alert] = [message for _, message, key in world.slack.sent if key.startswith("alert:")]
    command = f"/sec evidence {told.id[:8]}"
    assert f"Evidence: `{command}`" in as_text(alert)
    assert f"`{told.id[:8]}`" in as_text(shown(world, "since 2021-03-01"))
    text = as_text(shown(world, command))
    assert sha(release_page(ROWS)) in text.replace("\n", "")
    for part in ("Before: ", "After: ", "1 Mar 2021, 10:00 GMT", "goes live on 11 November", URL):
        assert part in text


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in which a go-live moved, as a replay keeps it."""
    tmp_path = tmp_path_factory.mktemp("kept")
    for day, go_live in (("2021-03-01", "4 November 2021"), ("2021-06-02", "11 November 2021")):
        folder = tmp_path / "captures" / day
        folder.mkdir(parents=True)
        (folder / "november.html").write_text(release_page(ROWS, go_live=go_live), encoding="utf-8")
    secbot("replay", "captures", "--keep", "kept.db", cwd=tmp_path)
    return f"sqlite:///{tmp_path}/kept.db"


def run(kept: str, tmp_path: Path, *words: str) -> Ran:
    return secbot("evidence", *words, cwd=tmp_path, DATABASE_URL=kept)


def test_the_command_prints_a_row_a_fact_as_json_with_local_time_and_sha256(kept: str, tmp_path: Path) -> None:
    with storage.open_store(kept) as store:
        [told] = store.changes()
    rows = [json.loads(line) for line in run(kept, tmp_path, told.id[:8], "--json").stdout.splitlines()]
    assert [(row["side"], row["value"]) for row in rows] == [("before", "2021-11-04"), ("after", "2021-11-11")]
    assert rows[1]["fetched_at"] == "2021-06-02T13:00:00+01:00"
    assert rows[1]["sha256"] == sha(release_page(ROWS, go_live="11 November 2021"))
    assert {row["found_again"] for row in rows} == {True}


def test_the_command_says_in_words_what_it_found_again(kept: str, tmp_path: Path) -> None:
    done = run(kept, tmp_path, "MP077", "status")
    assert done.returncode == 0
    assert "MP077, status: Targeted" in done.stdout
    assert "found again in the kept capture: yes" in " ".join(done.stdout.split())


def test_an_unknown_id_exits_2_and_says_what_to_ask(kept: str, tmp_path: Path) -> None:
    done = run(kept, tmp_path, "deadbeef")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No evidence of “deadbeef”" in done.stderr
