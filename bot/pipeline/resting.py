"""Resting: when a channel that wanted no digests, or followed nothing, began again, from what people did there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.ports import Deed

OFF = "digest=off"


def ends(deeds: Iterable[Deed], longer: timedelta) -> list[datetime]:
    """Return when each rest ended that was longer than a time, oldest first."""
    rules: set[str] = set()
    began: dict[str, datetime] = {}
    found = []
    for deed in deeds:
        kind = "rules" if deed.what in ("subscribed", "unsubscribed") else "digest"
        rules = {"subscribed": rules | {deed.subject}, "unsubscribed": rules - {deed.subject}}.get(deed.what, rules)
        if OFF in deed.after.split(", ") or (deed.what == "unsubscribed" and not rules):
            began[kind] = deed.at
        elif (OFF in deed.before.split(", ") or deed.what == "subscribed") and (since := began.pop(kind, None)):
            found += [deed.at] if deed.at - since > longer else []
    return found
