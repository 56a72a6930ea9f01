"""Threads that hold together: one card a subject and channel, later changes below it, the card as things stand now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.follow import EVERYTHING, Subscription
from bot.domain.vocabulary import Weight
from bot.pipeline.cards import latest
from bot.pipeline.deliver import Deliverer
from bot.ports import Message, Posted, PostFailed, Store
from bot.render import Renderer
from handlers import answer
from storage.engine import Database
from tests.conftest import SetClock
from tests.limits import faults, read
from tests.storing import database_beside as database  # noqa: F401
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

URL = f"{SITE}/november-2021-sec-release/"
ALERTS = "C0ALERTS"
RELEASE = "release:2021-11"
MP138 = ("MP138", "DCC Service Testing in ETAD", "Targeted")


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    return world


def later(world: World, clock: SetClock, page: str, by: timedelta = timedelta(hours=1)) -> list[str]:
    clock.now += by
    world.web.pages[URL] = page
    return world.poll_and_deliver()


def follow(world: World, selector: str, channel: str = ALERTS, **more: str) -> None:
    rule = Subscription(channel, selector, "U0ALICE", world.clock() - timedelta(days=1))
    world.store.subscribe(replace(rule, **more))  # type: ignore[arg-type]


def keys(world: World, prefix: str = "") -> list[str]:
    return [key for _, _, key in world.slack.sent if key.startswith(prefix)]


def ts_of(world: World, key: str) -> str:
    return str(keys(world).index(key) + 1)


def card_now(world: World, subject: str = RELEASE, channel: str = ALERTS) -> Message:
    """What a channel sees in the place of a card."""
    card = world.store.card(channel, subject)
    assert card is not None
    edits = [message for _, ts, message in world.slack.edited if ts == card.ts]
    return edits[-1] if edits else world.slack.sent[int(card.ts) - 1][1]


def approved(*ids: str) -> list[tuple[str, str, str]]:
    return [(id_, title, "Approved" if id_ in ids else status) for id_, title, status in ROWS]


# --- one card, later changes below it --------------------------------------------------------------------------------


def test_the_first_reading_of_a_page_is_the_card_and_later_changes_are_told_below_it(
    world: World, clock: SetClock
) -> None:
    world.poll_and_deliver()
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    card = world.store.card(ALERTS, RELEASE)
    assert card is not None
    assert world.slack.sent[int(card.ts) - 1][1].text == "Now tracking: November 2021 SEC Release"
    [alert] = keys(world, "alert:")
    assert world.slack.below[alert] == card.ts


def test_a_card_is_edited_to_the_newest_change_and_to_how_things_stand(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    later(world, clock, release_page([*ROWS, MP138]))
    later(world, clock, release_page([*ROWS, MP138], go_live="11 November 2021"))
    shown = read(card_now(world))
    assert card_now(world).text == "November 2021 SEC Release: go-live moves from 4 November 2021 to 11 November 2021"
    assert "*Go-live*\nThursday 11 November 2021\n" in shown + "\n"
    assert "working day" not in shown
    assert "*In scope*\n5 modifications: 3 Targeted, 2 Approved" in shown
    assert "2 changes since 1 Mar 2021 are in this thread." in shown
    assert faults(card_now(world)) == []


def test_the_first_alert_about_what_has_no_card_becomes_it_and_looks_like_one(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP077")
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077")))
    later(world, clock, release_page([("MP077", ROWS[0][1], "Implemented"), *ROWS[1:]]))
    first, second = keys(world, "alert:")
    assert (world.slack.below.get(first), world.slack.below.get(second)) == (None, ts_of(world, first))
    made = world.slack.sent[int(ts_of(world, first)) - 1][1]
    assert "*Status*\nApproved" in read(made)
    now = read(card_now(world, "modification:MP077"))
    assert "*Status*\nImplemented" in now
    assert "1 change since 1 Mar 2021 is in this thread. It began with: MP077" in now
    labels = [
        [field["text"].partition("\n")[0] for block in message.blocks for field in block.get("fields", ())]
        for message in (made, card_now(world, "modification:MP077"))
    ]
    assert labels[0] == labels[1] == ["*Status*", "*Release*", "*Next date*"]


def test_what_one_reading_changed_is_told_on_the_card_of_what_each_is_about(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP077")
    follow(world, RELEASE)
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077"), go_live="11 November 2021"))
    assert {texts.partition(":")[0] for texts in world.slack.texts("alert:")} == {
        "MP077 ‘DCC Service Flagging’",
        "November 2021 SEC Release",
    }
    assert {world.store.card(ALERTS, one) is not None for one in ("modification:MP077", RELEASE)} == {True}


def test_a_move_of_go_live_is_told_on_the_release_s_card_though_a_modification_of_it_is_followed_too(
    world: World, clock: SetClock
) -> None:
    follow(world, "modification:MP077")
    follow(world, EVERYTHING)
    world.poll_and_deliver()
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    [alert] = keys(world, "alert:")
    assert world.slack.below[alert] == "1"
    assert world.store.card(ALERTS, "modification:MP077") is None


def test_who_follows_a_modification_alone_hears_of_its_release_s_go_live_on_its_card(
    world: World, clock: SetClock
) -> None:
    follow(world, "modification:MP077")
    world.poll_and_deliver()
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    assert "*Next date*\nGo-live Thursday 11 November 2021" in read(card_now(world, "modification:MP077"))


def test_a_card_of_another_subject_that_a_change_is_about_is_brought_up_to_date(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP077")
    follow(world, RELEASE)
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077")))
    assert "*In scope*\n4 modifications: 1 Targeted, 3 Approved" in read(card_now(world))


@pytest.mark.parametrize(
    ("layout", "below", "broadcast"), [("both", True, True), ("thread", True, False), ("flat", False, False)]
)
def test_a_layout_says_where_a_weighty_change_is_told(
    world: World, clock: SetClock, layout: str, below: bool, broadcast: bool
) -> None:
    follow(world, EVERYTHING, layout=layout)
    world.poll_and_deliver()
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    [alert] = keys(world, "alert:")
    assert (alert in world.slack.below, alert in world.slack.broadcast) == (below, broadcast)
    assert bool(world.slack.edited) is below


def test_a_change_that_is_not_weighty_stays_in_its_thread(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    document = "<h2>Release Implementation Document</h2><p>Last updated: 3 March 2021</p>"
    later(world, clock, release_page(ROWS, more=document))
    [told] = world.store.changes()
    assert told.change.weight == Weight.NORMAL
    assert keys(world, "alert:") == list(world.slack.below)
    assert world.slack.broadcast == set()


def test_a_channel_that_wants_alerts_by_themselves_gets_one_a_reading(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP077", layout="flat")
    follow(world, RELEASE, layout="flat")
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077"), go_live="11 November 2021"))
    assert len(keys(world, "alert:")) == 1
    assert world.store.card(ALERTS, RELEASE) is None


def test_a_person_s_card_is_in_the_direct_messages_that_slack_named(world: World, clock: SetClock) -> None:
    class Direct(FakeSlack):
        def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
            at = super().post(channel, message, key, below=below, broadcast=broadcast)
            return Posted(at.ts, "D0ALICE")

    world.slack = Direct()
    follow(world, RELEASE, "U0ALICE")
    world.poll_and_deliver()
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    assert [channel for channel, _, key in world.slack.sent if "U0ALICE" in key] == ["U0ALICE", "D0ALICE"]
    assert {place for place, _, _ in world.slack.edited} == {"D0ALICE"}


@pytest.mark.parametrize(
    "question", ["subscribe november 2021, daily", "subscribe november 2021, weekly", "mute november 2021 1 day"]
)
def test_a_card_shows_where_its_subject_stands_also_where_nobody_is_told_at_once(
    world: World, clock: SetClock, question: str
) -> None:
    follow(world, RELEASE)
    world.poll_and_deliver()
    answer(question, store=world.store, now=clock(), zone=LONDON, user="U0ALICE", channel=ALERTS)
    assert later(world, clock, release_page(ROWS, go_live="29 November 2021")) == []
    assert "*Go-live*\nMonday 29 November 2021" in read(card_now(world))


def test_a_card_stays_as_it_is_where_nothing_is_followed_any_more(world: World, clock: SetClock) -> None:
    follow(world, RELEASE, "C0GONE")
    world.poll_and_deliver()
    world.store.unsubscribe("C0GONE", RELEASE, "U0ALICE", clock())
    later(world, clock, release_page(ROWS, go_live="29 November 2021"))
    assert "*Go-live*\nThursday 4 November 2021" in read(card_now(world, channel="C0GONE"))
    assert "read 1 Mar 2021, 09:00 GMT" in read(card_now(world, channel="C0GONE"))


def test_a_card_is_edited_once_for_all_that_one_reading_changed(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077", "MP129"), go_live="29 November 2021"))
    assert [ts for _, ts, _ in world.slack.edited] == ["1"]


# --- cards that are no more ------------------------------------------------------------------------------------------


def test_when_a_card_was_deleted_the_next_alert_becomes_the_new_one(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    world.slack.gone.add("1")
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    later(world, clock, release_page(ROWS, go_live="18 November 2021"))
    first, second = keys(world, "alert:")
    assert first not in world.slack.below
    assert world.slack.below[second] == ts_of(world, first)


def test_a_card_that_cannot_be_edited_for_it_is_gone_is_forgotten(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    clock.now += timedelta(hours=1)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    world.poll()
    [reply] = world.store.lease(clock(), 1, 60)
    world.deliverer.send(reply, clock() + timedelta(minutes=1), world.deliverer())
    world.slack.gone.add("1")
    world.deliverer()
    assert world.store.card(ALERTS, RELEASE) is None
    assert world.store.outbox().failed == 0


def test_an_edit_that_slack_does_not_allow_is_given_up_and_the_thread_goes_on(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("not edited in C0ALERTS: edit_window_closed")

    class Strict(FakeSlack):
        def edit(self, place: str, ts: str, message: Message) -> None:
            raise PostFailed("edit_window_closed", permanent=True)

    world.slack = Strict()
    world.poll_and_deliver()
    for day in (11, 18):
        later(world, clock, release_page(ROWS, go_live=f"{day} November 2021"))
    assert set(world.slack.below.values()) == {"1"}
    assert (world.store.outbox().failed, world.store.outbox().queued) == (0, 0)


# --- edits that come late, twice, together ---------------------------------------------------------------------------


def test_many_replies_need_one_edit(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    for day in (11, 18, 25):
        clock.now += timedelta(hours=1)
        world.web.pages[URL] = release_page(ROWS, go_live=f"{day} November 2021")
        world.poll()
    done = world.deliverer()
    assert (done.sent, done.edited, done.skipped) == (3, 1, 5)
    assert "25 November 2021" in card_now(world).text


def test_an_edit_whose_answer_was_lost_is_made_again_and_does_no_harm(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")

    class Lossy(FakeSlack):
        lost = False

        def edit(self, place: str, ts: str, message: Message) -> None:
            super().edit(place, ts, message)
            if not self.lost:
                self.lost = True
                raise PostFailed("timeout", unknown=True)

    world.slack = Lossy()
    world.poll_and_deliver()
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    clock.now += timedelta(minutes=1)
    world.deliverer()
    assert [message.text for _, _, message in world.slack.edited] == [card_now(world).text] * 2
    assert len(keys(world)) == 2


def test_an_older_alert_that_was_held_and_comes_late_does_not_take_the_card_back(world: World, clock: SetClock) -> None:
    world.poll_and_deliver()
    clock.now += timedelta(hours=1)
    world.web.pages[URL] = release_page(approved("MP077"))
    world.poll()
    [held] = world.store.lease(clock(), 1, 60)
    world.store.hold(held, clock() + timedelta(hours=3))
    later(world, clock, release_page(approved("MP077"), go_live="11 November 2021"))
    clock.now += timedelta(hours=3)
    world.deliverer()
    assert [key.partition(":")[0] for key in keys(world)] == ["card", "alert", "alert"]
    assert "go-live moves" in card_now(world).text
    assert "2 changes since" in read(card_now(world))


# --- never twice, never lost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("below", [False, True])
def test_a_message_of_a_thread_whose_answer_was_lost_is_looked_for_where_it_would_be(
    world: World, clock: SetClock, expected_warnings: list[str], below: bool
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    if below:
        world.poll_and_deliver()
        world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
        clock.now += timedelta(hours=1)
    world.slack.loses_answers = True
    world.slack.fails = [PostFailed("timeout", unknown=True)]
    world.poll_and_deliver()
    clock.now += timedelta(minutes=1)
    assert world.deliverer().found == 1
    card = world.store.card(ALERTS, RELEASE)
    assert (len(keys(world)), card and card.ts) == (1 + below, "1")
    assert len(world.slack.edited) == below


class Slow(FakeSlack):
    """A Slack so slow that another worker comes by during each post."""

    def __init__(self, world: World, clock: SetClock) -> None:
        super().__init__()
        self.world, self.clock, self.inner = world, clock, world.slack

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        self.clock.now += timedelta(seconds=15)
        Deliverer(self.world.store, self.inner, Renderer(LONDON), self.clock)()
        return self.inner.post(channel, message, key, below=below, broadcast=broadcast)

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        return self.inner.find(channel, key, since, below=below)

    def edit(self, place: str, ts: str, message: Message) -> None:
        self.inner.edit(place, ts, message)


def test_two_workers_make_one_card_of_a_subject(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP077")
    world.poll_and_deliver()
    for status in ("Approved", "Implemented"):
        clock.now += timedelta(hours=1)
        world.web.pages[URL] = release_page([("MP077", ROWS[0][1], status), *ROWS[1:]])
        world.poll()
    Deliverer(world.store, Slow(world, clock), Renderer(LONDON), clock)()
    first, second = keys(world, "alert:")
    assert world.slack.below == {second: ts_of(world, first)}


# --- buttons ---------------------------------------------------------------------------------------------------------


def buttons(message: Message) -> dict[str, str]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return {one["text"]["text"]: one["value"] for row in rows for one in row}


def test_an_alert_and_its_card_have_buttons_for_what_it_is_about_its_proof_its_reason_and_its_end(
    world: World, clock: SetClock
) -> None:
    follow(world, "modification:MP077")
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077")))
    later(world, clock, release_page([("MP077", ROWS[0][1], "Implemented"), *ROWS[1:]]))
    [first, second] = world.store.changes()
    made, reply = (message for _, message, key in world.slack.sent if key.startswith("alert:"))
    for message, change in ((made, first), (reply, second), (card_now(world, "modification:MP077"), second)):
        assert buttons(message) == {
            "MP077": "MP077",
            "Evidence": f"evidence {change.id[:8]}",
            "Why did I get this?": f"why {change.id[:8]}",
            "Mute MP077 7 days": "mute rule MP077 7d",
        }


def test_what_several_rules_bring_has_a_button_to_mute_each(world: World, clock: SetClock) -> None:
    follow(world, "modification:MP077")
    follow(world, EVERYTHING)
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077")))
    asked = buttons(card_now(world, "modification:MP077"))
    assert "Why did I get this?" in asked
    assert asked["Mute MP077 7 days"] == "mute rule MP077 7d"
    assert asked["Mute everything 7 days"] == "mute rule everything 7d"


def test_a_card_of_a_first_reading_has_buttons_for_its_subject_its_reason_and_its_end(world: World) -> None:
    follow(world, RELEASE)
    world.poll_and_deliver()
    assert buttons(card_now(world)) == {
        "November 2021 release": "release November 2021",
        "Why did I get this?": "why November 2021",
        "Mute November 2021 7 days": "mute rule November 2021 7d",
    }


def test_an_alert_offers_to_follow_the_closest_that_it_is_about_in_the_form_unless_a_rule_of_that_brings_it(
    world: World, clock: SetClock
) -> None:
    follow(world, RELEASE)
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077")))
    asked = buttons(card_now(world))
    assert json.loads(asked["Follow MP077…"]) == {"modal": "subscribe", "words": "MP077"}
    later(world, clock, release_page(approved("MP077"), go_live="11 November 2021"))
    assert not any(label.startswith("Follow") for label in buttons(card_now(world)))


def test_a_message_has_six_buttons_at_most(world: World, clock: SetClock) -> None:
    for selector in ("modification:MP077", "kind:decisions", "kind:status", RELEASE):
        follow(world, selector)
    world.poll_and_deliver()
    later(world, clock, release_page(approved("MP077")))
    assert [len(buttons(message)) for _, message, key in world.slack.sent if key.startswith("alert:")] == [6]


def test_a_reply_that_may_have_been_sent_below_a_card_that_is_gone_becomes_the_new_card(
    world: World, clock: SetClock, expected_warnings: list[str]
) -> None:
    expected_warnings.append("delivery to C0ALERTS waits")
    world.poll_and_deliver()
    world.slack.fails = [PostFailed("timeout", unknown=True)]
    later(world, clock, release_page(ROWS, go_live="11 November 2021"))
    world.slack.gone.add("1")
    clock.now += timedelta(minutes=5)
    assert world.deliverer().sent == 1
    card = world.store.card(ALERTS, RELEASE)
    assert (card and card.ts, world.store.outbox().failed) == ("2", 0)
    assert world.slack.below == {}


def test_a_card_is_made_of_its_thread_by_one_question_for_all_its_changes(
    world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    world.poll_and_deliver()
    card = world.store.card(ALERTS, RELEASE)
    assert card
    for number in range(6):
        later(world, clock, release_page(ROWS, go_live=f"{11 + number} November 2021"), timedelta(hours=100))
        with monkeypatch.context() as patch:
            counted: list[object] = []
            reading = Database.reading
            patch.setattr(Database, "reading", lambda self, c=counted, r=reading: (c.append(self), r(self))[1])
            assert latest(world.store, card, clock().date())
        counts.append(len(counted))
    assert counts[0] == counts[-1]
