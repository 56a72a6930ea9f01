"""Release pages: histories as tables, statuses told of all, columns of parts, the month that is no verb."""

from __future__ import annotations

import pytest

from tests.test_recognise_beside import read
from watchers.phrases import columns, leads

HEAD = "<h1>June 2024 SEC Release</h1><p>It goes live on 27 June 2024.</p>"


def history(*rows: str) -> set[str]:
    """Return what a page claims whose history has these rows, "date: what happened"."""
    cells = "".join("<tr><td>{}</td><td>{}</td></tr>".format(*line.split(": ", 1)) for line in rows)
    return read(f"{HEAD}<h2>History</h2><table><tr><th>When</th><th>What happened</th></tr>{cells}</table>")


def test_a_row_of_a_history_is_a_sentence_with_its_date() -> None:
    assert "2024-06 baselined_on 2023-12-15" in history("15 December 2023: Scope baselined by the Panel.")
    systems = history("16 June 2023: The scope on the DCC Systems was baselined.")
    assert "2024-06 dcc_systems_baselined_on 2023-06-16" in systems
    updated = history("2 May 2024: Release Implementation Document updated.")
    assert "2024-06 implementation_document_updated_on 2024-05-02" in updated


def test_what_moved_out_of_scope_left_this_release_and_not_the_one_it_is_now_targeted_for() -> None:
    told = "MP209 ‘Distribution Windows’ moved out of scope; it is now targeted for the November 2024 SEC Release."
    found = history("18 April 2024: The Authority approved MP218.", f"21 March 2024: {told}")
    assert {"2024-06 out_of_scope MP209", "MP209 targeted_release 2024-11"} <= found
    assert not {"2024-11 out_of_scope MP209", "2024-06 in_scope MP209", "MP218 targeted_release 2024-11"} & found


@pytest.mark.parametrize(
    "lead",
    [
        "It brought in the five modifications below, all of which have been implemented.",
        "The release holds the modifications listed here, and all of them were implemented.",
        "The following made up the release; all are implemented. See the table below, all of which are now implemented.",
    ],
)
def test_a_sentence_above_a_list_gives_all_in_it_their_status(lead: str) -> None:
    assert leads.status(lead) == "implemented"


@pytest.mark.parametrize(
    "lead",
    [
        "The modifications below, all of which may be approved.",
        "The modifications below, all of which will be implemented.",
        "The modifications below, some of which have been implemented.",
        "The modifications below, all of which have been consulted upon.",
    ],
)
def test_what_is_to_come_or_said_of_some_is_no_status_of_all(lead: str) -> None:
    assert not leads.status(lead)


def test_the_month_of_may_leaves_nothing_open() -> None:
    assert leads.role("Tested between May and September, the release brought in the modifications below.") == "in"
    assert leads.role("The release may also include:") == "may"
    assert leads.role("May include:") == "may"


@pytest.mark.parametrize("header", ["Affected SEC documents", "Documents", "Sections", "SEC parts affected"])
def test_a_column_of_parts_is_what_a_modification_affects(header: str) -> None:
    parts = [("affects_part", "Section L"), ("affects_part", "Appendix D")]
    assert columns.field(header, "Section L; Appendix D") == parts
    assert columns.field(header, "Section L and SEC Appendix D") == parts


def test_a_part_in_another_column_or_in_a_sentence_is_no_affected_part() -> None:
    assert not columns.affected_parts("Notes", "Section L")
    assert not columns.affected_parts("Documents", "Section L will not change")


@pytest.mark.parametrize(
    "told", ["Live since 3 June 2024.", "Go-live took place on 3 June 2024.", "Now live since 3 June 2024"]
)
def test_a_release_that_has_gone_live_says_so_in_few_words(told: str) -> None:
    assert "2024-06 go_live 2024-06-03" in read(
        f"<h1>June 2024 SEC Release</h1><ul><li>{told}</li></ul><p>MP209 is in it.</p>"
    )


def test_a_vote_of_the_change_board_on_several_is_of_each() -> None:
    found = read(f"{HEAD}<p>The vote of the Change Board on MP229 and MP233 will be held on 22 May 2024.</p>")
    assert {"MP229 change_board_vote_on 2024-05-22", "MP233 change_board_vote_on 2024-05-22"} <= found
    asked = read(f"{HEAD}<p>The vote of the Change Board on MP229 might be held on 22 May 2024 or later.</p>")
    assert not any("vote" in row for row in asked)
