"""Rows whose columns stand in any order, and titles that look like something else."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ports import Page
from watchers.outline import Block
from watchers.phrases.documents import document
from watchers.phrases.rows import row
from watchers.read import read_page

ADDRESS = "https://smartenergycodecompany.co.uk/page/"


def table_row(header: tuple[str, ...], *cells: str) -> Block:
    return Block("row", " | ".join(cells), cells=cells, header=header, table=1)


def said(html: str) -> set[tuple[str, str, str]]:
    page = Page(ADDRESS, html.encode(), "text/html", datetime(2022, 7, 19, tzinfo=UTC))
    return {(claim.subject, claim.attribute, claim.value) for claim in read_page(page).claims}


def test_an_id_below_a_heading_that_says_so_may_stand_anywhere() -> None:
    header = ("Title", "Impacts DUIS?", "Impacts GBCS?", "Status", "Number")
    found = row(table_row(header, "‘A title that is longer than forty characters’", "✓", "", "Approved", "MP090"))
    assert found is not None
    assert (found.mark.value, found.title) == ("MP090", "A title that is longer than forty characters")
    assert [cell.header for cell in found.cells] == ["Impacts DUIS?", "Status"]


def test_a_title_stands_below_its_heading_wherever_that_is() -> None:
    header = ("Number", "Status", "DUIS?", "Title")
    found = row(table_row(header, "MP090", "Approved", "✓", "‘Change of Supplier’ flag"))
    assert found is not None
    assert found.title == "‘Change of Supplier’ flag"


def test_a_part_below_a_heading_that_says_so_may_stand_anywhere() -> None:
    header = ("Version", "Draft", "Date published", "Title", "Document")
    found = document(
        table_row(header, "v5.0", "2", "20 August 2021", "DCC User Interface Specification", "Appendix AD")
    )
    assert found is not None
    assert (found.part, found.version, found.draft) == ("Appendix AD", "5.0", "2")


def test_a_status_in_the_title_of_what_a_version_implements_is_none() -> None:
    table = "<table><tr><th>Number<th>Title<tr><td>MP161<td>Withdrawn Certificates</table>"
    assert ("version:62.0", "implements", "MP161") in said(f"<h1>SEC v62.0 released</h1><p>It implements:</p>{table}")


def test_a_part_in_the_title_of_a_modification_is_not_affected_by_it() -> None:
    table = "<table><tr><th>Title<th>Number<tr><td>Section D Review: the process<td>MP161</table>"
    found = said(f"<h1>SEC v62.0 released</h1><p>It implements:</p>{table}")
    assert ("version:62.0", "implements", "MP161") in found
    assert ("version:62.0", "affects_part", "Section D") not in found


def test_teasers_below_a_release_page_are_not_read() -> None:
    html = (
        "<h1>June 2022 SEC Release</h1><p>It will go live on 30 June 2022.</p><h2>Related posts</h2>"
        "<h3>SEC v98.0 released to implement MP906 ‘Another’</h3><p>2 January 2030</p>"
    )
    assert {subject for subject, *_ in said(html)} == {"release:2022-06"}
