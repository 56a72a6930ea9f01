"""What is denied, refused, or depends on something is not so: neither a scope's loss nor a date."""

from __future__ import annotations

import pytest

from tests.test_recognise_sentences import mod, of, read


@pytest.mark.parametrize(
    "text",
    [
        "MP207 will fall out of scope unless approved in time.",
        "MP210A will fall out of scope of this release if it is not approved.",
        "MP207 will be removed from this release without a decision by then.",
        "MP209 will not be removed from this release.",
        "MP211 has not been removed from this release.",
        "MP211 has never been dropped from the November 2021 SEC Release.",
        "MP211 is no longer expected to be removed from this release.",
        "No modification has been removed from this release since MP208 was agreed.",
        "None of the modifications, MP208 among them, has been dropped from this release.",
        "The Panel rejected a proposal that MP212 be removed from this release.",
        "The Panel decided against the removal of MP212 from this release.",
        "The removal of MP212 from this release was proposed and turned down.",
        "MP212 was proposed for removal from this release, but the Panel rejected this.",
        "MP205 is not implemented in this version and will follow in June.",
    ],
)
def test_what_is_denied_refused_or_conditional_leaves_no_release(text: str) -> None:
    assert not [claim for claim in read(text) if claim.startswith("release:")]


@pytest.mark.parametrize(
    "text",
    [
        "MP149 was not approved in time and has been removed from this release.",
        "MP149 has been removed from this release and will go into a later one if it is approved.",
        "Having been rejected by the Authority, MP149 has been removed from the scope of this release.",
        "MP149 will not be included in this release.",
        "MP149 can no longer be in this release, and so, if approved, is likely to slip by half a year.",
        "This follows the removal of MP149 from the scope of this release.",
    ],
)
def test_what_has_left_has_left_whatever_stands_beside_it(text: str) -> None:
    assert of("out_of_scope", "MP149") <= read(text)


def test_a_day_on_which_scope_depends_is_a_cut_off() -> None:
    assert read("MP207 will fall out of scope unless approved by 21 June 2021.") == mod(
        "MP207", decision_cut_off="2021-06-21"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Panel considered whether to move the go-live to 11 November 2021 and decided not to.",
        "The Panel discussed moving the go-live to 11 November 2021 but decided against it.",
        "It was suggested that the release could go live on 11 November 2021, but the Panel did not agree.",
    ],
)
def test_a_date_that_was_turned_down_is_not_proposed(text: str) -> None:
    assert read(text) == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("MP149 was sent back to the Working Group.", False),
        ("MP149 was sent back by the Panel.", False),
        ("The Panel sent MP149 back to the Working Group.", False),
        ("MP149 was sent back to the Working Group by the Authority.", True),
        ("Ofgem sent back MP149.", True),
    ],
)
def test_only_the_authority_sends_back(text: str, told: bool) -> None:
    assert ("modification:MP149 status sent_back" in read(text)) is told
