"""Other codes and programmes of the energy industry, which secbot does not watch."""

from __future__ import annotations

from bot.domain.glossary.term import Term

NAME = "Other codes"

TERMS = (
    Term(
        "REC",
        "Retail Energy Code",
        "The code for switching, metering and other matters of energy retail. Its changes are R0147 and the like.",
    ),
    Term(
        "BSC",
        "Balancing and Settlement Code",
        "The code for balancing and settling electricity. Its changes are P482, CP1390 and the like.",
    ),
    Term(
        "DCUSA",
        "Distribution Connection and Use of System Agreement",
        "The agreement for using electricity distribution networks. Its changes are called DCP.",
    ),
    Term("UNC", "Uniform Network Code", "The code for gas transport. Its changes have numbers such as 0803."),
    Term(
        "CUSC",
        "Connection and Use of System Code",
        "The code for using the electricity transmission network. Its changes are called CMP.",
    ),
    Term(
        "MRA",
        "Master Registration Agreement",
        "The former agreement on electricity registration, whose matters passed to the Retail Energy Code.",
    ),
    Term(
        "MHHS",
        "Market-wide Half-Hourly Settlement",
        "The programme by which electricity is settled by what each customer uses in each half hour.",
        ("half-hourly settlement", "market wide half hourly settlement"),
    ),
)
