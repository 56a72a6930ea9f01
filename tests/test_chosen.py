"""What `digest`, `quiet` and `settings` answer and keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import update

from bot.domain.channel import Channel
from bot.domain.follow import Subscription
from bot.ports import Store
from handlers import answer
from storage import tables
from storage.engine import Database
from tests.knowing import LONDON, NEWS_READ, asked, buttons, text_of
from tests.storing import database_beside as database  # noqa: F401

FRIDAY_MORNING = datetime(2021, 11, 5, 7, tzinfo=UTC)


def kept(store: Store, channel: str = "C1") -> Channel:
    return store.channel(channel)


def ask(store: Store, question: str, **more: str):  # type: ignore[no-untyped-def]
    return asked(store, question, FRIDAY_MORNING, channel=more.get("channel", "C1"), user=more.get("user", "U1"))


def follow(store: Store, channel: str = "C1", delivery: str = "instant") -> None:
    store.subscribe(Subscription(channel, "everything", "U1", NEWS_READ, delivery))


def test_a_digest_is_set_and_says_when_the_next_one_comes(store: Store) -> None:
    follow(store)
    message = ask(store, "digest weekly Monday 9am not on bank holidays")
    assert message.text == "Digest: weekly, Monday at 09:00 (London time), not on bank holidays"
    assert "next one comes on *Monday 8 November 2021* at 09:00" in text_of(message)
    assert kept(store) == Channel("C1", digest="weekly", digest_at=time(9), holidays_off=True)
    assert [deed.what for deed in store.deeds("C1")] == ["subscribed", "set"]


def test_what_is_set_already_is_said_to_be_so_and_leaves_no_trace(store: Store) -> None:
    ask(store, "digest daily 08:30 mon-fri London")
    assert ask(store, "digest daily 8.30am weekdays UK time").text.startswith(
        "Digest already: Monday to Friday at 08:30"
    )
    assert len(store.deeds("C1")) == 1


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("digest daily 25:00", "“25:00” is not one time of day"),
        ("digest daily 8am Lodnon", "“lodnon” is no time zone that is known"),
        ("digest monthly", "“monthly” is not how a digest can come"),
        ("quiet until 8", "“8” is not a time from when until when"),
        ("quiet 18:00-08:00 blurb", "“blurb” is not understood"),
        ("settings zzz", "“zzz” is not understood"),
        ("settings only", "“only” names nobody"),
        ("settings only @anna", "“only @anna” names nobody"),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_is_kept(store: Store, question: str, headline: str) -> None:
    message = ask(store, question)
    assert message.text == headline
    assert "Nothing was changed" in text_of(message)
    assert kept(store) == Channel("C1")


def test_a_misspelt_zone_is_one_press_away(store: Store) -> None:
    assert "digest daily 8am Europe/London" in buttons(ask(store, "digest daily 8am Lodnon"))


def test_quiet_hours_are_set_shown_and_ended(store: Store) -> None:
    message = ask(store, "quiet 6pm to 8am weekends bank holidays also weighty")
    assert (
        message.text
        == "Quiet hours: 18:00 to 08:00 (London time), and all day on Saturday and Sunday and bank holidays"
    )
    assert "Weighty news waits too" in text_of(message)
    assert ask(store, "quiet").text == message.text
    assert (kept(store).quiet_from, kept(store).quiet_days, kept(store).weighty_passes) == (time(18), (5, 6), False)
    assert ask(store, "quiet off").text == "Quiet hours: none"


def test_settings_show_each_with_what_to_type_and_open_the_form(store: Store) -> None:
    store.keep_channel(Channel("C1", digest="off", managers=("U1",), layout="flat"), "U1", NEWS_READ)
    text = text_of(ask(store, "settings"))
    for words in (
        "/sec digest off",
        "/sec quiet 18:00 to 08:00 weekends",
        "flat: each alert by itself",
        "<@U1>",
        "/sec settings open",
    ):
        assert words in text
    reply = answer("settings", store=store, now=NEWS_READ, zone=LONDON, channel="C1")
    assert [one.opens for one in reply.suggestions if one.opens] == ["settings"]


def test_a_persons_settings_are_their_own_and_cannot_be_closed(store: Store) -> None:
    assert ask(store, "settings", channel="D1", user="U7").text == "Your settings"
    assert ask(store, "settings only <@U2>", channel="D1", user="U7").text == "These settings are yours alone"
    ask(store, "digest off", channel="D1", user="U7")
    assert kept(store, "U7") == Channel("U7", digest="off")


@pytest.mark.parametrize(
    ("said", "layout"),
    [
        ("threads flat", "flat"),
        ("threads off", "flat"),
        ("thread", "thread"),
        ("threads only", "thread"),
        ("threads both", "both"),
        ("threads thread and channel", "both"),
    ],
)
def test_threads_are_set(store: Store, said: str, layout: str) -> None:
    store.keep_channel(Channel("C1", layout="flat" if layout == "thread" else "thread"), "U1", NEWS_READ)
    assert ask(store, f"settings {said}").text.startswith(f"Now: {layout}: ")
    assert kept(store).layout == layout


def test_whoever_closes_the_settings_stays_one_of_those_who_may_change_them(store: Store) -> None:
    message = ask(store, "<@USECBOT> settings only <@U2> <@U3|anna>")
    assert message.text == "Now: only some people may change this"
    assert "<@U2>, <@U3> and <@U1>" in text_of(message)
    assert kept(store).managers == ("U2", "U3", "U1")
    for question in ("digest off", "quiet weekends", "settings threads flat", "settings open", "settings only <@U9>"):
        assert ask(store, question, user="U9").text == "Only some people may change this here"
    assert ask(store, "settings", user="U9").text == "Settings of this channel"
    ask(store, "settings open", user="U3")
    assert kept(store).managers == ()


def test_settings_take_what_other_commands_do(store: Store) -> None:
    assert ask(store, "settings quiet 18:00-08:00").text == "Quiet hours: 18:00 to 08:00 (London time)"
    assert ask(store, "settings digest off").text == "Digest: off"
    assert ask(store, "settings timezone Europe/Paris").text == "Digest: off"
    assert kept(store) == replace(
        Channel("C1"), quiet_from=time(18), quiet_until=time(8), digest="off", zone="Europe/Paris"
    )


def test_the_next_digest_is_that_of_the_channels_own_time(store: Store) -> None:
    follow(store, delivery="weekly")
    assert "*Monday 8 November 2021* at 08:30" in text_of(ask(store, "digest"))
    ask(store, "digest daily 6am New York")
    assert "(New York time)" in text_of(ask(store, "digest"))


def test_a_setting_that_cannot_be_read_is_as_usual_for_that_channel_alone(store: Store, database: str) -> None:  # noqa: F811
    store.keep_channel(Channel("C1", digest="weekly"), "U1", NEWS_READ)
    store.keep_channel(Channel("C2", digest="off"), "U1", NEWS_READ)
    kept = {"digest": "sometimes", "digest_at": "half past", "days": 7, "managers": ["U1"], "zone": 1}
    raw = Database(database, wait=1)
    with raw.writing() as connection:
        connection.execute(update(tables.channel).where(tables.channel.c.id == "C1").values(settings=kept))
    raw.close()
    assert store.channels() == [Channel("C1", managers=("U1",)), Channel("C2", digest="off")]


def test_who_closes_a_channel_while_another_changes_it_has_it_closed(store: Store) -> None:
    def meanwhile(channel: Channel) -> Channel:
        return replace(channel, digest="off") if channel.may_change("U2") else channel

    before = store.channel("C1")
    ask(store, "settings only <@U3>", user="U1")
    assert before.may_change("U2")
    assert store.change_channel("C1", meanwhile, "U2", NEWS_READ) == (Channel("C1", managers=("U3", "U1")), False)


def test_a_setting_does_not_take_back_what_another_person_set_or_a_pause(store: Store) -> None:
    store.keep_channel(Channel("C1", paused="archived"), "U1", NEWS_READ)
    store.change_channel("C1", lambda one: replace(one, layout="flat"), "U1", NEWS_READ)
    ask(store, "digest off", user="U2")
    assert store.channel("C1") == Channel("C1", paused="archived", layout="flat", digest="off")
