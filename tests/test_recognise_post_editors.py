"""What a post says of versions, decisions, votes and consultations, in more words of other editors; and what is no news."""

from __future__ import annotations

import pytest

from tests.test_recognise_post_wordings import said


@pytest.mark.parametrize(
    ("heading", "text", "told"),
    [
        (
            "Update on the Code",
            "As from midnight on 5 November 2026 Parties must comply with SEC v81.0.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0 confirmed",
            "Following Ofgem's decision of 2 October 2026, v81.0 takes effect on 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0 (5 November 2026)",
            "This version delivers MP301.",
            ["version:81.0 implements MP301"],
        ),
        (
            "SEC v81.0",
            "Version 81.0 of the SEC was brought into force on 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 5 November 2026. Next, MP301 will be implemented on 25 February 2027.",
            ["modification:MP301 implementation 2027-02-25"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 5 November 2026 and is the work of MP301 and MP302.",
            ["version:81.0 implements MP301", "version:81.0 implements MP302"],
        ),
        (
            "SEC v81.0",
            "SEC v81.0, in effect from 5 November 2026, contains the legal text of MP301.",
            ["version:81.0 implements MP301"],
        ),
        (
            "MP301 is in",
            "MP301 has found its way into the SEC: v81.0 took effect on 5 November 2026.",
            ["version:81.0 effective_on 2026-11-05"],
        ),
        (
            "Change Board news",
            "The Change Board signed off MP301 on 21 October 2026.",
            ["modification:MP301 status approved", "modification:MP301 approved_on 2026-10-21"],
        ),
        (
            "Change Board news",
            "MP301 failed to win approval at the Change Board on 21 October 2026 and has been rejected.",
            ["modification:MP301 status rejected"],
        ),
        (
            "Change Board news",
            "By a majority, the Change Board approved MP301 and MP302 at its meeting on 21 October 2026.",
            ["modification:MP301 approved_on 2026-10-21", "modification:MP302 approved_on 2026-10-21"],
        ),
        (
            "Change Board news",
            "MP301: approved. MP302: rejected. Both decisions were taken on 21 October 2026.",
            ["modification:MP301 status approved", "modification:MP302 status rejected"],
        ),
        (
            "Ofgem",
            "Ofgem wrote on 21 October 2026 to say that it has approved MP301.",
            ["modification:MP301 status approved"],
        ),
        (
            "Ofgem",
            "The Authority's approval of MP301 came on 21 October 2026.",
            ["modification:MP301 status approved", "modification:MP301 authority_decided_on 2026-10-21"],
        ),
        (
            "Ofgem",
            "MP301 (approved by Ofgem on 21 October 2026) will be implemented on 25 February 2027.",
            [
                "modification:MP301 status approved",
                "modification:MP301 authority_decided_on 2026-10-21",
                "modification:MP301 implementation 2027-02-25",
            ],
        ),
        (
            "Ofgem",
            "Ofgem has sent MP301 back for more analysis.",
            ["modification:MP301 status sent_back"],
        ),
        (
            "Votes",
            "MP301 is on the agenda of the Change Board for 25 November 2026.",
            ["modification:MP301 change_board_vote_on 2026-11-25"],
        ),
        (
            "Votes",
            "The Change Board is due to decide on MP301 on 25 November 2026.",
            ["modification:MP301 change_board_vote_on 2026-11-25"],
        ),
        (
            "Votes",
            "Voting on MP301 will take place at the Change Board on 25 November 2026.",
            ["modification:MP301 change_board_vote_on 2026-11-25"],
        ),
        (
            "Withdrawn",
            "Elexon withdrew MP301 on 3 November 2026.",
            ["modification:MP301 status withdrawn", "modification:MP301 withdrawn_on 2026-11-03"],
        ),
        (
            "Hold",
            "Progress on MP301 has been paused while the DCC reports back.",
            ["modification:MP301 status on_hold"],
        ),
        (
            "Consultations",
            "The MP301 Modification Report Consultation ends at 5pm on 4 December 2026.",
            ["modification:MP301 consultation_closes_on 2026-12-04"],
        ),
        (
            "Consultations",
            "MP301 – responses wanted by noon on Friday 4 December 2026",
            ["modification:MP301 consultation_closes_on 2026-12-04"],
        ),
        (
            "Scope",
            "MP301 joins the scope of the June 2027 SEC Release; MP302 drops out.",
            ["release:2027-06 in_scope MP301"],
        ),
        (
            "Scope",
            "MP301 has been moved from the February 2027 SEC Release to the June 2027 SEC Release.",
            ["release:2027-02 out_of_scope MP301"],
        ),
        (
            "Designation",
            "BEIS designated Appendix AS with effect from 3 October 2026, making SEC v81.0.",
            ["version:81.0 effective_on 2026-10-03", "version:81.0 designated_by BEIS"],
        ),
        (
            "Designation",
            "No designation was needed for SEC v81.0, which took effect on 3 October 2026.",
            ["version:81.0 effective_on 2026-10-03"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 3 October 2026. Section D, Section F and Appendix AB have new text.",
            ["version:81.0 affects_part Section D"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 3 October 2026. Only Section D is affected.",
            ["version:81.0 affects_part Section D"],
        ),
        (
            "Draft Proposals",
            "The new Draft Proposal from SSE, DP306 ‘Reading intervals’, was raised on 2 November 2026.",
            ["modification:DP306 raised_on 2026-11-02"],
        ),
        (
            "Draft Proposals",
            "DP306 was turned into MP306 on 2 November 2026.",
            ["modification:MP306 converted_on 2026-11-02", "modification:MP306 draft_proposal DP306"],
        ),
    ],
)
def test_a_post_is_read_in_the_words_of_other_editors(heading: str, text: str, told: list[str]) -> None:
    assert set(told) <= said(heading, text)


@pytest.mark.parametrize(
    ("heading", "text", "untold"),
    [
        (
            "SEC v81.0 confirmed",
            "Following Ofgem's decision of 2 October 2026, v81.0 takes effect on 5 November 2026.",
            ["effective_on 2026-10-02"],
        ),
        ("SEC v81.0", "SEC v81.0 was approved for publication on 5 November 2026.", ["effective_on"]),
        ("SEC v81.0", "We plan to issue v81.0 on 5 November 2026.", ["effective_on"]),
        ("SEC v81.0", "The training on v81.0 takes place on 5 November 2026.", ["effective_on"]),
        (
            "SEC v81.0",
            "v81.0 came into effect on 5 November 2026. MP301, which the Change Board rejected, is not in it.",
            ["implements MP301"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 5 November 2026. Next, MP301 will be implemented on 25 February 2027.",
            ["implements MP301"],
        ),
        (
            "Change Board news",
            "MP301 failed to win approval at the Change Board on 21 October 2026 and has been rejected.",
            ["approved_on", "status approved"],
        ),
        (
            "Change Board news",
            "MP301: approved. MP302: rejected. Both decisions were taken on 21 October 2026.",
            ["MP302 status approved"],
        ),
        (
            "Change Board news",
            "Approval of MP301 is expected from the Change Board on 21 October 2026.",
            ["status approved", "approved_on"],
        ),
        (
            "Change Board news",
            "The Change Board deferred its decision on MP301 on 21 October 2026.",
            ["status approved", "approved_on", "status rejected"],
        ),
        (
            "Change Board news",
            "The Change Board approved the minutes and heard about MP301 on 21 October 2026.",
            ["status approved", "approved_on"],
        ),
        ("Ofgem", "Ofgem could send MP301 back.", ["sent_back"]),
        ("Votes", "The Change Board will not now vote on MP301 on 25 November 2026.", ["vote_on"]),
        ("Withdrawn", "MP301 is to be withdrawn unless a new Proposer is found.", ["status withdrawn"]),
        ("Withdrawn", "The Proposer has asked to withdraw MP301.", ["status withdrawn"]),
        ("Hold", "MP301 was taken off hold on 3 November 2026.", ["on_hold"]),
        (
            "Consultations",
            "A webinar about MP301 will be held on 4 December 2026, after which we will consult.",
            ["closes_on"],
        ),
        (
            "Consultations",
            "Ofgem's consultation on smart charging, open until 4 December 2026, does not concern MP301.",
            ["closes_on"],
        ),
        ("Scope", "MP301 joins the scope of the June 2027 SEC Release; MP302 drops out.", ["in_scope MP302"]),
        (
            "Designation",
            "No designation was needed for SEC v81.0, which took effect on 3 October 2026.",
            ["designated_by"],
        ),
        (
            "SEC v81.0",
            "v81.0 came into effect on 3 October 2026. Section D refers to Section F in two places.",
            ["affects_part Section F"],
        ),
        ("Draft Proposals", "The Panel will decide on 2 November 2026 whether DP306 becomes MP306.", ["converted_on"]),
    ],
)
def test_what_other_editors_deny_or_expect_is_not_read(heading: str, text: str, untold: list[str]) -> None:
    found = said(heading, text)
    assert [claim for claim in found for piece in untold if piece in claim] == []
