"""What a section's heading lends to the words below it: of go-live, of Draft Proposals; and tables one after another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

AT = datetime(2026, 11, 26, tzinfo=UTC)
TOP = "Release scopes for decision\n\n1 Purpose\n\nThe Panel is asked to agree what follows, in four sections.\n\n"


def said(*pieces: str) -> set[str]:
    text = TOP + "\n\n".join(("2 June 2021 SEC Release", "In scope is MP096 ‘DNO Power Outage Alerts’.", *pieces))
    page = Page("paper.txt", text.encode(), "text/plain", AT)
    return {f"{c.subject} {c.attribute} {c.value}" for c in read_page(page, "paper").claims}


@pytest.mark.parametrize(
    "heading", ["2.1 Go-live", "2.1 Go-live date", "2.1 The implementation date", "2.1 Release date"]
)
@pytest.mark.parametrize(
    "text",
    [
        "No date is settled. The DCC suggests 24 June 2021.",
        "The date is not yet agreed. The DCC would prefer 24 June 2021.",
        "No date has yet been set. SECAS proposes 24 June 2021.",
        "The proposed date is 24 June 2021.",
        "The date is proposed to be 24 June 2021.",
    ],
)
def test_the_date_below_a_heading_of_go_live_is_that_of_go_live(heading: str, text: str) -> None:
    found = said(heading, text)
    assert "release:2021-06 proposed_go_live 2021-06-24" in found
    assert "release:2021-06 go_live 2021-06-24" not in found


@pytest.mark.parametrize("text", ["The date is 24 June 2021.", "The date has been confirmed as 24 June 2021."])
def test_a_date_that_is_settled_is_go_live(text: str) -> None:
    assert "release:2021-06 go_live 2021-06-24" in said("2.1 Go-live", text)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("2.1 Documents", "No date is settled. The DCC suggests 24 June 2021."),
        ("2.1 Go-live", "The date of the meeting is 24 June 2021."),
        ("2.1 Go-live", "The date for responses is 24 June 2021."),
        ("2.1 Go-live", "No date is settled. The Panel turned down 24 June 2021, which the DCC suggested."),
        ("2.1 After go-live", "The date is 24 June 2021."),
    ],
)
def test_another_date_is_not(heading: str, text: str) -> None:
    assert not any("go_live" in claim for claim in said(heading, text))


@pytest.mark.parametrize(
    "above",
    [
        ("3 Draft Proposals", "Two Draft Proposals may change the architecture, though neither is targeted:"),
        ("3 Draft Proposals",),
        ("3 New Draft Proposals", "These touch the architecture:"),
        ("3 Draft Proposals raised this month",),
        ("3 Elsewhere", "The following Draft Proposals are on the way:"),
        ("3 Elsewhere", "Draft Proposals that were raised of late:"),
        ("3 Draft Proposals", "Nothing is known of their systems. The two Draft Proposals are:"),
    ],
)
def test_what_stands_in_a_list_of_draft_proposals_is_one(above: tuple[str, ...]) -> None:
    found = said(*above, "• DP251 ‘A public key for each Device type’\n• DP254 ‘Archiving of Service Responses’")
    assert {f"modification:{id_} status draft_proposal" for id_ in ("DP251", "DP254")} <= found
    assert not any("targeted" in claim for claim in found)


@pytest.mark.parametrize(
    "above",
    [
        ("3 Draft Proposals converted",),
        ("3 Draft Proposals", "These have now been converted:"),
        ("3 Draft Proposals", "The Draft Proposals below were withdrawn:"),
        ("3 Draft Proposals and modifications",),
        ("3 Elsewhere", "What became of the Draft Proposals:"),
        ("3 Elsewhere", "If they become Draft Proposals, these count:"),
        ("3 Former Draft Proposals",),
    ],
)
def test_what_stands_in_another_list_is_not(above: tuple[str, ...]) -> None:
    found = said(*above, "• DP251 ‘A public key for each Device type’\n• DP254 ‘Archiving of Service Responses’")
    assert not any(claim.endswith("draft_proposal") for claim in found)


def test_a_modification_and_a_proposal_whose_row_says_more_keep_what_they_are() -> None:
    rows = "| DP251 ‘A public key’ | Withdrawn |\n| MP254 ‘Archiving’ | |\n| DP256 ‘Logs’ | |"
    found = said("3 Draft Proposals", f"| Proposal | Status |\n| --- | --- |\n{rows}")
    assert {claim for claim in found if " status " in claim and "DP" in claim} == {
        "modification:DP251 status withdrawn",
        "modification:DP256 status draft_proposal",
    }
    assert not any(claim.startswith("modification:MP254 status") for claim in found)


FIRST = "| Ref. | Title | DUIS | GBCS |\n| --- | --- | --- | --- |\n| MP205 | Longer range | ✔ | |"


@pytest.mark.parametrize(
    "second",
    [
        "| | Cut-off for a decision |\n| --- | --- |\n| MP205 | 28 June 2023, extended to 27 September 2023 |",
        "| | Decision cut-off |\n| --- | --- |\n| MP205 | 28 June 2023, then moved to 27 September 2023 |",
        "| Ref. | Cut-off |\n| --- | --- |\n| MP205 | 27 September 2023 |",
        "| | Decision by | |\n| --- | --- | --- |\n| MP205 | 28 June 2023 (now extended to 27 September 2023) | |",
        "| | Cut-off for a decision |\n| MP205 | 27 September 2023 |",
    ],
)
def test_a_second_table_of_other_columns_has_its_own_headings(second: str) -> None:
    found = said("3 Cut-offs", f"{FIRST}\n\n{second}")
    assert "modification:MP205 decision_cut_off 2023-09-27" in found
    assert "modification:MP205 affects DUIS" in found


def test_a_row_without_its_name_goes_on_with_its_table() -> None:
    more = "| | in two lots | | ✔ |\n\n| MP206 | Shorter range | | ✔ |"
    found = said("3 Cut-offs", f"{FIRST}\n{more}")
    assert {"modification:MP205 affects DUIS", "modification:MP206 affects GBCS"} <= found
