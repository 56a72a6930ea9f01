"""Digests and countdowns: once for a channel and a local date, whatever the clock and however often we are started."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription
from bot.pipeline.daily import Daily
from bot.ports import Store
from storage.engine import Database
from tests.conftest import SetClock
from tests.knowing import text_of
from tests.storing import database_beside as database  # noqa: F401
from tests.world import LONDON, ROWS, SITE, FakeSlack, FakeWeb, World, release_page, release_source

URL = f"{SITE}/november-2021-sec-release/"
CUT_OFF = "<p>MP077 will be included in this release if it is approved by 12 July 2021.</p>"


@pytest.fixture
def world(store: Store, clock: SetClock) -> World:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll_and_deliver()
    return world


def at(clock: SetClock, *when: int) -> None:
    clock.now = datetime(*when, tzinfo=UTC)  # type: ignore[arg-type]


def digests(world: World) -> list[str]:
    world.daily()
    world.deliverer()
    return world.slack.texts("digest:")


def test_a_digest_waits_for_its_time_of_day_in_local_time(world: World, clock: SetClock) -> None:
    at(clock, 2021, 7, 1, 7, 29)
    assert digests(world) == []
    at(clock, 2021, 7, 1, 7, 30)  # 08:30 in London in summer
    assert len(digests(world)) == 1


def test_a_second_digest_of_a_day_sends_nothing(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 2, 9)
    assert len(digests(world)) == 1
    at(clock, 2021, 3, 2, 23)
    assert len(digests(world)) == 1


def test_a_late_start_sends_the_digest_of_today_and_what_was_missed_is_in_it(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 2, 9)
    digests(world)
    at(clock, 2021, 3, 3, 10)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    world.poll_and_deliver()
    at(clock, 2021, 3, 6, 20)
    assert len(digests(world)) == 2
    _, message, _ = next(one for one in world.slack.sent if one[2] == "digest:C0ALERTS:2021-03-06")
    assert "11 November 2021" in str(message.blocks)


def test_what_changed_there_and_back_is_not_in_the_digest(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 2, 9)
    digests(world)
    for hour, go_live in ((10, "11 November 2021"), (11, "4 November 2021")):
        at(clock, 2021, 3, 2, hour)
        world.web.pages[URL] = release_page(ROWS, go_live=go_live)
        world.poll_and_deliver()
    at(clock, 2021, 3, 3, 9)
    digests(world)
    _, message, _ = world.slack.sent[-1]
    assert "11 November 2021" not in str(message.blocks)


def test_a_quiet_day_says_so_and_how_many_pages_were_read(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 1, 12)
    world.poll()
    at(clock, 2021, 3, 2, 9)
    text = digests(world)[0].casefold()
    assert "quiet" in text
    assert "1 page was read" in str(next(m.blocks for _, m, key in world.slack.sent if key.startswith("digest:")))


CHANGE_DAYS = [(year, month, day) for year, month, day in (
    (2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2028, 3, 26),
    (2028, 10, 29), (2029, 3, 25), (2029, 10, 28), (2030, 3, 31), (2030, 10, 27),
)]  # fmt: skip


@pytest.mark.parametrize(
    "day", [*CHANGE_DAYS[:2], *(pytest.param(day, marks=pytest.mark.thorough) for day in CHANGE_DAYS[2:])]
)
@pytest.mark.fault(17)
def test_one_digest_on_the_days_on_which_clocks_change(
    world: World, clock: SetClock, day: tuple[int, int, int]
) -> None:
    at(clock, *day, 0)
    for _ in range(48):
        world.daily()
        clock.now += timedelta(minutes=30)
    world.deliverer()
    keys = [key for _, _, key in world.slack.sent if key == f"digest:C0ALERTS:{datetime(*day, tzinfo=UTC).date()}"]
    assert len(keys) == 1


def test_a_channel_that_subscribed_gets_its_own_and_others_none_of_it(world: World, clock: SetClock) -> None:
    world.store.subscribe(Subscription("C0MINE", "modification:MP077", "U0ME", clock.now))
    at(clock, 2021, 3, 2, 9)
    digests(world)
    at(clock, 2021, 3, 2, 10)
    approved = [(id_, title, "Implemented" if id_ in ("MP077", "MP105") else status) for id_, title, status in ROWS]
    world.web.pages[URL] = release_page(approved)
    world.poll_and_deliver()
    at(clock, 2021, 3, 3, 9)
    digests(world)
    _, message, _ = next(one for one in world.slack.sent if one[2] == "digest:C0MINE:2021-03-03")
    assert "MP077" in str(message.blocks)
    assert "MP105" not in str(message.blocks)


def countdowns(world: World) -> list[str]:
    world.daily()
    world.deliverer()
    return world.slack.texts("countdown:")


@pytest.mark.parametrize(
    ("day", "days"), [((2021, 9, 5), 60), ((2021, 10, 5), 30), ((2021, 11, 3), 1), ((2021, 11, 4), 0)]
)
def test_a_go_live_is_counted_down_once_at_each_threshold(
    world: World, clock: SetClock, day: tuple[int, int, int], days: int
) -> None:
    at(clock, *day, 9)
    first = countdowns(world)
    assert len(first) == 1
    assert countdowns(world) == first
    assert "today" in first[0].casefold() if days == 0 else str(days) in first[0] or "tomorrow" in first[0].casefold()


def test_no_countdown_between_the_thresholds(world: World, clock: SetClock) -> None:
    at(clock, 2021, 9, 20, 9)
    assert countdowns(world) == []


def test_a_countdown_missed_by_a_day_is_told_with_the_true_number_of_days(world: World, clock: SetClock) -> None:
    at(clock, 2021, 10, 6, 9)
    assert "29" in countdowns(world)[0]


def told(world: World) -> dict[str, list[str]]:
    """Deliver, and return the go-live dates that each digest names."""
    world.deliverer()
    dates = [f"{day} November 2021" for day in range(5, 30)]
    return {
        key.removeprefix("digest:C0ALERTS:"): [date for date in dates if f" {date}" in str(message.blocks)]
        for _, message, key in world.slack.sent
        if key.startswith("digest:")
    }


def move(world: World, clock: SetClock, day: int, *when: int) -> None:
    """The page moves the go-live to a day of November."""
    at(clock, 2021, 3, *when)
    world.web.pages[URL] = release_page(ROWS, go_live=f"{day} November 2021")
    world.poll()


class Meanwhile:
    """A store in which a change is recorded while the digest is composed."""

    def __init__(self, store: Store, record: Callable[[], None]) -> None:
        self.store, self.record = store, record

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def last_seq(self) -> int:
        seq = self.store.last_seq()
        self.record()
        return seq


def test_what_is_recorded_while_a_digest_is_composed_is_in_the_next_one_alone(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 1, 10)
    world.daily()
    move(world, clock, 18, 1, 11)
    at(clock, 2021, 3, 2, 9)
    meanwhile = Meanwhile(world.store, lambda: move(world, clock, 11, 2, 9))
    Daily(meanwhile, clock, LONDON, world.audience)()  # type: ignore[arg-type]
    at(clock, 2021, 3, 3, 9)
    world.daily()
    changes = [
        one.message.payload["changes"]
        for _ in range(9)
        for one in world.store.lease(clock(), 9, 9)
        if world.store.sent(one, "1.0", clock()) and one.message.kind == "digest"
    ]
    assert [len(ids) for ids in changes] == [0, 1, 1]
    assert changes[1] != changes[2]


def test_a_past_date_s_digest_tells_what_had_changed_by_then_and_the_next_one_the_rest(
    world: World, clock: SetClock
) -> None:
    at(clock, 2021, 3, 1, 10)
    world.daily()
    move(world, clock, 18, 2, 12)
    move(world, clock, 25, 4, 12)
    at(clock, 2021, 3, 5, 9)
    assert world.daily(date(2021, 3, 3)) == (1, 0)
    assert world.daily() == (1, 0)
    assert told(world) == {
        "2021-03-01": [],
        "2021-03-03": ["18 November 2021"],
        "2021-03-05": ["18 November 2021", "25 November 2021"],  # from the one to the other
    }


def test_what_a_later_digest_told_is_not_told_again_in_that_of_a_past_date(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 1, 10)
    world.daily()
    move(world, clock, 18, 2, 12)
    at(clock, 2021, 3, 5, 9)
    world.daily()
    assert world.daily(date(2021, 3, 3)) == (0, 0)
    assert told(world) == {"2021-03-01": [], "2021-03-05": ["18 November 2021"]}


def test_a_past_date_has_no_countdown_any_more(world: World, clock: SetClock) -> None:
    at(clock, 2021, 10, 8, 9)
    assert world.daily(date(2021, 10, 5))[1] == 0


def test_a_daily_follower_gets_no_card_and_no_countdown_but_the_dates_in_the_digest(
    store: Store, clock: SetClock
) -> None:
    world = World(store, clock, FakeWeb(clock), FakeSlack())
    store.subscribe(Subscription("C0DAILY", "everything", "U0ME", clock(), "daily"))
    world.watch(release_source())
    world.web.pages[URL] = release_page(ROWS)
    world.poll()
    at(clock, 2021, 10, 5, 9)
    world.daily()
    world.deliverer()
    mine = [(key, message) for channel, message, key in world.slack.sent if channel == "C0DAILY"]
    assert [key for key, _ in mine] == ["digest:C0DAILY:2021-10-05"]
    assert "4 November 2021" in str(mine[0][1].blocks)


# --- what became of it ------------------------------------------------------------------------------------------------


def follows_alone(world: World, selector: str, delivery: str = "daily", **more: Any) -> None:
    world.store.subscribe(Subscription("C0ALERTS", selector, "U0ME", world.clock(), delivery, **more))


def test_what_was_taken_back_while_it_was_muted_is_in_no_digest(world: World, clock: SetClock) -> None:
    follows_alone(world, "everything", "instant")
    move(world, clock, 29, 1, 10)
    world.deliverer()
    at(clock, 2021, 3, 1, 10, 30)
    world.store.mute(Mute("C0ALERTS", "everything", clock.now + timedelta(hours=2), "U0ME", clock.now))
    move(world, clock, 4, 1, 11)
    world.deliverer()
    at(clock, 2021, 3, 2, 9)
    assert digests(world) == ["SEC digest, Tuesday 2 March 2021: all quiet"]
    assert world.slack.edited[-1][2].text.startswith("Reverted")


def test_a_change_that_another_kind_took_back_is_in_no_digest_of_its_kind_alone(world: World, clock: SetClock) -> None:
    follows_alone(world, "kind:scope_removed")
    at(clock, 2021, 3, 1, 10)
    world.web.pages[URL] = release_page(ROWS[:3])
    world.poll()
    world.poll()
    at(clock, 2021, 3, 1, 15)
    world.web.pages[URL] = release_page(ROWS)
    world.poll()
    assert [one.change.kind for one in world.store.changes()] == ["scope_removed", "scope_added"]
    at(clock, 2021, 3, 2, 9)
    assert digests(world) == ["SEC digest, Tuesday 2 March 2021: all quiet"]


def test_a_change_that_went_on_in_a_way_that_is_not_followed_is_told_as_it_stands(
    world: World, clock: SetClock
) -> None:
    follows_alone(world, "kind:decided")
    for hour, status in ((10, "Approved"), (12, "Implemented")):
        at(clock, 2021, 3, 1, hour)
        world.web.pages[URL] = release_page((*ROWS[:3], (*ROWS[3][:2], status)))
        world.poll()
    at(clock, 2021, 3, 2, 9)
    assert "MP129 ‘Allocation of Devices’: Targeted → Implemented" in digests(world)[0]


def test_what_moves_back_is_told_who_began_to_follow_it_in_between(world: World, clock: SetClock) -> None:
    world.store.keep_channel(Channel("C0ALERTS", days=(0, 1, 2, 3, 4)), "U0ME", clock())
    follows_alone(world, "modification:MP138")
    at(clock, 2021, 3, 5, 9)
    digests(world)
    move(world, clock, 11, 6, 10)
    at(clock, 2021, 3, 6, 11)
    follows_alone(world, "release:2021-11")
    move(world, clock, 4, 6, 12)
    at(clock, 2021, 3, 8, 9)
    assert digests(world)[-1].endswith("go-live moves from 11 November 2021 to 4 November 2021")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (("everything", "daily"), "Nothing that this channel follows and has not muted changed since"),
        (("modification:MP138", "daily"), "Nothing that this channel follows changed since"),
        (("release:2021-11", "weekly"), "Nothing that this channel follows day by day changed since"),
    ],
)
def test_a_quiet_digest_does_not_say_that_nothing_changed_where_something_did(
    world: World, clock: SetClock, rule: tuple[str, str], words: str
) -> None:
    follows_alone(world, "modification:MP138")
    follows_alone(world, *rule)
    world.store.mute(Mute("C0ALERTS", "rule:everything", clock.now + timedelta(days=7), "U0ME", clock.now))
    at(clock, 2021, 3, 2, 9)
    digests(world)
    move(world, clock, 29, 2, 10)
    at(clock, 2021, 3, 3, 9)
    digests(world)
    assert words in text_of(world.slack.sent[-1][1])


def test_a_person_s_quiet_digest_speaks_of_what_they_follow(world: World, clock: SetClock) -> None:
    world.store.subscribe(Subscription("U0ME", "modification:MP138", "U0ME", clock(), "daily"))
    move(world, clock, 29, 1, 10)
    at(clock, 2021, 3, 2, 9)
    digests(world)
    [mine] = [text_of(message) for channel, message, _ in world.slack.sent if channel == "U0ME"]
    assert "Nothing that you follow changed since" in mine


def test_what_was_told_at_once_while_digests_were_off_for_long_is_not_told_again(world: World, clock: SetClock) -> None:
    follows_alone(world, "everything", "instant")
    choose(world, Channel("C0ALERTS", digest="off"))
    move(world, clock, 29, 1, 10)
    world.deliverer()
    at(clock, 2021, 6, 1, 7)
    choose(world, Channel("C0ALERTS"))
    at(clock, 2021, 6, 1, 9)
    assert digests(world) == ["SEC digest, Tuesday 1 June 2021: all quiet"]
    assert "Nothing that this channel was not told at once changed since" in text_of(world.slack.sent[-1][1])


# --- each channel by itself ------------------------------------------------------------------------------------------


def choose(world: World, channel: Channel) -> None:
    world.store.keep_channel(channel, "U0ME", world.clock())


def dates(world: World, channel: str) -> list[str]:
    world.daily()
    world.deliverer()
    return [key.rpartition(":")[2] for to, _, key in world.slack.sent if to == channel and key.startswith("digest:")]


def test_each_channel_has_its_digest_at_its_own_time_in_its_own_zone(world: World, clock: SetClock) -> None:
    for channel, zone in (("C0NEW", "America/New_York"), ("C0AUCK", "Pacific/Auckland")):
        world.store.subscribe(Subscription(channel, "everything", "U0ME", clock.now))
        choose(world, Channel(channel, digest_at=time(9), zone=zone))
    at(clock, 2021, 3, 2, 12)
    assert (dates(world, "C0NEW"), dates(world, "C0AUCK")) == ([], [])
    at(clock, 2021, 3, 2, 14)  # 09:00 in New York
    assert dates(world, "C0NEW") == ["2021-03-02"]
    at(clock, 2021, 3, 2, 20)  # 09:00 of the next day in Auckland
    assert dates(world, "C0AUCK") == ["2021-03-03"]


def test_no_digest_comes_on_days_off_and_the_next_tells_what_they_left_out(world: World, clock: SetClock) -> None:
    choose(world, Channel("C0ALERTS", days=(0, 1, 2, 3, 4), holidays_off=True))
    at(clock, 2021, 4, 1, 9)
    assert dates(world, "C0ALERTS") == ["2021-04-01"]
    at(clock, 2021, 4, 3, 10)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    world.poll_and_deliver()
    for day in (2, 3, 4, 5):  # Good Friday to Easter Monday
        at(clock, 2021, 4, day, 12)
        assert dates(world, "C0ALERTS") == ["2021-04-01"]
    at(clock, 2021, 4, 6, 9)
    assert dates(world, "C0ALERTS")[-1] == "2021-04-06"
    assert "11 November 2021" in str(world.slack.sent[-1][1].blocks)


def test_a_given_date_has_the_digests_of_all_channels_whatever_the_time_and_none_of_those_that_want_none(
    world: World, clock: SetClock
) -> None:
    for channel, own in (
        ("C0LATE", {"digest_at": time(23)}),
        ("C0OFF", {"digest": "off"}),
        ("C0WEEK", {"digest": "weekly"}),
    ):
        world.store.subscribe(Subscription(channel, "everything", "U0ME", clock.now))
        choose(world, Channel(channel, **own))  # type: ignore[arg-type]
    at(clock, 2021, 3, 2, 1)
    assert world.daily(date(2021, 3, 2))[0] == 2
    assert dates(world, "C0LATE") == ["2021-03-02"]
    assert dates(world, "C0OFF") == dates(world, "C0WEEK") == []


def test_a_paused_channel_is_told_nothing_and_hears_all_of_it_when_it_goes_on(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 2, 9)
    dates(world, "C0ALERTS")
    choose(world, Channel("C0ALERTS", paused="archived"))
    at(clock, 2021, 3, 3, 7)
    world.web.pages[URL] = release_page(ROWS, go_live="11 November 2021")
    world.poll_and_deliver()
    at(clock, 2021, 10, 12, 9)
    world.daily()
    assert world.store.outbox().queued == 0
    choose(world, Channel("C0ALERTS"))
    at(clock, 2021, 10, 13, 9)
    assert dates(world, "C0ALERTS") == ["2021-03-02", "2021-10-13"]
    assert "11 November 2021" in str(next(m.blocks for _, m, key in world.slack.sent if key.endswith("2021-10-13")))


def test_countdowns_come_at_the_channels_own_time_also_where_it_wants_no_digest(world: World, clock: SetClock) -> None:
    choose(world, Channel("C0ALERTS", digest="off", digest_at=time(16)))
    at(clock, 2021, 10, 5, 12)
    assert countdowns(world) == []
    at(clock, 2021, 10, 5, 16)
    assert len(countdowns(world)) == 1


def test_a_digest_explains_its_short_words_says_when_go_live_is_and_offers_more(world: World, clock: SetClock) -> None:
    at(clock, 2021, 3, 2, 9)
    digests(world)
    at(clock, 2021, 3, 2, 10)
    rows = (*ROWS, ("MP138", "DCC Service Testing in DUIS", "Targeted"))
    world.web.pages[URL] = release_page(rows)
    world.poll_and_deliver()
    at(clock, 2021, 3, 3, 9)
    digests(world)
    blocks = str(next(m.blocks for _, m, key in world.slack.sent if key.endswith("digest:C0ALERTS:2021-03-03")))
    assert "go-live Thursday 4 November 2021, 171 working days left" in blocks
    assert "DUIS: DCC User Interface Specification" in blocks
    assert all(f"'value': '{question}'" in blocks for question in ("since 2021-03-02", "next", "settings"))


def test_a_minute_in_which_nothing_is_due_asks_the_store_no_more_for_more_channels(
    world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        with monkeypatch.context() as patch:
            counted: list[object] = []
            reading = Database.reading
            patch.setattr(Database, "reading", lambda self: (counted.append(self), reading(self))[1])
            world.daily()
        return len(counted)

    counts = []
    for channels in (2, 20):
        for number in range(channels):
            world.store.subscribe(Subscription(f"C{number}", "everything", "U0ME", clock.now))
        world.daily()
        counts.append(asked())
    assert counts[0] == counts[1]
