"""Home: shown when somebody opens it, and anew after what they change from it.

What changed since they looked stays for a while: who looks away for a moment has not seen it all. What was shown is
remembered in Home itself: it leaves out what somebody does not follow, which `/sec since` has not told them by that.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
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
    """What a Home remembers that is shown, in its `private_metadata`: since when it tells, when it was first shown, and
    what it has shown by now.
    """

    looked: Person
    shown_at: datetime
    seen: Person

    def written(self) -> str:
        """Return it as a view carries it."""
        return json.dumps(
            {
                "seq": self.looked.seq,
                "looked_at": _written(self.looked.looked_at),
                "shown_at": self.shown_at.isoformat(),
                "seen": self.seen.seq,
                "seen_at": _written(self.seen.looked_at),
            }
        )


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def glance(text: str, user: str) -> Glance | None:
    """Return what a Home remembers; None where it says nothing of ours."""
    try:
        found = json.loads(text)
        looked = Person(user, int(found["seq"]), _moment(found["looked_at"]))
        seen = Person(user, int(found.get("seen", 0)), _moment(found.get("seen_at", "")))
        shown_at = datetime.fromisoformat(found["shown_at"])
    except (AttributeError, ValueError, TypeError, KeyError):
        return None
    aware = all(moment.tzinfo for moment in (looked.looked_at, seen.looked_at, shown_at) if moment)
    return Glance(looked, shown_at, seen) if aware else None


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
    """Show a person's Home. `before`: what it showed; `again`: it is shown anew.

    Where it tells all that changed since they looked, they have looked.
    """

    def made() -> tuple[View, Ask | None, int]:
        ask = asks(user=user, channel=user)
        shown = _shown(ask, before, again=again)
        known = facts.home(ask.store, user, ask.now, ask.zone, shown.looked, ask.default_channel)
        found = {**known, "digest_at": ask.digest_at}
        theirs, news = found["channel"].local(ask.zone), found["news"]
        meta = replace(shown, seen=Person(user, news.upto, ask.now)).written()
        has_looked = news.is_whole and shown.looked.seq <= ask.store.person(user).seq
        return render.view(found, theirs, said=said, meta=meta), ask if has_looked else None, news.upto

    view, looks, upto = desk.safely(made, lambda sorry: (forms.home_of(Message(sorry)), None, 0))
    if _published(client, user, view) and looks is not None:
        seen: Ask = looks
        desk.safely(lambda: seen.store.looked(user, upto, seen.now), lambda _: None)


def _shown(ask: Ask, before: Glance | None, *, again: bool) -> Glance:
    if before and (again or timedelta() <= ask.now - before.shown_at < STAYS):
        return before
    looked = ask.store.person(ask.user)
    # A database that was put back from a backup may number anew what this Home has not shown.
    if before and before.seen.looked_at and looked.seq <= before.seen.seq <= ask.store.last_seq():
        looked = before.seen
    return Glance(looked, ask.now, looked)


def _published(client: WebClient, user: str, view: View) -> bool:
    try:
        client.views_publish(user_id=user, view=view)
    except errors.ANY as error:
        code = error.response.get("error") if isinstance(error, SlackApiError) else error
        log.warning("Home could not be shown to %s: %s", user, code)
        return False
    return True
