"""What a post says of versions, decisions, votes, stages and consultations, in words that no page of ours had; and what
only sounds like it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page


def said(heading: str, text: str) -> set[str]:
    """Return what a post posted on 6 November 2026 claims."""
    body = f"<html><body><main><h1>{heading}</h1><p>6 November 2026</p><p>{text}</p></main></body></html>"
    page = Page("post.html", body.encode(), "text/html", datetime(2026, 11, 26, tzinfo=UTC))
    return {f"{claim.subject} {claim.attribute} {claim.value}" for claim in read_page(page, "news").claims}


@pytest.mark.parametrize(
    ("heading", "text", "told"),
    [
        (
            "SEC v81.0 now applies",
            "From 5 November 2026, SEC v81.0 applies in full.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "The Code has a new version",
            "We switched the Code over to v81.0 on 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "Version 81.0 has been operative since 5 November 2026, replacing version 80.0.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "The text in v81.0 binds Parties from 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0 released",
            "SEC v81.0 was published on 3 November 2026 and takes effect two days later, on 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0 goes live",
            "At one minute past midnight on 5 November 2026, v81.0 came into force.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "Its effective date is 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "v81.0: in force since 5 November 2026",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "5 November 2026 marks the start of SEC v81.0.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "v81.0 took effect on 5 November 2026. MP301 and MP302 are the changes that it makes.",
            ["version:81.0 implements MP301", "version:81.0 implements MP302"],
        ),
        (
            "SEC v81.0",
            "v81.0 took effect on 5 November 2026 with MP301 on board.",
            ["version:81.0 implements MP301"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 5 November 2026 on account of MP301.",
            ["version:81.0 implements MP301"],
        ),
        (
            "SEC v81.0",
            "The only modification in v81.0, effective 5 November 2026, is MP301.",
            ["version:81.0 implements MP301"],
        ),
        (
            "SEC v81.0",
            "SEC v81.0, which carries out MP301, came into effect on 5 November 2026.",
            ["version:81.0 implements MP301"],
        ),
        (
            "SEC v81.0",
            "v81.0 took effect on 5 November 2026. MP301 is now part of the SEC.",
            ["version:81.0 implements MP301"],
        ),
        (
            "Change Board",
            "The Change Board gave MP301 the green light on 21 October 2026.",
            ["modification:MP301 status approved", "modification:MP301 approved_on 2026-10-21"],
        ),
        (
            "Change Board",
            "MP301 won the Change Board's approval on 21 October 2026.",
            ["modification:MP301 status approved", "modification:MP301 approved_on 2026-10-21"],
        ),
        (
            "Change Board",
            "The Change Board backed MP301 on 21 October 2026 and threw out MP302.",
            ["modification:MP302 status rejected"],
        ),
        (
            "Change Board",
            "On 21 October 2026 MP301 was rejected by the Change Board, and MP302 was approved by it.",
            ["modification:MP301 status rejected", "modification:MP302 status approved"],
        ),
        (
            "Ofgem news",
            "Ofgem's decision of 21 October 2026 is to reject MP301.",
            ["modification:MP301 status rejected", "modification:MP301 authority_decided_on 2026-10-21"],
        ),
        (
            "Ofgem news",
            "MP301 has Ofgem's consent, given on 21 October 2026.",
            ["modification:MP301 status approved", "modification:MP301 authority_decided_on 2026-10-21"],
        ),
        (
            "Ofgem news",
            "The Authority said no to MP301 on 21 October 2026.",
            ["modification:MP301 status rejected"],
        ),
        (
            "Votes",
            "The Change Board's vote on MP301, planned for 21 October 2026, will now be on 25 November 2026.",
            ["modification:MP301 change_board_vote_on 2026-11-25"],
        ),
        (
            "Votes",
            "MP301 comes before the Change Board on 25 November 2026.",
            ["modification:MP301 change_board_vote_on 2026-11-25"],
        ),
        (
            "Votes",
            "Members will be asked to vote on MP301 and MP302 on 25 November 2026.",
            [
                "modification:MP301 change_board_vote_on 2026-11-25",
                "modification:MP302 change_board_vote_on 2026-11-25",
            ],
        ),
        (
            "Stages",
            "MP301 is now going through refinement.",
            ["modification:MP301 status refinement"],
        ),
        (
            "Stages",
            "Refinement of MP301 is over and it is in the Report Phase.",
            ["modification:MP301 status report_phase"],
        ),
        (
            "Stages",
            "Work on MP301 has been suspended.",
            ["modification:MP301 status on_hold"],
        ),
        (
            "Stages",
            "MP301 has been dropped by its Proposer, SSE.",
            ["modification:MP301 status withdrawn"],
        ),
        (
            "Proposals",
            "Utilita has brought forward a new Draft Proposal, DP305 ‘Meter exchange data’, which was raised on 2 October 2026.",
            ["modification:DP305 proposer Utilita", "modification:DP305 raised_on 2026-10-02"],
        ),
        (
            "Proposals",
            "DP305 ‘Meter exchange data’ (proposed by Utilita, 2 October 2026)",
            ["modification:DP305 proposer Utilita"],
        ),
        (
            "Proposals",
            "DP305 became a Modification Proposal, MP305, on 2 October 2026.",
            ["modification:MP305 converted_on 2026-10-02", "modification:MP305 draft_proposal DP305"],
        ),
        (
            "Proposals",
            "It was agreed on 2 October 2026 to convert DP305 into MP305.",
            ["modification:MP305 draft_proposal DP305"],
        ),
        (
            "Consultation",
            "We are consulting on MP301. The closing date is 4 December 2026.",
            ["modification:MP301 consultation_closes_on 2026-12-04"],
        ),
        (
            "Consultation",
            "Tell us what you think of MP301 by 4 December 2026.",
            ["modification:MP301 consultation_closes_on 2026-12-04"],
        ),
        (
            "Consultation",
            "The consultation on MP301 opened on 6 November 2026 and is open for four weeks, closing on 4 December 2026.",
            ["modification:MP301 consultation_closes_on 2026-12-04"],
        ),
        (
            "Consultation",
            "Responses to the MP301 consultation, which closed on 4 December 2026, have been published.",
            ["modification:MP301 consultation_closes_on 2026-12-04"],
        ),
        (
            "Targets",
            "MP301 is being targeted at the June 2027 SEC Release.",
            ["modification:MP301 targeted_release 2027-06"],
        ),
        (
            "Targets",
            "MP301 has slipped: it is no longer targeted for the February 2027 SEC Release but for the June 2027 SEC Release.",
            ["modification:MP301 targeted_release 2027-06"],
        ),
        (
            "Designation",
            "On 2 October 2026 DESNZ designated SEC v81.0, in force from 3 October 2026.",
            ["version:81.0 designated_by DESNZ", "version:81.0 effective_on 2026-10-03"],
        ),
        (
            "Designation",
            "SEC v81.0 came into effect on 3 October 2026 under a direction of the Secretary of State.",
            ["version:81.0 designated_by Secretary of State", "version:81.0 effective_on 2026-10-03"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 3 October 2026. Changed: Section B, Schedule 9 and Appendix AB.",
            [
                "version:81.0 affects_part Section B",
                "version:81.0 affects_part Schedule 9",
                "version:81.0 affects_part Appendix AB",
            ],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 3 October 2026. It leaves Section C as it was and rewrites Section B.",
            ["version:81.0 affects_part Section B"],
        ),
    ],
)
def test_a_post_is_read_in_other_words(heading: str, text: str, told: list[str]) -> None:
    assert set(told) <= said(heading, text)


@pytest.mark.parametrize(
    ("heading", "text", "untold"),
    [
        (
            "SEC v81.0 released",
            "SEC v81.0 was published on 3 November 2026 and takes effect two days later, on 5 November 2026.",
            ["effective_on 2026-11-03"],
        ),
        ("SEC v81.0 delayed", "SEC v81.0 will no longer take effect on 5 November 2026.", ["effective_on"]),
        (
            "SEC v81.0 draft",
            "We expect v81.0 to take effect on 5 November 2026 if Ofgem approves MP301.",
            ["effective_on"],
        ),
        ("SEC v81.0", "Responses on v81.0 were due by 5 November 2026.", ["effective_on"]),
        ("GBCS v4.3 published", "GBCS v4.3 came into effect on 5 November 2026.", ["version:4.3"]),
        (
            "SEC v81.0",
            "v81.0 took effect on 5 November 2026. It does not bring in MP301, which follows in February 2027.",
            ["implements MP301"],
        ),
        ("SEC v81.0", "v81.0 took effect on 5 November 2026 and includes everything but MP301.", ["implements MP301"]),
        ("SEC v81.0", "v81.0 took effect on 5 November 2026 without MP301.", ["implements MP301"]),
        (
            "Change Board",
            "MP301 got through the Change Board on 21 October 2026; MP302 did not.",
            ["MP302 status approved"],
        ),
        (
            "Change Board",
            "The Change Board backed MP301 on 21 October 2026 and threw out MP302.",
            ["MP301 status rejected"],
        ),
        (
            "Change Board",
            "On 21 October 2026 MP301 was rejected by the Change Board, and MP302 was approved by it.",
            ["MP301 approved_on"],
        ),
        (
            "Ofgem news",
            "The Authority has yet to approve MP301, and will decide by 21 October 2026.",
            ["MP301 status approved", "authority_decided_on"],
        ),
        (
            "Ofgem news",
            "Would Ofgem approve MP301? It said on 21 October 2026 that it needs more time.",
            ["MP301 status approved", "authority_decided_on"],
        ),
        ("Ofgem news", "Ofgem approved the change of date for MP301 on 21 October 2026.", ["MP301 status approved"]),
        (
            "Votes",
            "The Change Board's vote on MP301, planned for 21 October 2026, will now be on 25 November 2026.",
            ["vote_on 2026-10-21"],
        ),
        ("Votes", "Members will be asked to vote on MP301 and MP302 on 25 November 2026.", ["status approved"]),
        ("Votes", "There will be no vote on MP301 on 25 November 2026.", ["vote_on"]),
        ("Stages", "MP301 will enter the Report Phase in December.", ["report_phase"]),
        ("Stages", "Refinement of MP301 is over and it is in the Report Phase.", ["status refinement"]),
        (
            "Consultation",
            "The consultation on MP301 opened on 6 November 2026 and is open for four weeks, closing on 4 December 2026.",
            ["closes_on 2026-11-06"],
        ),
        (
            "Targets",
            "MP301 has slipped: it is no longer targeted for the February 2027 SEC Release but for the June 2027 SEC Release.",
            ["targeted_release 2027-02"],
        ),
        (
            "Designation",
            "On 2 October 2026 DESNZ designated SEC v81.0, in force from 3 October 2026.",
            ["effective_on 2026-10-02"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 3 October 2026. It leaves Section C as it was and rewrites Section B.",
            ["affects_part Section C"],
        ),
    ],
)
def test_what_only_sounds_like_it_is_not_read(heading: str, text: str, untold: list[str]) -> None:
    found = said(heading, text)
    assert [claim for claim in found for piece in untold if piece in claim] == []
