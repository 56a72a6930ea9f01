"""Retention: what may go when somebody asks for it, and that nothing which proves anything ever does."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storage
from bot.domain.retention import DOUBTED, LEAST, Kept, Needed, may_go
from bot.pipeline.evidence import asked, rows
from bot.pipeline.reread import reread
from bot.ports import Store, StoreError
from storage import pruning
from storage.engine import Database
from tests.conftest import SetClock
from tests.running import secbot
from tests.storing import NOON, RELEASE, in_scope, later, message, poll
from tests.world import ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source
from watchers.read import read_page

LATER = NOON + timedelta(days=1000)
DAY = timedelta(days=1)
NEW = ("MP138", "DCC Service Testing in ETAD", "Targeted")


# --- the rule --------------------------------------------------------------------------------------------------------


def kept(*days: float, believed: bool = True) -> list[Kept]:
    return [Kept(n, "u", NOON + day * DAY, believed, f"{n}") for n, day in enumerate(days, 1)]


def gone(captures: list[Kept], needed: Needed, before: datetime = LATER, now: datetime = LATER) -> list[int]:
    return [one.id for one in may_go(captures, needed, before, now)]


def test_the_first_and_the_last_stay_and_what_changed_nothing_between_may_go() -> None:
    assert gone(kept(1, 2, 3, 4), Needed()) == [2, 3]


def test_what_a_claim_or_an_item_names_stays() -> None:
    assert gone(kept(1, 2, 3, 4), Needed(named={3})) == [2]


def test_the_capture_of_a_change_and_the_one_before_it_stay() -> None:
    captures = kept(1, 2, 3, 4, 5, 6)
    assert gone(captures, Needed(found={("u", captures[3].fetched_at)})) == [2, 5]
    between = captures[3].fetched_at + timedelta(hours=1)  # confirmed by "nothing changed": no capture of that moment
    assert gone(captures, Needed(found={("u", between)})) == [2, 5]


def test_what_is_not_believed_stays_while_its_source_is_in_doubt_and_ninety_days_after_it_was_read() -> None:
    captures = [*kept(0, 1, 2, 3, believed=False), *kept(5)]
    now = captures[2].fetched_at + DOUBTED
    assert gone(captures, Needed(), now=now) == [2]
    assert gone(captures, Needed(doubt_since=captures[1].fetched_at)) == []


def test_nothing_goes_that_is_younger_than_a_month() -> None:
    captures = kept(1, 2, 3, 4)
    assert gone(captures, Needed(), now=captures[2].fetched_at + LEAST) == [2]


MOMENTS = st.integers(0, 40).map(lambda day: NOON + day * DAY)
CAPTURES = st.lists(st.tuples(st.sampled_from("ab"), MOMENTS, st.booleans(), st.sampled_from("xyz")), max_size=20)


@given(CAPTURES, st.sets(st.integers(1, 20)), st.sets(st.tuples(st.sampled_from("ab"), MOMENTS)), MOMENTS)
def test_evidence_finds_the_same_captures_whatever_went(
    drawn: list[tuple[str, datetime, bool, str]],
    named: set[int],
    found: set[tuple[str, datetime]],
    before: datetime,
) -> None:
    captures = [Kept(n, url, at, believed, sha) for n, (url, at, believed, sha) in enumerate(drawn, 1)]
    went = {one.id for one in may_go(captures, Needed(named, found), before, LATER)}
    left = [one for one in captures if one.id not in went]
    assert not went & named
    for url, at in found:
        assert looked_up(left, url, at) == looked_up(captures, url, at)
    assert [one.id for one in left if one.believed][-1:] == [one.id for one in captures if one.believed][-1:]
    assert all(one.fetched_at < before for one in captures if one.id in went)


def looked_up(captures: list[Kept], url: str, at: datetime) -> list[int]:
    """Return what `bot.pipeline.evidence` looks up of a change: the capture by which it was found, the one before."""
    believed = [one for one in captures if one.believed]
    then = [one for one in believed if (one.url, one.fetched_at) == (url, at)]
    then = then or [one for one in believed if one.fetched_at <= at]
    return [one.id for one in believed if then and one.id <= then[-1].id][-2:]


# --- in a database ---------------------------------------------------------------------------------------------------


@pytest.fixture
def lived(store: Store, clock: SetClock) -> World:
    """A world that was read for forty days; its page changed each day, and said anything new on a few."""
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    shown = {0: {}, 20: {"go_live": "11 November 2021"}, 25: {"go_live": "18 November 2021"}}
    more: dict[str, str] = {}
    for day in range(40):
        more = shown.get(day, more)
        rows_now = (*ROWS, NEW) if 10 <= day < 30 else ROWS
        page = "<p>Please log in</p>" if day == 33 else release_page(rows_now, nonce=str(day), **more)
        world.web.pages[f"{SITE}/november-2021-sec-release/"] = page
        world.poll_and_deliver()
        clock.now += DAY
    return world


def prune(database: str, now: datetime, *, dry_run: bool = False) -> pruning.Pruned:
    return storage.prune(database, now, now, dry_run=dry_run)


def proofs(store: Store) -> list[str]:
    """Return all that `secbot evidence` shows: of each change, and of what is known."""
    about = [told.id for told in store.changes()] + ["november 2021", "MP090"]
    return [json.dumps(rows(asked(store, one, read_page)), sort_keys=True) for one in about]  # type: ignore[arg-type]


def test_evidence_is_the_same_before_and_after(
    lived: World, database: str, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    clock.now += 100 * DAY
    before, count = proofs(lived.store), len(lived.store.captures())
    said = [lived.store.statements(), lived.store.changes(), lived.store.accepted("november-2021")]
    would, done = prune(database, clock(), dry_run=True), prune(database, clock())
    assert would == done
    assert (done.captures + done.stay, done.captures > 20) == (count, True)
    assert done.bodies == done.captures
    assert proofs(lived.store) == before
    assert [lived.store.statements(), lived.store.changes(), lived.store.accepted("november-2021")] == said
    assert len(before) >= 5
    assert not any('"found_again": false' in proof for proof in before if '"gone"' not in proof)


def test_what_is_left_is_sound_and_works_on(
    lived: World, database: str, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not believed")
    clock.now += 100 * DAY
    prune(database, clock())
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before = [(one.claim, one.current) for one in lived.store.statements()]
    reread(lived.store, read_page)
    assert [(one.claim, one.current) for one in lived.store.statements()] == before
    assert lived.poll_and_deliver() == []
    assert prune(database, clock()).captures == 0


@pytest.mark.usefixtures("lived")
def test_a_dry_run_deletes_nothing(database: str, store: Store, clock: SetClock, expected_warnings: list[str]) -> None:
    expected_warnings.append("not believed")
    clock.now += 100 * DAY
    before = [store.captures(), store.outbox()]
    assert prune(database, clock(), dry_run=True).captures > 20
    assert [store.captures(), store.outbox()] == before


def test_of_messages_only_edits_and_notices_that_are_done_go(store: Store, database: str) -> None:
    kinds = ("edit", "notice", "alert", "digest", "card", "countdown", "reverted")
    store.enqueue([replace(message(kind, f"C{kind}"), kind=kind) for kind in kinds], NOON)
    for leased in store.lease(NOON, 10, 60):
        store.sent(leased, "1.0", NOON)
    store.enqueue([replace(message("waits", "Cedit"), kind="edit")], NOON)
    assert prune(database, later(1)).messages == 2
    assert (store.outbox().sent, store.outbox().queued) == (5, 1)
    assert store.enqueue([message("alert", "Calert")], NOON) == 0, "its key is known for ever"


def test_what_a_claim_came_to_name_meanwhile_is_not_deleted(store: Store, database: str) -> None:
    for n in range(4):
        store.record(poll(at=later(n), body=b"%d" % n))
    with Database(database, wait=1, references=False) as opened:
        with opened.reading() as connection:
            plan = pruning.planned(connection, later(60), later(60) + LEAST)
        assert [one.id for one in plan.captures] == [2, 3]
        store.reread(RELEASE.name, [(3, in_scope("MP090"), ())])
        assert [one.id for one in pruning._forget(opened, plan.captures, plan.last_claim)] == [3]
        store.record(poll(at=later(70), body=b"1"))
        assert pruning._drop_bodies(opened, plan.bodies[:1], plan.last_capture)[0] == (plan.bodies[0] != sha(b"1"))
    assert [one.id for one in store.captures()] == [1, 3, 4, 5]
    assert store.body(sha(b"1")) == b"1"


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_between_two_deletions_others_have_their_turn_to_write(
    store: Store, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "BATCH", 3)
    for n in range(12):
        store.record(poll(at=later(n), body=b"%d" % n))
    turns: list[float] = []

    def others(seconds: float) -> None:
        turns.append(seconds)
        assert store.enqueue([message(f"{len(turns)}")], NOON) == 1

    monkeypatch.setattr(pruning, "sleep", others)
    assert prune(database, later(60) + LEAST).captures == 10
    assert len(turns) == 6, "three between four batches of captures, and as many of bodies"
    assert min(turns) > 0.1, "as long as SQLite lets a writer sleep that waits"


def test_a_body_that_another_source_still_shows_stays(store: Store, database: str) -> None:
    for n in range(3):
        store.record(poll(at=later(n), body=b"%d" % n))
    store.record(poll(replace(RELEASE, name="other"), at=later(4), body=b"1"))
    done = prune(database, later(60) + LEAST)
    assert (done.captures, done.bodies) == (1, 0)
    assert store.body(store.captures("other")[0].body_sha) == b"1"


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, store: Store, database: str) -> Path:
    for n in range(4):
        store.record(poll(at=datetime(2021, 11, 5, n, tzinfo=UTC), body=b"%d" % n))
    return tmp_path


def test_the_command_says_what_would_go_and_then_what_went(folder: Path, database: str) -> None:
    run = secbot("prune", "--older-than", "365d", "--dry-run", cwd=folder, DATABASE_URL=database)
    assert "2 captures that prove nothing would go, 2 stay; with them 2 bodies" in run.stdout
    run = secbot("prune", "--older-than", "365", cwd=folder, DATABASE_URL=database)
    assert "2 captures that prove nothing went, 2 stay" in run.stdout
    assert "gets smaller only as a copy: secbot backup" in run.stdout


@pytest.mark.parametrize("said", ["", "a year", "29d", "-5d", "0"])
def test_the_command_refuses_what_is_no_number_of_days_or_too_few(folder: Path, database: str, said: str) -> None:
    run = secbot("prune", f"--older-than={said}", cwd=folder, DATABASE_URL=database)
    assert run.returncode == 2
    assert "write 365d, and 30d at least" in " ".join(run.stderr.split())
    assert secbot("prune", cwd=folder, DATABASE_URL=database).returncode == 2, "there is no age by itself"


def test_no_database_is_made_to_be_pruned(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has no tables yet"):
        storage.prune(f"sqlite:///{tmp_path}/none.db", NOON, NOON, dry_run=True)
    assert list(tmp_path.iterdir()) == []
