"""What one source says against what others said."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain import confirm
from bot.domain.changes import Change
from bot.domain.claims import Claim, Evidence, Statement
from tests.saying import NOON, found, headline, noon, page, scope, statement, told

R, M = "release:2021-11", "modification:MP090"


def said(subject: str, attribute: str, value: str, item: str = "") -> Claim:
    return Claim(subject, attribute, value, Evidence(value), item)


def go_live(before: str, after: str) -> Change:
    [change] = found(page((R, "go_live", before)), page((R, "go_live", after)))
    return change


def removed(id_: str = "MP099", release: str = "2021-11") -> Change:
    [change] = found(scope(release, "MP077", id_), scope(release, "MP077"))
    return change


def added(id_: str = "MP099", release: str = "2022-11") -> Change:
    [change] = found(scope(release, "MP077"), scope(release, "MP077", id_))
    return change


# --- known already? --------------------------------------------------------------------------------------------------


def test_a_value_that_another_source_said_since_is_known():
    change = go_live("2021-11-04", "2021-11-29")
    statements = [
        statement(said(R, "go_live", "2021-11-04"), "the page", at=noon(2021, 1, 1)),
        statement(said(R, "go_live", "2021-11-29"), "papers", at=noon(2021, 3, 1)),
    ]
    recent = [told(change, "papers", at=noon(2021, 3, 1))]
    assert confirm.known(change, "the page", statements, recent) == "papers"
    assert confirm.known(change, "the page", statements[:1], recent) == ""


def test_a_release_that_a_part_waits_for_is_known_from_the_day_on_which_another_page_says_that_it_comes():
    title = (M, "title", "Firmware updates")
    [change] = found(page(title), page(title, (M, "implementation", "2021-11")))
    day = [statement(said(M, "implementation", "2021-11-04"), "the page", at=noon(2021, 1, 1))]
    other = [statement(said(M, "implementation", "2022-06-30"), "the page", at=noon(2021, 1, 1))]
    assert confirm.known(change, "news", day) == "the page"
    assert confirm.known(change, "news", other) == ""


def test_a_value_that_nobody_was_told_of_is_news():
    change = go_live("2021-11-04", "2021-11-29")
    statements = [
        statement(said(R, "go_live", "2021-11-04"), "the page", at=noon(2021, 1, 1)),
        statement(said(R, "go_live", "2021-11-29", "p1"), "papers", at=noon(2021, 3, 1)),
    ]
    another = [told(go_live("2021-11-04", "2021-12-05"), "papers", at=noon(2021, 2, 1))]
    assert confirm.known(change, "the page", statements) == ""
    assert confirm.known(change, "the page", statements, another) == ""


def test_a_value_that_another_page_shows_all_along_is_no_news_where_a_source_never_spoke_of_it():
    [first] = found(page((R, "name", "November")), page((R, "name", "November"), (R, "go_live", "2021-11-04")))
    shown = [statement(said(R, "go_live", "2021-11-04"), "the page")]
    printed = [statement(said(R, "go_live", "2021-11-04", "p1"), "papers")]
    assert confirm.known(first, "news", shown) == "the page"
    assert confirm.known(first, "news", printed) == ""


def test_a_value_that_another_source_has_retracted_is_news():
    change = go_live("2021-11-04", "2021-11-29")
    retracted = statement(said(R, "go_live", "2021-11-29"), "the other page", at=noon(2021, 3, 1), current=False)
    recent = [told(change, "the other page", at=noon(2021, 3, 1))]
    assert confirm.known(change, "the page", [retracted], recent) == ""


def test_a_value_that_others_said_before_this_source_said_otherwise_is_news():
    change = go_live("2021-11-04", "2021-11-29")
    statements = [
        statement(said(R, "go_live", "2021-11-29"), "papers", at=noon(2020, 5, 26)),
        statement(said(R, "go_live", "2021-11-04"), "the page", at=noon(2021, 1, 1)),
    ]
    assert confirm.known(change, "the page", statements) == ""


def test_a_value_that_another_source_has_left_again_is_news():
    change = go_live("2021-11-04", "2021-11-29")
    statements = [
        statement(said(R, "go_live", "2021-11-04"), "the page", at=noon(2021, 1, 1)),
        statement(said(R, "go_live", "2021-11-29"), "papers", at=noon(2021, 3, 1)),
        statement(said(R, "go_live", "2021-12-05"), "papers", at=noon(2021, 4, 1)),
    ]
    assert confirm.known(change, "the page", statements) == ""


def test_the_date_printed_with_a_post_counts_more_than_the_day_it_was_read():
    change = go_live("2021-11-04", "2021-11-29")
    statements = [
        statement(said(R, "go_live", "2021-11-04"), "the page", at=noon(2021, 1, 1)),
        statement(said(R, "go_live", "2021-11-29"), "papers", at=noon(2021, 3, 1), posted_on="2020-05-26"),
    ]
    assert confirm.known(change, "the page", statements) == ""


def test_a_source_that_lags_behind_in_a_modification_s_life_tells_no_news():
    [change] = found(page((M, "status", "targeted")), page((M, "status", "approved")))
    statements = [
        statement(said(M, "status", "targeted"), "the page", at=noon(2021, 1, 1)),
        statement(said(M, "status", "implemented"), "news", at=noon(2021, 11, 4)),
    ]
    [ahead] = found(page((M, "status", "targeted")), page((M, "status", "implemented")))
    recent = [told(ahead, "news", at=noon(2021, 11, 4))]
    assert confirm.known(change, "the page", statements, recent) == "news"


def test_going_back_is_no_catching_up():
    [back] = found(page((M, "status", "report_phase")), page((M, "status", "refinement")))
    [ahead] = found(page((M, "status", "refinement")), page((M, "status", "change_board_vote")))
    statements = [
        statement(said(M, "status", "report_phase"), "the page", at=noon(2021, 1, 1)),
        statement(said(M, "status", "change_board_vote"), "papers", at=noon(2021, 6, 3)),
    ]
    assert confirm.known(back, "the page", statements, [told(ahead, "papers", at=noon(2021, 6, 3))]) == ""


def test_a_version_makes_implemented_known_only_about_the_time_it_came():
    version = "version:50.0"
    facts = page((version, "effective_on", "2021-11-04"), (version, "implements", "MP090"))
    [published] = found((), facts, stream=True)
    [change] = found(page((M, "status", "approved")), page((M, "status", "implemented")))
    came = noon(2021, 11, 4)
    statements = [
        statement(said(M, "status", "approved"), "the page", at=noon(2021, 1, 1)),
        statement(said(version, "implements", "MP090", "v50"), "news", at=came, posted_on="2021-11-04"),
    ]
    recent = [told(published, "news", at=came)]
    assert confirm.known(change, "the page", statements, recent, noon(2021, 11, 8)) == "news"
    assert confirm.known(change, "the page", statements, recent, noon(2021, 12, 8)) == ""
    assert confirm.known(change, "the page", statements, [], noon(2021, 11, 8)) == ""


def test_a_value_among_many_is_known_when_another_source_says_it_and_this_one_never_did():
    change = added("MP138", "2021-11")
    others = [statement(said(R, "in_scope", "MP138"), "papers")]
    again = [*others, statement(said(R, "in_scope", "MP138"), "the page", at=noon(2021, 1, 1), current=False)]
    past = [statement(said(R, "in_scope", "MP138"), "papers", current=False)]
    assert confirm.known(change, "the page", others) == "papers"
    assert confirm.known(change, "the page", again) == ""
    assert confirm.known(change, "the page", past) == ""


def test_an_old_paper_makes_no_addition_known():
    change = added("MP138", "2021-11")
    old = [statement(said(R, "in_scope", "MP138", "p0"), "papers", at=noon(2021, 9, 1), posted_on="2020-05-20")]
    new = [statement(said(R, "in_scope", "MP138", "p1"), "papers", at=noon(2021, 9, 1), posted_on="2021-09-01")]
    assert confirm.known(change, "the page", old, at=NOON) == ""
    assert confirm.known(change, "the page", new, at=NOON) == "papers"
    assert confirm.known(change, "the page", new) == ""


def test_what_was_said_before_it_was_taken_away_makes_no_addition_known():
    change = added("MP138", "2021-11")
    recent = [told(removed("MP138"), "the other page", at=noon(2021, 9, 10))]
    before = [statement(said(R, "in_scope", "MP138"), "papers", at=noon(2021, 9, 1))]
    since = [statement(said(R, "in_scope", "MP138"), "papers", at=noon(2021, 9, 12))]
    assert confirm.known(change, "the page", before, recent) == ""
    assert confirm.known(change, "the page", since, recent) == "papers"


def test_what_this_source_itself_says_makes_nothing_known():
    assert (
        confirm.known(added("MP138", "2021-11"), "the page", [statement(said(R, "in_scope", "MP138"), "the page")])
        == ""
    )


def test_a_change_of_several_facts_is_known_only_when_all_are():
    [change] = found(page((M, "status", "targeted")), page((M, "status", "approved"), (M, "approved_on", "2021-10-01")))
    status = statement(said(M, "status", "approved"), "papers")
    date = statement(said(M, "approved_on", "2021-10-01"), "papers")
    recent = [told(change, "papers")]
    assert confirm.known(change, "the page", [status], recent) == ""
    assert confirm.known(change, "the page", [status, date], recent) == "papers"


def test_a_removal_is_known_when_another_source_told_it():
    earlier = told(removed(), "the other page")
    assert confirm.known(removed(), "the page", [], [earlier]) == "the other page"
    assert confirm.known(removed(), "the other page", [], [earlier]) == ""
    assert confirm.known(removed("MP129"), "the page", [], [earlier]) == ""


def test_a_removal_is_news_when_the_modification_came_back_since():
    recent = [
        told(removed(), "papers", at=noon(2021, 9, 1), seq=1),
        told(added(release="2021-11"), "papers", at=noon(2021, 9, 8), seq=2),
    ]
    assert confirm.known(removed(), "the page", [], recent) == ""


def test_a_removal_is_news_when_this_source_itself_brought_the_modification_back():
    recent = [
        told(removed(), "papers", at=noon(2021, 9, 1), seq=1),
        told(removed(), "the page", at=noon(2021, 9, 2), seq=2, known_from="papers"),
        told(added(release="2021-11"), "the page", at=noon(2021, 9, 8), seq=3),
    ]
    assert confirm.known(removed(), "the page", [], recent) == ""
    assert confirm.known(removed(), "the page", [], recent[:1]) == "papers"


def test_a_removal_is_known_from_a_move():
    [moved] = confirm.join_moves([added()], [told(removed(), "papers")])
    assert confirm.known(removed(), "the page", [], [told(moved, "papers")]) == "papers"


def test_subjects_name_all_that_must_be_asked_about():
    [moved] = found(
        (*scope("2021-11", "MP077", "MP099"), *scope("2022-11", "MP200")),
        (*scope("2021-11", "MP077"), *scope("2022-11", "MP200", "MP099")),
    )
    assert confirm.subjects(moved) == ("modification:MP099", "release:2022-11")


# --- here and there --------------------------------------------------------------------------------------------------


def test_an_arrival_after_a_departure_on_another_page_is_a_move():
    [change] = confirm.join_moves([added()], [told(removed(), at=NOON)])
    assert (change.kind, change.before, change.after) == ("moved", "2021-11", "2022-11")
    assert headline(change) == "MP099 ‘Title of 099’ moves from November 2021 to November 2022"
    assert {"release:2021-11", "release:2022-11", "modification:MP099"} <= set(change.about)


def test_a_departure_after_an_arrival_on_another_page_is_the_same_move():
    [change] = confirm.join_moves([removed()], [told(added(), at=NOON)])
    assert (change.kind, change.before, change.after) == ("moved", "2021-11", "2022-11")


def test_a_modification_moves_under_its_new_name():
    [change] = confirm.join_moves([added("MP124")], [told(removed("DP124"))])
    assert (change.kind, change.subject) == ("moved", "modification:MP124")


def test_what_came_back_to_the_same_release_or_is_another_modification_did_not_move():
    same, other = added(release="2021-11"), added("MP129")
    assert confirm.join_moves([same, other], [told(removed())]) == [same, other]


def test_an_arrival_that_was_undone_makes_no_move():
    recent = [
        told(added(), at=noon(2021, 9, 1), seq=1),
        told(removed(release="2022-11"), at=noon(2021, 9, 4), seq=2),
    ]
    assert confirm.join_moves([removed()], recent) == [removed()]


def test_a_departure_that_was_undone_makes_no_move():
    recent = [
        told(removed(), at=noon(2021, 9, 1), seq=1),
        told(added(release="2021-11"), at=noon(2021, 9, 4), seq=2),
    ]
    assert confirm.join_moves([added()], recent) == [added()]


def test_one_departure_makes_one_move():
    [moved] = confirm.join_moves([added()], [told(removed(), seq=1)])
    third = added(release="2023-02")
    assert confirm.join_moves([third], [told(removed(), seq=1), told(moved, seq=2)]) == [third]


def test_a_paper_dated_ahead_is_no_newer_than_the_day_on_which_it_was_read() -> None:
    evidence = Evidence("the page says so")
    read, later = datetime(2021, 10, 5, 9, tzinfo=UTC), datetime(2021, 10, 12, 9, tzinfo=UTC)
    ahead = Claim("release:2021-11", "go_live", "2021-11-04", evidence, "paper")
    paper = Statement(ahead, "papers", "https://sec.example/p", read, posted_on="2021-10-20")
    page = Statement(Claim("release:2021-11", "go_live", "2021-11-29", evidence), "page", "https://sec.example/", later)
    assert max((paper, page), key=confirm.freshness) is page
