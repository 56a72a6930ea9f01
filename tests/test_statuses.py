"""Words of a status cell: the stages of a modification's life, in the order and case in which pages print them."""

from __future__ import annotations

import pytest

from bot.domain import statuses


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Pending Authority decision", "authority_decision"),
        ("Awaiting Authority determination", "authority_decision"),
        ("Awaiting a decision by the Authority", "authority_decision"),
        ("Authority decision awaited", "authority_decision"),
        ("With Ofgem", "authority_decision"),
        ("With Ofgem for decision", "authority_decision"),
        ("With the Authority for determination", "authority_decision"),
        ("Ofgem’s decision pending", "authority_decision"),
        ("Draft", "draft_proposal"),
        ("Modification Report Phase", "report_phase"),
        ("In refinement", "refinement"),
        ("In the Report Phase", "report_phase"),
        ("Refinement (Working Group)", "refinement"),
        ("Awaiting Change Board vote", "change_board_vote"),
        ("With the Change Board", "change_board_vote"),
        ("Pending implementation", "pending_implementation"),
    ],
)
def test_a_stage_is_known_in_any_order_of_its_words(words: str, status: str) -> None:
    assert statuses.named(words) == status


@pytest.mark.parametrize(
    "words",
    [
        "Closed",
        "Lapsed",
        "Authority",
        "Ofgem",
        "With DCC",
        "Pending approved",
        "In approved",
        "Decision",
        "Pending",
        "In",
    ],
)
def test_words_that_name_no_status_are_none(words: str) -> None:
    assert statuses.named(words) is None
