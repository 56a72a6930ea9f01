"""What has to be decided, voted on or answered within a time: cut-offs, votes, baselines, consultations that close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain import countdown, dates
from bot.domain.claims import Statement
from bot.pipeline.answers import directory
from bot.pipeline.answers.ahead import FAR, grouped, said_of, with_titles
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
    said = said_of(store, ATTRIBUTES, today)
    every = grouped(store, countdown.ahead(said, today, within=FAR))
    until = today + timedelta(days=days)
    inside = [one for one in every if one.one.on <= until]
    near, after = inside[:SHOWN], every[len(inside) :][:1]
    titled = with_titles(store, [*near, *after])
    return {
        "coming": titled[: len(near)],
        "total": len(inside),
        "after": titled[-1] if after else None,
        "vague": _vague(store, said, today, until),
        "days": days,
        "until": until,
        "today": today,
    }


def _vague(store: Store, said: Sequence[Statement], today: date, until: date) -> list[Vague]:
    months = [one for one in said if one.current and not dates.exact(one.claim.value)]
    near = [
        one for one in months if dates.latest(one.claim.value) >= today and dates.earliest(one.claim.value) <= until
    ]
    each = {(one.claim.subject, one.claim.attribute, one.claim.value): one for one in near}
    ordered = sorted(each.values(), key=lambda one: (one.claim.value, one.claim.subject))
    titles = directory.titles_of(store, {one.claim.subject for one in ordered[:SHOWN]})
    return [Vague(one.claim.subject, titles.get(one.claim.subject, ""), one) for one in ordered[:SHOWN]]
