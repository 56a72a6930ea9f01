"""Rules of following as properties: what is muted or left out is never sent, what is not is never dropped.

`names` tells anew, in another way than the code does, by which selectors a change can be followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import follow
from bot.domain.changes import Change, Told
from bot.domain.follow import EVERYTHING, TOPICS, Following, Mute, Subscription
from bot.domain.vocabulary import Weight

BEGIN = datetime(2021, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ABOUT = (
    *("modification:MP124", "modification:DP124", "modification:MP128", "modification:MP128A", "modification:MP128B"),
    *("modification:MP012", "release:2021-11", "release:2022-06", "part:Appendix AD", "impact:DUIS", "version:50.0"),
)
KINDS = ("scope_added", "scope_removed", "decided", "vote_set", "go_live_moved", "specification_revised", "reworded")
SELECTORS = (EVERYTHING, *ABOUT, "kind:decided", "kind:scope", "kind:decisions", "kind:votes", "kind:specifications")


def names(change: Change) -> set[str]:
    """All selectors of `SELECTORS` that a change is followed by."""
    return kinds(change) | {name for subject in change.about for name in called(subject)}


def kinds(change: Change) -> set[str]:
    """Those that select it whatever it is about."""
    topics = {f"kind:{topic}" for topic, (_, members) in TOPICS.items() if change.kind in members}
    return {EVERYTHING, f"kind:{change.kind}", *topics}


def called(subject: str) -> set[str]:
    """Those that name a subject."""
    if match := re.fullmatch(r"modification:[MD]P(\d+)([A-D]?)", subject):
        return {f"modification:{series}{match[1]}{end}" for series in ("MP", "DP") for end in ("", match[2])}
    return {subject}


def left_out(selectors: set[str], change: Change) -> bool:
    """Whether exceptions or mutes take a change: its kind; what it is of; a modification that comes into a release or
    version; all the modifications, or all the releases, that another thing concerns; a part or system that it affects.
    """
    of = [change.subject, *([f"modification:{change.after}"] if change.attribute in ("in_scope", "implements") else [])]
    if selectors & kinds(change) or any(selectors & called(one) for one in of):
        return True
    if change.subject in ("release:2021-11", "release:2022-06", "version:50.0"):
        return False
    modifications = [called(one) for one in change.about if "modification" in one]
    releases = [{one} for one in change.about if "release" in one]
    wholly = any(group and all(selectors & names for names in group) for group in (modifications, releases))
    return wholly or bool(selectors & {one for one in change.about if one in ("part:Appendix AD", "impact:DUIS")})


@st.composite
def changes(draw: st.DrawFn) -> Told:
    about = tuple(draw(st.lists(st.sampled_from(ABOUT), min_size=1, max_size=3, unique=True)))
    kind, weight = draw(st.sampled_from(KINDS)), draw(st.sampled_from(list(Weight)))
    attributes = {"release": ("go_live", "in_scope"), "version": ("effective_on", "implements")}
    attribute = draw(st.sampled_from(attributes.get(about[0].partition(":")[0], ("status",))))
    after = draw(st.sampled_from(["MP124", "MP128A"])) if attribute in ("in_scope", "implements") else "x"
    about = about if after == "x" else tuple(dict.fromkeys((*about, f"modification:{after}")))
    change = Change(kind, about[0], attribute, None, after, weight, about)
    found_at = BEGIN + draw(st.integers(0, 20)) * HOUR
    return Told(draw(st.uuids()).hex, change, "page", "https://sec.example/", found_at)


FILTERS = st.lists(st.sampled_from(SELECTORS[1:]), max_size=2, unique=True).map(tuple)
RULES = st.builds(
    Subscription,
    st.sampled_from(["C1", "C2", "U1"]),
    st.sampled_from(SELECTORS),
    st.just("U1"),
    st.just(BEGIN),
    st.sampled_from(follow.DELIVERIES),
    FILTERS,
    FILTERS,
    st.sampled_from([0, *Weight]),
    st.sampled_from(["", *follow.LAYOUTS]),
)
MUTES = st.builds(
    lambda channel, selector, of_rule, begin, hours: Mute(
        channel, f"rule:{selector}" if of_rule else selector, BEGIN + (begin + hours) * HOUR, "U1", BEGIN + begin * HOUR
    ),
    st.sampled_from(["C1", "C2", "U1"]),
    st.sampled_from(SELECTORS),
    st.booleans(),
    st.integers(0, 20),
    st.integers(0, 10),
)
SEVERAL_RULES = st.lists(RULES, max_size=5, unique_by=lambda rule: (rule.channel, rule.selector)).map(tuple)
SEVERAL_MUTES = st.lists(MUTES, max_size=4).map(tuple)
NOWS = st.integers(0, 30).map(lambda hours: BEGIN + hours * HOUR)


def wanted(rule: Subscription, told: Told) -> bool:
    by = names(told.change)
    let_through = not rule.only or by & set(rule.only)
    return bool(
        rule.selector in by
        and let_through
        and not left_out(set(rule.but_not), told.change)
        and told.change.weight >= (rule.least or 0)
    )


def silent(mutes: Sequence[Mute], rule: Subscription, told: Told, now: datetime) -> bool:
    for at in (told.found_at, now):
        muted = {one.selector for one in mutes if one.channel == rule.channel and one.made_at <= at < one.until}
        if muted & {f"rule:{rule.selector}", *called(rule.selector)} or left_out(muted, told.change):
            return True
    return False


OF_A_RELEASE = Change(
    "go_live_moved", ABOUT[6], "go_live", None, "x", Weight.WEIGHTY, (ABOUT[6], ABOUT[0], ABOUT[8], ABOUT[9])
)
MOVED = Told("a", OF_A_RELEASE, "page", "", BEGIN)
ALL_BUT = Subscription("C1", EVERYTHING, "U1", BEGIN, but_not=(ABOUT[0], ABOUT[8], ABOUT[9]))


@example(MOVED, (ALL_BUT,), (), BEGIN)
@example(MOVED, (replace(ALL_BUT, but_not=()),), (Mute("C1", ABOUT[1], BEGIN + HOUR, "U1", BEGIN),), BEGIN)
@example(
    MOVED, (replace(ALL_BUT, selector=ABOUT[0], but_not=()),), (Mute("C1", ABOUT[1], BEGIN + HOUR, "U1", BEGIN),), BEGIN
)
@given(changes(), SEVERAL_RULES, SEVERAL_MUTES, NOWS)
def test_what_is_muted_or_left_out_is_never_sent_and_what_is_not_is_never_dropped(
    told: Told, rules: tuple[Subscription, ...], mutes: tuple[Mute, ...], now: datetime
) -> None:
    expected = [rule for rule in rules if wanted(rule, told) and not silent(mutes, rule, told, now)]
    assert Following(rules, mutes).bringing(told, now) == expected


@given(st.lists(changes(), max_size=5, unique_by=lambda one: one.id), SEVERAL_RULES, SEVERAL_MUTES, NOWS)
def test_at_once_comes_what_a_rule_brings_and_wants_at_once_each_change_once_a_channel(
    told: list[Told], rules: tuple[Subscription, ...], mutes: tuple[Mute, ...], now: datetime
) -> None:
    def soon(rule: Subscription, one: Told) -> bool:
        least = {"instant": rule.least or Weight.NORMAL, "weighty": Weight.WEIGHTY}.get(rule.delivery, 99)
        return one.change.weight >= least and wanted(rule, one) and not silent(mutes, rule, one, now)

    expected = {
        channel: [one for one in told if any(rule.channel == channel and soon(rule, one) for rule in rules)]
        for channel in ("C1", "C2", "U1")
    }
    routed = follow.route(told, Following(rules, mutes), now)
    assert {one.channel: sorted(one.told, key=told.index) for one in routed} == {c: t for c, t in expected.items() if t}
    for one in routed:
        assert all(rule.channel == one.channel and any(soon(rule, t) for t in one.told) for rule in one.rules)


@given(changes(), SEVERAL_RULES, NOWS)
def test_what_another_source_had_said_is_never_sent(told: Told, rules: tuple[Subscription, ...], now: datetime) -> None:
    assert Following(rules).bringing(replace(told, known_from="papers"), now) == []


@given(changes(), SEVERAL_RULES, NOWS)
def test_a_mute_of_a_rule_silences_exactly_that_rule(
    told: Told, rules: tuple[Subscription, ...], now: datetime
) -> None:
    open_ = Following(rules).bringing(told, now)
    for rule in rules:
        mute = Mute(rule.channel, f"rule:{rule.selector}", BEGIN + 90 * HOUR, "U1", BEGIN)
        assert Following(rules, (mute,)).bringing(told, now) == [one for one in open_ if one != rule]


@given(changes(), SEVERAL_RULES, SEVERAL_MUTES, NOWS)
def test_of_one_channel_are_all_its_rules_and_nothing_of_the_others(
    told: Told, rules: tuple[Subscription, ...], mutes: tuple[Mute, ...], now: datetime
) -> None:
    every = Following(rules, mutes)
    for channel in ("C1", "C2", "U1"):
        mine = [one for one in every.bringing(told, now) if one.channel == channel]
        assert every.of(channel).bringing(told, now) == mine


# --- the edges of a mute ---------------------------------------------------------------------------------------------

INSTANT = timedelta(microseconds=1)
A_DAY = timedelta(days=1)
NEXT = BEGIN + A_DAY
EDGES = (BEGIN - INSTANT, BEGIN, NEXT - INSTANT, NEXT)


@pytest.mark.parametrize("found_at", EDGES)
@pytest.mark.parametrize("now", EDGES)
def test_a_mute_holds_from_its_first_moment_until_just_before_its_end_for_the_finding_and_for_the_telling(
    found_at: datetime, now: datetime
) -> None:
    change = Change("decided", "modification:MP090", "status", None, "x", Weight.WEIGHTY, ("modification:MP090",))
    told = Told("a", change, "page", "", found_at)
    rule = Subscription("C1", "modification:MP090", "U1", BEGIN)
    following = Following((rule,), (Mute("C1", "modification:MP090", NEXT, "U1", BEGIN),))
    inside = {BEGIN, NEXT - INSTANT}
    assert (following.bringing(told, now) == []) is (found_at in inside or now in inside)


@pytest.mark.parametrize(
    ("followed", "about", "brought"),
    [("MP124", "DP124", True), ("DP124", "MP124", True), ("MP128", "MP128A", True), ("MP128A", "MP128", False)],
)
def test_a_modification_is_followed_muted_and_left_out_under_all_its_names(
    followed: str, about: str, *, brought: bool
) -> None:
    change = Change("decided", f"modification:{about}", "status", None, "x", Weight.WEIGHTY, (f"modification:{about}",))
    told = Told("a", change, "page", "", BEGIN)
    named, everything = f"modification:{followed}", Subscription("C1", EVERYTHING, "U1", BEGIN)
    muted = Following((everything,), (Mute("C1", named, NEXT, "U1", BEGIN),))
    assert bool(Following((replace(everything, selector=named),)).bringing(told, BEGIN)) is brought
    assert bool(Following((replace(everything, but_not=(named,)),)).bringing(told, BEGIN)) is not brought
    assert bool(muted.bringing(told, BEGIN)) is not brought


# --- dates ahead -----------------------------------------------------------------------------------------------------


@example("modification:MP124", ("modification:DP124",), (), ())
@given(
    st.sampled_from(SELECTORS), st.lists(st.sampled_from(ABOUT), min_size=1, max_size=2).map(tuple), FILTERS, FILTERS
)
def test_a_date_ahead_is_told_by_what_follows_its_subject_unless_left_out_or_muted(
    selector: str, about: tuple[str, ...], only: tuple[str, ...], but_not: tuple[str, ...]
) -> None:
    date = Change("", about[0], "", None, None, Weight.NORMAL, about)
    by = names(date)
    rule = Subscription("C1", selector, "U1", BEGIN, only=only, but_not=but_not)
    told = follow.follows(about, Following((rule,)), BEGIN)
    assert bool(told) is (selector in by and not left_out(set(but_not), date) and (not only or bool(by & set(only))))
    for muted in (f"rule:{selector}", about[0], EVERYTHING):
        assert follow.follows(about, Following((rule,), (Mute("C1", muted, NEXT, "U1", BEGIN),)), BEGIN) == []
        assert follow.follows(about, Following((rule,), (Mute("C2", muted, NEXT, "U1", BEGIN),)), BEGIN) == told
