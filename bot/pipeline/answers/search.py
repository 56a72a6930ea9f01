"""What is found by words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.claims import Statement
from bot.pipeline.answers.directory import asked, latest
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found: what it is called, what to ask to see all of it, what holds the words."""

    subject: str
    label: str
    title: str
    question: str
    statement: Statement


def hits(store: Store, words: str, limit: int = 10) -> list[Hit]:
    """Return what holds all of the words, best first, each subject once."""
    found: dict[str, Statement] = {}
    for one in store.search(words, limit=limit * 5):
        found.setdefault(latest(store, one.claim.subject), one)
        if len(found) == limit:
            break
    said = store.statements(found, ("name", "title"))
    named = {(one.claim.subject, one.claim.attribute): one.claim.value for one in said}
    return [_hit(subject, one, named) for subject, one in found.items()]


def _hit(subject: str, statement: Statement, named: Mapping[tuple[str, str], str]) -> Hit:
    title = named.get((subject, "name" if statement.claim.kind == "release" else "title"), "")
    label, question = asked(subject)
    return Hit(subject, label, title, question, statement)
