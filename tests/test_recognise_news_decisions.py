"""Decisions and days of effect as posts word them, and what is only asked for, expected or about something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

AT = datetime(2026, 11, 26, tzinfo=UTC)


def said(*paragraphs: str, heading: str = "SEC v63.0 published") -> set[str]:
    text = "\n\n".join((heading, "3 October 2022", *paragraphs))
    page = Page("https://smartenergycodecompany.co.uk/latest-news/", text.encode(), "text/plain", AT)
    return {f"{c.subject} {c.attribute} {c.value}" for c in read_page(page, "news").claims}


@pytest.mark.parametrize(
    "text",
    [
        "On 9 September 2022 the Authority determined that MP211 be rejected.",
        "On 9 September 2022 Ofgem decided that MP211 should be rejected.",
        "Ofgem issued its decision to reject MP211 on 9 September 2022.",
        "The Authority published its final determination to reject MP211 on 9 September 2022.",
    ],
)
def test_a_rejection_by_the_authority_has_its_day(text: str) -> None:
    facts = {"modification:MP211 status rejected", "modification:MP211 authority_decided_on 2022-09-09"}
    assert facts <= said(text, heading="Decision on MP211")


@pytest.mark.parametrize(
    "text",
    [
        "The Authority will issue its decision to reject MP211 on 9 September 2022.",
        "The Authority has not determined that MP211 be rejected.",
        "The Change Board recommended that the Authority decide that MP211 be rejected on 9 September 2022.",
        "Had Ofgem decided that MP211 should be rejected as drafted, it would have said so if asked.",
    ],
)
def test_a_rejection_to_come_or_asked_for_is_none(text: str) -> None:
    assert "modification:MP211 status rejected" not in said(text, heading="News of MP211")


@pytest.mark.parametrize(
    "text",
    [
        "The Authority has approved MP243. Its decision was given on 5 September 2022.",
        "Ofgem has approved MP243. The Authority's decision is dated 5 September 2022.",
        "This is about MP243, on which the Authority gave its approval on 5 September 2022.",
        "Ofgem gave its decision to approve MP243 on 5 September 2022.",
    ],
)
def test_an_approval_by_the_authority_has_its_day(text: str) -> None:
    assert "modification:MP243 authority_decided_on 2022-09-05" in said(text, heading="Decision on MP243")


def test_the_day_of_another_bodys_decision_is_not_the_authoritys() -> None:
    text = "The Change Board approved MP243. Its decision was given on 5 September 2022."
    assert not any("authority_decided_on" in claim for claim in said(text, heading="Decision on MP243"))


@pytest.mark.parametrize("verb", ["voted on 22 March 2022 and approved it", "met on 22 March 2022 and approved MP204"])
def test_a_board_that_voted_and_approved_did_both_that_day(verb: str) -> None:
    claims = said(f"MP204 followed the Self-Governance path: the Change Board {verb}.", heading="MP204 decided")
    assert {"modification:MP204 approved_on 2022-03-22", "modification:MP204 change_board_vote_on 2022-03-22"} <= claims


def test_a_board_that_approved_a_request_decided_nothing_on_the_modification() -> None:
    claims = said("The Change Board met on 22 March 2022 and approved it for assessment.", heading="MP204 decided")
    assert not any("approved" in claim for claim in claims)


@pytest.mark.parametrize(
    "text",
    [
        "The Smart Energy Code moved to version 63.0 on 1 October 2022.",
        "The SEC was updated to v63.0 on 1 October 2022.",
        "SEC v63.0 replaced SEC v62.0 on 1 October 2022.",
        "Version 63.0 of the Smart Energy Code superseded version 62.0 on 1 October 2022.",
        "A new SEC took effect on 1 October 2022.",
    ],
)
def test_one_version_in_place_of_another_takes_effect_that_day(text: str) -> None:
    assert "version:63.0 effective_on 2022-10-01" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "SEC v64.0 replaced SEC v63.0 on 1 October 2022.",
        "The SEC could be updated to v63.0 on 1 October 2022 if approved.",
        "The website moved to version 63.0 on 1 October 2022.",
    ],
)
def test_the_day_of_something_else_is_not_the_versions(text: str) -> None:
    assert "version:63.0 effective_on 2022-10-01" not in said(text)


def test_an_item_tells_what_is_implemented_and_who_approved_it() -> None:
    item = "• Implements MP142 ‘Scaling of assessments’ (approved by the Authority on 24 June 2022)"
    claims = said(item, "Affected: Section C and Section L.")
    assert {"version:63.0 implements MP142", "modification:MP142 authority_decided_on 2022-06-24"} <= claims
    assert {"version:63.0 affects_part Section C", "version:63.0 affects_part Section L"} <= claims


def test_a_proposer_who_has_withdrawn_it_withdrew_the_one_named() -> None:
    text = "The Proposer of MP227 ‘Infrastructure costs’ has withdrawn it."
    assert "modification:MP227 status withdrawn" in said(text, heading="Changes this month")
    hedged = "The Proposer of MP227 may have withdrawn it."
    assert "modification:MP227 status withdrawn" not in said(hedged, heading="Changes this month")


@pytest.mark.parametrize(
    "text",
    [
        "The Proposer of MP227 has withdrawn it. The withdrawal took effect on 22 April 2022.",
        "The Proposer of MP227 ‘Cost shares’ has withdrawn it. Its withdrawal was effective from 22 April 2022.",
        "MP227 has been withdrawn. The withdrawal came into effect on 22 April 2022.",
        "EDF has withdrawn MP227. The withdrawal was confirmed by SECAS on 22 April 2022.",
        "MP227 has been withdrawn by its Proposer. This withdrawal was recorded on 22 April 2022.",
        "MP227 is withdrawn. The withdrawal is dated 22 April 2022.",
    ],
)
def test_the_day_of_a_withdrawal_may_stand_in_the_next_sentence(text: str) -> None:
    facts = {"modification:MP227 status withdrawn", "modification:MP227 withdrawn_on 2022-04-22"}
    assert facts <= said(text, heading="Newsletter: decisions")


@pytest.mark.parametrize(
    "text",
    [
        "The Proposer of MP227 may withdraw it. The withdrawal would take effect on 22 April 2022.",
        "EDF spoke of MP227 and MP228. The withdrawal took effect on 22 April 2022.",
        "The Panel discussed MP227. The withdrawal of the guidance took effect on 22 April 2022.",
        "The Panel discussed MP227. Its withdrawal was discussed on 22 April 2022.",
        "The Panel discussed MP227. The withdrawal was not effective on 22 April 2022.",
    ],
)
def test_a_withdrawal_that_is_wished_for_or_of_something_else_has_none(text: str) -> None:
    assert not any("withdrawn_on" in claim for claim in said(text, heading="Newsletter: decisions"))
