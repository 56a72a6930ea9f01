"""Forms: what opens them, what they offer as somebody types, what they try and what they keep.

a button, Home or a bare `/sec subscribe` → opened → options as one types → tried → submitted → what is wrong with it,
or what was kept, in the form itself

A form keeps what a command would, by the same way (`handlers.following`, `handlers.chosen`). Nothing of it is believed
that does not fit who sends it (`meta`).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.choices import choices
from bot.ports import Message
from bot.render import forms
from bot.render.views import OPTIONS_LIMIT, Option, View, option
from bot.slack import errors
from bot.slack.desk import Asks, Desk
from handlers import following, home
from handlers.desk import proof, tell
from handlers.filled import filled
from handlers.modals import search, settings, subscribe
from handlers.modals.meta import Stale, fresh, read
from handlers.modals.said import said
from handlers.rights import OUTSIDE, is_outside, refused

log = logging.getLogger(__name__)

OPENS: Mapping[str, Callable[..., View]] = {
    "subscribe": subscribe.opened,
    "search": search.opened,
    "settings": settings.opened,
}
"""What each form is made by."""

BARE = {"subscribe": "subscribe", "follow": "subscribe", "watch": "subscribe", "search": "search", "find": "search"}
"""Commands that without words open a form."""

TITLES = {"subscribe": "Following", "settings": "Settings", "search": "Search"}
PACED = {"subscribe": "delivery", "settings": "digest"}
"""The field below which somebody reads that they send too often: the form stays as it is filled in."""
SLOW_DOWN = "That was a lot in a short time. Please send it again in a few seconds."
PRESS_AGAIN = (
    "The form could not be opened: Slack lets one open only within seconds of a press. Please press the button again."
)
OPEN, FORMS = re.compile(r"^open:\d+$"), re.compile(r"^(subscribe|search|settings)$")
SOUGHT = re.compile(r"^(what|only|but_not)$")


def register(app: App, desk: Desk, asks: Asks) -> None:
    """Listen to what opens forms, fills them in and sends them."""
    pool = app.listener_runner.listener_executor

    def open_(action: dict[str, Any], body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        name, words = _wanted(action.get("value") or "")
        if not opened(client, desk, body, name, words):
            tell(client, respond, body, Message(PRESS_AGAIN))

    def offer(ack: Ack, body: dict[str, Any]) -> None:
        def offered() -> list[dict[str, Any]]:
            ask = asks(user=body["user"]["id"], channel=body["user"]["id"])
            found = choices(ask.store, body.get("value") or "", most=OPTIONS_LIMIT)
            return [option(Option(one.selector, one.label)) for one in found]

        ack(options=desk.safely(offered, lambda _: []))

    def try_(body: dict[str, Any], client: WebClient) -> None:
        view = body.get("view") or {}
        shown = desk.safely(lambda: _tried(desk, asks, view, body["user"]["id"]), _sorry)
        _call(client.views_update, view_id=view.get("id"), hash=view.get("hash"), view=shown)

    def submit(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient, req: BoltRequest) -> None:
        user = body["user"]["id"]
        shut = is_outside(body) and view["callback_id"] == "settings"
        done = (
            told(TITLES["settings"], desk.says(OUTSIDE))
            if shut
            else desk.safely(lambda: _submitted(desk, asks, view, user, proof(req)), _sorry)
        )
        ack(**(done if "response_action" in done else {"response_action": "update", "view": done}))
        if "response_action" not in done and (before := home.glance(remembered(view, "home"), user)):
            # Slack waits for the acknowledgement, which goes out only when this listener is done.
            pool.submit(home.publish, client, desk, asks, user, before, again=True)

    app.action(OPEN)(ack=_acknowledge, lazy=[open_])
    app.action("try")(ack=_acknowledge, lazy=[try_])
    app.options(SOUGHT)(offer)
    app.view(FORMS)(submit)
    app.view(re.compile(".*"))(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()


# --- opening ---------------------------------------------------------------------------------------------------------


def opened(client: WebClient, desk: Desk, body: Mapping[str, Any], name: str, words: str = "") -> bool:
    """Open a form for who pressed, where they pressed; False where Slack did not take it."""
    user, below = body["user"]["id"], body.get("view") or {}
    home_ = below.get("private_metadata") or "" if below.get("type") == "home" else remembered(below, "home")

    def form() -> View:
        try:
            channel = channel_of(desk, body)
        except Stale as stale:
            return unbelieved(desk, stale, user)
        if name == "settings" and is_outside(body):
            return told(TITLES[name], desk.says(OUTSIDE))
        return _form(desk, user, channel, name, words, home_)

    return show(client, body, desk.safely(form, _sorry))


def _form(desk: Desk, user: str, channel: str, name: str, words: str, home_: str) -> View:
    if desk.asks is None or name not in OPENS:
        return told(TITLES.get(name, "secbot"), Message("There is no such form."))
    ask = desk.asks(user=user, channel=channel)
    if name == "subscribe" and (bare_ := following.without_for_me(words)) is not None:
        ask, words = replace(ask, channel=user), bare_
    if name != "search" and (reply := refused(ask)):
        if name == "subscribe":
            mine = Suggestion("Follow it for myself", f"{words} for me".strip(), opens="subscribe")
            reply = replace(reply, suggestions=(mine, *reply.suggestions))
        return told(TITLES[name], said(reply, ask), fresh(ask, home=home_).written())
    return OPENS[name](ask, words, home=home_)


def show(client: WebClient, body: Mapping[str, Any], view: View) -> bool:
    """Show a modal: on top of the one in which somebody pressed, in the place of the second on top of another."""
    below = body.get("view") or {}
    if below.get("type") != "modal":
        return _call(client.views_open, trigger_id=body.get("trigger_id"), view=view)
    if below.get("previous_view_id"):
        return _call(client.views_update, view_id=below.get("id"), view=view)
    return _call(client.views_push, trigger_id=body.get("trigger_id"), view=view)


def _call(method: Any, **how: Any) -> bool:
    try:
        method(**how)
    except errors.ANY as error:
        code = error.response.get("error") if isinstance(error, SlackApiError) else error
        log.warning("a form could not be shown: %s", code)
        return False
    return True


def _wanted(value: str) -> tuple[str, str]:
    """Return the form that a button opens and the words in it."""
    try:
        found = json.loads(value)
        return str(found["modal"]), str(found["words"])
    except (ValueError, TypeError, KeyError):
        return "", ""


def channel_of(desk: Desk, body: Mapping[str, Any]) -> str:
    """Return the channel that what is pressed is about; the person where it names none.

    Raises:
        Stale: it stands in a form that cannot be believed.
    """
    user, view = body["user"]["id"], body.get("view") or {}
    if channel := (body.get("channel") or {}).get("id"):
        return str(channel)
    if desk.asks is None or view.get("type") == "home" or not view.get("private_metadata"):
        return str(user)
    return read(view, user, desk.asks(user=user, channel=user).now).channel


def remembered(view: Mapping[str, Any], name: str) -> str:
    """Return what a form remembers by a name; empty for a view that is none of ours."""
    try:
        return str(json.loads(view.get("private_metadata") or "")[name])
    except (ValueError, TypeError, KeyError):
        return ""


def bare(question: str) -> str:
    """Return the form that a question without words means; empty for none."""
    return BARE.get(question.strip().casefold(), "")


# --- what is sent ----------------------------------------------------------------------------------------------------


def _tried(desk: Desk, asks: Asks, view: Mapping[str, Any], user: str) -> View:
    ask = asks(user=user, channel=user)
    try:
        meta = read(view, user, ask.now)
    except Stale as stale:
        return _stale(stale, ask)
    ask = replace(ask, channel=meta.channel)
    if not desk.allows(user):
        return subscribe.answered(ask, filled(view), meta, said(Reply("slow_down"), ask))
    return subscribe.tried(ask, filled(view), meta)


def _submitted(desk: Desk, asks: Asks, view: Mapping[str, Any], user: str, proof_: str) -> dict[str, Any]:
    """Return how Slack is answered: what is wrong by field, or the view that takes the form's place."""
    ask = asks(user=user, channel=user)
    name = view["callback_id"]
    try:
        meta = read(view, user, ask.now)
        ask = replace(ask, channel=meta.channel)
        if name == "search":
            sought = filled(view).one("words").strip()
            if not sought:
                return {"response_action": "errors", "errors": {"words": "Type a word to look for."}}
            answered = desk.answer(f"search {sought}", user, meta.channel)
            return search.found(sought, answered.message, meta.written())
        if not desk.allows(user):
            return {"response_action": "errors", "errors": {PACED[name]: SLOW_DOWN}}
        if desk.came_before(proof_):
            return told(TITLES[name], said(Reply("again", {"command": name}), ask))
        keep = subscribe.submitted if name == "subscribe" else settings.submitted
        done = keep(ask, filled(view), meta)
    except Stale as stale:
        return _stale(stale, ask)
    if isinstance(done, Reply):
        if filled(view).one("where") == forms.ME:
            meta = replace(meta, channel=user)
        return told(TITLES[name], said(done, ask), meta.written())
    return {"response_action": "errors", "errors": done}


def unbelieved(desk: Desk, stale: Stale, user: str) -> View:
    """Return the modal that says why a form cannot be believed."""
    return _stale(stale, desk.asks(user=user, channel=user)) if desk.asks else _sorry(stale.reason)


def _stale(stale: Stale, ask: Ask) -> View:
    return told("Not kept", said(Reply("form_stale", {"reason": stale.reason}), ask))


def _sorry(sorry: str) -> View:
    return told("Sorry", Message(sorry))


told = forms.told
