"""No question that a person waits for looks at all rows of a table that grows: the databases' own plans say so."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

import storage
from bot.domain.follow import Mute, Subscription
from bot.ports import Card, Leased, Store
from storage.engine import Database
from storage.tables import Row
from tests.postgres import Postgres
from tests.storing import NEWS, NOON, RELEASE, in_scope, later, live, message, poll, told

GROWING = {
    "claim",
    "capture",
    "body",
    "change",
    "change_about",
    "outbox",
    "item",
    "answer",
    "subject",
    "digest_run",
    "telling",
    "card",
    "handled",
    "next_page",
    "person",
    "deed",
    "mute",
    "c",
}

Call = Callable[[Store], object]

LEASED = Leased(1, 1, message("a"), 0, False, NOON)


def pause(store: Store, reason: str) -> None:
    """Let a channel pause, or go on after a pause."""
    store.change_channel("C1", lambda one: replace(one, paused="" if reason else "left"), "U1", NOON)
    store.change_channel("C1", lambda one: replace(one, paused=reason), "U1", NOON)


QUESTIONS: dict[str, Call] = {
    "accepted": lambda s: s.accepted("news"),
    "subject": lambda s: s.statements("modification:MP090"),
    "subject's attribute": lambda s: s.statements("modification:MP090", "status"),
    "attribute": lambda s: s.statements(attribute="go_live"),
    "value": lambda s: s.statements(value="MP090"),
    "subjects' attributes": lambda s: s.statements(["modification:MP090", "modification:DP090"], ("title", "status")),
    "values": lambda s: s.statements(value=["MP090", "DP090"]),
    "dates ahead": lambda s: s.dated(("go_live", "decision_cut_off"), "2021", "2027"),
    "named": lambda s: s.named("modification", ["MP090", "MP090A"]),
    "said with a value": lambda s: s.saying("Appendix AD"),
    "words of attributes": lambda s: s.values(("title", "in_scope")),
    "newest claim": lambda s: s.last_claim(),
    "attribute's value": lambda s: s.statements(attribute="in_scope", value="MP090"),
    "subjects": lambda s: s.subjects("modification"),
    "newest changes": lambda s: s.changes(limit=20),
    "changes after": lambda s: s.changes(after=7),
    "changes since": lambda s: s.changes(since=NOON, limit=20),
    "changes between": lambda s: s.changes(since=NOON, until=NOON, limit=20),
    "changes about": lambda s: s.changes(about="modification:MP090", limit=20),
    "changes about since": lambda s: s.changes(about="modification:MP090", since=NOON),
    "changes by id": lambda s: s.changes(ids=["a", "b"]),
    "changes about several": lambda s: s.changes(about=["modification:MP090", "modification:DP090"], limit=20),
    "changes of kinds": lambda s: s.changes(about="release:2021-11", kinds=("moved", "fell_out")),
    "changes called": lambda s: s.changes_called("3f9c01ab"),
    "glimpses since": lambda s: s.glimpses(since=NOON),
    "glimpses after": lambda s: s.glimpses(after=7),
    "how many changes": lambda s: s.count_changes(["modification:MP090", "modification:DP090"]),
    "first capture": lambda s: s.first_capture(),
    "capture then": lambda s: s.last_capture("news", state="accepted", until=NOON),
    "capture before": lambda s: s.last_capture("news", state="accepted", before=7),
    "search": lambda s: s.search("gas proportionality"),
    "last seq": lambda s: s.last_seq(),
    "reads": lambda s: s.reads_since(NOON),
    "digest before": lambda s: s.digest_before("C1", date(2021, 11, 5)),
    "digests begun": lambda s: s.digests_begun(["C1", "C2"], date(2021, 11, 5)),
    "captures of a source": lambda s: s.captures("news"),
    "lease": lambda s: s.lease(NOON, 10, 60),
    "lease at a pace": lambda s: s.lease(NOON, 10, 60, apart=1.0),
    "a turn": lambda s: s.waits_its_turn(NOON, 1.0),
    "outbox of a day": lambda s: s.outbox(NOON),
    "entries": lambda s: s.entries(["queued", "failed"]),
    "taken first": lambda s: s.first("trigger:1", NOON),
    "lead": lambda s: s.lead("watching", "one", NOON, 30),
    "thread": lambda s: s.thread(Card("C1", "release:2021-11", "1.0", "C1", NOON)),
    "edited later": lambda s: s.edited_later(Leased(1, 1, message("a", thread="release:2021-11"), 0, False, NOON)),
    "tellings": lambda s: s.tellings("C1", "a"),
    "told to": lambda s: s.told_to("a"),
    "resend": lambda s: s.resend(NOON),
    "due": lambda s: s.due(NOON),
    "hasten": lambda s: s.hasten("news", NOON, "https://example.org/post/"),
    "capture": lambda s: s.capture(1),
    "capture of an address": lambda s: s.last_capture("news", state="accepted", url=NEWS.url),
    "capture of a body": lambda s: s.last_capture("news", state="accepted", sha="0" * 64),
    "capture of a moment": lambda s: s.last_capture("news", state="accepted", url=NEWS.url, at=NOON),
    "any last capture": lambda s: s.last_capture("news"),
    "changes until": lambda s: s.changes(until=NOON, limit=20),
    "changes about several until": lambda s: s.changes(about=["modification:MP090", "b:c"], until=NOON),
    "glimpses between": lambda s: s.glimpses(since=NOON, until=NOON),
    "rules of a channel": lambda s: s.subscriptions("C1"),
    "mutes of a channel": lambda s: s.mutes("C1", NOON),
    "mutes that hold": lambda s: s.mutes(since=NOON),
    "settings": lambda s: s.channel("C1"),
    "deeds": lambda s: s.deeds("C1", 20),
    "newest deeds": lambda s: s.deeds(limit=20),
    "lost times": lambda s: s.lost_times(NOON),
    "person": lambda s: s.person("U1"),
    "looked": lambda s: s.looked("U1", 7, NOON),
    "card": lambda s: s.card("C1", "release:2021-11"),
    "card dropped": lambda s: s.drop_card("C1", "release:2021-11"),
    "digests": lambda s: s.digests("C1", date(2021, 11, 5)),
    "digest begun": lambda s: s.begin_digest("C1", date(2021, 11, 5), 7, message("digest:C1:2021-11-05"), NOON),
    "channel paused": lambda s: pause(s, "archived"),
    "channel resumed": lambda s: pause(s, ""),
    "subscribed": lambda s: s.subscribe(Subscription("C1", "modification:MP090", "U1", NOON)),
    "unsubscribed": lambda s: s.unsubscribe("C1", "modification:MP090", "U1", NOON),
    "muted": lambda s: s.mute(Mute("C1", "modification:MP090", later(60), "U1", NOON)),
    "unmuted": lambda s: s.unmute("C1", "modification:MP090", "U1", NOON),
    "sent": lambda s: s.sent(LEASED, "1.0", NOON),
    "put back": lambda s: s.put_back(LEASED, "busy", NOON, unknown=True),
    "failed": lambda s: s.failed(LEASED, "fault", NOON),
    "handed back": lambda s: s.hand_back(LEASED),
    "enqueue": lambda s: s.enqueue([message("z")], NOON),
    "record": lambda s: s.record(
        poll(NEWS, opened=in_scope("MP1"), closed=in_scope("MP2"), held=in_scope("MP1"), changes=(told("z"),))
    ),
}

ALLOWED = {
    # The newest few by the table's own order, and the waiting few by an index of only those: both end at their limit.
    "newest changes": "SCAN change",
    "first capture": "SCAN capture",
    "newest deeds": "SCAN deed",
    "lease": "SCAN outbox USING INDEX ix_outbox_waiting_id",
    "lease at a pace": "SCAN outbox USING INDEX ix_outbox_waiting_id",
    "a turn": "SCAN outbox USING INDEX ix_outbox_waiting_id",
    "outbox of a day": "SCAN outbox USING INDEX ix_outbox_waiting_id",
}


class Plans:
    """The plans of what is asked of an SQLite file."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file)
        self.asked: list[tuple[str, Any]] = []

    def note(self, _c: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool) -> None:
        if statement.lstrip().split()[0] in {"SELECT", "UPDATE", "DELETE", "INSERT"}:
            self.asked.append((statement, parameters[0] if many else parameters))

    def steps(self) -> list[str]:
        explained = (self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", given) for sql, given in self.asked)
        return [row[3] for plan in explained for row in plan]


@pytest.fixture
def filled(tmp_path: Path, empty_database: Path) -> Iterator[tuple[Store, Plans]]:
    shutil.copyfile(empty_database, tmp_path / "plans.db")
    with storage.open_store(f"sqlite:///{tmp_path}/plans.db") as store:
        store.watch([RELEASE, NEWS], NOON)
        store.record(poll(NEWS, opened=in_scope("MP2"), changes=(told("a"),), outgoing=(message("k"),)))
        plans = Plans(tmp_path / "plans.db")
        event.listen(Engine, "before_cursor_execute", plans.note)
        yield store, plans
        event.remove(Engine, "before_cursor_execute", plans.note)
        plans.connection.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_scans_a_table_that_grows(filled: tuple[Store, Plans], question: str) -> None:
    store, plans = filled
    QUESTIONS[question](store)
    scans = [step for step in plans.steps() if step.startswith("SCAN") and step.split()[1] in GROWING]
    assert plans.asked
    assert set(scans) <= {ALLOWED.get(question, "")}


def test_the_state_of_the_outbox_looks_only_at_what_waits_or_failed(filled: tuple[Store, Plans]) -> None:
    store, plans = filled
    store.outbox(NOON)
    scans = {step for step in plans.steps() if step.startswith("SCAN")}
    assert scans <= {"SCAN outbox USING INDEX ix_outbox_waiting_id"}


def test_the_newest_changes_are_not_sorted(filled: tuple[Store, Plans]) -> None:
    store, plans = filled
    for question in (
        "newest changes",
        "changes after",
        "changes since",
        "changes about",
        "changes about since",
        "search",
    ):
        QUESTIONS[question](store)
    assert not [step for step in plans.steps() if "TEMP B-TREE" in step]


# --- PostgreSQL ------------------------------------------------------------------------------------------------------

MANY = 20_000

FILL = {
    "source": {"name": "'s' || g", "url": "'https://example.org/' || g"},
    "body": {"sha": "'b' || g"},
    "capture": {
        "source": "'s' || (g %% 100 + 1)",
        "body_sha": "'b' || g",
        "fetched_at": "fetched_at - g * interval '1 min'",
    },
    "claim": {
        "source": "'s' || (g %% 100 + 1)",
        "subject": "'modification:X' || g %% 3000",
        "attribute": "'a' || g %% 100",
        "value": "'v' || g",
        "value_start": "'v' || g",
        "quote": "'word' || g %% 5000",
        "key": "'k' || g",
    },
    "subject": {"subject": "'thing:' || g", "kind": "'kind' || g %% 100"},
    "item": {"source": "'s' || (g %% 100 + 1)", "key": "'i' || g"},
    "answer": {"source": "'s' || (g %% 100 + 1)", "url": "'u' || g", "at": "at - g * interval '1 min'"},
    "change": {
        "id": "md5(g::text)",
        "found_at": "found_at - g * interval '1 min'",
        "subject": "'modification:X' || g %% 3000",
    },
    "change_about": {
        "subject": "'modification:X' || g %% 3000",
        "seq": "g + 1",
        "found_at": "found_at - g * interval '1 min'",
    },
    "outbox": {
        "key": "'o' || g",
        "channel": "'D' || g %% 100",
        "state": "'sent'",
        "done_at": "created_at - g * interval '1 min'",
        "thread": "'t' || g",
    },
    "telling": {"change": "'t' || g"},
    "card": {"subject": "'t' || g"},
    "next_page": {"source": "'s' || (g %% 100 + 1)", "url": "'u' || g", "at": "at + g * interval '1 min'"},
    "person": {"user": "'V' || g"},
    "deed": {"channel": "'D' || g %% 1000"},
    "mute": {"channel": "'D' || g %% 1000", "until": "until - g * interval '1 min'", "selector": "'m' || g"},
    "handled": {"key": "'h' || g", "at": "at + g * interval '1 min'"},
    "digest_run": {"channel": "'D' || g %% 100", "local_date": "local_date - g"},
}
"""Of a row that stands in each table many are made that differ in these columns, `g` from 1 on; numbers make themselves."""


def fill(url: str) -> None:
    """Put many rows in each table that grows, and let the server count them."""
    with Database(url, wait=5) as own, own.writing() as connection:
        for name, differing in FILL.items():
            table = Row.metadata.tables[name]
            numbered = table.autoincrement_column
            columns = [one.name for one in table.c if numbered is None or one is not numbered]
            new = ", ".join(differing.get(one, f'"{one}"') for one in columns)
            kept = f'(SELECT * FROM "{name}" LIMIT 1) AS one'
            listed = ", ".join(f'"{one}"' for one in columns)
            connection.exec_driver_sql(
                f'INSERT INTO "{name}" ({listed}) SELECT {new} FROM {kept}, generate_series(1, {MANY}) AS g'
            )
        connection.exec_driver_sql("ANALYZE")


@pytest.fixture(scope="module")
def grown(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        with storage.open_store(url) as store:
            live(store)
        fill(url)
        yield url


class Explained:
    """The plans that PostgreSQL makes of what is asked of it, each noted before it is asked."""

    def __init__(self) -> None:
        self.scans: list[str] = []
        self.asked = 0
        self.explaining = False

    def note(self, connection: Connection, _cursor: object, sql: str, given: Any, _context: object, many: bool) -> None:
        if self.explaining or sql.lstrip().split()[0] not in {"SELECT", "UPDATE", "DELETE", "INSERT", "WITH"}:
            return
        self.explaining = True
        (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", given[0] if many else given).scalar_one()
        self.explaining = False
        self.asked += 1
        self.scans += [name for name in scanned(plan["Plan"]) if name in GROWING]


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    """Return the tables that are looked through from end to end."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_to_postgresql_scans_a_table_that_grows(grown: str, question: str) -> None:
    plans = Explained()
    with storage.open_store(grown) as store:
        event.listen(Engine, "before_cursor_execute", plans.note)
        try:
            QUESTIONS[question](store)
        finally:
            event.remove(Engine, "before_cursor_execute", plans.note)
    assert plans.asked
    assert plans.scans == []
