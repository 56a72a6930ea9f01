"""Pruning while others write, on either database: they take turns, and neither stumbles over the other."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

import storage
from bot.domain.retention import LEAST
from bot.ports import Page, Poll, Store, StoreError
from storage import pruning, record
from storage import tables as t
from storage.engine import Database
from tests.postgres import Postgres
from tests.storing import NOON, RELEASE, database, later, poll

__all__ = ["database"]

BODY = b"an old body"
SHA = hashlib.sha256(BODY).hexdigest()
SOON = 0.2
"""Seconds until one who does not get a turn gives up."""


@pytest.fixture
def bare(database: str, store: Store) -> str:
    """A database with a body whose captures were pruned a moment ago."""
    store.watch([RELEASE], NOON)
    with Database(database, wait=5) as opened, opened.writing() as connection:
        connection.execute(t.body.insert(), record.body_row(SHA, BODY))
    return database


def drop(url: str) -> tuple[int, int]:
    with Database(url, wait=SOON, references=False) as opened:
        return pruning._drop_bodies(opened, [SHA], 0)


@pytest.mark.parametrize("together", [False, True])
def test_a_body_is_not_dropped_under_an_answer_that_shows_it_again(
    bare: str, store: Store, monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    row = record.capture_row

    def dropped_between(shown: Poll, page: Page, sha: str) -> dict[str, Any]:
        with pytest.raises(StoreError):  # it gets no turn
            drop(bare)
        return row(shown, page, sha)

    monkeypatch.setattr(record, "capture_row", dropped_between)
    store.record_plain([poll(body=BODY)]) if together else store.record(poll(body=BODY))
    assert drop(bare) == (0, 0), "a capture shows it"
    assert store.body(SHA) == BODY


def test_a_body_that_no_capture_shows_goes(bare: str, store: Store) -> None:
    assert drop(bare)[0] == 1
    with pytest.raises(StoreError, match="No body"):
        store.body(SHA)


def test_writers_of_postgresql_wait_for_few_bodies_at_a_time(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[float] = []
    monkeypatch.setattr(pruning, "sleep", turns.append)
    monkeypatch.setattr(pruning, "BODIES", 2)
    with postgres.emptied() as url, storage.open_store(url) as opened:
        opened.watch([RELEASE], NOON)
        for n in range(8):
            opened.record(poll(at=later(n), body=b"%d" % n))
        done = storage.prune(url, later(60), later(60) + LEAST, dry_run=False)
    assert (done.captures, done.bodies, len(turns)) == (6, 6, 2), "all captures at once, and two bodies each time"


def test_what_proves_nothing_goes_on_either_database(database: str, store: Store) -> None:
    store.watch([RELEASE], NOON)
    for n in range(4):
        store.record(poll(at=later(n), body=b"%d" % n))
    done = storage.prune(database, later(60), later(60) + LEAST, dry_run=False)
    assert (done.captures, done.bodies, done.stay) == (2, 2, 2)
    assert [one.id for one in store.captures()] == [1, 4]
