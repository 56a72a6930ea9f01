"""What the tests of storage share: short names for what is stored, and the databases that it is stored in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.changes import Change, Told
from bot.domain.channel import Channel
from bot.domain.claims import Claim, Evidence, Item
from bot.domain.follow import Mute, Subscription
from bot.domain.vocabulary import Weight
from bot.ports import Card, Outgoing, Page, Poll, Source, Store, Watch
from storage import schema
from storage.engine import Database

PATIENCE = 300.0
"""Seconds that those wait for one another who write at the same time: enough for the slowest of disks."""

NOON = datetime(2021, 11, 5, 12, 0, tzinfo=UTC)
RELEASE = Source("november-2021", "https://example.org/november-2021-sec-release/", "release-page")
NEWS = Source("news", "https://example.org/latest-news/", "news")
FEED = Source("feed", "https://example.org/feed/", "feed", stream="news")


def _database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/test.db"
    else:
        with request.getfixturevalue("postgres").emptied() as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that is empty for this test; on PostgreSQL with the present schema.

    A file of tests of storage that imports it runs on both databases, with `store` too.
    """
    yield from _database(request, tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)])
def database_beside(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same for tests of what stands on storage (import it as `database`): on PostgreSQL they are thorough, since
    what storage promises is held against it by storage's own."""
    yield from _database(request, tmp_path)


def upgrade(url: str, revision: str) -> None:
    """Bring a database to the schema of a revision."""
    from alembic import command

    with Database(url, wait=5) as own, own.writing() as connection:
        command.upgrade(schema._config(connection, []), revision)


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def claim(subject: str, attribute: str, value: str, *, quote: str = "", item: str = "") -> Claim:
    evidence = Evidence(quote or f"{subject} {attribute} {value}", 3, "Scope", "rule")
    return Claim(subject, attribute, value, evidence, item)


def in_scope(*ids: str) -> tuple[Claim, ...]:
    return tuple(claim("release:2021-11", "in_scope", id_) for id_ in ids)


def values(claims: tuple[Claim, ...]) -> list[str]:
    return [one.value for one in claims]


def poll(source: Source = RELEASE, at: datetime = NOON, body: bytes | None = b"<h1>Release</h1>", **more: Any) -> Poll:
    """A poll of a source that got a body (None: that got nothing new)."""
    watch = more.pop("watch", None) or Watch(source, health="good", last_read_at=at, due_at=at + timedelta(hours=1))
    got = None if body is None else Page(watch.next_url or source.url, body, "text/html", at)
    return Poll(watch, at, got, **more)


def told(id_: str, subject: str = "modification:MP090", at: datetime = NOON, **more: Any) -> Told:
    known_from = more.pop("known_from", "")
    change = Change(
        "status_changed", subject, "status", "targeted", "implemented", Weight.WEIGHTY, facts={"title": "T"}
    )
    return Told(id_, replace(change, **more), RELEASE.name, RELEASE.url, at, known_from=known_from)


def message(key: str, channel: str = "C1", **more: Any) -> Outgoing:
    return Outgoing(key, channel, "alert", {"changes": [key]}, "you follow MP090", **more)


def keys(leased: list[Any]) -> list[str]:
    return [one.message.key for one in leased]


def everything(store: Store) -> list[Any]:
    """All that can be seen of what is kept."""
    seen = [store.watches(), store.captures(), store.statements(), store.changes(), store.outbox()]
    return [*seen, [store.accepted(watch.source.name) for watch in store.watches()], store.subjects("release")]


def live(store: Store) -> None:
    """Put something in every table, as this release does."""
    post = Item("post", "A post", "2021-11-05", url="https://example.org/post/")
    claims = (*in_scope("MP090"), claim("modification:MP090", "status", "targeted"))
    store.watch([RELEASE, NEWS], NOON)
    store.record(poll(opened=claims, changes=(told("a"),), outgoing=(message("a", thread="release:2021-11"),)))
    store.record(poll(NEWS, body=b"news", items=(post,)))
    store.hasten("news", NOON, "https://example.org/post/")
    store.subscribe(Subscription("C1", "release:2021-11", "U1", NOON, only=("kind:decisions",), least=2))
    store.mute(Mute("C1", "modification:MP090", later(60), "U1", NOON))
    store.keep_channel(Channel("C1", digest="weekly"), "U1", NOON)
    store.looked("U1", 1, NOON)
    (leased,) = store.lease(NOON, 10, 60)
    store.sent(leased, "1.0", NOON, place="C1", card="1.0", made=Card("C1", "release:2021-11", "1.0", "C1", NOON))
    store.begin_digest("C1", NOON.date(), 1, message("digest"), NOON)
    store.lead("watching", "worker", NOON, 30)
    store.first("trigger:1", NOON)
    store.back_off(NOON)
