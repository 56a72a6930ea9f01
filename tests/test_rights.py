"""Who may change what a channel follows: everybody, or the people it was closed to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.channel import Channel
from bot.ports import Store
from handlers.commands import registry
from tests.knowing import NEWS_READ, asked, text_of
from tests.storing import database_beside as database  # noqa: F401


def closed(store: Store, *managers: str) -> None:
    store.keep_channel(replace(Channel("C1"), managers=managers), "U1", NEWS_READ)


@pytest.mark.parametrize("question", ["subscribe MP090", "unsubscribe MP090", "mute MP090", "unmute all"])
def test_a_closed_channel_takes_changes_from_its_managers_alone(store: Store, question: str) -> None:
    closed(store, "U1", "U2")
    message = asked(store, question, channel="C1", user="U3")
    assert message.text == "Only some people may change this here"
    assert "<@U1> and <@U2>" in text_of(message)
    assert (store.subscriptions(), store.mutes(), len(store.deeds())) == ([], [], 1)


def test_its_managers_may_and_other_channels_stay_open(store: Store) -> None:
    closed(store, "U1")
    for channel, user in (("C1", "U1"), ("C2", "U3"), ("U3", "U3")):
        asked(store, "subscribe MP090", channel=channel, user=user)
    assert [one.channel for one in store.subscriptions()] == ["C1", "C2", "U3"]


def test_what_a_person_follows_is_changed_by_nobody_else(store: Store) -> None:
    for managers in ((), ("U3",)):
        store.keep_channel(replace(Channel("U9"), managers=managers), "U9", NEWS_READ)
        asked(store, "subscribe MP090", channel="U9", user="U3")
        asked(store, "digest off", channel="U9", user="U3")
    assert store.subscriptions() == []
    assert store.channel("U9").digest == "daily"


def test_what_only_reads_is_open_to_all(store: Store) -> None:
    closed(store, "U1")
    reading = [word for word, command in registry().items() if not command.writes]
    assert all(
        asked(store, word, channel="C1", user="U3").text != "Only some people may change this here" for word in reading
    )


def test_a_persons_own_is_changed_by_that_person_alone(store: Store) -> None:
    store.keep_channel(Channel("U2", layout="flat"), "U2", NEWS_READ)
    for user in ("U1", "U3"):
        assert not store.channel("U2").may_change(user)
    assert store.channel("U2").may_change("U2")
