"""Views: what people see beside messages. Home and forms, of the blocks of words (`blocks`) and of fields to fill in.

Each field is a block whose id is the field's name, and so is its element's: what is filled in is read back by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any, NamedTuple

from bot.render.blocks import Block, plain_text, small

View = dict[str, Any]

BLOCKS_LIMIT = 100
TITLE_LIMIT, LABEL_LIMIT, HINT_LIMIT, PLACEHOLDER_LIMIT, OPTION_LIMIT = 24, 150, 300, 150, 75
OPTIONS_LIMIT = 100
SELECTED_LIMIT = OPTIONS_LIMIT
"""How many chosen things one list of a form shows; whoever fills it in is told of the others."""


class Option(NamedTuple):
    """Something to choose: what is kept of it, how it is shown, what it means."""

    value: str
    label: str
    meaning: str = ""


def home(blocks: Sequence[Block], meta: str = "") -> View:
    """Return the Home of a person."""
    return {"type": "home", "blocks": within(blocks), "private_metadata": meta}


def modal(
    title: str, blocks: Sequence[Block], *, form: str = "told", submit: str = "", close: str = "Close", meta: str = ""
) -> View:
    """Return a modal; `form` is the name by which it comes back, `submit` the label of what sends it."""
    view: View = {
        "type": "modal",
        "callback_id": form,
        "title": plain_text(title, TITLE_LIMIT),
        "close": plain_text(close, TITLE_LIMIT),
        "blocks": within(blocks),
        "private_metadata": meta,
    }
    return {**view, "submit": plain_text(submit, TITLE_LIMIT)} if submit else view


def within(blocks: Sequence[Block]) -> list[Block]:
    """Return as many blocks as a view takes; what is left out is said."""
    if len(blocks) <= BLOCKS_LIMIT:
        return list(blocks)
    left = len(blocks) - BLOCKS_LIMIT + 1
    return [*blocks[: BLOCKS_LIMIT - 1], small(f"… and {left} more pieces that do not fit here.")]


# --- fields ----------------------------------------------------------------------------------------------------------


def line(name: str, label: str, placeholder: str, *, said: str = "", hint: str = "", most: int = 200) -> Block:
    """Return a field for a line of words."""
    element = {"type": "plain_text_input", "max_length": most, **_placeholder(placeholder)}
    return _field(name, label, {**element, **({"initial_value": said[:most]} if said else {})}, hint)


def seek(name: str, label: str, placeholder: str, *, chosen: Option | None = None, hint: str = "") -> Block:
    """Return a field in which one thing is chosen of what is found as one types."""
    element = {"type": "external_select", "min_query_length": 0, **_placeholder(placeholder)}
    return _field(name, label, {**element, **({"initial_option": option(chosen)} if chosen else {})}, hint)


def seek_some(name: str, label: str, placeholder: str, *, chosen: Sequence[Option] = (), hint: str = "") -> Block:
    """Return a field in which several things can be chosen of what is found as one types."""
    element = {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": SELECTED_LIMIT}
    element |= _placeholder(placeholder)
    shown = [option(one) for one in chosen[:SELECTED_LIMIT]]
    return _field(name, label, {**element, **({"initial_options": shown} if shown else {})}, hint, optional=True)


def one_of(name: str, label: str, options: Sequence[Option], chosen: str, *, hint: str = "") -> Block:
    """Return a field in which one of a few things is chosen, all of them in view."""
    made = {one.value: option(one) for one in options}
    element = {"type": "radio_buttons", "options": list(made.values())}
    return _field(name, label, {**element, **({"initial_option": made[chosen]} if chosen in made else {})}, hint)


def picked(name: str, label: str, options: Sequence[Option], chosen: str, *, hint: str = "") -> Block:
    """Return a field in which one of a few things is chosen from a list that opens."""
    made = {one.value: option(one) for one in options}
    element = {"type": "static_select", "options": list(made.values()), **_placeholder("Choose one")}
    return _field(name, label, {**element, **({"initial_option": made[chosen]} if chosen in made else {})}, hint)


def ticks(name: str, label: str, options: Sequence[Option], chosen: Iterable[str], *, hint: str = "") -> Block:
    """Return a field in which any of a few things are ticked."""
    made = {one.value: option(one) for one in options}
    ticked = [made[one] for one in chosen if one in made]
    element = {"type": "checkboxes", "options": list(made.values())}
    return _field(name, label, {**element, **({"initial_options": ticked} if ticked else {})}, hint, optional=True)


def clock(name: str, label: str, at: time | None, *, hint: str = "", optional: bool = False) -> Block:
    """Return a field for a time of the day."""
    element = {"type": "timepicker", **_placeholder("Choose a time")}
    shown = {"initial_time": f"{at:%H:%M}"} if at else {}
    return _field(name, label, {**element, **shown}, hint, optional=optional)


def people(name: str, label: str, placeholder: str, chosen: Sequence[str], *, hint: str = "") -> Block:
    """Return a field in which people are chosen."""
    element = {"type": "multi_users_select", **_placeholder(placeholder)}
    shown = {"initial_users": list(chosen)} if chosen else {}
    return _field(name, label, {**element, **shown}, hint, optional=True)


def option(one: Option) -> Block:
    """Return something to choose as Slack takes it."""
    made: Block = {"text": plain_text(one.label, OPTION_LIMIT), "value": one.value}
    return {**made, "description": plain_text(one.meaning, OPTION_LIMIT)} if one.meaning else made


def _placeholder(words: str) -> Block:
    return {"placeholder": plain_text(words, PLACEHOLDER_LIMIT)}


def _field(name: str, label: str, element: Block, hint: str, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, LABEL_LIMIT),
        "element": {**element, "action_id": name},
        "optional": optional,
        **({"hint": plain_text(hint, HINT_LIMIT)} if hint else {}),
    }
