"""Home: shown when somebody opens it, and anew after what they change from it.

What changed since they looked stays for a while: who looks away for a moment has not seen it all.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.asking import Ask
from bot.pipeline import home as facts
from bot.ports import Message, Person
from bot.render import forms
from bot.render import home as render
from bot.render.views import View
from bot.slack import errors
from bot.slack.desk import Asks, Desk

log = logging.getLogger(__name__)

STAYS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a Home remembers that is shown, in its `private_metadata`: since when it tells, when it was first shown."""

    looked: Person
    shown_at: datetime

    def written(self) -> str:
        """Return it as a view carries it."""
        looked_at = self.looked.looked_at.isoformat() if self.looked.looked_at else ""
        return json.dumps({"seq": self.looked.seq, "looked_at": looked_at, "shown_at": self.shown_at.isoformat()})


def glance(text: str, user: str) -> Glance | None:
    """Return what a Home remembers; None where it says nothing of ours."""
    try:
        found = json.loads(text)
        looked_at = datetime.fromisoformat(found["looked_at"]) if found["looked_at"] else None
        shown_at = datetime.fromisoformat(found["shown_at"])
        seq = int(found["seq"])
    except (ValueError, TypeError, KeyError):
        return None
    aware = all(moment.tzinfo for moment in (looked_at, shown_at) if moment)
    return Glance(Person(user, seq, looked_at), shown_at) if aware else None


def register(app: App, desk: Desk, asks: Asks) -> None:
    """Show Home to whoever opens it."""

    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab", "home") == "home":
            before = glance((event.get("view") or {}).get("private_metadata") or "", event["user"])
            publish(client, desk, asks, event["user"], before)

    app.event("app_home_opened")(ack=_nothing, lazy=[opened])


def _nothing() -> None:
    """Take the event; Bolt acknowledges it."""


def publish(
    client: WebClient, desk: Desk, asks: Asks, user: str, before: Glance | None, *, said: str = "", again: bool = False
) -> None:
    """Show a person's Home and remember that they have seen it. `before`: what it showed; `again`: it is shown anew."""

    def made() -> tuple[View, Ask | None, int]:
        ask = asks(user=user, channel=user)
        shown = _shown(ask, before, again=again)
        found = {**facts.home(ask.store, user, ask.now, ask.zone, shown.looked), "digest_at": ask.digest_at}
        theirs = found["channel"].local(ask.zone)
        return render.view(found, theirs, said=said, meta=shown.written()), ask, found["news"].upto

    view, ask, upto = desk.safely(made, lambda sorry: (forms.home_of(Message(sorry)), None, 0))
    if _published(client, user, view) and ask is not None:
        seen: Ask = ask
        desk.safely(lambda: seen.store.looked(user, upto, seen.now), lambda _: None)


def _shown(ask: Ask, before: Glance | None, *, again: bool) -> Glance:
    if before and (again or timedelta() <= ask.now - before.shown_at < STAYS):
        return before
    return Glance(ask.store.person(ask.user), ask.now)


def _published(client: WebClient, user: str, view: View) -> bool:
    try:
        client.views_publish(user_id=user, view=view)
    except errors.ANY as error:
        code = error.response.get("error") if isinstance(error, SlackApiError) else error
        log.warning("Home could not be shown to %s: %s", user, code)
        return False
    return True
