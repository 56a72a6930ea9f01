"""Release pages: who comes into a scope and who leaves it, clause by clause, and what is only wished for or refused."""

from __future__ import annotations

import pytest

from tests.test_recognise_sentences import of, read


def scope(text: str) -> set[str]:
    """Return what a text says of scope and nothing else."""
    return {said for said in read(text) if said.split()[1] in ("in_scope", "out_of_scope", "may_include")}


@pytest.mark.parametrize(
    "text",
    [
        "MP205 has left the scope and MP212 has been added.",
        "MP212 is now in scope, MP205 having been removed.",
        "The Panel removed MP205 from the scope and added MP212 to it.",
        "MP212 replaces MP205 in the scope of this release.",
        "There have been two changes to scope: MP212 has come in and MP205 has gone out.",
        "MP212 remains in scope. MP205 does not.",
        "MP205 was going to be part of this release but will now follow in 2022; MP212 keeps its place in the release.",
    ],
)
def test_one_leaves_and_one_comes_in(text: str) -> None:
    assert scope(text) == of("in_scope", "MP212") | of("out_of_scope", "MP205")


@pytest.mark.parametrize(
    "text",
    [
        "In scope are MP200, MP201 and MP202.",
        "This release contains MP200, which is approved, MP201 and, following the Panel’s agreement, MP202.",
        "Three modifications are in scope of this release: MP200, MP201 and MP202.",
        "The release will also carry MP200, MP201 and MP202.",
        "The scope of this release is MP200, MP201 and MP202.",
        "This page was changed following MP200, MP201 and MP202 coming into scope.",
        "The Panel added MP200, MP201 and MP202 to this release.",
    ],
)
def test_all_that_a_sentence_lists_are_in_scope(text: str) -> None:
    assert scope(text) == of("in_scope", "MP200", "MP201", "MP202")


@pytest.mark.parametrize(
    "text",
    [
        "The Release Implementation Document was last updated on 28 February 2021 to remove MP200.",
        "MP200 had been in scope when the Panel set it, but was withdrawn by its Proposer on 9 October 2021.",
        "MP200 isn’t part of this release.",
        "At the DCC’s request the Panel withdrew MP200 from the scope of this release.",
        "The Panel agreed that MP200 should be delivered in the June 2022 SEC Release instead of this release.",
        "The Panel rejected MP200 and removed it from the scope.",
        "MP200 could not be ready in time and was taken out.",
        "MP200 was in scope until the Panel removed it on 3 March 2021.",
    ],
)
def test_what_leaves_a_scope(text: str) -> None:
    assert of("out_of_scope", "MP200") <= scope(text)
    assert not of("in_scope", "MP200") & scope(text)


@pytest.mark.parametrize(
    "text",
    [
        "SECAS recommends that MP200 be brought into this release.",
        "It has been proposed that MP200 joins the scope of this release.",
        "We expect MP200 to join the release.",
        "MP211 is in scope. MP200 may be added if it is approved in time.",
    ],
)
def test_who_may_come_in(text: str) -> None:
    assert scope(text) - of("in_scope", "MP211") == of("may_include", "MP200")


@pytest.mark.parametrize(
    "text",
    [
        "The DCC has recommended that MP200 be removed from this release.",
        "Some Parties asked for MP200 to be taken out of the release. The Panel did not agree.",
        "The Panel will consider on 2 March 2021 whether MP200 should be taken out of scope.",
        "The Panel declined a request to add MP200 to this release.",
        "A request to bring MP200 into the release was turned down on 25 February 2021.",
        "MP200 has not been removed from the scope.",
        "MP200 has not been added to the scope of this release.",
        "MP200 is not in scope yet.",
        "Is MP200 in scope of this release? That has not been decided.",
        "MP200 will be removed from the scope of this release unless it is approved.",
        "MP200’s IRPs are listed in this release’s notes.",
        "The Working Group for MP200 has joined the call about this release.",
    ],
)
def test_what_is_asked_for_refused_denied_or_conditional_changes_no_scope(text: str) -> None:
    assert not scope(text)


def test_a_question_tells_nothing() -> None:
    assert not read("Has MP200 been approved? Not at the time of writing.")
    assert not read("Will the release go live on 4 November 2021?")
