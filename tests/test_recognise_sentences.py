"""The roles that words give to names and dates: what is so, what may come, what is not ours."""

from __future__ import annotations

import pytest

from watchers.phrases.context import Context
from watchers.phrases.marks import sentences
from watchers.phrases.rules import said

RELEASE = "2021-11"


def read(text: str, *about: str) -> set[str]:
    """Return what a text on the page of the November 2021 release says, as "release:2021-11 go_live 2021-11-04"."""
    context = Context(release=RELEASE, about=about, own_page=True)
    found: set[str] = set()
    for sentence in sentences(text, RELEASE):
        context.mentioned |= set(sentence.values("M"))
        found |= {f"{subject} {attribute} {value}" for subject, attribute, value, _ in said(sentence, context)}
        context.last = tuple(sentence.values("M")) or context.last
    return found


def of(attribute: str, *values: str) -> set[str]:
    return {f"release:{RELEASE} {attribute} {value}" for value in values}


def mod(id_: str, **facts: str) -> set[str]:
    return {f"modification:{id_} {attribute} {value}" for attribute, value in facts.items()}


@pytest.mark.parametrize(
    "text",
    [
        "The November 2021 SEC Release, due to go live on 4 November 2021, brings changes to the DCC Systems.",
        "This release went live on Thursday 4 November 2021.",
        "Go-live is planned for 4 November 2021.",
        "Implementation date: 4 November 2021",
        "The planned implementation date for the November 2021 SEC Release is 4th November 2021.",
        "We expect the November 2021 SEC Release to go live on 4 November.",
        "This release is now live. It was implemented on 4 November 2021.",
        "The November 2021 SEC Release, once due on 11 November 2021, will now go live on 4 November 2021.",
        "The go-live date has changed from 11 November 2021 to 4 November 2021.",
    ],
)
def test_a_settled_go_live(text: str) -> None:
    assert read(text) == of("go_live", "2021-11-04")


@pytest.mark.parametrize(
    "text",
    [
        "The DCC has asked for go-live to be put back to 29 November 2021.",
        "It is likely that the go-live date will move to Monday 29 November 2021.",
        "The timetable assumes go-live on 29 November 2021.",
        "Go-live is expected on 29 November 2021, subject to the Authority’s approval.",
        "The implementation date may have to move, with 29 November 2021 the most likely date.",
    ],
)
def test_a_go_live_that_is_hoped_for_or_asked_for_is_proposed(text: str) -> None:
    assert read(text) == of("proposed_go_live", "2021-11-29")


def test_a_request_to_move_go_live_its_approval_and_its_refusal() -> None:
    asked = read("On 5 May 2021 the Panel wrote to the Authority asking to move the go-live date to 29 November 2021.")
    assert asked == of("go_live_requested_on", "2021-05-05") | of("proposed_go_live", "2021-11-29")
    granted = read("The Panel agreed on 18 June 2021 to move the go-live date to 29 November 2021.")
    assert granted == of("go_live_approved_on", "2021-06-18") | of("go_live", "2021-11-29")
    assert read("The Panel refused the DCC’s request to move the go-live to 29 November 2021.") == set()


def test_a_request_about_a_modification_is_no_decision_on_it_nor_on_the_release() -> None:
    found = read(
        "On 25 March 2021 the Panel asked the Authority to change the implementation date of the Appendix R "
        "text under SECMP0007. "
        "The Authority approved this request on 1 April 2021."
    )
    assert found == set()


def test_scope_is_baselined_whole_on_the_systems_or_is_still_to_be() -> None:
    found = read(
        "The scope on the DCC Systems was baselined on 13 November 2020, and the full scope was baselined on "
        "14 May 2021."
    )
    assert found == of("dcc_systems_baselined_on", "2020-11-13") | of("baselined_on", "2021-05-14")
    assert read("The Panel is due to baseline the scope on 14 May 2021.") == of("baseline_due", "2021-05-14")
    assert read("The Panel baselines scope 12 months before go-live.") == set()
    found = read("The Panel baselined the scope on 14 May 2021; MP138 was added to the scope on 2 June 2021.")
    assert {fact for fact in found if "baselined" in fact} == of("baselined_on", "2021-05-14")


@pytest.mark.parametrize(
    "text",
    [
        "The Release Implementation Document was last updated on 22 October 2021.",
        "The RID was reissued on 22 October 2021.",
        "The Release Implementation Document is below. This document was revised on 22 October 2021.",
    ],
)
def test_the_release_implementation_document_is_updated(text: str) -> None:
    assert read(text) == of("implementation_document_updated_on", "2021-10-22")


def test_other_documents_that_are_updated_are_not_the_release_implementation_document() -> None:
    assert read("The SEC Release Management Policy was updated on 3 March 2021.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "MP149 has fallen out of scope.",
        "MP149 is no longer in scope of the November 2021 SEC Release.",
        "MP149 was removed from this release.",
        "The document was changed following MP149 falling out of scope.",
        "MP149 will not form part of this release.",
        "MP149 cannot now be delivered in the November 2021 SEC Release.",
    ],
)
def test_a_modification_that_left_the_scope(text: str) -> None:
    assert read(text) == of("out_of_scope", "MP149")


def test_a_modification_that_may_leave_has_not_left() -> None:
    assert read("MP149 may fall out of scope if it is not approved.") == set()
    assert read("MP149’s CSP changes will not be included in this release.") == set()


def test_a_move_from_release_to_release_is_out_of_one_and_into_the_other() -> None:
    found = read("MP149 has been removed from this release and will be included in the June 2022 SEC Release.")
    assert found == of("out_of_scope", "MP149") | {"release:2022-06 in_scope MP149"}
    assert read("MP149 has been deferred to the June 2022 SEC Release.") == found


@pytest.mark.parametrize(
    "text",
    [
        "This release contains MP101 ‘One’, MP102 ‘Two’ and MP103 ‘Three’.",
        "MP101, MP102 and MP103 make up the release.",
        "In scope are MP101, MP102 and MP103.",
    ],
)
def test_scope_in_prose(text: str) -> None:
    assert read(text) == of("in_scope", "MP101", "MP102", "MP103")


def test_one_in_scope_and_another_not_in_one_sentence() -> None:
    found = read("The scope consists of MP101 and MP102; MP103 is no longer part of it.")
    assert found == of("in_scope", "MP101", "MP102") | of("out_of_scope", "MP103")


@pytest.mark.parametrize(
    "text",
    [
        "The DCC has asked the Panel to include MP138 in the June 2022 SEC Release.",
        "Users were asked whether MP138 could be brought into the June 2022 SEC Release.",
        "MP138 is being considered for the June 2022 SEC Release.",
    ],
)
def test_what_is_asked_for_may_be_included(text: str) -> None:
    assert read(text) == {"release:2022-06 may_include MP138"}


def test_targeted_for_a_release_or_no_longer() -> None:
    assert read("MP099 is now targeted for the November 2022 SEC Release.") == mod("MP099", targeted_release="2022-11")
    assert read("MP099 is targeted for implementation in November 2022.") == mod("MP099", targeted_release="2022-11")
    assert "targeted_release" not in " ".join(read("MP099 is no longer targeted for the November 2022 SEC Release."))


@pytest.mark.parametrize(
    "text",
    [
        "The Change Board vote will be held on 27 May 2020 under Self-Governance.",
        "Self-Governance vote at the Change Board on 27 May 2020",
        "Change Board vote due 27 May 2020 (Self-Governance).",
        "The Change Board will vote on this modification on 27 May 2020 as a Self-Governance modification.",
    ],
)
def test_a_vote_to_come_gives_its_date_and_no_status(text: str) -> None:
    assert read(text, "MP080") == mod("MP080", change_board_vote_on="2020-05-27", decision_path="self_governance")


def test_a_recommendation_is_not_a_decision() -> None:
    found = read(
        "The Change Board recommended MP084 be rejected on 26 February 2020. This modification is now with "
        "the Authority for decision.",
        "MP084",
    )
    facts = {
        "change_board_recommendation": "reject",
        "change_board_vote_on": "2020-02-26",
        "status": "authority_decision",
    }
    assert found == mod("MP084", **facts)
    late = read("The Change Board recommended on 26 February 2020 that the Authority approve MP084.", "MP084")
    assert late == mod("MP084", change_board_recommendation="approve", change_board_vote_on="2020-02-26")


@pytest.mark.parametrize(
    "text",
    [
        "It will be included in this release if approved by 22 October 2020.",
        "A decision is needed by 22 October 2020.",
        "MP084 must be approved by 22 October 2020.",
        "Decision cut-off: 22 October 2020.",
    ],
)
def test_a_decision_cut_off(text: str) -> None:
    assert read(text, "MP084") == mod("MP084", decision_cut_off="2020-10-22")


@pytest.mark.parametrize(
    "text",
    [
        "The Modification Report is expected to be presented to the Panel on 19 June 2020.",
        "Modification Report to the Panel on 19 June 2020.",
        "The Panel will consider the report on 19 June 2020.",
        "It is presented to the Panel on 19 June 2020, with a vote to follow later.",
    ],
)
def test_a_presentation_to_the_panel(text: str) -> None:
    assert read(text, "MP102A") == mod("MP102A", panel_presentation_on="2020-06-19")


def test_a_decision_by_the_authority() -> None:
    approved = mod("MP134A", status="approved", approved_on="2021-10-01", authority_decided_on="2021-10-01")
    assert read("On 1 October 2021, the Authority decided to approve MP134A ‘Use of Certificates’.") == approved
    assert read("MP134A was approved by Ofgem on 1 October 2021.") == approved
    rejected = mod("MP134A", status="rejected", authority_decided_on="2021-10-01")
    assert read("The Authority rejected MP134A on 1 October 2021.") == rejected


@pytest.mark.parametrize(
    "text",
    [
        "Approved for a DCC Impact Assessment request.",
        "The Change Board approved MP101 for a DCC Impact Assessment on 27 May 2020.",
        "The Panel approved the Modification Report for consultation on 27 May 2020.",
        "MP101 is expected to be approved on 24 June 2020.",
        "The Change Board will be asked to approve MP101 on 24 June 2020.",
        "The Panel has not yet approved MP101.",
        "Nothing has been approved in respect of MP101.",
        "If MP101 is approved, it will be implemented on 4 November 2021.",
        "MP101 will be implemented on 4 November 2021 if approved.",
        "Ofgem decided not to approve MP101 on 3 March 2021.",
        "The Authority approved the change to MP101’s implementation date on 3 March 2021.",
    ],
)
def test_what_is_no_approval(text: str) -> None:
    assert read(text, "MP101") == set()


def test_each_modification_of_a_sentence_gets_its_own_decision() -> None:
    found = read("MP101 was approved on 3 May 2021 and MP102 was rejected on 6 May 2021.")
    assert found == mod("MP101", status="approved", approved_on="2021-05-03") | mod("MP102", status="rejected")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("MP120 was withdrawn by its Proposer.", "withdrawn"),
        ("The Authority has sent MP120 back for further work.", "sent_back"),
        ("The Authority’s decision to send back MP120 came as a surprise.", "sent_back"),
        ("MP120 has been put on hold.", "on_hold"),
        ("MP120 is currently in the Refinement Process.", "refinement"),
        ("MP120 is now in the Report Phase.", "report_phase"),
        ("MP120 is awaiting an Authority decision.", "authority_decision"),
        ("MP120 has been implemented.", "implemented"),
        ("MP120 is pending implementation.", "pending_implementation"),
    ],
)
def test_where_a_modification_stands_now(text: str, status: str) -> None:
    assert read(text) == mod("MP120", status=status)


def test_a_draft_proposal_has_that_status_and_may_become_a_modification() -> None:
    assert read("This Draft Proposal goes to the Panel.", "DP124") == mod("DP124", status="draft_proposal")
    found = read("DP124 was converted to MP124 on 19 June 2020.")
    assert found == mod("MP124", draft_proposal="DP124", converted_on="2020-06-19")
    assert read("MP128 had been split into MP128A and MP128B.") == mod("MP128A", split_from="MP128") | mod(
        "MP128B", split_from="MP128"
    )


def test_parts_of_a_modification_are_implemented_on_dates_of_their_own() -> None:
    found = read(
        "The SEC changes for SECMP0007 will be implemented on 4 November 2021 (November 2021 SEC Release). "
        "The SECMP0007 CTSD text will now be implemented on 24 June 2021 (June 2021 SEC Release). "
        "The DCC proposes that its CSP changes be delivered in the June 2022 SEC Release."
    )
    dated = {f"modification:SECMP0007 implementation {on}" for on in ("2021-11-04", "2021-06-24")}
    assert found == dated | of("go_live", "2021-11-04") | {"release:2021-06 go_live 2021-06-24"}


def test_a_release_stands_for_an_implementation_date_that_is_not_printed() -> None:
    later = mod("MP149", implementation="2022-06") | of("out_of_scope", "MP149")
    assert read("MP149 will now be implemented in the June 2022 SEC Release.") == later
    found = read("SECMP0015 will not be implemented until the November 2022 SEC Release (3 November 2022).")
    assert found == mod("SECMP0015", implementation="2022-11-03") | {"release:2022-11 go_live 2022-11-03"}


@pytest.mark.parametrize(
    "text",
    [
        "BSC Modification P415 goes live on 4 November 2021 and REC R0147 was approved on 3 March 2021.",
        "SECMPXXXX was approved on DD/MM/YYYY.",
        "UNC 0803 and CUSC CMP258 are in scope of this release.",
    ],
)
def test_other_codes_and_placeholders_say_nothing(text: str) -> None:
    assert read(text) == set()


def test_words_within_a_title_are_no_facts() -> None:
    found = read("MP164 ‘MP099 was withdrawn in the June 2022 SEC Release on 3 March 2021’ has been implemented.")
    assert found == mod("MP164", status="implemented")


@pytest.mark.parametrize(
    "text",
    [
        "The Panel set the scope of the release on 14 May 2021.",
        "The Panel froze the scope of the release on 14 May 2021.",
        "The scope of this release was locked down on 14 May 2021.",
        "Scope signed off by the Panel: 14 May 2021",
        "Baseline of the full scope: 14 May 2021",
        "Scope baselined (all): 14 May 2021",
        "14 May 2021 – full scope baselined",
    ],
)
def test_a_scope_that_is_set_frozen_or_signed_off_is_baselined(text: str) -> None:
    assert read(text) == of("baselined_on", "2021-05-14")


@pytest.mark.parametrize(
    "text",
    [
        "The Panel set the DCC Systems scope on 13 November 2020 and the scope of the release as a whole on 14 May 2021.",
        "The scope was locked down on 14 May 2021, and that of the DCC Systems on 13 November 2020.",
        "Baseline dates: DCC Systems 13 November 2020; whole scope 14 May 2021.",
        "Baselined by the Panel on 13 November 2020 (DCC Systems) and 14 May 2021 (all modifications).",
        "The scope was baselined in two steps: the DCC Systems on 13 November 2020 and the documents on 14 May 2021.",
        "The Panel baselined the scope on 14 May 2021; for the DCC Systems the baseline was 13 November 2020.",
    ],
)
def test_each_of_two_baselines_keeps_its_date(text: str) -> None:
    assert read(text) == of("dcc_systems_baselined_on", "2020-11-13") | of("baselined_on", "2021-05-14")


@pytest.mark.parametrize(
    "text",
    [
        "The scope was not baselined on 14 May 2021 as had been planned.",
        "The Panel set out the scope of its review on 14 May 2021.",
        "The Panel discussed the scope on 14 May 2021.",
        "The release notes were set aside on 14 May 2021.",
    ],
)
def test_a_scope_that_is_not_set_is_no_baseline(text: str) -> None:
    assert read(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "On 5 May 2021 the Panel asked the Authority for 29 November 2021 instead; it agreed to the request on 18 June 2021.",
        "Following a request dated 5 May 2021, the Authority agreed on 18 June 2021 that the go-live should move.",
        "On 5 May 2021 the Panel requested that the Authority move it, and the Authority did so on 18 June 2021.",
        "The Panel requested on 5 May 2021 that the Authority move the release. It gave its consent on 18 June 2021.",
        "By letter of 5 May 2021 the Panel asked for another go-live date. The request was granted on 18 June 2021.",
    ],
)
def test_a_request_for_another_go_live_and_its_approval_have_dates_of_their_own(text: str) -> None:
    found = read(text)
    assert of("go_live_requested_on", "2021-05-05") | of("go_live_approved_on", "2021-06-18") <= found
    assert not of("go_live", "2021-05-05", "2021-06-18") & found


def test_a_request_that_was_turned_down_gives_no_date_and_no_approval() -> None:
    found = read("A request of 5 May 2021 to delay the go-live to 29 November 2021 was turned down on 18 June 2021.")
    assert found == of("go_live_requested_on", "2021-05-05")


def test_a_change_to_the_date_of_a_text_is_no_change_of_go_live() -> None:
    found = read(
        "SECMP0007 was in the June release. On 25 March 2021 the Panel asked the Authority for this change to the date "
        "of the text, and on 1 April 2021 the Authority agreed to it."
    )
    found |= read(
        "The Panel wrote to the Authority on 25 March 2021 to ask for another implementation date for Appendix R."
    )
    assert not {fact for fact in found if "go_live" in fact}


@pytest.mark.parametrize(
    "text",
    [
        "We implemented the November 2021 SEC Release on 4 November 2021.",
        "Its effect followed on 4 November 2021, when the November 2021 SEC Release went live.",
        "If it has not been decided by then it falls back to the November 2021 SEC Release (4 November 2021).",
    ],
)
def test_go_live_told_beside_something_else(text: str) -> None:
    assert of("go_live", "2021-11-04") <= read(text)


@pytest.mark.parametrize(
    "text",
    [
        "MP129 was not taken forward for this release.",
        "MP129 has left the release.",
        "MP129 has been taken out.",
        "MP129 was included at first, but has since dropped out.",
        "MP129 will now be delivered in the June 2022 SEC Release.",
        "MP129 was pulled from the scope on 3 March 2021.",
    ],
)
def test_what_leaves_a_release_in_other_words(text: str) -> None:
    assert of("out_of_scope", "MP129") <= read(text)


@pytest.mark.parametrize(
    "text",
    [
        "If the Authority does not approve MP231 by 5 September 2021, it will not form part of the release.",
        "Unless it is decided in time, MP231 will not be part of this release.",
        "MP231 may be dropped from the release.",
        "Part of the text of MP231 will now be delivered in the June 2022 SEC Release.",
    ],
)
def test_what_would_leave_under_a_condition_or_in_part_has_not_left(text: str) -> None:
    assert not of("out_of_scope", "MP231") & read(text)


@pytest.mark.parametrize(
    "text",
    [
        "If the Authority does not approve MP231 by 5 September 2021, it falls back to the next release.",
        "Without an Authority decision by 5 September 2021 MP231 cannot stay in the release.",
        "MP231 is with the Authority, which must decide by 5 September 2021.",
        "MP231 needs to be approved by the Authority no later than 5 September 2021.",
    ],
)
def test_a_decision_cut_off_in_other_words(text: str) -> None:
    assert mod("MP231", decision_cut_off="2021-09-05") <= read(text)


def test_a_conversion_told_below_the_new_name() -> None:
    found = read("Formerly DP270, which was converted on 25 August 2021.", "MP270")
    assert found == mod("MP270", draft_proposal="DP270", converted_on="2021-08-25")
    assert read("DP271 will be converted on 25 August 2021.") == set()
    assert "converted_on" not in " ".join(read("Formerly DP270; it may be converted on 25 August 2021.", "MP271"))


def test_change_requests_that_go_in_with_the_release() -> None:
    found = read(
        "Two DCC Change Requests will be deployed at the same time: CR4551 and CR4602; CR4700 is being considered."
    )
    assert found == of("change_request", "CR4551", "CR4602")


def test_service_requests_are_asked_of_nobody() -> None:
    found = read("The new Service Requests will be implemented on 4 November 2021 with the November 2021 SEC Release.")
    assert of("go_live", "2021-11-04") <= found
    assert "proposed" not in " ".join(found)


def test_a_recommendation_that_it_be_approved_is_no_approval_even_where_a_line_ends_within_it() -> None:
    assert read("‘Cross-code change coordination’ be approved on 26 October 2021.", "MP182") == set()
