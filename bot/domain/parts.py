"""What the parts of the SEC are called. Titles drift: what a page says of a part's title goes before these."""

from __future__ import annotations

TITLES: dict[str, str] = {
    "Section A": "Definitions and Interpretation",
    "Section B": "Accession",
    "Section C": "Governance",
    "Section D": "Modification Process",
    "Section E": "Registration Data",
    "Section G": "Security",
    "Section H": "DCC Services",
    "Section I": "Data Privacy",
    "Section J": "Charges",
    "Section K": "Charging Methodology",
    "Section L": "Smart Metering Key Infrastructure and DCC Key Infrastructure",
    "Section M": "General",
    "Section P": "Production Proving",
    "Schedule 5": "Accession Information",
    "Schedule 7": "Specimen Enabling Services Agreement",
    "Schedule 8": "GB Companion Specification",
    "Schedule 9": "Smart Metering Equipment Technical Specifications",
    "Schedule 10": "Communications Hub Technical Specifications",
    "Schedule 11": "TS Applicability Tables",
    "Appendix A": "Device Certificate Policy",
    "Appendix B": "Organisation Certificate Policy",
    "Appendix C": "SMKI Compliance Policy",
    "Appendix D": "SMKI Registration Authority Policies and Procedures",
    "Appendix E": "DCC User Interface Services Schedule",
    "Appendix I": "CH Installation and Maintenance Support Materials",
    "Appendix J": "Enduring Testing Approach Document",
    "Appendix K": "SMKI and Repository Test Scenarios Document",
    "Appendix L": "SMKI Recovery Procedure",
    "Appendix M": "SMKI Interface Design Specification",
    "Appendix N": "SMKI Code of Connection",
    "Appendix O": "SMKI Repository Interface Design Specification",
    "Appendix P": "SMKI Repository Code of Connection",
    "Appendix Q": "IKI Certificate Policy",
    "Appendix R": "Common Test Scenarios Document",
    "Appendix S": "DCCKI Certificate Policy",
    "Appendix T": "DCCKI Interface Design Specification",
    "Appendix U": "DCCKI Repository Interface Design Specification",
    "Appendix V": "DCCKI Code of Connection and DCCKI Repository Code of Connection",
    "Appendix W": "DCCKI Registration Authority Policies and Procedures",
    "Appendix X": "Registration Data Interface Specification",
    "Appendix Y": "Registration Data Interface Code of Connection",
    "Appendix AB": "Service Request Processing Document",
    "Appendix AC": "Inventory, Enrolment and Decommissioning Procedures",
    "Appendix AD": "DCC User Interface Specification",
    "Appendix AF": "Message Mapping Catalogue",
    "Appendix AG": "Incident Management Policy",
    "Appendix AL": "SMETS1 Transition and Migration Approach Document",
    "Appendix AM": "SMETS1 Supporting Requirements",
}

IMPACTS: dict[str, str] = {
    "DUIS": "Appendix AD",
    "MMC": "Appendix AF",
    "CTSD": "Appendix R",
    "GBCS": "Schedule 8",
    "SMETS": "Schedule 9",
    "CHTS": "Schedule 10",
}
"""The part in which a specification stands that papers tick as affected."""


LAST = {"Section": "Z", "Schedule": "19", "Appendix": "BZ"}
"""No part is called beyond these: parts come into the SEC now and then, by the next letter or number."""


def may_be(part: str) -> bool:
    """Whether the SEC may have a part of that name, known here or not: Appendix AZ may come, Appendix ZZ is none."""
    kind, _, key = part.partition(" ")
    last = LAST.get(kind, "")
    return part in TITLES or (_order(key) <= _order(last) and key != "0")


def _order(key: str) -> tuple[int, int, str]:
    return (0, int(key), "") if key.isdecimal() else (1, len(key), key)


def impact(part: str) -> str:
    """Return what papers call a part in their columns of impacts, empty where they have none for it."""
    return next((name for name, place in IMPACTS.items() if place == part), "")
