"""The draft specifications of a release, and how each has moved since it was first read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import views
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.ports import Store

KINDS = ("specification_listed", "specification_revised", "specification_dropped")
STANDING = ("version", "draft", "published_on")
SHOWN = 4
"""Moves of one document that are shown, the newest."""


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a document: from what to what ("draft 4"; empty where it is not known), and when it was found."""

    before: str
    after: str
    told: Told

    @property
    def found_at(self) -> datetime:
        """When it was found."""
        return self.told.found_at


@dataclass(frozen=True, slots=True)
class Specification:
    """A draft specification: what says how it stands now, its moves, oldest first, and how many more there were."""

    document: views.Document
    proof: Statement
    moves: tuple[Move, ...]
    earlier: int

    @property
    def revised(self) -> bool:
        """Whether it was revised since it was first read."""
        return any(one.told.change.kind == "specification_revised" for one in self.moves)


def of(store: Store, release: views.Release) -> list[Specification]:
    """Return the draft specifications of a release, in the order of the Code."""
    subjects = [f"document:{release.key}/{one.part}" for one in release.documents]
    told = store.changes(about=subjects, kinds=KINDS)
    said = store.statements(subjects, STANDING)
    return [
        _specification(
            document,
            [one for one in told if subject in (one.change.subject, *one.change.about)],
            [one for one in said if one.claim.subject == subject],
        )
        for subject, document in zip(subjects, release.documents, strict=True)
    ]


def _specification(document: views.Document, told: Sequence[Told], said: Sequence[Statement]) -> Specification:
    moves = [_move(one) for one in told if not one.known_from]
    newest = views.newest(said)
    proof = newest.statement if newest else document.statement
    return Specification(document, proof, tuple(moves[-SHOWN:]), max(len(moves) - SHOWN, 0))


def _move(told: Told) -> Move:
    facts = told.change.facts
    old, new = _called(facts, "_before"), _called(facts)
    same_version = facts.get("version") == facts.get("version_before") and facts.get("draft")
    if same_version and facts.get("draft_before"):
        old, new = f"draft {facts['draft_before']}", f"draft {facts['draft']}"
    return Move("" if old == new else old, new, told)


def _called(facts: Mapping[str, str], when: str = "") -> str:
    version, draft = facts.get(f"version{when}", ""), facts.get(f"draft{when}", "")
    return " ".join(part for part in (f"v{version}" if version else "", f"draft {draft}" if draft else "") if part)
