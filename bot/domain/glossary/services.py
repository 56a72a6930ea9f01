"""The DCC, its services, keys and tests."""

from __future__ import annotations

from bot.domain.glossary.term import Term

NAME = "The DCC and its services"

TERMS = (
    Term(
        "DCC",
        "Data Communications Company",
        "The licensed company that carries the messages between smart meters and those who may use them.",
        ("Data and Communications Company", "Smart DCC"),
        "Section H",
    ),
    Term(
        "DCC Systems",
        "",
        "The computers and networks with which the DCC gives its services.",
        ("DCC system",),
    ),
    Term(
        "User",
        "DCC User",
        "A Party that has gone through User Entry and may send Service Requests.",
        ("users", "DCC users"),
    ),
    Term("Other User", "", "A User in a role that is neither a supplier’s nor a network operator’s.", ("other users",)),
    Term(
        "DSP",
        "Data Service Provider",
        "Runs the DCC’s central systems, which check and pass on Service Requests and responses.",
        ("Data Services Provider",),
    ),
    Term(
        "CSP",
        "Communications Service Provider",
        "Provides the Communications Hubs and the Wide Area Network of a region for the DCC.",
        ("Communication Services Provider", "communications services provider"),
    ),
    Term(
        "S1SP",
        "SMETS1 Service Provider",
        "Turns Service Requests into the messages that SMETS1 meters understand.",
    ),
    Term(
        "SR",
        "Service Request",
        "A message by which a User asks the DCC for something, such as a reading or a new tariff.",
        ("service requests",),
    ),
    Term(
        "SRV",
        "Service Request Variant",
        "One particular kind of Service Request, with its own number such as 11.2.",
        ("service request variants", "service reference variant"),
    ),
    Term(
        "Alert",
        "",
        "A message that a Device or the DCC sends without having been asked.",
        ("alerts", "device alert", "DCC alert"),
    ),
    Term(
        "Pre-Command",
        "",
        "What the DCC makes of a critical Service Request for the User to check and sign before it goes to the Device.",
        ("pre command", "precommand"),
    ),
    Term(
        "SSI",
        "Self-Service Interface",
        "The DCC’s web pages on which Users look things up and report trouble.",
        ("self service interface",),
    ),
    Term(
        "SMI",
        "Smart Metering Inventory",
        "The DCC’s record of Devices and the state that each is in.",
        ("inventory",),
    ),
    Term(
        "CPL",
        "Central Products List",
        "The list of Device models that may be used with the DCC’s services.",
        ("Certified Products List", "central product list"),
    ),
    Term(
        "ADT",
        "Anomaly Detection Threshold",
        "A number of messages above which the DCC holds them back, as something may be wrong.",
        ("anomaly detection", "anomaly detection thresholds"),
    ),
    Term(
        "SMKI",
        "Smart Metering Key Infrastructure",
        "The certificates and keys by which Devices and organisations know each other.",
        (),
        "Section L",
    ),
    Term(
        "DCCKI",
        "DCC Key Infrastructure",
        "The certificates and keys for the connections between Users and the DCC.",
    ),
    Term(
        "IKI",
        "Infrastructure Key Infrastructure",
        "Certificates by which people and systems use the services of SMKI.",
    ),
    Term(
        "ACB",
        "Access Control Broker",
        "The part that the DCC has in the security of messages to Devices.",
    ),
    Term(
        "CoCo",
        "Code of Connection",
        "The rules for connecting to one of the DCC’s interfaces.",
        ("codes of connection",),
    ),
    Term(
        "UEPT",
        "User Entry Process Tests",
        "The tests that a Party must pass before it becomes a User.",
        ("user entry process", "user entry"),
    ),
    Term(
        "SIT",
        "Systems Integration Testing",
        "Testing of the DCC’s systems together, before Users test with them.",
        ("system integration testing",),
    ),
    Term("UIT", "User Integration Testing", "Testing by Users of their own systems with the DCC’s."),
    Term(
        "CSS",
        "Central Switching Service",
        "The service through which customers change their supplier.",
        ("Centralised Switching Service",),
    ),
    Term("CoS", "Change of Supplier", "A customer moves from one energy supplier to another.", ("switching",)),
    Term(
        "ECoS",
        "Enduring Change of Supplier",
        "The DCC’s lasting arrangement for changing the supplier’s certificates on a Device.",
    ),
    Term("TOC", "Technical Operations Centre", "The DCC’s centre that watches how its systems run."),
)
