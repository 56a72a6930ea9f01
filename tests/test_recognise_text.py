"""Plain text → outline: glued, wrapped, piped, aligned."""

from __future__ import annotations

from watchers.outline.text import outline


def rows(text: str) -> list[tuple[str, ...]]:
    return [block.cells for block in outline(text).blocks if block.kind == "row"]


def test_glued_cells_come_apart() -> None:
    text = "Scope\n\nModificationStatus\nMP077 'DCC Service Flagging'Implemented\nMP090 ‘Alerts’Targeted\n"
    assert rows(text) == [("MP077 'DCC Service Flagging'", "Implemented"), ("MP090 ‘Alerts’", "Targeted")]


def test_a_glued_table_of_parts_keeps_its_columns() -> None:
    text = (
        "SEC documentAvailable on CodeWorksSEC ModificationBEIS Designation\nSection A "
        "‘Definitions’YesYesNo\nSection C ‘Governance’NoYesNo\n"
    )
    assert rows(text) == [
        ("Section A ‘Definitions’", "Yes", "Yes", "No"),
        ("Section C ‘Governance’", "No", "Yes", "No"),
    ]


def test_rows_wrapped_over_lines_are_made_whole_and_ticks_keep_their_column() -> None:
    text = (
        "The paper sets out for the Operations Group which of the modifications change the DCC Systems in \n\n"
        "that year and what the views of the Panel are on each of them, as far as they are known by now, \n\n"
        "and it lists all of the modifications that were considered for it until the end of that month: \n\n"
        "Modification Impacts \nDUIS? \n\nImpacts \nGBCS? \n\nImpacts CH \nfirmware? \n\n"
        "SECMP0015 ‘GPF timestamp for reading instantaneous \nGas values’ \n\n ✓ ✓ \n\n"
        "SECMP0067 ‘Service Request Traffic Management’ ✓   \n\nPage 4 of 5 \n\n"
        "MP090 ‘Incorporation of Alerts’ \n\nTBC1 ✓\n2  \n\n"
    )
    assert rows(text) == [
        ("SECMP0015 ‘GPF timestamp for reading instantaneous Gas values’", "", "✓", "✓"),
        ("SECMP0067 ‘Service Request Traffic Management’", "✓", "", ""),
        ("MP090 ‘Incorporation of Alerts’", "TBC1", "✓2", ""),
    ]


def test_ticks_that_can_stand_in_several_columns_are_put_in_none() -> None:
    text = "ModificationImpacts DUIS?Impacts GBCS?\nMP090 ‘Incorporation of Alerts’✓\n"
    [block] = [block for block in outline(text).blocks if block.kind == "row"]
    assert block.cells == ("MP090 ‘Incorporation of Alerts’", "✓")
    assert block.header == ()


def test_columns_set_side_by_side_are_read_by_where_they_begin() -> None:
    text = (
        "Modification                        Impacts DUIS?   Current status\n"
        "MP102A ‘Power Outage Alerts by an                   The Change Board vote will be held on\n"
        "OTA firmware upgrade’                               27 May 2020.\n"
        "MP115 ‘Good Practice Guides’        ✓               Approved\n"
    )
    assert rows(text) == [
        (
            "MP102A ‘Power Outage Alerts by an OTA firmware upgrade’",
            "",
            "The Change Board vote will be held on 27 May 2020.",
        ),
        ("MP115 ‘Good Practice Guides’", "✓", "Approved"),
    ]


def test_pipes_and_tabs_part_cells_and_a_rule_is_no_row() -> None:
    assert rows("| Ref | Title |\n|---|---|\n| MP116 | Forecasting |\n") == [("MP116", "Forecasting")]
    assert rows("MP116\tForecasting\tApproved\n") == [("MP116", "Forecasting", "Approved")]


def test_headings_stand_alone_and_sentences_are_no_headings() -> None:
    blocks = outline(
        "June 2022 SEC Release »\n\nJune 2022 SEC Release\n\nIt goes live on 30 June 2022.\n\nWhat is in "
        "it?\n\n• MP104 ‘Security’\n"
    ).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("heading", "June 2022 SEC Release"),
        ("heading", "June 2022 SEC Release"),
        ("paragraph", "It goes live on 30 June 2022."),
        ("heading", "What is in it?"),
        ("item", "MP104 ‘Security’"),
    ]


def test_page_furniture_and_bare_addresses_are_left_out() -> None:
    blocks = outline(
        "Scope\n\nPage 4 of 5\n\nhttps://smartenergycodecompany.co.uk/modifications/x/\n\nThe scope is whole.\n"
    ).blocks
    assert [b.text for b in blocks] == ["Scope", "The scope is whole."]


def test_a_text_without_a_word_has_no_blocks() -> None:
    assert outline("").blocks == ()
    assert outline(" \n\n\x0c\n").blocks == ()


DENSE = """\
Change news
SEC v62.0 released to implement MP200
18 July 2022
An updated version of the SEC came into effect on 18 July 2022. It
implements MP200 ‘Faster Switching consequential changes to the SEC’.
What parts of the SEC were affected?
Section A and Section E were affected, as was the Incident Management
Policy, which stands in Appendix AG.
Where can I find further information?
The page of MP200 on our website has the Modification Report, and the
Helpdesk will answer any question that you may have about this version.
"""


def headings(text: str) -> list[str]:
    return [block.text for block in outline(text).blocks if block.kind == "heading"]


def test_headings_stand_out_of_a_text_without_empty_lines() -> None:
    expected = [
        "Change news",
        "SEC v62.0 released to implement MP200",
        "What parts of the SEC were affected?",
        "Where can I find further information?",
    ]
    unwrapped = DENSE.replace("It\n", "It ").replace("Management\n", "Management ").replace("the\nH", "the H")
    assert headings(DENSE) == expected
    assert headings(unwrapped) == expected


def test_the_lines_of_a_sentence_stay_together_in_a_text_without_empty_lines() -> None:
    paragraphs = [block.text for block in outline(DENSE).blocks if block.kind == "paragraph"]
    assert paragraphs[0] == "18 July 2022"
    assert paragraphs[1].endswith("It implements MP200 ‘Faster Switching consequential changes to the SEC’.")
    assert len(paragraphs) == 4


def test_names_come_apart_in_rows_that_were_read_in_a_wrong_encoding() -> None:
    broken = "Scope\n\nMP077 ‘DCC Service Flagging’Implemented\nMP090 ‘Alerts’Targeted\n".encode().decode("cp1252")
    assert rows(broken) == [("MP077 ‘DCC Service Flagging’", "Implemented"), ("MP090 ‘Alerts’", "Targeted")]


def test_a_version_on_the_next_line_belongs_to_its_document_below_others() -> None:
    prose = "The table below holds the documents that have been published so far for all those who work with them,\n"
    named = (
        "Schedule 8 – GB Companion\nSpecification",
        "Schedule 10 – Communications Hub\nSpecification",
        "Schedule 11 – TS Tables",
    )
    table = "".join(f"SEC {name}\nv1.0 (draft 2)\n\n1 January 2018\n\n" for name in named)
    found = rows(f"{prose * 4}and nothing else.\n\nDocument name\nDate published\n\n{table}")
    assert [cells[0].rpartition(" v")[2] for cells in found] == ["1.0 (draft 2)"] * 3
    assert [cells[1] for cells in found] == ["1 January 2018"] * 3


def test_a_bar_that_begins_a_row_of_bars_may_part_an_empty_cell() -> None:
    heads = "Impacts DUIS? | Modification | Status | Impacts GBCS?\n"
    assert rows(f"{heads}✓ | MP090 | Approved | ✓\n | MP091 | Targeted | ✓\n | MP092 | Approved | \n") == [
        ("✓", "MP090", "Approved", "✓"),
        ("", "MP091", "Targeted", "✓"),
        ("", "MP092", "Approved", ""),
    ]


def test_the_row_below_a_heads_rule_heads_no_table_of_its_own() -> None:
    text = "# MP201\n\n| Field | Details |\n| --- | --- |\n| Stage | Implemented |\n| Proposer | EDF |\n"
    assert rows(text) == [("Stage", "Implemented"), ("Proposer", "EDF")]
