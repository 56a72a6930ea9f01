"""Papers in PDF in blocks: paragraphs joined, tables whole over pages, no page furniture."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import VAlign
from fpdf.fonts import FontFace

from bot.domain.claims import Link
from watchers.outline import Block
from watchers.outline import pdf as pdf_page
from watchers.outline.pdf import outline

HEADER = ("Modification", "Impacts DCC Systems?", "Current status")
DINGBATS = FontFace(family="zapfdingbats")
TICK = "4"  # as ZapfDingbats has it


class Paper(FPDF):
    """A paper with a header and a footer on each page."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 5, f"OPSG_33_{self.page_no():04} - Releases update", align="R")
        self.ln(10)
        self.set_font("helvetica", size=11)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 4, f"Page {self.page_no()} of {{nb}}")
        self.ln(4)
        self.cell(0, 4, "For members only")

    def heading(self, text: str, size: int = 13) -> None:
        self.set_font("helvetica", "B", size)
        self.multi_cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
        self.set_font("helvetica", size=11)

    def paragraph(self, text: str) -> None:
        self.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def bullet(self, text: str) -> None:
        self.set_x(18)
        self.cell(5, 6, "\x95")
        self.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")

    def columns(self, cells: Iterable[str], xs: tuple[int, ...], gap: int) -> None:
        """A row without rules."""
        top = bottom = self.y
        for x, text, end in zip(xs, cells, (*xs[1:], 200), strict=True):
            self.set_xy(x, top)
            self.multi_cell(end - x - 4, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
            bottom = max(bottom, self.y)
        self.set_y(bottom + gap)


def read(make: Callable[[Paper], object]) -> list[Block]:
    paper = Paper()
    paper.add_page()
    make(paper)
    found = outline(bytes(paper.output()))
    assert found.trouble == ""
    return list(found.blocks)


def seen(blocks: Iterable[Block]) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks]


LONG = (
    "This paper tells the Operations Group what the next release holds and how far the work has come, and it asks for "
    "views on what is decided under Self-Governance in the year after, for which no date has been set so far."
)


def test_paragraphs_headings_and_items_are_joined_over_their_lines() -> None:
    def make(paper: Paper) -> None:
        paper.heading("SEC Releases update for the Operations Group, with all that has changed since", 18)
        paper.heading("1. Purpose")
        paper.paragraph(LONG)
        paper.paragraph("A second paragraph.")
        paper.heading("1.1 Change Requests", 12)
        paper.bullet("CR1145 'Auxiliary Proportional Load Control'")
        paper.bullet("CR1233 'Future Date Command Handling', of which there is so much to say that it takes two lines")

    assert seen(read(make)) == [
        ("heading", 1, "SEC Releases update for the Operations Group, with all that has changed since"),
        ("heading", 2, "1. Purpose"),
        ("paragraph", 0, LONG),
        ("paragraph", 0, "A second paragraph."),
        ("heading", 3, "1.1 Change Requests"),
        ("item", 1, "CR1145 'Auxiliary Proportional Load Control'"),
        ("item", 1, "CR1233 'Future Date Command Handling', of which there is so much to say that it takes two lines"),
    ]


def test_a_paragraph_goes_on_over_the_page_and_furniture_is_dropped() -> None:
    def make(paper: Paper) -> None:
        paper.paragraph(LONG)
        paper.set_y(paper.h - 32)
        paper.paragraph(LONG)
        paper.paragraph("The end.")

    assert [text for _, _, text in seen(read(make))] == [LONG, LONG, "The end."]


def scope_table(paper: Paper) -> None:
    paper.paragraph("In scope are:")
    with paper.table(col_widths=(60, 25, 60)) as table:
        for title in (HEADER,):
            row = table.row()
            for cell in title:
                row.cell(cell)
        for number in range(80, 110):
            row = table.row()
            row.cell(f"MP{number:03} 'A title which is long enough to wrap over two lines'")
            if number % 3:
                row.cell("")
            else:
                row.cell(TICK, style=DINGBATS)
            row.cell(f"The Change Board will vote on {number - 79} June 2020 under Self-Governance.")
    paper.paragraph("And so on.")


def test_a_table_over_three_pages_is_one_table_with_its_ticks() -> None:
    blocks = read(scope_table)
    rows = [block for block in blocks if block.kind == "row"]
    assert [row.cells for row in rows] == [
        (
            f"MP{number:03} 'A title which is long enough to wrap over two lines'",
            "" if number % 3 else "✓",
            f"The Change Board will vote on {number - 79} June 2020 under Self-Governance.",
        )
        for number in range(80, 110)
    ]
    assert {(row.table, row.header) for row in rows} == {(1, HEADER)}
    assert [block.text for block in blocks if block.kind != "row"] == ["In scope are:", "And so on."]


def box(paper: Paper, y: int, height: int, cells: tuple[str, ...]) -> None:
    """A row of cells with rules."""
    for x, width, text in zip((10, 90, 120), (80, 30, 80), cells, strict=True):
        paper.rect(x, y, width, height)
        paper.set_xy(x + 1, y + 1)
        paper.multi_cell(width - 2, 5, text, align="L")


def test_a_row_cut_by_the_page_break_is_made_whole() -> None:
    def make(paper: Paper) -> None:
        paper.set_auto_page_break(False)
        box(paper, 220, 12, HEADER)
        box(paper, 232, 8, ("MP110 'Aligning'", "Yes", "Approved for inclusion"))
        box(
            paper,
            240,
            22,
            ("DP124 'Changes to DUIS'", "", "To the Panel on 19 June 2020. The vote is on 22 July 2020 under Self-"),
        )
        paper.add_page()
        box(paper, 20, 12, HEADER)
        box(paper, 32, 8, ("", "", "Governance."))
        box(paper, 40, 8, ("DP127 'SMKI'", "Yes", "Approved for inclusion"))
        paper.set_xy(10, 60)
        paper.paragraph("After it.")

    assert [block.cells or block.text for block in read(make)] == [
        ("MP110 'Aligning'", "Yes", "Approved for inclusion"),
        (
            "DP124 'Changes to DUIS'",
            "",
            "To the Panel on 19 June 2020. The vote is on 22 July 2020 under Self-Governance.",
        ),
        ("DP127 'SMKI'", "Yes", "Approved for inclusion"),
        "After it.",
    ]


def test_two_tables_on_one_page_stay_two() -> None:
    def make(paper: Paper) -> None:
        box(paper, 40, 12, HEADER)
        box(paper, 52, 8, ("MP110 'Aligning'", "Yes", "Approved"))
        paper.set_xy(10, 70)
        paper.paragraph("Then:")
        box(paper, 90, 12, HEADER)
        box(paper, 102, 8, ("MP112 'Setting'", "No", "Approved"))

    assert [(block.table, block.text) for block in read(make)] == [
        (1, "MP110 'Aligning' | Yes | Approved"),
        (0, "Then:"),
        (2, "MP112 'Setting' | No | Approved"),
    ]


def test_cells_across_columns_and_rows_stand_in_each() -> None:
    def make(paper: Paper) -> None:
        with paper.table(col_widths=(60, 30, 30)) as table:
            row = table.row()
            row.cell("Modification")
            row.cell("Impacts", colspan=2)
            row = table.row()
            row.cell("Approved modifications", colspan=3)
            row = table.row()
            row.cell("MP077 'X'", rowspan=2)
            row.cell("Yes")
            row.cell("TBC")
            row = table.row()
            row.cell("No")
            row.cell("")

    heading, *rows = read(make)
    assert (heading.kind, heading.text) == ("heading", "Approved modifications")
    assert [row.cells for row in rows] == [("MP077 'X'", "Yes", "TBC"), ("MP077 'X'", "No", "")]
    assert rows[0].header == ("Modification", "Impacts", "Impacts")


@pytest.mark.parametrize("gap", [0, 2])
def test_columns_without_rules_are_a_table(gap: int) -> None:
    xs = (10, 90, 115, 140)

    def make(paper: Paper) -> None:
        paper.set_font("helvetica", "B", 10)
        paper.columns(("Modification", "DUIS?", "GBCS?", "Current status"), xs, gap)
        paper.set_font("helvetica", size=10)
        for number in range(80, 90):
            title = f"MP{number:03} \x91A title which is long enough to wrap over lines\x92"
            paper.columns((title, "Yes" if number % 2 else "", "TBC", "Approved for inclusion"), xs, gap)
        paper.ln(6)
        paper.paragraph(LONG)

    *rows, after = read(make)
    assert after.text == LONG
    assert {row.header for row in rows} == {("Modification", "DUIS?", "GBCS?", "Current status")}
    assert [row.cells[1:] for row in rows] == [
        ("Yes" if n % 2 else "", "TBC", "Approved for inclusion") for n in range(80, 90)
    ]
    assert rows[0].cells[0].endswith("wrap over lines’")


SETTINGS = [
    pytest.param(
        align,
        level,
        padding,
        start,
        id=f"{align}-{level.name}-{padding}-{start}".lower(),
        marks=[pytest.mark.thorough] if number % 5 else [],  # one in five has each of the four in each of its ways
    )
    for number, (align, level, padding, start) in enumerate(
        product(
            ("LEFT", "JUSTIFY", "CENTER"),
            (VAlign.T, VAlign.M, VAlign.B),
            (0, 1.5),
            (60, 190),  # the lower one goes on over the page and says its headings again
        )
    )
]
UNRULED = (
    (
        "SECMP0062 'Northbound Application Traffic Management - Alert Storm Protection'",
        "Yes",
        "Approved for inclusion.",
    ),
    ("MP080 'Managing DUIS uplifts'", "", "The Change Board holds its vote on 27 May 2020 under Self-Governance."),
    (
        "MP093 'Implementing IRP511 and CRP535 to support GBCS v3.2 devices'",
        "Yes",
        (
            "The Panel is to be given the Modification Report on 19 June 2020. Were it to agree, the Change Board would hold "
            "its vote on 22 July 2020, and those who must build it would have their answer by the middle of August."
        ),
    ),
    (
        "MP088 'Power to raise modifications'",
        "",
        "This is with the Authority for its decision, which is due in October.",
    ),
)


@pytest.mark.parametrize(("align", "level", "padding", "start"), SETTINGS)
def test_a_table_without_rules_reads_the_same_however_its_cells_are_set(
    align: str, level: VAlign, padding: float, start: int
) -> None:
    def make(paper: Paper) -> None:
        paper.paragraph(LONG)
        paper.set_y(start)
        with paper.table(
            borders_layout="NONE",
            col_widths=(40, 15, 45),
            line_height=5.5,
            text_align=align,
            v_align=level,
            padding=padding,
        ) as table:
            for cells in (HEADER, *UNRULED):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        paper.ln(6)
        paper.paragraph("What follows the table stands by itself, however close it comes.")

    blocks = read(make)
    assert tuple(block.cells for block in blocks if block.kind == "row") == UNRULED
    assert [block.text for block in blocks if block.kind != "row"][:1] == [LONG]
    assert blocks[-1].text == "What follows the table stands by itself, however close it comes."


def test_a_footnotes_mark_is_no_part_of_the_word_before_it() -> None:
    def make(paper: Paper) -> None:
        paper.paragraph(LONG)
        top = paper.y
        paper.cell(paper.get_string_width("MP090") + 2, 6, "MP090")
        end = paper.x
        paper.set_font("helvetica", size=6)
        paper.set_xy(end - 2.2, top - 0.5)
        paper.cell(3, 4, "12")
        paper.set_font("helvetica", size=11)
        paper.set_xy(end + 1.5, top)
        paper.cell(20, 6, "is new.")

    assert [block.text for block in read(make)] == [LONG, "MP090 is new."]


def test_links_stay_with_their_words() -> None:
    def make(paper: Paper) -> None:
        paper.paragraph(LONG)
        paper.cell(30, 6, "See the page.", link="https://sec.example/page")
        paper.ln(10)
        paper.cell(30, 6, "Not this.", link="javascript:alert(1)")

    assert [block.links for block in read(make)] == [(), (Link("See the page.", "https://sec.example/page"),), ()]


def test_the_title_is_the_documents_own() -> None:
    paper = Paper()
    paper.set_title("SEC Releases  update")
    paper.add_page()
    paper.paragraph("x")
    assert outline(bytes(paper.output())).title == "SEC Releases update"


# --- what can't be read ----------------------------------------------------------------------------------------------


def pdf() -> bytes:
    paper = Paper()
    paper.add_page()
    paper.paragraph(LONG)
    return bytes(paper.output())


def encrypted() -> bytes:
    paper = Paper()
    paper.set_encryption(owner_password="owner", user_password="user")
    paper.add_page()
    paper.paragraph("x")
    return bytes(paper.output())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not a PDF"),
        (b"<html>Log in</html>", "not a PDF"),
        (encrypted(), "password"),
        (b"%PDF-1.4\n%%EOF", "broken"),
        (b"%PDF-1.4\n" + bytes(5000), "broken"),
        (pdf()[:200], "broken"),
        (pdf().replace(b"/Pages", b"/Pugs"), "no pages"),
        (pdf() + bytes(20_000_000), "at most"),
        (pdf() + b"stream\nx" * 50_000, "streams"),
    ],
    ids=["empty", "html", "encrypted", "bare", "zeros", "cut", "no pages", "large", "many"],
)
def test_what_is_no_readable_pdf_is_a_trouble(body: bytes, says: str) -> None:
    found = outline(body, "https://sec.example/a.pdf")
    assert says in found.trouble
    assert (found.blocks, found.form, found.url) == ((), "pdf", "https://sec.example/a.pdf")


def test_pages_that_are_pictures_are_said_to_be() -> None:
    paper = FPDF()
    paper.add_page()
    paper.rect(10, 10, 50, 50)
    assert "no text" in outline(bytes(paper.output())).trouble


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_is_not_inflated(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    inflated, real = [0], pdf_page._inflated

    def counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in real(pieces):
            inflated[0] += len(piece)
            yield piece

    monkeypatch.setattr(pdf_page, "_inflated", counted)
    monkeypatch.setattr(pdf_page, "MOST_INFLATED", 4_000_000)
    packed = zlib.compress(bytes(20_000_000), 9)
    if times > 1:
        packed = zlib.compress(packed, 9)
    body = io.BytesIO()
    body.write(b"%PDF-1.4\n1 0 obj <</Length " + str(len(packed)).encode() + b" /Filter /FlateDecode>>\nstream\n")
    body.write(packed + b"\nendstream endobj\n")
    assert "inflates to more than" in outline(body.getvalue()).trouble
    assert 4_000_000 < inflated[0] < 8_000_000


def test_bytes_gone_wrong_never_raise() -> None:
    body = pdf()
    for at in range(0, len(body), 97):
        outline(body[:at] + b"\xff\x00>>" + body[at + 4 :])


def test_a_pdf_that_would_be_counted_through_for_ever_is_broken() -> None:
    body = (Path(__file__).parent / "sources/paper/opsg-unruled.pdf").read_bytes()
    assert outline(body).blocks
    endless = body.replace(b"/W [ 0 [", b"/W [ 0 888888888888 500 0 [", 1)
    assert endless != body
    assert "broken" in outline(endless).trouble
    assert outline(body).blocks
