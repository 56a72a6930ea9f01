"""The form in which a channel, or a person, says how it wants to be told. It keeps what the commands keep."""

from __future__ import annotations

from dataclasses import replace

from bot.asking import Ask, Reply
from bot.domain.channel import DIGESTS, Channel
from bot.domain.follow import LAYOUTS
from bot.render import forms
from bot.render.views import View
from handlers import chosen
from handlers.filled import Filled
from handlers.modals.meta import Meta, Stale, fresh, mark

Errors = dict[str, str]
DAYS = frozenset("0123456")


def opened(ask: Ask, _words: str, *, home: str) -> View:
    """Return the form of the channel in which it is opened; words do not matter to it."""
    channel = ask.store.channel(ask.channel)
    meta = fresh(ask, home=home, seen=mark(_settings(channel)))
    return forms.settings(channel, ask.zone, f"{ask.digest_at:%H:%M}", meta.written())


def _settings(channel: Channel) -> Channel:
    """Return what the form shows of a channel: not that it is paused, nor what it is called."""
    return replace(channel, paused="", name="")


def submitted(ask: Ask, filled: Filled, meta: Meta) -> Errors | Reply:
    """Keep what was filled in; return what is wrong with it, by field, or what is so now.

    Raises:
        Stale: the settings were changed since the form was opened.
    """

    def wish(now: Channel) -> Channel:
        # Asked of what is changed: what comes in between, a pause too, is not undone by a form that did not show it.
        if mark(_settings(now)) != meta.seen:
            raise Stale("changed")
        return wanted(now, filled, ask.user)

    errors = _errors(wish(ask.store.channel(meta.channel)), filled)
    return errors or chosen.changed(ask, "settings_kept", wish)


def wanted(before: Channel, filled: Filled, user: str) -> Channel:
    """Return a channel as it was filled in."""
    digest, layout, more = filled.one("digest"), filled.one("layout"), filled.some("more")
    managers = filled.some("managers")
    return replace(
        before,
        digest=digest if digest in DIGESTS else before.digest,
        digest_at=filled.at("at"),
        days=_days(filled),
        holidays_off=forms.HOLIDAYS in more,
        quiet_from=filled.at("quiet_from"),
        quiet_until=filled.at("quiet_until"),
        quiet_days=_ticked(filled, "quiet_days"),
        quiet_holidays=forms.QUIET_HOLIDAYS in more,
        weighty_passes=forms.PASSES in more,
        layout=layout if layout in LAYOUTS else before.layout,
        # Who closes a channel to others does not lock themselves out.
        managers=tuple(dict.fromkeys((*managers, user))) if managers and not before.personal else (),
    )


def _days(filled: Filled) -> tuple[int, ...]:
    """Return the days that are ticked, that of the weekly digest first."""
    ticked = _ticked(filled, "days")
    weekly = filled.one("weekly_day")
    first = [int(weekly)] if weekly in DAYS and int(weekly) in ticked else []
    return (*first, *(day for day in ticked if day not in first))


def _ticked(filled: Filled, name: str) -> tuple[int, ...]:
    return tuple(sorted({int(day) for day in filled.some(name) if day in DAYS}))


def _errors(channel: Channel, filled: Filled) -> Errors:
    found: Errors = {}
    if not channel.days:
        found["days"] = "Tick at least one day."
    elif filled.one("weekly_day") in DAYS and int(filled.one("weekly_day")) not in channel.days:
        found["weekly_day"] = "Tick that day above, too, or choose another one."
    if len(channel.quiet_days) == len(DAYS):
        found["quiet_days"] = "Leave a day to hear on. To hear of nothing at all, unsubscribe or mute."
    begin, end = channel.quiet_from, channel.quiet_until
    if begin and not end:
        found["quiet_until"] = "Choose until when it is quiet, or clear the other time."
    if end and not begin:
        found["quiet_from"] = "Choose from when it is quiet, or clear the other time."
    if begin and begin == end:
        found["quiet_until"] = "That is the same time. To hear of nothing at all, unsubscribe or mute."
    return found
