"""Began: since when a channel has followed what a rule of it follows, from what people did there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.follow import BY_DEFAULT, Subscription
from bot.ports import Deed

RULED = ("subscribed", "unsubscribed")
"""Deeds of rules, by the rule's selector."""
SHORT = timedelta(days=7)
"""A rule that was ended and made again within this time was followed all along."""


def began(rule: Subscription, deeds: Iterable[Deed], at_latest: datetime) -> datetime:
    """Return since when a channel has followed what a rule follows; `deeds`: what people did there, oldest first.

    A rule that is given other options begins nothing anew. Nobody made that of the channel that follows everything: it
    is there since anybody did something there.
    """
    if rule.made_by == BY_DEFAULT:
        return min((one.at for one in deeds), default=at_latest)
    found, ended = None, None
    for deed in deeds:
        if deed.subject != rule.selector or deed.what not in RULED:
            continue
        if deed.what == "unsubscribed":
            ended = deed.at
            continue
        if found is None or (ended and deed.at - ended > SHORT):
            found = deed.at
        ended = None
    return min(found or rule.made_at, rule.made_at)
