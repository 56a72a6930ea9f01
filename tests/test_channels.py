"""The life of channels: what Slack tells of them, in whatever order, and what of it reaches whom."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.asking import Ask
from bot.domain.follow import Subscription
from bot.ports import Outgoing, Store
from bot.render import Renderer
from handlers.commands import status as status_
from tests.knowing import LONDON, text_of
from tests.office import Office, read
from tests.slackish import LONGEST, Slack, request
from tests.storing import database_beside as database  # noqa: F401

NOW = datetime(2021, 11, 3, 9, tzinfo=UTC)
BOT = ({"user_id": "U0BOT", "is_bot": True},)


@pytest.fixture
def web_api() -> Iterator[Slack]:
    api = Slack()
    yield api
    api.close()


class Life(Office):
    """What happens to channel C1, and what secbot makes of it; `named`: whom Slack's events name as secbot."""

    named: tuple[dict[str, Any], ...] = BOT
    default = ""

    def ask(self, *, user: str, channel: str) -> Ask:
        return replace(super().ask(user=user, channel=channel), default_channel=self.default, operators="C8")

    def happens(self, type_: str, **fields: Any) -> None:
        """Let something happen, and wait until secbot is done with it."""
        self.done: list[Future[Any]] = []
        executor = self.app.listener_runner.lazy_listener_runner.executor  # type: ignore[attr-defined]
        submit = executor.submit

        def remembered(*what: Any, **how: Any) -> Future[Any]:
            self.done.append(submit(*what, **how))
            return self.done[-1]

        executor.submit = remembered
        inner = {"type": type_, "user": "U7", "channel": "C1", **fields}
        body = {"type": "event_callback", "event_id": "Ev1", "event": inner, "authorizations": self.named}
        assert self.app.dispatch(request(json.dumps(body), form=False)).status == 200
        executor.submit = submit
        wait(self.done, LONGEST)

    def slack_says(self, **channel: Any) -> None:
        """Let Slack say, when asked, how the channel is."""
        self.api.answers["conversations.info"] = {"channel": {"id": "C1", "name": "sec", "is_member": True, **channel}}

    def joins(self, **fields: Any) -> None:
        self.happens("member_joined_channel", **{"user": "U0BOT", "inviter": "U7", **fields})

    def paused(self) -> str:
        return self.store.channel("C1").paused

    def waiting(self) -> list[Outgoing]:
        """Return all that waits to be sent."""
        found: list[Outgoing] = []
        while leased := self.store.lease(self.now, 50, 60):
            for one in leased:
                found.append(one.message)
                self.store.sent(one, "1.1", self.now)
        return found


@pytest.fixture
def life(store: Store, web_api: Slack) -> Iterator[Life]:
    at_work = Life(store, web_api, NOW)
    web_api.answers["auth.test"] = {"user_id": "U0BOT"}
    yield at_work
    at_work.close()


@pytest.fixture
def followed(store: Store) -> Store:
    """C1 follows two things that U1 chose and one that U2 chose."""
    rule = Subscription("C1", "modification:MP090", "U1", NOW)
    for selector, by in (("modification:MP090", "U1"), ("release:2021-11", "U1"), ("kind:decisions", "U2")):
        store.subscribe(replace(rule, selector=selector, made_by=by))
    return store


def told(life: Life) -> list[tuple[str, str]]:
    """Return whom a notice waits for, and its name."""
    return [(one.channel, one.payload["name"]) for one in life.waiting()]


@pytest.mark.usefixtures("followed")
@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        ("channel_archive", "archived"),
        ("group_archive", "archived"),
        ("channel_left", "left"),
        ("group_left", "left"),
        ("channel_deleted", "unreachable"),
        ("group_deleted", "unreachable"),
    ],
)
def test_a_channel_that_ends_is_paused_and_each_maker_told_once(life: Life, happened: str, reason: str) -> None:
    life.happens(happened)
    life.happens(happened)
    assert life.paused() == reason
    assert told(life) == [("U1", "paused"), ("U2", "paused")]
    assert len(life.store.subscriptions("C1")) == 3


def test_of_the_channel_that_nobody_chose_for_the_operators_are_told_and_it_is_said_where_one_looks(
    life: Life, store: Store
) -> None:
    life.default = "C1"
    life.happens("channel_archive")
    asked = life.ask(user="U1", channel="C2")
    status = text_of(Renderer(LONDON).reply(status_.run(asked)))
    assert "The channel named in SECBOT_CHANNEL is told nothing: it is archived." in status
    assert "The channel named in SECBOT_CHANNEL is told nothing" in read(life.opens_home())
    life.happens("channel_unarchive")
    paused, resumed = life.waiting()
    assert [(one.channel, one.payload["name"]) for one in (paused, resumed)] == [("C8", "paused"), ("C8", "resumed")]
    words = text_of(Renderer(LONDON).outgoing(paused, [], NOW))
    assert "To go on elsewhere: name another channel in `SECBOT_CHANNEL`." in words
    assert store.channel("C1").paused == ""


@pytest.mark.usefixtures("followed")
def test_a_channel_that_secbot_is_taken_out_of_is_paused_and_others_may_leave(life: Life) -> None:
    life.happens("member_left_channel", user="U5")
    assert not life.paused()
    life.happens("member_left_channel", user="U0BOT")
    assert life.paused() == "left"


@pytest.mark.usefixtures("followed")
def test_archiving_sends_several_events_and_pauses_once_with_its_true_reason(life: Life) -> None:
    life.slack_says(is_archived=True, is_member=False)
    life.happens("channel_left")
    life.happens("channel_archive")
    assert life.paused() == "archived"
    assert told(life) == [("U1", "paused"), ("U2", "paused")]


@pytest.mark.usefixtures("followed")
@pytest.mark.parametrize("late", ["channel_archive", "channel_left"])
def test_an_event_that_comes_late_pauses_no_channel_that_is_well(life: Life, late: str) -> None:
    life.slack_says(is_archived=False)
    life.happens("channel_unarchive")
    life.happens(late)
    assert not life.paused()
    assert told(life) == []


@pytest.mark.parametrize(
    ("truth", "paused"),
    [
        ({}, ()),
        ({"is_archived": True, "is_member": False}, ("archived",)),
        ({"is_member": False}, ("left",)),
    ],
)
def test_in_whatever_order_events_come_a_channel_ends_as_slack_says_it_is(
    life: Life, truth: dict[str, bool], paused: tuple[str, ...]
) -> None:
    life.slack_says(**truth)
    events = ("channel_archive", "channel_left", "channel_unarchive", "member_joined_channel")
    for number, order in enumerate(itertools.permutations(events)):
        channel = f"C{number}"
        life.store.subscribe(Subscription(channel, "everything", "U1", NOW))
        for happened in (*order, order[0]):
            life.happens(happened, channel=channel, user="U0BOT")
        assert life.store.channel(channel).paused in (paused or ("",)), order
        assert [one.what for one in life.store.deeds(channel)].count("paused") == len(paused)


@pytest.mark.usefixtures("followed")
def test_a_channel_out_of_the_archive_is_resumed_and_its_makers_told(life: Life) -> None:
    life.happens("channel_archive")
    life.happens("channel_unarchive")
    life.happens("channel_unarchive")
    assert not life.paused()
    assert told(life) == [("U1", "paused"), ("U2", "paused"), ("U1", "resumed"), ("U2", "resumed")]


@pytest.mark.usefixtures("followed")
def test_a_channel_out_of_the_archive_without_secbot_goes_on_when_it_is_invited(life: Life) -> None:
    life.happens("channel_archive")
    life.slack_says(is_member=False)
    life.happens("channel_unarchive")
    assert life.paused() == "archived"
    life.slack_says()
    life.joins()
    assert not life.paused()


@pytest.mark.usefixtures("followed")
def test_who_paused_and_resumed_a_channel_is_kept(life: Life) -> None:
    life.happens("channel_archive", user="U7")
    life.joins(inviter="U8")
    assert [(one.user, one.what) for one in life.store.deeds("C1")][-2:] == [("U7", "paused"), ("U8", "resumed")]


def test_a_channel_that_follows_nothing_and_has_no_settings_is_let_be(life: Life) -> None:
    for happened in ("channel_archive", "channel_deleted"):
        life.happens(happened)
    life.happens("channel_rename", channel={"id": "C1", "name": "lunch"})
    assert life.store.channels() == []
    assert not life.count("conversations.info")


def test_a_channel_that_secbot_joins_is_greeted_once_with_what_to_press(life: Life) -> None:
    life.slack_says()
    life.joins()
    life.joins()
    [hello] = life.waiting()
    message = Renderer(LONDON).outgoing(hello, [], NOW)
    pressed = [
        one["text"]["text"] for block in message.blocks if block["type"] == "actions" for one in block["elements"]
    ]
    assert hello.channel == "C1"
    assert pressed == ["Follow everything", "Choose…", "Help"]
    assert life.store.channel("C1").name == "sec"


@pytest.mark.usefixtures("followed")
def test_a_channel_that_follows_something_already_is_greeted_with_that(life: Life) -> None:
    life.joins()
    [hello] = [one for one in life.waiting() if one.payload["name"] == "hello"]
    assert "This channel follows MP090" in str(Renderer(LONDON).outgoing(hello, [], NOW).blocks)


def test_that_others_join_is_no_reason_to_greet(life: Life) -> None:
    life.happens("member_joined_channel", user="U5")
    assert life.waiting() == []


def test_slack_is_asked_once_who_secbot_is_where_its_events_do_not_say(life: Life) -> None:
    life.named = ()
    life.happens("member_joined_channel", user="U5")
    life.joins()
    assert told(life) == [("C1", "hello")]
    assert life.count("auth.test") == 1


@pytest.mark.usefixtures("followed")
@pytest.mark.parametrize("happened", ["channel_rename", "group_rename"])
def test_a_channel_is_called_by_its_new_name(life: Life, happened: str) -> None:
    life.happens(happened, channel={"id": "C1", "name": "sec-releases", "created": 1}, user=None)
    life.happens("channel_archive")
    paused = Renderer(LONDON).outgoing(life.waiting()[0], [], NOW)
    assert life.store.channel("C1").name == "sec-releases"
    assert "#sec-releases is archived" in paused.text


@pytest.mark.usefixtures("followed")
def test_where_slack_does_not_say_how_a_channel_is_the_event_is_believed(life: Life) -> None:
    life.api.refuses["conversations.info"] = "missing_scope"
    life.happens("channel_archive")
    assert life.paused() == "archived"
    life.happens("channel_unarchive")
    assert not life.paused()


@pytest.mark.usefixtures("followed")
def test_an_event_that_makes_no_sense_is_taken_and_changes_nothing(life: Life) -> None:
    for strange in ("", None, {}, {"name": "x"}):
        life.happens("channel_archive", channel=strange)
        life.happens("channel_rename", channel=strange)
    life.happens("channel_rename", channel="C1")
    assert not life.paused()
    assert life.store.channel("C1").name == ""
