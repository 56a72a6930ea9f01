"""Releases, versions of the Code and the documents in it."""

from __future__ import annotations

from bot.domain.glossary.term import Term

NAME = "Releases and documents"

TERMS = (
    Term(
        "SEC Release",
        "",
        "Modifications that go live together. Releases are named by month and year: February, June or November.",
        ("release", "releases", "system release", "SEC Systems Release"),
    ),
    Term(
        "Go-live",
        "",
        "The day on which a release takes effect. It can be settled, or only proposed.",
        ("golive", "go live", "go live date", "implementation date"),
    ),
    Term(
        "Scope",
        "",
        "The modifications that a release holds. They can come in, leave, or move to another release.",
        ("in scope", "out of scope", "release scope"),
    ),
    Term(
        "Baseline",
        "",
        "The point from which a release’s scope is fixed; what comes in later is an exception. By policy the scope on "
        "the DCC Systems is baselined 12 months before go-live, that of the documents 6 months.",
        ("baselined", "baselining", "baselines", "scope baseline"),
    ),
    Term(
        "RID",
        "Release Implementation Document",
        "Tells how a release is put into effect. It is reissued as plans change.",
        ("SEC Release Implementation Document", "implementation document"),
    ),
    Term(
        "SEC version",
        "",
        "The Code as it stands from a day on, with a number such as v62.0. Gaps in the numbers are normal.",
        ("version of the SEC", "code version"),
    ),
    Term(
        "Effective date",
        "",
        "The day from which a version of the Code applies; the post about it can come before or after.",
        ("effective from", "effective"),
    ),
    Term(
        "Technical Specifications",
        "",
        "The documents in the Code that say what Devices and interfaces must do, such as SMETS, GBCS, CHTS and DUIS.",
        ("technical specification", "tech spec", "tech specs", "TS"),
    ),
    Term(
        "SMETS",
        "Smart Metering Equipment Technical Specifications",
        "What smart meters and other equipment in the home must be able to do.",
        ("Smart Metering Equipment Technical Specification",),
        "Schedule 9",
    ),
    Term(
        "SMETS1",
        "first Smart Metering Equipment Technical Specifications",
        "The first generation of smart meters, installed before the DCC’s services and moved to them since.",
        ("SMETS 1",),
    ),
    Term(
        "SMETS2",
        "second Smart Metering Equipment Technical Specifications",
        "The second generation of smart meters, made to work through the DCC from the first day.",
        ("SMETS 2", "SMETS2+"),
    ),
    Term(
        "GBCS",
        "GB Companion Specification",
        "How messages between Devices and those who use them are built, secured and carried out.",
        ("Great Britain Companion Specification",),
        "Schedule 8",
    ),
    Term(
        "CHTS",
        "Communications Hub Technical Specifications",
        "What a Communications Hub must be able to do.",
        ("Communications Hub Technical Specification",),
        "Schedule 10",
    ),
    Term(
        "TSAT",
        "TS Applicability Tables",
        "Say which version of each Technical Specification applies, from when until when.",
        ("Technical Specification Applicability Tables", "applicability tables", "TS applicability table"),
        "Schedule 11",
    ),
    Term(
        "DUIS",
        "DCC User Interface Specification",
        "How a User’s systems send Service Requests to the DCC and receive what comes back.",
        (),
        "Appendix AD",
    ),
    Term(
        "MMC",
        "Message Mapping Catalogue",
        "How the messages of Devices are turned into a form that a User’s systems can read.",
        ("message mapping catalog",),
        "Appendix AF",
    ),
    Term(
        "CTSD",
        "Common Test Scenarios Document",
        "The test scenarios that a Party goes through before it can become a User of the DCC.",
        (),
        "Appendix R",
    ),
    Term(
        "ETAD",
        "Enduring Testing Approach Document",
        "How testing is done once a service is in place.",
        (),
        "Appendix J",
    ),
    Term(
        "SRPD",
        "Service Request Processing Document",
        "What Users and the DCC do with each kind of Service Request, step by step.",
        (),
        "Appendix AB",
    ),
    Term(
        "TMAD",
        "SMETS1 Transition and Migration Approach Document",
        "How SMETS1 meters are moved to the DCC’s services.",
        ("SMETS1 TMAD", "Transition and Migration Approach Document"),
        "Appendix AL",
    ),
    Term(
        "S1SR",
        "SMETS1 Supporting Requirements",
        "How requests and messages work for SMETS1 meters, where this differs from SMETS2.",
        (),
        "Appendix AM",
    ),
    Term(
        "IVP",
        "Installation Validity Period",
        "The time in which a version of a Technical Specification may be used for new installations.",
    ),
    Term(
        "Applicability Period",
        "",
        "The time in which a version of a Technical Specification applies to Devices.",
        ("applicability end", "applicability period end date"),
    ),
)
