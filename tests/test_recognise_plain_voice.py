"""The page of one modification in sentences that come down to one plain form: each fact in many voices, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

OWN = "modification:MP101"

Fact = tuple[str, str]


def said(sentence: str) -> set[Fact]:
    labelled = "<h3>Proposer</h3><p>EDF</p><h3>Lead analyst</h3><p>SECAS</p>"
    heading = "<h1>MP101 ‘Large Gas Meter Displays’</h1>"
    body = f"<html><body><main>{heading}{labelled}<h3>Summary</h3><p>{sentence}</p></main></body></html>"
    reading = read_page(Page("page", body.encode(), "text/html", datetime(2026, 7, 19, tzinfo=UTC)))
    assert reading.kind == "modification-page"
    return {(claim.attribute, claim.value) for claim in reading.claims if claim.subject == OWN}


SAID: dict[tuple[Fact, ...], tuple[str, ...]] = {
    (("status", "approved"), ("approved_on", "2024-04-24")): (
        "The Change Board signed off this modification on 24 April 2024.",
        "On 24 April 2024 the Change Board gave the modification the go-ahead.",
        "Approval was granted by the Change Board on 24 April 2024.",
        "The modification received Change Board approval on 24 April 2024.",
        "The Change Board's approval came on 24 April 2024.",
        "This modification was accepted by the Change Board at its meeting of 24 April 2024.",
        "Members of the Change Board voted in favour of the modification on 24 April 2024.",
        "It won the Change Board's approval on 24 April 2024.",
        "The Change Board has approved this proposal (24 April 2024).",
        "MP101 secured approval at the Change Board on 24 April 2024.",
        "Final approval was given on 24 April 2024 by the Change Board.",
        "The Change Board reached its decision on 24 April 2024: the modification is approved.",
        "By nine votes to one, the Change Board approved MP101 on 24 April 2024.",
        "At its April meeting, held on 24 April 2024, the Change Board approved this change under Self-Governance.",
        "The modification was put to the vote on 24 April 2024 and the Change Board approved it.",
    ),
    (("status", "approved"), ("authority_decided_on", "2024-04-24")): (
        "Ofgem gave the modification its approval on 24 April 2024.",
        "The Authority granted approval for MP101 on 24 April 2024.",
        "The Authority's approval of MP101 came on 24 April 2024.",
        "On 24 April 2024 Ofgem published its decision to approve the change.",
        "Ofgem's decision letter of 24 April 2024 approves this modification.",
        "The Authority has directed that this modification be made (24 April 2024).",
        "Ofgem agreed on 24 April 2024 that the modification should be made.",
        "The Authority consented to the modification on 24 April 2024.",
        "In its decision of 24 April 2024, the Authority approved MP101.",
        "Authority approval was received on 24 April 2024.",
        "We received the Authority's approval on 24 April 2024.",
        "The Authority's decision, dated 24 April 2024, was to approve.",
    ),
    (("status", "rejected"),): (
        "Ofgem turned the modification down on 24 April 2024.",
        "The Change Board voted on 24 April 2024 to reject it.",
        "The Authority decided not to approve MP101.",
        "The Change Board declined to approve this modification on 24 April 2024.",
        "The Change Board did not approve the modification when it voted on 24 April 2024.",
        "Ofgem has refused the modification.",
        "The Change Board's vote of 24 April 2024 went against the modification.",
        "This change failed at the Change Board on 24 April 2024, which voted to reject it.",
    ),
    (("withdrawn_on", "2024-04-24"), ("status", "withdrawn")): (
        "EDF, the Proposer, withdrew this modification on 24 April 2024.",
        "On 24 April 2024 the Proposer told us that it was withdrawing the modification, which is now closed.",
        "The modification was formally withdrawn on 24 April 2024.",
        "This proposal has been withdrawn by its Proposer (24 April 2024).",
        "Withdrawal was confirmed on 24 April 2024.",
        "MP101 was withdrawn with effect from 24 April 2024.",
        "We accepted the withdrawal of this modification on 24 April 2024.",
        "The Proposer gave notice on 24 April 2024 that MP101 is withdrawn.",
        "It was withdrawn by EDF on 24 April 2024.",
    ),
    (("status", "on_hold"),): (
        "Work on this modification has been paused.",
        "The modification has been put on hold while the DCC tests its firmware.",
        "MP101 is currently paused.",
        "At the Proposer's request the modification was placed on hold on 24 April 2024.",
        "Progress is on hold until funding has been found.",
        "We have put this modification on hold.",
        "The Working Group has agreed to pause the modification.",
        "This modification remains on hold.",
    ),
    (("status", "refinement"),): (
        "The modification is being refined by the Working Group.",
        "It has gone back into refinement.",
        "The Working Group is still refining the solution.",
        "This modification has progressed to the Refinement Process.",
        "It is in the Refinement stage.",
        "Refinement is under way.",
    ),
    (("status", "report_phase"),): (
        "The modification has moved into the Report Phase.",
        "MP101 is in its Report Phase.",
        "This modification is now at the Report Phase stage.",
        "It has progressed to the Report Phase.",
        "We are now in the Report Phase.",
    ),
    (("status", "authority_decision"),): (
        "The modification has been sent to Ofgem for determination.",
        "A decision from the Authority is awaited.",
        "MP101 now sits with the Authority.",
        "It is with Ofgem, which will decide.",
        "We await Ofgem's decision.",
        "The Authority is considering the modification.",
        "The Final Modification Report is now with the Authority for decision.",
    ),
    (("status", "sent_back"),): (
        "Ofgem has sent this modification back.",
        "On 24 April 2024 the Authority returned MP101 to the Change Board for further work.",
        "The Authority decided to send the modification back.",
        "The modification has been sent back by the Authority.",
        "MP101 was sent back to the Panel by Ofgem.",
    ),
    (("status", "pending_implementation"),): (
        "The modification is approved and awaiting implementation.",
        "It is now pending implementation.",
        "MP101 awaits implementation.",
        "Approved, and due to be implemented on 7 November 2024: it is awaiting implementation.",
    ),
    (("implementation", "2024-11-07"),): (
        "It takes effect on 7 November 2024.",
        "The modification goes live on 7 November 2024.",
        "Implementation will be on 7 November 2024.",
        "It is scheduled for implementation on 7 November 2024.",
        "The implementation date is 7 November 2024.",
        "The implementation date has been set as 7 November 2024.",
        "It becomes effective on 7 November 2024.",
        "The changes come into force on 7 November 2024.",
        "The modification was incorporated into the SEC on 7 November 2024.",
        "This change is due to be implemented on 7 November 2024.",
        "Implementation took place on 7 November 2024.",
        "Implementation has slipped from 27 June 2024 to 7 November 2024.",
        "It had been due on 27 June 2024 but will now be implemented on 7 November 2024.",
        "On 7 November 2024 the changes went live.",
        "The legal text was updated in the SEC on 7 November 2024.",
        "Go-live is 7 November 2024.",
        "It has been delivered as part of the November 2024 SEC Release, on 7 November 2024.",
    ),
    (("change_board_vote_on", "2024-04-24"),): (
        "A Change Board vote is planned for 24 April 2024.",
        "The modification will be voted on by the Change Board on 24 April 2024.",
        "The Change Board will decide on this modification at its meeting on 24 April 2024.",
        "It goes to the Change Board for decision on 24 April 2024.",
        "The vote will take place at the Change Board on 24 April 2024.",
        "Change Board members will vote on 24 April 2024.",
        "The Change Board is scheduled to consider the modification on 24 April 2024.",
        "It is on the agenda of the Change Board of 24 April 2024 for a vote.",
        "The vote has been moved to 24 April 2024 by the Change Board.",
        "On 24 April 2024, it will be for the Change Board to vote.",
        "The Change Board vote was held on 24 April 2024.",
    ),
    (("panel_presentation_on", "2024-04-24"),): (
        "The Modification Report goes to the Panel on 24 April 2024.",
        "The Panel is due to consider the Modification Report on 24 April 2024.",
        "We will present the report to the Panel on 24 April 2024.",
        "The Panel was presented with the Modification Report on 24 April 2024.",
        "It will be brought before the Panel on 24 April 2024.",
        "On 24 April 2024 the Panel received the Modification Report.",
        "This modification is on the Panel's agenda for 24 April 2024, when the report will be presented.",
        "The report was presented at the Panel meeting of 24 April 2024.",
        "SECAS presented MP101 to the SEC Panel at its meeting on 24 April 2024.",
    ),
    (("impact_assessment_requested_on", "2024-04-24"),): (
        "A DCC Impact Assessment was requested on 24 April 2024.",
        "On 24 April 2024 SECAS requested the DCC's Impact Assessment.",
        "The DCC was asked for an Impact Assessment on 24 April 2024.",
        "We requested an Impact Assessment from the DCC on 24 April 2024.",
        "The Impact Assessment request was issued to the DCC on 24 April 2024.",
        "The DCC received our request for an Impact Assessment on 24 April 2024.",
        "An Impact Assessment has been requested (24 April 2024).",
        "The Change Board agreed to the Impact Assessment, which was requested on 24 April 2024.",
    ),
    (("raised_on", "2024-04-24"),): (
        "EDF raised MP101 on 24 April 2024.",
        "The Draft Proposal was submitted on 24 April 2024.",
        "This modification was proposed by EDF on 24 April 2024.",
        "MP101 started life as a Draft Proposal, raised on 24 April 2024.",
        "It was raised by EDF in the first quarter, on 24 April 2024.",
        "On 24 April 2024, EDF put forward this change.",
        "We received the Draft Proposal from EDF on 24 April 2024.",
        "The proposal dates from 24 April 2024.",
    ),
    (("consultation_closes_on", "2024-04-24"),): (
        "A Refinement Consultation is open until 24 April 2024.",
        "The Modification Report Consultation closes at 5pm on 24 April 2024.",
        "Please send us your comments by 24 April 2024.",
        "Responses are due by 24 April 2024.",
        "The consultation ran from 2 April to 24 April 2024.",
        "We are consulting on the legal text until 24 April 2024.",
        "You have until 24 April 2024 to respond to the consultation.",
        "The deadline for responses to the consultation is 24 April 2024.",
        "The closing date for the consultation has been moved from 10 April 2024 to 24 April 2024.",
        "The Modification Report Consultation closed on 24 April 2024.",
        "Consultation responses should reach SECAS by 24 April 2024.",
        "A second consultation ended on 24 April 2024.",
    ),
    (("decision_cut_off", "2024-04-24"),): (
        "A decision is needed by 24 April 2024 for it to be in the November 2024 SEC Release.",
        "To stay in the release it must be approved by 24 April 2024.",
        "The decision cut-off is 24 April 2024.",
        "Ofgem has until 24 April 2024 to decide if it is to make the November 2024 SEC Release.",
        "The last date for a decision is 24 April 2024.",
        "It needs to have been approved by 24 April 2024 to be included.",
        "If no decision is made by 24 April 2024, it will move to the next release.",
        "Approval is required no later than 24 April 2024.",
    ),
    (("targeted_release", "2024-11"),): (
        "It is targeted for the November 2024 SEC Release.",
        "The target release is November 2024.",
        "We are targeting the November 2024 SEC Release.",
        "MP101 is aimed at the November 2024 SEC Release.",
        "The November 2024 SEC Release is being targeted.",
        "It has been targeted for inclusion in the November 2024 SEC Release.",
        "The modification has been moved to the November 2024 SEC Release, which is now its target.",
    ),
    (("change_board_recommendation", "approve"),): (
        "The Change Board recommended that the modification be approved.",
        "The Change Board voted to recommend approval to the Authority.",
        "The Change Board's recommendation was to approve.",
        "The modification was recommended for approval by the Change Board.",
        "The Change Board's recommendation to the Authority is that it should be approved.",
        "With the Change Board's recommendation to approve, it went to Ofgem.",
        "The Change Board advised Ofgem that MP101 should be approved.",
    ),
    (("decision_path", "self_governance"),): (
        "It is a Self-Governance modification.",
        "This modification will be decided under Self-Governance.",
        "The Panel agreed that MP101 should follow the Self-Governance path.",
        "It is being progressed as a Self-Governance Modification Proposal.",
    ),
    (("decision_path", "authority_determined"),): (
        "It is an Authority-Determined modification.",
        "The Panel decided that it is Authority-Determined.",
        "MP101 follows the Authority-Determined route.",
    ),
}
NOT_SAID: dict[tuple[str, str | None], tuple[str, ...]] = {
    ("status", "approved"): (
        "The Change Board will be asked to approve the modification.",
        "The Panel agreed that the Change Board should approve it.",
        "The Working Group agreed on 24 April 2024 that the modification should be approved.",
        "SECAS expects the Change Board to approve it.",
        "Had the Change Board approved it, it would be live by now.",
        "The Change Board has not approved this modification.",
        "The Authority agreed to the extension on 24 April 2024.",
        "The Authority gave its approval for the cost of the Impact Assessment on 24 April 2024.",
        "The Change Board voted to defer its decision on 24 April 2024.",
        "The Change Board approved the minutes on 24 April 2024.",
        "The Panel approved the modification’s progression on 24 April 2024.",
        "The Change Board approved the request for an Impact Assessment on 24 April 2024.",
        "Once Ofgem approves it, the modification will be implemented.",
        "No decision to approve it has been made by the Authority.",
        "The Change Board was asked whether the modification should be approved.",
        "The result of the vote is expected on 24 April 2024.",
    ),
    ("status", "rejected"): (
        "The Proposer wants the Change Board to reject the alternative.",
        "The Change Board rejected the alternative solution.",
        "The Change Board rejected a request to defer the vote.",
        "Ofgem turned down the request for urgency.",
    ),
    ("status", "withdrawn"): (
        "The Proposer has considered withdrawing the modification.",
        "The first legal text was withdrawn on 24 April 2024.",
        "The Party withdrew its objection on 24 April 2024.",
        "The consultation was withdrawn and reissued on 24 April 2024.",
        "If no sponsor is found, the modification will be withdrawn.",
        "The Proposer asked us on 24 April 2024 whether it could withdraw the modification.",
        "Nobody has withdrawn this modification.",
    ),
    ("status", "on_hold"): (
        "The DCC’s programme is on hold.",
        "Callers are put on hold for an hour.",
        "The modification is no longer on hold.",
        "A request to put it on hold was refused.",
        "The Working Group discussed whether to pause the modification.",
    ),
    ("status", "sent_back"): (
        "The Authority could send the modification back.",
        "The Change Board sent it back to the Working Group.",
        "Ofgem sent back its comments on 24 April 2024.",
    ),
    ("status", "authority_decision"): (
        "The modification will be sent to Ofgem for decision.",
        "It does not need an Authority decision.",
        "Ofgem's decision is no longer awaited.",
    ),
    ("implementation", None): (
        "The proposed implementation date is 7 November 2024.",
        "If approved, it will be implemented on 7 November 2024.",
        "The Working Group suggested an implementation date of 7 November 2024.",
        "The implementation cost estimate was updated on 7 November 2024.",
        "The implementation approach was discussed on 7 November 2024.",
        "The new date for the Working Group is 7 November 2024.",
        "The change was made to the report on 7 November 2024.",
        "The changes were presented to Parties on 7 November 2024.",
        "It was to have been implemented on 7 November 2024.",
        "A post-implementation review is planned for 7 November 2024.",
    ),
    ("change_board_vote_on", None): (
        "The Working Group will vote on 24 April 2024.",
        "The Change Board elected its chair on 24 April 2024.",
        "The Change Board will be updated on 24 April 2024.",
        "The Change Board vote will not be before 24 April 2024.",
        "Votes must be submitted before 24 April 2024 for the Change Board to count them.",
    ),
    ("panel_presentation_on", None): (
        "The Panel agreed an extension on 24 April 2024.",
        "The Panel appeal will be heard on 24 April 2024.",
        "The Panel received a complaint about the modification on 24 April 2024.",
    ),
    ("impact_assessment_requested_on", None): (
        "The Impact Assessment was received on 24 April 2024.",
        "The Impact Assessment will be requested on 24 April 2024.",
        "The Preliminary Assessment was requested on 24 April 2024.",
        "The Change Board approved the Impact Assessment on 24 April 2024.",
        "The DCC asked on 24 April 2024 for more time for its Impact Assessment.",
    ),
    ("raised_on", None): (
        "The issue was raised at the Working Group on 24 April 2024.",
        "Parties raised doubts on 24 April 2024.",
        "The limit was raised on 24 April 2024.",
        "The subject was raised with Ofgem on 24 April 2024.",
    ),
    ("consultation_closes_on", None): (
        "The consultation opens on 24 April 2024.",
        "The consultation was published on 24 April 2024.",
        "We will publish the responses to the consultation on 24 April 2024.",
        "The Working Group reviewed the consultation responses on 24 April 2024.",
        "The Working Group will be consulted on 24 April 2024.",
        "Ofgem’s consultation on fees closes on 24 April 2024.",
        "The DCC will respond to the consultation’s findings at its event on 24 April 2024.",
    ),
    ("decision_cut_off", None): (
        "The cut-off for nominations is 24 April 2024.",
        "The decision was made by 24 April 2024.",
        "Parties need to decide by 24 April 2024 whether to attend.",
    ),
    ("targeted_release", None): (
        "We had been targeting the November 2024 SEC Release.",
        "It could be targeted for the November 2024 SEC Release.",
        "The November 2024 SEC Release is closed to new modifications.",
        "It will miss the November 2024 SEC Release.",
    ),
    ("change_board_recommendation", None): (
        "The Change Board will recommend approval if costs fall.",
        "The Working Group recommended approval.",
        "The Change Board recommended that the cost be approved.",
        "The Change Board recommended no change to the timetable.",
    ),
    ("decision_path", None): (
        "The Panel considered whether it could be Self-Governance.",
        "The Proposer asked for Self-Governance.",
        "It is not suited to Self-Governance.",
    ),
}


@pytest.mark.parametrize(("facts", "sentence"), [(facts, one) for facts, several in SAID.items() for one in several])
def test_a_fact_is_read_in_every_voice(facts: tuple[Fact, ...], sentence: str) -> None:
    assert said(sentence) >= set(facts)


@pytest.mark.parametrize(("fact", "sentence"), [(fact, one) for fact, several in NOT_SAID.items() for one in several])
def test_what_sounds_like_a_fact_is_none(fact: tuple[str, str | None], sentence: str) -> None:
    attribute, value = fact
    found = {one for one in said(sentence) if one[0] == attribute and value in (None, one[1])}
    assert found == set()
