"""Marks: what a change tells, whenever it is found.

A change's id has the moment in which it was found, so that the same thing happening twice is two changes. After a
backup was restored the same thing that happened once is found twice, and what was told of it is remembered by the
channel alone: so each message carries the marks of what it tells. A mark is a place (what it is about) and an end (how
that stands after it); of several messages about one place the newest says what was told last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from bot.domain.changes import Change, Told
from bot.domain.values import row, same

HALF = 8
"""Hexadecimal digits of a place, and of an end."""
MOST = 100
"""Marks that one message carries: Slack takes only so much metadata."""


def mark(change: Change) -> str:
    """Return the mark of a change."""
    place, end = _meant(change)
    return _short(place) + _short(end)


def _meant(change: Change) -> tuple[tuple[str, ...], str]:
    subject, attribute, before, after = change.subject, change.attribute, change.before, change.after
    if not row(subject, attribute).many:
        return (subject, attribute), same(subject, attribute, after or "")
    if (before is None) != (after is None):
        value = before if after is None else after
        return (subject, attribute, same(subject, attribute, value or "")), "gone" if after is None else "there"
    # It gathers several values, or leads from one of many to another: just that is its place, and it has no other end.
    deltas = sorted(f"{d.subject} {d.attribute} {d.before} {d.after}" for d in change.explains if not d.companion)
    return (change.kind, subject, attribute, str(before), str(after), *deltas), ""


def _short(meant: str | Sequence[str]) -> str:
    parts = (meant,) if isinstance(meant, str) else meant
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:HALF]


def of(told: Iterable[Told]) -> tuple[str, ...]:
    """Return the marks of changes, each once; of very many the first."""
    return tuple(dict.fromkeys(mark(one.change) for one in told))[:MOST]


def place(mark: str) -> str:
    """Return the place of a mark."""
    return mark[:HALF]
