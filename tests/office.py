"""Secbot at work in a Slack of its own: a person opens Home, presses buttons, fills in forms; what it shows is seen."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App, BoltResponse

import handlers
from bot.asking import Ask, Reply
from bot.ports import Store
from bot.render import Renderer
from bot.slack import app as slack
from tests.knowing import LONDON
from tests.slackish import LONGEST, SECRET, Slack, event, request, said

View = dict[str, Any]
SELECTED = {
    "external_select": "selected_option",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "timepicker": "selected_time",
    "multi_users_select": "selected_users",
    "plain_text_input": "value",
}
"""By what name Slack sends back what was chosen in an element."""


@dataclass
class Office:
    """One person, U1, before secbot: what they do, and what they see of it."""

    store: Store
    api: Slack
    now: datetime
    user: str = "U1"
    app: App = field(init=False)

    def __post_init__(self) -> None:
        self.app = slack.build(
            "xoxb-1",
            SECRET,
            self.answer,
            Renderer(LONDON),
            f"{self.api.url}api/",
            register=handlers.register,
            asks=self.ask,
        )

    def answer(self, question: str, *, user: str, channel: str, again: bool) -> Reply:
        bare = question.removesuffix(" share")
        reply = handlers.answer(
            bare, store=self.store, now=self.now, zone=LONDON, user=user, channel=channel, again=again
        )
        return replace(reply, shared=bare != question)

    def ask(self, *, user: str, channel: str) -> Ask:
        return Ask("", self.store, self.now, LONDON, user, user if channel.startswith("D") else channel)

    def later(self, **how: float) -> None:
        self.now += timedelta(**how)

    # --- what is done ---

    def opens_home(self, shown: View | None = None, *, seen: bool = True) -> View:
        """Open Home, and return what it shows; `seen`: where that is all that changed, wait until it is remembered."""
        before = self.count("views.publish")
        of = {"view": shown} if shown else {}
        self.app.dispatch(event(f"Ev{self.now}", type="app_home_opened", user=self.user, tab="home", **of))
        view = self.view("views.publish", before)
        deadline = time.monotonic() + LONGEST
        seen = seen and not re.search("what you do not follow|weightiest", read(view))
        while seen and self.store.person(self.user).looked_at != self.now and time.monotonic() < deadline:
            threading.Event().wait(0.005)
        return view

    def presses(self, action_id: str, value: str = "", *, view: View | None = None, **where: Any) -> BoltResponse:
        """Press a button: in a view, or below a message of channel C1."""
        beside = {"view": self.sent_back(view)} if view else {"channel": {"id": "C1"}, **where}
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
        return self.sends({"type": "block_actions", "trigger_id": "T.1", "actions": [action], **beside})

    def press(self, label: str, view: View, nth: int = 0) -> BoltResponse:
        """Press the button of a view that has this label, of several the nth."""
        buttons = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
        found = [one for one in buttons if one["text"]["text"] == label]
        assert len(found) > nth, f"no button {label!r} in {[one['text']['text'] for one in buttons]}"
        return self.presses(found[nth]["action_id"], found[nth]["value"], view=view)

    def opens(self, form: str, words: str = "", **where: Any) -> View:
        """Open a form by a button below a message, and return it."""
        before = self.count("views.open")
        self.presses("open:0", json.dumps({"modal": form, "words": words}), **where)
        return self.view("views.open", before)

    def submits(self, view: View, **chosen: Any) -> dict[str, Any]:
        """Send a form with what is chosen in it, and return what secbot answers."""
        response = self.sends({"type": "view_submission", "view": self.sent_back(view, **chosen)})
        assert response.status == 200, response.body
        return dict(said(response))

    def types(self, typed: str, into: str = "what") -> list[dict[str, Any]]:
        """Type into a field, and return what it offers."""
        payload = {"type": "block_suggestion", "action_id": into, "block_id": into, "value": typed}
        found: Any = said(self.sends(payload))["options"]
        return list(found)

    def sends(self, payload: Mapping[str, Any]) -> BoltResponse:
        """Send what Slack sends when somebody does something."""
        body = {"user": {"id": self.user}, "team": {"id": "T1"}, **payload}
        return self.app.dispatch(request(urlencode({"payload": json.dumps(body)})))

    def sent_back(self, view: View, **chosen: Any) -> View:
        """Return a view as Slack sends it back: with what is chosen in each field, and else with what was shown."""
        values = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                name, element = block["block_id"], block["element"]
                values[name] = {name: state(element, chosen.get(name, shown_in(element)))}
        return {"id": "V1", "hash": "h1", **view, "state": {"values": values}}

    # --- what is seen ---

    def count(self, method: str) -> int:
        """Return how often a method was called."""
        return sum(name == method for name, _ in self.api.calls)

    def view(self, method: str, before: int = 0) -> View:
        """Return the view that was sent to Slack."""
        found: View = self.api.called(method, before + 1)["view"]
        return found

    def close(self) -> None:
        slack.close(self.app)


def state(element: Mapping[str, Any], chosen: Any) -> dict[str, Any]:
    """Return what Slack says of an element in which something is chosen."""
    key = SELECTED[element["type"]]
    if key == "selected_option":
        chosen = {"value": chosen} if chosen else None
    elif key == "selected_options":
        chosen = [{"value": one} for one in chosen or ()]
    return {"type": element["type"], key: chosen}


def shown_in(element: Mapping[str, Any]) -> Any:
    """Return what an element shows as chosen when it is opened."""
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return [one["value"] for one in element["initial_options"]]
    for key in ("initial_time", "initial_users", "initial_value"):
        if key in element:
            return element[key]
    return None


def read(view: View) -> str:
    """Return all that somebody reads in a view."""
    return "\n".join(texts(view["blocks"]))


def texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [text for key, value in node.items() if key != "accessibility_label" for text in texts(value)]
    return [text for one in node for text in texts(one)] if isinstance(node, list) else []
