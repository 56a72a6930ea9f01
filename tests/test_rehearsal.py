"""What a wish to follow would have sent, had it been kept a while ago."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from bot.domain import follow
from bot.domain.changes import Change, Told
from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription
from bot.domain.follow.wishes import Wish, wish
from bot.domain.vocabulary import Weight
from bot.pipeline import rehearsal
from bot.pipeline.poll import Audience
from bot.pipeline.rehearsal import Rehearsal, rehearse
from bot.pipeline.stage import Stage
from bot.ports import Outgoing, Poll, Store
from tests.conftest import SetClock
from tests.knowing import LONDON, RELEASE, listed, read
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source

NOW = datetime.fromisoformat("2021-11-05T09:00+00:00")
M, R = "modification:MP090", "release:2021-11"


def told(
    id_: str, days_ago: float, *about: str, kind: str = "decided", weight: Weight = Weight.WEIGHTY, known: str = ""
) -> Told:
    change = Change(kind, about[0], "status", "a", "b", weight, about)
    return Told(id_, change, RELEASE.name, RELEASE.url, NOW - timedelta(days=days_ago), known_from=known)


def keep(store: Store, *changes: Told, since: int = 365) -> None:
    read(store, RELEASE, NOW - timedelta(days=since), listed("MP090", "Alerts", "2021-11", "targeted"))
    read(store, RELEASE, NOW, listed("MP090", "Alerts", "2021-11", "approved"), told=changes)
    (watch,) = store.watches()
    store.record(Poll(replace(watch, baselined=True), NOW))


def rule(selector: str = M, **more: object) -> Subscription:
    return Subscription("C1", selector, "U1", NOW, **more)  # type: ignore[arg-type]


def test_it_counts_what_comes_at_once_and_what_waits_for_digests_by_the_week(store: Store) -> None:
    keep(
        store,
        told("a", 80, M, R),
        told("b", 10, M, R),
        told("c", 10, R, M),
        told("d", 3, M, weight=Weight.LIGHT),
        told("e", 2, "modification:MP091"),
    )
    found = rehearse(store, rule(), NOW, LONDON)
    assert (found.at_once, found.messages, found.in_digests, found.total) == (3, 2, 1, 4)
    assert found.a_week == pytest.approx(2 / (90 / 7))
    assert [(one.told.id, one.at_once) for one in found.newest] == [("d", False), ("c", True), ("b", True), ("a", True)]


def test_filters_and_delivery_hold_as_they_would_have(store: Store) -> None:
    keep(store, told("a", 9, M, R), told("b", 8, R, kind="scope_added"), told("c", 7, R, weight=Weight.NORMAL))
    every = [rule(R, but_not=(M,)), rule(R, only=("kind:scope",)), rule(R, least=3), rule(R, delivery="daily")]
    counts = [(one.at_once, one.in_digests) for one in (rehearse(store, [each], NOW, LONDON) for each in every)]
    assert counts == [(2, 0), (1, 0), (2, 0), (0, 3)]


def test_several_rules_of_one_wish_count_a_change_once(store: Store) -> None:
    keep(store, told("a", 9, M, R))
    assert rehearse(store, [rule(M, delivery="daily"), rule(R)], NOW, LONDON).total == 1
    assert rehearse(store, [rule(M, delivery="daily"), rule(R)], NOW, LONDON).at_once == 1


def test_what_was_no_news_or_is_older_is_not_counted_and_mutes_are_left_aside(store: Store) -> None:
    keep(store, told("a", 91, M), told("b", 5, M, known="papers"), told("c", 4, M))
    store.mute(Mute("C1", M, NOW + timedelta(days=1), "U1", NOW - timedelta(days=30)))
    assert [one.told.id for one in rehearse(store, rule(), NOW, LONDON).newest] == ["c"]


def test_a_bot_that_began_later_says_since_when_it_knows(store: Store) -> None:
    keep(store, told("a", 5, M), since=14)
    found = rehearse(store, rule(), NOW, LONDON)
    assert (found.days, found.since) == (14, NOW - timedelta(days=14))
    assert found.a_week == pytest.approx(0.5)


def test_a_bot_that_began_today_speaks_of_a_day_not_of_none(store: Store) -> None:
    keep(store, since=0)
    assert rehearse(store, rule(), NOW, LONDON).days == 1


def test_of_very_many_changes_the_newest_are_looked_at_and_it_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "MOST", 3)
    keep(store, *(told(f"{n}", 50 - n * 10, M) for n in range(5)))
    found = rehearse(store, rule(follow.EVERYTHING), NOW, LONDON)
    assert (found.cut, found.total, found.days) == (True, 3, 30)


@pytest.mark.parametrize(
    ("followed", "about", "brought"),
    [
        ("MP124", "DP124", 1),
        ("DP124", "MP124", 1),
        ("MP128", "MP128A", 1),
        ("MP128A", "MP128", 0),
        ("MP067", "SECMP0067", 1),
    ],
)
def test_a_modification_is_rehearsed_under_all_its_names(store: Store, followed: str, about: str, brought: int) -> None:
    keep(store, told("a", 5, f"modification:{about}"))
    assert rehearse(store, rule(f"modification:{followed}"), NOW, LONDON).total == brought


@pytest.mark.parametrize(
    "selector", [R, "part:Appendix AD", "impact:DUIS", "version:50.0", "kind:decisions", "everything"]
)
def test_whatever_can_be_followed_can_be_rehearsed(store: Store, selector: str) -> None:
    keep(
        store,
        told("a", 5, M, R, "part:Appendix AD", "impact:DUIS", "version:50.0"),
        told("b", 4, "x:y", kind="reworded"),
    )
    assert "a" in [one.told.id for one in rehearse(store, rule(selector), NOW, LONDON).newest]


def test_nothing_is_kept(store: Store) -> None:
    keep(store, told("a", 5, M))
    rehearse(store, rule(), NOW, LONDON)
    assert (store.subscriptions(), store.deeds()) == ([], [])


# --- against what was really sent -------------------------------------------------------------------------------------

BEGIN = datetime(2021, 9, 27, 9, tzinfo=UTC)
URL = release_source().url
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = (time(6), time(7, 30), time(15))
"""When quiet ends and digests are due, in UTC."""

GO_LIVES = ("4 November 2021", "29 November 2021", "11 November 2021", "20 October 2021")
STATUSES = ("Targeted", "Approved", "Rejected")
RULES = (
    "everything",
    "everything, all",
    "november 2021",
    "november 2021, flat",
    "november 2021 except go-live",
    "november 2021, weighty only",
    "november 2021, daily",
    "everything, weekly",
    "decisions",
    "go-live",
    "MP077 and MP129 and november 2021",
    "MP090 and decisions, daily",
)
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"digest": "off"},
    {"digest": "weekly"},
    {"days": (0, 1, 2, 3, 4), "digest_at": time(16)},
    {"quiet_from": time(19), "quiet_until": time(7), "weighty_passes": False},
    {"quiet_days": (5, 6)},
)
Said = tuple[str, dict[str, str]]
"""What a page says: when the release goes live, and the status of each modification in it."""


A: Said = (GO_LIVES[0], {id_: status for id_, _, status in ROWS})
B: Said = (GO_LIVES[1], A[1])
MANY: Said = (GO_LIVES[1], dict.fromkeys(A[1], "Implemented"))


def page(said: Said, nonce: object) -> str:
    rows = [(id_, title, said[1][id_]) for id_, title, _ in ROWS if id_ in said[1]]
    return release_page(rows, go_live=said[0], nonce=str(nonce))


def turned(chance: Random, said: Said) -> Said:
    """Another go-live, another status, a row that is lost or put back; several of these at once."""
    go_live, rows = said[0], dict(said[1])
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        what, id_ = chance.random(), chance.choice(ROWS)[0]
        if what < 0.4:
            go_live = chance.choice(GO_LIVES)
        elif what < 0.85 or id_ not in rows:
            rows[id_] = chance.choice(STATUSES)
        elif len(rows) > 3:
            del rows[id_]
    return go_live, rows


def history(chance: Random, days: int) -> dict[datetime, Said]:
    """What a page says from when on: it rests, turns, and goes to and fro between what it said before."""
    said, at, turns = [A], BEGIN, 0
    found = {BEGIN: A}
    while at < BEGIN + days * DAY:
        at += HOUR * (chance.choice((1, 2, 5, 9)) if turns else chance.choice((1, 6, 20, 30, 50)))
        turns = turns - 1 if turns else chance.choice((0, 0, 1, 1, 2, 4, 6))
        back = len(said) > 1 and chance.random() < 0.8
        said.append(said[-2] if back else turned(chance, said[-1]))
        found[at] = said[-1]
    return found


def live(world: World, clock: SetClock, shown: dict[datetime, Said]) -> None:
    """Read, look for what is daily, and send, whenever any of it may find something."""
    last = max(shown) + 2 * DAY
    often = {datetime.combine(BEGIN + n * DAY, at, UTC) for n in range((last - BEGIN).days + 1) for at in TIMES}
    for at in sorted({*often, *shown, *(at + DAY for at in shown)}):
        if BEGIN <= at <= last:
            clock.now = at
            world.web.pages[URL] = page(shown[max(one for one in shown if one <= at)], at)
            world.poll()
            world.daily()
            world.deliverer()


def changes_of(sent: list[Outgoing], kind: str) -> set[str]:
    return {id_ for one in sent if one.kind == kind for id_ in one.payload["changes"]}


def counted(sent: list[Outgoing]) -> dict[str, int]:
    """How much was sent, in the words of a rehearsal."""
    digests = [one.payload for one in sent if one.kind == "digest" and not one.payload["quiet"]]
    told = {id_ for one in digests for group in one["groups"] for id_ in group["changes"]}
    reverted = sum(one.kind == "reverted" for one in sent)
    return {
        "at_once": len(changes_of(sent, "alert")),
        "messages": sum(one.kind == "alert" for one in sent) + reverted,
        "reverted": reverted,
        "in_digests": len(told - changes_of(sent, "alert") - changes_of(sent, "reverted")),
        "digests": len(digests),
        "countdowns": sum(one.kind == "countdown" for one in sent),
    }


def lived(store: Store, typed: str, shown: dict[datetime, Said], **settings: Any) -> tuple[dict[str, int], Rehearsal]:
    """What a rule really brought while a page said this and that, and what a dry run says of the same time."""
    clock = SetClock(BEGIN)
    world = World(store, clock, FakeWeb(clock), FakeSlack(), Audience())
    store.keep_channel(replace(Channel("C1"), **settings), "U1", BEGIN)
    world.watch(release_source())
    world.web.pages[URL] = page(shown[BEGIN], "")
    world.poll()
    wished, _ = wish(typed)
    assert isinstance(wished, Wish)
    rules = wished.rules("C1", "U1", BEGIN)
    for rule in rules:
        store.subscribe(rule)
    live(world, clock, shown)
    return counted([one.message for one in store.entries(("sent",), 1000)]), rehearse(store, rules, clock(), LONDON)


def said(found: Rehearsal) -> dict[str, int]:
    """What a rehearsal says, as far as it can be counted."""
    return {name: getattr(found, name) for name in counted([])}


def hourly(*says: Said) -> dict[datetime, Said]:
    return {BEGIN + n * HOUR: one for n, one in enumerate(says)}


@pytest.mark.parametrize("seed", range(10))
def test_a_dry_run_says_what_polling_and_delivery_really_sent(seed: int, store: Store) -> None:
    chance = Random(seed)
    shown, typed = history(chance, days=8), chance.choice(RULES)
    really, found = lived(store, typed, shown, **SETTINGS[seed % len(SETTINGS)])
    assert said(found) == really


@pytest.mark.parametrize(
    ("typed", "says", "messages", "at_once", "reverted", "in_digests"),
    [
        ("everything", (A, B, A), 2, 1, 1, 0),
        ("everything", (A, B) * 5 + (A,), 4, 3, 1, 0),  # the last says where it rests
        ("MP077 and MP129 and MP090 and november 2021", (A, MANY), 4, 5, 0, 0),
        ("november 2021, daily", (A, B, A), 0, 0, 0, 0),
        ("november 2021, daily", (A, B), 0, 0, 0, 1),
    ],
)
def test_it_groups_takes_back_and_nets_as_messages_do(
    store: Store, typed: str, says: Sequence[Said], messages: int, at_once: int, reverted: int, in_digests: int
) -> None:
    really, found = lived(store, typed, hourly(*says))
    expected = (messages, at_once, reverted, in_digests)
    assert (found.messages, found.at_once, found.reverted, found.in_digests) == expected
    assert said(found) == really


def test_a_channel_whose_digest_is_off_would_have_heard_of_nothing_that_waits_for_it(store: Store) -> None:
    _, found = lived(store, "november 2021, daily", hourly(A, B), digest="off")
    assert (found.total, found.digests, found.newest) == (0, 0, ())


def test_it_counts_the_countdowns_to_dates_even_where_nothing_changed(store: Store) -> None:
    really, found = lived(store, "november 2021", {BEGIN: A, datetime(2021, 11, 5, 9, tzinfo=UTC): A})
    assert (found.total, found.countdowns, really["countdowns"]) == (0, 5, 5)


def test_what_was_told_and_taken_back_is_listed_as_that(store: Store) -> None:
    _, found = lived(store, "everything", hourly(A, B, A))
    assert [(one.at_once, one.taken_back) for one in found.newest] == [(True, True)]


def test_what_the_stage_is_asked_for_it_takes_as_a_store_does() -> None:
    methods = {name: one for name, one in vars(Stage).items() if inspect.isfunction(one) and not name.startswith("_")}
    shared = {name: inspect.signature(one).parameters.keys() for name, one in methods.items() if hasattr(Store, name)}
    assert shared == {name: inspect.signature(getattr(Store, name)).parameters.keys() for name in shared}
    assert {"changes", "statements", "tellings", "card"} <= shared.keys()
