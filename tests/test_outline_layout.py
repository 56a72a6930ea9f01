"""Text whose columns stand below one another, and text that an extraction tore."""

from __future__ import annotations

import pytest

from watchers.outline.text import outline


def rows(text: str) -> list[tuple[str, ...]]:
    return [block.cells for block in outline(text).blocks if block.kind == "row"]


def names(text: str) -> list[str]:
    return [block.text for block in outline(text).blocks if block.text.startswith(("MP", "SECMP", "DP"))]


MIDDLE = """\
                                     Impacts
Modification                         DCC         Current status
                                     Systems?
MP084 ‘Other User Panel                          The Change Board vote will be held
Seating Amendment’                   ✓           on 27 May 2020.
                                                 The Modification Report is expected
MP103 ‘DCC SOC2 Assessments’                     to be presented to the Panel on 19
                                                 June 2020.
                                                 The Change Board vote will be held
MP101 ‘Large Gas Meters’
                                                 on 24 June 2020.
"""
TOP = """\
Modification                         Impacts     Current status
                                     DCC
                                     Systems?

MP084 ‘Other User Panel              ✓           The Change Board vote will be held
Seating Amendment’                               on 27 May 2020.

MP103 ‘DCC SOC2 Assessments’                     The Modification Report is expected
                                                 to be presented to the Panel on 19
                                                 June 2020.

MP101 ‘Large Gas Meters’                         The Change Board vote will be held
                                                 on 24 June 2020.
"""
SAID = [
    ("MP084 ‘Other User Panel Seating Amendment’", "✓", "The Change Board vote will be held on 27 May 2020."),
    (
        "MP103 ‘DCC SOC2 Assessments’",
        "",
        "The Modification Report is expected to be presented to the Panel on 19 June 2020.",
    ),
    ("MP101 ‘Large Gas Meters’", "", "The Change Board vote will be held on 24 June 2020."),
]


@pytest.mark.parametrize("table", [MIDDLE, TOP], ids=["middle", "top"])
def test_cells_are_of_their_row_at_its_top_and_in_its_middle(table: str) -> None:
    assert rows(f"Scope\n\nThese are in scope:\n\n{table}\n") == SAID
    assert [b.header for b in outline(table).blocks][:1] == [("Modification", "Impacts DCC Systems?", "Current status")]


def test_a_table_goes_on_over_a_page_with_its_headings_said_again() -> None:
    head, body = TOP.split("\n\nMP103")
    again = TOP.split("\n\nMP084", maxsplit=1)[0]
    text = f"Scope\n\n{head}\n\nPaper 7          Page 1 of 2\n\fPaper 7\n\n{again}\n\nMP103{body}\nPaper 7          Page 2 of 2\n"
    assert rows(text) == SAID


def test_a_table_ends_at_the_heading_below_it() -> None:
    blocks = outline(f"{TOP}\n3. Later Releases\n3.1 What follows\nThe Panel will say more in time.\n").blocks
    assert [b.text for b in blocks if b.kind == "heading"] == ["3. Later Releases", "3.1 What follows"]
    assert [b.cells for b in blocks if b.kind == "row"] == SAID


def test_a_tick_that_slid_into_a_name_stands_in_the_one_column_it_fits() -> None:
    text = (
        "Modification                        Impacts DUIS?     Current status\n\n"
        "MP093 ‘Implementing\n"
        "CRP535 to support ✓                                   Approved for inclusion.\n"
        "devices’\n\n"
        "MP112 ‘Privacy Status’                                Approved for inclusion.\n"
    )
    assert rows(text) == [
        ("MP093 ‘Implementing CRP535 to support devices’", "✓", "Approved for inclusion."),
        ("MP112 ‘Privacy Status’", "", "Approved for inclusion."),
    ]


def test_a_tick_that_fits_several_columns_is_put_in_none() -> None:
    text = (
        "Modification                        Impacts DUIS?     Impacts GBCS?\n\n"
        "MP093 ‘Implementing\n"
        "CRP535 to support ✓\n"
        "devices’\n\n"
        "MP112 ‘Privacy Status’              ✓                 ✓\n"
    )
    assert ("MP093 ‘Implementing CRP535 to support devices’", "", "") in rows(text)


def test_a_line_set_to_both_margins_makes_no_column() -> None:
    text = (
        "Modification                        Current status\n\n"
        "MP080           ‘Managing           The vote will be held on 27 May 2020.\n"
        "uplifts’\n"
        "MP081 ‘Alignment of DUIS            Approved for inclusion.\n"
        "and more’\n"
        "MP112 ‘Privacy Status’              Approved for inclusion.\n"
    )
    assert [row[0] for row in rows(text)] == [
        "MP080 ‘Managing uplifts’",
        "MP081 ‘Alignment of DUIS and more’",
        "MP112 ‘Privacy Status’",
    ]


def test_prose_with_double_spaces_is_no_table() -> None:
    text = "The  Panel  has  met.  It  said  nothing  of\nthe  scope,  nor  of  the  date,  and  closed.\nNo  more  was  said.\n"
    assert rows(text) == []


# --- torn ---


def test_titles_with_another_columns_words_are_not_kept() -> None:
    text = (
        "Modification Impacts DCC Systems? Current status\n"
        "MP198 ‘Retry intervals for failed Service In the Report Phase. The Change Board is due to vote on\n"
        "Requests’ 26 July 2023 under Self-Governance.\n"
        "MP213B ‘Certificates held by Gas Sent back by the Authority, which wants the costs to be\n"
        "Shippers’ set out again.\n"
        "MP219 ‘Supporting changes’ Approved for inclusion.\n"
    )
    assert names(text) == ["MP198", "MP213B", "MP219"]


def test_statuses_below_all_names_are_given_to_none() -> None:
    text = (
        "Modification\n\nMP101 ‘Large Gas Meters’\n\nMP103 ‘DCC SOC2 Assessments’\n\nMP110 ‘Aligning Appendix D’\n\n"
        "MP112 ‘Privacy Status’\n\nCurrent status\n\nApproved for inclusion.\n\n"
        "This modification is now with the Authority for decision.\n\n2. Next steps\n\nThe Panel meets in May.\n"
    )
    blocks = outline(text).blocks
    assert names(text)[0] == "MP101 ‘Large Gas Meters’"
    assert not any("Authority" in block.text or "Approved" in block.text for block in blocks)
    assert blocks[-1].text == "The Panel meets in May."


def test_words_of_a_status_in_a_title_on_one_line_are_its_own() -> None:
    text = "Modification Status\nMP124 ‘What a Change Board vote is and who will be told’ Approved\nMP125 ‘Lists’ Approved\n"
    assert names(text)[0].startswith("MP124 ‘What a Change Board vote is and who will be told’")


# --- wrapped ---


def test_a_wrapped_lead_is_one_sentence_though_rows_are_whole_lines() -> None:
    row = "MP084 ‘Other User Panel Seating Amendment’ | " + "The Change Board vote will be held on 27 May 2020. " * 5
    text = (
        f"1. Scope\n\n{row}\n\nThe following Change Requests of the DCC are also expected to\n"
        "be implemented alongside this SEC Release:\n\n• CR1145 ‘Load Control’\n\n"
        "The policy of the Panel lays out that the scope of a SEC Release\nought to be set six months before it, and that\n"
        "more can be added by the Panel for as long as there is a reason\nto do so.\n\n"
        "Please note that the modifications in scope when it is baselined\nneed no decision by then.\n"
    )
    said = [block.text for block in outline(text).blocks if block.kind == "paragraph"]
    assert said[0] == (
        "The following Change Requests of the DCC are also expected to be implemented alongside this SEC Release:"
    )


def test_a_date_before_a_status_stands_in_its_own_column_and_its_day_is_no_page_number() -> None:
    text = (
        "The release is due in the autumn of that year and all that it contains was agreed upon by the \n\n"
        "members of the Panel at their meeting, which is held each month on a day that is known to all \n\n"
        "who have to do with it, and which was followed by a paper that says what the scope will be and \n\n"
        "by another one that lists who has to test it, and when they are asked to be ready for this and \n\n"
        "for what comes behind it in the next year, of which little is known by now. In scope are these: \n\n"
        "Modification Impacts DCC \nSystems? \n\nDecision \ncut-off \n\nCurrent status \n\n"
        "MP151 ‘Notice of planned \noutages’ \n\n 30 \nSeptember \n2022 \n\n"
        "Due at the Change Board for a vote on \n27 July 2022. \n\n"
        "MP165 ‘Terms’  N/A Approved. \n\n"
    )
    assert rows(text) == [
        (
            "MP151 ‘Notice of planned outages’",
            "",
            "30 September 2022",
            "Due at the Change Board for a vote on 27 July 2022.",
        ),
        ("MP165 ‘Terms’", "", "N/A", "Approved."),
    ]
