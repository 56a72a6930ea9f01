"""The digest: net changes by release, the dates ahead, how much was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.calendar import working_days_left
from bot.domain.changes import Change, Told
from bot.domain.countdown import Countdown
from bot.domain.net import net

__all__ = ["Digest", "Group", "compose", "net"]


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that belong together: of one release (its key), or of none. `go_live`: the settled one, where it is known
    to the day.
    """

    release: str
    told: tuple[Told, ...]
    go_live: date | None = None

    def payload(self, on: date) -> dict[str, Any]:
        """Return what the message needs on a date, as JSON can keep it."""
        found = {"release": self.release, "name": "", "changes": [told.id for told in self.told]}
        if self.go_live is None:
            return found
        left = {"days": (self.go_live - on).days, "working_days": working_days_left(on, self.go_live)}
        return {**found, "go_live": self.go_live.isoformat(), **left}


@dataclass(frozen=True, slots=True)
class Digest:
    """What one channel is told once a day or a week. `since` is when the digest before was due, `last_read_at` when a
    page was read last.
    """

    on: date
    since: datetime
    groups: tuple[Group, ...]
    coming: tuple[Countdown, ...]
    pages_read: int
    in_trouble: tuple[str, ...] = ()
    last_read_at: datetime | None = None
    weekly: bool = False

    @property
    def quiet(self) -> bool:
        """Whether nothing changed."""
        return not self.groups

    def payload(self) -> dict[str, Any]:
        """Return what the message needs, as JSON can keep it; changes by their ids."""
        return {
            "date": self.on.isoformat(),
            "since": self.since.isoformat(),
            "quiet": self.quiet,
            "weekly": self.weekly,
            "groups": [group.payload(self.on) for group in self.groups],
            "coming": [one.payload() for one in self.coming],
            "pages_read": self.pages_read,
            "last_read_at": self.last_read_at.isoformat() if self.last_read_at else None,
            "sources_in_trouble": list(self.in_trouble),
        }


def compose(
    changes: Sequence[Told],
    *,
    coming: Iterable[Countdown] = (),
    pages_read: int,
    since: datetime,
    on: date,
    in_trouble: Iterable[str] = (),
    last_read_at: datetime | None = None,
    go_lives: Mapping[str, date] | None = None,
    weekly: bool = False,
) -> Digest:
    """Return the digest of net changes: the releases to come first, nearest first, then those past, then the rest."""
    by_release: dict[str, list[Told]] = {}
    for one in changes:
        by_release.setdefault(release_of(one.change), []).append(one)
    month = on.isoformat()[:7]
    groups = [
        Group(
            key,
            tuple(sorted(told, key=lambda one: (-one.change.weight, one.found_at, one.seq))),
            (go_lives or {}).get(key),
        )
        for key, told in sorted(by_release.items(), key=lambda item: _nearness(item[0], month))
    ]
    nearest = sorted(coming, key=lambda one: (one.on, one.subject))
    return Digest(on, since, tuple(groups), tuple(nearest), pages_read, tuple(in_trouble), last_read_at, weekly)


def key(channel: str, on: date) -> str:
    """Return what the message of a channel's digest of a date is known by for ever."""
    return f"digest:{channel}:{on}"


def release_of(change: Change) -> str:
    """Return the key of the release that a change belongs to, empty for none; of a move the one it moved to."""
    if key := change.facts.get("release", ""):
        return key
    kind, _, key = change.subject.partition(":")
    if kind == "release":
        return key
    return next((subject.partition(":")[2] for subject in change.about if subject.startswith("release:")), "")


def _nearness(key: str, month: str) -> tuple[int, int]:
    """Sort releases by how near they are: to come (soonest first), past (latest first), then what belongs to none."""
    if not key:
        return (2, 0)
    number = int(key.replace("-", "").ljust(6, "0"))
    return (0, number) if key >= month else (1, -number)
