"""What differs between two readings, and what is no difference at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import diff, state
from bot.domain.claims import Claim, Evidence, Item, Passage
from bot.domain.values import plain
from bot.domain.vocabulary import Weight
from tests.saying import found, headline, kinds_of, page, scope, spoken

R, M = "release:2021-11", "modification:MP090"


def test_the_same_facts_in_another_order_form_and_place_are_no_change():
    before = scope("2021-11", "MP077", "MP090", "MP105")
    after = tuple(replace(c, evidence=Evidence("| glued |", 99)) for c in reversed(before))
    assert found(before, after) == []
    assert diff.fingerprint(before) == diff.fingerprint(after)


def test_quotes_dashes_spaces_and_capitals_of_a_title_are_no_change():
    forms = (
        "Incorporation of multiple Issue Resolution Proposals into the SEC – Batch 5",
        "incorporation of Multiple issue resolution proposals  into the SEC - batch\xa05",
        "‘Incorporation of multiple Issue-Resolution Proposals’ into the SEC: Batch 5",
    )
    assert len({plain(form) for form in forms}) == 1
    assert found(page((M, "title", forms[0])), page((M, "title", forms[1]))) == []


def test_another_word_or_number_in_a_title_is_a_change():
    assert plain("GBCS v3.2 devices") != plain("GBCS v32 devices")
    assert kinds_of(found(page((M, "title", "Batch 5")), page((M, "title", "Batch 6")))) == ["retitled"]


def test_an_ampersand_and_the_word_for_it_are_the_same():
    assert plain("SMKI & DCCKI reviews") == plain("SMKI and DCCKI reviews")


def test_a_single_value_is_one_delta_with_before_and_after():
    [delta] = diff.compare(page((R, "go_live", "2021-11-04")), page((R, "go_live", "2021-11-29")), about=R).deltas
    assert (delta.before, delta.after) == ("2021-11-04", "2021-11-29")
    assert (delta.was, delta.now) == (*page((R, "go_live", "2021-11-04")), *page((R, "go_live", "2021-11-29")))


def test_values_among_many_are_one_delta_each_with_one_side_empty():
    differences = diff.compare(page((R, "in_scope", "MP077")), page((R, "in_scope", "MP090")), about=R)
    assert [(d.before, d.after) for d in differences.deltas] == [(None, "MP090"), ("MP077", None)]


def test_a_page_that_contradicts_itself_has_not_moved_while_the_old_value_is_there():
    after = page((R, "go_live", "2021-11-29"), (R, "go_live", "2021-11-04"))
    assert found(page((R, "go_live", "2021-11-04")), after) == []


def test_the_order_of_changes_follows_the_page():
    changes = found((), (*scope("2021-11", "MP138", "MP077", "MP090"),))
    assert [c.after for c in changes] == ["MP138", "MP077", "MP090"]


# --- one modification, one id ----------------------------------------------------------------------------------------


def test_a_conversion_is_no_removal_and_keeps_the_other_facts_apart():
    before = page(("modification:DP124", "title", "A"), ("modification:DP124", "change_board_vote_on", "2020-07-22"))
    after = page(("modification:MP124", "title", "B"), ("modification:MP124", "change_board_vote_on", "2020-07-29"))
    changes = found(before, after)
    assert kinds_of(changes) == ["converted", "vote_set"]
    assert (changes[1].before, changes[1].after) == ("2020-07-22", "2020-07-29")
    assert diff.split_removals(changes)[1] == []


def test_a_conversion_is_told_once_though_old_papers_keep_the_old_name():
    old = page(("modification:DP124", "title", "A"), (R, "in_scope", "DP124"), item="may")
    new = page(("modification:MP124", "title", "A"), (R, "in_scope", "MP124"), item="july")
    newest = page(("modification:MP124", "title", "A"), (R, "in_scope", "MP124"), item="august")
    assert kinds_of(found(old, new, stream=True, whole=["july"])) == ["converted"]
    assert found((*old, *new), newest, stream=True, whole=["august"]) == []


def test_where_a_modification_came_from_is_no_other_name_of_it():
    after = page((M, "title", "A"), (M, "draft_proposal", "DP090"))
    assert kinds_of(found(page((M, "title", "A")), after)) == ["fact_changed"]


# --- streams -----------------------------------------------------------------------------------------------------------


def posts(*versions: str) -> tuple[Claim, ...]:
    return tuple(
        claim
        for v in versions
        for claim in page(
            (f"version:{v}", "effective_on", f"20{v[:2]}-01-31"), (f"version:{v}", "implements", "MP090"), item=f"v{v}"
        )
    )


def test_a_post_that_slides_off_the_first_page_is_no_change():
    assert found(posts("22.0", "21.0", "20.0"), posts("22.0", "21.0"), stream=True, whole=["v22.0", "v21.0"]) == []


def test_a_new_post_above_is_the_only_change():
    changes = found(posts("21.0", "20.0"), posts("22.0", "21.0"), stream=True, whole=["v22.0", "v21.0"])
    assert [(c.kind, c.subject) for c in changes] == [("version_published", "version:22.0")]


def test_a_value_that_an_item_seen_whole_has_lost_is_gone():
    before = (*posts("21.0"), *page(("version:21.0", "affects_part", "Section A"), item="v21.0"))
    whole = diff.compare(before, posts("21.0"), stream=True, whole_items=["v21.0"])
    cut = diff.compare(before, posts("21.0"), stream=True, whole_items=[])
    assert [(d.attribute, d.before, d.after) for d in whole.deltas] == [("affects_part", "Section A", None)]
    assert cut.deltas == ()


def test_a_teaser_cut_shorter_still_corrects_what_it_shows():
    before = page(("version:21.0", "effective_on", "2021-01-31"), ("version:21.0", "implements", "MP090"), item="v21")
    after = page(("version:21.0", "effective_on", "2021-02-01"), item="v21")
    changes = found(before, after, stream=True)
    assert [(c.before, c.after) for c in changes] == [("2021-01-31", "2021-02-01")]


def test_a_later_item_is_compared_with_the_newest_earlier_one():
    may = page((M, "status", "targeted"), item="may")
    june = page((M, "status", "approved"), item="june")
    july = page((M, "status", "implemented"), item="july")
    [change] = found((*may, *june), july, stream=True, whole=["july"])
    assert (change.before, change.after) == ("approved", "implemented")


def test_an_old_paper_read_late_takes_nothing_back():
    june, may = page((M, "status", "approved"), item="june"), page((M, "status", "targeted"), item="may")
    items = [Item("may", "May", "2020-05-26"), Item("june", "June", "2020-06-19")]
    assert diff.compare(june, may, stream=True, whole_items=["may"], items=items).deltas == ()


def test_of_two_new_posts_on_one_page_the_upper_is_the_newer():
    july, june = page((M, "status", "implemented"), item="july"), page((M, "status", "approved"), item="june")
    may = page((M, "status", "targeted"), item="may")
    [delta] = diff.compare(may, (*july, *june), stream=True, whole_items=["july", "june"]).deltas
    assert (delta.before, delta.after) == ("targeted", "implemented")


def test_an_older_paper_s_scope_is_not_removed_by_a_paper_on_something_else():
    may, june = scope("2021-11", "MP077", "MP090", item="may"), page((R, "go_live", "2021-11-04"), item="june")
    assert kinds_of(found(may, june, stream=True, whole=["june"])) == ["go_live_moved"]


def test_a_paper_that_lists_a_modification_in_another_release_has_moved_it():
    may = (*scope("2021-11", "MP077", "MP099", item="may"), *scope("2022-11", "MP200", item="may"))
    june = (*scope("2021-11", "MP077", item="june"), *scope("2022-11", "MP200", "MP099", item="june"))
    [change] = found(may, june, stream=True, whole=["june"])
    assert (change.kind, change.before, change.after) == ("moved", "2021-11", "2022-11")


# --- removals ----------------------------------------------------------------------------------------------------------


def test_what_is_gone_waits_and_what_is_told_does_not():
    before = (*scope("2021-11", "MP077", "MP129", "MP149"), *page((R, "go_live", "2021-11-04")))
    after = (*scope("2021-11", "MP077", "MP138"), *page((R, "out_of_scope", "MP149")))
    certain, waiting = diff.split_removals(found(before, after))
    assert sorted(kinds_of(certain)) == ["fell_out", "scope_added"]
    assert sorted(kinds_of(waiting)) == ["go_live_moved", "scope_removed"]


def test_a_removal_holds_all_that_it_took_along():
    [change] = found(scope("2021-11", "MP077", "MP129"), scope("2021-11", "MP077"))
    assert {(c.subject, c.attribute) for c in state.removed_by(change)} == {
        (R, "in_scope"),
        ("modification:MP129", "title"),
        ("modification:MP129", "status"),
    }


def test_a_move_a_conversion_and_another_value_need_no_second_reading():
    moved = found(
        (*scope("2021-11", "MP077", "MP099"), *scope("2022-11", "MP200")),
        (*scope("2021-11", "MP077"), *scope("2022-11", "MP200", "MP099")),
    )
    postponed = found(page((R, "go_live", "2021-11-04")), page((R, "go_live", "2021-11-29")))
    assert diff.split_removals([*moved, *postponed])[1] == []


def test_what_is_gone_waits_apart_from_what_came_with_it():
    version = "version:50.0"
    before = page(
        (version, "effective_on", "2021-11-04"), (version, "implements", "MP1"), (version, "implements", "MP2")
    )
    after = page(
        (version, "effective_on", "2021-11-04"), (version, "implements", "MP1"), (version, "implements", "MP3")
    )
    [whole] = found(before, after, stream=True, whole=[""])
    [certain], [waiting] = diff.split_removals([whole])
    assert (certain.kind, certain.after, certain.facts["removed"]) == ("version_amended", "MP3", "")
    assert (waiting.before, waiting.after, waiting.facts["added"]) == ("MP2", None, "")
    assert {claim.value for claim in state.removed_by(waiting)} == {"MP2"}


@pytest.mark.parametrize(
    ("attribute", "old", "new", "kinds"),
    [
        ("affects_part", "Section A", "Section H", ["impact_changed", "impact_changed"]),
        ("affects", "DUIS", "GBCS", ["impact_changed", "impact_changed"]),
    ],
)
def test_each_step_of_a_change_is_told_in_words_that_fit_it(attribute, old, new, kinds):
    certain, waiting = diff.split_removals(found(page((M, attribute, old)), page((M, attribute, new))))
    assert kinds_of([*certain, *waiting]) == kinds
    assert [(c.before, c.after) for c in (*certain, *waiting)] == [(None, new), (old, None)]
    assert all(headline(c) for c in (*certain, *waiting))


def test_a_value_that_a_page_names_elsewhere_is_not_gone_without_a_word():
    back = found(page((R, "out_of_scope", "MP090"), (R, "name", "x")), page((R, "in_scope", "MP090"), (R, "name", "x")))
    sure = found(page((M, "may_affect", "DUIS")), page((M, "affects", "DUIS")))
    assert diff.split_removals([*back, *sure]) == ([*back, *sure], [])


# --- rows --------------------------------------------------------------------------------------------------------------


def rows(changes):  # type: ignore[no-untyped-def]
    return [(r["kind"], r["subject"], r["attribute"], r["before"], r["after"]) for c in changes for r in diff.rows(c)]


def test_a_modification_that_comes_into_scope_is_one_row():
    changes = found(scope("2021-11", "MP077"), scope("2021-11", "MP077", "MP138"))
    assert rows(changes) == [("scope_added", R, "in_scope", None, "MP138")]


def test_a_move_is_one_row_with_both_keys():
    before = (*scope("2021-11", "MP077", "MP099"), *scope("2022-11", "MP200"))
    after = (*scope("2021-11", "MP077"), *scope("2022-11", "MP200", "MP099"))
    assert rows(found(before, after)) == [("moved", "modification:MP099", "in_scope", "2021-11", "2022-11")]


def test_a_conversion_is_one_row_with_both_ids():
    changes = found(
        scope("2020-11", "DP124", status="draft_proposal"), scope("2020-11", "MP124", status="report_phase")
    )
    assert rows(changes) == [("converted", "modification:MP124", "draft_proposal", "DP124", "MP124")]


def test_a_value_is_a_row_of_its_own_though_one_change_tells_several():
    document = "document:2021-11/Schedule 8"
    before = page((document, "draft", "4"), (document, "published_on", "2021-08-20"))
    after = page((document, "draft", "5"), (document, "published_on", "2021-09-22"))
    assert rows(found(before, after)) == [
        ("specification_revised", document, "draft", "4", "5"),
        ("specification_revised", document, "published_on", "2021-08-20", "2021-09-22"),
    ]


def test_a_new_version_is_a_row_for_its_dates_and_for_each_of_its_many_values():
    version = "version:50.0"
    after = page(
        (version, "effective_on", "2021-11-04"),
        (version, "posted_on", "2021-11-04"),
        (version, "implements", "MP077"),
        (version, "affects_part", "Section A"),
        ("modification:MP077", "title", "DCC Service Flagging"),
    )
    kind = "version_published"
    assert rows(found((), after, stream=True)) == [
        (kind, version, "effective_on", None, "2021-11-04"),
        (kind, version, "posted_on", None, "2021-11-04"),
        (kind, version, "implements", None, "MP077"),
        (kind, version, "affects_part", None, "Section A"),
    ]


def test_a_row_quotes_the_page():
    [change] = found(page((R, "go_live", "2021-11-04")), page((R, "go_live", "2021-11-29")))
    [row] = diff.rows(change)
    assert row["evidence"]["quote"] == "the page says 2021-11-29"
    assert row["evidence"]["before"] == "the page says 2021-11-04"


# --- prose -------------------------------------------------------------------------------------------------------------


def test_other_words_in_watched_prose_are_a_light_change_of_one_row():
    was = Passage("SECMP0007 implementation approach", ("The hubs follow in June.", "Users need do nothing."))
    now = Passage("SECMP0007 implementation approach", ("Users need do nothing!", "The hubs follow in November."))
    [change] = diff.changes(diff.compare((), (), about=R, passages=diff.in_both([was], [now])))
    assert (change.kind, change.before, change.after) == (
        "reworded",
        "The hubs follow in June.",
        "The hubs follow in November.",
    )
    [row] = diff.rows(change)
    assert (row["kind"], row["before"], row["after"]) == ("reworded", change.before, change.after)
    assert diff.split_removals([change])[0] == [change]


def test_a_reworded_sentence_is_told_with_the_words_that_changed():
    was = Passage("Approach", ("The hubs follow in June 2022.", "Users need do nothing.", "This goes."))
    now = Passage("Approach", ("The hubs follow in November 2022.", "Users need do nothing.", "Wholly other words."))
    [change] = diff.changes(diff.compare((), (), about=R, passages=diff.in_both([was], [now])))
    assert spoken(change).splitlines()[1:] == [
        "• The hubs follow in ~June~ → *November* 2022.",
        "• Taken out: “This goes.”",
        "• Put in: “Wholly other words.”",
    ]


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        ("For the CSP systems June 2022 is proposed.", Weight.NORMAL),
        ("The hubs follow on 4 November 2021.", Weight.LIGHT),
        ("For the CSP systems another time is proposed.", Weight.LIGHT),
    ],
)
def test_prose_that_names_a_date_which_it_did_not_name_before_is_not_light(sentence: str, weight: Weight) -> None:
    was = Passage("Approach", ("All of it comes on 4 November 2021.",))
    now = Passage("Approach", (*was.sentences, sentence))
    [change] = diff.changes(diff.compare((), (), about=R, passages=diff.in_both([was], [now])))
    assert change.weight == weight


def test_who_follows_a_part_hears_that_a_text_for_it_comes_early() -> None:
    quote = "The legal text of SECMP0007 for Appendix R will be implemented on 24 June 2021."
    early = Claim("modification:SECMP0007", "implementation", "2021-06-24", Evidence(quote))
    [change] = diff.changes(diff.compare((), (early,), about=R))
    assert "part:Appendix R" in change.about


def test_a_sentence_whose_fact_is_told_is_not_told_as_reworded_too():
    was, now = "The Change Board will vote on 28 October.", "The Change Board approved it on 28 October."
    before = page((M, "status", "change_board_vote"), (M, "change_board_vote_on", "2026-10-28"))
    after = page((M, "status", "approved"), (M, "change_board_vote_on", "2026-10-28"))
    before = tuple(replace(claim, evidence=Evidence(was)) for claim in before)
    after = tuple(replace(claim, evidence=Evidence(now)) for claim in after)
    passages = diff.in_both([Passage("Update", (was, "It is small."))], [Passage("Update", (now, "It is small."))])
    assert "reworded" not in kinds_of(diff.changes(diff.compare(before, after, about=M, passages=passages)))
    passages = diff.in_both([Passage("Update", (was, "It is small."))], [Passage("Update", (now, "It is large."))])
    [change] = [
        c for c in diff.changes(diff.compare(before, after, about=M, passages=passages)) if c.kind == "reworded"
    ]
    assert (change.before, change.after) == ("It is small.", "It is large.")


def test_a_title_that_is_not_printed_any_more_is_no_change():
    before = page((M, "title", "Alerts"), (M, "status", "approved"))
    assert found(before, page((M, "status", "approved"))) == []


# --- whatever the claims -------------------------------------------------------------------------------------------------

IDS = st.sampled_from(["MP077", "MP090", "MP128", "MP128A", "MP128B", "DP124", "MP124", "SECMP0007"])
RELEASES = st.sampled_from(["release:2021-11", "release:2022-06"])
CLAIMS = st.one_of(
    st.tuples(RELEASES, st.sampled_from(["in_scope", "out_of_scope", "may_include"]), IDS),
    st.tuples(
        RELEASES, st.sampled_from(["go_live", "proposed_go_live"]), st.sampled_from(["2021-11-04", "2021-11-29"])
    ),
    st.tuples(
        IDS.map("modification:{}".format), st.just("status"), st.sampled_from(["targeted", "approved", "withdrawn"])
    ),
    st.tuples(IDS.map("modification:{}".format), st.just("title"), st.sampled_from(["One", "Two"])),
    st.tuples(st.just("version:50.0"), st.sampled_from(["implements"]), IDS),
)
PAGES = st.lists(CLAIMS, max_size=12).map(lambda facts: page(*facts))


@given(PAGES, PAGES, st.booleans())
def test_every_delta_is_explained_by_exactly_one_change(before, after, stream):
    differences = diff.compare(before, after, about=R, stream=stream)
    explained = [delta for change in diff.changes(differences) for delta in change.explains]
    assert len(explained) == len(set(explained))
    assert set(differences.deltas) <= set(explained)


@given(PAGES)
def test_a_page_compared_with_itself_is_no_change(claims):
    assert found(claims, claims) == []
    assert found(claims, tuple(reversed(claims))) == []
