"""Forms: what to follow, what to look for, how a channel wants to be told. Facts → a modal with its fields.

Every form opens with what it is about, and says in it what went wrong or what would come of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain import hours
from bot.domain.channel import Channel
from bot.ports import Message
from bot.render import blocks as kit
from bot.render.views import (
    SELECTED_LIMIT,
    Option,
    View,
    clock,
    home,
    line,
    modal,
    one_of,
    people,
    picked,
    seek,
    seek_some,
    ticks,
)
from bot.render.words import words

DELIVERIES = (
    Option("instant", "At once", "All but light changes at once, all in the digest"),
    Option("weighty", "Weighty ones at once", "Scope, go-live and decisions at once, the rest in the digest"),
    Option("daily", "In the digest", "Nothing at once"),
    Option("weekly", "Once a week", "In the weekly digest alone"),
)
WEIGHTS = (
    Option("0", "As usual", "All but light changes at once; light ones in the digest"),
    Option("1", "Light ones at once, too", "New titles and wording as well"),
    Option("2", "No light ones", "Neither at once nor in the digest"),
    Option("3", "Weighty ones only", "Scope, go-live, decisions"),
)
LAYOUTS = (
    Option("both", "Threads, weighty ones in the channel too", "Later changes go below the first message about it"),
    Option("thread", "Threads", "Later changes go below the first message, and there alone"),
    Option("flat", "No threads", "Each message by itself"),
)
AS_THE_CHANNEL = Option("as_channel", "As set for the channel", "See its settings")
AS_IN_MY_SETTINGS = Option("as_channel", "As in my settings", "See your settings")
DIGESTS = (
    Option("daily", "On each of the days below"),
    Option("weekly", "Once a week"),
    Option("off", "No digest", "Only what comes at once"),
)
DAYS = tuple(Option(str(number), name) for number, name in enumerate(hours.DAYS))
HERE, ME = "here", "me"

TRY = {
    "type": "button",
    "text": kit.plain_text("Try it: the last 90 days", kit.LABEL_LIMIT),
    "accessibility_label": "Show what this would have sent in the last 90 days; nothing is kept",
    "action_id": "try",
    "value": "try",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form for following shows: what is chosen so far, for whom, and what it would have sent (`tried`).

    `channel` None: it can only be for the person; `fixed`: it changes what is followed already, so that stays.
    """

    what: Option | None = None
    channel: Channel | None = None
    where: str = HERE
    only: Sequence[Option] = ()
    but_not: Sequence[Option] = ()
    delivery: str = "instant"
    least: int = 0
    layout: str = ""
    fixed: bool = False
    tried: Message | None = None


def subscribe(wish: Wish, zone: ZoneInfo, meta: str) -> View:
    """Return the form in which somebody says what to follow."""
    facts = {"fixed": wish.fixed, "what": wish.what.label if wish.what else "", "channel": wish.channel}
    shown = kit.blocks(words("modals/subscribe", facts, zone))
    what = seek("what", "What", "Type MP090, November 2021, DUIS, decisions …", chosen=wish.what, hint=_HINT)
    personal = wish.channel is None
    layouts = (AS_IN_MY_SETTINGS if personal else AS_THE_CHANNEL, *LAYOUTS)
    fields = [
        *([] if wish.fixed else [what]),
        *([] if wish.fixed or wish.channel is None else [_where(wish.channel, wish.where)]),
        picked("delivery", "When", DELIVERIES, wish.delivery),
        picked("least", "How weighty", WEIGHTS, str(wish.least)),
        _filter("only", "Only", "Type decisions, DUIS, MP090 …", wish.only, "Of that, only these."),
        _filter("but_not", "Except", "Type documents, MP090 …", wish.but_not, "Never these."),
        picked("layout", "Threads", layouts, wish.layout or layouts[0].value),
    ]
    tried = [{"type": "divider"}, *_answer(wish.tried)] if wish.tried else []
    row = {"type": "actions", "block_id": "try", "elements": [TRY]}
    title, submit = ("Change what you follow", "Keep") if wish.fixed else ("Follow something", "Follow")
    return modal(title, [*shown, *fields, row, *tried], form="subscribe", submit=submit, close="Cancel", meta=meta)


_HINT = "A modification, a release, a part of the SEC, what is affected, a kind of change, or everything."


def _filter(name: str, label: str, placeholder: str, chosen: Sequence[Option], hint: str) -> kit.Block:
    if (left := len(chosen) - SELECTED_LIMIT) > 0:
        hint += f" {left} more do not fit here; they stay."
    return seek_some(name, label, placeholder, chosen=chosen, hint=hint)


def _where(channel: Channel, chosen: str) -> dict[str, object]:
    name = f"#{channel.name}" if channel.name else "This channel"
    here = Option(HERE, name, "Everybody in it sees what comes")
    return one_of("where", "Who is told", (here, Option(ME, "Me", "In a direct message")), chosen)


def search(said: str, found: Message | None, meta: str) -> View:
    """Return the form in which somebody looks for words, with what was found for the last ones."""
    field_ = line(
        "words",
        "Words",
        "half-hourly settlement",
        said=said,
        hint="All of them must stand in one title or sentence; the beginning of a word is enough.",
    )
    answer = [{"type": "divider"}, *_answer(found)] if found else []
    return modal("Search the SEC", [field_, *answer], form="search", submit="Search", meta=meta)


def settings(channel: Channel, zone: ZoneInfo, bots_time: str, meta: str) -> View:
    """Return the form of how a channel or a person wants to be told; `bots_time`: the digest's, where none is set."""
    facts = {"channel": channel, "zone": channel.zone or zone.key, "bots_time": bots_time}
    fields = [
        one_of("digest", "Digest", DIGESTS, channel.digest),
        clock("at", "Digest at", channel.digest_at, hint=f"Empty: at {bots_time}.", optional=True),
        ticks("days", "Days", DAYS, map(str, channel.days)),
        picked("weekly_day", "Weekly digest on", DAYS, str(next(iter(channel.days), 0)), hint=_WEEKLY),
        clock("quiet_from", "Quiet from", channel.quiet_from, hint=_QUIET, optional=True),
        clock("quiet_until", "Quiet until", channel.quiet_until, optional=True),
        ticks("quiet_days", "Quiet all day on", DAYS, map(str, channel.quiet_days), hint=_QUIET_DAYS),
        ticks("more", "Also", MORE, _ticked(channel)),
        one_of("layout", "Threads", LAYOUTS, channel.layout),
    ]
    if not channel.personal:
        hint = "Empty: everybody in the channel. Whoever chooses others is one of them."
        fields.append(people("managers", "Who may change this", "Choose people", channel.managers, hint=hint))
    shown = kit.blocks(words("modals/settings", facts, zone))
    return modal("Settings", [*shown, *fields], form="settings", submit="Keep", close="Cancel", meta=meta)


_WEEKLY = "Of the whole channel, or of what is followed once a week."
_QUIET = "Nothing is delivered from then until the other time; what was found comes after it."
_QUIET_DAYS = "No digest comes on these days either; the next one tells what they leave out."
HOLIDAYS, QUIET_HOLIDAYS, PASSES = "holidays_off", "quiet_holidays", "weighty_passes"
MORE = (
    Option(HOLIDAYS, "No digest on bank holidays", "Of England and Wales"),
    Option(QUIET_HOLIDAYS, "Quiet all day on bank holidays", "With no digest on them"),
    Option(PASSES, "Weighty changes pass quiet hours", "Scope, go-live, decisions"),
)


def _ticked(channel: Channel) -> list[str]:
    return [name for name in (HOLIDAYS, QUIET_HOLIDAYS, PASSES) if getattr(channel, name)]


def told(title: str, message: Message, meta: str = "") -> View:
    """Return a modal that shows a message: an answer, a refusal, what was done."""
    return modal(title, _answer(message), meta=meta)


def _answer(message: Message) -> list[kit.Block]:
    return [dict(block) for block in message.blocks] or [kit.section(message.text)]


def home_of(message: Message) -> View:
    """Return a Home that shows a message, where nothing else can be shown."""
    return home(_answer(message))
