"""What is found by words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import identifiers
from bot.domain.claims import Statement
from bot.pipeline.answers.directory import asked, resolved
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
        subject = _latest(store, one.claim.subject)
        if subject not in found:
            found[subject] = _hit(store, one, subject)
        if len(found) == limit:
            break
    return list(found.values())


def _latest(store: Store, subject: str) -> str:
    """Return a subject by its latest name: of a Draft Proposal the modification that it became."""
    kind, _, key = subject.partition(":")
    if kind != "modification" or not identifiers.is_draft_proposal(key):
        return subject
    return f"modification:{resolved(store, key) or key}"


def _hit(store: Store, statement: Statement, subject: str) -> Hit:
    named = store.statements(subject, "name" if statement.claim.kind == "release" else "title")
    label, question = asked(subject)
    return Hit(subject, label, named[-1].claim.value if named else "", question, statement)
