"""What is found by words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.claims import Statement
from bot.pipeline.answers.directory import asked
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
    found: dict[str, Hit] = {}
    for one in store.search(words, limit=limit * 5):
        if one.claim.subject not in found:
            found[one.claim.subject] = _hit(store, one)
        if len(found) == limit:
            break
    return list(found.values())


def _hit(store: Store, statement: Statement) -> Hit:
    claim = statement.claim
    attribute = "name" if claim.kind == "release" else "title"
    named = store.statements(claim.subject, attribute)
    label, question = asked(claim.subject)
    return Hit(claim.subject, label, named[-1].claim.value if named else "", question, statement)
