"""Every message that the bot can make is one that Slack takes, and links nowhere but to its source."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from bot.domain.changes import kinds
from bot.ports import Message, Store
from bot.render.views import View
from handlers import answer
from handlers.modals import OPENS
from tests import payloads, samples
from tests.knowing import LONDON, NEWS_READ, fill
from tests.limits import faults, live, read, view_faults
from tests.payloads import Named


@pytest.fixture(scope="module")
def everything() -> list[Named]:
    return list(payloads.everything())


def test_slack_takes_every_message_at_its_smallest_and_its_largest(everything: list[Named]) -> None:
    assert [(name, found) for name, message in everything if (found := faults(message))] == []


@pytest.fixture(scope="module")
def views() -> list[tuple[str, View]]:
    return list(payloads.views())


def test_slack_takes_home_and_every_form_at_its_smallest_and_its_largest(views: list[tuple[str, View]]) -> None:
    assert [(name, found) for name, view in views if (found := view_faults(view))] == []


def test_no_view_links_anywhere_but_to_its_source(views: list[tuple[str, View]]) -> None:
    found = {url for name, view in views for url in live(Message(name, tuple(view["blocks"])))}
    assert {url for url in found if not url.startswith((samples.URL, "@U"))} == set()


def test_no_message_links_anywhere_but_to_its_source_or_names_anybody_but_who_chose(everything: list[Named]) -> None:
    found = {url for _, message in everything for url in live(message)}
    chose = {f"@{user}" for user in payloads.CHOSE}
    assert {url for url in found if not url.startswith(samples.URL)} == chose | {"#C0123456789"}


def test_every_message_tells_its_headline_in_text_and_first_block(everything: list[Named]) -> None:
    bare = [name for name, message in everything if not message.text or message.blocks[0]["type"] not in HEADS]
    assert bare == []


HEADS = ("header", "section")
"""A section where the headline is longer than a header may be."""


def test_every_alert_tells_its_source_why_it_came_and_how_to_stop_it(everything: list[Named]) -> None:
    alerts = [read(message) for name, message in everything if name.startswith("alert")]
    assert len(alerts) > 2 * len(kinds())
    assert all("Why here: " in shown and "`/sec list`" in shown and " · read 5 Nov" in shown for shown in alerts)


def test_every_button_asks_what_is_understood_and_opens_a_form_that_there_is(
    everything: list[Named], views: list[tuple[str, View]], store: Store
) -> None:
    fill(store)
    shown = [*everything, *((name, Message(name, tuple(view["blocks"]))) for name, view in views)]
    questions, opened = asked_by_buttons(shown)
    assert opened <= OPENS.keys()
    lost = {
        question: reply.template
        for question in questions
        if (reply := answer(question, store=store, now=NEWS_READ, zone=LONDON, user="U1", channel="C1")).template
        in NOT_UNDERSTOOD
    }
    assert lost == {}


def asked_by_buttons(messages: Iterable[Named]) -> tuple[set[str], set[str]]:
    """Return the questions that the buttons ask, and the forms that they open."""
    rows = [block["elements"] for _, message in messages for block in message.blocks if block["type"] == "actions"]
    found = [one for row in rows for one in row if one["type"] == "button" and "url" not in one]
    asked = {one["value"] for one in found if one["action_id"].startswith("ask:")}
    return asked, {json.loads(one["value"])["modal"] for one in found if one["action_id"].startswith("open:")}


NOT_UNDERSTOOD = {"suggest", "ask_for", "not_clear", "wish_unclear"}
