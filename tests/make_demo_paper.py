"""Makes the paper of `secbot demo`: `python -m tests.make_demo_paper bot/demo/pages/2020-05-26/NAME.pdf`.

The paper is like those that the Operations Group gets: narrow tables whose cells wrap, column headings repeated after
a page break, a running head and foot on each page, and ticks in a symbol font of its own.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

TICK = "✓"
TICK_SHAPE = ((80, 360), (300, 100), (760, 660), (690, 720), (300, 250), (150, 430))
TITLE = "SEC Releases update"

NOVEMBER_2020 = (
    (
        "SECMP0062 ‘Northbound Application Traffic Management - Alert Storm Protection’ part 2",
        TICK,
        "Approved for inclusion.",
    ),
    ("MP080 ‘Managing DUIS uplifts’", "", "Self-Governance: the Change Board votes on 27 May 2020."),
    ("MP081 ‘Alignment of DUIS and CHISM to reflect current DCC Processing’", "", "Approved for inclusion."),
    (
        "MP084 ‘Other User Panel Seating Amendment’",
        "",
        (
            "On 26 February 2020 the Change Board recommended rejecting MP084. It is now with the Authority for decision and "
            "stays in this release if the Authority approves it by 22 October 2020."
        ),
    ),
    (
        "MP088 ‘Power to raise modifications’",
        "",
        (
            "On 26 February 2020 the Change Board recommended approving MP088. It is now with the Authority for decision and "
            "stays in this release if the Authority approves it by 22 October 2020."
        ),
    ),
    ("MP093 ‘Implementing IRP511 and CRP535 to support GBCS v3.2 devices’", TICK, "Approved for inclusion."),
    (
        "MP098 ‘Incorporation of multiple Issue Resolution Proposals into the SEC - Batch 3’",
        "",
        "Self-Governance: the Change Board votes on 24 June 2020.",
    ),
    ("MP101 ‘Large Gas Meter Displays’", "", "Self-Governance: the Change Board votes on 24 June 2020."),
    (
        "MP102A ‘Power Outage Alerts triggered by an OTA firmware upgrade’",
        "",
        "Modification Report to the Panel on 19 June 2020; Change Board vote under Self-Governance on 22 July 2020.",
    ),
    (
        "MP103 ‘DCC SOC2 Assessments’",
        "",
        "Modification Report to the Panel on 19 June 2020; Change Board vote under Self-Governance on 22 July 2020.",
    ),
    (
        "MP110 ‘Aligning SEC Appendix D with DCC Processes’",
        "",
        "Self-Governance: the Change Board votes on 24 June 2020.",
    ),
    ("MP112 ‘Setting the Privacy Assessment Assurance Status’", "", "Approved for inclusion"),
    ("MP115 ‘Changes to the NCSC Good Practice Guides’", "", "Self-Governance: the Change Board votes on 27 May 2020."),
    (
        "MP118 ‘Communications Hub Finance Charges’",
        "",
        "Modification Report to the Panel on 19 June 2020; Change Board vote under Self-Governance on 22 July 2020.",
    ),
    ("MP120 ‘Correcting DUIS Matrix for SRV7.7 Eligible Users’", "", "Approved for inclusion"),
    (
        "DP124 ‘Consequential changes to DUIS for SMETS1 Alerts’",
        "",
        (
            "Draft Proposal, to the Panel on 19 June 2020 with the advice to go straight to the Report Phase; Change Board "
            "vote under Self-Governance then on 22 July 2020."
        ),
    ),
    (
        "DP127 ‘SMKI RAPP Security Screening clarification’",
        "",
        (
            "Draft Proposal, to the Panel on 19 June 2020 with the advice to go straight to the Report Phase; Change Board "
            "vote under Self-Governance then on 22 July 2020."
        ),
    ),
)
CHANGE_REQUESTS = (
    "CR1145 ‘Auxiliary Proportional Load Control’",
    "CR1233 ‘IRP554 Future Date Command Handling’",
    "CR1254 ‘CSP Testing to Support Proportional Load Control’",
    "CR1277 ‘Install Code validation reinstatement’",
    "CR1290 ‘Re-Scaling of Gas Flow Rate in SRV 6.7 to match SMETS2’",
    "CRTBC ‘Organisation Certificates – XML signing’",
)
YEAR_2021 = (
    ("SECMP0007 ‘Firmware updates to IHDs and PPMIDs’", TICK, TICK, TICK),
    ("SECMP0015 ‘GPF timestamp for reading instantaneous Gas values’", "", TICK, TICK),
    ("SECMP0024 ‘Enduring Approach to Communication Hub Firmware Management’", TICK, "", ""),
    (
        "SECMP0046 ‘Allow DNOs to control Electric Vehicle chargers connected to Smart Meter infrastructure’",
        TICK,
        TICK,
        "",
    ),
    ("SECMP0056 ‘IHD / PPMID Zigbee Attributes Available on the HAN’", "", TICK, TICK),
    ("SECMP0067 ‘Service Request Traffic Management’", TICK, "", ""),
    ("MP078 ‘Incorporation of multiple Issue Resolution Proposals into the SEC - Part 2’", "", TICK, ""),
    ("MP090 ‘Incorporation of Non GBCS Non-Mandated Alerts into the SEC’", "TBC¹", TICK, ""),
    ("MP099 ‘Incorporation of multiple Issue Resolution Proposals into the SEC - Batch 4’", "", TICK, ""),
)


class Paper(FPDF):
    """A paper with its running head and foot."""

    def __init__(self) -> None:
        super().__init__()
        self.core_fonts_encoding = "windows-1252"
        self.set_creation_date(datetime(2020, 5, 26, 9, tzinfo=UTC))
        self.set_title(TITLE)
        self.set_subject("Reconstructed for the demo of secbot: facts from public SEC documents, words our own")
        self.set_margin(22)
        self.set_auto_page_break(auto=True, margin=28)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tick.ttf"
            tick_font(path)
            self.add_font("Tick", fname=path)

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, "Operations Group, meeting 33", align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(6)

    def footer(self) -> None:
        self.set_y(-20)
        self.set_font("Helvetica", size=8)
        self.cell(70, 5, f"OPSG_33_0206_15 – {TITLE}")
        self.cell(40, 5, f"Page {self.page_no()} of {{nb}}", align="C")
        self.cell(0, 5, "Classification: White", align="R")

    def heading(self, words: str, size: int = 12) -> None:
        self.set_font("Helvetica", style="B", size=size)
        self.multi_cell(0, 7, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def paragraph(self, words: str) -> None:
        self.set_font("Helvetica", size=10)
        self.multi_cell(0, 5, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)

    def bullets(self, items: tuple[str, ...]) -> None:
        self.set_font("Helvetica", size=10)
        for item in items:
            self.cell(8, 6, "•", align="R")
            self.multi_cell(0, 6, f" {item}", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)

    def grid(self, headings: tuple[str, ...], widths: tuple[int, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """Print a table; its headings come again on each new page."""
        self.set_font("Helvetica", size=9)
        bold, tick = FontFace(emphasis="BOLD"), FontFace(family="Tick", size_pt=11)
        options: dict[str, Any] = {"col_widths": widths, "text_align": "LEFT", "line_height": 5, "padding": 1}
        with self.table(headings_style=bold, **options) as table:
            for cells in (headings, *rows):
                row = table.row()
                for words in cells:
                    row.cell(words, style=tick if words == TICK else None)
        self.ln(4)


def tick_font(path: Path) -> None:
    """Write a font with one sign, a tick, as office programs embed a symbol font for theirs."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "tick"])
    builder.setupCharacterMap({ord(TICK): "tick"})
    pen = TTGlyphPen(None)
    pen.moveTo(TICK_SHAPE[0])
    for point in TICK_SHAPE[1:]:
        pen.lineTo(point)
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "tick": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (800, 0), "tick": (800, 80)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Tick", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)


def paper() -> Paper:
    """Return the paper of 26 May 2020, in our own words."""
    pdf = Paper()
    pdf.add_page()
    pdf.heading(TITLE, 18)
    pdf.heading("1. Why this paper")
    pdf.paragraph(
        "The Operations Group (OPSG) learns here what the November 2020 SEC Release now holds and what the SEC Releases "
        "of 2021 may hold. Its views go on to the Panel."
    )
    pdf.heading("2. November 2020 SEC Release")
    pdf.heading("2.1 Scope", 11)
    pdf.paragraph(
        "The Release Implementation Document (RID v4.0, Appendix A) has its baseline. Whatever can still be decided in "
        "time is in it. In scope are:"
    )
    pdf.grid(("Modification", "Impacts DCC Systems?", "Current status"), (44, 18, 60), NOVEMBER_2020)
    pdf.paragraph("BEIS has mandated these Change Requests on the DCC, which are to go in at the same time:")
    pdf.bullets(CHANGE_REQUESTS)
    pdf.paragraph(
        "The SEC Release Management Policy settles the scope of the documents six months before go-live; the Panel can "
        "make an exception later. A modification may be undecided at that point, but it has a cut-off in its "
        "Modification Report, after which it waits for its fall-back date. We look for decisions on everything under "
        "Self-Governance before August 2020."
    )
    pdf.heading("2.2 A later implementation date", 11)
    pdf.paragraph(
        "The release is complex, and the DCC may ask to implement it at the end of November instead; Sunday 29 November "
        "2020 is the most likely date. Decisions that are still open and testing by Users would both have room, and "
        "delays at Service Providers because of COVID-19 would do less harm. The DCC tells the Panel on 19 June 2020 "
        "which date it asks for. The timetable in the RID already assumes 29 November 2020."
    )
    pdf.heading("2.3 What comes next", 11)
    pdf.paragraph(
        "On 3 November 2020 the OPSG says whether its acceptance criteria are met; three months earlier it takes a "
        "first look at progress."
    )
    pdf.heading("3. SEC Releases in 2021")
    pdf.heading("3.1 What is targeted for 2021 on the DCC Systems", 11)
    pdf.paragraph("These modifications change the DCC Systems and can be approved in time for 2021:")
    pdf.grid(("Modification", "Impacts DUIS?", "Impacts GBCS?", "Impacts CH firmware?"), (70, 18, 18, 20), YEAR_2021)
    pdf.paragraph("¹ Of the options for MP090 that are being looked at, one would change the DUIS.")
    pdf.paragraph(
        "The Panel and the TABASC want the GB Companion Specification (GBCS) to change once in 2021, on the day on which "
        "SECMP0007 is implemented, and the DCC User Interface Specification (DUIS) with it."
    )
    pdf.paragraph(
        "The Authority has sent SECMP0067 back, so it is no longer part of the November 2020 SEC Release and comes in "
        "2021 if it is approved. It needs new text in the DUIS but no new schema. The DCC is asking Users whether SECMP0067 "
        "should go into the June 2021 SEC Release. All other modifications above remain targeted for the November 2021 SEC "
        "Release."
    )
    pdf.paragraph("Most DCC Impact Assessments are still to come and may change this picture.")
    pdf.heading("3.2 What comes next", 11)
    pdf.paragraph(
        "Twelve months before go-live the Panel baselines what a release changes on the DCC Systems; for the June 2021 "
        "SEC Release that is due at its meeting in June 2020."
    )
    pdf.heading("4. What we ask of the OPSG")
    pdf.paragraph("Please give your VIEWS on the scope of these releases.")
    pdf.paragraph("SECAS, 26 May 2020")
    pdf.paragraph("Attached: Appendix A, November 2020 SEC Release Implementation Document v4.0")
    return pdf


if __name__ == "__main__":
    paper().output(sys.argv[1])
