"""What has to be decided, voted on or answered within a time: cut-offs, votes, baselines, consultations that close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain import countdown, dates
from bot.domain.claims import Statement
from bot.pipeline.answers.ahead import FAR, grouped
from bot.pipeline.answers.directory import title
from bot.ports import Store

ATTRIBUTES = ("decision_cut_off", "change_board_vote_on", "baseline_due", "consultation_closes_on")
SHOWN = 12
"""Dates that are shown; more is no answer for somebody who has ten seconds."""


@dataclass(frozen=True, slots=True)
class Vague:
    """A date of which only the month or the year is known."""

    subject: str
    title: str
    statement: Statement


def facts(store: Store, today: date, days: int) -> dict[str, Any]:
    """Return the dates of the next days, what has only a month among them, and the first one after them."""
    said = [one for attribute in ATTRIBUTES for one in store.statements(attribute=attribute)]
    every = grouped(store, countdown.ahead(said, today, within=FAR))
    until = today + timedelta(days=days)
    inside = [one for one in every if one.one.on <= until]
    return {
        "coming": [_titled(store, one) for one in inside[:SHOWN]],
        "total": len(inside),
        "after": next((_titled(store, one) for one in every if one.one.on > until), None),
        "vague": _vague(store, said, today, until),
        "days": days,
        "until": until,
        "today": today,
    }


def _titled(store: Store, one: Any) -> Any:
    return type(one)(one.one, tuple((subject, title(store, subject)) for subject, _ in one.about))


def _vague(store: Store, said: Sequence[Statement], today: date, until: date) -> list[Vague]:
    months = [one for one in said if one.current and not dates.exact(one.claim.value)]
    near = [
        one for one in months if dates.latest(one.claim.value) >= today and dates.earliest(one.claim.value) <= until
    ]
    each = {(one.claim.subject, one.claim.attribute, one.claim.value): one for one in near}
    ordered = sorted(each.values(), key=lambda one: (one.claim.value, one.claim.subject))
    return [Vague(one.claim.subject, title(store, one.claim.subject), one) for one in ordered[:SHOWN]]
