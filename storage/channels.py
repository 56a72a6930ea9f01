"""How channels and persons want to be told, and what persons have seen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain.channel import DIGESTS, Channel
from bot.domain.follow import LAYOUTS
from bot.ports import Deed, Person
from storage import tables as t
from storage.deeds import keep
from storage.upsert import insert_for

_TIMES = {"digest_at", "quiet_from", "quiet_until"}
_LISTS = {"days", "quiet_days", "managers"}
_OWN = {"id", "paused"}
"""Columns of their own; the rest is kept as JSON, so that a new setting needs no migration."""
_CHOICES: dict[str, tuple[str, ...]] = {"digest": DIGESTS, "layout": LAYOUTS}


def channel(connection: Connection, id_: str) -> Channel:
    """See `Store.channel`."""
    row = connection.execute(select(t.channel).where(t.channel.c.id == id_)).first()
    return _channel(row) if row else Channel(id_)


def channels(connection: Connection) -> list[Channel]:
    """See `Store.channels`."""
    return [_channel(row) for row in connection.execute(select(t.channel).order_by(t.channel.c.id))]


def _channel(row: Row[Any]) -> Channel:
    """Return the settings of a row; what a later secbot kept and this one does not know, or cannot read, is left aside:
    that setting is as usual, for that channel alone.
    """
    usual = asdict(Channel(row.id))
    settings = row.settings if isinstance(row.settings, dict) else {}
    kept = {name: _read(name, value, usual[name]) for name, value in settings.items() if name in usual.keys() - _OWN}
    return Channel(row.id, paused=row.paused, **kept)


def _read(name: str, value: Any, usual: Any) -> Any:
    """Return a setting as it is kept, the usual one for what is none of its kind."""
    if name in _TIMES:
        return _time(value)
    if name in _LISTS:
        kind = str if name == "managers" else int
        return tuple(one for one in value if isinstance(one, kind)) if isinstance(value, list) else usual
    return value if isinstance(value, type(usual)) and value in _CHOICES.get(name, (value,)) else usual


def _time(value: Any) -> time | None:
    try:
        return time.fromisoformat(value)
    except (ValueError, TypeError):
        return None


def _written(one: Channel) -> dict[str, Any]:
    """Return the settings that differ from the usual ones, as JSON keeps them."""
    usual = asdict(Channel(one.id))
    differing = {name: value for name, value in asdict(one).items() if name not in _OWN and value != usual[name]}
    return {
        name: value.isoformat("minutes") if isinstance(value, time) else list(value) if name in _LISTS else value
        for name, value in differing.items()
    }


def keep_channel(connection: Connection, one: Channel, by: str, at: datetime) -> bool:
    """See `Store.keep_channel`."""
    before = channel(connection, one.id)
    if before == one:
        return False
    row = {"id": one.id, "paused": one.paused, "settings": _written(one)}
    put = insert_for(connection, t.channel).on_conflict_do_update(
        index_elements=["id"], set_={"paused": row["paused"], "settings": row["settings"]}
    )
    connection.execute(put.values(row))
    keep(connection, _deed(before, one, by, at))
    return True


def _deed(before: Channel, after: Channel, by: str, at: datetime) -> Deed:
    if before.paused != after.paused:
        return Deed(at, by, after.id, "paused" if after.paused else "resumed", after.paused or before.paused)
    was, now = asdict(before), asdict(after)
    names = [name for name in now if was[name] != now[name]]
    return Deed(at, by, after.id, "set", ", ".join(names), _told(was, names), _told(now, names))


def _told(values: dict[str, Any], names: list[str]) -> str:
    return ", ".join(f"{name}={_shown(values[name])}" for name in names)


def _shown(value: Any) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


# --- persons ---------------------------------------------------------------------------------------------------------


def person(connection: Connection, user: str) -> Person:
    """See `Store.person`."""
    row = connection.execute(select(t.person).where(t.person.c.user == user)).first()
    return Person(row.user, row.seq, row.looked_at) if row else Person(user)


def looked(connection: Connection, user: str, seq: int, at: datetime) -> None:
    """See `Store.looked`."""
    row = {"user": user, "seq": seq, "looked_at": at}
    put = insert_for(connection, t.person).on_conflict_do_update(
        index_elements=["user"], set_={"seq": seq, "looked_at": at}
    )
    connection.execute(put.values(row))
