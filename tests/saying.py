"""Claims, statements and changes in one line, for the tests of what secbot knows about the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from bot.domain import diff
from bot.domain.changes import Change, Told
from bot.domain.claims import Claim, Evidence, Statement
from bot.render.words import words

NOON = datetime(2021, 9, 22, 12, tzinfo=UTC)


def page(*facts: tuple[str, str, str], item: str = "") -> tuple[Claim, ...]:
    """Claims of "release:2021-11", "go_live", "2021-11-04"; the quote names the value."""
    return tuple(Claim(s, a, v, Evidence(f"the page says {v}"), item) for s, a, v in facts)


def scope(release: str, *ids: str, item: str = "", status: str = "targeted") -> tuple[Claim, ...]:
    """A release page's rows: each modification in scope with its title and status."""
    rows: list[tuple[str, str, str]] = []
    for id_ in ids:
        rows.append((f"release:{release}", "in_scope", id_))
        rows.append((f"modification:{id_}", "title", f"Title of {id_.lstrip('DMP')}"))
        if status:
            rows.append((f"modification:{id_}", "status", status))
    return page(*rows, item=item)


def found(
    before: Sequence[Claim],
    after: Sequence[Claim],
    *,
    stream: bool = False,
    whole: Iterable[str] = (),
    about: str = "release:2021-11",
) -> list[Change]:
    """The changes between two sets of claims."""
    return diff.changes(diff.compare(before, after, about=about, stream=stream, whole_items=set(whole)))


def kinds_of(changes: Iterable[Change]) -> list[str]:
    return [change.kind for change in changes]


def spoken(change: Change) -> str:
    """A change in its template's words."""
    return words(f"changes/{change.kind}", {"c": change}).replace("\x02", "").strip()


def headline(change: Change) -> str:
    return spoken(change).partition("\n")[0]


def statement(
    claim: Claim, source: str = "a page", *, at: datetime = NOON, current: bool = True, posted_on: str = ""
) -> Statement:
    return Statement(claim, source, f"https://example.org/{source}", at, current, source, posted_on)


def told(change: Change, source: str = "a page", *, at: datetime = NOON, seq: int = 1, known_from: str = "") -> Told:
    return Told(f"{seq:04d}", change, source, f"https://example.org/{source}", at, seq, known_from)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime.combine(date(year, month, day), NOON.timetz())
