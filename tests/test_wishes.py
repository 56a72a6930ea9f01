"""What people type after "subscribe": understood whole, or said to be not understood."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import identifiers, impacts
from bot.domain.changes import kinds
from bot.domain.follow import EVERYTHING, TOPICS, Subscription, wishes
from bot.domain.follow.groups import Misunderstood
from bot.domain.follow.wishes import Wanted, Wish
from bot.domain.vocabulary import Weight
from tests.pace import takes_at_most

NOON = datetime(2021, 11, 5, 12, tzinfo=UTC)
M, N, R = "modification:MP090", "modification:MP102A", "release:2021-11"
AD, DUIS, GBCS = "part:Appendix AD", "impact:DUIS", "impact:GBCS"
DECISIONS, SPECS, SCOPE, VOTES = "kind:decisions", "kind:specifications", "kind:scope", "kind:votes"
WEIGHTY, LIGHT, NORMAL = Weight.WEIGHTY, Weight.LIGHT, Weight.NORMAL


def wish(*wanted: str | Wanted, delivery: str = "instant", least: int = 0, layout: str = "") -> Wish:
    return Wish(tuple(Wanted(one) if isinstance(one, str) else one for one in wanted), delivery, least, layout)


def only(selector: str, *topics: str) -> Wanted:
    return Wanted(selector, only=topics)


def but(selector: str, *others: str) -> Wanted:
    return Wanted(selector, but_not=others)


UNDERSTOOD = [
    # one thing
    ("MP090", wish(M)),
    ("mp-90", wish(M)),
    ("90", wish(M)),
    ("to MP090 please", wish(M)),
    ("november 2021 except scope removals", wish(but(R, "kind:scope_removed"))),
    ("impact DUIS, but not drafts", wish(but(DUIS, "kind:drafts"))),
    ("this channel to november 2021", wish(R)),
    ("the November 2021 SEC Release", wish(R)),
    ("modification MP090", wish(M)),
    ("modification:MP090", wish(M)),
    ("everything", wish(EVERYTHING)),
    ("ALL", wish(EVERYTHING)),
    ("everything about MP090", wish(M)),
    ("all changes to november 2021", wish(R)),
    ("only MP090", wish(M)),
    ("DUIS", wish(AD)),
    ("impact DUIS", wish(DUIS)),
    ("DUIS impact", wish(DUIS)),
    ("what affects GBCS", wish(GBCS)),
    ("impact HAN", wish("impact:HAN")),
    ("decisions", wish(DECISIONS)),
    ("all decisions", wish(DECISIONS)),
    ("v50.0", wish("version:50.0")),
    # several things
    ("MP090, MP102A and november 2021", wish(M, N, R)),
    ("MP090 & MP102A", wish(M, N)),
    ("mp90 mp102a", wish(M, N)),
    ("MP090/MP102A", wish(M, N)),
    ("MP090 and MP102A only", wish(M, N)),
    ("MP090, MP090", wish(M)),
    ("Appendix AD and AF", wish(AD, "part:Appendix AF")),
    ("Schedule 8 and 9", wish("part:Schedule 8", "part:Schedule 9")),
    ("june and november 2021", wish("release:2021-06", R)),
    ("impact DUIS and GBCS", wish(DUIS, GBCS)),
    ("DUIS and GBCS impacts, weekly", wish(DUIS, GBCS, delivery="weekly")),
    ("scope, votes", wish(SCOPE, VOTES)),
    ("MP090 but also MP102A", wish(M, N)),
    ("MP090 except votes but also MP102A", wish(but(M, VOTES), but(N, VOTES))),
    ("MP090 but MP102A", wish(but(M, N))),
    ("MP090 to MP092", wish(M, "modification:MP091", "modification:MP092")),
    ("MP090-MP091", wish(M, "modification:MP091")),
    ("MP090 – MP091, weekly", wish(M, "modification:MP091", delivery="weekly")),
    ("everything except DP101 to DP102", wish(but(EVERYTHING, "modification:DP101", "modification:DP102"))),
    ("MP090 -MP102A", wish(but(M, N))),
    # what is let through
    ("DUIS impact only decisions", wish(only(DUIS, DECISIONS))),
    ("MP090 only decisions and votes", wish(only(M, DECISIONS, VOTES))),
    ("november 2021, decisions only", wish(only(R, DECISIONS))),
    ("only decisions, november 2021", wish(only(R, DECISIONS))),
    ("MP090 decisions", wish(only(M, DECISIONS))),
    ("november 2021 scope", wish(only(R, SCOPE))),
    ("scope of november 2021", wish(only(R, SCOPE))),
    ("decisions on MP090 and MP102A", wish(only(M, DECISIONS), only(N, DECISIONS))),
    ("decisions and votes on MP090", wish(only(M, DECISIONS, VOTES))),
    ("MP090 decisions and november 2021", wish(only(M, DECISIONS), R)),
    ("november 2021 but only scope", wish(only(R, SCOPE))),
    ("everything just votes", wish(only(EVERYTHING, VOTES))),
    # what is left out
    ("everything except MP090 and documents", wish(but(EVERYTHING, M, SPECS))),
    ("everything but documents", wish(but(EVERYTHING, SPECS))),
    ("everything -documents -votes", wish(but(EVERYTHING, SPECS, VOTES))),
    ("everything other than votes", wish(but(EVERYTHING, VOTES))),
    ("everything, not MP090 or MP102A", wish(but(EVERYTHING, M, N))),
    ("everything without november 2021", wish(but(EVERYTHING, R))),
    ("everything except for what affects DUIS", wish(but(EVERYTHING, DUIS))),
    ("except MP090: everything", wish(but(EVERYTHING, M))),
    ("MP090 and MP102A except votes", wish(but(M, VOTES), but(N, VOTES))),
    ("november 2021 only decisions except MP090", wish(Wanted(R, (DECISIONS,), (M,)))),
    ("november 2021 except MP090 only decisions", wish(Wanted(R, (DECISIONS,), (M,)))),
    ("nov 2021 but not specifications, daily", wish(but(R, SPECS), delivery="daily")),
    # weight
    ("everything, weighty only", wish(EVERYTHING, least=WEIGHTY)),
    ("only weighty changes of november 2021", wish(R, least=WEIGHTY)),
    ("MP090 important only", wish(M, least=WEIGHTY)),
    ("MP090 light", wish(M, least=LIGHT)),
    ("MP090 with light changes too", wish(M, least=LIGHT)),
    ("MP090 all", wish(M, least=LIGHT)),
    ("MP090, nothing light", wish(M, least=NORMAL)),
    # when
    ("MP090 daily", wish(M, delivery="daily")),
    ("daily MP090", wish(M, delivery="daily")),
    ("MP090, daily only", wish(M, delivery="daily")),
    ("MP090 in the daily digest only", wish(M, delivery="daily")),
    ("MP090 digest only", wish(M, delivery="daily")),
    ("MP090 every week", wish(M, delivery="weekly")),
    ("MP090 at once", wish(M)),
    ("MP090, instantly", wish(M)),
    ("everything weighty at once", wish(EVERYTHING, delivery="weighty")),
    ("weighty at once, everything, the rest daily", wish(EVERYTHING, delivery="weighty")),
    ("everything, important ones immediately and the rest in the digest", wish(EVERYTHING, delivery="weighty")),
    ("everything only weighty in the digest", wish(EVERYTHING, delivery="daily", least=WEIGHTY)),
    # where
    ("flat MP090", wish(M, layout="flat")),
    ("MP090 without threads", wish(M, layout="flat")),
    ("MP090 in a thread", wish(M, layout="thread")),
    ("MP090 threaded, weekly", wish(M, delivery="weekly", layout="thread")),
    ("MP090 thread and channel", wish(M, layout="both")),
    ("go-live of november 2021, in thread", wish(only(R, "kind:go-live"), layout="thread")),
    (
        "everything except documents, weighty only, daily, in thread",
        wish(but(EVERYTHING, SPECS), delivery="daily", least=WEIGHTY, layout="thread"),
    ),
]


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD, ids=[typed for typed, _ in UNDERSTOOD])
def test_what_people_type_is_understood(typed: str, meant: Wish) -> None:
    assert wishes.parse(typed) == meant
    assert wishes.parse(typed.upper()) == wishes.parse(typed.title()) == meant or "HAN" in typed


@pytest.mark.parametrize(
    ("typed", "reason", "said"),
    [
        ("", "nothing", ""),
        ("daily", "nothing", ""),
        ("except documents", "nothing", ""),
        ("the moon", "unknown", "the moon"),
        ("MP090 and the moon", "unknown", "the moon"),
        ("MP090 for 2 weeks", "unknown", "MP090 for 2 weeks"),
        ("MPXXX", "unknown", "MPXXX"),
        ("MP090 to MP102A", "unknown", "MP090 to MP102A"),
        ("MP095 to MP090", "unknown", "MP095 to MP090"),
        ("MP001 to MP999", "many", "999"),
        ("except everything", "empty", "everything except everything"),
        ("@channel", "unknown", "@channel"),
        ("everything except", "unknown", "except"),
        ("everything except the mooon", "unknown", "mooon"),
        ("everything except MP090 and mooon", "unknown", "mooon"),
        ("everything except everything", "unknown", "everything"),
        ("november 2021 only bananas", "unknown", "bananas"),
        ("november 2021 only decisions except bananas", "unknown", "bananas"),
        ("everything except MP090 votes", "together", "MP090 votes"),
        ("everything except votes on MP090", "together", "votes on MP090"),
        ("everything only decisions on MP090", "together", "decisions on MP090"),
        ("MP090 daily weekly", "contradiction", "weekly / daily"),
        ("MP090 flat in thread", "contradiction", "flat / in thread"),
        ("MP090 at once, weekly", "contradiction", "weekly / at once"),
        ("everything only light", "contradiction", "only light"),
        ("everything except weighty", "contradiction", "except weighty"),
        ("MP090 except MP090", "empty", "MP090 except MP090"),
        ("MP124 except DP124", "empty", "MP124 except DP124"),
        ("MP128A except MP128", "empty", "MP128A except MP128"),
        ("november 2021 only MP124 except DP124", "empty", "November 2021 only MP124 except DP124"),
        ("designations except versions", "empty", "designations except versions"),
        ("november 2021 only votes except votes", "empty", "November 2021 only votes except votes"),
        (", ".join(f"MP{n}" for n in range(100, 121)), "many", "21"),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_is_made_of_it(typed: str, reason: str, said: str) -> None:
    found = wishes.parse(typed)
    assert isinstance(found, Misunderstood)
    assert (found.reason, found.said) == (reason, said)


@pytest.mark.parametrize(
    "flag", ["--dry-run", "dry run", "—dry-run", "preview", "--preview", "dryrun", "Dry-Run", "try it"]
)
def test_a_wish_can_be_tried_first(flag: str) -> None:
    assert wishes.wish(f"MP090 daily {flag}") == (wish(M, delivery="daily"), True)
    assert wishes.wish(f"{flag} MP090 daily") == (wish(M, delivery="daily"), True)
    assert wishes.wish("MP090 daily") == (wish(M, delivery="daily"), False)


def test_an_exception_of_a_part_of_what_is_followed_leaves_the_rest() -> None:
    assert wishes.parse("MP128 except MP128A") == wish(but("modification:MP128", "modification:MP128A"))
    assert wishes.parse("versions except designations") == wish(but("kind:versions", "kind:designations"))


def test_one_rule_comes_of_each_thing_with_all_that_was_chosen() -> None:
    made = wishes.parse("MP090 and november 2021 except votes, weekly, flat")
    assert isinstance(made, Wish)
    rules = made.rules("C1", "U1", NOON)
    assert [one.selector for one in rules] == [M, R]
    assert {(one.channel, one.made_by, one.delivery, one.but_not, one.layout) for one in rules} == {
        ("C1", "U1", "weekly", (VOTES,), "flat")
    }


# --- and back --------------------------------------------------------------------------------------------------------

MODIFICATIONS = st.builds(
    lambda number, letter, draft: identifiers.spelling(number, letter, draft=draft),
    st.integers(1, 9999),
    st.sampled_from(["", "A", "B", "D"]),
    st.booleans(),
).filter(identifiers.is_modification)
SELECTORS = st.one_of(
    MODIFICATIONS.map("modification:{}".format),
    st.builds("release:{:04d}-{:02d}".format, st.integers(2013, 2099), st.integers(1, 12)),
    st.builds("version:{}.{}".format, st.integers(1, 99), st.integers(0, 20)),
    st.sampled_from([f"part:Section {letter}" for letter in "ABCDEFGHIJKLMNX"]),
    st.sampled_from([f"part:Schedule {number}" for number in range(1, 12)]),
    st.sampled_from([f"part:Appendix {key}" for key in ("A", "B", "Z", "AA", "AD", "AF", "AM")]),
    st.sampled_from([f"impact:{name}" for name in (*impacts.KNOWN, "HAN", "Device Model")]),
    st.sampled_from([f"kind:{name}" for name in (*TOPICS, *(kind.KIND for kind in kinds()))]),
)
FILTERS = st.lists(SELECTORS, max_size=3, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> Subscription:
    selector = draw(st.one_of(st.just(EVERYTHING), SELECTORS))
    kept = draw(FILTERS)
    left_out = tuple(one for one in draw(FILTERS) if one not in (selector, *kept))
    return Subscription(
        "C1",
        selector,
        "U1",
        NOON,
        draw(st.sampled_from(["instant", "weighty", "daily", "weekly"])),
        kept,
        left_out,
        draw(st.sampled_from([0, *Weight])),
        draw(st.sampled_from(["", "flat", "thread", "both"])),
    )


@given(rules())
def test_a_rule_as_it_is_spoken_typed_again_is_the_same_rule(rule: Subscription) -> None:
    found = wishes.parse(wishes.spoken(rule))
    assert isinstance(found, Wish), (wishes.spoken(rule), found)
    assert found.rules("C1", "U1", NOON) == (rule,)


@given(st.lists(rules(), min_size=1, max_size=3))
def test_a_wish_of_several_things_is_spoken_as_itself_or_not_at_all(several: list[Subscription]) -> None:
    wanted = tuple(Wanted(one.selector, one.only, one.but_not) for one in several)
    typed = wishes.spoken_wish(replace(wish(*wanted), delivery=several[0].delivery, layout=several[0].layout))
    if typed:
        assert wishes.parse(typed) == Wish(wanted, several[0].delivery, 0, several[0].layout)


@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    assert isinstance(wishes.parse(text), Wish | Misunderstood)


WORDS = st.sampled_from(
    re.split(
        " ",
        "everything except only not but and , MP090 MP102A november 2021 DUIS impact decisions votes weighty at once daily "
        "weekly in thread channel flat light the on of all for 7d",
    )
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_order_of_the_grammars_own_words_is_an_error_and_no_filter_gets_lost(text: str) -> None:
    found = wishes.parse(text)
    if isinstance(found, Wish):
        assert found.wanted
        assert all(one.selector not in one.but_not for one in found.wanted)
        if any(word in text.split() for word in ("except", "not")):
            kept = any(one.but_not for one in found.wanted)
            assert kept or found.least or found.delivery != "instant" or found.layout, text


@pytest.mark.parametrize(
    "text", ["MP090 " * 100, "and " * 125, "except only " * 40, "november " * 60, "a" * 500, ", " * 250]
)
def test_an_endless_wish_takes_no_time(text: str) -> None:
    assert takes_at_most(20, lambda: wishes.parse(text))
