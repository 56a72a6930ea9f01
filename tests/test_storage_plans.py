"""No question that a person waits for looks at all rows of a table that grows: SQLite's own plans say so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

import storage
from bot.ports import Card, Leased, Store
from tests.storing import NEWS, NOON, RELEASE, in_scope, message, poll, told

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
    "c",
}

Call = Callable[[Store], object]

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
    "enqueue": lambda s: s.enqueue([message("z")], NOON),
    "record": lambda s: s.record(
        poll(NEWS, opened=in_scope("MP1"), closed=in_scope("MP2"), held=in_scope("MP1"), changes=(told("z"),))
    ),
}

ALLOWED = {
    # The newest few by the table's own order, and the waiting few by an index of only those: both end at their limit.
    "newest changes": "SCAN change",
    "first capture": "SCAN capture",
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
def filled(tmp_path: Path) -> Iterator[tuple[Store, Plans]]:
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
