"""Who may change what a channel follows: everybody, or the people it was closed to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import storage
from bot.domain.channel import Channel
from bot.ports import Store
from handlers.commands import registry
from tests.knowing import NEWS_READ, asked, text_of
from tests.office import Office, read
from tests.running import secbot
from tests.slackish import Slack, event, request, said
from tests.storing import database_beside as database  # noqa: F401


def test_who_closes_settings_to_themselves_needs_no_name_for_it(store: Store) -> None:
    asked(store, "settings only me", channel="C1", user="U7")
    assert store.channel("C1").managers == ("U7",)


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


def test_an_operator_opens_a_channel_whose_people_are_gone_and_that_is_in_the_audit(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    with storage.open_store(url) as store:
        store.keep_channel(Channel("C1", name="energy", digest="weekly", managers=("U1",)), "U1", NEWS_READ)

    def said(*words: str) -> str:
        ran = secbot("settings", *words, cwd=tmp_path, DATABASE_URL=url)
        return ran.stdout or ran.stderr

    assert said("C1") == "C1 (#energy): U1 alone may change it.\n"
    assert "closed are: C1" in said("C9", "--open")
    assert said("#energy", "--open") == "C1 (#energy): everybody in it may change it again.\n"
    with storage.open_store(url) as store:
        assert (store.channel("C1").managers, store.channel("C1").digest) == ((), "weekly")
        assert [(one.user, one.subject, one.before) for one in store.deeds("C1")][-1] == (
            "operator",
            "managers",
            "managers=U1",
        )


@pytest.mark.parametrize("question", ["list", "why MP090", "settings", "settings threads both", "subscribe MP090"])
def test_what_is_shared_calls_nobody_by_name(store: Store, question: str) -> None:
    asked(store, "subscribe MP090", channel="C1", user="U2")
    asked(store, "mute November 2021", channel="C1", user="U2")
    closed(store, "U1", "U2")
    for user in ("U1", "U3"):
        assert "<@" not in text_of(asked(store, f"{question} share", channel="C1", user=user))
    assert "<@U2>" in text_of(asked(store, "list", channel="C1", user="U1"))


ELSEWHERE = {"user": "U9", "user_team": "T9", "team": "T9"}


@pytest.fixture
def office(store: Store) -> Iterator[Office]:
    api = Slack()
    at_work = Office(store, api, NEWS_READ)
    yield at_work
    at_work.close()
    api.close()


@pytest.mark.parametrize("text", ["<@U0BOT> settings only <@U9>", "<@U0BOT> digest off"])
def test_somebody_of_another_organisation_does_not_change_how_a_channel_is_told(
    office: Office, store: Store, text: str
) -> None:
    office.app.dispatch(event(text=text, channel="C1", **ELSEWHERE))
    assert office.api.called("chat.postEphemeral")["text"] == "Only this organisation may change this here"
    assert store.channels() == []


def test_they_ask_what_they_like_and_change_nothing_by_a_form_either(office: Office, store: Store) -> None:
    office.app.dispatch(event(text="<@U0BOT> settings", channel="C1", **ELSEWHERE))
    assert "settings" in str(office.api.called("chat.postEphemeral")["text"]).casefold()
    elsewhere = {"id": "U1", "team_id": "T9"}
    assert "Only this organisation" in read(office.opens("settings", user=elsewhere))
    form = office.opens("settings")
    sent = {**office.sent_back(form, digest="off"), "app_installed_team_id": "T1"}
    done = said(office.sends({"type": "view_submission", "view": sent, "user": elsewhere, "team": {"id": "T9"}}))
    assert "Only this organisation" in read(done["view"])  # type: ignore[arg-type]
    assert store.channels() == []


def test_secbot_named_amid_the_words_is_none_of_those_who_may(office: Office, store: Store) -> None:
    by = {"authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}]}
    asks = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.2"}
    words = {"text": "hey <@U0BOT> settings only <@U2|ann>"}
    body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {**asks, **words}, **by}
    office.app.dispatch(request(json.dumps(body), form=False))
    office.api.called("chat.postEphemeral")
    assert store.channel("C1").managers == ("U2", "U1")


def test_a_persons_own_is_changed_by_that_person_alone(store: Store) -> None:
    store.keep_channel(Channel("U2", layout="flat"), "U2", NEWS_READ)
    for user in ("U1", "U3"):
        assert not store.channel("U2").may_change(user)
    assert store.channel("U2").may_change("U2")
