"""What a form remembers while it is open, in its `private_metadata`: for whom, for which channel, since when.

Slack hands it back as it was; it is believed only where it fits who sends it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.asking import Ask
from bot.domain.channel import is_person

LONGEST = 24 * 60 * 60
"""Seconds for which a form can be kept open."""
_CHANNEL, _PERSON = re.compile(r"[CGUW][A-Z0-9]{1,30}"), re.compile(r"[UW][A-Z0-9]{1,30}")


@dataclass(frozen=True, slots=True)
class Meta:
    """`channel`: whose subscriptions or settings it is about; `at`: when it was opened, in seconds; `about`: what it
    was opened for; `seen`: the mark of what it changes, as it was; `home`: what the Home that opened it remembers.
    """

    channel: str
    user: str
    at: int
    about: str = ""
    seen: str = ""
    home: str = ""

    def written(self) -> str:
        """Return it as a view carries it."""
        return json.dumps(asdict(self), separators=(",", ":"))


class Stale(Exception):
    """A form that can't be believed any more; `reason`: "forged", "old" or "changed"."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def fresh(ask: Ask, *, home: str, about: str = "", seen: str = "") -> Meta:
    """Return what a form remembers that is opened now."""
    return Meta(ask.channel, ask.user, int(ask.now.timestamp()), about, seen, home)


def read(view: Mapping[str, Any], user: str, now: datetime) -> Meta:
    """Return what a form remembers.

    Raises:
        Stale: it is another person's, or none of ours, or too old.
    """
    try:
        found = Meta(**json.loads(view.get("private_metadata") or ""))
        whole = all(isinstance(value, kind) for value, kind in zip(_values(found), _KINDS, strict=True))
    except (TypeError, ValueError):
        raise Stale("forged") from None
    if not whole or not _CHANNEL.fullmatch(found.channel) or not _PERSON.fullmatch(user) or found.user != user:
        raise Stale("forged")
    if is_person(found.channel) and found.channel != user:
        raise Stale("forged")
    if not -60 <= now.timestamp() - found.at <= LONGEST:
        raise Stale("old")
    return found


def channel_of(view: Mapping[str, Any], user: str, now: datetime) -> str:
    """Return the channel that what is pressed in a view is about; the person for one that remembers nothing.

    Raises:
        Stale: it is another person's modal, or none of ours, or too old.
    """
    if view.get("type") != "modal" or not view.get("private_metadata"):
        return user
    return read(view, user, now).channel


_KINDS = (str, str, int, str, str, str)


def _values(found: Meta) -> tuple[Any, ...]:
    return found.channel, found.user, found.at, found.about, found.seen, found.home


def mark(shown: object) -> str:
    """Return a short mark of what a form shows, to see at the end whether it is still so."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]
