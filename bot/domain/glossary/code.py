"""The Code, those who keep it and those who are bound by it."""

from __future__ import annotations

from bot.domain.glossary.term import Term

NAME = "The Code and its people"

TERMS = (
    Term(
        "SEC",
        "Smart Energy Code",
        "The agreement that binds everybody who takes part in smart metering in Great Britain. It has Sections, "
        "Schedules and Appendices, and is changed by modifications.",
        ("the Code", "smart energy code of Great Britain"),
    ),
    Term(
        "SECAS",
        "Smart Energy Code Administrator and Secretariat",
        "Runs the Code from day to day: it publishes the pages, helps proposers and supports "
        "the Panel and its committees.",
        ("code administrator", "secretariat"),
    ),
    Term(
        "SECCo",
        "Smart Energy Code Company",
        "The company through which the Panel makes contracts. It is owned by SEC Parties.",
    ),
    Term("Panel", "", "The body that oversees the Code and its modifications.", ("SEC Panel",)),
    Term(
        "Change Board",
        "",
        "Votes on a modification when its report is finished: it decides, or recommends to the Authority.",
        ("SEC Change Board", "CB"),
    ),
    Term(
        "CSC",
        "Change Sub-Committee",
        "Looks at Draft Proposals and at whether a modification is ready for its next stage.",
        ("change subcommittee", "Change Sub Committee"),
    ),
    Term(
        "TABASC",
        "Technical Architecture and Business Architecture Sub-Committee",
        "Advises the Panel on the technical and business architecture of smart metering.",
    ),
    Term(
        "OPSG",
        "Operations Group",
        "The committee that looks after how the DCC’s services run, and the readiness of releases.",
        ("ops group", "operations group"),
    ),
    Term(
        "SSC", "Security Sub-Committee", "Advises the Panel on the security of smart metering.", ("security committee",)
    ),
    Term(
        "TAG",
        "Testing Advisory Group",
        "Advises the Panel on testing.",
    ),
    Term(
        "SMKI PMA",
        "SMKI Policy Management Authority",
        "Oversees the rules for the certificates of the Smart Metering Key Infrastructure.",
        ("PMA", "policy management authority"),
    ),
    Term(
        "Working Group",
        "",
        "Parties and experts who work out a modification with its proposer during refinement.",
        ("WG", "workgroup"),
    ),
    Term(
        "Authority",
        "Gas and Electricity Markets Authority",
        "The regulator, which acts through Ofgem. It decides on some modifications and can send one back.",
        ("GEMA", "the Authority"),
    ),
    Term(
        "Ofgem",
        "Office of Gas and Electricity Markets",
        "The office through which the Authority regulates gas and electricity in Great Britain.",
    ),
    Term(
        "Secretary of State",
        "",
        "The minister responsible for energy, who can change the Code by designation without any modification.",
        ("SoS",),
    ),
    Term(
        "DESNZ",
        "Department for Energy Security and Net Zero",
        "The Government’s department for energy since 2023; before that it was BEIS.",
    ),
    Term(
        "BEIS",
        "Department for Business, Energy and Industrial Strategy",
        "The Government’s department for energy from 2016 to 2023; its part in smart metering passed to DESNZ.",
    ),
    Term(
        "SMIP",
        "Smart Metering Implementation Programme",
        "The Government’s programme for the roll-out of smart meters.",
    ),
    Term(
        "SEC Party",
        "",
        "Whoever has agreed to be bound by the Code: the DCC, suppliers, network operators and others.",
        ("party", "parties", "SEC parties"),
    ),
    Term(
        "Large Supplier",
        "Large Supplier Party",
        "One of the categories of SEC Parties: an energy supplier with many customers.",
        ("large suppliers", "large supplier parties"),
    ),
    Term(
        "Small Supplier",
        "Small Supplier Party",
        "One of the categories of SEC Parties: an energy supplier with fewer customers than a Large Supplier.",
        ("small suppliers", "small supplier parties"),
    ),
    Term(
        "Network Party",
        "",
        "One of the operators of electricity or gas networks among the SEC Parties.",
        ("network parties", "network operator", "electricity network party", "gas network party"),
    ),
    Term(
        "Other SEC Party",
        "",
        "A SEC Party that is no supplier, no network operator and not the DCC, such as a maker of Devices.",
        ("other SEC parties",),
    ),
    Term(
        "DNO",
        "Distribution Network Operator",
        "The company that runs the electricity network of a region. To the DCC it is an Electricity Distributor.",
        ("electricity distributor",),
    ),
)
