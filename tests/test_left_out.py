"""Exceptions and mutes: what they are said of is left out, and nothing that is of something else besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import follow
from bot.domain.changes import Change
from bot.domain.follow import EVERYTHING, Mute, Subscription
from bot.domain.vocabulary import Weight
from bot.pipeline.poll import Audience
from bot.ports import Store
from tests.conftest import SetClock
from tests.saying import NOON, found, page, scope
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page, release_source

R, M, V = "release:2021-11", "modification:MP090", "version:50.0"
URL = release_source().url
MP138 = ("MP138", "DCC Service Testing", "Targeted")


def world(store: Store, clock: SetClock, selector: str, but_not: tuple[str, ...], muted: tuple[str, ...]) -> World:
    """A channel that follows something, and a page that was read once."""
    made = World(store, clock, FakeWeb(clock), FakeSlack(), Audience("", ""))
    made.watch(release_source())
    made.web.pages[URL] = release_page(ROWS)
    made.poll_and_deliver()
    store.subscribe(Subscription("C1", selector, "U1", clock(), but_not=but_not))
    for one in muted:
        store.mute(Mute("C1", one, clock() + timedelta(days=7), "U1", clock()))
    clock.now += timedelta(hours=1)
    return made


ONE = "modification:MP129"


@pytest.mark.parametrize(
    ("selector", "but_not", "muted"),
    [
        (EVERYTHING, (ONE,), ()),
        (R, (ONE,), ()),
        (EVERYTHING, (), (ONE,)),
        (R, (), (ONE,)),
        (R, ("modification:MP077", "modification:MP090"), ("modification:MP105", ONE)),
    ],
)
def test_a_go_live_that_moves_is_told_though_modifications_of_the_release_are_left_out(
    store: Store, clock: SetClock, selector: str, but_not: tuple[str, ...], muted: tuple[str, ...]
) -> None:
    here = world(store, clock, selector, but_not, muted)
    here.web.pages[URL] = release_page(ROWS, go_live="29 November 2021")
    assert [text.partition(":")[2].strip() for text in here.poll_and_deliver()] == [
        "go-live moves from 4 November 2021 to 29 November 2021"
    ]
    clock.now += timedelta(hours=23)
    here.daily()
    here.deliverer()
    assert "29 November 2021" in here.slack.texts("digest:")[0]


@pytest.mark.parametrize(
    ("but_not", "muted"), [((R,), ()), ((), (R,)), (("kind:go-live",), ()), ((), ("kind:go-live",))]
)
def test_a_go_live_that_moves_is_not_told_where_its_release_or_go_lives_are_left_out(
    store: Store, clock: SetClock, but_not: tuple[str, ...], muted: tuple[str, ...]
) -> None:
    here = world(store, clock, EVERYTHING, but_not, muted)
    here.web.pages[URL] = release_page(ROWS, go_live="29 November 2021")
    assert here.poll_and_deliver() == []


@pytest.mark.parametrize(("selector", "muted"), [(ONE, ONE), ("modification:MP129A", ONE), ("part:Appendix AD",) * 2])
def test_a_mute_of_all_that_a_rule_follows_silences_the_whole_rule(selector: str, muted: str) -> None:
    change = Change("go_live_moved", R, "go_live", None, "x", Weight.WEIGHTY, (R, f"{ONE}A", ONE, "part:Appendix AD"))
    rule, mute = Subscription("C1", selector, "U1", NOON), Mute("C1", muted, NOON + timedelta(days=1), "U1", NOON)
    assert follow.matches(rule, change)
    assert follow.silences([mute], rule, change, NOON)
    assert not follow.silences([mute], replace(rule, selector=R), change, NOON)


@pytest.mark.parametrize("muted", [("modification:MP138",), ("modification:DP138",)])
def test_a_message_of_several_changes_leaves_out_what_is_muted_and_tells_the_rest(
    store: Store, clock: SetClock, muted: tuple[str, ...]
) -> None:
    here = world(store, clock, R, (), muted)
    here.web.pages[URL] = release_page([*ROWS, MP138], go_live="29 November 2021")
    assert len(here.poll_and_deliver()) == 1
    _, message, _ = here.slack.sent[-1]
    assert "29 November 2021" in str(message.blocks)
    assert "comes into" not in str(message.blocks)


# --- what each kind of change is of ----------------------------------------------------------------------------------


def told(change: Change, *but_not: str) -> bool:
    """Whether a change comes to who follows everything but that, and to who follows everything and muted that."""
    rule = Subscription("C1", EVERYTHING, "U1", NOON)
    mutes = [Mute("C1", one, NOON + timedelta(days=1), "U1", NOON) for one in but_not]
    comes = follow.matches(replace(rule, but_not=but_not), change)
    assert follow.silences(mutes, rule, change, NOON) is not comes
    return comes


def test_a_version_is_told_though_what_it_implements_or_affects_is_left_out() -> None:
    facts = (
        *((V, "effective_on", "2021-11-04"), (V, "implements", "MP090")),
        *((V, "implements", "MP105"), (V, "affects_part", "Appendix AD")),
    )
    (change,) = found((), page(*facts), about="")
    assert change.kind == "version_published"
    assert told(change, M, "modification:MP105", "part:Appendix AD", "impact:DUIS")
    assert not told(change, V)
    assert not told(change, "kind:versions")


def test_what_a_version_implements_as_well_is_left_out_with_just_that() -> None:
    before = page((V, "effective_on", "2021-11-04"), (V, "implements", "MP105"))
    (change,) = found(before, (*before, *page((V, "implements", "MP090"))), about="")
    assert (change.kind, change.about) == ("version_amended", (V, M))
    assert not told(change, M)
    assert told(change, "modification:MP105")


def test_what_comes_into_a_scope_is_left_out_with_the_modification_as_well_as_with_the_release() -> None:
    (change,) = found(scope("2021-11", "MP077"), scope("2021-11", "MP077", "MP090"))
    assert not told(change, M)
    assert not told(change, R)
    assert told(replace(change, about=(*change.about, "impact:DUIS")), "modification:MP077", "impact:GBCS")


def test_a_scope_that_is_baselined_is_the_release_s_even_where_it_holds_one_modification() -> None:
    before = scope("2021-11", "MP090")
    (change,) = found(before, (*before, *page((R, "baselined_on", "2021-05-14"))))
    assert M in change.about
    assert told(change, M)


def test_a_move_is_told_while_one_of_its_releases_is_left() -> None:
    before = (*scope("2021-11", "MP077", "MP090"), *scope("2022-11", "MP200"))
    after = (*scope("2021-11", "MP077"), *scope("2022-11", "MP200", "MP090"))
    (change,) = found(before, after)
    assert told(change, R)
    assert not told(change, R, "release:2022-11")
    assert not told(change, M)


def test_a_split_is_told_while_one_of_its_modifications_is_left() -> None:
    (change,) = found(scope("2021-11", "MP077", "MP128"), scope("2021-11", "MP077", "MP128A", "MP128B"))
    assert told(change, "modification:MP128A")
    assert not told(change, "modification:MP128")


def test_a_document_is_left_out_with_its_part() -> None:
    document = "document:2021-11/Schedule 8"
    before = page((R, "document", "Schedule 8"), (document, "draft", "4"))
    (revised,) = found(before, page((R, "document", "Schedule 8"), (document, "draft", "5")))
    (dropped,) = found((*scope("2021-11", "MP077"), *before), scope("2021-11", "MP077"))
    assert not told(revised, "part:Schedule 8")
    assert not told(dropped, "part:Schedule 8")
    assert told(revised, "part:Schedule 9")


def test_what_affects_a_system_is_left_out_with_it() -> None:
    (change,) = found(page((M, "status", "targeted")), page((M, "status", "approved")))
    assert not told(replace(change, about=(M, R, "impact:DUIS", "impact:GBCS")), "impact:DUIS")
