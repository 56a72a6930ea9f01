"""What was chosen in Slack, by whom and when: rows for `secbot export`, and the ways in which they are written.

A row is one record: a rule that a channel follows, a mute, a channel's settings, a deed of somebody. `by` and `channel`
are Slack's ids. A CSV may be opened in a spreadsheet, which would run as a formula what begins like one; a cell that
does gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.channel import Channel
from bot.domain.follow import label
from bot.domain.vocabulary import Weight
from bot.ports import Store

Row = dict[str, Any]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
WEIGHTS: Mapping[int, str] = {0: "", **{weight.value: weight.name.lower() for weight in Weight}}
ALL = sys.maxsize
"""More deeds than there can be."""


def subscriptions(store: Store, zone: ZoneInfo, now: datetime) -> Iterator[Row]:
    """Yield each rule with its options, who made it and when."""
    del now
    for one in store.subscriptions():
        yield {
            "record": "subscription",
            "channel": one.channel,
            "selector": one.selector,
            "label": label(one.selector),
            "only": list(one.only),
            "but_not": list(one.but_not),
            "least": WEIGHTS.get(one.least, str(one.least)),
            "delivery": one.delivery,
            "layout": one.layout,
            "by": one.made_by,
            "at": _told(one.made_at, zone),
        }


def mutes(store: Store, zone: ZoneInfo, now: datetime) -> Iterator[Row]:
    """Yield each mute, those that are over too: what they silenced was never told."""
    for one in store.mutes():
        yield {
            "record": "mute",
            "channel": one.channel,
            "selector": one.selector,
            "until": _told(one.until, zone),
            "holds": one.holds(now),
            "by": one.made_by,
            "at": _told(one.made_at, zone),
        }


def channels(store: Store, zone: ZoneInfo, now: datetime) -> Iterator[Row]:
    """Yield the settings of each channel and person with settings or rules; null is the bot's own setting."""
    del zone, now
    kept = {one.id: one for one in store.channels()}
    following = {one.channel for one in store.subscriptions()}
    for id_ in sorted(kept.keys() | following):
        settings = asdict(kept.get(id_) or Channel(id_))
        row = {"record": "channel", "channel": settings.pop("id"), **settings, "follows": id_ in following}
        yield {key: value.isoformat("minutes") if isinstance(value, time) else value for key, value in row.items()}


def deeds(store: Store, zone: ZoneInfo, now: datetime) -> Iterator[Row]:
    """Yield who changed what, and when, oldest first."""
    del now
    for one in store.deeds(limit=ALL):
        yield {
            "record": "deed",
            "channel": one.channel,
            "what": one.what,
            "subject": one.subject,
            "before": one.before,
            "after": one.after,
            "by": one.user,
            "at": _told(one.at, zone),
        }


KINDS: Mapping[str, Callable[[Store, ZoneInfo, datetime], Iterator[Row]]] = {
    "subscriptions": subscriptions,
    "mutes": mutes,
    "channels": channels,
    "deeds": deeds,
}


def rows(
    store: Store, zone: ZoneInfo, now: datetime, kinds: Iterable[str] = tuple(KINDS), channel: str = ""
) -> list[Row]:
    """Return the rows of some kinds; of one channel, where it is named."""
    found = [row for kind in kinds for row in KINDS[kind](store, zone, now)]
    return [row for row in found if channel in ("", row["channel"])]


def named(store: Store, said: str) -> str | None:
    """Return the id of the channel that is meant by its id or name; None where nothing of such a channel is kept."""
    names = {one.name.casefold(): one.id for one in store.channels() if one.name}
    ids = {one.id for one in store.channels()} | {one.channel for one in store.subscriptions()}
    ids |= {one.channel for one in store.deeds(limit=ALL)}
    return said if said in ids else names.get(said.removeprefix("#").casefold())


def _told(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


# --- written ----------------------------------------------------------------------------------------------------------


def as_json(found: Iterable[Row]) -> str:
    """Return one object a line."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found)


def as_csv(found: Iterable[Row]) -> str:
    """Return a table with a heading: the columns of all rows, in their order."""
    found = list(found)
    columns = list(dict.fromkeys(key for row in found for key in row)) or ["record", "channel"]
    written = io.StringIO()
    table = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows({key: cell(value) for key, value in row.items()} for row in found)
    return written.getvalue()


def cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    said = _plain(value)
    return f"'{said}" if said.startswith(FORMULA) else said


def as_text(found: Iterable[Row]) -> str:
    """Return lines to read: a heading a kind, a line a row, without what is empty."""
    lines, kind = [], ""
    for row in found:
        if row["record"] != kind:
            lines += ["", f"{row['record'].upper()}S"] if kind else [f"{row['record'].upper()}S"]
            kind = row["record"]
        facts = [f"{key} {said}" for key, value in row.items() if key != "record" and (said := _plain(value))]
        lines.append("  " + CONTROL.sub(" ", " · ".join(facts)))
    return "".join(f"{line}\n" for line in lines) or "Nothing is kept yet.\n"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
