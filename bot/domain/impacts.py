"""What modifications affect, as papers head their columns: DCC Systems, DUIS, GBCS, CH firmware …"""

from __future__ import annotations

import re

KNOWN = ("DCC Systems", "DUIS", "GBCS", "CH firmware", "SMETS", "CHTS", "MMC", "CTSD", "CPL", "Users")
"""Those that papers have columns for; a page may name others."""

OTHERWISE = {
    "communicationshubfirmware": "CH firmware",
    "commshubfirmware": "CH firmware",
    "chfirmware": "CH firmware",
    "firmware": "CH firmware",
    "dcc": "DCC Systems",
    "dccsystem": "DCC Systems",
    "dccsystems": "DCC Systems",
    "smets2": "SMETS",
    "smets1": "SMETS",
}
LONGEST = 60
"""Characters of a name; more is a sentence."""

_BY_NAME = {re.sub(r"[^a-z0-9]", "", one.casefold()): one for one in KNOWN} | OTHERWISE


def name(text: str) -> str | None:
    """Return the one name of what is affected, however it is written; None for what is no name."""
    words = re.sub(r"\s+", " ", text).strip(" .,;:!?'\"‘’“”")
    if not words or len(words) > LONGEST:
        return None
    return known(words) or words


def known(text: str) -> str | None:
    """Return the name of what papers have a column for; None for anything else."""
    return _BY_NAME.get(re.sub(r"[^a-z0-9]", "", text.casefold()))
