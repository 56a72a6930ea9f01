"""The daily digest: net changes by release, the dates ahead, how much was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.changes import Change, Told
from bot.domain.countdown import Countdown
from bot.domain.net import net

__all__ = ["Digest", "Group", "compose", "net"]


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that belong together: of one release (its key), or of none."""

    release: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one channel is told once a day. `since` is when the digest before was due."""

    on: date
    since: datetime
    groups: tuple[Group, ...]
    coming: tuple[Countdown, ...]
    pages_read: int
    in_trouble: tuple[str, ...] = ()

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
            "groups": [
                {"release": group.release, "name": "", "changes": [told.id for told in group.told]}
                for group in self.groups
            ],
            "coming": [one.payload() for one in self.coming],
            "pages_read": self.pages_read,
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
) -> Digest:
    """Return the digest of net changes: the releases to come first, nearest first, then those past, then the rest."""
    by_release: dict[str, list[Told]] = {}
    for one in changes:
        by_release.setdefault(release_of(one.change), []).append(one)
    month = on.isoformat()[:7]
    groups = [
        Group(key, tuple(sorted(told, key=lambda one: (-one.change.weight, one.found_at, one.seq))))
        for key, told in sorted(by_release.items(), key=lambda item: _nearness(item[0], month))
    ]
    nearest = sorted(coming, key=lambda one: (one.on, one.subject))
    return Digest(on, since, tuple(groups), tuple(nearest), pages_read, tuple(in_trouble))


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
