"""Net change and the daily digest."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import countdown, digest
from bot.domain.changes import Told
from bot.domain.claims import Claim, Evidence
from tests.saying import NOON, found, headline, kinds_of, page, scope, statement, told

R, M = "release:2021-11", "modification:MP090"


def through(*pages: tuple[Claim, ...]) -> list[Told]:
    """The changes from each page to the next, as they are kept."""
    kept: list[Told] = []
    for number, (before, after) in enumerate(pairwise(pages)):
        for change in found(before, after):
            kept.append(told(change, at=NOON + timedelta(hours=number), seq=len(kept) + 1))
    return kept


def net(*pages: tuple[Claim, ...]) -> list[Told]:
    return digest.net(through(*pages))


def go_live(value: str) -> tuple[Claim, ...]:
    return page((R, "go_live", value))


# --- net -------------------------------------------------------------------------------------------------------------


def test_there_and_back_is_nothing():
    assert net(go_live("2021-11-04"), go_live("2021-11-29"), go_live("2021-11-04")) == []


def test_on_and_on_is_from_the_first_to_the_last():
    [one] = net(go_live("2021-11-04"), go_live("2021-11-29"), go_live("2021-12-05"))
    assert headline(one.change) == "November 2021 SEC Release: go-live moves from 4 November 2021 to 5 December 2021"
    assert one.change.facts["shift"] == "31 days later"
    assert (one.change.quote_before, one.change.quote_after) == ("the page says 2021-11-04", "the page says 2021-12-05")


def test_the_net_change_keeps_the_id_of_its_last_part():
    kept = through(go_live("2021-11-04"), go_live("2021-11-29"), go_live("2021-12-05"))
    assert [one.id for one in digest.net(kept)] == [kept[-1].id]


def test_one_change_stays_as_it_was_told():
    kept = through(go_live("2021-11-04"), go_live("2021-11-29"))
    assert digest.net(kept) == kept


def test_what_came_and_went_in_between_is_nothing():
    without, within = scope("2021-11", "MP077"), scope("2021-11", "MP077", "MP138")
    assert net(without, within, without) == []
    assert net(within, without, within) == []


def test_another_modification_s_scope_is_left_alone():
    first, second = scope("2021-11", "MP077"), scope("2021-11", "MP077", "MP138")
    assert [one.change.after for one in net(first, second, scope("2021-11", "MP077", "MP150"))] == ["MP150"]


def test_what_came_in_and_moved_on_came_into_the_last_release():
    there, elsewhere = scope("2022-06", "MP200"), scope("2021-11", "MP077")
    [one] = net(
        (*elsewhere, *there),
        (*elsewhere, *scope("2021-11", "MP099"), *there),
        (*elsewhere, *there, *scope("2022-06", "MP099")),
    )
    assert (one.change.kind, one.change.subject, one.change.after) == ("scope_added", "release:2022-06", "MP099")
    assert headline(one.change) == "MP099 ‘Title of 099’ comes into the June 2022 SEC Release"


def test_what_moved_and_then_left_has_left_the_first_release():
    there, elsewhere = scope("2022-06", "MP200"), scope("2021-11", "MP077")
    [one] = net(
        (*elsewhere, *scope("2021-11", "MP099"), *there),
        (*elsewhere, *there, *scope("2022-06", "MP099")),
        (*elsewhere, *there),
    )
    assert (one.change.kind, one.change.before) == ("scope_removed", "MP099")
    assert headline(one.change) == "MP099 ‘Title of 099’ leaves the November 2021 SEC Release"


def test_steps_of_a_status_are_one_step():
    steps = [page((M, "status", status)) for status in ("targeted", "approved", "implemented")]
    [one] = net(*steps)
    assert headline(one.change) == "MP090: Targeted → Implemented"


def test_drafts_of_a_specification_are_one_revision():
    drafts = [page(("document:2021-11/Schedule 8", "draft", number)) for number in ("3", "4", "5")]
    [one] = net(*drafts)
    assert headline(one.change) == "Schedule 8: draft 3 → draft 5"
    assert net(drafts[0], drafts[1], drafts[0]) == []


def test_a_consultation_that_opened_and_was_extended_opened_until_the_last_date():
    dates = ("2021-07-02", "2021-07-09")
    pages = [page((M, "title", "A"), (M, "consultation_closes_on", day)) for day in dates]
    [one] = net(page((M, "title", "A")), *pages)
    assert headline(one.change) == "MP090 ‘A’: consultation closes on 9 July 2021"


def test_impacts_add_up():
    pages = [page((M, "title", "A"), *((M, "affects", what) for what in those)) for those in ("G", "GD", "DC", "C")]
    [one] = net(*pages)
    assert one.change.facts["added"] == "C"
    assert one.change.facts["removed"] == "G"
    assert net(pages[0], pages[1], pages[0]) == []


def test_light_and_weighty_news_of_one_fact_keep_the_heavier_weight():
    [one] = net(*[page((M, "status", status)) for status in ("targeted", "implemented", "report_phase", "refinement")])
    assert one.change.weight == max(t.change.weight for t in through(go_live("2021-11-04"), go_live("2021-11-05")))


DATES = st.sampled_from(["2021-11-04", "2021-11-29", "2022-02-24"])
SCOPES = st.lists(st.sampled_from(["MP077", "MP090", "MP105", "MP138"]), unique=True)
PAGE = st.builds(
    lambda on, ids, later, status: (
        *page((R, "go_live", on), (M, "status", status)),
        *page(*((R, "in_scope", id_) for id_ in ids)),
        *page(*(("release:2022-11", "in_scope", id_) for id_ in later if id_ not in ids)),
    ),
    DATES,
    SCOPES,
    SCOPES,
    st.sampled_from(["targeted", "approved", "implemented"]),
)


def effect(changes: list[Told]) -> set[tuple[str, str | None, str | None]]:
    """What changes amount to, as facts: of each modification the releases that it left and came into."""
    facts: set[tuple[str, str | None, str | None]] = set()
    for one in changes:
        change = one.change
        if change.kind == "moved":
            facts |= {(change.subject, change.before, None), (change.subject, None, change.after)}
        elif change.attribute == "in_scope":
            release = change.subject.partition(":")[2]
            id_ = f"modification:{change.after or change.before}"
            facts.add((id_, None, release) if change.after else (id_, release, None))
        else:
            facts.add((f"{change.subject} {change.attribute}", change.before, change.after))
    return facts


@given(st.lists(PAGE, min_size=2, max_size=5))
def test_net_of_all_steps_is_what_the_first_and_the_last_page_differ_in(pages):
    assert effect(net(*pages)) == effect(through(pages[0], pages[-1]))


@given(st.lists(PAGE, min_size=1, max_size=4))
def test_there_and_back_by_the_same_way_is_always_nothing(pages):
    assert net(*pages, *reversed(pages)) == []


@given(st.lists(PAGE, min_size=2, max_size=5))
def test_net_of_net_is_net_and_every_part_can_be_said(pages):
    once = net(*pages)
    assert digest.net(once) == once
    assert all(headline(one.change) for one in once)


# --- the digest ------------------------------------------------------------------------------------------------------


def composed(changes: list[Told], **how: object) -> digest.Digest:
    facts = {"pages_read": 7, "since": NOON - timedelta(days=1), "on": NOON.date(), **how}
    return digest.compose(changes, **facts)  # type: ignore[arg-type]


def test_a_quiet_day_says_so_and_how_much_was_read():
    quiet = composed([])
    assert quiet.quiet
    assert (quiet.payload()["groups"], quiet.payload()["pages_read"]) == ([], 7)


def test_changes_are_grouped_by_release_nearest_first_then_past_then_the_rest():
    kept = [
        *through(scope("2022-11", "MP077"), scope("2022-11", "MP077", "MP200")),
        *through(scope("2021-06", "MP077"), scope("2021-06", "MP077", "MP200")),
        *through(page((M, "status", "refinement")), page((M, "status", "withdrawn"))),
        *through(scope("2021-11", "MP077"), scope("2021-11", "MP077", "MP200")),
    ]
    groups = composed(kept).groups
    assert [group.release for group in groups] == ["2021-11", "2022-11", "2021-06", ""]
    assert kinds_of(one.change for one in groups[-1].told) == ["withdrawn"]


def test_the_weighty_stand_first_in_a_group():
    before = (*scope("2021-11", "MP077"), *page((R, "implementation_document_updated_on", "2021-09-01")))
    after = (*scope("2021-11", "MP077", "MP138"), *page((R, "implementation_document_updated_on", "2021-09-20")))
    [group] = composed(list(reversed(through(before, after)))).groups
    assert kinds_of(one.change for one in group.told) == ["scope_added", "implementation_document_reissued"]


def test_what_is_coming_stands_nearest_first_with_working_days():
    said = [
        statement(Claim(R, "go_live", "2021-11-04", Evidence("x"))),
        statement(Claim(M, "change_board_vote_on", "2021-09-29", Evidence("y"))),
    ]
    coming = countdown.ahead(said, date(2021, 9, 22), 90)
    payload = composed([], coming=reversed(coming), in_trouble=["papers"]).payload()
    assert [(one["on"], one["working_days"]) for one in payload["coming"]] == [("2021-09-29", 5), ("2021-11-04", 31)]
    assert payload["sources_in_trouble"] == ["papers"]
