"""What people meet besides commands, through a Slack on this machine, by both ways in.

Alerts with their cards, threads and buttons; forms from opening to what is kept; Home; mentions, threads, direct
messages; the life of channels. The words are tested elsewhere; here it is that they arrive, and that what is pressed
and filled in is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.follow import Subscription
from bot.pipeline import pausing
from bot.pipeline.poll import Audience
from bot.ports import Store
from bot.slack.poster import SlackPoster
from tests.conftest import SetClock
from tests.local_slack import (
    MODES,
    NEEDED,
    Driven,
    LocalSlack,
    Message,
    buttons,
    chosen,
    driven,
    fields,
    labelled,
    running,
    sent_back,
    until,
)
from tests.world import ROWS, SITE, FakeWeb, World, release_page, release_source

pytestmark = NEEDED

URL = f"{SITE}/november-2021-sec-release/"
CHANNEL = "C1"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSlack]:
    with running(tmp_path_factory.mktemp("emulator")) as found:
        yield found


@pytest.fixture(params=MODES)
def at_work(request: pytest.FixtureRequest, emulator: LocalSlack, store: Store, clock: SetClock) -> Iterator[Driven]:
    emulator.act("reset")
    with driven(request.param, emulator, store, clock) as found:
        yield found


@pytest.fixture
def world(at_work: Driven, store: Store, clock: SetClock) -> World:
    """A world whose messages go to the Slack on this machine, by the real Poster and Deliverer."""
    poster = SlackPoster(at_work.token, base_url=at_work.emulator.api)
    found = World(store, clock, FakeWeb(clock), poster, Audience("", "C79"))  # type: ignore[arg-type]
    found.watch(release_source())
    found.web.pages[URL] = release_page(ROWS)
    store.subscribe(Subscription(CHANNEL, "release:2021-11", "U1", clock() - timedelta(days=1)))
    read(found)
    return found


def read(world: World) -> None:
    """Read the pages and send what is to be told."""
    world.poll()
    world.deliverer()


def moved(world: World, clock: SetClock, go_live: str = "11 November 2021") -> None:
    clock.now += timedelta(hours=1)
    world.web.pages[URL] = release_page(ROWS, go_live=go_live)
    read(world)


def alert(at_work: Driven) -> Message:
    return at_work.emulator.found(CHANNEL, lambda one: bool(one.get("thread_ts")), "in a thread")


# --- alerts ----------------------------------------------------------------------------------------------------------


def test_an_alert_is_told_below_its_card_and_the_card_says_how_things_stand(
    at_work: Driven, world: World, clock: SetClock
) -> None:
    card = at_work.emulator.seen(CHANNEL, "Now tracking: November 2021 SEC Release")
    moved(world, clock)
    told = alert(at_work)
    assert told["thread_ts"] == card["ts"]
    assert "go-live moves from 4 November 2021 to 11 November 2021" in told["text"]
    now = next(one for one in at_work.emulator.messages(CHANNEL) if one["ts"] == card["ts"])
    assert "11 November 2021" in now["text"]
    assert "*Go-live*\\nThursday 11 November 2021" in json.dumps(now["blocks"])


def test_what_is_undone_is_said_in_the_message_and_below_it(at_work: Driven, world: World, clock: SetClock) -> None:
    moved(world, clock)
    told = alert(at_work)
    moved(world, clock, "4 November 2021")
    texts = [one["text"] for one in at_work.emulator.messages(CHANNEL) if one.get("thread_ts") == told["thread_ts"]]
    assert any(text.startswith("Reverted") for text in texts), texts


def test_every_button_of_an_alert_is_answered_to_who_pressed_it(at_work: Driven, world: World, clock: SetClock) -> None:
    moved(world, clock)
    told = alert(at_work)
    found = buttons(told)
    assert found
    for button in found:
        if button["action_id"].startswith("ask:"):
            answer = at_work.answer(CHANNEL, lambda button=button: at_work.presses(told, button))
            assert answer.get("subtype") == "ephemeral"
            assert not answer["text"].startswith(("Sorry", "Did you mean", "Why did which")), (button, answer["text"])


def test_why_names_the_rule_and_one_press_mutes_just_that(
    at_work: Driven, world: World, clock: SetClock, store: Store
) -> None:
    moved(world, clock)
    why = at_work.answer(CHANNEL, lambda: at_work.presses(alert(at_work), labelled(alert(at_work), "Why")))
    assert "November 2021" in json.dumps(why["blocks"])
    muted = at_work.answer(CHANNEL, lambda: at_work.presses(why, labelled(why, "Mute this rule")))
    assert "muted until" in muted["text"]
    assert [(one.channel, one.selector) for one in store.mutes(CHANNEL)] == [(CHANNEL, "rule:release:2021-11")]
    before = len(at_work.emulator.messages(CHANNEL))
    moved(world, clock, "12 November 2021")
    assert not [one for one in at_work.emulator.messages(CHANNEL)[before:] if one.get("thread_ts")]


# --- forms -----------------------------------------------------------------------------------------------------------


def opened(at_work: Driven, form: str, typed: str) -> dict[str, Any]:
    at_work.emulator.command(typed, at_work.app_id, CHANNEL)
    return at_work.emulator.modal(form)


def test_what_to_follow_is_sought_refused_where_empty_and_kept_where_chosen(
    at_work: Driven, world: World, store: Store
) -> None:
    form = opened(at_work, "subscribe", "subscribe")
    sought = {"type": "block_suggestion", "action_id": "what", "block_id": "what", "value": "mp 77", "view": form}
    offered = at_work.brings(sought)["options"]
    assert offered[0]["text"]["text"] == "MP077 ‘DCC Service Flagging’"
    assert "what" in at_work.emulator.submits("U1", sent_back(form))
    done = at_work.emulator.submits("U1", sent_back(form) | {"what": chosen("what", offered[0]["value"])})
    assert "This channel now follows MP077" in json.dumps(done["blocks"])
    assert "modification:MP077" in {one.selector for one in store.subscriptions(CHANNEL)}


def test_a_form_shows_what_its_wish_would_have_sent(at_work: Driven, world: World, store: Store) -> None:
    form = opened(at_work, "subscribe", "subscribe")
    values = sent_back(form) | {"what": chosen("what", "modification:MP077")}
    button = {"type": "button", "action_id": "try", "block_id": "try", "value": "try"}
    at_work.brings({"type": "block_actions", "view": {**form, "state": {"values": values}}, "actions": [button]})
    tried = until(
        lambda: [one for one in at_work.emulator.modals() if "Nothing was kept" in json.dumps(one)],
        lambda: json.dumps(at_work.emulator.modals())[-1500:],
    )
    assert "in 1 day" in json.dumps(tried)
    assert [one.selector for one in store.subscriptions(CHANNEL)] == ["release:2021-11"]


def test_words_are_looked_for_in_a_form(at_work: Driven, world: World) -> None:
    form = opened(at_work, "search", "search")
    words = {"type": "plain_text_input", "value": " "}
    assert "words" in at_work.emulator.submits("U1", {"words": {"words": words}})
    assert fields(form).keys() == {"words"}
    found = at_work.emulator.submits("U1", {"words": {"words": words | {"value": "flagging"}}})
    assert "MP077" in json.dumps(found["blocks"])


def test_settings_are_refused_where_half_and_kept_where_whole(at_work: Driven, world: World, store: Store) -> None:
    said = at_work.asks("settings", CHANNEL)
    at_work.presses(said, labelled(said, "Change"))
    form = at_work.emulator.modal("settings")
    half = sent_back(form) | {"quiet_from": {"quiet_from": {"type": "timepicker", "selected_time": "18:00"}}}
    assert "quiet_until" in at_work.emulator.submits("U1", half)
    whole = half | {"quiet_until": {"quiet_until": {"type": "timepicker", "selected_time": "08:00"}}}
    done = at_work.emulator.submits("U1", whole)
    assert "Saved" in json.dumps(done)
    assert f"{store.channel(CHANNEL).quiet_from}" == "18:00:00"


# --- Home ------------------------------------------------------------------------------------------------------------


def shown(at_work: Driven, word: str, user: str = "U1") -> dict[str, Any]:
    """Home, once it says a word."""

    def home() -> dict[str, Any] | None:
        found = at_work.emulator.home(user, at_work.app_id)
        return found if found and word in json.dumps(found, ensure_ascii=False) else None

    found: dict[str, Any] = until(home, lambda: f"no Home with {word!r}")
    return found


def test_home_is_shown_its_buttons_do_what_they_say_and_it_is_shown_anew(
    at_work: Driven, world: World, store: Store, clock: SetClock
) -> None:
    at_work.asks("subscribe MP077 for me", CHANNEL)
    at_work.emulator.act("open-home", user="U1", appId=at_work.app_id)
    home = shown(at_work, "MP077")
    mute = next(one for one in buttons(home) if one.get("value", "").startswith("mute"))
    at_work.brings({"type": "block_actions", "trigger_id": "T1", "view": home, "actions": [{**mute, "block_id": "b"}]})
    shown(at_work, "muted")
    assert [one.selector for one in store.mutes("U1")]


def test_every_button_of_home_is_answered_or_opens_its_form(at_work: Driven, world: World) -> None:
    number = 0
    for user in ("U1", "U5", "U6", "U7", "U8"):  # more than some at once is more than one person may ask
        at_work.asks("subscribe MP077 for me", CHANNEL, user)
        at_work.emulator.act("open-home", user=user, appId=at_work.app_id)
        home = shown(at_work, "MP077", user)
        for button in buttons(home)[number : number + 7]:
            before = showing(at_work, user)
            where = {"trigger_id": at_work.triggers[-1], "view": home}
            at_work.brings({"type": "block_actions", **where, "actions": [{**button, "block_id": "b"}]}, user)
            until(lambda: showing(at_work, user) != before, lambda: f"nothing came of {button}")  # noqa: B023
        number += 7
    assert number >= len(buttons(home))


def showing(at_work: Driven, user: str) -> list[str]:
    """The views that a person has before them."""
    home = at_work.emulator.home(user, at_work.app_id) or {}
    return [home.get("id", ""), *(one["id"] for one in at_work.emulator.modals())]


# --- mentions and direct messages ------------------------------------------------------------------------------------


def test_a_mention_is_answered_to_who_asked_and_shared_where_they_say_so(at_work: Driven, world: World) -> None:
    answer = at_work.answer(CHANNEL, lambda: at_work.says(f"<@{at_work.bot}> what about mp-077?", CHANNEL))
    assert answer["text"].startswith("MP077 ‘DCC Service Flagging’")
    assert (answer["subtype"], answer["ephemeral_to"]) == ("ephemeral", "U1")
    shared = at_work.answer(CHANNEL, lambda: at_work.says(f"<@{at_work.bot}> MP077 share", CHANNEL))
    assert "subtype" not in shared


def test_a_mention_in_a_thread_is_answered_there(at_work: Driven, world: World) -> None:
    card = at_work.emulator.seen(CHANNEL, "Now tracking")
    where = {"thread_ts": card["ts"]}
    answer = at_work.answer(CHANNEL, lambda: at_work.says(f"<@{at_work.bot}> MP077", CHANNEL, **where))
    assert answer["thread_ts"] == card["ts"]


def test_a_direct_message_is_answered_and_what_is_followed_there_is_the_person_s(
    at_work: Driven, world: World, store: Store
) -> None:
    dm = at_work.direct_messages("U1")
    answer = at_work.answer(dm, lambda: at_work.says("MP077", dm))
    assert answer["text"].startswith("MP077 ‘DCC Service Flagging’")
    at_work.answer(dm, lambda: at_work.says("subscribe MP090", dm))
    assert [one.selector for one in store.subscriptions("U1")] == ["modification:MP090"]


def test_what_a_person_follows_comes_to_them_directly(at_work: Driven, world: World, clock: SetClock) -> None:
    dm = at_work.direct_messages("U1")
    at_work.answer(dm, lambda: at_work.says("subscribe november 2021", dm))
    moved(world, clock)
    told = at_work.emulator.found(dm, lambda one: "11 November 2021" in one["text"], "of the move")
    assert told["channel"] == dm


# --- the life of channels --------------------------------------------------------------------------------------------


def test_a_channel_that_is_no_more_pauses_and_goes_on_when_it_is_back(
    at_work: Driven, world: World, store: Store
) -> None:
    # local-slack archives nothing: of a channel that it does not know it says that it can't be reached.
    gone = "C0GONE"
    store.subscribe(Subscription(gone, "release:2021-11", "U1", world.clock()))
    at_work.happens("channel_archive", channel=gone, user="U1")
    until(lambda: store.channel(gone).paused, lambda: "the channel is not paused")
    at_work.happens("channel_rename", channel={"id": CHANNEL, "name": "general"})
    until(lambda: store.channel(CHANNEL).name == "general", lambda: "the channel's name is not kept")
    pausing.pause(store, CHANNEL, "left", "U1", world.clock())
    at_work.happens("member_joined_channel", channel=CHANNEL, user=at_work.bot, inviter="U1")
    until(lambda: not store.channel(CHANNEL).paused, lambda: "the channel is still paused")
