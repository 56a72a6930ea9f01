"""Strategies of what the field speaks of: ids, titles, dates, statuses, parts of the SEC."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot.domain.identifiers import spelling

_TITLES = (
    "Firmware updates to IHDs and PPMIDs",
    "DCC Service Flagging",
    "Incorporation of Non GBCS Non-Mandated Alerts into the SEC",
    "Sending SR11.2 to Devices in Suspended State",
    "Removal of DUIS v1.1 and v2.0",
    "Incorporation of multiple Issue Resolution Proposals into the SEC – Batch 5",
    "November 2021 SEC Release supporting changes",
    "Market-wide Half-Hourly Settlement Implementation",
    "Implementing IRP511 and CRP535 to support GBCS v3.2 devices",
    "Northbound Application Traffic Management – Alert Storm Protection",
    "Aligning SEC Appendix D with DCC Processes",
    "GPF timestamp for reading instantaneous Gas values",
    "Changes to the NCSC Good Practice Guides",
    "Credit Cover Review",
    "The DCC’s Service Request Traffic Management",
    "Tidying up Users’ obligations",
    "Suppliers’ and DCC’s duties",
    "Use of ‘safe mode’ by Suppliers",
    "Meaning of ‘Supplier’",
    "‘Change of Supplier’ flag",
    "Section D Review: Amendments to the Modification Process",
    "Meters, hubs and displays",
    "DCC & User security (SOC2) assessments",
    "Approved Products on the CPL",
    "Withdrawn Certificates and what follows",
    "Alerts < 1 minute apart & > 100 a day",
    "Table 28c / Table 29",
    "Power Outage Alerts triggered by an OTA firmware upgrade",
    "2022 budget",
    "ALCS/HCALCS labels",
)
_WORDS = [
    "Alerts",
    "Devices",
    "Meters",
    "hubs",
    "Suppliers",
    "DCC",
    "SMETS1",
    "GBCS",
    "firmware",
    "security",
    "review",
    "of",
    "for",
    "the",
    "and",
    "in",
    "to",
    "by",
    "gas",
    "electricity",
    "Consumer",
    "Certificates",
    "Non-Domestic",
    "half-hourly",
    "data",
    "SRV7.7",
    "OTA",
    "displays",
    "credit",
    "charging",
    "obligations",
]
_MADE = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join)
TITLES = st.one_of(st.sampled_from(_TITLES), _MADE.map(lambda title: f"Review {title} again"))

MODIFICATIONS = st.builds(
    lambda number, letter: spelling(number, letter if number > 99 else ""),
    st.integers(1, 299),
    st.sampled_from(("", "", "", "A", "B")),
)
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))
STATUSES = {
    "Targeted": "targeted",
    "Approved": "approved",
    "Implemented": "implemented",
    "Rejected": "rejected",
    "On hold": "on_hold",
    "Refinement Process": "refinement",
    "Report Phase": "report_phase",
    "Awaiting Authority decision": "authority_decision",
    "Pending implementation": "pending_implementation",
}
PARTS = {
    "Section A": "Definitions and Interpretation",
    "Section D": "Modification Process",
    "Section H": "DCC Services",
    "Section J": "Charges",
    "Schedule 8": "GB Companion Specification",
    "Schedule 10": "Communications Hub Technical Specification",
    "Schedule 11": "TS Applicability Tables",
    "Appendix A": "SMKI Device Certificate Policy",
    "Appendix R": "Common Test Scenarios Document",
    "Appendix AD": "DCC User Interface Specification",
    "Appendix AF": "Message Mapping Catalogue",
    "Appendix AL": "SMETS1 Transition and Migration Approach Document",
}
SPECIFICATIONS = ("Schedule 8", "Schedule 10", "Schedule 11", "Appendix R", "Appendix AD", "Appendix AF")
VERSIONS = st.builds(lambda a, b: f"{a}.{b}", st.integers(1, 30), st.integers(0, 9))
COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
