"""Who decided what, on which path; what came of a Draft Proposal; what follows later or was withdrawn."""

from __future__ import annotations

import pytest

from tests.test_recognise_sentences import mod, read
from watchers.phrases.marks import sentences


@pytest.mark.parametrize(
    "text",
    [
        "The Change Board met on 24 November 2021. It approved MP145 ‘Test Certificate expiry’.",
        "The Change Board voted on two modifications on 24 November 2021. Under Self-Governance it also approved MP145.",
        "The Change Board considered one item on 24 November 2021, and it unanimously approved MP145.",
    ],
)
def test_it_decides_as_the_body_named_before(text: str) -> None:
    assert mod("MP145", status="approved", change_board_vote_on="2021-11-24") <= read(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Working Group met on 24 November 2021. It approved MP145.",
        "The Change Board met on 24 November 2021. It may approve MP145.",
        "The Change Board met on 24 November 2021. It approved MP145 for a DCC Impact Assessment.",
        "The Change Board met on 24 November 2021. It will be asked whether it approves MP145.",
    ],
)
def test_it_has_not_decided(text: str) -> None:
    assert not any("status" in fact for fact in read(text))


def test_a_vote_that_was_put_off_is_held_on_its_new_date() -> None:
    expected = mod("MP154", change_board_vote_on="2021-12-15")
    assert read("A vote on MP154 was put off to 15 December 2021.") == expected
    assert read("The Change Board vote on MP154 has been rescheduled to 15 December 2021.") == expected


def test_a_sibling_named_in_passing_is_not_what_the_sentence_is_about() -> None:
    found = read("MP191B, the sibling of MP191A, is still in the Refinement Process.")
    assert found == mod("MP191B", status="refinement")
    assert read("MP191A, split from MP191, was withdrawn on 3 May 2023.") >= mod("MP191A", status="withdrawn")


def test_each_modification_takes_the_path_named_with_it() -> None:
    found = read("MP162 is Authority-Determined, MP212 Self-Governance.")
    assert found == mod("MP162", decision_path="authority_determined") | mod("MP212", decision_path="self_governance")
    moved = read("MP162 was moved from Self-Governance to Authority-Determined.")
    assert moved == mod("MP162", decision_path="authority_determined")


@pytest.mark.parametrize(
    "text",
    [
        "DP236 ‘Device swap-out’ was converted to a Modification Proposal, MP236, on 27 February 2024.",
        "DP236 has become MP236.",
        "DP236 has now become MP236 ‘Device swap-out and data deletion’.",
    ],
)
def test_a_draft_proposal_that_was_converted(text: str) -> None:
    assert "modification:MP236 draft_proposal DP236" in read(text)


def test_a_draft_proposal_that_is_to_be_converted_has_not_been() -> None:
    assert read("DP236 stays in the Development Stage.") == mod("DP236", status="development")
    assert read("MP236 now enters the Refinement Process.") == mod("MP236", status="refinement")
    assert read("MP236 will enter the Refinement Process once the Panel agrees.") == set()


def test_what_follows_later_is_implemented_then() -> None:
    found = read("The remaining changes of MP162 will follow on 2 November 2023 with the November 2023 SEC Release.")
    assert found == mod("MP162", implementation="2023-11-02") | {"release:2023-11 go_live 2023-11-02"}
    assert read("The document text of MP162 went in earlier, on 30 June 2022.") == mod(
        "MP162", implementation="2022-06-30"
    )
    assert read("A vote on the changes of MP162 will follow on 2 November 2023.") == set()


def test_a_withdrawal_that_took_effect_is_no_implementation() -> None:
    found = read("The withdrawal took effect on 31 January 2025.", "MP225")
    assert found == mod("MP225", status="withdrawn", withdrawn_on="2025-01-31")


def test_parts_listed_at_a_sentences_end_are_all_named() -> None:
    [sentence] = sentences("The parts affected are Sections D and F.")
    assert sentence.values("P") == ["Section D", "Section F"]
    [clauses] = sentences("See Sections D4.2 and F.")
    assert clauses.values("P") == []


def test_what_may_be_withdrawn_or_split_has_not_been() -> None:
    assert read("MP194 is proposed to be withdrawn.") == set()
    assert read("The Proposer has asked for MP194 to be withdrawn.") == set()
    assert read("MP195 may be split into MP195A and MP195B.") == set()
    assert read("The Panel agreed on 10 March 2020 to split MP128 into MP128A and MP128B.") == (
        mod("MP128A", split_from="MP128") | mod("MP128B", split_from="MP128")
    )


def test_who_withdrew_a_modification_may_be_anybody() -> None:
    expected = mod("MP104", status="withdrawn", withdrawn_on="2020-03-31")
    assert read("EDF has withdrawn MP104 with effect from 31 March 2020.") == expected
    assert read("On 31 March 2020 EDF withdrew MP104.") == expected
    assert not mod("MP104", status="withdrawn") & read("EDF has withdrawn MP104 from this release.")
