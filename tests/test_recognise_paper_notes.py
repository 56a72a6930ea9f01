"""What the notes and the prose of papers say of releases and modifications, in a few wordings each."""

from __future__ import annotations

import pytest

from watchers.phrases.columns import field
from watchers.phrases.context import Context
from watchers.phrases.marks import sentences
from watchers.phrases.rules import said

RELEASE = "2025-06"


def read(text: str, *about: str, listed: tuple[str, ...] = ()) -> set[str]:
    """Return what a text in a paper's section on the June 2025 release says."""
    context = Context(release=RELEASE, about=about, listed=listed)
    found: set[str] = set()
    for sentence in sentences(text, RELEASE):
        context.mentioned |= set(sentence.values("M"))
        found |= {f"{subject} {attribute} {value}" for subject, attribute, value, _ in said(sentence, context)}
        context.last = tuple(sentence.values("M")) or context.last
    return found


@pytest.mark.parametrize(
    "text",
    [
        "MP240 ‘Bulk reads’ is not part of it: the Panel moved MP240 to the November 2025 SEC Release.",
        "MP240 is no longer part of this release, and it has moved to the November 2025 SEC Release.",
        "MP240 is not part of it; MP240 was moved to the November 2025 SEC Release.",
    ],
)
def test_what_is_not_part_of_it_is_out_of_the_release_of_the_section(text: str) -> None:
    found = read(text)
    assert "release:2025-06 out_of_scope MP240" in found
    assert "release:2025-11 out_of_scope MP240" not in found


def test_what_is_not_part_of_a_named_release_is_out_of_that_one() -> None:
    assert read("MP240 is not part of the November 2025 SEC Release.") == {"release:2025-11 out_of_scope MP240"}


@pytest.mark.parametrize(
    "text",
    [
        "The one modification in scope of the June 2025 SEC Release that the TABASC has still to look at is MP199.",
        "The modifications that are in the scope of the June 2025 SEC Release and touch the GBCS are MP199.",
        "If the Panel agrees, MP199 will move there from the June 2025 SEC Release, in whose scope it stands today.",
        "MP199 might leave the June 2025 SEC Release, in whose scope it still is.",
    ],
)
def test_in_scope_today(text: str) -> None:
    assert "release:2025-06 in_scope MP199" in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "The one modification not in scope of the June 2025 SEC Release is MP199.",
        "The one modification that may be in scope of the June 2025 SEC Release is MP199.",
        "MP199 would go into the June 2025 SEC Release, in whose scope it is not.",
        "MP199 would leave the June 2025 SEC Release, in whose scope it is no longer wanted.",
    ],
)
def test_not_in_scope_today(text: str) -> None:
    assert "release:2025-06 in_scope MP199" not in read(text)


def test_what_a_release_is_for_which_it_is_now_targeted() -> None:
    assert "modification:MP152 targeted_release 2022-11" in read(
        "MP152 needs a change that can only be made in the November 2022 SEC Release, for which it is now targeted."
    )
    assert "modification:MP152 targeted_release 2022-11" not in read(
        "MP152 has left the November 2022 SEC Release, for which it is no longer targeted."
    )


@pytest.mark.parametrize("words", ["All the others", "All of the others", "All the rest", "All other modifications"])
def test_the_others_are_those_of_the_table_not_named_since(words: str) -> None:
    found = read(
        f"MP107 is targeted for the June 2022 SEC Release. {words} would be targeted for the November 2022 SEC Release.",
        listed=("MP107", "MP078"),
    )
    assert found == {"modification:MP107 targeted_release 2022-06", "modification:MP078 targeted_release 2022-11"}


def test_the_rest_of_something_is_no_modification() -> None:
    text = "All the rest of the documents would be targeted for the November 2022 SEC Release."
    assert not read(text, listed=("MP078",))


@pytest.mark.parametrize(
    "text",
    [
        "Vote planned for 23 October 2024 under Self-Governance.",
        "Vote on 23 October 2024.",
        "Change Board vote due on 23 October 2024.",
    ],
)
def test_a_vote_noted_in_a_modifications_row(text: str) -> None:
    assert "modification:MP238 change_board_vote_on 2024-10-23" in read(text, "MP238")
    assert not read(text)


def test_targeted_alone_in_a_modifications_row_is_its_status() -> None:
    assert read("Targeted.", "MP238") == {"modification:MP238 status targeted"}
    assert not read("Not targeted.", "MP238") | read("To be targeted.", "MP238") | read("Targeted")


def test_what_the_panel_will_be_given() -> None:
    wanted = {"modification:DP132 panel_presentation_on 2020-09-18"}
    assert read("The Panel will be given it on 18 September 2020.", "DP132") == wanted
    assert read("The Panel is due to be shown the Modification Report on 18 September 2020.", "DP132") == wanted
    assert not read("The Panel will be given advice on 18 September 2020.", "DP132")


def test_the_authority_has_the_modification() -> None:
    text = "The Change Board has recommended approval, and the Authority has {} for decision."
    wanted = "modification:MP114 status authority_decision"
    assert wanted in read(text.format("the modification"), "MP114")
    assert wanted not in read(text.format("no modification"), "MP114")


def test_a_day_set_as_the_go_live_date() -> None:
    assert read("The Panel set 26 June 2025 as the go-live date of this release.") == {
        "release:2025-06 go_live 2025-06-26"
    }
    assert read("The Panel has fixed 6 November 2025 as the implementation date of the November 2025 SEC Release.") == {
        "release:2025-11 go_live 2025-11-06"
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Panel is asked to set 26 June 2025 as the go-live date of this release.",
        "The Panel has not set 26 June 2025 as the go-live date of this release.",
        "The Panel set 26 June 2025 as the date of its meeting.",
        "The Panel set 26 June 2025 as the implementation date of MP240.",
    ],
)
def test_a_day_not_set_as_the_go_live_date(text: str) -> None:
    assert "release:2025-06 go_live 2025-06-26" not in read(text)


def test_a_letter_that_asks_for_the_go_live_to_move() -> None:
    found = read(
        "In a letter to the Panel of 3 February 2025 the DCC requested that the go-live of the June 2025 SEC Release "
        "move from 26 June 2025 to 17 July 2025."
    )
    assert found == {
        "release:2025-06 go_live_requested_on 2025-02-03",
        "release:2025-06 proposed_go_live 2025-07-17",
    }


def test_the_date_that_the_dcc_asks_to_be_moved() -> None:
    assert "release:2025-06 proposed_go_live 2025-07-17" in read(
        "The DCC has requested, on 3 February 2025, that the date be moved from 26 June 2025 to 17 July 2025."
    )
    assert not read("SECAS has asked that the date be moved from 26 June 2025 to 17 July 2025.")


def test_all_the_content_baselined_after_that_of_the_dcc_systems() -> None:
    assert read("Its DCC System content was baselined on 12 November 2024, and all of its content on 20 May 2025.") == {
        "release:2025-06 dcc_systems_baselined_on 2024-11-12",
        "release:2025-06 baselined_on 2025-05-20",
    }
    assert read("Its scope was baselined on 12 November 2024, and all of its content was reviewed on 20 May 2025.") == {
        "release:2025-06 baselined_on 2024-11-12"
    }


@pytest.mark.parametrize(
    "cell",
    [
        "27 September 2023",
        "28 June 2023, extended to 27 September 2023",
        "28 June 2023 (now moved to 27 September 2023)",
        "26 October 2023, since brought forward to 27 September 2023.",
    ],
)
def test_the_date_of_a_cell_is_the_one_that_it_was_moved_to(cell: str) -> None:
    assert field("Cut-off for a decision", cell) == [("decision_cut_off", "2023-09-27")]


@pytest.mark.parametrize("cell", ["may be extended to 27 September 2023", "28 June 2023, may be moved to 27 July 2023"])
def test_a_date_to_which_a_cell_may_yet_be_moved_is_none(cell: str) -> None:
    assert not any(value.endswith(("-09-27", "-07-27")) for _, value in field("Cut-off for a decision", cell) or ())
