"""What digests tell over weeks in which people change their minds: each change once, whatever is switched and restarted."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storage
from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription
from bot.pipeline.daily import Daily
from bot.pipeline.poll import Audience
from bot.ports import Store
from tests import storing
from tests.drawing import examples
from tests.test_timing import LONDON

MONDAY = datetime(2021, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
DAILY_RULE, WEEKLY_RULE, NOBODY = "modification:MP101", "modification:MP102", "modification:MP103"
SUBJECTS = (DAILY_RULE, WEEKLY_RULE, NOBODY)


@dataclass
class Room:
    """A channel, what is found, what its digests tell of it."""

    store: Store
    now: datetime = MONDAY
    found: int = 0

    def clock(self) -> datetime:
        return self.now

    @property
    def daily(self) -> Daily:
        return Daily(self.store, self.clock, LONDON, Audience(), time(8, 30))

    def begin(self) -> None:
        self.store.watch([storing.RELEASE], self.now)
        self.record()
        for selector, delivery in ((DAILY_RULE, "daily"), (WEEKLY_RULE, "weekly")):
            self.follow(selector, delivery)

    def record(self, *subjects: str) -> list[str]:
        told = [storing.told(f"{self.found + n:04x}", subject, self.now) for n, subject in enumerate(subjects, 1)]
        self.found += len(told)
        watch = replace(next(iter(self.store.watches())), baselined=True, health="good", last_read_at=self.now)
        self.store.record(storing.poll(at=self.now, body=None, watch=watch, changes=tuple(told)))
        return [one.id for one in told]

    def follow(self, selector: str, delivery: str) -> None:
        self.store.subscribe(Subscription("C1", selector, "U1", self.now, delivery))

    def choose(self, **settings_: object) -> None:
        self.store.keep_channel(replace(self.store.channel("C1"), **settings_), "U1", self.now)  # type: ignore[arg-type]

    def mute(self, selector: str, days: float) -> None:
        self.store.mute(Mute("C1", selector, self.now + DAY * days, "U1", self.now))

    def at(self, day: int, hour: float = 8.5) -> None:
        self.now = MONDAY + DAY * day + timedelta(hours=hour)

    def told(self) -> list[tuple[str, list[str]]]:
        """Send, and return the date of each digest with the changes that it told."""
        found = []
        while leased := self.store.lease(self.now + 900 * DAY, 9, 9):
            for one in leased:
                self.store.sent(one, "1.0", self.now)
                if one.message.kind == "digest":
                    found.append((str(one.message.payload["date"]), list(one.message.payload["changes"])))
        return found


@pytest.fixture
def room(store: Store) -> Room:
    made = Room(store)
    made.begin()
    return made


def test_on_the_weekday_one_digest_tells_both_and_on_the_others_what_is_followed_daily(room: Room) -> None:
    told: dict[str, list[str]] = {}
    for day in range(8):
        room.at(day, 7)
        ids = room.record(DAILY_RULE, WEEKLY_RULE)
        told |= {ids[0]: [f"2021-03-{day + 1:02d}"], ids[1]: ["2021-03-01" if day == 0 else "2021-03-08"]}
        room.at(day)
        room.daily()
        room.daily()
    sent = room.told()
    assert [on for on, _ in sent] == [f"2021-03-{day:02d}" for day in range(1, 9)]
    assert {id_: [on for on, ids in sent if id_ in ids] for id_ in told} == told


def test_a_rule_that_becomes_weekly_tells_nothing_again(room: Room) -> None:
    room.at(0)
    room.daily()
    room.at(1, 7)
    [id_] = room.record(DAILY_RULE)
    room.at(1)
    room.daily()
    room.at(2, 12)
    room.follow(DAILY_RULE, "weekly")
    room.at(7)
    room.daily()
    assert [on for on, ids in room.told() if id_ in ids] == ["2021-03-02"]


def test_a_rule_that_was_weekly_loses_nothing_of_its_week(room: Room) -> None:
    room.at(0)
    room.daily()
    room.at(1, 7)
    [id_] = room.record(WEEKLY_RULE)
    room.at(1)
    room.daily()
    room.at(2, 12)
    room.follow(WEEKLY_RULE, "daily")
    for day in range(3, 9):
        room.at(day)
        room.daily()
    assert [on for on, ids in room.told() if id_ in ids] == ["2021-03-08"]


def test_a_new_rule_tells_nothing_of_the_days_before_it_was_made(room: Room) -> None:
    room.at(0)
    room.daily()
    room.at(1, 7)
    [id_] = room.record(NOBODY)
    room.at(1)
    room.daily()
    room.at(3, 12)
    room.follow(NOBODY, "daily")
    for day in range(4, 9):
        room.at(day)
        room.daily()
    assert [on for on, ids in room.told() if id_ in ids] == []


def test_what_a_daily_digest_left_out_as_muted_the_weekly_one_leaves_out_too(room: Room) -> None:
    room.at(0)
    room.daily()
    room.at(1, 7)
    [id_] = room.record(DAILY_RULE)
    room.at(1, 8)
    room.mute(DAILY_RULE, 1)
    for day in range(1, 9):
        room.at(day)
        room.daily()
    assert [on for on, ids in room.told() if id_ in ids] == []


def test_what_changed_in_months_in_which_nothing_was_followed_is_no_news_to_who_begins_again(room: Room) -> None:
    room.at(0)
    room.daily()
    room.at(1)
    for rule in (DAILY_RULE, WEEKLY_RULE):
        room.store.unsubscribe("C1", rule, "U1", room.now)
    room.at(3, 7)
    room.record(DAILY_RULE)
    room.at(150, 10)
    [id_] = room.record(DAILY_RULE)
    room.at(150, 12)
    room.follow(DAILY_RULE, "daily")
    room.at(151)
    room.daily()
    assert [told for _, told in room.told() if told] == [[id_]]


def test_what_changed_in_months_in_which_the_digest_was_off_is_told_when_it_is_on_again(room: Room) -> None:
    room.at(0)
    room.daily()
    room.choose(digest="off")
    room.at(3, 7)
    [id_, _] = room.record(DAILY_RULE, NOBODY)
    room.at(150, 7)
    room.choose(digest="daily")
    room.follow(NOBODY, "daily")
    room.at(150)
    room.daily()
    assert room.told()[-1] == ("2021-07-29", [id_])


@pytest.mark.parametrize("meanwhile", [{"digest": "off"}, {"paused": "archived"}, {"days": (4,)}])
def test_a_first_digest_looks_back_to_when_its_rules_were_made(room: Room, meanwhile: dict[str, object]) -> None:
    room.at(0, 8)
    room.choose(**meanwhile)
    room.at(0, 12)
    [id_] = room.record(DAILY_RULE)
    room.at(4, 7)
    room.choose(digest="daily", paused="")
    room.at(4)
    room.daily()
    assert room.told() == [("2021-03-05", [id_])]


def test_a_rule_with_other_options_or_made_again_soon_loses_nothing_of_the_time_before(room: Room) -> None:
    room.choose(days=(4,))
    room.at(0, 12)
    ids = room.record(DAILY_RULE, WEEKLY_RULE)
    room.at(2)
    room.follow(DAILY_RULE, "instant")
    room.store.unsubscribe("C1", WEEKLY_RULE, "U1", room.now)
    room.at(3)
    room.follow(WEEKLY_RULE, "daily")
    room.at(4)
    room.daily()
    assert room.told() == [("2021-03-05", ids)]


def test_digests_turned_off_for_a_while_lose_nothing(room: Room) -> None:
    room.at(0)
    room.daily()
    room.choose(digest="off")
    room.at(3, 7)
    ids = room.record(DAILY_RULE, WEEKLY_RULE)
    for day in range(3, 7):
        room.at(day)
        room.daily()
    room.choose(digest="weekly")
    room.at(7)
    room.daily()
    assert [(on, told) for on, told in room.told() if told] == [("2021-03-08", ids)]


def test_more_changes_than_are_asked_for_at_once_are_all_told(room: Room) -> None:
    room.at(0)
    room.daily()
    room.at(0, 12)
    ids = room.record(*[DAILY_RULE] * 2500)
    room.at(1)
    room.daily()
    assert room.told()[-1] == ("2021-03-02", ids)


# --- people change their minds ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rooms(empty_database: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(empty_database, f"{folder}/empty.db")
        yield Path(folder)


@contextmanager
def new_room(folder: Path) -> Iterator[Room]:
    shutil.copyfile(folder / "empty.db", folder / "room.db")
    with storage.open_store(f"sqlite:///{folder}/room.db") as store:
        made = Room(store)
        made.begin()
        yield made


DELIVERIES = st.sampled_from(["instant", "daily", "weekly", "weighty"])
SWITCHES = st.one_of(
    st.tuples(st.just("digest"), st.sampled_from(["daily", "weekly"])),
    st.tuples(
        st.just("days"), st.sampled_from([(0, 1, 2, 3, 4), (3, 0, 1, 2, 4, 5, 6), (0, 1, 2, 3, 4, 5, 6), (5, 6)])
    ),
    st.tuples(st.just("zone"), st.sampled_from(["Europe/London", "Pacific/Auckland", "America/New_York"])),
    st.tuples(st.sampled_from([DAILY_RULE, WEEKLY_RULE]), DELIVERIES),
)


@dataclass(frozen=True)
class Morrow:
    """What happens on one day: what is found before the digest's time, what is switched and when, whether secbot runs."""

    found: tuple[str, ...]
    switch: tuple[str, object] | None
    before: bool
    runs: tuple[int, ...]


DAYS = st.lists(
    st.builds(
        Morrow,
        st.lists(st.sampled_from(SUBJECTS), max_size=2).map(tuple),
        st.none() | SWITCHES,
        st.booleans(),
        st.sampled_from([(9,), (9,), (9, 9), (9, 20), (7, 9), (23,), ()]),
    ),
    min_size=4,
    max_size=18,
)


def live(room: Room, days: list[Morrow], first: int, each_day: Callable[[int], None] = lambda _: None) -> None:
    """Let days go by, the first of them so many after a Monday; in the end everything is on, and all is told."""
    for number, day in enumerate(days, first):
        room.at(number, 6)
        room.record(*day.found)
        each_day(number)
        room.at(number, 8 if day.before else 12)
        if day.switch and day.before:
            switch(room, *day.switch)
        for hour in day.runs:
            room.at(number, hour)
            room.daily()
        room.at(number, max((*day.runs, 12)) + 0.5)
        if day.switch and not day.before:
            switch(room, *day.switch)
    room.choose(digest="daily", days=(0, 1, 2, 3, 4, 5, 6), zone="")
    for number in range(first + len(days), first + len(days) + 10):
        room.at(number, 9)
        room.daily()


def switch(room: Room, what: str, how: object) -> None:
    if what.startswith("modification:"):
        room.follow(what, str(how))
    else:
        room.choose(**{what: how})


@settings(max_examples=examples(12))
@given(DAYS, st.integers(0, 6))
def test_whatever_is_switched_each_followed_change_is_told_once_and_no_date_has_two_digests(
    rooms: Path, days: list[Morrow], first: int
) -> None:
    with new_room(rooms) as room:
        live(room, days, first)
        sent = room.told()
        kept = room.store.changes()
    told = Counter(id_ for _, ids in sent for id_ in ids)
    followed = {one.id for one in kept if one.change.subject != NOBODY}
    assert set(told) == followed
    assert max(told.values(), default=1) == 1
    assert len({on for on, _ in sent}) == len(sent)


MUTED = st.sampled_from([DAILY_RULE, WEEKLY_RULE, f"rule:{DAILY_RULE}", "everything"])


@settings(max_examples=examples(12))
@given(st.dictionaries(st.integers(0, 12), st.tuples(MUTED, st.integers(1, 60)), max_size=6), DAYS)
def test_what_was_muted_when_it_was_found_is_in_no_digest(
    rooms: Path, mutes: dict[int, tuple[str, int]], days: list[Morrow]
) -> None:
    with new_room(rooms) as room:

        def mute(day: int) -> None:
            if day in mutes:
                room.mute(mutes[day][0], mutes[day][1] / 6)

        live(room, days, 0, mute)
        told = {id_ for _, ids in room.told() for id_ in ids}
        kept, held = room.store.changes(), room.store.mutes("C1")
    for one in kept:
        selectors = {one.change.subject, f"rule:{one.change.subject}", "everything"}
        silenced = any(mute.selector in selectors and mute.holds(one.found_at) for mute in held)
        assert not (silenced and one.id in told)


def test_what_is_followed_weekly_loses_nothing_of_the_week_in_which_its_channel_begins(room: Room) -> None:
    room.at(2)
    room.daily()
    room.at(3, 7)
    [id_] = room.record(WEEKLY_RULE)
    for day in range(3, 9):
        room.at(day)
        room.daily()
    assert [on for on, ids in room.told() if id_ in ids] == ["2021-03-08"]


def test_a_person_gets_a_digest_of_their_own(store: Store) -> None:
    room = Room(store)
    room.begin()
    store.subscribe(Subscription("U0ME", "everything", "U0ME", room.now, "daily"))
    store.keep_channel(Channel("U0ME", digest_at=time(7)), "U0ME", room.now)
    room.at(1, 7.25)
    room.daily()
    [leased] = store.lease(room.now, 9, 9)
    assert (leased.message.channel, leased.message.kind) == ("U0ME", "digest")
    assert leased.message.why == "you follow everything"
