"""Each kind of change: claims before, claims after → the change → its words through the real template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from bot.domain import diff
from bot.domain.changes import kinds
from bot.domain.claims import Claim, Evidence
from bot.domain.follow import TOPICS
from bot.domain.vocabulary import Weight
from tests.saying import found, headline, kinds_of, page, scope, spoken

R, M, V = "release:2021-11", "modification:MP090", "version:50.0"
TITLE = (M, "title", "Non GBCS Alerts")


def only(before, after, **how):  # type: ignore[no-untyped-def]
    """The one change between two sets of claims."""
    changes = found(before, after, **how)
    assert len(changes) == 1, [(c.kind, c.subject, c.before, c.after) for c in changes]
    return changes[0]


def test_every_kind_has_a_template_and_every_template_a_kind():
    templates = {f.name.removesuffix(".j2") for f in resources.files("templates").joinpath("changes").iterdir()}
    assert templates == {kind.KIND for kind in kinds()}


def test_every_kind_is_called_as_its_file_and_looks_in_an_order_of_its_own():
    assert all(kind.__name__.endswith(f".{kind.KIND}") for kind in kinds())  # type: ignore[attr-defined]
    assert len({kind.ORDER for kind in kinds()}) == len(kinds())


def test_a_month_that_becomes_a_day_of_it_is_sharpened_and_not_moved():
    change = only(page((R, "go_live", "2021-11")), page((R, "go_live", "2021-11-04")))
    assert (change.kind, change.before, change.after) == ("sharpened", "2021-11", "2021-11-04")
    assert "moves" not in spoken(change)
    assert only(page((M, "implementation", "2021-11")), page((M, "implementation", "2021-11-04"))).kind == "sharpened"
    assert only(page((R, "go_live", "2021-11")), page((R, "go_live", "2021-12-02"))).kind == "go_live_moved"


def test_the_dates_of_a_scope_are_sharpened_with_the_release():
    before = (
        *scope("2021-11", "MP077"),
        *page((R, "go_live", "2021-11"), ("modification:MP077", "implementation", "2021-11")),
    )
    after = page((R, "go_live", "2021-11-04"), ("modification:MP077", "implementation", "2021-11-04"))
    assert only(before, (*scope("2021-11", "MP077"), *after)).subject == R


# --- scope -----------------------------------------------------------------------------------------------------------


def test_a_modification_that_comes_into_scope_is_one_change_with_its_status():
    change = only(scope("2021-11", "MP077"), scope("2021-11", "MP077", "MP138", status="targeted"))
    assert change.kind == "scope_added"
    assert headline(change) == "MP138 ‘Title of 138’ comes into the November 2021 SEC Release"
    assert "Status: Targeted." in spoken(change)


def test_a_modification_that_leaves_scope_is_one_change():
    change = only(scope("2021-11", "MP077", "MP129"), scope("2021-11", "MP077"))
    assert (change.kind, change.before, change.after) == ("scope_removed", "MP129", None)
    assert headline(change) == "MP129 ‘Title of 129’ leaves the November 2021 SEC Release"
    assert {"release:2021-11", "modification:MP129"} <= set(change.about)


def test_what_a_page_tells_to_be_out_of_scope_fell_out():
    after = (*scope("2021-11", "MP077"), *page((R, "out_of_scope", "MP149")))
    change = only(scope("2021-11", "MP077", "MP149"), after)
    assert (change.kind, change.after) == ("fell_out", "MP149")
    assert headline(change) == "MP149 ‘Title of 149’ fell out of the November 2021 SEC Release"


def test_what_fell_out_can_come_back():
    before = (*scope("2021-11", "MP077"), *page((R, "out_of_scope", "MP149")))
    assert "comes back into" in headline(only(before, scope("2021-11", "MP077", "MP149")))


def test_removed_here_and_added_there_is_one_move():
    before = (*scope("2021-11", "MP077", "MP099"), *scope("2022-11", "MP200"))
    after = (*scope("2021-11", "MP077"), *scope("2022-11", "MP200", "MP099"))
    change = only(before, after)
    assert (change.kind, change.subject, change.before, change.after) == (
        "moved",
        "modification:MP099",
        "2021-11",
        "2022-11",
    )
    assert headline(change) == "MP099 ‘Title of 099’ moves from November 2021 to November 2022"
    assert {"release:2021-11", "release:2022-11", "modification:MP099"} <= set(change.about)


def test_another_targeted_release_is_a_move():
    change = only(page(TITLE, (M, "targeted_release", "2021-11")), page(TITLE, (M, "targeted_release", "2022-06")))
    assert (change.kind, change.attribute) == ("moved", "targeted_release")
    assert headline(change) == "MP090 ‘Non GBCS Alerts’ moves from November 2021 to June 2022"


def test_a_first_target_is_told_as_a_target():
    change = only(page(TITLE), page(TITLE, (M, "targeted_release", "2021-11")))
    assert headline(change) == "MP090 ‘Non GBCS Alerts’ is targeted for November 2021"


def test_a_split_is_one_change_that_names_the_siblings():
    after = (*scope("2021-11", "MP077", "MP128A", "MP128B"),)
    change = only(scope("2021-11", "MP077", "MP128"), after)
    assert (change.kind, change.before, change.after) == ("split", "MP128", "MP128A, MP128B")
    assert headline(change) == "MP128 ‘Title of 128’ is split into MP128A and MP128B"
    assert {"modification:MP128", "modification:MP128A", "modification:MP128B", R} <= set(change.about)


def test_a_split_told_by_a_sibling_s_own_page_is_a_split():
    sibling = "modification:MP102B"
    change = only(page(TITLE), page(TITLE, (sibling, "title", "Power"), (sibling, "split_from", "MP102")))
    assert (change.kind, change.subject, change.after) == ("split", "modification:MP102", "MP102B")


def test_a_split_that_is_told_of_a_known_sibling_is_a_weighty_split():
    sibling = "modification:MP102B"
    change = only(
        page((sibling, "title", "Power")), page((sibling, "title", "Power"), (sibling, "split_from", "MP102"))
    )
    assert (change.kind, change.subject, change.before, change.after) == (
        "split",
        "modification:MP102",
        "MP102",
        "MP102B",
    )
    assert change.weight is Weight.WEIGHTY
    assert headline(change) == "MP102 is split into MP102B"


def test_a_weighty_fact_without_a_kind_of_its_own_is_weighty():
    change = only(page(TITLE, (R, "out_of_scope", "MP090")), page(TITLE))
    assert (change.kind, change.weight) == ("fact_changed", Weight.WEIGHTY)


def test_a_draft_proposal_that_became_a_modification_is_one_change():
    before = scope("2020-11", "MP120", "DP124", status="draft_proposal")
    after = (
        *scope("2020-11", "MP120", status="draft_proposal"),
        *page(
            ("release:2020-11", "in_scope", "MP124"),
            ("modification:MP124", "title", "SMETS1 Alerts in DUIS"),
            ("modification:MP124", "status", "report_phase"),
        ),
    )
    change = only(before, after)
    assert (change.kind, change.before, change.after) == ("converted", "DP124", "MP124")
    assert headline(change) == "DP124 becomes MP124 ‘SMETS1 Alerts in DUIS’"
    assert "its title was ‘Title of 124’" in spoken(change)
    assert {"modification:DP124", "modification:MP124"} <= set(change.about)


def test_a_proposal_for_scope_is_not_scope():
    change = only(page(TITLE), page(TITLE, (R, "may_include", "MP090")))
    assert headline(change) == "MP090 ‘Non GBCS Alerts’ is proposed for the November 2021 SEC Release"
    gone = only(page(TITLE, (R, "may_include", "MP090")), page(TITLE))
    assert headline(gone) == "MP090 ‘Non GBCS Alerts’ is no longer proposed for the November 2021 SEC Release"


def test_what_was_proposed_and_comes_into_scope_is_told_once():
    change = only(page(TITLE, (R, "may_include", "MP090")), page(TITLE, (R, "in_scope", "MP090")))
    assert change.kind == "scope_added"


def test_a_baselined_scope_is_weighty_and_concerns_all_in_scope():
    before = scope("2021-11", "MP077")
    change = only(before, (*before, *page((R, "baselined_on", "2021-05-14"))))
    assert headline(change) == "November 2021 SEC Release: scope baselined on 14 May 2021"
    assert change.weight is Weight.WEIGHTY
    assert "modification:MP077" in change.about


def test_the_two_kinds_of_baseline_are_told_apart():
    change = only((), page((R, "dcc_systems_baselined_on", "2020-11-20")))
    assert headline(change) == "November 2021 SEC Release: scope on the DCC Systems baselined on 20 November 2020"


def test_change_requests_of_the_dcc_come_and_go():
    asked = page(("change_request:CR1145", "title", "Load Control"), (R, "change_request", "CR1145"))
    added, removed = only((), asked), only(asked, ())
    assert headline(added) == "CR1145 ‘Load Control’ (DCC change request) comes into the November 2021 SEC Release"
    assert headline(removed) == "CR1145 ‘Load Control’ (DCC change request) leaves the November 2021 SEC Release"


# --- go-live ---------------------------------------------------------------------------------------------------------


def test_a_go_live_that_moves_says_from_when_to_when_and_by_how_much():
    key = "release:2020-11"
    change = only(page((key, "go_live", "2020-11-05")), page((key, "go_live", "2020-11-29")))
    assert headline(change) == "November 2020 SEC Release: go-live moves from 5 November 2020 to 29 November 2020"
    assert "That is 24 days later." in spoken(change)


def test_a_go_live_settled_for_the_first_time_takes_its_proposal_along():
    change = only(page((R, "proposed_go_live", "2021-11-04")), page((R, "go_live", "2021-11-04")))
    assert headline(change) == "November 2021 SEC Release: go-live is 4 November 2021"
    assert "the date that had been proposed" in spoken(change)


def test_a_go_live_that_is_not_given_any_more_is_told():
    change = only(page((R, "go_live", "2021-11-04")), ())
    assert headline(change) == "November 2021 SEC Release: go-live 4 November 2021 is no longer given"


def test_a_go_live_that_becomes_less_certain_keeps_its_precision():
    change = only(page((R, "go_live", "2021-11-04")), page((R, "go_live", "2021-11")))
    assert headline(change) == "November 2021 SEC Release: go-live moves from 4 November 2021 to November 2021"
    assert "days" not in spoken(change)


def test_dates_that_move_with_the_go_live_are_not_told_one_by_one():
    before = (*scope("2021-11", "MP077"), *page((R, "go_live", "2021-11-04")))
    before += page(("modification:MP077", "implementation", "2021-11-04"))
    after = (*scope("2021-11", "MP077"), *page((R, "go_live", "2021-11-29")))
    after += page(("modification:MP077", "implementation", "2021-11-29"))
    assert only(before, after).kind == "go_live_moved"


def test_a_proposed_go_live_settles_nothing():
    before = page((R, "go_live", "2021-11-04"))
    change = only(
        before, (*before, *page((R, "proposed_go_live", "2021-11-29"), (R, "go_live_requested_on", "2021-06-19")))
    )
    assert headline(change) == "November 2021 SEC Release: go-live proposed for 29 November 2021"
    assert "The settled go-live is still 4 November 2021; the proposal is 25 days later." in spoken(change)
    assert "Requested on 19 June 2021." in spoken(change)


def test_an_approved_request_to_move_go_live_is_told():
    change = only((), page((R, "go_live_approved_on", "2021-04-01")))
    assert headline(change) == "November 2021 SEC Release: a move of go-live was approved on 1 April 2021"


# --- the life of a modification --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kind", "words"),
    [
        ("targeted", "implemented", "status_changed", "MP090 ‘Non GBCS Alerts’: Targeted → Implemented"),
        ("targeted", "approved", "decided", "MP090 ‘Non GBCS Alerts’: Targeted → Approved"),
        (
            "authority_decision",
            "rejected",
            "decided",
            "MP090 ‘Non GBCS Alerts’: with the Authority for decision → Rejected",
        ),
        ("refinement", "withdrawn", "withdrawn", "MP090 ‘Non GBCS Alerts’ is withdrawn"),
        ("authority_decision", "sent_back", "sent_back", "MP090 ‘Non GBCS Alerts’ is sent back"),
        ("refinement", "on_hold", "put_on_hold", "MP090 ‘Non GBCS Alerts’ is put on hold"),
        ("implemented", "approved", "status_changed", "MP090 ‘Non GBCS Alerts’: Implemented → Approved"),
        ("targeted", "other:Paused twice", "status_changed", "MP090 ‘Non GBCS Alerts’: Targeted → Paused twice"),
    ],
)
def test_a_status_is_told_by_what_it_means(before, after, kind, words):
    change = only(page(TITLE, (M, "status", before)), page(TITLE, (M, "status", after)))
    assert (change.kind, change.before, change.after) == (kind, before, after)
    assert headline(change) == words


def test_a_step_back_is_weighty_and_said():
    change = only(page(TITLE, (M, "status", "implemented")), page(TITLE, (M, "status", "targeted")))
    assert change.weight is Weight.WEIGHTY
    assert "That is a step back." in spoken(change)


@pytest.mark.parametrize("before", ["approved", "rejected", "pending_implementation", "implemented"])
@pytest.mark.parametrize("after", ["targeted", "refinement"])
def test_a_decision_that_is_taken_back_is_as_weighty_as_a_decision_and_comes_to_who_follows_them(before, after):
    change = only(page(TITLE, (M, "status", before)), page(TITLE, (M, "status", after)))
    assert (change.kind, change.before, change.after) == ("decision_taken_back", before, after)
    assert change.weight is Weight.WEIGHTY
    assert f"It is no longer said to be {before.replace('_', ' ')}." in spoken(change)
    assert all(change.kind in TOPICS[topic][1] for topic in ("decisions", "votes", "status"))


def test_a_decision_takes_the_plans_for_it_along():
    before = page(TITLE, (M, "change_board_vote_on", "2020-05-27"), (M, "decision_path", "self_governance"))
    change = only(before, page(TITLE, (M, "status", "approved")))
    assert (change.kind, headline(change)) == ("decided", "MP090 ‘Non GBCS Alerts’ is approved")
    assert "Path: Self-Governance." in spoken(change)


def test_the_date_of_a_decision_is_told_with_it_or_alone():
    whole = page(TITLE, (M, "status", "approved"), (M, "approved_on", "2021-10-01"))
    both = only(page(TITLE, (M, "status", "targeted")), whole)
    alone = only(page(TITLE, (M, "status", "approved")), whole)
    assert "Approved on 1 October 2021." in spoken(both)
    assert headline(alone) == "MP090 ‘Non GBCS Alerts’ was approved on 1 October 2021"


def test_an_authority_decision_is_not_called_an_approval():
    change = only(page(TITLE), page(TITLE, (M, "authority_decided_on", "2021-10-01")))
    assert headline(change) == "MP090 ‘Non GBCS Alerts’: the Authority decided on 1 October 2021"


def test_a_recommendation_is_not_a_decision():
    before = page(TITLE, (M, "change_board_vote_on", "2020-02-26"))
    after = page(
        TITLE,
        (M, "change_board_recommendation", "reject"),
        (M, "status", "authority_decision"),
        (M, "decision_cut_off", "2020-10-22"),
    )
    changes = found(before, after)
    assert headline(changes[0]) == "MP090 ‘Non GBCS Alerts’: Change Board recommends to reject it"
    assert "not the decision; it is with the Authority now" in spoken(changes[0])
    assert kinds_of(changes) == ["recommended", "cut_off_moved"]


def test_a_withdrawal_is_told_with_its_date():
    after = page(TITLE, (M, "status", "withdrawn"), (M, "withdrawn_on", "2021-03-02"))
    change = only(page(TITLE, (M, "status", "refinement")), after)
    assert "Withdrawn on 2 March 2021." in spoken(change)
    assert headline(only(page(TITLE), page(TITLE, (M, "withdrawn_on", "2021-03-02")))).endswith(
        "withdrawn on 2 March 2021"
    )


def test_a_vote_that_is_set_or_moves_says_when():
    moved = only(
        page(TITLE, (M, "change_board_vote_on", "2020-05-27")), page(TITLE, (M, "change_board_vote_on", "2020-06-24"))
    )
    after = page(TITLE, (M, "panel_presentation_on", "2020-06-19"), (M, "change_board_vote_on", "2020-07-22"))
    assert headline(moved) == "MP090 ‘Non GBCS Alerts’: Change Board vote moves from 27 May 2020 to 24 June 2020"
    assert headline(only(page(TITLE), after)) == "MP090 ‘Non GBCS Alerts’: Change Board vote on 22 July 2020"
    assert "Presentation to the Panel: 19 June 2020." in spoken(only(page(TITLE), after))


def test_a_cut_off_says_what_happens_without_a_decision():
    change = only(page(TITLE), page(TITLE, (M, "decision_cut_off", "2020-10-22")))
    assert headline(change) == "MP090 ‘Non GBCS Alerts’: decision cut-off is 22 October 2020"
    assert "falls back to a later release" in spoken(change)


def test_a_part_that_is_brought_forward_is_told_with_the_other_dates():
    before = page(TITLE, (M, "implementation", "2021-11-04"))
    added = only(before, (*before, *page((M, "implementation", "2021-06-24"))))
    moved = only(before, page(TITLE, (M, "implementation", "2022-06")))
    assert headline(added) == "MP090 ‘Non GBCS Alerts’: a part is implemented on 24 June 2021"
    assert "Other dates of it: 4 November 2021." in spoken(added)
    assert headline(moved) == "MP090 ‘Non GBCS Alerts’: implementation moves from 4 November 2021 to June 2022"


def test_a_retitling_is_light_and_shows_both_titles():
    change = only(page(TITLE), page((M, "title", "Alerts outside the GBCS")))
    assert (change.kind, change.weight) == ("retitled", Weight.LIGHT)
    assert spoken(change) == "MP090 is retitled ‘Alerts outside the GBCS’\nBefore: ‘Non GBCS Alerts’."


def test_impacts_that_come_and_go_are_one_change():
    before = page(TITLE, (M, "affects", "GBCS"), (M, "may_affect", "DUIS"))
    confirmed = only(before, page(TITLE, (M, "affects", "GBCS"), (M, "affects", "DUIS")))
    gone = only(before, page(TITLE, (M, "may_affect", "DUIS")))
    assert headline(confirmed) == "MP090 ‘Non GBCS Alerts’ now affects DUIS"
    assert headline(gone) == "MP090 ‘Non GBCS Alerts’ is no longer said to affect GBCS"


def test_an_affected_part_can_be_followed():
    change = only(page(TITLE), page(TITLE, (M, "affects_part", "Appendix AD"), (M, "affects_part", "Section H")))
    assert headline(change) == "MP090 ‘Non GBCS Alerts’ now affects Appendix AD and Section H"
    assert {"part:Appendix AD", "part:Section H", M} <= set(change.about)


def test_consultations_open_move_and_close():
    before = page(TITLE, (M, "consultation_closes_on", "2021-07-02"))
    assert headline(only(page(TITLE), before)) == "MP090 ‘Non GBCS Alerts’: consultation closes on 2 July 2021"
    moved = only(before, page(TITLE, (M, "consultation_closes_on", "2021-07-09")))
    assert headline(moved) == "MP090 ‘Non GBCS Alerts’: consultation closes on 9 July 2021, not 2 July 2021"
    assert kinds_of(found(before, page(TITLE))) == ["consultation_closed"]


# --- documents -------------------------------------------------------------------------------------------------------

D = "document:2021-11/Schedule 8"


def draft(number: str, published: str) -> tuple:  # type: ignore[type-arg]
    return page(
        (R, "document", "Schedule 8"),
        (D, "title", "GB Companion Specification"),
        (D, "version", "4.1"),
        (D, "draft", number),
        (D, "published_on", published),
    )


def test_a_new_draft_of_a_specification_is_one_change():
    change = only(draft("4", "2021-08-20"), draft("5", "2021-09-22"))
    assert headline(change) == "Schedule 8 ‘GB Companion Specification’: v4.1 draft 4 → v4.1 draft 5"
    assert "published 22 September 2021" in spoken(change)
    assert {"part:Schedule 8", "release:2021-11"} <= set(change.about)


def test_a_draft_published_anew_under_its_old_number_is_told():
    change = only(draft("5", "2021-09-22"), draft("5", "2021-10-01"))
    assert (
        headline(change) == "Schedule 8 ‘GB Companion Specification’ (v4.1 draft 5) is published anew on 1 October 2021"
    )


def test_a_specification_is_listed_and_dropped():
    listed, dropped = only((), draft("5", "2021-09-22")), only(draft("5", "2021-09-22"), ())
    assert headline(listed) == (
        "Schedule 8 ‘GB Companion Specification’ v4.1 (draft 5) is listed for the November 2021 SEC Release"
    )
    assert headline(dropped) == (
        "Schedule 8 ‘GB Companion Specification’ is no longer listed for the November 2021 SEC Release"
    )


def test_a_reissued_implementation_document_is_told():
    attribute = "implementation_document_updated_on"
    change = only(page((R, attribute, "2021-09-01")), page((R, attribute, "2021-10-22")))
    assert headline(change) == ("November 2021 SEC Release: Release Implementation Document updated on 22 October 2021")


# --- versions --------------------------------------------------------------------------------------------------------


def post(*more: tuple[str, str, str]) -> tuple:  # type: ignore[type-arg]
    return page(
        (V, "effective_on", "2021-11-04"),
        (V, "implements_release", "2021-11"),
        (V, "implements", "MP077"),
        (V, "implements", "MP090"),
        TITLE,
        (M, "status", "implemented"),
        (V, "affects_part", "Section A"),
        *more,
        item="v50",
    )


def test_a_new_version_is_one_change_with_all_that_it_brings():
    change = only((), post(), stream=True, whole=["v50"], about="")
    assert (change.kind, change.attribute, change.after) == ("version_published", "effective_on", "2021-11-04")
    assert headline(change) == "SEC v50.0 implements the November 2021 SEC Release on 4 November 2021"
    assert "Modifications: MP077 and MP090." in spoken(change)
    assert {V, "release:2021-11", "modification:MP077", M, "part:Section A"} <= set(change.about)


def test_a_new_version_is_proved_by_what_tells_its_day_not_by_the_line_that_dates_the_post():
    facts = (("posted_on", "2021-11-05", "5 November 2021"), ("effective_on", "2021-11-04", "It took effect."))
    claims = [Claim("version:50.0", attribute, value, Evidence(quote)) for attribute, value, quote in facts]
    [change] = found((), tuple(claims))
    assert change.quote_after == "It took effect."


def test_a_version_for_one_modification_names_it():
    claims = page(("version:51.0", "effective_on", "2021-11-11"), ("version:51.0", "implements", "MP090"), TITLE)
    assert headline(only((), claims)) == "SEC v51.0 implements MP090 ‘Non GBCS Alerts’ on 11 November 2021"


def test_a_later_date_for_the_rest_of_a_modification_is_news_of_its_own():
    changes = found((), post((M, "implementation", "2021-11-04"), (M, "implementation", "2022-11-03")), stream=True)
    assert kinds_of(changes) == ["version_published", "implementation_moved"]
    assert changes[1].after == "2022-11-03"


def test_a_designation_without_a_modification_is_told_as_that():
    claims = page((V, "effective_on", "2021-11-04"), (V, "designated_by", "BEIS"), (V, "affects_part", "Appendix AL"))
    change = only((), claims)
    assert headline(change) == "BEIS designates SEC v50.0 with effect on 4 November 2021"
    assert "part:Appendix AL" in change.about


def test_a_post_that_is_edited_later_is_one_amendment():
    change = only(post(), post((V, "affects_part", "Section H")), stream=True, whole=["v50"])
    assert (change.kind, change.weight) == ("version_amended", Weight.NORMAL)
    assert "Now named: Section H." in spoken(change)


def test_another_effective_date_of_a_version_is_weighty():
    after = tuple(c for c in post() if c.attribute != "effective_on")
    after += page((V, "effective_on", "2021-11-05"), item="v50")
    change = only(post(), after, stream=True, whole=["v50"])
    assert headline(change) == "SEC v50.0: effective date changes from 4 November 2021 to 5 November 2021"
    assert change.weight is Weight.WEIGHTY


def test_a_variation_is_told_with_its_notice():
    subject = "variation:2014-09-02/Section L"
    change = only((), page((subject, "affects_part", "Section L"), (subject, "noticed_on", "2014-09-02")))
    assert headline(change) == "Secretary of State varies Section L: notice of 2 September 2014"


# --- the rest --------------------------------------------------------------------------------------------------------


def test_a_fact_that_no_kind_knows_is_told_lightly():
    change = only(page(TITLE, (M, "proposer", "A supplier")), page(TITLE, (M, "proposer", "A network operator")))
    assert (change.kind, change.weight) == ("fact_changed", Weight.LIGHT)
    assert headline(change) == "MP090 ‘Non GBCS Alerts’: proposer changes from A supplier to A network operator"


def test_a_change_carries_the_sentences_that_prove_it():
    change = only(page((R, "go_live", "2021-11-04")), page((R, "go_live", "2021-11-29")))
    assert change.quote_before == "the page says 2021-11-04"
    assert change.quote == "the page says 2021-11-29"


# --- consultations that come and go --------------------------------------------------------------------------------------


def closing(day: str, row: str = "Modification Report Consultation"):  # type: ignore[no-untyped-def]
    """A consultation's claims, with its row."""
    claims = page(TITLE, (M, "consultation_closes_on", day))
    return tuple(replace(claim, evidence=Evidence(f"MP090 ‘Non GBCS Alerts’ {row} {day}")) for claim in claims)


def test_a_consultation_that_had_closed_goes_without_waiting():
    certain, waiting = diff.split_removals(found(closing("2021-07-02"), ()), date(2021, 7, 3))
    assert waiting == []
    assert headline(certain[0]) == "MP090 ‘Non GBCS Alerts’: consultation closed on 2 July 2021"


@pytest.mark.parametrize("day", [date(2021, 7, 1), date(2021, 7, 2)])
def test_a_consultation_that_goes_before_its_date_is_withdrawn_from_the_list(day):
    certain, waiting = diff.split_removals(found(closing("2021-07-02"), ()), day)
    assert certain == []
    assert headline(waiting[0]).endswith("closing on 2 July 2021 is withdrawn from the list")


def test_an_extended_consultation_is_told_once_and_at_once():
    certain, waiting = diff.split_removals(found(closing("2021-07-02"), closing("2021-07-09")), date(2021, 6, 30))
    assert (kinds_of(certain), waiting) == (["consultation_moved"], [])


def test_a_consultation_of_another_stage_is_another_consultation():
    changes = found(closing("2021-03-02", "Refinement Consultation"), closing("2021-07-09"))
    assert sorted(kinds_of(changes)) == ["consultation_closed", "consultation_opened"]
