"""Dates that come near: when a channel is reminded of them, and which lie ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain import dates, statuses
from bot.domain.calendar import working_days_left
from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.domain.values import row

ATTRIBUTES = ("go_live", "decision_cut_off", "change_board_vote_on", "consultation_closes_on")
"""What is counted down to. A date that is only proposed is not."""

DECISIONS = ("decision_cut_off", "change_board_vote_on")
SETTLED = (*statuses.DECIDED, "pending_implementation", "implemented", "withdrawn")
"""Where a modification stands for which these dates do not matter any more."""

THRESHOLDS = (60, 30, 14, 7, 1, 0)
"""Days before a date at which it is told."""
GRACE = 2
"""A threshold that was missed (secbot was down, the date was learned late) is told this many days late, not later."""
SHORT_GRACE = 1
"""For the last thresholds, which lie so near each other."""

TOPICS = {
    "go_live": ("kind:go-live",),
    "proposed_go_live": ("kind:go-live",),
    "decision_cut_off": ("kind:decisions", "kind:votes"),
    "change_board_vote_on": ("kind:votes",),
    "consultation_closes_on": ("kind:consultations",),
}
"""Who hears of a date besides those who follow its subject."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A date that comes near. `working_days` is None past the calendar's end, `threshold` None where none is reached.

    `key` is the same for one threshold of one date on whatever day it is told; `about` is what can be followed; `title`
    is for whoever knows it to fill in.
    """

    subject: str
    attribute: str
    on: date
    days: int
    working_days: int | None
    threshold: int | None = None
    quote: str = ""
    source: str = ""
    url: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        """What a reminder is known by for ever."""
        return f"countdown:{self.subject}:{self.attribute}:{self.on}:{self.threshold}"

    @property
    def about(self) -> tuple[str, ...]:
        """What can be followed to hear of it."""
        return about(self.subject, self.attribute)

    @property
    def label(self) -> str:
        """The attribute in words."""
        return row(self.subject, self.attribute).label

    def payload(self) -> dict[str, Any]:
        """Return what a message needs, as JSON can keep it."""
        return {
            "subject": self.subject,
            "attribute": self.attribute,
            "on": self.on.isoformat(),
            "days": self.days,
            "working_days": self.working_days,
            "threshold": self.threshold,
            "quote": self.quote,
            "source": self.source,
            "url": self.url,
            "title": self.title,
        }


def about(subject: str, attribute: str) -> tuple[str, ...]:
    """Return what can be followed to hear of a date."""
    return (subject, *TOPICS.get(attribute, ()))


def due(statements: Iterable[Statement], on: date) -> list[Countdown]:
    """Return the reminders that are due on a local date, nearest first. What was sent before has the same key."""
    found = (
        replace(one, threshold=threshold)
        for one in _events(statements, on)
        if one.attribute in ATTRIBUTES and (threshold := reached(one.days)) is not None
    )
    return sorted(found, key=lambda one: (one.on, one.subject))


def ahead(statements: Iterable[Statement], on: date, within: int) -> list[Countdown]:
    """Return the dates of the next days, nearest first; those that are proposed too. A settled go-live is what all else
    is planned by, so it is among them however far it is.
    """
    found = (one for one in _events(statements, on) if one.days <= within or one.attribute == "go_live")
    return sorted(found, key=lambda one: (one.on, one.subject))


def is_open(attribute: str, status: Iterable[Statement]) -> bool:
    """Whether a date still matters, by what is said of its subject's status: a vote or a cut-off does not once the
    decision is taken.
    """
    newest = max(status, key=freshness, default=None)
    return attribute not in DECISIONS or newest is None or newest.claim.value not in SETTLED


def reached(days: int) -> int | None:
    """Return the threshold that is reached so many days before a date, or was missed by little; None for none."""
    for threshold in sorted(THRESHOLDS):
        grace = GRACE if threshold > SHORT_GRACE else SHORT_GRACE
        if 0 <= threshold - days <= grace and days >= 0:
            return threshold
    return None


def _events(statements: Iterable[Statement], on: date) -> Iterator[Countdown]:
    """Yield the dates that are known to the day and not over."""
    for one in _counting(statements):
        day = dates.exact(one.claim.value)
        if day and day >= on:
            claim = one.claim
            yield Countdown(
                claim.subject,
                claim.attribute,
                day,
                (day - on).days,
                working_days_left(on, day),
                None,
                claim.evidence.quote,
                one.source,
                one.url,
            )


def _counting(statements: Iterable[Statement]) -> Sequence[Statement]:
    """Return the statements that count: the newest of a single value, each value of many."""
    newest: dict[tuple[str, ...], Statement] = {}
    for one in statements:
        claim = one.claim
        many = row(claim.subject, claim.attribute).many
        key = (claim.subject, claim.attribute, *((claim.value,) if many else ()))
        if one.current and (key not in newest or freshness(one) > freshness(newest[key])):
            newest[key] = one
    return list(newest.values())
