"""Folding statements into facts: what counts of what sources say, and where they disagree.

Of a single value the newest statement counts, by the date that is printed with it, else by the day on which it was
first read; a page that still says otherwise today is a disagreement and is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.domain.values import row, same


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with the statement that proves it."""

    value: str
    statement: Statement

    @property
    def attribute(self) -> str:
        """The attribute's name."""
        return self.statement.claim.attribute


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What sources say differently today: the value that counts first, then each other one."""

    subject: str
    attribute: str
    facts: tuple[Fact, ...]


class Said:
    """Statements by what they are about."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Sort the statements."""
        self.all = list(statements)
        self._by: dict[tuple[str, str], list[Statement]] = {}
        for one in self.all:
            self._by.setdefault((one.claim.subject, one.claim.attribute), []).append(one)

    def of(self, subjects: Iterable[str], attribute: str) -> list[Statement]:
        """Return all that was ever said of an attribute of the subjects."""
        return [one for subject in subjects for one in self._by.get((subject, attribute), [])]

    def one(self, subjects: Sequence[str], attribute: str) -> Fact | None:
        """Return the newest value that is still said."""
        return newest(self.of(subjects, attribute))

    def many(self, subjects: Sequence[str], attribute: str) -> tuple[Fact, ...]:
        """Return the values that are still said, each once, with the newest statement of it."""
        facts: dict[str, Fact] = {}
        for one in self.of(subjects, attribute):
            key = same(one.claim.subject, attribute, one.claim.value)
            held = facts.get(key)
            if one.current and (held is None or freshness(one) > freshness(held.statement)):
                facts[key] = Fact(one.claim.value, one)
        return tuple(facts.values())

    def title(self, subjects: Sequence[str]) -> str:
        """Return the newest title, one that is not said any more where there is no other."""
        said = self.of(subjects, "title")
        fact = newest(said) or newest(said, also_past=True)
        return fact.value if fact else ""


def newest(statements: Iterable[Statement], *, also_past: bool = False) -> Fact | None:
    """Return the newest of some statements that are still current, as a fact."""
    said = [one for one in statements if one.current or also_past]
    best = max(said, key=freshness, default=None)
    return Fact(best.claim.value, best) if best else None


def proven(said: Iterable[Statement], own: Collection[str]) -> Fact | None:
    """Return the newest value that is still said, proven by one of its own pages where such a page says the same."""
    statements = list(said)
    fact = newest(statements)
    if fact is None or fact.statement.source in own:
        return fact
    claim = fact.statement.claim
    value = same(claim.subject, claim.attribute, fact.value)
    alike = [
        one
        for one in statements
        if one.source in own and same(claim.subject, claim.attribute, one.claim.value) == value
    ]
    return newest(alike) or fact


def own_pages(statements: Iterable[Statement], subject: str) -> set[str]:
    """Return the sources that are about a subject: pages, not posts or papers, that name themselves after it."""
    return {
        one.source
        for one in statements
        if one.current and not one.claim.item and one.claim.subject == subject and one.claim.attribute == "name"
    }


def disagreements(statements: Iterable[Statement]) -> tuple[Disagreement, ...]:
    """Return where pages say something else today than what counts. An older post or paper is no disagreement: it was
    overtaken.
    """
    by_fact: dict[tuple[str, str], list[Statement]] = {}
    for one in statements:
        if one.current and not row(one.claim.subject, one.claim.attribute).many:
            by_fact.setdefault((one.claim.subject, one.claim.attribute), []).append(one)
    found = []
    for (subject, attribute), said in by_fact.items():
        counts = max(said, key=freshness)
        others = {
            same(subject, attribute, s.claim.value): s for s in sorted(said, key=freshness) if _differs(s, counts)
        }
        if others:
            facts = tuple(Fact(s.claim.value, s) for s in (counts, *others.values()))
            found.append(Disagreement(subject, attribute, facts))
    return tuple(found)


def _differs(one: Statement, counts: Statement) -> bool:
    """Whether a page, or another paper of the same day, says something else than the statement that counts."""
    claim = one.claim
    if one.source == counts.source and claim.item == counts.claim.item:
        return False
    if same(claim.subject, claim.attribute, claim.value) == same(claim.subject, claim.attribute, counts.claim.value):
        return False
    return not claim.item or freshness(one)[0] == freshness(counts)[0]
