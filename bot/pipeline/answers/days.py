"""A date that matters, seen from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain import calendar, dates, views
from bot.domain.claims import Statement


@dataclass(frozen=True, slots=True)
class Day:
    """A date that matters to somebody who plans, seen from today; `days` is None where no day is known."""

    what: str
    value: str
    days: int | None
    working_days: int | None
    statement: Statement
    subject: str = ""
    title: str = ""


def day(what: str, fact: views.Fact, today: date, subject_: str = "", title: str = "") -> Day:
    """Return how far away a fact's date is."""
    on = dates.exact(fact.value)
    left = calendar.working_days_left(today, on) if on and on >= today else None
    return Day(what, fact.value, (on - today).days if on else None, left, fact.statement, subject_, title)
