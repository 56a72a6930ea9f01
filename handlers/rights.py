"""Who may change what a channel follows and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.asking import Ask, Reply, Suggestion


def refused(ask: Ask) -> Reply | None:
    """Return the answer to somebody who may not change anything where they ask; None where they may.

    Every command that writes asks this before it looks at what is to be written.
    """
    channel = ask.store.channel(ask.channel)
    if channel.may_change(ask.user):
        return None
    shown = (Suggestion("What is followed here", "list"), Suggestion("Settings", "settings"))
    return Reply("refused", {"managers": channel.managers}, shown)


OUTSIDE = Reply("refused", {"managers": (), "outside": True}, (Suggestion("Settings", "settings"),))
"""The answer to somebody of another organisation who would change how a channel is told."""


def is_outside(body: Mapping[str, Any]) -> bool:
    """Whether somebody of another organisation did it, with whom the channel is shared, as far as Slack says.

    Where an organisation has several workspaces nobody can tell whose another one is.
    """
    event, person = body.get("event") or {}, body.get("user") or {}
    theirs = event.get("user_team") or (person.get("team_id") if isinstance(person, dict) else "")
    authorized = body.get("authorizations") or ()
    if body.get("is_ext_shared_channel") is False or any(map(_enterprise, (body, *authorized))):
        return False
    # In a form the team is that of the one who sends it.
    installed = (body.get("view") or {}).get("app_installed_team_id") or (body.get("team") or {}).get("id")
    ours = {one.get("team_id") for one in authorized} or {installed or body.get("team_id")}
    return bool(theirs) and None not in ours and theirs not in ours


def _enterprise(one: Mapping[str, Any]) -> bool:
    return bool(one.get("enterprise") or one.get("enterprise_id"))
