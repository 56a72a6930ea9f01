"""Who is told what: a channel's subscriptions against changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel follows something.

    `selector` is "everything", a subject ("modification:MP090", "release:2021-11", "part:Appendix AD") or a kind of
    change ("kind:go_live_moved"). `delivery`: "instant" (alerts at once and the digest) or "daily" (the digest alone).
    """

    channel: str
    selector: str
    made_by: str
    made_at: datetime
    delivery: str = "instant"
